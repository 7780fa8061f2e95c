#include "sim/model/market_session.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/model/market_view.hpp"
#include "sim/model/settlement.hpp"

namespace chokepoint {
namespace {

/// The clear at hand: where in the day it stands and what it needs beside the world.
struct Clear {
  const TradingDay& today;
  Session session;
  int round = 0;
  std::vector<std::size_t> open;
  Participation participation;
  std::vector<std::vector<double>> forced;  ///< [open][N], empty rows without a ban

  int rounds() const { return today.rounds[index(session)]; }
};

bool open_in(const TradingDay& today, Session session, std::size_t line) {
  const auto& open = today.open_lines[index(session)];
  return std::binary_search(open.begin(), open.end(), line);
}

ClearCount count_clears(const Clear& clear, std::size_t line) {
  ClearCount count{0, clear.round, clear.rounds()};
  for (const Session s : {Session::a, Session::b}) {
    if (!open_in(clear.today, s, line)) continue;
    count.today += clear.today.rounds[index(s)];
    if (s < clear.session) count.done += clear.today.rounds[index(s)];
  }
  return count;
}

/// Mainland investors reach a line of two venues through Stock Connect only, that is in session A.
void keep_to_connect(const Clear& clear, const std::array<double, class_count>& one_session, double* share) {
  for (std::size_t g = 0; g < class_count; ++g) {
    if (domicile_of_class(g) == Region::cn) share[g] = clear.session == Session::a ? one_session[g] : 0.0;
  }
}

void set_participation(const World& world, const Parameters& params, Clear& clear) {
  std::array<std::array<double, class_count>, session_count> share{};  // [sessions of the line - 1][class]
  for (std::size_t n = 0; n < session_count; ++n) {
    for (std::size_t g = 0; g < class_count; ++g) {
      share[n][g] = participation(params.session, type_of_class(g), domicile_of_class(g), clear.session,
                                  static_cast<int>(n) + 1, clear.round, clear.rounds());
    }
  }
  clear.participation.share.assign(world.lines * class_count, 0.0);
  clear.participation.supply.assign(world.lines, 0.0);
  for (const std::size_t k : clear.open) {
    const bool both = open_in(clear.today, Session::a, k) && open_in(clear.today, Session::b, k);
    double* mine = &clear.participation.share[k * class_count];
    std::copy(share[both].begin(), share[both].end(), mine);
    if (both && world.capital.southbound[k]) keep_to_connect(clear, share[0], mine);
  }
}

void add_forced_sales(const World& world, const Parameters& params, Clear& clear) {
  clear.forced.resize(clear.open.size());
  if (world.bans.empty()) return;
  for (std::size_t row = 0; row < clear.open.size(); ++row) {
    const std::size_t k = clear.open[row];
    clear.forced[row] = forced_sales(world, params, k, count_clears(clear, k));
    for (const double shares : clear.forced[row]) clear.participation.supply[k] += shares;
    for (std::size_t g = 0; g < class_count; ++g) {
      if (barred(world, k, domicile_of_class(g))) clear.participation.share[k * class_count + g] = 0.0;
    }
  }
}

struct LimitBand {
  std::vector<double> low, high;
};

LimitBand limits_of(const World& world) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  LimitBand band{std::vector<double>(world.lines, -infinity), std::vector<double>(world.lines, infinity)};
  for (std::size_t k = 0; k < world.lines; ++k) {
    const double limit = world.facts->lines[k].limit;
    if (!(limit > 0.0)) continue;
    band.low[k] = world.previous_close[k] + logarithm(1.0 - limit);
    band.high[k] = world.previous_close[k] + logarithm(1.0 + limit);
  }
  return band;
}

/// Wishes of all accounts in one line, forced sales and the quota's cut included.
void wishes_of(World& world, const Clear& clear, std::size_t row, double quota_share,
               std::span<double> wish) {
  const std::size_t k = clear.open[row];
  world.clearing.system().wishes(row, wish);
  if (!clear.forced[row].empty()) {
    for (std::size_t i = 0; i < wish.size(); ++i) wish[i] -= clear.forced[row][i];
  }
  bool cut = false;
  if (quota_share < 1.0 && world.capital.southbound[k]) {
    for (std::size_t g = 0; g < class_count; ++g) {
      if (domicile_of_class(g) != Region::cn) continue;
      const ClassBlock& block = world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) {
        if (wish[i] > 0.0) wish[i] *= quota_share;
      }
    }
    cut = true;
  }
  if (has_sell_only(world, k) && keep_from_buying(world, k, wish)) cut = true;
  if (cut || world.status[k] == LineStatus::limit) {
    const bool rationed = ration(wish);
    if (cut && rationed) world.status[k] = LineStatus::rationed;
  }
}

