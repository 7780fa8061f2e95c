#include "sim/study/backtest/event_case.hpp"

#include "tests/unit/past_events.hpp"

using namespace chokepoint;

namespace {

using Dates = std::vector<std::string>;

/// The days of session 0 that a fact can be compared on, of those observed: October 2022, and the 24th to
/// 28th of November.
Dates compared(const std::string& announced, const std::string& ticker, const std::string& more = "") {
  std::string rows;
  for (const char* day : {"10-04", "10-05", "10-06", "10-07", "10-10", "11-23", "11-24", "11-25", "11-28"}) {
    rows += row("EVENT", ticker, std::string("2022-") + day);
  }
  const CasesRead study({descriptor("EVENT", announced, on_nvidia + more)}, rows);
  Dates dates;
  for (const auto& one : study.set.cases) {
    for (const ComparedReturn& asked : one->returns) {
      if (asked.observed == Facts::npos) continue;
      const Date date = study.observed[asked.observed].date;
      CHECK(one->calendar->days()[asked.first_day].date == date);
      dates.push_back(to_text(date).substr(5));
    }
  }
  CHECK(study.set.left_out.size() == 9 - dates.size());
  return dates;
}

std::vector<std::string> ids(const std::vector<Event>& events) {
  std::vector<std::string> result;
  for (const Event& event : events) result.push_back(event.said.id);
  return result;
}

using Ids = std::vector<std::string>;

/// Weights of a basket by line id.
std::map<std::string, double> weights(const EventCase& one, const ComparedReturn& asked) {
  std::map<std::string, double> result;
  for (const BasketLine& part : asked.basket) result[one.facts.lines[part.line].id] = part.weight;
  return result;
}

const ComparedReturn& asked(const EventCase& one, const std::string& ticker) {
  for (const ComparedReturn& item : one.returns) {
    if (item.ticker == ticker) return item;
  }
  FAIL("nobody asked for " + ticker);
  return one.returns.front();
}

}  // namespace

TEST_CASE("event cases: session 0 is the first that opens after the fact, or the one that holds it",
          "[unit][backtest]") {
  // Wednesday 5 October 2022 in New York
  CHECK(compared("2022-10-05T08:00:00-04:00", "NVDA") == Dates{"10-05"});
  CHECK(compared("2022-10-05T09:30:00-04:00", "NVDA") == Dates{"10-05"});
  CHECK(compared("2022-10-05T11:00:00-04:00", "NVDA") == Dates{"10-05", "10-06"});
  CHECK(compared("2022-10-05T15:59:59-04:00", "NVDA") == Dates{"10-05", "10-06"});
  CHECK(compared("2022-10-05T16:00:00-04:00", "NVDA") == Dates{"10-06"});
  CHECK(compared("2022-10-05T22:00:00-04:00", "NVDA") == Dates{"10-06"});
  CHECK(compared("2022-10-07T17:00:00-04:00", "NVDA") == Dates{"10-10"});  // Friday evening
  CHECK(compared("2022-10-08T12:00:00-04:00", "NVDA") == Dates{"10-10"});  // Saturday
  CHECK(compared("2022-11-24T10:00:00-05:00", "NVDA") == Dates{"11-25"});  // Thanksgiving
}

TEST_CASE("event cases: session 0 is by the ticker's own venue", "[unit][backtest]") {
  // The morning of the 5th in New York is its night in Hong Kong; so is that of the ADR's ordinary share.
  CHECK(compared("2022-10-05T08:00:00-04:00", "0700.HK") == Dates{"10-06"});
  CHECK(compared("2022-10-06T10:00:00+08:00", "0700.HK") == Dates{"10-06", "10-07"});
  CHECK(compared("2022-10-06T10:00:00+08:00", "BABA") == Dates{"10-06"});
  CHECK(compared("2022-10-04T10:00:00+08:00", "0700.HK") == Dates{"10-05"});  // 4 October is a holiday
}

TEST_CASE("event cases: what made it noticed later is the fact that is priced", "[unit][backtest]") {
  CHECK(compared("2022-10-04T08:00:00-04:00", "NVDA", "salience = 2022-10-06T20:00:00-04:00\n") ==
        Dates{"10-07"});
}

