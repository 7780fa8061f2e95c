/// Scenario files for tests: written to a folder of their own, read, and gone afterwards.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/input/scenario.hpp"
#include "tests/support/shipped_facts.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chokepoint::testing {

/// A scenario that is in order. Faults are put in by line number, so that positions can be read off here.
inline const std::vector<std::string> small_scenario{
    "schema = \"chokepoint.scenario/1\"",             // 1
    "id = \"small\"",                                 // 2
    "title = \"A small one\"",                        // 3
    "[time]",                                         // 4
    "as_of = 2026-06-12",                             // 5
    "end = \"60 sessions\"",                          // 6
    "[data]",                                         // 7
    "dir = \"data\"",                                 // 8
    "[run]",                                          // 9
    "seed = 1",                                       // 10
    "replicates = 4",                                 // 11
    "[output]",                                       // 12
    "quantiles = [0.5]",                              // 13
    "[[event]]",                                      // 14
    "id = \"order\"",                                 // 15
    "announced = 2026-06-12T17:21:00-04:00",          // 16
    "actor = \"regulator:us-bis\"",                   // 17
    "instrument = \"model_access_order\"",            // 18
    "models = [\"fable-5\"]",                         // 19
    "source = \"a test\"",                            // 20
    "deny = { persons_not_national_of = [\"US\"] }",  // 21
    "[arm.none]",                                     // 22
    "exclude = [\"order\"]",                          // 23
    "reference = true",                               // 24
    "[arm.all]",                                      // 25
    "label = \"All\"",                                // 26
};

/// The scenario with some lines (counted from 1) replaced, and others put after its 26 lines.
inline std::string small_with(const std::map<std::size_t, std::string>& replaced,
                              const std::string& more = "") {
  std::vector<std::string> lines = small_scenario;
  for (const auto& [number, text] : replaced) lines.at(number - 1) = text;
  return join(lines, "\n") + "\n" + more;
}

struct ScenarioReading {
  Scenario scenario;
  std::vector<std::string> errors;  ///< without the folder's name
  std::vector<std::string> warnings;
};

class ScenarioFiles {
 public:
  void write(const std::string& name, const std::string& text) const { folder_.write(name, text); }
  /// Reads a file that was written; with `facts`, its events are checked against them too.
  ScenarioReading read(const std::string& name, const ScenarioOverrides& overrides = {},
                       const Facts* facts = nullptr) const {
    Problems problems;
    ScenarioReading reading;
    reading.scenario = read_scenario(folder_.at(name), overrides, problems);
    if (facts != nullptr) check_events(reading.scenario, *facts, problems);
    for (const auto& text : problems.errors()) reading.errors.push_back(without_folder(text));
    for (const auto& text : problems.warnings()) reading.warnings.push_back(without_folder(text));
    return reading;
  }

 private:
  std::string without_folder(std::string text) const {
    const std::string prefix = folder_.at("");
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }
  TemporaryFolder folder_;
};

/// Reads `text` as s.toml.
inline ScenarioReading read_text(const std::string& text, const ScenarioOverrides& overrides = {},
                                 const Facts* facts = nullptr) {
  ScenarioFiles files;
  files.write("s.toml", text);
  return files.read("s.toml", overrides, facts);
}

/// Complaints about the small scenario with replaced lines, in their order.
inline std::vector<std::string> complaints(const std::map<std::size_t, std::string>& replaced,
                                           const std::string& more = "") {
  return read_text(small_with(replaced, more)).errors;
}

/// A complaint about s.toml as it is printed; `place` is "line:column".
inline std::string said(const std::string& code, const std::string& message, const std::string& place) {
  return "error[" + code + "]: " + message + "\n  --> s.toml:" + place;
}

using Messages = std::vector<std::string>;

/// A further event from line 27 on; its own keys begin at line 33.
inline std::string further(const std::string& instrument, const std::string& actor, const std::string& keys) {
  return "[[event]]\nid = \"second\"\nannounced = 2026-06-15T18:00:00-04:00\nactor = \"" + actor +
         "\"\ninstrument = \"" + instrument + "\"\nsource = \"a test\"\n" + keys;
}

}  // namespace chokepoint::testing
