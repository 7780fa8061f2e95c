#include "sim/model/enterprises/choice.hpp"

#include <array>

#include "sim/base/math.hpp"
#include "sim/model/enterprises/nested_logit.hpp"

namespace chokepoint {
namespace {

constexpr double days_per_year = 365.0;
constexpr double never_reviews = 1e300;

double waiting_time(const SwitchingParams& params, const RandomStream& random, std::uint32_t identity,
                    std::uint32_t step) {
  if (!(params.review_rate > 0.0)) return never_reviews;
  return -logarithm(random.uniform(Decision::enterprise_review, identity, step)) * days_per_year /
         params.review_rate;
}

ProductSet menu_of(const ChoiceInputs& inputs, const Enterprises& all, std::size_t i) {
  return inputs.table.menu[all.menu_class[i]] & ~all.removed[i];
}

double utility_of(const ChoiceInputs& inputs, const Enterprises& all, std::size_t i, std::size_t product) {
  return inputs.table.utility[kind_of_class(all.menu_class[i]) * inputs.table.products + product];
}

std::size_t draw(const ChoiceInputs& inputs, const Enterprises& all, std::size_t i, double u) {
  const std::size_t products = inputs.table.products;
  const std::size_t none = products - 1;
  const double* shared = &inputs.table.probability[all.menu_class[i] * products];
  if (all.removed[i] == 0) return draw_product({shared, products}, u, none);
  std::array<double, most_products> own;
  const double* utility = &inputs.table.utility[kind_of_class(all.menu_class[i]) * products];
  choice_probabilities(inputs.products, {utility, products}, menu_of(inputs, all, i),
                       inputs.tastes.nest_scale, {own.data(), products});
  return draw_product({own.data(), products}, u, none);
}

void take(const ChoiceInputs& inputs, std::size_t i, std::size_t product, Enterprises& all) {
  all.product[i] = product;
  all.utility_at_choice[i] = utility_of(inputs, all, i, product);
}

bool accepts(const ChoiceInputs& inputs, const Enterprises& all, std::size_t i, double u) {
  const double lost = all.utility_at_choice[i] - utility_of(inputs, all, i, all.product[i]);
  const double exponent = (lost > 0.0 ? lost : 0.0) - inputs.switching_cost;
  return exponent >= 0.0 || u < exponential(exponent);
}

}  // namespace

ChoiceTable make_choice_table(const Demand& demand) {
  ChoiceTable table;
  const std::size_t products = table.products = demand.products.size();
  table.utility.resize(enterprise_kind_count * products);
  table.probability.resize(menu_class_count * products);
  table.menu.resize(menu_class_count);
  for (std::size_t kind = 0; kind < enterprise_kind_count; ++kind) {
    const std::span<double> utility(&table.utility[kind * products], products);
    utilities(demand, kind, utility);
    for (const bool approves_rival : {false, true}) {
      const std::size_t c = menu_class(enterprise_kind(kind), approves_rival);
      table.menu[c] = products_on(demand, utility, enterprise_kind(kind).owner, approves_rival, 0);
      choice_probabilities(demand.products, utility, table.menu[c], demand.params.nest_scale,
                           {&table.probability[c * products], products});
    }
  }
  return table;
}

void choose_first(const ChoiceInputs& inputs, const RandomStream& random, Enterprises& all) {
  all.product.assign(all.size(), 0);
  all.utility_at_choice.assign(all.size(), 0.0);
  all.next_review.assign(all.size(), 0.0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint32_t id = all.identity[i];
    take(inputs, i, draw(inputs, all, i, random.uniform(Decision::enterprise_choice, id, 0)), all);
    all.next_review[i] = waiting_time(inputs.switching, random, id, 0);
  }
}

void choose(const ChoiceInputs& inputs, const RandomStream& random, std::uint32_t step, double days,
            Enterprises& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint32_t id = all.identity[i];
    const bool forced = !contains(menu_of(inputs, all, i), all.product[i]);
    all.next_review[i] -= days;
    const bool reviews = all.next_review[i] <= 0.0;
    if (reviews) all.next_review[i] += waiting_time(inputs.switching, random, id, step);
    if (!forced && !reviews) continue;
    const std::size_t drawn = draw(inputs, all, i, random.uniform(Decision::enterprise_choice, id, step));
    if (drawn == all.product[i]) continue;
    if (forced || accepts(inputs, all, i, random.uniform(Decision::enterprise_switch, id, step))) {
      take(inputs, i, drawn, all);
    }
  }
}

}  // namespace chokepoint
