#include "sim/input/facts_lines.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "sim/model/sessions.hpp"

namespace chokepoint {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();
constexpr int dated_sessions = 10;

int sessions_between(const Venue& venue, Date from, Date to) {
  int count = 0;
  for (Date date = from + 1; date <= to; date = date + 1) count += is_open(venue, date) ? 1 : 0;
  return count;
}

/// index(T0) / index(date), or 0 after a complaint.
double index_move(DataRow& row, const Money& money, const std::string& index_id, Date date, Date as_of) {
  const auto then = money.index_level.find({index_id, date});
  const auto now = money.index_level.find({index_id, as_of});
  for (const auto& [level, day] : {std::pair{then, date}, std::pair{now, as_of}}) {
    if (level != money.index_level.end()) continue;
    row.complain(data_error::unknown_reference,
                 fmt::format("index_levels has no '{}' on {} (it moves this row to {})", index_id,
                             to_text(day), to_text(as_of)));
  }
  return row.ok() ? now->second / then->second : 0.0;
}

void check_basis(DataRow& row, const Facts& facts, const Line& line, Date quoted_on) {
  const std::string quoted = to_text(quoted_on);
  if (quoted_on > facts.as_of && line.basis != PriceBasis::moved_back) {
    row.complain(data_error::wrong_date,
                 fmt::format("quoted on {}, after T0 {} (only a moved_back price may be)", quoted,
                             to_text(facts.as_of)));
  }
  if (quoted_on <= facts.as_of && line.basis == PriceBasis::moved_back) {
    row.complain(data_error::wrong_date,
                 fmt::format("quoted on {}, not after T0: nothing to move back", quoted));
  }
  if (quoted_on > facts.as_of || line.basis != PriceBasis::dated) return;
  const int age = sessions_between(facts.venues[line.tickers[0].venue], quoted_on, facts.as_of);
  if (age <= dated_sessions) return;
  row.complain(
      data_error::wrong_date,
      fmt::format("quoted on {}, {} sessions before T0 (a dated price is at most {} old): set price_basis "
                  "to moved",
                  quoted, age, dated_sessions));
}

void read_price(DataRow& row, const Money& money, const Facts& facts, Line& line) {
  const auto rate = money.usd_per_unit.find(row.text("currency"));
  if (rate == money.usd_per_unit.end()) {
    row.complain(data_error::unknown_reference,
                 fmt::format("fx has no currency '{}'", row.optional_text("currency")));
    return;
  }
  const double quoted = row.number("quoted_price", std::numeric_limits<double>::min(), unbounded);
  const Date quoted_on = row.date("quoted_on");
  if (!row.ok()) return;
  check_basis(row, facts, line, quoted_on);
  line.quoted_on = to_text(quoted_on);
  line.usd_per_unit = rate->second;
  line.price_local = quoted;
  if (line.basis != PriceBasis::dated) {
    const std::string& index_id = money.index_of_venue.at(facts.venues[line.tickers[0].venue].id);
    line.price_local *= index_move(row, money, index_id, quoted_on, facts.as_of);
  }
  line.price_usd = line.price_local * line.usd_per_unit;
  if (!row.ok() || row.empty("price")) return;
  const double stated = row.number("price", 0, unbounded);
  if (std::abs(stated - line.price_local) > 1e-6 * line.price_local) {
    row.complain(data_error::inconsistent,
                 fmt::format("price = {} but the quotation gives {:.10g} at {}", row.optional_text("price"),
                             line.price_local, to_text(facts.as_of)));
  }
}

void read_tickers(DataRow& row, const Facts& facts, Line& line) {
  for (const auto& text : split(row.text("tickers"), ';')) {
    const auto parts = split(text, '@');
    const std::size_t venue = parts.size() == 2 ? facts.venue(parts[1]) : Facts::npos;
    if (venue == Facts::npos) {
      row.complain(data_error::unknown_reference,
                   fmt::format("ticker '{}' (must be ID@VENUE with a venue of venues.csv)", text));
      return;
    }
    line.tickers.push_back({parts[0], venue});
  }
  line.region = facts.venues[line.tickers[0].venue].region;
  const std::string home = row.text("home");
  if (line.tickers[0].id != line.id || facts.venues[line.tickers[0].venue].id != home) {
    row.complain(data_error::inconsistent,
                 fmt::format("the first ticker must be {}@{}, the home line", line.id, home));
  }
}

void read_float(DataRow& row, Line& line) {
  line.shares = row.shares("shares");
  line.tradable = row.shares("tradable_shares");
  if (row.ok() && line.shares == 0) row.complain(data_error::bad_value, "shares = 0");
  if (!row.ok()) return;
  if (line.tradable > line.shares) {
    row.complain(data_error::inconsistent,
                 fmt::format("tradable_shares {} exceed shares {}", line.tradable, line.shares));
    return;
  }
  line.thin = line.line_class == LineClass::thin_ai && line.tradable_share() < 0.10;
}

void read_firm(DataRow& row, const Facts& facts, Line& line) {
  line.firm = row.reference("firm", "firm", facts.firms);
  line.unlisted = row.word("status", {"listed", "unlisted"}) == 1;
  if (!row.ok()) return;
  const Firm& firm = facts.firms[line.firm];
  line.group = firm.ai ? LineGroup::ai : LineGroup::other;
  if (!firm.listed && !line.unlisted) {
    row.complain(data_error::inconsistent,
                 fmt::format("firm '{}' is private but its line is listed", firm.id));
  }
}

void check_ticker_ids(DataRow& row, const Facts& facts, const Line& line) {
  for (const Line& other : facts.lines) {
    for (const Ticker& ticker : other.tickers) {
      for (const Ticker& own : line.tickers) {
        if (own.id == ticker.id) {
          row.complain(data_error::repeated_key,
                       fmt::format("ticker '{}' belongs to line '{}' as well", own.id, other.id));
        }
      }
    }
  }
}

}  // namespace

