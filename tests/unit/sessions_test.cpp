#include "sim/model/sessions.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

constexpr int hour = 3600;
constexpr int minute = 60;

/// Hong Kong and New York of June 2026; lines: one in each, one in both.
Facts two_venues() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  facts.venues.push_back({"XHKG",
                          Region::hk,
                          Session::a,
                          "HKD",
                          "Asia/Hong_Kong",
                          9 * hour + 30 * minute,
                          16 * hour,
                          12 * hour,
                          13 * hour,
                          {make_date(2026, 6, 19), make_date(2026, 7, 1)}});
  facts.venues.push_back({"XNYS",
                          Region::us,
                          Session::b,
                          "USD",
                          "America/New_York",
                          9 * hour + 30 * minute,
                          16 * hour,
                          0,
                          0,
                          {make_date(2026, 6, 19), make_date(2026, 7, 3)}});
  for (const std::vector<std::size_t>& venues : {std::vector<std::size_t>{0}, {1}, {0, 1}}) {
    Line line;
    line.id = "line " + std::to_string(facts.lines.size());
    for (const std::size_t venue : venues) line.tickers.push_back({line.id, venue});
    facts.lines.push_back(line);
  }
  return facts;
}

constexpr std::size_t hong_kong_line = 0;
constexpr std::size_t new_york_line = 1;
constexpr std::size_t two_session_line = 2;

Instant hong_kong_time(unsigned month, unsigned day, int second_of_day) {
  return to_instant(make_date(2026, month, day), second_of_day, 8 * hour);
}
Instant new_york_time(unsigned month, unsigned day, int second_of_day) {
  return to_instant(make_date(2026, month, day), second_of_day, -4 * hour);
}

std::size_t day_of(const Calendar& calendar, unsigned month, unsigned day) {
  const std::size_t at = calendar.first_day_from(make_date(2026, month, day));
  REQUIRE(at < calendar.days().size());
  REQUIRE(calendar.days()[at].date == make_date(2026, month, day));
  return at;
}

}  // namespace

TEST_CASE("sessions: venues are shut on weekends and on their closed days", "[unit][sessions]") {
  const Facts facts = two_venues();
  for (const Venue& venue : facts.venues) {
    CHECK(is_open(venue, make_date(2026, 6, 18)));
    CHECK_FALSE(is_open(venue, make_date(2026, 6, 19)));
    CHECK_FALSE(is_open(venue, make_date(2026, 6, 20)));
    CHECK_FALSE(is_open(venue, make_date(2026, 6, 21)));
  }
  CHECK_FALSE(is_open(facts.venues[0], make_date(2026, 7, 1)));
  CHECK(is_open(facts.venues[1], make_date(2026, 7, 1)));
}

TEST_CASE("sessions: trading days begin after T0, skip shut days and know their weeks", "[unit][sessions]") {
  const Calendar calendar(two_venues(), 14, {});
  std::vector<Date> dates;
  std::vector<Date> new_weeks;
  for (const TradingDay& day : calendar.days()) {
    dates.push_back(day.date);
    if (day.new_week) new_weeks.push_back(day.date);
  }
  std::vector<Date> expected;
  for (const unsigned day : {15u, 16u, 17u, 18u, 22u, 23u, 24u, 25u, 26u, 29u, 30u}) {
    expected.push_back(make_date(2026, 6, day));
  }
  for (const unsigned day : {1u, 2u, 3u}) expected.push_back(make_date(2026, 7, day));
  CHECK(dates == expected);
  CHECK(new_weeks ==
        std::vector<Date>{make_date(2026, 6, 15), make_date(2026, 6, 22), make_date(2026, 6, 29)});
  CHECK(Calendar(two_venues(), 0, make_date(2026, 6, 22)).days().size() == 5);
  CHECK(calendar.first_day_from(make_date(2026, 6, 19)) == 4);
  CHECK(calendar.first_day_from(make_date(2027, 1, 1)) == 14);
}

TEST_CASE("sessions: a line is open where one of its venues is", "[unit][sessions]") {
  const Calendar calendar(two_venues(), 14, {});
  using Lines = std::vector<std::size_t>;
  const auto& usual = calendar.days()[0];
  CHECK(usual.open_lines[index(Session::a)] == Lines{hong_kong_line, two_session_line});
  CHECK(usual.open_lines[index(Session::b)] == Lines{new_york_line, two_session_line});
  const auto& july_first = calendar.days()[day_of(calendar, 7, 1)];
  CHECK(july_first.open_lines[index(Session::a)].empty());
  CHECK(july_first.open_lines[index(Session::b)] == Lines{new_york_line, two_session_line});
  const auto& july_third = calendar.days()[day_of(calendar, 7, 3)];
  CHECK(july_third.open_lines[index(Session::b)].empty());
}

