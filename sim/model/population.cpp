#include "sim/model/population.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/math.hpp"

namespace chokepoint {

void PopulationParams::fields(FieldList& list, PopulationParams& p) {
  list.add("population.investors", p.investors, "accounts", 200, 100000,
           "assumption: enough for each class to be a crowd",
           "investors; every class has at least `population.smallest_class`");
  for (std::size_t d = 0; d < region_count; ++d) {
    list.add("population.domicile_share." + std::string(region_names[d]), p.domicile_share[d], "share", 0, 1,
             "assumption", "share of accounts by domicile");
  }
  const std::array<double, investor_type_count>& w0 = p.cash_share;
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    const std::string type(investor_type_names[t]);
    list.add("population.type_share." + type, p.type_share[t], "share", 0, 1, "assumption",
             "share of accounts by type");
    list.add("population.cash_share." + type, p.cash_share[t], "share", std::max(0.01, w0[t] - 0.15),
             std::min(0.8, w0[t] + 0.15), "assumption: sets the macro multiplier",
             "w0: share of wealth outside the listed lines");
    list.add("population.thin_factor." + type, p.thin_factor[t], "-", 0, 5, "assumption",
             "tilt of holdings in thin, newly listed AI names");
  }
  list.add("population.smallest_class", p.smallest_class, "accounts", 1, 100, "assumption",
           "fewest accounts of a class");
  list.add("population.size_log_sd", p.size_log_sd, "log points", 0, 2.5, "assumption",
           "spread of investor sizes within a class");
  list.add("population.tilt_log_sd", p.tilt_log_sd, "log points", 0, 2, "assumption",
           "spread of tastes for single names");
  list.add("population.anchor_log_sd", p.anchor_log_sd, "log points", 0, 1, "assumption",
           "spread of theta between classes of one type");
  list.add("population.cash_log_sd", p.cash_log_sd, "log points", 0, 1, "assumption",
           "spread of cash shares between investors");
  list.add("population.holds_at_home", p.holds_at_home, "probability", 0.05, 1, "assumption",
           "chance that an active investor holds a name of a market its domicile owns much of");
  list.add("population.holds_abroad", p.holds_abroad, "probability", 0.05, 1, "assumption",
           "the same for other markets");
  list.add("population.home_threshold", p.home_threshold, "share", 0, 1, "assumption",
           "ownership from which a market counts as home");
}

namespace {

std::size_t padded(std::size_t count) { return (count + lanes - 1) / lanes * lanes; }

std::uint32_t account_identity(std::size_t g, std::size_t number) {
  return static_cast<std::uint32_t>(g * 1000000 + number);
}

void add_locked_lots(const Facts& facts, Population& population,
                     const std::array<std::size_t, class_count>& plain) {
  std::array<std::size_t, class_count> used = plain;
  for (std::size_t row = 0; row < facts.lockups.size(); ++row) {
    const LockUp& lockup = facts.lockups[row];
    const std::size_t g = class_of(InvestorType::fund, lockup.domicile);
    population.locked.push_back({population.accounts.blocks[g].begin + used[g]++, lockup.line, lockup.shares,
                                 row, lockup.kind == HolderKind::cornerstone});
  }
}

}  // namespace

Population make_population(const PopulationParams& params, const DemandParams& demand, const Facts& facts,
                           const RandomStream& random) {
  Population population;
  std::array<std::size_t, class_count> plain{};
  std::array<std::size_t, class_count> holders{};
  for (const LockUp& lockup : facts.lockups) ++holders[class_of(InvestorType::fund, lockup.domicile)];
  std::size_t at = 0;
  for (std::size_t g = 0; g < class_count; ++g) {
    const std::size_t d = index(domicile_of_class(g));
    const std::size_t t = index(type_of_class(g));
    const double wanted = params.investors * params.domicile_share[d] * params.type_share[t];
    plain[g] = static_cast<std::size_t>(std::max(params.smallest_class, std::nearbyint(wanted)));
    const std::size_t count = plain[g] + holders[g];
    population.accounts.blocks[g] = {at, at + padded(count), count};
    population.accounts.investors += count;
    at += padded(count);
    const double jitter =
        params.anchor_log_sd * random.normal(Decision::value_anchor, static_cast<std::uint32_t>(g), 0);
    population.theta[g] = demand.value_anchor[t] * exponential(jitter);
    population.kappa[g] = demand.misalignment_rush[t];
  }
  population.accounts.size = at;
  population.accounts.identity.assign(at, 0);
  population.size.assign(at, 0.0);
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = population.accounts.blocks[g];
    double total = 0.0;
    for (std::size_t j = 0; j < block.count; ++j) {
      population.accounts.identity[block.begin + j] = account_identity(g, j);
      if (j >= plain[g]) continue;  // holders of locked lots have no other wealth
      const double draw = random.normal(Decision::account_size, account_identity(g, j), 0);
      population.size[block.begin + j] = exponential(params.size_log_sd * draw);
      total += population.size[block.begin + j];
    }
    for (std::size_t j = 0; j < plain[g]; ++j) population.size[block.begin + j] /= total;
  }
  add_locked_lots(facts, population, plain);
  return population;
}

std::vector<double> ownership_weights(const PopulationParams& params, const Facts& facts,
                                      const RandomStream& random, const Population& population,
                                      std::size_t line) {
  const Line& k = facts.lines[line];
  const std::uint32_t step = identity_of(k.id);
  std::vector<double> weight(population.accounts.size, 0.0);
  double total = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    const std::size_t d = index(domicile_of_class(g));
    const InvestorType type = type_of_class(g);
    if (!k.may_buy[d]) continue;
    const double prior = facts.ownership_prior[index(k.region)][d];
    double share = prior * facts.investor_mix[d][index(type)];
    if (k.thin) share *= params.thin_factor[index(type)];
    const bool all_hold = type == InvestorType::passive || k.group == LineGroup::composite;
    const double chance = prior > params.home_threshold ? params.holds_at_home : params.holds_abroad;
    const ClassBlock& block = population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.begin + block.count; ++i) {
      if (population.size[i] == 0.0) continue;
      const std::uint32_t who = population.accounts.identity[i];
      if (!all_hold && random.uniform(Decision::holds_line, who, step) >= chance) continue;
      const double tilt =
          all_hold ? 1.0 : exponential(params.tilt_log_sd * random.normal(Decision::holding_tilt, who, step));
      weight[i] = share * population.size[i] * tilt;
      total += weight[i];
    }
  }
  if (total > 0.0) {
    for (double& w : weight) w /= total;
  }
  return weight;
}

std::vector<Shares> split_shares(Shares total, const std::vector<double>& weights) {
  std::vector<Shares> parts(weights.size(), 0);
  double running = 0.0;
  Shares given = 0;
  std::size_t last = weights.size();
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= 0.0) continue;
    last = i;
    running += weights[i];
    const Shares upto = std::min(total, nearest(running * static_cast<double>(total)));
    parts[i] = std::max<Shares>(0, upto - given);
    given += parts[i];
  }
  if (last < weights.size()) parts[last] += total - given;
  return parts;
}

double cash_share_of(const PopulationParams& params, const RandomStream& random, InvestorType type,
                     std::uint32_t identity) {
  const double draw = random.normal(Decision::cash_share, identity, 0);
  const double share = params.cash_share[index(type)] * exponential(params.cash_log_sd * draw);
  return std::min(0.8, std::max(0.01, share));
}

}  // namespace chokepoint
