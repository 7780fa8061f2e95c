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

TEST_CASE("access: clearing lifts the place from a vendor's terms in Hong Kong, and nothing else",
          "[unit][access]") {
  Facts facts = economy_facts();
  const std::vector<char> cleared{1, 1, 1};
  AccessRules rules;
  rules.cleared = cleared;
  const AccessTensor access = make_access(facts, all_released, {}, none_stopped, rules);
  const auto american = [](Region region, Region owner) { return user(region, Nationality::us, owner); };
  CHECK(access(fable, american(Region::hk, Region::us)) == Denial::none);
  CHECK(access(fable, american(Region::hk, Region::hk)) == Denial::none);
  CHECK(access(fable, american(Region::hk, Region::cn)) == Denial::terms_ownership);
  CHECK(access(fable, american(Region::cn, Region::us)) == Denial::terms_place);
  CHECK(access(gpt, american(Region::cn, Region::us)) == Denial::law);
  // 1 - .25: all staff in Hong Kong but that of Chinese headquarters
  CHECK(staff_served(facts, access, fable, Region::hk) == Approx(.75));
  const std::vector orders{order_on({fable})};
  const AccessTensor ordered = make_access(facts, all_released, orders, none_stopped, rules);
  CHECK(ordered(fable, user(Region::hk, Nationality::hk, Region::us)) == Denial::order);
  const std::vector<char> another{0, 1, 1};
  rules.cleared = another;
  CHECK(make_access(facts, all_released, {}, none_stopped, rules) ==
        make_access(facts, all_released, {}, none_stopped));
  rules.cleared = cleared;
  facts.vendors[anthropic].place[index(Region::hk)] = Denial::law;
  const AccessTensor law = make_access(facts, all_released, {}, none_stopped, rules);
  CHECK(law(fable, american(Region::hk, Region::us)) == Denial::law);
}

TEST_CASE("access: secondary measures bar users in Hong Kong from closed models of US vendors",
          "[unit][access]") {
  const Facts facts = economy_facts();
  const std::vector<char> cleared{1, 0, 0};
  AccessRules rules;
  rules.cleared = cleared;
  rules.hong_kong_barred = true;
  const AccessTensor access = make_access(facts, all_released, {}, none_stopped, rules);
  const auto banker = [](Region region) { return user(region, Nationality::hk, Region::hk); };
  CHECK(access(gpt, banker(Region::hk)) == Denial::law);
  CHECK(access(fable, banker(Region::hk)) == Denial::law);
  CHECK(access(gpt, banker(Region::row)) == Denial::none);
  CHECK(access(glm_closed, banker(Region::hk)) == Denial::none);
  CHECK(access(glm_open, banker(Region::hk)) == Denial::none);
}

TEST_CASE("access: a hosting ban binds open models of the developers it names in its places",
          "[unit][access]") {
  const Facts facts = economy_facts();
  HostingBan ban;
  ban.place[index(Region::us)] = ban.developer_home[index(Region::cn)] = true;
  std::vector bans{ban};
  AccessRules rules;
  rules.hosting_bans = bans;
  const AccessTensor access = make_access(facts, all_released, {}, none_stopped, rules);
  for (std::size_t c = 0; c < user_cell_count; ++c) {
    const UserCell who = user_cell(c);
    CHECK(access(glm_open, who) == (who.region == Region::us ? Denial::law : Denial::none));
    CHECK(access.own_machines(glm_open, who) == Denial::none);
    CHECK(access(glm_closed, who) == Denial::none);
  }
  bans[0].own_machines = true;
  const AccessTensor wider = make_access(facts, all_released, {}, none_stopped, rules);
  CHECK(wider != access);  // what may run on own machines is part of what is compared from day to day
  const UserCell american = user(Region::us, Nationality::us, Region::us);
  CHECK(wider.own_machines(glm_open, american) == Denial::law);
  CHECK(wider.own_machines(glm_open, user(Region::hk, Nationality::us, Region::us)) == Denial::none);
  bans[0].developer_home = {true, false, true, true};
  CHECK(make_access(facts, all_released, {}, none_stopped, rules) ==
        make_access(facts, all_released, {}, none_stopped));
}

TEST_CASE("access: own machines outlive a vendor's stop, but neither an order nor the time before release",
          "[unit][access]") {
  const Facts facts = economy_facts();
  HostingBan ban;
  ban.place.fill(true);
  ban.developer_home.fill(true);
  ban.own_machines = true;
  AccessRules rules;
  const std::vector bans{ban};
  rules.hosting_bans = bans;
  std::vector<char> stopped = none_stopped, released = all_released;
  stopped[glm_open] = 1;
  const std::vector orders{order_on({glm_open})};
  const UserCell american = user(Region::us, Nationality::us, Region::us);
  const UserCell indian = user(Region::us, Nationality::in, Region::us);
  CHECK(make_access(facts, released, {}, stopped).own_machines(glm_open, american) == Denial::none);
  const AccessTensor both = make_access(facts, released, orders, stopped, rules);
  CHECK(both.own_machines(glm_open, american) == Denial::law);
  CHECK(both.own_machines(glm_open, indian) == Denial::order);
  CHECK(both(glm_open, indian) == Denial::law);
  released[glm_open] = 0;
  CHECK(make_access(facts, released, {}, stopped).own_machines(glm_open, american) == Denial::unreleased);
}

TEST_CASE("access: a developer without a vendor's row is at home where its firm is", "[unit][access]") {
  Facts facts = economy_facts();
  facts.firms.push_back({"lab", "Lab", Region::cn, "lab", true, false, 1.0});
  facts.models[glm_open].developer = "lab";
  CHECK(developer_home(facts, facts.models[glm_open]) == Region::cn);
  facts.models[glm_open].developer = "nobody";
  CHECK(developer_home(facts, facts.models[glm_open]) == Region::row);
  CHECK(developer_home(facts, facts.models[gpt]) == Region::us);
}
