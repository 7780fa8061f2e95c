#include "sim/model/market_view.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {

MarketView::MarketView(const World& world, const Parameters& params)
    : southbound_(world.capital.southbound), value_(world.value), shifter_(world.lines * class_count, 0.0) {
  changed_.resize(world.lines);
  odds_.resize(world.lines);
  attention_.assign(world.lines, nullptr);
  for (std::size_t k = 0; k < world.lines; ++k) odds_[k] = &world.odds[world.at(k, 0)];
  add_shifters(world, params);
  add_exits(world, params);
  add_bans(world, params);
  inputs_.accounts = &world.population.accounts;
  inputs_.lines = world.lines;
  inputs_.cash = world.cash_view;
  inputs_.holding = world.holding_view;
  inputs_.odds = odds_;
  inputs_.theta = world.population.theta;
  inputs_.kappa = world.population.kappa;
  inputs_.value = value_;
  inputs_.shifter = shifter_;
  inputs_.reference_price = world.reference_price;
  inputs_.attention = attention_;
  inputs_.new_money = world.new_money;
  inputs_.locked = world.locked;
}

void MarketView::set_quota_wedge(double wedge) {
  const double change = wedge_ - wedge;
  for (std::size_t k = 0; k < southbound_.size(); ++k) {
    if (!southbound_[k]) continue;
    for (std::size_t g = 0; g < class_count; ++g) {
      if (domicile_of_class(g) == Region::cn) shifter_[k * class_count + g] += change;
    }
  }
  wedge_ = wedge;
}

void MarketView::add_shifters(const World& world, const Parameters& params) {
  for (std::size_t k = 0; k < world.lines; ++k) {
    const double trend = hyperbolic_tangent(world.momentum[k] / params.momentum.scale);
    for (std::size_t g = 0; g < class_count; ++g) {
      const InvestorType type = type_of_class(g);
      shifter_[k * class_count + g] = params.noise.shifter_loading[index(type)] * world.noise_shifter[k] +
                                      params.momentum.gain(type) * trend + world.taste[k * class_count + g];
    }
  }
}

double* MarketView::own_row(const World& world, std::size_t line) {
  if (changed_[line].empty()) {
    changed_[line].assign(odds_[line], odds_[line] + world.accounts());
    odds_[line] = changed_[line].data();
  }
  return changed_[line].data();
}

void MarketView::add_exits(const World& world, const Parameters& params) {
  for (std::size_t k = 0; k < world.lines; ++k) {
    const LineAttention& attention = world.attention[k];
    if (!attention.active()) continue;
    if (!attention.leaving) {
      attention_[k] = attention.level.data();
      continue;
    }
    double* row = own_row(world, k);
    for (std::size_t i = 0; i < world.accounts(); ++i) {
      row[i] *= 1.0 - params.attention.exit_depth * attention.level[i];
    }
  }
}

void MarketView::anticipate_sales(const World& world, const Parameters& params, std::size_t line) {
  double remaining = 0.0;
  for (std::size_t d = 0; d < region_count; ++d) {
    if (!barred(world, line, static_cast<Region>(d))) continue;
    remaining += static_cast<double>(world.held_by_domicile[line][d]);
  }
  const double discount = anticipated_discount(params.ownership_bans, remaining, world.own_elasticity[line],
                                               active_float(world, params, line));
  for (std::size_t g = 0; g < class_count; ++g) {
    const InvestorType type = type_of_class(g);
    if (type == InvestorType::fund || type == InvestorType::arbitrageur) {
      value_[line * class_count + g] -= discount;
    }
  }
}

void MarketView::add_bans(const World& world, const Parameters& params) {
  for (std::size_t b = 0; b < world.bans.size(); ++b) {
    const BanInForce& ban = world.bans[b];
    const bool first_of_line = std::none_of(world.bans.begin(), world.bans.begin() + static_cast<long>(b),
                                            [&](const BanInForce& one) { return one.line == ban.line; });
    if (first_of_line) anticipate_sales(world, params, ban.line);
    for (std::size_t g = 0; g < class_count; ++g) {
      if (!ban.barred[index(domicile_of_class(g))] || world.day <= ban.deadline_day) continue;
      double* row = own_row(world, ban.line);
      const ClassBlock& block = world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) row[i] = 0.0;
    }
  }
}

}  // namespace chokepoint
