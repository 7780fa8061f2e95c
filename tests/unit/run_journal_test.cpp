#include "sim/study/run_journal.hpp"

#include <fmt/format.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <limits>

#include "sim/output/result_folder.hpp"
#include "sim/study/byte_archive.hpp"
#include "tests/support/model_study.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const RunIdentity ours{"0.1", "program", {{"a.csv", "1"}}, "[run]\nseed = 1\n"};
RunIdentity other() {
  RunIdentity changed = ours;
  changed.resolved = "[run]\nseed = 2\n";
  return changed;
}

/// A replicate that leaves no member at its default.
ReplicateRuns marked(std::size_t replicate) {
  RunResult run;
  run.levels = {static_cast<double>(replicate), std::numeric_limits<double>::quiet_NaN(), -0.0};
  run.first_difference = replicate + 7;
  run.counts = {1, 2, 3, 4, 5, 6};
  run.line_days.fill(9);
  run.days_without_price = {4, 0, 2};
  run.largest_rounding = 0.25;
  AccessSpell spell;
  spell.model = 3;
  spell.first_day = 11;
  spell.last_day = 12;
  run.spells = {spell, spell};
  run.digests = {5, 6};
  Firing firing;
  firing.rule = "hk_bridge";
  firing.day = 3;
  firing.comparison = "a < b";
  run.firings = {firing};
  NearestApproach nearest;
  nearest.rule = "other";
  nearest.distance = 0.25;
  run.nearest = {nearest};
  return {{run, RunResult{}}, 300 + replicate, {{replicate, 1, 0, 5}}, 12};
}

std::string bytes_of(ReplicateRuns runs) {
  ByteWriter writer;
  writer(runs);
  return writer.bytes();
}

bool found(RunJournal& journal, std::size_t replicate) {
  ReplicateRuns runs;
  if (!journal.take(replicate, runs)) return false;
  CHECK(bytes_of(runs) == bytes_of(marked(replicate)));
  return true;
}

/// A journal with the first three replicates; their series have no fingerprint.
void write_three(const std::string& path) {
  RunJournal journal(path, ours);
  for (std::size_t r = 0; r < 3; ++r) journal.append(r, marked(r), 0);
  CHECK(journal.kept() == 3);
}

}  // namespace

TEST_CASE("run journal: every member of a run comes back, to the bit", "[unit][run_journal]") {
  std::string bytes = bytes_of(marked(5));
  ReplicateRuns runs;
  ByteReader reader(bytes);
  reader(runs);
  CHECK(reader.at_end());
  REQUIRE(runs.arms.size() == 2);
  const RunResult& run = runs.arms[0];
  CHECK(run.levels[0] == 5.0);
  CHECK(std::isnan(run.levels[1]));
  CHECK(std::signbit(run.levels[2]));
  CHECK(run.first_difference == 12);
  CHECK(run.counts.clears == 1);
  CHECK(run.counts.halts == 6);
  CHECK(run.line_days.back() == 9);
  CHECK(run.days_without_price == std::vector<long long>{4, 0, 2});
  CHECK(run.largest_rounding == 0.25);
  REQUIRE(run.spells.size() == 2);
  CHECK(run.spells[1].model == 3);
  CHECK(run.spells[1].last_day == 12);
  CHECK(runs.investors == 305);
  bytes.pop_back();
  ByteReader cut(bytes);
  CHECK_THROWS_AS(cut(runs), std::out_of_range);
}

TEST_CASE("run journal: an earlier start's replicates are handed out, others are not",
          "[unit][run_journal]") {
  const TemporaryFolder folder;
  write_three(folder.at("j"));
  {
    RunJournal journal(folder.at("j"), ours);
    CHECK(journal.kept() == 3);
    CHECK(found(journal, 2));
    CHECK(found(journal, 0));
    CHECK_FALSE(found(journal, 3));
    journal.append(7, marked(7), 0);
    CHECK(journal.kept() == 4);
  }
  RunJournal journal(folder.at("j"), ours);
  CHECK(journal.kept() == 4);
  CHECK(found(journal, 1));
  CHECK(found(journal, 7));
}

