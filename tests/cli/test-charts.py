#!/usr/bin/env python3
"""test-charts.py PROGRAM: drawing, and being interrupted at anything

SPDX-License-Identifier: GPL-3.0-or-later
"""

import os
import pathlib
import signal
import subprocess
import time

from cli_shop import (FOLDER, PROGRAM, PROJECT, SHOP, cli, cli_json, interrupt, leftovers, main,
                      make_project, test)


# ---- charts ----

def order_of(listing):
    names = [pathlib.Path(line).stem for line in listing.splitlines()]
    return lambda path: names.index(pathlib.Path(path).stem)


@test
def charts():
    folder = FOLDER / "charts"
    out, _ = cli("chart", PROJECT, "all", "-o", folder, "--size", "400x300")
    files = sorted(folder.iterdir())
    assert len(files) >= 5 and len(out.splitlines()) == len(files)
    assert {"box", "pairs", "correlation", "biplot"} <= {file.stem for file in files}
    for file in files:
        assert file.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    for ending, magic in [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")]:
        path = FOLDER / f"one.{ending}"
        cli("chart", PROJECT, "scatter", "-o", path, "--theme", "dark")
        assert path.read_bytes().startswith(magic)
        piped, _ = cli("chart", PROJECT, "scatter", "-o", "-", "--format", ending, text=False)
        assert piped.startswith(magic)
    assert cli_json("chart", PROJECT, "all", "-o", folder, "--format", "svg", "--theme", "print"
                    )["files"] == sorted(map(str, folder.glob("*.svg")), key=order_of(out))
    cli("chart", PROJECT, "silhouette", "-o", FOLDER / "k.png", "--k", 4)
    cli("chart", PROJECT, "waterfall", "-o", FOLDER / "w.svg", "--measure", "revenue")
    cli("chart", PROJECT, "histogram", "-o", FOLDER / "h.svg", "--feature", "gross_revenue",
        "--size", "600×400")
    for measure in "pearson", "spearman":
        cli("chart", PROJECT, "correlation", "-o", FOLDER / f"{measure}.svg", "--measure", measure)
    assert (FOLDER / "pearson.svg").read_bytes() != (FOLDER / "spearman.svg").read_bytes()
    for args, words in [
        (["weather", "-o", FOLDER / "x.png"], ["scatter", "elbow"]),
        (["scatter", "-o", FOLDER / "x.gif"], ["png", "svg", "pdf"]),
        (["scatter"], ["-o"]),
        (["scatter", "-o", FOLDER / "x.png", "--size", "big"], ["900x560"]),
        (["histogram", "-o", FOLDER / "x.png", "--feature", "Revenue"], ["gross_revenue"]),
        (["scatter", "-o", FOLDER / "x.png", "--theme", "pink"], ["light", "dark", "print"]),
        (["waterfall", "-o", FOLDER / "x.png", "--measure", "love"], ["lines", "revenue"]),
        (["correlation", "-o", FOLDER / "x.png", "--measure", "lines"], ["pearson", "spearman"]),
    ]:
        _, err = cli("chart", PROJECT, *args, code=2)
        for word in words:
            assert word in err, err
    assert not (FOLDER / "x.png").exists() and not leftovers()


@test
def charts_appear_together():
    # a folder that is there keeps what else is in it, and gets all charts or none
    folder = FOLDER / "together"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    (folder / "scatter.svg").write_text("old")
    cli("chart", PROJECT, "all", "-o", folder, "--format", "svg", "--size", "400x300")
    names = {path.name for path in folder.iterdir()}
    assert (folder / "notes.txt").read_text() == "mine" and len(names) > 10
    assert (folder / "scatter.svg").read_text().startswith("<?xml")
    assert not any(name.startswith(".") for name in names)
    # one that cannot take them stays as it is
    blocked = FOLDER / "blocked"
    (blocked / "scatter.svg" / "full").mkdir(parents=True)
    _, err = cli("chart", PROJECT, "all", "-o", blocked, "--format", "svg", code=1)
    assert "scatter.svg" in err and [p.name for p in blocked.iterdir()] == ["scatter.svg"]
    # a file in its place, and a name below a folder that is not there yet
    (FOLDER / "file").write_text("mine")
    cli("chart", PROJECT, "all", "-o", FOLDER / "file", code=1)
    assert (FOLDER / "file").read_text() == "mine"
    cli("chart", PROJECT, "all", "-o", f"{FOLDER}/deep/charts/", "--size", "400x300")
    assert len(list((FOLDER / "deep/charts").iterdir())) > 10
    assert not leftovers() and not list((FOLDER / "deep").glob(".*"))


# ---- interrupting ----

@test
def interrupting_leaves_nothing():
    target = FOLDER / "interrupted.insiders"
    long = ["run", SHOP, "-o", target, "--", "kmeans", "clusters=10", "restarts=10000",
            "max-iterations=100000", "tolerance=0"]
    for after in 0.1, 0.3, 0.5:
        code, _ = interrupt(after, 1, *long)
        assert code in (0, 130), code
        if code == 0:
            target.unlink()
        assert not target.exists() and not leftovers()


@test
def interrupted_charts_leave_no_folder():
    folder = FOLDER / "interrupted-charts"
    for after in 0.05, 0.15, 0.3, 0.6, 0.9:
        code, seconds = interrupt(after, 1, "chart", PROJECT, "all", "-o", folder, "--size",
                                  "5000x4000")  # so large that drawing takes seconds
        assert code == 130, code
        assert seconds < 2, seconds  # 0.2 on a machine of one's own
        assert not folder.exists() and not leftovers(), (after, leftovers())


@test
def a_silent_pipe_can_be_interrupted():
    read, write = os.pipe()
    with subprocess.Popen([PROGRAM, "describe", "-"], stdin=read, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    os.close(write)
    os.close(read)


main(make_project)
