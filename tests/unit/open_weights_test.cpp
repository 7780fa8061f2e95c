#include "sim/model/policy/open_weights.hpp"

#include <catch2/catch.hpp>

#include "sim/model/events/claim.hpp"
#include "sim/model/events/open_weights_control.hpp"
#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

/// The US bars Chinese open models at home.
OpenWeightsControl us_ban() {
  OpenWeightsControl what;
  what.places = {"US"};
  what.developers_from = {"CN"};
  return what;
}

Announcement by(const std::string& actor) {
  Announcement said;
  said.id = "control";
  said.actor = actor;
  return said;
}

std::size_t complaints(const OpenWeightsControl& what, const std::string& actor = "regulator:us-commerce") {
  Problems problems;
  EventProblems of_event(problems, {"s.toml", 7, 0}, "e");
  what.check(economy_facts(), by(actor), of_event);
  return problems.errors().size();
}

}  // namespace

TEST_CASE("open weights: a measure in force bans hosting and is gone when it is lifted",
          "[unit][open_weights]") {
  OpenWeightsPolicy policy;
  apply(us_ban().changes("control", Region::us), policy);
  REQUIRE(policy.bans.size() == 1);
  CHECK(policy.bans[0].measure == "control");
  CHECK(policy.bans[0].government == Region::us);
  CHECK(policy.bans[0].place == std::array<bool, region_count>{true, false, false, false});
  CHECK(policy.bans[0].developer_home == std::array<bool, region_count>{false, true, false, false});
  CHECK_FALSE(policy.bans[0].own_machines);
  CHECK(policy.publication_barred == std::array<bool, region_count>{});
  lift("another", policy);
  CHECK(policy.bans.size() == 1);
  lift("control", policy);
  CHECK(policy.bans.empty());
  CHECK(policy.measures.empty());
}

TEST_CASE("open weights: a measure said anew replaces what it said before", "[unit][open_weights]") {
  OpenWeightsPolicy policy;
  OpenWeightsControl what = us_ban();
  apply(what.changes("control", Region::us), policy);
  what.own_machines = true;
  what.places = {"US", "ROW"};
  apply(what.changes("control", Region::us), policy);
  REQUIRE(policy.bans.size() == 1);
  CHECK(policy.bans[0].own_machines);
  CHECK(policy.bans[0].place[index(Region::row)]);
}

TEST_CASE("open weights: publication stays barred until the last measure that bars it is lifted",
          "[unit][open_weights]") {
  OpenWeightsPolicy policy;
  OpenWeightsControl what;
  what.publication = true;
  apply(what.changes("first", Region::cn), policy);
  apply(what.changes("second", Region::cn), policy);
  CHECK(policy.bans.empty());
  CHECK(policy.publication_barred == std::array<bool, region_count>{false, true, false, false});
  lift("first", policy);
  CHECK(policy.publication_barred[index(Region::cn)]);
  lift("second", policy);
  CHECK_FALSE(policy.publication_barred[index(Region::cn)]);
}

TEST_CASE("open weights: a ban names places and models, or bars publication, by a government",
          "[unit][open_weights]") {
  CHECK(complaints(us_ban()) == 0);
  CHECK(complaints(us_ban(), "firm:zhipu") == 1);
  OpenWeightsControl what;
  CHECK(complaints(what) == 1);
  what.publication = true;
  CHECK(complaints(what) == 0);
  what.own_machines = true;
  CHECK(complaints(what) == 1);
  what = us_ban();
  what.developers_from = {};
  CHECK(complaints(what) == 1);
  what.developers_from = {"China"};
  CHECK(complaints(what) == 1);
}

TEST_CASE("open weights: a ban is the opposite of an open release to rivals and to users where it holds",
          "[unit][open_weights]") {
  Facts facts = economy_facts();
  facts.exposures = {{"openai", Channel::compete, "open_frontier_model", 0.3},
                     {"zhipu", Channel::compete, "open_frontier_model", 0.6},
                     {"anthropic", Channel::deploy, "open_frontier_model", 0.1},
                     {"zhipu", Channel::deploy, "open_frontier_model", 0.2},
                     {"zhipu", Channel::deploy, "search", 0.9}};
  const auto touched = [&](const OpenWeightsControl& what, const char* actor) {
    std::vector<std::pair<std::string, Channel>> found;
    for (const Touch& touch : what.touches(facts, by(actor))) {
      CHECK(touch.level == -1.0);
      found.emplace_back(touch.entity, touch.channel);
    }
    return found;
  };
  using Found = std::vector<std::pair<std::string, Channel>>;
  // In the US: users there lose, sellers there gain; the barred developer does not gain from its own bar.
  CHECK(touched(us_ban(), "regulator:us-commerce") ==
        Found{{"anthropic", Channel::deploy}, {"openai", Channel::compete}});
  OpenWeightsControl licence;
  licence.publication = true;  // no more Chinese weights for anybody
  CHECK(touched(licence, "regulator:cn-cac") ==
        Found{{"anthropic", Channel::deploy}, {"zhipu", Channel::deploy}, {"openai", Channel::compete}});
  CHECK(touched(licence, "regulator:us-bis") ==
        Found{{"anthropic", Channel::deploy}, {"zhipu", Channel::deploy}, {"zhipu", Channel::compete}});
}
