#include "sim/study/precision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/base/text.hpp"
#include "sim/study/effect_tables.hpp"
#include "sim/study/replicate_runs.hpp"

namespace chokepoint {
namespace {

/// Two significant digits, with commas: what is said of replicates that nobody ran is no better known.
std::string about(double count) {
  const double size = std::pow(10.0, std::max(0.0, std::floor(std::log10(std::max(count, 1.0))) - 1.0));
  const std::string digits = fmt::format("{:.0f}", std::ceil(count / size) * size);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

bool all_reached(const std::vector<Precision>& found) {
  return std::all_of(found.begin(), found.end(), [](const Precision& one) { return one.reached(); });
}

/// The arm that needs most replicates, for a goal.
const Precision* widest(const std::vector<Precision>& found, const std::string& metric) {
  const Precision* widest = nullptr;
  for (const Precision& one : found) {
    if (one.metric->id == metric && (widest == nullptr || one.found > widest->found)) widest = &one;
  }
  return widest;
}

std::string line_of(const Study& study, const Precision& one) {
  const std::string head = fmt::format("precision  {} of '{}' +-{:.3g} after {} replicates", one.metric->id,
                                       study.arms[one.arm].id, one.found, one.replicates);
  const std::string unpaired =
      one.unpaired_need > static_cast<double>(one.replicates)
          ? fmt::format("; without pairing it would need about {}", about(one.unpaired_need))
          : "";
  if (one.reached()) return fmt::format("{} (asked {}){}\n", head, short_number(one.asked), unpaired);
  return fmt::format("{}, the most allowed (asked {}, which needs about {}){}\n", head,
                     short_number(one.asked), about(one.paired_need), unpaired);
}

}  // namespace

std::vector<Precision> precision_of(const Study& study, const ExperimentResult& result) {
  std::vector<Precision> found;
  if (study.scenario.precision.empty()) return found;
  const std::vector<Effect> effects = effects_of(study, result);
  for (const PrecisionGoal& goal : study.scenario.precision) {
    for (const Effect& effect : effects) {
      if (effect.metric->id != goal.metric) continue;
      const double scaled = 1.96 * effect.summary.sd / goal.half_width;
      Precision one{
          effect.metric,   effect.arm, goal.half_width, mean_half_width(effect.summary), effect.summary.n,
          scaled * scaled, 0.0};
      if (effect.variance_ratio > 0.0) one.unpaired_need = one.paired_need / effect.variance_ratio;
      found.push_back(one);
    }
  }
  return found;
}

ExperimentResult run_rounds(Study& study, Experiment experiment,
                            const std::function<void(std::size_t)>& round) {
  const std::size_t most = study.scenario.replicate_limit();
  std::vector<ReplicateRuns> runs;
  ExperimentResult result;
  experiment.replicates = 0;
  std::size_t more = study.scenario.first_round();
  while (more > 0) {
    experiment.replicates += more;
    if (experiment.spool != nullptr) experiment.spool->add_replicates(more);
    round(more);
    run_missing(experiment, runs);
    result = gather_runs(experiment, runs);
    const bool done = all_reached(precision_of(study, result));
    more = done ? 0 : std::min(replicates_per_round, most - experiment.replicates);
  }
  study.scenario.replicates = static_cast<int>(experiment.replicates);
  return result;
}

void warn_of_imprecision(const Study& study, const std::vector<Precision>& found, Problems& problems) {
  for (const PrecisionGoal& goal : study.scenario.precision) {
    const Precision* one = widest(found, goal.metric);
    if (one == nullptr || one->reached()) continue;
    problems.warn(
        "W134", goal.where,
        fmt::format("{} of '{}' is known to +-{}, not to +-{} as asked (run.max_replicates = {} were "
                    "run; it needs about {}) allow more of them, or ask for less",
                    goal.metric, study.arms[one->arm].id, short_number(one->found),
                    short_number(goal.half_width), one->replicates, about(one->paired_need)));
  }
}

std::string precision_text(const Study& study, const std::vector<Precision>& found) {
  std::string text;
  for (const PrecisionGoal& goal : study.scenario.precision) {
    if (const Precision* one = widest(found, goal.metric)) text += line_of(study, *one);
  }
  return text;
}

nlohmann::ordered_json precision_json(const Study& study, const std::vector<Precision>& found) {
  auto records = nlohmann::ordered_json::array();
  for (const Precision& one : found) {
    records.push_back({{"metric", one.metric->id},
                       {"arm", study.arms[one.arm].id},
                       {"unit", one.metric->unit},
                       {"asked", one.asked},
                       {"half_width", one.found},
                       {"reached", one.reached()},
                       {"replicates", one.replicates},
                       {"unpaired_need", one.unpaired_need}});
  }
  return records;
}

}  // namespace chokepoint
