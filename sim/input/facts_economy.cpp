#include "sim/input/facts_economy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();

enum class Measure : unsigned { revenue, metered_share, users, research_staff, foreign_staff_share };
constexpr std::size_t measure_count = 5;
constexpr std::array<std::string_view, measure_count> measure_names{
    "revenue_bn_usd", "metered_share", "users_mn", "research_staff", "foreign_staff_share"};
constexpr std::array<std::string_view, 2> authority_names{"terms", "law"};
enum class Binds : unsigned { place, owner };
constexpr std::array<std::string_view, 2> binds_names{"place", "owner"};
enum class Group : unsigned { nationality, owner };
constexpr std::array<std::string_view, 2> group_names{"nationality", "owner"};

/// A sum of shares that must be 1, and where its last row stands.
struct ShareSum {
  double sum = 0;
  SourcePosition where;
  void add(double share, const SourcePosition& row) {
    sum += share;
    where = row;
  }
};

/// Complains unless the shares of every group sum to 1. A world without vendors may leave the table empty.
void check_sums(const std::vector<ShareSum>& sums, const std::vector<std::string>& groups,
                const DataTable& table, const Facts& facts, Problems& problems) {
  if (table.csv.rows.empty() && facts.vendors.empty()) return;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const bool no_row = sums[i].where.path.empty();
    check_share_sum(sums[i].sum, table, no_row ? SourcePosition{table.csv.path, 0, 0} : sums[i].where,
                    groups[i], problems);
  }
}

std::vector<std::string> all_regions() { return {region_names.begin(), region_names.end()}; }

double read_staff(DataRow& row, std::string_view column) {
  const double persons = row.number(column, 0, 1e9);
  if (persons == std::floor(persons)) return persons;
  row.complain(data_error::bad_value,
               fmt::format("{} = '{}' (must be a whole number of persons)", column, persons));
  return 0;
}

void read_measure(DataRow& row, Measure measure, Vendor& vendor) {
  switch (measure) {
    case Measure::revenue:
      vendor.revenue_usd = 1e9 * row.number("value", 0, unbounded);
      break;
    case Measure::metered_share:
      vendor.metered_share = row.number("value", 0, 1);
      break;
    case Measure::users:
      vendor.users = 1e6 * row.number("value", 0, unbounded);
      break;
    case Measure::research_staff:
      vendor.research_staff = static_cast<std::int64_t>(read_staff(row, "value"));
      break;
    case Measure::foreign_staff_share:
      vendor.foreign_staff_share = row.number("value", 0, 1);
      break;
  }
}

bool sells_usable_model(const Facts& facts, std::string_view vendor) {
  return std::any_of(facts.models.begin(), facts.models.end(),
                     [&](const AiModel& model) { return model.developer == vendor && model.usable(); });
}

/// Where a vendor is first named, and which measures its rows state.
struct VendorRows {
  SourcePosition first;
  std::array<bool, measure_count> stated{};
};

void check_vendors(const std::vector<VendorRows>& rows, const Facts& facts, Problems& problems) {
  for (std::size_t v = 0; v < rows.size(); ++v) {
    const std::string& id = facts.vendors[v].id;
    for (std::size_t m = 0; m < measure_count; ++m) {
      if (rows[v].stated[m]) continue;
      problems.add(
          data_error::inconsistent, rows[v].first,
          fmt::format("vendor '{}' has no row '{}' (every vendor needs all measures)", id, measure_names[m]));
    }
    if (sells_usable_model(facts, id)) continue;
    problems.add(
        data_error::inconsistent, rows[v].first,
        fmt::format("vendor '{}' has no model with capability and price (nothing of it can be chosen)", id));
  }
}

