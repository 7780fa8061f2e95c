#!/usr/bin/env bash
# Runs the commands of every ```console block of a README and compares what they print with what stands there.
#
# A block holds commands after `$ `, each followed by its standard output. `chokepoint` means the program given.
set -euo pipefail

if [[ $# -ne 2 || $1 == --help ]]; then
  echo "usage: tests/readme/compare_example.sh PROGRAM README [UPDATE=1 in the environment rewrites the README]"
  exit 1
fi
root=$(cd "$(dirname "$0")/../.." && pwd)
program=$1
readme=$(realpath "$2")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir "$place/bin"
ln -s "$(realpath "$program")" "$place/bin/chokepoint"
export PATH=$place/bin:$PATH
# Results go to a folder of their own; the tables are read from the checkout.
for part in data scenarios; do ln -s "$root/$part" "$place/$part"; done
cd "$place"

blocks=0
inside=0
while IFS= read -r line; do
  if [[ $line == '```console' ]]; then
    inside=1
    blocks=$((blocks + 1))
    echo "$line"
  elif [[ $line == '```' ]]; then
    inside=0
    echo "$line"
  elif [[ $inside -eq 0 ]]; then
    printf '%s\n' "$line"
  elif [[ $line == '$ '* ]]; then
    echo "$line"
    bash -c "${line#\$ }" 2>"$place/stderr" || { cat "$place/stderr" >&2; exit 1; }
  fi
done <"$readme" >"$place/regenerated"
if grep -n '<!--' "$readme"; then
  echo "$readme has places that were never filled"
  exit 1
fi
[[ $blocks -gt 0 ]] || { echo "no console block in $readme: nothing was compared"; exit 1; }
if [[ -n ${UPDATE:-} ]]; then
  cp "$place/regenerated" "$readme"
  exit 0
fi
diff -u "$readme" "$place/regenerated" || {
  echo "the README does not show what the program prints (UPDATE=1 rewrites it)"
  exit 1
}
echo "$blocks blocks agree"
