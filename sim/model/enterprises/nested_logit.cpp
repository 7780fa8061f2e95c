#include "sim/model/enterprises/nested_logit.hpp"

#include <array>

#include "sim/base/math.hpp"

namespace chokepoint {

void choice_probabilities(const std::vector<Product>& products, std::span<const double> utility,
                          ProductSet menu, double lambda, std::span<double> probability) {
  for (double& p : probability) p = 0.0;
  double highest = 0.0;
  bool any = false;
  for (std::size_t j = 0; j < products.size(); ++j) {
    if (!contains(menu, j)) continue;
    highest = !any || utility[j] > highest ? utility[j] : highest;
    any = true;
  }
  if (!any) return;
  std::array<double, nest_count> sum{};
  for (std::size_t j = 0; j < products.size(); ++j) {
    if (!contains(menu, j)) continue;
    probability[j] = exponential((utility[j] - highest) / lambda);
    sum[index(products[j].nest)] += probability[j];
  }
  std::array<double, nest_count> per_weight{};
  double total = 0.0;
  for (std::size_t g = 0; g < nest_count; ++g) {
    if (!(sum[g] > 0.0)) continue;
    const double weight = power(sum[g], lambda);
    per_weight[g] = weight / sum[g];
    total += weight;
  }
  for (std::size_t j = 0; j < products.size(); ++j) {
    probability[j] *= per_weight[index(products[j].nest)] / total;
  }
}

std::size_t draw_product(std::span<const double> probability, double u, std::size_t otherwise) {
  double cumulated = 0.0;
  std::size_t last = otherwise;
  for (std::size_t j = 0; j < probability.size(); ++j) {
    if (!(probability[j] > 0.0)) continue;
    cumulated += probability[j];
    last = j;
    if (u < cumulated) return j;
  }
  return last;
}

}  // namespace chokepoint
