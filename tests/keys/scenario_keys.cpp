/// Takes every key out of a scenario file in turn, and misspells it: nothing may pass silently.
///
///   scenario_keys count FILE...   how many keys the files have in their parsed trees
///   scenario_keys FILE [USER]     a scenario; or a base, seen through a scenario that extends it
///
/// A key counts as noticed when the file is refused without it, or when what is run or said changes: for
/// words that only describe (labels, sources, reasons) the resolved scenario, for all others the runs, their
/// metrics and their checks. Exit 1 with a list when a key passes silently.
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/base/digest.hpp"
#include "sim/study/arm_variants.hpp"
#include "sim/study/checks.hpp"
#include "sim/study/economy_tables.hpp"
#include "sim/study/effect_tables.hpp"
#include "sim/study/event_table.hpp"
#include "sim/study/series_tables.hpp"
#include "tests/support/temporary_folder.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

/// Where a key stands: keys of tables and places in lists, from the top of the file.
struct KeyPath {
  std::vector<std::string> steps;  ///< a place in a list is written "#3"
  std::string text() const { return fmt::format("{}", fmt::join(steps, ".")); }
};

void collect(const toml::node& node, const KeyPath& at, std::vector<KeyPath>& keys) {
  if (const toml::table* table = node.as_table()) {
    for (const auto& [key, value] : *table) {
      KeyPath below = at;
      below.steps.emplace_back(key.str());
      keys.push_back(below);
      collect(value, below, keys);
    }
  } else if (const toml::array* list = node.as_array()) {
    for (std::size_t i = 0; i < list->size(); ++i) {
      KeyPath below = at;
      below.steps.push_back(fmt::format("#{}", i));
      collect((*list)[i], below, keys);
    }
  }
}

std::vector<KeyPath> keys_of(const toml::table& file) {
  std::vector<KeyPath> keys;
  collect(file, {}, keys);
  return keys;
}

/// The table that holds the last key of a path.
toml::table& holder_of(toml::table& file, const KeyPath& path) {
  toml::node* node = &file;
  for (std::size_t i = 0; i + 1 < path.steps.size(); ++i) {
    const std::string& step = path.steps[i];
    node = step[0] == '#' ? node->as_array()->get(std::stoul(step.substr(1))) : node->as_table()->get(step);
  }
  return *node->as_table();
}

/// Files that are extended are named by whole paths, so that a changed copy may stand anywhere.
void fix_extends(toml::table& file, const fs::path& folder) {
  toml::node* extends = file.get("extends");
  if (extends == nullptr || !extends->is_array()) return;
  for (toml::node& one : *extends->as_array()) {
    auto& text = one.as_string()->get();
    text = fs::absolute(folder / text).string();
  }
}

/// Replicates of a second look at a key that does nothing in the first: some act by chance.
constexpr std::size_t several_replicates = 12;

/// What a scenario does, and what it says of itself.
struct Behaviour {
  std::string refused;  ///< the complaints
  std::string runs;     ///< what is run and what comes of it
  std::string words;    ///< the resolved scenario
};

std::uint64_t digest_of(const Study& study, const Spool& series, const std::vector<std::size_t>& rows) {
  Digest digest;
  for (std::size_t a = 0; a < study.arms.size(); ++a) {
    for (const std::size_t row : rows) {
      for (const double value : series.read(a, row, 1)) digest.add(value);
    }
  }
  return digest.value();
}

/// How closely a scenario is looked at: read, run once, or run in several replicates with each item left out.
enum class Look { read, once, thorough };

