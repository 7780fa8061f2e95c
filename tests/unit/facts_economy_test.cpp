// Users and makers of models: hand-made tables on top of small_world.hpp, and what the shipped tables say.
#include "sim/input/facts_economy.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/small_world.hpp"

using namespace chokepoint;
using Catch::Matchers::Contains;
using Catch::Matchers::EndsWith;

namespace {

const std::string data_dir = CHOKEPOINT_SOURCE_DIR "/data";

/// Two vendors: delta sells the closed m1 from the US, gamma the open m2 from China.
SmallWorld& economy(SmallWorld& world) {
  return world
      .table("models",
             "model,developer,released,weights,claimed_best_open,capability_index,capability_vintage,"
             "price_in_usd_mtok,price_out_usd_mtok,low,high,$\n"
             "m1,delta,2026-06-09,closed,no,150,2026-09,2,6,140,160,$\n"
             "m2,gamma,2026-01-05,open,yes,140,2026-09,0.4,0.8,130,150,$\n"
             "older,gamma,2025-01-05,open,yes,139,2026-02,1,1,130,150,$\n"
             "unpriced,delta,2026-01-05,closed,no,149,2026-09,,,140,160,$\n")
      .table("vendors",
             "vendor,measure,value,$,low,high\n"
             "delta,revenue_bn_usd,10,$,,\n"
             "delta,metered_share,0.25,$,,\n"
             "delta,users_mn,5,$,,\n"
             "delta,research_staff,200,$,,\n"
             "delta,foreign_staff_share,0.4,$,,\n"
             "gamma,revenue_bn_usd,1,$,,\n"
             "gamma,metered_share,0.5,$,,\n"
             "gamma,users_mn,2,$,,\n"
             "gamma,research_staff,100,$,,\n"
             "gamma,foreign_staff_share,0.02,$,,\n")
      .table("access_rules",
             "authority,vendor,kind,region,allowed,since,$,low,high\n"
             "law,delta,place,CN,no,2026-04-01,$,,\n"
             "terms,delta,place,CN,no,,$,,\n"
             "terms,delta,place,HK,no,,$,,\n"
             "terms,delta,place,ROW,yes,,$,,\n"
             "terms,delta,owner,CN,no,2026-05-01,$,,\n"
             "terms,delta,owner,HK,no,2026-06-15,$,,\n")
      .table("workforce",
             "region,kind,group,share,$,low,high\n"
             "US,nationality,US,0.9,$,,\nUS,nationality,IN,0.1,$,,\nUS,owner,US,1,$,,\n"
             "CN,nationality,CN,1,$,,\nCN,owner,CN,0.75,$,,\nCN,owner,HK,0.25,$,,\n"
             "HK,nationality,HK,1,$,,\nHK,owner,HK,1,$,,\n"
             "ROW,nationality,ROW,1,$,,\nROW,owner,ROW,1,$,,\n")
      .table("ai_spend", "region,share,$,low,high\nUS,0.5,$,,\nCN,0.25,$,,\nHK,0.125,$,,\nROW,0.125,$,,\n")
      .table("vendor_shares",
             "region,vendor,product,share,period,$,low,high\n"
             "US,delta,closed,0.5,2026-06-12,$,,\nUS,,none,0.5,2026-06-12,$,,\n"
             "CN,gamma,open_hosted,0.25,2026-06-12,$,,\nCN,,open_on_premise,0.75,2026-06-12,$,,\n"
             "HK,,none,1,2026-06-12,$,,\nROW,,none,1,2026-06-12,$,,\n")
      .table("talent_stock", "origin,location,persons,$,low,high\nUS,US,220,$,,\nCN,CN,110,$,,\n")
      .table("bank_desks",
             "enterprise,name,headquarters,region,staff,reading,removed_vendor,removed_on,$,low,high\n"
             "beta,Beta,HK,HK,900,strict,,,$,,\n"
             "other,Other Bank,US,HK,2000,pragmatic,delta,2026-04-29,$,,\n");
}

std::string only_complaint(const SmallWorld& world) {
  Problems problems;
  world.load(problems);
  for (const auto& error : problems.errors()) UNSCOPED_INFO(error);
  REQUIRE(problems.errors().size() == 1);
  return problems.errors()[0];
}

Facts shipped(Date as_of, Problems& problems) { return load_facts(data_dir, "", as_of, problems); }

Facts shipped() {
  Problems problems;
  Facts facts = shipped(make_date(2026, 6, 12), problems);
  for (const auto& error : problems.errors()) UNSCOPED_INFO(error);
  REQUIRE_FALSE(problems.any());
  return facts;
}

const BankDesk& desk_of(const Facts& facts, std::string_view enterprise) {
  for (const BankDesk& desk : facts.bank_desks) {
    if (desk.enterprise == enterprise) return desk;
  }
  FAIL("no desk of " << enterprise);
  return facts.bank_desks.front();
}

}  // namespace

