#!/bin/sh
# with-display.sh [-s WIDTHxHEIGHT] COMMAND …: a screen and a session of its own for one command
#
# An X server that only this command sees, a message bus that starts no services, and empty folders
# in place of the user's, so that a test neither reads nor changes anything of theirs.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -u

size=1400x1000
if [ "${1-}" = -s ]; then
  size=$2
  shift 2
fi

for tool in Xvfb dbus-run-session; do
  if ! command -v "$tool" >/dev/null; then
    echo "1..0 # SKIP $tool is not installed"
    exit 0
  fi
done

room=$(mktemp -d) || exit 1
server=
leave ()
{
  [ -z "$server" ] || kill "$server" 2>/dev/null
  [ -z "$server" ] || wait "$server" 2>/dev/null
  rm -rf "$room"
}
trap leave EXIT
trap 'exit 130' HUP INT TERM

# The server picks a free number itself and writes it down once it listens.
Xvfb -displayfd 6 -screen 0 "${size}x24" -nolisten tcp -noreset 6>"$room/number" 2>"$room/log" &
server=$!
tries=0
until [ -s "$room/number" ]; do
  tries=$((tries + 1))
  if [ $tries -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
    cat "$room/log" >&2
    echo "The private X server did not start." >&2
    exit 1
  fi
  sleep 0.1
done

mkdir -m 700 "$room/run" "$room/config" "$room/data" "$room/state" "$room/cache"
cat >"$room/bus.conf" <<EOF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:dir=$room/run</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
EOF

unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY
export DISPLAY=":$(tr -d '[:space:]' <"$room/number")"
export GDK_BACKEND=x11 GSK_RENDERER="${GSK_RENDERER:-cairo}" GTK_A11Y="${GTK_A11Y:-test}"
export GDK_DEBUG="${GDK_DEBUG:-gl-disable}" GSETTINGS_BACKEND=memory GIO_USE_VFS=local
export XDG_RUNTIME_DIR="$room/run" XDG_CONFIG_HOME="$room/config" XDG_DATA_HOME="$room/data"
export XDG_STATE_HOME="$room/state" XDG_CACHE_HOME="$room/cache"

# The pointer begins in the middle, over whatever opens there, and would bring up tooltips.
if command -v xdotool >/dev/null; then
  xdotool mousemove "${size%x*}" "${size#*x}"
fi

dbus-run-session --config-file="$room/bus.conf" -- "$@"
