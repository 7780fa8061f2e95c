/// Where the values of a scenario came from: the file in force, those beneath it, the default.
/// Tests: tests/unit/explanation_test.cpp.
#pragma once

#include <string>
#include <vector>

#include "sim/input/setting_history.hpp"
#include "sim/study/study.hpp"

namespace chokepoint {

/// One statement of a value: what was said, and where.
struct Origin {
  std::string value;
  std::string place;  ///< "mine.toml:19", "--set", "default", or a remark in words
};

struct Explanation {
  std::string key;            ///< "attention.notice", "event.order", "run.seed"
  std::string unit;           ///< of a parameter
  std::vector<Origin> chain;  ///< what is in force first, the default last
  std::vector<std::string> notes;
};

class Explainer {
 public:
  /// `statements` are those of the scenario's files; `overrides` what the command line laid over them.
  Explainer(const Study& study, std::vector<Statement> statements, const ScenarioOverrides& overrides);

  /// A parameter; the keys of a record after the record; a key of a section or record, said or not. An id
  /// alone will do where only one record has it. Throws Error{command_line} with a suggestion for what is
  /// none of these.
  std::vector<Explanation> explain(const std::string& key) const;
  /// What is not plain from the file itself: parameters that are set, in arms too, sections' keys and records
  /// that are inherited, overridden or removed, and what the command line says.
  std::vector<Explanation> changed() const;

 private:
  Explanation parameter(const Field& field) const;
  Explanation value(const std::string& path) const;
  std::vector<Explanation> record(const std::string& path) const;
  std::vector<std::string> records() const;
  std::vector<std::string> plain_keys() const;  ///< keys of sections, such as run.seed
  std::string full_path(const std::string& key) const;

  const Study& study_;
  std::vector<Statement> statements_;  ///< those of the command line last
};

/// Lines for people: `0.35  mine.toml:19  <- 0.6  base.toml:12  <- default 0.5 (source)`.
std::string explanation_text(const Explanation& explanation);

}  // namespace chokepoint
