/// What an arm will bring, before anyone is drawn: dates, news per line, orders and scheduled facts.
///
/// A plan is a pure function of facts, parameters, calendar and events; it holds no state of a run. News
/// reaches a line at its first session after the announcement; what was announced before any venue opened on
/// that day is known to everybody before session A. Values change by the sum of the day's news, clipped to
/// +-1 per line and day; that sum, as far as it is known, decides whether attention brings new money or
/// exits, and how much of it. Lock-up dates and index reviews were public at T0 and are in every plan. Tests:
/// tests/unit/plan_test.cpp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/model/beliefs.hpp"
#include "sim/model/capital_rules.hpp"
#include "sim/model/economy.hpp"
#include "sim/model/event.hpp"
#include "sim/model/ownership_bans.hpp"
#include "sim/model/parameters.hpp"
#include "sim/model/sessions.hpp"

namespace chokepoint {

/// Change of a line's full value.
struct ValueNews {
  Arrival when;
  std::size_t line = 0;
  double change = 0;  ///< [log points]
};

/// Change of a private firm's mark: reported, never traded.
struct MarkNews {
  Arrival when;
  std::size_t firm = 0;
  double change = 0;  ///< [log points]
};

/// An event that investors may notice on a line.
struct AttentionNews {
  Arrival when;
  std::size_t line = 0;
  std::string event;
  double attention = 0;  ///< A_e
  double weight = 0;     ///< A_ik of those who notice, less where the news is faint
  bool leaving = false;  ///< the day's value news of the line is negative
};

struct BanNews {
  Arrival when;
  BanInForce ban;
};

/// New shares of a line, delivered before the session A of a day: an issue, or the float of a listing.
struct ShareOffer {
  std::size_t day = 0;
  std::size_t line = 0;
  Shares shares = 0;  ///< issue: new shares; listing: unused, the float is offered
  double offer_price_usd = 0;
  bool listing = false;
};

struct ScheduledUnlock {
  std::size_t day = 0;
  std::size_t lockup = 0;  ///< row of Facts::lockups
};

struct ScheduledReview {
  std::size_t day = 0;
  std::size_t venue = 0;
};

/// What became of one event when the plan was made; the study adds what it changed.
struct EventTrace {
  std::string id;
  std::size_t first_day = 0;  ///< first day on which it can act; days().size(): after the end
  std::vector<ValueChange> changes;
  std::size_t lines_touched = 0;
  std::size_t rules_changed = 0;  ///< orders, releases and lists of enterprises that it changes
};

struct Plan {
  const Calendar* calendar = nullptr;
  std::vector<ValueNews> values;              ///< by arrival
  std::vector<MarkNews> marks;                ///< by arrival
  std::vector<AttentionNews> notices;         ///< by arrival
  std::vector<BanNews> bans;                  ///< by arrival
  std::vector<EconomyNews> economy;           ///< by day
  std::vector<CapitalNews> capital;           ///< by day
  std::shared_ptr<const EconomySetup> setup;  ///< of the arm's parameters; null in a world without vendors
  std::vector<ShareOffer> offers;
  std::vector<ScheduledUnlock> unlocks;
  std::vector<ScheduledReview> reviews;
  std::vector<EventTrace> traces;
};

/// `events` are those of the arm. `history`: events of before T0, which are in prices and only say what the
/// measures that `events` continue had come to. Throws Error{scenario} when a reversal names a measure that
/// is not in force.
Plan make_plan(const Facts& facts, const Parameters& params, const Calendar& calendar,
               const std::vector<Event>& events, const std::vector<Event>& history = {});

/// The same events with other parameters of beliefs and attention; what they do not decide is shared with
/// `plan`.
Plan plan_again(const Plan& plan, const Facts& facts, const Parameters& params,
                const std::vector<Event>& events);

/// The calendar that all arms and replicates of a scenario share: trading days, with the sessions after any
/// event active. An event whose date is drawn activates none, so that no session depends on a draw.
Calendar make_calendar(const Facts& facts, const SessionParams& params, std::size_t sessions, Date until,
                       const std::vector<Event>& events);

/// The plan without capital-flow channels: no bans, offers, lock-up expiries, reviews or
/// rules of capital. Quarterly issues are a parameter (issuance.propensity).
Plan without_flow_channels(Plan plan);

}  // namespace chokepoint
