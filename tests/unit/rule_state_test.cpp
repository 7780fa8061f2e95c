// Rules looking at records made by hand: level, hold, delay, hazard, exit, repetition; and that a rule that
// fires is the same as its measures announced on that evening.
#include "sim/study/rule_state.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/study/replicate.hpp"
#include "tests/support/hand_record.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/shipped_facts.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Bars Chinese buyers from foreign chips: a measure that can be lifted.
Event procurement(const std::string& id, const std::string& rule) {
  Event event;
  event.said.id = id;
  event.said.group = rule;
  event.said.actor = "regulator:cn-miit";
  event.said.attention = AttentionClass::general_front_pages;
  ProcurementBan ban;
  ban.scope.value = "all_foreign";
  ban.ban_level = 0.5;
  event.instrument = ban;
  return event;
}

Rule announcing(const std::string& id, const std::string& when) {
  Rule rule = rule_when(id, when);
  rule.measures = {procurement(id + ".1", id)};
  return rule;
}

struct Course {
  RuleBook book;
  std::vector<Event> events;
};

/// Looks before each day of a record whose closes have these levels of HK, T0 first.
Course look_at(const std::vector<Rule>& rules, const std::vector<double>& levels, std::uint32_t replicate = 0,
               const std::vector<Event>& events = {}) {
  HandRecord record;
  for (const double level : levels) record.close(level);
  Problems problems;
  Course course{open_rule_book(bind_rules(rules, record.series, problems)), events};
  problems.throw_if_any();
  for (std::size_t day = 0; day < levels.size(); ++day) {
    for (Event& said : step_rules(record.look(day), RandomStream(7, replicate), course.events, course.book)) {
      course.events.push_back(std::move(said));
    }
  }
  return course;
}

std::vector<std::size_t> days_of(const Course& course, bool ends = false) {
  std::vector<std::size_t> days;
  for (const Firing& firing : course.book.firings) {
    if (firing.ends == ends) days.push_back(firing.day);
  }
  return days;
}

using Days = std::vector<std::size_t>;

const std::string low = "level[region=HK] < 0.6";

}  // namespace

TEST_CASE(
    "rule: it sees the close of the day before, and a condition that holds at T0 fires at the first look",
    "[unit][rule]") {
  // Rows: T0, 15, 16, 17 June; looks before 15, 16, 17, 18 June.
  const Course second = look_at({announcing("r", low)}, {0.9, 0.5, 0.5, 0.5});
  CHECK(days_of(second) == Days{1});
  REQUIRE(second.events.size() == 1);
  const Announcement& said = second.events[0].said;
  CHECK(said.id == "r.1");
  CHECK(said.declared() == "r");
  CHECK(said.announced == to_instant(make_date(2026, 6, 15), 23 * 3600, 0));
  const Firing& firing = second.book.firings[0];
  CHECK(firing.triggered == make_date(2026, 6, 16));
  CHECK(firing.announced == 1);
  CHECK(firing.comparison == low);
  CHECK(firing.left == 0.5);
  CHECK(firing.right == 0.6);
  CHECK(days_of(look_at({announcing("r", low)}, {0.5, 0.9, 0.9})) == Days{0});
  CHECK(days_of(look_at({announcing("r", "date >= 2026-06-17")}, {1, 1, 1, 1})) == Days{2});
}

TEST_CASE("rule: it must hold without a break for its time, counted from the first look", "[unit][rule]") {
  Rule rule = announcing("r", low);
  rule.hold_days = 4;
  // Held from 16 June on: 20 June is a Saturday, so 22 June, day 5.
  CHECK(days_of(look_at({rule}, {0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5})) == Days{5});
  // A break at the look of 18 June (the close of 17 June): held again from 19 June, so 23 June, day 6.
  const Course broken = look_at({rule}, {0.9, 0.5, 0.5, 0.7, 0.5, 0.5, 0.5, 0.5});
  CHECK(days_of(broken) == Days{6});
  const Course unmet = look_at({rule}, {0.9, 0.5, 0.5, 0.7, 0.5, 0.7});
  CHECK(days_of(unmet) == Days{});
  CHECK(unmet.book.states[0].nearest.distance == 0.0);
  CHECK(unmet.book.states[0].nearest.longest_hold_days == 1.0);
  CHECK_FALSE(unmet.book.states[0].nearest.triggered);
}

