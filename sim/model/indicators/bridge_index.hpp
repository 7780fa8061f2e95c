/// How well Hong Kong stands between the two sides, in one number.
///
///   index = (prod_k ratio_k)^(1/K),   ratio_k = HK_k / max(US_k, CN_k)
///
/// over those of five components that are available: coverage of access to models, float capitalisation of AI
/// listings (absent without a market), share of net talent inflow, efficiency of desks, use routed across the
/// blocs. 1: as good as the better of the two; the index is scale-free and a doubling of any component counts
/// alike.
/// A ratio that is not positive is not available: a component without data, without anything on either side,
/// or with a net outflow has no place in a geometric mean. So the index must be read beside the number of its
/// components, and a comparison of two runs needs the same ones in both.
/// Tests: tests/unit/hong_kong_bridge_test.cpp.
#pragma once

#include <span>

namespace chokepoint {

/// HK / max(US, CN); 0, not available, when neither side has anything or Hong Kong has nothing.
double bridge_ratio(double hong_kong, double us, double cn);

/// Geometric mean of the positive ratios; 0 when there is none.
double bridge_index(std::span<const double> ratios);

}  // namespace chokepoint
