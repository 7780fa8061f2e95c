#include "sim/study/series_tables.hpp"

#include <oneapi/tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "sim/output/summary.hpp"
#include "sim/study/backtest/forecasts.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t block_bytes = 48u << 20;

/// Days that fit into one block of memory.
std::size_t days_per_block(const Spool& spool) {
  const std::size_t day = spool.replicates() * spool.columns() * sizeof(double);
  return std::max<std::size_t>(1, block_bytes / day);
}

std::string date_of_row(const Study& study, std::size_t row) {
  return to_text(row == 0 ? study.scenario.as_of : study.calendar->days()[row - 1].date);
}

std::vector<std::string> header(std::vector<std::string> keys, const std::vector<double>& levels) {
  add_summary_columns(keys, levels);
  return keys;
}

/// Summaries of all series of a block of days: [row][series].
std::vector<Summary> summarise_block(const Study& study, const Spool& spool, std::size_t arm,
                                     std::size_t first, std::size_t count) {
  const std::vector<double> values = spool.read(arm, first, count);
  const std::size_t columns = spool.columns();
  std::vector<Summary> summaries(count * columns);
  oneapi::tbb::parallel_for(std::size_t{0}, count * columns, [&](std::size_t at) {
    const SeriesFile file = study.series[at % columns].file;
    if (file != SeriesFile::regions && file != SeriesFile::firms) return;
    std::vector<double> sample(spool.replicates());
    for (std::size_t r = 0; r < sample.size(); ++r) sample[r] = values[r * count * columns + at];
    summaries[at] = summarise(sample, study.scenario.quantiles);
  });
  return summaries;
}

/// Order of rows inside a day: by entity type, entity, variable.
std::vector<std::size_t> sorted_series(const Study& study) {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < study.series.size(); ++s) order.push_back(s);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const Series& x = study.series[a];
    const Series& y = study.series[b];
    return std::tie(x.entity_type, x.entity, x.variable) < std::tie(y.entity_type, y.entity, y.variable);
  });
  return order;
}

/// First row of a record in which an arm has a series: that of T0, or of the day on which the first of its
/// lines is listed; spool.rows() when none ever is.
std::size_t first_row_of(const Study& study, const Spool& spool, std::size_t arm, const Series& series) {
  if (series.lines.empty()) return 0;
  std::size_t first = spool.rows();
  for (const std::size_t k : series.lines) {
    if (!study.facts.lines[k].unlisted) return 0;
    for (const ShareOffer& offer : study.arms[arm].plan.offers) {
      if (offer.listing && offer.line == k) first = std::min(first, offer.day + 1);
    }
  }
  return first;
}

struct FlowKey {
  std::string domicile, venue, group, period, start, variable;
  auto operator<=>(const FlowKey&) const = default;
};

using FlowSums = std::map<FlowKey, std::vector<double>>;  ///< [replicate]

/// Where the amounts of a flow series are added up at present.
struct FlowAccounts {
  std::size_t series = 0;
  std::vector<double>* week = nullptr;
  std::vector<double>* total = nullptr;
};

/// The accounts of every flow series in the week that begins on `week`.
std::vector<FlowAccounts> open_week(const Study& study, const std::string& week, std::size_t replicates,
                                    FlowSums& sums) {
  const std::string first_day = to_text(study.calendar->days().front().date);
  std::vector<FlowAccounts> accounts;
  for (std::size_t s = 0; s < study.series.size(); ++s) {
    const Series& one = study.series[s];
    if (one.file != SeriesFile::flows) continue;
    const std::string& domicile = *one.selector("domicile");
    auto& in_week = sums[{domicile, one.region, one.entity, "week", week, one.variable}];
    auto& in_total = sums[{domicile, one.region, one.entity, "total", first_day, one.variable}];
    in_week.resize(replicates);
    in_total.resize(replicates);
    accounts.push_back({s, &in_week, &in_total});
  }
  return accounts;
}

