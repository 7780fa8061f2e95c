/// Nothing that the flagship forecasts is in the data of the fit.
#include <catch2/catch.hpp>
#include <set>

#include "sim/input/event_descriptor.hpp"
#include "sim/study/calibration/likelihood.hpp"

using namespace chokepoint;

namespace {

const std::string data = CHOKEPOINT_SOURCE_DIR "/data";
const Date june = make_date(2026, 6, 1);
const std::vector<std::string> flagship{"GLM52", "FABLE", "JPM_HK"};

std::vector<ObservedRow> observations() {
  Problems problems;
  auto rows = read_observed_events(data + "/observed/events.csv", problems);
  problems.throw_if_any();
  REQUIRE(rows.size() > 300);
  return rows;
}

std::vector<Coding> codings() {
  Problems problems;
  auto read = read_codings(data + "/events", problems);
  problems.throw_if_any();
  REQUIRE(read.size() == 2);
  return read;
}

bool is_flagship(const std::string& event) {
  return std::any_of(flagship.begin(), flagship.end(),
                     [&](const std::string& id) { return event.find(id) != std::string::npos; });
}

/// An event id without the number of a further fact.
std::string whole_event(const std::string& descriptor) { return descriptor.substr(0, descriptor.find("__")); }

/// True when an address holds a date of June to August 2026: 2026/06, 2026-07-01.
bool has_address_from_june(const std::string& sources) {
  for (const char* text : {"2026/06", "2026/6/", "2026-06", "202606", "2026/07", "2026/7/", "2026-07",
                           "202607", "2026/08", "2026/8/", "2026-08", "202608"}) {
    if (sources.find(text) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("fit data: no row that is fitted is of June 2026 or later", "[unit][fit_data]") {
  CHECK(fit_ends == june);
  std::size_t fitted = 0;
  for (const ObservedRow& row : observations()) {
    CAPTURE(row.event, row.ticker);
    if (!is_fitted(row)) continue;
    ++fitted;
    CHECK(row.date < june);
  }
  CHECK(fitted > 300);
  // What is left out is so by its date, not because the table happens to have none.
  ObservedRow row;
  row.abnormal[0] = -0.05;
  row.residual_sd = 0.02;
  row.date = june + -1;
  CHECK(is_fitted(row));
  row.date = june;
  CHECK_FALSE(is_fitted(row));
}

TEST_CASE("fit data: no row and no descriptor is of the flagship's events", "[unit][fit_data]") {
  for (const ObservedRow& row : observations()) {
    CAPTURE(row.event);
    CHECK_FALSE(is_flagship(row.event));
    CHECK_FALSE(is_flagship(row.episode));
  }
  for (const Coding& coding : codings()) {
    for (const Descriptor& one : coding) {
      CAPTURE(one.path);
      CHECK_FALSE(is_flagship(one.id));
    }
  }
}

TEST_CASE("fit data: no descriptor is announced in June 2026, no fitted event has a source from then on",
          "[unit][fit_data]") {
  std::set<std::string> fitted;
  for (const ObservedRow& row : observations()) {
    if (is_fitted(row)) fitted.insert(row.event);
  }
  for (const Coding& coding : codings()) {
    for (const Descriptor& one : coding) {
      CAPTURE(one.path);
      for (const Instant when : {one.announced, one.priced_from()}) {
        const Date date = to_local(when, 0).date;
        CHECK((date < june || date >= make_date(2026, 7, 1)));
      }
      if (!fitted.contains(whole_event(one.id))) continue;
      CHECK(to_local(one.priced_from(), 0).date < june);
      if (one.event) CHECK_FALSE(has_address_from_june(one.event->said.source));
    }
  }
}
