/// Series of all runs on disk while a study is under way, so that memory does not grow with replicates.
///
/// One file in the output folder, a fixed place for each (replicate, arm, day kept), so that replicates can
/// be added; written by run, read by day. Days that no table shows are not kept. What an earlier run of the
/// same inputs wrote stays in the file: the journal (run_journal.hpp) says which replicates of it are whole.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace chokepoint {

class Spool {
 public:
  /// `kept`: rows that are stored, ascending. Throws Error{run_failed} when the file cannot be made.
  Spool(const std::string& path, std::size_t arms, std::size_t replicates, std::vector<std::size_t> kept,
        std::size_t columns);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Stores the kept rows of one run, given all. May be called from several threads for different runs.
  void write(std::size_t arm, std::size_t replicate, std::span<const double> values);

  /// Rows `first`..`first + count`, all of them kept, of all replicates of an arm: [replicate][row][column].
  std::vector<double> read(std::size_t arm, std::size_t first, std::size_t count) const;

  /// Makes room for more replicates; those that were written stay.
  void add_replicates(std::size_t replicates);

  /// Fingerprint of what was written of a replicate, all arms; of what the file holds of it (0 when it ends
  /// before). They are equal unless the file was damaged.
  std::uint64_t written(std::size_t replicate) const;
  std::uint64_t stored(std::size_t replicate) const;

  /// What the file takes on disk when all runs are written.
  static std::size_t bytes(std::size_t arms, std::size_t replicates, std::size_t rows, std::size_t columns);

  /// Rows of a run whose days are all kept.
  std::size_t rows() const { return kept_.size(); }
  std::size_t columns() const { return columns_; }
  std::size_t replicates() const { return replicates_; }

 private:
  std::size_t offset(std::size_t arm, std::size_t replicate, std::size_t place) const;
  bool read_at(std::size_t at, std::span<double> values) const;
  void write_at(std::size_t at, std::span<const double> values);
  [[noreturn]] void fail(const char* what) const;

  std::string path_;
  int file_ = -1;
  std::size_t arms_, replicates_, columns_;
  std::vector<std::size_t> kept_;
  std::vector<std::uint64_t> prints_;  ///< [replicate][arm] of what was written
};

}  // namespace chokepoint
