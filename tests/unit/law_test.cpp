#include "sim/model/policy/law.hpp"

#include <catch2/catch.hpp>

#include "tests/support/economy_difference.hpp"

using namespace chokepoint;

namespace {

ChipRule chip_rule(const std::string& measure, double tpp) {
  ChipRule rule;
  rule.measure = measure;
  rule.target[index(Region::cn)] = true;
  rule.tpp_above = tpp;
  return rule;
}

/// At T0 one measure of two rules, half of what the state funds must be domestic, renting is barred.
Law law_of_t0() {
  ChipPolicy chips;
  chips.rules = {chip_rule("t0", 4800), chip_rule("t0", 21000)};
  chips.procurement_ban = 0.5;
  chips.rental_barred = true;
  return law_at_start(chips);
}

std::string told(const Law& law) {
  return chokepoint::told(law.chips) + "/" + chokepoint::told(law.talent) + "/" +
         chokepoint::told(law.open_weights) + "/" + chokepoint::told(law.policing);
}

OpenWeightsChanges hosting_ban(const std::string& measure) {
  OpenWeightsChanges changes;
  changes.measure = measure;
  changes.government = Region::us;
  changes.ban.place[index(Region::us)] = changes.ban.developer_home[index(Region::cn)] = true;
  changes.bars_publication = true;
  return changes;
}

}  // namespace

TEST_CASE("law: at T0 it is that of the data", "[unit][economy]") {
  const Law law = law_of_t0();
  CHECK(law.chips.rules.size() == 2);
  CHECK(level_of(law, LevelKind::procurement_state_funded) == 0.5);
  CHECK(level_of(law, LevelKind::procurement_all) == 0.0);
  CHECK(level_of(law, LevelKind::counter_control) == 0.0);
  CHECK(level_of(law, LevelKind::rental) == 1.0);
}

TEST_CASE("law: a rule on chips replaces all that its measure said, and nothing else", "[unit][economy]") {
  Law law = law_of_t0();
  enact(chip_rule("later", 1000), law);
  REQUIRE(law.chips.rules.size() == 3);
  enact(chip_rule("t0", 2000), law);
  REQUIRE(law.chips.rules.size() == 2);
  CHECK(law.chips.rules[0].measure == "later");
  CHECK(law.chips.rules[1].tpp_above == 2000);
  lift("later", law);
  REQUIRE(law.chips.rules.size() == 1);
  CHECK(law.chips.rules[0].measure == "t0");
}

TEST_CASE("law: a level is that of T0 until a measure sets it, then the highest in force",
          "[unit][economy]") {
  Law law = law_of_t0();
  enact(LevelInForce{"a", LevelKind::procurement_state_funded, 0.2}, law);
  CHECK(law.chips.procurement_ban == 0.2);
  enact(LevelInForce{"b", LevelKind::procurement_state_funded, 0.9}, law);
  CHECK(law.chips.procurement_ban == 0.9);
  enact(LevelInForce{"b", LevelKind::procurement_state_funded, 0.1}, law);
  CHECK(law.chips.procurement_ban == 0.2);
  CHECK(law.levels.size() == 2);
  lift("a", law);
  CHECK(law.chips.procurement_ban == 0.1);
  lift("b", law);
  CHECK(law.chips.procurement_ban == 0.5);
}

TEST_CASE("law: one measure may set several levels, each reaches its own rule", "[unit][economy]") {
  Law law = law_of_t0();
  enact(LevelInForce{"a", LevelKind::procurement_all, 0.3}, law);
  enact(LevelInForce{"a", LevelKind::counter_control, 0.4}, law);
  enact(LevelInForce{"a", LevelKind::rental, 0.0}, law);
  CHECK(law.chips.procurement_ban == 0.5);
  CHECK(law.chips.all_foreign_ban == 0.3);
  CHECK(law.chips.counter_control == 0.4);
  CHECK_FALSE(law.chips.rental_barred);
  lift("a", law);
  CHECK(told(law) == told(law_of_t0()));
}

TEST_CASE("law: the end of a measure lifts every kind of rule that it put there", "[unit][economy]") {
  for (const std::string measure : {"one", "other"}) {
    Law law = law_of_t0();
    enact(chip_rule("one", 1000), law);
    enact(LevelInForce{"one", LevelKind::counter_control, 0.4}, law);
    enact(EntryRule{"one", Region::us, {}, 0.5, 0}, law);
    enact(ExitControl{"one", Region::cn, {}, 0.5, false}, law);
    enact(TalentScheme{"one", Region::hk, 0.5, 0.1}, law);
    enact(PolicingChanges{"one", Facts::npos, Region::us, 0.5}, law);
    enact(hosting_ban("one"), law);
    const std::string before = told(law);
    REQUIRE(law.open_weights.bans.size() == 1);
    REQUIRE(law.open_weights.publication_barred[index(Region::us)]);
    REQUIRE(law.policing.in_force.size() == 1);
    lift(measure, law);
    CHECK(told(law) == (measure == "one" ? told(law_of_t0()) : before));
  }
}

TEST_CASE("law: a rule of researchers replaces that of its measure and kind", "[unit][economy]") {
  Law law = law_of_t0();
  enact(EntryRule{"one", Region::us, {}, 0.5, 0}, law);
  enact(EntryRule{"one", Region::row, {}, 0.25, 0}, law);
  enact(ExitControl{"one", Region::cn, {}, 0.5, false}, law);
  REQUIRE(law.talent.entry.size() == 1);
  CHECK(law.talent.entry[0].place == Region::row);
  CHECK(law.talent.exit.size() == 1);
}