TEST_CASE("sessions: a line's open dates are counted to any date, simulated or not", "[unit][sessions]") {
  const Facts facts = two_venues();
  const auto open = [&](std::size_t line, Date last) {
    return open_dates(facts, line, make_date(2026, 6, 15), last);
  };
  CHECK(open(hong_kong_line, make_date(2026, 6, 14)) == 0);
  CHECK(open(hong_kong_line, make_date(2026, 6, 15)) == 1);
  CHECK(open(hong_kong_line, make_date(2026, 6, 21)) == 4);  // without the 19th and the weekend
  CHECK(open(new_york_line, make_date(2026, 7, 3)) == 13);   // 15 weekdays, two of them shut
  CHECK(open(hong_kong_line, make_date(2026, 7, 3)) == 13);
  CHECK(open(two_session_line, make_date(2026, 7, 3)) == 14);  // only the 19th is shut in both
  CHECK(open(hong_kong_line, make_date(2027, 6, 14)) == 259);  // 52 weeks and a Monday, two days shut
}

TEST_CASE("sessions: the first day that opens after an announcement", "[unit][sessions]") {
  const Facts facts = two_venues();
  const Calendar calendar(facts, 20, {});
  const auto day = [&](Instant announced) { return calendar.first_day_opening_after(facts, announced); };
  CHECK(day(hong_kong_time(6, 16, 9 * hour + 30 * minute)) == day_of(calendar, 6, 16));
  CHECK(day(hong_kong_time(6, 16, 9 * hour + 31 * minute)) == day_of(calendar, 6, 17));
  CHECK(day(new_york_time(6, 16, 9 * hour)) == day_of(calendar, 6, 17));
  CHECK(day(new_york_time(6, 18, 12 * hour)) == day_of(calendar, 6, 22));
  CHECK(day(new_york_time(9, 1, 0)) == 20);
}

TEST_CASE("sessions: news of Friday evening is known to all before Monday's first session",
          "[unit][sessions]") {
  const Facts facts = two_venues();
  const Calendar calendar(facts, 14, {});
  const Instant order = new_york_time(6, 12, 17 * hour + 21 * minute);
  for (const std::size_t line : {hong_kong_line, new_york_line, two_session_line}) {
    CAPTURE(line);
    CHECK(calendar.arrival(facts, {}, line, order) == Arrival{0, Session::a, 0});
  }
}

TEST_CASE("sessions: news between the sessions reaches New York today and Hong Kong tomorrow",
          "[unit][sessions]") {
  const Facts facts = two_venues();
  const Calendar calendar(facts, 14, {});
  const Instant evening = hong_kong_time(6, 15, 20 * hour);  // 8:00 in New York
  CHECK(calendar.arrival(facts, {}, new_york_line, evening) == Arrival{0, Session::b, 0});
  CHECK(calendar.arrival(facts, {}, two_session_line, evening) == Arrival{0, Session::b, 0});
  CHECK(calendar.arrival(facts, {}, hong_kong_line, evening) == Arrival{1, Session::a, 0});
  // Before a day off: 18 June after both closes, next sessions on the 22nd.
  const Instant night = new_york_time(6, 18, 20 * hour);
  CHECK(calendar.arrival(facts, {}, hong_kong_line, night) == Arrival{4, Session::a, 0});
  // 30 June, 18:00 in New York: Hong Kong rests on 1 July, so New York comes first.
  const Instant lifted = new_york_time(6, 30, 18 * hour);
  CHECK(calendar.arrival(facts, {}, new_york_line, lifted).day == day_of(calendar, 7, 1));
  CHECK(calendar.arrival(facts, {}, hong_kong_line, lifted) ==
        Arrival{day_of(calendar, 7, 2), Session::a, 0});
}

TEST_CASE("sessions: news inside a session acts from the next quarter of trading time", "[unit][sessions]") {
  // Hong Kong trades 5.5 h; quarters begin at 9:30, 10:52:30, 13:15 (after lunch) and 14:37:30.
  const Facts facts = two_venues();
  Calendar calendar(facts, 14, {});
  const std::size_t day = day_of(calendar, 6, 24);
  // A session that is cleared once, at its opening, is heard of at the next one.
  CHECK(calendar.arrival(facts, {}, hong_kong_line, hong_kong_time(6, 24, 12 * hour)) ==
        Arrival{day + 1, Session::a, 0});
  calendar.activate(facts, {}, hong_kong_time(6, 24, 0));
  const auto arrival = [&](int second) {
    return calendar.arrival(facts, {}, hong_kong_line, hong_kong_time(6, 24, second));
  };
  CHECK(arrival(9 * hour + 30 * minute) == Arrival{day, Session::a, 0});
  CHECK(arrival(9 * hour + 30 * minute + 1) == Arrival{day, Session::a, 1});
  CHECK(arrival(12 * hour) == Arrival{day, Session::a, 2});
  CHECK(arrival(13 * hour + 15 * minute) == Arrival{day, Session::a, 2});
  CHECK(arrival(13 * hour + 15 * minute + 1) == Arrival{day, Session::a, 3});
  CHECK(arrival(14 * hour + 37 * minute + 31) == Arrival{day + 1, Session::a, 0});
  // New York has not opened: it acts there from the first quarter of the same day.
  CHECK(calendar.arrival(facts, {}, new_york_line, hong_kong_time(6, 24, 12 * hour)) ==
        Arrival{day, Session::b, 0});
}

