#include "sim/model/law_fields.hpp"

namespace chokepoint {

using enum StateIndex;

void walk(StateWalk& tell, const PersonOrder& order) {
  const auto& [measure, government, models, permitted, duration_days, first_day, since, notice_days] = order;
  tell("measure of the order", measure);
  tell("government of the order", government);
  tell("models of the order", models, entry);
  tell("permitted by the order", permitted, nationality);
  tell("stated duration of the order [d]", duration_days);
  tell("first day of the order", first_day);
  tell("start of the order", since);
  tell("notice of the order [d]", notice_days);
}

void walk(StateWalk& tell, const HostingBan& ban) {
  const auto& [measure, government, place, developer_home, own_machines] = ban;
  tell("measure of the hosting ban", measure);
  tell("government of the hosting ban", government);
  tell("place of the hosting ban", place, region);
  tell("developers of the hosting ban", developer_home, region);
  tell("hosting ban on own machines", own_machines);
}

void walk(StateWalk& tell, const ChipRule& rule) {
  const auto& [measure, government, target, by_parent, tpp_above, bandwidth_above, policy, units, vendors,
               tools] = rule;
  tell("measure of the chip rule", measure);
  tell("government of the chip rule", government);
  tell("target of the chip rule", target, region);
  tell("chip rule by parent", by_parent);
  tell("performance threshold of the chip rule", tpp_above);
  tell("bandwidth threshold of the chip rule [GB/s]", bandwidth_above);
  tell("licence policy of the chip rule", policy);
  tell("licensed units of the chip rule", units);
  tell("vendors of the chip rule", vendors, entry);
  tell("tools withheld by the chip rule", tools);
}

void walk(StateWalk& tell, const ChipPolicy& policy) {
  const auto& [rules, procurement_ban, all_foreign_ban, counter_control, rental_barred] = policy;
  tell.list("chip rules", rules);
  tell("procurement ban", procurement_ban);
  tell("ban on foreign chips", all_foreign_ban);
  tell("counter-control", counter_control);
  tell("rental barred", rental_barred);
}

void walk(StateWalk& tell, const LevelInForce& level) {
  const auto& [measure, what, height] = level;
  tell("measure of the level", measure);
  tell("kind of the level", what);
  tell("level", height);
}

void walk(StateWalk& tell, const EntryRule& rule) {
  const auto& [measure, place, nationalities, admitted, fee_usd] = rule;
  tell("measure of the entry rule", measure);
  tell("place of the entry rule", place);
  tell("nationalities of the entry rule", nationalities, nationality);
  tell("admitted by the entry rule", admitted);
  tell("fee of the entry rule [USD]", fee_usd);
}

void walk(StateWalk& tell, const ExitControl& rule) {
  const auto& [measure, place, nationalities, barred, top_tier_only] = rule;
  tell("measure of the exit control", measure);
  tell("place of the exit control", place);
  tell("nationalities of the exit control", nationalities, nationality);
  tell("barred by the exit control", barred);
  tell("exit control of the top tier only", top_tier_only);
}

void walk(StateWalk& tell, const TalentScheme& rule) {
  const auto& [measure, place, admitted, renewal] = rule;
  tell("measure of the talent scheme", measure);
  tell("place of the talent scheme", place);
  tell("admitted by the talent scheme", admitted);
  tell("renewal by the talent scheme", renewal);
}

void walk(StateWalk& tell, const PolicingChanges& change) {
  const auto& [measure, of_vendor, government, level] = change;
  tell("measure of the policing", measure);
  tell("vendor of the policing", of_vendor);
  tell("government of the policing", government);
  tell("level of the policing", level);
}

void walk(StateWalk& tell, const OpenWeightsChanges& change) {
  const auto& [measure, government, ban, bars_publication] = change;
  tell("measure on open weights", measure);
  tell("government of the measure on open weights", government);
  walk(tell, ban);
  tell("publication barred by the measure", bars_publication);
}

void walk(StateWalk& tell, const BridgeMeasure& measure) {
  const auto& [part, level, ramp_days, cost_bn_usd, from, level_before] = measure;
  tell("component of the bridge's measure", part);
  tell("level of the bridge's measure", level);
  tell("ramp of the bridge's measure [d]", ramp_days);
  tell("cost of the bridge's measure [bn USD]", cost_bn_usd);
  tell("start of the bridge's measure", from);
  tell("level before the bridge's measure", level_before);
}

void walk(StateWalk& tell, const BanInForce& ban) {
  const auto& [of_line, barred, deadline_day, days_left] = ban;
  tell("line of the ownership ban", of_line);
  tell("domiciles of the ownership ban", barred, region);
  tell("deadline of the ownership ban", deadline_day);
  tell("days left of the ownership ban", days_left, entry);
}

void walk(StateWalk& tell, const FundMandate& mandate) {
  const auto& [domicile, into, strength, done] = mandate;
  tell("domicile of the fund's mandate", domicile);
  tell("region of the fund's mandate", into);
  tell("strength of the fund's mandate", strength);
  tell("part of the fund's mandate carried out", done);
}

void walk(StateWalk& tell, const Law& law) {
  const auto& [chips, chips_at_start, levels, talent, open_weights, policing] = law;
  walk(tell, chips);
  tell.list("levels in force", levels);
  const auto& [entry_rules, exit_controls, schemes] = talent;
  tell.list("entry rules", entry_rules);
  tell.list("exit controls", exit_controls);
  tell.list("talent schemes", schemes);
  const auto& [bans, publication_barred, measures] = open_weights;
  tell.list("hosting bans", bans);
  tell("publication barred", publication_barred, region);
  tell.list("measures on open weights", measures);
  const auto& [policed] = policing;
  tell.list("policing", policed);
  tell.part("at T0");
  walk(tell, chips_at_start);
  tell.part({});
}

}  // namespace chokepoint
