/// A month of government: incidents, lobbying, regulators, and what their decisions change in law.
///
///   1  stances    vendors compare what a control would bring and cost them      policy/lobbying.hpp
///   2  incidents  is a model found to be dangerous, and would a control help?   policy/incidents.hpp
///   3  decisions  regulators tighten or relax                                   policy/regulators.hpp
///   4  law        a decision becomes a rule of its own measure, "endogenous:<control>", at its new level L:
///
///     us_model_access       the share L of US vendors' closed models, best first, is barred to persons who
///     are
///                           not of US nationality; models of vendors that lobbied are left out unless the
///                           draw of `lobby.scope_creep` says that the rule binds them too
///     us_chips              chips above (1 - L) of the threshold of T0 are denied to Chinese parents, tools
///     too us_open_weights       open models of Chinese developers may not be hosted in the US; from .5 on
///     not run
///                           on own machines either; from .75 on US developers may not publish weights
///     cn_counter_control    inputs of foreign chips are withheld at level L
///     cn_exit_control       the share L of researchers of Chinese nationality may not leave China
///
/// Gains and losses that vendors compare, log points of their revenue: the gain is -ln(1 - s) with s the
/// share of US spending that goes to vendors of the other bloc (a nested logit without nests gives the rest
/// to all in proportion); the loss -ln(1 - f (1 - fallback)) with f the share of the vendor's revenue from
/// persons who are not of US nationality. Without `policy.endogenous` steps 1 and 2 are watched and change
/// nothing. Assumptions: levels stand for coverage; best models are controlled first. Neglects: announcements
/// before the law, so that markets hear of these decisions only through revenue (slow_news.hpp). Tests:
/// tests/unit/economy_government_test.cpp.
#pragma once

#include "sim/model/economy.hpp"

namespace chokepoint {

struct EconomyDay;

/// [vendor] log points of revenue that a vendor of the US gains when rivals of the other bloc are shut out; 0
/// for others.
std::vector<double> lobby_gains(const Facts& facts, const Economy& economy);

/// [vendor] log points of revenue lost when the vendor's models are barred to foreign persons.
std::vector<double> lobby_losses(const Facts& facts, const Parameters& params, const Economy& economy);

void govern(const EconomyDay& today, Economy& economy);

}  // namespace chokepoint
