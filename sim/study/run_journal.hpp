/// Finished replicates on disk, so that a run that was killed goes on where it was.
///
/// A file of records, each with its length and a fingerprint: first the identity of the run, then one per
/// replicate, appended whole. A record that was cut off, and what follows it, is ignored and overwritten. A
/// replicate's record also holds the fingerprint of its series in the spool, so that nothing needs to reach
/// the disk in a certain order: what power loss spoiled is run again.
///
/// Assumption: one writer at a time, which a lock on the file sees to.
/// Tests: tests/unit/run_journal_test.cpp, tests/determinism/kill_and_resume.sh.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "sim/study/replicate_runs.hpp"
#include "sim/study/run_identity.hpp"

namespace chokepoint {

inline constexpr const char* journal_name = "runs.journal";
inline constexpr const char* spool_name = "series.spool";

class RunJournal {
 public:
  /// Goes on with the journal at `path` when it is of this identity, else begins anew. Throws
  /// Error{run_failed} when the file cannot be made and Error{command_line} when another run writes to it.
  RunJournal(const std::string& path, const RunIdentity& identity);
  ~RunJournal();
  RunJournal(const RunJournal&) = delete;
  RunJournal& operator=(const RunJournal&) = delete;

  /// Forgets the replicates whose series the spool does not hold as they were written.
  void expect_series(const Spool& spool);

  /// Number of replicates that are on disk.
  std::size_t kept() const { return kept_; }
  /// Hands out what an earlier run left of a replicate, once. May be called from several threads for
  /// different replicates.
  bool take(std::size_t replicate, ReplicateRuns& runs);
  /// Adds a finished replicate; `series` is its fingerprint in the spool. May be called from any thread.
  void append(std::size_t replicate, const ReplicateRuns& runs, std::uint64_t series);

 private:
  struct Record {
    std::uint64_t series = 0;
    ReplicateRuns runs;
  };
  void read(std::string_view bytes, const RunIdentity& identity);
  void write(const std::string& payload);
  [[noreturn]] void fail(const char* what) const;

  std::string path_;
  int file_ = -1;
  std::map<std::size_t, Record> earlier_;
  std::atomic<std::size_t> kept_ = 0;
  std::mutex mutex_;
};

/// Whose runs the journal at `path` holds; empty when there is none or its first record is damaged. Throws
/// Error{command_line} when a run is writing to it.
std::optional<RunIdentity> identity_in_journal(const std::string& path);

/// Names of the files in `partial`, the folder of a run that did not finish, with which a run of this
/// identity goes on; none when it has to begin anew, which is refused unless `force` when the folder holds
/// runs of another identity, or what this program did not write. Throws Error{command_line}.
std::vector<std::string> files_to_go_on_with(const std::string& partial, const RunIdentity& identity,
                                             bool force);

/// The same for a command that goes on with nothing: no file stays, and any run in the folder is refused
/// unless `force`; one that is under way is refused always.
std::function<std::vector<std::string>(const std::string& partial)> begin_anew(bool force);

// A member that is added to these structs and not named here stops the compiler.
template <class Archive>
void fields(Archive& archive, AccessSpell& spell) {
  auto& [model, user, reason, first_day, last_day] = spell;
  archive(model, user, reason, first_day, last_day);
}

template <class Archive>
void fields(Archive& archive, Firing& firing) {
  auto& [rule, day, ends, triggered, announced, without_target, comparison, left, right] = firing;
  archive(rule, day, ends, triggered, announced, without_target, comparison, left, right);
}

template <class Archive>
void fields(Archive& archive, NearestApproach& nearest) {
  auto& [rule, distance, on, comparison, left, right, longest_hold_days, triggered] = nearest;
  archive(rule, distance, on, comparison, left, right, longest_hold_days, triggered);
}

template <class Archive>
void fields(Archive& archive, RunResult& run) {
  auto& [levels, first_difference, digests, counts, line_days, days_without_price, largest_rounding, spells,
         firings, nearest] = run;
  archive(levels, first_difference, digests, counts, line_days, days_without_price, largest_rounding, spells,
          firings, nearest);
}

template <class Archive>
void fields(Archive& archive, ReplicateRuns& runs) {
  auto& [arms, investors, departures, shared_days] = runs;
  archive(arms, investors, departures, shared_days);
}

}  // namespace chokepoint
