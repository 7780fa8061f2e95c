// Sections, settings, arms and the command line of scenario files: every complaint with its place.
#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "scenario_files.hpp"
#include "sim/input/facts_loader.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string source_dir = CHOKEPOINT_SOURCE_DIR;

Messages ids_of(const std::vector<Event>& events) {
  Messages ids;
  for (const Event& event : events) ids.push_back(event.said.id);
  return ids;
}

/// Complaints of the command line, as the error that ends the program says them.
std::string typed_wrongly(const ScenarioOverrides& overrides) {
  try {
    read_text(small_with({}), overrides);
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("scenario: the shipped scenario reads without a complaint", "[unit][scenario]") {
  Problems problems;
  const Scenario scenario = read_scenario(source_dir + "/scenarios/glm52-access-ban.toml", {}, problems);
  CHECK(problems.errors() == Messages{});
  CHECK(problems.warnings() == Messages{});
  const Facts facts = load_facts(source_dir + "/data", "", scenario.as_of, problems);
  check_events(scenario, facts, problems);
  CHECK(problems.errors() == Messages{});
  CHECK(scenario.id == "glm52-access-ban");
  CHECK(scenario.as_of == make_date(2026, 6, 12));
  CHECK(scenario.sessions == 60);
  CHECK(scenario.seed == 20260612);
  CHECK(scenario.replicates == 200);
  CHECK(scenario.quantiles == std::vector<double>{0.05, 0.25, 0.5, 0.75, 0.95});
  CHECK(ids_of(scenario.events) ==
        Messages{"us_access_order", "glm52_release", "placement_report", "order_lifted"});
  REQUIRE(scenario.arms.size() == 5);
  CHECK(scenario.arms[0].id == "baseline");
  CHECK(scenario.arms[4].id == "both_verifiable");
  CHECK(scenario.reference_arm() == 0);
  CHECK(ids_of(scenario.events_of(scenario.arms[1])) == Messages{"us_access_order", "order_lifted"});
  CHECK(scenario.parameters.vendors.verification_of("anthropic").accuracy == 0.35);
  CHECK(scenario.parameters_of(scenario.arms[4]).vendors.verification_of("anthropic").accuracy == 0.999);
  CHECK(scenario.metrics.size() == 10);
  CHECK(scenario.checks.size() == 2);
  CHECK(scenario.observed_arm == "both");
  CHECK(scenario.layers.size() == 2);
}

TEST_CASE("scenario: misspelt keys are found wherever they stand", "[unit][scenario]") {
  const auto unknown = [](const std::string& key, const std::string& place, const std::string& near,
                          const std::string& where) {
    return said("E012", "unknown key '" + key + "' (not a key of " + place + ") did you mean '" + near + "'?",
                where);
  };
  CHECK(complaints({{3, "title = \"A small one\"\nsumary = \"x\""}}) ==
        Messages{unknown("sumary", "scenario", "summary", "4:1")});
  CHECK(complaints({{11, "replicates = 4\nreplicate = 5"}}) ==
        Messages{unknown("replicate", "[run]", "replicates", "12:1")});
  CHECK(complaints({{20, "source = \"a test\"\natention = \"none\""}}) ==
        Messages{unknown("atention", "event 'order'", "attention", "21:1")});
  CHECK(complaints({{26, "lable = \"All\""}}) == Messages{unknown("lable", "[arm.all]", "label", "26:1")});
  CHECK(complaints({{20,
                     "source = \"a test\"\nprior = \"rumoured\"\nfeared = { force = \"binding\", level = 1, "
                     "duration = \"1 d\", levl = 1 }"}}) ==
        Messages{unknown("levl", "'feared' of event 'order'", "level", "22:60")});
  CHECK(complaints({{26, "set = { \"attention.new_mony\" = 0 }"}}) ==
        Messages{said("E012",
                      "unknown key 'attention.new_mony' (not a parameter of this model) did you mean "
                      "'attention.new_money'? (share of holdings; default 0.001, range 0 to 0.1)",
                      "26:9")});
  CHECK(complaints({{11, "replicates = 4\nxyz = 5"}}) ==
        Messages{said("E012",
                      "unknown key 'xyz' (not a key of [run]) known here: max_replicates, precision, probes, "
                      "replicates, seed",
                      "12:1")});
}

TEST_CASE("scenario: wrong kinds of values", "[unit][scenario]") {
  CHECK(complaints({{11, "replicates = \"4\""}}) ==
        Messages{said("E033", "'replicates' must be an integer (found text)", "11:14")});
  CHECK(complaints({{11, "replicates = 4.0"}}) ==
        Messages{said("E033", "'replicates' must be an integer (found a number)", "11:14")});
  CHECK(complaints({{5, "as_of = \"2026-06-12\""}}) ==
        Messages{
            said("E033", "'as_of' must be a date such as 2026-06-12, without quotes (found text)", "5:9")});
  CHECK(complaints({{13, "quantiles = 0.5"}}) ==
        Messages{said("E033", "'quantiles' must be a list of numbers (found a number)", "13:13")});
  CHECK(complaints({{9, "[run]\nreplicates = 4"}, {10, "seed = 1"}, {11, "[event]"}}).size() == 1);
  CHECK(complaints({{23, "exclude = [\"order\", 3]"}}) ==
        Messages{said("E033", "'exclude' must be a list of texts that are not empty (found an integer)",
                      "23:21")});
  CHECK(complaints({{2, "id = \" \""}}) ==
        Messages{said("E035", "'id' is empty (leave it out or say it)", "2:6")});
}

TEST_CASE("scenario: values out of range", "[unit][scenario]") {
  CHECK(complaints({{11, "replicates = 0"}}) ==
        Messages{said("E032", "'replicates' = 0 is out of range (from 1 to 1000000)", "11:14")});
  CHECK(complaints({{13, "quantiles = [0.5, 0.25]"}}) ==
        Messages{said("E032", "'quantiles' must be numbers between 0 and 1, each larger than the one before",
                      "13:13")});
  CHECK(complaints({{6, "end = 2026-06-12"}}) ==
        Messages{said("E032", "time.end = 2026-06-12 must be later than time.as_of = 2026-06-12", "6:7")});
  CHECK(complaints({{6, "end = \"1.5 sessions\""}}) ==
        Messages{said("E032", "time.end = '1.5 sessions' is out of range (whole sessions from 1 to 10000)",
                      "6:7")});
  CHECK(complaints({{6, "end = \"3 months\""}}) ==
        Messages{said("E031",
                      "time.end = '3 months' is no end (write \"60 sessions\" or a date such as 2026-09-04)",
                      "6:7")});
}

TEST_CASE("scenario: parameters are known, in range and in their unit", "[unit][scenario]") {
  const auto set = [](const std::string& line) { return complaints({}, "[set]\n" + line + "\n"); };
  CHECK(
      set("\"attention.notice\" = 1.5") ==
      Messages{said("E032", "'attention.notice' = 1.5 is out of range (from 0 to 1, probability)", "28:22")});
  CHECK(set("\"attention.notise\" = 0.5") ==
        Messages{said("E012",
                      "unknown key 'attention.notise' (not a parameter of this model) did you mean "
                      "'attention.notice'? (probability; default 0.35, range 0 to 1)",
                      "28:1")});
  CHECK(set("\"session.sub_rounds\" = 2.5") ==
        Messages{
            said("E033", "'session.sub_rounds' = 2.5 must be a whole number (it is in [clears])", "28:24")});
  CHECK(set("\"attention.notice\" = true") ==
        Messages{said("E033",
                      "'attention.notice' must be a number or text such as \"15 %\" (found true or false)",
                      "28:22")});
  CHECK(set("\"attention.notice\" = \"90 d\"") ==
        Messages{said("E031",
                      "'attention.notice' is measured in [probability]; 'd' is a unit of time (write a plain "
                      "number)",
                      "28:22")});
  CHECK(set("\"attention.notice\" = \"much\"") ==
        Messages{
            said("E033", "'much' is no number ('attention.notice' is measured in [probability])", "28:22")});
  const ScenarioReading found = read_text(small_with({}, "[set]\n\"attention.notice\" = \"15 %\"\n"));
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.parameters.attention.notice == 0.15);
}

TEST_CASE("scenario: reasons belong to what is set", "[unit][scenario]") {
  const std::string set = "[set]\n\"attention.notice\" = 0.5\n[why]\n";
  const ScenarioReading found = read_text(small_with({}, set + "\"attention.notice\" = \"a guess\"\n"));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.settings.size() == 1);
  CHECK(found.scenario.settings[0].why == "a guess");
  CHECK(complaints({}, set + "\"attention.exit_depth\" = \"a guess\"\n") ==
        Messages{said("E037",
                      "[why] gives a reason for 'attention.exit_depth' (which neither [set] nor an arm sets)",
                      "30:1")});
  CHECK(
      complaints({}, "[set]\n\"attention.notice\" = 5\n[why]\n\"attention.notice\" = \"a guess\"\n").size() ==
      1);
}

