#include "sim/model/compute/chip_purchases.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {
namespace {

bool is_import(ChipChannel channel) {
  return channel == ChipChannel::legal || channel == ChipChannel::licensed;
}

/// What is left of a limit in money and in H100e.
struct Room {
  double money = 0;
  double h100e = 0;
  double at(double price) const { return std::min(h100e, money / price); }
  void take(double amount, double price) {
    h100e = less(h100e, amount);
    money = less(money, amount * price);
  }
  /// What rounding leaves of a limit that is used up buys nothing.
  static double less(double limit, double used) { return limit - used > 1e-12 * limit ? limit - used : 0.0; }
};

Room room_of(const ChipPurse& purse, double share) { return {purse.money * share, purse.most * share}; }

/// Channels that are open only because the law is silent or broken.
void add_ways_round(const ComputeParams& params, const ChipPolicy& policy, const ChipMarket& market,
                    Region home, double frontier, double days_denied, std::vector<ChipOffer>& offers) {
  const double routes = days_denied > 0 ? 1.0 - exponential(-days_denied / params.smuggling_lag) : 0.0;
  const double smuggled = params.smuggling_share * (1.0 - params.enforcement) * routes;
  const double price = frontier * market.foreign_price_factor;
  if (price <= 0) return;
  if (smuggled > 0) {
    offers.push_back({ChipChannel::smuggled, price * (1.0 + params.smuggling_premium), 0, smuggled});
  }
  if (params.rental_share > 0 && !(policy.rental_barred && is_chinese(home))) {
    offers.push_back({ChipChannel::rented, price * (1.0 + params.rental_premium), 0, params.rental_share});
  }
}

}  // namespace

std::vector<ChipOffer> chip_offers(const ComputeParams& params, const Facts& facts,
                                   const ComputeFacts& compute, const ChipPolicy& policy,
                                   const ChipMarket& market, std::size_t vendor, double days_denied,
                                   double domestic_most) {
  const Region home = facts.vendors[vendor].home;
  const double factor = market.foreign_price_factor;
  const LegalOffer here = legal_offer(compute, facts, policy, vendor, market.today, false);
  const LegalOffer abroad = legal_offer(compute, facts, policy, vendor, market.today, true);
  std::vector<ChipOffer> offers;
  if (here.usd_per_h100e > 0) offers.push_back({ChipChannel::legal, here.usd_per_h100e * factor});
  if (here.licensed_usd_per_h100e > 0) {
    offers.push_back({ChipChannel::licensed, here.licensed_usd_per_h100e * factor,
                      here.licensed_h100e_per_month * market.months});
  }
  if (abroad.usd_per_h100e > 0 && params.offshore_share > 0) {
    offers.push_back({ChipChannel::offshore, abroad.usd_per_h100e * factor * (1.0 + params.offshore_premium),
                      0, params.offshore_share});
  }
  add_ways_round(params, policy, market, home, cheapest_chip(compute, false, market.today), days_denied,
                 offers);
  if (is_chinese(home) && market.domestic_cost > 0) {
    offers.push_back({ChipChannel::domestic, market.domestic_cost, domestic_most});
  }
  std::stable_sort(offers.begin(), offers.end(),
                   [](const ChipOffer& a, const ChipOffer& b) { return a.usd_per_h100e < b.usd_per_h100e; });
  return offers;
}

ChipPurchases buy_chips(std::span<const ChipOffer> offers, const ChipPurse& purse) {
  ChipPurchases result;
  Room all = room_of(purse, 1.0);
  Room foreign = room_of(purse, purse.foreign_share);
  Room imported = room_of(purse, purse.imported_share);
  for (const ChipOffer& offer : offers) {
    const double price = offer.usd_per_h100e;
    const double unmet = std::max(0.0, purse.wish - result.total);
    double amount = offer.share_of_unmet < 0 ? offer.most : offer.share_of_unmet * unmet;
    amount = std::min(amount, all.at(price));
    if (offer.channel != ChipChannel::domestic) amount = std::min(amount, foreign.at(price));
    if (is_import(offer.channel)) amount = std::min(amount, imported.at(price));
    all.take(amount, price);
    if (offer.channel != ChipChannel::domestic) foreign.take(amount, price);
    if (is_import(offer.channel)) imported.take(amount, price);
    result.bought[index(offer.channel)] = amount;
    result.total += amount;
    result.paid += amount * price;
  }
  return result;
}

bool is_denied(const Facts& facts, const ComputeFacts& compute, const ChipPolicy& policy, std::size_t vendor,
               Date today) {
  const double free = legal_offer(compute, facts, policy, vendor, today, false).usd_per_h100e;
  const double frontier = cheapest_chip(compute, false, today);
  return frontier > 0 && (free == 0 || free > frontier);
}

}  // namespace chokepoint