/// The tables that a run writes, with the values in them; those of every day at a thorough look alone.
std::string tables_of(const Study& study, const ExperimentResult& result, const Spool& series, Look look) {
  const TemporaryFolder folder;
  const std::string place = folder.at("");
  if (!study.metrics.empty()) write_metrics(study, result, place);
  const std::vector<Effect> effects = effects_of(study, result);
  if (!effects.empty()) write_effects(study, effects, place);
  const std::vector<CheckOutcome> checks = evaluate_checks(study, result);
  if (!checks.empty()) write_checks(study, checks, place);
  if (look == Look::thorough) write_economy_tables(study, series, place);
  if (!study.observed.empty()) write_observed_table(study, series, place);
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(place)) names.insert(entry.path().filename().string());
  std::string text;
  for (const std::string& name : names) text += name + "\n" + folder.read(name);
  return text;
}

/// What is asked for and not computed here: how many replicates, and the parts of a split.
std::string asked_of(const Scenario& s) {
  std::string text = fmt::format("{}\n", s.replicates);
  if (s.decomposition) {
    text += s.decomposition->arm + "\n";
    for (const auto& part : s.decomposition->parts) {
      text += fmt::format("{}: {}\n", part.id, fmt::join(part.items, " "));
    }
  }
  return text;
}

/// What became of each item in each arm: what fires without effect is told of, if nothing else changes.
std::string items_of(Study& study, const ExperimentResult& result) {
  study.scenario.probes = 1;
  std::string text;
  for (const ItemRecord& record : item_records(study, result, prove_effects(study, 1, [] {}))) {
    text += fmt::format("{} {} {}\n", record.arm, record.item, name_of(record.status, item_status_names));
  }
  return text;
}

Behaviour behaviour_of(const std::string& path, const TemporaryFolder& folder, Look look) {
  Behaviour found;
  Problems problems;
  try {
    Scenario scenario = read_scenario(path, {}, problems);
    if (!problems.any()) found.words = resolved_toml(scenario);
    std::unique_ptr<Study> study;
    if (!problems.any()) study = prepare_study(std::move(scenario), problems);
    for (const std::string& error : problems.errors()) found.refused += error + "\n";
    if (!found.refused.empty() || look == Look::read) return found;
    Experiment experiment = experiment_of(*study);
    experiment.metrics = &study->measured;
    experiment.jobs = 1;  // tests run beside each other
    experiment.replicates = look == Look::once ? 1 : several_replicates;
    const std::vector<std::size_t> rows = spooled_rows(*study);
    Spool series(folder.at("series.spool"), study->arms.size(), experiment.replicates, rows,
                 study->series.size());
    experiment.spool = &series;
    const ExperimentResult result = run_experiment(experiment);
    found.runs = asked_of(study->scenario) + tables_of(*study, result, series, look) +
                 fmt::format("{:x}\n", digest_of(*study, series, rows));
    if (look == Look::thorough) found.runs += items_of(*study, result);
  } catch (const Error& error) {
    found.refused = error.what();
  }
  return found;
}

/// Words that describe and decide nothing.
bool describes(const KeyPath& path) {
  static const std::set<std::string> words{"title", "summary", "tags", "label", "source", "doc", "why"};
  return std::any_of(path.steps.begin(), path.steps.end(),
                     [&](const std::string& step) { return words.contains(step); });
}

/// A file and the scenario through which it is looked at.
class Inspection {
 public:
  Inspection(fs::path file, fs::path user) : file_(std::move(file)), user_(std::move(user)) {
    tree_ = toml::parse_file(file_.string());
    fix_extends(tree_, file_.parent_path());
    original_ = behaviour_of(write(tree_), folder_, Look::once);
    original_itself_ = itself();
  }

  const Behaviour& original() const { return original_; }
  std::vector<KeyPath> keys() const { return keys_of(tree_); }

  enum class Verdict { noticed, silent, not_run };

