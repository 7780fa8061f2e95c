#include "sim/model/enterprises/usage.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace chokepoint {
namespace {

double power_or_zero(double base, double exponent) {
  if (!(base > 0.0)) return 0.0;
  return exponent == 1.0 ? base : power(base, exponent);
}

/// access^a of a kind of enterprise that may use the products of `menu`.
double access_from(const UseParams& params, const Facts& facts, const OfferTable& offers, std::size_t kind,
                   ProductSet menu) {
  const RegionWorkforce& staff = facts.workforce[index(enterprise_kind(kind).region)];
  double access = 0.0;
  for (std::size_t n = 0; n < nationality_count; ++n) {
    double best = 0.0;
    for (std::size_t j = 0; j < offers.products; ++j) {
      if (!contains(menu, j)) continue;
      const double here = offers.best_of(kind, j, n);
      best = here > best ? here : best;
    }
    if (best > 0.0)
      access += staff.nationality[n] * exponential((best - offers.frontier) / params.access_scale);
  }
  return power_or_zero(access, params.access_exponent);
}

/// All products but rivals' that are not approved.
ProductSet approved(const Facts& facts, const std::vector<Product>& products, std::size_t menu_class) {
  const bool approves_rival = menu_class % 2 == 1;
  const Region owner = enterprise_kind(kind_of_class(menu_class)).owner;
  return approves_rival ? ~ProductSet{0} : ~rival_products(facts, products, owner);
}

void add(double weight, double access, double compute, double access0, double compute0, double psi,
         Efficiency& sum) {
  const double efficiency = access * compute;
  sum.staff += weight;
  sum.access += weight * access;
  sum.compute += weight * compute;
  sum.efficiency += weight * efficiency;
  sum.output += weight * (1.0 + psi * efficiency) / (1.0 + psi * access0 * compute0);
  sum.access_part += weight * 0.5 * (access - access0) * (compute0 + compute);
  sum.compute_part += weight * 0.5 * (compute - compute0) * (access0 + access);
}

void divide_by_staff(Efficiency& sum) {
  if (!(sum.staff > 0.0)) return;
  for (double* mean :
       {&sum.access, &sum.compute, &sum.efficiency, &sum.output, &sum.access_part, &sum.compute_part}) {
    *mean /= sum.staff;
  }
  sum.change = sum.access_part + sum.compute_part;
  if (sum.with_model > 0.0) sum.capability /= sum.with_model;
}

/// Staff, tokens and spending by region and product, from the staff of each kind that uses each product.
void add_up_products(const Facts& facts, const std::vector<Product>& products, const UseTable& use,
                     const std::vector<double>& staff, Usage& usage) {
  for (std::vector<double>* column : {&usage.staff, &usage.tokens, &usage.spend}) {
    column->assign(region_count * products.size(), 0.0);
  }
  usage.vendor_spend.assign(facts.vendors.size() * region_count, 0.0);
  for (std::size_t kind = 0; kind < enterprise_kind_count; ++kind) {
    const std::size_t r = index(enterprise_kind(kind).region);
    const double region_staff = usage.region[r].staff;
    if (!(region_staff > 0.0)) continue;
    for (std::size_t j = 0; j < products.size(); ++j) {
      const std::size_t from = kind * products.size() + j;
      const std::size_t to = r * products.size() + j;
      usage.staff[to] += staff[from] / region_staff;
      usage.tokens[to] += staff[from] * use.tokens[from] / region_staff;
      usage.spend[to] += staff[from] * use.spend[from] / region_staff;
      if (products[j].vendor == Facts::npos) continue;
      usage.vendor_spend[products[j].vendor * region_count + r] += staff[from] * use.spend[from];
    }
  }
}

}  // namespace

