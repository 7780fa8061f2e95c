/// Facts about users and researchers: what was observed (data/observed), and what the model says of the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/base/error.hpp"

namespace chokepoint {

/// A row of data/observed/talent.csv or adoption.csv.
struct ObservedFact {
  std::string id;
  double value = 0;
  std::optional<double> low, high;
  std::string as_of;
  std::string source;
  std::string confidence;
  std::string note;
};

enum class Scale : unsigned { share, number };

struct ModelledFact {
  std::string fact;      ///< in words
  std::string observed;  ///< id of the observation; "" when there is none
  Scale scale{};
  double value = 0;
  std::string fit;  ///< "no", or what was fitted to the observation
};

/// Reads a table of observations whose rows are named by `key`. Provenance is checked as in all data tables.
std::vector<ObservedFact> read_observed_facts(const std::string& path, const std::string& key,
                                              Problems& problems);

}  // namespace chokepoint
