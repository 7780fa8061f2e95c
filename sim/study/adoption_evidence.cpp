#include "sim/study/adoption_evidence.hpp"

#include <array>
#include <string>

namespace chokepoint {
namespace {

constexpr double days_per_week = 7.0;
constexpr std::uint32_t weeks_in_a_year = 52;
constexpr std::size_t populations = 20;

struct ObservedVendor {
  const char* vendor;
  const char* observed;
};
constexpr std::array us_vendors{ObservedVendor{"anthropic", "us_enterprise_anthropic_2025"},
                                ObservedVendor{"openai", "us_enterprise_openai_2025"},
                                ObservedVendor{"alphabet", "us_enterprise_google_2025"}};

/// Everything is approved, nothing runs on own machines, and one of the models is taken.
Menu router_menu(const std::vector<Product>& products) {
  Menu menu{{Region::us, Region::us, Reading::strict}, true, 0, 1.0};
  for (std::size_t j = 0; j < products.size(); ++j) {
    if (products[j].vendor == Facts::npos) menu.removed |= only(j);
  }
  return menu;
}

/// Share of the products' tokens that those which are counted get.
template <class Counted>
double token_share(const std::vector<RouterProduct>& products, Counted counted) {
  double share = 0.0;
  for (const RouterProduct& product : products) share += counted(product) ? product.token_share : 0.0;
  return share;
}

/// [USD per million tokens] mean over the tokens of open, or of closed, models.
double price_paid(const std::vector<RouterProduct>& products, bool open) {
  double spend = 0.0, tokens = 0.0;
  for (const RouterProduct& product : products) {
    if (product.open != open) continue;
    spend += product.token_share * product.price;
    tokens += product.token_share;
  }
  return spend / tokens;
}

void add_router_facts(const Facts& facts, const Parameters& parameters, std::vector<ModelledFact>& rows) {
  const auto then = router_products(facts, parameters, end_of_2025());
  const auto now = router_products(facts, parameters, middle_of_2026());
  const auto open = [](const RouterProduct& p) { return p.open; };
  const auto chinese = [](const RouterProduct& p) { return p.chinese; };
  const auto chinese_open = [](const RouterProduct& p) { return p.chinese && p.open; };
  rows.push_back({"open models in tokens, end of 2025", "open_token_share_2025", Scale::share,
                  token_share(then, open), "yes: enterprise.capability_weight"});
  rows.push_back({"the same, Chinese ones, against the mean of 2025", "chinese_open_token_share_2025",
                  Scale::share, token_share(then, chinese_open), "no"});
  rows.push_back({"price paid for open over closed tokens, end of 2025", "", Scale::number,
                  price_paid(then, true) / price_paid(then, false), "-"});
  rows.push_back({"Chinese models in tokens, middle of 2026", "chinese_token_share_mid_2026", Scale::share,
                  token_share(now, chinese), "no"});
  rows.push_back({"price paid for open over closed tokens, middle of 2026", "", Scale::number,
                  price_paid(now, true) / price_paid(now, false), "-"});
}

/// Expected use of the US at T0 [product].
struct ExpectedUse {
  std::vector<double> staff;  ///< share of the region's staff
  std::vector<double> spend;  ///< per seat of the region
};

ExpectedUse expected_use_in_us(const Facts& facts, const Parameters& parameters,
                               const EnterpriseSetup& setup) {
  const DenialHazard no_hazard{};
  const Demand demand{facts,        parameters.enterprises.tastes, setup.products,
                      setup.tastes, setup.at_start.offers,         no_hazard};
  const std::size_t products = setup.products.size();
  ExpectedUse use{std::vector<double>(products, 0.0), std::vector<double>(products, 0.0)};
  for (const Menu& menu : setup.menus) {
    if (menu.kind.region != Region::us) continue;
    const std::vector<double> share = shares_of_menu(demand, menu);
    for (std::size_t j = 0; j < products; ++j) {
      use.staff[j] += menu.weight * share[j];
      use.spend[j] += menu.weight * share[j] * setup.at_start.use.spend[index(menu.kind) * products + j];
    }
  }
  return use;
}

double sum_of(const std::vector<double>& parts) {
  double sum = 0.0;
  for (const double part : parts) sum += part;
  return sum;
}

void add_us_facts(const Facts& facts, const Parameters& parameters, const EnterpriseSetup& setup,
                  std::vector<ModelledFact>& rows) {
  const ExpectedUse use = expected_use_in_us(facts, parameters, setup);
  for (const auto& [vendor, observed] : us_vendors) {
    const std::size_t j = product_of(setup.products, facts.vendor(vendor), ProductKind::closed);
    if (j == Facts::npos) continue;
    rows.push_back({"US enterprise spending on models, " + std::string(vendor), observed, Scale::share,
                    use.spend[j] / sum_of(use.spend), "backed out"});
  }
  double open = 0.0, users = 0.0;
  for (std::size_t j = 0; j < setup.products.size(); ++j) {
    const ProductKind kind = setup.products[j].kind;
    if (kind == ProductKind::none) continue;
    users += use.staff[j];
    if (kind != ProductKind::closed) open += use.staff[j];
  }
  rows.push_back({"US enterprise use of models, open weights", "us_enterprise_open_2025", Scale::share,
                  open / users, "backed out"});
}

}  // namespace

std::vector<RouterProduct> router_products(const Facts& facts, const Parameters& parameters, Date day) {
  Facts then = facts;
  then.as_of = day;
  const EnterpriseParams& params = parameters.enterprises;
  const EnterpriseSetup setup = make_economy_setup(then, parameters).enterprises;
  DemandTastes no_brands = setup.tastes;
  no_brands.brand.assign(no_brands.brand.size(), 0.0);
  const DenialHazard no_hazard{};
  const OfferTable& offers = setup.at_start.offers;
  const Menu menu = router_menu(setup.products);
  const auto share =
      shares_of_menu({then, params.tastes, setup.products, no_brands, offers, no_hazard}, menu);
  std::vector<RouterProduct> products;
  double tokens = 0.0;
  for (std::size_t j = 0; j < share.size(); ++j) {
    if (!(share[j] > 0.0)) continue;
    const std::size_t at = offers.at(index(menu.kind), j);
    const Vendor& vendor = then.vendors[setup.products[j].vendor];
    products.push_back({vendor.id, setup.products[j].kind != ProductKind::closed, vendor.home == Region::cn,
                        offers.capability[at], offers.price[at], share[j] * setup.at_start.use.tokens[at]});
    tokens += products.back().token_share;
  }
  for (RouterProduct& product : products) product.token_share /= tokens;
  return products;
}

double yearly_switching(const Facts& facts, const Parameters& parameters, const EconomySetup& setup,
                        std::uint64_t seed) {
  const EnterpriseParams& params = parameters.enterprises;
  const ChoiceInputs inputs = choice_inputs(params, setup.enterprises, setup.enterprises.at_start);
  double switched = 0.0;
  for (std::uint32_t replicate = 0; replicate < populations; ++replicate) {
    const RandomStream random(seed, replicate);
    Enterprises all = make_enterprises(facts, params, setup.enterprises, random);
    std::vector<char> has_switched(all.size(), 0);
    for (std::uint32_t week = 1; week <= weeks_in_a_year; ++week) {
      const std::vector<std::size_t> before = all.product;
      choose(inputs, random, week, days_per_week, all);
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (all.product[i] != before[i]) has_switched[i] = 1;
      }
    }
    for (std::size_t i = 0; i < all.size(); ++i) switched += has_switched[i] != 0 ? all.weight[i] : 0.0;
  }
  return switched / populations;
}

std::vector<ModelledFact> adoption_evidence(const Facts& facts, const Parameters& parameters,
                                            std::uint64_t seed) {
  std::vector<ModelledFact> rows;
  add_router_facts(facts, parameters, rows);
  const EconomySetup setup = make_economy_setup(facts, parameters);
  rows.push_back({"staff whose product changed within a year, nothing happening", "yearly_vendor_switch",
                  Scale::share, yearly_switching(facts, parameters, setup, seed), "yes: cost of switching"});
  add_us_facts(facts, parameters, setup.enterprises, rows);
  return rows;
}

}  // namespace chokepoint
