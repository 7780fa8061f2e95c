#include "sim/model/talent/talent.hpp"

#include <algorithm>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

std::int64_t persons_at(const PersonsByOriginAndPlace& stock, std::size_t location) {
  std::int64_t sum = 0;
  for (const auto& origin : stock) sum += origin[location];
  return sum;
}

/// Agents of each place: proportional to persons, Hong Kong at least its minimum.
std::array<double, region_count> agents_by_place(const PersonsByOriginAndPlace& stock,
                                                 const TalentParams& params) {
  double world = 0;
  for (std::size_t l = 0; l < region_count; ++l) world += static_cast<double>(persons_at(stock, l));
  const std::size_t hk = index(Region::hk);
  const double of_hk = static_cast<double>(persons_at(stock, hk));
  std::array<double, region_count> agents{};
  agents[hk] = std::max(params.agents * of_hk / world, params.hong_kong_agents);
  for (std::size_t l = 0; l < region_count; ++l) {
    if (l == hk) continue;
    agents[l] = (params.agents - agents[hk]) * static_cast<double>(persons_at(stock, l)) / (world - of_hk);
  }
  return agents;
}

/// Splits a cell into agents of nearly equal weight; every tenth is of the top tier.
void add_cell(Talent& talent, std::size_t origin, std::size_t location, std::int64_t persons, double wanted) {
  if (persons == 0) return;
  const auto count = std::clamp(static_cast<std::int64_t>(wanted + 0.5), std::int64_t{1}, persons);
  for (std::int64_t k = 0; k < count; ++k) {
    const std::int64_t weight = persons / count + (k < persons % count ? 1 : 0);
    add_agent(talent, origin, location, weight, k % 10 == 5 ? Standing::top : Standing::other);
  }
}

void add_all_agents(Talent& talent, const TalentParams& params) {
  const auto agents = agents_by_place(talent.stock_t0, params);
  for (std::size_t l = 0; l < region_count; ++l) {
    const auto at_place = static_cast<double>(persons_at(talent.stock_t0, l));
    const std::size_t before = talent.size();
    for (std::size_t o = 0; o < nationality_count; ++o) {
      const std::int64_t persons = talent.stock_t0[o][l];
      add_cell(talent, o, l, persons, agents[l] * static_cast<double>(persons) / at_place);
    }
    const auto added = static_cast<std::int64_t>(talent.size() - before);
    talent.unit[l] = added == 0 ? 1 : std::max<std::int64_t>(1, persons_at(talent.stock_t0, l) / added);
  }
}

ResearchEmployer employer_of(const Vendor& vendor, const PersonsByOriginAndPlace& stock) {
  const std::size_t home = index(vendor.home);
  const std::int64_t natives = stock[index(home_nationality(vendor.home))][home];
  const std::int64_t foreigners = persons_at(stock, home) - natives;
  const auto staff = static_cast<double>(vendor.research_staff);
  const auto share = [](double part, std::int64_t whole) {
    return whole == 0 ? 0.0 : std::min(1.0, part / static_cast<double>(whole));
  };
  return {vendor.home, share(staff * (1 - vendor.foreign_staff_share), natives),
          share(staff * vendor.foreign_staff_share, foreigners)};
}

/// Agents of a region in random order.
std::vector<std::size_t> shuffled(const Talent& talent, std::size_t location, const RandomStream& random) {
  std::vector<std::pair<double, std::size_t>> keyed;
  for (std::size_t i = 0; i < talent.size(); ++i) {
    if (talent.location[i] != location) continue;
    keyed.emplace_back(random.uniform(Decision::talent_first_employer, static_cast<std::uint32_t>(i), 0), i);
  }
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::size_t> order;
  for (const auto& [key, i] : keyed) order.push_back(i);
  return order;
}

