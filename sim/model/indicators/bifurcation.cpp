#include "sim/model/indicators/bifurcation.hpp"

#include <vector>

#include "sim/base/check.hpp"

namespace chokepoint {

double bifurcation(std::span<const double> flow, std::size_t n, std::span<const int> bloc) {
  CHOKEPOINT_EXPECT(flow.size() == n * n && bloc.size() == n);
  std::vector<double> from(n, 0.0), to(n, 0.0);
  double all = 0.0;
  double crossing = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const double link = flow[i * n + j];
      CHOKEPOINT_EXPECT(link >= 0.0);
      from[i] += link;
      to[j] += link;
      all += link;
      if (bloc[i] != bloc[j]) crossing += link;
    }
  }
  if (!(all > 0.0)) return 0.0;
  double expected = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (bloc[i] != bloc[j]) expected += (from[i] / all) * (to[j] / all);
    }
  }
  return expected > 0.0 ? 1.0 - crossing / all / expected : 0.0;
}

RegionMatrix usage_links(std::span<const Vendor> vendors, std::span<const double> vendor_spend) {
  CHOKEPOINT_EXPECT(vendor_spend.size() == vendors.size() * region_count);
  RegionMatrix links{};
  for (std::size_t v = 0; v < vendors.size(); ++v) {
    for (std::size_t r = 0; r < region_count; ++r) {
      links[index(vendors[v].home) * region_count + r] += vendor_spend[v * region_count + r];
    }
  }
  return links;
}

RegionMatrix talent_links(const PersonsByOriginAndPlace& stock) {
  constexpr std::array<Region, nationality_count> home{Region::us, Region::cn, Region::hk, Region::row,
                                                       Region::row};
  RegionMatrix links{};
  for (std::size_t o = 0; o < nationality_count; ++o) {
    for (std::size_t place = 0; place < region_count; ++place) {
      links[index(home[o]) * region_count + place] += static_cast<double>(stock[o][place]);
    }
  }
  return links;
}

RegionMatrix capital_links(std::span<const std::array<Shares, region_count>> held,
                           std::span<const double> price_usd, std::span<const Region> region) {
  CHOKEPOINT_EXPECT(price_usd.size() == held.size() && region.size() == held.size());
  RegionMatrix links{};
  for (std::size_t k = 0; k < held.size(); ++k) {
    for (std::size_t domicile = 0; domicile < region_count; ++domicile) {
      links[domicile * region_count + index(region[k])] +=
          static_cast<double>(held[k][domicile]) * price_usd[k];
    }
  }
  return links;
}

}  // namespace chokepoint
