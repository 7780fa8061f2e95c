#include "sim/model/access/access_tensor.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

const std::vector<char> all_released(economy_models, 1);
const std::vector<char> none_stopped(economy_models, 0);

UserCell user(Region region, Nationality nationality, Region owner) { return {region, nationality, owner}; }

/// Everybody but nationals of the US is barred.
PersonOrder order_on(std::vector<std::size_t> models) {
  PersonOrder order;
  order.government = Region::us;
  order.models = std::move(models);
  order.permitted[index(Nationality::us)] = true;
  return order;
}

AccessTensor with_order(const Facts& facts, const PersonOrder& order) {
  return make_access(facts, all_released, std::vector{order}, none_stopped);
}

}  // namespace

TEST_CASE("access: a cell and its position are the same thing", "[unit][access]") {
  CHECK(user_cell_count == 80);
  for (std::size_t c = 0; c < user_cell_count; ++c) CHECK(index(user_cell(c)) == c);
  // region 2 of 4, nationality 1 of 5, owner 3 of 4
  CHECK(index(user(Region::hk, Nationality::cn, Region::row)) == (2 * 5 + 1) * 4 + 3);
}

TEST_CASE("access: terms and law bind closed models only", "[unit][access]") {
  const Facts facts = economy_facts();
  const AccessTensor access = make_access(facts, all_released, {}, none_stopped);
  const auto american = [](Region region, Region owner) { return user(region, Nationality::us, owner); };
  CHECK(access(fable, american(Region::us, Region::us)) == Denial::none);
  CHECK(access(fable, american(Region::hk, Region::us)) == Denial::terms_place);
  CHECK(access(fable, american(Region::us, Region::cn)) == Denial::terms_ownership);
  CHECK(access(fable, american(Region::hk, Region::cn)) == Denial::terms_place);
  CHECK(access(gpt, american(Region::cn, Region::us)) == Denial::law);
  CHECK(access(gpt, american(Region::us, Region::cn)) == Denial::none);
  CHECK(access(glm_closed, american(Region::cn, Region::us)) == Denial::none);
  Facts strict = facts;
  strict.vendors[zhipu].place[index(Region::us)] = Denial::law;
  const AccessTensor without = make_access(strict, all_released, {}, none_stopped);
  CHECK(without(glm_closed, american(Region::us, Region::us)) == Denial::law);
  CHECK(without(glm_open, american(Region::us, Region::us)) == Denial::none);
}

TEST_CASE("access: of several reasons the first in the written order is given", "[unit][access]") {
  Facts facts = economy_facts();
  facts.vendors[anthropic].owner[index(Region::hk)] = Denial::law;
  const auto cell = [](Region region, Nationality nationality, Region owner) {
    return user(region, nationality, owner);
  };
  const UserCell entitled = cell(Region::us, Nationality::us, Region::us);
  const UserCell barred = cell(Region::us, Nationality::cn, Region::us);
  const std::vector orders{order_on({fable})};
  std::vector<char> stopped = none_stopped;
  stopped[fable] = 1;
  const AccessTensor access = make_access(facts, all_released, orders, stopped);
  CHECK(access(fable, cell(Region::hk, Nationality::cn, Region::hk)) == Denial::law);
  CHECK(access(fable, cell(Region::hk, Nationality::cn, Region::cn)) == Denial::terms_place);
  CHECK(access(fable, cell(Region::us, Nationality::cn, Region::cn)) == Denial::terms_ownership);
  CHECK(access(fable, barred) == Denial::order);
  CHECK(access(fable, entitled) == Denial::vendor_stopped);
  CHECK(access(opus, barred) == Denial::none);
  std::vector<char> released = all_released;
  released[fable] = 0;
  const AccessTensor early = make_access(facts, released, orders, stopped);
  for (std::size_t c = 0; c < user_cell_count; ++c) CHECK(early(fable, user_cell(c)) == Denial::unreleased);
}

