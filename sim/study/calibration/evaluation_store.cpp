#include "sim/study/calibration/evaluation_store.hpp"

#include <fstream>

#include "sim/base/digest.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {
namespace {

template <class T>
void put(std::ofstream& file, const T& value) {
  file.write(reinterpret_cast<const char*>(&value), sizeof value);
}

template <class T>
bool take(std::ifstream& file, T& value) {
  return static_cast<bool>(file.read(reinterpret_cast<char*>(&value), sizeof value));
}

}  // namespace

EvaluationStore::EvaluationStore(std::string path, std::uint64_t inputs)
    : path_(std::move(path)), inputs_(inputs) {
  if (!path_.empty()) read();
}

std::uint64_t EvaluationStore::key_of(const std::vector<double>& z) {
  Digest digest;
  for (const double one : z) digest.add(one);
  return digest.value();
}

void EvaluationStore::read() {
  std::ifstream file(path_, std::ios::binary);
  std::uint64_t inputs = 0;
  if (file && take(file, inputs) && inputs == inputs_) {
    std::uint64_t key = 0;
    std::uint64_t count = 0;
    while (take(file, key) && take(file, count) && count < 1000000) {
      Predictions predictions(count);
      bool whole = true;
      for (auto& one : predictions) whole = whole && take(file, one);
      if (whole) known_[key] = std::move(predictions);
    }
    found_on_disk_ = known_.size();
  }
  file.close();
  // Written anew: a record that was cut off by a kill goes, and so does a file of other inputs.
  std::ofstream fresh(path_, std::ios::binary | std::ios::trunc);
  if (!fresh) throw Error(ExitCode::run_failed, "cannot write '" + path_ + "'");
  put(fresh, inputs_);
  for (const auto& [key, predictions] : known_) {
    put(fresh, key);
    put(fresh, static_cast<std::uint64_t>(predictions.size()));
    for (const auto& one : predictions) put(fresh, one);
  }
}

const Predictions* EvaluationStore::find(const std::vector<double>& z) const {
  const auto at = known_.find(key_of(z));
  return at == known_.end() ? nullptr : &at->second;
}

void EvaluationStore::add(const std::vector<double>& z, const Predictions& predictions) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t key = key_of(z);
  known_[key] = predictions;
  if (path_.empty()) return;
  std::ofstream file(path_, std::ios::binary | std::ios::app);
  put(file, key);
  put(file, static_cast<std::uint64_t>(predictions.size()));
  for (const auto& one : predictions) put(file, one);
  if (!file) throw Error(ExitCode::run_failed, "cannot write '" + path_ + "'");
}

}  // namespace chokepoint
