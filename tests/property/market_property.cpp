#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/market_session.hpp"
#include "tests/support/model_market.hpp"

using namespace chokepoint;

namespace {

double draw(const RandomStream& random, std::uint32_t subject, std::uint32_t step) {
  return random.uniform(Decision::synthetic_test, subject, step);
}

/// The model market with other share counts, floats and prices.
Facts random_facts(const RandomStream& random) {
  Facts facts = model_facts();
  for (std::size_t k = 0; k < facts.lines.size(); ++k) {
    const auto subject = static_cast<std::uint32_t>(k);
    Line& line = facts.lines[k];
    line.shares = nearest(static_cast<double>(line.shares) * (0.1 + 10.0 * draw(random, subject, 0)));
    line.tradable = nearest(static_cast<double>(line.shares) * (0.01 + 0.95 * draw(random, subject, 1)));
    line.price_usd *= 0.2 + 2.0 * draw(random, subject, 2);
  }
  facts.southbound_quota_usd = 2e7;
  return facts;
}

struct Sums {
  std::vector<Wide> shares;  ///< [K] holdings and clearing account
  Wide cash = 0;             ///< accounts and clearing account
};

Sums sums_of(const World& world) {
  Sums sums;
  for (std::size_t k = 0; k < world.lines; ++k) {
    Wide total = world.clearing_shares[k];
    for (std::size_t i = 0; i < world.accounts(); ++i) total += world.holding[world.at(k, i)];
    sums.shares.push_back(total);
  }
  sums.cash = world.clearing_cash;
  for (const MicroUsd cash : world.cash) sums.cash += cash;
  return sums;
}

/// New beliefs and demand shifters for all classes and lines.
void shake(World& world, const RandomStream& random, std::uint32_t step) {
  for (std::size_t k = 0; k < world.lines; ++k) {
    const auto subject = static_cast<std::uint32_t>(100 + k);
    world.noise_shifter[k] = 0.4 * (draw(random, subject, step) - 0.5);
    for (std::size_t g = 0; g < class_count; ++g) {
      const auto who = static_cast<std::uint32_t>(1000 + k * class_count + g);
      world.value[k * class_count + g] = 0.4 * (draw(random, who, step) - 0.5);
    }
  }
}

}  // namespace

TEST_CASE("market: in random worlds what one account sells another buys, to the share and the micro-USD",
          "[property][market]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 25)));
  CAPTURE(seed);
  const RandomStream random(seed, 0);
  ModelMarket market(random_facts(random), quiet_parameters(250), 6, {}, seed);
  World& world = market.world;
  long long cleared = 0;
  double largest = 0.0;  // rounding of one clear above what the design allows
  for (std::size_t day = 0; day < 6; ++day) {
    world.day = day;
    world.quota_used = 0;
    world.previous_close = world.log_price;
    shake(world, random, static_cast<std::uint32_t>(day));
    for (const Session session : {Session::a, Session::b}) {
      const Sums before = sums_of(world);
      const std::vector<Shares> rounding = world.clearing_shares;
      const LaneVector<Shares> held = world.holding;
      clear_market(world, market.params, market.plan, session, 0);
      const Sums after = sums_of(world);
      CHECK(after.shares == before.shares);
      CHECK(after.cash == before.cash);
      CHECK(*std::min_element(world.holding.begin(), world.holding.end()) >= 0);
      const auto& open = market.calendar.days()[day].open_lines[index(session)];
      for (std::size_t row = 0; row < open.size(); ++row) {
        const std::size_t k = open[row];
        REQUIRE(world.status[k] != LineStatus::halted);
        if (world.status[k] != LineStatus::cleared) continue;
        ++cleared;
        const double active = world.clearing.system().supply()[row];
        const auto left = static_cast<double>(world.clearing_shares[k] - rounding[k]);
        largest = std::fmax(largest, std::fabs(left) - (1e-9 * active + 1.0));
      }
    }
  }
  CHECK(cleared > 30);
  CHECK(largest <= 0.0);
}

TEST_CASE("market: changes of position value are flow, revaluation, issuance and unlocked, exactly",
          "[property][market]") {
  const auto seed = static_cast<std::uint64_t>(GENERATE(range(0, 10)));
  CAPTURE(seed);
  Facts facts = random_facts(RandomStream(seed, 0));
  facts.lockups = {{thin, "Founder", HolderKind::founder, Region::hk, 20'000, make_date(2026, 6, 17)}};
  Parameters params = quiet_parameters(250);
  params.noise.scale = 1.5;
  Event issue;
  issue.said.id = "issue";
  issue.said.announced = to_instant(make_date(2026, 6, 14), 0, 0);
  issue.instrument = Issue{"BETA", 100'000, 5.0, make_date(2026, 6, 18)};
  ModelMarket market(facts, params, 8, {issue}, seed);
  const auto position = [&] {
    std::array<Wide, region_count> value{};
    for (std::size_t k = 0; k < market.world.lines; ++k) {
      for (std::size_t d = 0; d < region_count; ++d) {
        value[d] += static_cast<Wide>(market.world.held_by_domicile[k][d]) * market.world.price[k];
      }
    }
    return value;
  };
  for (int day = 0; day < 8; ++day) {
    CAPTURE(day);
    const auto before = position();
    market.day();
    const auto after = position();
    Wide flow = 0;
    bool identity = true;
    for (std::size_t d = 0; d < region_count; ++d) {
      Wide booked = 0;
      for (std::size_t kind = 0; kind < flow_kind_count; ++kind) {
        for (const auto& group : market.world.flows.amount[kind][d]) {
          for (const Wide amount : group) {
            booked += amount;
            if (kind == index(FlowKind::flow)) flow += amount;
          }
        }
      }
      identity = identity && after[d] - before[d] == booked;
    }
    CHECK(identity);
    // Secondary flows sum to what the clearing account took: at most a few shares of each line.
    double bound = 0.0;
    for (const MicroUsd price : market.world.price) bound += 4.0 * static_cast<double>(price);
    CHECK(std::fabs(static_cast<double>(flow)) <= bound);
  }
}
