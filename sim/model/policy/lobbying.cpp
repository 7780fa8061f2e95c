#include "sim/model/policy/lobbying.hpp"

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

/// E of a vendor, in log points of its revenue.
double expected_gain(const LobbyParams& params, double gain, double loss) {
  return (1.0 - params.perceived_scope_creep) * gain - params.perceived_scope_creep * loss;
}

}  // namespace

void take_stances(const LobbyParams& params, std::span<const double> gain, std::span<const double> loss,
                  std::span<const char> may_lobby, LobbyState& state) {
  const std::size_t vendors = may_lobby.size();
  CHOKEPOINT_EXPECT(gain.size() == vendors && loss.size() == vendors);
  state.lobbies.assign(vendors, 0);
  state.expected.assign(vendors, 0.0);
  state.regret.resize(vendors, 0.0);
  state.rules.resize(vendors, 0);
  state.may_lobby.assign(may_lobby.begin(), may_lobby.end());
  for (std::size_t v = 0; v < vendors; ++v) {
    if (!may_lobby[v]) continue;
    state.expected[v] = expected_gain(params, gain[v], loss[v]);
    state.lobbies[v] = params.effort > 0.0 && state.expected[v] > 0.0;
  }
}

bool binds_lobbyist(const LobbyParams& params, std::size_t vendor_identity, const RandomStream& random,
                    std::uint32_t month) {
  const auto subject = static_cast<std::uint32_t>(vendor_identity);
  return random.uniform(Decision::rule_scope, subject, month) < params.scope_creep;
}

void settle_rule(const LobbyParams& params, std::size_t vendor, bool bound, double gain, double loss,
                 LobbyState& state) {
  CHOKEPOINT_EXPECT(vendor < state.lobbies.size());
  if (!state.lobbies[vendor]) return;
  const double realised = bound ? -loss : gain;
  state.regret[vendor] += expected_gain(params, gain, loss) - realised;
  ++state.rules[vendor];
}

void settle_rule(const LobbyParams& params, bool bound, std::span<const double> gain,
                 std::span<const double> loss, LobbyState& state) {
  CHOKEPOINT_EXPECT(gain.size() == state.lobbies.size() && loss.size() == state.lobbies.size());
  for (std::size_t v = 0; v < state.lobbies.size(); ++v) {
    settle_rule(params, v, bound, gain[v], loss[v], state);
  }
}

double pressure(const LobbyParams& params, const LobbyState& state) {
  double may = 0.0;
  double lobbying = 0.0;
  for (std::size_t v = 0; v < state.may_lobby.size(); ++v) {
    may += state.may_lobby[v] != 0;
    lobbying += state.lobbies[v] != 0;
  }
  return may > 0.0 ? params.effort * lobbying / may : 0.0;
}

}  // namespace chokepoint
