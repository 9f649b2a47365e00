#!/bin/sh
# stalls.sh [FILE.csv]: how long the window's main loop is held up while FILE is used in it
#
# Everything is done once in the real window on a screen of its own: open, find groups, every page
# and view, selecting, renaming, saving, opening again.  What takes more than 50 ms of processor time
# in one turn of the main loop is named, with what it was at.  Without FILE: the sample.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=$(dirname "$0")
file=$(realpath "${1-$here/../../resources/sample/shop.csv.gz}")
cd "$here/../.."
[ -f build/build.ninja ] || meson setup build
ninja -C build tests/ui/stalls
# Screen readers' part is measured apart: GTK 4.8 keeps it in step at once when somebody listens.
GSETTINGS_SCHEMA_DIR=$PWD/build/data GTK_A11Y="${GTK_A11Y-none}" \
  exec sh tests/tools/with-display.sh build/tests/ui/stalls "$file"
