#include "sim/model/attention.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/market.hpp"

using namespace chokepoint;

namespace {

constexpr std::array<bool, region_count> everybody{true, true, true, true};

std::size_t attentive(const LineAttention& line, const ClassBlock& block) {
  std::size_t count = 0;
  for (std::size_t i = block.begin; i < block.end; ++i) count += line.level[i] > 0.0 ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("attention: the share that notices is p_notice times the level of the class", "[unit][attention]") {
  const auto attention = GENERATE(AttentionClass::general_front_pages, AttentionClass::business_front_page);
  constexpr std::size_t n = 20000;
  const Accounts accounts = make_accounts({{InvestorType::retail, Region::us, n}});
  const AttentionParams params;
  const double chance = params.notice * attention_level(attention);
  CHECK(chance == (attention == AttentionClass::general_front_pages ? 0.35 : 0.175));
  LineAttention line;
  notice(params, accounts, RandomStream(7, 0), "release", attention_level(attention), 1.0, everybody, line);
  const std::size_t count = attentive(line, accounts.blocks[class_of(InvestorType::retail, Region::us)]);
  CHECK(static_cast<double>(count) ==
        Approx(n * chance).margin(6.0 * std::sqrt(n * chance * (1.0 - chance))));
}

TEST_CASE("attention: only retail and momentum of domiciles with access notice", "[unit][attention]") {
  std::vector<ClassSize> sizes;
  for (std::size_t g = 0; g < class_count; ++g)
    sizes.push_back({type_of_class(g), domicile_of_class(g), 203});
  const Accounts accounts = make_accounts(sizes);
  AttentionParams params;
  params.notice = 1.0;
  LineAttention line;
  notice(params, accounts, RandomStream(7, 0), "release", 1.0, 0.6, {false, true, false, true}, line);
  for (std::size_t g = 0; g < class_count; ++g) {
    CAPTURE(g);
    const bool type = type_of_class(g) == InvestorType::retail || type_of_class(g) == InvestorType::momentum;
    const bool domicile = domicile_of_class(g) == Region::cn || domicile_of_class(g) == Region::row;
    CHECK(attentive(line, accounts.blocks[g]) == (type && domicile ? 203 : 0));  // padding never notices
  }
  CHECK(line.level[accounts.blocks[class_of(InvestorType::retail, Region::cn)].begin] == 0.6);
}

TEST_CASE("attention: trade press and weightless lines draw nobody", "[unit][attention]") {
  const Accounts accounts = make_accounts({{InvestorType::retail, Region::us, 50}});
  LineAttention line;
  notice({}, accounts, RandomStream(7, 0), "a", attention_level(AttentionClass::trade_press), 1.0, everybody,
         line);
  notice({}, accounts, RandomStream(7, 0), "a", 1.0, 0.0, everybody, line);
  CHECK_FALSE(line.active());
}

TEST_CASE("attention: of two events on a line the larger level counts", "[unit][attention]") {
  const Accounts accounts = make_accounts({{InvestorType::retail, Region::us, 400}});
  const RandomStream random(7, 0);
  LineAttention strong, weak, both, other_order;
  notice({}, accounts, random, "strong", 1.0, 1.0, everybody, strong);
  notice({}, accounts, random, "weak", 1.0, 0.4, everybody, weak);
  notice({}, accounts, random, "strong", 1.0, 1.0, everybody, both);
  notice({}, accounts, random, "weak", 1.0, 0.4, everybody, both);
  notice({}, accounts, random, "weak", 1.0, 0.4, everybody, other_order);
  notice({}, accounts, random, "strong", 1.0, 1.0, everybody, other_order);
  CHECK(both.level == other_order.level);
  bool different_people = false;
  for (std::size_t i = 0; i < accounts.size; ++i) {
    REQUIRE(both.level[i] == std::max(strong.level[i], weak.level[i]));
    different_people = different_people || (weak.level[i] > 0.0 && strong.level[i] == 0.0);
  }
  CHECK(different_people);
}

TEST_CASE("attention: levels halve in a half-life and vanish in the end", "[unit][attention]") {
  AttentionParams params;
  params.half_life = 5;
  LineAttention line;
  line.level = {1.0, 0.3, 0.0};
  for (int day = 0; day < 5; ++day) fade(params, line);
  CHECK(line.level[0] == Approx(0.5).epsilon(1e-14));
  CHECK(line.level[1] == Approx(0.15).epsilon(1e-14));
  CHECK(line.level[2] == 0.0);
  for (int day = 0; day < 90; ++day) fade(params, line);  // 2^-19 = 1.9e-6
  CHECK(line.active());
  for (int day = 0; day < 5; ++day) fade(params, line);  // 2^-20 = 9.5e-7
  CHECK_FALSE(line.active());
}
