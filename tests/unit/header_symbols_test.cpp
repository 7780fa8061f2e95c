// Headers and the registry of parameters speak of the same names.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include "sim/model/parameters.hpp"

using namespace chokepoint;

namespace {

namespace fs = std::filesystem;
using Texts = std::map<std::string, std::string>;  // by path below sim/model

Texts model_sources() {
  Texts texts;
  const fs::path model = fs::path(CHOKEPOINT_SOURCE_DIR) / "sim/model";
  for (const auto& entry : fs::recursive_directory_iterator(model)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".hpp" && extension != ".cpp") continue;
    std::ifstream file(entry.path());
    texts[fs::relative(entry.path(), model).string()] = {std::istreambuf_iterator<char>(file), {}};
  }
  return texts;
}

std::vector<std::string> registry() {
  Parameters params;
  return fields_of(params).names();
}

/// Words of `allowed` characters that stand between backticks and have a dot with something on both sides.
std::set<std::string> quoted_names(const std::string& text) {
  constexpr const char* allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.*";
  std::set<std::string> names;
  for (std::size_t open = text.find('`'); open != std::string::npos; open = text.find('`', open + 1)) {
    const std::size_t end = text.find_first_not_of(allowed, open + 1);
    if (end == std::string::npos || text[end] != '`') continue;
    const std::string name = text.substr(open + 1, end - open - 1);
    const std::size_t dot = name.find('.');
    const bool dotted = dot != std::string::npos && dot > 0 && name.back() != '.';
    if (dotted && name.find("..") == std::string::npos) names.insert(name);
  }
  return names;
}

/// Paths that end in .hpp.
std::set<std::string> headers_named(const std::string& text) {
  const std::string extension = ".hpp";
  const auto of_path = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '/'; };
  std::set<std::string> headers;
  for (std::size_t at = text.find(extension); at != std::string::npos; at = text.find(extension, at + 1)) {
    std::size_t first = at;
    while (first > 0 && of_path(text[first - 1])) --first;
    if (first < at) headers.insert(text.substr(first, at - first) + extension);
  }
  return headers;
}

std::string up_to_dot(const std::string& name) { return name.substr(0, name.find('.')); }
std::string family_of(const std::string& name) { return name.substr(0, name.rfind('.')); }
std::string last_of(const std::string& name) { return name.substr(name.rfind('.') + 1); }

/// A parameter, all of a family (`incident.*`, `noise.daily_sd`), or no name of the registry's kind at all.
bool known(const std::string& name, const std::vector<std::string>& names) {
  const std::string start = name.ends_with(".*") ? name.substr(0, name.size() - 1) : name + ".";
  return std::any_of(names.begin(), names.end(), [&](const std::string& parameter) {
    return parameter == name || parameter.starts_with(start);
  });
}

/// Lines of documentation, with the member that they stand beside.
std::string documentation(const std::string& text) {
  std::set<std::string> documented;
  std::istringstream all(text);
  for (std::string line; std::getline(all, line);) {
    if (line.find("///") != std::string::npos) documented.insert(line);
  }
  std::string lines;
  for (const std::string& line : documented) lines += line + "\n";
  return lines;
}

bool has_word(const std::string& text, const std::string& word) {
  const auto part_of_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && part_of_word(text[at - 1])) continue;
    if (end < text.size() && part_of_word(text[end])) continue;
    return true;
  }
  return false;
}

/// The file that names the parameter, or the family it is made of; empty: none does.
std::string declared_in(const Texts& texts, const std::string& name) {
  for (const std::string& literal :
       {'"' + name + '"', '"' + family_of(name) + '.', '.' + last_of(name) + '"'}) {
    for (const auto& [path, text] : texts) {
      if (text.find(literal) != std::string::npos) return path;
    }
  }
  return "";
}

/// Documentation of the header of a file and of the headers that this one names.
std::string read_about(const Texts& texts, std::string path) {
  path = path.substr(0, path.rfind('.')) + ".hpp";
  const std::string own = documentation(texts.at(path));
  std::string all = own;
  for (const std::string& other : headers_named(own)) {
    for (const auto& [candidate, text] : texts) {
      if (candidate == other || candidate.ends_with("/" + other)) all += documentation(text);
    }
  }
  return all;
}

/// Parameters that are one number per type of investor, class of line, channel, region, reading: their
/// headers speak of the family, whose members are named by lists of the model.
const std::set<std::string> families{"beliefs.beta",
                                     "beliefs.gain",
                                     "momentum.gain",
                                     "demand.value_anchor",
                                     "demand.misalignment_rush",
                                     "session.participation",
                                     "noise.daily_sd",
                                     "noise.shifter_loading",
                                     "population.domicile_share",
                                     "population.type_share",
                                     "population.cash_share",
                                     "population.thin_factor",
                                     "enterprise.agents",
                                     "enterprise.reading"};

}  // namespace

TEST_CASE("header symbols: every name in backticks that looks like a parameter is one",
          "[unit][parameters]") {
  const std::vector<std::string> names = registry();
  std::set<std::string> prefixes;
  for (const std::string& name : names) prefixes.insert(up_to_dot(name));
  std::size_t seen = 0;
  for (const auto& [path, text] : model_sources()) {
    for (const std::string& name : quoted_names(text)) {
      if (prefixes.count(up_to_dot(name)) == 0) continue;
      CAPTURE(path, name);
      CHECK(known(name, names));
      ++seen;
    }
  }
  CHECK(seen > 20);
}

TEST_CASE("header symbols: every parameter is in the documentation of the header that declares it",
          "[unit][parameters]") {
  const Texts texts = model_sources();
  for (const std::string& name : registry()) {
    const std::string path = declared_in(texts, name);
    CAPTURE(name, path);
    REQUIRE_FALSE(path.empty());
    const std::string text = read_about(texts, path);
    const bool of_family = families.count(family_of(name)) > 0;
    CHECK((has_word(text, of_family ? last_of(family_of(name)) : last_of(name)) || has_word(text, name)));
  }
}

TEST_CASE("header symbols: what the scan must and must not take for a mention", "[unit][parameters]") {
  const std::vector<std::string> names{"noise.daily_sd.chips", "noise.scale", "incident.rate"};
  CHECK(known("noise.scale", names));
  CHECK(known("noise.daily_sd", names));
  CHECK(known("incident.*", names));
  CHECK_FALSE(known("noise.scal", names));
  CHECK_FALSE(known("noise.scale.x", names));
  CHECK_FALSE(known("policy.*", names));
  using Found = std::set<std::string>;
  CHECK(quoted_names("`noise.scale` and `incident.*`, `plain`, `a.b c`, `x.`, `.y`") ==
        Found{"incident.*", "noise.scale"});
  CHECK(headers_named("see policy/law.hpp, .hpp") == Found{"policy/law.hpp"});
  CHECK(has_word("of `noise.scale`", "scale"));
  CHECK_FALSE(has_word("nest_scale, scaled", "scale"));
  CHECK(documentation("double scale = 1;  ///< one\nint a;\n/// two") ==
        "/// two\ndouble scale = 1;  ///< one\n");
}
