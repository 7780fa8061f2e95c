/// A listed firm sells new shares at an agreed offer price (a placement). On the date, or before
/// the first session after the announcement when that is later, shares and float rise; funds and arbitrageurs
/// of permitted domiciles take them in proportion to their cash and pay the issuer. Nobody's tastes change;
/// the next clear finds the market price (primary_market.hpp).
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct Issue {
  static constexpr std::string_view name = "issue";
  static constexpr std::string_view meaning = "sells new shares at an agreed offer price";
  static constexpr bool is_measure = false;

  std::string line;
  long long shares = 0;
  double offer_price = 0;
  std::optional<Date> date;

  template <class Keys>
  void keys(Keys& k) {
    k.required("line", line, "the line whose shares are sold");
    k.required("shares", shares, "new shares", "shares");
    k.required("offer_price", offer_price, "agreed price", "local currency/share");
    k.required("date", date, "date on which the shares are delivered");
  }
  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    check_offer(facts, said, line, *date, problems);
    if (shares <= 0) problems.add("'shares' must be positive");
    if (!(offer_price > 0)) problems.add("'offer_price' must be positive");
  }
};

}  // namespace chokepoint
