// `replace` of an arm, and keys of events on the command line.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// The arm `all` replaces keys of `order`; the entry stands in line 27.
std::string replacing(const std::string& keys, const std::string& more = "") {
  return small_with({}, "replace = { order = { " + keys + " } }\n" + more);
}

Messages faults(const std::string& keys) { return read_text(replacing(keys)).errors; }

ScenarioReading with_set(const std::string& set, const std::string& more = "") {
  return read_text(small_with({}, more), {{set}, "", ""});
}

std::string command_line_fault(const std::string& set) {
  try {
    with_set(set);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    return error.what();
  }
  return "nothing";
}

}  // namespace

TEST_CASE("replace: an event has other keys in one arm", "[unit][scenario][replace]") {
  const ScenarioReading found =
      read_text(replacing("level = 0.5, models = [\"mythos-5\"], announced = 2026-07-01T17:21:00-04:00",
                          "[arm.third]\nlabel = \"as declared\"\n"));
  CHECK(found.errors == Messages{});
  const Scenario& scenario = found.scenario;
  const auto events = scenario.events_of(scenario.arms[1]);
  REQUIRE(events.size() == 1);
  CHECK(events[0].said.id == "order");
  CHECK(events[0].said.bite.level == 0.5);
  CHECK(to_text(to_local(events[0].said.announced, 0).date) == "2026-07-01");
  const auto& order = std::get<ModelAccessOrder>(events[0].instrument);
  CHECK(order.models == Messages{"mythos-5"});
  CHECK(order.permitted_nationalities == Messages{"US"});  // not replaced
  const auto plain = scenario.events_of(scenario.arms[2]);
  CHECK(plain[0].said.bite.level == 1.0);
  CHECK(scenario.events_of(scenario.arms[0]).empty());
}

TEST_CASE("replace: complaints point at the keys that replace", "[unit][scenario][replace]") {
  CHECK(faults("levl = 0.5") ==
        Messages{
            said("E012", "unknown key 'levl' (not a key of event 'order') did you mean 'level'?", "27:23")});
  CHECK(faults("level = \"half\"") ==
        Messages{said("E033", "'level' must be a finite number (found text)", "27:31")});
  CHECK(faults("announced = 2026-06-01T00:00:00Z") ==
        Messages{said(
            "E043", "event 'order' is announced before time.as_of = 2026-06-12 (the world knows it already)",
            "27:13")});
}

TEST_CASE("replace: what cannot be replaced", "[unit][scenario][replace]") {
  CHECK(faults("level = 1.0") ==
        Messages{
            said("E068",
                 "arm 'all' replaces nothing of 'order' (every key has this value already) leave it out, or "
                 "change a value",
                 "27:13")});
  CHECK(faults("instrument = \"open_release\"") ==
        Messages{said(
            "E068",
            "'instrument' of 'order' cannot be replaced (it would be another item) declare another event "
            "and exclude one of the two",
            "27:23")});
  CHECK(complaints({}, "replace = { ordr = { level = 0.5 } }\n") ==
        Messages{said("E068", "arm 'all' replaces 'ordr' (no such event or rule) did you mean 'order'?",
                      "27:13")});
  CHECK(complaints({{24, "reference = true\nreplace = { order = { level = 0.5 } }"}}) ==
        Messages{said(
            "E068",
            "arm 'none' replaces 'order' and excludes 'order' (which is not part of it) drop one of the two",
            "25:13")});
  CHECK(complaints({}, "replace = { order = 5 }\n").size() == 1);
}

TEST_CASE("replace: chains are looked at in the arm", "[unit][scenario][replace]") {
  const std::string lift = further("reversal", "regulator:us-bis", "measure = \"order\"\n");
  const ScenarioReading found =
      read_text(small_with({{23, "exclude = [\"order\", \"second\"]"}},
                           "replace = { order = { announced = 2026-07-01T17:21:00-04:00 } }\n" + lift));
  CHECK(found.errors ==
        Messages{said("E041", "event 'second': ends 'order' (which is announced later)", "28:1")});
}

