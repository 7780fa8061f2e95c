#include "sim/input/facts_line_rules.hpp"

#include <fmt/format.h>

#include <limits>

namespace chokepoint {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();

/// True when a dated rule is in force at T0; an empty `since` means "for as long as it matters here".
bool in_force(DataRow& row, const Facts& facts) {
  return row.empty("since") || row.date("since") <= facts.as_of;
}

struct Admission {
  bool may_buy = false;
  bool southbound = false;
};

/// By (ticker or `VENUE/*`) and domicile.
using Admissions = std::map<std::pair<std::string, Region>, Admission>;

bool names_a_ticker(const Facts& facts, const std::string& id) {
  for (const Line& line : facts.lines) {
    for (const Ticker& ticker : line.tickers) {
      if (ticker.id == id) return true;
    }
  }
  return false;
}

void check_access_target(DataRow& row, const Facts& facts, const std::string& id) {
  if (id.ends_with("/*")) {
    const std::string venue = id.substr(0, id.size() - 2);
    if (facts.venue(venue) == Facts::npos)
      row.complain_unknown("venue", venue, DataRow::ids_of(facts.venues));
  } else if (!names_a_ticker(facts, id)) {
    row.complain_unknown("line", id, DataRow::ids_of(facts.lines));
  }
}

Admissions read_admissions(const DataTables& tables, const Facts& facts, Problems& problems) {
  Admissions admissions;
  for (DataRow& row : tables.rows("line_access", problems)) {
    const std::string id = row.text("line");
    const auto domicile = row.word_of<Region>("domicile", region_names);
    Admission admission{row.yes("may_buy"), row.text("channel") == "stock_connect_south"};
    check_access_target(row, facts, id);
    if (admission.may_buy && !in_force(row, facts)) {
      row.complain(data_error::wrong_date,
                   fmt::format("access since {}, after T0 {}", row.text("since"), to_text(facts.as_of)));
    }
    if (row.ok()) admissions[{id, domicile}] = admission;
  }
  return admissions;
}

Admission admission_of(const Ticker& ticker, const Facts& facts, const Admissions& admissions,
                       Region domicile) {
  const auto own = admissions.find({ticker.id, domicile});
  if (own != admissions.end()) return own->second;
  const auto venue = admissions.find({facts.venues[ticker.venue].id + "/*", domicile});
  return venue == admissions.end() ? Admission{} : venue->second;
}

}  // namespace

void read_price_limits(const DataTables& tables, Facts& facts, Problems& problems) {
  std::map<std::pair<std::string, std::string>, double> limits;  // by venue and board
  for (DataRow& row : tables.rows("price_limits", problems)) {
    row.reference("venue", "venue", facts.venues);
    const double limit = row.number("limit", 0, 1);
    if (!in_force(row, facts)) {
      row.complain(data_error::wrong_date,
                   fmt::format("limit since {}, after T0 {}", row.text("since"), to_text(facts.as_of)));
    }
    limits[{row.text("venue"), row.text("board")}] = limit;
  }
  for (DataRow& row : tables.rows("listings", problems)) {
    const std::size_t line = facts.line(row.optional_text("line"));
    const auto limit = limits.find({row.optional_text("home"), row.optional_text("board")});
    if (line != Facts::npos && limit != limits.end()) facts.lines[line].limit = limit->second;
  }
}

void read_line_access(const DataTables& tables, Facts& facts, Problems& problems) {
  const Admissions admissions = read_admissions(tables, facts, problems);
  for (Line& line : facts.lines) {
    for (std::size_t d = 0; d < region_count; ++d) {
      for (const Ticker& ticker : line.tickers) {
        const Admission admission = admission_of(ticker, facts, admissions, static_cast<Region>(d));
        if (!admission.may_buy) continue;
        line.may_buy[d] = true;
        if (static_cast<Region>(d) == Region::cn && admission.southbound) line.southbound = true;
      }
    }
  }
}

void read_volatility(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("volatility", problems)) {
    const std::size_t line = row.reference("line", "line", facts.lines);
    const double percent = row.number("daily_sd_pct", 0, 20);
    if (row.ok()) facts.lines[line].daily_sd = percent / 100.0;
  }
}

void read_lockups(const DataTables& tables, Facts& facts, Problems& problems) {
  std::vector<Wide> locked(facts.lines.size(), 0);
  for (DataRow& row : tables.rows("lockups", problems)) {
    LockUp lockup;
    lockup.line = row.reference("line", "line", facts.lines);
    lockup.holder = row.text("holder");
    lockup.kind = row.word_of<HolderKind>("kind", holder_kind_names);
    lockup.domicile = row.word_of<Region>("domicile", region_names);
    lockup.shares = row.shares("shares");
    lockup.unlocks_on = row.date("unlocks_on");
    if (!row.ok()) continue;
    if (lockup.unlocks_on <= facts.as_of) {
      row.complain(data_error::wrong_date,
                   fmt::format("free since {}, not after T0 {}: such shares are tradable",
                               to_text(lockup.unlocks_on), to_text(facts.as_of)));
    }
    const Line& line = facts.lines[lockup.line];
    const bool fitted = locked[lockup.line] + line.tradable <= line.shares;
    locked[lockup.line] += lockup.shares;
    if (fitted && locked[lockup.line] + line.tradable > line.shares) {
      row.complain(
          data_error::inconsistent,
          fmt::format("tradable {} and locked {} shares of '{}' exceed its {} shares from this row on",
                      line.tradable, to_text(locked[lockup.line]), line.id, line.shares));
    }
    facts.lockups.push_back(std::move(lockup));
  }
}

void read_quota(const DataTables& tables, const Money& money, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("stock_connect", problems)) {
    const bool south = row.word("direction", {"north", "south"}) == 1;
    const double quota_bn = row.number("quota_bn", 0, unbounded);
    const double links = row.number("links", 1, 10);
    row.word("unit", {"per_link_per_day"});
    const auto rate = money.usd_per_unit.find(row.text("currency"));
    if (rate == money.usd_per_unit.end()) {
      row.complain(data_error::unknown_reference,
                   fmt::format("fx has no currency '{}'", row.optional_text("currency")));
    }
    if (!in_force(row, facts)) row.complain(data_error::wrong_date, "the quota starts after T0");
    if (row.ok() && south) facts.southbound_quota_usd = quota_bn * 1e9 * links * rate->second;
  }
}

}  // namespace chokepoint
