#include "sim/input/facts_world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/model/events/reach.hpp"

namespace chokepoint {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();

void read_opening_hours(DataRow& row, Venue& venue) {
  venue.open = row.second_of_day("open");
  venue.close = row.second_of_day("close");
  const bool breaks = !row.empty("lunch_start") || !row.empty("lunch_end");
  if (breaks) {
    venue.lunch_start = row.second_of_day("lunch_start");
    venue.lunch_end = row.second_of_day("lunch_end");
  }
  const bool ordered = breaks ? venue.open < venue.lunch_start && venue.lunch_start < venue.lunch_end &&
                                    venue.lunch_end < venue.close
                              : venue.open < venue.close;
  if (row.ok() && !ordered) row.complain(data_error::bad_value, "the opening hours are not in order");
}

void read_closed_day(DataRow& row, Facts& facts) {
  const std::size_t venue = row.reference("venue", "venue", facts.venues);
  const Date date = row.date("date");
  const bool closed = row.word("status", {"closed", "half_day"}) == 0;
  if (!row.ok()) return;
  if (weekday(date) > 4) {
    row.complain(data_error::wrong_date,
                 fmt::format("{} is a week-end (only weekdays are listed)", to_text(date)));
    return;
  }
  if (closed) facts.venues[venue].closed.push_back(date);
}

/// Reads one table of shares by (region, second key); absent cells stay 0 and show up in the sum.
template <std::size_t N, std::size_t M>
void read_shares(const DataTables& tables, const char* name, const char* row_column, const char* cell_column,
                 const std::array<std::string_view, M>& cell_names,
                 std::array<std::array<double, M>, N>& shares, Problems& problems) {
  std::array<SourcePosition, N> where;
  where.fill({tables[name].csv.path, 0, 0});
  bool complete = true;
  for (DataRow& row : tables.rows(name, problems)) {
    const auto region = index(row.word_of<Region>(row_column, region_names));
    const std::size_t cell = row.word(cell_column, {cell_names.begin(), cell_names.end()});
    const double share = row.number("share", 0, 1);
    complete = complete && row.ok();
    if (!row.ok()) continue;
    shares[region][cell] = share;
    where[region] = row.where();
  }
  if (!complete) return;
  for (std::size_t region = 0; region < N; ++region) {
    double sum = 0;
    for (const double share : shares[region]) sum += share;
    check_share_sum(sum, tables[name], where[region], region_names[region], problems);
  }
}

/// Editions are months (`2026-09`), so that the newest is the last in the order of text.
std::string newest_edition(const DataTable& models) {
  std::string newest;
  for (const CsvRow& row : models.csv.rows) newest = std::max(newest, models.cell(row, "capability_vintage"));
  return newest;
}

/// Editions have different scales: an index of an older one is no capability.
double read_capability(DataRow& row, std::string_view edition) {
  if (row.empty("capability_index") != row.empty("capability_vintage")) {
    row.complain(data_error::inconsistent,
                 "capability_index and capability_vintage come together or not at all");
  }
  if (row.empty("capability_index")) return 0;
  const double capability = row.number("capability_index", 0, unbounded);
  return row.optional_text("capability_vintage") == edition ? capability : 0;
}

/// Three parts input, one part output.
double read_token_price(DataRow& row) {
  if (row.empty("price_in_usd_mtok") != row.empty("price_out_usd_mtok")) {
    row.complain(data_error::inconsistent, "a model has two prices, of input and output, or none");
    return 0;
  }
  if (row.empty("price_in_usd_mtok")) return 0;
  const double input = row.number("price_in_usd_mtok", 0, unbounded);
  return (3 * input + row.number("price_out_usd_mtok", 0, unbounded)) / 4;
}

void add_stake(DataRow& row, Facts& facts, double share) {
  const std::size_t holder = row.reference("firm", "firm", facts.firms);
  const std::size_t owned = row.reference("counterpart", "firm", facts.firms);
  if (!row.ok()) return;
  if (facts.firms[owned].listed) {
    row.complain(data_error::inconsistent,
                 fmt::format("'{}' is listed (a stake is one in a private firm)", facts.firms[owned].id));
  }
  facts.stakes.push_back({holder, owned, share});
}

void add_exposure(DataRow& row, Facts& facts, Channel channel, double share) {
  if (facts.lines.empty() && channel == Channel::regime) return;  // a world without a market
  const std::size_t line = facts.line(row.text("firm"));
  const bool composite = line != Facts::npos && facts.lines[line].group == LineGroup::composite;
  if (!composite) row.reference("firm", "firm", facts.firms);
  if (composite && channel != Channel::regime) {
    row.complain(data_error::inconsistent, "a composite has exposure through the regime channel only");
  }
  const std::string counterpart = row.text("counterpart");
  const auto among = [&](const auto& words) {
    return std::find(words.begin(), words.end(), counterpart) != words.end();
  };
  if (channel == Channel::target && !among(class_names)) row.reference("counterpart", "model", facts.models);
  if (channel == Channel::vacated && !among(segment_names)) row.reference("counterpart", "firm", facts.firms);
  facts.exposures.push_back({row.text("firm"), channel, row.text("counterpart"), share});
}

}  // namespace

