#include "sim/model/plan_days.hpp"

#include <catch2/catch.hpp>

#include "tests/support/whole_experiment.hpp"

using namespace chokepoint;

namespace {

/// Day on which the plans of two lists of events part.
std::size_t part(const WholeExperiment& whole, const std::vector<Event>& a, const std::vector<Event>& b) {
  const auto days = [&](const std::vector<Event>& events) {
    return days_of(plan_again(whole.first, whole.facts, whole.params, events));
  };
  return first_difference(days(a), days(b));
}

}  // namespace

TEST_CASE("plan days: plans part on the first day that brings something else", "[unit][plan]") {
  const WholeExperiment whole;
  const std::vector<Event> all = whole_events();
  CHECK(part(whole, {}, {}) == no_day);
  CHECK(part(whole, all, all) == no_day);
  const std::vector<std::size_t> expected{1, 2, 4, 5, 7};  // trading days; 15 June 2026 is 0
  for (std::size_t e = 0; e < expected.size(); ++e) {
    CAPTURE(all[e].said.id);
    CHECK(part(whole, {}, {all[e]}) == expected[e]);
    CHECK(part(whole, {all[e]}, {}) == expected[e]);
  }
  CHECK(part(whole, {all[0], all[3]}, {all[0], all[4]}) == 5);
  CHECK(part(whole, {all[0]}, {all[0], all[5]}) == 10);
}

TEST_CASE("plan days: what counts is the content, not what an event is called", "[unit][plan]") {
  const WholeExperiment whole;
  const Event ban = whole_events()[3];
  Event other = ban;
  other.said.source = "another page";
  CHECK(part(whole, {ban}, {other}) == no_day);
  std::get<OwnershipBan>(other.instrument).domiciles = {"HK"};
  CHECK(part(whole, {ban}, {other}) == 5);
  other = ban;
  std::get<OwnershipBan>(other.instrument).deadline = make_date(2026, 7, 27);
  CHECK(part(whole, {ban}, {other}) == 5);
  other.said.announced = to_instant(make_date(2027, 6, 1), 0, 0);
  CHECK(part(whole, {}, {other}) == no_day);  // after the end
}

TEST_CASE("plan days: each kind of news counts", "[unit][plan]") {
  const WholeExperiment whole;
  const std::vector<std::uint64_t> before = days_of(whole.first);
  Plan plan = whole.first;
  const Arrival when{2, Session::b, 0};
  SECTION("value") { plan.values.push_back({when, beta, 0.1}); }
  SECTION("marks") { plan.marks.push_back({when, 1, 0.1}); }
  SECTION("attention") { plan.notices.push_back({when, beta, "e", 1, 1, true}); }
  SECTION("bans") { plan.bans.push_back({when, {beta, {true, false, false, false}, 9}}); }
  SECTION("law") { plan.economy.push_back({2, LevelInForce{"m", LevelKind::rental, 1.0}}); }
  SECTION("releases") { plan.economy.push_back({2, ModelComesOut{3}}); }
  SECTION("rules on chips") { plan.economy.push_back({2, ChipRuleTakesHold{}}); }
  SECTION("lists") { plan.economy.push_back({2, VendorRemoved{"bank", 1, Region::hk, true}}); }
  SECTION("capital") { plan.capital.push_back({2, FundMandate{Region::cn, Region::hk, 1, 0}}); }
  SECTION("offers") { plan.offers.push_back({2, beta, 1000, 9.0, false}); }
  SECTION("unlocks") { plan.unlocks.push_back({2, 0}); }
  SECTION("reviews") { plan.reviews.push_back({2, 1}); }
  CHECK(first_difference(before, days_of(plan)) == 2);
}