TEST_CASE("capability comes from the newest edition, the price weighs input three to one") {
  Problems problems;
  SmallWorld world;
  const Facts facts = economy(world).load(problems);
  REQUIRE_FALSE(problems.any());
  CHECK(facts.model("m1")->capability == 150.0);
  CHECK(facts.model("m1")->price == Approx(3.0));  // (3 x 2 + 6) / 4
  CHECK(facts.model("m2")->price == Approx(0.5));  // (3 x .4 + .8) / 4
  CHECK(facts.model("older")->capability == 0.0);
  CHECK(facts.model("older")->price == 1.0);
  CHECK_FALSE(facts.model("older")->usable());
  CHECK(facts.model("unpriced")->price == 0.0);
  CHECK_FALSE(facts.model("unpriced")->usable());
  CHECK(facts.model("m2")->usable());
}

TEST_CASE("vendors, their rules and enterprises are read with their units") {
  Problems problems;
  SmallWorld world;
  const Facts facts = economy(world).load(problems);
  for (const auto& error : problems.errors()) UNSCOPED_INFO(error);
  REQUIRE_FALSE(problems.any());
  REQUIRE(facts.vendors.size() == 2);
  const Vendor& delta = facts.vendors[facts.vendor("delta")];
  CHECK(facts.firms[delta.firm].id == "delta");
  CHECK(delta.home == Region::us);
  CHECK(delta.revenue_usd == Approx(10e9));
  CHECK(delta.users == Approx(5e6));
  CHECK(delta.research_staff == 200);
  CHECK(delta.foreign_staff_share == 0.4);
  CHECK(delta.metered_share == 0.25);
  CHECK(delta.place == std::array{Denial::none, Denial::law, Denial::terms_place, Denial::none});
  CHECK(delta.owner == std::array{Denial::none, Denial::terms_ownership, Denial::none, Denial::none});
  CHECK(facts.vendors[facts.vendor("gamma")].place == std::array<Denial, region_count>{});

  CHECK(facts.workforce[index(Region::us)].nationality[index(Nationality::in)] == 0.1);
  CHECK(facts.workforce[index(Region::cn)].owner[index(Region::hk)] == 0.25);
  CHECK(facts.workforce[index(Region::hk)].spend_share == 0.125);
  REQUIRE(facts.usage.size() == 6);
  CHECK(facts.usage[2].vendor == "gamma");
  CHECK(facts.usage[2].kind == ProductKind::open_hosted);
  CHECK(facts.usage[3].kind == ProductKind::open_on_premise);
  CHECK(facts.usage[3].share == 0.75);
  REQUIRE(facts.bank_desks.size() == 2);
  CHECK(desk_of(facts, "beta").reading == Reading::strict);
  CHECK(desk_of(facts, "beta").removed.empty());
  CHECK(desk_of(facts, "other").staff == 2000);
  CHECK(desk_of(facts, "other").removed == std::vector<std::string>{"delta"});
}

TEST_CASE("rules and removals hold from their day on") {
  Problems problems;  // prices of another date are complained of, the rest is read
  SmallWorld world;
  const Facts before = economy(world).load(problems, make_date(2026, 4, 28));
  const Vendor& then = before.vendors[before.vendor("delta")];
  CHECK(then.owner[index(Region::cn)] == Denial::none);
  CHECK(then.place[index(Region::cn)] == Denial::law);
  CHECK(desk_of(before, "other").removed.empty());

  const Facts march = world.load(problems, make_date(2026, 3, 31));
  CHECK(march.vendors[march.vendor("delta")].place[index(Region::cn)] == Denial::terms_place);
  const Facts on_the_day = world.load(problems, make_date(2026, 5, 1));
  CHECK(on_the_day.vendors[0].owner[index(Region::cn)] == Denial::terms_ownership);
  CHECK(desk_of(on_the_day, "other").removed.size() == 1);
}

TEST_CASE("law wins over terms whatever the order of rows") {
  Problems problems;
  SmallWorld world;
  const Facts facts =
      economy(world)
          .change("access_rules", "law,delta,place,CN,no,2026-04-01,$,,\n", "")
          .change("access_rules", "terms,delta,owner", "law,delta,place,HK,no,,$,,\nterms,delta,owner")
          .load(problems);
  REQUIRE_FALSE(problems.any());
  CHECK(facts.vendors[0].place[index(Region::cn)] == Denial::terms_place);
  CHECK(facts.vendors[0].place[index(Region::hk)] == Denial::law);
}

