#!/usr/bin/env python3
"""heads.py: every file says what it is and under which licence

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re

import tap

SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
CODE = tap.sources("src", "tests") + tap.sources("src", "tests", "data", suffixes=(".sql", ".py", ".sh"))


def without_licence():
    for path in CODE:
        head = path.read_text(encoding="utf-8")[:1500]
        if SPDX not in head:
            yield f"{tap.short(path)}: no line “{SPDX}” at its head"


def without_purpose():
    """The first line names the file and says in a few words what it is"""
    for path in tap.sources("src"):
        first = path.read_text(encoding="utf-8").split("\n", 1)[0]
        if not re.match(rf"/\* {re.escape(path.name)}: \S", first):
            yield f"{tap.short(path)}: begin with “/* {path.name}: what it is”"


def without_guard():
    for path in tap.sources("src", "tests", suffixes=(".h",)):
        if "#pragma once" not in path.read_text(encoding="utf-8"):
            yield f"{tap.short(path)}: no “#pragma once”"


def untidy():
    """What .editorconfig asks for"""
    every = CODE + tap.sources(
        "src", "data", "po", "resources", "tests", "flatpak",
        suffixes=(".build", ".ui", ".css", ".xml", ".in", ".svg", ".yml", ".preset", ".md"))
    for path in every:
        text = path.read_bytes()
        if b"\r" in text:
            yield f"{tap.short(path)}: line ends other than LF"
        if text and not text.endswith(b"\n"):
            yield f"{tap.short(path)}: no line end at the end"
        if re.search(rb"[ \t]+$", text, re.MULTILINE):
            yield f"{tap.short(path)}: blanks at a line's end"
        if b"\t" in text:
            yield f"{tap.short(path)}: tabs"


tap.check("every file of code names its licence", without_licence())
tap.check("every source says what it is", without_purpose())
tap.check("every header is guarded", without_guard())
tap.check("files are tidy", untidy())
tap.end()
