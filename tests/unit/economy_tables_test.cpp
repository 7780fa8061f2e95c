#include "sim/study/economy_tables.hpp"

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
  Spool spool(folder.at("spool"), 2, 7, study->series.size());
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
  Spool spool(folder.at("spool"), 1, 7, study->series.size());
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

TEST_CASE("economy tables: a world without vendors has none", "[unit][economy_tables]") {
  const auto study = model_study({}, 1);
  const TemporaryFolder folder;
  Spool spool(folder.at("spool"), 1, 7, study->series.size());
  write_economy_tables(*study, spool, folder.at("."));
  write_access_table(*study, {}, folder.at("."));
  for (const char* file : {"efficiency.csv", "adoption.csv", "talent_flows.csv", "access.csv"}) {
    CHECK_FALSE(folder.holds(file));
  }
}
