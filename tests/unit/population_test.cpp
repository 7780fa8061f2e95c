#include "sim/model/population.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <set>

#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

struct Drawn {
  explicit Drawn(PopulationParams given = {}, Facts world = model_facts(), std::uint32_t replicate = 0)
      : params(given),
        facts(std::move(world)),
        random(5, replicate),
        population(make_population(params, DemandParams{}, facts, random)) {}

  const ClassBlock& block(InvestorType type, Region domicile) const {
    return population.accounts.blocks[class_of(type, domicile)];
  }
  std::vector<double> weights(const std::string& line) const {
    return ownership_weights(params, facts, random, population, facts.line(line));
  }
  double share(const std::vector<double>& weight, InvestorType type, Region domicile) const {
    const auto at = weight.begin();
    const ClassBlock& b = block(type, domicile);
    return std::accumulate(at + static_cast<std::ptrdiff_t>(b.begin), at + static_cast<std::ptrdiff_t>(b.end),
                           0.0);
  }
  std::size_t holders(const std::vector<double>& weight, InvestorType type, Region domicile) const {
    std::size_t count = 0;
    for (std::size_t i = block(type, domicile).begin; i < block(type, domicile).end; ++i) {
      if (weight[i] > 0.0) ++count;
    }
    return count;
  }
  PopulationParams params;
  Facts facts;
  RandomStream random;
  Population population;
};

PopulationParams of(double investors) {
  PopulationParams params;
  params.investors = investors;
  return params;
}

}  // namespace

TEST_CASE("population: classes have the counts asked for, at least the smallest, padded to eight",
          "[unit][population]") {
  const Drawn drawn(of(400));
  CHECK(drawn.block(InvestorType::retail, Region::us).count == 83);    // 400 x .52 x .40 = 83.2
  CHECK(drawn.block(InvestorType::fund, Region::cn).count == 25);      // 400 x .18 x .35 = 25.2
  CHECK(drawn.block(InvestorType::sovereign, Region::hk).count == 5);  // 1.6
  std::size_t at = 0;
  std::size_t investors = 0;
  for (const ClassBlock& block : drawn.population.accounts.blocks) {
    CHECK(block.begin == at);
    CHECK((block.end - block.begin) % 8 == 0);
    CHECK(block.end - block.begin - block.count < 8);
    at = block.end;
    investors += block.count;
  }
  CHECK(drawn.population.accounts.size == at);
  CHECK(drawn.population.accounts.investors == investors);
}

TEST_CASE("population: no two investors share an identity", "[unit][population]") {
  const Drawn drawn(of(2000));
  std::set<std::uint32_t> seen;
  for (const ClassBlock& block : drawn.population.accounts.blocks) {
    const auto first = drawn.population.accounts.identity.begin() + static_cast<std::ptrdiff_t>(block.begin);
    seen.insert(first, first + static_cast<std::ptrdiff_t>(block.count));
  }
  CHECK(seen.size() == drawn.population.accounts.investors);
}

TEST_CASE("population: sizes are shares of a class, equal without spread, lognormal with it",
          "[unit][population]") {
  PopulationParams params = of(20000);
  params.size_log_sd = GENERATE(0.0, 1.3);
  const Drawn drawn(params);
  const ClassBlock& retail = drawn.block(InvestorType::retail, Region::us);  // 4160 of them
  double total = 0.0, herfindahl = 0.0, mean = 0.0, square = 0.0;
  for (std::size_t i = retail.begin; i < retail.begin + retail.count; ++i) {
    const double size = drawn.population.size[i];
    total += size;
    herfindahl += size * size;
    mean += std::log(size) / static_cast<double>(retail.count);
    square += std::log(size) * std::log(size) / static_cast<double>(retail.count);
  }
  CHECK(total == Approx(1.0));
  const double equal = 1.0 / static_cast<double>(retail.count);
  if (params.size_log_sd == 0.0) {
    CHECK(herfindahl == Approx(equal));
  } else {
    CHECK(std::sqrt(square - mean * mean) == Approx(1.3).margin(0.06));  // four standard errors
    CHECK(herfindahl > 3.0 * equal);  // e^{1.69} = 5.4 times in a large class
    CHECK(herfindahl < 15.0 * equal);
  }
}

