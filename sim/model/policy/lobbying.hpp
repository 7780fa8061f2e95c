/// Lobbying for a rule against rivals, and the trap of being bound by it oneself.
///
///   E_v = (1 - p) G_v - p L_v                      vendor v lobbies iff it may, E_v > 0 and effort > 0
///   pressure = effort x (vendors that lobby) / (vendors that may)
///   the rule takes hold: it binds the lobbyist with the TRUE chance q
///   regret_v += E_v - realised_v,   realised_v = G_v when it binds rivals only, -L_v when it binds v
///
///   G_v   log points of v's revenue, gained if the rule binds v's rivals only
///   L_v   log points of v's revenue, lost if it binds v as well
///   p     `lobby.perceived_scope_creep`, q `lobby.scope_creep` [share]
///   effort   [-] `lobby.effort`: pressure when all who may do lobby; 0 switches off, exactly
///
/// Closed form: regret is (1 - p)(G + L) when bound and -p (G + L) when not, so in the mean
/// (q - p)(G + L): zero when the chance is known, positive when it is underestimated, negative when it is
/// overestimated. A vendor lobbies iff p < p* = G / (G + L), and is worse off for it in the mean iff q > p*:
/// with p < p* < q it walks into the trap.
/// Regret is measured with G and L of the day on which the rule takes hold, so that it holds the error about
/// the rule's scope and not what else happened to the firm in between.
///
/// References: groups compete in pressure and what each gets depends on how much the others apply, Becker
/// (1983), "A Theory of Competition among Pressure Groups for Political Influence", Quarterly Journal of
/// Economics 98(3); a government weighs what lobbies offer against welfare, Grossman and Helpman (1994),
/// "Protection for Sale", American Economic Review 84. Neither has rules of uncertain scope.
/// Assumptions: vendors are risk-neutral in log points; one p and one q for all; effort costs nothing; no
/// counter-lobbying by those who would be bound.
/// Neglects: learning of q from rules that turned out wide, free-riding, size of the lobbyist's purse.
/// Tests: tests/unit/lobbying_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"

namespace chokepoint {

struct LobbyParams {
  double effort = 1;
  double scope_creep = 0.3;
  double perceived_scope_creep = 0.3;

  static void fields(FieldList& list, LobbyParams& p) {
    list.add("lobby.effort", p.effort, "-", 0, 10, "assumption (.2-4)",
             "pressure on the government when all vendors that may lobby do; 0 switches off");
    list.add("lobby.scope_creep", p.scope_creep, "share", 0, 1, "assumption (.05-.8); not observed",
             "true chance that a rule binds the vendor that lobbied for it");
    list.add("lobby.perceived_scope_creep", p.perceived_scope_creep, "share", 0, 1,
             "assumption (.05-.8); not observed", "what vendors take that chance for");
  }
};

/// All by vendor.
struct LobbyState {
  std::vector<char> lobbies;
  std::vector<double> expected;     ///< E [log points] of those who may lobby, else 0
  std::vector<double> regret;       ///< [log points] summed over the rules that it lobbied for
  std::vector<std::int64_t> rules;  ///< how many of these took hold
  std::vector<char> may_lobby;      ///< as of the last stances
};

/// Who lobbies now. `gain`, `loss` (G, L) and `may_lobby` are [vendor]; regret and rules are kept.
void take_stances(const LobbyParams& params, std::span<const double> gain, std::span<const double> loss,
                  std::span<const char> may_lobby, LobbyState& state);

/// Whether a rule that takes hold this month binds the vendor; `vendor_identity` is identity_of its id.
bool binds_lobbyist(const LobbyParams& params, std::size_t vendor_identity, const RandomStream& random,
                    std::uint32_t month);

/// One vendor's regret over a rule that took hold; nothing for a vendor that does not lobby.
void settle_rule(const LobbyParams& params, std::size_t vendor, bool bound, double gain, double loss,
                 LobbyState& state);

/// The same for all who lobby, when the rule binds all of them or none.
void settle_rule(const LobbyParams& params, bool bound, std::span<const double> gain,
                 std::span<const double> loss, LobbyState& state);

/// On the government, 0 to effort; 0 when nobody may lobby.
double pressure(const LobbyParams& params, const LobbyState& state);

}  // namespace chokepoint
