// Every claim of the texts that the model is about, as a row of tests/claims.txt: with its mechanism switched
// off the column it speaks of moves, in the direction the mechanism explains, and nothing moves that has no
// way from it. Parameters stand at their medians: draws of the structural priors would only make it slow.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "sim/base/text.hpp"
#include "tests/claims/claims.hpp"

using namespace chokepoint;

namespace {

const std::string root = CHOKEPOINT_SOURCE_DIR;

const std::vector<Claim>& claims() {
  static const std::vector<Claim> read = read_claims(root + "/tests/claims.txt");
  return read;
}

/// What a column of the table of the model's README says, without its marks, as tests/claims.txt writes it.
std::string plain(const std::string& cell) {
  std::string text;
  for (const char c : cell) {
    if (c != '`' && c != '\\') text += c;
  }
  return text;
}

/// Rows of the table under the heading that begins with `heading`: cells, without the head.
std::vector<std::vector<std::string>> table_under(const std::string& heading, const std::string& path) {
  std::ifstream file(path);
  std::vector<std::vector<std::string>> rows;
  bool here = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) here = line.starts_with(heading);
    if (!here || !line.starts_with("| ") || line.starts_with("| claim ")) continue;
    std::vector<std::string> cells = cells_of(line);
    rows.emplace_back(cells.begin() + 1, cells.end() - 1);
  }
  return rows;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The sources of the unit tests, one after the other.
const std::string& unit_tests() {
  static const std::string all = [] {
    std::string text;
    for (const auto& file : std::filesystem::directory_iterator(root + "/tests/unit"))
      text += text_of(file.path());
    // A long name stands on a line of its own.
    return std::regex_replace(text, std::regex("TEST_CASE\\(\\s+"), "TEST_CASE(");
  }();
  return all;
}

const std::map<SeriesFile, std::string>& files() {
  static const std::map<SeriesFile, std::string> names{
      {SeriesFile::regions, "regions.csv"},     {SeriesFile::firms, "firms.csv"},
      {SeriesFile::flows, "capital_flows.csv"}, {SeriesFile::efficiency, "efficiency.csv"},
      {SeriesFile::adoption, "adoption.csv"},   {SeriesFile::talent, "talent_flows.csv"},
      {SeriesFile::compute, "compute.csv"},     {SeriesFile::desks, "desks.csv"},
      {SeriesFile::policy, "policy.csv"},       {SeriesFile::indicators, "indicators.csv"}};
  return names;
}

/// All that a wrong row needs to be put right: what moved, where most and by how much.
std::string told(const std::map<std::string, Difference>& differing) {
  std::string text;
  for (const auto& [variable, most] : differing) {
    text += fmt::format("  {:<28} {:+.6g} {}\n", variable, most.value, most.series);
  }
  return text;
}

/// Names of the variables that differ and that the row does not list.
std::string missing_from(const std::set<std::string>& listed,
                         const std::map<std::string, Difference>& differing) {
  std::vector<std::string> names;
  for (const auto& [name, difference] : differing) {
    if (!listed.contains(name)) names.push_back(name);
  }
  return join(names, ", ");
}

}  // namespace

TEST_CASE("each moves its column, and nothing that it does not name", "[claims]") {
  static ClaimRuns runs;  // sections begin anew: they share what was run
  for (const Claim& claim : claims()) {
    DYNAMIC_SECTION("claim " << claim.number << ": " << claim.words) {
      Problems problems;
      const std::vector<std::size_t> column =
          select_series(runs.series_of(claim), claim.series, {}, problems);
      problems.throw_if_any();
      for (const std::size_t one : column) {
        CHECK(files().at(runs.series_of(claim)[one].file) == claim.file);
      }
      const PairOfRuns pair = runs.run(claim);
      const std::map<std::string, Difference> differing = pair.differing();
      const double most = pair.largest_difference(column);
      INFO("on minus off, where the difference is largest:\n" << told(differing));
      CAPTURE(claim.column, most);
      CHECK(missing_from(claim.may_move, differing) == "");
      CHECK(std::abs(most) > 1e-6);
      if (claim.move != Move::either) CHECK((most > 0.0) == (claim.move == Move::up));
    }
  }
}

TEST_CASE("there are thirty, in order, each with a source and tests that exist", "[claims]") {
  REQUIRE(claims().size() == 30);
  for (std::size_t i = 0; i < claims().size(); ++i) {
    const Claim& claim = claims()[i];
    CAPTURE(claim.number, claim.mechanism);
    CHECK(claim.number == std::to_string(i + 1));
    CHECK(std::filesystem::exists(root + "/" + claim.mechanism));
    CHECK_FALSE(claim.may_move.empty());
    CHECK_FALSE(claim.tests.empty());
    for (const std::string& test : claim.tests) {
      const bool beginning = test.ends_with('*');
      const std::string name = beginning ? test.substr(0, test.size() - 1) : test + '"';
      CAPTURE(name);
      CHECK(unit_tests().find("TEST_CASE(\"" + name) != std::string::npos);
    }
  }
}

TEST_CASE("the table of the model's README is that of tests/claims.txt", "[claims]") {
  const auto rows = table_under("### 16.9", root + "/sim/model/README.md");
  REQUIRE(rows.size() == claims().size());
  for (std::size_t i = 0; i < claims().size(); ++i) {
    const Claim& claim = claims()[i];
    const std::vector<std::string>& row = rows[i];
    CAPTURE(claim.number);
    REQUIRE(row.size() == 5);
    CHECK(row[0] == claim.number + " " + claim.words);
    CHECK("sim/model/" + plain(row[1]) == claim.mechanism);
    CHECK(plain(row[2]) == claim.column);
    CHECK(plain(row[3]) == claim.off);
    CHECK(plain(row[4]) == join(claim.tests, "; "));
  }
}

TEST_CASE("every scenario opens with its story", "[claims]") {
  int scenarios = 0;
  for (const auto& file : std::filesystem::directory_iterator(root + "/scenarios")) {
    if (file.path().extension() != ".toml") continue;
    CAPTURE(file.path().filename().string());
    CHECK(text_of(file.path()).starts_with("#:schema ../data/schema/scenario-1.json\n# The story: "));
    ++scenarios;
  }
  CHECK(scenarios >= 11);
}
