#include "sim/model/financing.hpp"

#include <catch2/catch.hpp>

#include "sim/model/accounting.hpp"
#include "sim/model/primary_market.hpp"
#include "sim/model/state_fields.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t first_of_july = 12;  // trading days after 12 June 2026: 15 June is 0

/// ALPHA (1 bn shares at 100 USD) and a private laboratory (mark 50 bn USD) sell models for 10 bn USD a year
/// each. There is no economy behind them.
struct TwoVendors : ModelMarket {
  static Facts with_private_firm() {
    Facts facts = model_facts();
    facts.firms.push_back({"lab", "Lab", Region::hk, "lab", true, false, 50.0});
    return facts;
  }
  static Parameters issuing() {
    Parameters params = quiet_parameters();
    params.financing.propensity = 0.1;
    return params;
  }
  explicit TwoVendors(const Parameters& p = issuing()) : ModelMarket(with_private_firm(), p, 30) {
    for (const std::size_t firm : {std::size_t{0}, facts.firms.size() - 1}) {
      Vendor vendor;
      vendor.id = facts.firms[firm].id;
      vendor.firm = firm;
      vendor.revenue_usd = 10e9;
      facts.vendors.push_back(vendor);
    }
    world.financing = initial_financing(facts);
  }
  void set_price(double usd) {
    world.log_price[alpha] = logarithm(usd / 100.0);
    world.price[alpha] = rounded_price(usd);
  }
  void raise_on(std::size_t day) {
    world.day = day;
    raise_money(world, params, plan);
  }
};

constexpr std::size_t listed = 0, private_lab = 1;

bool same_ledger(const World& a, const World& b) {
  return std::equal(a.holding.begin(), a.holding.end(), b.holding.begin()) &&
         std::equal(a.cash.begin(), a.cash.end(), b.cash.begin()) && a.outstanding == b.outstanding;
}

}  // namespace

TEST_CASE("financing: a quarter begins on the first trading day of January, April, July and October",
          "[unit][financing]") {
  CHECK(starts_quarter(make_date(2026, 6, 30), make_date(2026, 7, 1)));
  CHECK(starts_quarter(make_date(2026, 12, 31), make_date(2027, 1, 4)));
  CHECK(starts_quarter(make_date(2026, 7, 1), make_date(2027, 7, 1)));
  CHECK_FALSE(starts_quarter(make_date(2026, 7, 1), make_date(2026, 7, 2)));
  CHECK_FALSE(starts_quarter(make_date(2026, 7, 31), make_date(2026, 8, 3)));
}

TEST_CASE("financing: a listed firm that gained sells whole shares at the last price", "[unit][financing]") {
  TwoVendors market;
  World& world = market.world;
  market.set_price(110.0);
  open_books(world);
  const World before = world;
  // .1 x 1/4 x 110 bn x ln 1.1 = .025 x 110e9 x .0953101798 = 262,102,994 USD: 2,382,754 shares at 110.
  market.raise_on(first_of_july);
  CHECK(world.outstanding[alpha] - before.outstanding[alpha] == 2'382'754);
  CHECK(world.floating[alpha] - before.floating[alpha] == 2'382'754);
  CHECK(world.firm_cash[0] == static_cast<Wide>(2'382'754) * 110'000'000);
  CHECK(world.financing.raised_usd[listed] == Approx(262'102'940.0));
  CHECK(market.held(alpha) == 900'000'000 + 2'382'754);
  CHECK(world.financing.last_value[listed] == world.log_price[alpha]);
  // 1 + .5 x 262,102,940 / 10e9
  CHECK(world.financing.factor[listed] == Approx(1.013105147));
  CHECK(world.financing.factor[private_lab] == 1.0);
  CHECK_NOTHROW(audit(world, make_date(2026, 7, 1)));

  SECTION("once a quarter, and then only for what it gained since") {
    market.raise_on(first_of_july + 1);
    CHECK(world.outstanding[alpha] == before.outstanding[alpha] + 2'382'754);
    market.raise_on(first_of_july);
    CHECK(world.outstanding[alpha] == before.outstanding[alpha] + 2'382'754);
  }
}