TEST_CASE("rule: the delay runs from the trigger, whatever the condition does then", "[unit][rule]") {
  Rule rule = announcing("r", low);
  rule.delay_days = 5;
  const Course course = look_at({rule}, {0.9, 0.5, 0.9, 0.9, 0.9, 0.9, 0.9});
  CHECK(days_of(course) == Days{5});  // 16 June and five days: Sunday, so Monday
  CHECK(course.book.firings[0].triggered == make_date(2026, 6, 16));
  const Course pending = look_at({rule}, {0.9, 0.5, 0.9, 0.9});
  CHECK(days_of(pending) == Days{});
  CHECK(pending.book.states[0].nearest.triggered);
}

TEST_CASE("rule: a larger hazard fires earlier, never instead, and the chance is 1 - e^(-h dt)",
          "[unit][rule]") {
  int fired_first_day = 0;
  int fired_third_day = 0;
  for (std::uint32_t replicate = 0; replicate < 2000; ++replicate) {
    Rule slow = announcing("r", low);
    slow.hazard = 0.1;
    Rule fast = slow;
    fast.hazard = 0.3;
    const std::vector<double> levels(5, 0.5);
    const Days late = days_of(look_at({slow}, levels, replicate));
    const Days early = days_of(look_at({fast}, levels, replicate));
    if (!late.empty()) {
      REQUIRE(!early.empty());
      CHECK(early[0] <= late[0]);
      fired_first_day += late[0] == 0;
      fired_third_day += late[0] == 2;
    }
  }
  // T0 is a Friday: three days to the first look, one to the next.
  CHECK(fired_first_day / 2000.0 == Approx(1 - std::exp(-0.3)).margin(0.03));
  CHECK(fired_third_day / 2000.0 == Approx(std::exp(-0.4) * (1 - std::exp(-0.1))).margin(0.02));
  // Another rule has numbers of its own.
  Rule other = announcing("s", low);
  other.hazard = 0.1;
  std::size_t same = 0;
  for (std::uint32_t replicate = 0; replicate < 200; ++replicate) {
    Rule rule = announcing("r", low);
    rule.hazard = 0.1;
    const std::vector<double> levels(8, 0.5);
    same += days_of(look_at({rule}, levels, replicate)) == days_of(look_at({other}, levels, replicate));
  }
  CHECK(same < 120);
}

TEST_CASE("rule: until ends the measures, and the rule may fire again as often as it may", "[unit][rule]") {
  Rule rule = announcing("r", low);
  BridgeMeasureEvent bridge;
  bridge.component.value = "licensing";
  bridge.level = 0.9;
  rule.measures.push_back(procurement("r.2", "r"));
  rule.measures[1].instrument = bridge;
  rule.until = condition("level[region=HK] > 0.8");
  rule.max_fires = 2;
  //                                        T0   15   16   17   18   19   22   23
  const Course course = look_at({rule}, {0.9, 0.5, 0.7, 0.9, 0.9, 0.5, 0.9, 0.5, 0.5, 0.5});
  CHECK(days_of(course) == Days{1, 5});
  CHECK(days_of(course, true) == Days{3, 6});
  REQUIRE(course.events.size() == 8);
  CHECK(course.events[2].said.id == "r.1.end");
  CHECK(course.events[2].said.declared() == "r");
  CHECK(course.events[2].said.announced == evening_before(make_date(2026, 6, 18)));
  CHECK(std::get<Reversal>(course.events[2].instrument).measure == "r.1");
  CHECK(std::get<BridgeMeasureEvent>(course.events[3].instrument).level == 0.0);
  CHECK(std::get<BridgeMeasureEvent>(course.events[3].instrument).component.value == "licensing");
  CHECK(course.events[4].said.id == "r.1.2");
  CHECK(std::get<Reversal>(course.events[6].instrument).measure == "r.1.2");
  rule.max_fires = 1;
  CHECK(days_of(look_at({rule}, {0.9, 0.5, 0.9, 0.9, 0.5, 0.5, 0.5})) == Days{1});
  // Without an exit it fires again too, when it may: at the next look at which it holds.
  rule.max_fires = 3;
  rule.until.reset();
  CHECK(days_of(look_at({rule}, {0.9, 0.5, 0.9, 0.5, 0.5, 0.5, 0.5})) == Days{1, 3, 4});
}

