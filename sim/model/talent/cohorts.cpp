#include "sim/model/talent/cohorts.hpp"

#include <fmt/format.h>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

void retire(Talent& talent, std::size_t agent) {
  const std::size_t o = talent.nationality[agent];
  const std::size_t l = talent.location[agent];
  employ(talent, agent, no_vendor);
  talent.stock[o][l] -= talent.persons[agent];
  talent.left[o][l] += talent.persons[agent];
  talent.persons[agent] = 0;
  talent.standing[agent] = Standing::left;
  talent.search_week[agent] = never;
  talent.leaves_month[agent] = never;
}

std::uint16_t later(std::uint16_t now, std::uint16_t periods) {
  const std::uint32_t at = static_cast<std::uint32_t>(now) + periods;
  return at < never ? static_cast<std::uint16_t>(at) : never;
}

/// Chance that a newcomer works for any vendor of the place.
double chance_of_vendor(const Talent& talent, std::size_t origin, std::size_t place) {
  double sum = 0;
  for (const ResearchEmployer& employer : talent.employers) sum += hiring_share(employer, origin, place);
  return sum;
}

void enter(Talent& talent, const TalentParams& params, const RandomStream& random, std::size_t origin,
           std::size_t place, std::uint16_t month, std::uint16_t week) {
  const std::size_t agent = talent.size();
  const auto id = static_cast<std::uint32_t>(agent);
  const std::int64_t persons = talent.unit[place];
  const bool top = random.uniform(Decision::talent_tier, id, 0) < 0.1;
  add_agent(talent, origin, place, persons, top ? Standing::top : Standing::other);
  talent.stock[origin][place] += persons;
  talent.entered[origin][place] += persons;
  const double u = random.uniform(Decision::talent_first_employer, id, 0);
  const double chance = chance_of_vendor(talent, origin, place);
  if (u < chance) employ(talent, agent, draw_vendor(talent, origin, place, {}, u / chance));
  const double leave = 1.0 - power(1.0 - params.retirement_rate, 1.0 / 12.0);
  talent.search_week[agent] =
      later(week, periods_until(params.weekly_search(), random.uniform(Decision::talent_search_week, id, 0)));
  talent.leaves_month[agent] =
      later(month, periods_until(leave, random.uniform(Decision::talent_leaves, id, 0)));
}

[[noreturn]] void fail(const std::string& what, std::int64_t expected, std::int64_t found) {
  throw Error(ExitCode::run_failed,
              fmt::format("researchers do not add up: {}: {} persons, must be {}", what, found, expected));
}

void check_cells(const Talent& talent) {
  for (std::size_t o = 0; o < nationality_count; ++o) {
    std::int64_t expected_all = 0;
    std::int64_t now_all = 0;
    for (std::size_t l = 0; l < region_count; ++l) {
      const std::int64_t own = talent.stock_t0[o][l] + talent.entered[o][l] - talent.left[o][l];
      std::int64_t expected = own;
      for (std::size_t k = 0; k < region_count; ++k)
        expected += talent.moved[o][k][l] - talent.moved[o][l][k];
      if (talent.stock[o][l] != expected) {
        fail(fmt::format("origin {} in {}", nationality_names[o], region_names[l]), expected,
             talent.stock[o][l]);
      }
      expected_all += own;
      now_all += talent.stock[o][l];
    }
    if (now_all != expected_all) fail(fmt::format("origin {}", nationality_names[o]), expected_all, now_all);
  }
}

/// Moves of the top tier and of those whose stay ended are parts of all moves.
void check_parts_of_moves(const Talent& talent) {
  for (std::size_t from = 0; from < region_count; ++from) {
    std::int64_t away = 0;
    for (std::size_t o = 0; o < nationality_count; ++o) {
      for (std::size_t to = 0; to < region_count; ++to) {
        const std::int64_t all = talent.moved[o][from][to];
        const std::int64_t top = talent.moved_top[o][from][to];
        away += all;
        if (top >= 0 && top <= all) continue;
        fail(fmt::format("top tier of origin {} who moved from {} to {}", nationality_names[o],
                         region_names[from], region_names[to]),
             all, top);
      }
    }
    if (talent.lapsed[from] < 0 || talent.lapsed[from] > away) {
      fail(fmt::format("stays that ended in {}", region_names[from]), away, talent.lapsed[from]);
    }
  }
}

void check_agents(const Talent& talent) {
  PersonsByOriginAndPlace stock{};
  std::vector<PersonsByNationality> staff(talent.staff.size());
  for (std::size_t i = 0; i < talent.size(); ++i) {
    stock[talent.nationality[i]][talent.location[i]] += talent.persons[i];
    if (talent.employer[i] != no_vendor)
      staff[talent.employer[i]][talent.nationality[i]] += talent.persons[i];
  }
  for (std::size_t o = 0; o < nationality_count; ++o) {
    for (std::size_t l = 0; l < region_count; ++l) {
      if (stock[o][l] == talent.stock[o][l]) continue;
      fail(fmt::format("agents of origin {} in {}", nationality_names[o], region_names[l]),
           talent.stock[o][l], stock[o][l]);
    }
    for (std::size_t v = 0; v < staff.size(); ++v) {
      if (staff[v][o] == talent.staff[v][o]) continue;
      fail(fmt::format("staff of vendor {} of nationality {}", v, nationality_names[o]), talent.staff[v][o],
           staff[v][o]);
    }
  }
}

}  // namespace

void step_talent_month(Talent& talent, const TalentParams& params, const TalentFacts& facts,
                       const RandomStream& random, std::uint16_t month, std::uint16_t week) {
  std::int64_t world = 0;
  for (const auto& origin : talent.stock_t0) {
    for (const std::int64_t persons : origin) world += persons;
  }
  for (std::size_t i = 0; i < talent.size(); ++i) {
    if (talent.leaves_month[i] <= month) retire(talent, i);
  }
  const double entrants = params.entry_rate / 12.0 * static_cast<double>(world);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    for (std::size_t l = 0; l < region_count; ++l) {
      talent.to_enter[o][l] += entrants * facts.entry_share[o] * facts.first_place[o][l];
      const auto unit = static_cast<double>(talent.unit[l]);
      while (talent.to_enter[o][l] >= unit) {
        talent.to_enter[o][l] -= unit;
        enter(talent, params, random, o, l, month, week);
      }
    }
  }
}

void check_head_counts(const Talent& talent) {
  check_cells(talent);
  check_parts_of_moves(talent);
  check_agents(talent);
}

}  // namespace chokepoint
