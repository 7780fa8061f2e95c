#include "sim/study/proof_of_effect.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>

#include "sim/study/event_table.hpp"
#include "sim/study/replicate_runs.hpp"
#include "tests/support/hand_record.hpp"
#include "tests/support/model_study.hpp"

using namespace chokepoint;
using testing::rule_when;

namespace {

const std::vector<std::string> gamma_cap{"effect(market_cap[line=GAMMA], at=2026-06-19)"};

Event event(const std::string& id, Instrument instrument) {
  Event one = value_order();
  one.said.id = id;
  one.instrument = std::move(instrument);
  return one;
}

std::vector<std::string> ids(const ArmContent& content) {
  std::vector<std::string> found;
  for (const Event& one : content.events) found.push_back(one.said.id);
  for (const Rule& rule : content.rules) found.push_back(rule.id);
  return found;
}

using Ids = std::vector<std::string>;

void nothing() {}

}  // namespace

TEST_CASE("proof: what ends or continues a measure goes with it", "[unit][proof]") {
  Event change = event("change", ModelAccessOrder{{"fable"}});
  change.said.continues = "order";
  ArmContent content;
  // The reversal stands first in the file.
  content.events = {event("lifted", Reversal{"order"}), value_order(), change,
                    event("other", ModelAccessOrder{{"fable"}}), event("other_lifted", Reversal{"other"})};
  CHECK(ids(without_item(content, "order")) == Ids{"other", "other_lifted"});
  CHECK(ids(without_item(content, "lifted")) == Ids{"order", "change", "other", "other_lifted"});
  CHECK(ids(without_item(content, "change")) == Ids{"lifted", "order", "other", "other_lifted"});
  CHECK(ids(without_item(content, "nobody")) == ids(content));
}

TEST_CASE("proof: issues of a line go with its listing, rules go alone", "[unit][proof]") {
  ArmContent content;
  content.events = {event("sale", Issue{"NEW", 10, 1.0, make_date(2026, 6, 19)}),
                    event("other_sale", Issue{"GAMMA", 10, 1.0, make_date(2026, 6, 19)}),
                    event("debut", Listing{"NEW", 1.0, make_date(2026, 6, 18)})};
  Rule rule;
  rule.id = "watch";
  content.rules = {rule};
  CHECK(ids(without_item(content, "debut")) == Ids{"other_sale", "watch"});
  CHECK(ids(without_item(content, "sale")) == Ids{"other_sale", "debut", "watch"});
  CHECK(ids(without_item(content, "watch")) == Ids{"sale", "other_sale", "debut"});
}

TEST_CASE("proof: the first day and the largest change are those of the two runs", "[unit][proof]") {
  const auto study = model_study(gamma_cap, 3);
  study->scenario.probes = 2;
  std::atomic<std::size_t> runs{0};
  const auto effects = prove_effects(*study, 2, [&] { ++runs; });
  CHECK(runs == 4);  // arm `order` with and without, twice; the reference has nothing to leave out
  CHECK(probe_runs(*study) == 4);
  REQUIRE(effects.size() == 1);
  const ItemEffect& effect = effects.front();
  CHECK(effect.arm == 1);
  CHECK(effect.item == "order");
  CHECK(effect.probes == 2);
  CHECK(effect.changed == 2);
  CHECK(effect.first_row == 4);  // Asia hears of it on Thursday, the fourth day
  std::vector<double> sizes(study->series.size()), changes(study->series.size());
  for (std::uint32_t r = 0; r < 2; ++r) {
    const RandomStream random(3, r);
    const World start = start_of(study->facts, study->arms[1], random);
    const RunRecord with = run_arm(start, study->arms[1], random, study->series);
    const RunRecord without = run_arm(start, study->arms[0], random, study->series);
    const RecordDifference difference = difference_of(with, without, study->series);
    for (std::size_t s = 0; s < sizes.size(); ++s) {
      sizes[s] += difference.size[s] / 2;
      changes[s] += difference.change[s] / 2;
    }
  }
  // Customers come to GAMMA and to nobody else: of all that is recorded its price moves most.
  REQUIRE(effect.series < study->series.size());
  CHECK(name_of_series(study->series, effect.series) == "price_ratio[line=GAMMA]");
  CHECK(effect.size == sizes[effect.series]);
  CHECK(effect.change == changes[effect.series]);
  CHECK(effect.change > 0.0);
  sizes[effect.series] = 0.0;
  CHECK(*std::max_element(sizes.begin(), sizes.end()) < effect.size);
}

