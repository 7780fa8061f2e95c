/// What each file of a scenario says, so that a value can be followed through the layers.
/// Tests: tests/unit/setting_history_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace chokepoint {

/// One statement of one file: a value, the head of a record, or an entry taken away.
struct Statement {
  enum class Kind : unsigned { value, record, removal };
  Kind kind = Kind::value;
  std::string path;   ///< "set.attention.notice", "event.order" (a record), "event.order.level", "run.seed"
  std::string value;  ///< on one line, texts without quotation marks; "" unless it is a value
  SourcePosition where;
};

/// The statements of a file and of all that it extends, in the order in which they are laid over each other.
/// Throws Error{scenario} when a file cannot be read.
std::vector<Statement> read_statements(const std::string& path);

/// Those about one path, the one in force first: back to the first, or to the removal that ended it.
std::vector<Statement> history_of(const std::vector<Statement>& statements, const std::string& path);

}  // namespace chokepoint
