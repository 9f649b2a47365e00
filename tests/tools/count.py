#!/usr/bin/env python3
"""count.py [--problems N] testlog.json …: adds up what "meson test" wrote

Every subtest of a TAP program counts as one.  A program that broke without a failed subtest
(crash, time-out, wrong plan) counts as one failure, as does a log that is not there.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import argparse
import json
import re
import sys

LINE = re.compile(r"^(not )?ok\b[^#]*(#\s*(skip|todo))?", re.IGNORECASE)


def count(entry):
    """(passed, failed, skipped) of one test program"""
    broken = entry["result"] in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS")
    passed = failed = skipped = 0
    for line in (entry.get("stdout") or "").splitlines():
        match = LINE.match(line)
        if not match:
            continue
        mark = (match.group(3) or "").lower()
        if mark == "skip":
            skipped += 1
        elif match.group(1) and mark != "todo":
            failed += 1
        else:
            passed += 1
    if broken and not failed:
        failed = 1
    if not passed + failed + skipped:
        if entry["result"] == "SKIP":
            skipped = 1
        else:
            passed = 1
    return passed, failed, skipped


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--problems", type=int, default=0)
    parser.add_argument("logs", nargs="*")
    arguments = parser.parse_args()

    totals = [0, arguments.problems, 0]
    bad = []
    for log in arguments.logs:
        try:
            with open(log, encoding="utf-8") as lines:
                entries = [json.loads(line) for line in lines if line.strip()]
        except (OSError, ValueError) as error:
            print(f"{log}: {error}")
            entries = []
        if not entries:
            totals[1] += 1
            bad.append(log)
        for entry in entries:
            counted = count(entry)
            totals = [a + b for a, b in zip(totals, counted)]
            if counted[1]:
                bad.append(f"{log.split('/')[0]}: {entry['name']} ({entry['result']})")

    for line in bad:
        print("failed:", line)
    if totals[2]:
        print(f"{totals[2]} skipped")
    print(f"{totals[0]} passed, {totals[1]} failed")
    return 1 if totals[1] else 0


sys.exit(main())