void UseParams::fields(FieldList& list, UseParams& p) {
  list.add("enterprise.token_elasticity", p.token_elasticity, "-", 0, 2,
           "assumption: part of the elasticity of 1.1 to 1.8 that is not change of product",
           "fall of log tokens per seat per log point of price");
  list.add("enterprise.access_scale", p.access_scale, "points", 1, 100,
           "assumption: five months of frontier progress at 2 points a month cost a factor e",
           "sigma_c: capability gap to the best model at which access is 1/e");
  list.add("enterprise.access_exponent", p.access_exponent, "-", 0, 3, "assumption: efficiency is a product",
           "a: elasticity of AI efficiency to access");
  list.add("enterprise.compute_exponent", p.compute_exponent, "-", 0, 3,
           "assumption: .3 ranks products as choices do: price_weight / (capability_weight x access_scale x "
           "token_elasticity)",
           "d: elasticity of AI efficiency to tokens used");
  list.add("enterprise.compute_cap", p.compute_cap, "-", 1, 100, "assumption",
           "tokens per seat beyond which more do not help; 1 is use at 5 USD per million tokens");
  list.add("enterprise.productivity", p.productivity, "share", 0, 0.5,
           "assumption: .02-.25; gains measured on tasks are -19 to 56 % "
           "(https://prog.world/generative-ai-increases-developer-productivity-by-26-08)",
           "psi: output gained when AI efficiency is 1");
}

UseTable make_use_table(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                        const OfferTable& offers) {
  UseTable table;
  table.products = products.size();
  const std::size_t cells = enterprise_kind_count * products.size();
  for (std::vector<double>* column : {&table.tokens, &table.spend, &table.compute})
    column->assign(cells, 0.0);
  for (std::size_t at = 0; at < cells; ++at) {
    if (!(offers.coverage[at] > 0.0)) continue;
    table.tokens[at] =
        offers.coverage[at] * power(offers.price[at] / reference_token_price, -params.token_elasticity);
    table.spend[at] = table.tokens[at] * offers.price[at];
    const double worth = exponential((offers.capability[at] - offers.frontier) / params.access_scale);
    table.compute[at] =
        worth * power_or_zero(std::min(params.compute_cap, table.tokens[at]), params.compute_exponent);
  }
  for (std::size_t c = 0; c < menu_class_count; ++c) {
    table.access.push_back(
        access_from(params, facts, offers, kind_of_class(c), approved(facts, products, c)));
  }
  return table;
}

double access_of(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                 const OfferTable& offers, const UseTable& use, const Enterprises& all, std::size_t i) {
  const std::size_t c = all.menu_class[i];
  if (all.removed[i] == 0) return use.access[c];
  return access_from(params, facts, offers, kind_of_class(c), approved(facts, products, c) & ~all.removed[i]);
}

void remember_start(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                    const OfferTable& offers, const UseTable& use, Enterprises& all) {
  all.access_at_start.clear();
  all.compute_at_start.clear();
  for (std::size_t i = 0; i < all.size(); ++i) {
    all.access_at_start.push_back(access_of(params, facts, products, offers, use, all, i));
    all.compute_at_start.push_back(
        use.compute[kind_of_class(all.menu_class[i]) * products.size() + all.product[i]]);
  }
}

Usage measure_use(const UseParams& params, const Facts& facts, const std::vector<Product>& products,
                  const OfferTable& offers, const UseTable& use, const Enterprises& all) {
  Usage usage;
  usage.desk.resize(facts.bank_desks.size());
  std::vector<double> staff(enterprise_kind_count * products.size(), 0.0);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double weight = all.weight[i];
    const std::size_t at = kind_of_class(all.menu_class[i]) * products.size() + all.product[i];
    const double access = access_of(params, facts, products, offers, use, all, i);
    const Region region = all.kind(i).region;
    staff[at] += weight;
    const auto add_to = [&](Efficiency& mean) {
      add(weight, access, use.compute[at], all.access_at_start[i], all.compute_at_start[i],
          params.productivity, mean);
      mean.capability += weight * offers.coverage[at] * offers.capability[at];
      mean.with_model += weight * offers.coverage[at];
    };
    add_to(usage.region[index(region)]);
    if (all.desk[i] == Facts::npos) continue;
    add_to(usage.desk[all.desk[i]]);
    if (region == Region::hk) add_to(usage.hong_kong_desks);
  }
  add_up_products(facts, products, use, staff, usage);
  for (Efficiency& mean : usage.region) divide_by_staff(mean);
  for (Efficiency& mean : usage.desk) divide_by_staff(mean);
  divide_by_staff(usage.hong_kong_desks);
  return usage;
}

}  // namespace chokepoint
