/// What each product offers to each kind of enterprise today.
///
/// A kind of enterprise is (region of its staff, headquarters, reading of terms). For every product and every
/// nationality among the staff, the model in use is the usable one of highest value (taste_params.hpp) that
/// costs no more than `highest_price`, hence
///
///   coverage            share of the staff that has a model in use
///   capability, price   means over the staff served
///   best                by nationality, the best model that may be used, dear ones too; 0 when there is none
///
/// How an enterprise reads the vendor's terms:
///   strict     the letter: who sits where and who owns the enterprise (access_tensor.hpp)
///   pragmatic  a global contract: what may be used at the headquarters may be used by all staff
///   leaky      passes for a customer at the vendor's home
/// Orders on persons and a vendor's stop bind all of them, law of the place all but leaky readers. A laxer
/// reading never allows less. Open models on one's own machines keep running when their vendor stops or a law
/// bars hosting them; a law that covers own machines binds all but leaky readers, since nobody sees what runs
/// there. They cost `on_premise_price_factor` times their hosted price, in Hong Kong times a factor more
/// (a compute gateway), and are as capable as the weights that are public, where these are given apart from
/// what a vendor hosts.
/// Assumptions: all of the above; nationalities of staff do not depend on the employer.
/// Neglects: limits on data leaving a country, fixed costs of own machines, capacity.
/// Tests: tests/unit/enterprise_offers_test.cpp.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/model/access/access_tensor.hpp"
#include "sim/model/access/denial_hazard.hpp"
#include "sim/model/enterprises/products.hpp"
#include "sim/model/enterprises/taste_params.hpp"

namespace chokepoint {

struct OfferParams {
  double on_premise_price_factor = 1.5;
  double highest_price = 30;

  static void fields(FieldList& list, OfferParams& p) {
    list.add("enterprise.on_premise_price_factor", p.on_premise_price_factor, "-", 0.1, 20,
             "assumption: own machines are used less evenly than a host's",
             "cost of an open model on own machines over its hosted price");
    list.add("enterprise.highest_price", p.highest_price, "USD/Mtok", 1, 1000,
             "assumption: leaves out slow variants sold at several times their sibling's price, as the "
             "derivation of enterprise.capability_weight does",
             "a dearer model is on the menu, but nobody's model for daily use");
  }
};

/// The world as enterprises meet it this week.
struct EnterpriseConditions {
  const AccessTensor* access = nullptr;
  std::span<const double> capability;  ///< [model] index points
  std::span<const double> price;       ///< [model] USD per million tokens
  DenialHazard hazard{};
  /// [model] index points of the weights that are public, 0 for none; empty: what is hosted is public.
  std::span<const double> weights{};
  double hong_kong_on_premise = 1;    ///< factor on the price of own machines in Hong Kong
  double hong_kong_hosted_value = 0;  ///< [log odds] added to hosted products in Hong Kong
};

/// A kind of enterprise.
struct EnterpriseKind {
  Region region{};
  Region owner{};
  Reading reading{};
};
inline constexpr std::size_t enterprise_kind_count = region_count * region_count * reading_count;
constexpr std::size_t index(const EnterpriseKind& kind) {
  return (index(kind.region) * region_count + index(kind.owner)) * reading_count + index(kind.reading);
}
constexpr EnterpriseKind enterprise_kind(std::size_t at) {
  return {static_cast<Region>(at / (region_count * reading_count)),
          static_cast<Region>(at / reading_count % region_count), static_cast<Reading>(at % reading_count)};
}

struct OfferTable {
  std::size_t products = 0;
  double frontier = 0;             ///< [index points] best model out, whoever may use it
  std::vector<double> coverage;    ///< [kind][product] share of staff
  std::vector<double> capability;  ///< [kind][product] index points; 0 without coverage
  std::vector<double> price;       ///< [kind][product] USD per million tokens; 0 without coverage
  std::vector<double> best;        ///< [kind][product][nationality] index points
  std::vector<double> bonus;       ///< [kind][product] log odds to be added to the utility

  std::size_t at(std::size_t kind, std::size_t product) const { return kind * products + product; }
  double best_of(std::size_t kind, std::size_t product, std::size_t nationality) const {
    return best[at(kind, product) * nationality_count + nationality];
  }
};

/// True when the enterprise lets a member of its staff use a model, as it reads law and terms.
bool admits(const AccessTensor& access, std::size_t model, Region vendor_home, const EnterpriseKind& kind,
            Nationality nationality);

/// True when the enterprise lets staff use the weights of an open model on machines of its own.
bool runs_weights(const AccessTensor& access, std::size_t model, const EnterpriseKind& kind,
                  Nationality nationality);

OfferTable make_offers(const Facts& facts, const OfferParams& params, const TasteParams& tastes,
                       const std::vector<Product>& products, const EnterpriseConditions& now);

}  // namespace chokepoint
