#include "sim/study/spool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "sim/base/check.hpp"
#include "sim/base/error.hpp"

namespace chokepoint {

Spool::Spool(const std::string& path, std::size_t replicates, std::size_t rows, std::size_t columns)
    : path_(path), replicates_(replicates), rows_(rows), columns_(columns) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file_ < 0) fail("make");
}

Spool::~Spool() {
  ::close(file_);
  ::unlink(path_.c_str());
}

void Spool::write(std::size_t arm, std::size_t replicate, std::span<const double> values) {
  const char* data = reinterpret_cast<const char*>(values.data());
  std::size_t left = values.size_bytes();
  std::size_t at = offset(arm, replicate, 0);
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
  CHOKEPOINT_EXPECT(first + count <= rows_);
  std::vector<double> values(replicates_ * count * columns_);
  for (std::size_t r = 0; r < replicates_; ++r) {
    char* data = reinterpret_cast<char*>(&values[r * count * columns_]);
    std::size_t left = count * columns_ * sizeof(double);
    std::size_t at = offset(arm, r, first);
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

std::size_t Spool::offset(std::size_t arm, std::size_t replicate, std::size_t row) const {
  return ((arm * replicates_ + replicate) * rows_ + row) * columns_ * sizeof(double);
}

void Spool::fail(const char* what) const {
  throw Error(ExitCode::run_failed, fmt::format("cannot {} '{}' ({})", what, path_, std::strerror(errno)));
}

}  // namespace chokepoint
