#!/usr/bin/env python3
"""install.py SOURCE BUILD PREFIX: what "meson install" leaves behind works

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import tap

APP = "io.github.insiders.Insiders"
SOURCE, BUILD, PREFIX = map(pathlib.Path, sys.argv[1:])
MIME = "application/vnd.insiders.project+sqlite3"

WITH_WINDOW = [
    "bin/insiders",
    f"share/applications/{APP}.desktop",
    f"share/dbus-1/services/{APP}.service",
    f"share/glib-2.0/schemas/{APP}.gschema.xml",
    f"share/icons/hicolor/scalable/apps/{APP}.svg",
    f"share/icons/hicolor/symbolic/apps/{APP}-symbolic.svg",
    "share/man/man1/insiders.1",
    f"share/metainfo/{APP}.metainfo.xml",
]
ALWAYS = [
    "bin/insiders-cli",
    "share/locale/pt_BR/LC_MESSAGES/insiders.mo",
    "share/man/man1/insiders-cli.1",
    f"share/mime/packages/{APP}.xml",
]


def run(*command, **environment):
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False,
        env={**os.environ, **{k: str(v) for k, v in environment.items()}})


def installed(top, names):
    for name in names:
        if not (top / name).is_file():
            yield f"{name} is missing"


def foreign(top):
    """Only what is ours: a static library or a header has no business there"""
    for path in sorted(top.rglob("*")):
        if path.suffix in (".a", ".h", ".so", ".pc"):
            yield f"{path.relative_to(top)} was installed"


def runs(program):
    if not program.exists():
        yield "it is not there"
        return
    result = run(program, "--version")
    version = run("meson", "introspect", BUILD, "--projectinfo").stdout
    words = result.stdout.split()
    if result.returncode:
        yield result.stderr.strip()
    elif not words or f'"{words[-1]}"' not in version:
        yield f"{program.name} --version says “{result.stdout.strip()}”"


def service(top):
    text = (top / f"share/dbus-1/services/{APP}.service").read_text()
    if f"Exec={PREFIX}/bin/insiders --gapplication-service" not in text:
        yield text


def content_type(folder, path):
    result = run("gio", "info", "-a", "standard::content-type", path, XDG_DATA_HOME=folder)
    return result.stdout.split("standard::content-type:")[-1].strip()


def file_type(top, folder):
    """A project is known by its name, and by its content when it has another name"""
    mime = folder / "mime"
    shutil.copytree(top / "share/mime", mime)
    result = run("update-mime-database", mime, XDG_DATA_HOME=folder)
    if result.returncode or result.stderr:
        yield result.stderr.strip() or "update-mime-database failed"
    project = folder / "renamed"
    connection = sqlite3.connect(project)
    connection.execute("PRAGMA application_id = 0x494E5344")
    connection.execute("CREATE TABLE meta (name TEXT)")
    connection.commit()
    connection.close()
    named = folder / "damaged.insiders"
    named.write_bytes(bytes(range(256)))
    other = folder / "other"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE meta (name TEXT)")
    connection.commit()
    connection.close()
    for path, wanted in (project, True), (named, True), (other, False):
        found = content_type(folder, path)
        if (found == MIME) != wanted:
            yield f"{path.name} is taken for {found}"


with tempfile.TemporaryDirectory() as name:
    room = pathlib.Path(name)
    result = run("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", DESTDIR=room)
    tap.check("meson install works in an empty place",
              result.returncode and [result.stdout, result.stderr] or [])
    top = room / PREFIX.relative_to("/")
    window = (top / "bin/insiders").exists()
    tap.check("everything is there", installed(top, ALWAYS + (WITH_WINDOW if window else [])))
    tap.check("nothing else is there", foreign(top))
    tap.check("the installed command line runs", runs(top / "bin/insiders-cli"))
    if window:
        tap.check("the bus finds the program", service(top))
    else:
        tap.skip("the bus finds the program", "built without the window")
    if all(map(shutil.which, ("update-mime-database", "gio"))):
        (room / "home").mkdir()
        tap.check("projects are known by name and by content", file_type(top, room / "home"))
    else:
        tap.skip("projects are known by name and by content", "update-mime-database or gio is missing")
tap.end()
