#include "sim/model/access/vendor_service.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

/// 1 m USD a day from the permitted for 90 days, of which 30 % are at stake: 27 m. Setup 3.5 m and tail 5 m
/// leave 18.5 m. 100,000 barred users, 1 % try, 400,000 USD x .1 each: 40 m of penalties without
/// verification.
VendorParams round_params() {
  VendorParams params;
  params.uses_per_person = 1;
  params.fallback_retention = 0.7;
  params.verification_setup = 0.0035;
  params.tail_loss = 0.005;
  params.attempt_rate = 0.01;
  params.penalty_per_violation = 400000;
  params.enforcement_probability = 0.1;
  return params;
}
constexpr ServiceStake round_stake{1e6, 100000, 90};
constexpr double round_threshold = 1.0 - 18.5 / 40.0;

/// The defaults with one violation per person, for which the numbers below were worked out.
VendorParams one_use() {
  VendorParams params;
  params.uses_per_person = 1;
  return params;
}

const Date start = make_date(2026, 6, 12);

/// Everybody but nationals of the US is barred from both models of anthropic.
PersonOrder order_of_june() {
  PersonOrder order;
  order.measure = "order";
  order.government = Region::us;
  order.models = {fable, opus};
  order.permitted[index(Nationality::us)] = true;
  order.since = start;
  return order;
}

const std::vector<std::array<double, region_count>> revenue{
    {20e9, 0.0, 1e9, 10e9}, {15e9, 0.0, 1e9, 14e9}, {0.0, 0.9e9, 0.05e9, 0.05e9}};

std::vector<char> decide(const VendorParams& params, const std::vector<PersonOrder>& orders, int day,
                         std::vector<char> stopped = std::vector<char>(economy_models, 0)) {
  decide_service(economy_facts(), params, orders, revenue, start + day, stopped);
  return stopped;
}

const std::vector<char> all_served(economy_models, 0);
const std::vector<char> anthropic_stopped{1, 1, 0, 0, 0};

}  // namespace

TEST_CASE("vendor service: service switches once, at the threshold", "[unit][vendor_service]") {
  const VendorParams params = round_params();
  CHECK(threshold_accuracy(params, round_stake) == Approx(round_threshold));
  for (int step = 0; step <= 20; ++step) {
    const double accuracy = step / 20.0;
    CAPTURE(accuracy);
    CHECK(serves_permitted(params, round_stake, accuracy) == (accuracy >= 0.5375));
  }
}

TEST_CASE("vendor service: what raises and what lowers the threshold", "[unit][vendor_service]") {
  const VendorParams params = round_params();
  VendorParams dearer = params;
  dearer.penalty_per_violation *= 2;
  CHECK(threshold_accuracy(dearer, round_stake) == Approx(1.0 - 18.5 / 80.0));
  ServiceStake stake = round_stake;
  stake.revenue_permitted *= 2;  // 54 - 8.5 m against 40 m: served without any verification
  CHECK(threshold_accuracy(params, stake) == Approx(1.0 - 45.5 / 40.0));
  CHECK(serves_permitted(params, stake, 0.0));
  stake.revenue_permitted = 0.3e6;  // 8.1 m do not pay setup and tail
  CHECK(threshold_accuracy(params, stake) > 1.0);
  CHECK_FALSE(serves_permitted(params, stake, 1.0));
  VendorParams loyal = params;
  loyal.fallback_retention = 1.0;  // nothing is lost by stopping
  CHECK_FALSE(serves_permitted(loyal, round_stake, 1.0));
}

TEST_CASE("vendor service: where accuracy decides nothing the threshold is infinite",
          "[unit][vendor_service]") {
  VendorParams params = round_params();
  ServiceStake nobody_barred{0.0, 0.0, 90};
  CHECK(threshold_accuracy(params, nobody_barred) == -INFINITY);
  CHECK(serves_permitted(params, nobody_barred, 0.0));
  params.enforcement_probability = 0.0;
  CHECK(threshold_accuracy(params, round_stake) == -INFINITY);
  CHECK(serves_permitted(params, round_stake, 0.0));
  const ServiceStake no_revenue{0.0, 100000, 90};
  CHECK(threshold_accuracy(params, no_revenue) == INFINITY);
  CHECK_FALSE(serves_permitted(params, no_revenue, 1.0));
}

TEST_CASE("vendor service: verification halves its misses every lead", "[unit][vendor_service]") {
  VendorParams params;
  params.verification[0] = {0.6, 30};  // anthropic
  CHECK(verification_accuracy(params, "anthropic", 0) == Approx(0.6));
  CHECK(verification_accuracy(params, "anthropic", 30) == Approx(0.8));
  CHECK(verification_accuracy(params, "anthropic", 60) == Approx(0.9));
  CHECK(verification_accuracy(params, "openai", 90) == Approx(1 - 0.65 / 2));
  CHECK(verification_accuracy(params, "mistral", 180) == Approx(1 - 0.65 / 4));
  CHECK(verification_accuracy(params, "mistral", -5) == Approx(0.35));
}

