#include "sim/model/policy/incidents.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <vector>

using namespace chokepoint;

namespace {

const RandomStream random_stream(71, 3);
const std::array<double, 4> capability{150, 160, 140, 170};
const std::array<char, 4> candidate{1, 1, 1, 0};
const std::array<char, 4> nothing_elsewhere{0, 0, 0, 0};
constexpr std::uint32_t months = 4000;

/// An incident every month (but for e^-10), u from 1 - (1-u)^3, perceived without error.
IncidentParams certain() {
  IncidentParams params;
  params.rate = 10;
  params.uplift_mean = 0.25;
  params.noise = 0;
  return params;
}

Incident draw(const IncidentParams& params, std::uint32_t month, double report = 0, double length = 1,
              Region government = Region::us) {
  return draw_incident(params, government, capability, candidate, nothing_elsewhere, report, length,
                       random_stream, month);
}

IncidentCounts counts_of(const IncidentParams& params, double report = 0, double length = 1) {
  IncidentCounts counts;
  for (std::uint32_t month = 0; month < months; ++month) {
    count_incident(draw(params, month, report, length), counts);
  }
  return counts;
}

double quantile(double mean, double concentration, double chance) {
  IncidentParams params;
  params.uplift_mean = mean;
  params.uplift_concentration = concentration;
  return uplift_quantile(params, chance);
}

/// Four standard deviations of a share of n draws.
double four_sd(double share, double n) { return 4 * std::sqrt(share * (1 - share) / n); }

}  // namespace

TEST_CASE("incidents: true uplift has the Beta law where it is known in closed form", "[unit][incidents]") {
  const double tight = 1e-12;
  CHECK(quantile(0.25, 4, 0.271) == Approx(0.1).epsilon(tight));     // 1 - .9^3
  CHECK(quantile(0.25, 4, 0.875) == Approx(0.5).epsilon(tight));     // 1 - .5^3
  CHECK(quantile(0.25, 4, 0.992) == Approx(0.8).epsilon(tight));     // 1 - .2^3
  CHECK(quantile(0.50, 4, 0.15625) == Approx(0.25).epsilon(tight));  // 3/16 - 2/64
  CHECK(quantile(0.50, 4, 0.84375) == Approx(0.75).epsilon(tight));
  CHECK(quantile(0.75, 4, 0.027) == Approx(0.3).epsilon(tight));     // .3^3
  CHECK(quantile(0.50, 1, 1.0 / 3) == Approx(0.25).epsilon(tight));  // arc sine law: sin^2(pi/6)
  CHECK(quantile(0.50, 2, 0.37) == Approx(0.37).epsilon(tight));     // uniform
  CHECK(quantile(0.05, 20, 1 - std::pow(0.9, 19)) == Approx(0.1).epsilon(tight));  // Beta(1, 19)
  CHECK(quantile(0.90, 20, std::pow(0.9, 18) * (19 - 18 * 0.9)) == Approx(0.9).epsilon(tight));  // (18, 2)
}

TEST_CASE("incidents: true uplift has the mean and the variance asked for", "[unit][incidents]") {
  constexpr int cells = 2000;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < cells; ++i) {
    const double u = quantile(0.2, 4, (i + 0.5) / cells);
    sum += u;
    squares += u * u;
  }
  const double mean = sum / cells;
  CHECK(mean == Approx(0.2).margin(2e-5));
  CHECK(squares / cells - mean * mean == Approx(0.2 * 0.8 / 5).margin(1e-4));
}

TEST_CASE("incidents: true uplift rises with the draw and with the mean, and stays a share",
          "[unit][incidents]") {
  double last = 0;
  for (const double chance : {1e-15, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-15}) {
    CHECK(quantile(0.2, 4, chance) > last);
    last = quantile(0.2, 4, chance);
    CHECK(last <= 1.0);
    CHECK(quantile(0.3, 4, chance) > last);
  }
  for (const double mean : {0.01, 0.9}) {
    for (const double concentration : {1.0, 20.0}) {
      CHECK(quantile(mean, concentration, 0x1.0p-53) >= 0.0);
      CHECK(quantile(mean, concentration, 1 - 0x1.0p-53) <= 1.0);
    }
  }
}

TEST_CASE("incidents: arrivals are Poisson", "[unit][incidents]") {
  IncidentParams params;
  const double month = 1 - std::exp(-0.3);
  const double half = 1 - std::exp(-0.15);
  CHECK(double(counts_of(params).incidents) / months == Approx(month).margin(four_sd(month, months)));
  CHECK(double(counts_of(params, 0, 0.5).incidents) / months == Approx(half).margin(four_sd(half, months)));
  std::size_t both = 0;
  std::size_t differ = 0;
  for (std::uint32_t m = 0; m < months; ++m) {
    const bool arrives = random_stream.uniform(Decision::incident_arrival, 0, m) < month;
    REQUIRE(draw(params, m).happened == arrives);
    const Incident china = draw(params, m, 0, 1, Region::cn);
    both += china.happened && arrives;
    differ += china.happened != arrives;
  }
  CHECK(both > 0);
  CHECK(differ > 0);  // governments have draws of their own
}

TEST_CASE("incidents: rate 0, no time or no model mean no incident", "[unit][incidents]") {
  IncidentParams off = certain();
  off.rate = 0;
  CHECK(counts_of(off, 1).incidents == 0);
  CHECK(counts_of(certain(), 1, 0.0).incidents == 0);
  const std::array<char, 4> none{};
  CHECK_FALSE(draw_incident(certain(), Region::us, capability, none, none, 1, 1, random_stream, 0).happened);
  CHECK_FALSE(draw_incident(certain(), Region::us, {}, {}, {}, 1, 1, random_stream, 0).happened);
}

