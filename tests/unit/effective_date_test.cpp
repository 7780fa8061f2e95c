// Law that takes hold later than it is announced: beliefs move at the announcement, lists and models later.
#include <algorithm>
#include <catch2/catch.hpp>

#include "scenario_files.hpp"
#include "sim/model/access/vendor_service.hpp"
#include "sim/model/plan.hpp"
#include "tests/support/model_economy.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

Facts facts_with_vendors() {
  Facts facts = model_facts();
  add_vendors(facts);
  add_enterprises(facts);
  return facts;
}

/// Announced on Tuesday 16 June 2026 in the evening; day 2 is the first that opens after it.
Event announced(Instrument instrument) {
  Event event;
  event.said.id = "said";
  event.said.actor = "regulator:us-bis";
  event.said.announced = to_instant(make_date(2026, 6, 16), 72000, 0);
  event.instrument = std::move(instrument);
  return event;
}

/// Day of the first news of an instrument with an effective date far away, or nothing.
template <class What>
std::optional<std::size_t> first_day(const What& what, const Facts& facts, const Calendar& calendar,
                                     std::optional<Date> effective) {
  Event event = announced(what);
  event.said.effective = effective;
  const auto news = economy_news(facts, calendar, event);
  if (news.empty()) return std::nullopt;
  return news.front().day;
}

std::string with_effective(const std::string& date, const std::string& more = "") {
  return small_with({{20, "source = \"a test\"\neffective = " + date + more}});
}

}  // namespace

TEST_CASE("effective date: the instruments that take hold later are those that bring news",
          "[unit][effective]") {
  const Facts facts = facts_with_vendors();
  const Calendar calendar(facts, 10, {});
  const Date later = make_date(2026, 6, 22);  // day 5
  VisaRule visa;
  visa.place.value = "US";
  ExitControlOrder exit;
  exit.place.value = "CN";
  TalentSchemeChange scheme;
  scheme.place.value = "HK";
  BridgeMeasureEvent bridge;
  bridge.component.value = "licensing";
  const auto check = [&](const auto& what) {
    CAPTURE(what.name);
    CHECK(first_day(what, facts, calendar, {}) == 2U);
    CHECK(first_day(what, facts, calendar, later) == 5U);
    CHECK(may_take_effect_later<std::decay_t<decltype(what)>>);
  };
  check(ModelAccessOrder{{"fable-5"}, {"US"}});
  check(Reversal{"order"});
  check(ModelRelease{{"fable-5"}});
  check(ProcurementBan{});
  check(CounterControl{});
  check(RentalRule{});
  check(OpenWeightsControl{});
  check(DistillationPolicing{});
  check(ChipControl{});
  check(visa);
  check(exit);
  check(scheme);
  check(bridge);
  CHECK_FALSE(may_take_effect_later<OpenRelease>);  // 'weights' dates it
  CHECK_FALSE(may_take_effect_later<Issue>);
}

TEST_CASE("effective date: beliefs and attention move at the announcement", "[unit][effective]") {
  Facts facts = facts_with_vendors();
  facts.exposures.push_back({"gamma", Channel::vacated, "anthropic", 0.4});
  const Calendar calendar(facts, 10, {});
  const Event order = announced(ModelAccessOrder{{"fable-5"}, {"US"}});
  Event delayed = order;
  delayed.said.effective = make_date(2026, 6, 22);
  const auto held = [&](const Event& event) {
    return std::get<OrderTakesHold>(economy_news(facts, calendar, event).at(0).what).order;
  };
  CHECK(to_text(held(delayed).since) == "2026-06-22");  // what it states of its length counts from here
  CHECK(held(delayed).notice_days == 6.0);              // vendors prepare from the announcement on
  CHECK(held(order).notice_days == 0.0);
  facts.vendors.clear();  // who believes what is left
  const Plan now = make_plan(facts, {}, calendar, {order});
  const Plan later = make_plan(facts, {}, calendar, {delayed});
  REQUIRE_FALSE(now.values.empty());
  REQUIRE(now.values.size() == later.values.size());
  for (std::size_t i = 0; i < now.values.size(); ++i) {
    CHECK(now.values[i].when == later.values[i].when);
    CHECK(now.values[i].change == later.values[i].change);
  }
}

