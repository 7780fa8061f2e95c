/// Beliefs: how an announcement changes what firms are thought to be worth.
///
/// A measure is one rule, order, list or claim as it evolves; its events form a chain.
///
///   bite      b = F(force) x level x L(duration)                      in [0, 1]
///             F: binding 1, licence_required phi_lic, list_without_legal_force phi_list, reversed 0
///             a proposal goes part of the way: b = b_last + phi_prop (level x L - b_last)
///             L: 1 when open-ended, else min(1, (1 - e^{-.05 D}) / (1 - e^{-.2})), D in years
///   surprise  u = b_new - b_old,  b_old = b_last + pi (b_feared - b_last)
///             b_last: the chain's last value towards the same counterpart; 0, or what was in force before,
///             for a first event.  pi = 0 without earlier reports, pi_rumoured, pi_expected
///             A measure of support has bites below 0 in the channels that restrictions hit
///   value     d ln V_f = sum_c s_c beta_c X_fc u (sigma_f / sigma_0)^g,  clipped to +-1 per firm and day
///             signs s: target -, restricted_sales -, restricted_input -, vacated +, buildout -,
///             deploy +, compete -, own_product +, regime -
///   stakes    a listed holder of a private firm: d ln V += stake x mark / cap x d ln V_private
///   learning  class type t takes the share G_t of d ln V at once, of the rest 15 % of the gap a day
///
/// X are dated exposures (data/exposures.csv), never taken from returns. sigma_f is the class volatility
/// of the firm's first line. beta, g, phi and pi are global: no number is entered per event.
///
/// Assumptions: linear in surprise and exposure; one set of betas for all measures; defaults are medians of
/// priors, their posterior is in data/calibration. Liberalisation is a negative surprise with the same betas.
/// Neglects: disagreement between investors about value (it is in their tastes), effects of second order
/// through supply chains unless an exposure row says so.
/// References: abnormal returns proportional to exposure and surprise are the reduced form of an event
/// study, MacKinlay (1997), "Event studies in economics and finance", Journal of Economic Literature 35.
/// Tests: tests/unit/beliefs_test.cpp.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/announcement.hpp"
#include "sim/model/noise.hpp"

namespace chokepoint {

struct BeliefParams {
  std::array<double, channel_count> beta{.12, .50, .08, .18, .15, .10, .10, .14, .15};
  double volatility_scaling = 0.5;  ///< g
  double reference_sd = 0.024;      ///< sigma_0 [share per day]
  double licence_force = 0.7;       ///< phi_lic
  double list_force = 0.2;          ///< phi_list
  double proposal_force = 0.4;      ///< phi_prop
  double rumoured_share = 0.3;      ///< pi_rum
  double expected_share = 0.7;      ///< pi_exp
  double gain_fund = 0.8;           ///< gain of funds, G_f
  double gain_sovereign = 0.5;      ///< gain of sovereign funds, G_s
  double gain_retail = 0.3;         ///< gain of retail investors, G_r
  double catch_up = 0.15;

  static void fields(FieldList& list, BeliefParams& p);
  double gain(InvestorType type) const;
};

/// Change of one firm's (or composite's) log value by channel, before the clip.
struct ValueChange {
  std::string entity;
  std::array<double, channel_count> by_channel{};  ///< [log points]
  double by_stakes = 0;                            ///< [log points]
  double total() const {
    double sum = by_stakes;
    for (const double part : by_channel) sum += part;
    return sum;
  }
};

/// Believed bite of a descriptor, F x level x L.
double believed_bite(const BeliefParams& params, const Bite& bite);

/// The state of all measure chains: what is believed about each, touch by touch.
class MeasureChains {
 public:
  /// Records an event of `measure` and returns the surprise of each touch, in the order of `touches`.
  std::vector<double> announce(const BeliefParams& params, const std::string& measure,
                               const Announcement& announcement, const std::vector<Touch>& touches);
  /// Records the end of a measure and returns its touches with their (negative) surprises.
  std::vector<double> reverse(const std::string& measure, std::vector<Touch>& touches);
  bool knows(const std::string& measure) const { return chains_.contains(measure); }

 private:
  struct Link {
    Touch touch;
    double bite = 0;
  };
  std::map<std::string, std::vector<Link>> chains_;
};

/// Value changes of all entities touched, stakes included, ordered by entity id.
std::vector<ValueChange> value_changes(const BeliefParams& params, const NoiseParams& noise,
                                       const Facts& facts, const std::vector<Touch>& touches,
                                       std::span<const double> surprise);

/// Learning at the start of a day: every class closes `catch_up` of its gap to `full` [K].
/// `value` is [K][class].
void catch_up_values(const BeliefParams& params, std::span<const double> full, std::span<double> value);

}  // namespace chokepoint
