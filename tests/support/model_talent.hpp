/// A small world of researchers: the head counts of the data tables and three vendors, two of them in the US.
#pragma once

#include <catch2/catch.hpp>
#include <vector>

#include "sim/model/talent/mobility.hpp"
#include "tests/support/shipped_facts.hpp"

namespace chokepoint {

inline constexpr std::size_t first_us_vendor = 0;
inline constexpr std::size_t second_us_vendor = 1;
inline constexpr std::size_t cn_vendor = 2;

inline Facts talent_facts() {
  Facts facts = shipped_facts();
  facts.vendors.assign(3, Vendor{});
  for (std::size_t v = 0; v < 3; ++v) {
    facts.vendors[v].home = v == cn_vendor ? Region::cn : Region::us;
    facts.vendors[v].research_staff = 2000;
    facts.vendors[v].foreign_staff_share = v == cn_vendor ? 0.0 : 0.6;
  }
  return facts;
}

/// Conditions that can be changed; as made, nothing has changed since T0.
struct ModelConditions {
  std::vector<double> wage = std::vector<double>(region_count, 0.0);
  std::vector<double> compute = std::vector<double>(region_count, 0.0);
  std::vector<double> access = std::vector<double>(region_count * nationality_count, 0.0);
  std::vector<double> frontier = std::vector<double>(region_count, 0.0);
  std::vector<char> locked_out = std::vector<char>(3 * nationality_count, 0);

  TalentConditions now() const { return {wage, compute, access, frontier, locked_out}; }
  void lock_out(std::size_t vendor, Nationality nationality) {
    locked_out[vendor * nationality_count + index(nationality)] = 1;
  }
};

inline MigrationTastes talent_tastes(const Facts& facts, const TalentParams& params) {
  return fit_tastes(facts.talent.share_2019, facts.talent.first_place_2019, params);
}

inline std::int64_t persons_of(const PersonsByNationality& staff) {
  std::int64_t sum = 0;
  for (const std::int64_t n : staff) sum += n;
  return sum;
}

inline std::int64_t persons_in(const Talent& talent, Region region) {
  std::int64_t sum = 0;
  for (const auto& origin : talent.stock) sum += origin[index(region)];
  return sum;
}

}  // namespace chokepoint
