#include "sim/model/state_fields.hpp"

#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "sim/model/state_names.hpp"
#include "tests/support/members.hpp"
#include "tests/support/whole_world.hpp"

using namespace chokepoint;

namespace {

/// A world some days after T0 in which no list is empty.
struct FullWorld : ModelMarket {
  FullWorld() : ModelMarket(whole_facts(), small_parameters(), 20) {
    world = whole_start(facts, params, plan, random);
    run(13);  // past the first month
    world.locked.push_back({1, alpha, 100, 0, true});
    world.population.locked = world.locked;
    for (LineAttention& one : world.attention) one.level.assign(world.accounts(), 0.5);
    world.bans.push_back({beta, {true, false, false, false}, 15, {3, 2, 1}});
    world.capital.newcomers.push_back({beta, std::vector<double>(world.accounts(), 0.1), 0.2});
    world.capital.mandates.push_back({Region::cn, Region::hk, 1.0, 0.5});
    world.financing.raises.push_back({2, date_of(1), 1e9});
    add_law(world.economy);
    world.economy.enterprises.list_reviews.push_back({3, 1, 12.0});
  }
  void add_law(Economy& economy) {
    economy.orders.push_back(order_for(facts, {"fable-5"}, Nationality::us));
    Law& law = economy.law;
    for (ChipPolicy* chips : {&law.chips, &law.chips_at_start}) {
      for (ChipRule& rule : chips->rules) rule.vendors = {1, 2};
    }
    law.levels.push_back({"level", LevelKind::rental, 0.5});
    law.talent.entry.push_back({"visa", Region::us, {}, 0.5, 100000});
    law.talent.exit.push_back({"exit", Region::cn, {}, 0.5, true});
    law.talent.schemes.push_back({"scheme", Region::hk, 1.2, 0.6});
    law.open_weights.bans.push_back({"ban", Region::us, {}, {}, true});
    law.open_weights.measures.push_back({"weights", Region::us, law.open_weights.bans[0], true});
    law.policing.in_force.push_back({"policing", 1, Region::us, 0.5});
    economy.bridge.measures.push_back({BridgeComponent::licensing, 1, 90, 0.1, date_of(2), 0.0});
  }
};

std::vector<StateField> fields_of_state(const World& world) {
  std::vector<StateField> fields;
  visit_state(world, [&](const StateField& field) { fields.push_back(field); });
  return fields;
}

/// The last bit of an element, turned over.
void flip(const StateField& field, std::size_t element) {
  char& byte = static_cast<char*>(const_cast<void*>(field.data))[element * field.bytes_each];
  byte = static_cast<char>(byte ^ 1);
}

/// All elements of a short field; some of a long one, its last among them.
std::vector<std::size_t> elements_to_try(const StateField& field, std::size_t most) {
  std::vector<std::size_t> elements;
  const std::size_t step = std::max<std::size_t>(1, field.count / most);
  for (std::size_t i = 0; i < field.count; i += step) elements.push_back(i);
  if (field.count > 0 && elements.back() != field.count - 1) elements.push_back(field.count - 1);
  return elements;
}

/// Changes one leaf of every member it is given, however deep, and expects the hash to move.
class Poking {
 public:
  explicit Poking(const World& world) : world_(world), before_(fingerprint(world)) {}

  template <class... Members>
  void all(const std::string& where, Members&... members) {
    std::size_t number = 0;
    (poke(where + "." + std::to_string(number++), members), ...);
  }
  std::size_t leaves() const { return leaves_; }

 private:
  template <class T>
  void poke(const std::string& where, T& member) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, Wide>) {
      expect_moved(where, member);
    } else if constexpr (std::is_same_v<T, PersonOrder>) {
      auto& [measure, government, models, permitted, duration_days, first_day, since, notice_days] = member;
      all(where, measure, government, models, permitted, first_day, since, notice_days);
    } else if constexpr (std::is_same_v<T, LuFactor>) {
      return;  // its numbers are told by values() and pivots()
    } else if constexpr (requires { member.begin(); }) {
      INFO(where << " is empty");
      REQUIRE(std::size(member) > 0);
      poke(where + "[]", member[std::size(member) / 2]);
    } else if constexpr (std::is_same_v<T, Talent>) {
      auto& [persons, search_week, leaves_month, nationality, location, employer, standing, stock, stock_t0,
             moved, moved_top, lapsed, entered, left, staff, quits, employers, to_enter, unit] = member;
      all(where, persons, search_week, leaves_month, nationality, location, employer, standing, stock,
          stock_t0, moved, moved_top, lapsed, entered, left, staff, quits, employers, to_enter, unit);
    } else {
      std::apply([&](auto&... members) { all(where, members...); }, members_of(member));
    }
  }

  template <class T>
  void expect_moved(const std::string& where, T& leaf) {
    char& byte = reinterpret_cast<char&>(leaf);
    byte = static_cast<char>(byte ^ 1);
    CAPTURE(where);
    CHECK(fingerprint(world_) != before_);
    byte = static_cast<char>(byte ^ 1);
    ++leaves_;
  }

  const World& world_;
  std::uint64_t before_;
  std::size_t leaves_ = 0;
};

