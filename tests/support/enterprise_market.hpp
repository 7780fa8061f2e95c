/// Enterprises of the model economy under conditions a test can change: everything released, no orders,
/// prices and capabilities of the facts, no hazards.
#pragma once

#include <vector>

#include "sim/model/enterprises/enterprise_week.hpp"
#include "tests/support/model_economy.hpp"

namespace chokepoint {

struct EnterpriseMarket {
  explicit EnterpriseMarket(Facts world = economy_facts()) : facts(std::move(world)) {
    released.assign(facts.models.size(), 1);
    stopped.assign(facts.models.size(), 0);
    for (const AiModel& model : facts.models) {
      capability.push_back(model.capability);
      price.push_back(model.price);
    }
  }

  EnterpriseConditions now() {
    access = make_access(facts, released, orders, stopped);
    return {&access, capability, price, hazard};
  }
  /// The set-up of today's conditions.
  void set_up() {
    setup = back_out(facts, params, now());
    demand = setup.at_start;
  }
  void start(std::uint32_t replicate = 0) {
    random = RandomStream(7, replicate);
    all = make_enterprises(facts, params, setup, random);
  }
  void rebuild() { rebuild_offers(facts, params, setup, now(), demand); }
  /// One week of lists and choices.
  void week(std::uint32_t step) {
    review_lists(params.lists, facts, setup.products, demand.offers, random, step, 7.0, all);
    choose(choice_inputs(params, setup, demand), random, step, 7.0, all);
  }
  Usage use() const { return measure_use(params.use, facts, setup.products, demand.offers, demand.use, all); }
  std::size_t product(std::size_t vendor, ProductKind kind) const {
    return product_of(setup.products, vendor, kind);
  }
  std::vector<double> expected(Region region) const {
    return expected_shares({facts, params.tastes, setup.products, setup.tastes, demand.offers, hazard},
                           setup.menus, region);
  }
  /// The agent of a named desk.
  std::size_t desk(std::size_t d) const { return all.first_desk + d; }

  Facts facts;
  EnterpriseParams params;
  std::vector<char> released, stopped;
  std::vector<PersonOrder> orders;
  std::vector<double> capability, price;
  DenialHazard hazard{};
  AccessTensor access;
  EnterpriseSetup setup;
  EnterpriseDemand demand;
  RandomStream random{7, 0};
  Enterprises all;
};

/// An order of the US that lets only its nationals use a model.
inline PersonOrder nationals_only(std::size_t model) {
  PersonOrder order;
  order.measure = "order";
  order.government = Region::us;
  order.models = {model};
  order.permitted = {true, false, false, false, false};
  return order;
}

inline constexpr std::size_t jpmorgan_desk = 0, goldman_desk = 1;

}  // namespace chokepoint
