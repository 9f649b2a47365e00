"""tap.py: says what was found in the Test Anything Protocol

SPDX-License-Identifier: GPL-3.0-or-later
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

_done = 0
_failed = 0


def check(name, problems):
    """One subtest; @problems: what is wrong, one sentence each, empty if all is well"""
    global _done, _failed
    problems = list(problems)
    _done += 1
    if problems:
        _failed += 1
    print(f"{'not ok' if problems else 'ok'} {_done} - {name}")
    for problem in problems[:40]:
        print(f"# {problem}")
    if len(problems) > 40:
        print(f"# … and {len(problems) - 40} more")


def skip(name, reason):
    global _done
    _done += 1
    print(f"ok {_done} - {name} # SKIP {reason}")


def end():
    print(f"1..{_done}")
    sys.exit(1 if _failed else 0)


def sources(*folders, suffixes=(".c", ".h")):
    """Files of the project below @folders, sorted"""
    found = []
    for folder in folders:
        found += [p for p in (ROOT / folder).rglob("*") if p.suffix in suffixes and p.is_file()]
    return sorted(found)


def short(path):
    return str(path.relative_to(ROOT))
