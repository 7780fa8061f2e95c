#include "sim/study/economy_tables.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "sim/base/text.hpp"
#include "tests/support/model_economy.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

/// Arms `none` and `order` in a world with vendors, six days from Monday 15 June 2026.
std::unique_ptr<Study> economy_study(int replicates) {
  auto study = model_study({}, replicates);
  study->facts.models.clear();
  add_vendors(study->facts);
  add_enterprises(study->facts);
  study->series = make_series(study->facts);
  study->scenario.quantiles = {0.5};
  return study;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

SpellCount spell(std::size_t model, Region region, Nationality nationality, Region owner, std::int32_t first,
                 std::int32_t last, Denial reason, std::size_t replicates) {
  return {{model, index(UserCell{region, nationality, owner}), first, last, reason}, replicates};
}

/// Rows of access.csv of the arm `order` without the header.
std::vector<std::string> access_rows(std::vector<SpellCount> spells, int replicates = 4) {
  const auto study = economy_study(replicates);
  ExperimentResult result;
  result.arms.resize(2);
  std::sort(spells.begin(), spells.end(),
            [](const SpellCount& a, const SpellCount& b) { return a.key < b.key; });
  result.arms[1].spells = std::move(spells);
  const TemporaryFolder folder;
  write_access_table(*study, result, folder.at("."));
  std::vector<std::string> lines = lines_of(folder.read("access.csv"));
  REQUIRE_FALSE(lines.empty());
  CHECK(lines[0] ==
        "scenario,arm,model,vendor,reason,region,nationality,headquarters,first_day,last_day,"
        "share_of_region_staff,replicates,n");
  lines.erase(lines.begin());
  return lines;
}

/// Series that every replicate of an arm holds at `value(arm, replicate, row)` throughout.
template <class Value>
void fill(const Study& study, Spool& spool, const Value& value) {
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    for (std::size_t r = 0; r < spool.replicates(); ++r) {
      std::vector<double> values;
      for (std::size_t row = 0; row < spool.rows(); ++row) {
        values.insert(values.end(), spool.columns(), value(a, r, row));
      }
      spool.write(a, r, values);
    }
  }
}

}  // namespace

TEST_CASE("access table: one denial with its user, dates, share of staff and replicates",
          "[unit][economy_tables]") {
  const auto rows =
      access_rows({spell(fable, Region::us, Nationality::in, Region::us, 1, 3, Denial::order, 3)});
  // Indian nationals are .06 of staff in the US, US headquarters .85 of it.
  CHECK(rows == std::vector<std::string>{
                    "model,order,fable-5,anthropic,order,US,IN,US,2026-06-16,2026-06-18,0.051,3,4"});
}

TEST_CASE("access table: denials since T0 and those that last have no dates", "[unit][economy_tables]") {
  const auto rows = access_rows({spell(gpt, Region::cn, Nationality::cn, Region::cn, AccessSpell::since_t0,
                                       AccessSpell::open, Denial::law, 4)});
  CHECK(rows == std::vector<std::string>{"model,order,gpt,openai,law,CN,CN,CN,T0,,0.8245,4,4"});
}

TEST_CASE("access table: users with the same days and reason are joined, all of a kind are `any`",
          "[unit][economy_tables]") {
  std::vector<SpellCount> spells;
  for (std::size_t n = 0; n < nationality_count; ++n) {
    for (std::size_t o = 0; o < region_count; ++o) {
      spells.push_back(spell(opus, Region::hk, static_cast<Nationality>(n), static_cast<Region>(o), 0, 0,
                             Denial::vendor_stopped, 4));
    }
  }
  CHECK(access_rows(spells) ==
        std::vector<std::string>{
            "model,order,opus,anthropic,vendor_stopped,HK,any,any,2026-06-15,2026-06-15,1,4,4"});
}

