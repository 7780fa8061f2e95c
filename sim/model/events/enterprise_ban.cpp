#include "sim/model/events/enterprise_ban.hpp"

#include <algorithm>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

std::string regions_of(const Facts& facts, const std::string& enterprise) {
  std::vector<std::string> regions;
  for (const BankDesk& desk : facts.bank_desks) {
    if (desk.enterprise == enterprise) regions.emplace_back(name_of(desk.region, region_names));
  }
  return join(regions, ", ");
}

}  // namespace

void EnterpriseBan::check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
  problems.expect_known("vendor", vendor, vendor_ids(facts));
  const std::string enterprise = said.actor_firm();
  if (enterprise.empty()) return problems.add("the actor of an enterprise_ban must be a bank (firm:<id>)");
  const std::string regions = regions_of(facts, enterprise);
  if (regions.empty()) return;  // no bank of the data: a complaint already
  const auto desk = std::find_if(facts.bank_desks.begin(), facts.bank_desks.end(), [&](const BankDesk& one) {
    return one.enterprise == enterprise && name_of(one.region, region_names) == staff_region.value;
  });
  if (desk == facts.bank_desks.end()) {
    problems.add("'" + enterprise + "' has no desk in '" + staff_region.value +
                 "' (data/bank_desks.csv has it in " + regions + ")");
  } else if (std::find(desk->removed.begin(), desk->removed.end(), vendor) != desk->removed.end()) {
    problems.add("'" + enterprise + "' took '" + vendor + "' off its list in '" + staff_region.value +
                 "' before time.as_of (nothing is left to ban) leave the event out");
  }
}

}  // namespace chokepoint