TEST_CASE("scenario: probes are four unless the file says otherwise, and at most the replicates",
          "[unit][scenario]") {
  CHECK(read_text(small_with({})).scenario.probes == 4);
  CHECK(read_text(small_with({{11, "replicates = 4\nprobes = 2"}})).scenario.probes == 2);
  const auto range = [](int value) {
    return "'probes' = " + std::to_string(value) + " is out of range (from 1 to 4)";
  };
  CHECK(complaints({{11, "replicates = 4\nprobes = 5"}}) == Messages{said("E032", range(5), "12:10")});
  CHECK(complaints({{11, "replicates = 4\nprobes = 0"}}) == Messages{said("E032", range(0), "12:10")});
}

TEST_CASE("scenario: a setting that changes nothing is a warning", "[unit][scenario]") {
  const double notice = Parameters{}.attention.notice;
  const std::string number = short_number(notice);
  const ScenarioReading found = read_text(small_with({{26, "set = { \"attention.exit_depth\" = 0.123 }"}},
                                                     "[set]\n\"attention.notice\" = " + number + "\n"));
  CHECK(found.errors == Messages{});
  CHECK(found.warnings == Messages{"warning[W112]: 'attention.notice' = " + number +
                                   " changes nothing (it has this value already)\n  --> s.toml:28:1"});
}

