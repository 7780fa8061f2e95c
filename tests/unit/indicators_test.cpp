#include "sim/model/indicators/indicators.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"
#include "sim/model/enterprises/sovereign_premium.hpp"
#include "sim/model/indicators/bridge_index.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = index(Region::us), cn = index(Region::cn), hk = index(Region::hk),
                      row = index(Region::row);

struct Measured : EconomyRun {
  using EconomyRun::EconomyRun;
  Indicators now() const { return measure_indicators(today(), economy); }
  void only_spending(const std::vector<std::tuple<std::string, Region, double>>& spending) {
    std::fill(economy.usage.vendor_spend.begin(), economy.usage.vendor_spend.end(), 0.0);
    for (const auto& [id, region, usd] : spending) {
      economy.usage.vendor_spend[vendor(id) * region_count + index(region)] = usd;
    }
  }
};

std::vector<double> numbers(const Indicators& all) {
  std::vector<double> list{all.bifurcation_of_use, all.bifurcation_of_talent, all.concentration.world,
                           all.bridge_index,       all.premium.coefficient,   all.premium.standard_error};
  for (const auto* by_region : {&all.concentration.region, &all.third_country_share, &all.effective_compute,
                                &all.routed, &all.leaky, &all.willingness_to_pay}) {
    list.insert(list.end(), by_region->begin(), by_region->end());
  }
  for (const auto& object : all.denial) {
    for (const EffectiveDenial& one : object) list.insert(list.end(), {one.nominal, one.leak, one.effective});
  }
  return list;
}

}  // namespace

TEST_CASE("indicators: of spending, by hand", "[unit][economy]") {
  Measured run;
  run.only_spending({{"anthropic", Region::us, 1.0}, {"zhipu", Region::cn, 1.0}});
  Indicators all = run.now();
  CHECK(all.bifurcation_of_use == 1.0);
  CHECK(all.concentration.world == 0.5);
  CHECK(all.concentration.region == std::array<double, region_count>{1.0, 1.0, 0.0, 0.0});
  CHECK(all.third_country_share == std::array<double, region_count>{});
  // Half of what crosses by chance: cross 1/4; margins 1/2, 1/2 from, 3/4, 1/4 to, so 1/2 expected.
  run.only_spending(
      {{"anthropic", Region::us, 2.0}, {"zhipu", Region::row, 1.0}, {"zhipu", Region::hk, 1.0}});
  all = run.now();
  CHECK(all.bifurcation_of_use == Approx(0.5));
  CHECK(all.concentration.world == Approx(0.5));
  CHECK(all.third_country_share[cn] == 1.0);
  CHECK(all.third_country_share[us] == 0.0);
}

TEST_CASE("indicators: of researchers, by hand", "[unit][economy]") {
  Measured run;
  for (auto& origin : run.economy.talent.stock) origin.fill(0);
  run.economy.talent.stock[index(Nationality::us)][us] = 100;
  run.economy.talent.stock[index(Nationality::cn)][cn] = 100;
  CHECK(run.now().bifurcation_of_talent == 1.0);
  run.economy.talent.stock[index(Nationality::cn)] = {100, 0, 0, 0};
  CHECK(run.now().bifurcation_of_talent == 0.0);  // everybody in one bloc
}

TEST_CASE("indicators: chips that are denied, and how many come all the same", "[unit][economy]") {
  Measured run;
  ComputeState& compute = run.economy.compute;
  for (auto& bought : compute.bought) bought.fill(0.0);
  std::fill(compute.unmet.begin(), compute.unmet.end(), 0.0);
  CHECK(run.now().denial[index(DeniedObject::chips)][cn].nominal == 0.0);
  const std::size_t zhipu = run.vendor("zhipu");
  compute.bought[zhipu][index(ChipChannel::smuggled)] = 2.0;
  compute.bought[zhipu][index(ChipChannel::rented)] = 1.0;
  compute.bought[zhipu][index(ChipChannel::domestic)] = 1.0;
  compute.unmet[zhipu] = 0.5;
  const auto chips = run.now().denial[index(DeniedObject::chips)];
  CHECK(chips[cn].nominal == Approx(7.0 / 8.0));  // of 8 that are wished 1 comes by a permitted channel
  CHECK(chips[cn].leak == Approx(3.0 / 7.0));
  CHECK(chips[cn].effective == Approx(4.0 / 8.0));
  CHECK(chips[us].nominal == 0.0);
}

