#include "sim/model/events/measure.hpp"

#include <catch2/catch.hpp>

#include "sim/model/events/claimed_release.hpp"

using namespace chokepoint;

namespace {

/// A seller, two buyers and two makers of AI chips, a platform, a laboratory and the rest of a market.
Facts exposed_firms() {
  Facts facts;
  for (const char* id : {"seller", "buyer", "maker", "second", "platform", "lab"}) {
    facts.firms.push_back({id, id, Region::cn, "chips", true, true, 0.0});
  }
  facts.exposures = {{"seller", Channel::restricted_sales, "CN/ai_chips", 0.20},
                     {"buyer", Channel::restricted_input, "CN/ai_chips", 0.30},
                     {"maker", Channel::vacated, "CN/ai_chips", 0.60},
                     {"maker", Channel::target, "cn_ai_chip_designers", 0.80},
                     {"second", Channel::target, "cn_ai_chip_designers", 0.40},
                     {"platform", Channel::regime, "us_listing", 0.90},
                     {"US_REST", Channel::regime, "us_listing", 0.05},
                     {"maker", Channel::own_product, "cn_chip_fund", 0.02},
                     {"second", Channel::own_product, "cn_chip_fund", 0.07},
                     {"platform", Channel::own_product, "ai_capex", 0.14},
                     {"lab", Channel::own_product, "ai_capex", 0.25},
                     {"platform", Channel::own_product, "own_ai_chip", 0.03},
                     {"platform", Channel::own_product, "ai_model", 0.12},
                     {"lab", Channel::own_product, "spin_off", 0.01},
                     {"lab", Channel::own_product, "ai_model", 0.50},
                     {"seller", Channel::buildout, "ai_compute", 0.70},
                     {"platform", Channel::deploy, "open_frontier_model", 0.10},
                     {"lab", Channel::compete, "open_frontier_model", 0.90},
                     {"buyer", Channel::compete, "search", 0.35}};
  return facts;
}

/// "entity channel exposure level counterpart" of each touch.
std::vector<std::string> as_text(const std::vector<Touch>& touches) {
  std::vector<std::string> lines;
  for (const Touch& touch : touches) {
    std::ostringstream line;
    line << touch.entity << ' ' << channel_names[index(touch.channel)] << ' ' << touch.exposure << ' '
         << touch.level << ' ' << touch.counterpart;
    lines.push_back(line.str());
  }
  return lines;
}

Announcement by(const std::string& actor) {
  Announcement said;
  said.id = "event";
  said.actor = actor;
  return said;
}

const Announcement by_state = by("regulator:us-commerce");

Measure measure(const std::string& direction) {
  Measure made;
  made.direction.value = direction;
  return made;
}

std::vector<std::string> touched(const Measure& what, const Announcement& said = by_state) {
  return as_text(what.touches(exposed_firms(), said));
}

using Lines = std::vector<std::string>;

ClaimedRelease release(const std::string& weights, const std::string& gap, const std::string& price) {
  ClaimedRelease made;
  made.weights.value = weights;
  made.against_best_open.value = "equal_or_above";
  made.first_claim.value = "no";
  made.gap_to_closed.value = gap;
  made.price_vs_equal.value = price;
  return made;
}

Lines touched(const ClaimedRelease& what, const std::string& actor = "firm:lab") {
  return as_text(what.touches(exposed_firms(), by(actor)));
}

template <class What>
std::string complaints_of(const What& what, const Announcement& said) {
  Problems problems;
  EventProblems complaints(problems, {"events/x.toml", 3, 1}, "event");
  what.check(exposed_firms(), said, complaints);
  std::string all;
  for (const auto& error : problems.errors()) all += error + "\n";
  return all;
}

}  // namespace

TEST_CASE("measure: named firms are targets in full, a class by half of its exposures", "[unit][measure]") {
  Measure what = measure("restrict");
  what.named = {"lab", "buyer"};
  what.named_classes = {"cn_ai_chip_designers"};
  CHECK(touched(what) == Lines{"lab target 1 1 named", "buyer target 1 1 named",
                               "maker target 0.8 0.5 cn_ai_chip_designers",
                               "second target 0.4 0.5 cn_ai_chip_designers"});
  CHECK(what.targets({}) == Lines{"lab", "buyer"});
  what.direction.value = "support";
  CHECK(touched(what) == Lines{"lab target 1 -1 named", "buyer target 1 -1 named",
                               "maker target 0.8 -0.5 cn_ai_chip_designers",
                               "second target 0.4 -0.5 cn_ai_chip_designers"});
}

