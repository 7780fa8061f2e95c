/// Asset demand: how an investor divides wealth over listed lines and cash.
///
/// Investor i of class g, line k, log price p_k and log value v_gk both measured from T0:
///
///   z_gk   = p_k - v_gk                                             mispricing as the class sees it
///   u_ik   = a_ik + p_k - theta_g z_gk - kappa_g z_gk^3 + x_gk      log odds of k against cash
///   o_ik   = exp(u_ik) + omega A_ik s_dk                            attentive money comes on top
///   w_ik   = o_ik / (1 + sum_j o_ij)                                portfolio weight; rest is cash
///   A_i(p) = C_i + sum_k h_ik P_k                                   wealth at the *current* price
///
/// a_ik is read off the holdings of T0 (a = ln(h P / C)), so every market value is matched exactly and
/// nothing trades without news. theta = 0 is an index fund, about 1 a fundamental manager, 3 an
/// arbitrageur. kappa makes everyone return to value when prices are far from it.
///
/// Assumptions: logit (characteristics-based) demand with endogenous wealth; beliefs and shifters by
/// class, tastes (a) by investor; no short sales.
/// References: Koijen and Yogo (2019), "A Demand System Approach to Asset Pricing", Journal of
/// Political Economy 127(4); Gabaix and Koijen (2021), "In Search of the Origins of Financial
/// Fluctuations: The Inelastic Markets Hypothesis", NBER working paper 28967.
/// Neglects: optimal portfolio choice (a log-linear demand need not be one: Kocherlakota 2025, NBER
/// working paper 34395), dividends, interest, borrowing.
/// Tests: tests/unit/demand_test.cpp, tests/property/market_property.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/lane_vector.hpp"
#include "sim/model/accounts.hpp"
#include "sim/model/lane_kernels.hpp"

namespace chokepoint {

struct DemandParams {
  std::array<double, investor_type_count> value_anchor{0.0, 1.0, 3.0, 0.15, 0.25, 0.4};         ///< theta
  std::array<double, investor_type_count> misalignment_rush{0.0, 0.25, 0.5, 0.02, 0.04, 0.10};  ///< kappa

  static void fields(FieldList& list, DemandParams& p);
};

/// What a clear needs to know of the world; every span is read only. K lines, N accounts.
struct DemandInputs {
  const Accounts* accounts = nullptr;
  std::size_t lines = 0;
  std::span<const double> cash;              ///< [N] USD
  std::span<const double> holding;           ///< [K][N] shares that can trade
  std::span<const double* const> odds;       ///< [K] row of N: e^a, exits applied
  std::span<const double> theta;             ///< [class]
  std::span<const double> kappa;             ///< [class]
  std::span<const double> value;             ///< [K][class] log value v since T0
  std::span<const double> shifter;           ///< [K][class] log shifter x
  std::span<const double> reference_price;   ///< [K] USD per share at p = 0
  std::span<const double* const> attention;  ///< [K] row of N, or null
  std::span<const double> new_money;         ///< [K][class] odds per unit of attention
  std::span<const LockedLot> locked;         ///< lots that count in wealth only
};

/// Participation of a clear: which share of its desired change each class makes, and forced supply.
struct Participation {
  std::vector<double> share;   ///< [K][class] in [0, 1]
  std::vector<double> supply;  ///< [K] extra shares offered at any price (forced sales)
};

/// The market's excess demand for a set of open lines, in logs:
///   F_k(p) = ln(D_k) - ln(B_k P_k),  D_k = sum_i l_gk A_i+ w_ik [USD],  B_k = sum_i l_gk h_ik + supply_k
/// Closed lines stay at their last price and enter weights and wealth as they are.
class DemandSystem {
 public:
  /// Fixes the open set and everything that does not depend on its prices. `log_price` is [K].
  void prepare(const DemandInputs& inputs, const Participation& participation,
               std::span<const std::size_t> open, std::span<const double> log_price);

  /// Evaluates weights, wealth and F at prices p of the open lines (p and F in the order of `open`).
  /// F is +infinity where supply is not positive and -infinity where demand is zero.
  void residual(std::span<const double> p, std::span<double> F);

  /// dF/dp at the prices of the last residual; n x n, row-major, n = number of open lines.
  void jacobian(std::span<double> J);

  /// Desired purchase [shares] of every account in open line number `row` at the last residual.
  void wishes(std::size_t row, std::span<double> wish) const;

  /// d ln D_k / dx of open line `row` for a shifter added to class g with loading phi_g: own response.
  double shifter_response(std::size_t row, std::span<const double> loading) const;

  std::span<const double> demand() const { return demand_; }   ///< [open] USD
  std::span<const double> supply() const { return supply_; }   ///< [open] shares
  double price(std::size_t row) const { return price_[row]; }  ///< [USD per share]

 private:
  double class_factor(std::size_t line, std::size_t g, double p) const;
  void gather_open_lines();
  void add_closed_lines(std::span<const double> log_price);
  void price_lines(std::span<const double> p);
  void add_up_wealth();
  void add_up_demand();
  Stretch stretch(std::size_t g) const {
    return {in_.accounts->blocks[g].begin, in_.accounts->blocks[g].end};
  }

  DemandInputs in_{};
  std::vector<std::size_t> open_;
  // Of the open lines, by row
  std::vector<const double*> odds_, holding_, attention_;
  std::vector<double> price_, demand_, supply_;
  // [class][open]: v, x, participation, attentive odds per unit; exp(...) and its d ln / dp
  std::vector<double> value_, shifter_, share_, money_, factor_, slope_;
  // By account: closed lines, cash and locked lots; then s_i, A_i, A_i+ / s_i
  LaneVector<double> base_odds_, base_wealth_;
  LaneVector<double> odds_sum_, wealth_, intensity_;
  // Work space: sums of one class by row; Jacobian, [open][N]
  std::vector<double> sum_;
  LaneVector<double> left_, right_;
};

}  // namespace chokepoint
