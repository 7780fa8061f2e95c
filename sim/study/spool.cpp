#include "sim/study/spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sim/base/check.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {

Spool::Spool(const std::string& path, std::size_t replicates, std::vector<std::size_t> kept,
             std::size_t columns)
    : path_(path), replicates_(replicates), columns_(columns), kept_(std::move(kept)) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file_ < 0) fail("make");
}

Spool::~Spool() {
  ::close(file_);
  ::unlink(path_.c_str());
}

void Spool::write(std::size_t arm, std::size_t replicate, std::span<const double> values) {
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
  for (std::size_t r = 0; r < replicates_; ++r) {
    char* data = reinterpret_cast<char*>(&values[r * count * columns_]);
    std::size_t left = count * columns_ * sizeof(double);
    std::size_t at = offset(arm, r, place);
    while (left > 0) {
      const ssize_t got = ::pread(file_, data, left, static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) fail("read");
      data += got;
      at += static_cast<std::size_t>(got);
      left -= static_cast<std::size_t>(got);
    }
  }
  return values;
}

std::size_t Spool::bytes(std::size_t arms, std::size_t replicates, std::size_t rows, std::size_t columns) {
  return arms * replicates * rows * columns * sizeof(double);
}

std::size_t Spool::offset(std::size_t arm, std::size_t replicate, std::size_t place) const {
  return ((arm * replicates_ + replicate) * kept_.size() + place) * columns_ * sizeof(double);
}

void Spool::fail(const char* what) const {
  throw Error(ExitCode::run_failed, fmt::format("cannot {} '{}' ({})", what, path_, std::strerror(errno)));
}

}  // namespace chokepoint
