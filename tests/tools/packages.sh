# packages.sh: which Debian packages building and testing need; read by the scripts beside it
#
# SPDX-License-Identifier: GPL-3.0-or-later

build_packages="gcc libc6-dev meson ninja-build pkgconf gettext python3
  libgtk-4-dev libgtk-4-bin libadwaita-1-dev libgsl-dev libcsv-dev libsqlite3-dev
  desktop-file-utils shared-mime-info libxml2-utils adwaita-icon-theme librsvg2-common fonts-cantarell"

test_packages="appstream at-spi2-core clang-format dbus dbus-daemon fonts-dejavu-core libglib2.0-bin
  imagemagick man-db sqlite3 xauth xdotool xvfb"

# need PACKAGE …: installs what is missing, without asking anything
need ()
{
  missing=
  for package; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
      *' installed') ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0

  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Missing packages:$missing" >&2
      echo "Run this script as root, or install them first." >&2
      return 1
    fi
    as_root='sudo'
  fi
  echo "Installing:$missing"
  # A list of packages may never have been fetched here, or be too old to install from.
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update || return 1
  $as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get -qq -y --no-install-recommends install $missing >/dev/null
}

# Under sudo what follows is done as the person who asked, so that they own what is built.
# Sets $as_person: words to put before a command.
find_person ()
{
  as_person=
  if [ "$(id -u)" -ne 0 ] || [ "${SUDO_UID:-0}" -eq 0 ]; then
    return 0
  fi
  sudo -u "#$SUDO_UID" test -w . || return 0

  runtime=/run/user/$SUDO_UID
  as_person="sudo -u #$SUDO_UID env"
  if [ -d "$runtime" ]; then
    as_person="$as_person XDG_RUNTIME_DIR=$runtime"
    if [ -S "$runtime/bus" ]; then
      as_person="$as_person DBUS_SESSION_BUS_ADDRESS=unix:path=$runtime/bus"
    fi
    if [ -z "${WAYLAND_DISPLAY:-}" ] && [ -S "$runtime/wayland-0" ]; then
      WAYLAND_DISPLAY=wayland-0
    fi
  fi
  for name in DISPLAY WAYLAND_DISPLAY XAUTHORITY; do
    eval "value=\${$name:-}"
    if [ -n "$value" ]; then
      as_person="$as_person $name=$value"
    fi
  done
}