void fill_staff(Talent& talent, const Vendor& vendor, std::uint8_t v, const std::vector<std::size_t>& order) {
  const std::size_t native = index(home_nationality(vendor.home));
  const auto foreign = static_cast<std::int64_t>(
      static_cast<double>(vendor.research_staff) * vendor.foreign_staff_share + 0.5);
  std::array<std::int64_t, 2> missing{vendor.research_staff - foreign, foreign};
  for (const std::size_t i : order) {
    if (talent.employer[i] != no_vendor) continue;
    std::int64_t& open = missing[talent.nationality[i] == native ? 0 : 1];
    if (2 * open < talent.persons[i]) continue;
    open -= talent.persons[i];
    employ(talent, i, v);
  }
}

}  // namespace

std::uint16_t periods_until(double chance, double u) {
  if (!(chance > 0)) return never;
  if (!(chance < 1)) return 0;
  const double periods = logarithm(u) / logarithm(1.0 - chance);
  return periods < never ? static_cast<std::uint16_t>(periods) : never;
}

void add_agent(Talent& talent, std::size_t nationality, std::size_t location, std::int64_t persons,
               Standing standing) {
  talent.persons.push_back(persons);
  talent.search_week.push_back(never);
  talent.leaves_month.push_back(never);
  talent.nationality.push_back(static_cast<std::uint8_t>(nationality));
  talent.location.push_back(static_cast<std::uint8_t>(location));
  talent.employer.push_back(no_vendor);
  talent.standing.push_back(standing);
}

void employ(Talent& talent, std::size_t agent, std::uint8_t vendor) {
  const std::size_t o = talent.nationality[agent];
  std::uint8_t& employer = talent.employer[agent];
  if (employer != no_vendor) talent.staff[employer][o] -= talent.persons[agent];
  employer = vendor;
  if (employer != no_vendor) talent.staff[employer][o] += talent.persons[agent];
}

double hiring_share(const ResearchEmployer& employer, std::size_t nationality, std::size_t location) {
  if (index(employer.home) != location) return 0;
  return nationality == index(home_nationality(employer.home)) ? employer.domestic : employer.foreign;
}

std::uint8_t draw_vendor(const Talent& talent, std::size_t nationality, std::size_t location,
                         std::span<const char> barred, double u) {
  const auto share = [&](std::size_t v) {
    const bool closed = !barred.empty() && barred[v * nationality_count + nationality];
    return closed ? 0.0 : hiring_share(talent.employers[v], nationality, location);
  };
  double sum = 0;
  for (std::size_t v = 0; v < talent.employers.size(); ++v) sum += share(v);
  double rest = u * sum;
  std::uint8_t drawn = no_vendor;
  for (std::size_t v = 0; v < talent.employers.size(); ++v) {
    const double s = share(v);
    if (!(s > 0)) continue;
    drawn = static_cast<std::uint8_t>(v);
    if (rest < s) break;
    rest -= s;
  }
  return drawn;
}

Talent make_talent(const Facts& facts, const TalentParams& params, const RandomStream& random) {
  CHOKEPOINT_EXPECT(facts.vendors.size() < no_vendor);
  Talent talent;
  talent.stock_t0 = facts.talent.stock;
  talent.stock = talent.stock_t0;
  talent.staff.resize(facts.vendors.size());
  talent.quits.resize(facts.vendors.size());
  add_all_agents(talent, params);
  for (const Vendor& vendor : facts.vendors) {
    talent.employers.push_back(employer_of(vendor, talent.stock_t0));
  }
  for (std::size_t l = 0; l < region_count; ++l) {
    const std::vector<std::size_t> order = shuffled(talent, l, random);
    for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
      if (index(facts.vendors[v].home) != l) continue;
      fill_staff(talent, facts.vendors[v], static_cast<std::uint8_t>(v), order);
    }
  }
  const double search = params.weekly_search();
  const double leave = 1.0 - power(1.0 - params.retirement_rate, 1.0 / 12.0);
  for (std::size_t i = 0; i < talent.size(); ++i) {
    const auto id = static_cast<std::uint32_t>(i);
    talent.search_week[i] = periods_until(search, random.uniform(Decision::talent_search_week, id, 0));
    talent.leaves_month[i] = periods_until(leave, random.uniform(Decision::talent_leaves, id, 0));
  }
  return talent;
}

}  // namespace chokepoint