TEST_CASE("access: an order binds the models it names, open ones too, wherever the person is",
          "[unit][access]") {
  const AccessTensor access = with_order(economy_facts(), order_on({fable, glm_open}));
  for (std::size_t c = 0; c < user_cell_count; ++c) {
    const UserCell who = user_cell(c);
    const bool permitted = who.nationality == Nationality::us;
    CHECK(access(glm_open, who) == (permitted ? Denial::none : Denial::order));
    CHECK(access(glm_closed, who) == Denial::none);
  }
  CHECK(access(fable, user(Region::us, Nationality::row, Region::us)) == Denial::order);
}

TEST_CASE("access: two orders permit only whom both permit", "[unit][access]") {
  PersonOrder second = order_on({gpt});
  second.permitted[index(Nationality::in)] = true;
  second.permitted[index(Nationality::us)] = false;
  const AccessTensor access =
      make_access(economy_facts(), all_released, std::vector{order_on({fable, gpt}), second}, none_stopped);
  CHECK(access(gpt, user(Region::us, Nationality::us, Region::us)) == Denial::order);
  CHECK(access(gpt, user(Region::us, Nationality::in, Region::us)) == Denial::order);
  CHECK(access(fable, user(Region::us, Nationality::us, Region::us)) == Denial::none);
}

TEST_CASE("access: shares of staff served are those of the tables", "[unit][access]") {
  const Facts facts = economy_facts();
  const AccessTensor open = make_access(facts, all_released, {}, none_stopped);
  CHECK(staff_share(facts, user(Region::hk, Nationality::cn, Region::row)) == Approx(.10 * .15));
  CHECK(staff_served(facts, open, fable, Region::us) == Approx(.99));  // all but Chinese headquarters
  CHECK(staff_served(facts, open, fable, Region::row) == Approx(.97));
  CHECK(staff_served(facts, open, fable, Region::hk) == 0.0);
  CHECK(staff_served(facts, open, gpt, Region::hk) == Approx(1.0));
  const AccessTensor barred = with_order(facts, order_on({fable}));
  CHECK(staff_served(facts, barred, fable, Region::us) == Approx(.80 * .99));
  CHECK(staff_served(facts, barred, fable, Region::row) == Approx(.03 * .97));
}

TEST_CASE("access: the share of entitled users who are cut off, by nationality", "[unit][access]") {
  Facts facts = economy_facts();
  for (std::size_t n = 0; n < nationality_count; ++n) {
    const auto nationality = static_cast<Nationality>(n);
    const AccessTensor open = make_access(facts, all_released, {}, none_stopped);
    CHECK(entitled_served(facts, open, fable, nationality) == 1.0);
    const AccessTensor barred = with_order(facts, order_on({fable}));
    CHECK(entitled_served(facts, barred, fable, nationality) == (n == 0 ? 1.0 : 0.0));
    std::vector<char> stopped = none_stopped;
    stopped[fable] = 1;
    const AccessTensor shut = make_access(facts, all_released, {}, stopped);
    CHECK(entitled_served(facts, shut, fable, nationality) == 0.0);
  }
  // Terms that leave every place out entitle nobody, so that nobody is cut off.
  facts.vendors[anthropic].place.fill(Denial::terms_place);
  CHECK(entitled_served(facts, with_order(facts, order_on({fable})), fable, Nationality::cn) == 1.0);
}

TEST_CASE("access: users are weighted by spending, place by place", "[unit][access]") {
  const Facts facts = economy_facts();
  AccessTensor access = make_access(facts, all_released, {}, none_stopped);
  for (std::size_t c = 0; c < user_cell_count; ++c) {
    const UserCell who = user_cell(c);
    if (who.region == Region::row && access.serves(fable, who)) access(fable, who) = Denial::order;
  }
  // Indians: US .50 x .06 x .99 served, ROW .25 x .12 x .97 cut; none elsewhere is entitled.
  CHECK(entitled_served(facts, access, fable, Nationality::in) ==
        Approx(.50 * .06 * .99 / (.50 * .06 * .99 + .25 * .12 * .97)));
}
