// Events that may or may not happen: how often, when, and that arms and replicates stay comparable.
#include "sim/study/chance_events.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/study/arm_variants.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;

namespace {

const Date first = make_date(2026, 6, 17);

Event event_of(const std::string& id, const Chance& chance) {
  Event event = value_order();
  event.said.id = id;
  event.said.chance = chance;
  return event;
}

Event reversal_of(const std::string& measure, Date day) {
  Event event = value_order();
  event.said.id = "end_of_" + measure;
  event.said.announced = to_instant(day, 0, 0);
  event.instrument = Reversal{measure};
  return event;
}

std::vector<std::string> ids(const std::vector<Event>& events) {
  std::vector<std::string> result;
  for (const Event& event : events) result.push_back(event.said.id);
  return result;
}

/// What happens of these events in a replicate of seed 5 that lasts a year.
std::vector<Event> happening(const std::vector<Event>& events, std::uint32_t replicate) {
  return events_of_replicate(events, RandomStream(5, replicate), first + 365);
}

/// Replicates of 2000 in which the event happens.
int count(const Event& event) {
  int found = 0;
  for (std::uint32_t r = 0; r < 2000; ++r) found += static_cast<int>(happening({event}, r).size());
  return found;
}

}  // namespace

TEST_CASE("chance events: a probability is the share of replicates", "[unit][chance]") {
  // 4 standard errors of 2000 draws at p = .3 are 4 sqrt(.3 x .7 x 2000) = 82.
  CHECK(std::abs(count(event_of("e", {0.3, {}})) - 600) <= 82);
  CHECK(count(event_of("e", {1.0, {}})) == 2000);
  CHECK(count(event_of("e", {1e-9, {}})) == 0);
}

TEST_CASE("chance events: a hazard waits exponentially, in whole days", "[unit][chance]") {
  const Event event = event_of("e", {1, 0.01});
  double days = 0;
  int happened = 0, within_ten = 0;
  for (std::uint32_t r = 0; r < 2000; ++r) {
    for (const Event& one : happening({event}, r)) {
      const std::int64_t seconds = one.said.announced.seconds - event.said.announced.seconds;
      REQUIRE(seconds % 86400 == 0);
      REQUIRE(seconds / 86400 <= 365);
      days += static_cast<double>(seconds / 86400);
      ++happened;
      if (seconds / 86400 < 10) ++within_ten;
    }
  }
  // By the end of day 365: 1 - exp(-3.66) = .974 of 2000, se 7.1; within ten days 1 - exp(-.1) = .0952,
  // se 13.1.
  CHECK(std::abs(happened - 1948.5) <= 4 * 7.1);
  CHECK(std::abs(within_ten - 190.3) <= 4 * 13.1);
  // Mean of floor(T) below 366: E = sum_n>=1 P(n <= floor T <= 365) / P(floor T <= 365) = 89.7, sd about 83.
  CHECK(std::abs(days / happened - 89.7) <= 4 * 83 / std::sqrt(1948.0));
}

TEST_CASE("chance events: a larger chance adds replicates, a larger hazard is earlier", "[unit][chance]") {
  for (std::uint32_t r = 0; r < 300; ++r) {
    CAPTURE(r);
    const bool rare = !happening({event_of("e", {0.2, {}})}, r).empty();
    const bool frequent = !happening({event_of("e", {0.4, {}})}, r).empty();
    CHECK((frequent || !rare));
    const auto slow = happening({event_of("e", {1, 0.002})}, r);
    const auto fast = happening({event_of("e", {1, 0.004})}, r);
    if (slow.empty()) continue;
    REQUIRE_FALSE(fast.empty());
    CHECK(fast[0].said.announced <= slow[0].said.announced);
  }
}

TEST_CASE("chance events: events are drawn by their ids alone", "[unit][chance]") {
  const Event a = event_of("a", {0.5, {}});
  const Event b = event_of("b", {0.5, {}});
  int differ = 0;
  for (std::uint32_t r = 0; r < 200; ++r) {
    const auto both = ids(happening({b, a}, r));
    const bool has_a = std::find(both.begin(), both.end(), "a") != both.end();
    CHECK(has_a == !happening({a}, r).empty());
    if (has_a != (std::find(both.begin(), both.end(), "b") != both.end())) ++differ;
  }
  CHECK(differ > 60);  // independent: half of them, 4 se are 28
}

