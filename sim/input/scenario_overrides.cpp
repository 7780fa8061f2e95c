#include <fmt/format.h>

#include <limits>
#include <set>

#include "sim/base/text.hpp"
#include "sim/input/scenario_quantity.hpp"
#include "sim/input/scenario_sections.hpp"
#include "sim/input/scenario_settings.hpp"

namespace chokepoint {
namespace {

class OverrideReader {
 public:
  TypedOverrides read(const ScenarioOverrides& overrides) {
    if (!overrides.seed.empty()) assign("run.seed", overrides.seed, {"--seed", 0, 0});
    if (!overrides.replicates.empty()) assign("run.replicates", overrides.replicates, {"--replicates", 0, 0});
    for (const auto& text : overrides.sets) read_one(text);
    result_.precision = typed_precision(overrides.precision, problems_);
    if (problems_.any()) throw Error(ExitCode::command_line, join(problems_.errors(), "\n"));
    return std::move(result_);
  }

 private:
  void read_one(const std::string& text) {
    const SourcePosition where{"--set", 0, 0};
    const std::size_t equals = text.find('=');
    const std::string name = trim(text.substr(0, equals));
    if (equals == std::string::npos || name.empty()) {
      problems_.add("E061", where, fmt::format("'{}' is no override (write name=value)", text));
      return;
    }
    assign(name, trim(text.substr(equals + 1)), where);
  }

  void assign(const std::string& name, const std::string& value, const SourcePosition& where) {
    if (!given_.insert(name).second) {
      problems_.add("E036", where, fmt::format("'{}' is given twice on the command line", name));
    } else if (name == "run.seed") {
      result_.seed = whole(name, value, 0, std::numeric_limits<long long>::max(), where);
    } else if (name == "run.replicates") {
      result_.replicates = whole(name, value, 1, most_replicates, where);
    } else if (name == "run.max_replicates") {
      result_.max_replicates = whole(name, value, 1, most_replicates, where);
    } else if (name == "time.end") {
      result_.end = value;
      Scenario form_only;  // what depends on the file is checked when it has been read
      set_end(value, where, form_only, problems_);
    } else {
      assign_parameter(name, value, where);
    }
  }

  std::optional<long long> whole(const std::string& name, const std::string& value, long long low,
                                 long long high, const SourcePosition& where) {
    const auto number = parse_integer(value);
    if (number && *number >= low && *number <= high) return number;
    problems_.add("E061", where,
                  fmt::format("'{}' = '{}' must be a whole number from {} to {}", name, value, low, high));
    return std::nullopt;
  }

  void assign_parameter(const std::string& name, const std::string& value, const SourcePosition& where) {
    const Field* field = fields_.find(name);
    if (field == nullptr) {
      std::vector<std::string> known = fields_.names();
      for (const char* other : {"run.seed", "run.replicates", "run.max_replicates", "time.end"})
        known.emplace_back(other);
      const std::string near = suggestion(name, known);
      problems_.add("E061", where,
                    fmt::format("unknown name '{}' (no parameter of this model){}", name,
                                near.empty() ? " see: chokepoint list parameters" : near));
      return;
    }
    const auto number = value_in_unit_of(*field, value, where, problems_);
    if (number && check_range(*field, *number, where, problems_)) {
      result_.settings.push_back({name, *number, where, "command line"});
    }
  }

  Parameters defaults_;
  FieldList fields_ = fields_of(defaults_);
  std::set<std::string> given_;
  TypedOverrides result_;
  Problems problems_;
};

}  // namespace

TypedOverrides read_overrides(const ScenarioOverrides& overrides) { return OverrideReader().read(overrides); }

}  // namespace chokepoint
