#!/usr/bin/env bash
# Kills runs with SIGKILL at 20 points of time, lets every fourth start go on to its end, and compares every file
# with those of a run that nobody disturbed. Now and then the journal loses its end and the spool some bytes, as
# after a power cut. Three runs are stopped with SIGTERM. Whole manifests are compared but for times and the
# command line.
set -euo pipefail

if [[ $# -ne 1 || $1 == --help ]]; then
  echo "usage: tests/determinism/kill_and_resume.sh PROGRAM"
  echo "Environment: KILLS (20), SEED (1) of the points at which they fall."
  exit 1
fi
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$(realpath "$1")
kills=${KILLS:-20}
RANDOM=${SEED:-1}

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$root"
out=$place/out

start_run() { # start_run FOLDER JOBS: the run in the background, its id in $run
  "$program" run tests/cli/precision/scenario.toml --out "$1" --jobs "$2" --replicates 10 --progress none \
    >"$place/stdout" 2>"$place/stderr" &
  run=$!
}
# Names and sha256 of everything, and the manifest without what every run says anew.
fingerprint() {
  (cd "$1" && find . -type f ! -name manifest.json -print0 | sort -z | xargs -0 -r sha256sum)
  grep -vE '^  "(command_line|started|seconds|jobs)":' "$1/manifest.json"
}
fail() {
  echo "$1"
  cat "$place/stderr"
  exit 1
}

began=$(date +%s%N)
start_run "$place/reference" 2
wait "$run" || fail "the undisturbed run failed"
milliseconds=$((($(date +%s%N) - began) / 1000000))
fingerprint "$place/reference" >"$place/wanted"

compared=0          # finished runs
compared_resumed=0  # of those that had gone on with what was there
compare_when_done() {
  [[ -e $out ]] || return 0
  fingerprint "$out" >"$place/found"
  cmp -s "$place/wanted" "$place/found" || { diff "$place/wanted" "$place/found" || true; fail "a resumed run differs"; }
  compared=$((compared + 1))
  if grep -q '^resumed: ' "$place/stderr"; then compared_resumed=$((compared_resumed + 1)); fi
  rm -rf "$out"
}
# Waits for the run; how it ended is in $status.
status_of_run() {
  status=0
  wait "$run" 2>/dev/null || status=$?
}
size_of() { stat -c %s "$1" 2>/dev/null || echo 0; }

killed=0
for ((try = 1; killed < kills; ++try)); do
  [[ $try -le $((4 * kills)) ]] || fail "only $killed of $((try - 1)) runs were killed before they were done"
  start_run "$out" $((1 + RANDOM % 3))
  # Every second kill falls into the first third, where replicates are run and nothing else.
  range=$((try % 2 == 0 ? milliseconds : milliseconds / 3 + 1))
  wait_for=$((RANDOM % range))
  sleep "$(printf '%d.%03d' $((wait_for / 1000)) $((wait_for % 1000)))"
  kill -KILL "$run" 2>/dev/null || true
  status_of_run
  case $status in
    137) killed=$((killed + 1)) ;;
    0) [[ -e $out ]] || fail "a run ended without results" ;;
    *) fail "exit code $status of a run that was to be killed" ;;
  esac
  compare_when_done
  partial=$out.partial
  if [[ $((try % 5)) -eq 0 && -s $partial/runs.journal ]]; then truncate -s -3 "$partial/runs.journal"; fi
  if [[ $((try % 3)) -eq 0 && -s $partial/series.spool ]]; then
    head -c 100000 /dev/zero | tr '\0' '\245' | dd of="$partial/series.spool" conv=notrunc status=none
  fi
  if [[ $((try % 4)) -eq 0 ]]; then # the next start is left alone
    start_run "$out" 2
    wait "$run" || fail "the start after a kill failed"
    compare_when_done
  fi
done
[[ $compared_resumed -ge 2 || $kills -lt 10 ]] || fail "only $compared_resumed runs went on to their end after kills"

# Asked to stop, the program keeps what it has and says so; it listens once the journal grows.
stopped=0
rm -rf "$out.partial"
for ((try = 1; stopped < 3; ++try)); do
  [[ $try -le 20 ]] || fail "only $stopped of $((try - 1)) runs could be stopped"
  start_run "$out" $((1 + try % 2))
  until [[ $(size_of "$out.partial/runs.journal") -gt 30000 ]] || ! kill -0 "$run" 2>/dev/null; do sleep 0.01; done
  kill -TERM "$run" 2>/dev/null || true
  status_of_run
  if [[ $status -eq 0 ]]; then # done before it was asked
    compare_when_done
    continue
  fi
  [[ $status -eq 7 ]] || fail "exit code $status after SIGTERM"
  grep -q '^stopped: [1-9][0-9]* of 10 replicates are kept; the same command goes on$' "$place/stderr" ||
    fail "a stop says nothing"
  [[ ! -e $out ]] || fail "a stop leaves results"
  stopped=$((stopped + 1))
  start_run "$out" 2
  wait "$run" || fail "the start after a stop failed"
  grep -q '^resumed: [1-9][0-9]* of 10 replicates were there$' "$place/stderr" ||
    fail "the start after a stop did not go on with what was there"
  compare_when_done
done
echo "$killed kills, $stopped stops, $compared finished runs of which $compared_resumed went on with what was there:" \
  "all files equal"
