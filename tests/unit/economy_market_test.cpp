#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/whole_world.hpp"

using namespace chokepoint;

namespace {

Parameters quiet_and_small() {
  Parameters params = small_economy();
  params.population.investors = 200;
  params.noise.scale = 0.0;
  return params;
}

/// Market and economy side by side; `alone` takes the same steps without the market.
struct Both {
  ModelMarket market{market_with_vendors(), quiet_and_small(), 15};
  Economy alone;

  Both() {
    market.world.economy = make_economy(market.facts, market.params, *market.plan.setup, market.random);
    alone = market.world.economy;
  }
  std::size_t vendor(const std::string& id) const { return market.facts.vendor(id); }
  /// One day of both; returns the news of value by vendor that the market should have heard.
  std::vector<double> day() {
    const std::size_t day = market.next();
    const TradingDay& today = market.calendar.days()[day];
    market.day();
    return step_economy(
        {market.facts, market.params, *market.plan.setup, market.random, day, today.date, today.new_week},
        market.plan.economy, alone);
  }
};

constexpr std::size_t first_of_july = 12;

/// The same market with the chips of the shipped data, to the close of 1 July; `change` is made before it
/// opens.
template <class Change>
Economy july(const Change& change) {
  ModelMarket market(whole_facts(), quiet_and_small(), 15);
  market.world.economy = make_economy(market.facts, market.params, *market.plan.setup, market.random);
  market.run(first_of_july);
  change(market.world);
  market.day();
  return market.world.economy;
}

}  // namespace

TEST_CASE("economy and market: each trading day is a day of the economy", "[unit][economy]") {
  Both both;
  for (std::size_t i = 0; i < 14; ++i) both.day();
  CHECK(both.alone.weeks == 3);
  CHECK(differing(both.alone, both.market.world.economy) == Names{});
}

TEST_CASE("economy and market: what vendors report changes the value of shares and marks",
          "[unit][economy]") {
  Both both;
  both.market.plan.economy = {
      {5, OrderTakesHold{order_for(both.market.facts, {"fable-5"}, Nationality::us)}}};
  for (std::size_t i = 0; i < first_of_july; ++i) REQUIRE(both.day().empty());
  const World& world = both.market.world;
  CHECK(world.full_value[alpha] == 0.0);
  const std::vector<double> news = both.day();
  REQUIRE(news.size() == both.market.facts.vendors.size());
  const std::size_t zhipu = both.vendor("zhipu"), anthropic = both.vendor("anthropic");
  REQUIRE(news[zhipu] != 0.0);
  REQUIRE(news[anthropic] != 0.0);
  CHECK(world.full_value[alpha] == news[zhipu]);
  CHECK(world.value[alpha * class_count + class_of(InvestorType::fund, Region::us)] != 0.0);
  CHECK(world.full_value[beta] == 0.0);
  CHECK(world.mark_change[both.market.facts.firm("anthropic")] == news[anthropic]);
  CHECK(world.mark_change[both.market.facts.firm("zhipu")] == 0.0);
}

TEST_CASE("economy and market: news of a vendor's value is remembered, so that no report repeats it",
          "[unit][economy]") {
  Both both;
  both.market.add_value(1, alpha, 0.02);
  both.market.add_value(1, beta, 0.04);
  both.market.plan.marks.push_back({{2, Session::a, 0}, both.market.facts.firm("anthropic"), -0.03});
  both.market.run(3);
  std::vector<double> expected(both.market.facts.vendors.size(), 0.0);
  expected[both.vendor("zhipu")] = 0.02;
  expected[both.vendor("anthropic")] = -0.03;
  CHECK(both.market.world.economy.priced == expected);
  CHECK(both.market.world.mark_change[both.market.facts.firm("anthropic")] == -0.03);
}

TEST_CASE("economy and market: news of a firm with two lines is remembered once", "[unit][economy]") {
  Both both;
  both.market.facts.lines[beta].firm = both.market.facts.lines[alpha].firm;
  both.market.add_value(1, alpha, 0.02);
  both.market.add_value(1, beta, 0.02);
  both.market.run(2);
  CHECK(both.market.world.economy.priced[both.vendor("zhipu")] == 0.02);
}

TEST_CASE("economy and market: a vendor's value is what the market says of its firm", "[unit][economy]") {
  const auto unchanged = [](World&) {};
  const auto cheaper = [](World& world) { world.mark_change[world.facts->firm("anthropic")] -= 1.0; };
  const Economy before = july(unchanged), after = july(cheaper);
  for (std::size_t v = 0; v < before.value_history.back().size(); ++v) {
    const bool anthropic = shipped_facts().vendors[v].id == "anthropic";
    CHECK(after.value_history.back()[v] == Approx(before.value_history.back()[v] - (anthropic ? 1.0 : 0.0)));
  }
  CHECK(before.value_history.front() == std::vector<double>(before.value_history.front().size(), 0.0));
}

TEST_CASE("economy and market: what a firm raises buys its vendor chips", "[unit][economy]") {
  const Economy before = july([](World&) {}),
                after = july([](World&world) {
                  record_raise(world, world.facts->firm("deepseek"), make_date(2026, 6, 30), 1e12);
                });
  const Facts& facts = shipped_facts();
  const auto compute = [&](const Economy& economy, const char* vendor) {
    const std::size_t v = facts.vendor(vendor);
    return economy.compute.stock[v] + economy.compute.rented[v];
  };
  CHECK(compute(after, "deepseek") > 1.001 * compute(before, "deepseek"));
  CHECK(compute(after, "anthropic") == compute(before, "anthropic"));
}
