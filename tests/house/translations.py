#!/usr/bin/env python3
"""translations.py [--update]: POTFILES lists every file with texts, every catalogue is complete

With --update: writes POTFILES, and merges new texts into the catalogues for a translator to fill.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re
import shutil
import subprocess
import sys
import tempfile

import tap

PO = tap.ROOT / "po"
APP = "io.github.insiders.Insiders"
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", "g_dpgettext2:2c,3", "ngettext:1,2"]
CALL = re.compile(r"\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2)\s*\(\s*(?:NULL|GETTEXT_PACKAGE|\")")

# gettext sees "%" G_GSIZE_FORMAT "…" as the text "%".
CUT = re.compile(r'\b_ ?\((?:\s*"(?:[^"\\]|\\.)*")+\s*[A-Z]')


def files_with_texts():
    for path in tap.sources("src", suffixes=(".c", ".h")):
        if CALL.search(path.read_text(encoding="utf-8")):
            yield path
    for path in tap.sources("resources", suffixes=(".ui",)):
        if 'translatable="yes"' in path.read_text(encoding="utf-8"):
            yield path
    for name in "desktop.in", "gschema.xml", "metainfo.xml.in", "mime.xml.in":
        yield tap.ROOT / "data" / f"{APP}.{name}"


def listed():
    return [line for line in (PO / "POTFILES").read_text().splitlines()
            if line and not line.startswith("#")]


def languages():
    return (PO / "LINGUAS").read_text().split()


def potfiles():
    there = {tap.short(path) for path in files_with_texts()}
    names = listed()
    yield from (f"add {name}" for name in sorted(there - set(names)))
    yield from (f"remove {name}" for name in sorted(set(names) - there))
    if names != sorted(names):
        yield "sort it"


def extract(folder):
    """The template, and what xgettext complains about"""
    template = f"{folder}/insiders.pot"
    command = ["xgettext", "--from-code=UTF-8", "--add-comments=Translators",
               "--package-name=insiders",
               "--msgid-bugs-address=https://github.com/insiders/insiders/issues", "--check=ellipsis-unicode", f"--output={template}",
               "--flag=_:1:pass-c-format", "--flag=N_:1:pass-c-format", "--flag=C_:2:pass-c-format",
               "--flag=ngettext:1:pass-c-format", "--flag=ngettext:2:pass-c-format",
               "--flag=g_dngettext:2:pass-c-format", "--flag=g_dngettext:3:pass-c-format",
               *[f"--keyword={word}" for word in KEYWORDS],
               *[tap.short(path) for path in files_with_texts()]]
    result = subprocess.run(command, cwd=tap.ROOT, capture_output=True, text=True, check=False)
    with open(template, encoding="utf-8") as text:  # its date would only make conflicts
        lines = [line for line in text if not line.startswith('"POT-Creation-Date')]
    with open(template, "w", encoding="utf-8") as text:
        text.writelines(lines)
    return template, result.stderr.splitlines()


def extractable(folder):
    template, problems = extract(folder)
    if shutil.which("xgettext"):
        yield from problems
    for path in tap.sources("src"):
        if CUT.search(path.read_text(encoding="utf-8")):
            yield f"{tap.short(path)}: a text is cut off at a macro (write %zu or %lu)"
    for path in (tap.ROOT / "src").glob("*/main.c"):
        if not re.search(r"^\s*textdomain ", path.read_text(encoding="utf-8"), re.MULTILINE):
            yield f"{tap.short(path)}: without textdomain() plurals stay untranslated"
    if "msgid" not in open(template, encoding="utf-8").read():
        yield "nothing to translate was found"


def complete(language, folder):
    catalogue = PO / f"{language}.po"
    result = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", "/dev/null", catalogue],
        capture_output=True, text=True, check=False, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})
    if result.returncode:
        yield from result.stderr.splitlines()
    template, _ = extract(folder)
    merged = f"{folder}/{language}.po"
    subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, catalogue, template],
                   check=True)
    for what, selection in ("not translated", "--untranslated"), ("fuzzy", "--only-fuzzy"):
        text = subprocess.run(
            ["msgattrib", selection, "--no-obsolete", "--no-wrap", merged],
            capture_output=True, text=True, check=False).stdout
        for message in re.findall(r'^msgid "(.+)"$', text, re.MULTILINE):
            yield f"{what}: {message}"
    fuzzy = subprocess.run(["msgattrib", "--only-fuzzy", catalogue],
                           capture_output=True, text=True, check=False).stdout
    if fuzzy.strip():
        yield "the catalogue has uncertain (fuzzy) entries"


def update():
    names = sorted(tap.short(path) for path in files_with_texts())
    (PO / "POTFILES").write_text("\n".join(names) + "\n")
    with tempfile.TemporaryDirectory() as folder:
        template, problems = extract(folder)
        print("\n".join(problems))
        for language in languages():
            subprocess.run(
                ["msgmerge", "--quiet", "--update", "--backup=off", "--no-fuzzy-matching",
                 "--no-location", PO / f"{language}.po", template], check=True)
            subprocess.run(
                ["msgattrib", "--no-obsolete", "-o", PO / f"{language}.po", PO / f"{language}.po"],
                check=True)


if "--update" in sys.argv:
    update()
    sys.exit(0)
with tempfile.TemporaryDirectory() as room:
    tap.check("POTFILES lists every file with texts", potfiles())
    tap.check("texts can be extracted", extractable(room))
    for code in languages():
        tap.check(f"{code} is complete", complete(code, room))
tap.end()
