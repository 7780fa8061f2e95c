#include "sim/model/plan.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

/// What one event does to entities: value changes and who is in view.
struct Reading {
  std::vector<ValueChange> changes;
  std::map<std::string, double> attention;  ///< entity -> A_ik weight
};

double clipped(double change) { return std::min(1.0, std::max(-1.0, change)); }

class PlanMaker {
 public:
  PlanMaker(const Facts& facts, const Parameters& params, const Calendar& calendar)
      : facts_(facts), params_(params), calendar_(calendar) {
    plan_.calendar = &calendar;
  }

  void add(const Event& event) {
    EventTrace trace;
    trace.id = event.said.id;
    trace.first_day = calendar_.days().size();
    const Reading reading =
        std::visit([&](const auto& what) { return read(what, event.said); }, event.instrument);
    trace.changes = reading.changes;
    for (std::size_t k = 0; k < facts_.lines.size(); ++k) add_to_line(event, reading, k, trace);
    add_to_marks(event, reading, trace);
    std::visit([&](const auto& what) { order(what, event.said, trace); }, event.instrument);
    add_to_economy(event, trace);
    plan_.traces.push_back(std::move(trace));
  }

  /// Takes an event of before T0 into the chains, and nothing else.
  void remember(const Event& event) {
    std::visit([&](const auto& what) { read(what, event.said); }, event.instrument);
  }

  void add_scheduled() {
    const std::size_t days = calendar_.days().size();
    for (std::size_t row = 0; row < facts_.lockups.size(); ++row) {
      const std::size_t day = calendar_.first_day_from(facts_.lockups[row].unlocks_on);
      if (day < days) plan_.unlocks.push_back({day, row});
    }
    for (const IndexReview& review : facts_.reviews) {
      const std::size_t day = calendar_.first_day_from(review.effective_on);
      if (review.effective_on > facts_.as_of && day < days) plan_.reviews.push_back({day, review.venue});
    }
  }

  Plan finish() {
    const auto by_arrival = [](const auto& a, const auto& b) { return a.when < b.when; };
    std::stable_sort(plan_.values.begin(), plan_.values.end(), by_arrival);
    for (AttentionNews& notice : plan_.notices) direct(notice);
    clip_daily_changes();
    std::stable_sort(plan_.notices.begin(), plan_.notices.end(), by_arrival);
    std::stable_sort(plan_.marks.begin(), plan_.marks.end(), by_arrival);
    std::stable_sort(plan_.bans.begin(), plan_.bans.end(), by_arrival);
    std::stable_sort(plan_.economy.begin(), plan_.economy.end(),
                     [](const EconomyNews& a, const EconomyNews& b) { return a.day < b.day; });
    std::stable_sort(plan_.capital.begin(), plan_.capital.end(),
                     [](const CapitalNews& a, const CapitalNews& b) { return a.day < b.day; });
    order_offers();
    return std::move(plan_);
  }

 private:
  template <class What>
  Reading read(const What& what, const Announcement& said) {
    Reading reading;
    std::vector<Touch> touches;
    std::vector<double> surprise;
    if constexpr (std::is_same_v<What, Reversal>) {
      if (!chains_.knows(what.measure)) {
        throw Error(ExitCode::scenario, "event '" + said.id + "' ends '" + what.measure +
                                            "', which no earlier event of the arm announced");
      }
      surprise = chains_.reverse(what.measure, touches);
      for (const auto& target : targets_[what.measure]) reading.attention[target] = 1.0;
    } else if constexpr (requires { what.touches(facts_, said); }) {
      touches = what.touches(facts_, said);
      surprise = chains_.announce(params_.beliefs, said.chain(), said, touches);
    }
    reading.changes = value_changes(params_.beliefs, params_.noise, facts_, touches, surprise);
    for (const Touch& touch : touches) {
      if (!draws_attention(touch.channel)) continue;
      double& weight = reading.attention[touch.entity];
      weight = std::max(weight, std::min(1.0, touch.exposure / params_.attention.exposure_scale));
    }
    if constexpr (requires { what.targets(facts_); }) {
      targets_[said.chain()] = what.targets(facts_);
      for (const auto& target : targets_[said.chain()]) reading.attention[target] = 1.0;
    }
    if (!said.actor_firm().empty()) reading.attention[said.actor_firm()] = 1.0;
    return reading;
  }