TEST_CASE("replace: arms that replace the same are the same", "[unit][scenario][replace]") {
  const std::string third = "[arm.third]\nreplace = { order = { level = ";
  CHECK(read_text(replacing("level = 0.5", third + "0.25 } }\n")).errors == Messages{});
  const auto same = read_text(replacing("level = 0.5", third + "0.5 } }\n")).errors;
  REQUIRE(same.size() == 1);
  CHECK_THAT(same[0], Catch::StartsWith("error[E045]: identical arms 'all' and 'third'"));
}

TEST_CASE("replace: survives the resolved file", "[unit][scenario][replace]") {
  const ScenarioReading found =
      read_text(replacing("level = 0.5, effective = 2026-07-01, deny = { persons_not_national_of = [\"US\", "
                          "\"IN\"] }, probability = 0.25"));
  REQUIRE(found.errors == Messages{});
  const ScenarioReading again = read_text(resolved_toml(found.scenario));
  CHECK(again.errors == Messages{});
  REQUIRE(again.scenario.arms[1].replaced_events.size() == 1);
  const Event& event = again.scenario.arms[1].replaced_events[0];
  CHECK(event.said.bite.level == 0.5);
  CHECK(event.said.effective == make_date(2026, 7, 1));
  CHECK(event.said.chance.probability == 0.25);
  CHECK(std::get<ModelAccessOrder>(event.instrument).permitted_nationalities == Messages{"US", "IN"});
  const auto without_head = [](const Scenario& scenario) {
    const std::string text = resolved_toml(scenario);
    return text.substr(text.find("schema"));
  };
  CHECK(without_head(again.scenario) == without_head(found.scenario));
}

TEST_CASE("chance: is read with its units, and refused where it contradicts", "[unit][scenario][chance]") {
  const auto read = [](const std::string& keys) {
    return read_text(small_with({{20, "source = \"a test\"\n" + keys}}));
  };
  CHECK(read("probability = 0.3").scenario.events[0].said.chance.probability == 0.3);
  CHECK(*read("hazard = \"0.1 per mo\"").scenario.events[0].said.chance.hazard_per_day == Approx(0.0032854));
  CHECK(read("probability = 0").errors ==
        Messages{said(
            "E064", "'probability' = 0 must lie above 0 and not above 1 (to leave the event out, exclude it)",
            "21:15")});
  CHECK(read("hazard = \"0.1 mo\"").errors ==
        Messages{
            said("E064",
                 "'hazard' = '0.1 mo' is no rate (write one above 0 per d, w, mo or y, as in \"0.1 per mo\")",
                 "21:10")});
  CHECK(read("probability = 0.3\nhazard = \"0.1 per mo\"").errors ==
        Messages{said(
            "E064",
            "'hazard' stands beside 'probability' (an event is drawn once, or waits) keep one of the two",
            "22:10")});
  CHECK(read("hazard = \"0.1 per mo\"\neffective = 2026-07-01").errors ==
        Messages{
            said("E064",
                 "'hazard' stands beside 'effective' (a date that does not wait with the announcement) use "
                 "'probability' or drop 'effective'",
                 "21:10")});
  const ScenarioReading again = read_text(resolved_toml(read("hazard = \"0.1 per mo\"").scenario));
  CHECK(again.errors == Messages{});
  CHECK(*again.scenario.events[0].said.chance.hazard_per_day ==
        *read("hazard = \"0.1 per mo\"").scenario.events[0].said.chance.hazard_per_day);
}

