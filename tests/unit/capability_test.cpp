#include "sim/model/capability.hpp"

#include <algorithm>
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
  step_capability(without_diffusion(), facts, {.productive = all}, 1.0, capability);
  CHECK(capability.latent[0] == 162.0);
  CHECK(capability.measured[0] == 160.0);
  step_capability(without_diffusion(), facts, {.productive = all}, 1.0, capability);
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
  step_capability(without_diffusion(), facts, {.productive = std::vector<double>{1.0, 1.0}}, 3.0, capability);
  CHECK(capability.measured == std::vector<double>{166.0, 156.0, 152.0, 146.0});
}

TEST_CASE("capability: staff without their tools slow their own vendor only") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  step_capability(without_diffusion(), facts, {.productive = std::vector<double>{0.81, 1.0}}, 1.0,
                  capability);
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
  step_capability(params, facts, {.productive = std::vector<double>{1.0, 1.0}}, 1.0, capability);
  CHECK(capability.latent[0] == 160.0);
  CHECK(capability.latent[1] == Approx(142.0 + 0.06 * 10.0));
}

TEST_CASE("capability: every term of the law, by hand", "[unit]") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  capability.latent[1] = 142.0;
  CapabilityParams params;
  params.release_step = 20.0;
  const std::vector<double> productive{1.0, 0.81}, growth{0.2, -0.1}, gap{-0.5, 0.5}, access{1.0, 0.3};
  const ResearchInputs inputs{productive, growth, gap, access, 0.25, {}};
  const ResearchGains gains = step_capability(params, facts, inputs, 2.0, capability);
  CHECK(gains.own[1] == Approx(2.0 * 2.0 * 0.9));                       // sqrt(.81) = .9
  CHECK(gains.diffused[1] == Approx(2.0 * 0.06 * 8.0));                 // 150 - 142
  CHECK(gains.distilled[1] == Approx(2.0 * 0.03 * 0.3 * 0.75 * 18.0));  // 160 - 142
  CHECK(gains.induced[1] == Approx(2.0 * 0.135 * 0.78 * 0.5));
  CHECK(gains.from_compute[1] == Approx(-0.9));
  CHECK(capability.latent[1] == Approx(142.0 + 3.6 + 0.96 + 0.243 + 0.1053 - 0.9));
  // The leader learns from nobody, and compute less scarce than at T0 takes nothing from algorithms.
  CHECK(gains.diffused[0] + gains.distilled[0] + gains.induced[0] == 0.0);
  CHECK(capability.latent[0] == Approx(160.0 + 4.0 + 1.8));
}

TEST_CASE("capability: what was gained adds up to the change since T0", "[unit]") {
  const Facts facts = two_vendors();
  Capability capability = initial_capability({}, facts);
  capability.latent[1] = 142.0;  // behind its own public weights, so that these teach it
  const std::vector<double> start = capability.latent;
  const std::vector<double> productive{0.9, 0.7}, growth{0.05, -0.02}, gap{0.0, 0.3}, access{0.0, 1.0};
  for (int month = 0; month < 36; ++month) {
    step_capability({}, facts, {productive, growth, gap, access, 0.5, {}}, 1.0, capability);
  }
  const ResearchGains& sums = capability.gained;
  for (std::size_t v = 0; v < 2; ++v) {
    const double all =
        sums.own[v] + sums.diffused[v] + sums.distilled[v] + sums.induced[v] + sums.from_compute[v];
    CHECK(start[v] + all == Approx(capability.latent[v]));
  }
  CHECK(sums.distilled[1] > 0.0);
  CHECK(sums.diffused[1] > 0.0);
  CHECK(sums.from_compute[1] == Approx(-0.02 * 9.0 * 36));
}

namespace {

/// Progress, diffusion and successors as they were before compute, distillation and choice of publication.
void step_of_before(const CapabilityParams& params, const Facts& facts, const std::vector<double>& productive,
                    double months, Capability& capability) {
  double open = 0.0;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (facts.models[m].open && capability.released[m]) open = std::max(open, capability.measured[m]);
  }
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    double best = 0.0;
    for (std::size_t m = 0; m < facts.models.size(); ++m) {
      const bool own = facts.models[m].developer == facts.vendors[v].id && capability.released[m];
      if (own) best = std::max(best, capability.measured[m]);
    }
    double& latent = capability.latent[v];
    const double staff = power(productive[v], params.staff_weight);
    latent += months * (params.progress * staff + params.diffusion * std::max(0.0, open - latent));
    const double lead = latent - best;
    if (lead < params.release_step) continue;
    for (std::size_t m = 0; m < facts.models.size(); ++m) {
      const bool own = facts.models[m].developer == facts.vendors[v].id && capability.released[m];
      if (own) capability.measured[m] += lead;
    }
  }
}

}  // namespace

