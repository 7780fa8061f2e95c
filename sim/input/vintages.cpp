#include "sim/input/vintages.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "sim/base/text.hpp"
#include "sim/input/facts_loader.hpp"
#include "sim/input/facts_tables.hpp"

namespace chokepoint {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();
constexpr double unit_price_usd = 10.0;             // of lines; results are ratios
constexpr double composite_unit_price_usd = 10000;  // as in composites.csv

std::vector<TableLayout> vintage_layouts() {
  const std::vector<SourceColumns> plain{{"source", "", "", ""}};
  const auto ranged = [](const char* value) {
    return std::vector<SourceColumns>{{"source", "low", "high", value}};
  };
  return {{"lines",
           {"line", "firm", "name", "headquarters", "sector", "tickers", "home", "board", "line_class",
            "listed_since", "float_share", "low", "high"},
           {"line"},
           ranged("float_share")},
          {"caps", {"line", "date", "cap_bn_usd", "low", "high"}, {"line", "date"}, ranged("cap_bn_usd")},
          {"market_totals",
           {"region", "date", "total_bn_usd", "low", "high"},
           {"region", "date"},
           ranged("total_bn_usd")},
          {"exposures",
           {"firm", "kind", "counterpart", "share", "low", "high"},
           {"firm", "kind", "counterpart", "as_of"},
           ranged("share")},
          {"etf_weights",
           {"etf", "date", "ticker", "weight", "low", "high"},
           {"etf", "date", "ticker"},
           ranged("weight")},
          {"closed_days", {"venue", "date", "reason"}, {"venue", "date"}, plain},
          {"suspensions", {"line", "first", "last"}, {"line", "first"}, plain},
          {"share_supply",
           {"event", "line", "date", "shares", "tradable", "unlocked", "offer_price", "currency",
            "usd_per_unit", "low", "high"},
           {"event"},
           ranged("tradable")}};
}

/// From when a figure of `2024`, `2024-03` or `2024-03-31` was known: the end of a year, the start of a
/// month.
Date known_from(const std::string& as_of) {
  if (const auto day = parse_date(as_of)) return *day;
  const std::vector<std::string> parts = split(as_of, '-');
  const int year = static_cast<int>(parse_integer(parts[0]).value_or(1970));
  const int month = parts.size() > 1 ? static_cast<int>(parse_integer(parts[1]).value_or(12)) : 12;
  return parts.size() > 1 ? make_date(year, static_cast<unsigned>(month), 1) : make_date(year, 12, 31);
}

class VintageReader {
 public:
  VintageReader(const DataTables& tables, Vintages& out, Problems& problems)
      : tables_(tables), out_(out), problems_(problems) {}

  void read() {
    read_lines();
    read_caps();
    read_totals();
    read_exposures();
    read_baskets();
    read_closed_days();
    for (DataRow& row : tables_.rows("suspensions", problems_)) {
      out_.suspensions.push_back({row.text("line"), row.date("first"), row.date("last")});
    }
    for (DataRow& row : tables_.rows("share_supply", problems_)) read_supply(row);
  }

 private:
  void read_lines() {
    for (DataRow& row : tables_.rows("lines", problems_)) {
      VintageLine one;
      one.firm = {row.text("firm"),
                  row.text("name"),
                  row.word_of<Region>("headquarters", region_names),
                  row.text("sector"),
                  true,
                  true,
                  0.0};
      const std::size_t venue = row.reference("home", "venue", out_.base.venues);
      one.line = like(row.text("line"), venue);
      one.line.id = row.text("line");
      one.line.line_class = row.word_of<LineClass>("line_class", line_class_names);
      one.line.tickers.clear();
      for (const std::string& ticker : split(row.text("tickers"), ';')) {
        const std::vector<std::string> parts = split(ticker, '@');
        one.line.tickers.push_back({parts.front(), out_.base.venue(parts.back())});
      }
      one.float_share = row.number("float_share", 0.001, 1);
      if (!row.empty("listed_since")) one.listed_since = row.date("listed_since");
      if (row.ok()) out_.lines.push_back(std::move(one));
    }
    out_.caps.resize(out_.lines.size());
  }

  /// Access, limits and region as the line has them in the base world, else as its neighbours at the venue.
  Line like(const std::string& id, std::size_t venue) const {
    const Line* best = nullptr;
    for (const Line& line : out_.base.lines) {
      if (line.id == id) return line;
      if (best == nullptr && line.firm != Line::npos && line.tickers[0].venue == venue) best = &line;
    }
    return best == nullptr ? Line{} : *best;
  }

