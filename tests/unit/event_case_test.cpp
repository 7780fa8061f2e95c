#include "sim/study/backtest/event_case.hpp"

#include <catch2/catch.hpp>

#include "sim/study/backtest/abnormal_returns.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const Vintages& vintages() {
  static const Vintages loaded = [] {
    Problems problems;
    Vintages read = load_vintages(CHOKEPOINT_SOURCE_DIR "/data", problems);
    problems.throw_if_any();
    return read;
  }();
  return loaded;
}

Parameters few_investors() {
  Parameters params;
  params.population.investors = 200;
  return params;
}

/// A descriptor of a restriction; `more` are its further lines.
std::string descriptor(const std::string& id, const std::string& announced, const std::string& more) {
  return "id = \"" + id + "\"\ntitle = \"A rule\"\nmeasure = \"chain\"\nannounced = " + announced +
         "\ninstrument = \"entity_list\"\nactor = \"regulator:us-commerce\"\ndirection = \"restrict\"\n"
         "sources = [\"https://example.org\"]\n" +
         more;
}

const std::string on_nvidia =
    "named = [\"nvidia\"]\nforce = \"binding\"\nlevel = \"whole\"\nprior = \"none\"\nattention = \"none\"\n";

/// A row of observations: session 0 and beta.
std::string row(const std::string& event, const std::string& ticker, const std::string& date,
                const std::string& beta = "1") {
  return event + ",episode," + date + "," + ticker + ",group,type,-3,-4,-5,-2," + beta +
         ",2,clean,reaction\n";
}

/// Descriptors and observations written to a folder, read back, and made into cases.
struct Study {
  Study(const std::vector<std::string>& descriptors, const std::string& rows) {
    const TemporaryFolder folder;
    for (const std::string& text : descriptors) {
      const std::string id = text.substr(6, text.find('"', 6) - 6);
      folder.write("events/" + id + ".toml", text);
    }
    folder.write("observed.csv",
                 "event,episode,date,ticker,group,type,ar_pct,car2_pct,car4_pct,return_pct,beta,"
                 "residual_sd_pct,attribution,selection\n" +
                     rows);
    Problems problems;
    codings = read_codings(folder.at("events"), problems);
    observed = read_observed_events(folder.at("observed.csv"), problems);
    problems.throw_if_any();
    set = make_cases(vintages(), codings, observed, few_investors());
  }
  const EventCase& only() const {
    REQUIRE(set.cases.size() == 1);
    return *set.cases[0];
  }
  const EventCase& of(const std::string& id) const {
    for (const auto& one : set.cases) {
      if (one->id == id) return *one;
    }
    FAIL("no case " + id);
    return *set.cases[0];
  }

  std::vector<Coding> codings;
  std::vector<ObservedRow> observed;
  CaseSet set;
};

using Dates = std::vector<std::string>;

/// The days of session 0 that a fact can be compared on, of those observed: October 2022, and the 24th to
/// 28th of November.
Dates compared(const std::string& announced, const std::string& ticker, const std::string& more = "") {
  std::string rows;
  for (const char* day : {"10-04", "10-05", "10-06", "10-07", "10-10", "11-23", "11-24", "11-25", "11-28"}) {
    rows += row("EVENT", ticker, std::string("2022-") + day);
  }
  const Study study({descriptor("EVENT", announced, on_nvidia + more)}, rows);
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
  const Study same({text}, row("EVENT", "NVDA", "2022-10-05"));
  CHECK(same.only().calendar->days()[same.only().returns[0].first_day].date == make_date(2022, 10, 5));
  CHECK(simulate(same.only(), few_investors())[0].effect[0] < -0.01);  // the rest of the session prices it
  const Study next({text}, row("EVENT", "NVDA", "2022-10-06"));
  CHECK(next.only().calendar->days()[next.only().returns[0].first_day].date == make_date(2022, 10, 6));
}

