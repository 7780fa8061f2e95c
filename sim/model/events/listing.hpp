/// A line that is in the data as `unlisted` begins to trade on the date, or on the day of the first session
/// after the announcement when that is later: its float is sold at the offer price by the ownership prior,
/// buyers pay the issuer, and the first clear finds the price (primary_market.hpp).
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct Listing {
  static constexpr std::string_view name = "listing";
  static constexpr std::string_view meaning = "begins the trading of an unlisted line";
  static constexpr bool is_measure = false;

  std::string line;
  double offer_price = 0;
  std::optional<Date> date;

  template <class Keys>
  void keys(Keys& k) {
    k.required("line", line, "the line (data/listings.csv, status unlisted)");
    k.required("offer_price", offer_price, "price paid by those who are allotted", "local currency/share");
    k.required("date", date, "first day of trading");
  }
  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    check_offer(facts, said, line, *date, problems);
    const std::size_t at = facts.line(line);
    if (at != Facts::npos && facts.lines[at].firm != Line::npos && !facts.lines[at].unlisted) {
      problems.add("line '" + line + "' is listed already (only an unlisted line can be) use 'issue'");
    }
    if (!(offer_price > 0)) problems.add("'offer_price' must be positive");
  }
};

}  // namespace chokepoint