TEST_CASE("effective date: a measure that a rule ends before it is effective never takes hold",
          "[unit][effective][rule]") {
  const Facts facts = facts_with_vendors();
  const Calendar calendar(facts, 10, {});
  Event order = announced(ModelAccessOrder{{"fable-5"}, {"US"}});
  order.said.effective = make_date(2026, 6, 22);  // day 5
  Event end = announced(Reversal{"said"});
  end.said.id = "end";
  Plan blank;
  blank.calendar = &calendar;
  const auto takes_hold = [&](Date announced_on) {
    end.said.announced = to_instant(announced_on, 23 * 3600, 0);
    const Plan plan = plan_again(blank, facts, {}, {order, end});
    return std::count_if(plan.economy.begin(), plan.economy.end(), [](const EconomyNews& news) {
      return std::holds_alternative<OrderTakesHold>(news.what);
    });
  };
  CHECK(takes_hold(make_date(2026, 6, 17)) == 0);
  CHECK(takes_hold(make_date(2026, 6, 22)) == 1);
  end.instrument = Reversal{"another"};
  order.said.id = "another";
  Event second = order;
  second.said.id = "second";
  end.said.announced = to_instant(make_date(2026, 6, 17), 23 * 3600, 0);
  const Plan plan = plan_again(blank, facts, {}, {order, second, end});
  REQUIRE(plan.economy.size() == 2);  // the end, and the measure that it does not name
  CHECK(std::get<OrderTakesHold>(plan.economy[1].what).order.measure == "second");
}

TEST_CASE("effective date: a component of the bridge is built from then on", "[unit][effective]") {
  BridgeMeasureEvent what;
  what.component.value = "licensing";
  Event event = announced(what);
  CHECK(to_text(what.measure(event.said).from) == "2026-06-16");
  event.said.effective = make_date(2026, 9, 1);
  CHECK(to_text(what.measure(event.said).from) == "2026-09-01");
}

TEST_CASE("effective date: is read, and refused where it means nothing", "[unit][effective][scenario]") {
  const ScenarioReading found = read_text(with_effective("2026-07-01"));
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.events[0].said.effective == make_date(2026, 7, 1));
  CHECK(
      read_text(with_effective("2026-06-11")).errors ==
      Messages{said("E063",
                    "'effective' = 2026-06-11 lies before the announcement on 2026-06-12 UTC (nothing holds "
                    "before it is announced) set a later date",
                    "21:13")});
  CHECK(read_text(with_effective("2026-07-01", "\nforce = \"proposal\"")).errors ==
        Messages{said(
            "E063", "'effective' stands beside force = 'proposal' (which changes no law) drop one of the two",
            "21:13")});
  const auto refused =
      complaints({}, further("placement_considered", "firm:zhipu", "effective = 2026-07-01\n"));
  REQUIRE(refused.size() == 1);
  CHECK_THAT(refused[0],
             Catch::StartsWith("error[E063]: 'effective' has no meaning for a placement_considered (it "
                               "changes no law, list or service by itself) instruments that may have "
                               "it: model_access_order, reversal, enterprise_ban, model_release"));
  CHECK_THAT(refused[0], Catch::EndsWith("s.toml:33:13"));
}

TEST_CASE("effective date: nothing ends or changes a measure before it holds",
          "[unit][effective][scenario]") {
  const auto ending = [](const std::string& keys) {
    return read_text(small_with({{20, "source = \"a test\"\neffective = 2026-07-01"},
                                 {23, "exclude = [\"order\", \"second\"]"}},
                                further("reversal", "regulator:us-bis", "measure = \"order\"\n" + keys)))
        .errors;
  };
  CHECK(ending("effective = 2026-07-01\n") == Messages{});
  CHECK(ending("effective = 2026-08-01\n") == Messages{});
  CHECK(ending("") ==
        Messages{said(
            "E041",
            "event 'second': takes hold on 2026-06-15, before 'order' on 2026-07-01 (which it changes or "
            "ends) set 'effective' to that date or later",
            "28:1")});
}
