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

/// Why nobody could see a series (series.hpp).
inline constexpr const char* in_heads = "it is what people fear, believe or regret";
inline constexpr const char* in_books = "it stands in the books of single firms";
inline constexpr const char* kept_secret = "those who do it keep it secret";
inline constexpr const char* computed = "the model computes it, nobody could measure it";

class SeriesAdder {
 public:
  SeriesAdder(SeriesFile file, std::vector<Series>& list) : file_(file), list_(list) {}

  /// The kind of entity is named after the keys: a variable may exist for several kinds.
  void operator()(const char* variable, const char* unit, Selectors selectors, Read read,
                  const char* hidden = "") {
    std::vector<std::string> keys, values;
    for (const auto& [key, value] : selectors) {
      keys.push_back(key);
      values.push_back(value);
    }
    list_.push_back({file_,
                     variable,
                     unit,
                     join(keys, "+"),
                     join(values, "+"),
                     "",
                     std::move(selectors),
                     std::move(read),
                     "",
                     {},
                     hidden});
  }

 private:
  SeriesFile file_;
  std::vector<Series>& list_;
};

}  // namespace chokepoint
