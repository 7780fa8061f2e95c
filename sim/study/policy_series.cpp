#include "sim/study/policy_series.hpp"

#include <algorithm>

#include "sim/model/enterprises/sovereign_premium.hpp"
#include "sim/study/series_adder.hpp"

namespace chokepoint {
namespace {

constexpr double usd_per_bn = 1e9;

/// Sum over a region's vendors.
template <class Amount>
double sum_of_region(const World& world, std::size_t region, Amount amount) {
  double sum = 0.0;
  for (std::size_t v = 0; v < world.facts->vendors.size(); ++v) {
    if (index(world.facts->vendors[v].home) == region) sum += amount(v);
  }
  return sum;
}

void add_stocks(const Facts& facts, SeriesAdder& add) {
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    add(
        "compute_stock", "H100e", {{"vendor", facts.vendors[v].id}},
        [v](const World& world) { return world.economy.compute.stock[v] + world.economy.compute.rented[v]; },
        in_books);
  }
  for (std::size_t r = 0; r < region_count; ++r) {
    const Selectors who{{"region", text(region_names[r])}};
    add("compute_stock", "H100e", who, [r](const World& world) {
      const ComputeState& compute = world.economy.compute;
      return sum_of_region(world, r, [&](std::size_t v) { return compute.stock[v] + compute.rented[v]; });
    });
    for (std::size_t c = 0; c < chip_channel_count; ++c) {
      add(
          "compute_bought", "H100e since T0",
          {{"region", text(region_names[r])}, {"channel", text(chip_channel_names[c])}},
          [r, c](const World& world) {
            const auto& bought = world.economy.compute.bought_since_t0;
            return sum_of_region(world, r, [&](std::size_t v) { return bought[v][c]; });
          },
          kept_secret);
    }
    add(
        "effective_compute", "log points", who,
        [r](const World& world) { return world.economy.indicators.effective_compute[r]; }, computed);
  }
}

void add_chips(SeriesAdder& add) {
  const Selectors china{{"region", "CN"}};
  const auto one = [&](const char* variable, const char* unit, double ComputeState::*member,
                       const char* hidden) {
    add(
        variable, unit, china, [member](const World& world) { return world.economy.compute.*member; },
        hidden);
  };
  one("chip_capacity", "H100e/month", &ComputeState::domestic_capacity, "");
  one("chip_cost", "USD/H100e", &ComputeState::domestic_cost, in_books);
  one("chip_hazard", "1/year", &ComputeState::chip_hazard, in_heads);
}

double best_weights(const World& world, std::size_t region) {
  double best = 0.0;
  for (std::size_t m = 0; m < world.facts->models.size(); ++m) {
    const AiModel& model = world.facts->models[m];
    if (index(developer_home(*world.facts, model)) != region) continue;
    best = std::max(best, world.economy.capability.weights[m]);
  }
  return best;
}

void add_research(const Facts& facts, SeriesAdder& add) {
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const Selectors who{{"vendor", facts.vendors[v].id}};
    add(
        "distilled_share", "share", who,
        [v](const World& world) { return distilled_share(world.economy.capability.gained, v); }, kept_secret);
    add(
        "induced_progress", "index points since T0", who,
        [v](const World& world) { return world.economy.capability.gained.induced[v]; }, computed);
    add("raised", "bn USD since T0", who, [v](const World& world) {
      return world.financing.raised_usd.empty() ? 0.0 : world.financing.raised_usd[v] / usd_per_bn;
    });
  }
  for (std::size_t r = 0; r < region_count; ++r) {
    add("public_weights", "index points", {{"region", text(region_names[r])}},
        [r](const World& world) { return best_weights(world, r); });
  }
}

template <class PerDesk>
double sum_of_desks(const PerDesk& desks, std::size_t region) {
  double sum = 0.0;
  for (const auto& desk : desks) sum += static_cast<double>(desk[region]);
  return sum;
}