TEST_CASE("event cases: a further fact has its own session 0 in the same case", "[unit][backtest]") {
  const Study study({descriptor("EVENT", "2022-10-04T20:00:00-04:00", on_nvidia),
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
  const std::string order = "named = [\"zte\"]\nlevel = \"whole\"\nattention = \"none\"\n";
  const std::string expected =
      "prior = \"expected\"\nfeared = { force = \"reversed\", level = \"whole\", duration = \"open_ended\" "
      "}\n";
  const std::vector<std::string> texts{
      descriptor("BEFORE", "2018-04-16T10:00:00+08:00", order + "force = \"binding\"\nprior = \"none\"\n"),
      descriptor("WITHIN", "2018-05-14T08:00:00+08:00",
                 order + "force = \"licence_required\"\nprior = \"none\"\n"),
      descriptor("RESUME", "2018-06-12T20:00:00+08:00", order + "force = \"reversed\"\n" + expected)};
  const Study study(texts, row("RESUME", "0763.HK", "2018-06-13") + row("RESUME", "0763.HK", "2018-06-14"));
  const EventCase& one = study.of("RESUME");
  REQUIRE(one.returns.size() == 1);
  CHECK(study.set.left_out.size() == 1);
  CHECK(one.calendar->days()[one.returns[0].first_day].date == make_date(2018, 6, 13));
  CHECK(ids(one.history) == Ids{"BEFORE"});  // priced at the last close; the licence was not
  CHECK(one.events[0].said.prior == Prior::none);
  CHECK_FALSE(one.events[0].said.feared);
  // A line that traded has seen all that came before, and had expected this.
  const Study traded(texts, row("RESUME", "QCOM", "2018-06-12"));
  const EventCase& other = traded.of("RESUME");
  CHECK(ids(other.history) == Ids{"BEFORE", "WITHIN"});
  CHECK(other.events[0].said.prior == Prior::expected);
  CHECK(other.events[0].said.feared);
  // An order that came after the last close was never priced: its end is no news.
  std::vector<std::string> late = texts;
  late[0] =
      descriptor("BEFORE", "2018-04-16T17:00:00+08:00", order + "force = \"binding\"\nprior = \"none\"\n");
  const Study collected(late, row("RESUME", "0763.HK", "2018-06-13"));
  CHECK(collected.of("RESUME").history.empty());
  CHECK(simulate(collected.of("RESUME"), few_investors())[0].effect[2] == 0.0);
  CHECK(simulate(one, few_investors())[0].effect[2] > 0.05);
}

TEST_CASE("event cases: a fund is the basket of the edition of the eve", "[unit][backtest]") {
  const auto basket_on = [](const std::string& date) {
    const Study study({descriptor("EVENT", date + "T08:00:00-05:00", on_nvidia)}, row("EVENT", "SMH", date));
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
  const Study unknown({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia)},
                      row("EVENT", "NOSUCH", "2022-10-05") + row("EVENT", "NVDA", "2022-10-05"));
  REQUIRE(unknown.set.left_out.size() == 1);
  CHECK(unknown.set.left_out[0].why == "no line or basket of that name in data/vintages");
}

TEST_CASE("event cases: a fund's return is that of its lines by weight", "[unit][backtest]") {
  Study study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia)},
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
  const std::string named =
      "named = [\"alibaba\", \"nvidia\"]\nforce = \"binding\"\nlevel = \"whole\"\n"
      "prior = \"none\"\nattention = \"none\"\n";
  const Study study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", named)}, "");
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
  const std::string flow =
      "segments = [\"CN/ai_chips\"]\nforce = \"binding\"\nlevel = \"whole\"\n"
      "prior = \"none\"\nattention = \"none\"\n";
  const Study wide({descriptor("EVENT", "2024-10-02T08:00:00-04:00", flow)}, "");
  CHECK(asked(wide.only(), "NVDA").basket.size() == 1);       // sells
  CHECK(asked(wide.only(), "688256.SH").basket.size() == 1);  // replaces
  CHECK(asked(wide.only(), "BIDU").basket.size() == 1);       // needs
  const auto results = simulate(wide.only(), few_investors());
  for (std::size_t i = 0; i < results.size(); ++i) CHECK(results[i].effect[2] != 0.0);
}