TEST_CASE("scenario: a setting that keeps its parameter from being drawn changes something",
          "[unit][scenario]") {
  const std::string number = short_number(Parameters{}.attention.notice);
  const std::string set = "[set]\n\"attention.notice\" = " + number + "\n";
  for (const char* key : {"calibration = \"fit\"", "structural = \"priors.csv\""}) {
    const ScenarioReading found = read_text(small_with(
        {{8, "dir = \"data\"\n" + std::string(key)}, {26, "set = { \"attention.notice\" = " + number + " }"}},
        set));
    CHECK(found.errors == Messages{});
    CHECK(found.warnings == Messages{});
  }
}

TEST_CASE("scenario: arms differ and one is the reference", "[unit][scenario]") {
  CHECK(complaints({{24, "reference = false"}}) ==
        Messages{said(
            "E044", "no arm is the reference (effects are differences from it) give one arm reference = true",
            "22:1")});
  CHECK(complaints({{26, "reference = true"}}) ==
        Messages{said("E044", "arm 'all' is a second reference (after 'none') keep one", "25:6")});
  const std::string same =
      "identical arms 'none' and 'all' (same events, same values) their results would be the "
      "same: remove one or make it differ";
  CHECK(complaints({{26, "exclude = [\"order\"]"}}) == Messages{said("E045", same, "25:6")});
  CHECK(complaints({{23, "exclude = [\"ordr\"]"}}) ==
        Messages{said("E044", "arm 'none' excludes 'ordr' (no such event or rule) did you mean 'order'?",
                      "23:12")});
  CHECK(complaints({{23, "exclude = [\"order\", \"order\"]"}}) ==
        Messages{said("E036", "'order' stands twice in 'exclude'", "23:21")});
  // Equal to the common value: the arm is no other arm for it.
  CHECK(complaints({{26, "exclude = [\"order\"]\nset = { \"attention.notice\" = 0.5 }"}},
                   "[set]\n\"attention.notice\" = 0.5\n") == Messages{said("E045", same, "25:6")});
  CHECK(complaints({{26, "exclude = [\"order\"]\nset = { \"attention.notice\" = 5 }"}}).size() == 1);
  // Where replicates draw it, an arm that holds it fast is another, and not where the scenario sets it.
  const std::string at_default = fmt::format("exclude = [\"order\"]\nset = {{ \"attention.notice\" = {} }}",
                                             Parameters{}.attention.notice);
  const std::string drawn = "dir = \"data\"\ncalibration = \"data/calibration\"";
  CHECK(complaints({{26, at_default}}) == Messages{said("E045", same, "25:6")});
  CHECK(complaints({{8, drawn}, {26, at_default}}) == Messages{});
  CHECK(complaints({{8, drawn}, {26, "exclude = [\"order\"]\nset = { \"attention.notice\" = 0.5 }"}},
                   "[set]\n\"attention.notice\" = 0.5\n") == Messages{said("E045", same, "26:6")});
}

