#include "sim/study/decision_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "sim/study/arm_variants.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/replicate_runs.hpp"

namespace chokepoint {
namespace {

/// What one arm's agents decided: the decisions of T0 and every change since.
struct Diary {
  struct Change {
    std::uint32_t agent = 0;
    std::uint64_t decision = 0;
  };
  std::vector<Decisions> at_start;                        ///< [kind][agent]
  std::vector<std::vector<std::vector<Change>>> changes;  ///< [day][kind]
};

/// A kind of agents in one replicate, held against the other arm.
struct Held {
  bool comparable = true;
  std::vector<std::size_t> first_day;  ///< [agent] ArmResult::never: no difference
  std::vector<signed char> now;        ///< [agent] today: 0 the same, 1 the larger number, -1 the smaller one
  std::vector<std::pair<std::uint64_t, std::uint64_t>> last;  ///< [agent] theirs and ours on the last day
};

struct ReplicateAnswer {
  std::vector<Held> kinds;
  std::vector<std::vector<std::string>> types;  ///< [kind][agent]
  std::vector<double> metric;                   ///< [metric]
};

/// True when agents of a kind are the same persons in both worlds.
bool same_agents(const World& a, const World& b) {
  return a.economy.enterprises.identity == b.economy.enterprises.identity &&
         a.economy.talent.nationality == b.economy.talent.nationality &&
         a.population.accounts.identity == b.population.accounts.identity;
}

Diary keep_diary(const World& start, const std::vector<std::size_t>& lines, const ArmPlan& arm,
                 const RandomStream& random, const std::vector<Series>& series, RunRecord& record) {
  Diary diary;
  diary.at_start = decisions_of(start, lines);
  std::vector<Decisions> known = diary.at_start;
  record = run_arm(start, arm, random, series, [&](World& world, std::size_t) {
    std::vector<Decisions> today = decisions_of(world, lines, diary.at_start);
    auto& changes = diary.changes.emplace_back(today.size());
    for (std::size_t k = 0; k < today.size(); ++k) {
      for (std::size_t i = 0; i < today[k].size(); ++i) {
        if (today[k][i] != known[k][i]) changes[k].push_back({static_cast<std::uint32_t>(i), today[k][i]});
      }
    }
    known = std::move(today);
  });
  return diary;
}

/// Brings the decisions of the other arm up to the evening of a day.
void turn_page(const Diary& diary, std::size_t day, std::vector<Decisions>& known) {
  for (std::size_t k = 0; k < known.size(); ++k) {
    for (const Diary::Change& change : diary.changes[day][k]) known[k][change.agent] = change.decision;
  }
}

void hold(const DecisionKind& kind, const Decisions& ours, const Decisions& theirs, std::size_t day,
          Held& held) {
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const bool differ = decisions_differ(kind, ours[i], theirs[i]);
    held.now[i] = static_cast<signed char>(!differ ? 0 : ours[i] > theirs[i] ? 1 : -1);
    held.last[i] = {theirs[i], ours[i]};
    if (held.now[i] != 0) held.first_day[i] = std::min(held.first_day[i], day);
  }
}

ReplicateAnswer answer(const Study& study, const Experiment& experiment, const DecisionQuestion& question,
                       const std::vector<DecisionKind>& kinds, std::size_t replicate) {
  const RandomStream random(experiment.seed, static_cast<std::uint32_t>(replicate));
  const std::vector<ArmPlan> drawn = experiment.draw ? experiment.draw(replicate) : std::vector<ArmPlan>{};
  const std::vector<ArmPlan>& arms = experiment.draw ? drawn : experiment.arms;
  const World start = start_of(study.facts, arms[1], random);
  RunRecord other;
  const Diary diary = keep_diary(start, question.lines, arms[1], random, study.series, other);
  if (question.run_done) question.run_done();
  const World own_start = start_of(study.facts, arms[0], random);
  ReplicateAnswer result;
  result.types = decision_makers(start, question.lines);
  const bool same = same_agents(start, own_start);
  for (const Decisions& decisions : diary.at_start)
    result.kinds.push_back({same,
                            std::vector(decisions.size(), ArmResult::never),
                            std::vector<signed char>(decisions.size()),
                            {}});
  for (Held& held : result.kinds) held.last.resize(held.now.size());
  std::vector<Decisions> theirs = diary.at_start;
  const RunRecord own = run_arm(own_start, arms[0], random, study.series, [&](World& world, std::size_t day) {
    if (!same) return;
    turn_page(diary, day, theirs);
    const std::vector<Decisions> ours = decisions_of(world, question.lines, diary.at_start);
    for (std::size_t k = 0; k < kinds.size(); ++k) hold(kinds[k], ours[k], theirs[k], day, result.kinds[k]);
  });
  for (const BoundMetric& metric : study.metrics) {
    result.metric.push_back(compare(metric, level_of(metric, own.values, study.series.size()),
                                    level_of(metric, other.values, study.series.size())));
  }
  if (question.run_done) question.run_done();
  return result;
}

std::vector<ReplicateAnswer> all_answers(const Study& study, const DecisionQuestion& question,
                                         const std::vector<DecisionKind>& kinds) {
  const Experiment experiment =
      experiment_of(study, {content_of(study, question.arm), content_of(study, question.against)}, 1);
  std::vector<ReplicateAnswer> answers(question.replicates);
  run_in_parallel(question.replicates, question.jobs,
                  [&](std::size_t r) { answers[r] = answer(study, experiment, question, kinds, r); });
  return answers;
}

/// How often the other arm's decision met which of this arm's.
using Pairs = std::map<std::pair<std::uint64_t, std::uint64_t>, std::size_t>;

/// "x -> y" of the most frequent pair, where the decisions of the kind have names.
std::string most_frequent(const DecisionKind& kind, const Pairs& pairs) {
  const auto most = std::max_element(pairs.begin(), pairs.end(),
                                     [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == pairs.end() || kind.names.empty()) return "";
  return fmt::format("{} -> {}", kind.names.at(most->first.first), kind.names.at(most->first.second));
}

/// One kind over replicates, by type in the order of their names.
std::vector<DecisionDifference> gathered(const std::vector<ReplicateAnswer>& answers,
                                         const DecisionKind& kind, std::size_t k) {
  std::map<std::string, DecisionDifference> by_type;
  std::map<std::string, Pairs> pairs;
  for (std::size_t r = 0; r < answers.size(); ++r) {
    const Held& held = answers[r].kinds[k];
    for (std::size_t i = 0; i < held.first_day.size(); ++i) {
      const std::string& type = answers[r].types[k][i];
      if (type.empty()) continue;
      DecisionDifference& one = by_type[type];
      one.ever.resize(answers.size());
      one.agents_mean += 1;
      one.ever[r] += held.first_day[i] != ArmResult::never ? 1 : 0;
      one.at_end_mean += held.now[i] != 0 ? 1 : 0;
      one.more_at_end_mean += held.now[i] > 0 ? 1 : 0;
      if (held.now[i] != 0) ++pairs[type][held.last[i]];
      one.first_day = std::min(one.first_day, held.first_day[i]);
    }
  }
  std::vector<DecisionDifference> result;
  const double n = static_cast<double>(answers.size());
  for (auto& [type, one] : by_type) {
    if (one.first_day == ArmResult::never) continue;
    one.kind = kind;
    one.type = type;
    one.ever_mean = std::accumulate(one.ever.begin(), one.ever.end(), 0.0) / n;
    one.at_end_mean /= n;
    one.more_at_end_mean /= n;
    one.mostly = most_frequent(kind, pairs[type]);
    one.agents_mean /= n;
    one.replicates = static_cast<std::size_t>(
        std::count_if(one.ever.begin(), one.ever.end(), [](double count) { return count > 0.0; }));
    result.push_back(std::move(one));
  }
  return result;
}

}  // namespace

std::vector<std::size_t> lines_of(const Study& study, const BoundMetric& metric) {
  std::set<std::size_t> lines;
  for (const std::size_t s : metric.series)
    lines.insert(study.series[s].lines.begin(), study.series[s].lines.end());
  return {lines.begin(), lines.end()};
}

DecisionReport compare_decisions(const Study& study, const DecisionQuestion& question) {
  const std::vector<DecisionKind> kinds = decision_kinds(study.facts, question.lines);
  const std::vector<ReplicateAnswer> answers = all_answers(study, question, kinds);
  DecisionReport report;
  report.replicates = question.replicates;
  const bool same = std::all_of(answers.begin(), answers.end(),
                                [](const ReplicateAnswer& one) { return one.kinds.front().comparable; });
  if (!same) {
    report.not_compared.push_back(
        "agents are not the same in both arms (an arm sets who they are): decisions cannot be compared");
  }
  for (std::size_t k = 0; same && k < kinds.size(); ++k) {
    for (DecisionDifference& one : gathered(answers, kinds[k], k))
      report.differences.push_back(std::move(one));
  }
  std::stable_sort(
      report.differences.begin(), report.differences.end(),
      [](const DecisionDifference& a, const DecisionDifference& b) { return a.first_day < b.first_day; });
  report.metric.assign(study.metrics.size(), {});
  for (std::size_t m = 0; m < study.metrics.size(); ++m) {
    for (const ReplicateAnswer& one : answers) report.metric[m].push_back(one.metric[m]);
  }
  return report;
}

}  // namespace chokepoint
