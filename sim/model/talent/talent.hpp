/// Researchers as individual agents with whole numbers of persons behind each.
///
/// The head count of T0 (data/talent_stock.csv, origin x place) is spread over about `talent.agents`
/// agents; Hong Kong gets at least `talent.hong_kong_agents` of them with smaller weights, so that its
/// few persons are hundreds of agents. The weights of a cell add up to its count exactly. One agent in
/// ten is of the top tier. A vendor's research staff at T0 are agents of its home region,
/// foreign_staff_share of them of other nationalities, to within the weight of one agent; all other
/// agents work for `no_vendor` (universities, other firms). Tables of persons are kept beside the agents:
/// each move, entry and exit changes both.
/// Assumption: origin is nationality.
/// Neglects: staff of vendors outside their home region.
/// Tests: tests/unit/talent_agents_test.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/facts.hpp"
#include "sim/model/talent/talent_params.hpp"

namespace chokepoint {

using PersonsByPlace = std::array<std::int64_t, region_count>;
using PersonsByOriginAndPlace = std::array<PersonsByPlace, nationality_count>;
using PersonsByNationality = std::array<std::int64_t, nationality_count>;

enum class Standing : std::uint8_t { left, other, top };

inline constexpr std::uint8_t no_vendor = 255;
inline constexpr std::uint16_t never = 65535;  ///< a week or month that does not come

/// A developer as an employer: chances that newcomers to its region work for it.
struct ResearchEmployer {
  Region home{};
  double domestic = 0;  ///< of newcomers of the home region's nationality
  double foreign = 0;   ///< of all others
};

struct Talent {
  // One entry per agent, 16 bytes together; those who left stay where they are in the list.
  std::vector<std::int64_t> persons;
  std::vector<std::uint16_t> search_week;   ///< weeks since T0
  std::vector<std::uint16_t> leaves_month;  ///< months since T0
  std::vector<std::uint8_t> nationality;
  std::vector<std::uint8_t> location;
  std::vector<std::uint8_t> employer;  ///< vendor, or no_vendor
  std::vector<Standing> standing;

  PersonsByOriginAndPlace stock{};                                                  ///< [persons] now
  PersonsByOriginAndPlace stock_t0{};                                               ///< [persons]
  std::array<std::array<PersonsByPlace, region_count>, nationality_count> moved{};  ///< since T0: from, to
  decltype(moved) moved_top{};              ///< since T0, those of the top tier among `moved`
  PersonsByPlace lapsed{};                  ///< since T0, by place: whose stay ended and who had to move
  PersonsByOriginAndPlace entered{};        ///< since T0
  PersonsByOriginAndPlace left{};           ///< since T0
  std::vector<PersonsByNationality> staff;  ///< [vendor] research staff now
  std::vector<PersonsByNationality> quits;  ///< [vendor] who quit because they were locked out, since T0

  std::vector<ResearchEmployer> employers;  ///< [vendor]
  std::array<std::array<double, region_count>, nationality_count>
      to_enter{};         ///< [persons] due, below a unit
  PersonsByPlace unit{};  ///< [persons] weight of an agent who enters, by place

  std::size_t size() const { return persons.size(); }
};

/// The nationality that a vendor of the region counts as domestic.
constexpr Nationality home_nationality(Region region) {
  constexpr std::array<Nationality, region_count> of{Nationality::us, Nationality::cn, Nationality::hk,
                                                     Nationality::row};
  return of[index(region)];
}

/// The region whose own nationals these are. ROW: somewhere in it.
constexpr Region home_region(Nationality nationality) {
  constexpr std::array<Region, nationality_count> of{Region::us, Region::cn, Region::hk, Region::row,
                                                     Region::row};
  return of[index(nationality)];
}

/// Periods until something that happens with this chance per period, drawn from u in (0, 1): 0 is the next
/// one.
std::uint16_t periods_until(double chance, double u);

Talent make_talent(const Facts& facts, const TalentParams& params, const RandomStream& random);

/// Appends an agent without employer; the tables of persons are the caller's to change.
void add_agent(Talent& talent, std::size_t nationality, std::size_t location, std::int64_t persons,
               Standing standing);

/// Changes the employer, on both sides.
void employ(Talent& talent, std::size_t agent, std::uint8_t vendor);

/// A vendor drawn in proportion to what the region's vendors employ of the nationality; no_vendor when there
/// is none that may be chosen. `barred` by vendor and nationality, or empty.
std::uint8_t draw_vendor(const Talent& talent, std::size_t nationality, std::size_t location,
                         std::span<const char> barred, double u);

/// Chance that a newcomer of the nationality in the region works for the vendor.
double hiring_share(const ResearchEmployer& employer, std::size_t nationality, std::size_t location);

}  // namespace chokepoint
