#include <catch2/catch.hpp>

#include "sim/model/momentum.hpp"
#include "sim/model/slow_capital.hpp"

using namespace chokepoint;

TEST_CASE("momentum: the signal is a moving average of returns", "[unit][momentum]") {
  const MomentumParams params;
  std::vector<double> signal{0.0, 0.02};
  step_momentum(params, std::vector<double>{0.0, 0.3}, std::vector<double>{0.10, 0.3}, signal);
  CHECK(signal[0] == Approx(0.010));
  CHECK(signal[1] == Approx(0.018));
  step_momentum(params, std::vector<double>{0.10, 0.3}, std::vector<double>{0.05, 0.2}, signal);
  CHECK(signal[0] == Approx(0.9 * 0.010 - 0.1 * 0.05));
  CHECK(signal[1] == Approx(0.9 * 0.018 - 0.1 * 0.10));
}

TEST_CASE("momentum: only momentum and retail investors follow it", "[unit][momentum]") {
  const MomentumParams params;
  CHECK(params.gain(InvestorType::momentum) == 0.02);
  CHECK(params.gain(InvestorType::retail) == 0.01);
  for (const InvestorType type :
       {InvestorType::passive, InvestorType::fund, InvestorType::arbitrageur, InvestorType::sovereign}) {
    CHECK(params.gain(type) == 0.0);
  }
}

namespace {

/// Two lines in Hong Kong and one alone in the US.
Facts three_lines() {
  Facts facts;
  for (const Region region : {Region::hk, Region::hk, Region::us}) {
    Line line;
    line.region = region;
    facts.lines.push_back(line);
  }
  return facts;
}

struct SlowCapital {
  std::vector<double> value = std::vector<double>(3 * class_count, 0.0);
  std::vector<double> taste = std::vector<double>(3 * class_count, 0.0);

  void step(const SlowCapitalParams& params, const std::vector<double>& log_price,
            const std::vector<double>& float_cap) {
    step_slow_capital(params, three_lines(), value, log_price, float_cap, taste);
  }
  double of(std::size_t line, InvestorType type, Region domicile = Region::us) const {
    return taste[line * class_count + class_of(type, domicile)];
  }
};

}  // namespace

TEST_CASE("slow capital: tastes drift to what is cheap against its own market", "[unit][slow_capital]") {
  SlowCapitalParams params;
  params.speed = 0.01;
  SlowCapital slow;
  // Cheapness -.2 and .1, caps 1 and 3: mean .025, gaps -.225 and .075. The US line is its own mean.
  slow.step(params, {0.2, -0.1, 0.5}, {1.0, 3.0, 7.0});
  CHECK(slow.of(0, InvestorType::fund) == Approx(-0.00225));
  CHECK(slow.of(1, InvestorType::fund) == Approx(0.00075));
  CHECK(slow.of(2, InvestorType::fund) == Approx(0.0).margin(1e-17));
  CHECK(slow.of(0, InvestorType::retail, Region::cn) == slow.of(0, InvestorType::fund));
  for (std::size_t k = 0; k < 3; ++k) CHECK(slow.of(k, InvestorType::passive) == 0.0);
  slow.step(params, {0.2, -0.1, 0.5}, {1.0, 3.0, 7.0});
  CHECK(slow.of(0, InvestorType::fund) == Approx(-0.0045));
}

TEST_CASE("slow capital: each class judges by its own values", "[unit][slow_capital]") {
  SlowCapitalParams params;
  params.speed = 0.01;
  SlowCapital slow;
  slow.value[0 * class_count + class_of(InvestorType::arbitrageur, Region::us)] = 0.4;
  slow.step(params, {0.0, 0.0, 0.0}, {1.0, 1.0, 1.0});
  CHECK(slow.of(0, InvestorType::arbitrageur) == Approx(0.002));
  CHECK(slow.of(1, InvestorType::arbitrageur) == Approx(-0.002));
  CHECK(slow.of(0, InvestorType::fund) == 0.0);
}

TEST_CASE("slow capital: the gap is clipped, and lines without float are left out", "[unit][slow_capital]") {
  SlowCapitalParams params;
  params.speed = 0.01;
  SlowCapital slow;
  slow.step(params, {4.0, 0.0, 0.0}, {1.0, 3.0, 1.0});  // mean -1, gaps -3 and 1
  CHECK(slow.of(0, InvestorType::fund) == Approx(-0.01));
  CHECK(slow.of(1, InvestorType::fund) == Approx(0.01));
  SlowCapital without;
  without.step(params, {4.0, 0.0, 0.0}, {0.0, 3.0, 1.0});
  CHECK(without.of(0, InvestorType::fund) == 0.0);
  CHECK(without.of(1, InvestorType::fund) == 0.0);
}

TEST_CASE("slow capital: speed zero is the pure demand system", "[unit][slow_capital]") {
  SlowCapitalParams params;
  params.speed = 0.0;
  SlowCapital slow;
  slow.step(params, {0.2, -0.1, 0.5}, {1.0, 3.0, 7.0});
  CHECK(slow.taste == std::vector<double>(3 * class_count, 0.0));
}
