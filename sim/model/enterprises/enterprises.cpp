#include "sim/model/enterprises/enterprises.hpp"

#include <string>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Index of the share that `u` in (0, 1) falls into; the last positive one if they sum to less than 1.
template <std::size_t N>
std::size_t pick(const std::array<double, N>& share, double u) {
  double sum = 0.0, cumulated = 0.0;
  for (const double s : share) sum += s;
  std::size_t last = 0;
  for (std::size_t i = 0; i < N; ++i) {
    if (!(share[i] > 0.0)) continue;
    last = i;
    cumulated += share[i] / sum;
    if (u < cumulated) break;
  }
  return last;
}

/// Headquarters in Hong Kong or elsewhere have no rivals to approve.
bool draw_approval(const EnterprisePopulationParams& params, Region owner, std::uint32_t identity,
                   const RandomStream& random) {
  if (owner != Region::us && owner != Region::cn) return true;
  return random.uniform(Decision::enterprise_approves_rival, identity, 0) < params.approves_rival;
}

void add_agent(std::uint32_t identity, const EnterpriseKind& kind, bool approves_rival, Sector sector,
               Enterprises& all) {
  all.identity.push_back(identity);
  all.menu_class.push_back(menu_class(kind, approves_rival));
  all.sector.push_back(sector);
  all.weight.push_back(0.0);
  all.desk.push_back(Facts::npos);
  all.removed.push_back(0);
  all.removed_for_other_reasons.push_back(0);
}

void add_unnamed(const Facts& facts, const EnterprisePopulationParams& params, Region region,
                 std::size_t count, const RandomStream& random, Enterprises& all) {
  const std::size_t first = all.size();
  double weight = facts.workforce[index(region)].spend_share;
  for (const BankDesk& desk : facts.bank_desks) {
    if (desk.region == region) {
      weight -= facts.workforce[index(region)].spend_share * desk_share(facts, params, desk);
    }
  }
  double size = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t id =
        identity_of(std::string(name_of(region, region_names)) + "/" + std::to_string(k));
    const auto draw = [&](Decision decision) { return random.uniform(decision, id, 0); };
    const auto owner =
        static_cast<Region>(pick(facts.workforce[index(region)].owner, draw(Decision::enterprise_owner)));
    const auto reading = static_cast<Reading>(pick(params.reading_share, draw(Decision::enterprise_reading)));
    const bool bank = draw(Decision::enterprise_sector) < params.bank_share;
    add_agent(id, {region, owner, reading}, draw_approval(params, owner, id, random),
              bank ? Sector::bank : Sector::other, all);
    all.weight.back() = exponential(params.size_sd * normal_quantile(draw(Decision::enterprise_size)));
    size += all.weight.back();
  }
  for (std::size_t i = first; i < all.size(); ++i) all.weight[i] *= weight / size;
}

void add_desks(const Facts& facts, const EnterprisePopulationParams& params,
               const std::vector<Product>& products, const RandomStream& random, Enterprises& all) {
  all.first_desk = all.size();
  for (std::size_t d = 0; d < facts.bank_desks.size(); ++d) {
    const BankDesk& desk = facts.bank_desks[d];
    const std::uint32_t id =
        identity_of(desk.enterprise + "@" + std::string(name_of(desk.region, region_names)));
    add_agent(id, {desk.region, desk.owner, desk.reading}, draw_approval(params, desk.owner, id, random),
              Sector::bank, all);
    all.weight.back() = facts.workforce[index(desk.region)].spend_share * desk_share(facts, params, desk);
    all.desk.back() = d;
    all.removed.back() = removed_by(facts, products, desk);
  }
}

}  // namespace

Enterprises draw_population(const Facts& facts, const EnterprisePopulationParams& params,
                            const std::vector<Product>& products, const RandomStream& random) {
  Enterprises all;
  double total = 0.0, cumulated = 0.0;
  for (const double share : params.region_share) total += share;
  std::size_t made = 0;
  for (std::size_t r = 0; r < region_count; ++r) {
    cumulated += total > 0.0 ? params.region_share[r] / total : 1.0 / region_count;
    std::size_t until = static_cast<std::size_t>(cumulated * params.count + 0.5);
    until = until > made ? until : made + 1;
    add_unnamed(facts, params, static_cast<Region>(r), until - made, random, all);
    made = until;
  }
  add_desks(facts, params, products, random, all);
  return all;
}

}  // namespace chokepoint
