/// What an enterprise can choose as its primary product.
///
/// A product is a vendor's closed models, a vendor's open models on somebody's servers, open models on the
/// enterprise's own machines, or none. The list is that of the usage table (`data/vendor_shares.csv`), in its
/// order, then on-premise and none. Products of one nest are closer substitutes for each other than for the
/// rest (nested_logit.hpp): closed models of Chinese vendors, closed models of others, hosted open models;
/// on-premise and none stand alone.
/// Assumption: an open model that runs on one's own machines has no vendor any more.
/// Tests: tests/unit/enterprise_products_test.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/model/facts.hpp"

namespace chokepoint {

enum class Nest : unsigned { closed_elsewhere, closed_chinese, open_hosted, open_on_premise, none };
inline constexpr std::size_t nest_count = 5;

struct Product {
  std::size_t vendor = Facts::npos;  ///< index into Facts::vendors; npos for on-premise and none
  ProductKind kind{};
  Nest nest{};
};

/// Sets of products are the bits of a word.
using ProductSet = std::uint64_t;
inline constexpr std::size_t most_products = 64;
constexpr ProductSet only(std::size_t product) { return ProductSet{1} << product; }
constexpr bool contains(ProductSet set, std::size_t product) { return (set >> product & 1) != 0; }

std::vector<Product> make_products(const Facts& facts);

/// Index of a product; npos when there is none. `vendor` is npos for on-premise and none.
std::size_t product_of(const std::vector<Product>& products, std::size_t vendor, ProductKind kind);

/// For every model of `facts`, the hosted product that sells it; npos when it is not sold or cannot be used.
std::vector<std::size_t> hosted_products(const Facts& facts, const std::vector<Product>& products);

/// All hosted products of a vendor.
ProductSet products_of_vendor(const std::vector<Product>& products, std::size_t vendor);

/// Closed products of the other side, as seen from headquarters in the US or China; else empty.
ProductSet rival_products(const Facts& facts, const std::vector<Product>& products, Region owner);

}  // namespace chokepoint
