/// Attention: retail and momentum investors who notice an event bring new money, or leave.
///
///   an investor notices an event with probability  p_notice x A_e,  one draw per (investor, event)
///   A_e by class: none, trade_press 0; business_front_page, app_store_top3 .5; general_front_pages 1
///   A_ik = 1 on lines of the actor and of named targets, min(1, X / exposure_scale) on exposed lines
///          (target, vacated, deploy, own_product); two events on a line: the larger A_ik
///   value change of the line today >= 0:  odds += omega A_ik s_dk, for non-holders too
///                                < 0:     holders' odds x (1 - exit_depth A_ik)
///   faint news moves fewer: A_ik x min(1, |value change| / clear_news); an event without news of value
///   (a listing) acts in full
///   s_dk = value held by retail and momentum investors of domicile d in k's home region / their cash (T0)
///   A_ik halves every `half_life` sessions; nothing permanent is written into tastes
///
/// omega is therefore the share of an attentive investor's holdings in a market that he moves into the
/// line. It is what thin floats depend on: without new money an attention shock would move all floats
/// alike. Its prior spans two orders of magnitude; every flagship table shows three values of it.
/// References: attention-driven buying by individual investors, Barber and Odean (2008), "All That
/// Glitters", Review of Financial Studies 21(2).
/// Assumptions: all parameters. omega's order of magnitude: a record day of southbound net buying was some
/// tenths of a percent of southbound holdings. Neglects: attention of institutions, contagion between
/// investors. Tests: tests/unit/attention_test.cpp, tests/unit/float_test.cpp.
#pragma once

#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/accounts.hpp"
#include "sim/model/announcement.hpp"

namespace chokepoint {

struct AttentionParams {
  double notice = 0.35;
  double new_money = 1e-3;  ///< omega
  double exit_depth = 0.5;
  double half_life = 5;  ///< [sessions]
  double exposure_scale = 0.25;
  double clear_news = 0.01;  ///< [log points]

  static void fields(FieldList& list, AttentionParams& p);
};

/// A_e of an attention class.
double attention_level(AttentionClass attention);

/// True for channels whose exposed lines draw attention.
constexpr bool draws_attention(Channel channel) {
  return channel == Channel::target || channel == Channel::vacated || channel == Channel::deploy ||
         channel == Channel::own_product;
}

/// Attention on one line: a row of A_ik over accounts, and whether it buys or leaves.
struct LineAttention {
  std::vector<double> level;  ///< [N]; empty when nobody attends
  bool leaving = false;
  bool active() const { return !level.empty(); }
};

/// Adds an event's attention to a line: draws who notices and raises A_ik to `weight` (larger one wins).
/// `may_buy` by domicile: others cannot notice.
void notice(const AttentionParams& params, const Accounts& accounts, const RandomStream& random,
            const std::string& event, double attention, double weight,
            const std::array<bool, region_count>& may_buy, LineAttention& line);

/// End of the day: levels decay; a row that has faded below one part in 1e6 is dropped.
void fade(const AttentionParams& params, LineAttention& line);

}  // namespace chokepoint
