#include "tests/claims/claims.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <stdexcept>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t fields = 12;

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> parts(const std::string& text, char separator) {
  std::vector<std::string> result;
  std::string part;
  for (const char c : text + separator) {
    if (c != separator) {
      part += c;
      continue;
    }
    if (!trimmed(part).empty()) result.push_back(trimmed(part));
    part.clear();
  }
  return result;
}

SeriesExpression expression_of(const std::string& text) {
  Problems problems;
  const MetricExpression parsed = parse_metric_expression("level(" + text + ", at=2026-06-30)", {}, problems);
  problems.throw_if_any();
  return parsed.series;
}

Move move_of(const std::string& text) {
  if (text == "up") return Move::up;
  if (text == "down") return Move::down;
  if (text == "either") return Move::either;
  throw std::runtime_error("moves 'up', 'down' or 'either', not '" + text + "'");
}

Switch switch_of(const std::string& text) {
  Switch result;
  for (const std::string& one : parts(text, ';')) {
    if (one.starts_with("-event ")) {
      result.events.push_back(trimmed(one.substr(7)));
      continue;
    }
    if (one.starts_with("-terms ")) {
      result.vendors.push_back(trimmed(one.substr(7)));
      continue;
    }
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos) throw std::runtime_error("no switch: '" + one + "'");
    result.parameters.emplace_back(trimmed(one.substr(0, equals)), std::stod(one.substr(equals + 1)));
  }
  return result;
}

Claim claim_of(const std::vector<std::string>& cells) {
  if (cells.size() != fields)
    throw std::runtime_error(fmt::format("{} fields, not {}", cells.size(), fields));
  Claim claim;
  claim.number = cells[0];
  claim.words = cells[1];
  claim.mechanism = cells[2];
  claim.column = cells[3];
  const std::size_t colon = claim.column.find(": ");
  if (colon == std::string::npos) throw std::runtime_error("no column: '" + claim.column + "'");
  claim.file = claim.column.substr(0, colon);
  claim.series = expression_of(claim.column.substr(colon + 2));
  claim.move = move_of(cells[4]);
  claim.scenario = cells[5];
  claim.arm = cells[6];
  claim.days = std::stoul(cells[7]);
  claim.market = cells[8] == "market";
  claim.off = cells[9];
  claim.off_switch = switch_of(claim.off);
  const std::vector<std::string> variables = parts(cells[10], ',');
  claim.may_move = {variables.begin(), variables.end()};
  claim.tests = parts(cells[11], ';');
  return claim;
}

/// The scenario as the claim needs it: short, with small populations, at the medians of all priors.
Scenario scenario_of(const Claim& claim, Problems& problems) {
  const std::string root = CHOKEPOINT_SOURCE_DIR;
  Scenario scenario = read_scenario(root + "/scenarios/" + claim.scenario + ".toml", {}, problems);
  scenario.data_dir = root + "/data";
  scenario.calibration_dir = scenario.structural_path = scenario.observed_path = "";
  scenario.metrics.clear();
  scenario.checks.clear();
  scenario.market = claim.market;
  scenario.sessions = claim.days;
  scenario.until = {};
  scenario.parameters.population.investors = 500;
  return scenario;
}

const Arm& arm_of(const Scenario& scenario, const std::string& id) {
  const auto at =
      std::find_if(scenario.arms.begin(), scenario.arms.end(), [&](const Arm& arm) { return arm.id == id; });
  if (at == scenario.arms.end()) throw std::runtime_error("no arm '" + id + "' in " + scenario.id);
  return *at;
}

Parameters parameters_of(const Study& study, const Arm& arm, const Switch& off) {
  Parameters params = study.scenario.parameters_of(arm);
  const FieldList list = fields_of(params);
  for (const auto& [name, value] : off.parameters) {
    const Field* field = list.find(name);
    if (field == nullptr) throw std::runtime_error("no parameter '" + name + "'");
    if (*field->value == value) throw std::runtime_error("'" + name + "' has this value anyway");
    *field->value = value;
  }
  return params;
}

