/// Firms sell shares when they are worth more: the one way from market value to what a vendor can spend.
///
/// On the first trading day of January, April, July and October, for the firm of every vendor:
///
///   g        = ln V - ln V at its last issue of this kind (T0 before the first)              [log points]
///   proceeds = propensity x 1/4 year x value_usd x max(0, g)                                 [USD]
///   listed   whole shares of its first line at the last price, to those who may take part in an issue
///            (primary_market.hpp), never for more than `cash_share` of their cash nor more shares than
///            `float_share` of the float; floor(proceeds / price)
///   private  a round at the mark: proceeds less the share of investors who are barred (capital_rules.hpp),
///            by the ownership prior of the headquarters' region
///   factor   on a vendor's compute budget = clip(1 + compute_share x raised in 365 days / base, 1, 3)
///            base = max(revenue of the whole firm at T0, 1e8 USD) a year; revenue = revenue_usd /
///            metered_share
///
/// ln V: log price since T0 of the first listed line, log change of the mark of a private firm; a firm that
/// listed after T0 is measured against its mark of T0, so that V does not start anew. value_usd: market value
/// of all its listed lines, or the mark. Issues and listings of the scenario count in what was raised, too.
/// A firm whose value fell issues nothing and buys nothing back; one whose value does not change follows its
/// course of T0: factor 1. propensity = 0 is no issue and no round, bit for bit; compute_share = 0 no factor.
///
/// Assumptions: linear in log value; every dollar has the same use; propensity and shares. Values
/// follow prices, so that daily noise makes firms issue, in the baseline too. An issue in proportion to the
/// value of a firm whose float is thin would be a large part of the float: `float_share` holds it. There is
/// no ledger of private investors: a round is an amount and moves nobody's cash. The cap of 3 is a guard.
/// Reference: firms are more likely to issue equity when their market values are high relative to past ones,
/// Baker and Wurgler (2002), "Market Timing and Capital Structure", Journal of Finance 57(1); the rate here
/// is not estimated from it. Neglects: debt, buy-backs, discounts, dilution of those who hold, how the market
/// foresees an issue. Tests: tests/unit/financing_test.cpp.
#pragma once

#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct World;
struct Parameters;
struct Plan;

struct FinancingParams {
  double propensity = 0;
  double compute_share = 0.5;
  double cash_share = 0.5;
  double float_share = 0.05;

  static void fields(FieldList& list, FinancingParams& p);
};

/// Money that a vendor's firm took in.
struct Raise {
  std::size_t vendor = 0;
  Date on;
  double usd = 0;
};

struct Financing {
  std::vector<double> raised_usd;          ///< [vendor] USD since T0
  std::vector<double> last_value;          ///< [vendor] ln V at the last quarterly issue or round
  std::vector<double> factor;              ///< [vendor] on the compute budget; 1 at T0
  std::vector<double> private_rounds_usd;  ///< [vendor] USD since T0, part of raised_usd
  std::vector<double> last_year_usd;       ///< [vendor] USD raised within 365 days
  std::vector<Raise> raises;               ///< of the last 365 days, in order
};

/// Nothing raised, values of T0.
Financing initial_financing(const Facts& facts);

/// [vendor] ln V of its firm since T0.
std::vector<double> vendor_values(const World& world);

/// [vendor] factor on the compute budget, in [1, 3].
std::vector<double> financing_factors(const FinancingParams& params, const Facts& facts,
                                      const Financing& financing);

/// True on the first trading day of a quarter; `before` is the trading day before it.
bool starts_quarter(Date before, Date today);

/// Books what a firm took in; nothing for a firm that is no vendor's.
void record_raise(World& world, std::size_t firm, Date on, double usd);

/// The day's financing: issues and rounds on the first day of a quarter; factors every day.
void raise_money(World& world, const Parameters& params, const Plan& plan);

}  // namespace chokepoint
