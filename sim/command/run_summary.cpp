#include "sim/command/run_summary.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/attribution_text.hpp"
#include "sim/study/backtest/scorecard.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

constexpr int most_decimals = 3;  ///< of bands and changes, which stand in columns

std::vector<std::string> band_cells(const Summary& summary) {
  const auto& q = summary.quantiles;
  const int decimals = decimals_for(std::max(std::fabs(q[0]), std::fabs(q[2])), most_decimals);
  return {signed_number(q[1], decimals), signed_number(q[0], decimals), signed_number(q[2], decimals)};
}

/// Every headline says how far it is backed.
std::string metric_title(const Study& study, const BoundMetric& bound) {
  const Metric& metric = *bound.metric;
  const std::string backing = backing_of(study, bound);
  return metric.label.empty() || metric.label == metric.id
             ? fmt::format("{} [{}] ({})\n", metric.id, metric.unit, backing)
             : fmt::format("{}  {} [{}] ({})\n", metric.id, metric.label, metric.unit, backing);
}

std::string effects_text(const Study& study, const std::vector<Effect>& effects) {
  if (effects.empty()) return "";
  std::string text =
      fmt::format("effects against '{}', median and 90 % band\n", study.arms[study.reference].id);
  for (const BoundMetric& bound : study.metrics) {
    TextTable table({"", "median", "5 %", "95 %", "same sign"});
    bool any = false;
    for (const Effect& effect : effects) {
      if (effect.metric != bound.metric) continue;
      any = true;
      std::vector<std::string> row{"  " + study.arms[effect.arm].id};
      for (auto& cell : band_cells(effect.summary)) row.push_back(std::move(cell));
      row.push_back(fmt::format("{:.0f} of {}", effect.sign_agreement * static_cast<double>(effect.summary.n),
                                effect.summary.n));
      table.add(std::move(row));
    }
    if (any) text += metric_title(study, bound) + table.text();
  }
  return text;
}

/// Who did what, in sentences.
std::string attribution_text(const Study& study, const std::vector<EffectSplit>& attributions) {
  if (attributions.empty()) return "";
  const std::size_t n = attributions.front().n;
  std::string text = fmt::format("attribution of arm '{}', {}\n", study.scenario.decomposition->arm,
                                 n == 1 ? "one replicate, without intervals"
                                        : fmt::format("mean and 95 % interval over {} replicates", n));
  for (const EffectSplit& one : attributions) {
    text += fmt::format("  {}\n", attribution_sentence(study, one));
  }
  for (const std::string& caveat : shared_session_caveats(study)) text += fmt::format("  {}\n", caveat);
  return text;
}

nlohmann::ordered_json estimate_json(const Estimate& estimate) {
  return {{"mean", estimate.mean},
          {"ci95_low", estimate.mean - estimate.half_width},
          {"ci95_high", estimate.mean + estimate.half_width}};
}

nlohmann::ordered_json attribution_json(const Study& study, const EffectSplit& of) {
  nlohmann::ordered_json answer{{"arm", study.scenario.decomposition->arm},
                                {"metric", of.metric->id},
                                {"unit", of.metric->unit},
                                {"n", of.n},
                                {"total", estimate_json(of.total)},
                                {"together", estimate_json(of.together)}};
  if (of.has_rest) answer["rest"] = estimate_json(of.rest);
  for (const PartShare& part : of.parts) {
    answer["parts"].push_back({{"part", part.id},
                               {"shapley", estimate_json(part.shapley)},
                               {"alone", part.alone},
                               {"last", part.last},
                               {"interaction", part.interaction}});
  }
  answer["sentence"] = attribution_sentence(study, of);
  return answer;
}

