// The world of a scenario as of a past date: what was known then, and nothing that came later.
#include "sim/input/vintage_world.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "scenario_files.hpp"
#include "sim/input/event_descriptor.hpp"
#include "sim/study/study.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string source_dir = CHOKEPOINT_SOURCE_DIR;
const Date eve = make_date(2025, 1, 24);

const Vintages& shipped() {
  static const Vintages loaded = [] {
    Problems problems;
    Vintages vintages = load_vintages(source_dir + "/data", problems);
    problems.throw_if_any();
    return vintages;
  }();
  return loaded;
}

Facts world_of(const Vintages& vintages, Date as_of) {
  Problems problems;
  Facts facts = vintage_world(vintages, as_of, problems);
  CHECK(problems.errors() == Messages{});
  return facts;
}

/// The vintages as they would have been written on a date: every later row is cut off.
Vintages written_on(Vintages v, Date date) {
  const auto later = [&](const auto& row) { return row.date > date; };
  for (std::size_t k = v.lines.size(); k-- > 0;) {
    std::erase_if(v.caps[k], later);
    if (v.lines[k].listed_since <= date && !v.caps[k].empty()) continue;
    v.lines.erase(v.lines.begin() + static_cast<std::ptrdiff_t>(k));
    v.caps.erase(v.caps.begin() + static_cast<std::ptrdiff_t>(k));
  }
  for (auto& totals : v.totals) std::erase_if(totals, later);
  std::erase_if(v.exposures, [&](const DatedExposure& row) { return row.known > date; });
  return v;
}

void check_same(const Facts& a, const Facts& b) {
  REQUIRE(a.lines.size() == b.lines.size());
  for (std::size_t k = 0; k < a.lines.size(); ++k) {
    CAPTURE(a.lines[k].id);
    CHECK(a.lines[k].id == b.lines[k].id);
    CHECK(a.lines[k].shares == b.lines[k].shares);
    CHECK(a.lines[k].tradable == b.lines[k].tradable);
    CHECK(a.lines[k].quoted_on == b.lines[k].quoted_on);
  }
  REQUIRE(a.exposures.size() == b.exposures.size());
  for (std::size_t i = 0; i < a.exposures.size(); ++i) {
    CHECK(a.exposures[i].firm == b.exposures[i].firm);
    CHECK(a.exposures[i].counterpart == b.exposures[i].counterpart);
    CHECK(a.exposures[i].share == b.exposures[i].share);
  }
}

/// A vintage line with one value and a region with one total, later than `first`.
Vintages beginning_on(Date first) {
  Vintages v;
  v.lines.resize(1);
  v.caps = {{{first, 10.0}}};
  for (auto& totals : v.totals) totals = {{first, 100.0}};
  return v;
}

}  // namespace

TEST_CASE("vintage world: rows dated later than as_of change nothing", "[unit][vintage-world]") {
  for (const Date as_of : {make_date(2019, 5, 14), make_date(2022, 10, 6), eve}) {
    CAPTURE(to_text(as_of));
    const Facts facts = world_of(shipped(), as_of);
    check_same(facts, world_of(written_on(shipped(), as_of), as_of));
    for (const Line& line : facts.lines) CHECK(*parse_date(line.quoted_on) <= as_of);
  }
}

TEST_CASE("vintage world: lines listed later or without a value are left out", "[unit][vintage-world]") {
  const Facts facts = world_of(shipped(), eve);
  for (const char* later : {"2513.HK", "0100.HK", "688795.SH", "688802.SH"}) {
    CHECK(facts.line(later) == Facts::npos);
  }
  CHECK(facts.line("0941.HK") == Facts::npos);  // listed for long; the first value known is of 2026
  CHECK(facts.lines.size() == 76 + region_count);
  const Line& nvidia = facts.lines[facts.line("NVDA")];
  CHECK(nvidia.quoted_on == "2024-12-31");
  CHECK(nvidia.daily_sd == 0.0);  // the sample value was measured until October 2025
}

TEST_CASE("vintage world: what is known of June 2026 alone is not there", "[unit][vintage-world]") {
  const Facts facts = world_of(shipped(), eve);
  CHECK(facts.models.empty());
  CHECK(facts.vendors.empty());
  CHECK(facts.lockups.empty());
  CHECK(facts.stakes.empty());
  CHECK(facts.reviews.empty());
  CHECK(facts.bank_desks.empty());
  CHECK(facts.usage.empty());
  REQUIRE(facts.firm("deepseek") != Facts::npos);  // acts, and has no value
  REQUIRE(facts.firm("zhipu") != Facts::npos);
  CHECK_FALSE(facts.firms[facts.firm("zhipu")].listed);
  for (const Firm& firm : facts.firms) CHECK(firm.mark_bn_usd == 0.0);
}

