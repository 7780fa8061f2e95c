// What the parts of the economy tell research and supply, one input at a time.
#include "sim/model/economy_research.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t us = index(Region::us), cn = index(Region::cn);

/// One month of research and nothing else, from T0. As made, capability does not change.
struct Laboratory : EconomyRun {
  Laboratory() : EconomyRun(at_rest()) {
    for (double& days : economy.productive_days) days = 19.0;  // all days from T0 to 1 July
  }
  static Parameters at_rest() {
    Parameters params = small_economy();
    params.capability = {0.0, 0.0, 1.0, 100.0, 0.0, 0.0, 0.3, 0.0, 0.78};
    params.release.endogenous = 0.0;
    return params;
  }
  EconomyDay first_of_july() const {
    EconomyDay now = today();
    now.date = make_date(2026, 7, 1);
    now.months = 1.0;
    return now;
  }
  void month() { research(first_of_july(), economy); }
  const ResearchGains& gained() const { return economy.capability.gained; }
  bool has_model(std::size_t v) const { return economy.capability.latent[v] > 0.0; }
  bool in(std::size_t v, Region home) const { return facts.vendors[v].home == home; }
};

double persons(const PersonsByOriginAndPlace& stock, std::size_t place = region_count) {
  double sum = 0.0;
  for (const auto& row : stock) {
    for (std::size_t r = 0; r < region_count; ++r) {
      if (place == region_count || r == place) sum += static_cast<double>(row[r]);
    }
  }
  return sum;
}

/// Publication is certain or excluded, by what is added to odds of e^10 or e^-10.
struct Publisher : Laboratory {
  explicit Publisher(double intercept) {
    params.release = {intercept, 0.0, 0.0, 0.0, 1.0};
    for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
      const bool open = std::any_of(facts.models.begin(), facts.models.end(), [&](const AiModel& model) {
        return model.open && model.developer == facts.vendors[v].id;
      });
      opens.push_back(open ? 1 : 0);
    }
  }
  std::vector<char> opens;  ///< [vendor] that has open models at all
};

}  // namespace

TEST_CASE("research: compute gaps by hand", "[unit][economy]") {
  ComputeState compute;
  compute.stock = {4.0, 1.0, 0.0};
  compute.rented = {0.0, 1.0, 0.0};
  const std::vector<double> gaps = compute_gaps(compute);
  CHECK(gaps[0] == 0.0);
  CHECK(gaps[1] == Approx(logarithm(2.0)));
  CHECK(gaps[2] == 0.0);
}

TEST_CASE("research: closed shares by hand, regions by what they spend", "[unit][economy]") {
  Laboratory run;
  const auto& products = run.setup.enterprises.products;
  const std::size_t alibaba = run.vendor("alibaba");
  const std::size_t closed = product_of(products, alibaba, ProductKind::closed);
  const std::size_t open = product_of(products, alibaba, ProductKind::open_hosted);
  std::fill(run.economy.usage.spend.begin(), run.economy.usage.spend.end(), 0.0);
  CHECK(closed_shares(run.facts, run.setup.enterprises, run.economy) ==
        std::vector<double>(run.facts.vendors.size(), 0.0));
  run.economy.usage.spend[us * products.size() + closed] = 3.0;
  run.economy.usage.spend[cn * products.size() + open] = 1.0;
  const double in_us = 3.0 * run.facts.workforce[us].spend_share;
  const double in_cn = run.facts.workforce[cn].spend_share;
  const std::vector<double> shares = closed_shares(run.facts, run.setup.enterprises, run.economy);
  CHECK(shares[alibaba] == Approx(in_us / (in_us + in_cn)));
  CHECK(shares[run.vendor("zhipu")] == 0.0);
}

