#include "sim/input/scenario_difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "sim/base/text.hpp"
#include "sim/input/scenario_quantity.hpp"
#include "sim/input/toml_statements.hpp"

namespace chokepoint {
namespace {

/// Keys whose values are read by people only.
constexpr std::array<std::string_view, 7> word_keys{"id",     "title", "summary", "tags",
                                                    "source", "label", "doc"};

std::string first_word(const std::string& path) { return path.substr(0, path.find('.')); }

std::string after_first_word(const std::string& path) {
  const std::size_t dot = path.find('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

bool is_words(const std::string& path) {
  if (first_word(path) == "why") return true;
  const std::string key = path.substr(path.rfind('.') + 1);
  return std::find(word_keys.begin(), word_keys.end(), key) != word_keys.end();
}

/// What a scenario says once it is resolved, but for [set], whose values are compared as parameters.
std::vector<Statement> resolved_statements(const Scenario& scenario) {
  std::vector<Statement> statements = statements_of(toml::parse(resolved_toml(scenario), scenario.path));
  std::erase_if(statements, [](const Statement& one) { return first_word(one.path) == "set"; });
  return statements;
}

std::map<std::string, std::string> values_of(const std::vector<Statement>& statements) {
  std::map<std::string, std::string> values;
  for (const Statement& one : statements) values[one.path] = one.value;
  return values;
}

std::string shown_value(const Statement& one) {
  if (one.kind == Statement::Kind::record) return "there";
  return one.value.empty() ? "\"\"" : one.value;
}

bool is_set(const Scenario& scenario, const std::string& name) {
  const auto& settings = scenario.settings;
  return std::any_of(settings.begin(), settings.end(), [&](const Setting& one) { return one.name == name; });
}

/// Both values as text, with all their digits where short numbers do not tell them apart, and with their
/// unit where it is another currency.
std::pair<std::string, std::string> texts_of(const Amount& before, const Amount& after,
                                             const std::string& unit) {
  if (!before.currency.empty() || !after.currency.empty()) {
    const auto text = [&](const Amount& amount) {
      return amount.currency.empty() ? fmt::format("{} {}", amount.value, unit)
                                     : money_text(amount.value, amount.currency, unit);
    };
    return {text(before), text(after)};
  }
  const std::pair texts(short_number(before.value), short_number(after.value));
  if (texts.first != texts.second || before == after) return texts;
  return {fmt::format("{}", before.value), fmt::format("{}", after.value)};
}

void add_parameters(const Scenario& first, const Scenario& second, std::vector<Difference>& found) {
  Parameters left = first.parameters;
  Parameters right = second.parameters;
  const FieldList a = fields_of(left);
  const FieldList b = fields_of(right);
  const bool may_be_drawn = first.may_draw() || second.may_draw();
  for (std::size_t i = 0; i < a.all().size(); ++i) {
    const Field& field = a.all()[i];
    const Amount here = stated_amount(first.settings, field.name, {*field.value, ""});
    const Amount there = stated_amount(second.settings, field.name, {*b.all()[i].value, ""});
    const bool pinned = is_set(first, field.name);
    const bool drawn_in_one = may_be_drawn && pinned != is_set(second, field.name);
    if (here == there && !drawn_in_one) continue;
    auto [before, after] = texts_of(here, there, field.unit);
    if (drawn_in_one) (pinned ? after : before) += " (not set: drawn where there is a prior)";
    const bool foreign = !here.currency.empty() || !there.currency.empty();
    found.push_back({"parameters", field.name, before, after, foreign ? "" : field.unit, false});
  }
}

/// True when a record that `absent` lacks holds the path, so that the record says it all.
bool inside_a_record(const std::string& path, const std::set<std::string>& absent) {
  return std::any_of(absent.begin(), absent.end(),
                     [&](const std::string& record) { return path.starts_with(record + "."); });
}

/// Paths of `from` that `other` lacks or says differently.
void add_statements(const std::vector<Statement>& from, const std::map<std::string, std::string>& other,
                    bool reversed, std::vector<Difference>& found) {
  std::set<std::string> absent;
  for (const Statement& one : from) {
    const auto there = other.find(one.path);
    if (inside_a_record(one.path, absent)) continue;
    if (there == other.end()) {
      if (one.kind == Statement::Kind::record) absent.insert(one.path);
      Difference difference{first_word(one.path), after_first_word(one.path), shown_value(one), "", "",
                            is_words(one.path)};
      if (reversed) std::swap(difference.before, difference.after);
      found.push_back(std::move(difference));
    } else if (!reversed && there->second != one.value) {
      found.push_back({first_word(one.path), after_first_word(one.path), one.value, there->second, "",
                       is_words(one.path)});
    }
  }
}

std::string line_of(const Difference& one) {
  const std::string unit = one.unit.empty() || one.unit == "-" ? "" : " " + one.unit;
  const bool record = one.before == "there" || one.after == "there";
  if (record) return fmt::format("  {} {}\n", one.before.empty() ? "+" : "-", one.item);
  if (one.before.empty()) return fmt::format("  + {} = {}\n", one.item, one.after);
  if (one.after.empty()) return fmt::format("  - {} = {}\n", one.item, one.before);
  return fmt::format("  {}: {} -> {}{}\n", one.item, one.before, one.after, unit);
}

}  // namespace

std::vector<Difference> differences(const Scenario& first, const Scenario& second) {
  std::vector<Difference> found;
  add_parameters(first, second, found);
  const std::vector<Statement> left = resolved_statements(first);
  const std::vector<Statement> right = resolved_statements(second);
  add_statements(left, values_of(right), false, found);
  add_statements(right, values_of(left), true, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const Difference& a, const Difference& b) { return a.words < b.words; });
  return found;
}

bool differ_in_meaning(const std::vector<Difference>& found) {
  return std::any_of(found.begin(), found.end(), [](const Difference& one) { return !one.words; });
}

std::string difference_text(const std::vector<Difference>& found) {
  std::vector<std::string> sections;
  std::map<std::string, std::string> lines;
  for (const Difference& one : found) {
    const std::string section = one.words ? "words, which change no number" : one.section;
    if (lines[section].empty()) sections.push_back(section);
    Difference named = one;
    if (one.words && one.section != one.item) named.item = one.section + "." + one.item;
    lines[section] += line_of(named);
  }
  std::string text;
  for (const auto& section : sections) text += section + "\n" + lines[section];
  return differ_in_meaning(found) ? text : text + "no difference in meaning\n";
}

}  // namespace chokepoint