TEST_CASE("vintage world: a run ends where closed days end", "[unit][vintage-world]") {
  CHECK(world_of(shipped(), eve).calendar_until == eve + 400);
  CHECK(world_of(shipped(), make_date(2026, 1, 5)).calendar_until == make_date(2026, 6, 19));
}

TEST_CASE("vintage world: a date before all vintages is a complaint", "[unit][vintage-world]") {
  Problems problems;
  vintage_world(beginning_on(make_date(2020, 1, 2)), make_date(2020, 1, 1), problems);
  REQUIRE(problems.errors().size() == 1 + region_count);
  CHECK(problems.errors()[0].find("E098") != std::string::npos);
  CHECK(problems.errors()[0].find("no line was listed with a market value on 2020-01-01") !=
        std::string::npos);
  CHECK(problems.errors()[2].find("no value of CN") != std::string::npos);
  CHECK(lines_known_on(beginning_on(make_date(2020, 1, 2)), make_date(2020, 1, 2)).size() == 1);
}

TEST_CASE("vintage world: keys of [data] that exclude each other are complaints", "[unit][vintage-world]") {
  const auto found = [](const std::string& keys) {
    return read_text(small_with({{8, "dir = \"data\"\n" + keys}}));
  };
  CHECK(found("vintages = \"data/vintages\"").errors == Messages{});
  CHECK(found("calibration = \"c\"\nfit_without = \"X\"").errors == Messages{});
  const std::string resolved =
      resolved_toml(found("vintages = \"v\"\ncalibration = \"c\"\nfit_without = \"X\"").scenario);
  CHECK(resolved.find("\nvintages = \"v\"\n") != std::string::npos);
  CHECK(resolved.find("\nfit_without = \"X\"\n") != std::string::npos);
  for (const char* keys : {"vintages = \"v\"\nmarket = false", "vintages = \"v\"\noverlay = \"o.csv\"",
                           "vintages = \"v\"\nstructural = \"s.csv\"", "fit_without = \"X\""}) {
    CAPTURE(keys);
    const auto reading = found(keys);
    REQUIRE(reading.errors.size() == 1);
    CHECK(reading.errors[0].find("E097") != std::string::npos);
  }
}

TEST_CASE("vintage world: the scenario of R1 says what the blind coders wrote", "[unit][vintage-world]") {
  Problems problems;
  const Scenario scenario = read_scenario(source_dir + "/scenarios/deepseek-r1-2025.toml", {}, problems);
  CHECK(problems.errors() == Messages{});
  REQUIRE(scenario.events.size() == 3);
  for (const auto& [id, folder] : {std::pair("r1_release", "first"), std::pair("r1_unforeseen", "second")}) {
    CAPTURE(folder);
    const auto coded =
        read_descriptor(source_dir + "/data/events/" + folder + "/DEEPSEEK_R1_2025.toml", problems);
    REQUIRE(coded);
    const auto event = std::find_if(scenario.events.begin(), scenario.events.end(),
                                    [name = id](const Event& one) { return one.said.id == name; });
    REQUIRE(event != scenario.events.end());
    const Announcement& said = event->said;
    CHECK(said.announced == coded->priced_from());
    CHECK(said.attention == coded->attention);
    CHECK(said.prior == coded->event->said.prior);
    CHECK(said.feared.has_value() == coded->event->said.feared.has_value());
    const auto& claim = std::get<ClaimedRelease>(event->instrument);
    const auto& wanted = std::get<ClaimedRelease>(coded->event->instrument);
    CHECK(claim.weights.value == wanted.weights.value);
    CHECK(claim.first_claim.value == wanted.first_claim.value);
    CHECK(claim.gap_to_closed.value == wanted.gap_to_closed.value);
    CHECK(claim.price_vs_equal.value == wanted.price_vs_equal.value);
  }
}

TEST_CASE("vintage world: a fold that does not exist is a complaint with a suggestion",
          "[unit][vintage-world]") {
  Problems problems;
  ScenarioOverrides none;
  Scenario scenario = read_scenario(source_dir + "/scenarios/deepseek-r1-2025.toml", none, problems);
  scenario.data_dir = source_dir + "/data";
  scenario.vintages_dir = source_dir + "/data/vintages";
  scenario.calibration_dir = source_dir + "/data/calibration";
  scenario.observed_path = "";
  REQUIRE_FALSE(problems.any());
  const auto study = prepare_study(scenario, problems);
  REQUIRE_FALSE(problems.any());
  CHECK(study->draws.size() == 20);
  scenario.fit_without = "DEEPSEEK_2024";
  prepare_study(scenario, problems);
  REQUIRE(problems.errors().size() == 1);
  CHECK(problems.errors()[0].find("E099") != std::string::npos);
  CHECK(problems.errors()[0].find("did you mean 'DEEPSEEK_2025'?") != std::string::npos);
}
