#include "sim/model/enterprises/routing.hpp"

namespace chokepoint {
namespace {

double share_beyond(const Facts& facts, const OfferTable& offers, const Enterprises& all, Region region,
                    Reading reading) {
  const double all_staff = facts.workforce[index(region)].spend_share;
  double staff = 0.0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const EnterpriseKind kind = all.kind(i);
    if (kind.region != region || kind.reading != reading) continue;
    if (beyond_the_letter(offers, index(kind), all.product[i])) staff += all.weight[i];
  }
  return all_staff > 0.0 ? staff / all_staff : 0.0;
}

}  // namespace

bool beyond_the_letter(const OfferTable& offers, std::size_t kind, std::size_t product) {
  const EnterpriseKind who = enterprise_kind(kind);
  const std::size_t by_letter = index({who.region, who.owner, Reading::strict});
  return offers.coverage[offers.at(kind, product)] > 0.0 &&
         !(offers.coverage[offers.at(by_letter, product)] > 0.0);
}

double routed_share(const Facts& facts, const OfferTable& offers, const Enterprises& all, Region region) {
  return share_beyond(facts, offers, all, region, Reading::pragmatic);
}

double leaky_share(const Facts& facts, const OfferTable& offers, const Enterprises& all, Region region) {
  return share_beyond(facts, offers, all, region, Reading::leaky);
}

}  // namespace chokepoint
