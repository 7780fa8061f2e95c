// Rules and packages in scenario files: what is read, what is refused and where, and the resolved file.
#include "sim/input/rule_reader.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// A rule from line 27 on; `keys` begin at line 32.
std::string rule(const std::string& keys, const std::string& actor = "regulator:hk-joint") {
  return "[[rule]]\nid = \"answer\"\nactor = \"" + actor +
         "\"\nwhen = \"ai_access[region=HK] < 0.60\"\nmax_fires = 2\n" + keys;
}

const std::string visas =
    "{ instrument = \"visa_rule\", place = \"HK\", nationalities = [\"CN\"], admitted = 1.5, level = 0.5, "
    "attention = \"trade_press\" }";
const std::string licensing =
    "{ instrument = \"bridge_measure\", component = \"licensing\", level = 0.9, ramp_days = 180, cost_bn_usd "
    "= "
    "0.02 }";
const std::string package = "[package.bridge]\nmeasures = [\n" + licensing + ",\n" + visas + ",\n]\n";
const std::string adoption =
    "[[event]]\nid = \"early\"\nannounced = 2026-06-15T18:00:00-04:00\nactor = \"regulator:hk-joint\"\n"
    "source = \"a test\"\npackage = \"bridge\"\n";

Messages complaints_of(const std::string& more, const std::map<std::size_t, std::string>& replaced = {}) {
  return read_text(small_with(replaced, more), {}, &shipped_facts()).errors;
}

void check_same(const Event& a, const Event& b) {
  CHECK(a.said.id == b.said.id);
  CHECK(a.said.group == b.said.group);
  CHECK(a.said.actor == b.said.actor);
  CHECK(a.said.announced == b.said.announced);
  CHECK(a.said.bite.level == b.said.bite.level);
  CHECK(a.said.attention == b.said.attention);
  CHECK(a.said.source == b.said.source);
  CHECK(a.instrument_name() == b.instrument_name());
}

}  // namespace

TEST_CASE("rule: a rule that adopts a package is read with its measures", "[unit][scenario][rule]") {
  const ScenarioReading found = read_text(small_with(
      {}, rule("doc = \"Hong Kong answers\"\nfor = \"4w\"\ndelay = \"180 d\"\nhazard = \"0.7 per w\"\n"
               "until = \"ai_access[region=HK] > 0.90\"\nadopt = \"package.bridge\"\n") +
              package));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.rules.size() == 1);
  const Rule& read = found.scenario.rules[0];
  CHECK(read.id == "answer");
  CHECK(read.doc == "Hong Kong answers");
  CHECK(read.when.root.kind == ConditionNode::Kind::less);
  CHECK(read.hold_days == 28.0);
  CHECK(read.delay_days == 180.0);
  REQUIRE(read.hazard);
  CHECK(*read.hazard == Approx(0.1));
  REQUIRE(read.until);
  CHECK(read.until->root.kind == ConditionNode::Kind::greater);
  CHECK(read.max_fires == 2);
  REQUIRE(read.measures.size() == 2);
  CHECK(read.measures[0].said.id == "answer.1");
  CHECK(read.measures[0].said.declared() == "answer");
  CHECK(read.measures[0].said.actor == "regulator:hk-joint");
  CHECK(std::get<BridgeMeasureEvent>(read.measures[0].instrument).level == 0.9);
  CHECK(read.measures[1].said.id == "answer.2");
  CHECK(read.measures[1].said.bite.level == 0.5);
  CHECK(read.measures[1].said.attention == AttentionClass::trade_press);
  CHECK(std::get<VisaRule>(read.measures[1].instrument).admitted == 1.5);
}

TEST_CASE("rule: without more it looks at a level, at once, and once", "[unit][scenario][rule]") {
  const ScenarioReading found =
      read_text(small_with({},
                           "[[rule]]\nid = \"r\"\nactor = \"firm:zhipu\"\nwhen = \"date > 2026-07-01\"\n"
                           "measures = [" +
                               visas + "]\n"));
  CHECK(found.errors == Messages{});
  const Rule& read = found.scenario.rules.at(0);
  CHECK(read.hold_days == 0.0);
  CHECK(read.delay_days == 0.0);
  CHECK_FALSE(read.hazard);
  CHECK_FALSE(read.until);
  CHECK(read.max_fires == 1);
}

