/// Three vendors, three chips: small enough for sums by hand.
#pragma once

#include <cmath>

#include "sim/model/compute/compute_month.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint::testing {

inline constexpr std::size_t us_vendor = 0;
inline constexpr std::size_t cn_vendor = 1;
inline constexpr std::size_t hk_vendor = 2;
inline const Date t0 = make_date(2026, 6, 12);

/// Foreign chips: "big" at 10,000 and "small" at 30,000 USD per H100e; "own", of Chinese design, at 20,000.
struct ComputeWorld {
  Facts facts;
  ComputeFacts compute;
  ComputeParams params;
  ChipPolicy policy;

  ComputeWorld() {
    facts.as_of = t0;
    for (const Region home : {Region::us, Region::cn, Region::hk}) {
      Vendor vendor;
      vendor.id = name_of(home, region_names);
      vendor.home = home;
      facts.vendors.push_back(vendor);
    }
    compute.chips = {{"big", Region::us, 16000, 4000, 1.0, 10000, make_date(2024, 1, 1)},
                     {"small", Region::us, 2000, 1000, 0.2, 6000, make_date(2024, 1, 1)},
                     {"own", Region::cn, 9000, 3000, 0.5, 10000, make_date(2024, 1, 1)}};
    compute.stock = {1000, 100, 0};
    compute.state_funded = {0, 0, 0};
    compute.domestic_output = 50;
    compute.domestic_cumulative = 1000;
    params.growth = 4;  // ln 4 / 12 a month, for ever
    params.growth_long_run = 4;
    params.depreciation = 0.24;
    params.price_decline = 0;
    params.smuggling_share = 0;
    params.rental_share = 0;
    params.offshore_share = 0;
    params.learning_rate = 0;
    params.domestic_growth = 0;
    params.domestic_investment = 0;
  }

  ComputeState start() const { return initial_compute(params, facts, compute, policy, t0); }

  /// Months under `policy`, financed as at T0 but for `factor`.
  void run(int months, ComputeState& state, double factor = 1) const {
    const std::vector<double> financing(facts.vendors.size(), factor);
    for (int m = 0; m < months; ++m) {
      step_compute(params, facts, compute, policy, financing, 1, t0 + 30 * m, state);
    }
  }
};

/// e^(ln 4 / 12) - 1 + .24 / 12: .12246 + .02
inline const double rate = std::exp(std::log(4.0) / 12.0) - 1.0 + 0.02;

inline double last(const ComputeState& state, std::size_t vendor, ChipChannel channel) {
  return state.bought[vendor][index(channel)];
}

/// Denies every foreign chip to Chinese parents.
inline ChipRule denial() {
  ChipRule rule;
  rule.measure = "denial";
  rule.target[index(Region::cn)] = rule.target[index(Region::hk)] = true;
  rule.by_parent = true;
  rule.tpp_above = 1;
  return rule;
}

}  // namespace chokepoint::testing