TEST_CASE("a world without vendors needs no table of users") {
  Problems problems;
  const Facts facts = SmallWorld().load(problems);
  CHECK_FALSE(problems.any());
  CHECK(facts.vendors.empty());
  CHECK(facts.usage.empty());
}

TEST_CASE("vendors state every measure and sell something") {
  SmallWorld world;
  economy(world);
  SECTION("a measure is missing") {
    world.change("vendors", "delta,users_mn,5,$,,\n", "");
    CHECK_THAT(only_complaint(world),
               Contains("[E028]") && Contains("users_mn") && EndsWith("vendors.csv:2"));
  }
  SECTION("staff are whole persons") {
    world.change("vendors", "staff,200", "staff,200.5");
    CHECK_THAT(only_complaint(world), Contains("[E024]") && Contains("200.5") && EndsWith("vendors.csv:5"));
  }
  SECTION("no firm") {
    world.change("vendors", "gamma,revenue", "gama,revenue");
    CHECK_THAT(only_complaint(world),
               Contains("[E025]") && Contains("did you mean 'gamma'?") && EndsWith("vendors.csv:7"));
  }
  SECTION("a vendor without a usable model") {
    world.change("vendors", "gamma,revenue_bn_usd,1,$,,\n",
                 "gamma,revenue_bn_usd,1,$,,\n"
                 "alpha,revenue_bn_usd,1,$,,\nalpha,metered_share,1,$,,\nalpha,users_mn,1,$,,\nalpha,"
                 "research_staff,1,$,,\n"
                 "alpha,foreign_staff_share,0,$,,\n");
    CHECK_THAT(only_complaint(world), Contains("[E028]") && Contains("'alpha'") && EndsWith("vendors.csv:8"));
  }
  SECTION("a usable model whose developer is no vendor") {
    world.change("models", "unpriced,delta,2026-01-05,closed,no,149,2026-09,,",
                 "unpriced,alpha,2026-01-05,closed,no,149,2026-09,1,1");
    CHECK_THAT(only_complaint(world), Contains("[E028]") && Contains("'alpha'") && EndsWith("models.csv:5"));
  }
}

TEST_CASE("a model has both prices and an edition of its index, or none") {
  SmallWorld world;
  economy(world);
  SECTION("one price") {
    world.change("models", "2026-02,1,1", "2026-02,1,");
    CHECK_THAT(only_complaint(world),
               Contains("[E028]") && Contains("two prices") && EndsWith("models.csv:4"));
  }
  SECTION("no edition") {
    world.change("models", "139,2026-02", "139,");
    CHECK_THAT(only_complaint(world), Contains("[E028]") && EndsWith("models.csv:4"));
  }
}

TEST_CASE("shares sum to one, group by group") {
  SmallWorld world;
  economy(world);
  SECTION("nationalities of a region") {
    world.change("workforce", "US,nationality,IN,0.1", "US,nationality,IN,0.2");
    CHECK_THAT(only_complaint(world), Contains("[E028]") &&
                                          Contains("'US nationality' in 'workforce' sum to 1.1") &&
                                          EndsWith("workforce.csv:3"));
  }
  SECTION("owners that are missing") {
    world.change("workforce", "ROW,owner,ROW,1,$,,\n", "");
    CHECK_THAT(only_complaint(world), Contains("'ROW owner'") && EndsWith("workforce.csv"));
  }
  SECTION("spending of the world") {
    world.change("ai_spend", "US,0.5", "US,0.4");
    CHECK_THAT(only_complaint(world), Contains("[E028]") && Contains("0.9") && EndsWith("ai_spend.csv:5"));
  }
  SECTION("use in a region") {
    world.change("vendor_shares", "HK,,none,1", "HK,,none,0.9");
    CHECK_THAT(only_complaint(world),
               Contains("[E028]") && Contains("'HK'") && EndsWith("vendor_shares.csv:6"));
  }
}

TEST_CASE("products have a vendor with a usable model, or none") {
  SmallWorld world;
  economy(world);
  SECTION("no such kind") {
    world.change("vendor_shares", "CN,gamma,open_hosted", "CN,gamma,closed");
    CHECK_THAT(only_complaint(world),
               Contains("[E028]") && Contains("no closed model") && EndsWith("vendor_shares.csv:4"));
  }
  SECTION("not out yet on the day of the share") {
    world.change("vendor_shares", "US,delta,closed,0.5,2026-06-12", "US,delta,closed,0.5,2026-06-08");
    CHECK_THAT(only_complaint(world), Contains("2026-06-08") && EndsWith("vendor_shares.csv:2"));
  }
  SECTION("a vendor of what has none") {
    world.change("vendor_shares", "CN,,open_on_premise", "CN,gamma,open_on_premise");
    CHECK_THAT(only_complaint(world), Contains("[E024]") && EndsWith("vendor_shares.csv:5"));
  }
  SECTION("an unknown vendor") {
    world.change("vendor_shares", "US,delta", "US,delt");
    CHECK_THAT(only_complaint(world), Contains("[E025]") && Contains("did you mean 'delta'?"));
  }
}