TEST_CASE("event cases: a fact during the session is compared where it was observed", "[unit][backtest]") {
  const std::string text = descriptor("EVENT", "2022-10-05T11:00:00-04:00", on_nvidia);
  const CasesRead same({text}, row("EVENT", "NVDA", "2022-10-05"));
  CHECK(same.only().calendar->days()[same.only().returns[0].first_day].date == make_date(2022, 10, 5));
  CHECK(simulate(same.only(), few_investors())[0].effect[0] < -0.01);  // the rest of the session prices it
  const CasesRead next({text}, row("EVENT", "NVDA", "2022-10-06"));
  CHECK(next.only().calendar->days()[next.only().returns[0].first_day].date == make_date(2022, 10, 6));
}

TEST_CASE("event cases: a further fact has its own session 0 in the same case", "[unit][backtest]") {
  const CasesRead study({descriptor("EVENT", "2022-10-04T20:00:00-04:00", on_nvidia),
                         descriptor("EVENT__2", "2022-10-09T20:00:00-04:00", on_nvidia)},
                        row("EVENT", "NVDA", "2022-10-05") + row("EVENT", "NVDA", "2022-10-06") +
                            row("EVENT", "AMD", "2022-10-10"));
  const EventCase& one = study.only();
  CHECK(one.id == "EVENT");
  CHECK(ids(one.events) == Ids{"EVENT", "EVENT__2"});
  CHECK(one.history.empty());
  CHECK(one.returns.size() == 2);
  REQUIRE(study.set.left_out.size() == 1);
  CHECK(study.set.left_out[0].observed == 1);
  CHECK(study.set.left_out[0].why == "not the session 0 of a dated fact");
  CHECK(one.facts.as_of == make_date(2022, 10, 4));  // the eve by Greenwich: announced on the 5th
  // Five sessions from Monday the 10th end on Friday the 14th.
  CHECK(one.calendar->days()[one.days - 1].date == make_date(2022, 10, 14));
  CHECK(observed_event_of("EVENT__2") == "EVENT");
  CHECK(observed_event_of("EVENT_2") == "EVENT_2");
}

TEST_CASE("event cases: a suspended line collects its measure's news until it trades again",
          "[unit][backtest]") {
  // 0763.HK did not trade from 17 April to 12 June 2018.
  const std::string order =
      "named = [\"zte\"]\nlevel = \"whole\"\nduration = \"open_ended\"\nattention = \"none\"\n";
  const std::string expected =
      "prior = \"expected\"\nfeared = { force = \"reversed\", level = \"whole\", duration = \"open_ended\" "
      "}\n";
  const std::vector<std::string> texts{
      descriptor("BEFORE", "2018-04-16T10:00:00+08:00", order + "force = \"binding\"\nprior = \"none\"\n"),
      descriptor("WITHIN", "2018-05-14T08:00:00+08:00",
                 order + "force = \"licence_required\"\nprior = \"none\"\n"),
      descriptor("RESUME", "2018-06-12T20:00:00+08:00", order + "force = \"reversed\"\n" + expected)};
  const CasesRead study(texts,
                        row("RESUME", "0763.HK", "2018-06-13") + row("RESUME", "0763.HK", "2018-06-14"));
  const EventCase& one = study.of("RESUME");
  REQUIRE(one.returns.size() == 1);
  CHECK(study.set.left_out.size() == 1);
  CHECK(one.calendar->days()[one.returns[0].first_day].date == make_date(2018, 6, 13));
  CHECK(ids(one.history) == Ids{"BEFORE"});  // priced at the last close; the licence was not
  CHECK(one.events[0].said.prior == Prior::none);
  CHECK_FALSE(one.events[0].said.feared);
  // A line that traded has seen all that came before, and had expected this.
  const CasesRead traded(texts, row("RESUME", "QCOM", "2018-06-12"));
  const EventCase& other = traded.of("RESUME");
  CHECK(ids(other.history) == Ids{"BEFORE", "WITHIN"});
  CHECK(other.events[0].said.prior == Prior::expected);
  CHECK(other.events[0].said.feared);
  // An order that came after the last close was never priced: its end is no news.
  std::vector<std::string> late = texts;
  late[0] =
      descriptor("BEFORE", "2018-04-16T17:00:00+08:00", order + "force = \"binding\"\nprior = \"none\"\n");
  const CasesRead collected(late, row("RESUME", "0763.HK", "2018-06-13"));
  CHECK(collected.of("RESUME").history.empty());
  CHECK(simulate(collected.of("RESUME"), few_investors())[0].effect[2] == 0.0);
  CHECK(simulate(one, few_investors())[0].effect[2] > 0.05);
}

