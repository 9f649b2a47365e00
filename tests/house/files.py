#!/usr/bin/env python3
"""files.py BUILD: desktop file, metainfo, settings, icons, man pages and presets are valid

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as tree

import tap

APP = "io.github.insiders.Insiders"
BUILD = pathlib.Path(sys.argv[1])


def run(*command):
    """What a tool complains about"""
    result = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    if result.returncode:
        text = (result.stdout + result.stderr).strip()
        return text.splitlines() or [f"{command[0]} failed"]
    return []


def check_with(name, *command):
    if shutil.which(command[0]):
        tap.check(name, run(*command))
    else:
        tap.skip(name, f"{command[0]} is not installed")


def metainfo():
    root = tree.parse(tap.ROOT / "data" / f"{APP}.metainfo.xml.in").getroot()
    summary = root.findtext("summary")
    if len(summary) > 35:
        yield "the summary has more than 35 characters"
    version = re.search(r"version: '([^']+)'", (tap.ROOT / "meson.build").read_text()).group(1)
    newest = root.find("releases/release").get("version")
    if newest != version:
        yield f"the newest release is {newest}, the program is {version}"
    for image in root.iter("image"):
        if f"/v{newest}/" not in image.text:
            yield f"{image.text} is not pinned to the tag v{newest}"
    for caption in root.iter("caption"):
        if re.search(r"[.\d]", caption.text):
            yield f"the caption “{caption.text}” has a full stop or a number"


def settings():
    """Every key read or bound in the code is in the schema, and the other way round"""
    root = tree.parse(tap.ROOT / "data" / f"{APP}.gschema.xml").getroot()
    keys = {key.get("name") for key in root.iter("key")}
    code = "".join(path.read_text() for path in tap.sources("src/ui"))
    used = set(re.findall(r'g_settings_(?:get|set|bind)\w*\s*\(\s*[^,()]+(?:\([^()]*\))?,\s*"([^"]+)"', code))
    yield from (f"“{key}” is not in the schema" for key in sorted(used - keys))
    yield from (f"nothing uses “{key}”" for key in sorted(keys) if f'"{key}"' not in code)


def icons():
    folders = [tap.ROOT / "data" / "icons", tap.ROOT / "resources" / "icons"]
    for path in sorted(p for folder in folders for p in folder.rglob("*.svg")):
        root = tree.parse(path).getroot()
        size = root.get("width"), root.get("height")
        wanted = ("16", "16") if path.stem.endswith("-symbolic") else ("128", "128")
        if size != wanted:
            yield f"{tap.short(path)} is {size[0]} × {size[1]}"


def well_formed():
    for folder in ("data", "resources"):
        for path in sorted((tap.ROOT / folder).rglob("*")):
            if path.suffix in (".xml", ".ui", ".svg") or path.name.endswith(".xml.in"):
                try:
                    tree.parse(path)
                except tree.ParseError as error:
                    yield f"{tap.short(path)}: {error}"


def manifest():
    """No permission creeps in; what is built from elsewhere is pinned"""
    text = (tap.ROOT / "flatpak" / f"{APP}.yml").read_text()
    found = re.search(r"^finish-args:\n((?:  - .*\n)+)", text, re.MULTILINE).group(1)
    wanted = ["--share=ipc", "--socket=fallback-x11", "--socket=wayland", "--device=dri"]
    if [line[4:] for line in found.splitlines()] != wanted:
        yield "finish-args are not just: " + " ".join(wanted)
    if f"id: {APP}\n" not in text:
        yield f"the id is not {APP}"
    sums = re.findall(r"type: archive\n +url: (\S+)\n +sha256: [0-9a-f]{64}\n", text)
    if len(sums) != text.count("type: archive"):
        yield "an archive has no checksum"


def manuals():
    for page in sorted((tap.ROOT / "data" / "man").glob("*.1")):
        result = subprocess.run(
            ["man", "--warnings", "-E", "UTF-8", "-l", page],
            capture_output=True, text=True, check=False)
        yield from result.stderr.splitlines()
        if not result.stdout.strip():
            yield f"{page.name} shows nothing"


check_with("the desktop file is valid", "desktop-file-validate", BUILD / "data" / f"{APP}.desktop")
check_with("the metainfo is valid", "appstreamcli", "validate", "--no-net", "--explain",
           BUILD / "data" / f"{APP}.metainfo.xml")
check_with("the settings are valid", "glib-compile-schemas", "--strict", "--dry-run",
           tap.ROOT / "data")
check_with("the file type is well formed", "xmllint", "--noout", BUILD / "data" / f"{APP}.xml")
tap.check("the metainfo keeps to its rules", metainfo())
tap.check("every setting in use is in the schema", settings())
tap.check("the Flatpak asks for no more than it needs", manifest())
tap.check("icons have their size", icons())
tap.check("every XML file is well formed", well_formed())
if shutil.which("man"):
    tap.check("the manual pages have no warnings", manuals())
else:
    tap.skip("the manual pages have no warnings", "man is not installed")
tap.end()
