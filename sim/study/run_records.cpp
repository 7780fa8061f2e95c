#include "sim/study/run_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/base/csv.hpp"
#include "sim/output/file_hash.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/output/text_file.hpp"
#include "sim/study/backtest/scorecard.hpp"
#include "sim/study/posterior_draws.hpp"
#include "sim/study/run_journal.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const Setting* setting_of(const Scenario& scenario, const std::string& name) {
  const Setting* last = nullptr;
  for (const Setting& setting : scenario.settings) {
    if (setting.name == name) last = &setting;
  }
  return last;
}

Json status_counts(const ArmResult& arm) {
  Json counts = Json::object();
  for (std::size_t s = 0; s < line_status_names.size(); ++s) {
    counts[std::string(line_status_names[s])] = arm.line_days[s];
  }
  return counts;
}

Json arm_record(const Study& study, const ExperimentResult& result, std::size_t a) {
  const ArmResult& arm = result.arms[a];
  Json record;
  record["id"] = study.arms[a].id;
  record["label"] = study.scenario.arms[a].label;
  record["reference"] = a == study.reference;
  record["replicates_that_differ_from_reference"] = arm.replicates_that_differ;
  if (arm.first_difference != ArmResult::never) {
    record["first_difference"] = to_text(study.calendar->days()[arm.first_difference].date);
  }
  record["line_days_by_status"] = status_counts(arm);
  record["clears"] = arm.counts.clears;
  record["residuals"] = arm.counts.residuals;
  record["factorisations"] = arm.counts.factorisations;
  record["factorisations_not_row_dominant"] = arm.counts.not_dominant;
  record["newton_fallbacks"] = arm.counts.fallbacks;
  record["halts"] = arm.counts.halts;
  record["largest_rounding_share_of_float"] = arm.largest_rounding;
  return record;
}

Json identity_record(const Study& study, const ExperimentResult& result) {
  Json record;
  record["proved"] =
      "arms equal the reference, to the bit of their whole state, on every day before their first listed "
      "difference";
  record["replicates"] = study.scenario.replicates;
  record["run_in_full"] = "r0000";
  record["run_days"] = result.run_days;
  record["run_days_shared"] = result.shared_days;
  return record;
}

Json hashes_of_outputs(const std::string& folder) {
  std::map<std::string, std::string> sorted;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool of_work = name == journal_name || name == spool_name || name == marker_of_unfinished;
    if (entry.is_regular_file() && name != "manifest.json" && !of_work)
      sorted[name] = sha256_of_file(entry.path().string());
  }
  return Json(sorted);
}

Json hashes_of_inputs(const RunIdentity& identity) {
  Json hashes = Json::object();
  for (const FileHash& file : identity.inputs) hashes[file.path] = file.sha256;
  return hashes;
}

/// What the command line laid over the scenario, so that `reproduce` can do it again.
Json overrides_record(const ScenarioOverrides& overrides) {
  return {{"set", overrides.sets},
          {"seed", overrides.seed},
          {"replicates", overrides.replicates},
          {"precision", overrides.precision}};
}

/// Files of a run, in the order of its README, and what they hold.
constexpr std::array<const char*, 2> file_rows[]{
    {"effects.csv", "metrics of each arm against the reference arm, paired over replicates"},
    {"attribution.csv",
     "the effect of one arm split over its parts, whatever their order; parts sum to 'total', 'together' "
     "arises only jointly"},
    {"metrics.csv", "the same metrics, one row per arm and replicate"},
    {"drivers.csv",
     "which drawn parameters an effect goes with: rank correlation over replicates, the strongest ten"},
    {"channels.csv", "the effects again with one channel switched off (a subset of replicates)"},
    {"regions.csv", "market value by headquarters and by venue, each day, T0 first"},
    {"firms.csv", "firms and lines of shares, each day, T0 first"},
    {"capital_flows.csv",
     "who bought where (+ = domicile buys): flow, revaluation, issuance, unlocked; effect_: "
     "minus the reference arm"},
    {"access.csv", "who could not use which model, for what reason, from when to when"},
    {"efficiency.csv",
     "AI access, compute used and efficiency of enterprises, by region and bank desk, weekly; access to "
     "closed models by nationality; effect_: minus the reference arm"},
    {"adoption.csv",
     "use, tokens and spending by vendor and region, revenue, hazard of denial, premium; weekly"},
    {"talent_flows.csv", "AI researchers: stocks, moves since T0, staff locked out and quits; weekly"},
    {"backtest_observed.csv", "observed ratios to the eve close beside the simulated band"},
    {"checks.csv", "what the scenario's checks expected and found"},
    {"events.csv",
     "what fired in which arm, and what the same arm without it shows: since when it differs, in what "
     "most"},
    {"firings.csv", "when what is left to chance happened, by replicate"},
    {"params.csv", "every parameter: value, unit, default, range, source, where it was set"},
    {"scenario.resolved.toml", "the scenario as one file; it can be run again as it is"},
};

}  // namespace