void add_desks(const Facts& facts, SeriesAdder& add) {
  for (std::size_t r = 0; r < region_count; ++r) {
    const Selectors where{{"region", text(region_names[r])}};
    add("desk_staff", "persons", where,
        [r](const World& world) { return sum_of_desks(world.economy.desks.staff, r); });
    add("desk_capital", "bn USD", where,
        [r](const World& world) { return sum_of_desks(world.economy.desks.capital, r) / usd_per_bn; });
    add("ai_budget", "ratio to T0", where,
        [r](const World& world) { return budget_factor(world.economy.budgets, static_cast<Region>(r)); });
    for (std::size_t to = 0; to < region_count; ++to) {
      if (to == r) continue;
      const Selectors way{{"from", text(region_names[r])}, {"to", text(region_names[to])}};
      add("desk_staff_moved", "persons since T0", way, [r, to](const World& world) {
        return static_cast<double>(world.economy.desks.moved_staff[r][to]);
      });
      add("desk_capital_moved", "bn USD since T0", way, [r, to](const World& world) {
        return static_cast<double>(world.economy.desks.moved_capital[r][to]) / usd_per_bn;
      });
      add("ai_budget_moved", "share of world spending since T0", way,
          [r, to](const World& world) { return world.economy.budgets.moved[r][to]; });
    }
  }
  for (std::size_t d = 0; d < facts.bank_desks.size(); ++d) {
    const std::size_t home = index(facts.bank_desks[d].region);
    add("desk_staff", "persons", {{"enterprise", facts.bank_desks[d].enterprise}},
        [d, home](const World& world) { return static_cast<double>(world.economy.desks.staff[d][home]); });
  }
}

void add_government(const Facts& facts, SeriesAdder& add) {
  for (std::size_t c = 0; c < control_kind_count; ++c) {
    add("control_level", "-", {{"instrument", text(control_kind_names[c])}},
        [c](const World& world) { return world.economy.regulators.level[c]; });
  }
  const Selectors us{{"government", "US"}};
  const auto count = [&](const char* variable, std::int64_t IncidentCounts::*member,
                         const char* hidden = "") {
    add(
        variable, "count since T0", us,
        [member](const World& world) { return static_cast<double>(world.economy.incidents.*member); },
        hidden);
  };
  count("incidents", &IncidentCounts::incidents);
  count("incidents_triggered", &IncidentCounts::triggered);
  count("incidents_false", &IncidentCounts::false_triggers, computed);
  count("incidents_without_uplift", &IncidentCounts::without_uplift, computed);
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].home != Region::us) continue;
    const Selectors who{{"vendor", facts.vendors[v].id}};
    add("lobbies", "0 or 1", who, [v](const World& world) {
      return world.economy.lobby.lobbies.empty() ? 0.0 : static_cast<double>(world.economy.lobby.lobbies[v]);
    });
    add(
        "lobby_regret", "log points since T0", who,
        [v](const World& world) {
          return world.economy.lobby.regret.empty() ? 0.0 : world.economy.lobby.regret[v];
        },
        in_heads);
  }
}

void add_denial(SeriesAdder& add) {
  for (std::size_t o = 0; o < denied_object_count; ++o) {
    for (std::size_t r = 0; r < region_count; ++r) {
      const Selectors what{{"object", text(denied_object_names[o])}, {"region", text(region_names[r])}};
      add("denial_nominal", "share", what,
          [o, r](const World& world) { return world.economy.indicators.denial[o][r].nominal; });
      add(
          "denial_effective", "share", what,
          [o, r](const World& world) { return world.economy.indicators.denial[o][r].effective; }, computed);
    }
  }
}