  void add_to_line(const Event& event, const Reading& reading, std::size_t k, EventTrace& trace) {
    const Line& line = facts_.lines[k];
    const std::string& entity = line.firm == Line::npos ? line.id : facts_.firms[line.firm].id;
    const Arrival when = calendar_.arrival(facts_, params_.session, k, event.said.announced);
    if (when.day >= calendar_.days().size()) return;
    bool touched = false;
    for (const ValueChange& change : reading.changes) {
      if (change.entity != entity || change.total() == 0.0) continue;
      plan_.values.push_back({when, k, change.total()});
      touched = true;
    }
    const auto seen = reading.attention.find(entity);
    const double attention = attention_level(event.said.attention);
    if (seen != reading.attention.end() && attention > 0.0) {
      plan_.notices.push_back({when, k, event.said.id, attention, seen->second, false});
      touched = true;
    }
    if (touched) {
      ++trace.lines_touched;
      trace.first_day = std::min(trace.first_day, when.day);
    }
  }

  void add_to_marks(const Event& event, const Reading& reading, EventTrace& trace) {
    const Arrival when = calendar_.first_arrival(facts_, params_.session, event.said.announced);
    if (when.day >= calendar_.days().size()) return;
    for (const ValueChange& change : reading.changes) {
      const std::size_t f = facts_.firm(change.entity);
      if (f == Facts::npos || facts_.firms[f].listed || change.total() == 0.0) continue;
      plan_.marks.push_back({when, f, clipped(change.total())});
      trace.first_day = std::min(trace.first_day, when.day);
    }
  }

  void add_to_economy(const Event& event, EventTrace& trace) {
    if (facts_.vendors.empty()) return;
    for (EconomyNews& news : economy_news(facts_, calendar_, event)) {
      if (const auto* reversal = std::get_if<Reversal>(&event.instrument)) {
        drop_pending(reversal->measure, news.day);
      }
      if (news.day >= calendar_.days().size()) continue;
      trace.first_day = std::min(trace.first_day, news.day);
      ++trace.rules_changed;
      chain_of_news_.push_back(event.said.chain());
      plan_.economy.push_back(std::move(news));
    }
  }