TEST_CASE("chance events: measures of a package share a draw, firms of a selection do not",
          "[unit][chance]") {
  std::vector<Event> package{event_of("p.1", {0.5, {}}), event_of("p.2", {0.5, {}})};
  for (Event& event : package) event.said.group = "p";
  std::vector<Event> banks{event_of("b.x", {0.5, {}}), event_of("b.y", {0.5, {}})};
  banks[0].said.actor = "firm:x";
  banks[1].said.actor = "firm:y";
  for (Event& event : banks) event.said.group = "b";
  int single = 0;
  for (std::uint32_t r = 0; r < 200; ++r) {
    CHECK(happening(package, r).size() != 1);
    if (happening(banks, r).size() == 1) ++single;
  }
  CHECK(single > 60);
}

TEST_CASE("chance events: what would end or continue a measure that did not happen does not happen",
          "[unit][chance]") {
  Event later = event_of("later", {});
  later.said.announced = to_instant(first + 30, 0, 0);
  later.said.continues = "measure";
  for (const double p : {1e-12, 1.0}) {
    const std::vector<Event> events{event_of("measure", {p, {}}), later, reversal_of("measure", first + 60)};
    CHECK(happening(events, 0).size() == (p == 1.0 ? 3 : 0));
  }
  // Announced after its reversal: the reversal had nothing to end.
  const Event waits = event_of("waits", {1, 0.02});
  int both = 0, alone = 0;
  for (std::uint32_t r = 0; r < 100; ++r) {
    const auto found = happening({waits, reversal_of("waits", first + 40)}, r);
    if (found.size() == 2) {
      ++both;
      CHECK(found[0].said.announced < found[1].said.announced);
    } else if (found.size() == 1) {
      ++alone;
      CHECK(found[0].said.announced >= reversal_of("waits", first + 40).said.announced);
    }
  }
  CHECK(both > 30);
  CHECK(alone > 20);
  // A measure that no event of the arm announces is none of this file's business.
  CHECK(happening({reversal_of("of_history", first)}, 0).size() == 1);
}

TEST_CASE("chance events: the chance by the end, by hand", "[unit][chance]") {
  CHECK(chance_until({0.3, {}}, first, first + 10) == 0.3);
  CHECK(chance_until({1, 0.1}, first, first + 9) == Approx(1 - std::exp(-1.0)));
  CHECK(chance_until({1, 0.1}, first, first + -5) == 0.0);
}

TEST_CASE("chance events: all arms of a replicate have the same, replicates differ", "[unit][chance]") {
  auto study = model_study({"level(market_cap[line=GAMMA], at=2026-06-19)"}, 40);
  study->scenario.events[0].said.chance.probability = 0.5;
  study->scenario.arms.push_back(study->scenario.arms[1]);
  study->scenario.arms[2].id = "again";
  const Experiment experiment = experiment_of(*study);
  REQUIRE(experiment.draw);
  int happened = 0;
  for (std::size_t r = 0; r < 40; ++r) {
    const std::vector<ArmPlan> arms = experiment.draw(r);
    CHECK(arms[0].events.empty());
    CHECK(ids(arms[1].events) == ids(arms[2].events));
    CHECK(arms[1].plan.values.empty() == arms[1].events.empty());
    happened += static_cast<int>(arms[1].events.size());
  }
  CHECK(happened > 8);
  CHECK(happened < 32);
  study->scenario.events[0].said.chance = {};
  CHECK_FALSE(experiment_of(*study).draw);
}

TEST_CASE("chance events: no session depends on a draw, and none swallows the news", "[unit][chance]") {
  const Facts facts = value_news_facts();
  Event waits = event_of("waits", {1, 0.5});
  // At noon in Shanghai, between the second and the third quarter of trading time.
  waits.said.announced = to_instant(make_date(2026, 6, 17), 4 * 3600, 0);
  const Calendar calendar = make_calendar(facts, {}, 8, {}, {waits});
  for (const TradingDay& day : calendar.days()) {
    for (const int rounds : day.rounds) CHECK(rounds == 1);
  }
  for (std::uint32_t r = 0; r < 20; ++r) {
    const auto events = events_of_replicate({waits}, RandomStream(1, r), calendar.days().back().date);
    const Plan plan = make_plan(facts, {}, calendar, events);
    for (const ValueNews& news : plan.values) CHECK(news.when.round == 0);
  }
}
