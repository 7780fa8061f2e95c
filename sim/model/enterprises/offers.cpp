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
  if (!(model.price > 0.0)) return;
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
      const double public_weights = now.weights.empty() ? now.capability[m] : now.weights[m];
      const double own_price = now.price[m] * params.on_premise_price_factor;
      hosted_.push_back(model(tastes, now.capability[m], now.price[m]));
      own_machines_.push_back(model(tastes, public_weights, own_price));
      own_in_hong_kong_.push_back(model(tastes, public_weights, own_price * now.hong_kong_on_premise));
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
      if (facts_.models[m].open && runs_weights(*now_.access, m, who, nationality)) {
        const std::size_t slot = on_premise_ * nationality_count + n;
        offer(who.region == Region::hk ? own_in_hong_kong_[m] : own_machines_[m], highest_price_, slot,
              in_use, table.best[table.at(kind, 0) * nationality_count + slot]);
      }
    }
  }

 private:
  static Model model(const TasteParams& tastes, double capability, double price) {
    if (!(capability > 0.0) || !(price > 0.0)) return {0.0, 0.0, 0.0};
    return {capability, price, value_of(tastes, capability, 0.0, price)};
  }

  const Facts& facts_;
  const EnterpriseConditions& now_;
  std::vector<std::size_t> sold_as_;
  std::size_t on_premise_;
  double highest_price_;
  std::vector<Region> home_;  ///< of the vendor
  std::vector<Model> hosted_, own_machines_, own_in_hong_kong_;
};

void add_bonus(const std::vector<Product>& products, double in_hong_kong, OfferTable& table) {
  for (std::size_t kind = 0; kind < enterprise_kind_count; ++kind) {
    if (enterprise_kind(kind).region != Region::hk) continue;
    for (std::size_t j = 0; j < products.size(); ++j) {
      if (products[j].vendor != Facts::npos) table.bonus[table.at(kind, j)] = in_hong_kong;
    }
  }
}

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

bool runs_weights(const AccessTensor& access, std::size_t model, const EnterpriseKind& kind,
                  Nationality nationality) {
  const Denial reason = access.own_machines(model, {kind.region, nationality, kind.owner});
  return reason == Denial::none || (reason == Denial::law && kind.reading == Reading::leaky);
}

OfferTable make_offers(const Facts& facts, const OfferParams& params, const TasteParams& tastes,
                       const std::vector<Product>& products, const EnterpriseConditions& now) {
  CHOKEPOINT_EXPECT(now.capability.size() == facts.models.size() && now.price.size() == facts.models.size());
  CHOKEPOINT_EXPECT(now.weights.empty() || now.weights.size() == facts.models.size());
  CHOKEPOINT_EXPECT(now.hong_kong_on_premise > 0.0);
  const ModelOffers models(facts, params, tastes, products, now);
  OfferTable table;
  table.products = products.size();
  for (std::vector<double>* column : {&table.coverage, &table.capability, &table.price, &table.bonus}) {
    column->assign(enterprise_kind_count * products.size(), 0.0);
  }
  table.best.assign(enterprise_kind_count * products.size() * nationality_count, 0.0);
  add_bonus(products, now.hong_kong_hosted_value, table);
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
