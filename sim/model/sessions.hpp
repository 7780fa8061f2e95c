/// Time: trading days, the two sessions of a day, sub-rounds, and who takes part in which.
///
/// A day is a date on which any venue trades. Session A (Asia) clears before session B (US, Europe).
/// A session is cleared once; an *active* session (one of the first two of a venue after an event of any
/// arm was announced) is cleared R = 4 times, with the day's participation split over the sub-rounds:
///
///   investor i adjusts lambda_i of a line per day; where the line is open in two sessions, a share
///   `home_share` of it in the session of the investor's domicile, the rest in the other;
///   in sub-round r:  l = 1 - (1 - lambda phi)^{w_r},  w_r ~ exp(-zeta_type r),  sum_r w_r = 1
///
/// zeta is +front_loading for retail and momentum, - for funds, 0 for others.
/// News acts from the first sub-round of a line's venue that starts after the announcement (sub-round r
/// starts after r quarters of trading time) and is cleared; news that was out before the day's first open is
/// known to all before session A.
/// Assumptions: both rules are ours; active sessions are the same in all arms and replicates, so that R never
/// differs. Events whose date is drawn activate none: they wait for the next clearing.
/// Neglects: auctions, half days trade as whole ones, order within a sub-round.
/// Tests: tests/unit/sessions_test.cpp.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct SessionParams {
  std::array<double, investor_type_count> participation{1.0, 0.5, 1.0, 0.8, 0.4, 0.15};  ///< lambda
  double home_share = 0.7;
  double front_loading = 0.5;  ///< zeta
  double sub_rounds = 4;       ///< R of an active session

  static void fields(FieldList& list, SessionParams& p);
};

struct TradingDay {
  Date date;
  bool new_week = false;  ///< first trading day of its calendar week
  std::array<std::vector<std::size_t>, session_count> open_lines;
  std::array<int, session_count> rounds{1, 1};
};

/// When news reaches a line: day index, session, sub-round. Day index = days.size() means never.
struct Arrival {
  std::size_t day = 0;
  Session session{};
  int round = 0;
  auto operator<=>(const Arrival&) const = default;
};

class Calendar {
 public:
  /// Trading days after `facts.as_of`: `count` of them, or up to and including `until` when count is 0.
  Calendar(const Facts& facts, std::size_t count, Date until);

  /// Marks the first two sessions of every venue after the announcement as active.
  void activate(const Facts& facts, const SessionParams& params, Instant announced);

  /// First (day, session, sub-round) of the line after `announced`; session A and sub-round 0 when the news
  /// was out before any venue opened on that day.
  Arrival arrival(const Facts& facts, const SessionParams& params, std::size_t line, Instant announced) const;
  /// First (day, session, sub-round) of any venue after `announced`.
  Arrival first_arrival(const Facts& facts, const SessionParams& params, Instant announced) const;
  /// First day none of whose venues opened before `announced`; days().size() when there is none.
  std::size_t first_day_opening_after(const Facts& facts, Instant announced) const;
  /// First day index whose date is not before `date`; days().size() when there is none.
  std::size_t first_day_from(Date date) const;

  const std::vector<TradingDay>& days() const { return days_; }

 private:
  Instant first_open(const Facts& facts, std::size_t day) const;
  /// `rounds` to an active session; with `only_cleared` sub-rounds that are not cleared are passed over.
  Arrival venue_arrival(const Venue& venue, int rounds, bool only_cleared, Instant announced) const;
  std::vector<TradingDay> days_;
};

bool is_open(const Venue& venue, Date date);

/// Dates from `first` to `last`, both included, on which any venue of the line is open, simulated or not.
/// Where a venue's closed days are not known any more, every weekday counts.
int open_dates(const Facts& facts, std::size_t line, Date first, Date last);

/// Share of a class's daily adjustment that falls into sub-round `round` of `rounds`, per the formula above.
/// `sessions_of_line` is 1 or 2: in how many sessions of the day the line is open.
double participation(const SessionParams& params, InvestorType type, Region domicile, Session session,
                     int sessions_of_line, int round, int rounds);

/// Session in which investors of a domicile are at their desks.
constexpr Session home_session(Region domicile) {
  return domicile == Region::cn || domicile == Region::hk ? Session::a : Session::b;
}

}  // namespace chokepoint
