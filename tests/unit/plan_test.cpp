#include "sim/model/plan.hpp"

#include <catch2/catch.hpp>

#include "sim/study/replicate.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

Event event(const std::string& id, Date day, Instrument what) {
  Event made;
  made.said.id = id;
  made.said.actor = "firm:thin";
  made.said.announced = to_instant(day, 0, 0);
  made.said.attention = AttentionClass::general_front_pages;
  made.instrument = std::move(what);
  return made;
}

/// A laboratory whose products are barred, and a listed firm to whom its customers turn.
Facts with_exposures() {
  Facts facts = model_facts();
  facts.firms.push_back({"us-lab", "Lab", Region::us, "lab", true, false, 300.0});
  facts.models = {{"fable", "us-lab", make_date(2026, 6, 9), false, false}};
  facts.exposures = {{"us-lab", Channel::target, "fable", 0.5}, {"thin", Channel::vacated, "us-lab", 0.4}};
  return facts;
}

Event first_event() { return event("order", make_date(2026, 6, 14), ModelAccessOrder{{"fable"}}); }

struct Arm {
  std::vector<std::uint64_t> prints;
  std::vector<std::vector<Shares>> holdings;
};

/// One arm of a scenario whose arms have `all` events between them; noise on.
Arm run(const std::vector<Event>& all, const std::vector<Event>& own) {
  Parameters params = quiet_parameters(300);
  params.noise.scale = 1.0;
  ModelMarket market(with_exposures(), params, 14, all);
  market.plan = make_plan(market.facts, market.params, market.calendar, own);
  Arm arm;
  arm.prints = run_arm(market.world, {"arm", market.params, market.plan}, market.random, {},
                       [&](World& world, std::size_t) {
                         arm.holdings.emplace_back(world.holding.begin(), world.holding.end());
                       })
                   .fingerprints;
  return arm;
}

Event later_event(int kind) {
  const Date day = make_date(2026, 6, 24);  // a Wednesday, the eighth trading day
  switch (kind) {
    case 0:
      return event("later", day, OwnershipBan{{"beta"}, {"US"}, make_date(2026, 7, 24)});
    case 1:
      return event("later", day, Issue{"BETA", 1'000'000, 9.5, day});
    case 2:
      return event("later", day, PlacementConsidered{});
    default:
      return event("later", day, Reversal{"order"});
  }
}

}  // namespace

TEST_CASE("arms: two that differ by a later event only are the same bits before it, and differ after",
          "[unit][plan]") {
  const int kind = GENERATE(0, 1, 2, 3);
  CAPTURE(kind);
  const std::vector<Event> both{first_event(), later_event(kind)};
  const Arm with = run(both, both);
  const Arm without = run(both, {first_event()});
  REQUIRE(with.prints.size() == 14);
  for (std::size_t day = 0; day < 7; ++day) {
    CAPTURE(day);
    CHECK(with.prints[day] == without.prints[day]);
    CHECK(with.holdings[day] == without.holdings[day]);
  }
  for (std::size_t day = 7; day < 14; ++day) {
    CAPTURE(day);
    CHECK(with.prints[day] != without.prints[day]);
  }
}

TEST_CASE("arms: without events in either, the same plan gives the same bits", "[unit][plan]") {
  const std::vector<Event> all{first_event(), later_event(0)};
  CHECK(run(all, {}).prints == run(all, {}).prints);
}

TEST_CASE("plan: news reaches a line at its first session after the announcement", "[unit][plan]") {
  const std::vector<Event> events{first_event()};
  const ModelMarket market(with_exposures(), quiet_parameters(), 5, events);
  REQUIRE(market.plan.values.size() == 1);
  const ValueNews& news = market.plan.values[0];
  CHECK(news.when == Arrival{0, Session::a, 0});
  CHECK(news.line == thin);
  // beta_B .18 x X .4 x u 1 x (3.095 % / 2.4 %)^.5
  CHECK(news.change == Approx(0.18 * 0.4 * std::sqrt(0.03095 / 0.024)));
  REQUIRE(market.plan.notices.size() == 1);
  CHECK(market.plan.notices[0].weight == 1.0);  // the actor's own line
  CHECK_FALSE(market.plan.notices[0].leaving);
  REQUIRE(market.plan.marks.size() == 1);
  CHECK(market.plan.marks[0].change == Approx(-0.12 * 0.5));
  CHECK(market.plan.traces[0].first_day == 0);
}

