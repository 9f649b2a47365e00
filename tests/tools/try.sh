#!/bin/sh
# try.sh [FILE.csv]: installs what is needed, builds, and opens the window on the sample
#
# Without a display the same analysis runs on the command line, and what it wrote is named.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
data=resource:///io/github/insiders/Insiders/sample/shop.csv.gz
if [ $# -gt 0 ]; then
  data=$(realpath "$1")
fi
cd "$(dirname "$0")/../.."
. tests/tools/packages.sh

# shellcheck disable=SC2086
need $build_packages
find_person

if [ ! -f build/build.ninja ]; then
  $as_person meson setup build
fi
# The programs alone, without their tests.
$as_person ninja -C build src/ui/insiders src/cli/insiders-cli data/gschemas.compiled

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "Opening the window."
  exec ${as_person:-env} GSETTINGS_SCHEMA_DIR=build/data build/src/ui/insiders "$data"
fi

cli="${as_person:-env} build/src/cli/insiders-cli"
out=build/try
$as_person mkdir -p "$out/charts"
echo "There is no display: the same analysis on the command line."
$cli run "$data" -o "$out/try.insiders" --force --sweep 2:12
$cli export "$out/try.insiders" customers -o "$out/customers.csv"
$cli chart "$out/try.insiders" all -o "$out/charts" >/dev/null
echo
echo "project:    $out/try.insiders"
echo "customers:  $out/customers.csv"
echo "charts:     $out/charts"