/// A usable model of a developer that is no vendor could be named by no table of use.
void check_developers(const DataTables& tables, const Facts& facts, Problems& problems) {
  if (facts.vendors.empty()) return;
  for (DataRow& row : tables.rows("models", problems)) {
    const AiModel* model = facts.model(row.optional_text("model"));
    if (model == nullptr || !model->usable() || facts.vendor(model->developer) != Facts::npos) continue;
    row.complain(data_error::inconsistent,
                 fmt::format("'{}' has capability and price, but its developer '{}' is not in vendors",
                             model->id, model->developer));
  }
}

void read_vendors(const DataTables& tables, Facts& facts, Problems& problems) {
  std::vector<VendorRows> rows;
  bool complete = true;
  for (DataRow& row : tables.rows("vendors", problems)) {
    const std::size_t firm = row.reference("vendor", "firm", facts.firms);
    const auto measure = row.word_of<Measure>("measure", measure_names);
    complete = complete && row.ok();
    if (!row.ok()) continue;
    std::size_t at = facts.vendor(facts.firms[firm].id);
    if (at == Facts::npos) {
      at = facts.vendors.size();
      Vendor vendor;
      vendor.id = facts.firms[firm].id;
      vendor.firm = firm;
      vendor.home = facts.firms[firm].headquarters;
      facts.vendors.push_back(std::move(vendor));
      rows.push_back({row.where(), {}});
    }
    read_measure(row, measure, facts.vendors[at]);
    rows[at].stated[index(measure)] = true;
  }
  if (!complete) return;
  check_vendors(rows, facts, problems);
  check_developers(tables, facts, problems);
}

/// Law wins over terms for the same cell, whatever the order of rows.
void deny(Vendor& vendor, bool by_law, Binds binds, Region region) {
  Denial& cell = (binds == Binds::place ? vendor.place : vendor.owner)[index(region)];
  if (by_law) {
    cell = Denial::law;
  } else if (cell == Denial::none) {
    cell = binds == Binds::place ? Denial::terms_place : Denial::terms_ownership;
  }
}

void read_access_rules(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("access_rules", problems)) {
    const bool by_law = row.word("authority", {authority_names.begin(), authority_names.end()}) == 1;
    const std::size_t vendor = row.reference("vendor", "vendor", facts.vendors);
    const auto binds = row.word_of<Binds>("kind", binds_names);
    const auto region = row.word_of<Region>("region", region_names);
    const bool allowed = row.yes("allowed");
    const bool in_force = row.empty("since") || row.date("since") <= facts.as_of;
    if (row.ok() && !allowed && in_force) deny(facts.vendors[vendor], by_law, binds, region);
  }
}

void read_workforce(const DataTables& tables, Facts& facts, Problems& problems) {
  std::vector<ShareSum> sums(region_count * group_names.size());
  bool complete = true;
  for (DataRow& row : tables.rows("workforce", problems)) {
    const std::size_t region = index(row.word_of<Region>("region", region_names));
    const auto kind = row.word_of<Group>("kind", group_names);
    const double share = row.number("share", 0, 1);
    RegionWorkforce& workforce = facts.workforce[region];
    if (kind == Group::nationality) {
      workforce.nationality[index(row.word_of<Nationality>("group", nationality_names))] = share;
    } else {
      workforce.owner[index(row.word_of<Region>("group", region_names))] = share;
    }
    complete = complete && row.ok();
    if (row.ok()) sums[region * group_names.size() + index(kind)].add(share, row.where());
  }
  std::vector<std::string> groups;
  for (const auto region : region_names) {
    for (const auto group : group_names) groups.push_back(fmt::format("{} {}", region, group));
  }
  if (complete) check_sums(sums, groups, tables["workforce"], facts, problems);
}

void read_spending(const DataTables& tables, Facts& facts, Problems& problems) {
  std::vector<ShareSum> sums(1);
  bool complete = true;
  for (DataRow& row : tables.rows("ai_spend", problems)) {
    const std::size_t region = index(row.word_of<Region>("region", region_names));
    facts.workforce[region].spend_share = row.number("share", 0, 1);
    complete = complete && row.ok();
    if (row.ok()) sums[0].add(facts.workforce[region].spend_share, row.where());
  }
  if (complete) check_sums(sums, {"the world"}, tables["ai_spend"], facts, problems);
}

