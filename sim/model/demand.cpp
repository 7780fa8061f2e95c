#include "sim/model/demand.hpp"

#include <limits>
#include <string>

#include "sim/base/math.hpp"
#include "sim/model/lane_kernels.hpp"

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

void DemandSystem::prepare(const DemandInputs& inputs, const Participation& participation,
                           std::span<const std::size_t> open, std::span<const double> log_price) {
  in_ = inputs;
  participation_ = &participation;
  open_.assign(open.begin(), open.end());
  const std::size_t n = in_.accounts->size;
  base_odds_.assign(n, 1.0);
  base_wealth_.assign(in_.cash.begin(), in_.cash.end());
  odds_sum_.resize(n);
  wealth_.resize(n);
  intensity_.resize(n);
  factor_.assign(open_.size() * class_count, 0.0);
  slope_.assign(open_.size() * class_count, 0.0);
  price_.assign(open_.size(), 0.0);
  demand_.assign(open_.size(), 0.0);
  supply_.assign(open_.size(), 0.0);

  std::vector<char> is_open(in_.lines, 0);
  for (const std::size_t k : open_) is_open[k] = 1;
  for (std::size_t k = 0; k < in_.lines; ++k) {
    if (is_open[k]) continue;
    const double price = in_.reference_price[k] * exponential(log_price[k]);
    const double* odds = in_.odds[k];
    const double* holding = &in_.holding[k * n];
    const double* attention = in_.attention[k];
    for (std::size_t g = 0; g < class_count; ++g) {
      const ClassBlock& block = in_.accounts->blocks[g];
      const double factor = class_factor(k, g, log_price[k]);
      const std::size_t count = block.end - block.begin;
      add_odds_and_wealth(&base_odds_[block.begin], &base_wealth_[block.begin], odds + block.begin,
                          holding + block.begin, factor, price, count);
      if (attention == nullptr) continue;
      add_scaled(&base_odds_[block.begin], attention + block.begin, in_.new_money[k * class_count + g],
                 count);
    }
  }
  for (const LockedLot& lot : in_.locked) {
    if (lot.in_wealth && !is_open[lot.line]) {
      base_wealth_[lot.account] +=
          static_cast<double>(lot.shares) * in_.reference_price[lot.line] * exponential(log_price[lot.line]);
    }
  }
  for (std::size_t row = 0; row < open_.size(); ++row) {
    const std::size_t k = open_[row];
    const double* holding = &in_.holding[k * n];
    double total = participation_->supply[k];
    for (std::size_t g = 0; g < class_count; ++g) {
      const ClassBlock& block = in_.accounts->blocks[g];
      total += participation_->share[k * class_count + g] *
               lane_sum(holding + block.begin, block.end - block.begin);
    }
    supply_[row] = total;
  }
}