TEST_CASE("rules and desks name vendors, regions and headquarters that exist") {
  SmallWorld world;
  economy(world);
  SECTION("rule of an unknown vendor") {
    world.change("access_rules", "terms,delta,place,HK", "terms,alpha,place,HK");
    CHECK_THAT(only_complaint(world), Contains("[E025]") && EndsWith("access_rules.csv:4"));
  }
  SECTION("rule of an unknown kind") {
    world.change("access_rules", "terms,delta,place,HK", "terms,delta,person,HK");
    CHECK_THAT(only_complaint(world), Contains("[E024]") && Contains("place, owner"));
  }
  SECTION("a removal without its day") {
    world.change("bank_desks", "delta,2026-04-29", "delta,");
    CHECK_THAT(only_complaint(world), Contains("[E024]") && EndsWith("bank_desks.csv:3"));
  }
  SECTION("headquarters against the table of firms") {
    world.change("bank_desks", "beta,Beta,HK", "beta,Beta,CN");
    CHECK_THAT(only_complaint(world),
               Contains("[E028]") && Contains("firms say HK") && EndsWith("bank_desks.csv:2"));
  }
}

TEST_CASE("shipped rules: what keeps models out of mainland China and Hong Kong") {
  const Facts facts = shipped();
  const auto vendor = [&](const char* id) { return facts.vendors.at(facts.vendor(id)); };
  CHECK(vendor("anthropic").place[index(Region::hk)] == Denial::terms_place);
  CHECK(vendor("anthropic").place[index(Region::row)] == Denial::none);
  CHECK(vendor("anthropic").owner[index(Region::cn)] == Denial::terms_ownership);
  CHECK(vendor("anthropic").owner[index(Region::hk)] == Denial::terms_ownership);
  CHECK(vendor("openai").place[index(Region::hk)] == Denial::none);
  CHECK(vendor("openai").owner == std::array<Denial, region_count>{});
  CHECK(vendor("alphabet").place[index(Region::hk)] == Denial::none);
  for (const char* id : {"anthropic", "openai", "alphabet", "spacex"}) {
    CHECK(vendor(id).place[index(Region::cn)] == Denial::law);
  }
  for (const char* id : {"zhipu", "alibaba", "deepseek", "moonshot", "minimax", "nvidia"}) {
    CHECK(vendor(id).place == std::array<Denial, region_count>{});
  }
}

TEST_CASE("shipped vendors are those who sold a usable model at T0") {
  const Facts facts = shipped();
  CHECK(facts.vendors.size() == 10);
  CHECK(facts.vendor("meta") == Facts::npos);       // no price
  CHECK(facts.vendor("bytedance") == Facts::npos);  // no index
  for (const Vendor& vendor : facts.vendors) {
    bool sold = false;
    for (const AiModel& model : facts.models) {
      sold = sold || (model.developer == vendor.id && model.usable() && model.released <= facts.as_of);
    }
    INFO(vendor.id);
    CHECK(sold);
  }
  CHECK(facts.model("fable-5")->price == Approx(20.0));          // (3 x 10 + 50) / 4
  CHECK(facts.model("deepseek-v3.2")->price == Approx(0.2575));  // (3 x .229 + .343) / 4
  CHECK(facts.model("deepseek-r1")->capability == 0.0);          // older edition
  CHECK(facts.model("glm-5.2")->released > facts.as_of);
}

TEST_CASE("shipped desks: one bank has removed a vendor, and only from its day on") {
  const Facts facts = shipped();
  CHECK(facts.bank_desks.size() == 20);
  for (const BankDesk& desk : facts.bank_desks) {
    CHECK(desk.region == Region::hk);
    CHECK(desk.removed.size() == (desk.enterprise == "goldman-sachs" ? 1 : 0));
  }
  CHECK(desk_of(facts, "goldman-sachs").removed[0] == "anthropic");

  Problems problems;
  const Facts before = shipped(make_date(2026, 4, 28), problems);
  CHECK(desk_of(before, "goldman-sachs").removed.empty());
  CHECK(before.model("fable-5")->released > before.as_of);
  for (const auto& error : problems.errors()) {  // only what prices of T0 say of an earlier date
    INFO(error);
    for (const char* table :
         {"vendors", "access_rules", "workforce", "ai_spend", "vendor_shares", "bank_desks", "models"}) {
      CHECK(error.find(std::string(table) + ".csv") == std::string::npos);
    }
  }
}
