#include "sim/model/compute/compute_month.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/base/math.hpp"
#include "sim/model/compute/domestic_chips.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {
namespace {

constexpr double long_ago = 1e9;    // [d] routes round a denial of T0 are open
constexpr double rounding = 1e-12;  // differences below are those of sums in another order

/// Log points that the reference has grown since T0.
double reference_level(const ComputeParams& p, double months) {
  const double slow = logarithm(p.growth_long_run) / 12.0;
  const double fast = logarithm(p.growth) / 12.0;
  const double rate = logarithm(2.0) / p.growth_half_life;
  return slow * months + (fast - slow) / rate * (1.0 - exponential(-rate * months));
}

/// Purchases per unit of stock that let it follow the reference from `at` on.
double wish_rate(const ComputeParams& p, double at, double months) {
  const double growth = reference_level(p, at + months) - reference_level(p, at);
  return exponential(growth) - 1.0 + p.depreciation * months / 12.0;
}

/// Purchases along the reference in a step, in months of T0.
double reference_purchases(const ComputeParams& p, double at, double months) {
  const double first = wish_rate(p, 0, 1);
  return first > 0 ? wish_rate(p, at, months) / first * exponential(reference_level(p, at)) : 0.0;
}

/// Everything about one step that does not differ by vendor.
struct Step {
  const ComputeParams& params;
  const Facts& facts;
  const ComputeFacts& compute;
  const ChipPolicy& policy;
  ChipMarket market;
};

bool chinese(const Facts& facts, std::size_t v) { return is_chinese(facts.vendors[v].home); }

double foreign_price_factor(const ComputeParams& p, const ChipPolicy& policy, double months) {
  return exponential(p.counter_control_cost * policy.counter_control - p.price_decline * months / 12.0);
}

/// The shares of a Chinese vendor's demand that may go abroad.
void limit_imports(const Step& step, std::size_t v, ChipPurse& purse) {
  if (!chinese(step.facts, v)) return;
  purse.foreign_share = 1.0 - step.compute.state_funded[v] * step.policy.procurement_ban;
  purse.imported_share = std::min(purse.foreign_share, 1.0 - step.policy.all_foreign_ban);
}

ChipPurchases purchases(const Step& step, const ComputeState& state, const ChipPurse& purse, std::size_t v,
                        double domestic_most) {
  const auto offers = chip_offers(step.params, step.facts, step.compute, step.policy, step.market, v,
                                  state.days_denied[v], domestic_most);
  return buy_chips(offers, purse);
}

/// Part of Chinese vendors' demand that goes to domestic chips: others turn to them likewise.
double part_turned_to(double ordered, double wanted) {
  return wanted > 0 ? std::min(1.0, ordered / wanted) : 1.0;
}

struct DomesticOrders {
  std::vector<double> by_vendor;  ///< [H100e]
  double total = 0;               ///< [H100e] with those of other Chinese firms
};

DomesticOrders domestic_orders(const Step& step, const ComputeState& state, std::span<const ChipPurse> purses,
                               double other_demand) {
  DomesticOrders orders;
  orders.by_vendor.assign(purses.size(), 0.0);
  double spent = 0;
  double wanted = 0;
  for (std::size_t v = 0; v < purses.size(); ++v) {
    if (purses[v].wish <= 0 || !chinese(step.facts, v)) continue;
    const ChipPurchases asked = purchases(step, state, purses[v], v, no_limit);
    const double order = asked.bought[index(ChipChannel::domestic)];
    const bool by_money = purses[v].money < no_limit;
    orders.by_vendor[v] = order;
    orders.total += order;
    spent += by_money ? order * step.market.domestic_cost : order;
    wanted += by_money ? purses[v].money : purses[v].most;
  }
  if (step.market.domestic_cost > 0) orders.total += other_demand * part_turned_to(spent, wanted);
  return orders;
}

/// Everybody's purchases once domestic chips are shared out.
std::vector<ChipPurchases> share_out(const Step& step, const ComputeState& state,
                                     std::span<const ChipPurse> purses, const DomesticOrders& orders,
                                     double filled) {
  std::vector<ChipPurchases> result(purses.size());
  for (std::size_t v = 0; v < purses.size(); ++v) {
    if (purses[v].wish <= 0) continue;
    result[v] = purchases(step, state, purses[v], v, filled * orders.by_vendor[v]);
  }
  return result;
}

/// Chips for the hoard come from what may be imported, beyond the month's purchases.
void fill_hoard(const Step& step, const ChipPurse& purse, std::size_t v, ComputeState& state) {
  if (!chinese(step.facts, v)) return;
  const double target = step.params.hoard_months * state.chip_hazard * purse.wish / step.market.months;
  const double gap = (target - state.hoard[v]) * std::max(0.0, purse.imported_share);
  if (gap <= 0) return;
  const LegalOffer offer = legal_offer(step.compute, step.facts, step.policy, v, step.market.today, false);
  ByChipChannel& bought = state.bought[v];
  double& licensed = bought[index(ChipChannel::licensed)];
  const double left = std::max(0.0, offer.licensed_h100e_per_month * step.market.months - licensed);
  const double amount = offer.usd_per_h100e > 0 ? gap : std::min(gap, left);
  (offer.usd_per_h100e > 0 ? bought[index(ChipChannel::legal)] : licensed) += amount;
  state.hoard[v] += amount;
}

/// Puts a vendor's purchases to use and says how it fared against the reference.
void settle(const Step& step, const ChipPurchases& got, const ChipPurse& purse, double effective,
            std::size_t v, ComputeState& state) {
  const double months = step.market.months;
  const double kept = 1.0 - step.params.depreciation * months / 12.0;
  const double rented = got.bought[index(ChipChannel::rented)];
  const double drawn = std::min(state.hoard[v], std::max(0.0, purse.wish - got.total));
  state.bought[v] = got.bought;
  state.bought[v][index(ChipChannel::drawn_from_hoard)] = drawn;
  state.hoard[v] -= drawn;
  state.stock[v] = state.stock[v] * kept + got.total - rented + drawn;
  state.rented[v] = state.rented[v] * kept + rented;

  const double unmet = purse.wish > 0 ? 1.0 - (got.total + drawn) / purse.wish : 0.0;
  state.unmet[v] = unmet > rounding ? unmet : 0.0;
  const double growth =
      logarithm((state.stock[v] + state.rented[v]) / effective) -
      (reference_level(step.params, state.months + months) - reference_level(step.params, state.months));
  state.growth[v] = std::max(growth, -growth) > rounding ? growth : 0.0;
  state.since_t0[v] += state.growth[v];
  fill_hoard(step, purse, v, state);
  for (std::size_t c = 0; c < chip_channel_count; ++c) state.bought_since_t0[v][c] += state.bought[v][c];
}

/// Share of Chinese vendors' wish that no channel met; without any, of the orders for domestic chips.
double chinese_shortage(const Facts& facts, std::span<const ChipPurse> purses, const ComputeState& state) {
  double wish = 0;
  double unmet = 0;
  for (std::size_t v = 0; v < purses.size(); ++v) {
    if (!chinese(facts, v)) continue;
    wish += purses[v].wish;
    unmet += purses[v].wish * state.unmet[v];
  }
  return wish > 0 ? unmet / wish : 1.0 - state.domestic_filled;
}

void advance_domestic(const Step& step, double output, double shortage, ComputeState& state) {
  state.domestic_cumulative += output;
  state.domestic_cost = domestic_cost(step.params, state.domestic_cost_at_t0, state.domestic_cumulative,
                                      step.compute.domestic_cumulative);
  state.domestic_capacity = grown_capacity(step.params, state.domestic_capacity, tools_withheld(step.policy),
                                           shortage, step.market.months);
}

std::vector<ChipPurse> purses_of(const Step& step, std::span<const double> financing,
                                 const ComputeState& state) {
  const double months = step.market.months;
  const double rate = wish_rate(step.params, state.months, months);
  const double budgets = reference_purchases(step.params, state.months, months) *
                         exponential(-step.params.price_decline * state.months / 12.0);
  std::vector<ChipPurse> purses(state.stock.size());
  for (std::size_t v = 0; v < purses.size(); ++v) {
    if (step.compute.stock[v] <= 0) continue;
    purses[v].wish = rate * (state.stock[v] + state.rented[v]);
    purses[v].money = state.budget[v] * budgets * financing[v];
    limit_imports(step, v, purses[v]);
  }
  return purses;
}

void note_denials(const Step& step, ComputeState& state) {
  for (std::size_t v = 0; v < state.stock.size(); ++v) {
    if (state.days_denied[v] >= 0) continue;
    if (is_denied(step.facts, step.compute, step.policy, v, step.market.today)) state.days_denied[v] = 0;
  }
}

ComputeState empty_compute(std::size_t vendors) {
  ComputeState state;
  for (auto* each : {&state.stock, &state.hoard, &state.rented, &state.budget, &state.unmet, &state.growth,
                     &state.since_t0}) {
    each->assign(vendors, 0.0);
  }
  state.days_denied.assign(vendors, -1.0);
  state.bought.assign(vendors, {});
  state.bought_since_t0.assign(vendors, {});
  return state;
}

/// Backs out budgets: each vendor's wish of T0 is bought without regard to money.
void back_out_budgets(const Step& step, ComputeState& state) {
  const double rate = wish_rate(step.params, 0, 1);
  std::vector<ChipPurse> purses(state.stock.size());
  for (std::size_t v = 0; v < purses.size(); ++v) {
    purses[v].wish = rate * state.stock[v];
    purses[v].most = purses[v].wish;
    limit_imports(step, v, purses[v]);
  }
  const DomesticOrders orders = domestic_orders(step, state, purses, step.compute.other_chinese_demand);
  state.domestic_filled = filled_part(state.domestic_capacity, orders.total);
  const auto got = share_out(step, state, purses, orders, state.domestic_filled);
  const double any_chip = cheapest_chip(step.compute, false, step.market.today);
  for (std::size_t v = 0; v < purses.size(); ++v) {
    const double price =
        got[v].total > 0 ? got[v].paid / got[v].total : any_chip * step.market.foreign_price_factor;
    state.budget[v] = purses[v].wish * price;
  }
}

}  // namespace

