#include "sim/study/backtest/event_case.hpp"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <set>

namespace chokepoint {
namespace {

constexpr int longest_wait = 30;   ///< calendar days in which every window must end
constexpr std::uint64_t seed = 1;  ///< of the investors, the same in all cases

/// Day of the venue's first session that opens after a fact, and of the session that holds it.
struct SessionDates {
  std::optional<Date> opens_after;
  std::optional<Date> holds;
};

SessionDates session_dates(const Venue& venue, Instant fact) {
  SessionDates found;
  const Date from = to_local(fact, 0).date + -1;
  for (Date date = from; date <= from + longest_wait; date = date + 1) {
    if (!is_open(venue, date)) continue;
    const int offset = utc_offset(venue.timezone, date).value_or(0);
    const Instant open = to_instant(date, venue.open, offset);
    if (!found.opens_after && open >= fact) found.opens_after = date;
    if (!found.holds && to_instant(date, venue.close, offset) > fact) found.holds = date;
  }
  return found;
}

/// The session in which a fact begins to act where nothing was observed: the one that holds it unless three
/// quarters of its trading time are over, else the next.
std::optional<Date> first_session(const Venue& venue, Instant fact) {
  const SessionDates dates = session_dates(venue, fact);
  if (!dates.holds || dates.holds == dates.opens_after) return dates.opens_after;
  const int offset = utc_offset(venue.timezone, *dates.holds).value_or(0);
  const int lunch = venue.lunch_end - venue.lunch_start;
  const int traded = (venue.close - venue.open - lunch) * 3 / 4;
  const bool after_lunch = lunch > 0 && venue.open + traded >= venue.lunch_start;
  const int last_quarter = venue.open + traded + (after_lunch ? lunch : 0);
  return to_instant(*dates.holds, last_quarter, offset) > fact ? dates.holds : dates.opens_after;
}

/// Firms that an event names or touches in a world.
std::set<std::string> firms_of(const Descriptor& descriptor, const Facts& facts) {
  const Announcement& said = descriptor.event->said;
  std::set<std::string> firms(descriptor.named.begin(), descriptor.named.end());
  firms.insert(said.actor_firm());
  const auto touches_of = [&](const auto& what) -> std::vector<Touch> {
    if constexpr (requires { what.touches(facts, said); }) return what.touches(facts, said);
    return {};
  };
  for (const Touch& touch : std::visit(touches_of, descriptor.event->instrument)) firms.insert(touch.entity);
  return firms;
}

class CaseMaker {
 public:
  CaseMaker(const Vintages& vintages, const Coding& coding, const std::vector<ObservedRow>& observed,
            const Parameters& params, bool composites)
      : composites_(composites), vintages_(vintages), coding_(coding), observed_(observed), params_(params) {}

  /// Null when no line is left to compare.
  std::unique_ptr<EventCase> make(std::vector<const Descriptor*> descriptors,
                                  std::vector<LeftOut>& left_out) const {
    auto one = std::make_unique<EventCase>();
    one->id = observed_event_of(descriptors.front()->id);
    one->descriptors = std::move(descriptors);
    const std::vector<std::size_t> rows = rows_of(*one, left_out);
    const Date eve = to_local(one->descriptors.front()->announced, 0).date + -1;
    const std::vector<std::size_t> lines = rows.empty() ? touched_lines(*one, eve) : lines_of(rows, eve);
    if (lines.empty()) return nullptr;
    one->facts = light_world(vintages_, eve, lines, composites_);
    add_events(rows, *one);
    const Date last = to_local(one->descriptors.back()->priced_from(), 0).date + longest_wait;
    one->calendar = std::make_unique<Calendar>(one->facts, std::size_t{0}, last);
    for (const Event& event : one->events) {
      one->calendar->activate(one->facts, params_.session, event.said.announced);
    }
    if (rows.empty()) ask_for_all(*one);
    for (const std::size_t row : rows) ask_for(row, *one);
    return one;
  }

 private:
  /// Observations of the event that belong to the session 0 of one of its facts.
  std::vector<std::size_t> rows_of(const EventCase& one, std::vector<LeftOut>& left_out) const {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < observed_.size(); ++i) {
      if (observed_[i].event != one.id || !observed_[i].has_abnormal()) continue;
      const auto venue = venue_of(observed_[i].ticker);
      const auto scored = [&](const Descriptor* d) { return is_session_zero(observed_[i], *venue, *d); };
      if (!venue) {
        left_out.push_back({i, "no line or basket of that name in data/vintages"});
      } else if (std::any_of(one.descriptors.begin(), one.descriptors.end(), scored)) {
        rows.push_back(i);
      } else {
        left_out.push_back({i, "not the session 0 of a dated fact"});
      }
    }
    return rows;
  }

