#include "sim/model/enterprises/offers.hpp"

#include "sim/base/check.hpp"

namespace chokepoint {
namespace {

constexpr bool is_terms(Denial reason) {
  return reason == Denial::terms_place || reason == Denial::terms_ownership;
}

/// Value, capability and price of the model in use, by [product][nationality].
struct InUse {
  explicit InUse(std::size_t products)
      : value(products * nationality_count),
        capability(products * nationality_count),
        price(products * nationality_count) {}
  std::vector<double> value, capability, price;
};

struct Model {
  double capability, price, value;
};

void offer(const Model& model, double highest_price, std::size_t slot, InUse& in_use, double& best) {
  best = model.capability > best ? model.capability : best;
  if (model.price > highest_price) return;
  if (in_use.price[slot] > 0.0 && in_use.value[slot] >= model.value) return;
  in_use.value[slot] = model.value;
  in_use.capability[slot] = model.capability;
  in_use.price[slot] = model.price;
}

/// Means over the staff that each product serves.
void average(const RegionWorkforce& staff, const InUse& in_use, std::size_t kind, OfferTable& table) {
  for (std::size_t j = 0; j < table.products; ++j) {
    double coverage = 0.0, capability = 0.0, price = 0.0;
    for (std::size_t n = 0; n < nationality_count; ++n) {
      const std::size_t slot = j * nationality_count + n;
      if (!(in_use.price[slot] > 0.0)) continue;
      coverage += staff.nationality[n];
      capability += staff.nationality[n] * in_use.capability[slot];
      price += staff.nationality[n] * in_use.price[slot];
    }
    const std::size_t at = table.at(kind, j);
    table.coverage[at] = coverage;
    table.capability[at] = coverage > 0.0 ? capability / coverage : 0.0;
    table.price[at] = coverage > 0.0 ? price / coverage : 0.0;
  }
}

/// One model's part in the offers to one kind of enterprise.
class ModelOffers {
 public:
  ModelOffers(const Facts& facts, const OfferParams& params, const TasteParams& tastes,
              const std::vector<Product>& products, const EnterpriseConditions& now)
      : facts_(facts),
        now_(now),
        sold_as_(hosted_products(facts, products)),
        on_premise_(product_of(products, Facts::npos, ProductKind::open_on_premise)),
        highest_price_(params.highest_price) {
    for (std::size_t m = 0; m < facts.models.size(); ++m) {
      hosted_.push_back(model(tastes, m, 1.0));
      own_machines_.push_back(model(tastes, m, params.on_premise_price_factor));
      const std::size_t vendor = facts.vendor(facts.models[m].developer);
      home_.push_back(vendor == Facts::npos ? Region::row : facts.vendors[vendor].home);
    }
  }

  bool usable(std::size_t m) const { return hosted_[m].price > 0.0; }

  void add(std::size_t m, std::size_t kind, InUse& in_use, OfferTable& table) const {
    const EnterpriseKind who = enterprise_kind(kind);
    const std::size_t sold_as = sold_as_[m];
    for (std::size_t n = 0; n < nationality_count; ++n) {
      const auto nationality = static_cast<Nationality>(n);
      if (sold_as != Facts::npos && admits(*now_.access, m, home_[m], who, nationality)) {
        const std::size_t slot = sold_as * nationality_count + n;
        offer(hosted_[m], highest_price_, slot, in_use,
              table.best[table.at(kind, 0) * nationality_count + slot]);
      }
      const Denial reason = (*now_.access)(m, {who.region, nationality, who.owner});
      if (facts_.models[m].open && (reason == Denial::none || reason == Denial::vendor_stopped)) {
        const std::size_t slot = on_premise_ * nationality_count + n;
        offer(own_machines_[m], highest_price_, slot, in_use,
              table.best[table.at(kind, 0) * nationality_count + slot]);
      }
    }
  }

 private:
  Model model(const TasteParams& tastes, std::size_t m, double price_factor) const {
    const double capability = now_.capability[m];
    const double price = now_.price[m] * price_factor;
    if (!(capability > 0.0) || !(price > 0.0)) return {0.0, 0.0, 0.0};
    return {capability, price, value_of(tastes, capability, 0.0, price)};
  }

  const Facts& facts_;
  const EnterpriseConditions& now_;
  std::vector<std::size_t> sold_as_;
  std::size_t on_premise_;
  double highest_price_;
  std::vector<Region> home_;  ///< of the vendor
  std::vector<Model> hosted_, own_machines_;
};

bool released(const AccessTensor& access, std::size_t model) {
  return access(model, user_cell(0)) != Denial::unreleased;
}

}  // namespace

bool admits(const AccessTensor& access, std::size_t model, Region vendor_home, const EnterpriseKind& kind,
            Nationality nationality) {
  const Denial by_letter = access(model, {kind.region, nationality, kind.owner});
  if (by_letter == Denial::none) return true;
  switch (kind.reading) {
    case Reading::strict:
      return false;
    case Reading::pragmatic:
      return is_terms(by_letter) && access.serves(model, {kind.owner, nationality, kind.owner});
    case Reading::leaky:
      return access.serves(model, {vendor_home, nationality, vendor_home});
  }
  return false;
}

OfferTable make_offers(const Facts& facts, const OfferParams& params, const TasteParams& tastes,
                       const std::vector<Product>& products, const EnterpriseConditions& now) {
  CHOKEPOINT_EXPECT(now.capability.size() == facts.models.size() && now.price.size() == facts.models.size());
  const ModelOffers models(facts, params, tastes, products, now);
  OfferTable table;
  table.products = products.size();
  for (std::vector<double>* column : {&table.coverage, &table.capability, &table.price}) {
    column->assign(enterprise_kind_count * products.size(), 0.0);
  }
  table.best.assign(enterprise_kind_count * products.size() * nationality_count, 0.0);
  std::vector<std::size_t> out;
  for (std::size_t m = 0; m < facts.models.size(); ++m) {
    if (!models.usable(m) || !released(*now.access, m)) continue;
    out.push_back(m);
    table.frontier = now.capability[m] > table.frontier ? now.capability[m] : table.frontier;
  }
  for (std::size_t kind = 0; kind < enterprise_kind_count; ++kind) {
    InUse in_use(products.size());
    for (const std::size_t m : out) models.add(m, kind, in_use, table);
    average(facts.workforce[index(enterprise_kind(kind).region)], in_use, kind, table);
  }
  return table;
}

}  // namespace chokepoint