TEST_CASE("measure: a flow reaches its sellers, its buyers and those who replace the sellers",
          "[unit][measure]") {
  Measure what = measure("restrict");
  what.segments = {"CN/ai_chips"};
  CHECK(touched(what) == Lines{"seller restricted_sales 0.2 1 CN/ai_chips",
                               "buyer restricted_input 0.3 1 CN/ai_chips",
                               "maker vacated 0.6 1 CN/ai_chips"});
  what.direction.value = "support";
  CHECK(touched(what) == Lines{"seller restricted_sales 0.2 -1 CN/ai_chips",
                               "buyer restricted_input 0.3 -1 CN/ai_chips",
                               "maker vacated 0.6 -1 CN/ai_chips"});
  what.segments = {"CN/eda"};
  CHECK(touched(what).empty());
}

TEST_CASE("measure: a regime reaches the shares of a class, composites too", "[unit][measure]") {
  Measure what = measure("restrict");
  what.regimes = {"us_listing"};
  CHECK(touched(what) == Lines{"platform regime 0.9 1 us_listing", "US_REST regime 0.05 1 us_listing"});
  what.direction.value = "support";
  CHECK(touched(what) == Lines{"platform regime 0.9 -1 us_listing", "US_REST regime 0.05 -1 us_listing"});
}

TEST_CASE("measure: a fund pays all its beneficiaries, or those whom it names", "[unit][measure]") {
  Measure what = measure("support");
  what.plans = {"cn_chip_fund"};
  CHECK(touched(what) ==
        Lines{"maker own_product 0.02 1 cn_chip_fund", "second own_product 0.07 1 cn_chip_fund"});
  what.named = {"second"};
  // The named firm is paid, not hit: no touch of its standing as a target.
  CHECK(touched(what) == Lines{"second own_product 0.07 1 cn_chip_fund"});
  what.named = {"buyer"};
  CHECK(touched(what).empty());
}

TEST_CASE("measure: of a firm's plan the firm gains, whoever else is named", "[unit][measure]") {
  Measure what = measure("support");
  what.plans = {"cn_chip_fund"};
  what.named = {"second"};
  CHECK(touched(what, by("firm:maker")) == Lines{"maker own_product 0.02 1 cn_chip_fund"});
  CHECK(touched(what, by("firm:lab")).empty());
}

TEST_CASE("measure: spending on AI is also orders for those who build it", "[unit][measure]") {
  Measure what = measure("support");
  what.plans = {"ai_capex"};
  CHECK(touched(what, by("firm:platform")) ==
        Lines{"platform own_product 0.14 1 ai_capex", "seller buildout 0.7 -1 ai_compute"});
  what.direction.value = "restrict";
  CHECK(touched(what, by("firm:platform")) ==
        Lines{"platform own_product 0.14 -1 ai_capex", "seller buildout 0.7 1 ai_compute"});
}

TEST_CASE("measure: a plan that is cut is a loss for those whom it paid", "[unit][measure]") {
  Measure what = measure("restrict");
  what.plans = {"cn_chip_fund"};
  CHECK(touched(what) ==
        Lines{"maker own_product 0.02 -1 cn_chip_fund", "second own_product 0.07 -1 cn_chip_fund"});
  what.named = {"second"};
  CHECK(touched(what) == Lines{"second own_product 0.07 -1 cn_chip_fund"});
}

TEST_CASE("measure: own AI chips also take half from those who sold them", "[unit][measure]") {
  Measure what = measure("support");
  what.plans = {"own_ai_chip"};
  CHECK(touched(what, by("firm:platform")) ==
        Lines{"platform own_product 0.03 1 own_ai_chip", "seller restricted_sales 0.2 0.5 CN/ai_chips"});
  what.direction.value = "restrict";
  CHECK(touched(what, by("firm:platform")) ==
        Lines{"platform own_product 0.03 -1 own_ai_chip", "seller restricted_sales 0.2 -0.5 CN/ai_chips"});
}

TEST_CASE("measure: own AI chips take sales in China only from a firm that is Chinese", "[unit][measure]") {
  Measure what = measure("support");
  what.plans = {"own_ai_chip"};
  Facts facts = exposed_firms();
  facts.firms[facts.firm("platform")].headquarters = Region::us;
  CHECK(as_text(what.touches(facts, by("firm:platform"))) ==
        Lines{"platform own_product 0.03 1 own_ai_chip"});
  CHECK(touched(what) == Lines{"platform own_product 0.03 1 own_ai_chip"});  // a state's plan is no firm's
}

