/// What is known at T0 of accelerators and of who has how many. `data/chips.csv`, `data/vendor_compute.csv`;
/// made by input/facts_compute. Compute is counted in H100 equivalents (H100e).
#pragma once

#include <string>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

/// An accelerator that is sold.
struct ChipKind {
  std::string id;
  Region designer{};          ///< where its designer has its headquarters
  double tpp = 0;             ///< total processing performance, as export rules count it
  double bandwidth_gb_s = 0;  ///< of its memory [GB/s]
  double h100e = 0;           ///< [H100e per chip]
  double price_usd = 0;       ///< [USD per chip] at T0; 0: not sold
  Date on_sale;
};

/// An empty `stock`: this world has no compute.
struct ComputeFacts {
  std::vector<ChipKind> chips;
  std::vector<double> stock;         ///< [vendor] H100e at T0, owned or rented for long; 0: takes no part
  std::vector<double> state_funded;  ///< [vendor] share of demand in data centres that the state funds
  double domestic_output = 0;        ///< [H100e per month] of Chinese designs at T0, for all buyers
  double domestic_cumulative = 0;    ///< [H100e] of Chinese designs made until T0
  double other_chinese_demand = 0;   ///< [H100e per month] at T0, of Chinese firms that are no vendors here
};

}  // namespace chokepoint
