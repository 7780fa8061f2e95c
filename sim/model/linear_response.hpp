/// How prices respond to demand at the margin: the Jacobian of the market at a state, inverted.
///
///   dp = - J^{-1} dF,   F_k = ln D_k - ln(B_k P_k)
///
/// A purchase from outside of the fraction d of what takes part of line j shifts F_j by d; of what holders
/// have, by d over the share that takes part. The response matrix R = - J^{-1} is therefore the matrix of
/// price multipliers: R_kk is the micro multiplier of line k; summed
/// over the lines of a region and weighted by cap it is the regional multiplier, over all lines the macro
/// one. With participation 1 for everybody this is full adjustment, which is what the literature measures;
/// with one day's participation it scales the daily noise and the anticipation of forced sales. References:
/// Gabaix and Koijen (2021), NBER working paper 28967; Koijen and Yogo (2019). Tests:
/// tests/unit/linear_response_test.cpp.
#pragma once

#include <vector>

#include "sim/model/world.hpp"

namespace chokepoint {

struct LinearResponse {
  std::size_t lines = 0;
  std::vector<double> multiplier;        ///< [K][K] R
  std::vector<double> own_elasticity;    ///< [K] -J_kk: fall of demand per log point of price
  std::vector<double> active_share;      ///< [K] share of the holders' shares that takes part
  std::vector<double> shifter_response;  ///< [K] d ln D_k per unit of the common shifter, given loadings
};

/// Which fraction of its desired change each class makes: all of it, or that of one day.
enum class Adjustment { full, one_day };

/// Response of all listed lines at the world's present state.
LinearResponse linear_response(const World& world, const Parameters& params, Adjustment adjustment);

}  // namespace chokepoint