Money read_money(const DataTables& tables, Facts& facts, Problems& problems) {
  Money money;
  const Date as_of = facts.as_of;
  bool first = true;
  for (DataRow& row : tables.rows("fx", problems)) {
    const Date date = row.date("date");
    const double rate = row.number("usd_per_unit", std::numeric_limits<double>::min(), unbounded);
    if (!row.ok()) continue;
    if (first && date != as_of) {
      row.complain(data_error::wrong_date, fmt::format("the data describe {}, the scenario asks for as_of {}",
                                                       to_text(date), to_text(as_of)));
    } else if (!first && date != facts.as_of) {
      row.complain(data_error::wrong_date, fmt::format("rate of {}, but the first rate is of {}",
                                                       to_text(date), to_text(facts.as_of)));
    }
    if (first) facts.as_of = date;
    first = false;
    money.usd_per_unit[row.text("currency")] = rate;
    facts.rates.push_back({row.text("currency"), rate});
  }
  for (DataRow& row : tables.rows("venues", problems)) {
    money.index_of_venue[row.text("venue")] = row.text("index");
  }
  for (DataRow& row : tables.rows("index_levels", problems)) {
    const Date date = row.date("date");
    const double level = row.number("level", std::numeric_limits<double>::min(), unbounded);
    if (row.ok()) money.index_level[{row.text("index"), date}] = level;
  }
  return money;
}

void read_rates(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("fx", problems)) {
    const Date date = row.date("date");
    const double rate = row.number("usd_per_unit", std::numeric_limits<double>::min(), unbounded);
    if (row.ok() && date == facts.as_of) facts.rates.push_back({row.text("currency"), rate});
  }
}

