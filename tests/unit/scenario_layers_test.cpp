// Layers of scenario files: extends, override, remove, and files that cannot be read.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string source_dir = CHOKEPOINT_SOURCE_DIR;

Messages ids_of(const std::vector<Event>& events) {
  Messages ids;
  for (const Event& event : events) ids.push_back(event.said.id);
  return ids;
}

const std::string base_text =
    "schema = \"chokepoint.scenario/1\"\nid = \"base\"\ntitle = \"Base\"\nkind = \"base\"\n"
    "[time]\nas_of = 2026-06-12\nend = 2026-09-04\n[data]\ndir = \"data\"\n[run]\nseed = 7\nreplicates = 3\n"
    "[output]\nquantiles = [0.25, 0.75]\n[set]\n\"attention.notice\" = 0.5\n"
    "[[event]]\nid = \"old\"\nannounced = 2026-06-15T10:00:00Z\nactor = \"firm:zhipu\"\n"
    "instrument = \"placement_considered\"\nsource = \"base\"\n";
const std::string upper_head =
    "schema = \"chokepoint.scenario/1\"\nid = \"upper\"\ntitle = \"Upper\"\nextends = [\"base.toml\"]\n";
const std::string upper_arms = "[arm.none]\nreference = true\nexclude = [\"old\"]\n[arm.all]\n";

ScenarioReading read_layered(const std::string& upper, const std::string& base = base_text) {
  ScenarioFiles files;
  files.write("base.toml", base);
  files.write("s.toml", upper);
  return files.read("s.toml");
}

}  // namespace

TEST_CASE("scenario: the shipped base can be extended, not run", "[unit][scenario]") {
  const std::string base = source_dir + "/scenarios/base/world-2026h1.toml";
  Problems problems;
  read_scenario(base, {}, problems);
  CHECK(problems.errors() == Messages{"error[E016]: this is a base (kind = \"base\"), which cannot be run: "
                                      "extend it\n  --> " +
                                      base + ":1:1"});
  const ScenarioReading found = read_text(
      "schema = \"chokepoint.scenario/1\"\nid = \"calm\"\ntitle = \"No event\"\nextends = [\"" +
      std::filesystem::relative(base, std::filesystem::temp_directory_path() / "scenario").string() +
      "\"]\n[arm.calm]\nreference = true\n");
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.title == "No event");
}

TEST_CASE("scenario: layers merge key by key and keep events", "[unit][scenario]") {
  const ScenarioReading found =
      read_layered(upper_head +
                   "[run]\nseed = 8\n[output]\nquantiles = [0.5]\n[set]\n\"attention.exit_depth\" = 0.25\n"
                   "[[event]]\nid = \"new\"\nannounced = 2026-06-16T10:00:00Z\nactor = \"firm:zhipu\"\n"
                   "instrument = \"placement_considered\"\nsource = \"upper\"\n" +
                   upper_arms);
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.id == "upper");
  CHECK(found.scenario.seed == 8);
  CHECK(found.scenario.replicates == 3);
  CHECK(found.scenario.quantiles == std::vector<double>{0.5});
  CHECK(found.scenario.until == make_date(2026, 9, 4));
  CHECK(found.scenario.sessions == 0);
  CHECK(found.scenario.parameters.attention.notice == 0.5);
  CHECK(found.scenario.parameters.attention.exit_depth == 0.25);
  CHECK(ids_of(found.scenario.events) == Messages{"old", "new"});
  REQUIRE(found.scenario.layers.size() == 2);
  CHECK(found.scenario.layers[0].ends_with("base.toml"));
}

TEST_CASE("scenario: a dotted key overrides the quoted one of a lower layer", "[unit][scenario]") {
  const ScenarioReading found = read_layered(upper_head + "[set]\nattention.notice = 0.25\n" + upper_arms);
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.parameters.attention.notice == 0.25);
  CHECK(complaints({}, "[set]\n\"attention.notice\" = 0.25\nattention.notice = 0.5\n") ==
        Messages{said("E036", "'attention.notice' is set twice", "29:11")});
}

