#include "sim/input/scenario_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint {
namespace {

constexpr long long most_sessions = 10'000;

/// A section of the file, or empty with a complaint when it must be there.
std::optional<TomlTable> section(TomlTable& top, const char* name, Presence presence, Problems& problems) {
  const toml::table* table = top.table(name, presence);
  if (table == nullptr) return std::nullopt;
  return TomlTable(*table, top.position(name), fmt::format("[{}]", name), problems);
}

void check_until(const SourcePosition& where, const Scenario& scenario, Problems& problems) {
  if (scenario.until > scenario.as_of) return;
  problems.add("E032", where,
               fmt::format("time.end = {} must be later than time.as_of = {}", to_text(scenario.until),
                           to_text(scenario.as_of)));
}

/// Keys of [data] that exclude or need each other.
void check_data(const TomlTable& data, const Scenario& scenario, Problems& problems) {
  const auto complain = [&](const char* key, const char* message) {
    problems.add("E097", data.position(key), message);
  };
  if (!scenario.vintages_dir.empty() && !scenario.market) {
    complain("vintages",
             "'vintages' stands beside market = false (vintages are of lines of shares alone) keep "
             "one of the two");
  }
  if (!scenario.vintages_dir.empty() && !scenario.overlay.empty()) {
    complain("overlay",
             "'overlay' stands beside 'vintages' (it would change the tables of today) change a copy "
             "of the folder of vintages");
  }
  if (!scenario.vintages_dir.empty() && !scenario.structural_path.empty()) {
    complain("structural",
             "'structural' stands beside 'vintages' (nothing that it draws exists in that world) "
             "leave it out");
  }
  if (!scenario.fit_without.empty() && scenario.calibration_dir.empty()) {
    complain("fit_without", "'fit_without' needs 'calibration' (the fit whose episode is left out)");
  }
}

bool read_whole(TomlTable& table, const char* key, long long low, long long high, long long& value,
                Problems& problems, Presence presence = Presence::required) {
  if (!table.read(key, value, presence)) return false;
  if (value >= low && value <= high) return true;
  problems.add("E032", table.position(key),
               fmt::format("'{}' = {} is out of range (from {} to {})", key, value, low, high));
  return false;
}

}  // namespace

void set_end(const std::string& text, const SourcePosition& where, Scenario& scenario, Problems& problems) {
  scenario.sessions = 0;
  scenario.until = {};
  if (const auto date = parse_date(trim(text))) {
    scenario.until = *date;
    return check_until(where, scenario, problems);
  }
  const auto quantity = parse_quantity(text);
  if (!quantity || (quantity->unit != "sessions" && quantity->unit != "session")) {
    problems.add(
        "E031", where,
        fmt::format("time.end = '{}' is no end (write \"60 sessions\" or a date such as 2026-09-04)", text));
    return;
  }
  const auto whole = static_cast<long long>(std::clamp(quantity->value, 0.0, 2.0 * most_sessions));
  if (static_cast<double>(whole) != quantity->value || whole < 1 || whole > most_sessions) {
    problems.add(
        "E032", where,
        fmt::format("time.end = '{}' is out of range (whole sessions from 1 to {})", text, most_sessions));
    return;
  }
  scenario.sessions = static_cast<std::size_t>(whole);
}

void read_time(TomlTable& top, Scenario& scenario, Problems& problems) {
  auto time = section(top, "time", Presence::required, problems);
  if (!time) return;
  time->read("as_of", scenario.as_of, Presence::required);
  const toml::node* end = time->find("end", Presence::required);
  if (end != nullptr && end->is_string()) {
    set_end(end->as_string()->get(), time->position("end"), scenario, problems);
  } else if (end != nullptr && end->is_date()) {
    if (time->read("end", scenario.until, Presence::required))
      check_until(time->position("end"), scenario, problems);
  } else if (end != nullptr) {
    time->wrong_kind("end", *end, "text such as \"60 sessions\" or a date");
  }
  time->finish();
}

