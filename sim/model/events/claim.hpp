/// What a developer claims of a model when it is released, and whom that can be news for.
///
///   level of the claim   half for closing half or more of the gap between the best open and the best closed
///                        model known the day before, half for a price at or below a tenth of the cheapest
///                        model of equal claimed capability
///   open weights         firms that deploy or compete with open models and sellers of AI compute: that level
///   own chips            sellers and domestic makers of AI chips: half a level
///   first claim to lead  the developer's own product: level one
///   threatened           sellers of the applications that the claim addresses: level one
///
/// A routine release is no news.
#pragma once

#include "sim/model/events/reach.hpp"

namespace chokepoint {

/// Share of the gap, and of the price, that a claim is news for: 0, .5 or 1.
inline double claim_level(bool half_the_gap, bool tenth_of_price) {
  return (half_the_gap ? 0.5 : 0.0) + (tenth_of_price ? 0.5 : 0.0);
}

/// Touches of an open release by the level of its claim.
inline void add_open_claim(const Facts& facts, double level, std::vector<Touch>& touches) {
  if (!(level > 0.0)) return;
  add_exposed(facts, Channel::deploy, "open_frontier_model", level, touches);
  add_exposed(facts, Channel::compete, "open_frontier_model", level, touches);
  add_exposed(facts, Channel::buildout, "ai_compute", level, touches);
}

/// The developer's own product, by the first row of its exposure that is no plan.
inline void add_own_product(const Facts& facts, const std::string& firm, std::vector<Touch>& touches) {
  for (const Exposure& row : facts.exposures) {
    if (row.channel != Channel::own_product || row.firm != firm) continue;
    if (std::find(plan_names.begin(), plan_names.end(), row.counterpart) != plan_names.end()) continue;
    touches.push_back({row.firm, Channel::own_product, row.share, 1.0, row.counterpart});
    return;
  }
}

}  // namespace chokepoint
