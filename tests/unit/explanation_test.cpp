// Where the values of a scenario came from.
#include "sim/study/explanation.hpp"

#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

constexpr const char* base =
    "schema = \"chokepoint.scenario/1\"\nid = \"base\"\ntitle = \"Base\"\nkind = \"base\"\n"
    "[time]\nas_of = 2026-06-12\nend = \"9 sessions\"\n[data]\ndir = \"data\"\n[run]\nseed = 7\nreplicates = "
    "3\n"
    "[output]\nquantiles = [0.25]\n[set]\n\"attention.notice\" = 0.6\n";
constexpr const char* upper =
    "schema = \"chokepoint.scenario/1\"\nid = \"s\"\ntitle = \"S\"\nextends = [\"base.toml\"]\n"
    "[set]\n\"attention.notice\" = \"40 %\"\n[why]\n\"attention.notice\" = \"a guess\"\n"
    "[arm.none]\nreference = true\n[arm.more]\nset = { \"attention.notice\" = 0.9, "
    "\"attention.exit_depth\" = 0.5 }\n[run]\nseed = 8\n";

/// The explanations of a key (or of all that changed, for "") as text without the folder's name.
/// `more` is put after the file's text.
std::string explained(const std::string& key, const ScenarioOverrides& overrides = {},
                      const std::string& more = "") {
  const TemporaryFolder folder;
  folder.write("base.toml", base);
  folder.write("s.toml", upper + more);
  Problems problems;
  Study study;
  study.scenario = read_scenario(folder.at("s.toml"), overrides, problems);
  problems.throw_if_any();
  const Explainer explainer(study, read_statements(folder.at("s.toml")), overrides);
  std::string text;
  for (const Explanation& one : key.empty() ? explainer.changed() : explainer.explain(key))
    text += explanation_text(one);
  const std::string prefix = folder.at("");
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix))
    text.erase(at, prefix.size());
  return text;
}

/// The line of a default, whose source is long.
std::string default_of(const std::string& name) {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  const Field* field = fields.find(name);
  return short_number(*field->value) + "  (" + field->source + ")";
}

}  // namespace

TEST_CASE("explanation: a parameter's chain, the value in force first", "[unit][explanation]") {
  const std::string found = explained("attention.notice");
  CHECK_THAT(found, Catch::StartsWith("attention.notice [probability]\n"
                                      "  0.4  s.toml:6  <- 0.6  base.toml:16  <- default " +
                                      default_of("attention.notice") + "\n"));
  CHECK_THAT(found, Catch::Contains("(range 0 to 1)\n  why: a guess\n  arm 'more' sets 0.9  s.toml:12"));
}

TEST_CASE("explanation: what was typed comes first", "[unit][explanation]") {
  CHECK_THAT(explained("attention.notice", {{"attention.notice=20 %"}, "", ""}),
             Catch::Contains("\n  0.2  --set  <- 40 %  s.toml:6  <- 0.6  base.toml:16  <- default "));
  CHECK(explained("run.seed", {{}, "9", ""}) ==
        "run.seed\n  9  --seed  <- 8  s.toml:14  <- 7  base.toml:11\n");
}

TEST_CASE("explanation: keys that only the command line says, and keys that nobody says",
          "[unit][explanation]") {
  const std::string gain =
      "[[metric]]\nid = \"gain\"\nlabel = \"Gain\"\nunit = \"%\"\n"
      "expr = \"pct_effect(market_cap[firm=zhipu], at=2026-06-22)\"\n";
  const ScenarioOverrides overrides{{"run.max_replicates = 900"}, "", "", {"gain=0.1"}};
  CHECK(explained("run.max_replicates", overrides, gain) == "run.max_replicates\n  900  --set\n");
  CHECK(explained("run.probes") == "run.probes\n  4  default\n");
  CHECK(explained("data.market") == "data.market\n  true  default\n");
  CHECK(explained("data.overlay") == "data.overlay\n  not set  default\n");
}

TEST_CASE("explanation: keys of a record that only the command line says, or nobody", "[unit][explanation]") {
  const std::string order =
      "[[event]]\nid = \"order\"\nannounced = 2026-06-12T17:21:00-04:00\nactor = \"regulator:us-bis\"\n"
      "instrument = \"model_access_order\"\nmodels = [\"fable-5\"]\nsource = \"a test\"\n"
      "deny = { persons_not_national_of = [\"US\"] }\n";
  const ScenarioOverrides overrides{{"event.order.attention=trade_press"}, "", ""};
  const std::string line = "event.order.attention\n  trade_press  --set\n";
  CHECK(explained("event.order.attention", overrides, order) == line);
  CHECK_THAT(explained("order", overrides, order), Catch::EndsWith(line));
  CHECK_THAT(explained("", overrides, order), Catch::EndsWith(line));
  CHECK(explained("event.order.attention", {}, order) == "event.order.attention\n  not set  default\n");
  CHECK(explained("event.order.actor", {{"event.order.actor=regulator:us-ofac"}, "", ""}, order) ==
        "event.order.actor\n  regulator:us-ofac  --set  <- regulator:us-bis  s.toml:18\n");
}

TEST_CASE("explanation: a parameter nobody sets stands at its default", "[unit][explanation]") {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  const Field* field = fields.find("attention.new_money");
  CHECK_THAT(explained("attention.new_money"),
             Catch::Contains("\n  " + short_number(*field->value) + "  default (" + field->source + ")\n"));
}

TEST_CASE("explanation: records by path or by id alone, with their keys", "[unit][explanation]") {
  CHECK(explained("arm.none") == "arm.none\n  declared  s.toml:9\narm.none.reference\n  true  s.toml:10\n");
  CHECK(explained("none") == explained("arm.none"));
}

TEST_CASE("explanation: without a key, what is set and what is inherited", "[unit][explanation]") {
  const std::string found = explained("");
  CHECK_THAT(found, Catch::Contains("attention.notice [probability]\n"));
  CHECK_THAT(found, Catch::Contains("attention.exit_depth ["));
  CHECK_THAT(found, Catch::Contains("arm 'more' sets 0.5  s.toml:12"));
  CHECK_THAT(found, !Catch::Contains("attention.new_money"));
  CHECK_THAT(found, Catch::Contains("run.seed\n  8  s.toml:14  <- 7  base.toml:11\n"));
  CHECK_THAT(found, Catch::Contains("time.as_of\n  2026-06-12  base.toml:6\n"));
  CHECK_THAT(found, !Catch::Contains("arm.none"));  // declared once, in the file itself
}

TEST_CASE("explanation: an unknown key is the command line's fault, with a suggestion",
          "[unit][explanation]") {
  try {
    explained("attention.notise");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    CHECK_THAT(error.what(), Catch::Contains("did you mean 'attention.notice'?"));
  }
  CHECK_THROWS_AS(explained("event.order"), Error);
}
