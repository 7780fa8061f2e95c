/// The investors of T0 and what they hold: an ownership prior, drawn once per replicate.
///
///   counts     n = count x domicile share x type share, at least 5 per class
///   weight     h_ik ~ prior[region of k][domicile] x mix[domicile][type] x size_i x mask_ik x tilt_ik,
///              scaled to the float of each line and rounded to whole shares by running total
///   size_i     lognormal inside a class;  tilt_ik lognormal
///   mask_ik    an investor other than an index fund holds a name with probability .9 where its domicile
///              owns over 10 % of the region's float, else .35; composites are held by all
///   thin lines (tradable share below .10, listed for less than a year): type factors tilt them to retail
///              and momentum and away from index and sovereign holders
///   cash_i     = w0 / (1 - w0) x equity_i
///   a_ik       = ln(h_ik P_k / C_i), from the integer holdings
///
/// Keyed by (seed, replicate): it varies over replicates, never over arms.
/// Reference: inversion of observed holdings as in Koijen and Yogo (2019). Assumption: every share and
/// spread here; data/ownership_prior.csv and investor_mix.csv name the nearest public evidence.
/// Neglects: foundations, treasuries and founders (their shares are not in the float).
/// Tests: tests/unit/population_test.cpp.
#pragma once

#include <array>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/accounts.hpp"
#include "sim/model/demand.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct PopulationParams {
  double investors = 2000;
  std::array<double, region_count> domicile_share{.52, .18, .08, .22};               ///< of investors
  std::array<double, investor_type_count> type_share{.05, .35, .05, .10, .40, .05};  ///< type share
  std::array<double, investor_type_count> cash_share{.02, .25, .40, .30, .45, .35};  ///< w0
  /// thin_factor of a type, on its holdings of thin lines
  std::array<double, investor_type_count> thin_factor{.15, .7, .8, 2.0, 1.8, .3};
  double smallest_class = 5;     ///< investors at least
  double size_log_sd = 1.3;      ///< of size_i
  double tilt_log_sd = 1.0;      ///< of tilt_ik
  double anchor_log_sd = 0.2;    ///< jitter of the value anchor
  double cash_log_sd = 0.15;     ///< of w0 / (1 - w0)
  double holds_at_home = 0.9;    ///< mask, where the domicile owns much
  double holds_abroad = 0.35;    ///< mask, elsewhere
  double home_threshold = 0.10;  ///< part of a region's float that is much

  static void fields(FieldList& list, PopulationParams& p);
};

struct Population {
  Accounts accounts;
  std::vector<double> size;               ///< [N] share of the class, sums to 1 within a class
  std::array<double, class_count> theta;  ///< value anchor with its jitter
  std::array<double, class_count> kappa;
  std::vector<LockedLot> locked;  ///< one account per lot
};

/// Who the investors are. Holders of locked lots become accounts of class fund x their domicile.
Population make_population(const PopulationParams& params, const DemandParams& demand, const Facts& facts,
                           const RandomStream& random);

/// Share of a line's float that each account takes, per the prior; sums to 1 over accounts.
std::vector<double> ownership_weights(const PopulationParams& params, const Facts& facts,
                                      const RandomStream& random, const Population& population,
                                      std::size_t line);

/// Splits a whole number of shares by weights, exactly, by running total.
std::vector<Shares> split_shares(Shares total, const std::vector<double>& weights);

/// Cash share w0 of an account.
double cash_share_of(const PopulationParams& params, const RandomStream& random, InvestorType type,
                     std::uint32_t identity);

}  // namespace chokepoint