/// Metrics that are levels rather than comparisons, in every arm.
std::string levels_text(const Study& study, const ExperimentResult& result) {
  std::string text;
  for (std::size_t m = 0; m < study.metrics.size(); ++m) {
    const Metric& metric = *study.metrics[m].metric;
    if (metric.expression.form != MetricExpression::Form::level) continue;
    if (text.empty()) text = "levels, median and 90 % band\n";
    TextTable table({"", "median", "5 %", "95 %"});
    for (std::size_t a = 0; a < study.arms.size(); ++a) {
      std::vector<double> sample = result.arms[a].values[m];
      std::vector<std::string> row{"  " + study.arms[a].id};
      for (auto& cell : band_cells(summarise(sample, {0.05, 0.5, 0.95})))
        row.push_back(cell.substr(cell[0] == '+'));
      table.add(std::move(row));
    }
    text += metric_title(study, study.metrics[m]) + table.text();
  }
  return text;
}

/// Line-days on which demand did not simply meet supply, over all arms and replicates.
std::string statuses_text(const ExperimentResult& result) {
  std::vector<std::string> counts;
  for (const LineStatus status :
       {LineStatus::limit, LineStatus::rationed, LineStatus::no_demand, LineStatus::halted}) {
    long long days = 0;
    for (const ArmResult& arm : result.arms) days += arm.line_days[index(status)];
    if (days > 0) counts.push_back(fmt::format("{} {}", name_of(status, line_status_names), days));
  }
  if (counts.empty()) return "";
  return fmt::format("statuses   {} line-days over all runs (per arm in manifest.json)\n",
                     join(counts, ", "));
}

/// What the audits found in order on every day.
std::string accounts_text(const Study& study, const ExperimentResult& result) {
  const char* heads =
      study.facts.vendors.empty() ? "" : "heads      researchers balanced to the last person\n";
  if (study.facts.lines.empty()) return heads;
  long long halts = 0;
  for (const ArmResult& arm : result.arms) halts += arm.counts.halts;
  return fmt::format(
      "accounts   shares and cash of {} investors balanced to the last unit on every day; {} halts\n{}",
      result.investors, halts, heads);
}

/// An event or rule over all arms that have it.
struct ItemTotals {
  std::size_t arms = 0, fired = 0, runs = 0, changed = 0, probes = 0;
  std::string from;                                         ///< earliest date of a difference
  const ItemRecord* largest = nullptr;                      ///< where it changed most
  std::map<std::string, std::vector<std::string>> without;  ///< reason -> arms in which it did nothing
};

ItemTotals totals_of(const Study& study, const std::vector<ItemRecord>& items, const std::string& id) {
  ItemTotals totals;
  for (const ItemRecord& record : items) {
    if (record.item != id || record.status == ItemStatus::excluded) continue;
    ++totals.arms;
    totals.fired += record.replicates_fired();
    totals.runs += record.occurrences.days.size();
    totals.changed += record.effect.changed;
    totals.probes += record.effect.probes;
    const std::string from = first_divergence(study, record.effect);
    if (!from.empty() && (totals.from.empty() || from < totals.from)) totals.from = from;
    const bool larger = totals.largest == nullptr || record.effect.size > totals.largest->effect.size;
    if (record.effect.series != RecordDifference::same && larger) totals.largest = &record;
    if (!record.reason.empty())
      totals.without[record.reason].push_back("'" + study.arms[record.arm].id + "'");
  }
  return totals;
}

/// What three decimals would make nothing of is written with a power of ten.
std::string change_text(double change) {
  const double size = std::fabs(change);
  return size < 0.001 ? fmt::format("{:+.1e}", change)
                      : signed_number(change, decimals_for(size, most_decimals));
}

