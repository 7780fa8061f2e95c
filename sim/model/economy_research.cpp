#include "sim/model/economy_research.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/model/research/release_choice.hpp"
#include "sim/model/talent/cohorts.hpp"

namespace chokepoint {
namespace {

double persons_in(const PersonsByOriginAndPlace& stock, std::size_t place) {
  double sum = 0.0;
  for (const auto& row : stock) sum += static_cast<double>(row[place]);
  return sum;
}

double persons(const PersonsByOriginAndPlace& stock) {
  double sum = 0.0;
  for (std::size_t place = 0; place < region_count; ++place) sum += persons_in(stock, place);
  return sum;
}

/// Mean output of a vendor's staff over the month, times the growth of its region's pool of researchers
/// beyond that of the profession. Vendors hire from the pool in proportion: their own few agents would be
/// noise.
std::vector<double> productive_staff(const EconomyDay& today, const Economy& economy) {
  const Talent& talent = economy.talent;
  const double days = today.date - economy.last_month;
  const double profession = persons(talent.stock) / persons(talent.stock_t0);
  std::vector<double> productive;
  for (std::size_t v = 0; v < today.facts.vendors.size(); ++v) {
    const std::size_t home = index(today.facts.vendors[v].home);
    const double start = persons_in(talent.stock_t0, home) * profession;
    const double pool = start > 0.0 ? persons_in(talent.stock, home) / start : 1.0;
    productive.push_back(economy.productive_days[v] / days * pool);
  }
  return productive;
}

std::vector<double> less(std::vector<double> now, const std::vector<double>& start) {
  for (std::size_t i = 0; i < now.size(); ++i) now[i] -= start[i];
  return now;
}

/// Fear of other governments, mean over regions of use.
std::vector<double> foreign_hazard(const Facts& facts, const DenialHazard& hazard) {
  std::vector<double> mean;
  for (const Vendor& vendor : facts.vendors) {
    double sum = 0.0;
    for (std::size_t g = 0; g < region_count; ++g) {
      if (g == index(vendor.home)) continue;
      for (std::size_t r = 0; r < region_count; ++r) sum += hazard[g][r] / region_count;
    }
    mean.push_back(sum);
  }
  return mean;
}

std::vector<char> choose(const EconomyDay& today, const Economy& economy) {
  const std::size_t vendors = today.facts.vendors.size();
  const std::vector<double> sovereign = foreign_hazard(today.facts, economy.hazard);
  const std::vector<double> api =
      less(closed_shares(today.facts, today.setup.enterprises, economy), economy.closed_share_at_start);
  std::vector<double> value(today.firm_value.begin(), today.firm_value.end());
  value.resize(vendors, 0.0);
  std::vector<char> barred(vendors, 0);
  for (std::size_t v = 0; v < vendors; ++v) {
    barred[v] = economy.law.open_weights.publication_barred[index(today.facts.vendors[v].home)] ? 1 : 0;
  }
  return choose_publication(today.params.release, today.facts, {sovereign, value, api, barred}, today.random,
                            economy.months);
}

/// Of the vendor whose closed model is the best, which others query.
double policing_of_frontier(const Facts& facts, const Economy& economy) {
  const std::size_t best = closed_frontier(facts, economy.capability.released, economy.capability.measured);
  if (best == Facts::npos) return 0.0;
  return policing_of(facts, economy.law.policing, facts.vendor(facts.models[best].developer));
}

}  // namespace

std::vector<double> compute_gaps(const ComputeState& compute) {
  double frontier = 0.0;
  for (std::size_t v = 0; v < compute.stock.size(); ++v) {
    frontier = std::max(frontier, compute.stock[v] + compute.rented[v]);
  }
  std::vector<double> gaps(compute.stock.size(), 0.0);
  for (std::size_t v = 0; v < gaps.size(); ++v) {
    const double own = compute.stock[v] + compute.rented[v];
    if (own > 0.0) gaps[v] = logarithm(frontier / own);
  }
  return gaps;
}

std::vector<double> closed_shares(const Facts& facts, const EnterpriseSetup& setup, const Economy& economy) {
  std::vector<double> closed(facts.vendors.size(), 0.0);
  std::vector<double> all(facts.vendors.size(), 0.0);
  const std::size_t products = setup.products.size();
  for (std::size_t r = 0; r < region_count; ++r) {
    for (std::size_t j = 0; j < products; ++j) {
      const std::size_t v = setup.products[j].vendor;
      if (v == Facts::npos) continue;
      const double spend = facts.workforce[r].spend_share * economy.usage.spend[r * products + j];
      all[v] += spend;
      if (setup.products[j].kind == ProductKind::closed) closed[v] += spend;
    }
  }
  for (std::size_t v = 0; v < closed.size(); ++v) closed[v] = all[v] > 0.0 ? closed[v] / all[v] : 0.0;
  return closed;
}

void supply(const EconomyDay& today, Economy& economy) {
  if (today.facts.compute.stock.empty()) return;
  std::vector<double> financing(today.financing.begin(), today.financing.end());
  financing.resize(today.facts.vendors.size(), 1.0);
  const double window = listing(economy.bridge);
  for (std::size_t v = 0; v < financing.size(); ++v) {
    const bool chinese =
        today.facts.vendors[v].home == Region::cn || today.facts.vendors[v].home == Region::hk;
    if (chinese) financing[v] += window * (financing[v] - 1.0);
  }
  step_compute(today.params.compute, today.facts, today.facts.compute, economy.law.chips, financing,
               today.months, today.date, economy.compute);
}

void research(const EconomyDay& today, Economy& economy) {
  step_talent_month(economy.talent, today.params.talent, today.facts.talent, today.random, economy.months,
                    economy.weeks);
  const std::size_t vendors = today.facts.vendors.size();
  std::vector<double> growth(vendors, 0.0);
  std::vector<double> gap(vendors, 0.0);
  if (!today.facts.compute.stock.empty()) {
    growth = economy.compute.growth;
    gap = less(compute_gaps(economy.compute), economy.compute_gap_at_start);
  }
  const std::vector<double> productive = productive_staff(today, economy);
  const std::vector<double> access =
      frontier_access(today.params.capability, today.facts, economy.access, economy.capability.released,
                      economy.capability.measured);
  economy.publishes = choose(today, economy);
  step_capability(today.params.capability, today.facts,
                  {productive, growth, gap, access, policing_of_frontier(today.facts, economy),
                   economy.publishes, economy.distilled_at_start},
                  today.months, economy.capability);
  std::fill(economy.productive_days.begin(), economy.productive_days.end(), 0.0);
  economy.offers_changed = true;
}

}  // namespace chokepoint
