#include "sim/model/demand.hpp"

#include <algorithm>
#include <limits>
#include <string>

#include "sim/base/math.hpp"

namespace chokepoint {

void DemandParams::fields(FieldList& list, DemandParams& p) {
  const std::array<std::array<double, 2>, investor_type_count> anchor_range{
      {{0, 0.6}, {0.4, 2}, {2, 6}, {0, 0.6}, {0, 0.6}, {0, 0.6}}};
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    const std::string type(investor_type_names[t]);
    list.add("demand.value_anchor." + type, p.value_anchor[t], "-", anchor_range[t][0], anchor_range[t][1],
             "assumption: own elasticities and multipliers in the range of Gabaix and Koijen (NBER 28967); "
             "`chokepoint multipliers` prints what it implies",
             "theta: response of demand to mispricing");
  }
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    list.add("demand.misalignment_rush." + std::string(investor_type_names[t]), p.misalignment_rush[t], "-",
             0, 1, "assumption", "kappa: cubic return to value when mispricing is large");
  }
}

double DemandSystem::class_factor(std::size_t line, std::size_t g, double p) const {
  const std::size_t at = line * class_count + g;
  const double z = p - in_.value[at];
  return exponential(p - in_.theta[g] * z - in_.kappa[g] * z * z * z + in_.shifter[at]);
}

void DemandSystem::gather_open_lines() {
  const std::size_t open = open_.size();
  odds_.resize(open);
  holding_.resize(open);
  attention_.resize(open);
  for (std::vector<double>* table : {&value_, &shifter_, &share_, &money_, &factor_, &slope_}) {
    table->resize(class_count * open);
  }
  for (std::size_t row = 0; row < open; ++row) {
    const std::size_t k = open_[row];
    odds_[row] = in_.odds[k];
    holding_[row] = &in_.holding[k * in_.accounts->size];
    attention_[row] = in_.attention[k];
    for (std::size_t g = 0; g < class_count; ++g) {
      value_[g * open + row] = in_.value[k * class_count + g];
      shifter_[g * open + row] = in_.shifter[k * class_count + g];
      money_[g * open + row] = in_.new_money[k * class_count + g];
    }
  }
}

void DemandSystem::add_closed_lines(std::span<const double> log_price) {
  std::vector<char> is_open(in_.lines, 0);
  for (const std::size_t k : open_) is_open[k] = 1;
  std::vector<double> price(in_.lines);
  for (std::size_t k = 0; k < in_.lines; ++k) price[k] = in_.reference_price[k] * exponential(log_price[k]);
  for (std::size_t k = 0; k < in_.lines; ++k) {
    if (is_open[k]) continue;
    const double* holding = &in_.holding[k * in_.accounts->size];
    for (std::size_t g = 0; g < class_count; ++g) {
      const double factor = class_factor(k, g, log_price[k]);
      add_odds_and_wealth(base_odds_.data(), base_wealth_.data(), {&in_.odds[k], 1}, {&holding, 1}, &factor,
                          &price[k], stretch(g));
      if (in_.attention[k] == nullptr) continue;
      add_scaled(base_odds_.data(), in_.attention[k], in_.new_money[k * class_count + g], stretch(g));
    }
  }
  for (const LockedLot& lot : in_.locked) {
    if (!lot.in_wealth || is_open[lot.line]) continue;
    base_wealth_[lot.account] += static_cast<double>(lot.shares) * price[lot.line];
  }
}

void DemandSystem::prepare(const DemandInputs& inputs, const Participation& participation,
                           std::span<const std::size_t> open, std::span<const double> log_price) {
  in_ = inputs;
  open_.assign(open.begin(), open.end());
  const std::size_t n = in_.accounts->size;
  base_odds_.assign(n, 1.0);
  base_wealth_.assign(in_.cash.begin(), in_.cash.end());
  odds_sum_.resize(n);
  wealth_.resize(n);
  intensity_.resize(n);
  price_.assign(open_.size(), 0.0);
  demand_.assign(open_.size(), 0.0);
  supply_.assign(open_.size(), 0.0);
  sum_.assign(open_.size(), 0.0);
  gather_open_lines();
  add_closed_lines(log_price);
  for (std::size_t row = 0; row < open_.size(); ++row) {
    supply_[row] = participation.supply[open_[row]];
    for (std::size_t g = 0; g < class_count; ++g) {
      const double share = participation.share[open_[row] * class_count + g];
      share_[g * open_.size() + row] = share;
      supply_[row] += share * lane_sum(holding_[row], stretch(g));
    }
  }
}