TEST_CASE("rule: an event that adopts a package is announced as a whole and excluded as a whole",
          "[unit][scenario][rule]") {
  const ScenarioReading found =
      read_text(small_with({}, adoption + package + "[arm.late]\nexclude = [\"early\"]\n"));
  CHECK(found.errors == Messages{});
  const Scenario& scenario = found.scenario;
  REQUIRE(scenario.events.size() == 3);
  CHECK(scenario.events[1].said.id == "early.1");
  CHECK(scenario.events[2].said.id == "early.2");
  CHECK(scenario.events[2].said.announced == scenario.events[1].said.announced);
  CHECK(scenario.events[1].said.source == "a test");
  CHECK(scenario.events_of(scenario.arms[1]).size() == 3);
  REQUIRE(scenario.events_of(scenario.arms[2]).size() == 1);
  CHECK(scenario.events_of(scenario.arms[2])[0].said.id == "order");
}

TEST_CASE("rule: arms exclude rules, and differ by them", "[unit][scenario][rule]") {
  const std::string own = rule("measures = [" + visas + "]\n");
  const ScenarioReading found = read_text(small_with({}, own + "[arm.third]\nexclude = [\"answer\"]\n"));
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.rules_of(found.scenario.arms[1]).size() == 1);
  CHECK(found.scenario.rules_of(found.scenario.arms[2]).empty());
  CHECK(complaints_of(own + "[arm.third]\nexclude = [\"anser\"]\n") ==
        Messages{said("E044", "arm 'third' excludes 'anser' (no such event or rule) did you mean 'answer'?",
                      "34:12")});
}

TEST_CASE("rule: layers override and remove rules by id", "[unit][scenario][rule]") {
  ScenarioFiles files;
  files.write("base.toml",
              small_with({{2, "id = \"base\"\nkind = \"base\""}}, rule("measures = [" + visas + "]\n")));
  const std::string head =
      "schema = \"chokepoint.scenario/1\"\nid = \"over\"\ntitle = \"Over\"\nextends = [\"base.toml\"]\n";
  files.write("s.toml", head + "[[rule]]\nid = \"answer\"\noverride = true\nfor = \"9 d\"\n");
  const ScenarioReading changed = files.read("s.toml");
  CHECK(changed.errors == Messages{});
  REQUIRE(changed.scenario.rules.size() == 1);
  CHECK(changed.scenario.rules[0].hold_days == 9.0);
  CHECK(changed.scenario.rules[0].max_fires == 2);
  files.write("s.toml", head + "remove = [\"rule.answer\"]\n");
  CHECK(files.read("s.toml").scenario.rules.empty());
}

TEST_CASE("rule: what announces nothing, or twice, is refused", "[unit][scenario][rule]") {
  CHECK(complaints_of(rule("")) ==
        Messages{said("E074",
                      "rule 'answer' has neither 'adopt' nor 'measures' (what it announces must be "
                      "said once)",
                      "27:1")});
  CHECK(complaints_of(rule("adopt = \"package.bridge\"\nmeasures = [" + visas + "]\n") + package) ==
        Messages{said("E074",
                      "rule 'answer' has both 'adopt' and 'measures' (what it announces must be "
                      "said once)",
                      "32:9")});
  CHECK(complaints_of(rule("measures = []\n")) ==
        Messages{said("E074",
                      "'measures' of rule 'answer' is empty (it would announce nothing) name an "
                      "instrument",
                      "32:12")});
  CHECK(complaints_of(rule("adopt = \"package.brige\"\n") + adoption + package) ==
        Messages{
            said("E074", "rule 'answer' adopts 'brige' (no such package) did you mean 'bridge'?", "32:9")});
  CHECK(complaints_of(package) ==
        Messages{said("E074",
                      "nobody adopts [package.bridge] (it does nothing) name it in a rule or event, "
                      "or remove it",
                      "27:10")});
  CHECK(complaints_of(adoption + "instrument = \"placement_considered\"\n" + package) ==
        Messages{said("E074",
                      "event 'early' has an 'instrument' beside its measures (write it as one of "
                      "them)",
                      "33:14")});
  CHECK(complaints_of("[[rule]]\nid = \"order\"\nactor = \"firm:zhipu\"\nwhen = \"date > 2026-07-01\"\n"
                      "measures = [" +
                      visas + "]\n") ==
        Messages{said("E074",
                      "rule 'order' has the id of an event (arms could not tell them apart) choose "
                      "another id",
                      "27:1")});
}

