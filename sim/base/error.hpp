/// The one exception type: whose fault it is, what to say, and with which code the program ends.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace chokepoint {

/// Exit codes of the program; they are documented in the README and never change meaning.
enum class ExitCode : int {
  ok = 0,
  internal = 1,            ///< a defect of the program
  command_line = 2,        ///< the command line could not be understood
  scenario = 3,            ///< a scenario or data file is wrong
  check_failed = 4,        ///< a [[check]] of level error failed
  run_failed = 5,          ///< an accounting identity broke, or a number is not finite
  sweep_incomplete = 6,    ///< some points of a sweep failed
  stopped = 7,             ///< stopped at a checkpoint
  reproduce_mismatch = 8,  ///< an output hash differs
};

class Error : public std::runtime_error {
 public:
  Error(ExitCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

/// A place in a text file. Line 0 means "the file as a whole".
struct SourcePosition {
  std::string path;
  std::size_t line = 0;
  std::size_t column = 0;
};

/// "path:line", or the path alone of a file as a whole.
std::string place_of(const SourcePosition& where);

/// Collects every complaint of one pass over the inputs, so that a user sees all of them at once.
class Problems {
 public:
  /// Message form: problem (why it is one) suggestion. `code` is a stable identifier such as "E012".
  void add(const std::string& code, const SourcePosition& where, const std::string& message);
  void warn(const std::string& code, const SourcePosition& where, const std::string& message);

  bool any() const { return !errors_.empty(); }
  const std::vector<std::string>& errors() const { return errors_; }
  const std::vector<std::string>& warnings() const { return warnings_; }

  /// The same with the lines of the files that they are about, for people.
  std::vector<std::string> shown_errors() const;
  std::vector<std::string> shown_warnings() const;

  /// Throws Error{ExitCode::scenario} listing all complaints when there is at least one. `outcome`, the last
  /// sentence, says what came of the command.
  void throw_if_any(const char* outcome = "Nothing was run.") const;

 private:
  std::vector<std::string> errors_;
  std::vector<std::string> warnings_;
  std::vector<SourcePosition> error_places_;    ///< [error]
  std::vector<SourcePosition> warning_places_;  ///< [warning]
};

}  // namespace chokepoint
