#include "sim/model/access/denial_hazard.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

const std::vector<char> all_released(economy_models, 1);
const std::vector<char> none_stopped(economy_models, 0);
constexpr std::size_t us = 0, cn = 1, hk = 2, row = 3;

PersonOrder order_on(std::vector<std::size_t> models) {
  PersonOrder order;
  order.models = std::move(models);
  order.permitted[index(Nationality::us)] = true;
  return order;
}

}  // namespace

TEST_CASE("denial hazard: staff that lost a model, by region", "[unit][denial_hazard]") {
  const Facts facts = economy_facts();
  const AccessTensor before = make_access(facts, all_released, {}, none_stopped);
  const std::vector orders{order_on({fable, gpt})};
  const AccessTensor after = make_access(facts, all_released, orders, none_stopped);
  const std::vector<std::size_t> only_fable{fable}, both{fable, gpt};
  // fable was not served in CN and HK, nor to Chinese headquarters.
  auto lost = staff_lost(facts, before, after, only_fable);
  CHECK(lost[us] == Approx(.20 * .99));
  CHECK(lost[cn] == 0.0);
  CHECK(lost[hk] == 0.0);
  CHECK(lost[row] == Approx(.97 * .97));
  // gpt was served everywhere but in CN; the order's loss is the mean of its models'.
  lost = staff_lost(facts, before, after, both);
  CHECK(lost[us] == Approx((.20 * .99 + .20) / 2));
  CHECK(lost[cn] == 0.0);
  CHECK(lost[hk] == Approx((0 + .98) / 2));
  CHECK(lost[row] == Approx((.97 * .97 + .97) / 2));
  // A stop takes the model from the permitted too; what was lost before is not lost again.
  std::vector<char> stopped = none_stopped;
  stopped[fable] = 1;
  const AccessTensor shut = make_access(facts, all_released, orders, stopped);
  CHECK(staff_lost(facts, before, shut, only_fable)[us] == Approx(.99));
  CHECK(staff_lost(facts, after, shut, only_fable)[us] == Approx(.80 * .99));
  CHECK(staff_lost(facts, after, after, only_fable)[us] == 0.0);
  CHECK(staff_lost(facts, before, after, {})[us] == 0.0);
}

TEST_CASE("denial hazard: law and terms that begin are not a denial by order", "[unit][denial_hazard]") {
  Facts facts = economy_facts();
  const AccessTensor before = make_access(facts, all_released, {}, none_stopped);
  facts.vendors[openai].place[index(Region::hk)] = Denial::terms_place;
  const AccessTensor after = make_access(facts, all_released, {}, none_stopped);
  CHECK(staff_lost(facts, before, after, std::vector<std::size_t>{gpt})[hk] == 0.0);
}

TEST_CASE("denial hazard: each region learns from its own loss and from the largest elsewhere",
          "[unit][denial_hazard]") {
  DenialHazardParams params;
  params.jump = 0.4;
  params.spillover = 0.5;
  DenialHazard hazard{};
  hazard[us][row] = 0.1;
  learn_hazard(params, Region::us, {.2, 0.0, .5, .9}, hazard);
  CHECK(hazard[us][us] == Approx(.4 * (.2 + .45)));
  CHECK(hazard[us][cn] == Approx(.4 * .45));
  CHECK(hazard[us][hk] == Approx(.4 * (.5 + .45)));
  CHECK(hazard[us][row] == Approx(.1 + .4 * (.9 + .25)));
  for (const std::size_t g : {cn, hk, row}) {
    for (const double h : hazard[g]) CHECK(h == 0.0);
  }
  params.jump = 0.0;
  const DenialHazard same = hazard;
  learn_hazard(params, Region::us, {1, 1, 1, 1}, hazard);
  CHECK(hazard == same);
}

TEST_CASE("denial hazard: forgotten at the rate of memory, in steps as at once", "[unit][denial_hazard]") {
  const DenialHazardParams params;  // 180 days
  DenialHazard hazard{};
  hazard[us][hk] = 0.3;
  fade_hazard(params, 180, hazard);
  CHECK(hazard[us][hk] == Approx(0.3 / 2.718281828459045));
  DenialHazard daily{};
  daily[us][hk] = 0.3;
  for (int day = 0; day < 180; ++day) fade_hazard(params, 1, daily);
  CHECK(daily[us][hk] == Approx(hazard[us][hk]).epsilon(1e-12));
  CHECK(daily[cn][hk] == 0.0);
}
