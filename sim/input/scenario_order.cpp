#include <algorithm>

#include "sim/input/scenario_sections.hpp"

namespace chokepoint {
namespace {

const std::string& path_of(const Event& event) { return event.said.where.path; }
template <class Record>
const std::string& path_of(const Record& record) {
  return record.where.path;
}

/// 0 for a file that is extended, 1 for the scenario itself, 2 for the command line.
int rank(const std::string& path, const std::string& own) {
  return path.starts_with("--") ? 2 : path == own ? 1 : 0;
}

/// Records of extended files by the names of these files, then the scenario's own, each in the order of its
/// file.
template <class Record>
void order_by_file(const std::string& own, std::vector<Record>& records) {
  std::stable_sort(records.begin(), records.end(), [&](const Record& a, const Record& b) {
    return std::pair(rank(path_of(a), own), path_of(a)) < std::pair(rank(path_of(b), own), path_of(b));
  });
}

}  // namespace

void put_in_order(Scenario& scenario) {
  order_by_file(scenario.path, scenario.settings);
  order_by_file(scenario.path, scenario.events);
  std::stable_sort(scenario.events.begin(), scenario.events.end(),
                   [](const Event& a, const Event& b) { return a.said.announced < b.said.announced; });
  order_by_file(scenario.path, scenario.rules);
  order_by_file(scenario.path, scenario.arms);
  order_by_file(scenario.path, scenario.metrics);
  order_by_file(scenario.path, scenario.checks);
}

}  // namespace chokepoint
