#include "sim/study/economy_series.hpp"

#include "sim/model/talent/lock_out.hpp"
#include "sim/study/policy_series.hpp"
#include "sim/study/series_adder.hpp"

namespace chokepoint {
namespace {

using EfficiencyOf = std::function<const Efficiency&(const World&)>;

/// Access of a single enterprise is hidden: what its staff may use is its own affair.
void add_efficiency(SeriesAdder& add, const Selectors& who, const EfficiencyOf& of,
                    const char* access_hidden = "") {
  const auto one = [&](const char* variable, double Efficiency::*part, const char* hidden = computed) {
    add(
        variable, "-", who, [of, part](const World& world) { return of(world).*part; }, hidden);
  };
  one("ai_access", &Efficiency::access, access_hidden);
  one("ai_compute", &Efficiency::compute);
  one("ai_efficiency", &Efficiency::efficiency);
  one("ai_output", &Efficiency::output);
  add(
      "capability_used", "index points", who, [of](const World& world) { return of(world).capability; },
      computed);
  one("efficiency_from_access", &Efficiency::access_part);
  one("efficiency_from_compute", &Efficiency::compute_part);
}

void add_enterprises(const Facts& facts, SeriesAdder& add) {
  for (std::size_t r = 0; r < region_count; ++r) {
    add_efficiency(add, {{"region", text(region_names[r])}},
                   [r](const World& world) -> const Efficiency& { return world.economy.usage.region[r]; });
  }
  add_efficiency(add, {{"enterprise", "hk-banks"}},
                 [](const World& world) -> const Efficiency& { return world.economy.usage.hong_kong_desks; });
  for (std::size_t d = 0; d < facts.bank_desks.size(); ++d) {
    add_efficiency(
        add, {{"enterprise", facts.bank_desks[d].enterprise}},
        [d](const World& world) -> const Efficiency& { return world.economy.usage.desk[d]; }, in_books);
  }
}

void add_model_access(const Facts& facts, SeriesAdder& add) {
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open || facts.vendor(facts.models[m].developer) == Facts::npos) continue;
    for (std::size_t n = 0; n < nationality_count; ++n) {
      add("ai_access", "share", {{"model", facts.models[m].id}, {"nationality", text(nationality_names[n])}},
          [m, n](const World& world) {
            return entitled_served(*world.facts, world.economy.access, m, static_cast<Nationality>(n));
          });
    }
  }
}

double share_of(const std::vector<double>& amounts, std::size_t region, std::size_t product) {
  const std::size_t products = amounts.size() / region_count;
  double sum = 0.0;
  for (std::size_t j = 0; j < products; ++j) sum += amounts[region * products + j];
  return sum > 0.0 ? amounts[region * products + product] / sum : 0.0;
}

void add_use(const Facts& facts, SeriesAdder& add) {
  const std::vector<Product> products = make_products(facts);
  for (std::size_t r = 0; r < region_count; ++r) {
    for (std::size_t j = 0; j < products.size(); ++j) {
      const std::size_t v = products[j].vendor;
      const Selectors what{{"region", text(region_names[r])},
                           {"vendor", v == Facts::npos ? "none" : facts.vendors[v].id},
                           {"product", text(name_of(products[j].kind, product_kind_names))}};
      const auto share = [&](const char* variable, std::vector<double> Usage::*amounts) {
        add(variable, "share", what,
            [r, j, amounts](const World& world) { return share_of(world.economy.usage.*amounts, r, j); });
      };
      share("usage_share", &Usage::staff);
      share("token_share", &Usage::tokens);
      share("spending_share", &Usage::spend);
    }
  }
}

void add_vendors(const Facts& facts, SeriesAdder& add) {
  const std::vector<Product> products = make_products(facts);
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const Selectors who{{"vendor", facts.vendors[v].id}};
    add("model_revenue", "ratio to T0", who,
        [v](const World& world) { return revenue_ratio(world.economy, v); });
    add(
        "latent_capability", "index points", who,
        [v](const World& world) { return world.economy.capability.latent[v]; }, in_books);
    add(
        "sovereign_premium", "log points", who, [v](const World& world) { return world.economy.premium[v]; },
        in_heads);
    add("vendor_removed", "share", {{"vendor", facts.vendors[v].id}, {"region", "HK"}},
        [its = products_of_vendor(products, v)](const World& world) {
          return desk_staff_without(world.economy, its, Region::hk);
        });
  }
  for (std::size_t g = 0; g < region_count; ++g) {
    for (std::size_t r = 0; r < region_count; ++r) {
      add(
          "denial_hazard", "1/year",
          {{"government", text(region_names[g])}, {"region", text(region_names[r])}},
          [g, r](const World& world) { return world.economy.hazard[g][r]; }, in_heads);
    }
  }
}

void add_stocks(SeriesAdder& add) {
  for (std::size_t n = 0; n < nationality_count; ++n) {
    const std::string origin = text(nationality_names[n]);
    for (std::size_t l = 0; l < region_count; ++l) {
      const std::string place = text(region_names[l]);
      add("talent_stock", "persons", {{"region", place}, {"origin", origin}, {"skill", "ai"}},
          [n, l](const World& world) { return static_cast<double>(world.economy.talent.stock[n][l]); });
      for (std::size_t to = 0; to < region_count; ++to) {
        if (to == l) continue;
        add("talent_moved", "persons since T0",
            {{"origin", origin}, {"from", place}, {"to", text(region_names[to])}},
            [n, l, to](const World& world) {
              return static_cast<double>(world.economy.talent.moved[n][l][to]);
            });
        add("talent_moved_top", "persons since T0",
            {{"origin", origin}, {"from", place}, {"to", text(region_names[to])}},
            [n, l, to](const World& world) {
              return static_cast<double>(world.economy.talent.moved_top[n][l][to]);
            });
      }
    }
  }
}

double sum_of(const PersonsByNationality& persons) {
  double sum = 0.0;
  for (const std::int64_t count : persons) sum += static_cast<double>(count);
  return sum;
}

void add_staff(const Facts& facts, SeriesAdder& add) {
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    if (facts.vendors[v].research_staff == 0) continue;
    const Selectors who{{"vendor", facts.vendors[v].id}};
    add("research_staff", "persons", who,
        [v](const World& world) { return sum_of(world.economy.talent.staff[v]); });
    add("locked_out_staff", "persons", who, [v](const World& world) {
      return sum_of(
          locked_out_persons(world.economy.talent, locked_out_staff(*world.facts, world.economy.orders), v));
    });
    add(
        "lock_out_quits", "persons since T0", who,
        [v](const World& world) { return sum_of(world.economy.talent.quits[v]); }, in_books);
  }
}

}  // namespace

void add_economy_series(const Facts& facts, std::vector<Series>& list) {
  if (facts.vendors.empty()) return;
  SeriesAdder efficiency(SeriesFile::efficiency, list);
  add_enterprises(facts, efficiency);
  add_model_access(facts, efficiency);
  SeriesAdder adoption(SeriesFile::adoption, list);
  add_use(facts, adoption);
  add_vendors(facts, adoption);
  SeriesAdder talent(SeriesFile::talent, list);
  add_stocks(talent);
  add_staff(facts, talent);
  add_policy_series(facts, list);
}

}  // namespace chokepoint
