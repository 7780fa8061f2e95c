#include "sim/model/noise.hpp"

#include <cmath>

#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

constexpr const char* measured_sd =
    "derived: standard deviation of public daily closes, 2023-01 to 2025-10, median of the class; "
    "for lines without a row in data/volatility.csv";

const char* source_of_sd(LineClass line_class) {
  switch (line_class) {
    case LineClass::composite:
      return "assumption: an index moves less than its shares, range .006-.015";
    case LineClass::thin_ai:
      return "assumption: listed for too short a time to measure, range .04-.08";
    default:
      return measured_sd;
  }
}

void variance_fields(FieldList& list, NoiseParams& p) {
  list.add("noise.shock_weight", p.shock_weight, "-", 0, 0.5,
           "derived: autocorrelation of absolute returns of public daily closes, 2023-01 to 2025-10",
           "alpha of the variance equation; needs alpha (1 + l/2) + beta < 1");
  list.add("noise.memory", p.memory, "-", 0, 0.98,
           "derived: autocorrelation of absolute returns of public daily closes, 2023-01 to 2025-10",
           "beta of the variance equation");
  list.add("noise.leverage", p.leverage, "-", 0, 3,
           "https://econpapers.repec.org/article/blafinrev/v_3a50_3ay_3a2015_3ai_3a3_3ap_3a331-340.htm "
           "(abstract: losses raise volatility about 36 % more than gains, US stocks 1997-2012)",
           "l: by how much losses weigh more than gains in the variance equation");
  list.add("noise.jump_days", p.jump_days, "share", 0, 0.03, "assumption: four reports a year, range 0-.03",
           "lambda: share of days on which a line may jump");
  list.add("noise.jump_size", p.jump_size, "-", 1, 5,
           "derived: excess kurtosis of public daily closes, 2023-01 to 2025-10, given four jump days a year",
           "a: standard deviation of a line's own shock on jump days, relative to that of all days");
  list.add("noise.reversal", p.reversal, "share", 0, 0.5,
           "derived: autocorrelation of public daily closes, 2023-01 to 2025-10",
           "theta: share of a day's noise that demand takes back the day after");
}

}  // namespace

void NoiseParams::fields(FieldList& list, NoiseParams& p) {
  list.add("noise.scale", p.scale, "-", 0, 3, "assumption",
           "multiplies daily noise; 0 makes runs deterministic but for the population");
  list.add("noise.persistence", p.persistence, "1/day", 0.9, 1, "assumption",
           "rho: how much of yesterday's demand noise stays");
  list.add("noise.common_share", p.common_share, "share", 0, 1, "assumption",
           "c: variance share of the venue region's common factor");
  variance_fields(list, p);
  for (std::size_t c = 0; c < line_class_count; ++c) {
    list.add("noise.daily_sd." + std::string(line_class_names[c]), p.daily_sd[c], "share/day", 0, 0.2,
             source_of_sd(static_cast<LineClass>(c)), "daily standard deviation of a line of the class");
  }
  for (std::size_t t = 0; t < investor_type_count; ++t) {
    list.add("noise.shifter_loading." + std::string(investor_type_names[t]), p.shifter_loading[t], "-", 0, 2,
             "assumption", "phi: response of the type to the demand shifter");
  }
}

double target_sd(const NoiseParams& params, const Line& line) {
  return line.daily_sd > 0.0 ? line.daily_sd : params.daily_sd[index(line.line_class)];
}

double variance_floor(const NoiseParams& params) {
  const double floor = 1.0 - params.shock_weight * (1.0 + 0.5 * params.leverage) - params.memory;
  if (floor > 0.0) return floor;
  throw Error(ExitCode::run_failed,
              "the variance of daily noise has no mean: noise.shock_weight x (1 + noise.leverage / 2) + "
              "noise.memory must be below 1");
}

void step_noise(const NoiseParams& params, const Facts& facts, const RandomStream& random, std::uint32_t day,
                std::span<const double> scale, NoiseState state) {
  if (params.scale == 0.0) return;
  std::array<double, region_count> common{};
  for (std::size_t r = 0; r < region_count; ++r) {
    common[r] = random.normal(Decision::venue_noise, static_cast<std::uint32_t>(r), day);
  }
  const double floor = variance_floor(params);
  const double common_weight = std::sqrt(params.common_share);
  const double own_weight = std::sqrt(1.0 - params.common_share);
  const double calm_size =
      std::sqrt((1.0 - params.jump_days * params.jump_size * params.jump_size) / (1.0 - params.jump_days));
  for (std::size_t k = 0; k < facts.lines.size(); ++k) {
    const Line& line = facts.lines[k];
    const std::uint32_t who = identity_of(line.id);
    const bool jumps = random.uniform(Decision::noise_jump, who, day) < params.jump_days;
    const double own = random.normal(Decision::line_noise, who, day) * (jumps ? params.jump_size : calm_size);
    const double bracket = common_weight * common[index(line.region)] + own_weight * own;
    const double last = state.last_shock[k];
    const double weight = params.shock_weight * (last < 0.0 ? 1.0 + params.leverage : 1.0);
    state.variance[k] = floor + weight * last * last + params.memory * state.variance[k];
    const double shock = std::sqrt(state.variance[k]) * bracket;
    state.last_shock[k] = shock;
    state.shifter[k] =
        params.persistence * state.shifter[k] + params.scale * scale[k] * (shock - params.reversal * last);
  }
}

}  // namespace chokepoint
