#include "sim/study/spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sim/base/check.hpp"
#include "sim/base/digest.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {

namespace {

std::uint64_t combined(std::span<const std::uint64_t> prints) {
  Digest digest;
  for (const std::uint64_t print : prints) digest.add(print);
  return digest.value();
}

}  // namespace

Spool::Spool(const std::string& path, std::size_t arms, std::size_t replicates, std::vector<std::size_t> kept,
             std::size_t columns)
    : path_(path), arms_(arms), replicates_(replicates), columns_(columns), kept_(std::move(kept)) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file_ < 0) fail("make");
  prints_.resize(replicates_ * arms_);
}

Spool::~Spool() { ::close(file_); }

void Spool::add_replicates(std::size_t replicates) {
  replicates_ += replicates;
  prints_.resize(replicates_ * arms_);
}

void Spool::write(std::size_t arm, std::size_t replicate, std::span<const double> values) {
  Digest digest;
  for (const std::size_t row : kept_) {
    for (const double value : values.subspan(row * columns_, columns_)) digest.add(value);
  }
  prints_[replicate * arms_ + arm] = digest.value();
  for (std::size_t place = 0; place < kept_.size();) {
    std::size_t count = 1;
    while (place + count < kept_.size() && kept_[place + count] == kept_[place] + count) ++count;
    write_at(offset(arm, replicate, place), values.subspan(kept_[place] * columns_, count * columns_));
    place += count;
  }
}

void Spool::write_at(std::size_t at, std::span<const double> values) {
  const char* data = reinterpret_cast<const char*>(values.data());
  std::size_t left = values.size_bytes();
  while (left > 0) {
    const ssize_t written = ::pwrite(file_, data, left, static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("write");
    data += written;
    at += static_cast<std::size_t>(written);
    left -= static_cast<std::size_t>(written);
  }
}

std::vector<double> Spool::read(std::size_t arm, std::size_t first, std::size_t count) const {
  const auto found = std::lower_bound(kept_.begin(), kept_.end(), first);
  const auto place = static_cast<std::size_t>(found - kept_.begin());
  CHOKEPOINT_EXPECT(place + count <= kept_.size() && kept_[place] == first);
  CHOKEPOINT_EXPECT(count == 0 || kept_[place + count - 1] == first + count - 1);
  std::vector<double> values(replicates_ * count * columns_);
  const std::size_t size = count * columns_;
  for (std::size_t r = 0; r < replicates_; ++r) {
    if (!read_at(offset(arm, r, place), std::span(values).subspan(r * size, size))) fail("read");
  }
  return values;
}

std::uint64_t Spool::written(std::size_t replicate) const {
  return combined(std::span(prints_).subspan(replicate * arms_, arms_));
}

std::uint64_t Spool::stored(std::size_t replicate) const {
  std::vector<double> values(kept_.size() * columns_);
  std::vector<std::uint64_t> prints;
  for (std::size_t arm = 0; arm < arms_; ++arm) {
    if (!read_at(offset(arm, replicate, 0), values)) return 0;
    Digest digest;
    for (const double value : values) digest.add(value);
    prints.push_back(digest.value());
  }
  return combined(prints);
}

/// False when the file cannot be read, or ends before.
bool Spool::read_at(std::size_t at, std::span<double> values) const {
  char* data = reinterpret_cast<char*>(values.data());
  std::size_t left = values.size_bytes();
  while (left > 0) {
    const ssize_t got = ::pread(file_, data, left, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    data += got;
    at += static_cast<std::size_t>(got);
    left -= static_cast<std::size_t>(got);
  }
  return true;
}

std::size_t Spool::bytes(std::size_t arms, std::size_t replicates, std::size_t rows, std::size_t columns) {
  return arms * replicates * rows * columns * sizeof(double);
}

std::size_t Spool::offset(std::size_t arm, std::size_t replicate, std::size_t place) const {
  return ((replicate * arms_ + arm) * kept_.size() + place) * columns_ * sizeof(double);
}

void Spool::fail(const char* what) const {
  throw Error(ExitCode::run_failed, fmt::format("cannot {} '{}' ({})", what, path_, std::strerror(errno)));
}

}  // namespace chokepoint
