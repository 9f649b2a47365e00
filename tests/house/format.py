#!/usr/bin/env python3
"""format.py: clang-format decides the style

Its versions differ in small things: another one than the one named here is not asked.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re
import shutil
import subprocess

import tap

MAJOR = "14"


def version(tool):
    text = subprocess.run([tool, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.search(r"version (\d+)", text)
    return match.group(1) if match else ""


def tools():
    for name in (f"clang-format-{MAJOR}", "clang-format"):
        if shutil.which(name):
            yield name


def misformed(tool, paths):
    result = subprocess.run(
        [tool, "--dry-run", "--ferror-limit=1", *map(str, paths)],
        capture_output=True, text=True, check=False)
    files = re.findall(r"^(\S+?):\d+:\d+: ", result.stderr, re.MULTILINE)
    for path in sorted(set(files)):
        yield f"clang-format -i {path.replace(str(tap.ROOT) + '/', '')}"
    if result.returncode and not files:
        yield result.stderr.strip()


found = [tool for tool in tools() if version(tool) == MAJOR]
for folder in ("src", "tests"):
    paths = tap.sources(folder)
    if found:
        tap.check(f"{folder} is formatted", misformed(found[0], paths))
    else:
        tap.skip(f"{folder} is formatted", f"clang-format {MAJOR} is not installed")
tap.end()
