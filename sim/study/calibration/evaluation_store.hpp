/// Simulated points of a fit on disk, so that a fit that was stopped goes on where it was.
///
/// A file of records (key of the point, numbers); a file of other inputs is begun anew. Appended after each
/// point. Tests: tests/unit/evaluation_store_test.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "sim/study/backtest/comparison.hpp"

namespace chokepoint {

class EvaluationStore {
 public:
  /// `inputs`: digest of everything but the point that decides a result. An empty path keeps nothing on disk.
  EvaluationStore(std::string path, std::uint64_t inputs);

  const Predictions* find(const std::vector<double>& z) const;
  void add(const std::vector<double>& z, const Predictions& predictions);
  std::size_t found_on_disk() const { return found_on_disk_; }

 private:
  static std::uint64_t key_of(const std::vector<double>& z);
  void read();

  std::string path_;
  std::uint64_t inputs_;
  std::size_t found_on_disk_ = 0;
  std::map<std::uint64_t, Predictions> known_;
  std::mutex mutex_;
};

}  // namespace chokepoint