TEST_CASE("rule: keys of an event have no place in a measure", "[unit][scenario][rule]") {
  const auto found =
      complaints_of(rule("measures = [{ instrument = \"placement_considered\", source = \"x\", "
                         "price = 5 }]\n",
                         "firm:zhipu"));
  REQUIRE(found.size() == 2);
  CHECK(found[0] ==
        said("E012",
             "unknown key 'source' (not a key of measure 1 of rule 'answer') known here: attention, "
             "instrument",
             "32:52"));
  CHECK(found[1].starts_with("error[E042]: 'price' would set an outcome"));
  CHECK(complaints_of(rule("measures = [{ instrument = \"visa_rul\" }]\n"))[0].starts_with(
      "error[E034]: 'instrument' = 'visa_rul' is none of: "));
}

TEST_CASE("rule: times and rates", "[unit][scenario][rule]") {
  const std::string end = "measures = [" + visas + "]\n";
  CHECK(complaints_of(rule("for = \"2 mo\"\n" + end)) ==
        Messages{said("E031",
                      "'for' = '2 mo' is no time in days or weeks (write it as in \"28 d\" or \"4 w\"; "
                      "months and years have no fixed length)",
                      "32:7")});
  CHECK(complaints_of(rule("delay = \"-2 d\"\n" + end)) ==
        Messages{said("E032", "'delay' = '-2 d' is negative", "32:9")});
  CHECK(complaints_of(rule("hazard = \"0.5\"\n" + end)) ==
        Messages{said("E031", "'hazard' = '0.5' is no rate (write it as in \"0.5 per y\")", "32:10")});
  CHECK(complaints_of(rule("hazard = \"0 per y\"\n" + end)) ==
        Messages{said("E032", "'hazard' = '0 per y' must be above 0 (the rule would never act)", "32:10")});
  CHECK(complaints_of(
            "[[rule]]\nid = \"r\"\nactor = \"zhipu\"\nwhen = \"date > 2026-07-01\"\nmax_fires = 0\n" + end) ==
        Messages{said("E034", "'actor' = 'zhipu' must be firm:<id> or regulator:<id>", "29:9"),
                 said("E032", "'max_fires' must be at least 1", "31:13")});
}

TEST_CASE("rule: what cannot be taken back or needs its date is refused", "[unit][scenario][rule]") {
  const std::string until = "until = \"ai_access[region=HK] > 0.90\"\n";
  const std::string release = "{ instrument = \"model_release\", models = [\"fable-5\"] }";
  CHECK(complaints_of(rule(until + "measures = [" + release + "]\n", "firm:anthropic"), {})[0] ==
        said("E075",
             "'until' of rule 'answer' would have to end 'model_release' (which cannot be taken back) "
             "leave 'until' out or split the rule",
             "33:13"));
  CHECK(complaints_of(rule("measures = [{ instrument = \"ownership_ban\", firms = [\"zhipu\"], domiciles = "
                           "[\"US\"], deadline = 2026-08-01 }]\n",
                           "regulator:us-ofac")) ==
        Messages{said("E075",
                      "rule 'answer' cannot announce 'ownership_ban' (its date must be known, that of "
                      "a rule is not) use a dated event",
                      "32:13")});
  CHECK(complaints_of(rule(until + "measures = [" + visas + "," + licensing + "]\n")) == Messages{});
  CHECK(complaints_of(rule("measures = [{ instrument = \"reversal\", measure = \"ordr\" }]\n")) ==
        Messages{said("E041",
                      "rule 'answer' ends 'ordr' (no measure of this scenario's events) did you mean "
                      "'order'?",
                      "32:13")});
}