TEST_CASE("proof: what a rule announces is its effect; one that never fires has none", "[unit][proof]") {
  auto study = model_study(gamma_cap, 3);
  Scenario& scenario = study->scenario;
  scenario.probes = 2;
  scenario.rules = {rule_when("wary", "market_cap[line=GAMMA] < 0"),
                    rule_when("watch", "date >= 2026-06-16")};
  for (Rule& rule : scenario.rules) rule.measures = {event(rule.id + ".1", ModelAccessOrder{{"fable"}})};
  scenario.arms[0].exclude = {"order", "wary", "watch"};
  scenario.arms[1].exclude = {"order"};
  CHECK(probe_runs(*study) == 6);  // arm `order` and it without each of the two, twice
  const auto effects = prove_effects(*study, 1, nothing);
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].item == "wary");
  CHECK(effects[0].probes == 2);
  CHECK(effects[0].changed == 0);
  CHECK(effects[0].series == RecordDifference::same);
  CHECK(effects[1].item == "watch");
  CHECK(effects[1].arm == 1);
  CHECK(effects[1].probes == 2);
  CHECK(effects[1].changed == 2);
  CHECK(effects[1].first_row == 2);  // announced on the evening before Tuesday, the second day
  REQUIRE(effects[1].series < study->series.size());
  CHECK(effects[1].size > 0.0);
}

TEST_CASE("proof: threads change nothing", "[unit][proof]") {
  const auto study = model_study(gamma_cap, 4);
  const auto alone = prove_effects(*study, 1, nothing);
  const auto together = prove_effects(*study, 3, nothing);
  REQUIRE(alone.size() == together.size());
  CHECK(alone[0].change == together[0].change);
  CHECK(alone[0].size == together[0].size);
  CHECK(alone[0].series == together[0].series);
}

TEST_CASE("proof: an event beside another that does the same changes nothing", "[unit][proof]") {
  auto study = model_study(gamma_cap);
  // Nobody may buy after the first ban already; the second bars the same ones from the same line.
  const Instrument ban = OwnershipBan{{"gamma"}, {"US", "CN", "HK", "ROW"}, make_date(2026, 9, 18)};
  study->scenario.events = {event("ban", ban), event("again", ban)};
  study->scenario.arms[0].exclude = {"ban", "again"};
  const auto effects = prove_effects(*study, 1, nothing);
  REQUIRE(effects.size() == 2);
  CHECK(effects[0].changed == 0);
  CHECK(effects[1].changed == 0);
  CHECK(effects[1].first_row == RecordDifference::same);
  CHECK(effects[1].series == RecordDifference::same);
  study->scenario.events.pop_back();
  CHECK(prove_effects(*study, 1, nothing)[0].changed == 2);
}

TEST_CASE("proof: an event after the end changes nothing", "[unit][proof]") {
  auto study = model_study(gamma_cap);
  study->scenario.events[0].said.announced = to_instant(make_date(2026, 7, 20), 72000, 0);
  CHECK(prove_effects(*study, 1, nothing)[0].changed == 0);
}

TEST_CASE("proof: probes are at most the replicates", "[unit][proof]") {
  auto study = model_study(gamma_cap, 3);
  CHECK(study->scenario.probes == 4);
  CHECK(probe_replicates(*study) == 3);
  study->scenario.probes = 1;
  CHECK(probe_replicates(*study) == 1);
  CHECK(probe_runs(*study) == 2);
}
