#include "sim/study/run_journal.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/base/digest.hpp"
#include "sim/base/text.hpp"
#include "sim/output/result_folder.hpp"
#include "sim/study/byte_archive.hpp"

namespace chokepoint {
namespace {

constexpr const char* format_of_journal = "chokepoint.journal/1";
constexpr std::size_t most_differences = 8;  ///< that a refusal lists

/// What stands before each record.
struct Head {
  std::uint64_t size = 0;
  std::uint64_t print = 0;
};

std::uint64_t print_of(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.value();
}

/// The record at the front of `bytes`; empty when it is not whole.
std::optional<std::string_view> front_record(std::string_view bytes) {
  Head head;
  if (bytes.size() < sizeof head) return std::nullopt;
  std::memcpy(&head, bytes.data(), sizeof head);
  bytes.remove_prefix(sizeof head);
  if (head.size > bytes.size() || print_of(bytes.substr(0, head.size)) != head.print) return std::nullopt;
  return bytes.substr(0, head.size);
}

std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::optional<RunIdentity> identity_in(std::string_view record) {
  std::string format;
  RunIdentity identity;
  try {
    ByteReader reader(record);
    reader(format);
    if (format == format_of_journal) reader(identity);
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
  if (format != format_of_journal) return std::nullopt;
  return identity;
}

void lock(int file, const std::string& path) {
  if (::flock(file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
  ::close(file);
  throw Error(ExitCode::command_line,
              fmt::format("another run is writing to '{}' (wait for it, or give another --out)", path));
}

/// Refuses to empty a folder of work that holds neither runs nor results unless `force`.
void expect_nothing_foreign(const std::string& partial, bool force) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (force || !fs::exists(partial, error) || fs::is_empty(partial, error)) return;
  for (const char* own : {journal_name, marker_of_unfinished, "manifest.json"}) {
    if (fs::exists(partial + "/" + own, error)) return;
  }
  throw Error(ExitCode::command_line,
              fmt::format("error[E083]: '{}' holds files that no run left there (they would be removed) move "
                          "them away, give another --out, or add --force",
                          partial));
}

}  // namespace

RunJournal::RunJournal(const std::string& path, const RunIdentity& identity) : path_(path) {
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file_ < 0) fail("make");
  lock(file_, path);
  read(text_of(path), identity);
}

RunJournal::~RunJournal() { ::close(file_); }

void RunJournal::read(std::string_view bytes, const RunIdentity& identity) {
  std::size_t whole = 0;
  auto record = front_record(bytes);
  const bool ours = record && identity_in(*record) == identity;
  while (ours && record) {
    if (whole > 0) {
      std::size_t replicate = 0;
      Record one;
      ByteReader reader(*record);
      reader(replicate, one.series, one.runs);
      earlier_[replicate] = std::move(one);
    }
    whole += sizeof(Head) + record->size();
    record = front_record(bytes.substr(whole));
  }
  kept_ = earlier_.size();
  if (::ftruncate(file_, static_cast<off_t>(whole)) != 0) fail("write");
  if (ours) return;
  std::string format = format_of_journal;
  RunIdentity copy = identity;
  ByteWriter writer;
  writer(format, copy);
  write(writer.bytes());
}

void RunJournal::expect_series(const Spool& spool) {
  std::erase_if(earlier_, [&](const auto& one) { return spool.stored(one.first) != one.second.series; });
  kept_ = earlier_.size();
}

bool RunJournal::take(std::size_t replicate, ReplicateRuns& runs) {
  const auto found = earlier_.find(replicate);
  if (found == earlier_.end()) return false;
  runs = std::move(found->second.runs);
  return true;
}

void RunJournal::append(std::size_t replicate, const ReplicateRuns& runs, std::uint64_t series) {
  ReplicateRuns copy = runs;
  ByteWriter writer;
  writer(replicate, series, copy);
  const std::lock_guard guard(mutex_);
  write(writer.bytes());
  ++kept_;
}

void RunJournal::write(const std::string& payload) {
  const Head head{payload.size(), print_of(payload)};
  std::string record(sizeof head, '\0');
  std::memcpy(record.data(), &head, sizeof head);
  record += payload;
  for (std::size_t done = 0; done < record.size();) {
    const ssize_t written = ::write(file_, record.data() + done, record.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("write");
    done += static_cast<std::size_t>(written);
  }
}

void RunJournal::fail(const char* what) const {
  throw Error(ExitCode::run_failed, fmt::format("cannot {} '{}' ({})", what, path_, std::strerror(errno)));
}

std::optional<RunIdentity> identity_in_journal(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  lock(file, path);
  ::close(file);
  const std::string bytes = text_of(path);
  const auto record = front_record(bytes);
  return record ? identity_in(*record) : std::nullopt;
}

std::vector<std::string> files_to_go_on_with(const std::string& partial, const RunIdentity& identity,
                                             bool force) {
  expect_nothing_foreign(partial, force);
  const auto earlier = identity_in_journal(partial + "/" + journal_name);
  if (!earlier) return {};
  if (*earlier == identity) return {journal_name, spool_name};
  if (force) return {};
  std::vector<std::string> lines = differences(*earlier, identity);
  const std::size_t more = lines.size() > most_differences ? lines.size() - most_differences : 0;
  lines.resize(lines.size() - more);
  if (more > 0) lines.push_back(fmt::format("and {} more", more));
  throw Error(ExitCode::command_line,
              fmt::format("error[E083]: '{}' holds a run with other inputs that is not finished (replicates "
                          "of both would be mixed) finish that one, give another --out, or add --force to "
                          "begin anew\n  {}",
                          partial, join(lines, "\n  ")));
}

std::function<std::vector<std::string>(const std::string& partial)> begin_anew(bool force) {
  return [force](const std::string& partial) -> std::vector<std::string> {
    expect_nothing_foreign(partial, force);
    if (!identity_in_journal(partial + "/" + journal_name) || force) return {};
    throw Error(ExitCode::command_line,
                fmt::format("error[E083]: '{}' holds a run that is not finished (its replicates would be "
                            "lost) finish it, give another --out, or add --force",
                            partial));
  };
}

}  // namespace chokepoint
