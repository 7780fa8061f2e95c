#include "sim/model/indicators/backfire.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

/// Two Chinese vendors with models of 153 and 144 points, one of which has none, and an American one.
Facts makers() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  const auto add = [&](const char* vendor, Region home, double capability) {
    Vendor maker;
    maker.id = vendor;
    maker.home = home;
    facts.vendors.push_back(maker);
    AiModel model;
    model.id = std::string(vendor) + "-1";
    model.developer = vendor;
    model.released = facts.as_of;
    model.capability = capability;
    model.price = 1.0;
    facts.models.push_back(model);
  };
  add("zhi", Region::cn, 153.0);
  add("dao", Region::cn, 144.0);
  add("none", Region::cn, 0.0);
  add("lab", Region::us, 162.0);
  return facts;
}

}  // namespace

TEST_CASE("backfire: effective compute is capability in log points of compute, mean of a region", "[unit]") {
  const Facts facts = makers();
  CapabilityParams params;
  const Capability capability = initial_capability(params, facts);
  CHECK(effective_compute(params, facts, capability, Region::cn) == Approx(16.5));  // (153 + 144) / 2 / 9
  CHECK(effective_compute(params, facts, capability, Region::us) == Approx(18.0));
  CHECK(effective_compute(params, facts, capability, Region::hk) == 0.0);
  params.compute_weight = 3.0;
  CHECK(effective_compute(params, facts, capability, Region::us) == Approx(54.0));
  params.compute_weight = 0.0;
  CHECK(effective_compute(params, facts, capability, Region::us) == Approx(18.0));
}

TEST_CASE("backfire: a cut of compute alone is told as the cut, against the twin", "[unit]") {
  const Facts facts = makers();
  const CapabilityParams params;
  Capability policy = initial_capability(params, facts);
  Capability twin = policy;
  const std::vector<double> productive(4, 1.0), growth{-0.5, -0.5, -0.5, 0.0}, gap{0.5, 0.5, 0.5, 0.0};
  const auto index_of = [&] {
    return effective_compute(params, facts, policy, Region::cn) -
           effective_compute(params, facts, twin, Region::cn);
  };
  CHECK(index_of() == 0.0);
  step_capability(params, facts, {productive, growth, {}, {}, 0.0, {}}, 1.0, policy);
  step_capability(params, facts, {.productive = productive}, 1.0, twin);
  CHECK(index_of() == Approx(-0.5));
  for (int month = 0; month < 90; ++month) {  // 90 x .135 x .78 x .5 / 9 = .53: more than was lost
    step_capability(params, facts, {productive, {}, gap, {}, 0.0, {}}, 1.0, policy);
    step_capability(params, facts, {.productive = productive}, 1.0, twin);
  }
  CHECK(index_of() == Approx(-0.5 + 0.5265));
}

TEST_CASE("backfire: share of third countries' spending, without the region's own", "[unit]") {
  const Facts facts = makers();
  //                               US    CN    HK   ROW
  const std::vector<double> spend{0.0,  9.0, 1.0, 2.0,    // zhi
                                  0.0,  5.0, 0.0, 1.0,    // dao
                                  0.0,  0.0, 0.0, 0.0,    // none
                                  50.0, 1.0, 4.0, 12.0};  // lab
  CHECK(third_country_share(facts, spend, Region::cn) == Approx(4.0 / 20.0));
  CHECK(third_country_share(facts, spend, Region::us) == Approx(16.0 / 20.0));
  CHECK(third_country_share(facts, spend, Region::hk) == 0.0);
  CHECK(third_country_share(facts, std::vector<double>(16, 0.0), Region::cn) == 0.0);
  Facts local = facts;
  local.vendors[0].home = Region::hk;  // users in Hong Kong are no third country to it: 2 of 15
  CHECK(third_country_share(local, spend, Region::hk) == Approx(2.0 / 15.0));
}