TEST_CASE("measure: words outside their class and firms not in the data are complaints", "[unit][measure]") {
  Measure what = measure("restrict");
  what.named = {"seler"};
  what.named_classes = {"cn_platform"};
  what.segments = {"CN/ai_chip"};
  what.regimes = {"us_listings"};
  what.plans = {"ai_capx"};
  const std::string all = complaints_of(what, by_state);
  for (const char* part :
       {"E041", "event 'event'", "unknown firm 'seler'", "'seller'", "unknown class of firms 'cn_platform'",
        "'cn_platforms'", "unknown segment 'CN/ai_chip'", "'CN/ai_chips'", "unknown regime 'us_listings'",
        "'us_listing'", "unknown plan 'ai_capx'", "'ai_capex'"}) {
    CHECK_THAT(all, Catch::Contains(part));
  }
  CHECK_THAT(complaints_of(measure("restrict"), by_state), Catch::Contains("it reaches nobody"));
  Measure fine = measure("restrict");
  fine.regimes = {"trade"};
  CHECK(complaints_of(fine, by_state).empty());
}

TEST_CASE("releases: the level of an open claim is half for the gap and half for the price",
          "[unit][measure]") {
  CHECK(claim_level(false, false) == 0.0);
  CHECK(claim_level(true, false) == 0.5);
  CHECK(claim_level(false, true) == 0.5);
  CHECK(claim_level(true, true) == 1.0);
  CHECK(touched(release("open", "half_or_more", "tenth_or_less")) ==
        Lines{"platform deploy 0.1 1 open_frontier_model", "lab compete 0.9 1 open_frontier_model",
              "seller buildout 0.7 1 ai_compute"});
  const Lines half{"platform deploy 0.1 0.5 open_frontier_model", "lab compete 0.9 0.5 open_frontier_model",
                   "seller buildout 0.7 0.5 ai_compute"};
  CHECK(touched(release("open", "half_or_more", "above_tenth")) == half);
  CHECK(touched(release("open", "under_half", "tenth_or_less")) == half);
}

TEST_CASE("releases: a routine open release and a closed one are no news", "[unit][measure]") {
  CHECK(touched(release("open", "under_half", "above_tenth")).empty());
  CHECK(touched(release("closed", "half_or_more", "tenth_or_less")).empty());
}

TEST_CASE("releases: own chips are news for sellers and makers at half a level", "[unit][measure]") {
  ClaimedRelease what = release("closed", "under_half", "above_tenth");
  what.own_chip.value = "yes";
  CHECK(touched(what) ==
        Lines{"seller restricted_sales 0.2 0.5 CN/ai_chips", "maker vacated 0.6 0.5 CN/ai_chips"});
}

TEST_CASE("releases: a first claim is news for the developer's model, not for its plans", "[unit][measure]") {
  ClaimedRelease what = release("closed", "under_half", "above_tenth");
  what.first_claim.value = "yes";
  CHECK(touched(what) == Lines{"lab own_product 0.5 1 ai_model"});
  CHECK(touched(what, "firm:platform") == Lines{"platform own_product 0.12 1 ai_model"});
  CHECK(touched(what, "firm:second").empty());  // only a fund's row
}

TEST_CASE("releases: threatened applications are hit at level one", "[unit][measure]") {
  ClaimedRelease what = release("closed", "under_half", "above_tenth");
  what.threatens = {"search"};
  CHECK(touched(what) == Lines{"buyer compete 0.35 1 search"});
}

TEST_CASE("releases: only a firm releases, and applications are of the list", "[unit][measure]") {
  ClaimedRelease what = release("closed", "under_half", "above_tenth");
  what.threatens = {"serch"};
  CHECK_THAT(complaints_of(what, by_state), Catch::Contains("the actor of a release must be a firm") &&
                                                Catch::Contains("unknown application 'serch'") &&
                                                Catch::Contains("'search'"));
  what.threatens = {"search"};
  CHECK(complaints_of(what, by("firm:lab")).empty());
}

TEST_CASE("reach: rows of one firm and flow add up to at most one, rows of nothing touch nobody",
          "[unit][measure]") {
  Facts facts = exposed_firms();
  facts.exposures = {{"seller", Channel::restricted_sales, "CN/ai_chips", 0.4},
                     {"buyer", Channel::restricted_sales, "CN/ai_chips", 0.0},
                     {"seller", Channel::restricted_sales, "CN/ai_chips", 0.3},
                     {"maker", Channel::restricted_sales, "CN/ai_chips", 0.8},
                     {"maker", Channel::restricted_sales, "CN/ai_chips", 0.8}};
  std::vector<Touch> touches;
  add_exposed(facts, Channel::restricted_sales, "CN/ai_chips", 1.0, touches);
  CHECK(as_text(touches) ==
        Lines{"seller restricted_sales 0.7 1 CN/ai_chips", "maker restricted_sales 1 1 CN/ai_chips"});
}
