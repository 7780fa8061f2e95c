/// A scenario after `extends`, `[set]` and `--set`: everything a study needs beside the data tables.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/error.hpp"
#include "sim/input/check_expression.hpp"
#include "sim/input/metric_expression.hpp"
#include "sim/input/rule.hpp"
#include "sim/model/event.hpp"
#include "sim/model/parameters.hpp"

namespace chokepoint {

/// One parameter that was set away from its default, and by whom.
struct Setting {
  std::string name;
  double value = 0;
  SourcePosition where;  ///< path "--set" when it came from the command line
  std::string why;
  std::string currency = "";  ///< of `value`, until the data have its rate (currencies.hpp); empty: none
};

/// True when one of the settings is of the parameter.
inline bool states(const std::vector<Setting>& settings, const std::string& parameter) {
  for (const Setting& setting : settings) {
    if (setting.name == parameter) return true;
  }
  return false;
}

/// A parameter's value as a scenario states it: with its currency until that is converted.
struct Amount {
  double value = 0;
  std::string currency;

  bool operator==(const Amount&) const = default;
};
/// What the last of these settings with this name states; `otherwise` when none does.
Amount stated_amount(const std::vector<Setting>& settings, const std::string& name, Amount otherwise);

struct Arm {
  std::string id;
  std::string label;
  std::vector<std::string> exclude;  ///< ids of events and rules that are not part of this arm
  std::vector<Setting> set;
  std::vector<Event> replaced_events = {};  ///< in place of those with their ids
  std::vector<Rule> replaced_rules = {};
  bool reference = false;
  SourcePosition where;

  /// True unless the event or rule is excluded.
  bool includes(const std::string& item) const;
  bool includes(const Event& event) const { return includes(event.said.declared()); }
};

struct Metric {
  std::string id;
  std::string label;
  std::string unit;
  std::string text;  ///< the expression as written
  MetricExpression expression;
  SourcePosition where;
};

enum class CheckLevel : unsigned { error, warning };
inline constexpr std::array<std::string_view, 2> check_level_names{"error", "warning"};

/// What results must bear out: a failed check of level error ends the program with an exit code of its own.
struct Check {
  std::string id;
  std::string text;  ///< `expect` as written
  CheckExpression expected;
  std::optional<Metric> written_out;  ///< the metric of `expected` when it has no id
  CheckLevel level = CheckLevel::error;
  SourcePosition where;
};

/// Which parts an arm's effect is split over, whatever the order in which they are added: [decompose].
struct Decomposition {
  struct Part {
    std::string id;
    std::vector<std::string> items;  ///< ids of events and rules
  };
  std::string arm;
  std::vector<Part> parts;  ///< in the order of the file, at most six
  SourcePosition where;
};

/// Replicates are added until the 95 % interval of the metric's mean effect has at most this half-width in
/// every arm: [run] precision, --precision.
struct PrecisionGoal {
  std::string metric;
  double half_width = 0;  ///< in the metric's unit
  SourcePosition where;
};
/// Replicates before the first look at the precision.
inline constexpr int least_for_precision = 30;

struct Scenario {
  std::string path;
  std::string id;
  std::string title;
  std::string summary;
  std::vector<std::string> tags;
  std::vector<std::string> layers;  ///< files that were merged, in order, this one last
  Date as_of;
  std::size_t sessions = 0;  ///< trading days to simulate; 0: up to `until`
  Date until;
  std::string data_dir;
  std::string overlay;          ///< "" for none
  std::string calibration_dir;  ///< beliefs are drawn from its posterior; "": they stand at their medians
  std::string structural_path;  ///< priors of what no event tells, drawn in each replicate; "": medians
  std::string vintages_dir;     ///< the world is that of `as_of`, from this folder of vintages; "": of T0
  std::string fit_without;      ///< episode left out of the fit that beliefs are drawn from; "": none
  bool market = true;           ///< false: users, enterprises and researchers only
  std::uint64_t seed = 0;
  int replicates = 0;
  int probes = 4;  ///< replicates in which arms are run again without each of their events and rules
  std::vector<PrecisionGoal> precision;  ///< empty: `replicates` are run
  int max_replicates = 0;                ///< with precision; 0: ten times the first round
  std::vector<double> quantiles;
  Parameters parameters;          ///< defaults, then [set], then --set
  std::vector<Setting> settings;  ///< what [set] and --set changed, in order
  std::vector<Event> events;      ///< by announcement
  std::vector<Rule> rules;        ///< in the order of the files
  std::vector<Arm> arms;          ///< in the order of the file
  std::vector<Metric> metrics;
  std::vector<Check> checks;
  std::optional<Decomposition> decomposition;
  std::string observed_path;  ///< "" for none
  std::string observed_arm;

  /// True when replicates may draw parameters that nothing sets.
  bool may_draw() const { return !calibration_dir.empty() || !structural_path.empty(); }
  /// True for a parameter that replicates may draw in arms that do not set it.
  bool draws_unless_set(const std::string& parameter) const {
    return may_draw() && !states(settings, parameter);
  }
  std::size_t reference_arm() const;
  /// Replicates that are run before the precision is looked at: all of them when none is asked for.
  std::size_t first_round() const;
  /// Most replicates that may be run.
  std::size_t replicate_limit() const;
  /// Parameters of an arm: the scenario's with the arm's `set` on top.
  Parameters parameters_of(const Arm& arm) const;
  /// Events that the arm includes, each as it is in this arm.
  std::vector<Event> events_of(const Arm& arm) const;
  /// An event of `events` as it is in the arm.
  const Event& event_of(const Arm& arm, const Event& event) const;
  /// The id by which arms exclude the event of an id; the id itself where no event has it.
  const std::string& declared_id(const std::string& event) const;
  std::vector<Rule> rules_of(const Arm& arm) const;
};

/// What the command line lays over the file: parameters, sections, and keys of events and rules
/// ("event.order.level=0.5").
struct ScenarioOverrides {
  std::vector<std::string> sets;  ///< "name=value" as typed
  std::string seed;               ///< "" when not given
  std::string replicates;
  std::vector<std::string> precision = {};  ///< "metric=half-width" as typed
};

/// Reads a scenario with its layers. Unknown or repeated keys, wrong types, values out of range, ids that do
/// not exist and keys that would set an outcome are complaints with file, line and column, all in one pass.
Scenario read_scenario(const std::string& path, const ScenarioOverrides& overrides, Problems& problems);

/// Complaints that need the data: unknown firms, models, lines, domiciles in events.
void check_events(const Scenario& scenario, const Facts& facts, Problems& problems);

/// Complains of each value in [set] or an arm's `set` that has no [why]; what was typed needs none.
void require_reasons(const Scenario& scenario, Problems& problems);

/// The scenario as one TOML file without `extends`: running it gives the same results.
std::string resolved_toml(const Scenario& scenario);

}  // namespace chokepoint
