#include "sim/command/run_summary.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/output/text_table.hpp"

namespace chokepoint {
namespace {

/// Decimals that leave about three significant digits of the larger end of a band.
int decimals_for(double size) { return size >= 100.0 ? 0 : size >= 1.0 ? 1 : 3; }

std::string effects_text(const Study& study, const std::vector<Effect>& effects) {
  std::string text =
      fmt::format("effects against '{}', median and 90 % band\n", study.arms[study.reference].id);
  for (const BoundMetric& bound : study.metrics) {
    TextTable table(
        {fmt::format("{} [{}]", bound.metric->id, bound.metric->unit), "median", "5 %", "95 %", "same sign"});
    bool any = false;
    for (const Effect& effect : effects) {
      if (effect.metric != bound.metric) continue;
      any = true;
      const auto& q = effect.summary.quantiles;
      const int decimals = decimals_for(std::max(std::fabs(q[0]), std::fabs(q[2])));
      const double n = static_cast<double>(effect.summary.n);
      table.add({"  " + study.arms[effect.arm].id, signed_number(q[1], decimals),
                 signed_number(q[0], decimals), signed_number(q[2], decimals),
                 fmt::format("{:.0f} of {}", effect.sign_agreement * n, effect.summary.n)});
    }
    if (any) text += table.text();
  }
  return text;
}

/// How many runs an event was part of, and how many of those differed from the reference.
std::string events_text(const Study& study, const ExperimentResult& result) {
  std::string text = "events\n";
  for (const Event& event : study.scenario.events) {
    std::size_t arms = 0;
    std::size_t acting = 0;
    for (const ArmPlan& arm : study.arms) {
      for (const EventTrace& trace : arm.plan.traces) {
        if (trace.id != event.said.id) continue;
        ++arms;
        if (trace.first_day < study.calendar->days().size()) ++acting;
      }
    }
    text += fmt::format("  {:<20} in {} of {} arms, acts in {}\n", event.said.id, arms, study.arms.size(),
                        acting);
  }
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    if (a == study.reference) continue;
    const ArmResult& arm = result.arms[a];
    text += fmt::format("  {:<20} differs from {} in {} of {} replicates{}\n", study.arms[a].id,
                        study.arms[study.reference].id, arm.replicates_that_differ, study.scenario.replicates,
                        arm.first_difference == ArmResult::never
                            ? " (its events change nothing)"
                            : ", first on " + to_text(study.calendar->days()[arm.first_difference].date));
  }
  return text;
}

}  // namespace

std::string run_summary(const Study& study, const ExperimentResult& result,
                        const std::vector<Effect>& effects, const std::string& folder) {
  long long halts = 0;
  for (const ArmResult& arm : result.arms) halts += arm.counts.halts;
  return effects_text(study, effects) + events_text(study, result) +
         fmt::format(
             "identity   every arm equals '{}', to the bit, before their first listed difference\n"
             "accounts   shares and cash of {} investors balanced to the last unit on every day; {} halts\n"
             "bands      population, noticing and daily noise; parameters at prior medians\n"
             "results    {}\n",
             study.arms[study.reference].id, result.investors, halts, folder);
}

std::string run_summary_json(const Study& study, const ExperimentResult& result,
                             const std::vector<Effect>& effects, const std::string& folder,
                             const std::vector<std::string>& warnings) {
  nlohmann::ordered_json answer{{"ok", true},
                                {"exit_code", 0},
                                {"scenario", study.scenario.id},
                                {"reference_arm", study.arms[study.reference].id},
                                {"replicates", study.scenario.replicates},
                                {"sessions", study.calendar->days().size()},
                                {"investors", result.investors},
                                {"warnings", warnings}};
  answer["effects"] = nlohmann::ordered_json::array();
  for (const Effect& effect : effects) {
    answer["effects"].push_back({{"arm", study.arms[effect.arm].id},
                                 {"metric", effect.metric->id},
                                 {"unit", effect.metric->unit},
                                 {"mean", effect.summary.mean},
                                 {"q05", effect.summary.quantiles[0]},
                                 {"median", effect.summary.quantiles[1]},
                                 {"q95", effect.summary.quantiles[2]},
                                 {"sign_agreement", effect.sign_agreement},
                                 {"n", effect.summary.n}});
  }
  answer["results"] = folder;
  return answer.dump(2) + "\n";
}

}  // namespace chokepoint
