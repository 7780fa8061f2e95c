#include "sim/model/economy.hpp"

#include <algorithm>

#include "sim/base/error.hpp"
#include "sim/base/math.hpp"
#include "sim/model/state_fields.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t first = 5;  // Monday 22 June 2026
constexpr std::size_t end = 30;   // Monday 27 July
constexpr std::size_t days = 45;
constexpr std::size_t us = index(Region::us);

Parameters verifiable() {
  Parameters params = small_economy();
  params.vendors.verification[0].accuracy = 0.999;  // anthropic
  return params;
}

/// Spells on Fable 5 of a user in a US enterprise at home.
std::vector<AccessSpell> fable_spells(const EconomyRun& run, Nationality nationality) {
  std::vector<AccessSpell> found;
  for (const AccessSpell& spell : run.economy.spells.all()) {
    const bool same_user = index(spell.user) == index(UserCell{Region::us, nationality, Region::us});
    if (spell.model == run.model("fable-5") && same_user) found.push_back(spell);
  }
  return found;
}

/// Net of arrivals and departures of a cell since T0.
std::int64_t net_moves(const Talent& talent, std::size_t n, std::size_t l) {
  std::int64_t net = 0;
  for (std::size_t other = 0; other < region_count; ++other) {
    net += talent.moved[n][other][l] - talent.moved[n][l][other];
  }
  return net;
}

double largest(const DenialHazard& hazard, std::size_t government) {
  return *std::max_element(hazard[government].begin(), hazard[government].end());
}

}  // namespace

TEST_CASE("economy: without news nobody is cut off, nobody is afraid, access stays", "[unit][economy]") {
  EconomyRun run;
  const Economy start = run.economy;
  for (std::size_t i = 0; i < days; ++i) {
    run.day();
    REQUIRE(run.economy.orders.empty());
    REQUIRE(run.economy.hazard == DenialHazard{});
    REQUIRE(run.economy.access == start.access);
  }
  CHECK(run.economy.spells.all().size() == start.spells.all().size());
  CHECK(run.economy.premium == std::vector<double>(run.facts.vendors.size(), 0.0));
  CHECK(run.economy.weeks == 9);                                        // Mondays 15 June to 10 August
  CHECK(run.economy.months == 2);                                       // 1 July and 1 August
  CHECK(run.economy.capability.measured != start.capability.measured);  // a successor came out
}

TEST_CASE("economy: two runs are the same bits, other draws are not", "[unit][economy]") {
  EconomyRun one, same, other;
  other.random = RandomStream(2, 0);
  other.economy = make_economy(other.facts, other.params, other.setup, other.random);
  for (EconomyRun* run : {&one, &same, &other}) run->fable_order(first, end);
  CHECK(differing(one, same, days) == Names{});
  CHECK(fingerprint(one.economy) == fingerprint(same.economy));
  other.run(days);
  CHECK(fingerprint(one.economy) != fingerprint(other.economy));
}

TEST_CASE("economy: who is permitted loses the model with the order and regains it on the day it ends",
          "[unit][economy]") {
  EconomyRun run;
  run.fable_order(first, end);
  for (std::size_t day = 0; day < days; ++day) {
    CAPTURE(day);
    run.day();
    const double served = day >= first && day < end ? 0.0 : 1.0;
    REQUIRE(run.fable_served(Nationality::us) == served);
    REQUIRE(run.fable_served(Nationality::in) == served);
  }
}

TEST_CASE("economy: a vendor that can verify goes on serving the permitted, and them alone",
          "[unit][economy]") {
  EconomyRun run(verifiable());
  run.fable_order(first, end);
  for (std::size_t day = 0; day < days; ++day) {
    CAPTURE(day);
    run.day();
    REQUIRE(run.fable_served(Nationality::us) == 1.0);
    REQUIRE(run.fable_served(Nationality::in) == (day >= first && day < end ? 0.0 : 1.0));
  }
}

TEST_CASE("economy: spells say who could not use the model, why, from when to when", "[unit][economy]") {
  EconomyRun run;
  run.fable_order(first, end);
  run.run(days);
  const auto permitted = fable_spells(run, Nationality::us);
  const auto barred = fable_spells(run, Nationality::in);
  REQUIRE(permitted.size() == 1);
  REQUIRE(barred.size() == 1);
  CHECK(permitted[0].reason == Denial::vendor_stopped);
  CHECK(barred[0].reason == Denial::order);
  for (const AccessSpell& spell : {permitted[0], barred[0]}) {
    CHECK(spell.first_day == 5);
    CHECK(spell.last_day == 29);
  }
}