  bool is_session_zero(const ObservedRow& row, std::size_t venue, const Descriptor& descriptor) const {
    if (const Suspension* halt = suspension_of(row.ticker, descriptor)) return row.date == halt->last + 1;
    const SessionDates dates = session_dates(vintages_.base.venues[venue], descriptor.priced_from());
    return row.date == dates.holds || row.date == dates.opens_after;
  }

  const Suspension* suspension_of(const std::string& ticker, const Descriptor& descriptor) const {
    const std::size_t line = vintages_.line_of_ticker(ticker);
    if (line == Facts::npos) return nullptr;
    const Date date = to_local(descriptor.priced_from(), 0).date;
    for (const Suspension& halt : vintages_.suspensions) {
      if (halt.line == vintages_.lines[line].line.id && halt.first <= date && date <= halt.last) return &halt;
    }
    return nullptr;
  }

  std::optional<std::size_t> venue_of(const std::string& ticker) const {
    const std::size_t line = vintages_.line_of_ticker(ticker);
    if (line != Facts::npos) {
      for (const Ticker& one : vintages_.lines[line].line.tickers) {
        if (one.id == ticker) return one.venue;
      }
    }
    if (vintages_.basket(ticker) != nullptr) return vintages_.base.venue("XNAS");
    return std::nullopt;
  }

  /// Lines (of the vintages) and weights of a ticker as of a date; weights sum to 1.
  std::vector<BasketLine> basket_of(const std::string& ticker, Date date) const {
    const std::size_t line = vintages_.line_of_ticker(ticker);
    if (line != Facts::npos) return {{line, 1.0}};
    const std::vector<BasketPart>& parts = *vintages_.basket(ticker);
    Date edition = parts.front().date;
    for (const BasketPart& part : parts) {
      if (part.date <= date) edition = part.date;
    }
    std::vector<BasketLine> basket;
    double total = 0.0;
    for (const BasketPart& part : parts) {
      const std::size_t at = vintages_.line_of_ticker(part.ticker);
      if (part.date != edition || at == Facts::npos) continue;
      basket.push_back({at, part.weight});
      total += part.weight;
    }
    for (BasketLine& one : basket) one.weight /= total;
    return basket;
  }

  std::vector<std::size_t> lines_of(const std::vector<std::size_t>& rows, Date eve) const {
    std::set<std::size_t> lines;
    for (const std::size_t row : rows) {
      for (const BasketLine& one : basket_of(observed_[row].ticker, eve)) lines.insert(one.line);
    }
    return {lines.begin(), lines.end()};
  }

  std::vector<std::size_t> touched_lines(const EventCase& one, Date eve) const {
    std::vector<std::size_t> all(vintages_.lines.size());
    for (std::size_t k = 0; k < all.size(); ++k) all[k] = k;
    const Facts facts = light_world(vintages_, eve, all);
    std::set<std::string> firms;
    for (const Descriptor* descriptor : one.descriptors) firms.merge(firms_of(*descriptor, facts));
    std::vector<std::size_t> lines;
    for (const std::size_t k : all) {
      const VintageLine& line = vintages_.lines[k];
      if (firms.contains(line.firm.id) && line.listed_since <= eve) lines.push_back(k);
    }
    return lines;
  }

  /// The event's facts, and what its measure had come to when the lines last traded.
  void add_events(const std::vector<std::size_t>& rows, EventCase& one) const {
    for (const Descriptor* descriptor : one.descriptors) one.events.push_back(*descriptor->event);
    Instant known_until = one.descriptors.front()->announced;
    for (const std::size_t row : rows) {
      const Suspension* halt = suspension_of(observed_[row].ticker, *one.descriptors.front());
      if (halt == nullptr) continue;
      known_until = last_close(*halt);
      one.events.front().said.prior = Prior::none;
      one.events.front().said.feared.reset();
    }
    for (const Descriptor& other : coding_) {
      if (!other.event || other.event->said.chain() != one.events.front().said.chain()) continue;
      if (other.announced < known_until && observed_event_of(other.id) != one.id) {
        one.history.push_back(*other.event);
      }
    }
  }

