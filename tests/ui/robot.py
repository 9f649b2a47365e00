#!/usr/bin/env python3
"""robot.py INSIDERS CLI PICTURES: uses the built program from outside, by keys and pointer

Goes the whole way: sample, run, every page, a rubber band, save, rename, undo, redo, save, close,
open again from the command line.  What was typed must then be in the project file.  Waits for
things to happen (asked over D-Bus, where the window's actions are), never for time to pass.
Needs a display of its own: run it through tests/tools/with-display.sh.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

NAME = "Robot's best"
APP = "io.github.insiders.Insiders"
OBJECT = "/io/github/insiders/Insiders/window/1"
PATIENCE = 90
SIZE = 1200, 800


class Failure(Exception):
    pass


def run(*command, check=False):
    return subprocess.run([*map(str, command)], capture_output=True, text=True, check=check,
                          timeout=PATIENCE)


def until(what, condition, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise Failure(f"waited in vain until {what}")


class Robot:
    def __init__(self, program, pictures):
        self.program = program
        self.pictures = pathlib.Path(pictures)
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.app = None
        self.window = None
        self.count = 0

    # --- the program ---

    def start(self, *arguments):
        self.app = subprocess.Popen([self.program, *arguments])
        self.window = until("the window is there", lambda: self.find("Insiders|shop|robot"))
        run("xdotool", "windowmove", self.window, 0, 0)
        run("xdotool", "windowsize", self.window, *SIZE)
        until("its actions can be asked for", lambda: self.describe("run") is not None)
        self.focus()

    def alive(self):
        if self.app.poll() is not None:
            raise Failure(f"the program ended with {self.app.returncode}")

    def end(self):
        try:
            code = self.app.wait(PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise Failure("the program does not end") from error
        if code:
            raise Failure(f"the program ended with {code}")

    def find(self, name):
        if self.app.poll() is not None:
            self.alive()
        found = run("xdotool", "search", "--onlyvisible", "--name", name).stdout.split()
        return found[-1] if found else None

    def title(self):
        return run("xdotool", "getwindowname", self.window).stdout.strip()

    def describe(self, action):
        """Whether a window action can be used now; None while nobody answers"""
        self.alive()
        answer = run("gdbus", "call", "--session", "--dest", APP, "--object-path", OBJECT,
                     "--method", "org.gtk.Actions.Describe", action).stdout
        return "true" in answer.split(",")[0] if answer else None

    def wait_for(self, action, usable=True):
        until(f"{action} is {'' if usable else 'not '}possible",
              lambda: self.describe(action) is usable)

    # --- hands and eyes ---

    def focus(self, window=None):
        run("xdotool", "windowfocus", "--sync", window or self.window)

    def key(self, *keys):
        self.alive()
        run("xdotool", "key", "--delay", 30, *keys)

    def type(self, text):
        run("xdotool", "type", "--delay", 15, text)

    def click(self, x, y):
        run("xdotool", "mousemove", "--sync", x, y, "click", 1)

    def drag(self, x0, y0, x1, y1):
        run("xdotool", "mousemove", "--sync", x0, y0, "mousedown", 1)
        for i in range(1, 9):
            run("xdotool", "mousemove", "--sync", x0 + (x1 - x0) * i // 8,
                y0 + (y1 - y0) * i // 8)
        run("xdotool", "mouseup", 1)

    def look(self, name=None):
        """The screen as raw pixels; with a name it is kept as a picture"""
        if name:
            self.count += 1
            run("import", "-window", "root", self.pictures / f"{self.count:02}-{name}.png")
        return subprocess.run(["import", "-window", "root", "-crop", f"{SIZE[0]}x{SIZE[1]}+0+0",
                               "-depth", "8", "rgb:-"], capture_output=True, check=True).stdout

    def look_when_still(self, name=None):
        def still():
            first = hashlib.sha1(self.look()).digest()
            time.sleep(0.15)
            return first == hashlib.sha1(self.look()).digest()
        until("the picture is still", still, 20)
        return self.look(name)

    def find_swatches(self, pixels):
        """Places of the groups' gold or coloured marks in the left part of the page's lists"""
        width, height = SIZE
        last = -99
        for y in range(height // 4, height - 60):
            row = pixels[y * width * 3:(y + 1) * width * 3]
            for x in range(240, 420):
                red, green, blue = row[x * 3:x * 3 + 3]
                if max(red, green, blue) - min(red, green, blue) > 90:
                    if y - last > 30:
                        yield x, y
                    last = y
                    break


# --- the way ---

def open_sample(robot):
    robot.start()
    robot.look_when_still("welcome")
    robot.key("alt+t")
    robot.wait_for("run")
    until("the title names the sample", lambda: "shop" in robot.title())
    robot.wait_for("cancel", False)


def find_groups(robot):
    robot.look_when_still("opened")
    robot.key("F5")
    until("all is computed", lambda: robot.describe("run") and not robot.describe("cancel")
          and robot.describe("invert-selection"))
    robot.wait_for("cancel", False)


def see_pages(robot):
    seen = {}
    for number, page in enumerate(["data", "filters", "features", "prepare", "embed", "cluster",
                                   "profile"], 1):
        robot.key(f"alt+{number}")
        seen[page] = hashlib.sha1(robot.look_when_still(page)).digest()
    if len(set(seen.values())) != len(seen):
        raise Failure(f"two pages look the same: {seen}")


def select_customers(robot):
    robot.key("alt+6")
    robot.look_when_still()
    if robot.describe("stop"):
        raise Failure("somebody is selected before anything was done")
    robot.drag(330, 330, 640, 620)
    robot.wait_for("stop")
    robot.look_when_still("selected")
    robot.focus()
    robot.key("Escape")
    robot.wait_for("stop", False)
    robot.key("ctrl+a")
    robot.wait_for("stop")
    robot.key("ctrl+i")
    robot.wait_for("stop", False)


def save_first(robot, path):
    robot.key("ctrl+s")
    dialog = until("there is a dialog", lambda: robot.find("Save the Project"))
    robot.focus(dialog)
    robot.key("ctrl+a")
    robot.type(str(path))
    robot.key("Return")
    until("the project is written", path.exists)
    robot.wait_for("save", False)
    robot.focus()
    until("the title is the project's", lambda: robot.title().startswith("robot"))


def rename_group(robot):
    """Opens the first group's row, clicks the entry below it, types"""
    robot.key("alt+7")
    pixels = robot.look_when_still()
    for x, y in list(robot.find_swatches(pixels)):
        before = hashlib.sha1(pixels).digest()
        robot.click(x + 60, y)
        after = robot.look_when_still("row")
        if hashlib.sha1(after).digest() == before:
            continue
        for below in (60, 75, 50, 90):
            robot.click(x + 120, y + below)
            robot.key("ctrl+a")
            robot.type(NAME)
            robot.key("Return")
            try:
                until("the change is known", lambda: robot.describe("save"), 3)
            except Failure:
                continue
            robot.look_when_still("renamed")
            return
        pixels = robot.look_when_still()
    raise Failure("no group's entry was found")