TEST_CASE("access table: other nationalities, days, reasons or replicates are other rows",
          "[unit][economy_tables]") {
  const auto rows =
      access_rows({spell(fable, Region::us, Nationality::in, Region::us, 1, 3, Denial::order, 4),
                   spell(fable, Region::us, Nationality::row, Region::us, 1, 3, Denial::order, 4),
                   spell(fable, Region::us, Nationality::cn, Region::row, 1, 3, Denial::order, 4),
                   spell(fable, Region::us, Nationality::us, Region::us, 1, 3, Denial::vendor_stopped, 4),
                   spell(fable, Region::us, Nationality::hk, Region::us, 1, 2, Denial::order, 4),
                   spell(fable, Region::us, Nationality::cn, Region::us, 1, 3, Denial::order, 1)});
  CHECK(rows == std::vector<std::string>{
                    "model,order,fable-5,anthropic,order,US,HK,US,2026-06-16,2026-06-17,0,4,4",
                    "model,order,fable-5,anthropic,order,US,CN,US,2026-06-16,2026-06-18,0.017,1,4",
                    "model,order,fable-5,anthropic,order,US,CN,ROW,2026-06-16,2026-06-18,0.0026,4,4",
                    "model,order,fable-5,anthropic,order,US,IN;ROW,US,2026-06-16,2026-06-18,0.153,4,4",
                    "model,order,fable-5,anthropic,vendor_stopped,US,US,US,2026-06-16,2026-06-18,0.68,4,4"});
}

TEST_CASE("economy tables: a row per week and series, with the difference of pairs",
          "[unit][economy_tables]") {
  const auto study = economy_study(2);
  const TemporaryFolder folder;
  Spool spool(folder.at("spool"), 2, 2, {0, 1, 2, 3, 4, 5, 6}, study->series.size());
  // Replicates of the reference are at 1 and 2; the order adds 0.125 and 0.375 from its third day on.
  fill(*study, spool, [](std::size_t arm, std::size_t replicate, std::size_t row) {
    const double effect = arm == 1 && row >= 3 ? (replicate == 0 ? 0.125 : 0.375) : 0.0;
    return 1.0 + static_cast<double>(replicate) + effect;
  });
  write_economy_tables(*study, spool, folder.at("."));
  std::vector<std::string> us_efficiency;
  for (const std::string& line : lines_of(folder.read("efficiency.csv"))) {
    if (line.find(",US,,,,ai_efficiency,") != std::string::npos) us_efficiency.push_back(line);
  }
  CHECK(us_efficiency == std::vector<std::string>{
                             "model,none,2026-06-12,US,,,,ai_efficiency,-,1.5,0.707107,1.5,2,0,0,0,0",
                             "model,none,2026-06-19,US,,,,ai_efficiency,-,1.5,0.707107,1.5,2,0,0,0,0",
                             "model,none,2026-06-22,US,,,,ai_efficiency,-,1.5,0.707107,1.5,2,0,0,0,0",
                             "model,order,2026-06-12,US,,,,ai_efficiency,-,1.5,0.707107,1.5,2,0,0,0,0",
                             "model,order,2026-06-19,US,,,,ai_efficiency,-,1.75,0.883883,1.75,2,0.25,0.1375,"
                             "0.25,0.3625",
                             "model,order,2026-06-22,US,,,,ai_efficiency,-,1.75,0.883883,1.75,2,0.25,0.1375,"
                             "0.25,0.3625"});
}

TEST_CASE("economy tables: each file has its series and their keys", "[unit][economy_tables]") {
  const auto study = economy_study(1);
  const TemporaryFolder folder;
  Spool spool(folder.at("spool"), 2, 1, {0, 1, 2, 3, 4, 5, 6}, study->series.size());
  fill(*study, spool, [](std::size_t, std::size_t, std::size_t) { return 0.5; });
  write_economy_tables(*study, spool, folder.at("."));
  const std::string tail = ",mean,sd,q50,n,effect_mean,effect_q05,effect_q50,effect_q95";
  const auto has = [&](const std::string& file, const std::string& text) {
    CAPTURE(file, text);
    CHECK_THAT(folder.read(file), Catch::Contains(text));
  };
  has("efficiency.csv", "scenario,arm,date,region,enterprise,model,nationality,variable,unit" + tail + "\n");
  has("efficiency.csv", "\nmodel,none,2026-06-12,,jpmorgan,,,ai_access,-,0.5,");
  has("efficiency.csv", "\nmodel,none,2026-06-12,,,fable-5,IN,ai_access,share,0.5,");
  has("adoption.csv", "scenario,arm,date,region,vendor,product,government,variable,unit" + tail + "\n");
  has("adoption.csv", "\nmodel,none,2026-06-12,HK,zhipu,open_hosted,,usage_share,share,0.5,");
  has("adoption.csv", "\nmodel,order,2026-06-19,,anthropic,,,sovereign_premium,log points,0.5,");
  has("adoption.csv", "\nmodel,order,2026-06-19,HK,,,US,denial_hazard,1/year,0.5,");
  has("talent_flows.csv", "scenario,arm,date,region,origin,from,to,vendor,variable,unit" + tail + "\n");
  has("talent_flows.csv", "\nmodel,order,2026-06-22,,IN,US,HK,,talent_moved,persons since T0,0.5,");
}

