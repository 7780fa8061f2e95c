#include <Eigen/Dense>
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/model/enterprises/premium_regression.hpp"
#include "tests/support/model_economy.hpp"

using namespace chokepoint;

namespace {

/// Nine vendors; ln(value / revenue) is 1 + 2 growth + .05 capability - .4 open + .3 non_revocable + error.
struct Vendors {
  std::vector<double> growth{0.4, 0.9, 1.1, 0.3, 0.7, 1.6, 0.2, 1.0, 0.8};
  std::vector<double> capability{151, 148, 163, 158, 144, 155, 160, 149, 152};
  std::vector<double> open{0, 1, 0, 0, 1, 1, 0, 1, 0};
  std::vector<double> safe{0, 1, 1, 0, 0, 1, 1, 1, 0};
  std::vector<double> error = std::vector<double>(9, 0.0);

  std::vector<double> log_ratio() const {
    std::vector<double> y;
    for (std::size_t i = 0; i < growth.size(); ++i) {
      y.push_back(1.0 + 2.0 * growth[i] + 0.05 * capability[i] - 0.4 * open[i] + 0.3 * safe[i] + error[i]);
    }
    return y;
  }
  PremiumRegression regress() const { return regress_premium(log_ratio(), growth, capability, open, safe); }
  void keep(std::size_t n) {
    for (std::vector<double>* column : {&growth, &capability, &open, &safe, &error}) column->resize(n);
  }
};

/// The same by a QR decomposition of the raw regressors: coefficient and its standard error.
std::array<double, 2> by_qr(const Vendors& vendors) {
  const auto n = static_cast<Eigen::Index>(vendors.growth.size());
  Eigen::MatrixXd x(n, 5);
  Eigen::VectorXd y(n);
  const std::vector<double> ratio = vendors.log_ratio();
  for (Eigen::Index i = 0; i < n; ++i) {
    const auto k = static_cast<std::size_t>(i);
    x.row(i) << 1.0, vendors.growth[k], vendors.capability[k], vendors.open[k], vendors.safe[k];
    y(i) = ratio[k];
  }
  const Eigen::VectorXd b = x.colPivHouseholderQr().solve(y);
  const double variance = (y - x * b).squaredNorm() / static_cast<double>(n - 5);
  const Eigen::MatrixXd inverse = (x.transpose() * x).inverse();
  return {b(4), std::sqrt(variance * inverse(4, 4))};
}

}  // namespace

TEST_CASE("Premium regression finds a planted premium of .3, with no error left", "[unit]") {
  const PremiumRegression found = Vendors{}.regress();
  CHECK(found.identified);
  CHECK(found.n == 9);
  CHECK(found.coefficient == Approx(0.3).epsilon(1e-10));
  CHECK(found.standard_error == Approx(0.0).margin(1e-10));
}

TEST_CASE("Premium regression agrees with a QR decomposition, coefficient and standard error", "[unit]") {
  Vendors vendors;
  vendors.error = {0.2, -0.5, 0.1, 0.4, -0.3, 0.05, -0.15, 0.6, -0.25};
  const auto oracle = by_qr(vendors);
  const PremiumRegression found = vendors.regress();
  CHECK(found.coefficient == Approx(oracle[0]).epsilon(1e-9));
  CHECK(found.standard_error == Approx(oracle[1]).epsilon(1e-9));
  CHECK(std::fabs(found.coefficient - 0.3) > 0.01);  // the error matters
  for (double& e : vendors.error) e = -2.0 * e;
  CHECK(vendors.regress().coefficient == Approx(by_qr(vendors)[0]).epsilon(1e-9));
}

TEST_CASE("Premium regression does not depend on units", "[unit]") {
  Vendors vendors;
  vendors.error = {0.2, -0.5, 0.1, 0.4, -0.3, 0.05, -0.15, 0.6, -0.25};
  const std::vector<double> y = vendors.log_ratio();
  const PremiumRegression one = vendors.regress();
  for (double& c : vendors.capability) c *= 1e9;
  for (double& g : vendors.growth) g *= 1e-9;
  const PremiumRegression other =
      regress_premium(y, vendors.growth, vendors.capability, vendors.open, vendors.safe);
  CHECK(other.coefficient == Approx(one.coefficient).epsilon(1e-9));
  CHECK(other.standard_error == Approx(one.standard_error).epsilon(1e-9));
}

TEST_CASE("Premium regression says when the premium is not identified", "[unit]") {
  Vendors same, mirrored, combined, five, none;
  same.safe.assign(9, 1.0);
  mirrored.safe = mirrored.open;
  for (std::size_t i = 0; i < 9; ++i) {
    combined.capability[i] = 3.0 * combined.growth[i] - 0.7 * combined.safe[i] + 0.1;
  }
  five.keep(5);
  none.keep(0);
  for (const Vendors* vendors : {&same, &mirrored, &combined, &five, &none}) {
    const PremiumRegression found = vendors->regress();
    CHECK_FALSE(found.identified);
    CHECK(found.coefficient == 0.0);
    CHECK(found.standard_error == 0.0);
    CHECK(found.n == static_cast<int>(vendors->growth.size()));
  }
  Vendors six;
  six.keep(6);
  CHECK(six.regress().identified);
  CHECK(six.regress().coefficient == Approx(0.3).epsilon(1e-9));
}

TEST_CASE("Premium regression: spending that cannot be taken away, by hand", "[unit]") {
  const Facts facts = economy_facts();
  const auto products = make_products(facts);
  Usage usage;
  usage.spend.assign(region_count * products.size(), 0.0);
  const auto spend = [&](Region region, std::size_t vendor, ProductKind kind) -> double& {
    return usage.spend[index(region) * products.size() + product_of(products, vendor, kind)];
  };
  for (std::size_t r = 0; r < region_count; ++r) usage.region[r].staff = 0.25;
  usage.region[index(Region::row)].staff = 0.5;
  spend(Region::us, openai, ProductKind::closed) = 2.0;
  spend(Region::row, openai, ProductKind::closed) = 3.0;
  spend(Region::us, zhipu, ProductKind::closed) = 1.0;
  spend(Region::us, zhipu, ProductKind::open_hosted) = 3.0;
  DenialHazard hazard{};
  const PremiumRegressionParams params;
  CHECK(non_revocable_share(params, facts, products, usage, hazard) == std::vector<double>{0.0, 1.0, 1.0});
  hazard[index(Region::us)][index(Region::row)] = 0.06;
  hazard[index(Region::cn)][index(Region::us)] = 0.06;
  // openai: 2 x .25 of 2 x .25 + 3 x .5; zhipu: its open models stay
  const auto share = non_revocable_share(params, facts, products, usage, hazard);
  CHECK(share[openai] == Approx(0.25));
  CHECK(share[zhipu] == Approx(0.75));
  hazard[index(Region::us)][index(Region::row)] = 0.05;  // at the threshold counts as calm
  CHECK(non_revocable_share(params, facts, products, usage, hazard)[openai] == 1.0);
}
