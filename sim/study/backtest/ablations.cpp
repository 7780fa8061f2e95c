#include "sim/study/backtest/ablations.hpp"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "sim/study/calibration/likelihood.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t placebo_rounds = 10;

using Change = std::function<void(Parameters&)>;
using MakePlan = std::function<Plan(const EventCase&, const Parameters&)>;

Plan own_plan(const EventCase& one, const Parameters& params) {
  return make_plan(one.facts, params, *one.calendar, one.events, one.history);
}

std::vector<double> mean_point(const std::vector<std::vector<double>>& draws) {
  std::vector<double> mean(draws.front().size(), 0.0);
  for (const auto& draw : draws) {
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += draw[i] / static_cast<double>(draws.size());
  }
  return mean;
}

/// Random order of 0 .. n-1 by keyed uniforms.
std::vector<std::size_t> shuffled(std::size_t n, std::uint32_t subject, std::uint32_t round) {
  const RandomStream random(5, round);
  std::vector<std::pair<double, std::size_t>> keys;
  for (std::size_t i = 0; i < n; ++i) {
    keys.emplace_back(random.uniform(Decision::placebo, subject, static_cast<std::uint32_t>(i)), i);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<std::size_t> order;
  for (const auto& [key, i] : keys) order.push_back(i);
  return order;
}

class AblationMaker {
 public:
  AblationMaker(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                const Parameters& params)
      : comparison_(comparison), priors_(priors), draws_(draws), params_(params) {}

  Ablation with(const std::string& name, const CaseSet& set, const Change& change,
                const MakePlan& plan) const {
    std::vector<std::vector<SimulatedReturn>> results(set.cases.size());
    oneapi::tbb::parallel_for(std::size_t{0}, set.cases.size(), [&](std::size_t i) {
      const EventCase& one = *set.cases[i];
      Parameters point = params_;
      apply(priors_, mean_point(draws_.of(episode_of(one))), point);
      change(point);
      results[i] = simulate(one, point, plan(one, point));
    });
    return score_of(name, set, results);
  }

  std::string episode_of(const EventCase& one) const {
    for (const EventRows& event : comparison_.events) {
      if (event.id == one.id) return event.episode;
    }
    return "";
  }

 private:
  /// The simulated values of both codings are averaged, as in the record.
  Ablation score_of(const std::string& name, const CaseSet& set,
                    const std::vector<std::vector<SimulatedReturn>>& results) const {
    std::vector<double> mean(comparison_.observed.size(), 0.0);
    for (std::size_t i = 0; i < results.size(); ++i) {
      for (std::size_t k = 0; k < results[i].size(); ++k) {
        const std::size_t row = set.cases[i]->returns[k].observed;
        if (row == Facts::npos) continue;
        mean[row] += results[i][k].abnormal[0] / static_cast<double>(comparison_.coding_count());
      }
    }
    std::array<double, 2> error{};
    std::array<double, 2> rows{};
    for (const EventRows& event : comparison_.events) {
      for (const std::size_t row : event.rows()) {
        const ObservedRow& observed = comparison_.observed[row];
        if (observed.attribution == Attribution::confounded) continue;
        const std::size_t at = index(observed.selection);
        error[at] += 100.0 * std::fabs(*observed.abnormal[0] - mean[row]);
        rows[at] += 1.0;
      }
    }
    return {name, rows[0] > 0 ? error[0] / rows[0] : 0.0, rows[1] > 0 ? error[1] / rows[1] : 0.0};
  }

  const Comparison& comparison_;
  const Priors& priors_;
  const FittedDraws& draws_;
  const Parameters& params_;
};

/// Exposures of the event's firms dealt out among them anew.
Plan shuffled_plan(const EventCase& one, const Parameters& params, std::uint32_t round) {
  Facts facts = one.facts;
  const auto order = shuffled(facts.firms.size(), identity_of(one.id), round);
  for (Exposure& exposure : facts.exposures) {
    const std::size_t firm = facts.firm(exposure.firm);
    if (firm != Facts::npos) exposure.firm = facts.firms[order[firm]].id;
  }
  return make_plan(facts, params, *one.calendar, one.events, one.history);
}

/// The news of another event of the same coding, announced when this one was.
Plan borrowed_plan(const EventCase& one, const EventCase& other, const Parameters& params) {
  std::vector<Event> events = other.events;
  for (Event& event : events) event.said.announced = one.events.front().said.announced;
  return make_plan(one.facts, params, *one.calendar, events, other.history);
}

/// Mean over rounds of a placebo.
Ablation mean_of(const std::string& name, const std::vector<Ablation>& rounds) {
  Ablation mean{name, 0, 0};
  for (const Ablation& one : rounds) {
    mean.loud += one.loud / static_cast<double>(rounds.size());
    mean.content += one.content / static_cast<double>(rounds.size());
  }
  return mean;
}

}  // namespace

std::vector<Ablation> ablations(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                                const Parameters& params) {
  const AblationMaker maker(comparison, priors, draws, params);
  const CaseSet& set = comparison.set;
  const Change nothing = [](Parameters&) {};
  std::vector<Ablation> result;
  result.push_back(maker.with("whole model", set, nothing, own_plan));
  const auto without = [&](const char* name, const Change& change) {
    result.push_back(maker.with(name, set, change, own_plan));
  };
  without("without surprise",
          [](Parameters& p) { p.beliefs.rumoured_share = p.beliefs.expected_share = 0.0; });
  without("without attention", [](Parameters& p) { p.attention.notice = 0.0; });
  without("without new money", [](Parameters& p) { p.attention.new_money = 0.0; });
  without("without slow capital", [](Parameters& p) { p.slow_capital.speed = 0.0; });
  const CaseSet alone =
      make_cases(comparison.vintages, comparison.codings, comparison.observed, params, false);
  result.push_back(maker.with("without composites", alone, nothing, own_plan));
  std::vector<Ablation> dealt, borrowed;
  for (std::uint32_t round = 0; round < placebo_rounds; ++round) {
    dealt.push_back(maker.with("", set, nothing, [&](const EventCase& one, const Parameters& p) {
      return shuffled_plan(one, p, round);
    }));
    borrowed.push_back(maker.with("", set, nothing, [&](const EventCase& one, const Parameters& p) {
      const auto order = shuffled(set.cases.size(), identity_of(one.id), 100 + round);
      for (const std::size_t i : order) {
        const EventCase& other = *set.cases[i];
        const bool foreign = other.coding == one.coding && maker.episode_of(other) != maker.episode_of(one);
        if (foreign) return borrowed_plan(one, other, p);
      }
      return own_plan(one, p);
    }));
  }
  result.push_back(mean_of("exposures shuffled", dealt));
  result.push_back(mean_of("other events' news", borrowed));
  return result;
}

}  // namespace chokepoint