TEST_CASE("rule: a firing begins the count of its time anew", "[unit][rule]") {
  Rule rule = announcing("r", low);
  rule.hold_days = 1;
  rule.max_fires = 5;
  // Held from day 0: fires on days 1, 3 (held since 2), ...
  CHECK(days_of(look_at({rule}, {0.5, 0.5, 0.5, 0.5, 0.5, 0.5})) == Days{1, 3, 5});
}

TEST_CASE("rule: all look at one state, and act in the order of ids", "[unit][rule]") {
  Rule late = announcing("b", low);
  Rule early = announcing("a", low);
  const Course both = look_at({late, early}, {0.5, 0.5});
  REQUIRE(both.events.size() == 2);
  CHECK(both.events[0].said.id == "a.1");
  CHECK(both.events[1].said.id == "b.1");
  // b asks for a: it knows of it from the next look on.
  late = announcing("b", "fired(a)");
  const Course after = look_at({late, early}, {0.5, 0.5, 0.5});
  REQUIRE(after.book.firings.size() == 2);
  CHECK(after.book.firings[0].day == 0);
  CHECK(after.book.firings[1].day == 1);
  const Course since = look_at({announcing("b", "days_since(a) >= 3 d"), early}, std::vector<double>(8, 0.5));
  CHECK(since.book.firings[1].day == 3);  // fired on 15 June, so 18 June
}

TEST_CASE("rule: an event is known from the evening of its announcement on", "[unit][rule]") {
  Event order = value_order();  // Wednesday 17 June, 20:00 UTC
  CHECK(days_of(look_at({announcing("r", "fired(order)")}, std::vector<double>(6, 1.0), 0, {order})) ==
        Days{3});
  order.said.announced = to_instant(make_date(2026, 6, 18), 3600, 0);  // after Tokyo's open of that day
  CHECK(days_of(look_at({announcing("r", "fired(order)")}, std::vector<double>(6, 1.0), 0, {order})) ==
        Days{4});
}

TEST_CASE("rule: a reversal of what was never announced is left out and counted", "[unit][rule]") {
  Rule rule = announcing("r", low);
  rule.measures[0].instrument = Reversal{"order"};
  const Course idle = look_at({rule}, {0.5, 0.5});
  CHECK(idle.events.empty());
  REQUIRE(idle.book.firings.size() == 1);
  CHECK(idle.book.firings[0].announced == 0);
  CHECK(idle.book.firings[0].without_target == 1);
  Event order = value_order();
  order.said.announced = to_instant(make_date(2026, 6, 12), 80000, 0);
  CHECK(look_at({rule}, {0.5, 0.5}, 0, {order}).events.size() == 2);
}

TEST_CASE("rule: the nearest approach says how near, when, and by which comparison", "[unit][rule]") {
  const Course course = look_at({announcing("r", low)}, {0.9, 0.8, 0.66, 0.75, 0.66});
  const NearestApproach& nearest = course.book.states[0].nearest;
  CHECK(nearest.rule == "r");
  CHECK(nearest.distance == Approx(0.1));
  CHECK(nearest.on == make_date(2026, 6, 16));
  CHECK(nearest.left == 0.66);
  CHECK(nearest.right == 0.6);
  CHECK(nearest.comparison == low);
  CHECK(nearest.longest_hold_days == 0.0);
  const Course far = look_at({announcing("r", "change(persons, '52 w') < 0")}, {0.9, 0.8});
  CHECK(far.book.states[0].nearest.comparison.empty());
}

TEST_CASE("rule: the evening before lies behind every close and before every open", "[unit][rule][data]") {
  const Facts& facts = shipped_facts();
  const Calendar calendar(facts, 0, make_date(2027, 3, 31));  // both halves of the clocks' year
  const SessionParams params;
  for (std::size_t day = 0; day < calendar.days().size(); ++day) {
    const Instant evening = evening_before(calendar.days()[day].date);
    CHECK(calendar.first_day_opening_after(facts, evening) == day);
    const Arrival first = calendar.first_arrival(facts, params, evening);
    CHECK(first.day == day);
    CHECK(first.round == 0);
    for (std::size_t k = 0; k < facts.lines.size(); ++k) {
      const Arrival when = calendar.arrival(facts, params, k, evening);
      CHECK(when.day >= day);
      if (when.day == day) CHECK(when.round == 0);
    }
  }
}

