// Chips, stocks and rules of T0: hand-made tables, and what the shipped tables say.
#include "sim/input/facts_compute.hpp"

#include <catch2/catch.hpp>

#include "sim/input/facts_loader.hpp"
#include "sim/model/compute/compute_month.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;
using Catch::Matchers::Contains;

namespace {

const std::string data_dir = CHOKEPOINT_SOURCE_DIR "/data";

/// Columns that every row ends with.
const std::string given = ",2026-06,https://example.org,high";

Facts two_vendors() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  for (const char* id : {"alpha", "beta"}) {
    Vendor vendor;
    vendor.id = id;
    vendor.home = id[0] == 'a' ? Region::us : Region::cn;
    facts.vendors.push_back(vendor);
  }
  return facts;
}

/// The three tables; texts are rows without the columns that `given` fills.
struct Tables {
  std::string chips = "big,US,16000,4000,1,2024-01-01,10000,,,https://example.org" + given + "\n";
  std::string compute = "beta,stock_h100e,100,," + given + "\nbeta,state_funded,0.25,," + given +
                        "\n,domestic_output,50,," + given + "\n,domestic_cumulative,1000,," + given +
                        "\n,other_chinese_demand,70,," + given + "\n";
  std::string rules = "m1,US,chips,CN;HK,yes,4800,,case_by_case,75000,,,2026-01-15,," + given +
                      "\nm1,US,chips,CN;HK,yes,21000,6500,denied,,,,2026-01-15,," + given +
                      "\nm2,US,chips,CN,no,,,denied,,beta,0.5,2025-01-15,," + given +
                      "\nlater,US,chips,CN,no,1,,denied,,,,2026-06-13,," + given +
                      "\nb1,CN,procurement_ban,,no,,,denied,,,0.75,2025-11-11,," + given +
                      "\nb2,CN,all_foreign_ban,,no,,,denied,,,0.5,2026-01-01,," + given +
                      "\nb3,CN,counter_control,,no,,,denied,,,0.25,2026-06-12,," + given +
                      "\nb4,CN,rental_bar,,no,,,denied,,,1,2026-06-13,," + given + "\n";

  void write(const TemporaryFolder& folder) const {
    folder.write("chips.csv",
                 "chip,designer,tpp,bandwidth_gb_s,h100e,on_sale,price_usd,price_low,price_high,"
                 "price_source,as_of,source,confidence\n" +
                     chips);
    folder.write("vendor_compute.csv", "vendor,measure,value,low,high,as_of,source,confidence\n" + compute);
    folder.write("chip_rules.csv",
                 "measure,government,kind,targets,by_parent,tpp_above,bandwidth_above,licence,"
                 "units_per_firm,vendors,level,since,low,high,as_of,source,confidence\n" +
                     rules);
  }
};

std::vector<std::string> complaints(const Tables& tables) {
  TemporaryFolder folder;
  tables.write(folder);
  Problems problems;
  ComputeFacts compute;
  ChipPolicy policy;
  read_compute(folder.at(""), two_vendors(), compute, policy, problems);
  return problems.errors();
}

}  // namespace

TEST_CASE("facts of compute: chips, stocks and rules in force are read", "[unit]") {
  TemporaryFolder folder;
  Tables{}.write(folder);
  Problems problems;
  ComputeFacts compute;
  ChipPolicy policy;
  read_compute(folder.at(""), two_vendors(), compute, policy, problems);
  for (const auto& error : problems.errors()) UNSCOPED_INFO(error);
  REQUIRE_FALSE(problems.any());
  REQUIRE(compute.chips.size() == 1);
  CHECK(compute.chips[0].designer == Region::us);
  CHECK(compute.chips[0].tpp == 16000.0);
  CHECK(compute.chips[0].bandwidth_gb_s == 4000.0);
  CHECK(compute.chips[0].on_sale == make_date(2024, 1, 1));
  CHECK(compute.stock == std::vector<double>{0, 100});
  CHECK(compute.state_funded == std::vector<double>{0, 0.25});
  CHECK(compute.domestic_output == 50.0);
  CHECK(compute.domestic_cumulative == 1000.0);
  CHECK(compute.other_chinese_demand == 70.0);
  REQUIRE(policy.rules.size() == 3);  // the one of 13 June is not in force
  CHECK(policy.rules[0].measure == "m1");
  CHECK(policy.rules[0].policy == LicencePolicy::case_by_case);
  CHECK(policy.rules[0].units_per_firm == 75000.0);
  CHECK(policy.rules[0].target == std::array<bool, region_count>{false, true, true, false});
  CHECK(policy.rules[1].bandwidth_above == 6500.0);
  CHECK(policy.rules[1].by_parent);
  CHECK_FALSE(policy.rules[2].by_parent);
  CHECK(policy.rules[2].vendors == std::vector<std::size_t>{1});
  CHECK(policy.rules[2].tools == 0.5);
  CHECK(policy.procurement_ban == 0.75);
  CHECK(policy.all_foreign_ban == 0.5);
  CHECK(policy.counter_control == 0.25);
  CHECK_FALSE(policy.rental_barred);
}

