/// Prices of closed models that an open one has caught up with.
///
///   m is matched when some open model that is out has c_open >= c_m - margin
///   target = (1 + mark_up) x price of the cheapest such open model
///   ln p_m += (1 - exp(-adjustment dt)) (ln target - ln p_m)    if target < p_m, dt in months
///
/// so that prices only fall, and only towards what an open model costs. All other prices stay: what a vendor
/// asks for a capability that nobody gives away does not move here. adjustment = 0 switches off.
/// Assumptions: margin, mark-up, speed. For orientation: the price of a fixed capability fell by a median
/// factor of 40 a year, 0.3 log points a month (https://epoch.ai/data-insights/llm-inference-price-trends),
/// new models included. Neglects: mark-ups from elasticities, price rises when compute is short, price wars.
/// Tests: tests/unit/enterprise_token_prices_test.cpp.
#pragma once

#include <span>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct TokenPriceParams {
  double margin = 0;
  double mark_up = 0.5;
  double adjustment = 0.1;

  static void fields(FieldList& list, TokenPriceParams& p) {
    list.add("token_price.margin", p.margin, "points", -10, 20, "assumption",
             "capability by which an open model may fall short and still match a closed one");
    list.add("token_price.mark_up", p.mark_up, "share", 0, 10,
             "assumption: 0-2; closed models are dearer than open ones of equal capability, by ten times in "
             "https://whoisnnamdi.com/tokens-arent-fungible",
             "what a matched closed model can ask above the open one in the long run");
    list.add("token_price.adjustment", p.adjustment, "1/month", 0, 2,
             "assumption: 0-.5, below the .3 at which prices of a fixed capability fall "
             "(https://epoch.ai/data-insights/llm-inference-price-trends)",
             "speed at which the price of a matched closed model closes in; 0 switches off");
  }
};

/// One step of `months`; true when a price moved. `released`, `capability` and `price` are by model.
bool step_token_prices(const TokenPriceParams& params, const Facts& facts, std::span<const char> released,
                       std::span<const double> capability, double months, std::span<double> price);

}  // namespace chokepoint