TEST_CASE("rule: instruments are checked against the data with the rule's actor", "[unit][scenario][rule]") {
  CHECK(complaints_of(rule("measures = [" + licensing + "]\n", "regulator:us-bis")) ==
        Messages{said("E041",
                      "event 'answer.1': the actor of a bridge_measure must be a regulator of Hong "
                      "Kong (regulator:hk-<id>)",
                      "32:13")});
}

TEST_CASE("rule: the resolved file says the same of rules and adopted packages", "[unit][scenario][rule]") {
  const ScenarioReading found = read_text(
      small_with({}, rule("doc = \"A \\\"doc\\\"\"\nfor = \"4w\"\ndelay = \"180 d\"\nhazard = \"0.7 per w\"\n"
                          "until = \"ai_access[region=HK] > 0.90\"\nadopt = \"package.bridge\"\n") +
                         adoption + package));
  REQUIRE(found.errors == Messages{});
  const std::string text = resolved_toml(found.scenario);
  INFO(text);
  const ScenarioReading again = read_text(text);
  CHECK(again.errors == Messages{});
  REQUIRE(again.scenario.events.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) check_same(found.scenario.events[i], again.scenario.events[i]);
  REQUIRE(again.scenario.rules.size() == 1);
  const Rule& a = found.scenario.rules[0];
  const Rule& b = again.scenario.rules[0];
  CHECK(a.doc == b.doc);
  CHECK(a.actor == b.actor);
  CHECK(a.when.text == b.when.text);
  CHECK(a.hold_days == b.hold_days);
  CHECK(a.delay_days == b.delay_days);
  CHECK(a.hazard == b.hazard);
  CHECK(a.until->text == b.until->text);
  CHECK(a.max_fires == b.max_fires);
  REQUIRE(b.measures.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) check_same(a.measures[i], b.measures[i]);
}

TEST_CASE("rule: an event of several measures is a group of its own", "[unit][scenario][rule]") {
  std::string grouped = adoption;
  grouped.replace(grouped.find("id = \"early\""), 12, "id = \"ban.early\"\ngroup = \"ban\"");
  CHECK(complaints_of(grouped + package) ==
        Messages{said("E035",
                      "'group' stands in event 'ban.early', which is several events (arms exclude them "
                      "together by its id) leave 'group' out and give it an id without a dot",
                      "29:9")});
}

TEST_CASE("rule: a group is no other item's id", "[unit][scenario][rule]") {
  const auto fault = [](const std::string& id, const std::string& place) {
    return said("E074",
                fmt::format("'group' = '{}' is the id of an event or rule (arms could not tell them apart) "
                            "choose another group",
                            id),
                place);
  };
  const std::map<std::size_t, std::string> grouped{{15, "id = \"early.1\"\ngroup = \"early\""},
                                                   {23, "exclude = [\"early\"]"}};
  CHECK(complaints_of(adoption + package, grouped) == Messages{fault("early", "16:9")});
  const std::map<std::size_t, std::string> of_rule{{15, "id = \"answer.a\"\ngroup = \"answer\""},
                                                   {23, "exclude = [\"answer\"]"}};
  CHECK(complaints_of(rule("measures = [" + visas + "]\n"), of_rule) == Messages{fault("answer", "16:9")});
}

TEST_CASE("rule: measures that wait with their event have no dates", "[unit][scenario][rule]") {
  const std::string issue =
      "{ instrument = \"issue\", line = \"zhipu-h\", shares = 1000, offer_price = 500, date = 2026-07-01 }";
  const std::string event =
      "[[event]]\nid = \"early\"\nannounced = 2026-06-15T18:00:00-04:00\nactor = \"firm:zhipu\"\n"
      "source = \"a test\"\nhazard = \"0.1 per mo\"\nmeasures = [" +
      visas + ", " + issue + "]\n";
  CHECK(read_text(small_with({}, event)).errors ==
        Messages{said("E064",
                      "'hazard' stands beside 'date' of measure 2 (a date that does not wait with the "
                      "announcement) use 'probability' or drop 'date'",
                      "32:10")});
}
