// The resolved scenario file, read again, is the same scenario.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string source_dir = CHOKEPOINT_SOURCE_DIR;

bool same_bite(const Bite& a, const Bite& b) {
  return a.force == b.force && a.level == b.level && a.duration_days == b.duration_days;
}

void check_same(const Event& a, const Event& b) {
  CHECK(a.said.id == b.said.id);
  CHECK(a.said.actor == b.said.actor);
  CHECK(a.said.announced == b.said.announced);
  CHECK(same_bite(a.said.bite, b.said.bite));
  CHECK(a.said.prior == b.said.prior);
  CHECK(a.said.continues == b.said.continues);
  CHECK(a.said.feared.has_value() == b.said.feared.has_value());
  if (a.said.feared && b.said.feared) CHECK(same_bite(*a.said.feared, *b.said.feared));
  CHECK(a.said.attention == b.said.attention);
  CHECK(a.said.source == b.said.source);
  CHECK(a.instrument_name() == b.instrument_name());
}

void check_same(const std::vector<Setting>& a, const std::vector<Setting>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    CHECK(a[i].name == b[i].name);
    CHECK(a[i].value == b[i].value);
    CHECK(a[i].why == b[i].why);
  }
}

void check_same_parameters(Parameters a, Parameters b) {
  const FieldList left = fields_of(a);
  const FieldList right = fields_of(b);
  for (std::size_t i = 0; i < left.all().size(); ++i) {
    INFO(left.all()[i].name);
    CHECK(*left.all()[i].value == *right.all()[i].value);
  }
}

void check_same_arms(const Scenario& a, const Scenario& b) {
  REQUIRE(a.arms.size() == b.arms.size());
  for (std::size_t i = 0; i < a.arms.size(); ++i) {
    CHECK(a.arms[i].id == b.arms[i].id);
    CHECK(a.arms[i].label == b.arms[i].label);
    CHECK(a.arms[i].exclude == b.arms[i].exclude);
    CHECK(a.arms[i].reference == b.arms[i].reference);
    check_same(a.arms[i].set, b.arms[i].set);
  }
}

void check_same_metrics(const Scenario& a, const Scenario& b) {
  REQUIRE(a.metrics.size() == b.metrics.size());
  for (std::size_t i = 0; i < a.metrics.size(); ++i) {
    CHECK(a.metrics[i].id == b.metrics[i].id);
    CHECK(a.metrics[i].label == b.metrics[i].label);
    CHECK(a.metrics[i].unit == b.metrics[i].unit);
    CHECK(a.metrics[i].text == b.metrics[i].text);
  }
}

void check_same(const Scenario& a, const Scenario& b) {
  CHECK(a.id == b.id);
  CHECK(a.title == b.title);
  CHECK(a.summary == b.summary);
  CHECK(a.tags == b.tags);
  CHECK(a.as_of == b.as_of);
  CHECK(a.sessions == b.sessions);
  CHECK(a.until == b.until);
  CHECK(a.data_dir == b.data_dir);
  CHECK(a.overlay == b.overlay);
  CHECK(a.calibration_dir == b.calibration_dir);
  CHECK(a.structural_path == b.structural_path);
  CHECK(a.seed == b.seed);
  CHECK(a.replicates == b.replicates);
  CHECK(a.quantiles == b.quantiles);
  check_same(a.settings, b.settings);
  check_same_parameters(a.parameters, b.parameters);
  REQUIRE(a.events.size() == b.events.size());
  for (std::size_t i = 0; i < a.events.size(); ++i) check_same(a.events[i], b.events[i]);
  check_same_arms(a, b);
  check_same_metrics(a, b);
  CHECK(a.observed_path == b.observed_path);
  CHECK(a.observed_arm == b.observed_arm);
}

/// Reads what `resolved_toml` says of a scenario.
Scenario read_resolved(const Scenario& scenario) {
  const std::string text = resolved_toml(scenario);
  INFO(text);
  const ScenarioReading again = read_text(text);
  CHECK(again.errors == Messages{});
  return again.scenario;
}

