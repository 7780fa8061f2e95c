#include "sim/model/noise.hpp"

#include <cmath>

namespace chokepoint {

void NoiseParams::fields(FieldList& list, NoiseParams& p) {
  list.add("noise.scale", p.scale, "-", 0, 3, "assumption",
           "multiplies daily noise; 0 makes runs deterministic but for the population");
  list.add("noise.persistence", p.persistence, "1/day", 0.9, 1, "assumption",
           "rho: how much of yesterday's demand noise stays");
  list.add("noise.common_share", p.common_share, "share", 0, 1, "assumption",
           "c: variance share of the venue region's common factor");
  list.add("noise.shock_weight", p.shock_weight, "-", 0, 0.5, "assumption", "alpha of the variance equation");
  list.add("noise.memory", p.memory, "-", 0, 0.98, "assumption", "beta of the variance equation");
  for (std::size_t c = 0; c < line_class_count; ++c) {
    list.add("noise.daily_sd." + std::string(line_class_names[c]), p.daily_sd[c], "share/day", 0, 0.2,
             "assumption: class value where data/volatility.csv has no row",
             "daily standard deviation of a line of the class");
  }
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    list.add("noise.shifter_loading." + std::string(investor_type_names[t]), p.shifter_loading[t], "-", 0, 2,
             "assumption", "phi: response of the type to the demand shifter");
  }
}

double target_sd(const NoiseParams& params, const Line& line) {
  return line.daily_sd > 0.0 ? line.daily_sd : params.daily_sd[index(line.line_class)];
}

void step_noise(const NoiseParams& params, const Facts& facts, const RandomStream& random, std::uint32_t day,
                std::span<const double> scale, NoiseState state) {
  if (params.scale == 0.0) return;
  std::array<double, region_count> common{};
  for (std::size_t r = 0; r < region_count; ++r) {
    common[r] = random.normal(Decision::venue_noise, static_cast<std::uint32_t>(r), day);
  }
  const double floor = 1.0 - params.shock_weight - params.memory;
  const double common_weight = std::sqrt(params.common_share);
  const double own_weight = std::sqrt(1.0 - params.common_share);
  for (std::size_t k = 0; k < facts.lines.size(); ++k) {
    const Line& line = facts.lines[k];
    const double own = random.normal(Decision::line_noise, identity_of(line.id), day);
    const double bracket = common_weight * common[index(line.region)] + own_weight * own;
    state.variance[k] = floor + params.shock_weight * state.last_shock[k] * state.last_shock[k] +
                        params.memory * state.variance[k];
    const double shock = std::sqrt(state.variance[k]) * bracket;
    state.last_shock[k] = shock;
    state.shifter[k] = params.persistence * state.shifter[k] + params.scale * scale[k] * shock;
  }
}

}  // namespace chokepoint
