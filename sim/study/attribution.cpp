#include "sim/study/attribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "sim/study/shapley.hpp"

namespace chokepoint {
namespace {

/// A mean that is told with its interval needs no more, and 2^k coalitions run.
constexpr std::size_t most_replicates = 100;

bool compares(const BoundMetric& bound) {
  return bound.metric->expression.form != MetricExpression::Form::level;
}

std::size_t parts_of(const Study& study) { return study.scenario.decomposition->parts.size(); }

std::size_t arm_index(const Study& study) {
  const auto& arms = study.scenario.arms;
  const auto found = std::find_if(
      arms.begin(), arms.end(), [&](const Arm& arm) { return arm.id == study.scenario.decomposition->arm; });
  return static_cast<std::size_t>(found - arms.begin());
}

bool same_event(const Event& a, const Event& b) {
  return a.said.id == b.said.id && a.said.announced == b.said.announced;
}

bool same_setting(const Setting& a, const Setting& b) { return a.name == b.name && a.value == b.value; }

bool same_content(const ArmContent& a, const ArmContent& b) {
  return std::equal(a.events.begin(), a.events.end(), b.events.begin(), b.events.end(), same_event) &&
         std::equal(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(), same_rule) &&
         std::equal(a.set.begin(), a.set.end(), b.set.begin(), b.set.end(), same_setting);
}

/// Levels of a coalition must be those of an arm of the scenario that consists of the same.
void expect_same_bits(const Study& study, const ArmResult& coalition, const ArmResult& arm,
                      const std::string& what, const std::string& arm_id) {
  const auto same = [](double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
  };
  for (std::size_t m = 0; m < study.metrics.size(); ++m) {
    const auto& again = coalition.levels[m];
    if (std::equal(again.begin(), again.end(), arm.levels[m].begin(), same)) continue;
    throw Error(ExitCode::run_failed,
                fmt::format("metric '{}' of arm '{}' {} is not that of arm '{}', to the bit",
                            study.metrics[m].metric->id, study.scenario.decomposition->arm, what, arm_id));
  }
}

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double x : values) sum += x;
  return sum / static_cast<double>(values.size());
}

/// Splits per replicate, gathered: [part][replicate] and [replicate].
struct Splits {
  std::vector<std::vector<double>> shapley, alone, last;
  std::vector<double> total, together;

  explicit Splits(std::size_t parts) : shapley(parts), alone(parts), last(parts) {}

  void add(const ShapleySplit& split) {
    for (std::size_t i = 0; i < shapley.size(); ++i) {
      shapley[i].push_back(split.shapley[i]);
      alone[i].push_back(split.alone[i]);
      last[i].push_back(split.last[i]);
    }
    total.push_back(split.total);
    together.push_back(split.together);
  }
};

/// `coalitions` holds the results by coalition, `reference` the levels of the reference arm.
EffectSplit split_metric(const Study& study, std::size_t metric, const ExperimentResult& coalitions,
                         const std::vector<double>& reference, std::size_t replicates) {
  const BoundMetric& bound = study.metrics[metric];
  Splits splits(parts_of(study));
  std::vector<double> rest;
  for (std::size_t r = 0; r < replicates; ++r) {
    std::vector<double> values;
    for (const ArmResult& arm : coalitions.arms) {
      values.push_back(compare(bound, arm.levels[metric][r], reference[r]));
    }
    splits.add(shapley_split(values));
    rest.push_back(values.front());
  }
  EffectSplit result;
  result.metric = bound.metric;
  result.n = replicates;
  for (std::size_t i = 0; i < parts_of(study); ++i) {
    PartShare part{study.scenario.decomposition->parts[i].id, estimate_of(splits.shapley[i]),
                   mean_of(splits.alone[i]), mean_of(splits.last[i]), 0.0};
    part.interaction = part.last - part.alone;
    result.parts.push_back(part);
  }
  result.total = estimate_of(splits.total);
  result.together = estimate_of(splits.together);
  result.rest = estimate_of(rest);
  return result;
}