TEST_CASE("plan: the sum of a day's news on a line stops at one log point", "[unit][plan]") {
  Parameters params = quiet_parameters();
  params.beliefs.beta.fill(2.0);
  Facts facts = with_exposures();
  facts.exposures[1].share = 1.0;
  std::vector<Event> events{first_event()};
  events.push_back(event("again", make_date(2026, 6, 14), ModelAccessOrder{{"fable"}}));
  const ModelMarket market(facts, params, 5, events);
  double sum = 0.0;
  for (const ValueNews& news : market.plan.values) sum += news.change;
  CHECK(market.plan.values.size() == 2);
  CHECK(sum == Approx(1.0));
}

TEST_CASE("plan: bad news makes those who notice leave", "[unit][plan]") {
  Facts facts = with_exposures();
  facts.exposures[1] = {"thin", Channel::restricted_input, "us-lab", 0.4};
  const ModelMarket market(facts, quiet_parameters(), 5, {first_event()});
  REQUIRE(market.plan.notices.size() == 1);
  CHECK(market.plan.notices[0].leaving);
}

TEST_CASE("plan: faint news moves fewer of those who notice, clear news all", "[unit][plan]") {
  // beta x X .4 x u 1 x (3.095 % / 2.4 %)^.5 is to be `news`; clear_news .01
  const auto notice_of = [](double news, const std::string& actor = "firm:thin") {
    Parameters params = quiet_parameters();
    params.beliefs.beta[index(Channel::vacated)] = news / (0.4 * std::sqrt(0.03095 / 0.024));
    Event order = first_event();
    order.said.actor = actor;
    const ModelMarket market(with_exposures(), params, 5, {order});
    REQUIRE(market.plan.values.size() == 1);
    REQUIRE(market.plan.values[0].change == Approx(news));
    REQUIRE(market.plan.notices.size() == 1);
    return market.plan.notices[0];
  };
  CHECK(notice_of(0.05).weight == 1.0);
  CHECK(notice_of(0.0101).weight == 1.0);
  CHECK(notice_of(0.005).weight == Approx(0.5));
  CHECK(notice_of(0.001).weight == Approx(0.1));
  CHECK_FALSE(notice_of(0.001).leaving);
  // An exposed line that is not the actor's: X .4 of an exposure scale of .25 is in full view too.
  CHECK(notice_of(0.005, "regulator:us-bis").weight == Approx(0.5));
}

TEST_CASE("plan: faint exposure and faint news multiply", "[unit][plan]") {
  Facts facts = with_exposures();
  facts.exposures[1].share = 0.1;  // .4 of the exposure scale
  Parameters params = quiet_parameters();
  params.beliefs.beta[index(Channel::vacated)] = 0.005 / (0.1 * std::sqrt(0.03095 / 0.024));
  Event order = first_event();
  order.said.actor = "regulator:us-bis";
  const ModelMarket market(facts, params, 5, {order});
  REQUIRE(market.plan.notices.size() == 1);
  CHECK(market.plan.notices[0].weight == Approx(0.4 * 0.5));
}