  /// Noticed is a changed file that is refused or does something else. Without `run` what would have to be
  /// run to tell is left open.
  Verdict verdict(const KeyPath& path, bool misspell, bool run) {
    toml::table changed = tree_;
    toml::table& holder = holder_of(changed, path);
    const std::string key = path.steps.back();
    if (misspell) {
      toml::table renamed;
      for (auto&& [name, value] : holder) {
        renamed.insert(name.str() == key ? key + "x" : std::string(name.str()), std::move(value));
      }
      holder = std::move(renamed);
    } else {
      holder.erase(key);
    }
    const std::string seen = write(changed);
    const Behaviour read = behaviour_of(seen, folder_, Look::read);
    if (!read.refused.empty() || itself() != original_itself_) return Verdict::noticed;
    if (read.words == original_.words) return Verdict::silent;
    if (describes(path)) return Verdict::noticed;
    if (!run) return Verdict::not_run;
    if (behaviour_of(seen, folder_, Look::once).runs != original_.runs) return Verdict::noticed;
    const std::string closer = behaviour_of(seen, folder_, Look::thorough).runs;
    if (!original_closer_) original_closer_ = behaviour_of(write(tree_), folder_, Look::thorough).runs;
    return closer != *original_closer_ ? Verdict::noticed : Verdict::silent;
  }

 private:
  /// Writes the file, and beside it what looks at it; the path to read.
  std::string write(const toml::table& tree) const {
    const std::string copy = folder_.at(file_.filename().string());
    std::ofstream(copy) << tree << "\n";
    if (user_.empty()) return copy;
    toml::table user = toml::parse_file(user_.string());
    user.insert_or_assign("extends", toml::array{copy});
    std::ofstream(folder_.at("user.toml")) << user << "\n";
    return folder_.at("user.toml");
  }

  /// What is said of a base that is run by itself.
  std::string itself() const {
    if (user_.empty()) return "";
    return behaviour_of(folder_.at(file_.filename().string()), folder_, Look::read).refused;
  }

  fs::path file_, user_;
  TemporaryFolder folder_;
  toml::table tree_;
  Behaviour original_;
  std::optional<std::string> original_closer_;  ///< its runs at a thorough look, once they are asked for
  std::string original_itself_;
};

/// Of the deletions that have to be run to tell, those of each `every`-th key are.
int inspect(std::size_t every, const fs::path& file, const fs::path& user) {
  Inspection inspection(file, user);
  if (!inspection.original().refused.empty()) {
    fmt::print("{} is refused as it is:\n{}", file.string(), inspection.original().refused);
    return 1;
  }
  int silent = 0;
  int not_run = 0;
  const std::vector<KeyPath> keys = inspection.keys();
  for (std::size_t k = 0; k < keys.size(); ++k) {
    for (const bool misspell : {true, false}) {
      const Inspection::Verdict verdict = inspection.verdict(keys[k], misspell, k % every == 0);
      if (verdict == Inspection::Verdict::not_run) ++not_run;
      if (verdict != Inspection::Verdict::silent) continue;
      fmt::print("passes silently: {} {}\n", keys[k].text(), misspell ? "misspelt" : "deleted");
      ++silent;
    }
  }
  fmt::print("{}: {} keys, each deleted and misspelt, {} silent, {} not run\n", file.filename().string(),
             keys.size(), silent, not_run);
  return silent == 0 ? 0 : 1;
}

int count(const std::vector<std::string>& files) {
  std::size_t total = 0;
  for (const std::string& file : files) total += keys_of(toml::parse_file(file)).size();
  fmt::print("{} keys in {} files\n", total, files.size());
  return total >= 150 ? 0 : 1;
}

}  // namespace
}  // namespace chokepoint

int main(int arguments, char** values) {
  const std::vector<std::string> given(values + 1, values + arguments);
  if (given.size() >= 2 && given[0] == "count") return chokepoint::count({given.begin() + 1, given.end()});
  const std::size_t every = given.empty() ? 0 : std::strtoul(given[0].c_str(), nullptr, 10);
  if (every == 0 || given.size() < 2 || given.size() > 3) {
    fmt::print("usage: scenario_keys count FILE... | EVERY FILE [USER]\n");
    return 2;
  }
  return chokepoint::inspect(every, given[1], given.size() == 3 ? given[2] : "");
}