TEST_CASE("economy: fear is learnt on an order's first day, of its government, and fades by the calendar",
          "[unit][economy]") {
  EconomyRun run;
  run.order(first, order_for(run.facts, {"glm-5.1"}, Nationality::cn, Region::cn));
  run.run(first);
  CHECK(run.economy.hazard == DenialHazard{});
  run.day();
  const DenialHazard learnt = run.economy.hazard;
  for (std::size_t g = 0; g < region_count; ++g) {
    CHECK((largest(learnt, g) > 0.0) == (g == index(Region::cn)));
  }
  // jump .3: what staff in the US lost itself, and half of what the region that lost most did.
  const std::size_t glm = run.model("glm-5.1");
  std::array<double, region_count> lost{};
  for (std::size_t r = 0; r < region_count; ++r) {
    lost[r] = 1.0 - staff_served(run.facts, run.economy.access, glm, static_cast<Region>(r));
  }
  CHECK(lost[index(Region::row)] > 0.5);
  const double elsewhere =
      std::max({lost[index(Region::cn)], lost[index(Region::hk)], lost[index(Region::row)]});
  CHECK(learnt[index(Region::cn)][us] == Approx(0.3 * (lost[us] + 0.5 * elsewhere)));
  run.run(5);  // from Monday to Monday
  for (std::size_t r = 0; r < region_count; ++r) {
    CHECK(run.economy.hazard[index(Region::cn)][r] ==
          Approx(learnt[index(Region::cn)][r] * exponential(-7.0 / 180.0)));
  }
}

TEST_CASE("economy: enterprises choose with this week's fear, and by what it still is", "[unit][economy]") {
  Parameters params = small_economy();
  params.token_prices.adjustment = 0.0;  // nothing but fear changes from week to week
  EconomyRun run(params);
  run.fable_order(first, first + 1);
  run.run(first + 2);
  const std::size_t kind = index(EnterpriseKind{Region::us, Region::us, Reading::strict});
  const std::size_t product =
      product_of(run.setup.enterprises.products, run.vendor("anthropic"), ProductKind::closed);
  const auto utility = [&] {
    return run.economy.demand.choice.utility[kind * run.economy.demand.choice.products + product];
  };
  const double utility_then = utility();
  const double hazard_then = run.economy.hazard[us][us];
  REQUIRE(hazard_then > 0.0);
  run.run(4);  // to the next Monday, before a successor of July
  CHECK(run.economy.hazard[us][us] < hazard_then);
  CHECK(utility() - utility_then == Approx(hazard_then - run.economy.hazard[us][us]));  // aversion is 1
}

TEST_CASE("economy: the end of a measure that is no order changes nothing", "[unit][economy]") {
  EconomyRun run, plain;
  for (EconomyRun* one : {&run, &plain}) one->fable_order(first, end);
  run.on(first + 3, OrderEnds{"a release"});
  CHECK(differing(run, plain, days) == Names{});
}

TEST_CASE("economy: an order that continues a measure replaces the one before", "[unit][economy]") {
  EconomyRun run(verifiable());
  run.fable_order(first, end);
  PersonOrder wider = order_for(run.facts, {"fable-5"}, Nationality::us);
  wider.permitted[index(Nationality::in)] = true;
  run.order(first + 5, wider);
  run.run(first + 5);
  CHECK(run.fable_served(Nationality::in) == 0.0);
  CHECK(run.fable_served(Nationality::cn) == 0.0);
  run.day();
  CHECK(run.economy.orders.size() == 1);
  CHECK(run.fable_served(Nationality::in) == 1.0);
  CHECK(run.fable_served(Nationality::cn) == 0.0);
  run.run(end - run.next + 1);
  CHECK(run.economy.orders.empty());
  CHECK(run.fable_served(Nationality::cn) == 1.0);
}

TEST_CASE("economy: a model can be used from the day it comes out", "[unit][economy]") {
  EconomyRun run;
  const std::size_t glm = run.model("glm-5.2");
  const UserCell chinese{Region::cn, Nationality::cn, Region::cn};
  const double before = best_open(run.facts, run.economy.capability);
  run.on(first, ModelComesOut{glm});
  run.run(first);
  CHECK(run.economy.access(glm, chinese) == Denial::unreleased);
  run.day();
  CHECK(run.economy.access(glm, chinese) == Denial::none);
  CHECK(best_open(run.facts, run.economy.capability) > before);
  CHECK(run.economy.capability.latent[run.vendor("zhipu")] >= run.facts.models[glm].capability);
}

