#include "sim/study/market_report.hpp"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "sim/model/linear_response.hpp"
#include "sim/output/summary.hpp"
#include "sim/output/text_table.hpp"

namespace chokepoint {
namespace {

/// Price response of line k to a purchase of a fraction of what holders have of line j.
double price_response(const LinearResponse& response, std::size_t k, std::size_t j) {
  return response.multiplier[k * response.lines + j] / response.active_share[j];
}

/// Weighted mean over lines of a region (or all lines) of the price response to a purchase of the same
/// fraction of every line in it.
double block_multiplier(const World& world, const LinearResponse& response, const Region* region) {
  double weighted = 0.0;
  double weight = 0.0;
  for (std::size_t k = 0; k < world.lines; ++k) {
    const auto inside = [&](std::size_t line) {
      return response.active_share[line] > 0.0 &&
             (region == nullptr || world.facts->lines[line].region == *region);
    };
    if (!inside(k)) continue;
    double sum = 0.0;
    for (std::size_t j = 0; j < world.lines; ++j) {
      if (inside(j)) sum += price_response(response, k, j);
    }
    weighted += world.float_cap_usd(k) * sum;
    weight += world.float_cap_usd(k);
  }
  return weighted / weight;
}

/// Cap-weighted mean over lines of one number per line.
double cap_weighted(const World& world, const std::vector<double>& per_line) {
  double weighted = 0.0;
  double weight = 0.0;
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (!world.listed[k]) continue;
    weighted += world.float_cap_usd(k) * per_line[k];
    weight += world.float_cap_usd(k);
  }
  return weighted / weight;
}

/// The seven numbers of one world: own elasticity, micro, four regions, macro.
std::vector<double> implied(const World& world, const Parameters& parameters, Adjustment adjustment) {
  const LinearResponse response = linear_response(world, parameters, adjustment);
  std::vector<double> elasticity(world.lines, 0.0);
  std::vector<double> micro(world.lines, 0.0);
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (!(response.active_share[k] > 0.0)) continue;
    elasticity[k] = response.own_elasticity[k] * response.active_share[k];
    micro[k] = price_response(response, k, k);
  }
  std::vector<double> result{cap_weighted(world, elasticity), cap_weighted(world, micro)};
  for (std::size_t r = 0; r < region_count; ++r) {
    const Region region = static_cast<Region>(r);
    result.push_back(block_multiplier(world, response, &region));
  }
  result.push_back(block_multiplier(world, response, nullptr));
  return result;
}

std::string range_text(std::vector<double>& sample) {
  const Summary summary = summarise(sample, {0.05, 0.5, 0.95});
  return fmt::format("{:.2f} [{:.2f}, {:.2f}]", summary.quantiles[1], summary.quantiles[0],
                     summary.quantiles[2]);
}

/// Log price of every line at the close of the first day in one population, noise off.
std::vector<double> first_close(const Study& study, const ArmPlan& arm, const RandomStream& random) {
  Parameters quiet = arm.parameters;
  quiet.noise.scale = 0.0;
  World world = make_world(study.facts, quiet, random);
  tick(world, quiet, random, arm.plan, 0);
  return world.log_price;
}

/// First-day effects on log prices: [arm][line][population].
using FirstDay = std::vector<std::vector<std::vector<double>>>;

FirstDay first_day_effects(const Study& study, std::size_t populations) {
  const std::vector<std::vector<double>> lines(study.facts.lines.size(), std::vector<double>(populations));
  FirstDay effects(study.arms.size(), lines);
  oneapi::tbb::parallel_for(std::size_t{0}, populations, [&](std::size_t r) {
    const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(r));
    const std::vector<double> reference = first_close(study, study.arms[study.reference], random);
    for (std::size_t a = 0; a < study.arms.size(); ++a) {
      if (a == study.reference) continue;
      const std::vector<double> close = first_close(study, study.arms[a], random);
      for (std::size_t k = 0; k < close.size(); ++k) effects[a][k][r] = close[k] - reference[k];
    }
  });
  return effects;
}

const EventTrace* trace_of(const Study& study, const std::string& event) {
  for (const ArmPlan& arm : study.arms) {
    for (const EventTrace& trace : arm.plan.traces) {
      if (trace.id == event) return &trace;
    }
  }
  return nullptr;
}

void add_channel_rows(const std::string& event, const EventTrace& trace, TextTable& table) {
  bool any = false;
  for (const ValueChange& change : trace.changes) {
    if (change.total() == 0.0) continue;
    any = true;
    std::vector<std::string> row{event, change.entity};
    for (const double part : change.by_channel) row.push_back(part == 0.0 ? "." : signed_number(part, 4));
    row.push_back(change.by_stakes == 0.0 ? "." : signed_number(change.by_stakes, 4));
    row.push_back(signed_number(change.total(), 4));
    table.add(std::move(row));
  }
  if (!any) table.add({event, "no value news"});
}

/// Change of value by event, entity and channel.
std::string value_text(const Study& study) {
  if (study.scenario.events.empty()) return "no events\n";
  std::vector<std::string> header{"event", "entity"};
  for (const auto& name : channel_names) header.emplace_back(name);
  header.insert(header.end(), {"stakes", "d ln V"});
  TextTable table(header);
  for (const Event& event : study.scenario.events) {
    const EventTrace* trace = trace_of(study, event.said.id);
    if (trace == nullptr) {
      table.add({event.said.id, "in no arm"});
    } else {
      add_channel_rows(event.said.id, *trace, table);
    }
  }
  return "change of log value by channel (log points)\n" + table.text(2);
}