TEST_CASE("scenario: metrics and backtest", "[unit][scenario]") {
  CHECK(complaints({}, "[[metric]]\nid = \"m\"\nunit = \"%\"\nexpr = \"level(market_cap, at=soon)\"\n") ==
        Messages{said("E056", "'soon' is no date (write it as 2026-06-22)", "30:30")});
  CHECK(complaints({}, "[[metric]]\nid = \"m\"\nunit = \"%\"\nexpr = \"level(market_cap\"\n") ==
        Messages{said("E050", "expected ',' or ')' in 'level(market_cap'", "30:25")});
  CHECK(complaints({}, "[[metric]]\nid = \"m\"\nexpr = \"level(market_cap, at=2026-06-22)\"\n") ==
        Messages{said("E030", "'unit' is missing (every metric needs it)", "27:1")});
  CHECK(
      complaints({}, "[backtest]\nobserved = \"o.csv\"\narm = \"al\"\n") ==
      Messages{said("E047", "[backtest] names arm 'al' (which does not exist) did you mean 'all'?", "29:7")});
}

TEST_CASE("scenario: all faults of a file are said in one pass", "[unit][scenario]") {
  CHECK(complaints({{3, "titl = \"A small one\""},
                    {11, "replicates = 0"},
                    {19, "models = \"fable-5\""},
                    {23, "exclude = [\"ordr\"]"},
                    {26, "set = { \"attention.notice\" = \"x\" }"}}) ==
        Messages{
            said("E030", "'title' is missing (every scenario needs it)", "1:1"),
            said("E032", "'replicates' = 0 is out of range (from 1 to 1000000)", "11:14"),
            said("E033", "'models' must be a list of texts (found text)", "19:10"),
            said("E044", "arm 'none' excludes 'ordr' (no such event or rule) did you mean 'order'?", "23:12"),
            said("E033", "'x' is no number ('attention.notice' is measured in [probability])", "26:30"),
            said("E012", "unknown key 'titl' (not a key of scenario) did you mean 'title'?", "3:1")});
  CHECK(complaints({{4, "[tmie]"}}) ==
        Messages{said("E030", "'time' is missing (every scenario needs it)", "1:1"),
                 said("E012", "unknown key 'tmie' (not a key of scenario) did you mean 'time'?", "4:2")});
}

TEST_CASE("scenario: the command line lies over the file", "[unit][scenario]") {
  const std::string text =
      small_with({}, "[set]\n\"attention.notice\" = 0.5\n\"attention.exit_depth\" = 0.125\n");
  const ScenarioReading found = read_text(
      text, {{"attention.notice=25 %", "time.end = 2026-07-31", "momentum.memory=0.125"}, "99", "12"});
  CHECK(found.errors == Messages{});
  const Scenario& scenario = found.scenario;
  CHECK(scenario.seed == 99);
  CHECK(scenario.replicates == 12);
  CHECK(scenario.sessions == 0);
  CHECK(scenario.until == make_date(2026, 7, 31));
  CHECK(scenario.parameters.attention.notice == 0.25);
  CHECK(scenario.parameters.attention.exit_depth == 0.125);
  CHECK(scenario.parameters.momentum.memory == 0.125);
  REQUIRE(scenario.settings.size() == 3);
  CHECK(scenario.settings[0].name == "attention.exit_depth");
  CHECK(scenario.settings[1].name == "attention.notice");
  CHECK(scenario.settings[1].where.path == "--set");
  CHECK(scenario.settings[1].why == "command line");
  const ScenarioReading other =
      read_text(text, {{"run.seed=5", "run.replicates=6", "time.end=10 sessions"}, "", ""});
  CHECK(other.scenario.seed == 5);
  CHECK(other.scenario.replicates == 6);
  CHECK(other.scenario.sessions == 10);
}

