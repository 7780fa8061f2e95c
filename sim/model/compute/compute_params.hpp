/// Parameters of compute: how it grows, what it costs, how controls are got round, what China makes itself.
/// The equations are in compute_month.hpp, chip_purchases.hpp and domestic_chips.hpp.
#pragma once

#include "sim/base/field.hpp"

namespace chokepoint {

struct ComputeParams {
  double growth = 3.3;             ///< g at T0, as a factor a year (compute_month.hpp)
  double growth_long_run = 1.6;    ///< g in the long run
  double growth_half_life = 24;    ///< months, of the way between the two
  double depreciation = 0.25;      ///< dep
  double price_decline = 0.3;      ///< of foreign prices
  double smuggling_share = 0.12;   ///< of unmet demand (chip_purchases.hpp)
  double smuggling_lag = 180;      ///< lag
  double smuggling_premium = 0.5;  ///< on the cheapest foreign chip
  double enforcement = 0.2;        ///< against smuggling
  double offshore_share = 0.15;    ///< of unmet demand
  double offshore_premium = 0.2;   ///< on the cheapest permitted chip
  double rental_share = 0.15;      ///< of unmet demand
  double rental_premium = 0.4;     ///< on the cheapest foreign chip
  double hoard_months = 3;
  double hazard_jump = 0.5;
  double hazard_memory = 365;
  double learning_rate = 0.2;  ///< domestic_chips.hpp
  double domestic_growth = 0.3;
  double domestic_investment = 0.5;
  double tools_control_share = 0.5;
  double counter_control_cost = 0.3;

  static void fields(FieldList& list, ComputeParams& p);
};

}  // namespace chokepoint