void read_venues(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("venues", problems)) {
    Venue venue;
    venue.id = row.text("venue");
    venue.region = row.word_of<Region>("region", region_names);
    venue.session = row.word_of<Session>("session", session_names);
    venue.currency = row.text("currency");
    venue.timezone = row.text("timezone");
    if (!utc_offset(venue.timezone, facts.as_of)) {
      row.complain(data_error::unknown_reference, fmt::format("unknown time zone '{}'", venue.timezone));
    }
    read_opening_hours(row, venue);
    const Date known_to = row.date("closed_days_known_to");
    if (facts.venues.empty() || known_to < facts.calendar_until) facts.calendar_until = known_to;
    facts.venues.push_back(std::move(venue));
  }
}

void read_calendar(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("calendar", problems)) read_closed_day(row, facts);
  for (Venue& venue : facts.venues) std::sort(venue.closed.begin(), venue.closed.end());
}

void read_index_reviews(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("index_reviews", problems)) {
    const std::size_t venue = row.reference("venue", "venue", facts.venues);
    facts.reviews.push_back({venue, row.date("effective_on")});
  }
}

void read_firms(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("firms", problems)) {
    Firm firm;
    firm.id = row.text("firm");
    firm.name = row.text("name");
    firm.headquarters = row.word_of<Region>("headquarters", region_names);
    firm.sector = row.text("sector");
    firm.ai = row.yes("ai");
    firm.listed = row.word("status", {"private", "listed"}) == 1;
    facts.firms.push_back(std::move(firm));
  }
  for (DataRow& row : tables.rows("firms", problems)) {
    if (!row.empty("parent")) row.reference("parent", "firm", facts.firms);
  }
  for (DataRow& row : tables.rows("private_firms", problems)) {
    const std::size_t firm = row.reference("firm", "firm", facts.firms);
    const double mark = row.number("mark_bn_usd", 0, unbounded);
    if (!row.ok()) continue;
    if (facts.firms[firm].listed) row.complain(data_error::inconsistent, "a listed firm has no private mark");
    facts.firms[firm].mark_bn_usd = mark;
  }
}

void read_models(const DataTables& tables, Facts& facts, Problems& problems) {
  const std::string edition = newest_edition(tables["models"]);
  for (DataRow& row : tables.rows("models", problems)) {
    AiModel model;
    model.id = row.text("model");
    model.developer = row.text("developer");
    row.reference("developer", "firm", facts.firms);
    model.released = row.date("released");
    model.open = row.word("weights", {"closed", "open"}) == 1;
    model.claimed_best_open = row.word("claimed_best_open", {"no", "yes", "unknown"}) == 1;
    model.capability = read_capability(row, edition);
    model.price = read_token_price(row);
    facts.models.push_back(std::move(model));
  }
}

void read_ownership_prior(const DataTables& tables, Facts& facts, Problems& problems) {
  read_shares(tables, "ownership_prior", "venue_region", "domicile", region_names, facts.ownership_prior,
              problems);
}

void read_investor_mix(const DataTables& tables, Facts& facts, Problems& problems) {
  read_shares(tables, "investor_mix", "domicile", "investor_type", investor_type_names, facts.investor_mix,
              problems);
}

void read_exposures(const DataTables& tables, Facts& facts, Problems& problems) {
  std::vector<std::string> kinds(channel_names.begin(), channel_names.end());
  kinds.emplace_back("stake");
  for (DataRow& row : tables.rows("exposures", problems)) {
    const std::size_t kind = row.word("kind", kinds);
    const double share = row.number("share", 0, 1);
    if (!row.ok()) continue;
    if (kind == channel_count) {
      add_stake(row, facts, share);
    } else {
      add_exposure(row, facts, static_cast<Channel>(kind), share);
    }
  }
}

}  // namespace chokepoint