double reference_growth(const ComputeParams& p, double months_since_t0) {
  const double slow = logarithm(p.growth_long_run) / 12.0;
  const double fast = logarithm(p.growth) / 12.0;
  return slow + (fast - slow) * power(2.0, -months_since_t0 / p.growth_half_life);
}

ComputeState initial_compute(const ComputeParams& params, const Facts& facts, const ComputeFacts& compute,
                             const ChipPolicy& at_start, Date as_of) {
  if (compute.stock.empty()) return {};
  CHOKEPOINT_EXPECT(compute.stock.size() == facts.vendors.size());
  CHOKEPOINT_EXPECT(compute.state_funded.size() == facts.vendors.size());
  ComputeState state = empty_compute(compute.stock.size());
  state.stock = compute.stock;
  state.domestic_cumulative = compute.domestic_cumulative;
  state.domestic_capacity = compute.domestic_output;
  state.domestic_cost_at_t0 = cheapest_chip(compute, true, as_of);
  state.domestic_cost = state.domestic_cost_at_t0;
  for (std::size_t v = 0; v < state.stock.size(); ++v) {
    if (is_denied(facts, compute, at_start, v, as_of)) state.days_denied[v] = long_ago;
  }
  const ChipMarket market{as_of, 1.0, foreign_price_factor(params, at_start, 0), state.domestic_cost};
  back_out_budgets({params, facts, compute, at_start, market}, state);
  return state;
}

