#include "sim/input/facts_compute.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

namespace chokepoint {
namespace {

constexpr double unbounded = std::numeric_limits<double>::max();

enum class Measured : unsigned {
  stock,
  state_funded,
  domestic_output,
  domestic_cumulative,
  other_chinese_demand
};
constexpr std::array<std::string_view, 5> measured_names{"stock_h100e", "state_funded", "domestic_output",
                                                         "domestic_cumulative", "other_chinese_demand"};
enum class RuleKind : unsigned { chips, procurement_ban, all_foreign_ban, counter_control, rental_bar };
constexpr std::array<std::string_view, 5> rule_kind_names{"chips", "procurement_ban", "all_foreign_ban",
                                                          "counter_control", "rental_bar"};

bool has_no_compute(const std::string& dir) {
  for (const TableLayout& layout : compute_layouts()) {
    if (std::filesystem::exists(dir + "/" + layout.name + ".csv")) return false;
  }
  return true;
}

void read_chips(const DataTables& tables, ComputeFacts& compute, Problems& problems) {
  for (DataRow& row : tables.rows("chips", problems)) {
    ChipKind chip;
    chip.id = row.text("chip");
    chip.designer = row.word_of<Region>("designer", region_names);
    chip.tpp = row.number("tpp", 0, unbounded);
    chip.bandwidth_gb_s = row.number("bandwidth_gb_s", 0, unbounded);
    chip.h100e = row.number("h100e", 1e-6, unbounded);
    chip.price_usd = row.number("price_usd", 1, unbounded);
    chip.on_sale = row.date("on_sale");
    if (row.ok()) compute.chips.push_back(std::move(chip));
  }
}

/// Stocks belong to a vendor; output and demand of China have an empty `vendor`.
void read_vendor_compute(const DataTables& tables, const Facts& facts, ComputeFacts& compute,
                         Problems& problems) {
  compute.stock.assign(facts.vendors.size(), 0.0);
  compute.state_funded.assign(facts.vendors.size(), 0.0);
  for (DataRow& row : tables.rows("vendor_compute", problems)) {
    const auto measure = row.word_of<Measured>("measure", measured_names);
    const double value = row.number("value", 0, measure == Measured::state_funded ? 1 : unbounded);
    if (measure == Measured::stock || measure == Measured::state_funded) {
      const std::size_t vendor = row.reference("vendor", "vendor", facts.vendors);
      if (!row.ok()) continue;
      (measure == Measured::stock ? compute.stock : compute.state_funded)[vendor] = value;
      continue;
    }
    if (!row.empty("vendor")) {
      row.complain(data_error::bad_value, fmt::format("vendor = '{}' (must be empty: '{}' is of all China)",
                                                      row.text("vendor"), name_of(measure, measured_names)));
    } else if (measure == Measured::domestic_output) {
      compute.domestic_output = value;
    } else if (measure == Measured::domestic_cumulative) {
      compute.domestic_cumulative = value;
    } else {
      compute.other_chinese_demand = value;
    }
  }
}

std::vector<std::string> words_of(DataRow& row, std::string_view column) {
  std::vector<std::string> words;
  if (row.empty(column)) return words;
  for (const auto& part : split(row.text(column), ';')) words.push_back(trim(part));
  return words;
}

double number_or_none(DataRow& row, std::string_view column) {
  return row.empty(column) ? 0.0 : row.number(column, 0, unbounded);
}

ChipRule rule_of(DataRow& row, const Facts& facts) {
  ChipRule rule;
  rule.measure = row.text("measure");
  rule.government = row.word_of<Region>("government", region_names);
  for (const auto& word : words_of(row, "targets")) {
    if (const auto region = parse_enum<Region>(word, region_names)) {
      rule.target[index(*region)] = true;
    } else {
      row.complain_unknown("region", word, {region_names.begin(), region_names.end()});
    }
  }
  rule.by_parent = row.yes("by_parent");
  rule.tpp_above = number_or_none(row, "tpp_above");
  rule.bandwidth_above = number_or_none(row, "bandwidth_above");
  rule.policy = row.word_of<LicencePolicy>("licence", licence_policy_names);
  rule.units_per_firm = number_or_none(row, "units_per_firm");
  rule.tools = row.empty("level") ? 0.0 : row.number("level", 0, 1);
  for (const auto& id : words_of(row, "vendors")) {
    const std::size_t vendor = facts.vendor(id);
    if (vendor == Facts::npos) row.complain_unknown("vendor", id, DataRow::ids_of(facts.vendors));
    rule.vendors.push_back(vendor);
  }
  return rule;
}

void enact(DataRow& row, RuleKind kind, ChipPolicy& policy) {
  const double level = row.number("level", 0, 1);
  if (kind == RuleKind::procurement_ban) policy.procurement_ban = std::max(policy.procurement_ban, level);
  if (kind == RuleKind::all_foreign_ban) policy.all_foreign_ban = std::max(policy.all_foreign_ban, level);
  if (kind == RuleKind::counter_control) policy.counter_control = std::max(policy.counter_control, level);
  if (kind == RuleKind::rental_bar) policy.rental_barred = policy.rental_barred || level > 0;
}

void read_rules(const DataTables& tables, const Facts& facts, ChipPolicy& policy, Problems& problems) {
  for (DataRow& row : tables.rows("chip_rules", problems)) {
    const auto kind = row.word_of<RuleKind>("kind", rule_kind_names);
    const Date since = row.date("since");
    if (!row.ok()) continue;
    const bool in_force = since <= facts.as_of;
    if (kind != RuleKind::chips) {
      if (in_force) enact(row, kind, policy);
      continue;
    }
    ChipRule rule = rule_of(row, facts);
    if (row.ok() && in_force) policy.rules.push_back(std::move(rule));
  }
}

}  // namespace

void read_compute(const std::string& dir, const Facts& facts, ComputeFacts& compute, ChipPolicy& at_start,
                  Problems& problems) {
  if (has_no_compute(dir)) return;
  const std::size_t before = problems.errors().size();
  const DataTables tables(read_tables(dir, compute_layouts(), problems));
  if (problems.errors().size() > before) return;
  check_provenance(tables, problems);
  read_chips(tables, compute, problems);
  read_vendor_compute(tables, facts, compute, problems);
  read_rules(tables, facts, at_start, problems);
}

}  // namespace chokepoint
