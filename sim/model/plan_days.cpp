#include "sim/model/plan_days.hpp"

#include <algorithm>
#include <string_view>

#include "sim/base/byte_hash.hpp"
#include "sim/model/law_fields.hpp"

namespace chokepoint {
namespace {

void tell_of(StateWalk& tell, const ValueNews& news) {
  const auto& [when, line, change] = news;
  tell("session", when.session);
  tell("round", when.round);
  tell("line", line);
  tell("change", change);
}

void tell_of(StateWalk& tell, const MarkNews& news) {
  const auto& [when, firm, change] = news;
  tell("session", when.session);
  tell("round", when.round);
  tell("firm", firm);
  tell("change", change);
}

void tell_of(StateWalk& tell, const AttentionNews& news) {
  const auto& [when, line, event, attention, weight, leaving] = news;
  tell("session", when.session);
  tell("round", when.round);
  tell("line", line);
  tell("event", event);
  tell("attention", attention);
  tell("weight", weight);
  tell("leaving", leaving);
}

void tell_of(StateWalk& tell, const BanNews& news) {
  const auto& [when, ban] = news;
  tell("session", when.session);
  tell("round", when.round);
  walk(tell, ban);
}

void tell_of(StateWalk& tell, const ShareOffer& offer) {
  const auto& [day, line, shares, offer_price_usd, listing] = offer;
  tell("day", day);
  tell("line", line);
  tell("shares", shares);
  tell("price", offer_price_usd);
  tell("listing", listing);
}

void tell_of(StateWalk& tell, const ScheduledUnlock& unlock) {
  const auto& [day, lockup] = unlock;
  tell("day", day);
  tell("lock-up", lockup);
}

void tell_of(StateWalk& tell, const ScheduledReview& review) {
  const auto& [day, venue] = review;
  tell("day", day);
  tell("venue", venue);
}

void tell_of(StateWalk& tell, const PrimaryLimit& limit) {
  const auto& [firms, domiciles, lifted] = limit;
  tell("firms", firms);
  tell("domiciles", domiciles);
  tell("lifted", lifted);
}

void tell_of(StateWalk& tell, const ConnectTerms& terms) {
  const auto& [included, excluded, quota_factor] = terms;
  tell("included", included);
  tell("excluded", excluded);
  tell("quota factor", quota_factor);
}

void tell_of(StateWalk& tell, const OrderTakesHold& news) { walk(tell, news.order); }
void tell_of(StateWalk& tell, const OrderEnds& news) { tell("measure", news.measure); }
void tell_of(StateWalk& tell, const ModelComesOut& news) { tell("model", news.model); }

void tell_of(StateWalk& tell, const VendorRemoved& news) {
  const auto& [enterprise, vendor, region, for_terms] = news;
  tell("enterprise", enterprise);
  tell("vendor", vendor);
  tell("region", region);
  tell("for terms", for_terms);
}

void tell_of(StateWalk& tell, const ChipRuleTakesHold& news) {
  const auto& [rule, replaces, repeals, bite] = news;
  walk(tell, rule);
  for (const std::string& measure : replaces) tell("replaces", measure);
  tell("repeals", repeals);
  tell("bite", bite);
}

/// Rules that are the same in the plan and in the state.
template <class Rule>
void tell_of(StateWalk& tell, const Rule& rule) {
  walk(tell, rule);
}

template <class News>
concept IsChoice = requires(const News& news) {
  news.what.index();
};

/// Adds to each day's hash what the news of a list bring on it.
template <class News>
void add(std::string_view list, const std::vector<News>& all, std::vector<ByteHash>& days) {
  for (const News& news : all) {
    std::size_t day = 0;
    if constexpr (requires { news.when; }) {
      day = news.when.day;
    } else {
      day = news.day;
    }
    if (day >= days.size()) continue;  // after the end
    ByteHash& hash = days[day];
    hash.add(list.data(), list.size());
    const StateVisitor visit = [&](const StateField& field) {
      hash.add(static_cast<std::uint64_t>(field.count));
      hash.add(field.data, field.bytes());
    };
    StateWalk tell(visit);
    if constexpr (IsChoice<News>) {
      tell("which", news.what.index());
      std::visit([&](const auto& what) { tell_of(tell, what); }, news.what);
    } else {
      tell_of(tell, news);
    }
  }
}

}  // namespace

std::vector<std::uint64_t> days_of(const Plan& plan) {
  // The calendar is common to all arms, the set-up follows from parameters, traces only tell of events.
  [[maybe_unused]] const auto& [calendar, values, marks, notices, bans, economy, capital, setup, offers,
                                unlocks, reviews, traces] = plan;
  std::vector<ByteHash> days(calendar->days().size());
  add("values", values, days);
  add("marks", marks, days);
  add("notices", notices, days);
  add("bans", bans, days);
  add("economy", economy, days);
  add("capital", capital, days);
  add("offers", offers, days);
  add("unlocks", unlocks, days);
  add("reviews", reviews, days);
  std::vector<std::uint64_t> hashes;
  for (const ByteHash& day : days) hashes.push_back(day.value());
  return hashes;
}

std::size_t first_difference(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  const std::size_t both = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < both; ++i) {
    if (a[i] != b[i]) return i;
  }
  return no_day;
}

}  // namespace chokepoint