void add_bridge(const Facts& facts, SeriesAdder& add) {
  for (std::size_t c = 0; c < bridge_component_count; ++c) {
    add("bridge_level", "-", {{"component", text(bridge_component_names[c])}},
        [c](const World& world) { return world.economy.bridge.level[c]; });
  }
  const Selectors hk{{"region", "HK"}};
  add(
      "bridge_trust", "-", hk, [](const World& world) { return world.economy.bridge.trust; }, in_heads);
  add(
      "bridge_leak", "share", hk, [](const World& world) { return world.economy.bridge.leaked; },
      kept_secret);
  add("bridge_cost", "bn USD since T0", hk,
      [](const World& world) { return world.economy.bridge.cost_bn_usd; });
  add("secondary_measures", "count since T0", hk,
      [](const World& world) { return static_cast<double>(world.economy.bridge.secondary_measures); });
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].place[index(Region::hk)] == Denial::none) continue;
    add("vendor_consents", "0 or 1", {{"vendor", facts.vendors[v].id}}, [v](const World& world) {
      return world.economy.bridge.consent.empty() ? 0.0
                                                  : static_cast<double>(world.economy.bridge.consent[v]);
    });
  }
}

void add_shares(SeriesAdder& add) {
  for (std::size_t r = 0; r < region_count; ++r) {
    const Selectors where{{"region", text(region_names[r])}};
    const auto one = [&](const char* variable, std::array<double, region_count> Indicators::*member,
                         const char* hidden = "") {
      add(
          variable, "share", where,
          [r, member](const World& world) { return (world.economy.indicators.*member)[r]; }, hidden);
    };
    one("third_country_share", &Indicators::third_country_share);
    one("routed_share", &Indicators::routed, kept_secret);
    one("leaky_share", &Indicators::leaky, kept_secret);
    add("concentration", "-", where,
        [r](const World& world) { return world.economy.indicators.concentration.region[r]; });
  }
  add("concentration", "-", {{"layer", "world"}},
      [](const World& world) { return world.economy.indicators.concentration.world; });
  add("bifurcation", "-", {{"layer", "use"}},
      [](const World& world) { return world.economy.indicators.bifurcation_of_use; });
  add("bifurcation", "-", {{"layer", "talent"}},
      [](const World& world) { return world.economy.indicators.bifurcation_of_talent; });
  add(
      "bridge_index", "-", {{"region", "HK"}},
      [](const World& world) { return world.economy.indicators.bridge_index; }, computed);
}

void add_prices(const Facts& facts, SeriesAdder& add) {
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    for (std::size_t r = 0; r < region_count; ++r) {
      add(
          "lerner_index", "-", {{"vendor", facts.vendors[v].id}, {"region", text(region_names[r])}},
          [v, r](const World& world) { return world.economy.lerner[v * region_count + r]; }, in_books);
    }
  }
  const Selectors all{{"layer", "vendors"}};
  add(
      "premium_regression", "log points", all,
      [](const World& world) { return world.economy.indicators.premium.coefficient; }, computed);
  add(
      "premium_regression_error", "log points", all,
      [](const World& world) { return world.economy.indicators.premium.standard_error; }, computed);
  for (std::size_t r = 0; r < region_count; ++r) {
    add(
        "premium_willingness_to_pay", "share of price", {{"region", text(region_names[r])}},
        [r](const World& world) { return world.economy.indicators.willingness_to_pay[r]; }, in_heads);
  }
}

}  // namespace

void add_policy_series(const Facts& facts, std::vector<Series>& list) {
  SeriesAdder compute(SeriesFile::compute, list);
  if (!facts.compute.stock.empty()) {
    add_stocks(facts, compute);
    add_chips(compute);
  }
  add_research(facts, compute);
  SeriesAdder desks(SeriesFile::desks, list);
  add_desks(facts, desks);
  SeriesAdder policy(SeriesFile::policy, list);
  add_government(facts, policy);
  add_denial(policy);
  add_bridge(facts, policy);
  SeriesAdder indicators(SeriesFile::indicators, list);
  add_shares(indicators);
  add_prices(facts, indicators);
}

}  // namespace chokepoint