  /// When the line last traded: at the close of the session before its suspension.
  Instant last_close(const Suspension& halt) const {
    std::size_t line = 0;
    while (vintages_.lines[line].line.id != halt.line) ++line;
    const Venue& venue = vintages_.base.venues[vintages_.lines[line].line.tickers[0].venue];
    Date date = halt.first + -1;
    while (!is_open(venue, date)) date = date + -1;
    return to_instant(date, venue.close, utc_offset(venue.timezone, date).value_or(0));
  }

  void ask_for(std::size_t row, EventCase& one) const {
    ComparedReturn asked;
    asked.observed = row;
    asked.ticker = observed_[row].ticker;
    asked.beta = observed_[row].beta;
    asked.venue = *venue_of(asked.ticker);
    for (const BasketLine& part : basket_of(asked.ticker, one.facts.as_of)) {
      asked.basket.push_back({one.facts.line(vintages_.lines[part.line].line.id), part.weight});
    }
    asked.first_day = one.calendar->first_day_from(observed_[row].date);
    add(std::move(asked), one);
  }

  void ask_for_all(EventCase& one) const {
    for (std::size_t k = 0; k < one.facts.lines.size(); ++k) {
      if (one.facts.lines[k].group == LineGroup::composite) continue;
      for (const Ticker& ticker : one.facts.lines[k].tickers) {
        const auto date =
            first_session(one.facts.venues[ticker.venue], one.descriptors.back()->priced_from());
        if (!date) continue;
        ComparedReturn asked;
        asked.ticker = ticker.id;
        asked.venue = ticker.venue;
        asked.basket = {{k, 1.0}};
        asked.first_day = one.calendar->first_day_from(*date);
        add(std::move(asked), one);
      }
    }
  }

  /// Adds a return and makes the run long enough for its windows.
  static void add(ComparedReturn asked, EventCase& one) {
    const Venue& venue = one.facts.venues[asked.venue];
    std::size_t day = asked.first_day;
    for (int sessions = 0; day < one.calendar->days().size() && sessions <= window_end.back(); ++day) {
      sessions += is_open(venue, one.calendar->days()[day].date) ? 1 : 0;
    }
    one.days = std::max(one.days, day);
    one.returns.push_back(std::move(asked));
  }

  bool composites_;
  const Vintages& vintages_;
  const Coding& coding_;
  const std::vector<ObservedRow>& observed_;
  const Parameters& params_;
};

/// Descriptors that act on beliefs, grouped by observed event, in the order of their first announcement.
std::vector<std::vector<const Descriptor*>> events_of(const Coding& coding) {
  std::vector<std::vector<const Descriptor*>> events;
  for (const Descriptor& descriptor : coding) {
    if (!descriptor.event) continue;
    const std::string id = observed_event_of(descriptor.id);
    const auto same = std::find_if(events.begin(), events.end(), [&](const auto& group) {
      return observed_event_of(group.front()->id) == id;
    });
    if (same == events.end()) {
      events.push_back({&descriptor});
    } else {
      same->push_back(&descriptor);
    }
  }
  return events;
}

}  // namespace

std::string observed_event_of(const std::string& descriptor) {
  const std::size_t at = descriptor.rfind("__");
  return at == std::string::npos ? descriptor : descriptor.substr(0, at);
}

CaseSet make_cases(const Vintages& vintages, const std::vector<Coding>& codings,
                   const std::vector<ObservedRow>& observed, const Parameters& params, bool composites) {
  CaseSet set;
  for (std::size_t c = 0; c < codings.size(); ++c) {
    const CaseMaker maker(vintages, codings[c], observed, params, composites);
    for (auto& descriptors : events_of(codings[c])) {
      std::vector<LeftOut> left_out;
      const std::string id = descriptors.front()->id;
      auto one = maker.make(std::move(descriptors), left_out);
      if (!one) set.idle.push_back(id);
      if (c == 0) set.left_out.insert(set.left_out.end(), left_out.begin(), left_out.end());
      if (!one) continue;
      one->coding = c;
      set.cases.push_back(std::move(one));
    }
  }
  oneapi::tbb::parallel_for(std::size_t{0}, set.cases.size(), [&](std::size_t i) {
    EventCase& one = *set.cases[i];
    one.start = make_world(one.facts, params, RandomStream(seed, 0));
  });
  return set;
}

}  // namespace chokepoint
