#include "sim/model/enterprises/approved_lists.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

/// Number of named enterprises in the region that took all these products off.
std::size_t leaders(const Facts& facts, const Enterprises& all, ProductSet products, Region region) {
  std::vector<std::string_view> counted;
  for (std::size_t i = all.first_desk; i < all.size(); ++i) {
    const BankDesk& desk = facts.bank_desks[all.desk[i]];
    if (desk.region != region || (all.removed[i] & products) != products) continue;
    if (std::find(counted.begin(), counted.end(), desk.enterprise) == counted.end()) {
      counted.push_back(desk.enterprise);
    }
  }
  return counted.size();
}

/// True when a pragmatic reader still uses some of the vendor's products that a strict one would not.
bool stretches_terms(const OfferTable& offers, const Enterprises& all, std::size_t i, ProductSet products) {
  EnterpriseKind kind = all.kind(i);
  if (kind.reading != Reading::pragmatic) return false;
  const std::size_t as_read = index(kind);
  kind.reading = Reading::strict;
  const std::size_t by_letter = index(kind);
  for (std::size_t j = 0; j < offers.products; ++j) {
    if (!contains(products & ~all.removed[i], j)) continue;
    if (offers.coverage[offers.at(as_read, j)] > 0.0 && !(offers.coverage[offers.at(by_letter, j)] > 0.0)) {
      return true;
    }
  }
  return false;
}

bool under_review(const Enterprises& all, std::size_t i, std::size_t vendor) {
  return std::any_of(all.list_reviews.begin(), all.list_reviews.end(), [&](const ListReview& review) {
    return review.enterprise == i && review.vendor == vendor;
  });
}

/// What the reviews of one vendor in one region need.
struct Peers {
  const ApprovedListParams& params;
  const Facts& facts;
  const OfferTable& offers;
  const RandomStream& random;
  std::uint32_t step;
  double days;
};

void start_reviews(const Peers& peers, std::size_t vendor, ProductSet products, Region region,
                   Enterprises& all) {
  const auto leading = static_cast<double>(leaders(peers.facts, all, products, region));
  if (leading == 0.0) return;
  const double rate = peers.params.peer_imitation * leading;
  const double chance = 1.0 - exponential(-rate * peers.days / days_per_month);
  const std::uint32_t vendor_identity = identity_of(peers.facts.vendors[vendor].id);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.sector[i] != Sector::bank || all.kind(i).region != region) continue;
    if (!stretches_terms(peers.offers, all, i, products) || under_review(all, i, vendor)) continue;
    const std::uint32_t subject = all.identity[i] ^ vendor_identity;
    if (peers.random.uniform(Decision::list_review_start, subject, peers.step) >= chance) continue;
    const double z = peers.random.normal(Decision::list_review_latency, subject, 0);
    all.list_reviews.push_back(
        {i, vendor, peers.params.review_latency * exponential(peers.params.review_latency_sd * z)});
  }
}

void end_reviews(const std::vector<Product>& products, double days, Enterprises& all) {
  for (ListReview& review : all.list_reviews) {
    review.days_left -= days;
    if (review.days_left <= 0.0) {
      all.removed[review.enterprise] |= products_of_vendor(products, review.vendor);
    }
  }
  std::erase_if(all.list_reviews, [](const ListReview& review) { return review.days_left <= 0.0; });
}

}  // namespace

std::size_t ban_vendor(const Facts& facts, const std::vector<Product>& products, std::string_view enterprise,
                       std::size_t vendor, Region region, bool for_terms, Enterprises& all) {
  std::size_t desks = 0;
  for (std::size_t i = all.first_desk; i < all.size(); ++i) {
    const BankDesk& desk = facts.bank_desks[all.desk[i]];
    if (desk.enterprise != enterprise || desk.region != region) continue;
    all.removed[i] |= products_of_vendor(products, vendor);
    if (!for_terms) all.removed_for_other_reasons[i] |= products_of_vendor(products, vendor);
    ++desks;
  }
  return desks;
}

void relist(const std::vector<Product>& products, std::span<const char> cleared, Enterprises& all) {
  ProductSet back = 0;
  for (std::size_t v = 0; v < cleared.size(); ++v) {
    if (cleared[v] != 0) back |= products_of_vendor(products, v);
  }
  if (back == 0) return;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all.kind(i).region == Region::hk) all.removed[i] &= ~back | all.removed_for_other_reasons[i];
  }
}

void review_lists(const ApprovedListParams& params, const Facts& facts, const std::vector<Product>& products,
                  const OfferTable& offers, const RandomStream& random, std::uint32_t step, double days,
                  Enterprises& all) {
  end_reviews(products, days, all);
  if (!(params.peer_imitation > 0.0)) return;
  const Peers peers{params, facts, offers, random, step, days};
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const ProductSet sold = products_of_vendor(products, v);
    if (sold == 0) continue;
    for (std::size_t r = 0; r < region_count; ++r) start_reviews(peers, v, sold, static_cast<Region>(r), all);
  }
}

}  // namespace chokepoint