std::string variable_name(const StateField& field) {
  return std::string(field.name.substr(0, field.name.find(" [")));
}

const StateField& named(const std::vector<StateField>& fields, std::string_view name) {
  for (const StateField& field : fields) {
    if (field.name == name) return field;
  }
  FAIL("no field '" << name << "'");
  return fields.front();
}

}  // namespace

TEST_CASE("state: every field has elements in a world where no list is empty, and a name of its own",
          "[unit][state]") {
  const FullWorld full;
  std::set<std::tuple<std::string_view, std::string_view, std::size_t, std::string_view>> names;
  for (const StateField& field : fields_of_state(full.world)) {
    CAPTURE(std::string(field.name), std::string(field.list), field.entry);
    CHECK(names.insert({field.list, field.part, field.entry, field.name}).second);
    CHECK(field.count > 0);
    CHECK((field.borrowed || field.count <= 2));
  }
  CHECK(names.size() > 300);
}

TEST_CASE("state: the hash moves with every field and comes back with it", "[unit][state]") {
  FullWorld full;
  const std::uint64_t before = fingerprint(full.world);
  for (const StateField& field : fields_of_state(full.world)) {
    if (!field.borrowed) continue;
    CAPTURE(std::string(field.name), std::string(field.list), field.entry);
    for (const std::size_t element : elements_to_try(field, 40)) {
      flip(field, element);
      REQUIRE(fingerprint(full.world) != before);
      flip(field, element);
    }
  }
  CHECK(fingerprint(full.world) == before);
}

TEST_CASE("state: every member of every struct moves the hash", "[unit][state]") {
  FullWorld full;
  Poking poking(full.world);
  auto& [facts, lines, population, log_price, previous_close, reference_price, price, status, session_prices,
         holding, holding_view, cash, cash_view, outstanding, inert, floating, reviewed, clearing_shares,
         clearing_cash, firm_cash, locked, held_by_domicile, flows, odds, taste, value, full_value,
         mark_change, attention, new_money, noise_scale, noise_shifter, noise_variance, noise_shock, momentum,
         own_elasticity, listed, bans, day, quota_wedge, quota_used, capital, financing, economy,
         audited_shares, booked_shares, audited_cash, booked_cash, total_cash, chord, clearing] = full.world;
  poking.all("world", population, log_price, previous_close, reference_price, price, status, session_prices,
             holding, cash, cash_view, outstanding, inert, floating, reviewed, clearing_shares, clearing_cash,
             firm_cash, locked, held_by_domicile, flows, odds, taste, value, full_value, mark_change,
             attention, new_money, noise_scale, noise_shifter, noise_variance, noise_shock, momentum,
             own_elasticity, listed, bans, day, quota_wedge, quota_used, capital, financing, audited_shares,
             booked_shares, audited_cash, booked_cash, total_cash, chord);
  auto& [active, orders, law, regulators, incidents, lobby, rule_binds, bridge, cleared, value_history,
         capability, compute, compute_gap, distilled, closed_share, publishes, token_price, stopped, access,
         spells, hazard, demand, enterprises, usage, talent, desks, budgets, desk_output, efficiency,
         frontier_presence, hong_kong_use, premium, lerner, lerner_at_start, indicators, spend_at_start,
         service_revenue, priced, productive_days, reported, frontier_access, offers_changed, last_day,
         last_choice, last_month, weeks, months] = economy;
  poking.all("economy", active, orders, law, regulators, incidents, lobby, rule_binds, bridge, cleared,
             value_history, capability, compute, compute_gap, distilled, closed_share, publishes, token_price,
             stopped, hazard, demand, enterprises, usage, talent, desks, budgets, desk_output, efficiency,
             frontier_presence, hong_kong_use, premium, lerner, lerner_at_start, indicators, spend_at_start,
             service_revenue, priced, productive_days, reported, frontier_access, offers_changed, last_day,
             last_choice, last_month, weeks, months);
  const UserCell user{Region::hk, Nationality::in, Region::us};
  poking.all("access", access(2, user), access.own_machines(2, user));
  CHECK(poking.leaves() > 330);
}