TEST_CASE("economy tables: compute, desks, policy and indicators have their series and keys",
          "[unit][economy_tables]") {
  const auto study = economy_study(1);
  study->facts.compute.stock.assign(study->facts.vendors.size(), 1.0);
  study->series = make_series(study->facts);
  const TemporaryFolder folder;
  Spool spool(folder.at("spool"), 2, 1, {0, 1, 2, 3, 4, 5, 6}, study->series.size());
  fill(*study, spool, [](std::size_t, std::size_t, std::size_t) { return 0.5; });
  write_economy_tables(*study, spool, folder.at("."));
  const std::string tail = ",variable,unit,mean,sd,q50,n,effect_mean,effect_q05,effect_q50,effect_q95\n";
  const auto has = [&](const std::string& file, const std::string& text) {
    CAPTURE(file, text);
    CHECK_THAT(folder.read(file), Catch::Contains(text));
  };
  has("compute.csv", "scenario,arm,date,region,vendor,channel" + tail);
  has("compute.csv", "\nmodel,none,2026-06-12,,openai,,compute_stock,H100e,0.5,");
  has("compute.csv", "\nmodel,order,2026-06-19,CN,,smuggled,compute_bought,H100e since T0,0.5,");
  has("compute.csv", "\nmodel,order,2026-06-19,CN,,,chip_hazard,1/year,0.5,");
  has("desks.csv", "scenario,arm,date,region,enterprise,from,to" + tail);
  has("desks.csv", "\nmodel,none,2026-06-12,,jpmorgan,,,desk_staff,persons,0.5,");
  has("desks.csv", "\nmodel,order,2026-06-22,,,HK,ROW,desk_staff_moved,persons since T0,0.5,");
  has("policy.csv", "scenario,arm,date,government,instrument,vendor,object,region,component" + tail);
  has("policy.csv", "\nmodel,none,2026-06-12,,us_chips,,,,,control_level,-,0.5,");
  has("policy.csv", "\nmodel,none,2026-06-12,US,,,,,,incidents,count since T0,0.5,");
  has("policy.csv", "\nmodel,none,2026-06-12,,,,weights,US,,denial_effective,share,0.5,");
  has("policy.csv", "\nmodel,order,2026-06-19,,,,,,talent_visa,bridge_level,-,0.5,");
  has("indicators.csv", "scenario,arm,date,layer,region,vendor" + tail);
  has("indicators.csv", "\nmodel,none,2026-06-12,talent,,,bifurcation,-,0.5,");
  has("indicators.csv", "\nmodel,order,2026-06-22,,HK,zhipu,lerner_index,-,0.5,");
  has("indicators.csv", "\nmodel,order,2026-06-22,,HK,,bridge_index,-,0.5,");
}

TEST_CASE("economy tables: a world without chips has no series of stocks", "[unit][economy_tables]") {
  const auto study = economy_study(1);
  CHECK(std::none_of(study->series.begin(), study->series.end(),
                     [](const Series& one) { return one.variable == "compute_stock"; }));
  CHECK(std::any_of(study->series.begin(), study->series.end(),
                    [](const Series& one) { return one.variable == "public_weights"; }));
}

