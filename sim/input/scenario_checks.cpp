#include <fmt/format.h>

#include <algorithm>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/scenario_sections.hpp"

namespace chokepoint {
namespace {

template <class T>
void expect_id(const char* what, const std::string& id, const std::vector<T>& known,
               const SourcePosition& where, Problems& problems) {
  std::vector<std::string> ids;
  for (const T& one : known) ids.push_back(one.id);
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
  problems.add("E058", where,
               fmt::format("unknown {} '{}' (not in this scenario){}", what, id, suggestion(id, ids)));
}

void read_expectation(TomlTable& table, const Scenario& scenario, Check& check, Problems& problems) {
  if (!table.read("expect", check.text, Presence::required)) return;
  check.where = table.position("expect");
  ++check.where.column;  // past the opening quote
  const auto expected = parse_check_expression(check.text, check.where, problems);
  if (!expected) return;
  check.expected = *expected;
  if (expected->written_out) {
    check.written_out = Metric{"", "", "", expected->metric, *expected->written_out, expected->metric_where};
  } else {
    expect_id("metric", expected->metric, scenario.metrics, expected->metric_where, problems);
  }
  expect_id("arm", expected->arm, scenario.arms, expected->arm_where, problems);
}

void read_level(TomlTable& table, Check& check, Problems& problems) {
  std::string level;
  if (!table.read("level", level, Presence::required)) return;
  const auto found = parse_enum<CheckLevel>(level, check_level_names);
  if (found) {
    check.level = *found;
    return;
  }
  problems.add("E034", table.position("level"),
               fmt::format("'level' = '{}' is none of: error, warning{}", level,
                           suggestion(level, {check_level_names.begin(), check_level_names.end()})));
}

}  // namespace

void read_checks(TomlTable& top, Scenario& scenario, Problems& problems) {
  for (const toml::table* record : top.records("check")) {
    Check check;
    TomlTable table(*record, position_of(record->source()), "check", problems);
    if (table.read("id", check.id, Presence::required)) check_id(check.id, table.position("id"), problems);
    read_expectation(table, scenario, check, problems);
    read_level(table, check, problems);
    table.finish();
    scenario.checks.push_back(std::move(check));
  }
}

}  // namespace chokepoint
