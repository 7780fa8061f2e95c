#include "sim/model/clearing.hpp"

#include <cmath>

namespace chokepoint {
namespace {

constexpr double tolerance = 1e-9;
constexpr double newton_start = 1e-2;
constexpr double largest_step = 1.0;
constexpr int chord_steps = 20;
constexpr int patience = 3;
constexpr int diagonal_steps = 400;
constexpr int newton_steps = 20;

double clipped(double x) {
  if (x > largest_step) return largest_step;
  return x < -largest_step ? -largest_step : x;
}

}  // namespace

void MarketClearing::evaluate() {
  system_.residual(p_, F_);
  ++counts_.residuals;
}

double MarketClearing::worst() const {
  double worst = 0.0;
  for (std::size_t row = 0; row < F_.size(); ++row) {
    if (!free_[row]) continue;
    const double size = std::fabs(F_[row]);
    if (!(size <= worst)) worst = size;  // also takes NaN
  }
  return worst;
}

bool MarketClearing::step(std::span<const double> change) {
  bool cut = false;
  for (std::size_t row = 0; row < p_.size(); ++row) {
    if (!free_[row]) continue;
    const double made = clipped(change[row]);
    cut = cut || made != change[row];
    p_[row] -= made;
  }
  return cut;
}

bool MarketClearing::refactor(LuFactor& lu) {
  const std::size_t n = p_.size();
  J_.resize(n * n);
  system_.jacobian(J_);
  ++counts_.factorisations;
  bool dominant = true;
  for (std::size_t row = 0; row < n; ++row) {
    if (!free_[row]) {
      for (std::size_t column = 0; column < n; ++column) J_[row * n + column] = row == column ? 1.0 : 0.0;
      continue;
    }
    double off = 0.0;
    for (std::size_t column = 0; column < n; ++column) {
      if (column != row) off += std::fabs(J_[row * n + column]);
    }
    if (!(std::fabs(J_[row * n + row]) > off)) dominant = false;
  }
  if (!dominant) ++counts_.not_dominant;
  return lu.factor(J_, n);
}

bool MarketClearing::chord_iteration(ChordFactor& chord) {
  bool fresh = false;
  for (int attempt = 0; attempt < 2; ++attempt) {
    double mark = worst();
    secant_.clear();
    int since_mark = 0;
    for (int step_count = 0; step_count < chord_steps; ++step_count) {
      if (worst() <= tolerance) return true;
      change_.assign(F_.begin(), F_.end());
      for (std::size_t row = 0; row < F_.size(); ++row) {
        if (!free_[row]) change_[row] = 0.0;
      }
      chord.lu.solve(change_);
      secant_.correct(change_);
      if (step(change_)) secant_.clear();
      evaluate();
      const double now = worst();
      if (!std::isfinite(now)) return false;
      if (now <= 0.5 * mark) {
        mark = now;
        since_mark = 0;
      } else if (++since_mark >= patience) {
        break;
      }
    }
    if (worst() <= tolerance) return true;
    if (fresh || !refactor(chord.lu)) return false;
    fresh = true;
  }
  return worst() <= tolerance;
}

bool MarketClearing::newton_from_diagonal() {
  ++counts_.fallbacks;
  const std::size_t n = p_.size();
  J_.resize(n * n);
  for (int i = 0; i < diagonal_steps && !(worst() <= newton_start); ++i) {
    if (i % 20 == 0) {
      system_.jacobian(J_);
      ++counts_.factorisations;
    }
    change_.resize(n);
    for (std::size_t row = 0; row < n; ++row) {
      const double slope = J_[row * n + row];
      change_[row] = 0.5 * F_[row] / (slope < -0.05 ? slope : -0.05);
    }
    step(change_);
    evaluate();
    if (!std::isfinite(worst())) return false;
  }
  LuFactor lu;
  for (int i = 0; i < newton_steps; ++i) {
    if (worst() <= tolerance) return true;
    if (!refactor(lu)) return false;
    change_.assign(F_.begin(), F_.end());
    for (std::size_t row = 0; row < n; ++row) {
      if (!free_[row]) change_[row] = 0.0;
    }
    lu.solve(change_);
    step(change_);
    evaluate();
    if (!std::isfinite(worst())) return false;
  }
  return worst() <= tolerance;
}

bool MarketClearing::solve_free(ChordFactor& chord) {
  if (worst() <= tolerance) return true;
  const std::vector<double> start = p_;
  if (!chord.lu.ready() || chord.lu.size() != p_.size()) {
    if (!refactor(chord.lu)) return false;
  }
  if (chord_iteration(chord)) return true;
  p_ = start;
  evaluate();
  return newton_from_diagonal();
}

bool MarketClearing::fix_at_limits(std::span<const std::size_t> open, const PriceBand& band) {
  bool fixed = false;
  for (std::size_t row = 0; row < open.size(); ++row) {
    if (!free_[row]) continue;
    const double low = band.low[open[row]];
    const double high = band.high[open[row]];
    if (p_[row] >= low && p_[row] <= high) continue;
    p_[row] = p_[row] < low ? low : high;
    free_[row] = 0;
    fixed = true;
  }
  return fixed;
}

ClearingOutcome MarketClearing::clear(const DemandInputs& inputs, const Participation& participation,
                                      std::span<const std::size_t> open, const PriceBand& band,
                                      ChordFactor& chord, std::span<double> log_price,
                                      std::span<LineStatus> status) {
  ++counts_.clears;
  system_.prepare(inputs, participation, open, log_price);
  p_.resize(open.size());
  F_.resize(open.size());
  free_.assign(open.size(), 1);
  for (std::size_t row = 0; row < open.size(); ++row) p_[row] = log_price[open[row]];

  // Lines that nobody may hold, or of which nothing is for sale, have no price to solve for.
  evaluate();
  std::vector<char> priced(open.size(), 1);
  for (std::size_t row = 0; row < open.size(); ++row) {
    if (!std::isfinite(F_[row])) priced[row] = free_[row] = 0;
  }
  const bool same_set =
      chord.open.size() == open.size() && std::equal(chord.open.begin(), chord.open.end(), open.begin());
  if (!same_set || chord.lu.size() != open.size()) {
    chord.open.assign(open.begin(), open.end());
    chord.lu = LuFactor{};
  }
  bool solved = solve_free(chord);
  ChordFactor limited{chord.open, {}};
  while (solved && fix_at_limits(open, band)) {
    limited.lu = LuFactor{};
    evaluate();
    solved = solve_free(limited);
  }
  for (std::size_t row = 0; row < open.size(); ++row) {
    const std::size_t k = open[row];
    if (!priced[row]) {
      status[k] = LineStatus::no_demand;
    } else if (!solved) {
      status[k] = LineStatus::halted;
    } else {
      status[k] = free_[row] ? LineStatus::cleared : LineStatus::limit;
      log_price[k] = p_[row];
    }
  }
  if (!solved) ++counts_.halts;
  return {!solved};
}

}  // namespace chokepoint