TEST_CASE("event cases: a suspension begins on its first day, after the session before it",
          "[unit][backtest]") {
  const std::string order = "named = [\"zte\"]\n" + in_full;
  // A fact of the first day, in Greenwich 17 April from 02:00 on, is priced when trading resumes.
  const CasesRead first({descriptor("EVENT", "2018-04-17T10:00:00+08:00", order)},
                        row("EVENT", "0763.HK", "2018-04-17") + row("EVENT", "0763.HK", "2018-06-13"));
  REQUIRE(first.only().returns.size() == 1);
  CHECK(first.observed[first.only().returns[0].observed].date == make_date(2018, 6, 13));
  CHECK(first.set.left_out.size() == 1);
  const CasesRead eve({descriptor("EVENT", "2018-04-16T10:00:00+08:00", order)},
                      row("EVENT", "0763.HK", "2018-04-16") + row("EVENT", "0763.HK", "2018-06-13"));
  REQUIRE(eve.only().returns.size() == 1);
  CHECK(eve.observed[eve.only().returns[0].observed].date == make_date(2018, 4, 16));
  // Suspended from a Monday on, the line last traded on Friday 13 April until 16:00.
  Vintages monday = vintages();
  for (Suspension& halt : monday.suspensions) {
    if (halt.first == make_date(2018, 4, 17)) halt.first = make_date(2018, 4, 16);
  }
  const auto known = [&](const std::string& announced) {
    const CasesRead study(
        {descriptor("BEFORE", announced, order), descriptor("RESUME", "2018-06-12T20:00:00+08:00", order)},
        row("RESUME", "0763.HK", "2018-06-13"), monday);
    return ids(study.of("RESUME").history);
  };
  CHECK(known("2018-04-13T15:59:59+08:00") == Ids{"BEFORE"});
  CHECK(known("2018-04-13T16:00:00+08:00").empty());
  CHECK(known("2018-04-14T10:00:00+08:00").empty());  // Saturday
  CHECK(known("2018-04-15T10:00:00+08:00").empty());
}

TEST_CASE("event cases: a fund is the basket of the edition of the eve", "[unit][backtest]") {
  const auto basket_on = [](const std::string& date) {
    const CasesRead study({descriptor("EVENT", date + "T08:00:00-05:00", on_nvidia)},
                          row("EVENT", "SMH", date));
    CHECK(study.only().facts.lines.size() == study.only().returns[0].basket.size() + region_count);
    return weights(study.only(), study.only().returns[0]);
  };
  // 30 September 2017: .126 + .109 + .060 + .054 + .053 = .402
  const auto first = basket_on("2018-12-31");
  CHECK(first.size() == 5);
  CHECK(first.at("2330.TW") == Approx(0.126 / 0.402));
  CHECK(first.at("NVDA") == Approx(0.060 / 0.402));
  CHECK(first.at("ASML.AS") == Approx(0.053 / 0.402));
  // That of 31 December 2018 is known on the next day's eve.
  const auto second = basket_on("2019-01-02");
  CHECK(second.size() == 10);
  CHECK(second.at("INTC") / second.at("NVDA") == Approx(0.1373 / 0.052));
  double sum = 0.0;
  for (const auto& [line, weight] : second) sum += weight;
  CHECK(sum == Approx(1.0));
  const CasesRead unknown({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia)},
                          row("EVENT", "NOSUCH", "2022-10-05") + row("EVENT", "NVDA", "2022-10-05"));
  REQUIRE(unknown.set.left_out.size() == 1);
  CHECK(unknown.set.left_out[0].why == "no line or basket of that name in data/vintages");
}

TEST_CASE("event cases: a fund's return is that of its lines by weight", "[unit][backtest]") {
  CasesRead study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia)},
                  row("EVENT", "SMH", "2022-10-05") + row("EVENT", "NVDA", "2022-10-05") +
                      row("EVENT", "AMD", "2022-10-05"));
  EventCase& one = *study.set.cases[0];
  ComparedReturn mixed = one.returns[1];
  mixed.basket = {{one.facts.line("NVDA"), 0.25}, {one.facts.line("AMD"), 0.75}};
  one.returns.push_back(mixed);
  const auto results = simulate(one, few_investors());
  for (std::size_t w = 0; w < window_count; ++w) {
    CHECK(results[3].effect[w] == Approx(0.25 * results[1].effect[w] + 0.75 * results[2].effect[w]));
  }
  CHECK(results[1].effect[0] < results[0].effect[0]);  // the named firm falls by more than the fund
  CHECK(results[0].effect[0] < 0.0);
}