TEST_CASE("command line: keys of events", "[unit][scenario][overrides]") {
  CHECK(with_set("event.order.level=0.5").scenario.events[0].said.bite.level == 0.5);
  CHECK(with_set("event.order.force=licence_required").scenario.events[0].said.bite.force ==
        Force::licence_required);
  CHECK(with_set("event.order.effective=2026-07-01").scenario.events[0].said.effective ==
        make_date(2026, 7, 1));
  const ScenarioReading nested = with_set("event.order.deny.persons_not_national_of=[\"US\", \"IN\"]");
  CHECK(nested.errors == Messages{});
  CHECK(std::get<ModelAccessOrder>(nested.scenario.events[0].instrument).permitted_nationalities ==
        Messages{"US", "IN"});
  CHECK(with_set("time.as_of=2026-06-11").scenario.as_of == make_date(2026, 6, 11));
  // An arm's replacement lies over what was typed.
  const ScenarioReading both =
      with_set("event.order.level=0.5", "replace = { order = { force = \"proposal\" } }\n");
  CHECK(both.scenario.events_of(both.scenario.arms[1])[0].said.bite.level == 0.5);
}

TEST_CASE("command line: mistakes in keys of events", "[unit][scenario][overrides]") {
  CHECK(with_set("event.order.levl=0.5").errors ==
        Messages{"error[E012]: unknown key 'levl' (not a key of event 'order') did you mean 'level'?\n"
                 "  --> --set event.order.levl"});
  CHECK(
      command_line_fault("event.ordr.level=0.5") ==
      "error[E061]: unknown name 'event.ordr' (no such record of the scenario) did you mean 'event.order'?\n"
      "  --> --set event.ordr.level");
  CHECK(command_line_fault("event.order=0.5") ==
        "error[E061]: 'event.order' names no key (write event.order.<key>=value)\n  --> --set event.order");
  CHECK(
      command_line_fault("event.order.dny.persons_not_national_of=[\"US\"]") ==
      "error[E061]: unknown name 'event.order.dny.persons_not_national_of' ('dny' is not there) did you mean "
      "'deny'?\n  --> --set event.order.dny.persons_not_national_of");
  CHECK(command_line_fault("event.order.id=x") ==
        "error[E061]: 'id' cannot be set\n  --> --set event.order.id");
}

TEST_CASE("layers: a package is laid over only by one that says so", "[unit][scenario][layers]") {
  ScenarioFiles files;
  files.write("base.toml", "schema = \"chokepoint.scenario/1\"\n[package.bridge]\nmeasures = []\n");
  const std::string head = "schema = \"chokepoint.scenario/1\"\nid = \"s\"\nextends = [\"base.toml\"]\n";
  const auto found = [&](const std::string& text) {
    files.write("s.toml", head + text);
    const Messages errors = files.read("s.toml").errors;
    for (const std::string& error : errors) {
      if (error.find("E014") != std::string::npos) return error;
    }
    return std::string("none");
  };
  CHECK_THAT(found("[package.bridge]\nmeasures = []\n"), Catch::Contains("package 'bridge' exists already"));
  CHECK(found("[package.bridge]\noverride = true\nmeasures = []\n") == "none");
  CHECK_THAT(found("[package.other]\noverride = true\n"), Catch::Contains("no earlier package 'other'"));
  CHECK(found("[package.other]\nmeasures = []\n") == "none");
}

TEST_CASE("replace: what goes back to a default is in the resolved file", "[unit][scenario][replace]") {
  const std::string chips =
      further("chip_control", "regulator:us-bis",
              "direction = \"tighten\"\ntargets = [\"CN\"]\nfirms = [\"zhipu\"]\nprobability = 0.3\n");
  const ScenarioReading found = read_text(small_with(
      {{20, "source = \"a test\"\nprobability = 0.5"}},
      "replace = { order = { probability = 1.0 }, second = { firms = [], tpp_above = 1600 } }\n" + chips));
  REQUIRE(found.errors == Messages{});
  const std::string text = resolved_toml(found.scenario);
  CHECK_THAT(text, Catch::Contains("replace = { \"order\" = { probability = 1 }, "
                                   "\"second\" = { tpp_above = 1600, firms = [] } }\n"));
  const ScenarioReading again = read_text(text);
  CHECK(again.errors == Messages{});
  const auto events = again.scenario.events_of(again.scenario.arms[1]);
  CHECK(events.at(0).said.chance.probability == 1.0);
  CHECK(std::get<ChipControl>(events.at(1).instrument).firms.empty());
  CHECK(events.at(1).said.chance.probability == 0.3);
}

