#include "sim/model/research/release_choice.hpp"

#include <algorithm>

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

bool has_open_model(const Facts& facts, const std::string& vendor) {
  return std::any_of(facts.models.begin(), facts.models.end(),
                     [&](const AiModel& model) { return model.open && model.developer == vendor; });
}

}  // namespace

double publication_chance(const ReleaseParams& params, double sovereign, double finance, double api) {
  const double log_odds = params.open_intercept + params.sovereign_weight * sovereign +
                          params.finance_weight * finance - params.api_weight * api;
  const double kept_back = 1.0 / (1.0 + exponential(log_odds));
  return 1.0 - params.endogenous * kept_back;
}

std::vector<char> choose_publication(const ReleaseParams& params, const Facts& facts,
                                     const ReleasePayoffs& payoffs, const RandomStream& random,
                                     std::uint32_t month) {
  const std::size_t vendors = facts.vendors.size();
  CHOKEPOINT_EXPECT(payoffs.sovereign.size() == vendors && payoffs.finance.size() == vendors &&
                    payoffs.api.size() == vendors && payoffs.barred.size() == vendors);
  std::vector<char> publishes(vendors, 0);
  for (std::size_t v = 0; v < vendors; ++v) {
    const std::string& id = facts.vendors[v].id;
    if (payoffs.barred[v] != 0 || !has_open_model(facts, id)) continue;
    const double chance =
        publication_chance(params, payoffs.sovereign[v], payoffs.finance[v], payoffs.api[v]);
    publishes[v] = random.uniform(Decision::release_choice, identity_of(id), month) < chance ? 1 : 0;
  }
  return publishes;
}

}  // namespace chokepoint
