/// Series of all runs on disk while a study is under way, so that memory does not grow with replicates.
///
/// One file in the output folder, a fixed place for each (arm, replicate, day kept); written by run, read by
/// day, removed when the tables are done. Days that no table shows are not kept.
#pragma once

#include <span>
#include <string>
#include <vector>

namespace chokepoint {

class Spool {
 public:
  /// `kept`: rows that are stored, ascending. Throws Error{run_failed} when the file cannot be made.
  Spool(const std::string& path, std::size_t replicates, std::vector<std::size_t> kept, std::size_t columns);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Stores the kept rows of one run, given all. May be called from several threads for different runs.
  void write(std::size_t arm, std::size_t replicate, std::span<const double> values);

  /// Rows `first`..`first + count`, all of them kept, of all replicates of an arm: [replicate][row][column].
  std::vector<double> read(std::size_t arm, std::size_t first, std::size_t count) const;

  /// What the file takes on disk when all runs are written.
  static std::size_t bytes(std::size_t arms, std::size_t replicates, std::size_t rows, std::size_t columns);

  /// Rows of a run whose days are all kept.
  std::size_t rows() const { return kept_.size(); }
  std::size_t columns() const { return columns_; }
  std::size_t replicates() const { return replicates_; }

 private:
  std::size_t offset(std::size_t arm, std::size_t replicate, std::size_t place) const;
  void write_at(std::size_t at, std::span<const double> values);
  [[noreturn]] void fail(const char* what) const;

  std::string path_;
  int file_ = -1;
  std::size_t replicates_, columns_;
  std::vector<std::size_t> kept_;
};

}  // namespace chokepoint
