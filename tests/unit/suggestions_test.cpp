// Every "did you mean" can be taken: words of shipped scenarios are misspelt one by one, and what is
// suggested is put in their place; then the complaint must be gone.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "scenario_files.hpp"
#include "sim/study/series.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

const std::string source_dir = CHOKEPOINT_SOURCE_DIR;

/// A shipped scenario as text that can be read from any folder.
std::string shipped(const std::string& name) {
  std::ifstream file(source_dir + "/scenarios/" + name + ".toml");
  std::stringstream text;
  text << file.rdbuf();
  const std::filesystem::path from = std::filesystem::temp_directory_path() / "scenario";
  const std::string base = std::filesystem::relative(source_dir + "/scenarios/base", from).string();
  std::string moved = text.str();
  for (std::size_t at = 0; (at = moved.find("\"base/", at)) != std::string::npos; ++at) {
    moved.replace(at + 1, 4, base);
  }
  return moved;
}

struct Word {
  std::size_t begin = 0;
  std::string text;
};

/// Words of at least four letters outside comments and multi-line texts; dotted and hyphenated ones whole.
std::vector<Word> words_of(const std::string& text) {
  std::vector<Word> words;
  const auto is_letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
  const auto is_plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  const auto is_part = [&](char c) { return is_plain(c) || c == '_' || c == '.' || c == '-'; };
  std::size_t begin = 0;
  bool in_long_text = false;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line); begin += line.size() + 1) {
    const bool delimiter = line.find("\"\"\"") != std::string::npos;
    if (delimiter) in_long_text = !in_long_text;
    if (delimiter || in_long_text || line.starts_with("#")) continue;
    for (std::size_t at = 0; at < line.size();) {
      std::size_t end = at + 1;
      if (is_letter(line[at]) || line[at] == '_') {
        while (end < line.size() && is_part(line[end])) ++end;
        std::size_t last = end;
        while (last > at && !is_plain(line[last - 1])) --last;
        if (last >= at + 4) words.push_back({begin + at, line.substr(at, last - at)});
      }
      at = end;
    }
  }
  return words;
}

/// The word with two neighbouring letters swapped, near its middle.
std::string misspelt(const std::string& word) {
  for (std::size_t i = word.size() / 2; i + 1 < word.size(); ++i) {
    std::string wrong = word;
    std::swap(wrong[i], wrong[i + 1]);
    const bool letters = std::isalpha(static_cast<unsigned char>(wrong[i])) != 0 &&
                         std::isalpha(static_cast<unsigned char>(wrong[i + 1])) != 0;
    if (wrong != word && letters) return wrong;
  }
  return "";
}

/// What a complaint suggests, and the word that it finds fault with: the wrong one, or `right` where another
/// place now names what is not there. "" for no suggestion.
std::pair<std::string, std::string> suggested(const std::string& complaint, const std::string& wrong,
                                              const std::string& right) {
  const std::string offer = " did you mean '";
  const std::size_t offered = complaint.find(offer);
  if (offered == std::string::npos) return {};
  const std::size_t from = offered + offer.size();
  const std::string suggestion = complaint.substr(from, complaint.find('\'', from) - from);
  const std::string before = complaint.substr(0, offered);
  for (const std::string& fault : {wrong, right}) {
    for (std::size_t open = before.find('\''); open != std::string::npos;) {
      const std::size_t close = before.find('\'', open + 1);
      if (close == std::string::npos) break;
      const std::string quoted = before.substr(open + 1, close - open - 1);
      if (quoted.find(fault) != std::string::npos) return {quoted, suggestion};
      open = before.find('\'', close + 1);
    }
  }
  return {};
}

/// Where the text has `fault`, from the place on that the complaint gives.
std::size_t place_of(const std::string& text, const std::string& complaint, const std::string& fault) {
  const std::string arrow = "--> s.toml:";
  const std::size_t found = complaint.find(arrow);
  if (found == std::string::npos) return std::string::npos;
  std::size_t line = 0;
  for (int i = 1; i < std::stoi(complaint.substr(found + arrow.size())); ++i)
    line = text.find('\n', line) + 1;
  return text.find(fault, line);
}