  void read_caps() {
    for (DataRow& row : tables_.rows("caps", problems_)) {
      const std::size_t line = line_index(row, row.text("line"));
      const DatedValue cap{row.date("date"), row.number("cap_bn_usd", 0.001, unbounded)};
      if (row.ok()) out_.caps[line].push_back(cap);
    }
    for (auto& caps : out_.caps) sort_by_date(caps);
  }

  std::size_t line_index(DataRow& row, const std::string& id) {
    std::vector<std::string> known;
    for (std::size_t k = 0; k < out_.lines.size(); ++k) {
      if (out_.lines[k].line.id == id) return k;
      known.push_back(out_.lines[k].line.id);
    }
    row.complain_unknown("line of lines.csv", id, known);
    return Facts::npos;
  }

  static void sort_by_date(std::vector<DatedValue>& rows) {
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.date < b.date; });
  }

  void read_totals() {
    for (DataRow& row : tables_.rows("market_totals", problems_)) {
      auto& totals = out_.totals[index(row.word_of<Region>("region", region_names))];
      totals.push_back({row.date("date"), row.number("total_bn_usd", 0, unbounded)});
    }
    for (auto& totals : out_.totals) sort_by_date(totals);
  }

  void read_exposures() {
    std::vector<std::string> kinds(channel_names.begin(), channel_names.end());
    kinds.emplace_back("stake");
    for (DataRow& row : tables_.rows("exposures", problems_)) {
      const std::size_t kind = row.word("kind", kinds);
      const double share = row.number("share", 0, 1);
      if (!row.ok() || kind == channel_count) continue;  // marks of private firms are not known by date
      out_.exposures.push_back(
          {{row.text("firm"), static_cast<Channel>(kind), row.text("counterpart"), share},
           known_from(row.text("as_of"))});
    }
    std::stable_sort(out_.exposures.begin(), out_.exposures.end(),
                     [](const auto& a, const auto& b) { return a.known < b.known; });
  }

  void read_baskets() {
    std::map<std::string, std::vector<BasketPart>> baskets;
    for (DataRow& row : tables_.rows("etf_weights", problems_)) {
      baskets[row.text("etf")].push_back({row.date("date"), row.text("ticker"), row.number("weight", 0, 1)});
    }
    for (auto& [etf, parts] : baskets) {
      std::stable_sort(parts.begin(), parts.end(),
                       [](const auto& a, const auto& b) { return a.date < b.date; });
      out_.baskets.emplace_back(etf, std::move(parts));
    }
  }

  /// The closed days of the past replace those of the base world, which begin at T0. New York's are Nasdaq's
  /// too, Shanghai's are Shenzhen's.
  void read_closed_days() {
    std::map<std::string, std::vector<Date>> closed;
    for (DataRow& row : tables_.rows("closed_days", problems_)) {
      closed[row.text("venue")].push_back(row.date("date"));
    }
    for (Venue& venue : out_.base.venues) {
      const std::string named = venue.id == "XNAS" ? "XNYS" : venue.id == "XSHE" ? "XSHG" : venue.id;
      venue.closed = closed[named];
      std::sort(venue.closed.begin(), venue.closed.end());
    }
  }

  void read_supply(DataRow& row) {
    ShareSupply one;
    one.event = row.text("event");
    one.line = row.text("line");
    one.date = row.date("date");
    one.shares = row.number("shares", 1, unbounded);
    one.tradable = row.number("tradable", 1, unbounded);
    one.unlocked = row.number("unlocked", 0, unbounded);
    one.offer_price = row.number("offer_price", 0, unbounded);
    one.usd_per_unit = row.number("usd_per_unit", 0, unbounded);
    line_index(row, one.line);
    if (row.ok()) out_.supplies.push_back(one);
  }

  const DataTables& tables_;
  Vintages& out_;
  Problems& problems_;
};

/// Adds the line with its market value of the date; returns it in bn USD.
double add_line(const VintageLine& from, const std::vector<DatedValue>& caps, Date as_of, Facts& facts) {
  std::size_t firm = facts.firm(from.firm.id);
  if (firm == Facts::npos) {
    firm = facts.firms.size();
    facts.firms.push_back(from.firm);
  }
  const double cap = known_on(caps, as_of);
  Line line = from.line;
  line.firm = firm;
  line.group = LineGroup::ai;
  line.usd_per_unit = 1.0;
  line.price_local = line.price_usd = unit_price_usd;
  line.shares = static_cast<Shares>(cap * 1e9 / unit_price_usd);
  line.tradable = static_cast<Shares>(static_cast<double>(line.shares) * from.float_share);
  line.thin = line.line_class == LineClass::thin_ai && line.tradable_share() < 0.10;
  line.unlisted = false;
  facts.lines.push_back(std::move(line));
  return cap;
}