TEST_CASE("capability: without change since T0 the course is that of before, bit for bit", "[unit]") {
  const Facts facts = two_vendors();
  CapabilityParams params;
  params.progress = 1.9;  // no round numbers, and many starts: few sums tell one order from another
  params.staff_weight = 0.37;
  const std::vector<double> none(2, 0.0);
  const std::vector<char> all{1, 1};
  for (int start = 0; start < 300; ++start) {
    Capability before = initial_capability(params, facts);
    before.latent = {103.3 + 0.17 * start, 110.7 + 0.13 * start};  // diffusion counts, successors come out
    Capability given = before;
    Capability left_out = before;
    for (int month = 0; month < 12; ++month) {
      const double months = (28 + month % 4) / days_per_month;
      const std::vector<double> productive{1.0 - 0.001 * month, 0.93};
      step_of_before(params, facts, productive, months, before);
      step_capability(params, facts, {productive, none, none, none, 0.0, all}, months, given);
      step_capability(params, facts, {.productive = productive}, months, left_out);
      REQUIRE(given.latent == before.latent);
      REQUIRE(given.measured == before.measured);
      REQUIRE(left_out.latent == before.latent);
      REQUIRE(best_open(facts, given) == before.measured[1]);
    }
    if (start == 299) CHECK(before.measured[1] > 160.0);
  }
}

TEST_CASE("capability: each mechanism has a switch that is exact", "[unit]") {
  const Facts facts = two_vendors();
  const std::vector<double> productive{1.0, 1.0}, growth{-1.0, -1.0}, gap{2.0, 2.0}, access{1.0, 1.0};
  const auto course = [&](const CapabilityParams& params, const ResearchInputs& inputs) {
    Capability capability = just_released(facts);
    for (int month = 0; month < 12; ++month) step_capability(params, facts, inputs, 1.0, capability);
    return capability.latent;
  };
  const auto usual = course({}, {.productive = productive});
  CapabilityParams off;
  off.compute_weight = 0.0;
  CHECK(course(off, {.productive = productive, .compute_growth = growth}) == usual);
  CHECK(course({}, {.productive = productive, .compute_growth = growth}) != usual);
  off = {};
  off.induced_innovation = 0.0;
  CHECK(course(off, {.productive = productive, .compute_gap = gap}) == usual);
  off = {};
  off.algorithm_progress = 0.0;
  CHECK(course(off, {.productive = productive, .compute_gap = gap}) == usual);
  CHECK(course({}, {.productive = productive, .compute_gap = gap}) != usual);
  off = {};
  off.distillation = 0.0;
  CHECK(course(off, {.productive = productive, .frontier_access = access}) == usual);
  CHECK(course({}, {.productive = productive, .frontier_access = access, .policing = 1.0}) == usual);
  CHECK(course({}, {.productive = productive, .frontier_access = access}) != usual);
}

TEST_CASE("capability: five years of scarcity lower or raise capability, by induced innovation", "[unit]") {
  const Facts facts = two_vendors();
  const double cut = logarithm(5.0);  // 80 % of compute is gone from month 6 on
  const auto effect = [&](double induced) {
    CapabilityParams params = without_diffusion();
    params.induced_innovation = induced;
    Capability capability = just_released(facts);
    Capability twin = capability;
    const std::vector<double> productive(2, 1.0);
    for (int month = 0; month < 60; ++month) {
      const std::vector<double> growth{0.0, month == 6 ? -cut : 0.0}, gap{0.0, month >= 6 ? cut : 0.0};
      step_capability(params, facts, {productive, growth, gap, {}, 0.0, {}}, 1.0, capability);
      step_capability(params, facts, {.productive = productive}, 1.0, twin);
    }
    return capability.latent[1] - twin.latent[1];
  };
  CHECK(effect(0.0) == Approx(-9.0 * 1.6094379));                            // -14.5
  CHECK(effect(0.135) == Approx(-14.4849 + 0.135 * 0.78 * 1.6094379 * 54));  // -5.3
  CHECK(effect(0.5) == Approx(-14.4849 + 0.5 * 0.78 * 1.6094379 * 54));      // +19.4
  CHECK(effect(9.0 / (0.78 * 54)) == Approx(0.0).margin(1e-9));              // nothing is left of the cut
}

