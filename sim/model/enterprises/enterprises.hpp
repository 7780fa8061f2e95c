/// The enterprises of one run: who they are, what they may and do use.
///
/// Agents per region are fixed shares of `enterprise.count`; headquarters, size (lognormal), reading of
/// terms, sector and approval of rivals are drawn, keyed by (region, number). Every named desk is one agent
/// more, of sector bank. Weights are shares of the world's staff with models: by size within a region, scaled
/// to the region's share of spending, desks as in menus.hpp. Tests:
/// tests/unit/enterprise_population_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/model/enterprises/menus.hpp"

namespace chokepoint {

enum class Sector : unsigned char { bank, other };

/// An enterprise is thinking of taking a vendor off its list, having looked at what others did.
struct ListReview {
  std::size_t enterprise = 0;
  std::size_t vendor = 0;
  double days_left = 0;
};

/// Enterprises that choose alike: kind, and whether rivals' products are approved.
inline constexpr std::size_t menu_class_count = enterprise_kind_count * 2;
constexpr std::size_t menu_class(const EnterpriseKind& kind, bool approves_rival) {
  return index(kind) * 2 + (approves_rival ? 1 : 0);
}
constexpr std::size_t kind_of_class(std::size_t menu_class) { return menu_class / 2; }

struct Enterprises {
  // Who they are; [agent], desks last
  std::vector<std::uint32_t> identity;
  std::vector<std::size_t> menu_class;
  std::vector<Sector> sector;
  std::vector<double> weight;     ///< share of the world's staff with models; sums to 1
  std::vector<std::size_t> desk;  ///< index into Facts::bank_desks, or npos
  std::size_t first_desk = 0;     ///< agents from here on are named desks
  // What they do
  std::vector<ProductSet> removed;                    ///< taken off the approved list
  std::vector<ProductSet> removed_for_other_reasons;  ///< of these, those not for the vendor's terms
  std::vector<std::size_t> product;                   ///< in use
  std::vector<double> utility_at_choice;              ///< of the product in use, when it was chosen
  std::vector<double> next_review;                    ///< [days]
  std::vector<ListReview> list_reviews;
  // What they had at T0 (usage.hpp)
  std::vector<double> access_at_start, compute_at_start;

  std::size_t size() const { return identity.size(); }
  EnterpriseKind kind(std::size_t i) const { return enterprise_kind(kind_of_class(menu_class[i])); }
};

/// The population without choices: products in use, utilities and starts are not filled.
Enterprises draw_population(const Facts& facts, const EnterprisePopulationParams& params,
                            const std::vector<Product>& products, const RandomStream& random);

}  // namespace chokepoint