TEST_CASE("plan: faint bad news makes few leave, an event without news draws in full", "[unit][plan]") {
  Facts facts = with_exposures();
  facts.exposures[1] = {"thin", Channel::restricted_input, "us-lab", 0.4};
  Parameters params = quiet_parameters();
  params.beliefs.beta[index(Channel::restricted_input)] = 0.0025 / (0.4 * std::sqrt(0.03095 / 0.024));
  const ModelMarket bad(facts, params, 5, {first_event()});
  REQUIRE(bad.plan.notices.size() == 1);
  CHECK(bad.plan.notices[0].leaving);
  CHECK(bad.plan.notices[0].weight == Approx(0.25));
  const Event placement = event("placement", make_date(2026, 6, 14), PlacementConsidered{});
  const ModelMarket none(facts, params, 5, {placement});
  CHECK(none.plan.values.empty());
  REQUIRE(none.plan.notices.size() == 1);
  CHECK(none.plan.notices[0].weight == 1.0);
  CHECK_FALSE(none.plan.notices[0].leaving);
  // On a day with both, the day's news decides for both.
  const ModelMarket both(facts, params, 5, {first_event(), placement});
  REQUIRE(both.plan.notices.size() == 2);
  for (const AttentionNews& notice : both.plan.notices) {
    CHECK(notice.leaving);
    CHECK(notice.weight == Approx(0.25));
  }
}

TEST_CASE("plan: an earlier event of the chain changes a later one's surprise and moves nothing itself",
          "[unit][plan]") {
  Event later = event("later", make_date(2026, 6, 14), ModelAccessOrder{{"fable"}});
  later.said.continues = "order";
  const ModelMarket market(with_exposures(), quiet_parameters(), 14, {later});
  const auto plan_after = [&](const std::vector<Event>& events, const std::vector<Event>& history) {
    return make_plan(market.facts, market.params, market.calendar, events, history);
  };
  const double full = 0.18 * 0.4 * std::sqrt(0.03095 / 0.024);
  Event licence = event("order", make_date(2026, 6, 1), ModelAccessOrder{{"fable"}});
  licence.said.bite.force = Force::licence_required;  // .7
  const Plan alone = plan_after({later}, {});
  REQUIRE(alone.values.size() == 1);
  CHECK(alone.values[0].change == Approx(full));
  const Plan after = plan_after({later}, {licence});
  REQUIRE(after.values.size() == 1);
  CHECK(after.values[0].when == alone.values[0].when);
  CHECK(after.values[0].change == Approx(0.3 * full));
  REQUIRE(after.marks.size() == 1);
  CHECK(after.marks[0].change == Approx(0.3 * -0.06));
  REQUIRE(after.traces.size() == 1);
  CHECK(after.traces[0].id == "later");
  CHECK(after.notices.size() == 1);
  // History is taken by time, in whatever order it is given: a half of May, then the licence.
  Event half = event("half", make_date(2026, 5, 1), ModelAccessOrder{{"fable"}});
  half.said.bite.level = 0.5;
  half.said.continues = "order";
  CHECK(plan_after({later}, {licence, half}).values[0].change == Approx(0.3 * full));
  // A measure of another name is another chain; history alone moves nothing.
  licence.said.id = "other";
  CHECK(plan_after({later}, {licence}).values[0].change == Approx(full));
  const Plan past = plan_after({}, {half});
  CHECK(past.values.empty());
  CHECK(past.marks.empty());
  CHECK(past.notices.empty());
  CHECK(past.traces.empty());
}

TEST_CASE("plan: a reversal may end a measure of before T0", "[unit][plan]") {
  const Event old = event("order", make_date(2026, 6, 1), ModelAccessOrder{{"fable"}});
  const Event lifted = event("lifted", make_date(2026, 6, 14), Reversal{"order"});
  const ModelMarket market(with_exposures(), quiet_parameters(), 14, {});
  const Plan plan = make_plan(market.facts, market.params, market.calendar, {lifted}, {old});
  REQUIRE(plan.values.size() == 1);
  CHECK(plan.values[0].change == Approx(-0.18 * 0.4 * std::sqrt(0.03095 / 0.024)));
  CHECK_THROWS(make_plan(market.facts, market.params, market.calendar, {lifted}));
}

