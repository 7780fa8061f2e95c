/// Prices of closed models: down to what an open model costs, up and down with the vendor's pricing power.
///
///   m is matched when some open model that is out has c_open >= c_m - margin
///   open target = (1 + mark_up) x price of the cheapest such open model
///   ln p_m += (1 - exp(-adjustment dt)) (ln open target - ln p_m)    if open target < p_m, dt in months
///
/// so that an open model lowers prices and never raises them. c_open is the capability of the weights that
/// are public where those are known, since anybody may serve them. Then, for every closed model of vendor v,
///
///   mc_m = P_m (1 - L0_v),   target = min(mc_m / (1 - L_v), open target)
///   ln p_m += (1 - exp(-mark_up_adjustment dt)) (ln target - ln p_m)
///
///   P_m   USD/Mtok   list price of T0, or that of its release
///   L_v   -          Lerner index of the vendor today, L0_v at T0 (pricing_power.hpp)
///   mc_m  USD/Mtok   marginal cost that P_m is the best price for at T0: backed out, then constant
///
/// While L_v is L0_v the target of a model that nobody matches is its list price, and nothing moves. A vendor
/// that rivals have left alone raises prices; one that meets new rivals, or whose models have ceased to be
/// matched, goes back. A vendor with L_v or L0_v of 0 sells nothing: its prices stay. Prices of open models
/// stay. adjustment = 0 and mark_up_adjustment = 0 switch the two off.
/// Assumptions: margin, mark-up, speeds; one mark-up per vendor; list prices at T0 are those a vendor wants.
/// For orientation: the price of a fixed capability fell by a median factor of 40 a year, 0.3 log points a
/// month (https://epoch.ai/data-insights/llm-inference-price-trends), new models included. Neglects: price
/// rises when compute is short, falling costs of inference, price wars, prices by region. Tests:
/// tests/unit/enterprise_token_prices_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct TokenPriceParams {
  double margin = 0;
  double mark_up = 0.5;
  double adjustment = 0.1;
  double mark_up_adjustment = 0.05;

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
    list.add("token_price.mark_up_adjustment", p.mark_up_adjustment, "1/month", 0, 2,
             "assumption: 0-.5; list prices change with generations of models, a few times a year",
             "speed at which prices follow the vendor's pricing power; 0 switches off");
  }
};

/// One step of `months` towards the open price; true when a price moved. `released`, `capability` and `price`
/// are by model. `weights` [model]: index points of the weights that are public, 0 for none; when not empty
/// they stand for the capability of open models.
bool step_token_prices(const TokenPriceParams& params, const Facts& facts, std::span<const char> released,
                       std::span<const double> capability, double months, std::span<double> price,
                       std::span<const double> weights = {});

/// Open target [model] at today's prices; 0 where nothing open matches.
std::vector<double> open_targets(const TokenPriceParams& params, const Facts& facts,
                                 std::span<const char> released, std::span<const double> capability,
                                 std::span<const double> price, std::span<const double> weights = {});

/// One step of `months` with pricing power, after step_token_prices; true when a price moved. Lerner indices
/// are by vendor, `list_price` by model (0: not sold). `open_target` is what open_targets says now: without
/// it prices that an open model has brought down would climb back.
bool step_mark_ups(const TokenPriceParams& params, const Facts& facts,
                   std::span<const double> lerner_at_start, std::span<const double> lerner_now,
                   std::span<const double> list_price, double months, std::span<double> price,
                   std::span<const double> open_target = {});

}  // namespace chokepoint
