// Selections of firms, models and vendors in events.
#include "sim/input/target_selectors.hpp"

#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Two banks with desks, one of them no firm of the tables, and two vendors.
Facts few_facts() {
  Facts facts;
  facts.firms = {{"goldman", "G", Region::us, "bank", false, true, 0},
                 {"zhipu", "Z", Region::cn, "ai", true, true, 0},
                 {"deepseek", "D", Region::cn, "ai", true, false, 0},
                 {"byd", "B", Region::cn, "cars", false, true, 0}};
  facts.vendors = {{"anthropic", 0, Region::us}, {"zhipu", 1, Region::cn}};
  facts.models = {{"glm-5", "zhipu", make_date(2026, 1, 1), true, false},
                  {"glm-x", "zhipu", make_date(2026, 1, 1), false, false},
                  {"v4", "deepseek", make_date(2026, 1, 1), true, false}};
  facts.bank_desks = {{"goldman", "G", Region::us, Region::hk, 10, Reading::strict, {}},
                      {"ubs", "U", Region::row, Region::hk, 10, Reading::strict, {}},
                      {"ubs", "U", Region::row, Region::us, 10, Reading::strict, {"zhipu"}}};
  return facts;
}

struct Expanded {
  Scenario scenario;
  Messages errors;
};

Expanded expand(const std::string& text) {
  ScenarioReading read = read_text(text);
  REQUIRE(read.errors == Messages{});
  Problems problems;
  expand_selectors(read.scenario, few_facts(), problems);
  Messages errors = problems.errors();
  for (std::string& error : errors)
    error.replace(error.find(" /") + 1, error.rfind('/') - error.find(" /"), "");
  return {std::move(read.scenario), errors};
}

std::string banning(const std::string& firms) {
  return small_with({}, further("ownership_ban", "regulator:us-x",
                                "firms = " + firms + "\ndomiciles = [\"US\"]\ndeadline = 2026-09-01\n"));
}

Messages firms(const std::string& list) {
  const Expanded found = expand(banning(list));
  CHECK(found.errors == Messages{});
  CHECK(found.scenario.events[1].unsettled.empty());
  return std::get<OwnershipBan>(found.scenario.events[1].instrument).firms;
}

std::string models_text(const std::string& models) { return small_with({{19, "models = " + models}}); }

Messages models(const std::string& list) {
  const Expanded found = expand(models_text(list));
  CHECK(found.errors == Messages{});
  return std::get<ModelAccessOrder>(found.scenario.events[0].instrument).models;
}

std::string bank_ban(const std::string& actor) {
  return small_with({}, further("enterprise_ban", actor,
                                "vendor = \"anthropic\"\nscope = { staff_region = \"HK\" }\n"
                                "basis = \"vendor_terms\"\n"));
}

}  // namespace

TEST_CASE("selectors: lists of ids", "[unit][selectors]") {
  CHECK(firms("[\"firm[headquarters=CN]\"]") == Messages{"zhipu", "deepseek", "byd"});
  CHECK(firms("[\"firm[ headquarters = CN , group = ai ]\"]") == Messages{"zhipu", "deepseek"});
  CHECK(firms("[\"firm[group=ai, listed=false]\"]") == Messages{"deepseek"});
  CHECK(firms("[\"firm[type=bank]\"]") == Messages{"goldman", "ubs"});
  CHECK(firms("[\"firm[type=bank, region_desk=US]\"]") == Messages{"ubs"});
  CHECK(firms("[\"firm[allows=anthropic]\"]") == Messages{"goldman", "ubs"});
  CHECK(firms("[\"firm[allows=zhipu]\"]") == Messages{"goldman"});
  CHECK(firms("[\"firm[type=vendor]\"]") == Messages{"zhipu"});
  CHECK(firms("[\"vendor[home=US]\"]") == Messages{"anthropic"});
  // Among written ids, each once.
  CHECK(firms("[\"byd\", \"firm[group=ai]\", \"firm[headquarters=CN]\"]") ==
        Messages{"byd", "zhipu", "deepseek"});
  CHECK(models("[\"model[developer=zhipu, open=true]\"]") == Messages{"glm-5"});
  CHECK(models("[\"model[open=false]\", \"v4\"]") == Messages{"glm-x", "v4"});
  CHECK(models("[\"model[region=CN]\"]") == Messages{"glm-5", "glm-x", "v4"});
}

