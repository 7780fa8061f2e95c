/// Market clearing: the log prices at which every open line's demand meets its supply.
///
/// Solves F_k(p) = 0 (demand.hpp) for all open lines at once, from the last price:
///   1. chord iteration with a kept factor of the Jacobian (refreshed when |F| has not halved in 3
///      steps or after 20), each step corrected by Broyden's secant updates (secant_updates.hpp), until
///      max |F| <= 1e-9;
///   2. else damped diagonal steps until max |F| <= 1e-2, then Newton with a fresh Jacobian, 20 steps;
///   3. else HALT: no price is found, nothing trades. A halted line is never a cleared one.
/// A step never moves a log price by more than 1.
///
/// Price limits: a line whose clearing price lies outside its band is fixed at the band, the others
/// are cleared again; its short side will be filled, its long side pro rata (settlement.hpp).
/// A line without supply or without demand has no price: NO_DEMAND.
///
/// Selection: with endogenous wealth several equilibria can exist; the one reached from the last price
/// is taken, and a factor that is not row-dominant is counted and reported.
/// Reference: the equilibrium is that of Koijen and Yogo (2019); the solver is ours (model README).
/// Tests: tests/unit/clearing_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/model/demand.hpp"
#include "sim/model/linear_solver.hpp"
#include "sim/model/secant_updates.hpp"

namespace chokepoint {

/// A kept factor and the open set it belongs to.
struct ChordFactor {
  std::vector<std::size_t> open;
  LuFactor lu;
};

struct ClearingCounts {
  long long clears = 0;
  long long residuals = 0;
  long long factorisations = 0;
  long long not_dominant = 0;  ///< factorisations whose matrix was not row-dominant
  long long fallbacks = 0;     ///< clears that needed diagonal steps and Newton
  long long halts = 0;         ///< clears without a solution
};

/// Band of allowed log prices per line [K]; +-infinity where there is no limit.
struct PriceBand {
  std::span<const double> low;
  std::span<const double> high;
};

struct ClearingOutcome {
  bool halted = false;
};

class MarketClearing {
 public:
  /// Clears the open lines. `log_price` [K] is read as the start and holds the result; `status` [K] is
  /// written for open lines only. The system keeps the last evaluation for settlement.
  ClearingOutcome clear(const DemandInputs& inputs, const Participation& participation,
                        std::span<const std::size_t> open, const PriceBand& band, ChordFactor& chord,
                        std::span<double> log_price, std::span<LineStatus> status);

  const DemandSystem& system() const { return system_; }
  const ClearingCounts& counts() const { return counts_; }

 private:
  bool solve_free(ChordFactor& chord);
  bool chord_iteration(ChordFactor& chord);
  bool newton_from_diagonal();
  bool refactor(LuFactor& lu);
  void evaluate();
  double worst() const;
  bool step(std::span<const double> change);
  bool fix_at_limits(std::span<const std::size_t> open, const PriceBand& band);

  DemandSystem system_;
  SecantUpdates secant_;
  ClearingCounts counts_;
  std::vector<double> p_, F_, J_, change_;
  std::vector<char> free_;  // [open] 1 while the price is an unknown
};

}  // namespace chokepoint