TEST_CASE("capability: a generation that is kept back is served and not public", "[unit]") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  CHECK(capability.weights == std::vector<double>{0.0, 150.0, 0.0});
  const std::vector<double> productive{1.0, 1.0};
  const std::vector<char> kept{1, 0}, published{0, 1};
  const ResearchInputs keep{productive, {}, {}, {}, 0.0, kept};
  const ResearchInputs publish{productive, {}, {}, {}, 0.0, published};
  step_capability(without_diffusion(), facts, keep, 2.0, capability);
  CHECK(capability.measured == std::vector<double>{164.0, 154.0, 152.0});
  CHECK(capability.weights == std::vector<double>{0.0, 150.0, 0.0});
  CHECK(best_open(facts, capability) == 150.0);
  CHECK(best_released(facts, capability) == 164.0);
  step_capability(without_diffusion(), facts, publish, 1.0, capability);  // no generation: nothing to publish
  CHECK(best_open(facts, capability) == 150.0);
  step_capability(without_diffusion(), facts, publish, 1.0, capability);
  CHECK(capability.measured == std::vector<double>{168.0, 158.0, 152.0});
  CHECK(capability.weights == std::vector<double>{0.0, 158.0, 0.0});  // closed weights stay closed
  step_capability(without_diffusion(), facts, keep, 2.0, capability);
  release(facts, 1, capability);  // said again of the model of T0: not of its later generations
  CHECK(capability.weights[1] == 158.0);
  CHECK(capability.measured[1] == 162.0);
}

TEST_CASE("capability: others learn from public weights, not from what is served only", "[unit]") {
  Facts facts = two_vendors();
  facts.models[0].capability = 140.0;  // the closed vendor is behind
  const auto learnt = [&](std::vector<char> publishes) {
    Capability capability = just_released(facts);
    const std::vector<double> productive{0.0, 1.0};
    const ResearchInputs inputs{productive, {}, {}, {}, 0.0, publishes};
    step_capability({}, facts, inputs, 2.0, capability);  // to 154: a generation of the open vendor
    return step_capability({}, facts, inputs, 1.0, capability).diffused[0];
  };
  const double latent = 140.0 + 2.0 * 0.06 * 10.0;
  CHECK(learnt({1, 1}) == Approx(0.06 * (154.0 - latent)));
  CHECK(learnt({1, 0}) == Approx(0.06 * (150.0 - latent)));
}

TEST_CASE("capability: public weights never fall, whatever vendors do afterwards", "[unit]") {
  const Facts facts = two_vendors();
  Capability capability = just_released(facts);
  const std::vector<double> productive{1.0, 1.0};
  std::vector<double> last = capability.weights;
  int published = 0;
  for (int month = 0; month < 120; ++month) {
    const std::vector<char> publishes{0, static_cast<char>(month % 7 == 0)};
    const std::vector<double> growth{0.0, month % 24 == 5 ? -1.5 : 0.0};  // capability itself falls at times
    step_capability({}, facts, {productive, growth, {}, {}, 0.0, publishes}, 1.0, capability);
    if (month == 60) release(facts, 2, capability);
    for (std::size_t m = 0; m < 3; ++m) {
      REQUIRE(capability.weights[m] >= last[m]);
      REQUIRE(capability.weights[m] <= capability.measured[m]);
    }
    published += capability.weights[1] > last[1] ? 1 : 0;
    last = capability.weights;
  }
  CHECK(published > 3);
  CHECK(last[0] == 0.0);
  CHECK(last[2] >= 152.0);
}

TEST_CASE("capability: the frontier is the best closed model of another vendor that is out", "[unit]") {
  Facts facts = two_vendors();
  const auto add = [&](const char* developer, Date released, double capability, double price) {
    facts.models.push_back(facts.models[0]);
    AiModel& model = facts.models.back();
    model.developer = developer;
    model.released = released;
    model.capability = capability;
    model.price = price;
  };
  add("east", make_date(2026, 5, 2), 155.0, 1.0);    // 3
  add("east", make_date(2026, 7, 1), 190.0, 1.0);    // 4: not out
  add("nobody", make_date(2026, 5, 2), 191.0, 1.0);  // 5: no vendor
  add("west", make_date(2026, 5, 2), 192.0, 0.0);    // 6: not sold
  const Capability now = just_released(facts);
  CHECK(closed_frontier(facts, now.released, now.measured) == 0);
  CHECK(closed_frontier(facts, now.released, now.measured, 0) == 3);
  CHECK(closed_frontier(facts, now.released, now.measured, 1) == 0);
  CHECK(closed_frontier({}, {}, {}) == Facts::npos);
}

TEST_CASE("capability: all learn from what was out before the step, in whatever order they stand", "[unit]") {
  Facts facts = two_vendors();
  Facts turned = facts;
  std::swap(turned.vendors[0], turned.vendors[1]);
  const auto latents = [](const Facts& world) {
    Capability capability = just_released(world);
    const std::vector<double> productive{1.0, 1.0}, access{1.0, 1.0};
    // West's generation comes out in the step: 160 counts, not 164.
    step_capability({}, world, {productive, {}, {}, access, 0.0, {}}, 2.0, capability);
    return capability.latent;
  };
  CHECK(latents(facts)[1] == Approx(150.0 + 4.0 + 2.0 * 0.03 * 10.0));
  CHECK(latents(turned)[0] == latents(facts)[1]);
  CHECK(latents(turned)[1] == latents(facts)[0]);
}

}  // namespace chokepoint