TEST_CASE("run journal: a record that was cut off is ignored wherever the cut is, and written anew",
          "[unit][run_journal]") {
  const TemporaryFolder folder;
  write_three(folder.at("j"));
  const std::string whole = folder.read("j");
  std::size_t two = 0;  // bytes of the first two replicates and of the identity
  {
    const TemporaryFolder shorter;
    RunJournal journal(shorter.at("j"), ours);
    for (std::size_t r = 0; r < 2; ++r) journal.append(r, marked(r), 0);
    two = shorter.read("j").size();
  }
  for (std::size_t size = two; size < whole.size(); size += 13) {
    folder.write("j", whole.substr(0, size));
    RunJournal journal(folder.at("j"), ours);
    REQUIRE(journal.kept() == 2);
    REQUIRE(folder.read("j").size() == two);
    journal.append(2, marked(2), 0);
    REQUIRE(folder.read("j") == whole);
  }
  folder.write("j", whole + std::string(4096, '\0'));  // what a file system may leave after a power cut
  CHECK(RunJournal(folder.at("j"), ours).kept() == 3);
}

TEST_CASE("run journal: a record with a wrong bit ends what is taken", "[unit][run_journal]") {
  const TemporaryFolder folder;
  write_three(folder.at("j"));
  std::string damaged = folder.read("j");
  damaged[damaged.size() - 40] ^= 1;
  folder.write("j", damaged);
  CHECK(RunJournal(folder.at("j"), ours).kept() == 2);
}

TEST_CASE("run journal: replicates whose series are damaged are run again", "[unit][run_journal]") {
  const TemporaryFolder folder;
  const std::vector<double> values{1, 2, 3};
  {
    Spool spool(folder.at("s"), 1, 3, {0}, 3);
    RunJournal journal(folder.at("j"), ours);
    for (std::size_t r = 0; r < 3; ++r) {
      spool.write(0, r, values);
      journal.append(r, marked(r), spool.written(r));
    }
  }
  std::string series = folder.read("s");
  series[30] ^= 1;                                  // of the second replicate
  folder.write("s", series.substr(0, 2 * 24 + 8));  // and the third is not whole
  const Spool spool(folder.at("s"), 1, 0, {0}, 3);
  RunJournal journal(folder.at("j"), ours);
  journal.expect_series(spool);
  CHECK(journal.kept() == 1);
  CHECK(found(journal, 0));
  CHECK_FALSE(found(journal, 1));
  CHECK_FALSE(found(journal, 2));
}

TEST_CASE("run journal: one of other inputs is begun anew, and refused before that unless forced",
          "[unit][run_journal]") {
  const TemporaryFolder folder;
  const std::string partial = folder.at("out.partial");
  CHECK(files_to_go_on_with(partial, ours, false).empty());
  std::filesystem::create_directory(partial);
  write_three(partial + "/" + journal_name);
  CHECK(identity_in_journal(partial + "/" + journal_name) == ours);
  CHECK(files_to_go_on_with(partial, ours, true) == std::vector<std::string>{journal_name, spool_name});
  CHECK(files_to_go_on_with(partial, other(), true).empty());
  try {
    files_to_go_on_with(partial, other(), false);
    FAIL("was not refused");
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::command_line);
    CHECK_THAT(error.what(),
               Catch::StartsWith(fmt::format("error[E083]: '{}' holds a run with other inputs", partial)));
    CHECK_THAT(error.what(), Catch::EndsWith("\n  [run] seed was 1 and is 2"));
  }
  CHECK(RunJournal(partial + "/" + journal_name, other()).kept() == 0);
  CHECK(identity_in_journal(partial + "/" + journal_name) == other());
  folder.write("out.partial/runs.journal", "no journal");
  CHECK(files_to_go_on_with(partial, ours, false).empty());
}

