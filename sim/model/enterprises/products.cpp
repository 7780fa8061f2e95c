#include "sim/model/enterprises/products.hpp"

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

Nest nest_of(const Facts& facts, std::size_t vendor, ProductKind kind) {
  switch (kind) {
    case ProductKind::closed:
      return facts.vendors[vendor].home == Region::cn ? Nest::closed_chinese : Nest::closed_elsewhere;
    case ProductKind::open_hosted:
      return Nest::open_hosted;
    case ProductKind::open_on_premise:
      return Nest::open_on_premise;
    case ProductKind::none:
      return Nest::none;
  }
  return Nest::none;
}

}  // namespace

std::vector<Product> make_products(const Facts& facts) {
  std::vector<Product> products;
  for (const UsageShare& row : facts.usage) {
    if (row.kind == ProductKind::open_on_premise || row.kind == ProductKind::none) continue;
    const std::size_t vendor = facts.vendor(row.vendor);
    CHOKEPOINT_EXPECT(vendor != Facts::npos);
    if (product_of(products, vendor, row.kind) != Facts::npos) continue;
    products.push_back({vendor, row.kind, nest_of(facts, vendor, row.kind)});
  }
  for (const ProductKind kind : {ProductKind::open_on_premise, ProductKind::none}) {
    products.push_back({Facts::npos, kind, nest_of(facts, Facts::npos, kind)});
  }
  CHOKEPOINT_EXPECT(products.size() <= most_products);
  return products;
}

std::size_t product_of(const std::vector<Product>& products, std::size_t vendor, ProductKind kind) {
  for (std::size_t j = 0; j < products.size(); ++j) {
    if (products[j].vendor == vendor && products[j].kind == kind) return j;
  }
  return Facts::npos;
}

std::vector<std::size_t> hosted_products(const Facts& facts, const std::vector<Product>& products) {
  std::vector<std::size_t> sold_as(facts.models.size(), Facts::npos);
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    const std::size_t vendor = facts.vendor(facts.models[m].developer);
    if (vendor == Facts::npos) continue;
    const ProductKind kind = facts.models[m].open ? ProductKind::open_hosted : ProductKind::closed;
    sold_as[m] = product_of(products, vendor, kind);
  }
  return sold_as;
}

ProductSet products_of_vendor(const std::vector<Product>& products, std::size_t vendor) {
  ProductSet set = 0;
  for (std::size_t j = 0; j < products.size(); ++j) {
    if (products[j].vendor == vendor && vendor != Facts::npos) set |= only(j);
  }
  return set;
}

ProductSet rival_products(const Facts& facts, const std::vector<Product>& products, Region owner) {
  if (owner != Region::us && owner != Region::cn) return 0;
  const Region rival = owner == Region::us ? Region::cn : Region::us;
  ProductSet set = 0;
  for (std::size_t j = 0; j < products.size(); ++j) {
    if (products[j].kind == ProductKind::closed && facts.vendors[products[j].vendor].home == rival) {
      set |= only(j);
    }
  }
  return set;
}

}  // namespace chokepoint