void write_params(const Study& study, const std::string& folder) {
  CsvWriter csv(folder + "/params.csv",
                {"name", "value", "unit", "default", "low", "high", "set_at", "why", "source", "meaning"});
  Parameters used = study.scenario.parameters;
  Parameters defaults;
  const FieldList values = fields_of(used);
  const FieldList initial = fields_of(defaults);
  for (std::size_t i = 0; i < values.all().size(); ++i) {
    const Field& field = values.all()[i];
    const Setting* setting = setting_of(study.scenario, field.name);
    csv.text(field.name).number(*field.value).text(field.unit).number(*initial.all()[i].value);
    csv.number(field.low).number(field.high);
    const std::string drawn = drawn_from(study, field.name);
    csv.text(setting != nullptr ? place_of(setting->where) : !drawn.empty() ? drawn : "default");
    csv.text(setting == nullptr ? "" : setting->why).text(field.source).text(field.meaning);
    csv.end_row();
  }
  csv.close();
}

void write_resolved(const Study& study, const std::string& folder) {
  write_text(folder + "/scenario.resolved.toml", resolved_toml(study.scenario));
}

void write_readme(const Study& study, const std::string& folder) {
  std::string text = study.scenario.title + "\n\n";
  for (const auto& [name, meaning] : file_rows) {
    if (fs::exists(folder + "/" + name)) text += fmt::format("{:<23}{}\n", name, meaning);
  }
  text += fmt::format(
      "manifest.json          version, seed, hashes of inputs and outputs, counts, warnings\n\n"
      "Bands are over {}.\n{}"
      "The reference arm '{}' is a reference for differences, not a forecast. CN excludes Hong\n"
      "Kong, Macao and Taiwan. FX is frozen at T0; no dividends or interest.\n",
      bands_text(study), study.draws.empty() ? "" : stamp_of(study.scenario.calibration_dir) + "\n",
      study.arms[study.reference].id);
  write_text(folder + "/README.txt", text);
}

void write_manifest(const Study& study, const ExperimentResult& result, const RunContext& context,
                    const std::string& folder) {
  const Scenario& scenario = study.scenario;
  Json manifest;
  manifest["program"] = "chokepoint";
  manifest["version"] = context.identity.version;
  manifest["program_sha256"] = context.identity.program;
  manifest["scenario"] = scenario.id;
  manifest["scenario_file"] = scenario.path;
  manifest["overrides"] = overrides_record(context.overrides);
  manifest["command_line"] = context.command_line;
  manifest["started"] = context.started;
  manifest["seconds"] = context.seconds;
  manifest["jobs"] = context.jobs;
  manifest["seed"] = fmt::format("s{}", scenario.seed);
  manifest["replicates"] = scenario.replicates;
  if (!context.precision.empty()) manifest["precision"] = precision_json(study, context.precision);
  manifest["as_of"] = to_text(scenario.as_of);
  manifest["sessions"] = study.calendar->days().size();
  manifest["last_day"] = to_text(study.calendar->days().back().date);
  manifest["investors"] = result.investors;
  manifest["lines"] = study.facts.lines.size();
  manifest["stale_lines"] = study.facts.stale;
  manifest["bands"] = bands_text(study);
  if (!study.draws.empty()) manifest["record"] = stamp_of(scenario.calibration_dir);
  manifest["identity"] = identity_record(study, result);
  for (std::size_t a = 0; a < study.arms.size(); ++a)
    manifest["arms"].push_back(arm_record(study, result, a));
  manifest["warnings"] = context.warnings;
  manifest["inputs_sha256"] = hashes_of_inputs(context.identity);
  manifest["outputs_sha256"] = hashes_of_outputs(folder);
  write_text(folder + "/manifest.json", manifest.dump(2) + "\n");
}

}  // namespace chokepoint