void read_listings(const DataTables& tables, const Money& money, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("listings", problems)) {
    Line line;
    line.id = row.text("line");
    line.line_class = row.word_of<LineClass>("line_class", line_class_names);
    line.basis = row.word_of<PriceBasis>("price_basis", price_basis_names);
    row.word("board", {"main", "star", "chinext"});
    read_firm(row, facts, line);
    read_float(row, line);
    read_tickers(row, facts, line);
    check_ticker_ids(row, facts, line);
    if (!line.tickers.empty()) read_price(row, money, facts, line);
    if (!row.empty("level_low")) line.level_low = row.number("level_low", 0, unbounded);
    if (!row.empty("level_high")) line.level_high = row.number("level_high", 0, unbounded);
    if (line.basis != PriceBasis::dated) facts.stale.push_back(line.id);
    facts.lines.push_back(std::move(line));
  }
}

namespace {

/// The venue that stands for a region. The rest of the world trades in session B, so its venue is one of B.
constexpr std::array<std::string_view, region_count> composite_venue{"XNYS", "XSHG", "XHKG", "XLON"};

double listed_cap_usd(const Facts& facts, Region region) {
  double sum = 0;
  for (const Line& line : facts.lines) {
    if (line.group != LineGroup::composite && line.region == region && !line.unlisted) {
      sum += static_cast<double>(line.shares) * line.price_usd;
    }
  }
  return sum;
}

void size_composite(DataRow& row, const Money& money, const Facts& facts, Line& line) {
  const double total = row.number("total_bn_usd", 0, unbounded);
  const double float_share = row.number("float_share", 0, 1);
  line.price_usd = row.number("unit_price_usd", 1, unbounded);
  line.price_local = line.price_usd;
  const Date total_on = row.date("total_on");
  if (!row.ok()) return;
  if (total_on > facts.as_of) {
    row.complain(data_error::wrong_date,
                 fmt::format("total of {}, after T0 {}", to_text(total_on), to_text(facts.as_of)));
  }
  line.quoted_on = to_text(total_on);
  line.basis = total_on == facts.as_of ? PriceBasis::dated : PriceBasis::moved;
  const double move = index_move(row, money, row.text("index"), total_on, facts.as_of);
  if (!row.ok()) return;
  const double listed = listed_cap_usd(facts, line.region);
  const double rest = total * 1e9 * move - listed;
  if (rest < line.price_usd) {
    row.complain(data_error::inconsistent,
                 fmt::format("the total at T0 is {:.6g} bn USD, less than the {:.6g} of the region's lines",
                             total * move, listed * 1e-9));
    return;
  }
  line.shares = nearest(rest / line.price_usd);
  line.tradable = nearest(float_share * static_cast<double>(line.shares));
}

}  // namespace

void read_composites(const DataTables& tables, const Money& money, Facts& facts, Problems& problems) {
  std::array<bool, region_count> seen{};
  for (DataRow& row : tables.rows("composites", problems)) {
    Line line;
    line.id = row.text("composite");
    line.region = row.word_of<Region>("region", region_names);
    line.line_class = LineClass::composite;
    line.group = LineGroup::composite;
    const std::string expected = std::string(region_names[index(line.region)]) + "_REST";
    if (line.id != expected)
      row.complain(data_error::bad_value, fmt::format("the composite is named {}", expected));
    const std::size_t venue = facts.venue(composite_venue[index(line.region)]);
    if (venue == Facts::npos) {
      row.complain(data_error::unknown_reference, fmt::format("venues has no {}, home of {}",
                                                              composite_venue[index(line.region)], expected));
      continue;
    }
    line.tickers.push_back({line.id, venue});
    size_composite(row, money, facts, line);
    seen[index(line.region)] = true;
    if (line.basis != PriceBasis::dated) facts.stale.push_back(line.id);
    facts.lines.push_back(std::move(line));
  }
  for (std::size_t region = 0; region < region_count; ++region) {
    if (seen[region]) continue;
    problems.add(data_error::inconsistent, {tables["composites"].csv.path, 0, 0},
                 fmt::format("{}_REST is missing (each region needs its composite)", region_names[region]));
  }
}

}  // namespace chokepoint