void DemandSystem::residual(std::span<const double> p, std::span<double> F) {
  const std::size_t n = in_.accounts->size;
  const std::size_t open = open_.size();
  for (std::size_t row = 0; row < open; ++row) {
    const std::size_t k = open_[row];
    price_[row] = in_.reference_price[k] * exponential(p[row]);
    double* factor = &factor_[row * class_count];
    double* slope = &slope_[row * class_count];
    const double* value = &in_.value[k * class_count];
    const double* shifter = &in_.shifter[k * class_count];
    for (std::size_t g = 0; g < class_count; ++g) {
      const double z = p[row] - value[g];
      slope[g] = 1.0 - in_.theta[g] - 3.0 * in_.kappa[g] * z * z;
      factor[g] = exponential(p[row] - in_.theta[g] * z - in_.kappa[g] * z * z * z + shifter[g]);
    }
    demand_[row] = 0.0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    odds_sum_[i] = base_odds_[i];
    wealth_[i] = base_wealth_[i];
  }
  for (const LockedLot& lot : in_.locked) {
    if (!lot.in_wealth) continue;
    for (std::size_t row = 0; row < open; ++row) {
      if (open_[row] == lot.line) wealth_[lot.account] += static_cast<double>(lot.shares) * price_[row];
    }
  }
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = in_.accounts->blocks[g];
    const std::size_t begin = block.begin;
    const std::size_t count = block.end - block.begin;
    for (std::size_t row = 0; row < open; ++row) {
      const std::size_t k = open_[row];
      add_odds_and_wealth(&odds_sum_[begin], &wealth_[begin], in_.odds[k] + begin,
                          &in_.holding[k * n + begin], factor_[row * class_count + g], price_[row], count);
      if (in_.attention[k] == nullptr) continue;
      add_scaled(&odds_sum_[begin], in_.attention[k] + begin, in_.new_money[k * class_count + g], count);
    }
    divide_wealth(&intensity_[begin], &wealth_[begin], &odds_sum_[begin], count);
    for (std::size_t row = 0; row < open; ++row) {
      const std::size_t k = open_[row];
      const double share = participation_->share[k * class_count + g];
      demand_[row] +=
          share * factor_[row * class_count + g] * lane_dot(in_.odds[k] + begin, &intensity_[begin], count);
      if (in_.attention[k] == nullptr) continue;
      demand_[row] += share * in_.new_money[k * class_count + g] *
                      lane_dot(in_.attention[k] + begin, &intensity_[begin], count);
    }
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (std::size_t row = 0; row < open; ++row) {
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
  for (std::size_t row = 0; row < open; ++row) {
    const std::size_t k = open_[row];
    const double* odds = in_.odds[k];
    const double* holding = &in_.holding[k * n];
    const double* attention = in_.attention[k];
    for (std::size_t g = 0; g < class_count; ++g) {
      const ClassBlock& block = in_.accounts->blocks[g];
      const double share = participation_->share[k * class_count + g];
      const double factor = factor_[row * class_count + g];
      const double slope = slope_[row * class_count + g];
      const double money = attention == nullptr ? 0.0 : in_.new_money[k * class_count + g];
      double part[lanes] = {};
      for (std::size_t i = block.begin; i < block.end; i += lanes) {
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          const std::size_t at = i + lane;
          const double base = odds[at] * factor;
          const double all = base + (attention == nullptr ? 0.0 : attention[at] * money);
          const double moved = base * slope * intensity_[at];  // A_i dw/dp before the cross term
          part[lane] += share * moved;
          left_[row * n + at] = share * all / odds_sum_[at];
          right_[row * n + at] = holding[at] * price_[row] - moved;
        }
      }
      own[row] += combine_lanes(part);
    }
  }
  for (std::size_t row = 0; row < open; ++row) {
    const double* left = &left_[row * n];
    double* result = &J[row * open];
    std::size_t column = 0;
    for (; column + 4 <= open; column += 4) lane_dot4(left, &right_[column * n], n, n, result + column);
    for (; column < open; ++column) result[column] = lane_dot(left, &right_[column * n], n);
    for (column = 0; column < open; ++column) result[column] /= demand_[row];
    result[row] += own[row] / demand_[row] - 1.0;
  }
}

void DemandSystem::wishes(std::size_t row, std::span<double> wish) const {
  const std::size_t n = in_.accounts->size;
  const std::size_t k = open_[row];
  const double* odds = in_.odds[k];
  const double* holding = &in_.holding[k * n];
  const double* attention = in_.attention[k];
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = in_.accounts->blocks[g];
    const double share = participation_->share[k * class_count + g];
    const double factor = factor_[row * class_count + g];
    for (std::size_t i = block.begin; i < block.end; ++i) wish[i] = odds[i] * factor;
    if (attention != nullptr) {
      const double money = in_.new_money[k * class_count + g];
      for (std::size_t i = block.begin; i < block.end; ++i) wish[i] += attention[i] * money;
    }
    const double shares_per_usd = 1.0 / price_[row];
    for (std::size_t i = block.begin; i < block.end; ++i) {
      wish[i] = share * (wish[i] * intensity_[i] * shares_per_usd - holding[i]);
    }
  }
}

double DemandSystem::shifter_response(std::size_t row, std::span<const double> loading) const {
  const std::size_t k = open_[row];
  const double* odds = in_.odds[k];
  double response = 0.0;
  for (std::size_t g = 0; g < class_count; ++g) {
    const ClassBlock& block = in_.accounts->blocks[g];
    const double factor = factor_[row * class_count + g];
    double part[lanes] = {};
    for (std::size_t i = block.begin; i < block.end; i += lanes) {
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        const double weight = odds[i + lane] * factor / odds_sum_[i + lane];
        part[lane] += odds[i + lane] * factor * intensity_[i + lane] * (1.0 - weight);
      }
    }
    response += participation_->share[k * class_count + g] * loading[g] * combine_lanes(part);
  }
  return response / demand_[row];
}

}  // namespace chokepoint
