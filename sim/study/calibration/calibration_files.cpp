#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/calibration/calibration.hpp"

namespace chokepoint {
namespace {

struct Summary {
  double low = 0, median = 0, high = 0;
  double width = 1;  ///< posterior sd over prior sd, on the scale of the prior
  double shift = 0;  ///< posterior mean, prior standard deviations
};

Summary summary_of(const FittedParameter& parameter, const std::vector<std::vector<double>>& draws,
                   std::size_t at) {
  std::vector<double> z;
  for (const auto& draw : draws) z.push_back(draw[at]);
  std::sort(z.begin(), z.end());
  const auto quantile = [&](double q) {
    return z[static_cast<std::size_t>(q * static_cast<double>(z.size() - 1))];
  };
  double mean = 0.0;
  for (const double one : z) mean += one / static_cast<double>(z.size());
  double square = 0.0;
  for (const double one : z) square += (one - mean) * (one - mean) / static_cast<double>(z.size() - 1);
  return {parameter.value(quantile(0.05)), parameter.value(quantile(0.5)), parameter.value(quantile(0.95)),
          std::sqrt(square), mean};
}

/// Whether the data say anything: the posterior is narrower than the prior, or elsewhere.
std::string verdict_of(const Summary& summary) {
  if (summary.width > 0.85 && std::fabs(summary.shift) < 0.35) return "not moved by the data";
  if (summary.width > 0.85) return "moved, not narrowed";
  return "told by the data";
}

void write_draws(const Priors& priors, const std::vector<std::string>& first,
                 const std::vector<std::pair<std::string, const std::vector<std::vector<double>>*>>& sets,
                 const std::string& path) {
  std::vector<std::string> columns = first;
  for (const FittedParameter& parameter : priors) columns.push_back(parameter.id);
  CsvWriter file(path, columns);
  for (const auto& [name, draws] : sets) {
    for (std::size_t n = 0; n < draws->size(); ++n) {
      if (first.size() == 2) file.text(name);
      file.integer(static_cast<long long>(n));
      for (std::size_t i = 0; i < priors.size(); ++i) file.number(priors[i].value((*draws)[n][i]));
      file.end_row();
    }
  }
  file.close();
}

void write_posterior(const Priors& priors, const Calibration& calibration, const std::string& path) {
  CsvWriter file(path, {"parameter", "fields", "prior_q05", "prior_median", "prior_q95", "mode", "q05",
                        "median", "q95", "sd_ratio", "told_by", "verdict"});
  for (std::size_t i = 0; i < priors.size(); ++i) {
    const Summary summary = summary_of(priors[i], calibration.draws, i);
    file.text(priors[i].id).text(join(priors[i].fields, ";"));
    file.number(priors[i].low).number(priors[i].median).number(priors[i].high);
    file.number(priors[i].value(calibration.fit.mode[i]));
    file.number(summary.low).number(summary.median).number(summary.high).number(summary.width);
    file.text(priors[i].thin ? "thin floats" : "events").text(verdict_of(summary));
    file.end_row();
  }
  file.close();
}

void write_fit(const Calibration& calibration, const std::string& path) {
  CsvWriter file(path, {"quantity", "value"});
  const auto row = [&](const char* name, double value) {
    file.text(name).number(value);
    file.end_row();
  };
  row("log_posterior", calibration.fit.log_posterior);
  row("rounds", static_cast<double>(calibration.fit.rounds));
  row("settled", calibration.fit.settled ? 1.0 : 0.0);
  row("fitted_rows", static_cast<double>(calibration.fitted_rows));
  row("fitted_events", static_cast<double>(calibration.fitted_events));
  row("episodes", static_cast<double>(calibration.folds.size()));
  row("chain_acceptance", calibration.acceptance);
  row("chain_scale_reduction", calibration.chain_spread);
  row("emulator_typical_error_pp", calibration.emulator_typical_error);
  row("emulator_largest_error_pp", calibration.emulator_error);
  file.close();
}

/// Draws of one table, as z; rows of `episode` when the table has episodes.
void read_draws(const std::string& path, bool folds, const Priors& priors, FittedDraws& out,
                Problems& problems) {
  const CsvTable table = read_csv(path, problems);
  for (const FittedParameter& parameter : priors) {
    if (!table.columns.empty() && table.column(parameter.id) == CsvTable::npos) {
      problems.add(
          "E022", {path, 1, 0},
          fmt::format("column '{}' is missing (priors.csv has it) run chokepoint calibrate", parameter.id));
    }
  }
  if (problems.any()) return;
  for (const CsvRow& row : table.rows) {
    std::vector<double> z;
    for (const FittedParameter& parameter : priors) {
      const auto value = parse_number(row.cells[table.column(parameter.id)]);
      if (!value || !(*value > 0.0)) problems.add("E024", row.where, "values must be positive numbers");
      z.push_back(parameter.standard(value.value_or(parameter.median)));
    }
    out.by_episode[folds ? row.cells[table.column("episode")] : ""].push_back(std::move(z));
  }
}

}  // namespace

void write_calibration(const Priors& priors, const Calibration& calibration, const std::string& folder) {
  write_posterior(priors, calibration, folder + "/posterior.csv");
  write_fit(calibration, folder + "/fit.csv");
  write_draws(priors, {"draw"}, {{"", &calibration.draws}}, folder + "/draws.csv");
  std::vector<std::pair<std::string, const std::vector<std::vector<double>>*>> folds;
  for (const auto& [episode, draws] : calibration.folds) folds.emplace_back(episode, &draws);
  write_draws(priors, {"episode", "draw"}, folds, folder + "/folds.csv");
}

std::string calibration_text(const Priors& priors, const Calibration& calibration) {
  TextTable table({"parameter", "verdict", "prior 5 %", "median", "95 %", "mode", "post. 5 %", "median",
                   "95 %", "sd ratio"});
  for (std::size_t i = 0; i < priors.size(); ++i) {
    const Summary summary = summary_of(priors[i], calibration.draws, i);
    const auto number = [](double value) { return fmt::format("{:.3g}", value); };
    table.add({priors[i].id, verdict_of(summary), number(priors[i].low), number(priors[i].median),
               number(priors[i].high), number(priors[i].value(calibration.fit.mode[i])), number(summary.low),
               number(summary.median), number(summary.high), fmt::format("{:.2f}", summary.width)});
  }
  return table.text(2);
}

std::vector<std::vector<double>> read_posterior(const std::string& folder, const Priors& priors,
                                                Problems& problems) {
  FittedDraws draws;
  read_draws(folder + "/draws.csv", false, priors, draws, problems);
  return draws.by_episode[""];
}

std::vector<std::vector<double>> read_fold(const std::string& folder, const std::string& episode,
                                           const Priors& priors, Problems& problems) {
  FittedDraws draws;
  read_draws(folder + "/folds.csv", true, priors, draws, problems);
  if (problems.any()) return {};
  if (const auto fold = draws.by_episode.find(episode); fold != draws.by_episode.end()) return fold->second;
  std::vector<std::string> episodes;
  for (const auto& [name, rows] : draws.by_episode) episodes.push_back(name);
  problems.add("E099", {folder + "/folds.csv", 0, 0},
               fmt::format("data.fit_without = '{}' (no episode that a fold leaves out){}", episode,
                           suggestion(episode, episodes)));
  return {};
}

FittedDraws read_fitted_draws(const std::string& folder, const Priors& priors, Problems& problems) {
  FittedDraws draws;
  read_draws(folder + "/draws.csv", false, priors, draws, problems);
  read_draws(folder + "/folds.csv", true, priors, draws, problems);
  return draws;
}

}  // namespace chokepoint