TEST_CASE("event cases: an event that touches no line is no case", "[unit][backtest]") {
  // No exposure to this flow is dated before 2023.
  const std::string nobody =
      "segments = [\"CN_HK/us_closed_models\"]\nforce = \"binding\"\nlevel = \"whole\"\n"
      "prior = \"none\"\nattention = \"none\"\n";
  CHECK(Study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", nobody)}, "").set.cases.empty());
  CHECK(Study({descriptor("EVENT", "2024-10-02T08:00:00-04:00", nobody)}, "").set.cases.size() == 1);
}

TEST_CASE("abnormal returns: news of nothing gives returns of zero to the bit", "[unit][backtest]") {
  const std::string same = on_nvidia +
                           "duration = \"open_ended\"\n"
                           "before = { force = \"binding\", level = \"whole\", duration = \"open_ended\" }\n";
  const Study study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", same)},
                    row("EVENT", "NVDA", "2022-10-05") + row("EVENT", "SMH", "2022-10-05") +
                        row("EVENT", "BABA", "2022-10-05", "0.3"));
  const auto results = simulate(study.only(), few_investors());
  REQUIRE(results.size() == 3);
  for (const SimulatedReturn& one : results) {
    for (std::size_t w = 0; w < window_count; ++w) {
      CHECK(one.abnormal[w] == 0.0);
      CHECK(one.effect[w] == 0.0);
    }
  }
}

TEST_CASE("abnormal returns: own return less beta times the market's, by tradable value",
          "[unit][backtest]") {
  Study study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia)},
              row("EVENT", "NVDA", "2022-10-05", "2") + row("EVENT", "0700.HK", "2022-10-06", "1"));
  EventCase& one = *study.set.cases[0];
  ComparedReturn rest = one.returns[0];
  rest.basket = {{one.facts.line("US_REST"), 1.0}};
  rest.beta = 0.0;
  one.returns.push_back(rest);
  const auto results = simulate(one, few_investors());
  const auto tradable = [&](const char* id) {
    const Line& line = one.facts.lines[one.facts.line(id)];
    return static_cast<double>(line.tradable) * line.price_usd;
  };
  const double nvidia = tradable("NVDA"), others = tradable("US_REST");
  for (std::size_t w = 0; w < window_count; ++w) {
    CAPTURE(w);
    const double market = (nvidia * results[0].effect[w] + others * results[2].effect[w]) / (nvidia + others);
    CHECK(results[0].abnormal[w] == Approx(results[0].effect[w] - 2.0 * market));
    CHECK(results[2].abnormal[w] == results[2].effect[w]);
  }
  CHECK(results[0].effect[0] < -0.02);
  CHECK(std::fabs(results[0].abnormal[0] - results[0].effect[0]) > 1e-5);
}

TEST_CASE("abnormal returns: windows add up the first, three and five sessions of the venue",
          "[unit][backtest]") {
  // Hong Kong trades on Thanksgiving, the 24th, which is no session of Nasdaq.
  Study study({descriptor("EVENT", "2022-11-23T08:00:00-05:00", on_nvidia)},
              row("EVENT", "NVDA", "2022-11-23") + row("EVENT", "0700.HK", "2022-11-24"));
  EventCase& one = *study.set.cases[0];
  for (const unsigned day : {25U, 28U, 29U, 30U}) {
    ComparedReturn later = one.returns[0];
    later.first_day = one.calendar->first_day_from(make_date(2022, 11, day));
    one.returns.push_back(later);
  }
  const auto results = simulate(one, few_investors());
  const auto first = [&](std::size_t i) { return results[i].abnormal[0]; };
  CHECK(first(2) != 0.0);  // those who learn late
  CHECK(results[0].abnormal[1] == Approx(first(0) + first(2) + first(3)));
  CHECK(results[0].abnormal[2] == Approx(first(0) + first(2) + first(3) + first(4) + first(5)));
}

TEST_CASE("abnormal returns: cases in parallel are the cases one by one", "[unit][backtest]") {
  const Study study({descriptor("EVENT", "2022-10-05T08:00:00-04:00", on_nvidia),
                     descriptor("LATER", "2022-11-23T08:00:00-05:00", on_nvidia)},
                    row("EVENT", "NVDA", "2022-10-05") + row("LATER", "NVDA", "2022-11-23"));
  REQUIRE(study.set.cases.size() == 2);
  const auto all = simulate_all(study.set.cases, few_investors());
  REQUIRE(all.size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK(all[i][0].abnormal == simulate(*study.set.cases[i], few_investors())[0].abnormal);
  }
  CHECK(all[1][0].abnormal[0] == 0.0);  // the later one restates a chain that is in history
}
