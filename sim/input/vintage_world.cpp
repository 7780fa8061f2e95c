#include "sim/input/vintage_world.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {
namespace {

/// The newest day not after `date` for which there is a value; `rows` begin before it.
Date dated_on(const std::vector<DatedValue>& rows, Date date) {
  Date newest = rows.front().date;
  for (const DatedValue& row : rows) {
    if (row.date <= date) newest = row.date;
  }
  return newest;
}

/// Without a first value by then, known_on would take one of later.
bool known_by(const std::vector<DatedValue>& rows, Date date) {
  return !rows.empty() && rows.front().date <= date;
}

void check_known(const Vintages& vintages, Date as_of, Problems& problems) {
  const SourcePosition where{"data.vintages", 0, 0};
  if (lines_known_on(vintages, as_of).empty()) {
    problems.add("E098", where,
                 fmt::format("no line was listed with a market value on {} (the vintages begin later) choose "
                             "a later time.as_of",
                             to_text(as_of)));
  }
  for (std::size_t r = 0; r < region_count; ++r) {
    if (known_by(vintages.totals[r], as_of)) continue;
    problems.add(
        "E098", where,
        fmt::format("market_totals.csv has no value of {} on {} (composites would be of later) choose "
                    "a later time.as_of",
                    region_names[r], to_text(as_of)));
  }
}

/// Nothing of June 2026 stays in a line but what holds for all years.
void date_line(const Vintages& vintages, std::size_t from, Date as_of, Line& line) {
  line.daily_sd = 0;
  line.level_low = line.level_high = 0;
  line.basis = PriceBasis::dated;
  line.quoted_on = to_text(dated_on(vintages.caps[from], as_of));
}

/// Firms that are no part of the market: they act, and nothing is known of their value.
void add_unlisted_firms(const Facts& base, Facts& facts) {
  for (const Firm& firm : base.firms) {
    if (facts.firm(firm.id) != Facts::npos) continue;
    facts.firms.push_back(firm);
    facts.firms.back().listed = false;
    facts.firms.back().mark_bn_usd = 0;
  }
}

/// The first venue whose closed days end sets the horizon; venues without any keep every weekday.
Date closed_days_until(const Facts& facts) {
  Date until = facts.calendar_until;
  for (const Venue& venue : facts.venues) {
    if (!venue.closed.empty()) until = std::min(until, venue.closed.back());
  }
  return until;
}

}  // namespace

std::vector<std::size_t> lines_known_on(const Vintages& vintages, Date as_of) {
  std::vector<std::size_t> lines;
  for (std::size_t k = 0; k < vintages.lines.size(); ++k) {
    if (vintages.lines[k].listed_since <= as_of && known_by(vintages.caps[k], as_of)) lines.push_back(k);
  }
  return lines;
}

Facts vintage_world(const Vintages& vintages, Date as_of, Problems& problems) {
  const std::size_t before = problems.errors().size();
  check_known(vintages, as_of, problems);
  if (problems.errors().size() > before) return {};
  const std::vector<std::size_t> lines = lines_known_on(vintages, as_of);
  Facts facts = light_world(vintages, as_of, lines);
  for (std::size_t i = 0; i < lines.size(); ++i) date_line(vintages, lines[i], as_of, facts.lines[i]);
  for (std::size_t i = lines.size(); i < facts.lines.size(); ++i) {
    const Line& composite = facts.lines[i];
    facts.lines[i].quoted_on = to_text(dated_on(vintages.totals[index(composite.region)], as_of));
    facts.lines[i].daily_sd = 0;
  }
  add_unlisted_firms(vintages.base, facts);
  facts.calendar_until = closed_days_until(facts);
  return facts;
}

Facts load_vintage_world(const std::string& data_dir, const std::string& folder, Date as_of,
                         Problems& problems) {
  const std::size_t before = problems.errors().size();
  const Vintages vintages = load_vintages(data_dir, folder, problems);
  if (problems.errors().size() > before) return {};
  return vintage_world(vintages, as_of, problems);
}

}  // namespace chokepoint