TEST_CASE("event cases: without observations all lines that are touched are asked for", "[unit][backtest]") {
  const std::string named = "named = [\"alibaba\", \"nvidia\"]\n" + in_full;
  const CasesRead study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", named)}, "");
  const EventCase& one = study.only();
  REQUIRE(one.returns.size() == 3);
  const auto first_date = [&](const std::string& ticker) {
    return one.calendar->days()[asked(one, ticker).first_day].date;
  };
  CHECK(first_date("NVDA") == make_date(2022, 10, 5));
  CHECK(first_date("BABA") == make_date(2022, 10, 5));
  CHECK(first_date("9988.HK") == make_date(2022, 10, 6));
  CHECK(asked(one, "NVDA").observed == Facts::npos);
  CHECK(asked(one, "NVDA").beta == 1.0);
  // A flow: those whose exposure was known, each ticker once.
  const std::string flow = "segments = [\"CN/ai_chips\"]\n" + in_full;
  const CasesRead wide({descriptor("EVENT", "2024-10-02T08:00:00-04:00", flow)}, "");
  CHECK(asked(wide.only(), "NVDA").basket.size() == 1);       // sells
  CHECK(asked(wide.only(), "688256.SH").basket.size() == 1);  // replaces
  CHECK(asked(wide.only(), "BIDU").basket.size() == 1);       // needs
  const auto results = simulate(wide.only(), few_investors());
  for (std::size_t i = 0; i < results.size(); ++i) CHECK(results[i].effect[2] != 0.0);
}

TEST_CASE("event cases: without observations a fact in a session is of that session until its last quarter",
          "[unit][backtest]") {
  const auto asked_on = [](const std::string& announced, const std::string& firm, const std::string& ticker) {
    const CasesRead study({descriptor("EVENT", announced, "named = [\"" + firm + "\"]\n" + in_full)}, "");
    const EventCase& one = study.only();
    return one.calendar->days()[asked(one, ticker).first_day].date;
  };
  const Date fifth = make_date(2022, 10, 5), sixth = make_date(2022, 10, 6);
  CHECK(asked_on("2022-10-05T11:00:00-04:00", "nvidia", "NVDA") == fifth);
  // New York trades from 9:30 to 16:00; three quarters are over at 14:22:30.
  CHECK(asked_on("2022-10-05T14:22:29-04:00", "nvidia", "NVDA") == fifth);
  CHECK(asked_on("2022-10-05T14:22:30-04:00", "nvidia", "NVDA") == sixth);
  CHECK(asked_on("2022-10-05T16:00:00-04:00", "nvidia", "NVDA") == sixth);
  CHECK(asked_on("2022-10-05T14:00:00+08:00", "tencent", "0700.HK") == fifth);
  CHECK(asked_on("2022-10-05T15:00:00+08:00", "tencent", "0700.HK") == sixth);
}

TEST_CASE("event cases: a line not yet listed on the eve is not asked for", "[unit][backtest]") {
  const auto tickers = [](const std::string& date) {
    const CasesRead study(
        {descriptor("EVENT", date + "T08:00:00-04:00", "named = [\"arm\", \"nvidia\"]\n" + in_full)}, "");
    Ids result;
    for (const ComparedReturn& one : study.only().returns) result.push_back(one.ticker);
    return result;
  };
  CHECK(tickers("2023-09-13") == Ids{"NVDA"});
  CHECK(tickers("2023-09-14") == Ids{"NVDA"});  // its first day
  CHECK(tickers("2023-09-15") == Ids{"NVDA", "ARM"});
  const CasesRead nobody({descriptor("EVENT", "2023-09-14T08:00:00-04:00", "named = [\"arm\"]\n" + in_full)},
                         "");
  CHECK(nobody.set.cases.empty());
  CHECK(nobody.set.idle == Ids{"EVENT"});
}

TEST_CASE("event cases: an event that touches no line is no case", "[unit][backtest]") {
  // No exposure to this flow is dated before 2023.
  const std::string nobody = "segments = [\"CN_HK/us_closed_models\"]\n" + in_full;
  const CasesRead early({descriptor("EVENT", "2022-10-05T08:00:00-04:00", nobody),
                         descriptor("OTHER", "2022-10-06T08:00:00-04:00", on_nvidia)},
                        "");
  CHECK(early.only().id == "OTHER");
  CHECK(early.set.idle == Ids{"EVENT"});
  const CasesRead later({descriptor("EVENT", "2024-10-02T08:00:00-04:00", nobody)}, "");
  CHECK(later.set.cases.size() == 1);
  CHECK(later.set.idle.empty());
}