TEST_CASE("financing: a firm that lost or kept its value sells nothing", "[unit][financing]") {
  TwoVendors market;
  market.set_price(GENERATE(100.0, 90.0));
  market.world.mark_change[4] = -0.1;
  const World before = market.world;
  market.raise_on(first_of_july);
  CHECK(same_ledger(market.world, before));
  CHECK(market.world.financing.factor == std::vector<double>{1.0, 1.0});
}

TEST_CASE("financing: a private round is at the mark and moves nobody's cash", "[unit][financing]") {
  TwoVendors market;
  World& world = market.world;
  world.mark_change[4] = 0.2;
  const World before = world;
  SECTION("all investors") {
    market.raise_on(first_of_july);
    // .025 x 50e9 x e^.2 x .2 = 250e6 x 1.221402758
    CHECK(world.financing.private_rounds_usd[private_lab] == Approx(305'350'689.5));
    CHECK(world.financing.raised_usd[private_lab] == world.financing.private_rounds_usd[private_lab]);
    CHECK(world.financing.factor[private_lab] == Approx(1.0 + 0.5 * 305'350'689.5 / 10e9));
  }
  SECTION("without the US investors, who would fund 12 % of it") {
    world.capital.no_primary[4][index(Region::us)] = true;
    market.raise_on(first_of_july);
    CHECK(world.financing.private_rounds_usd[private_lab] == Approx(0.88 * 305'350'689.5));
  }
  SECTION("with nobody: no round, and the gain stays to be funded") {
    world.capital.no_primary[4] = {true, true, true, true};
    market.raise_on(first_of_july);
    CHECK(world.financing.raised_usd[private_lab] == Approx(0.0).margin(1e-3));
  }
  CHECK(same_ledger(world, before));
}

