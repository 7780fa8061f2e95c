#include "sim/input/setting_history.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

/// True when taking away `removed` takes `path` with it.
bool takes_away(const std::string& removed, const std::string& path) {
  return path == removed || path.starts_with(removed + ".");
}

}  // namespace

std::vector<Statement> history_of(const std::vector<Statement>& statements, const std::string& path) {
  std::vector<Statement> history;
  for (auto one = statements.rbegin(); one != statements.rend(); ++one) {
    if (one->kind == Statement::Kind::removal) {
      if (!takes_away(one->path, path)) continue;
      history.push_back(*one);
      return history;
    }
    if (one->path == path) history.push_back(*one);
  }
  return history;
}

}  // namespace chokepoint
