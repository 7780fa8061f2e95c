// Each kind of news changes what it says, and no other part of the economy.
#include "sim/model/economy_enact.hpp"

#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = us_regulator, cn = cn_regulator;

/// An economy before and after one piece of news, which is enacted and nothing more.
struct Change : EconomyRun {
  Economy before = economy;

  Names of(decltype(EconomyNews::what) what) {
    before = economy;
    enact(today(), {{next, std::move(what)}}, economy);
    CHECK(economy.regulators.level == before.regulators.level);
    return differing(before, economy);
  }
  /// Actions of the month of a government, beyond those before the news.
  double actions(std::size_t government) const {
    return economy.regulators.recent[government][0] - before.regulators.recent[government][0];
  }
};

ChipRuleTakesHold chip_news(const std::string& measure, double bite) {
  ChipRuleTakesHold news;
  news.rule.measure = measure;
  news.rule.target[index(Region::cn)] = true;
  news.rule.tpp_above = 1000;
  news.bite = bite;
  return news;
}

bool holds(const Law& law, const std::string& measure) {
  return std::any_of(law.chips.rules.begin(), law.chips.rules.end(),
                     [&](const ChipRule& rule) { return rule.measure == measure; });
}

ExitControl exit_control(Region place, double barred) {
  ExitControl rule;
  rule.measure = "exit";
  rule.place = place;
  rule.barred = barred;
  return rule;
}

}  // namespace

TEST_CASE("enact: news of another day changes nothing", "[unit][economy]") {
  EconomyRun run;
  const Economy before = run.economy;
  enact(run.today(), {{run.next + 1, chip_news("new", 0.5)}}, run.economy);
  CHECK(differing(before, run.economy) == Names{});
}

TEST_CASE("enact: an order of the US is an action of it, one of China none", "[unit][economy]") {
  Change change;
  PersonOrder order = order_for(change.facts, {"fable-5"}, Nationality::us);
  CHECK(change.of(OrderTakesHold{order}) == Names{"orders", "regulators"});
  CHECK(change.actions(us) == 1.0);
  CHECK(change.actions(cn) == 0.0);
  order = order_for(change.facts, {"glm-5.1"}, Nationality::cn, Region::cn);
  order.measure = "another";
  CHECK(change.of(OrderTakesHold{order}) == Names{"orders"});
  CHECK(change.economy.orders.size() == 2);
}

TEST_CASE("enact: the end of a measure ends its order and its law, and no others", "[unit][economy]") {
  Change change;
  change.of(OrderTakesHold{order_for(change.facts, {"fable-5"}, Nationality::us)});
  change.of(chip_news("order", 0.5));
  change.of(LevelInForce{"another", LevelKind::procurement_state_funded, 0.3});
  CHECK(change.of(OrderEnds{"order"}) == Names{"orders", "chips"});
  CHECK_FALSE(holds(change.economy.law, "order"));
  CHECK(change.economy.law.chips.procurement_ban == 0.3);
  CHECK(change.of(OrderEnds{"order"}) == Names{});
}

TEST_CASE("enact: a model that comes out, a vendor that is taken off", "[unit][economy]") {
  Change change;
  CHECK(change.of(ModelComesOut{change.model("glm-5.2")}) == Names{"capability"});
  CHECK_FALSE(change.economy.offers_changed);
  CHECK(change.of(VendorRemoved{"jpmorgan", change.vendor("anthropic"), Region::hk}) == Names{"lists"});
  CHECK(change.economy.offers_changed);
}

TEST_CASE("enact: a chip rule that tightens teaches hazard and is an action of the US", "[unit][economy]") {
  Change change;
  CHECK(change.of(chip_news("new", 0.4)) == Names{"chips", "compute", "regulators"});
  CHECK(change.economy.compute.chip_hazard == Approx(0.5 * 0.4));
  CHECK(change.actions(us) == 1.0);
  CHECK(change.of(chip_news("looser", 0.0)) == Names{"chips"});
  CHECK(change.economy.compute.chip_hazard == Approx(0.5 * 0.4));
}

