#include "sim/study/calibration/thin_floats.hpp"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>

#include "sim/model/tick.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/backtest/observation_law.hpp"

namespace chokepoint {
namespace {

constexpr double widest = 3.5;  // of the grid, prior standard deviations
constexpr double spacing = 0.25;

/// The world of a listing's eve, or of an expiry's: one line with the counts of the prospectus.
Facts supply_world(const Vintages& vintages, const ShareSupply& supply, std::size_t at) {
  Facts facts = light_world(vintages, supply.date + -1, {at});
  Line& line = facts.lines.front();
  const double cap = line.cap_bn_usd() * 1e9;
  line.shares = static_cast<Shares>(supply.shares);
  line.tradable = static_cast<Shares>(supply.tradable);
  line.usd_per_unit = supply.usd_per_unit;
  line.unlisted = supply.unlocked == 0.0;
  line.limit = 0.0;
  line.line_class = LineClass::thin_ai;
  line.thin = line.tradable_share() < 0.10;
  line.price_usd = line.unlisted ? supply.offer_price * supply.usd_per_unit : cap / supply.shares;
  line.price_local = line.price_usd / supply.usd_per_unit;
  if (!line.unlisted) {
    facts.lockups.push_back({0, "holders of before the listing", HolderKind::pre_ipo, Region::cn,
                             static_cast<Shares>(supply.unlocked), supply.date});
  }
  return facts;
}

Event listing_event(const ShareSupply& supply, const std::string& firm, AttentionClass attention) {
  Event event;
  event.said.id = supply.event;
  event.said.actor = "firm:" + firm;
  event.said.announced = to_instant(supply.date + -1, 0, 0);
  event.said.attention = attention;
  Listing listing;
  listing.line = supply.line;
  listing.offer_price = supply.offer_price;
  listing.date = supply.date;
  event.instrument = listing;
  return event;
}

/// Attention as the codings have it; the first coding's where they differ.
AttentionClass attention_of(const Comparison& comparison, const std::string& event) {
  for (const Descriptor& descriptor : comparison.codings.front()) {
    if (descriptor.id == event) return descriptor.attention;
  }
  return AttentionClass::none;
}

double first_day(const Comparison& comparison, const ShareSupply& supply, Parameters params) {
  params.noise.scale = 0.0;
  std::size_t at = 0;
  while (comparison.vintages.lines[at].line.id != supply.line) ++at;
  const Facts facts = supply_world(comparison.vintages, supply, at);
  std::vector<Event> events;
  if (supply.unlocked == 0.0) {
    events.push_back(
        listing_event(supply, comparison.vintages.lines[at].firm.id, attention_of(comparison, supply.event)));
  }
  Calendar calendar(facts, 4, {});
  for (const Event& event : events) calendar.activate(facts, params.session, event.said.announced);
  const RandomStream random(1, 0);
  World world = make_world(facts, params, random);
  const Plan plan = make_plan(facts, params, calendar, events);
  for (std::size_t day = 0; day < calendar.days().size(); ++day) {
    tick(world, params, random, plan, day);
    if (calendar.days()[day].date == supply.date) break;
  }
  return exponential(world.log_price.front()) - 1.0;
}

}  // namespace

std::vector<SupplyReturn> simulate_supplies(const Comparison& comparison, const Parameters& params) {
  std::vector<SupplyReturn> result;
  std::vector<const ShareSupply*> supplies;
  for (const ShareSupply& supply : comparison.vintages.supplies) {
    for (const ObservedRow& row : comparison.observed) {
      if (row.event != supply.event || row.date != supply.date || row.ticker != supply.line || !row.raw)
        continue;
      result.push_back({supply.event, *row.raw, 0.0, supply.unlocked == 0.0});
      supplies.push_back(&supply);
    }
  }
  oneapi::tbb::parallel_for(std::size_t{0}, result.size(), [&](std::size_t i) {
    result[i].simulated = first_day(comparison, *supplies[i], params);
  });
  return result;
}

std::string supply_text(const Comparison& comparison, const Priors& priors,
                        const std::vector<std::vector<double>>& draws, const Parameters& params) {
  const std::size_t at = prior_index(priors, "omega");
  std::vector<double> mean(priors.size(), 0.0);
  std::vector<double> omega;
  for (const auto& draw : draws) {
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += draw[i] / static_cast<double>(draws.size());
    omega.push_back(draw[at]);
  }
  std::sort(omega.begin(), omega.end());
  std::vector<std::vector<SupplyReturn>> at_points;
  for (const double q : {0.05, 0.5, 0.95}) {
    mean[at] = omega[static_cast<std::size_t>(q * static_cast<double>(omega.size() - 1))];
    Parameters point = params;
    apply(priors, mean, point);
    at_points.push_back(simulate_supplies(comparison, point));
  }
  TextTable table({"first day, raw return [%]", "observed", "omega at 5 %", "50 %", "95 %"});
  const auto percent = [](double share) { return signed_number(100.0 * share, 0); };
  for (std::size_t i = 0; i < at_points.front().size(); ++i) {
    table.add({at_points[0][i].event, percent(at_points[0][i].observed), percent(at_points[0][i].simulated),
               percent(at_points[1][i].simulated), percent(at_points[2][i].simulated)});
  }
  return at_points.front().empty() ? "" : table.text() + "\n";
}

double GridPosterior::quantile(double q) const {
  double sum = 0.0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    if (sum + weight[i] >= q) return z[i] + spacing * ((q - sum) / weight[i] - 0.5);
    sum += weight[i];
  }
  return z.back();
}

GridPosterior fit_omega(const Comparison& comparison, const Priors& priors, const Parameters& params) {
  const FittedParameter& omega = priors[prior_index(priors, "omega")];
  GridPosterior posterior;
  std::vector<double> log_weight;
  for (double z = -widest; z <= widest + 1e-9; z += spacing) {
    Parameters point = params;
    point.attention.new_money = omega.value(z);
    double sum = -0.5 * z * z;
    for (const SupplyReturn& one : simulate_supplies(comparison, point)) {
      if (!one.listing) continue;
      const double gap = logarithm((1.0 + one.observed) / (1.0 + one.simulated));
      sum += logarithm(student_density(gap / first_day_sd));
    }
    posterior.z.push_back(z);
    log_weight.push_back(sum);
  }
  const double highest = *std::max_element(log_weight.begin(), log_weight.end());
  double total = 0.0;
  for (const double one : log_weight) total += exponential(one - highest);
  for (const double one : log_weight) posterior.weight.push_back(exponential(one - highest) / total);
  return posterior;
}

}  // namespace chokepoint