void start_row(CsvWriter& csv, const Study& study, const EffectSplit& of, const std::string& part,
               const Estimate& share) {
  csv.text(study.scenario.id).text(study.scenario.decomposition->arm).text(of.metric->id).text(part);
  csv.text(of.metric->unit).number(share.mean);
}

void end_row(CsvWriter& csv, const EffectSplit& of, const Estimate& share) {
  csv.number(share.mean - share.half_width).number(share.mean + share.half_width);
  csv.integer(static_cast<long long>(of.n));
  csv.end_row();
}

void write_sum_row(CsvWriter& csv, const Study& study, const EffectSplit& of, const std::string& name,
                   const Estimate& share) {
  start_row(csv, study, of, name, share);
  csv.text("").text("").text("");
  end_row(csv, of, share);
}

}  // namespace

std::size_t attribution_replicates(const Study& study) {
  if (!study.scenario.decomposition || study.scenario.decomposition->parts.empty()) return 0;
  if (std::none_of(study.metrics.begin(), study.metrics.end(), compares)) return 0;
  return std::min(study.scenario.first_round(), most_replicates);
}

std::size_t attribution_runs(const Study& study) {
  const std::size_t replicates = attribution_replicates(study);
  return replicates == 0 ? 0 : replicates << parts_of(study);
}

ArmContent coalition_content(const Study& study, std::size_t coalition) {
  ArmContent content = content_of(study, arm_index(study));
  const auto& parts = study.scenario.decomposition->parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if ((coalition >> i & 1) != 0) {
      content.id += "+" + parts[i].id;
      continue;
    }
    for (const std::string& item : parts[i].items) {
      std::erase_if(content.events, [&](const Event& event) { return event.said.declared() == item; });
      std::erase_if(content.rules, [&](const Rule& rule) { return rule.id == item; });
    }
  }
  return content;
}

std::vector<EffectSplit> attributions_of(const Study& study, const ExperimentResult& full, int jobs,
                                         const std::function<void()>& run_done) {
  std::vector<EffectSplit> attributions;
  const std::size_t replicates = attribution_replicates(study);
  if (replicates == 0) return attributions;
  std::vector<ArmContent> contents;
  for (std::size_t s = 0; s < std::size_t{1} << parts_of(study); ++s) {
    contents.push_back(coalition_content(study, s));
  }
  Experiment experiment = experiment_of(study, contents, 0);
  experiment.replicates = replicates;
  experiment.days = last_row_of(study.metrics);
  experiment.jobs = jobs;
  experiment.run_done = run_done;
  const ExperimentResult result = run_experiment(experiment);
  const std::string& arm = study.scenario.decomposition->arm;
  expect_same_bits(study, result.arms.back(), full.arms[arm_index(study)], "with all its parts", arm);
  const bool has_rest = !same_content(contents.front(), content_of(study, study.reference));
  if (!has_rest) {
    expect_same_bits(study, result.arms.front(), full.arms[study.reference], "without its parts",
                     study.arms[study.reference].id);
  }
  for (std::size_t m = 0; m < study.metrics.size(); ++m) {
    if (!compares(study.metrics[m])) continue;
    attributions.push_back(split_metric(study, m, result, full.arms[study.reference].levels[m], replicates));
    attributions.back().has_rest = has_rest;
  }
  return attributions;
}

void write_attribution(const Study& study, const std::vector<EffectSplit>& attributions,
                       const std::string& folder) {
  CsvWriter csv(folder + "/attribution.csv", {"scenario", "arm", "metric", "part", "unit", "shapley", "alone",
                                              "last", "interaction", "ci95_low", "ci95_high", "n"});
  for (const EffectSplit& of : attributions) {
    for (const PartShare& part : of.parts) {
      start_row(csv, study, of, part.id, part.shapley);
      csv.number(part.alone).number(part.last).number(part.interaction);
      end_row(csv, of, part.shapley);
    }
    write_sum_row(csv, study, of, "total", of.total);
    write_sum_row(csv, study, of, "together", of.together);
    if (of.has_rest) write_sum_row(csv, study, of, "rest", of.rest);
  }
  csv.close();
}

}  // namespace chokepoint