TEST_CASE("sessions: news after the calendar's end never arrives", "[unit][sessions]") {
  const Facts facts = two_venues();
  const Calendar calendar(facts, 3, {});
  CHECK(calendar.arrival(facts, {}, hong_kong_line, hong_kong_time(8, 1, 0)).day == 3);
}

TEST_CASE("sessions: the first two sessions of each venue after an announcement are active",
          "[unit][sessions]") {
  const Facts facts = two_venues();
  Calendar calendar(facts, 14, {});
  calendar.activate(facts, {}, hong_kong_time(6, 18, 12 * hour));  // New York opens later that day
  for (const TradingDay& day : calendar.days()) {
    CAPTURE(to_text(day.date));
    const bool active = day.date == make_date(2026, 6, 18) || day.date == make_date(2026, 6, 22);
    CHECK(day.rounds[index(Session::a)] == (active ? 4 : 1));
    CHECK(day.rounds[index(Session::b)] == (active ? 4 : 1));
  }
  Calendar evening(facts, 14, {});
  evening.activate(facts, {}, hong_kong_time(6, 18, 20 * hour));
  CHECK(evening.days()[3].rounds == std::array<int, session_count>{1, 4});
  CHECK(evening.days()[4].rounds == std::array<int, session_count>{4, 4});
  CHECK(evening.days()[5].rounds == std::array<int, session_count>{4, 1});
}

TEST_CASE("sessions: sub-rounds add up to the day's participation", "[unit][sessions]") {
  const SessionParams params;
  for (std::size_t g = 0; g < class_count; ++g) {
    const InvestorType type = type_of_class(g);
    const Region domicile = domicile_of_class(g);
    for (const int sessions : {1, 2}) {
      for (const Session session : {Session::a, Session::b}) {
        for (const int rounds : {1, 4, 8}) {
          CAPTURE(g, sessions, rounds);
          double left = 1.0;
          for (int r = 0; r < rounds; ++r) {
            left *= 1.0 - participation(params, type, domicile, session, sessions, r, rounds);
          }
          const double phi = sessions == 1 ? 1.0 : (home_session(domicile) == session ? 0.7 : 0.3);
          CHECK(left == Approx(1.0 - params.participation[index(type)] * phi).margin(1e-14));
        }
      }
    }
  }
}

TEST_CASE("sessions: retail comes early, funds late, by hand", "[unit][sessions]") {
  const SessionParams params;
  const auto share = [&](InvestorType type, int round) {
    return participation(params, type, Region::hk, Session::a, 1, round, 4);
  };
  // w_0 = 1 / (1 + e^-.5 + e^-1 + e^-1.5) = .455054; 1 - .6^w_0.
  CHECK(share(InvestorType::retail, 0) == Approx(0.20741328756247768).epsilon(1e-13));
  CHECK(share(InvestorType::retail, 0) > share(InvestorType::retail, 3));
  CHECK(share(InvestorType::fund, 0) < share(InvestorType::fund, 3));
  CHECK(share(InvestorType::sovereign, 0) == Approx(share(InvestorType::sovereign, 3)));
  CHECK(share(InvestorType::sovereign, 1) == Approx(0.03981541059581217).epsilon(1e-12));  // 1 - .85^(1/4)
  CHECK(home_session(Region::cn) == Session::a);
  CHECK(home_session(Region::row) == Session::b);
}

TEST_CASE("sessions: without a market the days are those on which some exchange is open",
          "[unit][sessions]") {
  Facts facts = two_venues();
  const Calendar with_lines(facts, 20, {});
  facts.lines.clear();
  const Calendar without(facts, 20, {});
  REQUIRE(without.days().size() == 20);
  for (std::size_t d = 0; d < 20; ++d) {
    CHECK(without.days()[d].date == with_lines.days()[d].date);
    CHECK(without.days()[d].new_week == with_lines.days()[d].new_week);
    CHECK(without.days()[d].open_lines[0].empty());
  }
}