TEST_CASE("state: what is told as a copy moves the hash as well", "[unit][state]") {
  FullWorld full;
  const std::uint64_t before = fingerprint(full.world);
  Economy& economy = full.world.economy;
  SECTION("an order's duration") { economy.orders[0].duration_days = 0.0; }
  SECTION("an entry more") { full.world.bans.push_back(full.world.bans[0]); }
  SECTION("an entry less") { economy.law.chips.rules.pop_back(); }
  SECTION("a text of the same length") { economy.law.levels[0].measure = "lever"; }
  SECTION("values that move from one field to the next") {
    economy.compute.hoard.push_back(economy.compute.rented.front());
    economy.compute.rented.erase(economy.compute.rented.begin());
  }
  CHECK(fingerprint(full.world) != before);
}

TEST_CASE("state: a copy of a world has its hash, and so has the same world made again", "[unit][state]") {
  const FullWorld one;
  const FullWorld two;
  const World copy = one.world;
  CHECK(fingerprint(copy) == fingerprint(one.world));
  CHECK(fingerprint(two.world) == fingerprint(one.world));
  CHECK_FALSE(difference(copy, two.world).has_value());
}

TEST_CASE("state: the next day changes it", "[unit][state]") {
  FullWorld full;
  full.world.economy = {};
  full.world.locked.clear();
  full.world.bans.clear();
  const std::uint64_t before = fingerprint(full.world);
  full.day();
  CHECK(fingerprint(full.world) != before);
}

TEST_CASE("state: a difference is called by its variable, its place and its values", "[unit][state]") {
  FullWorld full;
  const World original = full.world;
  const std::vector<StateField> fields = fields_of_state(full.world);
  for (const StateField& field : fields) {
    if (!field.borrowed) continue;
    CAPTURE(std::string(field.name), std::string(field.list), field.entry);
    for (const std::size_t element : elements_to_try(field, 1)) {
      flip(field, element);
      const auto found = difference(full.world, original);
      REQUIRE(found.has_value());
      CHECK(found->variable == variable_name(field));
      CHECK(found->place == place_of(original, field, element));
      CHECK(found->here == value_text(field, element));
      CHECK(found->here != found->there);
      CHECK(found->elements == 0);
      CHECK(found->variables == 0);
      flip(field, element);
    }
  }
}

TEST_CASE("state: places are said in the words of the data", "[unit][state]") {
  const FullWorld full;
  const World& world = full.world;
  const std::vector<StateField> fields = fields_of_state(world);
  const auto place = [&](std::string_view name, std::size_t element) {
    return place_of(world, named(fields, name), element);
  };
  CHECK(place("cash [micro-USD]", 17) == "account 17 (" + world.population.accounts.name(17) + ")");
  CHECK(place("holding [shares]", world.at(beta, 3)) ==
        "account 3 (" + world.population.accounts.name(3) + ") of line BETA");
  CHECK(place("believed value", thin * class_count + 5) == "class 5 of line THIN");
  CHECK(place("shares held by domicile", thin * region_count + 2) == "region HK of line THIN");
  CHECK(place("latent capability [points]", full.facts.vendor("zhipu")) == "vendor zhipu");
  CHECK(place("product in use", 40) == "enterprise 40");
  CHECK(place("recent tightening", reaction_months + 1) == "month 1 of region CN");
  CHECK(place("prices of session A", 4 * alpha + 3) == "price 3 of line ALPHA");
  CHECK(place("efficiency", 10 * index(Region::hk) + 4) == "entry 4 of region HK");
  CHECK(place("moves [persons]", (1 * region_count + 2) * region_count + 3) ==
        "region ROW of region HK of nationality CN");
  CHECK(place("quota wedge", 0).empty());
  CHECK(place("permitted by the order", 1) == "nationality CN of number 0 of orders");
}

TEST_CASE("state: how much differs is counted", "[unit][state]") {
  FullWorld full;
  const World original = full.world;
  full.world.cash[17] += 10000;
  full.world.cash[20] += 1;
  full.world.log_price[beta] += 1.0;
  full.world.economy.bridge.trust = 2.0;
  full.world.bans.pop_back();
  const auto found = difference(full.world, original);
  REQUIRE(found.has_value());
  CHECK(found->variable == "log price");
  CHECK(found->place == "line BETA");
  CHECK(found->elements == 0);
  CHECK(found->variables == 3);
  full.world.log_price = original.log_price;
  const auto cash = difference(full.world, original);
  REQUIRE(cash.has_value());
  CHECK(name_of(*cash) == "cash of account 17 (" + original.population.accounts.name(17) + ")");
  CHECK(cash->unit == "micro-USD");
  CHECK(cash->here == std::to_string(original.cash[17] + 10000));
  CHECK(cash->elements == 1);
  CHECK(cash->variables == 2);
  full.world.cash = original.cash;
  full.world.economy.bridge.trust = original.economy.bridge.trust;
  const auto bans = difference(full.world, original);
  REQUIRE(bans.has_value());
  CHECK(bans->variable == "number of ownership bans");
  CHECK(bans->here == "0");
  CHECK(bans->there == "1");
}
