/// Adds series of one file to the list, a line each: variable, unit, selectors, how it is read.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/study/series.hpp"

namespace chokepoint {

using Selectors = std::vector<std::pair<std::string, std::string>>;
using Read = std::function<double(const World&)>;

inline std::string text(std::string_view view) { return std::string(view); }

class SeriesAdder {
 public:
  SeriesAdder(SeriesFile file, std::vector<Series>& list) : file_(file), list_(list) {}

  /// The kind of entity is named after the keys: a variable may exist for several kinds.
  void operator()(const char* variable, const char* unit, Selectors selectors, Read read) {
    std::vector<std::string> keys, values;
    for (const auto& [key, value] : selectors) {
      keys.push_back(key);
      values.push_back(value);
    }
    list_.push_back({file_, variable, unit, join(keys, "+"), join(values, "+"), "", std::move(selectors),
                     std::move(read)});
  }

 private:
  SeriesFile file_;
  std::vector<Series>& list_;
};

}  // namespace chokepoint
