#include "sim/model/initial_world.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/model/accounting.hpp"
#include "sim/model/linear_response.hpp"

namespace chokepoint {
namespace {

void size_arrays(World& world) {
  const std::size_t K = world.lines;
  const std::size_t N = world.accounts();
  for (auto* row : {&world.log_price, &world.previous_close, &world.full_value, &world.noise_scale,
                    &world.noise_shifter, &world.noise_shock, &world.momentum, &world.own_elasticity}) {
    row->assign(K, 0.0);
  }
  world.noise_variance.assign(K, 1.0);
  world.status.assign(K, LineStatus::closed);
  world.holding.assign(K * N, 0);
  world.holding_view.assign(K * N, 0.0);
  world.odds.assign(K * N, 0.0);
  world.cash.assign(N, 0);
  world.cash_view.assign(N, 0.0);
  for (auto* row : {&world.taste, &world.value, &world.new_money}) row->assign(K * class_count, 0.0);
  world.attention.resize(K);
  for (auto& session : world.session_prices) session.resize(K);
  world.clearing_shares.assign(K, 0);
  world.held_by_domicile.assign(K, {});
  world.firm_cash.assign(world.facts->firms.size(), 0);
  world.mark_change.assign(world.facts->firms.size(), 0.0);
}

void set_lines(World& world) {
  for (const Line& line : world.facts->lines) {
    world.reference_price.push_back(line.price_usd);
    world.price.push_back(rounded_price(line.price_usd));
    world.outstanding.push_back(line.shares);
    world.listed.push_back(line.unlisted ? 0 : 1);
    world.floating.push_back(line.unlisted ? 0 : line.tradable);
    world.inert.push_back(line.shares - world.floating.back());
    if (line.unlisted) world.status[world.listed.size() - 1] = LineStatus::unlisted;
  }
  world.reviewed = world.floating;
  for (const LockedLot& lot : world.locked) {
    if (lot.in_wealth) world.inert[lot.line] -= lot.shares;
  }
}

void distribute(World& world, const PopulationParams& params, const RandomStream& random) {
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (!world.listed[k]) continue;
    const auto weights = ownership_weights(params, *world.facts, random, world.population, k);
    const auto parts = split_shares(world.floating[k], weights);
    for (std::size_t g = 0; g < class_count; ++g) {
      const ClassBlock& block = world.population.accounts.blocks[g];
      for (std::size_t i = block.begin; i < block.end; ++i) {
        world.holding[world.at(k, i)] = parts[i];
        world.holding_view[world.at(k, i)] = static_cast<double>(parts[i]);
        world.held_by_domicile[k][index(domicile_of_class(g))] += parts[i];
      }
    }
  }
}

/// No account starts with more cash [USD]: 64-bit micro-USD end at 9.2e12, and sales bring more.
constexpr double most_cash = 4e12;

void fund_accounts(World& world, const PopulationParams& params, const RandomStream& random) {
  std::vector<double> equity(world.accounts(), 0.0);
  for (std::size_t k = 0; k < world.lines; ++k) {
    for (std::size_t i = 0; i < world.accounts(); ++i) {
      equity[i] += world.holding_view[world.at(k, i)] * world.reference_price[k];
    }
  }
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = world.population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.begin + block.count; ++i) {
      const double share =
          cash_share_of(params, random, type_of_class(g), world.population.accounts.identity[i]);
      const double usd = share / (1.0 - share) * equity[i];
      world.cash[i] = nearest(std::min(usd, most_cash) * 1e6);
    }
  }
  for (const LockedLot& lot : world.locked) {
    if (!lot.in_wealth) continue;
    world.cash[lot.account] =
        nearest(static_cast<double>(lot.shares) * world.reference_price[lot.line] * 1e6);
  }
  for (std::size_t i = 0; i < world.accounts(); ++i)
    world.cash_view[i] = static_cast<double>(world.cash[i]) * 1e-6;
}

void read_tastes(World& world) {
  for (std::size_t k = 0; k < world.lines; ++k) {
    for (std::size_t i = 0; i < world.accounts(); ++i) {
      const double held = world.holding_view[world.at(k, i)];
      if (held > 0.0) world.odds[world.at(k, i)] = held * world.reference_price[k] / world.cash_view[i];
    }
  }
}

void set_new_money(World& world, double omega) {
  std::array<std::array<double, region_count>, region_count> held{};  // [domicile][home region] USD
  std::array<double, region_count> cash{};
  for (const InvestorType type : {InvestorType::momentum, InvestorType::retail}) {
    for (std::size_t d = 0; d < region_count; ++d) {
      const ClassBlock& block = world.population.accounts.blocks[class_of(type, static_cast<Region>(d))];
      for (std::size_t i = block.begin; i < block.end; ++i) {
        cash[d] += world.cash_view[i];
        for (std::size_t k = 0; k < world.lines; ++k) {
          held[d][index(world.facts->lines[k].region)] +=
              world.holding_view[world.at(k, i)] * world.reference_price[k];
        }
      }
    }
  }
  for (std::size_t k = 0; k < world.lines; ++k) {
    for (const InvestorType type : {InvestorType::momentum, InvestorType::retail}) {
      for (std::size_t d = 0; d < region_count; ++d) {
        if (!(cash[d] > 0.0)) continue;
        world.new_money[k * class_count + class_of(type, static_cast<Region>(d))] =
            omega * held[d][index(world.facts->lines[k].region)] / cash[d];
      }
    }
  }
}

void scale_to_market(World& world, const Parameters& params) {
  const LinearResponse response = linear_response(world, params, Adjustment::one_day);
  world.own_elasticity = response.own_elasticity;
  for (std::size_t k = 0; k < world.lines; ++k) {
    const double pass_through = response.multiplier[k * world.lines + k] * response.shifter_response[k];
    if (pass_through > 0.0) {
      world.noise_scale[k] = target_sd(params.noise, world.facts->lines[k]) / pass_through;
    }
  }
}

}  // namespace

World make_world(const Facts& facts, const Parameters& params, const RandomStream& random) {
  World world;
  world.facts = &facts;
  world.lines = facts.lines.size();
  world.population = make_population(params.population, params.demand, facts, random);
  world.locked = world.population.locked;
  world.capital = initial_capital_rules(facts);
  world.financing = initial_financing(facts);
  size_arrays(world);
  set_lines(world);
  distribute(world, params.population, random);
  fund_accounts(world, params.population, random);
  read_tastes(world);
  set_new_money(world, params.attention.new_money);
  scale_to_market(world, params);
  open_books(world);
  return world;
}

}  // namespace chokepoint
