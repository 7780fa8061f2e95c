#include "sim/study/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/base/text.hpp"
#include "sim/input/scenario_keys.hpp"
#include "sim/study/posterior_draws.hpp"

namespace chokepoint {
namespace {

/// What the command line says, as statements that lie over those of the files.
std::vector<Statement> typed_statements(const ScenarioOverrides& overrides) {
  std::vector<Statement> typed;
  const auto add = [&](const std::string& path, const std::string& value, const char* option) {
    if (!value.empty()) typed.push_back({Statement::Kind::value, path, value, {option, 0, 0}});
  };
  const auto add_pair = [&](const std::string& prefix, const std::string& pair, const char* option) {
    const std::size_t equals = pair.find('=');
    if (equals != std::string::npos)
      add(prefix + trim(pair.substr(0, equals)), trim(pair.substr(equals + 1)), option);
  };
  add("run.seed", overrides.seed, "--seed");
  add("run.replicates", overrides.replicates, "--replicates");
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  for (const std::string& one : overrides.sets) {
    add_pair(fields.find(trim(one.substr(0, one.find('=')))) != nullptr ? "set." : "", one, "--set");
  }
  return typed;
}

/// True of what typed_statements() made.
bool is_typed(const Statement& one) { return one.where.line == 0 && one.where.path.starts_with("--"); }

std::vector<Origin> origins_of(const std::vector<Statement>& history) {
  std::vector<Origin> chain;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const Statement& one = history[i];
    const bool first_said = i + 1 == history.size() || history[i + 1].kind == Statement::Kind::removal;
    const char* head = first_said ? "declared" : "changed";
    chain.push_back({one.kind == Statement::Kind::removal  ? "removed"
                     : one.kind == Statement::Kind::record ? head
                                                           : one.value,
                     place_of(one.where)});
  }
  return chain;
}

bool is_parameter_path(const std::string& path) {
  return path.starts_with("set.") || path.starts_with("why.") || path.find(".set.") != std::string::npos;
}

/// Tables of the file that hold keys and no records.
bool is_section(std::string_view table) {
  return std::ranges::any_of(std::array{"time", "data", "run", "output", "decompose", "backtest"},
                             [&](const char* section) { return table == section; });
}

/// Keys that a file may hold beside those it does: of sections, and of the records at `heads`.
std::vector<std::string> documented_keys(const std::vector<std::string>& heads) {
  std::vector<std::string> keys;
  for (const KeyRow& row : scenario_keys()) {
    if (is_section(row.table)) keys.push_back(fmt::format("{}.{}", row.table, row.key));
    for (const std::string& head : heads) {
      const std::string_view list = std::string_view(head).substr(0, head.find('.'));
      if (list == row.table) keys.push_back(fmt::format("{}.{}", head, row.key));
    }
  }
  return keys;
}

/// What holds where no file says anything.
std::string unsaid_value(const std::string& path) {
  const Scenario plain;
  if (path == "run.probes") return fmt::format("{}", plain.probes);
  if (path == "run.max_replicates") return "ten times the first round";
  if (path == "data.market") return fmt::format("{}", plain.market);
  return "not set";
}

}  // namespace

Explainer::Explainer(const Study& study, std::vector<Statement> statements,
                     const ScenarioOverrides& overrides)
    : study_(study), statements_(std::move(statements)) {
  for (Statement& one : typed_statements(overrides)) statements_.push_back(std::move(one));
}

Explanation Explainer::parameter(const Field& field) const {
  const Scenario& scenario = study_.scenario;
  Parameters used = scenario.parameters;
  Explanation result{field.name, field.unit, {}, {}};
  const std::string drawn = drawn_from(study_, field.name);
  if (!drawn.empty()) result.chain.push_back({fmt::format("drawn in each replicate from its {}", drawn), ""});
  for (Origin& one : origins_of(history_of(statements_, "set." + field.name)))
    result.chain.push_back(std::move(one));
  result.chain.push_back({"default " + short_number(*field.value), "(" + field.source + ")"});
  const double value = *fields_of(used).find(field.name)->value;
  if (drawn.empty()) result.chain.front().value = short_number(value);
  if (result.chain.size() == 1)
    result.chain.front() = {short_number(value), "default (" + field.source + ")"};
  for (const Setting& setting : scenario.settings) {
    if (setting.name == field.name && !setting.why.empty() && setting.where.line > 0)
      result.notes.push_back("why: " + setting.why);
  }
  for (const Arm& arm : scenario.arms) {
    for (const Setting& setting : arm.set) {
      if (setting.name != field.name) continue;
      result.notes.push_back(fmt::format("arm '{}' sets {}  {}{}", arm.id, short_number(setting.value),
                                         place_of(setting.where),
                                         setting.why.empty() ? "" : "  why: " + setting.why));
    }
  }
  return result;
}

Explanation Explainer::value(const std::string& path) const {
  Explanation result{path, "", origins_of(history_of(statements_, path)), {}};
  if (result.chain.empty()) result.chain.push_back({unsaid_value(path), "default"});
  return result;
}

