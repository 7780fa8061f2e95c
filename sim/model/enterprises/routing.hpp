/// Who uses a product only because terms are read laxly.
///
///   routed = staff of pragmatic readers whose product in use no strict reader of the same place and
///            headquarters may use, over the region's staff;   leaky = the same of leaky readers
///
/// A product is out of a strict reader's reach when its coverage (offers.hpp) is 0 there and positive here;
/// one that serves part of a strict reader's staff counts as within reach. The rest of the staff, 1 - routed
/// - leaky, uses a product by the letter of its terms, or none. Pragmatic readers pay for routing with
/// `enterprise.routing_cost` (tastes.hpp). Use on own machines needs no terms and never counts.
/// Neglects: offices of one enterprise; what routing costs in compute and delay.
/// Tests: tests/unit/enterprise_tastes_test.cpp.
#pragma once

#include "sim/model/enterprises/enterprises.hpp"

namespace chokepoint {

/// True when this kind may use the product and a strict reader in its place may not.
bool beyond_the_letter(const OfferTable& offers, std::size_t kind, std::size_t product);

/// [share] of the region's staff with models.
double routed_share(const Facts& facts, const OfferTable& offers, const Enterprises& all, Region region);
double leaky_share(const Facts& facts, const OfferTable& offers, const Enterprises& all, Region region);

}  // namespace chokepoint