/// "us_access_order  fired 600/600, changed 12/12 probes from 2026-06-15, most: ai_access[...] -1.00 share"
std::string item_text(const Study& study, const std::vector<ItemRecord>& items, const std::string& id) {
  const ItemTotals totals = totals_of(study, items, id);
  if (totals.arms == 0) return fmt::format("  {:<20} in no arm\n", id);
  std::string text = fmt::format("  {:<20} fired {}/{}, changed {}/{} probes", id, totals.fired, totals.runs,
                                 totals.changed, totals.probes);
  if (!totals.from.empty()) text += " from " + totals.from;
  if (totals.largest != nullptr) {
    const ItemEffect& effect = totals.largest->effect;
    const Series& series = study.series[effect.series];
    text += fmt::format(", most in '{}': {} {}{}", study.arms[totals.largest->arm].id,
                        name_of_series(study.series, effect.series), change_text(effect.change),
                        series.unit == "-" ? "" : " " + series.unit);
  }
  for (const auto& [reason, arms] : totals.without) {
    text += fmt::format("\n  {:<20}   nothing in {}: {}", "", join(arms, ", "), reason);
  }
  return text + "\n";
}

/// What each event and rule did, and how many runs of each arm differ from the reference.
std::string events_text(const Study& study, const ExperimentResult& result,
                        const std::vector<ItemRecord>& items) {
  if (items.empty()) return "";
  std::string text = "events\n";
  std::set<std::string> told;
  for (const Event& event : study.scenario.events) {
    const std::string& item = event.said.declared();
    if (told.insert(item).second) text += item_text(study, items, item);
  }
  for (const Rule& rule : study.scenario.rules) text += item_text(study, items, rule.id);
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (a == study.reference) continue;
    const ArmResult& arm = result.arms[a];
    text += fmt::format("  {:<20} differs from {} in {} of {} replicates{}\n", study.arms[a].id,
                        study.arms[study.reference].id, arm.replicates_that_differ, study.scenario.replicates,
                        arm.first_difference == ArmResult::never
                            ? ""
                            : ", first on " + to_text(study.calendar->days()[arm.first_difference].date));
  }
  return text;
}

std::string counted(std::size_t passed, std::size_t failed) {
  if (failed == 0) return fmt::format("{} passed", passed);
  return passed == 0 ? fmt::format("{} failed", failed) : fmt::format("{} passed, {} failed", passed, failed);
}

/// How many checks passed, and what each of the others found.
std::string checks_text(const std::vector<CheckOutcome>& checks) {
  if (checks.empty()) return "";
  std::size_t passed = 0;
  std::string failures;
  for (const CheckOutcome& outcome : checks) {
    const Check& check = *outcome.check;
    if (outcome.passed) {
      ++passed;
    } else {
      failures += fmt::format("  {:<20} found {}, expected {} ({})\n", check.id, outcome.value, check.text,
                              name_of(check.level, check_level_names));
    }
  }
  return fmt::format("checks     {}\n{}", counted(passed, checks.size() - passed), failures);
}

nlohmann::ordered_json items_json(const RunReport& report) {
  auto items = nlohmann::ordered_json::array();
  for (const ItemRecord& record : report.items) {
    const ItemEffect& effect = record.effect;
    nlohmann::ordered_json item{{"arm", report.study.arms[record.arm].id},
                                {"item", record.item},
                                {"kind", record.kind},
                                {"status", name_of(record.status, item_status_names)},
                                {"replicates_fired", record.replicates_fired()},
                                {"replicates_changed", effect.changed},
                                {"probes", effect.probes}};
    if (effect.changed > 0) item["first_divergence"] = first_divergence(report.study, effect);
    if (effect.series != RecordDifference::same) {
      item["max_change"] = effect.change;
      item["max_change_variable"] = name_of_series(report.study.series, effect.series);
      item["max_change_unit"] = report.study.series[effect.series].unit;
    }
    if (!record.reason.empty()) item["reason"] = record.reason;
    items.push_back(std::move(item));
  }
  return items;
}

/// What was asserted of the days before arms may differ; a run in which it does not hold ends with an error.
std::string identity_text(const Study& study, const ExperimentResult& result) {
  if (study.arms.size() == 1) return "";
  return fmt::format(
      "identity   proved: every arm equals '{}' to the bit before their first listed difference "
      "(every replicate{})\n",
      study.arms[study.reference].id, result.shared_days > 0 ? "; shared days run in full in r0000" : "");
}