struct Tally {
  std::size_t tried = 0;       ///< words misspelt
  std::size_t complained = 0;  ///< of these, with any complaint
  std::size_t taken = 0;       ///< suggestions that were put in
};

/// Misspells one word, takes every suggestion, and expects the complaint to be gone.
void try_word(const std::string& text, const Word& word, const Facts* facts, Tally& tally) {
  const std::string wrong = misspelt(word.text);
  if (wrong.empty()) return;
  ++tally.tried;
  std::string broken = text;
  broken.replace(word.begin, word.text.size(), wrong);
  const Messages complaints = read_text(broken, {}, facts).errors;
  tally.complained += complaints.empty() ? 0 : 1;
  for (const std::string& complaint : complaints) {
    const auto [fault, offer] = suggested(complaint, wrong, word.text);
    if (offer.empty()) continue;
    CAPTURE(word.text, wrong, complaint);
    const std::size_t at = place_of(broken, complaint, fault);
    REQUIRE(at != std::string::npos);
    std::string mended = broken;
    mended.replace(at, fault.size(), offer);
    ++tally.taken;
    for (const std::string& after : read_text(mended, {}, facts).errors) CHECK(after != complaint);
  }
}

}  // namespace

TEST_CASE("suggestions: what is offered for a misspelt word of a shipped scenario can be taken",
          "[unit][suggestions]") {
  const std::string name = GENERATE("glm52-access-ban", "hk-enterprise-ban", "chip-controls");
  CAPTURE(name);
  const std::string text = shipped(name);
  const ScenarioReading whole = read_text(text);
  REQUIRE(whole.errors == Messages{});
  const bool of_the_eve = whole.scenario.as_of == shipped_facts().as_of && whole.scenario.market;
  Tally tally;
  for (const Word& word : words_of(text))
    try_word(text, word, of_the_eve ? &shipped_facts() : nullptr, tally);
  CHECK(tally.tried > 50);
  CHECK(tally.taken > 25);
}

TEST_CASE("suggestions: what is offered for a misspelt --set can be typed", "[unit][suggestions]") {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  std::size_t taken = 0;
  for (const Field& field : fields.all()) {
    const std::string wrong = misspelt(field.name);
    if (wrong.empty()) continue;
    const std::string value = "=" + short_number(field.low);
    try {
      read_text(small_with({}), {{wrong + value}, "", ""});
      CHECK(fields.find(wrong) != nullptr);
    } catch (const Error& error) {
      const auto [fault, offer] = suggested(error.what(), wrong, field.name);
      CAPTURE(wrong, error.what());
      REQUIRE_FALSE(offer.empty());
      CHECK(fields.find(offer) != nullptr);
      if (offer == field.name) ++taken;
    }
  }
  CHECK(taken > fields.all().size() * 9 / 10);
}

TEST_CASE("suggestions: what is offered for a misspelt variable of a metric can be recorded",
          "[unit][suggestions]") {
  const std::vector<Series> series = make_series(shipped_facts());
  std::set<std::string> variables;
  for (const Series& one : series) {
    if (!one.selectors.empty()) variables.insert(one.variable);
  }
  for (const std::string& variable : variables) {
    const std::string wrong = misspelt(variable);
    if (wrong.empty()) continue;
    Problems problems;
    select_series(series, {wrong, {}, {}}, {}, problems);
    CAPTURE(variable, wrong);
    REQUIRE(problems.any());
    const auto [fault, offer] = suggested(problems.errors().front(), wrong, variable);
    REQUIRE_FALSE(offer.empty());
    Problems none;
    select_series(series, {offer, {}, {}}, {}, none);
    CHECK_FALSE(none.any());
  }
}
