#include "sim/model/primary_market.hpp"

#include <fmt/format.h>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

/// Weights scaled to sum to one, without those whom an ownership ban keeps out.
void keep_permitted(const World& world, std::size_t line, std::vector<double>& weight) {
  double total = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    const bool out = barred(world, line, domicile_of_class(g));
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (out) weight[i] = 0.0;
      total += weight[i];
    }
  }
  if (!(total > 0.0)) {
    throw Error(ExitCode::run_failed, "nobody may take the shares offered in '" +
                                          world.facts->lines[line].id +
                                          "' (ownership bans, line_access.csv)");
  }
  for (double& w : weight) w /= total;
}

std::vector<double> cash_weights(const World& world, std::size_t line) {
  std::vector<double> weight(world.accounts(), 0.0);
  for (std::size_t g = 0; g < class_count; ++g) {
    const InvestorType type = type_of_class(g);
    const Region domicile = domicile_of_class(g);
    if (type != InvestorType::fund && type != InvestorType::arbitrageur) continue;
    if (!world.facts->lines[line].may_buy[index(domicile)]) continue;
    const ClassBlock& block = world.population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.begin + block.count; ++i) {
      weight[i] = world.cash_view[i] > 0.0 ? world.cash_view[i] : 0.0;
    }
  }
  return weight;
}

void begin_listing(World& world, std::size_t line, double offer_price) {
  const Line& facts = world.facts->lines[line];
  world.listed[line] = 1;
  world.status[line] = LineStatus::closed;
  world.reference_price[line] = offer_price;
  world.log_price[line] = world.previous_close[line] = 0.0;
  world.floating[line] = world.reviewed[line] = facts.tradable;
  world.inert[line] -= facts.tradable;
  for (ChordFactor& chord : world.chord) chord = {};
}

/// Buyers take their parts and pay the issuer.
void allot(World& world, const ShareOffer& offer, const std::vector<Shares>& parts) {
  const MicroUsd price = rounded_price(offer.offer_price_usd);
  const Line& line = world.facts->lines[offer.line];
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == 0) continue;
    MicroUsd cost = 0;
    if (__builtin_mul_overflow(parts[i], price, &cost) || cost >= world.cash[i]) {
      throw Error(
          ExitCode::run_failed,
          fmt::format("{} cannot pay for its allotment of {} in '{}' (the offer is larger than the cash "
                      "of those who may take it)",
                      world.population.accounts.name(i), parts[i], line.id));
    }
    book_transfer(world, offer.line, i, parts[i], -cost);
    world.firm_cash[line.firm] += cost;
    const std::size_t g = world.population.accounts.class_of_account(i);
    world.flows.at(FlowKind::issuance, index(domicile_of_class(g)), line.region, line.group) += cost;
  }
}

/// A line without a market has no demand to read: its first holders wish to hold what they took at its price.
void begin_tastes(World& world, const ShareOffer& offer, const std::vector<Shares>& parts) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == 0) continue;
    const std::size_t at = world.at(offer.line, i);
    const std::size_t g = world.population.accounts.class_of_account(i);
    const double value = world.holding_view[at] * offer.offer_price_usd;
    world.odds[at] =
        value / world.cash_view[i] * exponential(-log_odds_terms(world, offer.line, g, 0.0, 0.0));
  }
}

/// Position value is booked at market prices: what allotted shares gain on the offer price is revaluation.
void book_market_step(World& world, const ShareOffer& offer, const std::vector<Shares>& parts) {
  const Line& line = world.facts->lines[offer.line];
  const MicroUsd step = world.price[offer.line] - rounded_price(offer.offer_price_usd);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == 0) continue;
    const std::size_t d = index(domicile_of_class(world.population.accounts.class_of_account(i)));
    world.flows.at(FlowKind::revaluation, d, line.region, line.group) += static_cast<Wide>(parts[i]) * step;
  }
}

}  // namespace

void deliver_offers(World& world, const Parameters& params, const RandomStream& random, const Plan& plan) {
  for (const ShareOffer& offer : plan.offers) {
    if (offer.day != world.day) continue;
    const std::size_t k = offer.line;
    Shares shares = offer.shares;
    std::vector<double> weight;
    if (offer.listing) {
      begin_listing(world, k, offer.offer_price_usd);
      world.price[k] = rounded_price(offer.offer_price_usd);
      shares = world.facts->lines[k].tradable;
      weight = ownership_weights(params.population, *world.facts, random, world.population, k);
    } else {
      weight = cash_weights(world, k);
      world.outstanding[k] += shares;
      world.floating[k] += shares;
    }
    keep_permitted(world, k, weight);
    const std::vector<Shares> parts = split_shares(shares, weight);
    allot(world, offer, parts);
    if (offer.listing) begin_tastes(world, offer, parts);
    book_market_step(world, offer, parts);
  }
}

}  // namespace chokepoint