TEST_CASE("population: of a line that all hold, classes take prior times mix", "[unit][population]") {
  Facts facts = model_facts();
  Line& rest = facts.lines[first_composite];
  SECTION("as it is") {
    const Drawn drawn(of(400), facts);
    const auto weight = drawn.weights("US_REST");
    CHECK(std::accumulate(weight.begin(), weight.end(), 0.0) == Approx(1.0));
    CHECK(drawn.share(weight, InvestorType::retail, Region::us) == Approx(.62 * .28));
    CHECK(drawn.share(weight, InvestorType::fund, Region::row) == Approx(.37 * .33));
    CHECK(drawn.share(weight, InvestorType::sovereign, Region::cn) == Approx(.002 * .20));
  }
  SECTION("only US investors may buy") {
    rest.may_buy = {true, false, false, false};
    const Drawn drawn(of(400), facts);
    const auto weight = drawn.weights("US_REST");
    CHECK(drawn.share(weight, InvestorType::retail, Region::us) == Approx(.28));
    CHECK(drawn.share(weight, InvestorType::retail, Region::row) == 0.0);
  }
  SECTION("a thin line leans to retail, and away from index funds") {
    rest.may_buy = {true, false, false, false};
    rest.thin = true;
    const Drawn drawn(of(400), facts);
    const auto weight = drawn.weights("US_REST");
    const double total = .34 * .15 + .27 * .7 + .03 * .8 + .05 * 2.0 + .28 * 1.8 + .03 * .3;
    CHECK(drawn.share(weight, InvestorType::retail, Region::us) == Approx(.28 * 1.8 / total));
    CHECK(drawn.share(weight, InvestorType::passive, Region::us) == Approx(.34 * .15 / total));
  }
}

TEST_CASE("population: names are held by index funds all, by others with the chance of home or abroad",
          "[unit][population]") {
  PopulationParams params = of(4000);
  params.holds_at_home = 1.0;
  params.holds_abroad = 0.25;
  const Drawn drawn(params);
  const auto weight = drawn.weights("ALPHA");
  for (const Region domicile : {Region::us, Region::cn, Region::hk, Region::row}) {
    const auto type = InvestorType::passive;
    CHECK(drawn.holders(weight, type, domicile) == drawn.block(type, domicile).count);
  }
  // Of US lines .62 belong to the US and .37 to the rest of the world (home), .002 to CN (abroad).
  CHECK(drawn.holders(weight, InvestorType::fund, Region::us) == 728);
  CHECK(drawn.holders(weight, InvestorType::fund, Region::row) == 308);
  CHECK(drawn.block(InvestorType::retail, Region::cn).count == 288);  // 72 expected, sd 7.3
  CHECK(drawn.holders(weight, InvestorType::retail, Region::cn) > 42);
  CHECK(drawn.holders(weight, InvestorType::retail, Region::cn) < 102);
}