void DemandSystem::price_lines(std::span<const double> p) {
  const std::size_t open = open_.size();
  for (std::size_t row = 0; row < open; ++row) {
    price_[row] = in_.reference_price[open_[row]] * exponential(p[row]);
  }
  for (std::size_t g = 0; g < class_count; ++g) {
    const double theta = in_.theta[g];
    const double kappa = in_.kappa[g];
    for (std::size_t row = 0; row < open; ++row) {
      const std::size_t at = g * open + row;
      const double z = p[row] - value_[at];
      slope_[at] = 1.0 - theta - 3.0 * kappa * z * z;
      factor_[at] = p[row] - theta * z - kappa * z * z * z + shifter_[at];
    }
  }
  exponentials(factor_);
}

void DemandSystem::add_up_wealth() {
  const std::size_t open = open_.size();
  std::copy(base_odds_.begin(), base_odds_.end(), odds_sum_.begin());
  std::copy(base_wealth_.begin(), base_wealth_.end(), wealth_.begin());
  for (const LockedLot& lot : in_.locked) {
    if (!lot.in_wealth) continue;
    for (std::size_t row = 0; row < open; ++row) {
      if (open_[row] == lot.line) wealth_[lot.account] += static_cast<double>(lot.shares) * price_[row];
    }
  }
  for (std::size_t row = 0; row < open; ++row) {
    if (attention_[row] == nullptr) continue;
    for (std::size_t g = 0; g < class_count; ++g) {
      add_scaled(odds_sum_.data(), attention_[row], money_[g * open + row], stretch(g));
    }
  }
}

void DemandSystem::add_up_demand() {
  const std::size_t open = open_.size();
  std::fill(demand_.begin(), demand_.end(), 0.0);
  for (std::size_t g = 0; g < class_count; ++g) {
    const double* factor = factor_.data() + g * open;
    const double* share = share_.data() + g * open;
    const double* money = money_.data() + g * open;
    add_odds_and_wealth(odds_sum_.data(), wealth_.data(), odds_, holding_, factor, price_.data(), stretch(g));
    divide_wealth(intensity_.data(), wealth_.data(), odds_sum_.data(), stretch(g));
    lane_dots(intensity_.data(), odds_, stretch(g), sum_.data());
    for (std::size_t row = 0; row < open; ++row) {
      demand_[row] += share[row] * factor[row] * sum_[row];
      if (attention_[row] == nullptr) continue;
      demand_[row] += share[row] * money[row] * lane_dot(intensity_.data(), attention_[row], stretch(g));
    }
  }
}

void DemandSystem::residual(std::span<const double> p, std::span<double> F) {
  price_lines(p);
  add_up_wealth();
  add_up_demand();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (std::size_t row = 0; row < open_.size(); ++row) {
    if (!(supply_[row] > 0.0)) {
      F[row] = infinity;
    } else if (!(demand_[row] > 0.0)) {
      F[row] = -infinity;
    } else {
      F[row] = logarithm(demand_[row] / (supply_[row] * price_[row]));
    }
  }
}

void DemandSystem::jacobian(std::span<double> J) {
  const std::size_t n = in_.accounts->size;
  const std::size_t open = open_.size();
  left_.resize(open * n);
  right_.resize(open * n);
  std::vector<double> own(open, 0.0);
  std::vector<const double*> columns(open);
  for (std::size_t row = 0; row < open; ++row) {
    columns[row] = &right_[row * n];
    for (std::size_t g = 0; g < class_count; ++g) {
      const std::size_t at = g * open + row;
      own[row] +=
          fill_jacobian({odds_[row], attention_[row], holding_[row], intensity_.data(), odds_sum_.data(),
                         share_[at], factor_[at], slope_[at], money_[at], price_[row]},
                        stretch(g), &left_[row * n], &right_[row * n]);
    }
  }
  for (std::size_t row = 0; row < open; ++row) {
    double* result = &J[row * open];
    lane_dots(&left_[row * n], columns, {0, n}, result);
    for (std::size_t column = 0; column < open; ++column) result[column] /= demand_[row];
    result[row] += own[row] / demand_[row] - 1.0;
  }
}

void DemandSystem::wishes(std::size_t row, std::span<double> wish) const {
  const double shares_per_usd = 1.0 / price_[row];
  for (std::size_t g = 0; g < class_count; ++g) {
    const std::size_t at = g * open_.size() + row;
    fill_wishes({odds_[row], attention_[row], holding_[row], intensity_.data(), share_[at], factor_[at],
                 money_[at], shares_per_usd},
                stretch(g), wish.data());
  }
}

double DemandSystem::shifter_response(std::size_t row, std::span<const double> loading) const {
  const double* odds = odds_[row];
  double response = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = in_.accounts->blocks[g];
    const std::size_t at = g * open_.size() + row;
    const double factor = factor_[at];
    double part[lanes] = {};
    for (std::size_t i = block.begin; i < block.end; i += lanes) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const double weight = odds[i + lane] * factor / odds_sum_[i + lane];
        part[lane] += odds[i + lane] * factor * intensity_[i + lane] * (1.0 - weight);
      }
    }
    response += share_[at] * loading[g] * combine_lanes(part);
  }
  return response / demand_[row];
}

}  // namespace chokepoint
