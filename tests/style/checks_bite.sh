#!/usr/bin/env bash
# Runs each style check on files that break its rule, one at a time, and on files that do not.
# So too with what follows a command-line case.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
failures=0

fresh() {
  rm -rf "${place:?}"/*
  mkdir -p "$place"/sim/{base,model,input,output} "$place/tests"
  cp "$root/.clang-format" "$place/"
  echo 'int clean();' >"$place/sim/base/clean.hpp"
  echo 'int clean_model();' >"$place/sim/model/clean.hpp"
  echo 'int clean_test();' >"$place/tests/clean.cpp"
  echo 'project(x)' >"$place/CMakeLists.txt"
}

# expect <pass|fail> <check> <file> <text>: the check's verdict once the file holds the text.
expect() {
  local wanted=$1 check=$2 file=$3 text=$4 verdict=pass
  fresh
  printf '%b\n' "$text" >"$place/$file"
  "$root/scripts/check_$check" "$place" >/dev/null 2>&1 || verdict=fail
  if [[ $verdict != "$wanted" ]]; then
    echo "check_$check should $wanted on $file holding: $text"
    failures=$((failures + 1))
  fi
}

expect pass format sim/base/a.hpp 'int a();'
expect fail format sim/base/a.hpp 'int   a( );'
expect fail format tests/a.cpp 'int   a( );'

expect pass layers sim/model/a.hpp '#include "sim/base/clean.hpp"'
expect fail layers sim/base/a.hpp '#include "sim/model/clean.hpp"'
expect fail layers sim/input/a.hpp '#include "sim/output/a.hpp"'
expect fail layers sim/model/a.hpp '#include "clean.hpp"'

expect pass determinism sim/model/a.hpp 'double a = exponential(1.0);  // not std::exp(1.0)'
expect pass determinism sim/output/a.hpp 'double a = std::log(1.0);'
expect fail determinism sim/model/a.hpp 'double a = std::exp(1.0);'
expect fail determinism sim/base/a.hpp 'double a = log(1.0);'
expect fail determinism sim/model/a.hpp 'double a = std::pow(2.0, 3.0);'
expect fail determinism sim/model/a.hpp 'double a = std::tanh(2.0);'
expect fail determinism sim/model/a.hpp '#include <Eigen/Dense>'
expect fail determinism sim/model/a.hpp 'std::unordered_map<int, int> a;'
expect fail determinism sim/model/a.hpp 'std::mt19937 a;'
expect fail determinism sim/model/a.hpp 'std::normal_distribution<> a;'
expect fail determinism sim/model/a.hpp 'int a = rand();'
expect fail determinism CMakeLists.txt 'add_compile_options(-ffast-math)'
expect fail determinism tests/a.cpp "$(printf '%.0s//\\n' {1..401})"

# expect_case <pass|fail> <after>: the verdict on a command-line case with these commands afterwards.
expect_case() {
  local wanted=$1 verdict=pass
  fresh
  mkdir "$place/case"
  echo true >"$place/case/command"
  echo 0 >"$place/case/exit"
  printf '%b\n' "$2" >"$place/case/after"
  "$root/tests/cli/run_case.sh" true "$place/case" >/dev/null 2>&1 || verdict=fail
  if [[ $verdict != "$wanted" ]]; then
    echo "run_case.sh should $wanted on 'after' holding: $2"
    failures=$((failures + 1))
  fi
}

expect_case pass "true\nif false; then exit 1; fi\nawk 'END { exit !(1 && 1) }' /dev/null"
expect_case fail 'false\ntrue'
expect_case fail 'false && true\ntrue'
expect_case fail '! true\ntrue'
expect_case fail 'false | true\ntrue'

[[ $failures -eq 0 ]]
