#include "sim/input/facts_loader.hpp"

#include <filesystem>

#include "sim/input/facts_compute.hpp"
#include "sim/input/facts_economy.hpp"
#include "sim/input/facts_line_rules.hpp"
#include "sim/input/facts_lines.hpp"
#include "sim/input/facts_overlay.hpp"
#include "sim/input/facts_talent.hpp"
#include "sim/input/facts_world.hpp"

namespace chokepoint {
namespace {

/// Lines of shares and their rules.
void read_market(const DataTables& tables, const Money& money, Facts& facts, Problems& problems) {
  read_listings(tables, money, facts, problems);
  read_composites(tables, money, facts, problems);
  read_price_limits(tables, facts, problems);
  read_line_access(tables, facts, problems);
  read_volatility(tables, facts, problems);
  read_lockups(tables, facts, problems);
  read_quota(tables, money, facts, problems);
}

}  // namespace

Facts load_facts(const std::string& data_dir, const std::string& overlay, Date as_of, Problems& problems,
                 bool with_market) {
  Facts facts;
  facts.as_of = as_of;
  if (!std::filesystem::is_directory(data_dir)) {
    problems.add("E021", {data_dir, 0, 0},
                 "no such folder (data.dir counts from where the program is started) start it at the top of "
                 "the checkout or set data.dir");
    return facts;
  }
  const std::size_t before = problems.errors().size();
  std::vector<DataTable> raw = read_tables(data_dir, table_layouts(), problems);
  if (problems.errors().size() > before)
    return facts;  // without a table, all that refers to it would be "unknown"
  if (!overlay.empty()) apply_overlay(overlay, raw, problems);

  const DataTables tables(std::move(raw));
  check_provenance(tables, problems);
  const Money money = with_market ? read_money(tables, facts, problems) : Money{};
  if (!with_market) read_rates(tables, facts, problems);
  read_venues(tables, facts, problems);
  read_calendar(tables, facts, problems);
  read_index_reviews(tables, facts, problems);
  read_firms(tables, facts, problems);
  read_models(tables, facts, problems);
  if (with_market) read_market(tables, money, facts, problems);
  read_ownership_prior(tables, facts, problems);
  read_investor_mix(tables, facts, problems);
  read_exposures(tables, facts, problems);
  facts.as_of = as_of;  // prices were checked against the date of the data
  read_economy(tables, facts, problems);
  read_talent(tables, facts, problems);
  check_research_staff(tables, facts, problems);
  read_compute(data_dir, facts, facts.compute, facts.chip_policy, problems);
  return facts;
}

std::vector<std::string> data_files() {
  std::vector<std::string> files;
  for (const TableLayout& layout : table_layouts()) files.push_back(layout.name + ".csv");
  for (const TableLayout& layout : compute_layouts()) files.push_back(layout.name + ".csv");
  return files;
}

}  // namespace chokepoint