/// A scenario with one event of every instrument, and texts that need escapes.
std::string full_scenario() {
  const std::string head = "actor = \"firm:zhipu\"\nannounced = 2026-06-16T10:11:12+08:00\nsource = \"x\"\n";
  return small_with(
      {{3, "title = 'A \"small\" \\ one'\nsummary = \"two\\nlines\\t\\u0001 – ende\"\ntags = [\"a\", \"b\"]"},
       {6, "end = 2026-09-04"},
       {8, "dir = \"data\"\noverlay = \"mine.csv\"\ncalibration = \"fit\""},
       {20,
        "source = \"a test\"\nlevel = 0.75\nforce = \"licence_required\"\nduration = \"45.5 d\"\n"
        "prior = \"expected\"\nfeared = { force = \"proposal\", level = 0.25, duration = \"open_ended\" }"}},
      "[[event]]\nid = \"release\"\ninstrument = \"open_release\"\nmodels = [\"glm-5.2\"]\nweights = "
      "2026-06-20\n"
      "claim = { against_best_open = \"below\", gap_to_closed = \"half_or_more\", "
      "price_vs_equal = \"tenth_or_less\" }\n" +
          head +
          "[[event]]\nid = \"issue\"\ninstrument = \"issue\"\nline = \"2513.HK\"\nshares = 9000000000\n"
          "offer_price = 12.345\ndate = 2026-07-01\n" +
          head +
          "[[event]]\nid = \"listing\"\ninstrument = \"listing\"\nline = \"X\"\noffer_price = 1e30\n"
          "date = 2026-07-02\n" +
          head +
          "[[event]]\nid = \"ban\"\ninstrument = \"ownership_ban\"\nfirms = [\"zhipu\"]\n"
          "domiciles = [\"US\", \"HK\"]\ndeadline = 2026-08-01\n" +
          head +
          "[[event]]\nid = \"second_order\"\ninstrument = \"model_access_order\"\nmodels = [\"fable-5\"]\n"
          "deny = { persons_not_national_of = [\"US\", \"IN\"] }\ncontinues = \"order\"\n" +
          head +
          "[[event]]\nid = \"bank\"\ninstrument = \"enterprise_ban\"\nvendor = \"anthropic\"\n"
          "scope = { staff_region = \"HK\" }\nbasis = \"data_security\"\n" +
          head + "[[event]]\nid = \"closed\"\ninstrument = \"model_release\"\nmodels = [\"a\", \"b\"]\n" +
          head +
          "[set]\n\"attention.notice\" = 0.5\n[why]\n\"attention.notice\" = \"a 'guess'\"\n"
          "[backtest]\nobserved = \"o.csv\"\narm = \"all\"\n"
          "[arm.third]\nset = { \"attention.notice\" = 0.1, \"attention.exit_depth\" = 0 }\n");
}

}  // namespace

TEST_CASE("scenario: the resolved file says the same", "[unit][scenario]") {
  Problems problems;
  const Scenario shipped =
      read_scenario(source_dir + "/scenarios/glm52-access-ban.toml",
                    {{"attention.notice=0.1234567890123", "run.replicates=17"}, "", ""}, problems);
  REQUIRE(problems.errors() == Messages{});
  CHECK(shipped.calibration_dir == "data/calibration");
  CHECK_THAT(resolved_toml(shipped), Catch::Contains("\ncalibration = \"data/calibration\"\n"));
  check_same(shipped, read_resolved(shipped));
}

TEST_CASE("scenario: probes survive the resolved file, at most the replicates that were run",
          "[unit][scenario][resolved]") {
  ScenarioReading first = read_text(small_with({{11, "replicates = 4\nprobes = 3"}}));
  CHECK(read_text(resolved_toml(first.scenario)).scenario.probes == 3);
  first.scenario.replicates = 2;  // --replicates 2
  const ScenarioReading again = read_text(resolved_toml(first.scenario));
  CHECK(again.errors.empty());
  CHECK(again.scenario.probes == 2);
}

TEST_CASE("scenario: without a calibration the resolved file names none", "[unit][scenario]") {
  const ScenarioReading plain = read_text(small_with({}));
  CHECK(plain.scenario.calibration_dir.empty());
  CHECK_THAT(resolved_toml(plain.scenario), !Catch::Contains("calibration ="));
}

TEST_CASE("scenario: the table of structural priors survives the resolved file", "[unit][scenario]") {
  ScenarioReading found = read_text(small_with({}));
  CHECK(found.scenario.structural_path.empty());
  CHECK_THAT(resolved_toml(found.scenario), !Catch::Contains("structural ="));
  found.scenario.structural_path = "priors/structural.csv";
  CHECK(read_resolved(found.scenario).structural_path == "priors/structural.csv");
}

TEST_CASE("scenario: every instrument survives the resolved file", "[unit][scenario]") {
  const ScenarioReading found = read_text(full_scenario());
  REQUIRE(found.errors == Messages{});
  const Scenario again = read_resolved(found.scenario);
  check_same(found.scenario, again);
  const auto& events = again.events;
  CHECK(std::get<ModelAccessOrder>(events[0].instrument).models == Messages{"fable-5"});
  const auto& release = std::get<OpenRelease>(events[1].instrument);
  CHECK(release.models == Messages{"glm-5.2"});
  CHECK(release.weights == make_date(2026, 6, 20));
  CHECK(release.against_best_open.value == "below");
  CHECK(release.gap_to_closed.value == "half_or_more");
  CHECK(release.price_vs_equal.value == "tenth_or_less");
  const auto& issue = std::get<Issue>(events[2].instrument);
  CHECK(issue.line == "2513.HK");
  CHECK(issue.shares == 9000000000);
  CHECK(issue.offer_price == 12.345);
  CHECK(issue.date == make_date(2026, 7, 1));
  CHECK(std::get<Listing>(events[3].instrument).offer_price == 1e30);
  const auto& ban = std::get<OwnershipBan>(events[4].instrument);
  CHECK(ban.firms == Messages{"zhipu"});
  CHECK(ban.domiciles == Messages{"US", "HK"});
  CHECK(ban.deadline == make_date(2026, 8, 1));
  CHECK(std::get<ModelAccessOrder>(events[5].instrument).permitted_nationalities == Messages{"US", "IN"});
  const auto& bank = std::get<EnterpriseBan>(events[6].instrument);
  CHECK(bank.vendor == "anthropic");
  CHECK(bank.staff_region.value == "HK");
  CHECK(bank.basis.value == "data_security");
  CHECK(std::get<ModelRelease>(events[7].instrument).models == Messages{"a", "b"});
}
