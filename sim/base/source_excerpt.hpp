/// The line of a file that a complaint is about, with what it points at underlined.
/// Tests: tests/unit/source_excerpt_test.cpp.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/error.hpp"

namespace chokepoint {

/// Three lines below a complaint: a rule, the line after its number, carets under the word or quoted text
/// that begins at `column` (characters from 1; 0: no carets). Tabs stay; characters that would move the
/// cursor and bytes that are no UTF-8 become '?'; of a long line the part around the column is shown.
std::string source_excerpt(std::string_view line, std::size_t number, std::size_t column);

/// Reads each file once and shows places in it.
class SourceLines {
 public:
  /// The excerpt with a line break before it; "" when there is no such place, the file cannot be read, or the
  /// line is a comment.
  std::string show(const SourcePosition& where);

 private:
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace chokepoint
