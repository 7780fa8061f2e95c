/// What the agents of a world have decided, as one number each, so that two arms can be held against each
/// other.
///
/// Agents are listed as they were at T0: agent i of a kind is the same in every arm of a replicate, because
/// agents are drawn by identity. Tests: tests/unit/decision_differences_test.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/model/world.hpp"

namespace chokepoint {

/// One kind of decision and who takes it.
struct DecisionKind {
  std::string decision;                 ///< "product in use"
  std::string rule;                     ///< header that says how it is taken
  std::string agents;                   ///< "enterprises"
  bool amount = false;                  ///< the number is an amount, of which there can be more or less
  std::vector<std::string> names = {};  ///< of the decisions; empty where they have none
};

/// What the agents of one kind have decided; equal numbers are equal decisions.
using Decisions = std::vector<std::uint64_t>;

/// Positions in shares differ when they differ by more than this share of the larger one.
inline constexpr double position_difference = 0.05;

/// Kinds in the order of `decisions_of`, one more for each line of shares in `lines`.
std::vector<DecisionKind> decision_kinds(const Facts& facts, const std::vector<std::size_t>& lines);

/// [kind][agent] today. Lists that grow are cut to the agents of T0 given by `at_start`, when not empty.
std::vector<Decisions> decisions_of(const World& world, const std::vector<std::size_t>& lines,
                                    const std::vector<Decisions>& at_start = {});

/// [kind][agent] type of each agent: "banks' desks in HK", "researchers from CN", "funds of US".
std::vector<std::vector<std::string>> decision_makers(const World& world,
                                                      const std::vector<std::size_t>& lines);

/// True when two decisions of a kind count as different.
bool decisions_differ(const DecisionKind& kind, std::uint64_t a, std::uint64_t b);

}  // namespace chokepoint