TEST_CASE("incidents: the most capable candidate is hit", "[unit][incidents]") {
  REQUIRE(draw(certain(), 0).happened);
  CHECK(draw(certain(), 0).model == 1);
  const std::array<char, 4> all{1, 1, 1, 1};
  CHECK(draw_incident(certain(), Region::us, capability, all, all, 0, 1, random_stream, 0).model == 3);
}

TEST_CASE("incidents: the same elsewhere, within the margin and not the model itself", "[unit][incidents]") {
  const IncidentParams params;  // margin 2
  const std::array<double, 3> close{160, 158, 157.9};
  using Flags = std::array<char, 3>;
  CHECK(is_available_elsewhere(params, 0, close, Flags{0, 1, 0}));
  CHECK_FALSE(is_available_elsewhere(params, 0, close, Flags{0, 0, 1}));
  CHECK_FALSE(is_available_elsewhere(params, 0, close, Flags{1, 0, 0}));
  CHECK(is_available_elsewhere(params, 2, close, Flags{1, 0, 0}));  // a stronger one does too
  const std::array<char, 4> strong_elsewhere{0, 0, 0, 1};
  const Incident incident =
      draw_incident(certain(), Region::us, capability, candidate, strong_elsewhere, 0, 1, random_stream, 5);
  CHECK(incident.available_elsewhere);
  CHECK(incident.uplift == draw(certain(), 5).uplift);
  CHECK(control_uplift(incident) == 0.0);
  CHECK(control_uplift(draw(certain(), 5)) == incident.uplift);
  CHECK(incident.uplift > 0.0);
  CHECK(control_uplift(Incident{}) == 0.0);
}

TEST_CASE("incidents: perceived is the truth, an error and a rival's word, within 0 and 1",
          "[unit][incidents]") {
  IncidentParams params = certain();
  params.noise = 1;
  params.rival_bias = 0.25;
  bool at_zero = false;
  bool at_one = false;
  for (std::uint32_t m = 0; m < 100; ++m) {
    const double u = uplift_quantile(params, random_stream.uniform(Decision::incident_uplift, 0, m));
    const double z = random_stream.normal(Decision::incident_perception, 0, m);
    const Incident incident = draw(params, m, 1.0);
    REQUIRE(incident.uplift == u);
    REQUIRE(incident.perceived == Approx(std::clamp(u + z + 0.25, 0.0, 1.0)));
    REQUIRE(incident.triggered == (incident.perceived > 0.5));
    at_zero = at_zero || incident.perceived == 0.0;
    at_one = at_one || incident.perceived == 1.0;
  }
  CHECK(at_zero);
  CHECK(at_one);
}

TEST_CASE("incidents: triggers and false triggers come as often as the law says", "[unit][incidents]") {
  // Without error a trigger is u > .5: (1 - .5)^3 = .125, none of them false.
  const IncidentCounts truth = counts_of(certain());
  CHECK(truth.incidents >= months - 2);  // 4,000 e^-10 = .2 are missing in the mean
  CHECK(double(truth.triggered) / months == Approx(0.125).margin(four_sd(0.125, months)));
  CHECK(truth.false_triggers == 0);
  CHECK(truth.without_uplift == 0);
  // A rival's word of .1: u > .4, .6^3 = .216, of which .216 - .125 = .091 are false.
  const IncidentCounts biased = counts_of(certain(), 1.0);
  CHECK(double(biased.triggered) / months == Approx(0.216).margin(four_sd(0.216, months)));
  CHECK(double(biased.false_triggers) / months == Approx(0.091).margin(four_sd(0.091, months)));
  // Error alone makes false triggers too, and misses what is grave.
  IncidentParams noisy = certain();
  noisy.noise = 0.2;
  const IncidentCounts erring = counts_of(noisy);
  CHECK(erring.false_triggers > 0);
  CHECK(erring.triggered - erring.false_triggers < truth.triggered);
  // Nothing is perceived above 1.
  noisy.threshold = 1;
  CHECK(counts_of(noisy, 1.0).triggered == 0);
}

TEST_CASE("incidents: a control without uplift is a trigger over what is available elsewhere",
          "[unit][incidents]") {
  IncidentCounts counts;
  count_incident(Incident{}, counts);
  CHECK(counts.incidents == 0);
  Incident incident{true, 1, 0.2, 0.6, true, true, true};
  count_incident(incident, counts);
  incident.triggered = incident.false_trigger = false;
  count_incident(incident, counts);
  CHECK(counts.incidents == 2);
  CHECK(counts.triggered == 1);
  CHECK(counts.false_triggers == 1);
  CHECK(counts.without_uplift == 1);
}

TEST_CASE("incidents: parameters are registered and in range", "[unit][incidents]") {
  FieldList list;
  IncidentParams params;
  IncidentParams::fields(list, params);
  CHECK(list.names() == std::vector<std::string>{"incident.rate", "incident.uplift_mean",
                                                 "incident.uplift_concentration", "incident.noise",
                                                 "incident.rival_bias", "incident.threshold",
                                                 "incident.uplift_margin"});
  for (const Field& field : list.all()) CHECK((*field.value >= field.low && *field.value <= field.high));
}
