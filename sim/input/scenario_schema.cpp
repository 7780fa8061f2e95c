#include "sim/input/scenario_schema.hpp"

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/base/error.hpp"
#include "sim/base/text.hpp"
#include "sim/input/scenario.hpp"
#include "sim/input/scenario_keys.hpp"
#include "sim/input/scenario_sections.hpp"

namespace chokepoint {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* id_pattern = "^[A-Za-z0-9_-]+$";

Json reference(const std::string& definition) { return {{"$ref", "#/definitions/" + definition}}; }
Json text() { return {{"type", "string"}}; }
Json list_of(const Json& item) { return {{"type", "array"}, {"items", item}}; }
Json whole(long long low, long long high) {
  return {{"type", "integer"}, {"minimum", low}, {"maximum", high}};
}
Json number(double low, double high) { return {{"type", "number"}, {"minimum", low}, {"maximum", high}}; }
Json shaped(const char* pattern) { return {{"type", "string"}, {"pattern", pattern}}; }

template <class Words>
Json one_of(const Words& words) {
  Json list = Json::array();
  for (const auto& word : words) list.push_back(word);
  return {{"enum", list}};
}

/// A table with these keys and no others.
Json table_of(Json properties, Json required = Json::array()) {
  Json table{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) table["required"] = std::move(required);
  return table;
}

/// A table whose keys are ids chosen by the writer.
Json table_by_id(const Json& value) {
  return {{"type", "object"}, {"patternProperties", {{id_pattern, value}}}, {"additionalProperties", false}};
}

Json described(Json type, std::string_view meaning) {
  if (type.contains("$ref")) type = {{"allOf", Json::array({type})}};  // beside $ref nothing else is read
  type["description"] = meaning;
  return type;
}

/// Words of the column `type` of scenario_keys; a word that is not here is the definition of that name.
const std::map<std::string_view, Json>& types() {
  static const std::map<std::string_view, Json> known{
      {"text", text()},
      {"texts", list_of(text())},
      {"truth", {{"type", "boolean"}}},
      {"id", shaped(id_pattern)},
      {"event_id", shaped("^[A-Za-z0-9_.-]+$")},
      {"schema", one_of(std::array{"chokepoint.scenario/1"})},
      {"kind", one_of(std::array{"base"})},
      {"date", {{"type", "string"}, {"format", "date"}}},
      {"moment", {{"type", "string"}, {"format", "date-time"}}},
      {"end", shaped("^ *([0-9]+ *sessions?|[0-9]{4}-[0-9]{2}-[0-9]{2}) *$")},
      {"whole", {{"type", "integer"}, {"minimum", 0}}},
      {"count", {{"type", "integer"}, {"minimum", 1}}},
      {"replicates", whole(1, most_replicates)},
      {"share", number(0, 1)},
      {"quantiles", list_of(number(0, 1))},
      {"numbers_by_name", table_by_id({{"type", "number"}})},
      {"actor", shaped("^(firm|regulator)[:\\[].+$")},
      {"attention", one_of(attention_names)},
      {"force", one_of(force_names)},
      {"level", one_of(std::array{0.25, 0.5, 0.75, 1.0})},
      {"duration", shaped("^ *(open_ended|[0-9.]+ *d) *$")},
      {"prior", one_of(prior_names)},
      {"check_level", one_of(check_level_names)},
      {"metrics", list_of(reference("metric"))},
      {"checks", list_of(reference("check"))},
      {"rules", list_of(reference("rule"))},
      {"packages", table_by_id(reference("package"))},
      {"arms", table_by_id(reference("arm"))},
      {"replace", table_by_id({{"type", "object"}})},
      {"parts", table_by_id(list_of(text()))},
  };
  return known;
}

Json type_of(std::string_view word) {
  const auto at = types().find(word);
  return at == types().end() ? reference(std::string(word)) : at->second;
}

Json properties_of(std::string_view table) {
  Json properties = Json::object();
  for (const KeyRow& row : scenario_keys()) {
    if (row.table == table) properties[std::string(row.key)] = described(type_of(row.type), row.meaning);
  }
  return properties;
}

/// The same by reference: for keys that many definitions have.
Json shared_properties_of(const std::string& table) {
  Json properties = Json::object();
  for (const KeyRow& row : scenario_keys()) {
    if (row.table == table) properties[std::string(row.key)] = reference(table + "." + std::string(row.key));
  }
  return properties;
}

Json required_of(std::string_view table) {
  Json required = Json::array();
  for (const KeyRow& row : scenario_keys()) {
    if (row.table == table && row.required) required.push_back(row.key);
  }
  return required;
}

/// Walks the keys of an instrument and writes them as properties.
class InstrumentSchema {
 public:
  template <class T>
  void required(const char* name, const T& value, const char* meaning, const char* unit = "") {
    add(name, in_unit(kind(value), unit), meaning, true);
  }
  template <class T>
  void optional(const char* name, const T& value, const char* meaning, const char* unit = "") {
    add(name, in_unit(kind(value), unit), meaning, false);
  }
  const Json& properties() const { return properties_; }
  const Json& needed() const { return needed_; }