void read_data(TomlTable& top, Scenario& scenario, Problems& problems) {
  auto data = section(top, "data", Presence::required, problems);
  if (!data) return;
  data->read("dir", scenario.data_dir, Presence::required);
  data->read("overlay", scenario.overlay, Presence::optional);
  data->read("calibration", scenario.calibration_dir, Presence::optional);
  data->read("structural", scenario.structural_path, Presence::optional);
  data->read("market", scenario.market, Presence::optional);
  data->read("vintages", scenario.vintages_dir, Presence::optional);
  data->read("fit_without", scenario.fit_without, Presence::optional);
  check_data(*data, scenario, problems);
  data->finish();
}

void read_run(TomlTable& top, Scenario& scenario, Problems& problems) {
  auto run = section(top, "run", Presence::required, problems);
  if (!run) return;
  long long seed = 0;
  long long replicates = 0;
  if (read_whole(*run, "seed", 0, std::numeric_limits<long long>::max(), seed, problems)) {
    scenario.seed = static_cast<std::uint64_t>(seed);
  }
  if (read_whole(*run, "replicates", 1, most_replicates, replicates, problems)) {
    scenario.replicates = static_cast<int>(replicates);
  }
  long long probes = 0;
  if (read_whole(*run, "probes", 1, std::max(1LL, replicates), probes, problems, Presence::optional)) {
    scenario.probes = static_cast<int>(probes);
  }
  read_precision(*run, scenario, problems);
  run->finish();
}

void read_output(TomlTable& top, Scenario& scenario, Problems& problems) {
  auto output = section(top, "output", Presence::required, problems);
  if (!output) return;
  if (output->read("quantiles", scenario.quantiles, Presence::required)) {
    const auto& q = scenario.quantiles;
    const bool inside = std::all_of(q.begin(), q.end(), [](double p) { return p > 0.0 && p < 1.0; });
    const bool ascending = std::adjacent_find(q.begin(), q.end(), std::greater_equal<>()) == q.end();
    if (q.empty() || !inside || !ascending) {
      problems.add("E032", output->position("quantiles"),
                   "'quantiles' must be numbers between 0 and 1, each larger than the one before");
    }
  }
  output->finish();
}

void read_backtest(TomlTable& top, Scenario& scenario, Problems& problems) {
  auto backtest = section(top, "backtest", Presence::optional, problems);
  if (!backtest) return;
  backtest->read("observed", scenario.observed_path, Presence::required);
  if (backtest->read("arm", scenario.observed_arm, Presence::required)) {
    std::vector<std::string> arms;
    for (const Arm& arm : scenario.arms) arms.push_back(arm.id);
    if (std::find(arms.begin(), arms.end(), scenario.observed_arm) == arms.end()) {
      problems.add("E047", backtest->position("arm"),
                   fmt::format("[backtest] names arm '{}' (which does not exist){}", scenario.observed_arm,
                               suggestion(scenario.observed_arm, arms)));
    }
  }
  backtest->finish();
}

void read_metrics(TomlTable& top, Scenario& scenario, Problems& problems) {
  for (const toml::table* record : top.records("metric")) {
    Metric metric;
    TomlTable table(*record, position_of(record->source()), "metric", problems);
    if (table.read("id", metric.id, Presence::required)) check_id(metric.id, table.position("id"), problems);
    table.read("unit", metric.unit, Presence::required);
    metric.label = metric.id;
    table.read("label", metric.label, Presence::optional);
    if (table.read("expr", metric.text, Presence::required)) {
      metric.where = table.position("expr");
      ++metric.where.column;  // past the opening quote
      metric.expression = parse_metric_expression(metric.text, metric.where, problems);
    }
    table.finish();
    scenario.metrics.push_back(std::move(metric));
  }
}

}  // namespace chokepoint