/// Sums of flows per week and in total of one arm.
FlowSums sum_flows(const Study& study, const Spool& spool, std::size_t arm) {
  FlowSums sums;
  std::vector<FlowAccounts> accounts;
  std::string open;
  const std::size_t block = days_per_block(spool);
  for (std::size_t first = 1; first < spool.rows(); first += block) {
    const std::size_t count = std::min(block, spool.rows() - first);
    const std::vector<double> values = spool.read(arm, first, count);
    for (std::size_t row = 0; row < count; ++row) {
      const std::string week = to_text(week_start(study.calendar->days()[first + row - 1].date));
      if (week != open) accounts = open_week(study, week, spool.replicates(), sums);
      open = week;
      for (const FlowAccounts& account : accounts) {
        for (std::size_t r = 0; r < spool.replicates(); ++r) {
          const double amount = values[(r * count + row) * spool.columns() + account.series];
          (*account.week)[r] += amount;
          (*account.total)[r] += amount;
        }
      }
    }
  }
  return sums;
}

/// Mean and band of an arm's sums minus those of the reference arm, replicate by replicate.
void write_flow_effect(CsvWriter& csv, const std::vector<double>& arm, const std::vector<double>& reference) {
  std::vector<double> difference;
  for (std::size_t r = 0; r < arm.size(); ++r) difference.push_back(arm[r] - reference[r]);
  const Summary summary = summarise(difference, {0.05, 0.5, 0.95});
  csv.number(summary.mean);
  for (const double quantile : summary.quantiles) csv.number(quantile);
}

/// A session that is cleared once has no high beside its close.
bool has_measure(const Study& study, const ObservedValue& value, const Series& series, std::size_t day) {
  if (value.measure != "high") return true;
  for (const Ticker& ticker : study.facts.lines[series.lines.front()].tickers) {
    if (ticker.id != value.ticker) continue;
    return study.calendar->days()[day].rounds[index(study.facts.venues[ticker.venue].session)] > 1;
  }
  return false;
}

std::size_t ticker_series(const Study& study, const ObservedValue& value) {
  for (std::size_t s = 0; s < study.series.size(); ++s) {
    const Series& one = study.series[s];
    if (one.entity_type == "ticker" && one.entity == value.ticker && one.variable == value.measure) return s;
  }
  return study.series.size();
}

/// Share of simulated values at or below the observed one.
double position_of(double observed, std::span<const double> sorted) {
  const auto at = std::upper_bound(sorted.begin(), sorted.end(), observed);
  return static_cast<double>(at - sorted.begin()) / static_cast<double>(sorted.size());
}

}  // namespace

void write_region_and_firm_tables(const Study& study, const Spool& spool, const std::string& folder) {
  const auto& levels = study.scenario.quantiles;
  CsvWriter regions(folder + "/regions.csv",
                    header({"scenario", "arm", "date", "entity_type", "entity", "variable", "unit"}, levels));
  CsvWriter firms(folder + "/firms.csv", header({"scenario", "arm", "date", "entity_type", "entity", "region",
                                                 "listing", "variable", "unit"},
                                                levels));
  const std::vector<std::size_t> order = sorted_series(study);
  const std::size_t block = days_per_block(spool);
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    std::vector<std::size_t> first_rows;
    for (const Series& one : study.series) first_rows.push_back(first_row_of(study, spool, a, one));
    for (std::size_t first = 0; first < spool.rows(); first += block) {
      const std::size_t count = std::min(block, spool.rows() - first);
      const std::vector<Summary> summaries = summarise_block(study, spool, a, first, count);
      for (std::size_t row = 0; row < count; ++row) {
        const std::string date = date_of_row(study, first + row);
        for (const std::size_t s : order) {
          const Series& one = study.series[s];
          if (one.file != SeriesFile::regions && one.file != SeriesFile::firms) continue;
          if (one.file == SeriesFile::firms && first + row < first_rows[s]) continue;
          CsvWriter& csv = one.file == SeriesFile::regions ? regions : firms;
          csv.text(study.scenario.id).text(study.arms[a].id).text(date);
          csv.text(one.entity_type).text(one.entity);
          if (one.file == SeriesFile::firms) csv.text(one.region).text(one.listing);
          csv.text(one.variable).text(one.unit);
          write_summary(csv, summaries[row * spool.columns() + s]);
          csv.end_row();
        }
      }
    }
  }
  regions.close();
  firms.close();
}