TEST_CASE("scenario: what was typed wrongly is the command line's fault", "[unit][scenario]") {
  CHECK(typed_wrongly({{"attention.notise=0.5", "nonsense"}, "-1", "5000000000"}) ==
        "error[E061]: 'run.seed' = '-1' must be a whole number from 0 to 9223372036854775807\n  --> --seed\n"
        "error[E061]: 'run.replicates' = '5000000000' must be a whole number from 1 to 1000000\n"
        "  --> --replicates\n"
        "error[E061]: unknown name 'attention.notise' (no parameter of this model) did you mean "
        "'attention.notice'? (probability; default 0.35, range 0 to 1)\n  --> --set\n"
        "error[E061]: 'nonsense' is no override (write name=value)\n  --> --set");
  CHECK(typed_wrongly({{"attention.notice=2"}, "", ""}) ==
        "error[E032]: 'attention.notice' = 2 is out of range (from 0 to 1, probability)\n  --> --set");
  CHECK(typed_wrongly({{"attention.notice=0.5", "attention.notice=0.6"}, "", ""}) ==
        "error[E036]: 'attention.notice' is given twice on the command line\n  --> --set");
  CHECK(typed_wrongly({{"time.end=soon"}, "", ""}) ==
        "error[E031]: time.end = 'soon' is no end (write \"60 sessions\" or a date such as 2026-09-04)\n"
        "  --> --set");
  CHECK(
      read_text(small_with({}), {{"time.end=2026-06-01"}, "", ""}).errors ==
      Messages{"error[E032]: time.end = 2026-06-01 must be later than time.as_of = 2026-06-12\n  --> --set"});
}

TEST_CASE("scenario: --strict asks for a reason for every value in the files, arms included",
          "[unit][scenario]") {
  const std::string values =
      "set = { \"attention.notice\" = 0.1, \"attention.exit_depth\" = 0.4 }\n"
      "[set]\n\"attention.new_money\" = 0.002\n\"attention.half_life\" = 4\n";
  const auto found = [&](const std::string& why, const ScenarioOverrides& overrides = {}) {
    ScenarioFiles files;
    files.write("s.toml", small_with({}, values + why));
    const ScenarioReading reading = files.read("s.toml", overrides);
    CHECK(reading.errors == Messages{});
    Problems problems;
    require_reasons(reading.scenario, problems);
    Messages names;
    for (const std::string& one : problems.errors())
      names.push_back(one.substr(0, 11) + one.substr(one.find('\''), one.find(" is set") - one.find('\'')) +
                      one.substr(one.rfind(':', one.rfind(':') - 1)));
    return names;
  };
  CHECK(found("") == Messages{"error[E093]'attention.new_money':29:1",
                              "error[E093]'attention.half_life':30:1", "error[E093]'attention.notice':27:9",
                              "error[E093]'attention.exit_depth':27:35"});
  CHECK(found("[why]\n\"attention.half_life\" = \"a\"\n\"attention.notice\" = \"b\"\n") ==
        Messages{"error[E093]'attention.new_money':29:1", "error[E093]'attention.exit_depth':27:35"});
  const std::string most =
      "[why]\n\"attention.half_life\" = \"a\"\n\"attention.notice\" = \"b\"\n"
      "\"attention.exit_depth\" = \"c\"\n";
  CHECK(found(most, {{"attention.new_money=0.003"}, "", ""}).empty());  // what is typed needs none
}

TEST_CASE("scenario: a reason for what only an arm sets is the arm's", "[unit][scenario]") {
  const ScenarioReading found = read_text(small_with({{26, "set = { \"attention.notice\" = 0.1 }"}},
                                                     "[why]\n\"attention.notice\" = \"a guess\"\n"));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.arms[1].set.size() == 1);
  CHECK(found.scenario.arms[1].set[0].why == "a guess");
  CHECK_THAT(resolved_toml(found.scenario), Catch::Contains("\n[why]\n\"attention.notice\" = \"a guess\"\n"));
}