 private:
  /// A number with a unit may be text with another one.
  static Json in_unit(const Json& type, const std::string& unit) {
    return unit.empty() ? type : Json{{"anyOf", Json::array({type, text()})}};
  }

  void add(const std::string& name, const Json& type, const char* meaning, bool must) {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return put(name, described(type, meaning), must, properties_, needed_);
    const std::string outer = name.substr(0, dot);  // "claim.price" is `price` in the event's `claim`
    if (!properties_.contains(outer)) properties_[outer] = table_of(Json::object());
    Json& table = properties_[outer];
    put(name.substr(dot + 1), described(type, meaning), must, table["properties"], table["required"]);
    if (table["required"].empty()) table.erase("required");
    if (must && std::find(needed_.begin(), needed_.end(), outer) == needed_.end()) needed_.push_back(outer);
  }
  static void put(const std::string& key, Json type, bool must, Json& properties, Json& required) {
    properties[key] = std::move(type);
    if (must) required.push_back(key);
  }

  static Json kind(const std::string&) { return text(); }
  static Json kind(const std::vector<std::string>&) { return list_of(text()); }
  static Json kind(double) { return {{"type", "number"}}; }
  static Json kind(const std::optional<double>&) { return {{"type", "number"}}; }
  static Json kind(long long) { return {{"type", "integer"}}; }
  static Json kind(bool) { return {{"type", "boolean"}}; }
  static Json kind(const std::optional<Date>&) { return type_of("date"); }
  static Json kind(const ClosedClass& value) { return one_of(value.allowed); }

  Json properties_ = Json::object();
  Json needed_ = Json::array();
};

void append(Json& list, const Json& more) {
  for (const auto& item : more) list.push_back(item);
}

/// Definitions of everything that announces an instrument: events, and what rules and packages adopt.
class InstrumentDefinitions {
 public:
  explicit InstrumentDefinitions(Json& definitions) : definitions_(definitions) {
    for (const char* table : {"event", "measure"}) {
      const Json shared = properties_of(table);
      for (const auto& [key, type] : shared.items()) definitions_[std::string(table) + "." + key] = type;
    }
    add_all(std::make_index_sequence<std::variant_size_v<Instrument>>{});
    add_package_event();
    add_changed_event();
    const Json one_actor{{"properties", {{"actor", shaped("^(firm|regulator):.+$")}}}};  // no selection
    definitions_["events"] = list_of({{"anyOf", events_}, {"dependencies", {{"group", one_actor}}}});
    definitions_["measures"] = list_of({{"anyOf", adopted_}});
  }

 private:
  template <std::size_t... I>
  void add_all(std::index_sequence<I...>) {
    (add<std::variant_alternative_t<I, Instrument>>(), ...);
  }

  template <class What>
  void add() {
    What what;
    InstrumentSchema own;
    what.keys(own);
    Json keys{{"instrument", described(one_of(std::array{What::name}), What::meaning)}};
    if (What::is_measure) keys.update(shared_properties_of("measure"));
    keys.update(own.properties());
    Json needed = Json::array({"instrument"});
    append(needed, own.needed());
    for (const auto& [key, type] : keys.items()) all_keys_[key] = Json::object();
    add_event(std::string(What::name), keys, needed);
    add_adopted(std::string(What::name), std::move(keys), std::move(needed));
  }

  void add_event(const std::string& name, const Json& own, const Json& needed) {
    Json keys = shared_properties_of("event");
    keys.update(own);
    Json required = required_of("event");
    append(required, needed);
    definitions_["event-" + name] = table_of(std::move(keys), std::move(required));
    events_.push_back(reference("event-" + name));
  }