TEST_CASE("indicators: models are denied where law and terms deny them", "[unit][economy]") {
  Measured run;
  const auto at_start = run.now().denial;
  CHECK(at_start[index(DeniedObject::interface)][cn].nominal > 0.9);
  CHECK(at_start[index(DeniedObject::interface)][us].nominal < 0.1);
  CHECK(at_start[index(DeniedObject::weights)][us].nominal == 0.0);
  OpenWeightsChanges rule;
  rule.measure = "ban";
  rule.government = Region::us;
  rule.ban.place[us] = rule.ban.developer_home[cn] = true;
  run.on(0, rule);
  run.day();
  const auto banned = run.now().denial[index(DeniedObject::weights)];
  CHECK(banned[us].nominal == Approx(1.0));
  CHECK(banned[us].leak == Approx(1.0));  // whoever has machines of its own runs them on
  CHECK(banned[us].effective == Approx(0.0).margin(1e-12));
  CHECK(banned[hk].nominal == 0.0);
}

TEST_CASE("indicators: effective compute is capability in compute, mean over vendors", "[unit][economy]") {
  Measured run;
  run.params.capability.compute_weight = 9.0;
  double sum = 0.0, count = 0.0;
  for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
    if (run.facts.vendors[v].home != Region::cn || run.economy.capability.latent[v] == 0.0) continue;
    sum += run.economy.capability.latent[v];
    count += 1.0;
  }
  CHECK(run.now().effective_compute[cn] == Approx(sum / count / 9.0));
}

TEST_CASE("indicators: willingness to pay is by the hazard of the US where one is", "[unit][economy]") {
  Measured run;
  CHECK(run.now().willingness_to_pay == std::array<double, region_count>{});
  run.economy.hazard[us][hk] = 0.2;
  run.economy.hazard[cn][row] = 0.2;
  const Indicators all = run.now();
  CHECK(all.willingness_to_pay[hk] == willingness_to_pay(run.params.enterprises.tastes, 0.2));
  CHECK(all.willingness_to_pay[hk] > 0.0);
  CHECK(all.willingness_to_pay[row] == 0.0);
}

TEST_CASE("indicators: the bridge index is made of access, desks, inflow and routed use", "[unit][economy]") {
  Measured run;
  auto& region = run.economy.usage.region;
  for (const std::size_t r : {us, cn, hk}) region[r].access = region[r].efficiency = 1.0;
  region[hk].access = 0.5;
  run.economy.usage.hong_kong_desks.efficiency = 0.5;
  run.economy.usage.hong_kong_desks.staff = 1.0;
  Talent& talent = run.economy.talent;
  for (auto& origin : talent.moved) {
    for (auto& from : origin) from.fill(0);
  }
  // Nobody has moved and nobody routes: access, desks and an inflow of 1 in each place are left.
  for (std::size_t& product : run.economy.enterprises.product) {
    product = product_of(run.setup.enterprises.products, Facts::npos, ProductKind::none);
  }
  CHECK(run.now().bridge_index == Approx(power(0.5 * 0.5 * 1.0, 1.0 / 3.0)));
  std::int64_t in_hong_kong = 0;
  for (const auto& origin : talent.stock_t0) in_hong_kong += origin[hk];
  talent.moved[0][hk][row] = in_hong_kong / 2;  // half of them leave, to neither side
  const double left = 1.0 - static_cast<double>(in_hong_kong / 2) / static_cast<double>(in_hong_kong);
  CHECK(run.now().bridge_index == Approx(power(0.5 * 0.5 * left, 1.0 / 3.0)));
  run.economy.usage.hong_kong_desks.staff = 0.0;  // without desks it is enterprises' efficiency
  CHECK(run.now().bridge_index == Approx(power(0.5 * 1.0 * left, 1.0 / 3.0)));
}