  /// What ends before it is effective never takes hold.
  void drop_pending(const std::string& measure, std::size_t ends_on) {
    for (std::size_t i = plan_.economy.size(); i-- > 0;) {
      if (chain_of_news_[i] != measure || plan_.economy[i].day <= ends_on) continue;
      plan_.economy.erase(plan_.economy.begin() + static_cast<std::ptrdiff_t>(i));
      chain_of_news_.erase(chain_of_news_.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  template <class What>
  void order(const What&, const Announcement&, EventTrace&) {}

  void order(const OwnershipBan& ban, const Announcement& said, EventTrace& trace) {
    for (std::size_t k = 0; k < facts_.lines.size(); ++k) {
      const Line& line = facts_.lines[k];
      if (line.firm == Line::npos) continue;
      const std::string& firm = facts_.firms[line.firm].id;
      if (std::find(ban.firms.begin(), ban.firms.end(), firm) == ban.firms.end()) continue;
      BanNews news{calendar_.arrival(facts_, params_.session, k, said.announced), {k, {}, 0}};
      for (const auto& domicile : ban.domiciles) {
        news.ban.barred[index(*parse_enum<Region>(domicile, region_names))] = true;
      }
      set_deadline(*ban.deadline, news.ban);
      if (news.when.day >= calendar_.days().size()) continue;
      plan_.bans.push_back(news);
      ++trace.lines_touched;
      trace.first_day = std::min(trace.first_day, news.when.day);
    }
  }

  void set_deadline(Date deadline, BanInForce& ban) const {
    const std::size_t after = calendar_.first_day_from(deadline + 1);
    ban.deadline_day = after == 0 ? 0 : after - 1;
    for (std::size_t day = 0; day < after; ++day) {
      ban.days_left.push_back(open_dates(facts_, ban.line, calendar_.days()[day].date, deadline));
    }
  }

  void order(const Issue& issue, const Announcement& said, EventTrace& trace) {
    offer({day_of_offer(*issue.date, said), facts_.line(issue.line), issue.shares, issue.offer_price, false},
          trace);
  }
  void order(const Listing& listing, const Announcement& said, EventTrace& trace) {
    offer({day_of_offer(*listing.date, said), facts_.line(listing.line), 0, listing.offer_price, true},
          trace);
  }

  void order(const OutboundLimit& limit, const Announcement& said, EventTrace& trace) {
    rule(day_of_offer(*limit.date, said), primary_limit(facts_, limit), trace);
  }
  void order(const ConnectChange& change, const Announcement& said, EventTrace& trace) {
    rule(day_of_offer(*change.date, said), connect_terms(facts_, change), trace);
  }
  void order(const StateFund& fund, const Announcement& said, EventTrace& trace) {
    rule(day_of_offer(*fund.date, said), fund_mandate(fund), trace);
  }

  /// Takes a rule of capital, in force before the first session of the day.
  void rule(std::size_t day, decltype(CapitalNews::what) what, EventTrace& trace) {
    if (day >= calendar_.days().size()) return;
    plan_.capital.push_back({day, std::move(what)});
    ++trace.rules_changed;
    trace.first_day = std::min(trace.first_day, day);
  }

  /// Shares are delivered before a day's first session: not on a day on which the offer was still unknown
  /// then.
  std::size_t day_of_offer(Date date, const Announcement& said) const {
    return std::max(calendar_.first_day_from(date),
                    calendar_.first_day_opening_after(facts_, said.announced));
  }

  /// Takes an offer whose price is in the line's currency.
  void offer(ShareOffer offer, EventTrace& trace) {
    const std::size_t day = offer.day;
    offer.offer_price_usd *= facts_.lines[offer.line].usd_per_unit;
    plan_.offers.push_back(offer);
    if (day >= calendar_.days().size()) return;
    ++trace.lines_touched;
    trace.first_day = std::min(trace.first_day, day);
  }

  /// By day, a listing before the issues of its line; offers after the end are left out.
  void order_offers() {
    auto& offers = plan_.offers;
    for (const ShareOffer& listing : offers) {
      for (ShareOffer& issue : offers) {
        if (listing.listing && !issue.listing && issue.line == listing.line) {
          issue.day = std::max(issue.day, listing.day);
        }
      }
    }
    std::erase_if(offers, [&](const ShareOffer& one) { return one.day >= calendar_.days().size(); });
    std::stable_sort(offers.begin(), offers.end(), [](const ShareOffer& a, const ShareOffer& b) {
      return a.day != b.day ? a.day < b.day : a.listing && !b.listing;
    });
  }

  /// The day's news decides whether attention buys or leaves, and faint news moves fewer.
  void direct(AttentionNews& notice) const {
    const double news = news_so_far(notice.line, notice.when);
    notice.leaving = news < 0.0;
    if (news == 0.0) return;
    notice.weight *= std::min(1.0, std::fabs(news) / params_.attention.clear_news);
  }

  /// Sum of a line's value news of the day up to an arrival, before clipping.
  double news_so_far(std::size_t line, const Arrival& when) const {
    double sum = 0.0;
    for (const ValueNews& news : plan_.values) {
      const bool earlier_today = news.when.day == when.day && !(when < news.when);
      if (news.line == line && earlier_today) sum += news.change;
    }
    return sum;
  }

  /// Later news of a day never changes what earlier news did: each adds what its sum with the earlier may.
  void clip_daily_changes() {
    std::map<std::pair<std::size_t, std::size_t>, double> sums;  // (line, day)
    for (ValueNews& news : plan_.values) {
      double& sum = sums[{news.line, news.when.day}];
      const double before = clipped(sum);
      sum += news.change;
      news.change = clipped(sum) - before;
    }
  }

  const Facts& facts_;
  const Parameters& params_;
  const Calendar& calendar_;
  Plan plan_;
  MeasureChains chains_;
  std::map<std::string, std::vector<std::string>> targets_;
  std::vector<std::string> chain_of_news_;  ///< for each row of plan_.economy, until these are sorted
};

std::vector<const Event*> in_order(const std::vector<Event>& events) {
  std::vector<const Event*> ordered;
  for (const Event& event : events) ordered.push_back(&event);
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const Event* a, const Event* b) { return a->said.announced < b->said.announced; });
  return ordered;
}

/// The plan without what is backed out of T0.
Plan news_of(const Facts& facts, const Parameters& params, const Calendar& calendar,
             const std::vector<Event>& events, const std::vector<Event>& history) {
  PlanMaker maker(facts, params, calendar);
  for (const Event* event : in_order(history)) maker.remember(*event);
  for (const Event* event : in_order(events)) maker.add(*event);
  maker.add_scheduled();
  return maker.finish();
}

}  // namespace

Plan make_plan(const Facts& facts, const Parameters& params, const Calendar& calendar,
               const std::vector<Event>& events, const std::vector<Event>& history) {
  Plan plan = news_of(facts, params, calendar, events, history);
  if (!facts.vendors.empty()) {
    plan.setup = std::make_shared<const EconomySetup>(make_economy_setup(facts, params));
  }
  return plan;
}

Plan plan_again(const Plan& plan, const Facts& facts, const Parameters& params,
                const std::vector<Event>& events) {
  Plan again = news_of(facts, params, *plan.calendar, events, {});
  again.setup = plan.setup;
  return again;
}

Calendar make_calendar(const Facts& facts, const SessionParams& params, std::size_t sessions, Date until,
                       const std::vector<Event>& events) {
  Calendar calendar(facts, sessions, until);
  for (const Event& event : events) {
    if (!event.said.chance.hazard_per_day) calendar.activate(facts, params, event.said.announced);
  }
  return calendar;
}

Plan without_flow_channels(Plan plan) {
  plan.bans.clear();
  plan.capital.clear();
  plan.offers.clear();
  plan.unlocks.clear();
  plan.reviews.clear();
  return plan;
}

}  // namespace chokepoint