TEST_CASE("research: growth of compute reaches capability by its weight", "[unit][economy]") {
  Laboratory run;
  run.params.capability.compute_weight = 9.0;
  const std::vector<double> before = run.economy.capability.latent;
  for (std::size_t v = 0; v < before.size(); ++v)
    run.economy.compute.growth[v] = 0.1 * static_cast<double>(v);
  run.month();
  for (std::size_t v = 0; v < before.size(); ++v) {
    const double points = run.has_model(v) ? 0.9 * static_cast<double>(v) : 0.0;
    CHECK(run.economy.capability.latent[v] == Approx(before[v] + points));
  }
}

TEST_CASE("research: scarcity counts from that of T0", "[unit][economy]") {
  Laboratory run;
  run.params.capability.induced_innovation = 0.5;
  const std::vector<double> gaps = run.economy.compute_gap_at_start;
  REQUIRE(*std::max_element(gaps.begin(), gaps.end()) > 0.5);
  const std::size_t zhipu = run.vendor("zhipu");
  run.economy.compute_gap_at_start[zhipu] -= 0.4;
  run.month();
  for (std::size_t v = 0; v < gaps.size(); ++v) {
    CHECK(run.gained().induced[v] == Approx(v == zhipu ? 0.5 * 0.78 * 0.4 : 0.0));
  }
}

TEST_CASE("research: staff counts by its days and by its region's pool", "[unit][economy]") {
  Laboratory run;
  run.params.capability.progress = 2.0;
  const std::size_t openai = run.vendor("openai");
  run.economy.productive_days[openai] = 9.5;
  PersonsByOriginAndPlace& start = run.economy.talent.stock_t0;
  start[0][us] /= 2;  // so that the US have gained on the profession since T0
  run.month();
  const PersonsByOriginAndPlace& now = run.economy.talent.stock;
  const double profession = persons(now) / persons(start);
  for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
    CAPTURE(run.facts.vendors[v].id);
    if (!run.has_model(v)) continue;
    const std::size_t home = index(run.facts.vendors[v].home);
    const double pool = persons(now, home) / (persons(start, home) * profession);
    CHECK((pool > 1.05) == (home == us));
    CHECK(run.gained().own[v] == Approx(2.0 * pool * (v == openai ? 0.5 : 1.0)));
  }
  CHECK(run.economy.productive_days == std::vector<double>(run.facts.vendors.size(), 0.0));
}

TEST_CASE("research: who may query the frontier learns from it, who may not by proxies", "[unit][economy]") {
  Laboratory run;
  run.params.capability.distillation = 0.03;
  const std::vector<double> before = run.economy.capability.latent;
  const double frontier = run.facts.model("fable-5")->capability;
  run.month();
  CHECK(run.gained().distilled[run.vendor("alphabet")] ==
        Approx(0.03 * (frontier - before[run.vendor("alphabet")])));
  CHECK(run.gained().distilled[run.vendor("zhipu")] ==
        Approx(0.03 * 0.3 * (frontier - before[run.vendor("zhipu")])));
}

TEST_CASE("research: policing counts where it is of the vendor of the frontier", "[unit][economy]") {
  for (const char* police : {"anthropic", "openai"}) {
    CAPTURE(police);
    Laboratory free, run;
    for (Laboratory* one : {&free, &run}) one->params.capability.distillation = 0.03;
    enact(PolicingChanges{"police", run.vendor(police), Region::us, 0.75}, run.economy.law);
    free.month();
    run.month();
    const std::size_t zhipu = run.vendor("zhipu");
    const double left = std::string(police) == "anthropic" ? 0.25 : 1.0;
    CHECK(run.gained().distilled[zhipu] == Approx(left * free.gained().distilled[zhipu]));
  }
}

TEST_CASE("research: a government that bars publication bars its own developers", "[unit][economy]") {
  for (const Region government : {Region::us, Region::cn}) {
    Publisher run(10.0);
    OpenWeightsChanges bar;
    bar.measure = "bar";
    bar.government = government;
    bar.bars_publication = true;
    enact(bar, run.economy.law);
    run.month();
    for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
      CAPTURE(run.facts.vendors[v].id);
      CHECK(run.economy.publishes[v] == (run.in(v, government) ? 0 : run.opens[v]));
    }
  }
}

