// The schema for editors: it holds exactly the keys that the reader knows, and the committed copy is the
// latest.
#include "sim/input/scenario_schema.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

using Json = nlohmann::json;
using Keys = std::set<std::string>;

constexpr const char* odd = "qqqqqqqqqqqq";  // near no key, so that the complaint lists all that are known

const Json& schema() {
  static const Json parsed = Json::parse(scenario_schema());
  return parsed;
}

Keys keys_of(const Json& properties) {
  Keys keys;
  for (const auto& [key, type] : properties.items()) keys.insert(key);
  return keys;
}

Keys keys_in(const std::string& definition) {
  return keys_of(schema().at("definitions").at(definition).at("properties"));
}

/// What the reader says it knows where the odd key stands.
Keys read_at(const std::string& text) {
  for (const std::string& error : read_text(text).errors) {
    const std::size_t at = error.find("known here: ");
    if (error.find(odd) == std::string::npos || at == std::string::npos) continue;
    const std::string list = error.substr(at + 12, error.find('\n') - at - 12);
    Keys keys;
    for (const std::string& key : split(list, ',')) keys.insert(trim(key));
    keys.erase(odd);
    return keys;
  }
  FAIL("no complaint of the odd key in:\n" << text);
  return {};
}

/// Keys that merging takes out before records are read.
const Keys merging{"schema", "kind", "extends", "remove", "override"};
void check_same(const Keys& in_schema, const Keys& in_reader) {
  Keys expected = in_reader;
  for (const std::string& key : in_schema) {
    if (merging.count(key) > 0) expected.insert(key);
  }
  CHECK(in_schema == expected);
}

const std::string odd_key = std::string(odd) + " = 1\n";

void check_section(const std::string& section, std::size_t header) {
  CAPTURE(section);
  check_same(keys_in(section), read_at(small_with({{header, "[" + section + "]\n" + odd_key}})));
}

/// The event itself, and the tables inside it.
template <class What>
void check_instrument() {
  const std::string name(What::name);
  CAPTURE(name);
  const Keys in_schema = keys_in("event-" + name);
  check_same(in_schema, read_at(small_with({}, further(name, "firm:zhipu", odd_key))));
  for (const auto& [key, type] : schema()["definitions"]["event-" + name]["properties"].items()) {
    if (!type.contains("properties")) continue;
    CAPTURE(key);
    const std::string table = key + " = { " + odd + " = 1 }";
    CHECK(keys_of(type["properties"]) == read_at(small_with({}, further(name, "firm:zhipu", table))));
  }
}

template <std::size_t... I>
void check_instruments(std::index_sequence<I...>) {
  (check_instrument<std::variant_alternative_t<I, Instrument>>(), ...);
}

}  // namespace

TEST_CASE("scenario schema: the committed copy is what the program prints", "[unit][schema]") {
  std::ifstream file(CHOKEPOINT_SOURCE_DIR "/data/schema/scenario-1.json");
  std::stringstream committed;
  committed << file.rdbuf();
  INFO("run: chokepoint schema > data/schema/scenario-1.json");
  CHECK((committed.str() == scenario_schema()));
}

TEST_CASE("scenario schema: sections have the keys that are read", "[unit][schema]") {
  check_same(keys_of(schema()["properties"]), read_at(small_with({{1, small_scenario[0] + "\n" + odd_key}})));
  check_section("time", 4);
  check_section("data", 7);
  check_section("run", 9);
  check_section("output", 12);
  check_same(keys_in("arm"), read_at(small_with({{26, odd_key}})));
  const auto further_table = [](const std::string& header) {
    return small_with({}, header + "\n" + odd_key);
  };
  check_same(keys_in("metric"), read_at(further_table("[[metric]]")));
  check_same(keys_in("check"), read_at(further_table("[[check]]")));
  check_same(keys_in("backtest"), read_at(further_table("[backtest]")));
  check_same(keys_in("rule"), read_at(further_table("[[rule]]")));
  check_same(keys_in("package"), read_at(further_table("[package.one]")));
  check_same(keys_in("decompose"), read_at(further_table("[decompose]")));
  Keys several = keys_in("event-of-package");
  several.insert({"instrument", "group"});  // looked for, to be refused
  check_same(several, read_at(further_table("[[event]]\npackage = \"one\"")));
}

TEST_CASE("scenario schema: a package that overrides another needs no measures", "[unit][schema]") {
  const Json& package = schema().at("definitions").at("package");
  CHECK(keys_of(package.at("properties")).count("override") == 1);
  CHECK_FALSE(package.contains("required"));
  CHECK(package.at("anyOf") == Json::array({{{"required", {"measures"}}}, {{"required", {"override"}}}}));
  CHECK_FALSE(keys_in("event-of-package").count("group") > 0);
}

TEST_CASE("scenario schema: events have the keys that their instrument reads", "[unit][schema]") {
  check_instruments(std::make_index_sequence<std::variant_size_v<Instrument>>{});
}

TEST_CASE("scenario schema: what was feared and in force before has the keys that are read",
          "[unit][schema]") {
  for (const char* key : {"feared", "before"}) {
    const std::string table = std::string(key) + " = { " + odd + " = 1 }\nprior = \"rumoured\"";
    CHECK(keys_in("bite") == read_at(small_with({{20, "source = \"a test\"\n" + table}})));
  }
}

TEST_CASE("scenario schema: every parameter is there with range, default and meaning", "[unit][schema]") {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  const Json& set = schema()["definitions"]["set"]["properties"];
  for (const Field& field : fields.all()) {
    CAPTURE(field.name);
    REQUIRE(set.contains(field.name));
    CHECK(set[field.name]["default"] == *field.value);
    CHECK(set[field.name]["description"] == field.meaning + " [" + field.unit + "]");
    CHECK(set[field.name]["anyOf"][0]["minimum"] == field.low);
    CHECK(set[field.name]["anyOf"][0]["maximum"] == field.high);
    CHECK(schema()["definitions"]["why"]["properties"].contains(field.name));
  }
}

TEST_CASE("scenario schema: classes are those of the instrument", "[unit][schema]") {
  const Json& claim = schema()["definitions"]["event-claimed_release"]["properties"]["claim"];
  CHECK(claim["properties"]["weights"]["enum"] == Json({"open", "closed"}));
  CHECK(claim["required"] == Json({"weights", "against_best_open", "first_claim", "gap_to_closed"}));
  const Json& event = schema()["definitions"]["event-claimed_release"];
  CHECK(event["required"] == Json({"id", "announced", "actor", "source", "instrument", "claim"}));
  CHECK(event["properties"]["instrument"]["enum"] == Json::array({"claimed_release"}));
}
