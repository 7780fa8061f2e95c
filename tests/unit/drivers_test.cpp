#include "sim/study/drivers.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

const std::vector<std::string> metrics{"effect(market_cap[line=GAMMA], at=2026-06-19)",
                                       "level(market_cap[line=GAMMA], at=2026-06-19)"};

StructuralPrior prior(const std::string& parameter) {
  return {parameter, StructuralScale::log, 0.5, 0.25, 1.0, 0.0, 10.0};
}

/// Three parameters are drawn; the effects are those given, by replicate.
struct Planted {
  std::unique_ptr<Study> study;
  ExperimentResult result;

  explicit Planted(int replicates = 24) : study(model_study(metrics, replicates)) {
    study->structural = {prior("enterprise.access_scale"), prior("enterprise.productivity"),
                         prior("talent.access_weight")};
    result.arms.resize(2);
    const std::vector<double> none(static_cast<std::size_t>(replicates), 0.0);
    for (ArmResult& arm : result.arms) arm.levels = arm.values = {none, none};
  }

  double draw(std::size_t parameter, std::size_t replicate) const {
    const RandomStream random(study->scenario.seed, static_cast<std::uint32_t>(replicate));
    return structural_draw(study->structural[parameter], random);
  }

  std::vector<double>& effects() { return result.arms[1].values[0]; }
};

}  // namespace

TEST_CASE("drivers: equal numbers share the mean of their ranks", "[unit][drivers]") {
  CHECK(mean_ranks(std::vector<double>{30, 10, 20}) == std::vector<double>{3, 1, 2});
  CHECK(mean_ranks(std::vector<double>{5, 1, 5, 5, 0}) == std::vector<double>{4, 2, 4, 4, 1});
  CHECK(mean_ranks(std::vector<double>{7, 7}) == std::vector<double>{1.5, 1.5});
  CHECK(mean_ranks({}).empty());
}

TEST_CASE("drivers: rank correlation by hand", "[unit][drivers]") {
  const std::vector<double> x{1, 2, 3, 4, 5};
  CHECK(*rank_correlation(x, std::vector<double>{1, 4, 9, 16, 1000}) == 1.0);
  CHECK(*rank_correlation(x, std::vector<double>{5, 4, 3, 2, -9}) == -1.0);
  // Differences of ranks 1, 1, 1, 1, 0: 1 - 6 x 4 / (5 x 24)
  CHECK(*rank_correlation(x, std::vector<double>{2, 1, 4, 3, 5}) == Approx(0.8));
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 x 5)
  CHECK(*rank_correlation(std::vector<double>{1, 2, 2, 3}, std::vector<double>{1, 2, 3, 4}) ==
        Approx(4.5 / std::sqrt(22.5)));
  CHECK_FALSE(rank_correlation(x, std::vector<double>{2, 2, 2, 2, 2}));
  CHECK_FALSE(rank_correlation(std::vector<double>{1}, std::vector<double>{1}));
}

TEST_CASE("drivers: the parameter that an effect was made of comes first", "[unit][drivers]") {
  Planted planted;
  for (std::size_t r = 0; r < 24; ++r) planted.effects()[r] = -std::pow(planted.draw(1, r), 3);
  const std::vector<Driver> drivers = drivers_of(*planted.study, planted.result);
  REQUIRE(drivers.size() == 3);  // the level is no effect, the reference has none
  CHECK(drivers[0].arm == 1);
  CHECK(drivers[0].metric == &planted.study->scenario.metrics[0]);
  CHECK(drivers[0].parameter == "enterprise.productivity");
  CHECK(drivers[0].rank_correlation == Approx(-1.0));
  CHECK(drivers[0].n == 24);
  CHECK(drivers[0].noise_bound == Approx(2.0 / std::sqrt(23.0)));
  CHECK(std::abs(drivers[1].rank_correlation) < 0.6);
  CHECK(std::abs(drivers[1].rank_correlation) >= std::abs(drivers[2].rank_correlation));
}