TEST_CASE("research: what is kept back reaches nobody's machines", "[unit][economy]") {
  for (const double intercept : {10.0, -10.0}) {
    Publisher run(intercept);
    run.params.capability.progress = 10.0;
    run.params.capability.release_step = 1.0;
    const std::vector<double> before = run.economy.capability.weights;
    run.month();
    CHECK((run.economy.capability.weights == before) == (intercept < 0.0));
  }
}

TEST_CASE("research: fear of other governments makes vendors publish, not that of their own",
          "[unit][economy]") {
  Publisher run(-10.0);
  run.params.release.sovereign_weight = 10.0;
  run.economy.hazard[us].fill(2.0);
  run.month();
  for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
    CAPTURE(run.facts.vendors[v].id);
    CHECK(run.economy.publishes[v] == (run.in(v, Region::us) ? 0 : run.opens[v]));
  }
}

TEST_CASE("research: a firm that has lost value publishes less", "[unit][economy]") {
  Publisher run(10.0);
  run.params.release.finance_weight = 10.0;
  run.firm_value.assign(run.facts.vendors.size(), 0.0);
  run.firm_value[run.vendor("zhipu")] = -2.0;
  run.month();
  for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
    CHECK(run.economy.publishes[v] == (v == run.vendor("zhipu") ? 0 : run.opens[v]));
  }
}

TEST_CASE("research: a vendor whose closed products bring more than at T0 publishes less",
          "[unit][economy]") {
  Publisher run(10.0);
  run.params.release.api_weight = 20.0;
  run.economy.closed_share_at_start[run.vendor("zhipu")] -= 1.0;
  run.month();
  for (std::size_t v = 0; v < run.facts.vendors.size(); ++v) {
    CHECK(run.economy.publishes[v] == (v == run.vendor("zhipu") ? 0 : run.opens[v]));
  }
}

TEST_CASE("supply: the listing window doubles what Chinese vendors' issues add, no others'",
          "[unit][economy]") {
  Laboratory window, by_hand, closed;
  const std::size_t vendors = window.facts.vendors.size();
  for (Laboratory* one : {&window, &by_hand, &closed}) one->financing.assign(vendors, 1.5);
  for (std::size_t v = 0; v < vendors; ++v) {
    if (by_hand.in(v, Region::cn)) by_hand.financing[v] = 2.0;
  }
  window.economy.bridge.level[index(BridgeComponent::listing_window)] = 1.0;
  for (Laboratory* one : {&window, &by_hand, &closed}) supply(one->first_of_july(), one->economy);
  CHECK(told(window.economy.compute) == told(by_hand.economy.compute));
  CHECK(told(window.economy.compute) != told(closed.economy.compute));
}

TEST_CASE("supply: without issues a window opens onto nothing", "[unit][economy]") {
  Laboratory window, closed;
  window.economy.bridge.level[index(BridgeComponent::listing_window)] = 1.0;
  for (Laboratory* one : {&window, &closed}) supply(one->first_of_july(), one->economy);
  CHECK(told(window.economy.compute) == told(closed.economy.compute));
}

TEST_CASE("supply: chips are bought under the law of today", "[unit][economy]") {
  Laboratory today, freed;
  while (!freed.economy.law.chips.rules.empty()) {
    const std::string measure = freed.economy.law.chips.rules.back().measure;
    lift(measure, freed.economy.law);
  }
  enact(LevelInForce{"freed", LevelKind::procurement_all, 0.0}, freed.economy.law);
  enact(LevelInForce{"freed", LevelKind::procurement_state_funded, 0.0}, freed.economy.law);
  for (Laboratory* one : {&today, &freed}) supply(one->first_of_july(), one->economy);
  const std::size_t alibaba = today.vendor("alibaba"), openai = today.vendor("openai");
  CHECK(freed.economy.compute.stock[alibaba] > 1.01 * today.economy.compute.stock[alibaba]);
  CHECK(freed.economy.compute.stock[openai] == today.economy.compute.stock[openai]);
  CHECK(today.economy.compute.months == 1.0);
}
