#include "sim/model/access/access_spells.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

const std::vector<char> all_released(economy_models, 1);
const std::vector<char> none_stopped(economy_models, 0);

PersonOrder order_on(std::size_t model) {
  PersonOrder order;
  order.models = {model};
  order.permitted[index(Nationality::us)] = true;
  return order;
}

/// The tensor of the model economy without Chinese terms and law: orders and stops alone deny.
AccessTensor access_with(const std::vector<PersonOrder>& orders, const std::vector<char>& stopped) {
  Facts facts = economy_facts();
  for (Vendor& vendor : facts.vendors) {
    vendor.place.fill(Denial::none);
    vendor.owner.fill(Denial::none);
  }
  return make_access(facts, all_released, orders, stopped);
}

std::size_t count(const AccessSpells& spells, Denial reason) {
  std::size_t n = 0;
  for (const AccessSpell& spell : spells.all()) n += spell.reason == reason;
  return n;
}

}  // namespace

TEST_CASE("access spells: what denies at T0 is a spell since T0, still open", "[unit][access_spells]") {
  const Facts facts = economy_facts();
  std::vector<char> released = all_released;
  released[opus] = 0;
  const AccessTensor access = make_access(facts, released, {}, none_stopped);
  AccessSpells spells(access);
  // fable: places CN and HK (2 x 5 x 4 cells), headquarters CN elsewhere (2 x 5); gpt: place CN (5 x 4).
  CHECK(count(spells, Denial::terms_place) == 40);
  CHECK(count(spells, Denial::terms_ownership) == 10);
  CHECK(count(spells, Denial::law) == 20);
  CHECK(spells.all().size() == 70);  // opus is not out: no spell
  for (const AccessSpell& spell : spells.all()) {
    CHECK(spell.first_day == AccessSpell::since_t0);
    CHECK(spell.last_day == AccessSpell::open);
    CHECK(access(spell.model, spell.user) == spell.reason);
  }
  for (int day = 0; day < 5; ++day) spells.record(day, access);
  CHECK(spells.all().size() == 70);
  // Its release puts it under the vendor's terms.
  spells.record(5, make_access(facts, all_released, {}, none_stopped));
  REQUIRE(spells.all().size() == 120);
  CHECK(spells.all().back().model == opus);
  CHECK(spells.all().back().first_day == 5);
}

TEST_CASE("access spells: an order of days 3 to 6 with a stop on days 4 and 5", "[unit][access_spells]") {
  const AccessTensor free = access_with({}, none_stopped);
  std::vector<char> stopped = none_stopped;
  stopped[fable] = 1;
  const std::vector<PersonOrder> orders{order_on(fable)};
  AccessSpells spells(free);
  for (int day = 0; day < 10; ++day) {
    const bool ordered = day >= 3 && day <= 6;
    spells.record(day, ordered ? access_with(orders, day == 4 || day == 5 ? stopped : none_stopped) : free);
  }
  // Four barred nationalities and one permitted, each in 4 places with 4 kinds of headquarters.
  REQUIRE(spells.all().size() == 80);
  for (std::size_t i = 0; i < spells.all().size(); ++i) {
    const AccessSpell& spell = spells.all()[i];
    const bool barred = i < 64;  // the order comes first
    CHECK(spell.model == fable);
    CHECK((spell.user.nationality != Nationality::us) == barred);
    CHECK(spell.reason == (barred ? Denial::order : Denial::vendor_stopped));
    CHECK(spell.first_day == (barred ? 3 : 4));
    CHECK(spell.last_day == (barred ? 6 : 5));
  }
}

TEST_CASE("access spells: a change of reason ends one spell and begins another; a return is a new one",
          "[unit][access_spells]") {
  std::vector<char> stopped = none_stopped;
  stopped[gpt] = 1;
  AccessSpells spells(access_with({}, none_stopped));
  spells.record(0, access_with({}, stopped));
  spells.record(2, access_with({order_on(gpt)}, stopped));
  spells.record(7, access_with({}, none_stopped));
  spells.record(9, access_with({order_on(gpt)}, none_stopped));
  std::vector<AccessSpell> chinese;
  for (const AccessSpell& spell : spells.all()) {
    if (index(spell.user) == index(UserCell{Region::us, Nationality::cn, Region::us})) {
      chinese.push_back(spell);
    }
  }
  REQUIRE(chinese.size() == 3);
  CHECK(chinese[0].reason == Denial::vendor_stopped);
  CHECK(chinese[0].first_day == 0);
  CHECK(chinese[0].last_day == 1);
  CHECK(chinese[1].reason == Denial::order);
  CHECK(chinese[1].first_day == 2);
  CHECK(chinese[1].last_day == 6);
  CHECK(chinese[2].first_day == 9);
  CHECK(chinese[2].last_day == AccessSpell::open);
}