namespace {

/// A market in which an order tells on GAMMA, with issues before and after the rule, noise on.
struct RuledMarket {
  Parameters params = quiet_parameters(300);
  std::vector<Event> dated;
  ModelMarket market;
  std::vector<Series> series;

  static Parameters noisy() {
    Parameters p = quiet_parameters(300);
    p.noise.scale = 1.0;
    return p;
  }
  static Event issue(const std::string& id, Date day) {
    Event event;
    event.said.id = id;
    event.said.actor = "firm:beta";
    event.said.announced = to_instant(day, 0, 0);
    event.said.attention = AttentionClass::general_front_pages;
    event.instrument = Issue{"BETA", 1'000'000, 9.5, day};
    return event;
  }
  RuledMarket()
      : dated{issue("early", make_date(2026, 6, 17)), issue("late", make_date(2026, 6, 25))},
        market(value_news_facts(), noisy(), 14, dated),
        series(make_series(market.facts)) {}

  RunRecord run(const std::vector<Event>& events, const std::vector<Rule>& rules) {
    ArmPlan arm{"arm", market.params, make_plan(market.facts, market.params, market.calendar, events), events,
                rules};
    return run_arm(market.world, arm, market.random, series);
  }
};

}  // namespace

TEST_CASE("rule: one that fires is its measures announced on that evening, to the bit", "[unit][rule]") {
  RuledMarket ruled;
  Event order = value_order();
  order.said.id = "r.1";
  order.said.group = "r";
  order.said.attention = AttentionClass::general_front_pages;
  Rule rule = rule_when("r", "date >= 2026-06-23");
  rule.measures = {order};
  rule.until = condition("date >= 2026-06-26");

  order.said.announced = evening_before(make_date(2026, 6, 23));
  Event end = *ending_of(order);
  end.said.announced = evening_before(make_date(2026, 6, 26));
  std::vector<Event> all = ruled.dated;
  all.push_back(order);
  all.push_back(end);

  const RunRecord none = ruled.run(ruled.dated, {});
  const RunRecord by_rule = ruled.run(ruled.dated, {rule});
  const RunRecord by_date = ruled.run(all, {});
  CHECK(by_rule.values == by_date.values);
  CHECK(by_rule.fingerprints == by_date.fingerprints);
  REQUIRE(by_rule.firings.size() == 2);
  CHECK(by_rule.firings[0].day == 6);
  CHECK(by_rule.firings[1].day == 9);
  for (std::size_t day = 0; day < 6; ++day) CHECK(by_rule.fingerprints[day] == none.fingerprints[day]);
  CHECK(by_rule.fingerprints[6] != none.fingerprints[6]);
}

TEST_CASE("rule: one that looks and never fires changes nothing", "[unit][rule]") {
  RuledMarket ruled;
  Rule rule = rule_when("r", "market_cap[line=GAMMA] < 1 mn USD");
  rule.measures = {value_order()};
  const RunRecord none = ruled.run(ruled.dated, {});
  const RunRecord looked = ruled.run(ruled.dated, {rule});
  CHECK(looked.values == none.values);
  CHECK(looked.fingerprints == none.fingerprints);
  CHECK(looked.firings.empty());
  REQUIRE(looked.nearest.size() == 1);
  CHECK(looked.nearest[0].distance > 100.0);
}

TEST_CASE("study: arms that differ in a rule may differ from its first firing on", "[unit][study][rule]") {
  const auto study = model_study({});
  Scenario& scenario = study->scenario;
  scenario.rules = {rule_when("r", "date >= 2026-06-16")};
  scenario.rules[0].measures = {value_order()};
  scenario.arms[0].exclude = {"order", "r"};
  scenario.arms[1].exclude = {"order"};
  Experiment experiment = experiment_of(*study);
  experiment.replicates = 1;
  const ExperimentResult result = run_experiment(experiment);
  REQUIRE(result.arms[1].firings[0].size() == 1);
  const std::size_t fired = result.arms[1].firings[0][0].day;
  CHECK(fired > 0);
  CHECK(result.arms[0].firings[0].empty());
  CHECK(result.arms[1].first_difference == fired);
  // What differs before the rule has fired is a leak.
  experiment.arms[1].after_verb = [](World& world, std::string_view) {
    if (world.day == 0) world.noise_scale[0] = 0.5;
  };
  CHECK_THROWS_WITH(run_experiment(experiment),
                    Catch::Contains("arm 'order' differs from 'none' on ") && Catch::Contains("noise"));
}