TEST_CASE("selectors: mistakes are told with their place", "[unit][selectors]") {
  const auto error = [](const std::string& selection) {
    const Expanded found = expand(models_text("[\"" + selection + "\"]"));
    REQUIRE(found.errors.size() == 1);
    return found.errors[0];
  };
  CHECK(
      error("model[developr=zhipu]") ==
      said(
          "E065",
          "models cannot be selected by 'developr' (keys: developer, open, region) did you mean 'developer'?",
          "19:18"));
  CHECK(error("model[developer=zhipo]") ==
        said("E065", "'zhipo' is no developer of the data did you mean 'zhipu'?", "19:28"));
  CHECK(error("modle[open=true]") ==
        said("E065", "'modle' selects no kind of target (write firm, model or vendor) did you mean 'model'?",
             "19:12"));
  CHECK(error("model[open=true") == said("E065", "expected ',' or ']' in 'model[open=true'", "19:27"));
  CHECK(error("model[open=true] x") ==
        said("E065", "expected the end of the expression in 'model[open=true] x'", "19:29"));
  CHECK(error("model[developer=deepseek, open=false]") ==
        said("E066",
             "'model[developer=deepseek, open=false]' selects nothing (the data have none) drop a selector "
             "or change "
             "its value",
             "19:12"));
}

TEST_CASE("selectors: an actor makes an event of each firm, excluded together", "[unit][selectors]") {
  const Expanded found =
      expand(bank_ban("firm[type=bank, region_desk=HK]") + "[arm.calm]\nexclude = [\"second\"]\n");
  CHECK(found.errors == Messages{});
  const auto& events = found.scenario.events;
  REQUIRE(events.size() == 3);
  CHECK(events[1].said.id == "second.goldman");
  CHECK(events[1].said.actor == "firm:goldman");
  CHECK(events[2].said.id == "second.ubs");
  CHECK(events[2].said.actor == "firm:ubs");
  CHECK(events[2].said.declared() == "second");
  const auto& arms = found.scenario.arms;
  CHECK(found.scenario.events_of(arms[1]).size() == 3);
  REQUIRE(found.scenario.events_of(arms[2]).size() == 1);
  CHECK(found.scenario.events_of(arms[2])[0].said.id == "order");
}

TEST_CASE("selectors: the resolved file has the firms and keeps them together", "[unit][selectors]") {
  const Expanded found = expand(bank_ban("firm[type=bank]") + "[arm.calm]\nexclude = [\"second\"]\n");
  const ScenarioReading again = read_text(resolved_toml(found.scenario));
  CHECK(again.errors == Messages{});
  REQUIRE(again.scenario.events.size() == 3);
  CHECK(again.scenario.events[2].said.id == "second.ubs");
  CHECK(again.scenario.events[2].said.group == "second");
  CHECK(again.scenario.events_of(again.scenario.arms[2]).size() == 1);
}

TEST_CASE("selectors: a group is what the id begins with", "[unit][selectors]") {
  CHECK(complaints({{15, "id = \"order\"\ngroup = \"ban\""}, {23, "exclude = [\"order\"]"}}) ==
        Messages{
            said("E035", "'group' = 'ban' is not what id 'order' begins with (write \"ban.<name>\")", "16:9"),
        });
  CHECK(complaints({{15, "id = \"or.der\""}, {23, "exclude = [\"or.der\"]"}}) ==
        Messages{said("E035", "id 'or.der' may hold letters, digits, '_' and '-' only", "15:6")});
}

TEST_CASE("selectors: an actor that selects firms is a group of its own", "[unit][selectors]") {
  const std::string ban =
      "[[event]]\nid = \"ban.us\"\ngroup = \"ban\"\nannounced = 2026-06-15T18:00:00-04:00\n"
      "actor = \"firm[type=bank]\"\ninstrument = \"placement_considered\"\n"
      "source = \"a test\"\n";
  CHECK(complaints({}, ban) ==
        Messages{said("E035",
                      "'group' stands in event 'ban.us', which is several events (arms exclude them together "
                      "by its id) leave 'group' out and give it an id without a dot",
                      "29:9")});
}
