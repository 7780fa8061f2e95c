#include "sim/model/talent/mobility.hpp"

#include "sim/base/check.hpp"
#include "sim/model/talent/lock_out.hpp"

namespace chokepoint {
namespace {

/// Chances of all who may search in a week: they differ by tier, origin and present place only.
using Chances = std::array<std::array<PlaceTransition, nationality_count>, 2>;

std::size_t tier(Standing standing) { return standing == Standing::top ? 1 : 0; }

PlaceShares less_barriers(PlaceShares utility, const TalentConditions& now, Standing standing, std::size_t o,
                          std::size_t from) {
  if (now.barriers.empty()) return utility;
  for (std::size_t to = 0; to < region_count; ++to) {
    if (to != from) utility[to] -= now.barriers[tier(standing)][o][from][to];
  }
  return utility;
}

Chances chances_of_week(const Talent& talent, const MigrationTastes& tastes, const TalentParams& params,
                        const TalentConditions& now) {
  Chances chances{};
  for (const Standing standing : {Standing::other, Standing::top}) {
    for (std::size_t o = 0; o < nationality_count; ++o) {
      const PlaceShares utility = place_utilities(talent, tastes, params, now, o, standing);
      for (std::size_t from = 0; from < region_count; ++from) {
        const PlaceShares open = less_barriers(utility, now, standing, o, from);
        chances[tier(standing)][o][from] = choice_shares(open, from, tastes.move_cost);
      }
    }
  }
  return chances;
}

std::size_t drawn_place(const PlaceShares& chance, double u) {
  std::size_t drawn = 0;
  for (std::size_t place = 0; place < region_count; ++place) {
    if (!(chance[place] > 0)) continue;  // barred: not even by rounding
    drawn = place;
    if (u < chance[place]) break;
    u -= chance[place];
  }
  return drawn;
}

/// What all searches of a week share.
struct SearchWeek {
  const Chances& chances;
  const TalentConditions& conditions;
  const RandomStream& random;
  std::uint16_t week;
  double weekly_search;

  double draw(Decision decision, std::size_t agent, std::uint32_t step) const {
    return random.uniform(decision, static_cast<std::uint32_t>(agent), step);
  }
};

const PlaceShares& chances_of(const Talent& talent, std::size_t agent, const SearchWeek& now) {
  return now.chances[tier(talent.standing[agent])][talent.nationality[agent]][talent.location[agent]];
}

void move(Talent& talent, std::size_t agent, std::size_t to) {
  const std::size_t o = talent.nationality[agent];
  const std::size_t from = talent.location[agent];
  const std::int64_t persons = talent.persons[agent];
  talent.stock[o][from] -= persons;
  talent.stock[o][to] += persons;
  talent.moved[o][from][to] += persons;
  if (talent.standing[agent] == Standing::top) talent.moved_top[o][from][to] += persons;
  talent.location[agent] = static_cast<std::uint8_t>(to);
}

/// Takes one of the places with the given chances. `quit`: the agent has just left a vendor and takes no post
/// that is locked to it.
void settle(Talent& talent, std::size_t agent, const PlaceShares& chance, bool quit, const SearchWeek& now) {
  const std::size_t to = drawn_place(chance, now.draw(Decision::talent_destination, agent, now.week));
  const bool of_vendor = quit || talent.employer[agent] != no_vendor;
  const bool moves = to != talent.location[agent];
  if (moves) move(talent, agent, to);
  if (of_vendor && (quit || moves)) {
    const double u = now.draw(Decision::talent_employer, agent, now.week);
    const auto barred = quit ? now.conditions.locked_out : std::span<const char>{};
    employ(talent, agent, draw_vendor(talent, talent.nationality[agent], to, barred, u));
  }
  const std::uint32_t next_week = static_cast<std::uint32_t>(now.week) + 1;
  const double u = now.draw(Decision::talent_search_week, agent, next_week);
  const std::uint32_t next = next_week + periods_until(now.weekly_search, u);
  talent.search_week[agent] = next < never ? static_cast<std::uint16_t>(next) : never;
}

void search(Talent& talent, std::size_t agent, bool quit, const SearchWeek& now) {
  settle(talent, agent, chances_of(talent, agent, now), quit, now);
}

/// The choice of one who may not stay: an infinite barrier at the present place.
void leave(Talent& talent, std::size_t agent, const SearchWeek& now) {
  const std::size_t from = talent.location[agent];
  PlaceShares chance = chances_of(talent, agent, now);
  chance[from] = 0;
  double open = 0;
  for (const double share : chance) open += share;
  if (!(open > 0)) return;
  for (double& share : chance) share /= open;
  talent.lapsed[from] += talent.persons[agent];
  settle(talent, agent, chance, false, now);
}

}  // namespace

PlaceShares place_utilities(const Talent& talent, const MigrationTastes& tastes, const TalentParams& params,
                            const TalentConditions& now, std::size_t origin, Standing standing) {
  PlaceShares utility = tastes.pull[origin];
  for (std::size_t l = 0; l < region_count; ++l) {
    utility[l] += params.wage_elasticity * now.wage[l];
    utility[l] += params.compute_elasticity * now.compute[l];
    utility[l] += params.access_weight * now.access[l * nationality_count + origin];
    const auto compatriots = static_cast<double>(1 + talent.stock[origin][l]);
    const auto at_t0 = static_cast<double>(1 + talent.stock_t0[origin][l]);
    utility[l] += params.network_weight * logarithm(compatriots / at_t0);
    if (standing == Standing::top) utility[l] += params.frontier_weight * now.frontier[l];
  }
  return utility;
}

void step_talent_week(Talent& talent, const TalentParams& params, const MigrationTastes& tastes,
                      const TalentConditions& now, const RandomStream& random, std::uint16_t week) {
  CHOKEPOINT_EXPECT(now.access.size() == region_count * nationality_count);
  CHOKEPOINT_EXPECT(now.locked_out.size() == talent.employers.size() * nationality_count);
  CHOKEPOINT_EXPECT(now.barriers.empty() || now.barriers.size() == 2);
  const Chances chances = chances_of_week(talent, tastes, params, now);
  const SearchWeek searches{chances, now, random, week, params.weekly_search()};
  for (const std::size_t agent : lapsed_stays(talent, now.lapse, random, week)) {
    leave(talent, agent, searches);
  }
  for (const std::size_t agent : quit_locked_out(talent, params, now.locked_out, random, week)) {
    search(talent, agent, true, searches);
  }
  for (std::size_t agent = 0; agent < talent.size(); ++agent) {
    if (talent.search_week[agent] <= week) search(talent, agent, false, searches);
  }
}

}  // namespace chokepoint