TEST_CASE("facts of compute: none of the tables is a world without, one alone is a complaint", "[unit]") {
  TemporaryFolder folder;
  Problems problems;
  ComputeFacts compute;
  ChipPolicy policy;
  read_compute(folder.at(""), two_vendors(), compute, policy, problems);
  CHECK_FALSE(problems.any());
  CHECK(compute.stock.empty());
  folder.write("chips.csv", "chip\n");
  read_compute(folder.at(""), two_vendors(), compute, policy, problems);
  CHECK(problems.any());
  CHECK(compute.stock.empty());
}

TEST_CASE("facts of compute: wrong cells are complaints", "[unit]") {
  CHECK(complaints({}).empty());
  const auto wrong = [](std::string Tables::*table, const std::string& row) {
    Tables tables;
    tables.*table += row + given + "\n";
    const auto errors = complaints(tables);
    REQUIRE(errors.size() == 1);
    return errors[0];
  };
  CHECK_THAT(wrong(&Tables::compute, "gamma,stock_h100e,1,,"), Contains("unknown vendor 'gamma'"));
  CHECK_THAT(wrong(&Tables::compute, "alpha,domestic_output,1,,"), Contains("must be empty"));
  CHECK_THAT(wrong(&Tables::compute, "alpha,state_funded,1.5,,"), Contains("from 0 to 1"));
  CHECK_THAT(wrong(&Tables::compute, "beta,stock_h100e,1,,"), Contains("appears twice"));
  CHECK_THAT(wrong(&Tables::chips, "x,US,1,1,0,2024-01-01,1,,,https://example.org"), Contains("h100e"));
  CHECK_THAT(wrong(&Tables::chips, "x,US,1,1,1,2024-01-01,1,,,assumption: none"), Contains("range"));
  CHECK_THAT(wrong(&Tables::rules, "m3,US,chips,XX,yes,1,,denied,,,,2026-01-15,,"), Contains("'XX'"));
  CHECK_THAT(wrong(&Tables::rules, "m3,US,chips,CN,yes,1,,denied,,omega,,2026-01-15,,"), Contains("omega"));
  CHECK_THAT(wrong(&Tables::rules, "m3,CN,all_foreign_ban,,no,,,denied,,,2,2026-01-15,,"),
             Contains("level = '2'"));
}

TEST_CASE("facts of compute: the shipped tables hold back Chinese vendors and nobody else", "[unit]") {
  Problems problems;
  const Facts facts = load_facts(data_dir, "", make_date(2026, 6, 12), problems);
  ComputeFacts compute;
  ChipPolicy policy;
  read_compute(data_dir, facts, compute, policy, problems);
  for (const auto& error : problems.errors()) UNSCOPED_INFO(error);
  REQUIRE_FALSE(problems.any());
  CHECK(compute.chips.size() == 12);
  REQUIRE(compute.stock.size() == facts.vendors.size());
  for (const double stock : compute.stock) CHECK(stock > 0);
  CHECK(policy.rules.size() == 8);
  CHECK(policy.procurement_ban == 1.0);
  CHECK(policy.all_foreign_ban == 1.0);
  CHECK_FALSE(policy.rental_barred);

  const auto offer = [&](const char* vendor, bool offshore) {
    return legal_offer(compute, facts, policy, facts.vendor(vendor), facts.as_of, offshore);
  };
  CHECK(offer("openai", false).usd_per_h100e == Approx(28000 / 2.5434));  // mi355x
  CHECK(offer("alibaba", false).usd_per_h100e == 0.0);
  CHECK(offer("alibaba", false).licensed_usd_per_h100e == Approx(15000 / 1.3213));  // mi300x
  CHECK(offer("alibaba", false).licensed_h100e_per_month == Approx(75000 / 12.0 * 1.3213));
  CHECK(offer("alibaba", true).usd_per_h100e == 0.0);          // by ultimate parent
  CHECK(offer("zhipu", false).licensed_usd_per_h100e == 0.0);  // Entity List

  ComputeFacts on_the_eve;
  ChipPolicy by_site;
  Facts earlier = facts;
  earlier.as_of = make_date(2026, 5, 29);  // two days before the guidance on subsidiaries
  read_compute(data_dir, earlier, on_the_eve, by_site, problems);
  CHECK(by_site.rules.size() == 5);

  const ComputeParams params;
  ComputeState state = initial_compute(params, facts, compute, policy, facts.as_of);
  const std::vector<double> financing(facts.vendors.size(), 1.0);
  for (int month = 0; month < 60; ++month) {
    step_compute(params, facts, compute, policy, financing, 1, facts.as_of + 30 * month, state);
  }
  ComputeState freed = initial_compute(params, facts, compute, policy, facts.as_of);
  for (int month = 0; month < 60; ++month) {
    step_compute(params, facts, compute, {}, financing, 1, facts.as_of + 30 * month, freed);
  }
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    INFO(facts.vendors[v].id);
    if (is_chinese(facts.vendors[v].home)) {
      CHECK(state.since_t0[v] < 0.0);
      CHECK(freed.since_t0[v] > state.since_t0[v] + 0.5);  // all rules of T0 lifted
      CHECK(state.bought_since_t0[v][index(ChipChannel::domestic)] > 0.0);
      CHECK(state.bought_since_t0[v][index(ChipChannel::licensed)] == 0.0);  // imports are paused
    } else {
      CHECK(state.since_t0[v] == 0.0);
    }
  }
}
