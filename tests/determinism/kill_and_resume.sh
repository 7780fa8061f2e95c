#!/usr/bin/env bash
# Kills a run with SIGKILL at 20 points of time, starts it again until it is done, and compares every file with
# those of a run that nobody disturbed. Now and then the journal loses its end and the spool some bytes, as after
# a power cut. One run is stopped with SIGTERM. Whole manifests are compared but for times and the command line.
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

done_runs=0
resumed=0
compare_when_done() {
  [[ -e $out ]] || return 0
  fingerprint "$out" >"$place/found"
  cmp -s "$place/wanted" "$place/found" || { diff "$place/wanted" "$place/found" || true; fail "a resumed run differs"; }
  done_runs=$((done_runs + 1))
  rm -rf "$out"
}

for ((kill = 1; kill <= kills; ++kill)); do
  start_run "$out" $((1 + RANDOM % 3))
  # Every second kill falls into the first third, where replicates are run and nothing else.
  range=$((kill % 2 == 0 ? milliseconds : milliseconds / 3 + 1))
  wait_for=$((RANDOM % range))
  sleep "$(printf '%d.%03d' $((wait_for / 1000)) $((wait_for % 1000)))"
  kill -KILL "$run" 2>/dev/null || true
  wait "$run" 2>/dev/null || true
  if grep -q '^resumed: ' "$place/stderr"; then resumed=$((resumed + 1)); fi
  compare_when_done
  partial=$out.partial
  if [[ $((kill % 5)) -eq 0 && -s $partial/runs.journal ]]; then truncate -s -3 "$partial/runs.journal"; fi
  if [[ $((kill % 3)) -eq 0 && -s $partial/series.spool ]]; then
    head -c 100000 /dev/urandom | dd of="$partial/series.spool" conv=notrunc status=none
  fi
done

# Asked to stop, the program keeps what it has and says so.
start_run "$out" 2
sleep "$(printf '0.%03d' $((milliseconds / 6 % 1000)))"
kill -TERM "$run" 2>/dev/null || true
code=0
wait "$run" || code=$?
if [[ $code -eq 7 ]]; then
  grep -q '^stopped: [0-9]* of 10 replicates are kept; the same command goes on$' "$place/stderr" ||
    fail "a stop says nothing"
elif [[ $code -ne 0 && $code -ne 143 ]]; then # done already, or ended before it could listen
  fail "exit code $code after SIGTERM"
fi
if [[ ! -e $out ]]; then
  start_run "$out" 2
  wait "$run" || fail "the last start failed"
fi
compare_when_done
[[ $done_runs -gt 0 ]] || fail "nothing was compared"
[[ $resumed -gt 0 || $kills -lt 5 ]] || fail "no start found anything to go on with"
echo "$kills kills, $resumed starts that went on with what was there, $done_runs finished runs: all files equal"