TEST_CASE("population: an account's draws follow its identity and nothing else", "[unit][population]") {
  const Drawn drawn(of(400));
  SECTION("the same replicate is the same") {
    const Drawn again(of(400));
    CHECK(again.population.size == drawn.population.size);
    CHECK(again.population.theta == drawn.population.theta);
    CHECK(again.weights("BETA") == drawn.weights("BETA"));
  }
  SECTION("another replicate is not") {
    const Drawn other(of(400), model_facts(), 1);
    CHECK(other.population.accounts.identity == drawn.population.accounts.identity);
    CHECK(other.population.size != drawn.population.size);
    CHECK(other.population.theta != drawn.population.theta);
    CHECK(other.weights("BETA") != drawn.weights("BETA"));
  }
  SECTION("a line more, put first, changes no other line's holders") {
    Facts facts = model_facts();
    facts.lines.insert(facts.lines.begin(), model_line("DELTA", 0, 0, Region::us, 1'000'000, 900'000, 20.0));
    const Drawn more(of(400), facts);
    for (const char* line : {"ALPHA", "BETA", "GAMMA", "ROW_REST"}) {
      CAPTURE(line);
      CHECK(more.weights(line) == drawn.weights(line));
    }
  }
  SECTION("more investors leave those who were there as large against each other") {
    const Drawn more(of(800));
    const std::size_t few_at = drawn.block(InvestorType::fund, Region::hk).begin;
    const std::size_t many_at = more.block(InvestorType::fund, Region::hk).begin;
    CHECK(more.population.size[many_at + 3] / more.population.size[many_at] ==
          Approx(drawn.population.size[few_at + 3] / drawn.population.size[few_at]));
    const auto type = InvestorType::fund;
    CHECK(cash_share_of(more.params, more.random, type, more.population.accounts.identity[many_at]) ==
          cash_share_of(drawn.params, drawn.random, type, drawn.population.accounts.identity[few_at]));
  }
}

TEST_CASE("population: whole shares are split by running total", "[unit][population]") {
  CHECK(split_shares(10, {.26, .25, .49}) == std::vector<Shares>{3, 2, 5});
  CHECK(split_shares(7, {1 / 3., 1 / 3., 1 / 3.}) == std::vector<Shares>{2, 3, 2});
  CHECK(split_shares(7, {0.0, 1.0, 0.0}) == std::vector<Shares>{0, 7, 0});
  CHECK(split_shares(1, {.3, .3, .4}) == std::vector<Shares>{0, 1, 0});
  CHECK(split_shares(10, {.3, .3, .3, 0.0}) == std::vector<Shares>{3, 3, 4, 0});  // the last takes the rest
  CHECK(split_shares(10, {.8, .8}) == std::vector<Shares>{8, 2});
  CHECK(split_shares(5, {0.0, 0.0}) == std::vector<Shares>{0, 0});
}

TEST_CASE("population: what investors hold of a line is its float, and their cash their share of wealth",
          "[unit][population]") {
  Parameters params = quiet_parameters();
  params.population.cash_log_sd = 0.0;
  const ModelMarket market(model_facts(), params);
  for (std::size_t k = 0; k < market.world.lines; ++k)
    CHECK(market.held(k) == market.facts.lines[k].tradable);
  const ClassBlock& retail =
      market.world.population.accounts.blocks[class_of(InvestorType::retail, Region::us)];
  for (std::size_t i = retail.begin; i < retail.begin + retail.count; ++i) {
    double equity = 0.0;
    for (std::size_t k = 0; k < market.world.lines; ++k) {
      equity +=
          static_cast<double>(market.world.holding[market.world.at(k, i)]) * market.world.reference_price[k];
    }
    CHECK(market.world.cash_view[i] == Approx(equity * .45 / .55));
    const double held = static_cast<double>(market.world.holding[market.world.at(first_composite, i)]);
    CHECK(market.world.odds[market.world.at(first_composite, i)] ==
          Approx(held * 10000.0 / market.world.cash_view[i]));
  }
}

TEST_CASE("population: cash shares spread about w0 and stay within .01 and .8", "[unit][population]") {
  PopulationParams params;
  params.cash_log_sd = 1.0;
  const RandomStream random(5, 0);
  double least = 1.0, most = 0.0;
  int below = 0;
  for (std::uint32_t who = 0; who < 1000; ++who) {
    const double share = cash_share_of(params, random, InvestorType::passive, who);  // w0 = .02
    least = std::min(least, share);
    if (share < 0.02) ++below;
    most = std::max(most, cash_share_of(params, random, InvestorType::retail, who));
  }
  CHECK(least == 0.01);
  CHECK(most == 0.8);
  CHECK(below > 430);
  CHECK(below < 570);
}

TEST_CASE("population: a locked lot has a holder of its own, who has nothing else", "[unit][population]") {
  Facts facts = model_facts();
  facts.lockups = {{thin, "Anchor", HolderKind::cornerstone, Region::row, 3'000'000, make_date(2026, 7, 8)},
                   {thin, "Founder", HolderKind::founder, Region::cn, 9'000'000, make_date(2027, 1, 8)}};
  const Drawn plain(of(400));
  const Drawn drawn(of(400), facts);
  const ClassBlock& funds = drawn.block(InvestorType::fund, Region::row);
  const std::size_t before = plain.block(InvestorType::fund, Region::row).count;
  CHECK(funds.count == before + 1);
  REQUIRE(drawn.population.locked.size() == 2);
  CHECK(drawn.population.locked[0].account == funds.begin + before);
  CHECK(drawn.population.locked[0].shares == 3'000'000);
  CHECK(drawn.population.locked[0].in_wealth);
  CHECK_FALSE(drawn.population.locked[1].in_wealth);
  CHECK(drawn.population.size[funds.begin + before] == 0.0);
  CHECK(drawn.weights("US_REST")[funds.begin + before] == 0.0);
}

TEST_CASE("population: theta spreads between the classes of a type, kappa does not", "[unit][population]") {
  PopulationParams params = of(400);
  params.anchor_log_sd = 0.0;
  const Drawn same(params);
  const Drawn spread(of(400));
  for (std::size_t g = 0; g < class_count; ++g) {
    CHECK(same.population.theta[g] == DemandParams{}.value_anchor[index(type_of_class(g))]);
    CHECK(spread.population.kappa[g] == DemandParams{}.misalignment_rush[index(type_of_class(g))]);
  }
  const auto theta = [&](Region domicile) {
    return spread.population.theta[class_of(InvestorType::fund, domicile)];
  };
  CHECK(theta(Region::us) != theta(Region::cn));
  CHECK(theta(Region::us) > std::exp(-0.8));  // four standard deviations of .2
  CHECK(theta(Region::us) < std::exp(0.8));
}