void step_compute(const ComputeParams& params, const Facts& facts, const ComputeFacts& compute,
                  const ChipPolicy& policy, std::span<const double> financing, double months, Date today,
                  ComputeState& state) {
  CHOKEPOINT_EXPECT(months > 0 && params.depreciation * months < 12.0);
  CHOKEPOINT_EXPECT(state.stock.empty() || financing.size() == state.stock.size());
  const ChipMarket market{today, months, foreign_price_factor(params, policy, state.months),
                          state.domestic_cost};
  const Step step{params, facts, compute, policy, market};
  if (!state.stock.empty()) {
    note_denials(step, state);
    std::vector<double> effective;
    for (std::size_t v = 0; v < state.stock.size(); ++v) {
      effective.push_back(state.stock[v] + state.rented[v]);
      if (policy.rental_barred && chinese(facts, v)) state.rented[v] = 0;
    }
    const auto purses = purses_of(step, financing, state);
    const double other = compute.other_chinese_demand * reference_purchases(params, state.months, months);
    const DomesticOrders orders = domestic_orders(step, state, purses, other);
    state.domestic_filled = filled_part(state.domestic_capacity * months, orders.total);
    const auto got = share_out(step, state, purses, orders, state.domestic_filled);
    for (std::size_t v = 0; v < purses.size(); ++v) {
      if (compute.stock[v] > 0) settle(step, got[v], purses[v], effective[v], v, state);
      if (state.days_denied[v] >= 0) state.days_denied[v] += months * days_per_month;
    }
    advance_domestic(step, orders.total * state.domestic_filled, chinese_shortage(facts, purses, state),
                     state);
  }
  state.chip_hazard *= exponential(-months * days_per_month / params.hazard_memory);
  state.months += months;
}

void learn_chip_hazard(const ComputeParams& params, double bite, ComputeState& state) {
  CHOKEPOINT_EXPECT(bite >= 0 && bite <= 1);
  state.chip_hazard += params.hazard_jump * bite;
}

}  // namespace chokepoint
