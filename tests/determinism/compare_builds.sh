#!/usr/bin/env bash
# Runs the flagship (20 sessions: all events, lock-ups, a reversal) with every program given, with 1, 2 and 4 jobs,
# twice each, and compares every CSV; so too, once each, a scenario with rules, a probability and hazards.
# A program that is missing is a failure: nothing was compared, so nothing may pass. The digest of all CSVs must be
# that of tests/determinism/digest: a change of results is a change of that file, with its reason in the commit.
set -euo pipefail

if [[ $# -lt 1 || $1 == --help ]]; then
  echo "usage: tests/determinism/compare_builds.sh PROGRAM..."
  echo "Environment: REPLICATES (4), SCENARIO (scenarios/glm52-access-ban.toml)."
  exit 1
fi
root=$(cd "$(dirname "$0")/../.." && pwd)
scenario=${SCENARIO:-$root/scenarios/glm52-access-ban.toml}
chances=$root/tests/cli/layers-either-order/scenario.toml
replicates=${REPLICATES:-4}

missing=0
for program in "$@"; do
  [[ -x $program ]] && continue
  echo "SKIPPED, which counts as failed: $program does not exist"
  echo "  (scripts/test builds all of them; alone: cmake --preset P && cmake --build --preset P)"
  missing=1
done
[[ $missing -eq 0 ]] || exit 1

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cd "$root"

# Names and sha256 of all CSV files of a folder.
fingerprint() { (cd "$1" && find . -name '*.csv' -print0 | sort -z | xargs -0 -r sha256sum); }

differences=0
# compare SCENARIO REPETITIONS OPTION...: runs of all programs with all jobs; their hashes are left in $place/reference.
compare() {
  local compared=$1 repetitions=$2 reference="" runs=0 differing=0 program jobs repetition
  shift 2
  for program in "${programs[@]}"; do
    for jobs in 1 2 4; do
      for ((repetition = 1; repetition <= repetitions; ++repetition)); do
        out=$place/out
        rm -rf "$out"
        if ! "$program" run "$compared" --out "$out" --jobs "$jobs" --progress none "$@" >"$place/log" 2>&1; then
          echo "$program --jobs $jobs (run $repetition) of $compared failed:"
          tail -n 20 "$place/log"
          exit 1
        fi
        fingerprint "$out" >"$place/now"
        runs=$((runs + 1))
        if [[ ! -s $place/now ]]; then
          echo "$program --jobs $jobs wrote no CSV"
          exit 1
        fi
        if [[ -z $reference ]]; then
          reference="$program --jobs $jobs"
          mv "$place/now" "$place/reference"
        elif ! cmp -s "$place/reference" "$place/now"; then
          echo "$program --jobs $jobs (run $repetition) of $compared differs from $reference in:"
          { diff "$place/reference" "$place/now" || true; } | awk '/^>/ { print "  " $3 }'
          differing=$((differing + 1))
        fi
      done
    done
  done
  echo "$runs runs of ${compared#"$root"/} by ${#programs[@]} builds: $differing differ from $reference;" \
    "digest of all CSVs $(digest)"
  differences=$((differences + differing))
}
digest() { sha256sum <"$place/reference" | cut -c1-16; }

programs=("$@")
if [[ -z ${SCENARIO:-} ]]; then compare "$chances" 1; fi
compare "$scenario" 2 --replicates "$replicates" --set "time.end=20 sessions"
[[ $differences -eq 0 ]] || exit 1
if [[ -z ${SCENARIO:-}${REPLICATES:-} && $(digest) != "$(<"$root/tests/determinism/digest")" ]]; then
  echo "the results changed: digest $(digest), tests/determinism/digest says $(<"$root/tests/determinism/digest")"
  exit 1
fi