TEST_CASE("drivers: effects that are no numbers are left out, those that do not vary have no driver",
          "[unit][drivers]") {
  Planted planted;
  for (std::size_t r = 0; r < 24; ++r) planted.effects()[r] = planted.draw(0, r);
  planted.effects()[3] = no_number;
  const std::vector<Driver> drivers = drivers_of(*planted.study, planted.result);
  REQUIRE(drivers.size() == 3);
  CHECK(drivers[0].parameter == "enterprise.access_scale");
  CHECK(drivers[0].rank_correlation == Approx(1.0));
  CHECK(drivers[0].n == 23);
  for (std::size_t r = 4; r < 8; ++r) planted.effects()[r] = no_number;  // 19 are too few
  CHECK(drivers_of(*planted.study, planted.result).empty());
  std::fill(planted.effects().begin(), planted.effects().end(), 0.5);
  CHECK(drivers_of(*planted.study, planted.result).empty());
}

TEST_CASE("drivers: need structural draws and twenty replicates", "[unit][drivers]") {
  for (const int replicates : {19, 20}) {
    Planted planted(replicates);
    for (std::size_t r = 0; r < planted.effects().size(); ++r) planted.effects()[r] = planted.draw(0, r);
    CHECK(drivers_of(*planted.study, planted.result).size() == (replicates == 20 ? 3 : 0));
    planted.study->structural.clear();
    CHECK(drivers_of(*planted.study, planted.result).empty());
  }
}

TEST_CASE("drivers: what the scenario or both arms set drives nothing", "[unit][drivers]") {
  Planted planted;
  for (std::size_t r = 0; r < 24; ++r) planted.effects()[r] = planted.draw(1, r);
  std::vector<Arm>& arms = planted.study->scenario.arms;
  arms[1].set = {setting("enterprise.productivity", 0)};  // the reference still draws it
  CHECK(drivers_of(*planted.study, planted.result)[0].rank_correlation == Approx(1.0));
  arms[0].set = arms[1].set;
  CHECK(drivers_of(*planted.study, planted.result).size() == 2);
  arms[0].set = arms[1].set = {};
  planted.study->scenario.settings = {setting("enterprise.productivity", 0)};
  const std::vector<Driver> drivers = drivers_of(*planted.study, planted.result);
  REQUIRE(drivers.size() == 2);
  for (const Driver& driver : drivers) CHECK(driver.parameter != "enterprise.productivity");
}

TEST_CASE("drivers: draws of the fit are among them, one row for what is drawn together", "[unit][drivers]") {
  Planted planted;
  FittedParameter together;
  together.id = "beta_W";
  together.fields = {"beliefs.beta.deploy", "beliefs.beta.compete"};
  FittedParameter law;
  law.id = "model_error";
  planted.study->priors = {together, law};
  for (std::size_t r = 0; r < 24; ++r) {
    planted.study->draws.push_back({static_cast<double>((r * 7) % 24), 0.0});
    planted.effects()[r] = -static_cast<double>((r * 7) % 24);
  }
  const std::vector<Driver> drivers = drivers_of(*planted.study, planted.result);
  REQUIRE(drivers.size() == 4);
  CHECK(drivers[0].parameter == "beliefs.beta.deploy;beliefs.beta.compete");
  CHECK(drivers[0].rank_correlation == Approx(-1.0));
}

TEST_CASE("drivers: the strongest ten are kept", "[unit][drivers]") {
  Planted planted;
  Parameters params;
  const std::vector<std::string> names = fields_of(params).names();
  planted.study->structural.clear();
  for (std::size_t i = 0; i < 12; ++i) planted.study->structural.push_back(prior(names[i]));
  for (std::size_t r = 0; r < 24; ++r) planted.effects()[r] = planted.draw(11, r) + 0.1 * planted.draw(3, r);
  const std::vector<Driver> drivers = drivers_of(*planted.study, planted.result);
  REQUIRE(drivers.size() == 10);
  CHECK(drivers[0].parameter == names[11]);
  for (std::size_t i = 1; i < 10; ++i) {
    CHECK(std::abs(drivers[i].rank_correlation) <= std::abs(drivers[i - 1].rank_correlation));
  }
}

TEST_CASE("drivers: drivers.csv prints each number under its name", "[unit][drivers]") {
  const Planted planted;
  Driver driver;
  driver.arm = 1;
  driver.metric = &planted.study->scenario.metrics[0];
  driver.parameter = "enterprise.productivity";
  driver.rank_correlation = -0.75;
  driver.noise_bound = 0.4;
  driver.n = 26;
  const TemporaryFolder folder;
  write_drivers(*planted.study, {driver}, folder.at("."));
  CHECK(folder.read("drivers.csv") ==
        "scenario,arm,metric,parameter,rank_correlation,noise_bound,n\n"
        "model,order,m1,enterprise.productivity,-0.75,0.4,26\n");
}