TEST_CASE("replace: the resolved file has the keys of a rule that differ", "[unit][scenario][replace]") {
  const ScenarioReading found = read_text(
      small_with({},
                 "replace = { answer = { for = \"9 d\", max_fires = 2 } }\n[[rule]]\nid = \"answer\"\n"
                 "actor = \"regulator:hk-x\"\nwhen = \"date > 2026-07-01\"\nfor = \"4 d\"\nmax_fires = 2\n"
                 "measures = [{ instrument = \"visa_rule\", place = \"HK\", nationalities = [\"CN\"], "
                 "admitted = 1.5 }]\n"));
  REQUIRE(found.errors == Messages{});
  const std::string text = resolved_toml(found.scenario);
  CHECK_THAT(text, Catch::Contains("replace = { \"answer\" = { for = \"9 d\" } }\n"));
  const ScenarioReading again = read_text(text);
  CHECK(again.errors == Messages{});
  CHECK(again.scenario.rules_of(again.scenario.arms[1]).at(0).hold_days == 9.0);
}

TEST_CASE("replace: an event of several measures is excluded instead", "[unit][scenario][replace]") {
  const std::string several =
      "[[event]]\nid = \"p\"\nannounced = 2026-06-15T18:00:00-04:00\nactor = \"regulator:hk-x\"\n"
      "source = \"a test\"\nmeasures = [{ instrument = \"visa_rule\", place = \"HK\", nationalities = "
      "[\"CN\"], admitted = 1.5 }]\n";
  CHECK(complaints({}, "replace = { p = { anounced = 2026-07-01T18:00:00-04:00 } }\n" + several) ==
        Messages{said("E068",
                      "arm 'all' replaces keys of 'p' (which announces several measures) declare another "
                      "event and exclude one of the two",
                      "27:13")});
}

TEST_CASE("replace: an arm needs the measure that its own reversal ends", "[unit][scenario][replace]") {
  const std::string other =
      "[[event]]\nid = \"order2\"\nannounced = 2026-06-13T18:00:00-04:00\nactor = \"regulator:us-bis\"\n"
      "instrument = \"model_access_order\"\nmodels = [\"fable-5\"]\nsource = \"a test\"\n"
      "deny = { persons_not_national_of = [\"US\"] }\n";
  const std::string lift = further("reversal", "regulator:us-bis", "measure = \"order\"\n");
  const auto faults_of = [&](const std::string& excluded) {
    return complaints(
        {{23, "exclude = [\"order\", \"order2\", \"second\"]"}},
        "exclude = [\"" + excluded + "\"]\nreplace = { second = { measure = \"order2\" } }\n" + other + lift);
  };
  CHECK(faults_of("order") == Messages{});
  CHECK(
      faults_of("order2") ==
      Messages{said("E046", "arm 'all' has 'second' without 'order2' (which it ends) exclude both or neither",
                    "25:6")});
}

TEST_CASE("set: a key of an event takes one value that is text", "[unit][scenario][set]") {
  const std::string fault =
      "error[E061]: 'event.order.source' has no single value (found further lines, or "
      "bytes that are no UTF-8) write one value as in the file\n  --> --set "
      "event.order.source";
  CHECK(command_line_fault("event.order.source=\xff") == fault);
  CHECK(command_line_fault("event.order.source=0.5\nx = 1") == fault);
  CHECK(with_set("event.order.source=two\nlines").scenario.events[0].said.source == "two\nlines");
  CHECK(with_set("event.order.level=0.5 # half").scenario.events[0].said.bite.level == 0.5);
}
