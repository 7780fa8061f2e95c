#include "sim/model/primary_market.hpp"

#include <fmt/format.h>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

/// Takes out those who may not have new shares of a line; returns the sum of the other weights.
double leave_permitted(const World& world, std::size_t line, std::vector<double>& weight) {
  double total = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    const bool out = !may_subscribe(world, line, domicile_of_class(g));
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (out) weight[i] = 0.0;
      total += weight[i];
    }
  }
  return total;
}

/// Weights of the permitted, scaled to sum to one.
void keep_permitted(const World& world, std::size_t line, std::vector<double>& weight) {
  const double total = leave_permitted(world, line, weight);
  if (!(total > 0.0)) {
    throw Error(ExitCode::run_failed, "nobody may take the shares offered in '" +
                                          world.facts->lines[line].id +
                                          "' (ownership bans, outbound limits, line_access.csv)");
  }
  for (double& w : weight) w /= total;
}

std::vector<double> cash_weights(const World& world, std::size_t line) {
  std::vector<double> weight(world.accounts(), 0.0);
  for (std::size_t g = 0; g < class_count; ++g) {
    const InvestorType type = type_of_class(g);
    if (type != InvestorType::fund && type != InvestorType::arbitrageur) continue;
    if (!may_subscribe(world, line, domicile_of_class(g))) continue;
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

/// Buyers take their parts and pay the issuer. Returns what they paid.
Wide allot(World& world, const ShareOffer& offer, const std::vector<Shares>& parts) {
  Wide paid = 0;
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
    paid += cost;
  }
  return paid;
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

/// An issue raises shares and float and goes to those with weight, which sums to one. Returns USD paid.
double place(World& world, const Plan& plan, const ShareOffer& offer, const std::vector<double>& weight) {
  const std::vector<Shares> parts = split_shares(offer.shares, weight);
  const Wide paid = allot(world, offer, parts);
  if (offer.listing) begin_tastes(world, offer, parts);
  book_market_step(world, offer, parts);
  const double usd = static_cast<double>(paid) * 1e-6;
  record_raise(world, world.facts->lines[offer.line].firm, plan.calendar->days()[world.day].date, usd);
  return usd;
}

void add_shares(World& world, std::size_t line, Shares shares) {
  world.outstanding[line] += shares;
  world.floating[line] += shares;
}

}  // namespace

bool may_subscribe(const World& world, std::size_t line, Region domicile) {
  const std::size_t firm = world.facts->lines[line].firm;
  const bool limited = firm != Line::npos && world.capital.no_primary[firm][index(domicile)];
  return world.capital.may_buy[line][index(domicile)] && !limited && !barred(world, line, domicile);
}

void deliver_offers(World& world, const Parameters& params, const RandomStream& random, const Plan& plan) {
  for (ShareOffer offer : plan.offers) {
    if (offer.day != world.day) continue;
    const std::size_t k = offer.line;
    std::vector<double> weight;
    if (offer.listing) {
      begin_listing(world, k, offer.offer_price_usd);
      world.price[k] = rounded_price(offer.offer_price_usd);
      offer.shares = world.facts->lines[k].tradable;
      weight = ownership_weights(params.population, *world.facts, random, world.population, k);
    } else {
      weight = cash_weights(world, k);
      add_shares(world, k, offer.shares);
    }
    keep_permitted(world, k, weight);
    place(world, plan, offer, weight);
  }
}

double sell_new_shares(World& world, const Plan& plan, std::size_t line, const IssueBounds& most) {
  const double price = static_cast<double>(world.price[line]) * 1e-6;
  std::vector<double> weight = cash_weights(world, line);
  double cash = 0.0;
  for (double& w : weight) {
    // A part is rounded to whole shares: it may cost two shares more than its share of the cash.
    if (w * (1.0 - most.cash_share) <= 2.0 * price) w = 0.0;
    cash += w;
  }
  const double by_float = most.float_share * static_cast<double>(world.floating[line]);
  const auto shares =
      static_cast<Shares>(std::min(std::min(most.usd, most.cash_share * cash) / price, by_float));
  if (shares <= 0) return 0.0;
  for (double& w : weight) w /= cash;
  add_shares(world, line, shares);
  return place(world, plan, {world.day, line, shares, price, false}, weight);
}

}  // namespace chokepoint
