#include "sim/model/policy/effective_denial.hpp"

#include <algorithm>

#include "sim/base/check.hpp"
#include "sim/model/enterprises/offers.hpp"

namespace chokepoint {
namespace {

using Readings = std::array<double, reading_count>;

/// Shares that sum to 1; equal ones where none is given.
Readings normalised(const Readings& shares) {
  double sum = 0.0;
  for (const double share : shares) sum += share;
  Readings result;
  for (std::size_t s = 0; s < reading_count; ++s) {
    result[s] = sum > 0.0 ? shares[s] / sum : 1.0 / reading_count;
  }
  return result;
}

EffectiveDenial from_sums(double all, double denied, double leaked) {
  EffectiveDenial result;
  if (all > 0.0) result.nominal = denied / all;
  if (denied > 0.0) result.leak = std::min(1.0, leaked / denied);
  result.effective = result.nominal * (1.0 - result.leak);
  return result;
}

bool is_rule(Denial reason) {
  return reason == Denial::law || reason == Denial::order || reason == Denial::terms_place ||
         reason == Denial::terms_ownership;
}

/// What is asked of every model and user.
struct Question {
  const Facts& facts;
  const AccessTensor& access;
  Readings readings;
  Region region{};
  std::optional<Region> developers;
};

/// Sums over staff of the region and the models out that are, or are not, open. `denies` says whether a rule
/// denies the model to a user, `uses` whether an enterprise of that reading uses it all the same.
template <class Denies, class Uses>
EffectiveDenial over_models(const Question& asked, bool open, Denies denies, Uses uses) {
  double all = 0.0, denied = 0.0, leaked = 0.0;
  for (std::size_t m = 0; m < asked.facts.models.size(); ++m) {
    const AiModel& model = asked.facts.models[m];
    if (model.open != open || asked.access(m, user_cell(0)) == Denial::unreleased) continue;
    const Region home = developer_home(asked.facts, model);
    if (asked.developers && home != *asked.developers) continue;
    for (std::size_t c = 0; c < user_cell_count; ++c) {
      const UserCell user = user_cell(c);
      if (user.region != asked.region) continue;
      const double staff = staff_share(asked.facts, user);
      all += staff;
      if (!denies(m, user)) continue;
      denied += staff;
      for (std::size_t s = 0; s < reading_count; ++s) {
        const EnterpriseKind kind{user.region, user.owner, static_cast<Reading>(s)};
        if (uses(m, home, kind, user.nationality)) leaked += staff * asked.readings[s];
      }
    }
  }
  return from_sums(all, denied, leaked);
}

}  // namespace

EffectiveDenial weights_denial(const Facts& facts, const AccessTensor& access, const Readings& reading_share,
                               Region region, std::optional<Region> developers) {
  return over_models(
      {facts, access, normalised(reading_share), region, developers}, true,
      [&](std::size_t m, const UserCell& user) { return access(m, user) == Denial::law; },
      [&](std::size_t m, Region, const EnterpriseKind& kind, Nationality nationality) {
        return runs_weights(access, m, kind, nationality);
      });
}

EffectiveDenial interface_denial(const Facts& facts, const AccessTensor& access,
                                 const Readings& reading_share, Region region,
                                 std::optional<Region> developers) {
  return over_models(
      {facts, access, normalised(reading_share), region, developers}, false,
      [&](std::size_t m, const UserCell& user) { return is_rule(access(m, user)); },
      [&](std::size_t m, Region home, const EnterpriseKind& kind, Nationality nationality) {
        return admits(access, m, home, kind, nationality);
      });
}

EffectiveDenial chips_denial(double demand, double denied, double smuggled, double rented) {
  CHOKEPOINT_EXPECT(demand >= 0.0 && denied >= 0.0 && denied <= demand && smuggled >= 0.0 && rented >= 0.0);
  return from_sums(demand, denied, smuggled + rented);
}

}  // namespace chokepoint
