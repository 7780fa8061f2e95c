#include "sim/model/financing.hpp"

#include <algorithm>
#include <chrono>

#include "sim/model/primary_market.hpp"

namespace chokepoint {
namespace {

constexpr double quarter = 0.25;        // [years]
constexpr double smallest_base = 1e8;   // [USD per year]
constexpr double largest_factor = 3.0;  // a guard, no estimate
constexpr int days_that_count = 365;    // how long raised money is spent

/// First line of a firm that trades now; npos: none does.
std::size_t trading_line(const World& world, std::size_t firm) {
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (world.facts->lines[k].firm == firm && world.listed[k]) return k;
  }
  return Line::npos;
}

/// [USD per year] of the whole firm, of which its models' revenue is the metered share.
double firm_revenue(const Vendor& vendor) {
  return vendor.metered_share > 0.0 ? vendor.revenue_usd / vendor.metered_share : vendor.revenue_usd;
}

/// [USD] market value of all listed lines of a firm.
double market_value(const World& world, std::size_t firm) {
  double total = 0.0;
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (world.facts->lines[k].firm == firm && world.listed[k]) total += world.cap_usd(k);
  }
  return total;
}

double log_value(const World& world, std::size_t firm) {
  const std::size_t k = trading_line(world, firm);
  if (k == Line::npos) return world.mark_change[firm];
  const Line& line = world.facts->lines[k];
  const double mark = world.facts->firms[firm].mark_bn_usd * 1e9;
  if (!line.unlisted || !(mark > 0.0)) return world.log_price[k];
  return logarithm(static_cast<double>(line.shares) * world.price_usd(k) / mark);
}

/// [share] of those who fund private firms of a region that may still do so.
double permitted_capital(const World& world, std::size_t firm) {
  const auto& prior = world.facts->ownership_prior[index(world.facts->firms[firm].headquarters)];
  double share = 1.0;
  for (std::size_t d = 0; d < region_count; ++d) {
    if (world.capital.no_primary[firm][d]) share -= prior[d];
  }
  return std::max(0.0, share);
}

double private_round(World& world, std::size_t vendor, double per_value, Date today) {
  const std::size_t firm = world.facts->vendors[vendor].firm;
  const double value = world.facts->firms[firm].mark_bn_usd * 1e9 * exponential(world.mark_change[firm]);
  const double usd = per_value * value * permitted_capital(world, firm);
  if (!(usd > 0.0)) return 0.0;
  world.financing.private_rounds_usd[vendor] += usd;
  record_raise(world, firm, today, usd);
  return usd;
}

/// The quarterly decision of one vendor's firm, whose ln V is `value`.
void decide(World& world, const FinancingParams& params, const Plan& plan, std::size_t vendor, double value) {
  const double gain = value - world.financing.last_value[vendor];
  if (!(gain > 0.0)) return;
  const std::size_t firm = world.facts->vendors[vendor].firm;
  const std::size_t line = trading_line(world, firm);
  const double per_value = params.propensity * quarter * gain;
  const double raised =
      line == Line::npos
          ? private_round(world, vendor, per_value, plan.calendar->days()[world.day].date)
          : sell_new_shares(world, plan, line,
                            {per_value * market_value(world, firm), params.cash_share, params.float_share});
  if (raised > 0.0) world.financing.last_value[vendor] = value;
}

void forget_spent(Financing& financing, Date today) {
  std::erase_if(financing.raises, [&](const Raise& one) { return today - one.on >= days_that_count; });
  std::fill(financing.last_year_usd.begin(), financing.last_year_usd.end(), 0.0);
  for (const Raise& one : financing.raises) financing.last_year_usd[one.vendor] += one.usd;
}

int quarter_of(Date date) {
  const std::chrono::year_month_day day{std::chrono::sys_days{std::chrono::days{date.days}}};
  return 4 * static_cast<int>(day.year()) + static_cast<int>((static_cast<unsigned>(day.month()) - 1) / 3);
}

}  // namespace

void FinancingParams::fields(FieldList& list, FinancingParams& p) {
  list.add("issuance.propensity", p.propensity, "1/(log point year)", 0, 1,
           "assumption: .02-.4; off by default, since daily noise alone sets off issues",
           "share of its value that a vendor's firm sells in new shares per log point of gain and year; 0: "
           "none");
  list.add("issuance.compute_share", p.compute_share, "share", 0, 1, "assumption",
           "share of what a vendor raised within a year that goes into its compute budget");
  list.add("issuance.cash_share", p.cash_share, "share", 0.01, 0.9, "assumption",
           "most of the buyers' cash that one quarterly issue takes");
  list.add("issuance.float_share", p.float_share, "share", 0, 1, "assumption",
           "most new shares of one quarterly issue, of the shares that can trade");
}

Financing initial_financing(const Facts& facts) {
  const std::size_t vendors = facts.vendors.size();
  Financing financing;
  financing.factor.assign(vendors, 1.0);
  for (auto* row : {&financing.raised_usd, &financing.last_value, &financing.private_rounds_usd,
                    &financing.last_year_usd}) {
    row->assign(vendors, 0.0);
  }
  return financing;
}

std::vector<double> vendor_values(const World& world) {
  std::vector<double> values;
  for (const Vendor& vendor : world.facts->vendors) values.push_back(log_value(world, vendor.firm));
  return values;
}

std::vector<double> financing_factors(const FinancingParams& params, const Facts& facts,
                                      const Financing& financing) {
  std::vector<double> factors;
  for (std::size_t v = 0; v < facts.vendors.size(); ++v) {
    const double base = std::max(firm_revenue(facts.vendors[v]), smallest_base);
    const double factor = 1.0 + params.compute_share * financing.last_year_usd[v] / base;
    factors.push_back(std::min(largest_factor, std::max(1.0, factor)));
  }
  return factors;
}

bool starts_quarter(Date before, Date today) { return quarter_of(before) != quarter_of(today); }

void record_raise(World& world, std::size_t firm, Date on, double usd) {
  Financing& financing = world.financing;
  for (std::size_t v = 0; v < financing.raised_usd.size(); ++v) {
    if (world.facts->vendors[v].firm != firm) continue;
    financing.raised_usd[v] += usd;
    financing.raises.push_back({v, on, usd});
  }
}

void raise_money(World& world, const Parameters& params, const Plan& plan) {
  Financing& financing = world.financing;
  if (financing.raised_usd.empty()) return;
  const std::vector<TradingDay>& days = plan.calendar->days();
  const Date today = days[world.day].date;
  const Date before = world.day == 0 ? world.facts->as_of : days[world.day - 1].date;
  if (params.financing.propensity > 0.0 && starts_quarter(before, today)) {
    const std::vector<double> values = vendor_values(world);
    for (std::size_t v = 0; v < values.size(); ++v) decide(world, params.financing, plan, v, values[v]);
  }
  forget_spent(financing, today);
  financing.factor = financing_factors(params.financing, *world.facts, financing);
}

}  // namespace chokepoint