TEST_CASE("scenario: an id is used again only with override", "[unit][scenario]") {
  const std::string again = "[[event]]\nid = \"old\"\nsource = \"upper\"\n";
  CHECK(
      read_layered(upper_head + again + upper_arms).errors ==
      Messages{said("E014",
                    "event 'old' exists already (base.toml:17) write override = true in a file that extends "
                    "it, or choose another id",
                    "6:6")});
  const ScenarioReading found = read_layered(upper_head + again + "override = true\n" + upper_arms);
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.events.size() == 1);
  CHECK(found.scenario.events[0].said.source == "upper");
  CHECK(found.scenario.events[0].said.actor == "firm:zhipu");
  CHECK(read_layered(upper_head + "[[event]]\nid = \"odl\"\noverride = true\n" + upper_arms).errors ==
        Messages{said("E014", "'override' without anything to override (no earlier event 'odl')", "6:6")});
  CHECK(read_layered(upper_head + again + "override = true\n" + again + "override = true\n" + upper_arms)
            .errors.size() == 1);
}

TEST_CASE("scenario: the order in which files are extended changes nothing that is told",
          "[unit][scenario]") {
  const auto layer = [](const std::string& id, const std::string& rest) {
    return "schema = \"chokepoint.scenario/1\"\nid = \"" + id + "\"\ntitle = \"Layer\"\nkind = \"base\"\n" +
           rest;
  };
  const auto event = [](const std::string& id) {
    return "[[event]]\nid = \"" + id +
           "\"\nannounced = 2026-06-16T10:00:00Z\nactor = \"firm:zhipu\"\n"
           "instrument = \"placement_considered\"\nsource = \"layer\"\n";
  };
  const auto metric = [](const std::string& id) {
    return "[[metric]]\nid = \"" + id +
           "\"\nexpr = \"level(market_cap[firm=zhipu], at=2026-06-22)\"\nunit = \"bn USD\"\n";
  };
  ScenarioFiles files;
  files.write("base.toml", base_text);
  files.write("a.toml", layer("a", "[set]\n\"attention.exit_depth\" = 0.25\n" + event("zz") + metric("one")));
  files.write("b.toml", layer("b", "[set]\n\"attention.clear_news\" = 0.02\n" + event("aa") + metric("two")));
  const std::string rest = "[arm.none]\nreference = true\nexclude = [\"old\"]\n[arm.all]\n";
  std::vector<std::string> told;
  for (const char* order : {"\"a.toml\", \"b.toml\"", "\"b.toml\", \"a.toml\""}) {
    files.write("s.toml",
                "schema = \"chokepoint.scenario/1\"\nid = \"s\"\ntitle = \"S\"\nextends = [\"base.toml\", " +
                    std::string(order) + "]\n" + rest);
    const ScenarioReading found = files.read("s.toml");
    CHECK(found.errors == Messages{});
    CHECK(ids_of(found.scenario.events) == Messages{"old", "zz", "aa"});
    told.push_back(resolved_toml(found.scenario));
  }
  CHECK(told[0] == told[1]);
}

TEST_CASE("scenario: ids are used once in a file", "[unit][scenario]") {
  const std::string metric =
      "[[metric]]\nid = \"m\"\nunit = \"%\"\nexpr = \"level(market_cap, at=2026-06-22)\"\n";
  CHECK(
      complaints({}, metric + metric) ==
      Messages{said("E014",
                    "metric 'm' exists already (s.toml:27) write override = true in a file that extends it, "
                    "or choose another id",
                    "32:6")});
  CHECK(complaints({}, "[arm.all]\n").size() == 1);  // TOML itself forbids it
}

