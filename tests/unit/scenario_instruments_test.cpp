// Instruments that decide who may use which model: what they say in scenario files, and what no file says.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Complaints of the small scenario, checked against the tables too.
Messages checked(const std::map<std::size_t, std::string>& replaced) {
  return read_text(small_with(replaced), {}, &shipped_facts()).errors;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Collects the names of an instrument's keys.
struct KeyNames {
  std::string text;
  template <class T>
  void required(const char* name, const T&, const char* meaning, const char* = "") {
    text += std::string(" ") + name + " " + meaning;
  }
  template <class T>
  void optional(const char* name, const T& value, const char* meaning, const char* = "") {
    required(name, value, meaning);
  }
};

template <std::size_t... I>
void add_words_of_instruments(std::vector<std::pair<std::string, std::string>>& texts,
                              std::index_sequence<I...>) {
  const auto add = [&](auto what) {
    KeyNames keys;
    what.keys(keys);
    texts.emplace_back(what.name, std::string(what.name) + " " + std::string(what.meaning) + keys.text);
  };
  (add(std::variant_alternative_t<I, Instrument>{}), ...);
}

}  // namespace

TEST_CASE("events: an order says by nationality who is barred", "[unit][scenario]") {
  CHECK(complaints({{21, "level = 1.0"}}) ==
        Messages{said("E030", "'deny' is missing (every event 'order' needs it)", "14:1")});
  CHECK(complaints({{21, "deny = { persons_not_nationals_of = [\"US\"] }"}}) ==
        Messages{said("E030", "'persons_not_national_of' is missing (every 'deny' of event 'order' needs it)",
                      "21:8"),
                 said("E012",
                      "unknown key 'persons_not_nationals_of' (not a key of 'deny' of event 'order') did you "
                      "mean 'persons_not_national_of'?",
                      "21:10")});
  CHECK(checked({{21, "deny = { persons_not_national_of = [\"US\", \"UK\"] }"}}) ==
        Messages{said("E041", "event 'order': unknown nationality 'UK' (not in the data) did you mean 'US'?",
                      "14:1")});
  CHECK(checked({{21, "deny = { persons_not_national_of = [] }"}}) ==
        Messages{said("E041",
                      "event 'order': 'persons_not_national_of' is empty (an order must name at least one "
                      "nationality)",
                      "14:1")});
  const std::string everybody = "[\"US\", \"CN\", \"HK\", \"IN\", \"ROW\"]";
  CHECK(checked({{21, "deny = { persons_not_national_of = " + everybody + " }"}}) ==
        Messages{said("E041",
                      "event 'order': 'persons_not_national_of' names every nationality (the order would bar "
                      "nobody)",
                      "14:1")});
}

TEST_CASE("events: a bank bans a vendor that it had on its list where it has staff", "[unit][scenario]") {
  Facts banks = shipped_facts();
  banks.vendors = {{"anthropic"}, {"openai"}};
  banks.bank_desks = {{"goldman-sachs", "Goldman Sachs", Region::us, Region::hk, 2000, Reading::strict, {}},
                      {"goldman-sachs", "Goldman Sachs", Region::us, Region::us, 9000, Reading::strict, {}},
                      {"jpmorgan", "JPMorgan", Region::us, Region::hk, 4000, Reading::strict, {"openai"}}};
  const auto found = [&](const std::string& actor, const std::string& vendor, const std::string& region) {
    const std::string keys = "vendor = \"" + vendor + "\"\nscope = { staff_region = \"" + region +
                             "\" }\nbasis = \"vendor_terms\"\n";
    return read_text(small_with({}, further("enterprise_ban", actor, keys)), {}, &banks).errors;
  };
  const auto complaint = [](const std::string& message) {
    return Messages{said("E041", "event 'second': " + message, "27:1")};
  };
  CHECK(found("firm:goldman-sachs", "openai", "HK") == Messages{});
  CHECK(found("firm:jpmorgan", "anthropic", "HK") == Messages{});
  CHECK(found("firm:golman-sachs", "openai", "HK") ==
        complaint("unknown bank 'golman-sachs' (not in the data) did you mean 'goldman-sachs'?"));
  CHECK(found("firm:zhipu", "openai", "HK") == complaint("unknown bank 'zhipu' (not in the data)"));
  CHECK(found("regulator:hkma", "openai", "HK") ==
        complaint("the actor of an enterprise_ban must be a bank (firm:<id>)"));
  CHECK(found("firm:goldman-sachs", "openay", "HK") ==
        complaint("unknown vendor 'openay' (not in the data) did you mean 'openai'?"));
  CHECK(found("firm:goldman-sachs", "openai", "CN") ==
        complaint("'goldman-sachs' has no desk in 'CN' (data/bank_desks.csv has it in HK, US)"));
  CHECK(found("firm:jpmorgan", "openai", "HK") ==
        complaint("'jpmorgan' took 'openai' off its list in 'HK' before time.as_of (nothing is left to ban) "
                  "leave the event out"));
  CHECK(found("firm:jpmorgan", "anthropic", "KH") ==
        Messages{
            said("E034", "'staff_region' = 'KH' is none of: US, CN, HK, ROW did you mean 'HK'?", "34:26")});
}

TEST_CASE("events: closed models that come after T0 can be released", "[unit][scenario]") {
  Facts later = shipped_facts();
  later.models = {{"fable-5", "anthropic", make_date(2026, 6, 9)},
                  {"fable-6", "anthropic", make_date(2026, 7, 1)},
                  {"old", "zhipu", make_date(2026, 6, 12)},
                  {"glm-6", "zhipu", make_date(2026, 7, 1), true}};
  const auto found = [&](const std::string& actor, const std::string& models) {
    return read_text(small_with({}, further("model_release", actor, "models = [" + models + "]\n")), {},
                     &later)
        .errors;
  };
  const auto complaint = [](const std::string& message) {
    return Messages{said("E041", "event 'second': " + message, "27:1")};
  };
  CHECK(found("firm:anthropic", "\"fable-6\"") == Messages{});
  CHECK(found("firm:zhipu", "\"old\"") ==
        complaint("model 'old' was released on 2026-06-12, not after time.as_of = 2026-06-12 (it can be used "
                  "already) leave it out"));
  CHECK(found("firm:zhipu", "\"glm-6\"") ==
        complaint("model 'glm-6' has open weights (its release is another instrument) use 'open_release'"));
  CHECK(found("firm:zhipu", "\"fable-6\"") ==
        complaint("model 'fable-6' is developed by 'anthropic', not by the actor"));
  CHECK(found("firm:zhipu", "") == complaint("'models' is empty (a release must name at least one model)"));
}

TEST_CASE("events: no instrument and no shipped scenario says what vendors will do", "[unit][scenario]") {
  std::vector<std::pair<std::string, std::string>> texts;  // (what, its words)
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(CHOKEPOINT_SOURCE_DIR "/scenarios")) {
    if (entry.is_regular_file()) texts.emplace_back(entry.path().string(), text_of(entry.path()));
  }
  REQUIRE(texts.size() >= 3);
  add_words_of_instruments(texts, std::make_index_sequence<std::variant_size_v<Instrument>>{});
  for (auto& [what, words] : texts) {
    for (char& c : words) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    for (const char* outcome : {"withdraw", "shutdown", "shut down", "downgrade"}) {
      INFO(what << " says " << outcome);
      CHECK(words.find(outcome) == std::string::npos);
    }
  }
}
