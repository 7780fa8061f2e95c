#include "sim/model/capital_rules.hpp"

#include <algorithm>

#include "sim/model/plan.hpp"
#include "sim/model/world.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t mainland = index(Region::cn);

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What Mainland investors would have wished for at T0, had the line been open to them.
Newcomers newcomers_of(const World& world, const Parameters& params, const RandomStream& random,
                       std::size_t line) {
  Facts admitted = *world.facts;
  admitted.lines[line].may_buy[mainland] = true;
  const auto weight = ownership_weights(params.population, admitted, random, world.population, line);
  const double value = static_cast<double>(world.floating[line]) * world.reference_price[line];
  Newcomers newcomers{line, std::vector<double>(world.accounts(), 0.0), 0.0};
  for (std::size_t g = 0; g < class_count; ++g) {
    if (domicile_of_class(g) != Region::cn) continue;
    const ClassBlock& block = world.population.accounts.blocks[g];
    for (std::size_t i = block.begin; i < block.end; ++i) {
      if (world.odds[world.at(line, i)] > 0.0 || !(world.cash_view[i] > 0.0)) continue;
      newcomers.odds[i] = weight[i] * value / world.cash_view[i];
    }
  }
  return newcomers;
}

struct Enact {
  World& world;
  const Parameters& params;
  const RandomStream& random;

  void operator()(const PrimaryLimit& limit) const {
    for (const std::size_t firm : limit.firms) {
      for (std::size_t d = 0; d < region_count; ++d) {
        if (limit.domiciles[d]) world.capital.no_primary[firm][d] = !limit.lifted;
      }
    }
  }

  void operator()(const ConnectTerms& terms) const {
    CapitalRules& rules = world.capital;
    rules.quota_factor = terms.quota_factor;
    for (const std::size_t k : terms.excluded) {
      if (!rules.may_buy[k][mainland]) continue;
      rules.may_buy[k][mainland] = false;
      rules.sell_only[k][mainland] = true;
      std::erase_if(rules.newcomers, [&](const Newcomers& one) { return one.line == k; });
    }
    for (const std::size_t k : terms.included) {
      if (rules.may_buy[k][mainland] || !world.listed[k]) continue;
      rules.may_buy[k][mainland] = true;
      rules.sell_only[k][mainland] = false;
      rules.southbound[k] = 1;
      if (params.connect.arrival > 0.0) {
        rules.newcomers.push_back(newcomers_of(world, params, random, k));
      }
    }
  }

  void operator()(const FundMandate& mandate) const { world.capital.mandates.push_back(mandate); }
};

void let_arrive(World& world, const ConnectParams& params) {
  std::vector<Newcomers>& all = world.capital.newcomers;
  for (Newcomers& one : all) {
    const double part = std::min(params.arrival, 1.0 - one.arrived);
    one.arrived += part;
    for (std::size_t i = 0; i < one.odds.size(); ++i) {
      if (one.odds[i] > 0.0) world.odds[world.at(one.line, i)] += part * one.odds[i];
    }
  }
  std::erase_if(all, [](const Newcomers& one) { return one.arrived >= 1.0; });
}

void follow_mandates(World& world, const StateFundParams& params) {
  std::vector<FundMandate>& all = world.capital.mandates;
  for (FundMandate& one : all) {
    const double part = std::min(1.0 / params.ramp, 1.0 - one.done);
    one.done += part;
    const std::size_t g = class_of(InvestorType::sovereign, one.domicile);
    for (std::size_t k = 0; k < world.lines; ++k) {
      if (world.facts->lines[k].region != one.region) continue;
      world.taste[k * class_count + g] += params.push * one.strength * part;
    }
  }
  std::erase_if(all, [](const FundMandate& one) { return one.done >= 1.0; });
}

}  // namespace

void ConnectParams::fields(FieldList& list, ConnectParams& p) {
  list.add(
      "connect.arrival", p.arrival, "1/day", 0, 1,
      "assumption: all within 20 trading days; the price effect is gone after 40 "
      "(https://link.springer.com/article/10.1007/s10690-022-09395-3)",
      "share of Mainland investors who come to a newly included line on one day; 0: attentive ones only");
}

void StateFundParams::fields(FieldList& list, StateFundParams& p) {
  list.add("state_fund.push", p.push, "log points", 0, 2, "assumption",
           "change of a state fund's log odds under a mandate of full strength");
  list.add("state_fund.ramp", p.ramp, "days", 1, 250, "assumption",
           "trading days over which a mandate is carried out");
}

CapitalRules initial_capital_rules(const Facts& facts) {
  CapitalRules rules;
  for (const Line& line : facts.lines) {
    rules.may_buy.push_back(line.may_buy);
    rules.southbound.push_back(line.southbound ? 1 : 0);
  }
  rules.sell_only.assign(facts.lines.size(), {});
  rules.no_primary.assign(facts.firms.size(), {});
  return rules;
}

PrimaryLimit primary_limit(const Facts& facts, const OutboundLimit& what) {
  PrimaryLimit limit;
  limit.lifted = what.direction.value == "lift";
  for (std::size_t f = 0; f < facts.firms.size(); ++f) {
    const Firm& firm = facts.firms[f];
    const bool there = contains(what.headquarters, name_of(firm.headquarters, region_names));
    if (contains(what.firms, firm.id) || (there && firm.ai)) limit.firms.push_back(f);
  }
  for (std::size_t d = 0; d < region_count; ++d) {
    limit.domiciles[d] = contains(what.domiciles, region_names[d]);
  }
  return limit;
}

ConnectTerms connect_terms(const Facts& facts, const ConnectChange& what) {
  ConnectTerms terms;
  terms.quota_factor = what.quota_factor;
  for (const auto& id : what.included) terms.included.push_back(facts.line(id));
  for (const auto& id : what.excluded) terms.excluded.push_back(facts.line(id));
  return terms;
}

FundMandate fund_mandate(const StateFund& what) {
  const double sign = what.direction.value == "sell" ? -1.0 : 1.0;
  return {*parse_enum<Region>(what.domicile.value, region_names),
          *parse_enum<Region>(what.region.value, region_names), sign * what.strength, 0.0};
}

void apply_capital_rules(World& world, const Parameters& params, const RandomStream& random,
                         const Plan& plan) {
  for (const CapitalNews& news : plan.capital) {
    if (news.day == world.day) std::visit(Enact{world, params, random}, news.what);
  }
  if (!world.capital.newcomers.empty()) let_arrive(world, params.connect);
  if (!world.capital.mandates.empty()) follow_mandates(world, params.state_fund);
}

bool has_sell_only(const World& world, std::size_t line) {
  const ByDomicile& only = world.capital.sell_only[line];
  return std::any_of(only.begin(), only.end(), [](bool one) { return one; });
}

bool keep_from_buying(const World& world, std::size_t line, std::span<double> wish) {
  bool unbalanced = false;
  for (std::size_t g = 0; g < class_count; ++g) {
    if (!world.capital.sell_only[line][index(domicile_of_class(g))]) continue;
    const ClassBlock& block = world.population.accounts.blocks[g];
    double buys = 0.0;
    double sells = 0.0;
    for (std::size_t i = block.begin; i < block.end; ++i) (wish[i] > 0.0 ? buys : sells) += wish[i];
    const double keep = -sells > buys ? (sells + buys) / sells : 0.0;
    for (std::size_t i = block.begin; i < block.end; ++i) wish[i] = wish[i] > 0.0 ? 0.0 : keep * wish[i];
    unbalanced = unbalanced || buys + sells > 0.5;
  }
  return unbalanced;
}

}  // namespace chokepoint
