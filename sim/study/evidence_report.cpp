#include "sim/study/evidence_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"
#include "sim/study/talent_evidence.hpp"

namespace chokepoint {
namespace {

std::string value_text(Scale scale, double value) {
  return scale == Scale::share ? fmt::format("{:.1f} %", 100.0 * value) : fmt::format("{:.3f}", value);
}

std::string range_text(Scale scale, const ObservedFact& observed) {
  if (!observed.low || !observed.high) return "-";
  return scale == Scale::share ? fmt::format("{:.1f}-{:.1f} %", 100.0 * *observed.low, 100.0 * *observed.high)
                               : fmt::format("{:.3g}-{:.3g}", *observed.low, *observed.high);
}

std::string error_text(Scale scale, double error) {
  if (scale == Scale::number) return signed_number(error, 3);
  return signed_number(std::round(1000.0 * error) / 10.0 + 0.0, 1) + " points";  // no "-0.0"
}

const ObservedFact& observation(const std::vector<ObservedFact>& observed, const std::string& id,
                                const std::string& path) {
  std::vector<std::string> ids;
  for (const ObservedFact& fact : observed) {
    if (fact.id == id) return fact;
    ids.push_back(fact.id);
  }
  throw Error(ExitCode::scenario, fmt::format("{}: no row '{}' (the model is compared with it){}", path, id,
                                              suggestion(id, ids)));
}

std::string source_lines(const std::vector<ModelledFact>& modelled,
                         const std::vector<ObservedFact>& observed) {
  std::string used, unused;
  for (const ObservedFact& fact : observed) {
    const bool compared = std::any_of(modelled.begin(), modelled.end(),
                                      [&](const ModelledFact& row) { return row.observed == fact.id; });
    if (compared) {
      const std::string note = fact.note.empty() ? "" : "; " + fact.note;
      used += fmt::format("  {} ({}, confidence {}{}): {}\n", fact.id, fact.as_of, fact.confidence, note,
                          fact.source);
    } else {
      unused += (unused.empty() ? "" : ", ") + fact.id;
    }
  }
  return "observed\n" + used + (unused.empty() ? "" : "not compared: " + unused + "\n");
}

std::string choice_set(const Study& study, Date day) {
  TextTable table({"vendor", "weights", "index", "USD/Mtok", "tokens"});
  for (const RouterProduct& product : router_products(study.facts, study.scenario.parameters, day)) {
    table.add({product.vendor, product.open ? "open" : "closed", fmt::format("{:.2f}", product.capability),
               fmt::format("{:.3f}", product.price), value_text(Scale::share, product.token_share)});
  }
  return fmt::format("choice set of {}, without brands\n", to_text(day)) + table.text(2);
}

std::string adoption_text(const Study& study, const std::vector<ObservedFact>& observed,
                          const std::string& path) {
  if (study.facts.vendors.empty()) return "adoption: nothing to say (the data name no vendors)\n";
  const Scenario& scenario = study.scenario;
  const auto modelled = adoption_evidence(study.facts, scenario.parameters, scenario.seed);
  return "adoption\n" + evidence_table(modelled, observed, path) + "\n" + choice_set(study, end_of_2025()) +
         "\n" + choice_set(study, middle_of_2026());
}

}  // namespace

std::string evidence_table(const std::vector<ModelledFact>& modelled,
                           const std::vector<ObservedFact>& observed, const std::string& path) {
  TextTable table({"fact", "model", "observed", "range", "error", "used in the fit?"});
  for (const ModelledFact& row : modelled) {
    const std::string value = value_text(row.scale, row.value);
    if (row.observed.empty()) {
      table.add({row.fact, value, "-", "-", "-", row.fit});
      continue;
    }
    const ObservedFact& fact = observation(observed, row.observed, path);
    table.add({row.fact, value, value_text(row.scale, fact.value), range_text(row.scale, fact),
               error_text(row.scale, row.value - fact.value), row.fit});
  }
  return table.text() + source_lines(modelled, observed);
}

std::string evidence_report(const Study& study) {
  const std::string folder = study.scenario.data_dir + "/observed/";
  const std::string talent = folder + "talent.csv", adoption = folder + "adoption.csv";
  Problems problems;
  const auto observed_talent = read_observed_facts(talent, "measure", problems);
  const auto observed_adoption = read_observed_facts(adoption, "id", problems);
  problems.throw_if_any();
  const auto modelled = talent_evidence(study.facts.talent, study.scenario.parameters.talent);
  return "talent\n" + evidence_table(modelled, observed_talent, talent) + "\n" +
         adoption_text(study, observed_adoption, adoption);
}

}  // namespace chokepoint
