#include "sim/study/manifest.hpp"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "sim/study/run_journal.hpp"
#include "sim/study/run_records.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

std::pair<ExitCode, std::string> refusal(const std::string& path) {
  try {
    read_manifest(path);
    return {ExitCode::ok, ""};
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
}

}  // namespace

TEST_CASE("manifest: what is written is read back", "[unit][manifest]") {
  const TemporaryFolder folder;
  const auto study = model_study({}, 2);
  folder.write("a.csv", "abc");
  for (const char* scratch : {journal_name, spool_name}) folder.write(scratch, "scratch");
  RunContext context;
  context.identity = {"0.7", "feed", {{"data/x.csv", "12"}}, "text"};
  context.overrides = {{"a.b=1", "c.d=2"}, "5", "6", {"m=1"}};
  write_manifest(*study, run_experiment(experiment_of(*study)), context, folder.at("."));
  const RecordedRun run = read_manifest(folder.at("manifest.json"));
  CHECK(run.version == "0.7");
  CHECK(run.program == "feed");
  CHECK(run.scenario_file == "model.toml");
  CHECK(run.overrides.sets == std::vector<std::string>{"a.b=1", "c.d=2"});
  CHECK(run.overrides.seed == "5");
  CHECK(run.overrides.replicates == "6");
  CHECK(run.overrides.precision == std::vector<std::string>{"m=1"});
  CHECK(run.inputs == context.identity.inputs);
  CHECK(run.outputs ==
        std::vector<FileHash>{{"a.csv", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}});
}

TEST_CASE("manifest: what is none is refused with its name", "[unit][manifest]") {
  const TemporaryFolder folder;
  folder.write("text.json", "no");
  folder.write("old.json", "{\"version\": \"0.1.0\"}");
  const std::string head =
      "{\"version\": \"1\", \"program_sha256\": \"ab\", \"scenario_file\": \"s.toml\", \"replicates\": 2, "
      "\"overrides\": {\"set\": [], \"seed\": \"\", \"replicates\": \"\", \"precision\": []}, "
      "\"inputs_sha256\": {}, \"outputs_sha256\": {";
  folder.write("nothing.json", head + "}}");
  folder.write("number.json", head + "\"a.csv\": 5}}");
  for (const auto& [name, why] : std::vector<std::pair<std::string, std::string>>{
           {"missing.json", "there is no such file"},
           {"text.json", "it is no JSON"},
           {"old.json", "it lacks what this version writes"},
           {"nothing.json", "it lists no results"},
           {"number.json", "it lacks what this version writes"}}) {
    const auto [code, message] = refusal(folder.at(name));
    CHECK(code == ExitCode::command_line);
    CHECK(message == fmt::format("error[E084]: '{}' is no manifest of a run ({}) name a folder that "
                                 "`chokepoint run` wrote, or its manifest.json",
                                 folder.at(name), why));
  }
}

TEST_CASE("manifest: files are equal to their hash, differ, or are missing", "[unit][manifest]") {
  const TemporaryFolder folder;
  folder.write("a", "abc");
  folder.write("b", "abd");
  const std::string abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  CHECK(compare_file(folder.at("a"), abc) == Comparison::equal);
  CHECK(compare_file(folder.at("b"), abc) == Comparison::differs);
  CHECK(compare_file(folder.at("c"), abc) == Comparison::missing);
  std::vector<FileHash> inputs{{folder.at("a"), abc}, {folder.at("b"), abc}, {folder.at("c"), abc}};
  CHECK(changed_inputs(inputs) == std::vector<std::string>{fmt::format("'{}' has changed", folder.at("b")),
                                                           fmt::format("'{}' is missing", folder.at("c"))});
  inputs.assign(11, {folder.at("c"), abc});
  CHECK(changed_inputs(inputs).size() == 9);
  CHECK(changed_inputs(inputs).back() == "and 3 more");
}
