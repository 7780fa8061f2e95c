#include "sim/model/sessions.hpp"

#include <algorithm>
#include <string>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Start of sub-round `round` of `rounds` in seconds of the local day, the lunch break left out.
int round_start(const Venue& venue, int round, int rounds) {
  const int morning = venue.lunch_start > 0 ? venue.lunch_start - venue.open : venue.close - venue.open;
  const int afternoon = venue.lunch_start > 0 ? venue.close - venue.lunch_end : 0;
  const int traded = (morning + afternoon) * round / rounds;
  if (traded < morning || afternoon == 0) return venue.open + traded;
  return venue.lunch_end + (traded - morning);
}

}  // namespace

void SessionParams::fields(FieldList& list, SessionParams& p) {
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    list.add("session.participation." + std::string(investor_type_names[t]), p.participation[t], "share/day",
             0.05, 1, "assumption", "lambda: share of a desired change made in one day");
  }
  list.add("session.home_share", p.home_share, "share", 0.5, 1, "assumption",
           "share of the daily adjustment of a two-session line made in the home session");
  list.add("session.front_loading", p.front_loading, "-", 0, 1, "assumption",
           "zeta: how much retail and momentum investors act early in an active session");
  list.add("session.sub_rounds", p.sub_rounds, "clears", 1, 8, "assumption",
           "clears of an active session (a whole number)");
}

bool is_open(const Venue& venue, Date date) {
  return weekday(date) < 5 && !std::binary_search(venue.closed.begin(), venue.closed.end(), date);
}

int open_dates(const Facts& facts, std::size_t line, Date first, Date last) {
  const auto& tickers = facts.lines[line].tickers;
  int count = 0;
  for (Date date = first; date <= last; date = date + 1) {
    count += std::any_of(tickers.begin(), tickers.end(),
                         [&](const Ticker& ticker) { return is_open(facts.venues[ticker.venue], date); });
  }
  return count;
}

namespace {

/// Days of a world without a market are those on which it would trade; where closed days of a venue are not
/// known any more, weekdays.
bool any_venue_open(const Facts& facts, Date date) {
  return std::any_of(facts.venues.begin(), facts.venues.end(),
                     [&](const Venue& venue) { return is_open(venue, date); });
}

}  // namespace

Calendar::Calendar(const Facts& facts, std::size_t count, Date until) {
  Date last_week{};
  for (Date date = facts.as_of + 1; count > 0 ? days_.size() < count : date <= until; date = date + 1) {
    TradingDay day;
    day.date = date;
    bool any = false;
    for (std::size_t k = 0; k < facts.lines.size(); ++k) {
      std::array<bool, session_count> open{};
      for (const Ticker& ticker : facts.lines[k].tickers) {
        const Venue& venue = facts.venues[ticker.venue];
        if (is_open(venue, date)) open[index(venue.session)] = true;
      }
      for (std::size_t s = 0; s < session_count; ++s) {
        if (open[s]) day.open_lines[s].push_back(k);
        any = any || open[s];
      }
    }
    if (facts.lines.empty()) any = any_venue_open(facts, date);
    if (!any) continue;
    day.new_week = days_.empty() || week_start(date) != last_week;
    last_week = week_start(date);
    days_.push_back(std::move(day));
  }
}

std::size_t Calendar::first_day_from(Date date) const {
  const auto at = std::lower_bound(days_.begin(), days_.end(), date,
                                   [](const TradingDay& day, Date d) { return day.date < d; });
  return static_cast<std::size_t>(at - days_.begin());
}

Arrival Calendar::venue_arrival(const Venue& venue, int rounds, bool only_cleared, Instant announced) const {
  for (std::size_t d = 0; d < days_.size(); ++d) {
    const Date date = days_[d].date;
    if (!is_open(venue, date)) continue;
    const int offset = utc_offset(venue.timezone, date).value_or(0);
    const int cleared = only_cleared ? std::min(rounds, days_[d].rounds[index(venue.session)]) : rounds;
    for (int r = 0; r < cleared; ++r) {
      if (to_instant(date, round_start(venue, r, rounds), offset) >= announced) return {d, venue.session, r};
    }
  }
  return {days_.size(), venue.session, 0};
}

void Calendar::activate(const Facts& facts, const SessionParams& params, Instant announced) {
  for (const Venue& venue : facts.venues) {
    std::size_t d = venue_arrival(venue, static_cast<int>(params.sub_rounds), false, announced).day;
    for (int found = 0; d < days_.size() && found < 2; ++d) {
      if (!is_open(venue, days_[d].date)) continue;
      days_[d].rounds[index(venue.session)] = static_cast<int>(params.sub_rounds);
      ++found;
    }
  }
}

Arrival Calendar::arrival(const Facts& facts, const SessionParams& params, std::size_t line,
                          Instant announced) const {
  const int rounds = static_cast<int>(params.sub_rounds);
  Arrival first{days_.size(), Session::b, 0};
  for (const Ticker& ticker : facts.lines[line].tickers) {
    first = std::min(first, venue_arrival(facts.venues[ticker.venue], rounds, true, announced));
  }
  if (first.day < days_.size() && announced <= first_open(facts, first.day))
    return {first.day, Session::a, 0};
  return first;
}

Arrival Calendar::first_arrival(const Facts& facts, const SessionParams& params, Instant announced) const {
  Arrival first{days_.size(), Session::b, 0};
  const int rounds = static_cast<int>(params.sub_rounds);
  for (const Venue& venue : facts.venues) {
    first = std::min(first, venue_arrival(venue, rounds, true, announced));
  }
  return first;
}

std::size_t Calendar::first_day_opening_after(const Facts& facts, Instant announced) const {
  std::size_t day = 0;
  while (day < days_.size() && first_open(facts, day) < announced) ++day;
  return day;
}

Instant Calendar::first_open(const Facts& facts, std::size_t day) const {
  const Date date = days_[day].date;
  std::optional<Instant> first;
  for (const Venue& venue : facts.venues) {
    if (!is_open(venue, date)) continue;
    const Instant open = to_instant(date, venue.open, utc_offset(venue.timezone, date).value_or(0));
    if (!first || open < *first) first = open;
  }
  return *first;
}

double participation(const SessionParams& params, InvestorType type, Region domicile, Session session,
                     int sessions_of_line, int round, int rounds) {
  double daily = params.participation[index(type)];
  if (sessions_of_line == 2) {
    daily *= home_session(domicile) == session ? params.home_share : 1.0 - params.home_share;
  }
  if (rounds <= 1) return daily;
  double zeta = 0.0;
  if (type == InvestorType::retail || type == InvestorType::momentum) zeta = params.front_loading;
  if (type == InvestorType::fund) zeta = -params.front_loading;
  double total = 0.0;
  for (int r = 0; r < rounds; ++r) total += exponential(-zeta * r);
  const double weight = exponential(-zeta * round) / total;
  if (daily >= 1.0) return 1.0;
  return 1.0 - exponential(weight * logarithm(1.0 - daily));
}

}  // namespace chokepoint
