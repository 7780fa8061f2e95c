#include "sim/model/enterprises/menus.hpp"

#include <string>

namespace chokepoint {
namespace {

struct Approval {
  bool approves_rival;
  double share;
};

/// Headquarters in Hong Kong or elsewhere have no rivals to approve.
std::vector<Approval> approvals(const EnterprisePopulationParams& params, Region owner) {
  if (owner != Region::us && owner != Region::cn) return {{true, 1.0}};
  return {{false, 1.0 - params.approves_rival}, {true, params.approves_rival}};
}

double reading_share(const EnterprisePopulationParams& params, std::size_t reading) {
  double sum = 0.0;
  for (const double share : params.reading_share) sum += share;
  return sum > 0.0 ? params.reading_share[reading] / sum : 1.0 / reading_count;
}

/// `weight` is the share of the region's staff in enterprises that are no named desks.
void add_unnamed(const Facts& facts, const EnterprisePopulationParams& params, Region region, double weight,
                 std::vector<Menu>& menus) {
  for (std::size_t o = 0; o < region_count; ++o) {
    for (std::size_t s = 0; s < reading_count; ++s) {
      const double share = weight * facts.workforce[index(region)].owner[o] * reading_share(params, s);
      for (const Approval& approval : approvals(params, static_cast<Region>(o))) {
        menus.push_back({{region, static_cast<Region>(o), static_cast<Reading>(s)},
                         approval.approves_rival,
                         0,
                         share * approval.share});
      }
    }
  }
}

}  // namespace

void EnterprisePopulationParams::fields(FieldList& list, EnterprisePopulationParams& p) {
  list.add("enterprise.count", p.count, "agents", 100, 100000, "assumption",
           "agents that stand for enterprises, named desks apart");
  for (std::size_t r = 0; r < region_count; ++r) {
    list.add("enterprise.agents." + std::string(region_names[r]), p.region_share[r], "share", 0, 1,
             "assumption: resolution only, weights scale to the region's spending",
             "share of the agents that stand for enterprises of the region");
  }
  for (std::size_t s = 0; s < reading_count; ++s) {
    list.add("enterprise.reading." + std::string(reading_names[s]), p.reading_share[s], "share", 0, 1,
             "assumption: nobody has counted them; the three are scaled to sum to 1",
             "share of enterprises that read terms this way");
  }
  list.add("enterprise.approves_rival", p.approves_rival, "share", 0, 1, "assumption: 0-.5",
           "enterprises with headquarters in the US (China) that approve closed products of China (the US)");
  list.add("enterprise.bank_share", p.bank_share, "share", 0, 1, "assumption",
           "unnamed enterprises that are banks, the peers of the named desks");
  list.add("enterprise.size_sd", p.size_sd, "log points", 0, 2, "assumption",
           "standard deviation of log staff of enterprises");
  list.add("enterprise.seats", p.seats, "persons", 1e6, 1e10,
           "assumption: 1e7-1e9; matters only for the weight of named desks in their region",
           "staff of enterprises worldwide who have a seat with a model");
}

double desk_share(const Facts& facts, const EnterprisePopulationParams& params, const BankDesk& desk) {
  double staff = 0.0;
  for (const BankDesk& other : facts.bank_desks) {
    if (other.region == desk.region) staff += static_cast<double>(other.staff);
  }
  const double seats = params.seats * facts.workforce[index(desk.region)].spend_share;
  const double all_desks = 2.0 * staff < seats ? staff / seats : 0.5;
  return staff > 0.0 ? all_desks * static_cast<double>(desk.staff) / staff : 0.0;
}

ProductSet removed_by(const Facts& facts, const std::vector<Product>& products, const BankDesk& desk) {
  ProductSet removed = 0;
  for (const std::string& vendor : desk.removed) {
    removed |= products_of_vendor(products, facts.vendor(vendor));
  }
  return removed;
}

std::vector<Menu> make_menus(const Facts& facts, const EnterprisePopulationParams& params,
                             const std::vector<Product>& products) {
  std::vector<Menu> menus;
  for (std::size_t r = 0; r < region_count; ++r) {
    const auto region = static_cast<Region>(r);
    double unnamed = 1.0;
    for (const BankDesk& desk : facts.bank_desks) {
      if (desk.region != region) continue;
      const double share = desk_share(facts, params, desk);
      unnamed -= share;
      for (const Approval& approval : approvals(params, desk.owner)) {
        menus.push_back({{region, desk.owner, desk.reading},
                         approval.approves_rival,
                         removed_by(facts, products, desk),
                         share * approval.share});
      }
    }
    add_unnamed(facts, params, region, unnamed, menus);
  }
  return menus;
}

}  // namespace chokepoint