TEST_CASE("economy series: each is read off its own part of the state", "[unit][economy_tables]") {
  const auto study = economy_study(1);
  study->facts.compute.stock.assign(study->facts.vendors.size(), 1.0);
  study->series = make_series(study->facts);
  World world;
  world.facts = &study->facts;
  const std::size_t vendors = study->facts.vendors.size();
  Economy& economy = world.economy;
  economy.compute.stock = economy.compute.rented = std::vector<double>(vendors, 0.0);
  economy.compute.stock[openai] = 3.0;
  economy.compute.rented[openai] = 1.0;
  economy.compute.stock[anthropic] = 2.0;
  economy.compute.bought_since_t0.resize(vendors);
  economy.compute.bought_since_t0[zhipu][index(ChipChannel::smuggled)] = 7.0;
  economy.compute.chip_hazard = 0.25;
  economy.desks.staff = {{10, 0, 3000, 0}, {0, 0, 2000, 5}};
  economy.desks.moved_staff[index(Region::hk)][index(Region::row)] = 5;
  economy.regulators.level[index(ControlKind::us_open_weights)] = 0.75;
  economy.incidents = {4, 3, 2, 1};
  economy.bridge.level[index(BridgeComponent::data_gateway)] = 0.5;
  economy.bridge.trust = 0.4;
  economy.indicators.denial[index(DeniedObject::chips)][index(Region::cn)] = {0.8, 0.5, 0.4};
  economy.indicators.bifurcation_of_talent = 0.3;
  economy.indicators.routed[index(Region::hk)] = 0.1;
  economy.indicators.leaky[index(Region::hk)] = 0.2;
  economy.lerner.assign(vendors * region_count, 0.0);
  economy.lerner[zhipu * region_count + index(Region::hk)] = 0.6;
  world.financing.raised_usd.assign(vendors, 0.0);
  world.financing.raised_usd[zhipu] = 2e9;
  const auto value = [&](const std::string& variable,
                         const std::vector<std::pair<std::string, std::string>>& who) {
    for (const Series& one : study->series) {
      if (one.variable == variable && one.selectors == who) return one.read(world);
    }
    FAIL("no series " + variable);
    return 0.0;
  };
  CHECK(value("compute_stock", {{"vendor", "openai"}}) == 4.0);
  CHECK(value("compute_stock", {{"region", "US"}}) == 6.0);
  CHECK(value("compute_bought", {{"region", "CN"}, {"channel", "smuggled"}}) == 7.0);
  CHECK(value("compute_bought", {{"region", "US"}, {"channel", "smuggled"}}) == 0.0);
  CHECK(value("chip_hazard", {{"region", "CN"}}) == 0.25);
  CHECK(value("raised", {{"vendor", "zhipu"}}) == 2.0);
  CHECK(value("desk_staff", {{"region", "HK"}}) == 5000.0);
  CHECK(value("desk_staff", {{"enterprise", "jpmorgan"}}) == 3000.0);
  CHECK(value("desk_staff_moved", {{"from", "HK"}, {"to", "ROW"}}) == 5.0);
  CHECK(value("control_level", {{"instrument", "us_open_weights"}}) == 0.75);
  CHECK(value("incidents", {{"government", "US"}}) == 4.0);
  CHECK(value("incidents_triggered", {{"government", "US"}}) == 3.0);
  CHECK(value("incidents_false", {{"government", "US"}}) == 2.0);
  CHECK(value("incidents_without_uplift", {{"government", "US"}}) == 1.0);
  CHECK(value("bridge_level", {{"component", "data_gateway"}}) == 0.5);
  CHECK(value("bridge_trust", {{"region", "HK"}}) == 0.4);
  CHECK(value("denial_nominal", {{"object", "chips"}, {"region", "CN"}}) == 0.8);
  CHECK(value("denial_effective", {{"object", "chips"}, {"region", "CN"}}) == 0.4);
  CHECK(value("bifurcation", {{"layer", "talent"}}) == 0.3);
  CHECK(value("routed_share", {{"region", "HK"}}) == 0.1);
  CHECK(value("leaky_share", {{"region", "HK"}}) == 0.2);
  CHECK(value("lerner_index", {{"vendor", "zhipu"}, {"region", "HK"}}) == 0.6);
  CHECK(value("lobbies", {{"vendor", "openai"}}) == 0.0);
}

TEST_CASE("economy tables: a world without vendors has none", "[unit][economy_tables]") {
  const auto study = model_study({}, 1);
  const TemporaryFolder folder;
  Spool spool(folder.at("spool"), 2, 1, {0, 1, 2, 3, 4, 5, 6}, study->series.size());
  write_economy_tables(*study, spool, folder.at("."));
  write_access_table(*study, {}, folder.at("."));
  for (const char* file : {"efficiency.csv", "adoption.csv", "talent_flows.csv", "access.csv", "compute.csv",
                           "desks.csv", "policy.csv", "indicators.csv"}) {
    CHECK_FALSE(folder.holds(file));
  }
}