/// Classes that may only sell a line and would buy it on balance stand aside. Returns true when any does.
bool stand_aside(const World& world, Clear& clear) {
  bool any = false;
  std::vector<double> wish;
  for (std::size_t row = 0; row < clear.open.size(); ++row) {
    const std::size_t k = clear.open[row];
    const bool trades = world.status[k] == LineStatus::cleared || world.status[k] == LineStatus::limit;
    if (!trades || !has_sell_only(world, k)) continue;
    wish.resize(world.accounts());
    world.clearing.system().wishes(row, wish);
    for (std::size_t g = 0; g < class_count; ++g) {
      double& share = clear.participation.share[k * class_count + g];
      if (!world.capital.sell_only[k][index(domicile_of_class(g))] || share == 0.0) continue;
      const ClassBlock& block = world.population.accounts.blocks[g];
      double net = 0.0;
      for (std::size_t i = block.begin; i < block.end; ++i) net += wish[i];
      if (net <= 0.5) continue;
      share = 0.0;
      any = true;
    }
  }
  return any;
}

/// Books the revaluation of what was held and the flow of what was traded, by domicile.
void book_flows(World& world, std::size_t k, Region venue, MicroUsd old_price,
                std::span<const Shares> traded) {
  const LineGroup group = world.facts->lines[k].group;
  const MicroUsd step = world.price[k] - old_price;
  std::array<Shares, region_count> bought{};
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    bought[index(domicile_of_class(g))] +=
        book_trades(world.booked_shares.data(), world.booked_cash.data(), traded.data(), world.price[k],
                    {block.begin, block.end});  // settle() has checked the range
  }
  for (std::size_t d = 0; d < region_count; ++d) {
    world.flows.at(FlowKind::revaluation, d, venue, group) +=
        static_cast<Wide>(world.held_by_domicile[k][d]) * step;
    world.flows.at(FlowKind::flow, d, venue, group) += static_cast<Wide>(bought[d]) * world.price[k];
    world.held_by_domicile[k][d] += bought[d];
  }
  if (world.capital.southbound[k] && venue == Region::hk) {
    world.quota_used += static_cast<Wide>(bought[index(Region::cn)]) * world.price[k];
  }
}

void settle_line(World& world, const Clear& clear, std::size_t row, double quota_share) {
  const std::size_t k = clear.open[row];
  const LineStatus status = world.status[k];
  if (status != LineStatus::cleared && status != LineStatus::limit) return;
  const std::size_t n = world.accounts();
  std::vector<double> wish(n);
  std::vector<Shares> traded(n, 0);
  wishes_of(world, clear, row, quota_share, wish);
  const MicroUsd old_price = world.price[k];
  world.price[k] = rounded_price(world.price_usd(k));
  const Settlement settlement{{&world.holding[world.at(k, 0)], n},
                              {&world.holding_view[world.at(k, 0)], n},
                              world.cash,
                              &world.clearing_shares[k],
                              &world.clearing_cash,
                              world.price[k]};
  settle(settlement, wish, traded);
  book_flows(world, k, venue_of_session(*world.facts, world.facts->lines[k], clear.session), old_price,
             traded);
}

void note_prices(World& world, const Clear& clear) {
  for (const std::size_t k : clear.open) {
    SessionPrices& prices = world.session_prices[index(clear.session)][k];
    const double p = world.log_price[k];
    if (clear.round == 0) prices = {p, p, p, p};
    prices.high = std::max(prices.high, p);
    prices.low = std::min(prices.low, p);
    prices.close = p;
  }
}

}  // namespace

Region venue_of_session(const Facts& facts, const Line& line, Session session) {
  for (const Ticker& ticker : line.tickers) {
    if (facts.venues[ticker.venue].session == session) return facts.venues[ticker.venue].region;
  }
  return line.region;
}

void clear_market(World& world, const Parameters& params, const Plan& plan, Session session, int round) {
  const TradingDay& today = plan.calendar->days()[world.day];
  Clear clear{today, session, round, {}, {}, {}};
  for (const std::size_t k : today.open_lines[index(session)]) {
    if (world.listed[k]) clear.open.push_back(k);
  }
  if (clear.open.empty()) return;
  set_participation(world, params, clear);
  add_forced_sales(world, params, clear);
  MarketView view(world, params);
  const LimitBand limits = limits_of(world);
  const PriceBand band{limits.low, limits.high};
  ChordFactor& chord = world.chord[index(session)];
  do {
    world.clearing.clear(view.inputs(), clear.participation, clear.open, band, chord, world.log_price,
                         world.status);
  } while (stand_aside(world, clear));
  const double quota_share =
      hold_quota(world, params.quota, {view, clear.participation, clear.open, band, chord});
  for (std::size_t row = 0; row < clear.open.size(); ++row) settle_line(world, clear, row, quota_share);
  for (std::size_t i = 0; i < world.accounts(); ++i)
    world.cash_view[i] = static_cast<double>(world.cash[i]) * 1e-6;
  note_prices(world, clear);
}

}  // namespace chokepoint
