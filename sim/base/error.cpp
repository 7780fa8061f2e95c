#include "sim/base/error.hpp"

#include <fmt/format.h>

namespace chokepoint {
namespace {

std::string render(const char* kind, const std::string& code, const SourcePosition& where,
                   const std::string& message) {
  std::string text = fmt::format("{}[{}]: {}", kind, code, message);
  if (where.path.empty()) return text;
  text += fmt::format("\n  --> {}", where.path);
  if (where.line > 0) text += fmt::format(":{}", where.line);
  if (where.line > 0 && where.column > 0) text += fmt::format(":{}", where.column);
  return text;
}

}  // namespace

void Problems::add(const std::string& code, const SourcePosition& where, const std::string& message) {
  errors_.push_back(render("error", code, where, message));
}

void Problems::warn(const std::string& code, const SourcePosition& where, const std::string& message) {
  warnings_.push_back(render("warning", code, where, message));
}

void Problems::throw_if_any() const {
  if (errors_.empty()) return;
  std::string all;
  for (const auto& text : errors_) all += text + "\n";
  all += fmt::format("{} error{}. Nothing was run.", errors_.size(), errors_.size() == 1 ? "" : "s");
  throw Error(ExitCode::scenario, all);
}

}  // namespace chokepoint
