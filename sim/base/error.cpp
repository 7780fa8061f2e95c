#include "sim/base/error.hpp"

#include <fmt/format.h>

#include "sim/base/source_excerpt.hpp"

namespace chokepoint {
namespace {

std::string render(const char* kind, const std::string& code, const SourcePosition& where,
                   const std::string& message) {
  std::string text = fmt::format("{}[{}]: {}", kind, code, message);
  if (where.path.empty()) return text;
  text += fmt::format("\n  --> {}", place_of(where));
  if (where.line > 0 && where.column > 0) text += fmt::format(":{}", where.column);
  return text;
}

std::vector<std::string> shown(std::vector<std::string> texts, const std::vector<SourcePosition>& places) {
  SourceLines lines;
  for (std::size_t i = 0; i < texts.size(); ++i) texts[i] += lines.show(places[i]);
  return texts;
}

}  // namespace

std::string place_of(const SourcePosition& where) {
  return where.line == 0 ? where.path : fmt::format("{}:{}", where.path, where.line);
}

void Problems::add(const std::string& code, const SourcePosition& where, const std::string& message) {
  errors_.push_back(render("error", code, where, message));
  error_places_.push_back(where);
}

void Problems::warn(const std::string& code, const SourcePosition& where, const std::string& message) {
  warnings_.push_back(render("warning", code, where, message));
  warning_places_.push_back(where);
}

std::vector<std::string> Problems::shown_errors() const { return shown(errors_, error_places_); }

std::vector<std::string> Problems::shown_warnings() const { return shown(warnings_, warning_places_); }

void Problems::throw_if_any(const char* outcome) const {
  if (errors_.empty()) return;
  std::string all;
  for (const auto& text : shown_errors()) all += text + "\n";
  all += fmt::format("{} error{}. {}", errors_.size(), errors_.size() == 1 ? "" : "s", outcome);
  throw Error(ExitCode::scenario, all);
}

}  // namespace chokepoint
