#!/usr/bin/env python3
"""includes.py: which room may know which (src/DESIGN.md)

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re

import tap

ENGINE = ["base", "num", "data", "pipeline", "steps", "store"]
CHARTS = ["chart", "report"]

MAY_KNOW = {
    "base": {"base"},
    "num": {"base", "num"},
    "data": {"base", "data"},
    "pipeline": {"base", "num", "data", "pipeline"},
    "steps": {"base", "num", "data", "pipeline", "steps"},
    "store": {"base", "num", "data", "pipeline", "store"},
    "chart": {"base", "chart"},
    "report": {"base", "num", "data", "pipeline", "chart", "report"},
    "cli": {*ENGINE, *CHARTS, "cli"},
    "ui": {*ENGINE, *CHARTS, "ui"},
}

# Headers of other people's that only these rooms may see.
OUTSIDE = [
    (re.compile(r"^(gtk/|adwaita|gdk/|gsk/|graphene)"), {"ui"}),
    (re.compile(r"^(cairo|pango)"), {"chart", "report", "ui", "cli"}),
    (re.compile(r"^sqlite3"), {"store"}),
    (re.compile(r"^csv\.h"), {"data"}),
    (re.compile(r"^gsl/"), {"num", "base"}),
]
NOT_IN_NUM = re.compile(r"^(gio/gunix|stdio|unistd|fcntl)")
THREADS = re.compile(r"\b(pthread_create|thrd_create|g_thread_(try_)?new|g_thread_pool_new)\b")

# Made by the build.
GENERATED = {"ins-config.h", "steps/ins-steps-list.h", "ins-engine-resources.h", "insui-resources.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.MULTILINE)


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def room(path):
    return path.relative_to(tap.ROOT / "src").parts[0]


def directions(name):
    for path in tap.sources(f"src/{name}"):
        for quote, target in includes(path):
            if quote == '"':
                if target in GENERATED:
                    continue
                if "/" not in target:
                    yield f'{tap.short(path)}: write the folder of "{target}"'
                elif target.split("/")[0] not in MAY_KNOW[name]:
                    yield f'{tap.short(path)}: {name} must not include "{target}"'
                elif not (tap.ROOT / "src" / target).exists():
                    yield f'{tap.short(path)}: there is no "{target}"'


def outside(name):
    for path in tap.sources(f"src/{name}"):
        for quote, target in includes(path):
            if quote != "<":
                continue
            for pattern, rooms in OUTSIDE:
                if pattern.match(target) and name not in rooms:
                    yield f"{tap.short(path)}: {name} must not include <{target}>"
            if name == "num" and NOT_IN_NUM.match(target):
                yield f"{tap.short(path)}: a kernel must not include <{target}>"


def own_threads():
    """Threads come from ins_run_parallel(), which knows how many and when to stop"""
    for path in tap.sources("src"):
        if room(path) not in ("base", "cli") and THREADS.search(path.read_text(encoding="utf-8")):
            yield f"{tap.short(path)}: starts threads of its own"


def own_header_first():
    """A header for friends ("ins-foo-bar.h" of "ins-foo.c", or "-private.h") may stand for it"""
    for path in tap.sources("src", suffixes=(".c",)):
        own = f"{room(path)}/{path.stem}.h"
        private = re.compile(rf"{room(path)}/([a-z-]+-private|{path.stem}-[a-z-]+)\.h")
        first = [target for _, target in includes(path) if target != "ins-config.h"][:1]
        if path.with_suffix(".h").exists() and first != [own] and not private.match(*first):
            yield f'{tap.short(path)}: include "{own}" first'


def unknown_rooms():
    for path in tap.sources("src"):
        if room(path) not in MAY_KNOW:
            yield f"{tap.short(path)}: a new room; say in this test what it may include"


for name in MAY_KNOW:
    tap.check(f"{name} includes only what it may know", directions(name))
    tap.check(f"{name} keeps away from libraries it must not know", outside(name))
tap.check("the engine leaves threads to base", own_threads())
tap.check("every source includes its own header first", own_header_first())
tap.check("every room is known", unknown_rooms())
tap.end()