TEST_CASE("economy: enterprises meet an order on its first day, whatever the weekday", "[unit][economy]") {
  EconomyRun run;
  const std::size_t tuesday = first + 1;
  run.fable_order(tuesday, tuesday + 2);
  const std::size_t kind = index(EnterpriseKind{Region::us, Region::us, Reading::strict});
  const std::size_t product =
      product_of(run.setup.enterprises.products, run.vendor("anthropic"), ProductKind::closed);
  const auto capability = [&] {
    return run.economy.demand.offers.capability[run.economy.demand.offers.at(kind, product)];
  };
  run.run(tuesday);
  const double with_fable = capability();
  CHECK(with_fable == Approx(run.facts.model("fable-5")->capability));
  run.day();
  CHECK(capability() == Approx(run.facts.model("claude-opus-4.8")->capability));
  run.run(2);
  CHECK(capability() == Approx(with_fable));
}

TEST_CASE("economy: enterprises choose once a week", "[unit][economy]") {
  EconomyRun run;
  for (std::size_t day = 0; day < 12; ++day) {  // to the eve of July
    CAPTURE(day);
    const std::vector<double> before = run.economy.enterprises.next_review;
    run.day();
    REQUIRE((run.economy.enterprises.next_review != before) == (day % 5 == 0));
  }
}

TEST_CASE("economy: revenue follows spending, but not while a model of the vendor is stopped",
          "[unit][economy]") {
  EconomyRun run;
  run.fable_order(first, end);
  const std::size_t v = run.vendor("anthropic");
  double at_t0 = 0.0;
  for (const double usd : run.economy.service_revenue[v]) at_t0 += usd;
  CHECK(at_t0 == Approx(run.facts.vendors[v].revenue_usd));
  run.run(first);
  const RegionAmounts in_service = run.economy.service_revenue[v];
  const RegionAmounts other = run.economy.service_revenue[run.vendor("openai")];
  run.run(end - first);
  CHECK(run.economy.service_revenue[v] == in_service);
  CHECK(run.economy.service_revenue[run.vendor("openai")] != other);
  run.day();
  CHECK(run.economy.service_revenue[v] != in_service);
  double now = 0.0;
  for (const double usd : run.economy.service_revenue[v]) now += usd;
  CHECK(now == Approx(run.facts.vendors[v].revenue_usd * revenue_ratio(run.economy, v)));
}

TEST_CASE("economy: no researcher is lost or made, on any day", "[unit][economy]") {
  EconomyRun run;
  run.fable_order(first, end);
  for (std::size_t i = 0; i < days; ++i) {
    run.day();
    const Talent& talent = run.economy.talent;
    for (std::size_t n = 0; n < nationality_count; ++n) {
      for (std::size_t l = 0; l < region_count; ++l) {
        REQUIRE(talent.stock[n][l] ==
                talent.stock_t0[n][l] + talent.entered[n][l] - talent.left[n][l] + net_moves(talent, n, l));
      }
    }
  }
  std::int64_t entered = 0, moved = 0;
  for (std::size_t n = 0; n < nationality_count; ++n) {
    for (std::size_t l = 0; l < region_count; ++l) entered += run.economy.talent.entered[n][l];
    for (const auto& from : run.economy.talent.moved[n]) {
      for (const std::int64_t persons : from) moved += persons;
    }
  }
  CHECK(entered > 0);
  CHECK(moved > 0);
}

TEST_CASE("economy: a researcher too many ends the run in the next week", "[unit][economy]") {
  EconomyRun run;
  run.run(first);
  ++run.economy.talent.stock[0][0];
  CHECK_THROWS_AS(run.day(), Error);
}

TEST_CASE("economy: a world without vendors has none", "[unit][economy]") {
  EconomyRun run;
  run.facts.vendors.clear();
  run.setup = make_economy_setup(run.facts, run.params);
  run.economy = make_economy(run.facts, run.params, run.setup, run.random);
  run.fable_order(first, end);
  CHECK_FALSE(run.economy.active);
  CHECK(run.day().empty());
  CHECK(run.economy.talent.size() == 0);
}
