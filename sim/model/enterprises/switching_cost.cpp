#include "sim/model/enterprises/switching_cost.hpp"

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

struct Users {
  double weight;       ///< share of the world's staff
  double probability;  ///< of drawing the product they use
};

std::vector<Users> users_of(const Demand& demand, const std::vector<Menu>& menus) {
  std::vector<Users> users;
  for (const Menu& menu : menus) {
    const double weight = menu.weight * demand.facts.workforce[index(menu.kind.region)].spend_share;
    for (const double p : shares_of_menu(demand, menu)) users.push_back({weight * p, p});
  }
  return users;
}

double switch_within_a_year(const SwitchingParams& params, const std::vector<Users>& users, double accepts) {
  double share = 0.0;
  for (const Users& u : users) {
    share += u.weight * (1.0 - exponential(-params.review_rate * accepts * (1.0 - u.probability)));
  }
  return share;
}

}  // namespace

double switching_cost(const SwitchingParams& params, const Demand& demand, const std::vector<Menu>& menus) {
  const std::vector<Users> users = users_of(demand, menus);
  double cheap = 0.0, dear = 50.0;
  if (switch_within_a_year(params, users, 1.0) < params.switching_share) return cheap;
  for (int halving = 0; halving < 60; ++halving) {
    const double middle = 0.5 * (cheap + dear);
    const bool too_often = switch_within_a_year(params, users, exponential(-middle)) > params.switching_share;
    (too_often ? cheap : dear) = middle;
  }
  return dear;
}

}  // namespace chokepoint