def undo_and_redo(robot):
    robot.key("alt+6") # out of the entry, which has an undo of its own
    robot.look_when_still()
    robot.focus()
    robot.wait_for("undo")
    robot.key("ctrl+z")
    robot.wait_for("redo")
    robot.key("ctrl+shift+z")
    robot.wait_for("redo", False)
    robot.wait_for("undo")


def save_again(robot):
    robot.wait_for("save")
    robot.key("ctrl+s")
    robot.wait_for("save", False)


def open_by_dialog(robot, path):
    robot.key("ctrl+w")
    robot.end()
    robot.start()
    robot.look_when_still()
    robot.key("ctrl+o")
    dialog = until("there is a dialog", lambda: robot.find("Open Data or a Project"))
    robot.focus(dialog)
    robot.look_when_still()
    robot.key("slash") # begins to ask for a place
    robot.look_when_still()
    robot.type(str(path)[1:])
    robot.key("shift+End") # what newer dialogs put behind it by themselves
    robot.key("Delete")
    robot.look_when_still("dialog")
    robot.key("Return")
    until("the title is the project's", lambda: robot.title().startswith("robot"))
    robot.wait_for("invert-selection")
    robot.focus()
    robot.key("ctrl+w")
    robot.end()


def open_from_command_line(robot, path):
    robot.start(str(path))
    until("the title is the project's", lambda: robot.title().startswith("robot"))
    robot.wait_for("invert-selection")
    robot.look_when_still("reopened")
    if robot.describe("save"):
        raise Failure("a project just opened is said to be changed")
    robot.key("ctrl+q")
    robot.end()


def check_file(cli, path):
    answer = run(cli, "show", path, "clusters")
    if NAME not in answer.stdout:
        raise Failure(f"“{NAME}” is not among the groups:\n{answer.stdout}{answer.stderr}")
    if shutil.which("sqlite3"):
        names = run("sqlite3", path, "SELECT DISTINCT cluster_name FROM customers").stdout
        if NAME not in names.splitlines():
            raise Failure(f"“{NAME}” is not in the table of customers: {names}")


def main():
    program, cli, pictures = sys.argv[1:4]
    missing = [tool for tool in ("xdotool", "import", "gdbus") if not shutil.which(tool)]
    if missing or "DISPLAY" not in os.environ:
        print(f"1..0 # SKIP {', '.join(missing) or 'a display'} not here")
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="insiders-robot-"))
    path = folder / "robot.insiders"
    robot = Robot(program, pictures)
    steps = [
        ("opens the sample", lambda: open_sample(robot)),
        ("finds groups by F5", lambda: find_groups(robot)),
        ("shows every page by its key", lambda: see_pages(robot)),
        ("selects by rubber band", lambda: select_customers(robot)),
        ("saves through the dialog", lambda: save_first(robot, path)),
        ("renames a group by typing", lambda: rename_group(robot)),
        ("undoes and redoes", lambda: undo_and_redo(robot)),
        ("saves again without asking", lambda: save_again(robot)),
        ("opens it again through the dialog", lambda: open_by_dialog(robot, path)),
        ("opens it again from the command line", lambda: open_from_command_line(robot, path)),
        ("has the name in the file", lambda: check_file(cli, path)),
    ]
    print(f"1..{len(steps)}")
    try:
        for number, (name, step) in enumerate(steps, 1):
            step()
            print(f"ok {number} {name}", flush=True)
    except (Failure, subprocess.SubprocessError) as error:
        print(f"not ok {number} {name}\n# " + str(error).replace("\n", "\n# "), flush=True)
        robot.look("failed")
        print("Bail out!")
        sys.exit(1)
    finally:
        if robot.app and robot.app.poll() is None:
            robot.app.kill()
        shutil.rmtree(folder)


main()