std::vector<std::string> Explainer::records() const {
  std::vector<std::string> paths;
  for (const Statement& one : statements_) {
    const bool known = std::find(paths.begin(), paths.end(), one.path) != paths.end();
    if (one.kind == Statement::Kind::record && !known) paths.push_back(one.path);
  }
  return paths;
}

std::vector<std::string> Explainer::plain_keys() const {
  const std::vector<std::string> heads = records();
  std::vector<std::string> paths;
  for (const Statement& one : statements_) {
    const bool inside = std::any_of(heads.begin(), heads.end(), [&](const std::string& head) {
      return one.path.starts_with(head + ".");
    });
    const bool words = one.path.find('.') == std::string::npos;  // title, summary, tags
    if (one.kind != Statement::Kind::value || inside || words || is_parameter_path(one.path)) continue;
    if (std::find(paths.begin(), paths.end(), one.path) == paths.end()) paths.push_back(one.path);
  }
  return paths;
}

std::vector<Explanation> Explainer::record(const std::string& path) const {
  std::vector<Explanation> result{value(path)};
  std::vector<std::string> keys;
  for (const Statement& one : statements_) {
    if (!one.path.starts_with(path + ".") || one.kind != Statement::Kind::value) continue;
    if (std::find(keys.begin(), keys.end(), one.path) != keys.end()) continue;
    keys.push_back(one.path);
    result.push_back(value(one.path));
  }
  return result;
}

std::string Explainer::full_path(const std::string& key) const {
  std::vector<std::string> found;
  std::vector<std::string> known;
  for (const Statement& one : statements_) {
    if (is_parameter_path(one.path) || one.kind == Statement::Kind::removal) continue;
    if (one.path == key) return key;
    known.push_back(one.path);
    const bool record = one.kind == Statement::Kind::record;
    const bool counted = std::find(found.begin(), found.end(), one.path) != found.end();
    if (record && !counted && one.path.substr(one.path.find('.') + 1) == key) found.push_back(one.path);
    if (record) known.push_back(one.path.substr(one.path.find('.') + 1));
  }
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    throw Error(ExitCode::command_line,
                fmt::format("'{}' is more than one thing (say {})", key, join(found, " or ")));
  }
  for (std::string& path : documented_keys(records())) {
    if (path == key) return key;
    known.push_back(std::move(path));
  }
  Parameters defaults;
  for (const std::string& name : fields_of(defaults).names()) known.push_back(name);
  throw Error(ExitCode::command_line, fmt::format("unknown key '{}' (no parameter, record or key of '{}'){}",
                                                  key, study_.scenario.path, suggestion(key, known)));
}

std::vector<Explanation> Explainer::explain(const std::string& key) const {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  if (const Field* field = fields.find(key)) {
    Explanation one = parameter(*field);
    one.notes.insert(one.notes.begin(), fmt::format("{} (range {} to {})", field->meaning,
                                                    short_number(field->low), short_number(field->high)));
    return {one};
  }
  const std::string path = full_path(key);
  const std::vector<std::string> heads = records();
  if (std::find(heads.begin(), heads.end(), path) != heads.end()) return record(path);
  return {value(path)};
}

std::vector<Explanation> Explainer::changed() const {
  std::vector<Explanation> result;
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  const auto named_by = [](const std::vector<Setting>& settings, const std::string& name) {
    return std::any_of(settings.begin(), settings.end(), [&](const Setting& s) { return s.name == name; });
  };
  for (const Field& field : fields.all()) {
    const auto& arms = study_.scenario.arms;
    const bool in_arm =
        std::any_of(arms.begin(), arms.end(), [&](const Arm& arm) { return named_by(arm.set, field.name); });
    if (named_by(study_.scenario.settings, field.name) || in_arm) result.push_back(parameter(field));
  }
  std::vector<std::string> paths = plain_keys();
  for (std::string& path : records()) paths.push_back(std::move(path));
  for (const Statement& one : statements_) {
    const bool listed = std::find(paths.begin(), paths.end(), one.path) != paths.end();
    if (is_typed(one) && !listed && !is_parameter_path(one.path)) paths.push_back(one.path);
  }
  for (const std::string& path : paths) {
    Explanation one = value(path);
    const bool only_here = one.chain.size() == 1 && one.chain[0].value != "removed" &&
                           one.chain[0].place.starts_with(study_.scenario.path + ":");
    if (!only_here) result.push_back(std::move(one));
  }
  return result;
}

std::string explanation_text(const Explanation& explanation) {
  std::vector<std::string> links;
  for (const Origin& one : explanation.chain)
    links.push_back(one.place.empty() ? one.value : one.value + "  " + one.place);
  std::string text = explanation.key;
  if (!explanation.unit.empty())
    text += fmt::format(" [{}]", explanation.unit == "-" ? "a pure number" : explanation.unit);
  text += fmt::format("\n  {}\n", join(links, "  <- "));
  for (const std::string& note : explanation.notes) text += fmt::format("  {}\n", note);
  return text;
}

}  // namespace chokepoint