TEST_CASE("enact: a chip rule ends the measures that it replaces; a repeal puts nothing there",
          "[unit][economy]") {
  Change change;
  REQUIRE(holds(change.economy.law, "BIS-2026-0531"));
  REQUIRE(holds(change.economy.law, "BIS-2026-0113"));
  ChipRuleTakesHold news = chip_news("new", 0.0);
  news.replaces = {"BIS-2026-0531"};
  CHECK(change.of(news) == Names{"chips"});
  CHECK_FALSE(holds(change.economy.law, "BIS-2026-0531"));
  CHECK(holds(change.economy.law, "BIS-2026-0113"));
  CHECK(holds(change.economy.law, "new"));
  news.replaces = {"BIS-2026-0113"};
  news.repeals = true;
  CHECK(change.of(news) == Names{"chips"});
  CHECK_FALSE(holds(change.economy.law, "BIS-2026-0113"));
  CHECK_FALSE(holds(change.economy.law, "new"));
}

TEST_CASE("enact: levels, of which only a tighter counter-control is an action of China", "[unit][economy]") {
  Change change;
  CHECK(change.of(LevelInForce{"a", LevelKind::procurement_state_funded, 0.3}) == Names{"chips"});
  CHECK(change.economy.law.chips.procurement_ban == 0.3);
  CHECK(change.of(LevelInForce{"a", LevelKind::rental, 1.0}) == Names{"chips"});
  CHECK(change.economy.law.chips.rental_barred);
  CHECK(change.of(LevelInForce{"a", LevelKind::counter_control, 0.5}) == Names{"chips", "regulators"});
  CHECK(change.actions(cn) == 1.0);
  CHECK(change.actions(us) == 0.0);
  CHECK(change.of(LevelInForce{"a", LevelKind::counter_control, 0.2}) == Names{"chips"});
}

TEST_CASE("enact: controls of exit, of which only a tighter one of China is an action", "[unit][economy]") {
  Change change;
  CHECK(change.of(exit_control(Region::row, 0.5)) == Names{"rules of talent"});
  CHECK(change.of(exit_control(Region::cn, 0.5)) == Names{"rules of talent", "regulators"});
  CHECK(change.actions(cn) == 1.0);
  CHECK(change.of(exit_control(Region::cn, 0.2)) == Names{"rules of talent"});
}

TEST_CASE("enact: rules of entry and schemes, policing, the bridge", "[unit][economy]") {
  Change change;
  CHECK(change.of(EntryRule{"a", Region::us, {}, 0.5, 1e5}) == Names{"rules of talent"});
  CHECK(change.of(TalentScheme{"a", Region::hk, 0.5, 0.1}) == Names{"rules of talent"});
  CHECK(change.of(PolicingChanges{"a", change.vendor("anthropic"), Region::us, 0.5}) == Names{"policing"});
  BridgeMeasure measure;
  measure.level = 1.0;
  CHECK(change.of(measure) == Names{"bridge"});
  CHECK(change.economy.bridge.measures.size() == 1);
  CHECK_FALSE(change.economy.offers_changed);
}

TEST_CASE("enact: law on open weights, an action of the US where it is of the US", "[unit][economy]") {
  Change change;
  OpenWeightsChanges news;
  news.measure = "a";
  news.government = Region::cn;
  news.bars_publication = true;
  CHECK(change.of(news) == Names{"open weights"});
  CHECK(change.economy.law.open_weights.publication_barred[index(Region::cn)]);
  news.government = Region::us;
  CHECK(change.of(news) == Names{"open weights", "regulators"});
  CHECK(change.actions(us) == 1.0);
}

TEST_CASE("enact: a dated control is no level of a regulator, and counts whatever the level",
          "[unit][economy]") {
  Change change;
  change.economy.regulators.level.fill(0.75);
  CHECK(change.of(chip_news("new", 0.4)) == Names{"chips", "compute", "regulators"});
  CHECK(change.actions(us) == 1.0);
  CHECK(change.of(LevelInForce{"a", LevelKind::counter_control, 0.5}) == Names{"chips", "regulators"});
  CHECK(change.actions(cn) == 1.0);
}
