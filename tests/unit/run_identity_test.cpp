#include "sim/study/run_identity.hpp"

#include <catch2/catch.hpp>

#include "scenario_files.hpp"
#include "sim/output/file_hash.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

TEST_CASE("run identity: every file that a run reads is an input", "[unit][run_identity]") {
  const TemporaryFolder folder;
  folder.write("d/firms.csv", "abc");
  folder.write("d/unknown.csv", "no table");
  folder.write("fit/priors.csv", "p");
  folder.write("fit/draws.csv", "d");
  for (const char* name : {"s.toml", "base.toml", "overlay.csv", "observed.csv", "structural.csv"}) {
    folder.write(name, name);
  }
  Scenario scenario;
  scenario.layers = {folder.at("base.toml"), folder.at("s.toml")};
  scenario.data_dir = folder.at("d");
  scenario.calibration_dir = folder.at("fit");
  scenario.overlay = folder.at("overlay.csv");
  scenario.observed_path = folder.at("observed.csv");
  scenario.structural_path = folder.at("structural.csv");
  Messages paths;
  for (const FileHash& file : input_hashes(scenario)) paths.push_back(file.path.substr(folder.at("").size()));
  CHECK(paths == Messages{"base.toml", "s.toml", "d/firms.csv", "fit/priors.csv", "fit/draws.csv",
                          "overlay.csv", "observed.csv", "structural.csv"});
  // sha256 of "abc": the example of FIPS 180-4.
  CHECK(input_hashes(scenario)[2].sha256 ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  scenario.market = false;  // then nothing is drawn from the fit
  CHECK(input_hashes(scenario).size() == 6);
}

TEST_CASE("run identity: the program's own file has a hash", "[unit][run_identity]") {
  CHECK(program_hash().size() == 64);
  CHECK(program_hash() == sha256_of_file("/proc/self/exe"));
}

TEST_CASE("run identity: differences name the program, files and settings", "[unit][run_identity]") {
  const RunIdentity earlier{"0.1", "p", {{"a.csv", "1"}, {"b.csv", "2"}}, "x"};
  CHECK(differences(earlier, earlier).empty());
  RunIdentity now = earlier;
  now.program = "q";
  now.inputs = {{"a.csv", "3"}, {"c.csv", "2"}};
  CHECK(differences(earlier, now) == Messages{"the program is another build of version 0.1",
                                              "'a.csv' has changed", "'b.csv' is gone", "'c.csv' is new"});
  now = earlier;
  now.version = "0.2";
  CHECK(differences(earlier, now) == Messages{"the program was version 0.1 and is 0.2"});
  now = earlier;
  now.resolved = "y";
  CHECK(differences(earlier, now) == Messages{"the scenario reads differently"});
}

TEST_CASE("run identity: a setting that differs is told with both values", "[unit][run_identity]") {
  const auto resolved = [](const std::map<std::size_t, std::string>& replaced, const std::string& more = "") {
    const ScenarioReading read = read_text(small_with(replaced, more));
    REQUIRE(read.errors == Messages{});
    return RunIdentity{"0.1", "p", {}, resolved_toml(read.scenario)};
  };
  const RunIdentity earlier = resolved({});
  CHECK(differences(earlier, resolved({{11, "replicates = 5"}})) ==
        Messages{"[run] replicates was 4 and is 5"});
  CHECK(differences(earlier, resolved({{19, "models = [\"fable-5\"]\nlevel = 0.5"}})) ==
        Messages{"event 'order' level was 1 and is 0.5"});
  CHECK(differences(earlier, resolved({}, "[set]\n\"attention.notice\" = 0.5\n")) ==
        Messages{"[set] \"attention.notice\" was not set and is 0.5"});
  CHECK(differences(resolved({{26, "label = \"Others\""}}), earlier) ==
        Messages{"[arm.all] label was \"Others\" and is \"All\""});
}
