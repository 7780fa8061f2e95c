#include "sim/model/slow_news.hpp"

#include <catch2/catch.hpp>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

Facts one_vendor(double metered_share) {
  Facts facts;
  Vendor vendor;
  vendor.id = "zhipu";
  vendor.metered_share = metered_share;
  facts.vendors.push_back(vendor);
  return facts;
}

double news_of(const SlowNewsParams& params, double ratio, double priced, double& reported) {
  std::vector<double> memory{reported};
  const auto news =
      slow_news(params, one_vendor(0.5), std::vector<double>{ratio}, std::vector<double>{priced}, memory);
  reported = memory[0];
  return news[0];
}

}  // namespace

TEST_CASE("slow news: half the revenue from models doubles, value rises by half of ln 2") {
  double reported = 0.0;
  CHECK(news_of({}, 2.0, 0.0, reported) == Approx(0.5 * 0.69314718056));
  CHECK(news_of({}, 2.0, 0.0, reported) == 0.0);
  CHECK(news_of({}, 1.0, 0.0, reported) == Approx(-0.5 * 0.69314718056));
}

TEST_CASE("slow news: what an announcement priced is not counted again, the other sign is") {
  CHECK(unpriced(0.30, 0.10) == Approx(0.20));
  CHECK(unpriced(0.30, 0.50) == 0.0);
  CHECK(unpriced(0.30, -0.10) == Approx(0.30));
  CHECK(unpriced(-0.30, -0.10) == Approx(-0.20));
  CHECK(unpriced(-0.30, -0.50) == 0.0);
  CHECK(unpriced(-0.30, 0.10) == Approx(-0.30));
  CHECK(unpriced(0.0, 0.4) == 0.0);
}

TEST_CASE("slow news: a loading of zero brings none") {
  SlowNewsParams off;
  off.loading = 0.0;
  double reported = 0.0;
  CHECK(news_of(off, 5.0, 0.0, reported) == 0.0);
}

TEST_CASE("slow news: a vendor without customers keeps a finite value") {
  double reported = 0.0;
  CHECK(news_of({}, 0.0, 0.0, reported) == Approx(0.5 * logarithm(0.01)));
}

}  // namespace chokepoint