TEST_CASE("run journal: who goes on with nothing takes no run away unless forced", "[unit][run_journal]") {
  const TemporaryFolder folder;
  const std::string partial = folder.at("out.partial");
  CHECK(begin_anew(false)(partial).empty());
  std::filesystem::create_directory(partial);
  CHECK(begin_anew(false)(partial).empty());
  write_three(partial + "/" + journal_name);
  CHECK_THROWS_WITH(
      begin_anew(false)(partial),
      Catch::StartsWith(fmt::format("error[E083]: '{}' holds a run that is not finished", partial)));
  CHECK(begin_anew(true)(partial).empty());
  const RunJournal alive(partial + "/" + journal_name, ours);
  for (const bool force : {false, true}) {
    CHECK_THROWS_WITH(begin_anew(force)(partial), Catch::Contains("another run is writing to"));
  }
}

TEST_CASE("run journal: files that no run left are not removed unless forced", "[unit][run_journal]") {
  const TemporaryFolder folder;
  folder.write("out.partial/letter.txt", "text");
  const auto message = Catch::Contains("holds files that no run left there");
  CHECK_THROWS_WITH(begin_anew(false)(folder.at("out.partial")), message);
  CHECK_THROWS_WITH(files_to_go_on_with(folder.at("out.partial"), ours, false), message);
  CHECK(begin_anew(true)(folder.at("out.partial")).empty());
  CHECK(files_to_go_on_with(folder.at("out.partial"), ours, true).empty());
  folder.write(std::string("out.partial/") + marker_of_unfinished, "");  // a command that was killed
  CHECK(begin_anew(false)(folder.at("out.partial")).empty());
  std::filesystem::remove(folder.at(std::string("out.partial/") + marker_of_unfinished));
  CHECK_THROWS_WITH(begin_anew(false)(folder.at("out.partial")), message);
  folder.write("out.partial/manifest.json", "{}");  // finished, but not moved into place
  CHECK(begin_anew(false)(folder.at("out.partial")).empty());
}

TEST_CASE("run journal: two runs cannot write to it", "[unit][run_journal]") {
  const TemporaryFolder folder;
  const RunJournal first(folder.at(journal_name), ours);
  const auto message = Catch::Contains("another run is writing to");
  CHECK_THROWS_WITH(RunJournal(folder.at(journal_name), ours), message);
  CHECK_THROWS_WITH(files_to_go_on_with(folder.at("."), ours, true), message);
  CHECK_THROWS_WITH(RunJournal(folder.at("missing/j"), ours), Catch::StartsWith("cannot make"));
}

TEST_CASE("run journal: a run that was stopped goes on, with the same results and the same series",
          "[unit][run_journal]") {
  const auto study = model_study({"effect(market_cap[line=GAMMA], at=2026-06-19)"}, 5);
  const std::vector<std::size_t> rows{0, 1, 2, 3, 4, 5, 6};
  const auto run = [&](const std::string& path, std::size_t stop_after, std::size_t& runs) {
    RunJournal journal(path + ".journal", ours);
    Spool spool(path + ".spool", 2, 5, rows, study->series.size());
    journal.expect_series(spool);
    Experiment experiment = experiment_of(*study);
    experiment.jobs = 1;
    experiment.spool = &spool;
    experiment.journal = &journal;
    experiment.run_done = [&] {
      if (++runs == stop_after) throw Error(ExitCode::stopped, "stopped");
    };
    const ExperimentResult result = run_experiment(experiment);
    return std::pair{result.arms[1].values, spool.read(1, 0, 7)};
  };
  const TemporaryFolder folder;
  std::size_t whole_runs = 0;
  const auto whole = run(folder.at("whole"), 0, whole_runs);
  CHECK(whole_runs == 10);
  std::size_t first_runs = 0;
  CHECK_THROWS_AS(run(folder.at("stopped"), 5, first_runs), Error);  // in the midst of the third replicate
  std::size_t later_runs = 0;
  const auto later = run(folder.at("stopped"), 0, later_runs);
  CHECK(later_runs == 6);
  CHECK(later == whole);
  CHECK(folder.read("stopped.spool") == folder.read("whole.spool"));
}
