/// Writes a text to a file. Tests: tests/unit/text_file_test.cpp.
#pragma once

#include <string>

namespace chokepoint {

/// Throws Error{run_failed} when the file does not hold the whole text afterwards, as on a full disk.
void write_text(const std::string& path, const std::string& text);

}  // namespace chokepoint