void add_composites(const Vintages& vintages, Date as_of, const std::array<double, region_count>& held,
                    Facts& facts) {
  for (const Line& composite : vintages.base.lines) {
    if (composite.group != LineGroup::composite) continue;
    const std::size_t region = index(composite.region);
    Line line = composite;
    const double rest = known_on(vintages.totals[region], as_of) - held[region];
    line.price_local = line.price_usd = composite_unit_price_usd;
    line.usd_per_unit = 1.0;
    const double share = composite.tradable_share();
    line.shares = static_cast<Shares>(std::max(rest, 1.0) * 1e9 / composite_unit_price_usd);
    line.tradable = static_cast<Shares>(static_cast<double>(line.shares) * share);
    facts.lines.push_back(std::move(line));
  }
}

/// The newest row of each firm, channel and counterpart that was known.
void add_exposures(const Vintages& vintages, Date as_of, Facts& facts) {
  for (const DatedExposure& row : vintages.exposures) {
    const Exposure& said = row.exposure;
    if (row.known > as_of) break;
    if (facts.firm(said.firm) == Facts::npos && facts.line(said.firm) == Facts::npos) continue;
    const auto same =
        std::find_if(facts.exposures.begin(), facts.exposures.end(), [&](const Exposure& other) {
          return other.firm == said.firm && other.channel == said.channel &&
                 other.counterpart == said.counterpart;
        });
    if (same == facts.exposures.end()) {
      facts.exposures.push_back(said);
    } else {
      same->share = said.share;
    }
  }
}

}  // namespace

std::size_t Vintages::line_of_ticker(std::string_view ticker) const {
  for (std::size_t k = 0; k < lines.size(); ++k) {
    for (const Ticker& one : lines[k].line.tickers) {
      if (one.id == ticker) return k;
    }
  }
  return Facts::npos;
}

const std::vector<BasketPart>* Vintages::basket(std::string_view etf) const {
  for (const auto& [id, parts] : baskets) {
    if (id == etf) return &parts;
  }
  return nullptr;
}

Vintages load_vintages(const std::string& data_dir, Problems& problems) {
  return load_vintages(data_dir, data_dir + "/vintages", problems);
}

std::vector<std::string> vintage_files() {
  std::vector<std::string> files;
  for (const TableLayout& layout : vintage_layouts()) files.push_back(layout.name + ".csv");
  return files;
}

Vintages load_vintages(const std::string& data_dir, const std::string& folder, Problems& problems) {
  Vintages out;
  const std::size_t before = problems.errors().size();
  out.base = load_facts(data_dir, "", make_date(2026, 6, 12), problems);
  std::vector<DataTable> raw = read_tables(folder, vintage_layouts(), problems);
  if (problems.errors().size() > before) return out;
  const DataTables tables(std::move(raw));
  check_provenance(tables, problems);
  VintageReader(tables, out, problems).read();
  for (std::size_t k = 0; k < out.lines.size(); ++k) {
    if (out.caps[k].empty()) {
      problems.add(data_error::unknown_reference, {folder + "/caps.csv", 0, 0},
                   "line '" + out.lines[k].line.id + "' has no market value (lines.csv names it) add one");
    }
  }
  return out;
}

double known_on(const std::vector<DatedValue>& rows, Date date) {
  double value = rows.front().value;
  for (const DatedValue& row : rows) {
    if (row.date <= date) value = row.value;
  }
  return value;
}

Facts light_world(const Vintages& vintages, Date as_of, const std::vector<std::size_t>& lines,
                  bool composites) {
  Facts facts;
  facts.as_of = as_of;
  facts.venues = vintages.base.venues;
  facts.ownership_prior = vintages.base.ownership_prior;
  facts.investor_mix = vintages.base.investor_mix;
  facts.southbound_quota_usd = vintages.base.southbound_quota_usd;
  facts.calendar_until = as_of + 400;
  std::array<double, region_count> held{};
  for (const std::size_t k : lines) {
    held[index(vintages.lines[k].line.region)] += add_line(vintages.lines[k], vintages.caps[k], as_of, facts);
  }
  if (composites) add_composites(vintages, as_of, held, facts);
  add_exposures(vintages, as_of, facts);
  return facts;
}

}  // namespace chokepoint