  void add_adopted(const std::string& name, Json own, Json needed) {
    for (const char* past : {"continues", "prior", "before", "feared"}) own.erase(past);  // no rule knows it
    own["attention"] = shared_properties_of("event")["attention"];
    definitions_["measure-" + name] = table_of(std::move(own), std::move(needed));
    adopted_.push_back(reference("measure-" + name));
  }

  /// Several measures at once: those of a package, or listed.
  void add_package_event() {
    Json keys = shared_properties_of("event");
    for (const char* single : {"attention", "effective", "group", "override"}) keys.erase(single);
    keys["package"] = described(text(), "id of a package: all its measures at once");
    keys["measures"] = described(reference("measures"), "instruments announced together");
    all_keys_["package"] = all_keys_["measures"] = Json::object();
    Json event = table_of(std::move(keys), required_of("event"));
    event["anyOf"] = Json::array({{{"required", {"package"}}}, {{"required", {"measures"}}}});
    definitions_["event-of-package"] = std::move(event);
    events_.push_back(reference("event-of-package"));
  }

  /// An event of a lower file: only the keys that change, whatever its instrument.
  void add_changed_event() {
    Json keys = all_keys_;
    keys.update(shared_properties_of("event"));
    keys["override"] =
        described({{"enum", {true}}}, "changes the event of this id in a file that is extended");
    definitions_["event-changed"] = table_of(std::move(keys), Json::array({"id", "override"}));
    events_.push_back(reference("event-changed"));
  }

  Json& definitions_;
  Json events_ = Json::array();
  Json adopted_ = Json::array();
  Json all_keys_ = Json::object();
};

Json parameter(const Field& field) {
  Json values{{"type", "number"}};
  if (std::fabs(field.low) < 1e300) values["minimum"] = field.low;
  if (std::fabs(field.high) < 1e300) values["maximum"] = field.high;
  return {{"description", field.meaning + " [" + field.unit + "]"},
          {"default", *field.value},
          {"anyOf", Json::array({values, text()})}};
}

/// [set] and [why]: each parameter by its name in quotation marks; without them TOML makes tables of it.
void add_parameters(Json& definitions) {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  Json set = Json::object();
  Json why = Json::object();
  Json tables = Json::object();
  for (const Field& field : fields.all()) {
    set[field.name] = parameter(field);
    why[field.name] = text();
    tables[field.name.substr(0, field.name.find('.'))] =
        described({{"type", "object"}}, "better the whole name in quotation marks");
  }
  for (const auto& [name, type] : tables.items()) {
    if (set.contains(name)) continue;
    set[name] = type;
    why[name] = type;
  }
  definitions["set"] = table_of(std::move(set));
  definitions["why"] = table_of(std::move(why));
}

/// A record that a higher layer may override: then what names it is enough.
Json record(const std::string& name) {
  Json table = table_of(properties_of(name));
  Json enough =
      table["properties"].contains("id") ? Json::array({"id", "override"}) : Json::array({"override"});
  table["anyOf"] = Json::array({{{"required", required_of(name)}}, {{"required", std::move(enough)}}});
  return table;
}

/// What a file must hold: everything, unless it is a base or extends one.
Json complete_file() {
  Json sections = Json::object();
  for (const char* name : {"time", "data", "run", "output"})
    sections[name] = {{"required", required_of(name)}};
  const Json whole{{"required", required_of("")}, {"properties", sections}};
  return Json::array({whole, {{"required", {"extends"}}}, {{"required", {"kind"}}}});
}

}  // namespace

std::string scenario_schema() {
  Json definitions = Json::object();
  for (const char* name : {"time", "data", "run", "output", "arm"}) {
    definitions[name] = table_of(properties_of(name));
  }
  for (const char* name : {"bite", "decompose", "backtest"}) {
    definitions[name] = table_of(properties_of(name), required_of(name));
  }
  for (const char* name : {"metric", "check", "rule", "package"}) definitions[name] = record(name);
  InstrumentDefinitions{definitions};
  add_parameters(definitions);
  Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
              {"title", "A scenario of chokepoint"},
              {"description", "Written by `chokepoint schema`; sim/input/README.md explains the keys."}};
  schema.update(table_of(properties_of(""), Json::array({"schema"})));
  schema["anyOf"] = complete_file();
  schema["definitions"] = std::move(definitions);
  return schema.dump(1) + "\n";
}

}  // namespace chokepoint