TEST_CASE("financing: without propensity the world is the same, bit for bit", "[unit][financing]") {
  Parameters params = quiet_parameters();
  params.noise.scale = 1.0;
  params.financing.propensity = 0.0;
  TwoVendors off(params);
  ModelMarket plain(TwoVendors::with_private_firm(), params, 30);  // no vendors
  params.financing.propensity = 0.1;
  TwoVendors on(params);
  for (ModelMarket* market : {static_cast<ModelMarket*>(&off), &plain, static_cast<ModelMarket*>(&on)}) {
    market->add_value(0, alpha, 0.2);
    market->run(20);  // audited every day
  }
  CHECK(same_ledger(off.world, plain.world));
  CHECK(off.world.log_price == plain.world.log_price);
  World without_vendors = off.world;
  without_vendors.financing = plain.world.financing;
  CHECK(fingerprint(without_vendors) == fingerprint(plain.world));
  CHECK(off.world.financing.factor == std::vector<double>{1.0, 1.0});
  CHECK(on.world.outstanding[alpha] > 1'000'000'000);
  CHECK(on.world.log_price[alpha] < off.world.log_price[alpha]);
  CHECK(fingerprint(on.world) != fingerprint(off.world));
}

TEST_CASE("financing: an issue takes no more than its share of the buyers' cash", "[unit][financing]") {
  Parameters params = quiet_parameters();
  params.financing.propensity = 1.0;
  params.financing.cash_share = 0.05;
  params.financing.float_share = 1.0;
  TwoVendors market(params);
  World& world = market.world;
  market.set_price(100'000.0);
  double cash = 0.0;
  for (const InvestorType type : {InvestorType::fund, InvestorType::arbitrageur}) {
    for (std::size_t d = 0; d < region_count; ++d) {
      const ClassBlock& block = world.population.accounts.blocks[class_of(type, static_cast<Region>(d))];
      for (std::size_t i = block.begin; i < block.begin + block.count; ++i) cash += world.cash_view[i];
    }
  }
  const LaneVector<MicroUsd> before = world.cash;
  market.raise_on(first_of_july);
  CHECK(world.financing.raised_usd[listed] <= 0.05 * cash);
  CHECK(world.financing.raised_usd[listed] > 0.049 * cash);
  for (std::size_t i = 0; i < world.accounts(); ++i) CHECK(world.cash[i] >= before[i] / 2);
}

TEST_CASE("financing: an issue is no more than its share of the float", "[unit][financing]") {
  Parameters params = quiet_parameters();
  params.financing.propensity = 0.1;
  params.financing.float_share = GENERATE(0.001, 0.0);
  TwoVendors market(params);
  market.set_price(110.0);
  market.raise_on(first_of_july);
  // .001 x 900 m shares, fewer than the 2.38 m that the firm would sell
  CHECK(market.world.outstanding[alpha] ==
        1'000'000'000 + (params.financing.float_share > 0.0 ? 900'000 : 0));
}

TEST_CASE("financing: where nobody may subscribe nothing is issued", "[unit][financing]") {
  TwoVendors market;
  market.set_price(110.0);
  market.world.capital.no_primary[0] = {true, true, true, true};
  const World before = market.world;
  market.raise_on(first_of_july);
  CHECK(same_ledger(market.world, before));
  CHECK(market.world.financing.last_value[listed] == 0.0);
}

TEST_CASE("financing: the factor grows with what was raised, is capped, and needs no revenue",
          "[unit][financing]") {
  Facts facts;
  facts.vendors.resize(3);
  facts.vendors[0].revenue_usd = 2e9;
  facts.vendors[1].revenue_usd = 1e9;
  Financing financing = initial_financing(facts);
  FinancingParams params;
  CHECK(financing_factors(params, facts, financing) == std::vector<double>{1.0, 1.0, 1.0});
  financing.last_year_usd = {1e9, 9e9, 1e7};
  const std::vector<double> factors = financing_factors(params, facts, financing);
  CHECK(factors[0] == Approx(1.25));  // 1 + .5 x 1 / 2
  CHECK(factors[1] == 3.0);           // 1 + .5 x 9 / 1 = 5.5
  CHECK(factors[2] == Approx(1.05));  // 1 + .5 x 1e7 / 1e8
  params.compute_share = 0.0;
  CHECK(financing_factors(params, facts, financing) == std::vector<double>{1.0, 1.0, 1.0});
}

TEST_CASE("financing: money counts for 365 days", "[unit][financing]") {
  TwoVendors market;
  Financing& financing = market.world.financing;
  const Date today = market.date_of(5);
  record_raise(market.world, 0, today + -365, 1e9);
  record_raise(market.world, 0, today + -364, 2e9);
  record_raise(market.world, 1, today, 5e9);  // no vendor's firm
  market.raise_on(5);
  CHECK(financing.last_year_usd == std::vector<double>{2e9, 0.0});
  CHECK(financing.raised_usd == std::vector<double>{3e9, 0.0});
  CHECK(financing.factor[listed] == Approx(1.1));
}

TEST_CASE("financing: issues of the scenario count, too", "[unit][financing]") {
  TwoVendors market;
  market.plan.offers.push_back({0, alpha, 1'000'000, 90.0, false});
  market.day();
  CHECK(market.world.financing.raised_usd[listed] == Approx(90e6));
  CHECK(market.world.financing.factor[listed] == Approx(1.0045));
}

TEST_CASE("financing: a firm that lists after T0 is measured against its mark", "[unit][financing]") {
  TwoVendors market;
  World& world = market.world;
  market.facts.lines[alpha].unlisted = true;
  market.facts.firms[0].mark_bn_usd = 80.0;
  market.set_price(110.0);
  CHECK(vendor_values(world)[listed] == Approx(logarithm(110.0 / 80.0)));
  world.listed[alpha] = 0;
  world.mark_change[0] = 0.3;
  CHECK(vendor_values(world)[listed] == 0.3);
}
