#include "sim/model/capability.hpp"

#include <catch2/catch.hpp>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Two vendors: one sells a closed model of 160 points, the other publishes models; one comes out later.
Facts two_vendors() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  const auto add = [&](const char* id, const char* developer, Date released, bool open, double capability) {
    AiModel model;
    model.id = id;
    model.developer = developer;
    model.released = released;
    model.open = open;
    model.capability = capability;
    model.price = 1.0;
    facts.models.push_back(model);
  };
  add("closed-1", "west", make_date(2026, 5, 1), false, 160.0);
  add("open-1", "east", make_date(2026, 4, 1), true, 150.0);
  add("open-2", "east", make_date(2026, 6, 16), true, 152.0);
  for (const char* id : {"west", "east"}) {
    Vendor vendor;
    vendor.id = id;
    facts.vendors.push_back(vendor);
  }
  return facts;
}

CapabilityParams without_diffusion() {
  CapabilityParams params;
  params.diffusion = 0.0;
  return params;
}

/// At T0 nothing was learnt since the last release.
Capability just_released(const Facts& facts) {
  CapabilityParams params;
  params.progress = 0.0;
  return initial_capability(params, facts);
}

}  // namespace

TEST_CASE("capability: only what was released by T0 counts, until it comes out") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  CHECK(best_open(facts, capability) == 150.0);
  CHECK(best_released(facts, capability) == 160.0);
  CHECK(capability.latent == std::vector<double>{160.0, 150.0});
  release(facts, 2, capability);
  CHECK(best_open(facts, capability) == 152.0);
  CHECK(capability.latent[1] == 152.0);
  release(facts, 2, capability);
  CHECK(best_open(facts, capability) == 152.0);
}

TEST_CASE("capability: own progress accumulates and comes out as a successor at the step") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  const std::vector<double> all{1.0, 1.0};
  step_capability(without_diffusion(), facts, all, 1.0, capability);
  CHECK(capability.latent[0] == 162.0);
  CHECK(capability.measured[0] == 160.0);
  step_capability(without_diffusion(), facts, all, 1.0, capability);
  CHECK(capability.measured[0] == 164.0);
  CHECK(capability.measured[1] == 154.0);
}

TEST_CASE("capability: at T0 vendors have worked since their best model came out, up to a generation") {
  const Facts facts = two_vendors();
  const Capability capability = initial_capability({}, facts);
  CHECK(capability.latent[0] == Approx(160.0 + 2.0 * 42 / 30.4375));  // 1 May to 12 June
  CHECK(capability.latent[1] == Approx(150.0 + 4.0));                 // 1 April: 4.7 points, at most a step
}

TEST_CASE("capability: a generation lifts all of the vendor's models that are out") {
  Facts facts = two_vendors();
  facts.models.push_back(facts.models[0]);
  facts.models.back().id = "closed-small";
  facts.models.back().capability = 140.0;
  Capability capability = just_released(facts);
  step_capability(without_diffusion(), facts, std::vector<double>{1.0, 1.0}, 3.0, capability);
  CHECK(capability.measured == std::vector<double>{166.0, 156.0, 152.0, 146.0});
}

TEST_CASE("capability: staff without their tools slow their own vendor only") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  step_capability(without_diffusion(), facts, std::vector<double>{0.81, 1.0}, 1.0, capability);
  CHECK(capability.latent[0] == Approx(160.0 + 2.0 * 0.9));
  CHECK(capability.latent[1] == 152.0);
}

TEST_CASE("capability: those behind the best open model learn from it, the one ahead does not") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  release(facts, 2, capability);
  capability.latent[1] = 142.0;
  CapabilityParams params;
  params.progress = 0.0;
  step_capability(params, facts, std::vector<double>{1.0, 1.0}, 1.0, capability);
  CHECK(capability.latent[0] == 160.0);
  CHECK(capability.latent[1] == Approx(142.0 + 0.06 * 10.0));
}

}  // namespace chokepoint
