#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/base/text.hpp"
#include "sim/command/commands.hpp"
#include "sim/output/text_table.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> scenario_files(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  if (error) {
    throw Error(ExitCode::command_line,
                fmt::format("cannot read the folder '{}' ({})", folder, error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

int list_parameters(const Options& options) {
  Parameters defaults;
  const FieldList fields = fields_of(defaults);
  TextTable table({"parameter", "default", "unit", "range", "meaning", "source"});
  nlohmann::ordered_json answer = nlohmann::ordered_json::array();
  for (const Field& field : fields.all()) {
    table.add({field.name, short_number(*field.value), field.unit,
               fmt::format("{} .. {}", short_number(field.low), short_number(field.high)), field.meaning,
               field.source});
    answer.push_back({{"name", field.name},
                      {"default", *field.value},
                      {"unit", field.unit},
                      {"low", field.low},
                      {"high", field.high},
                      {"meaning", field.meaning},
                      {"source", field.source}});
  }
  if (options.json) {
    fmt::print("{}\n", answer.dump(2));
  } else {
    fmt::print("{}", table.text(6));
  }
  return 0;
}

}  // namespace

int list_scenarios(const Options& options) {
  if (options.path == "parameters") return list_parameters(options);
  TextTable table({"scenario", "title", "arms", "events"});
  nlohmann::ordered_json answer = nlohmann::ordered_json::array();
  bool all_read = true;
  for (const auto& path : scenario_files(options.path)) {
    Problems problems;
    const Scenario scenario = read_scenario(path, {}, problems);
    all_read = all_read && !problems.any();
    if (problems.any()) {
      table.add(
          {path,
           fmt::format("cannot be read: {} errors (chokepoint check {})", problems.errors().size(), path), "",
           ""});
      answer.push_back({{"path", path}, {"ok", false}, {"errors", problems.errors()}});
      continue;
    }
    table.add(
        {path, scenario.title, std::to_string(scenario.arms.size()), std::to_string(scenario.events.size())});
    answer.push_back({{"path", path},
                      {"ok", true},
                      {"id", scenario.id},
                      {"title", scenario.title},
                      {"arms", scenario.arms.size()},
                      {"events", scenario.events.size()}});
  }
  if (options.json) {
    fmt::print("{}\n", answer.dump(2));
  } else {
    fmt::print("{}", table.text(2));
  }
  return static_cast<int>(all_read ? ExitCode::ok : ExitCode::scenario);
}

}  // namespace chokepoint
