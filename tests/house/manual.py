#!/usr/bin/env python3
"""manual.py CLI: the manual page, the README and --help tell the same story

SPDX-License-Identifier: GPL-3.0-or-later
"""

import re
import subprocess
import sys

import tap

CLI = sys.argv[1]
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
BUILT_IN = {"--help", "--help-all", "--help-input"}


def ask(*arguments):
    result = subprocess.run([CLI, *arguments], capture_output=True, text=True, check=False,
                            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
    return result.stdout


def plain(page):
    """The text of a manual page, near enough for looking words up"""
    return re.sub(r"\\f.", "", page.replace("\\-", "-"))


COMMANDS = re.findall(r"^  ([a-z]+)  +\S", ask("--help").split("Commands:")[-1], re.MULTILINE)
OPTIONS = {option
           for command in COMMANDS
           for line in ask(command, "--help-all").splitlines() if re.match(r"  (-|  -)", line)
           for option in OPTION.findall(line[:34])} | {"--help"}
MANUAL = plain((tap.ROOT / "data/man/insiders-cli.1").read_text(encoding="utf-8"))
README = (tap.ROOT / "README.md").read_text(encoding="utf-8")


def every_command(where, text, pattern):
    if not COMMANDS:
        yield "--help lists no command"
    for command in COMMANDS:
        if not re.search(pattern.format(command), text, re.MULTILINE):
            yield f"{where} says nothing of “{command}”"


def every_option():
    for option in sorted(OPTIONS - BUILT_IN):
        if not re.search(re.escape(option) + r"(?![\w-])", MANUAL):
            yield f"the manual says nothing of {option}"


def no_other_option(where, text):
    for option in sorted(set(OPTION.findall(text)) - OPTIONS):
        yield f"{where} names {option}, which does not exist"


def commands_in(text):
    return "\n".join(re.findall(r"^insiders-cli .*$", text, re.MULTILINE))


tap.check("the manual has every command", every_command("the manual", MANUAL, r'^\.(BI?|BR?) "?{} '))
tap.check("the README has every command", every_command("the README", README, r"^insiders-cli {} "))
tap.check("the manual has every option", every_option())
tap.check("the manual has no other option", no_other_option("the manual", MANUAL))
tap.check("the README has no other option", no_other_option("the README", commands_in(README)))
tap.end()
