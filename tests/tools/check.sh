#!/bin/sh
# check.sh: installs what the tests need, runs every test, and counts
#
# The last line is "N passed, N failed"; the exit status is 0 only if nothing failed.
#   sudo sh tests/tools/check.sh            everything
#   sudo sh tests/tools/check.sh --quick    without the second build under the sanitizers
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tools/packages.sh

quick=false
[ "${1-}" = --quick ] && quick=true

# shellcheck disable=SC2086
if ! need $build_packages $test_packages; then
  echo "0 passed, 1 failed"
  exit 1
fi
find_person

# build FOLDER OPTION …: configures once, then compiles
build ()
{
  folder=$1
  shift
  if [ ! -f "$folder/build.ninja" ]; then
    $as_person meson setup "$folder" "$@" || return 1
  fi
  $as_person meson compile -C "$folder"
}

logs=
problems=0

echo "== Building and testing =="
if build build; then
  $as_person meson test -C build --no-rebuild --print-errorlogs
  logs="$logs build/meson-logs/testlog.json"
else
  problems=$((problems + 1))
fi

if ! $quick; then
  echo "== The engine and the charts once more, under the address and undefined-behaviour sanitizers =="
  here=$(pwd)
  if [ -f build-asan/build.ninja ] ||
     $as_person meson setup build-asan -Db_sanitize=address,undefined -Db_lundef=false; then
    # shellcheck disable=SC2086
    ${as_person:-env} \
      ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 \
      UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
      LSAN_OPTIONS="suppressions=$here/tests/tools/lsan.supp:print_suppressions=0" \
      G_SLICE=always-malloc \
      meson test -C build-asan --suite engine --suite chart --print-errorlogs --timeout-multiplier 4
    logs="$logs build-asan/meson-logs/testlog.json"
  else
    problems=$((problems + 1))
  fi
fi

# shellcheck disable=SC2086
python3 tests/tools/count.py --problems $problems $logs
