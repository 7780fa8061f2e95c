/// How much of what is denied on paper is denied in fact, by what is denied: weights, an interface, chips.
///
///   effective = nominal (1 - leak)
///
///   nominal   share of use that the rules deny
///   leak      share of what is denied that is used all the same
///
///   weights     nominal  share of (staff of the region x open models out) that hosting bans deny
///               leak     of these, who runs the weights on own machines: everybody where no law covers own
///                        machines, else the leaky readers; nobody whom an order bars
///   interface   nominal  share of (staff of the region x closed models out) denied by law, terms or order
///               leak     of these, staff whose enterprise lets them use the model, as it reads law and terms
///                        (admits of enterprises/offers.hpp: pragmatic and leaky readers)
///   chips       nominal  denied demand over demand
///               leak     chips smuggled and computing rented abroad over denied demand, at most 1
///
/// Nothing here feeds back: these are readings of the tensor. By construction a ban on hosting alone has no
/// effective denial of weights at all, and one on own machines as much as readers obey.
/// Assumptions: readings of terms are independent of everything else, with the shares of the population;
/// models count alike; who may use does use.
/// Neglects: capability and cost of what is used instead, named desks' own readings, accounts found out and
/// closed (access/vendor_service.hpp), a vendor's stop, which is no rule and denies everybody.
/// Tests: tests/unit/effective_denial_test.cpp.
#pragma once

#include <array>
#include <optional>

#include "sim/model/access/access_tensor.hpp"

namespace chokepoint {

struct EffectiveDenial {
  double nominal = 0;    ///< [share] denied by the rules
  double leak = 0;       ///< [share] of it; 0 when nothing is denied
  double effective = 0;  ///< [share] nominal x (1 - leak)
};

/// `reading_share` need not sum to 1 (EnterprisePopulationParams). With `developers`, only models of
/// developers with headquarters there count.
EffectiveDenial weights_denial(const Facts& facts, const AccessTensor& access,
                               const std::array<double, reading_count>& reading_share, Region region,
                               std::optional<Region> developers = std::nullopt);

EffectiveDenial interface_denial(const Facts& facts, const AccessTensor& access,
                                 const std::array<double, reading_count>& reading_share, Region region,
                                 std::optional<Region> developers = std::nullopt);

/// All four in one unit of computing per year.
EffectiveDenial chips_denial(double demand, double denied, double smuggled, double rented);

}  // namespace chokepoint
