/// What each part of the model contributes to the record, and placebos that must fail.
///
/// Every variant is simulated at the mean point of each episode's fold, without refitting: the table says
/// what the fitted model loses when a part is taken out, not what a model without it could reach.
///   without surprise        what earlier reports said does not count
///   without attention       nobody notices events; without new money: attention brings none
///   without slow capital    nobody rebalances towards value later
///   without composites      the worlds hold the event's lines alone
///   exposures shuffled      the exposures of an event's firms are dealt out among them anew
///   other events' news      every event gets the descriptor of another episode, on its own date
#pragma once

#include <string>
#include <vector>

#include "sim/study/backtest/scores.hpp"

namespace chokepoint {

struct Ablation {
  std::string name;
  double loud = 0;     ///< mean absolute error of AR[0] on reaction-chosen rows [per cent points]
  double content = 0;  ///< on content-chosen rows
};

/// The first row is the whole model.
std::vector<Ablation> ablations(const Comparison& comparison, const Priors& priors, const FittedDraws& draws,
                                const Parameters& params);

}  // namespace chokepoint
