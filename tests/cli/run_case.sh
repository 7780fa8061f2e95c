#!/usr/bin/env bash
# Runs one command-line case as a user would and compares what the program says and does.
#
# A case is a folder with
#   command            shell text; $CHOKEPOINT is the program, $OUT a folder that does not exist yet, $CASE the folder
#   exit               the exit code expected
#   stdout, stderr     the whole text expected; paths of $OUT appear as OUT
#   stdout.has, stderr.has   lines that must be found in the text, whatever stands around them
#   after              shell text of which every command must succeed afterwards, one per line: test ! -e "$OUT"
set -euo pipefail

if [[ $# -ne 2 || $1 == --help ]]; then
  echo "usage: tests/cli/run_case.sh PROGRAM CASE_FOLDER"
  exit 1
fi
root=$(cd "$(dirname "$0")/../.." && pwd)
place=$(mktemp -d)
trap 'chmod -R u+w "$place" || true; rm -rf "$place"' EXIT
export CHOKEPOINT=$1 OUT=$place/out PLACE=$place
case_folder=$2
export CASE=${case_folder#"$root"/}
cd "$root"

failures=0
complain() {
  echo "$CASE: $1"
  failures=$((failures + 1))
}

code=0
bash "$case_folder/command" >"$place/stdout" 2>"$place/stderr" || code=$?
sed -i "s|$place/out|OUT|g; s|$place|PLACE|g" "$place/stdout" "$place/stderr"
wanted=$(<"$case_folder/exit")
[[ $code -eq $wanted ]] || complain "exit code $code instead of $wanted"

for stream in stdout stderr; do
  if [[ -f $case_folder/$stream ]] && ! diff -u "$case_folder/$stream" "$place/$stream"; then
    complain "$stream differs (- expected, + found)"
  fi
  [[ -f $case_folder/$stream.has ]] || continue
  while IFS= read -r line; do
    grep -qF -- "$line" "$place/$stream" || complain "$stream lacks: $line"
  done <"$case_folder/$stream.has"
done
if [[ -f $case_folder/after ]]; then
  # A shell does not stop at them when they fail, so they would expect nothing.
  if sed "s/'[^']*'//g" "$case_folder/after" | grep -nE '^ *! | && '; then
    complain "'after' holds '&&' or '!': one command per line, and 'if command; then exit 1; fi'"
  fi
  bash -euo pipefail "$case_folder/after" || complain "the commands of 'after' failed"
fi

if [[ $failures -gt 0 ]]; then
  echo "--- stdout"
  cat "$place/stdout"
  echo "--- stderr"
  cat "$place/stderr"
  exit 1
fi
