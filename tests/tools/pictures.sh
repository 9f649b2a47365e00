#!/bin/sh
# pictures.sh FOLDER [FILE.csv [OPTION …]]: every page of the window as pictures, to be looked at
#
# Opens FILE (or the sample) in the real window on a screen of its own, finds groups, and puts what
# each page and view looks like into FOLDER.  Options: --width, --height, --text FACTOR, --dark, --rtl,
# --pane, --tree; --help tells more.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(dirname "$0")
mkdir -p "$1"
folder=$(realpath "$1")
file=$(realpath "${2-$here/../../resources/sample/shop.csv.gz}")
[ $# -lt 2 ] && shift || shift 2
cd "$here/../.."
[ -f build/build.ninja ] || meson setup build
ninja -C build tests/ui/pictures
GSETTINGS_SCHEMA_DIR=$PWD/build/data \
  exec sh tests/tools/with-display.sh -s 3840x2160 build/tests/ui/pictures "$@" "$file" "$folder"