TEST_CASE("scenario: remove takes entries of lower layers away", "[unit][scenario]") {
  const std::string arms = "[arm.none]\nreference = true\n";
  const ScenarioReading found =
      read_layered(upper_head + "remove = [\"event.old\", \"set.attention.notice\"]\n" + arms);
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.events.empty());
  CHECK(found.scenario.settings.empty());
  CHECK(read_layered(upper_head + "remove = [\"event.odl\"]\n" + arms).errors ==
        Messages{
            said("E015", "cannot remove 'event.odl' (it is not there) did you mean 'event.old'?", "5:11")});
}

TEST_CASE("scenario: the reason for what an upper layer removes is left out", "[unit][scenario]") {
  const std::string with_reason = base_text +
                                  "[why]\n\"attention.notice\" = \"a guess\"\n\"attention.exit_depth\" = "
                                  "\"another\"\n[arm.set]\nset = { \"attention.exit_depth\" = 0.25 }\n";
  const std::string arms = "[arm.none]\nreference = true\nexclude = [\"old\"]\n[arm.all]\n";
  for (const std::string remove : {"\"set.attention.notice\"", "\"arm.set\""}) {
    CHECK(read_layered(upper_head + "remove = [" + remove + "]\n" + arms, with_reason).errors == Messages{});
  }
}

TEST_CASE("scenario: files that cannot be read", "[unit][scenario]") {
  ScenarioFiles files;
  CHECK(files.read("gone.toml").errors ==
        Messages{"error[E010]: cannot read 'gone.toml' (no such file)\n  --> gone.toml"});
  files.write("s.toml", upper_head + upper_arms);
  CHECK(files.read("s.toml").errors ==
        Messages{said("E010", "cannot read 'base.toml' (no such file)", "4:12")});
  files.write("base.toml", "schema = \"chokepoint.scenario/1\"\nextends = [\"s.toml\"]\n");
  CHECK(files.read("s.toml").errors ==
        Messages{"error[E013]: 's.toml' extends itself (the chain comes back to it)\n  --> base.toml:2:12"});
  files.write("s.toml", "schema = \"chokepoint.scenario/1\"\nextends = [\"./s.toml\"]\n");
  CHECK(files.read("s.toml").errors ==
        Messages{said("E013", "'s.toml' extends itself (the chain comes back to it)", "2:12")});
  files.write("s.toml", "schema = \"chokepoint.scenario/1\"\nextends = [\"x.toml\", \"y.toml\"]\n");
  CHECK(files.read("s.toml").errors == Messages{said("E010", "cannot read 'x.toml' (no such file)", "2:12"),
                                                said("E010", "cannot read 'y.toml' (no such file)", "2:22")});
  files.write("s.toml", "schema = \"chokepoint.scenario/1\"\nextends = \"base.toml\"\n");
  CHECK(files.read("s.toml").errors ==
        Messages{said("E033", "'extends' must be a list of texts (found text)", "2:11")});
}

TEST_CASE("scenario: what is no TOML or no scenario of this version", "[unit][scenario]") {
  const Messages found = complaints({{11, "replicates = "}});
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0],
             Catch::StartsWith("error[E010]: not valid TOML: ") && Catch::EndsWith("\n  --> s.toml:11:14"));
  CHECK(complaints({{1, "schema = \"chokepoint.scenario/2\""}}) ==
        Messages{said("E011",
                      "schema 'chokepoint.scenario/2' is newer than this program (which reads "
                      "chokepoint.scenario/1) use a newer program",
                      "1:10")});
  CHECK(
      complaints({{1, "schema = \"chokepoint.sweep/1\""}}) ==
      Messages{said("E011", "schema 'chokepoint.sweep/1' is no scenario's (write \"chokepoint.scenario/1\")",
                    "1:10")});
  CHECK(complaints({{1, ""}}) ==
        Messages{said("E030", "'schema' is missing (every scenario file needs it)", "1:1")});
}