void write_flow_table(const Study& study, const Spool& spool, const std::string& folder) {
  std::vector<std::string> columns =
      header({"scenario", "arm", "domicile", "venue", "group", "period", "period_start", "variable", "unit"},
             study.scenario.quantiles);
  columns.insert(columns.end(), {"effect_mean", "effect_q05", "effect_q50", "effect_q95"});
  CsvWriter csv(folder + "/capital_flows.csv", columns);
  const FlowSums reference = sum_flows(study, spool, study.reference);
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    for (const auto& [key, sums] : sum_flows(study, spool, a)) {
      std::vector<double> sample = sums;
      csv.text(study.scenario.id).text(study.arms[a].id).text(key.domicile).text(key.venue).text(key.group);
      csv.text(key.period).text(key.start).text(key.variable).text("bn USD");
      write_summary(csv, summarise(sample, study.scenario.quantiles));
      write_flow_effect(csv, sums, reference.at(key));
      csv.end_row();
    }
  }
  csv.close();
}

namespace {

/// CRPS of a forecast without events or model: normal around the eve close, sd the line's own daily one times
/// the root of the days (in closed form, Gneiting and Raftery 2007).
double crps_of_no_news(const Study& study, const ObservedValue& value, std::size_t day) {
  double sd = 0.0;
  for (const Line& line : study.facts.lines) {
    for (const Ticker& ticker : line.tickers) {
      if (ticker.id == value.ticker) sd = target_sd(study.scenario.parameters.noise, line);
    }
  }
  sd *= std::sqrt(static_cast<double>(day + 1));
  const double z = (value.ratio - 1.0) / sd;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi);
  const double within = std::erf(z / std::numbers::sqrt2);  // 2 Phi(z) - 1
  return sd * (z * within + 2.0 * density - std::numbers::inv_sqrtpi);
}

}  // namespace

void write_observed_table(const Study& study, const Spool& spool, const std::string& folder) {
  CsvWriter csv(folder + "/backtest_observed.csv",
                {"scenario", "arm", "date", "ticker", "session", "measure", "observed_ratio", "q05", "q50",
                 "q95", "quantile", "width", "crps", "crps_normal", "label", "n", "source"});
  const std::string label = study.draws.empty() ? "prior" : "tested out of sample";
  std::size_t arm = 0;
  while (study.arms[arm].id != study.scenario.observed_arm) ++arm;
  for (const ObservedValue& value : study.observed) {
    const std::size_t day = study.calendar->first_day_from(value.date);
    if (day >= study.calendar->days().size() || study.calendar->days()[day].date != value.date) continue;
    const std::size_t s = ticker_series(study, value);
    if (s == study.series.size() || !has_measure(study, value, study.series[s], day)) continue;
    const std::vector<double> rows = spool.read(arm, day + 1, 1);
    std::vector<double> sample(spool.replicates());
    for (std::size_t r = 0; r < sample.size(); ++r) sample[r] = rows[r * spool.columns() + s];
    const Summary summary = summarise(sample, {0.05, 0.5, 0.95});
    csv.text(study.scenario.id).text(study.arms[arm].id).text(to_text(value.date)).text(value.ticker);
    csv.text(value.session).text(value.measure).number(value.ratio);
    for (const double quantile : summary.quantiles) csv.number(quantile);
    csv.number(position_of(value.ratio, sample)).number(summary.quantiles[2] - summary.quantiles[0]);
    std::sort(sample.begin(), sample.end());
    csv.number(crps(sample, value.ratio)).number(crps_of_no_news(study, value, day)).text(label);
    csv.integer(static_cast<long long>(summary.n)).text(value.source);
    csv.end_row();
  }
  csv.close();
}

}  // namespace chokepoint