/// A product of a vendor needs a usable model of its kind that was out on the day the share describes.
void check_product(DataRow& row, const UsageShare& usage, const Facts& facts) {
  const bool of_vendor = usage.kind == ProductKind::closed || usage.kind == ProductKind::open_hosted;
  if (!of_vendor) {
    if (usage.vendor.empty()) return;
    row.complain(data_error::bad_value, fmt::format("vendor = '{}' (must be empty: '{}' has no vendor)",
                                                    usage.vendor, name_of(usage.kind, product_kind_names)));
    return;
  }
  row.reference("vendor", "vendor", facts.vendors);
  const Date day = row.date("period");
  if (!row.ok()) return;
  const bool open = usage.kind == ProductKind::open_hosted;
  const bool sold = std::any_of(facts.models.begin(), facts.models.end(), [&](const AiModel& model) {
    return model.developer == usage.vendor && model.open == open && model.usable() && model.released <= day;
  });
  if (sold) return;
  row.complain(data_error::inconsistent, fmt::format("'{}' had no {} model with capability and price on {}",
                                                     usage.vendor, open ? "open" : "closed", to_text(day)));
}

void read_usage(const DataTables& tables, Facts& facts, Problems& problems) {
  std::vector<ShareSum> sums(region_count);
  bool complete = true;
  for (DataRow& row : tables.rows("vendor_shares", problems)) {
    UsageShare usage;
    usage.region = row.word_of<Region>("region", region_names);
    usage.vendor = row.optional_text("vendor");
    usage.kind = row.word_of<ProductKind>("product", product_kind_names);
    usage.share = row.number("share", 0, 1);
    check_product(row, usage, facts);
    complete = complete && row.ok();
    if (!row.ok()) continue;
    sums[index(usage.region)].add(usage.share, row.where());
    facts.usage.push_back(std::move(usage));
  }
  if (complete) check_sums(sums, all_regions(), tables["vendor_shares"], facts, problems);
}

void read_removal(DataRow& row, const Facts& facts, BankDesk& desk) {
  if (row.empty("removed_vendor") && row.empty("removed_on")) return;
  row.reference("removed_vendor", "vendor", facts.vendors);
  const Date day = row.date("removed_on");
  if (row.ok() && day <= facts.as_of) desk.removed.push_back(row.text("removed_vendor"));
}

void read_bank_desks(const DataTables& tables, Facts& facts, Problems& problems) {
  for (DataRow& row : tables.rows("bank_desks", problems)) {
    BankDesk desk;
    desk.enterprise = row.text("enterprise");
    desk.name = row.text("name");
    desk.owner = row.word_of<Region>("headquarters", region_names);
    desk.region = row.word_of<Region>("region", region_names);
    desk.staff = static_cast<std::int64_t>(read_staff(row, "staff"));
    desk.reading = row.word_of<Reading>("reading", reading_names);
    read_removal(row, facts, desk);
    const std::size_t firm = facts.firm(desk.enterprise);
    if (row.ok() && firm != Facts::npos && facts.firms[firm].headquarters != desk.owner) {
      row.complain(data_error::inconsistent,
                   fmt::format("headquarters of '{}' in {} (firms say {})", desk.enterprise,
                               name_of(desk.owner, region_names),
                               name_of(facts.firms[firm].headquarters, region_names)));
    }
    if (row.ok()) facts.bank_desks.push_back(std::move(desk));
  }
}

}  // namespace

void read_economy(const DataTables& tables, Facts& facts, Problems& problems) {
  read_vendors(tables, facts, problems);
  read_access_rules(tables, facts, problems);
  read_workforce(tables, facts, problems);
  read_spending(tables, facts, problems);
  read_usage(tables, facts, problems);
  read_bank_desks(tables, facts, problems);
}

}  // namespace chokepoint