std::vector<Event> events_of(const Study& study, Arm arm, const Switch& off) {
  for (const std::string& event : off.events) {
    if (!arm.includes(event)) throw std::runtime_error("no event '" + event + "' in arm " + arm.id);
    arm.exclude.push_back(event);
  }
  return study.scenario.events_of(arm);
}

Facts facts_of(const Study& study, const Switch& off) {
  Facts facts = study.facts;
  for (const std::string& id : off.vendors) {
    const std::size_t v = facts.vendor(id);
    if (v == Facts::npos) throw std::runtime_error("no vendor '" + id + "'");
    for (Denial& place : facts.vendors[v].place) {
      if (place == Denial::terms_place) place = Denial::none;
    }
    for (Denial& owner : facts.vendors[v].owner) {
      if (owner == Denial::terms_ownership) owner = Denial::none;
    }
  }
  return facts;
}

std::vector<double> values_of(const Study& study, const Arm& arm, const Switch& off) {
  const Facts facts = facts_of(study, off);
  const Parameters params = parameters_of(study, arm, off);
  const ArmPlan plan{arm.id, params, make_plan(facts, params, *study.calendar, events_of(study, arm, off))};
  const RandomStream random(study.scenario.seed, 0);
  World world = make_world(facts, params, random);
  if (plan.plan.setup) world.economy = make_economy(facts, params, *plan.plan.setup, random);
  return run_arm(world, plan, random, study.series).values;
}

}  // namespace

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::string cell;
  for (const char c : line + "|") {
    if (c != '|') {
      cell += c;
      continue;
    }
    cells.push_back(trimmed(cell));
    cell.clear();
  }
  return cells;
}

std::vector<Claim> read_claims(const std::string& path) {
  std::ifstream file(path);
  std::vector<Claim> claims;
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    if (line.empty() || line[0] == '#') continue;
    try {
      claims.push_back(claim_of(cells_of(line)));
    } catch (const std::exception& error) {
      throw std::runtime_error(fmt::format("{}:{}: {}", path, number, error.what()));
    }
  }
  return claims;
}

std::map<std::string, Difference> PairOfRuns::differing() const {
  std::map<std::string, Difference> result;
  for (std::size_t i = 0; i < on.size(); ++i) {
    if (std::memcmp(&on[i], &off[i], sizeof(double)) == 0) continue;
    const Series& one = (*series)[i % series->size()];
    Difference& largest = result[one.variable];
    if (!largest.series.empty() && std::fabs(on[i] - off[i]) <= std::fabs(largest.value)) continue;
    largest = {one.variable + "[" + one.entity + (one.region.empty() ? "" : " " + one.region) + "]",
               on[i] - off[i]};
  }
  return result;
}

double PairOfRuns::largest_difference(const std::vector<std::size_t>& of) const {
  double largest = 0.0;
  for (std::size_t first = 0; first < on.size(); first += series->size()) {
    double sum = 0.0;
    for (const std::size_t s : of) sum += on[first + s] - off[first + s];
    if (std::fabs(sum) > std::fabs(largest)) largest = sum;
  }
  return largest;
}

const Study& ClaimRuns::study_of(const Claim& claim) {
  std::unique_ptr<Study>& study = studies_[fmt::format("{} {} {}", claim.scenario, claim.days, claim.market)];
  if (!study) {
    Problems problems;
    Scenario scenario = scenario_of(claim, problems);
    problems.throw_if_any();
    study = prepare_study(std::move(scenario), problems);
    problems.throw_if_any();
  }
  return *study;
}

const std::vector<Series>& ClaimRuns::series_of(const Claim& claim) { return study_of(claim).series; }

PairOfRuns ClaimRuns::run(const Claim& claim) {
  const Study& study = study_of(claim);
  const Arm& arm = arm_of(study.scenario, claim.arm);
  std::vector<double>& on =
      on_[fmt::format("{} {} {} {}", claim.scenario, claim.days, claim.market, claim.arm)];
  if (on.empty()) on = values_of(study, arm, {});
  return {&study.series, on, values_of(study, arm, claim.off_switch)};
}

}  // namespace chokepoint
