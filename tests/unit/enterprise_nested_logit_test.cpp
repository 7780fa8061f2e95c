#include <catch2/catch.hpp>
#include <vector>

#include "sim/model/enterprises/nested_logit.hpp"
#include "sim/model/enterprises/taste_params.hpp"
#include "sim/model/enterprises/usage.hpp"

using namespace chokepoint;

namespace {

std::vector<Product> products_in(const std::vector<Nest>& nests) {
  std::vector<Product> products;
  for (const Nest nest : nests) products.push_back({0, ProductKind::closed, nest});
  return products;
}

std::vector<double> shares(const std::vector<Product>& products, const std::vector<double>& utility,
                           ProductSet menu, double lambda) {
  std::vector<double> probability(products.size(), -1.0);
  choice_probabilities(products, utility, menu, lambda, probability);
  return probability;
}

struct Listed {
  double capability, price_in, price_out;
  bool open;
};

/// Leading models of late 2025 with the prices of their makers.
const std::vector<Listed> late_2025 = {{153.49, 1.75, 14, false},  {153.01, 2, 12, false},
                                       {150.11, 5, 25, false},     {146.45, 3, 15, false},
                                       {146.20, .229, .343, true}, {145.77, .6, 2.5, true}};

double open_share_of_tokens(const TasteParams& tastes) {
  std::vector<Nest> nests;
  std::vector<double> utility, tokens;
  for (const Listed& model : late_2025) {
    const double price = (3.0 * model.price_in + model.price_out) / 4.0;
    nests.push_back(model.open ? Nest::open_hosted : Nest::closed_elsewhere);
    utility.push_back(value_of(tastes, model.capability, 150.0, price));
    tokens.push_back(power(price / reference_token_price, -UseParams{}.token_elasticity));
  }
  const auto share = shares(products_in(nests), utility, 0x3f, tastes.nest_scale);
  double open = 0.0, total = 0.0;
  for (std::size_t j = 0; j < share.size(); ++j) {
    total += share[j] * tokens[j];
    if (late_2025[j].open) open += share[j] * tokens[j];
  }
  return open / total;
}

}  // namespace

TEST_CASE("With lambda 1 the nests do not matter: the plain logit") {
  const auto products = products_in({Nest::closed_elsewhere, Nest::closed_elsewhere, Nest::open_hosted});
  const auto share = shares(products, {logarithm(2.0), logarithm(3.0), logarithm(5.0)}, 7, 1.0);
  CHECK(share[0] == Approx(0.2));
  CHECK(share[1] == Approx(0.3));
  CHECK(share[2] == Approx(0.5));
}

TEST_CASE("Two like products in a nest share more than one but less than two: hand-computed") {
  // lambda 1/2, all utilities 0: S = 2 and 1, weights sqrt 2 and 1
  const auto products = products_in({Nest::closed_elsewhere, Nest::closed_elsewhere, Nest::open_hosted});
  const auto share = shares(products, {0.0, 0.0, 0.0}, 7, 0.5);
  CHECK(share[2] == Approx(1.0 / (1.0 + 1.4142135623730951)));
  CHECK(share[0] == Approx(share[1]));
  CHECK(share[0] + share[1] + share[2] == Approx(1.0));
}

TEST_CASE("A product off the menu has no share, an empty menu none at all") {
  const auto products = products_in({Nest::closed_elsewhere, Nest::closed_elsewhere, Nest::open_hosted});
  const auto share = shares(products, {0.0, 0.0, 0.0}, only(0) | only(2), 0.5);
  CHECK(share[1] == 0.0);
  CHECK(share[0] == Approx(0.5));
  for (const double p : shares(products, {0.0, 0.0, 0.0}, 0, 0.5)) CHECK(p == 0.0);
}

TEST_CASE("Utilities far apart neither overflow nor lose the total") {
  const auto products = products_in({Nest::closed_elsewhere, Nest::open_hosted, Nest::none});
  const auto share = shares(products, {900.0, 0.0, -900.0}, 7, 0.5);
  CHECK(share[0] == Approx(1.0));
  CHECK(share[1] >= 0.0);
}

TEST_CASE("Draws follow the cumulated probabilities") {
  const std::vector<double> share{0.25, 0.0, 0.75};
  CHECK(draw_product(share, 0.24, 9) == 0);
  CHECK(draw_product(share, 0.26, 9) == 2);
  CHECK(draw_product(share, 0.999999, 9) == 2);
  CHECK(draw_product(std::vector<double>{0.0, 0.0}, 0.5, 9) == 9);
}

TEST_CASE(
    "Open models get 30 % of tokens in late 2025 without brands: what capability_weight is derived from") {
  const TasteParams shipped;
  CHECK(open_share_of_tokens(shipped) == Approx(0.30).margin(0.005));
  TasteParams tastes;
  double low = 0.0, high = 2.0;  // the share falls in the weight: open models are weaker
  for (int halving = 0; halving < 40; ++halving) {
    tastes.capability_weight = 0.5 * (low + high);
    (open_share_of_tokens(tastes) > 0.30 ? low : high) = tastes.capability_weight;
  }
  CHECK(shipped.capability_weight == Approx(tastes.capability_weight).margin(0.005));
}