/// The record that results drawn from a fit carry.
std::string record_text(const Study& study) {
  if (study.draws.empty()) return "";
  return fmt::format("record     {}\n", stamp_of(study.scenario.calibration_dir));
}

nlohmann::ordered_json effects_json(const RunReport& report) {
  auto effects = nlohmann::ordered_json::array();
  for (const Effect& effect : report.effects) {
    effects.push_back({{"arm", report.study.arms[effect.arm].id},
                       {"metric", effect.metric->id},
                       {"unit", effect.metric->unit},
                       {"mean", effect.summary.mean},
                       {"q05", effect.summary.quantiles[0]},
                       {"median", effect.summary.quantiles[1]},
                       {"q95", effect.summary.quantiles[2]},
                       {"sign_agreement", effect.sign_agreement},
                       {"n", effect.summary.n}});
  }
  return effects;
}

}  // namespace

void warn_of_frozen_lines(const Study& study, const ExperimentResult& result, Problems& problems) {
  for (const BoundMetric& bound : study.measured) {
    std::set<std::size_t> read;
    for (const std::size_t s : bound.series)
      read.insert(study.series[s].lines.begin(), study.series[s].lines.end());
    std::vector<std::string> frozen;
    for (const std::size_t k : read) {
      long long days = 0;
      for (const ArmResult& arm : result.arms) days += arm.days_without_price[k];
      if (days > 0) frozen.push_back(fmt::format("{} ({} line-days)", study.facts.lines[k].id, days));
    }
    if (frozen.empty()) continue;
    problems.warn("W124", bound.metric->where,
                  fmt::format("{} reads lines that had no market price on some days (NO_DEMAND or "
                              "HALT at the close, over all runs; their last price stands): {}",
                              described(*bound.metric), join(frozen, ", ")));
  }
}

ExitCode exit_code_of(const std::vector<CheckOutcome>& checks) {
  return any_failed(checks) ? ExitCode::check_failed : ExitCode::ok;
}

std::string run_summary(const RunReport& report) {
  const Study& study = report.study;
  const ExperimentResult& result = report.result;
  return effects_text(study, report.effects) + levels_text(study, result) +
         attribution_text(study, report.attributions) + events_text(study, result, report.items) +
         precision_text(study, report.precision) + checks_text(report.checks) +
         fmt::format(
             "{}"
             "{}"
             "{}"
             "bands      {}\n"
             "{}"
             "results    {}\n",
             identity_text(study, result), accounts_text(study, result), statuses_text(result),
             bands_text(study), record_text(study), report.folder);
}

std::string run_summary_json(const RunReport& report) {
  const Study& study = report.study;
  const ExitCode code = exit_code_of(report.checks);
  nlohmann::ordered_json answer{{"ok", code == ExitCode::ok},
                                {"exit_code", static_cast<int>(code)},
                                {"scenario", study.scenario.id},
                                {"reference_arm", study.arms[study.reference].id},
                                {"replicates", study.scenario.replicates},
                                {"sessions", study.calendar->days().size()},
                                {"investors", report.result.investors},
                                {"warnings", report.warnings}};
  answer["effects"] = effects_json(report);
  if (!report.attributions.empty()) {
    for (const EffectSplit& one : report.attributions) {
      answer["attribution"].push_back(attribution_json(study, one));
    }
    answer["caveats"] = shared_session_caveats(study);
  }
  answer["events"] = items_json(report);
  if (!report.precision.empty()) answer["precision"] = precision_json(study, report.precision);
  answer["checks"] = nlohmann::ordered_json::array();
  for (const CheckOutcome& outcome : report.checks) {
    answer["checks"].push_back({{"id", outcome.check->id},
                                {"level", name_of(outcome.check->level, check_level_names)},
                                {"expect", outcome.check->text},
                                {"value", outcome.value},
                                {"passed", outcome.passed}});
  }
  answer["results"] = report.folder;
  return answer.dump(2) + "\n";
}

}  // namespace chokepoint