TEST_CASE("indicators: vendors in the regression live on models and have a price", "[unit][economy]") {
  Measured run;
  std::vector<std::string> counted;
  for (const Vendor& vendor : run.facts.vendors) {
    if (vendor.metered_share >= 0.1) counted.push_back(vendor.id);
  }
  CHECK(counted ==
        std::vector<std::string>{"anthropic", "openai", "zhipu", "moonshot", "deepseek", "minimax"});
  CHECK(run.now().premium.n == 6);
  run.facts.firms[run.facts.vendors[run.vendor("moonshot")].firm].mark_bn_usd = 0.0;
  CHECK(run.now().premium.n == 5);
  run.economy.spend_at_start[run.vendor("openai")] = 0.0;
  CHECK(run.now().premium.n == 4);
  run.facts.vendors[run.vendor("alphabet")].metered_share = 0.1;
  CHECK(run.now().premium.n == 5);
}

TEST_CASE("indicators: the regression sees values of today and what cannot be revoked", "[unit][economy]") {
  Measured run;
  for (Vendor& vendor : run.facts.vendors) vendor.metered_share = 1.0;
  for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
    run.economy.spend_at_start[v] *= 1.0 + 0.03 * static_cast<double>(v * v % 7);  // revenue has grown apart
  }
  const PremiumRegression calm = run.now().premium;
  CHECK_FALSE(calm.identified);  // nothing is feared, so that nobody's revenue is at risk
  for (auto& by_region : run.economy.hazard) by_region.fill(1.0);
  const PremiumRegression feared = run.now().premium;
  REQUIRE(feared.identified);
  run.firm_value.assign(run.facts.vendors.size(), 0.0);
  CHECK(run.now().premium.coefficient == feared.coefficient);
  run.economy.capability.latent[run.vendor("openai")] += 10.0;
  CHECK(moved(run.now().premium.coefficient, feared.coefficient));
  run.economy.capability.latent[run.vendor("openai")] -= 10.0;
  const std::vector<double> safe = non_revocable_share(
      run.params.premium, run.facts, run.setup.enterprises.products, run.economy.usage, run.economy.hazard);
  for (std::size_t v = 0; v < safe.size(); ++v) run.firm_value[v] = safe[v] > 0.5 ? 0.7 : 0.0;
  CHECK(run.now().premium.coefficient == Approx(feared.coefficient + 0.7));
}

TEST_CASE("indicators: all are finite on every day of a crisis, and shares are shares", "[unit][economy]") {
  Parameters params = small_economy();
  params.regulators.endogenous = 1.0;
  params.regulators.baseline = 0.0;
  params.regulators.escalation_rate = 5.0;
  Measured run(params, 120);
  run.fable_order(5, 40);
  for (std::size_t i = 0; i < 110; ++i) {
    run.day();
    const Indicators& all = run.economy.indicators;
    for (const double number : numbers(all)) REQUIRE(std::isfinite(number));
    for (const auto& object : all.denial) {
      for (const EffectiveDenial& one : object) {
        REQUIRE(one.nominal >= 0.0);
        REQUIRE(one.nominal <= 1.0);
        REQUIRE(one.effective <= one.nominal);
      }
    }
  }
}

TEST_CASE("indicators: they are those of the last day on which use was measured", "[unit][economy]") {
  Measured run;
  CHECK(told(run.economy.indicators) == told(run.now()));
  run.run(11);  // a Monday
  const std::string of_monday = told(run.economy.indicators);
  run.economy.hazard[us][hk] = 0.2;
  run.day();
  CHECK(told(run.economy.indicators) == of_monday);
  run.day();  // 1 July
  CHECK(told(run.economy.indicators) != of_monday);
}