TEST_CASE("plan: a softened measure takes part of its surprise back, its end the rest", "[unit][plan]") {
  Event softened = event("softened", make_date(2026, 6, 17), ModelAccessOrder{{"fable"}});
  softened.said.bite.force = Force::licence_required;  // .7 of a binding order
  softened.said.continues = "order";
  const Event lifted = event("lifted", make_date(2026, 6, 23), Reversal{"order"});
  const ModelMarket market(with_exposures(), quiet_parameters(), 14, {first_event(), softened, lifted});
  std::vector<double> changes;
  for (const ValueNews& news : market.plan.values) {
    if (news.line == thin) changes.push_back(news.change);
  }
  REQUIRE(changes.size() == 3);
  CHECK(changes[0] > 0.0);
  CHECK(changes[1] == Approx(-0.3 * changes[0]));
  CHECK(changes[2] == Approx(-0.7 * changes[0]));
}

TEST_CASE("plan: a reversal of what was never announced is an error of the scenario", "[unit][plan]") {
  const std::vector<Event> events{event("end", make_date(2026, 6, 24), Reversal{"order"})};
  CHECK_THROWS_WITH(ModelMarket(with_exposures(), quiet_parameters(), 14, events),
                    Catch::Contains("'end'") && Catch::Contains("'order'"));
}

TEST_CASE("plan: lock-ups and reviews are scheduled in every arm, offers and bans come with events",
          "[unit][plan]") {
  Facts facts = with_exposures();
  facts.lockups = {{thin, "Founder", HolderKind::founder, Region::hk, 20'000'000, make_date(2026, 6, 20)},
                   {thin, "Late", HolderKind::founder, Region::hk, 20'000'000, make_date(2027, 1, 8)}};
  facts.reviews = {{1, make_date(2026, 6, 16)}, {1, make_date(2026, 6, 12)}};
  const ModelMarket market(facts, quiet_parameters(), 14);
  REQUIRE(market.plan.unlocks.size() == 1);  // a Saturday: effective on Monday 22 June
  CHECK(market.date_of(market.plan.unlocks[0].day) == make_date(2026, 6, 22));
  REQUIRE(market.plan.reviews.size() == 1);  // that of T0 itself is over
  CHECK(market.date_of(market.plan.reviews[0].day) == make_date(2026, 6, 16));
  const Plan bare = without_flow_channels(market.plan);
  CHECK(bare.unlocks.empty());
  CHECK(bare.reviews.empty());
}

TEST_CASE("plan: an offer of the announcement's own day waits for the first session that follows",
          "[unit][plan]") {
  const auto offered_on = [](int second_of_day) {
    Event issue = event("issue", make_date(2026, 6, 16), Issue{"BETA", 1000, 10.0, make_date(2026, 6, 16)});
    issue.said.announced = to_instant(make_date(2026, 6, 16), second_of_day, 8 * 3600);
    const ModelMarket market(with_exposures(), quiet_parameters(), 14, {issue});
    REQUIRE(market.plan.offers.size() == 1);
    return market.date_of(market.plan.offers[0].day);
  };
  CHECK(offered_on(9 * 3600 + 1800) == make_date(2026, 6, 16));  // Hong Kong opens
  CHECK(offered_on(9 * 3600 + 1801) == make_date(2026, 6, 17));
}

TEST_CASE("plan: a listing comes before the issues of its line, and none comes after the end",
          "[unit][plan]") {
  const Date day = make_date(2026, 6, 16);
  const Event issue = event("issue", make_date(2026, 6, 15), Issue{"BETA", 1000, 10.0, day});
  Event listing = event("listing", day, Listing{"BETA", 10.0, day});
  listing.said.announced =
      to_instant(day, 20 * 3600, 0);  // after the day's first session: delivered next day
  const ModelMarket market(with_exposures(), quiet_parameters(), 14, {issue, listing});
  REQUIRE(market.plan.offers.size() == 2);
  CHECK(market.plan.offers[0].listing);
  CHECK(market.plan.offers[0].day == 2);
  CHECK_FALSE(market.plan.offers[1].listing);
  CHECK(market.plan.offers[1].day == 2);
  const ModelMarket two_days(with_exposures(), quiet_parameters(), 2, {issue, listing});
  CHECK(two_days.plan.offers.empty());
}
