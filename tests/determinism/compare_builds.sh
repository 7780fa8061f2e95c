#!/usr/bin/env bash
# Runs the flagship (20 sessions: all events, lock-ups, a reversal) with every program given, with 1, 2 and 4 jobs,
# twice each, and compares every CSV.
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

reference=""
differences=0
runs=0
for program in "$@"; do
  for jobs in 1 2 4; do
    for repetition in first second; do
      out=$place/out
      rm -rf "$out"
      if ! "$program" run "$scenario" --out "$out" --replicates "$replicates" --jobs "$jobs" --set "time.end=20 sessions" \
        --progress none >"$place/log" 2>&1; then
        echo "$program --jobs $jobs ($repetition run) failed:"
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
        echo "$program --jobs $jobs ($repetition run) differs from $reference in:"
        diff "$place/reference" "$place/now" | awk '/^>/ { print "  " $3 }'
        differences=$((differences + 1))
      fi
    done
  done
done
digest=$(sha256sum <"$place/reference" | cut -c1-16)
echo "$runs runs of $# builds: $differences differ from $reference;" \
  "digest of all CSVs $digest"
[[ $differences -eq 0 ]] || exit 1
if [[ -z ${SCENARIO:-}${REPLICATES:-} && $digest != "$(<"$root/tests/determinism/digest")" ]]; then
  echo "the results changed: digest $digest, tests/determinism/digest says $(<"$root/tests/determinism/digest")"
  exit 1
fi
