/// Members of the rules that law is made of, for hashing and comparing. Each binds all members by name: one
/// that is added to a struct does not compile until it is told here.
#pragma once

#include "sim/model/access/access_tensor.hpp"
#include "sim/model/bridge/hong_kong_bridge.hpp"
#include "sim/model/capital_rules.hpp"
#include "sim/model/ownership_bans.hpp"
#include "sim/model/policy/law.hpp"
#include "sim/model/state_field.hpp"

namespace chokepoint {

void walk(StateWalk& tell, const PersonOrder& order);
void walk(StateWalk& tell, const HostingBan& ban);
void walk(StateWalk& tell, const ChipRule& rule);
void walk(StateWalk& tell, const ChipPolicy& policy);
void walk(StateWalk& tell, const LevelInForce& level);
void walk(StateWalk& tell, const EntryRule& rule);
void walk(StateWalk& tell, const ExitControl& rule);
void walk(StateWalk& tell, const TalentScheme& rule);
void walk(StateWalk& tell, const PolicingChanges& change);
void walk(StateWalk& tell, const OpenWeightsChanges& change);
void walk(StateWalk& tell, const BridgeMeasure& measure);
void walk(StateWalk& tell, const BanInForce& ban);
void walk(StateWalk& tell, const FundMandate& mandate);
void walk(StateWalk& tell, const Law& law);

}  // namespace chokepoint