TEST_CASE("vendor service: the stake of an order", "[unit][vendor_service]") {
  const Facts facts = economy_facts();
  const VendorParams params;
  PersonOrder order = order_of_june();
  // Permitted: .80 of 20 bn, .02 of 1 bn, .03 of 10 bn; the models are 15 % of revenue.
  ServiceStake stake = stake_of(facts, params, order, anthropic, revenue[anthropic], 10);
  CHECK(stake.revenue_permitted == Approx(0.15 * 16.32e9 / 365));
  CHECK(stake.barred_users == Approx(30e6 * 0.15 * 14.68 / 31.0));
  CHECK(stake.expected_days == 90.0);
  order.models = {fable};
  order.duration_days = 30;
  stake = stake_of(facts, params, order, anthropic, revenue[anthropic], 10);
  CHECK(stake.revenue_permitted == Approx(0.10 * 16.32e9 / 365));
  CHECK(stake.expected_days == 20.0);
  CHECK(stake_of(facts, params, order, anthropic, revenue[anthropic], 31).expected_days == 0.0);
  order.permitted.fill(true);
  CHECK(stake_of(facts, params, order, anthropic, revenue[anthropic], 10).barred_users == 0.0);
}

TEST_CASE("vendor service: without an order everything is served", "[unit][vendor_service]") {
  VendorParams params = one_use();
  params.penalty_per_violation = 1e8;
  CHECK(decide(params, {}, 0) == all_served);
  CHECK(decide(params, {}, 0, anthropic_stopped) == all_served);
}

TEST_CASE("vendor service: who had notice can tell more users apart on the first day",
          "[unit][vendor_service]") {
  VendorParams params = one_use();
  params.enforcement_probability = 0.03;
  PersonOrder order = order_of_june();
  CHECK(decide(params, {order}, 0) == anthropic_stopped);
  order.notice_days = 3000;
  CHECK(decide(params, {order}, 0) == all_served);
}

TEST_CASE("vendor service: only the vendor that is named stops, and only the models that are named",
          "[unit][vendor_service]") {
  VendorParams params = one_use();
  params.enforcement_probability = 0.03;
  CHECK(decide(params, {order_of_june()}, 0) == anthropic_stopped);
  PersonOrder order = order_of_june();
  order.models = {fable};
  CHECK(decide(params, {order}, 0) == std::vector<char>{1, 0, 0, 0, 0});
}

TEST_CASE("vendor service: service comes back when verification has become good enough",
          "[unit][vendor_service]") {
  // At stake .3 x .15 x 16.32 bn / 365 x 90 = 181.085 m; less 70 m: 111.085 m. Penalties without verification
  // 2,130,968 x .01 x 374,474 x .03 = 239.398 m. v* = .53598: .65 x 2^(-t/90) falls to .46402 at t = 43.8.
  VendorParams params = one_use();
  params.enforcement_probability = 0.03;
  const std::vector<PersonOrder> orders{order_of_june()};
  std::vector<char> stopped = all_served;
  for (int day = 0; day <= 60; ++day) {
    stopped = decide(params, orders, day, stopped);
    CAPTURE(day);
    CHECK(stopped == (day < 44 ? anthropic_stopped : all_served));
  }
  // At a third of the penalty v* = -.39: never stopped. Without the order: back at once.
  params.enforcement_probability = 0.01;
  CHECK(decide(params, orders, 0) == all_served);
  CHECK(decide(params, {}, 1, anthropic_stopped) == all_served);
}

TEST_CASE("vendor service: one decision to stop is enough", "[unit][vendor_service]") {
  VendorParams params = one_use();
  params.enforcement_probability = 0.01;
  PersonOrder short_order = order_of_june();
  short_order.models = {opus};
  short_order.duration_days = 5;  // too short to pay for a setup
  CHECK(decide(params, {order_of_june(), short_order}, 0) == std::vector<char>{0, 1, 0, 0, 0});
  CHECK(decide(params, {short_order, order_of_june()}, 0) == std::vector<char>{0, 1, 0, 0, 0});
}

TEST_CASE("vendor service: near the end of an order who serves goes on and who stopped does not begin",
          "[unit][vendor_service]") {
  VendorParams params = one_use();
  params.enforcement_probability = 0.005;
  PersonOrder order = order_of_june();
  order.duration_days = 60;  // 120.7 - 70 m against .65 x 39.9 m
  CHECK(decide(params, {order}, 0) == all_served);
  CHECK(decide(params, {order}, 55) == all_served);
  CHECK(decide(params, {order}, 55, anthropic_stopped) == anthropic_stopped);
}

TEST_CASE("vendor service: at the shipped defaults the count of violations decides",
          "[unit][vendor_service]") {
  // 47 bn USD, models 15 %, permitted 55 %, 30 m users: 286.8 - 70 m against 75.8 m of penalties.
  VendorParams params = one_use();
  const ServiceStake stake{0.15 * 0.55 * 47e9 / 365, 30e6 * 0.15 * 0.45, params.expected_order_days};
  CHECK(threshold_accuracy(params, stake) == Approx(-1.85937).margin(1e-4));
  params.enforcement_probability = 0.044;  // where v* passes the .35 of the first day
  CHECK(threshold_accuracy(params, stake) == Approx(0.35).margin(1e-3));
  VendorParams shipped;  // ten uses each: 758.3 m of penalties
  CHECK(threshold_accuracy(shipped, stake) == Approx(1.0 + (-1.85937 - 1.0) / 10.0).margin(1e-4));
}
