#include "sim/output/text_file.hpp"

#include <fmt/format.h>

#include <fstream>

#include "sim/base/error.hpp"

namespace chokepoint {

void write_text(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();  // short texts are written now, and fail now
  if (!file) throw Error(ExitCode::run_failed, fmt::format("cannot write '{}'", path));
}

}  // namespace chokepoint
