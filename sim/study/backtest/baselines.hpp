/// What a forecast without a simulator would say; each is fitted on the other episodes only.
///
///   zero         nothing happens
///   group mean   mean of the kind of event x the kind of firm in other episodes; 0 where there is none
///   mechanical   mean by direction (restricts, eases, supports, release) x kind of firm in other episodes,
///                drawn to zero by four rows: what one knows without any exposure
///   exposures    linear regression of returns on exposure x surprise by channel, one coefficient a channel:
///                the reduced form of the model's own map, without a market
#pragma once

#include <string>
#include <vector>

#include "sim/study/backtest/forecasts.hpp"

namespace chokepoint {

struct Baseline {
  std::string name;
  Forecasts forecasts;
};

/// All four, for the compared rows. `law` is the law of observations around their numbers.
std::vector<Baseline> baselines(const Comparison& comparison, const Parameters& params,
                                const ObservationLaw& law);

}  // namespace chokepoint