/// Facts in which one line has another tradable share and no lots that would unlock.
Facts with_float(Facts facts, std::size_t line, double share) {
  facts.lines[line].tradable = static_cast<Shares>(share * static_cast<double>(facts.lines[line].shares));
  std::erase_if(facts.lockups, [&](const LockUp& lot) { return lot.line == line; });
  return facts;
}

double attention_move(const Facts& facts, const Parameters& parameters, std::size_t line,
                      const RandomStream& random) {
  const Calendar calendar(facts, 1, {});
  Plan plan;
  plan.calendar = &calendar;
  plan.notices.push_back({{0, Session::a, 0}, line, "attention_shock", 0.5, 1.0, false});
  World world = make_world(facts, parameters, random);
  tick(world, parameters, random, plan, 0);
  return 100.0 * (exponential(world.log_price[line]) - 1.0);
}

}  // namespace

std::string multiplier_report(const Study& study, std::size_t replicates) {
  const Parameters& parameters = study.scenario.parameters;
  const std::vector<std::string> names{"own elasticity, cap-weighted",
                                       "micro multiplier, cap-weighted",
                                       "regional multiplier, US",
                                       "regional multiplier, CN",
                                       "regional multiplier, HK",
                                       "regional multiplier, ROW",
                                       "macro multiplier"};
  std::vector<std::vector<double>> full(names.size()), one_day(names.size());
  for (std::size_t r = 0; r < replicates; ++r) {
    const RandomStream random(study.scenario.seed, static_cast<std::uint32_t>(r));
    const World world = make_world(study.facts, parameters, random);
    const auto a = implied(world, parameters, Adjustment::full);
    const auto b = implied(world, parameters, Adjustment::one_day);
    for (std::size_t i = 0; i < names.size(); ++i) {
      full[i].push_back(a[i]);
      one_day[i].push_back(b[i]);
    }
  }
  TextTable table({"implied at T0", "full adjustment", "one day"});
  for (std::size_t i = 0; i < names.size(); ++i) {
    table.add({names[i], range_text(full[i]), range_text(one_day[i])});
  }
  return table.text() +
         fmt::format("median [5-95 %] over {} populations; composites are in the market\n", replicates);
}

std::string score_report(const Study& study, std::size_t populations) {
  const std::string values = value_text(study);
  if (study.arms.size() < 2) return values;
  TextTable moves({"line", "arm", "first day, d ln P against '" + study.arms[study.reference].id + "'"});
  FirstDay effects = first_day_effects(study, populations);
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    for (std::size_t k = 0; k < effects[a].size(); ++k) {
      const double median = summarise(effects[a][k], {0.5}).quantiles[0];
      if (std::fabs(median) < 5e-4) continue;
      moves.add({study.facts.lines[k].id, study.arms[a].id, signed_number(median, 4)});
    }
  }
  return values + "\nfirst session, daily noise off, moves of at least .0005\n" + moves.text(2) +
         fmt::format("median of {} populations\n", populations);
}

FloatTable float_table(const Facts& facts, const Parameters& parameters, const std::string& line,
                       std::uint64_t seed, std::size_t replicates, const std::vector<double>& omegas,
                       const std::vector<double>& floats) {
  FloatTable table{omegas, floats, {}};
  const std::size_t k = facts.line(line);
  Parameters quiet = parameters;
  quiet.noise.scale = 0.0;
  for (const double omega : omegas) {
    quiet.attention.new_money = omega;
    std::vector<double> row;
    for (const double share : floats) {
      const Facts changed = with_float(facts, k, share);
      std::vector<double> moves;
      for (std::size_t r = 0; r < replicates; ++r) {
        moves.push_back(attention_move(changed, quiet, k, RandomStream(seed, static_cast<std::uint32_t>(r))));
      }
      row.push_back(summarise(moves, {0.5}).quantiles[0]);
    }
    table.move.push_back(std::move(row));
  }
  return table;
}

std::string float_report(const Study& study, const std::string& line, std::size_t replicates) {
  const FloatTable numbers = float_table(study.facts, study.scenario.parameters, line, study.scenario.seed,
                                         replicates, {0.0, 1e-4, 1e-3, 1e-2}, {0.027, 0.085, 0.25, 0.90});
  std::vector<std::string> header{"omega"};
  for (const double share : numbers.floats) header.push_back(fmt::format("float {:.1f} %", 100.0 * share));
  TextTable table(header);
  for (std::size_t o = 0; o < numbers.omegas.size(); ++o) {
    std::vector<std::string> row{fmt::format("{:g}", numbers.omegas[o])};
    for (const double move : numbers.move[o]) row.push_back(signed_number(move, 2) + " %");
    table.add(std::move(row));
  }
  return table.text() + fmt::format(
                            "first-day move of {} by an event of attention .5 without news of value; "
                            "median of {} populations, daily noise off\n",
                            line, replicates);
}

}  // namespace chokepoint
