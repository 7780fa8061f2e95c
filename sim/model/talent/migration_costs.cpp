#include "sim/model/talent/migration_costs.hpp"

#include <fmt/format.h>

#include <limits>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

constexpr double tolerance = 1e-10;  ///< largest gap of log shares after the fit
constexpr int most_rounds = 20000;
constexpr double damping = 0.5;
constexpr double highest_cost = 20;
constexpr int halvings = 50;

double largest_gap(const PlaceShares& a, const PlaceShares& b) {
  double gap = 0;
  for (std::size_t l = 0; l < region_count; ++l) {
    const double g = logarithm(a[l]) - logarithm(b[l]);
    gap = g > gap ? g : (-g > gap ? -g : gap);
  }
  return gap;
}

/// Solves x A = b in place, A with a dominant diagonal in every row (no pivots needed).
PlaceShares solve_row(PlaceTransition a, PlaceShares b) {
  for (std::size_t k = 0; k < region_count; ++k) {
    for (std::size_t j = k + 1; j < region_count; ++j) {
      const double factor = a[k][j] / a[k][k];
      for (std::size_t i = k; i < region_count; ++i) a[i][j] -= factor * a[i][k];
      b[j] -= factor * b[k];
    }
  }
  PlaceShares x{};
  for (std::size_t k = region_count; k-- > 0;) {
    double sum = b[k];
    for (std::size_t i = k + 1; i < region_count; ++i) sum -= x[i] * a[i][k];
    x[k] = sum / a[k][k];
  }
  return x;
}

/// Improves `pull` until the steady shares are the target's; false when they cannot be.
bool fit_pulls(const PlaceShares& target, const PlaceShares& first_place, double move_cost,
               const TalentParams& params, PlaceShares& pull) {
  for (int round = 0; round < most_rounds; ++round) {
    const PlaceShares steady = steady_shares(weekly_transition(pull, move_cost, params.weekly_search()),
                                             first_place, params.weekly_renewal());
    if (largest_gap(target, steady) < tolerance) return true;
    for (std::size_t l = 0; l < region_count; ++l) {
      pull[l] += damping * (logarithm(target[l]) - logarithm(steady[l]));
    }
    for (std::size_t l = region_count; l-- > 0;) pull[l] -= pull[0];
    for (const double value : pull) {
      if (!(value < 50) || !(value > -50)) return false;
    }
  }
  return false;
}

PlaceShares within_origin(const PlaceShares& row) {
  double sum = 0;
  for (const double share : row) sum += share;
  PlaceShares result{};
  for (std::size_t l = 0; l < region_count; ++l) result[l] = row[l] / sum;
  return result;
}

/// Five-year stay of Chinese origin in the US at a cost; 1 where no pulls fit (too dear to move).
double stay_at(double move_cost, const PlaceShares& target, const PlaceShares& first_place,
               const TalentParams& params, PlaceShares& pull) {
  PlaceShares trial = pull;
  if (!fit_pulls(target, first_place, move_cost, params, trial)) return 1;
  pull = trial;
  const PlaceTransition week = weekly_transition(pull, move_cost, params.weekly_search());
  return whereabouts(week, index(Region::us), 5)[index(Region::us)];
}

double fit_move_cost(const PlaceShares& target, const PlaceShares& first_place, const TalentParams& params) {
  double low = 0;
  double high = highest_cost;
  PlaceShares pull{};
  const auto stay = [&](double cost) { return stay_at(cost, target, first_place, params, pull); };
  if (stay(low) > stay_five_years) {
    throw Error(ExitCode::scenario,
                fmt::format("talent.search_rate = {} (with so few searches more than {} of 100 stay for five "
                            "years, whatever it costs to move) raise it",
                            params.search_rate, 100 * stay_five_years));
  }
  for (int k = 0; k < halvings; ++k) {
    const double middle = 0.5 * (low + high);
    (stay(middle) < stay_five_years ? low : high) = middle;
  }
  return low;
}

}  // namespace

PlaceShares choice_shares(const PlaceShares& utility, std::size_t present, double move_cost) {
  double largest = utility[present];
  for (const double u : utility) largest = u > largest ? u : largest;
  PlaceShares shares{};
  double sum = 0;
  for (std::size_t l = 0; l < region_count; ++l) {
    const bool barred = utility[l] == -std::numeric_limits<double>::infinity();
    shares[l] = barred ? 0.0 : exponential(utility[l] - largest - (l == present ? 0.0 : move_cost));
    sum += shares[l];
  }
  for (double& share : shares) share /= sum;
  return shares;
}

PlaceTransition weekly_transition(const PlaceShares& utility, double move_cost, double weekly_search) {
  PlaceTransition week{};
  for (std::size_t from = 0; from < region_count; ++from) {
    week[from] = choice_shares(utility, from, move_cost);
    for (double& share : week[from]) share *= weekly_search;
    week[from][from] += 1.0 - weekly_search;
  }
  return week;
}

PlaceShares steady_shares(const PlaceTransition& week, const PlaceShares& first_place,
                          double weekly_renewal) {
  PlaceTransition a{};
  PlaceShares b{};
  for (std::size_t from = 0; from < region_count; ++from) {
    for (std::size_t to = 0; to < region_count; ++to) {
      a[from][to] = (from == to ? 1.0 : 0.0) - (1.0 - weekly_renewal) * week[from][to];
    }
    b[from] = weekly_renewal * first_place[from];
  }
  return solve_row(a, b);
}

PlaceShares whereabouts(const PlaceTransition& week, std::size_t place, double years) {
  PlaceShares now{};
  now[place] = 1;
  const int weeks = static_cast<int>(years * weeks_per_year + 0.5);
  for (int w = 0; w < weeks; ++w) {
    PlaceShares next{};
    for (std::size_t from = 0; from < region_count; ++from) {
      for (std::size_t to = 0; to < region_count; ++to) next[to] += now[from] * week[from][to];
    }
    now = next;
  }
  return now;
}

MigrationTastes fit_tastes(const TalentFacts::ByOriginAndPlace& target,
                           const TalentFacts::ByOriginAndPlace& first_place, const TalentParams& params) {
  const std::size_t chinese = index(Nationality::cn);
  MigrationTastes tastes;
  tastes.move_cost = fit_move_cost(within_origin(target[chinese]), first_place[chinese], params);
  for (std::size_t o = 0; o < nationality_count; ++o) {
    if (fit_pulls(within_origin(target[o]), first_place[o], tastes.move_cost, params, tastes.pull[o]))
      continue;
    throw Error(ExitCode::scenario,
                fmt::format("researchers of origin {}: no pulls of places explain where they are (too few "
                            "move at talent.search_rate = {} for talent.entry_rate = {} newcomers) raise "
                            "the first or lower the second",
                            nationality_names[o], params.search_rate, params.entry_rate));
  }
  return tastes;
}

}  // namespace chokepoint
