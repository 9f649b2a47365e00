#!/usr/bin/env python3
"""test-update.py PROGRAM: an older project goes on with new data, its model kept

SPDX-License-Identifier: GPL-3.0-or-later
"""

import shutil
import sqlite3

from cli_shop import (CHAIN, FOLDER, SHOP, cli, cli_json, leftovers, main, rows_of, run_shop,
                      test)


# ---- a frozen model ----

OLD = FOLDER / "june.insiders"
JULY = FOLDER / "july.csv"
FROZEN = FOLDER / "july.insiders"


def write_july(wanted=lambda customer: customer % 3 > 0):
    """Other customers of the same shop: the numbers are 5000 higher."""
    lines = SHOP.read_text().splitlines(keepends=True)
    kept = [line.split(",") for line in lines[1:]]
    JULY.write_text(lines[0] + "".join(
        ",".join(fields[:6] + [str(int(fields[6]) + 5000)] + fields[7:])
        for fields in kept if wanted(int(fields[6]) - 1000)))


def update(*more, source=JULY, path=FROZEN, code=0, stdin=b""):
    args = ["run", source, "-o", path, "--update", OLD, "--force", *more]
    return cli(*args, code=code)[1] if code else cli_json(*args, stdin=stdin)


def make_old(*chain):
    """A project whose groups have names of their own, and JULY."""
    write_july()
    return run_shop("--sweep", "2:4", *(chain or CHAIN), path=OLD)


@test
def a_frozen_model_goes_on():
    old = make_old("--", "features", "reference-date=2022-01-01", *CHAIN[1:])
    before = OLD.read_bytes()
    now = update()
    assert now["run"]["frozen"] is True and now["run"]["fitted_on"] == "shop.csv"
    assert old["run"]["frozen"] is False and old["run"]["fitted_on"] == "shop.csv"
    assert now["result_sha256"] != old["result_sha256"]
    assert [c["name"] for c in now["clusters"]] == [c["name"] for c in old["clusters"]]
    assert now["customers"] == 40 and old["customers"] == 60
    assert cli_json("show", FROZEN, "summary")["run"]["frozen"] is True
    runs = cli_json("show", FROZEN, "runs")
    assert [run["frozen"] for run in runs] == [False, True]
    told = [line.split() for line in cli("show", FROZEN, "runs")[0].splitlines()]
    assert "fitted" in told[1] and "frozen" in told[2] and "shown" in told[2], told
    assert "as fitted on “shop.csv”" in cli("show", FROZEN, "summary")[0]
    # customer for customer the group the same purchases had
    groups = {row["customer_id"]: row["cluster_name"]
              for row in rows_of(cli("export", OLD, "customers")[0])}
    rows = rows_of(cli("export", FROZEN, "customers")[0])
    assert len(rows) == 40 and len({row["cluster_name"] for row in rows}) == 3
    for row in rows:
        assert row["cluster_name"] == groups[str(int(row["customer_id"]) - 5000)], row
    assert OLD.read_bytes() == before


@test
def a_frozen_model_finds_its_own_groups_again():
    old = make_old()
    customers = cli("export", OLD, "customers")[0]
    for threads in 1, 2, 7:
        now = update("--threads", threads, source=SHOP)
        assert now["result_sha256"] == old["result_sha256"]
        assert now["run"]["frozen"] is True
        assert cli("export", FROZEN, "customers")[0] == customers
    assert len({update("--threads", n)["result_sha256"] for n in (1, 2, 7)}) == 1
    piped = update(source="-", stdin=JULY.read_bytes())
    assert piped["result_sha256"] == update()["result_sha256"]
    # a third month goes by the first one's model, and so does one that was piped
    third = cli_json("run", SHOP, "-o", FOLDER / "third.insiders", "--update", FROZEN)
    assert third["result_sha256"] == old["result_sha256"]
    assert third["run"]["fitted_on"] == "shop.csv"
    assert [r["frozen"] for r in cli_json("show", FOLDER / "third.insiders", "runs")][0] is False
    (FOLDER / "third.insiders").unlink()


@test
def a_model_that_was_piped_says_so():
    cli("run", "-", "-o", OLD, "--force", *CHAIN, stdin=SHOP.read_bytes())
    write_july()
    assert update()["run"]["fitted_on"] == "-"
    assert "as fitted on standard input" in cli("show", FROZEN, "summary")[0]


@test
def what_changes_the_model_needs_refit():
    make_old()
    before = OLD.read_bytes()
    FROZEN.unlink(missing_ok=True)
    for chain in [["kmeans", "clusters=4"], ["hierarchical"], ["scale", "method=minmax"],
                  ["pca", "components=3"], ["kmeans", "clusters=3", "restarts=4", "seed=1"],
                  ["kmeans", "clusters=3", "restarts=4", "space=picture"]]:
        err = update("--", *chain, code=2)
        assert "--refit" in err and "chain" in err, err
        assert not FROZEN.exists()
    assert "--preset" in update("--preset", "notebook", code=2)
    assert not FROZEN.exists()
    assert update("--", "kmeans", "clusters=3", "restarts=4")["run"]["frozen"] is True  # as it was
    fewer = update("--", "filter", "countries=Portugal")
    assert fewer["run"]["frozen"] is True and 0 < fewer["customers"] < 40
    swept = update("--sweep", "2:5", "--models", "kmeans,hierarchical")
    assert swept["run"]["frozen"] is True
    assert len(cli_json("show", FROZEN, "sweep")) == 8
    refit = update("--refit", "--", "kmeans", "clusters=4")
    assert refit["run"]["frozen"] is False and refit["run"]["fitted_on"] == "july.csv"
    assert len(refit["clusters"]) == 4
    assert OLD.read_bytes() == before


@test
def a_model_that_cannot_be_kept():
    make_old()
    good = OLD.read_bytes()
    FROZEN.unlink(missing_ok=True)
    with sqlite3.connect(OLD) as database:  # a newer version's: nothing is sealed
        database.execute("DELETE FROM artifact WHERE stage IN ('cluster', 'profile')")
        database.execute("DELETE FROM cluster")
        database.execute("PRAGMA user_version = 2")
    database.close()
    err = update(code=2)
    assert "no model" in err and "june.insiders" in err, err
    damaged = bytearray(good)
    damaged[len(good) // 2:len(good) // 2 + 64] = bytes(64)
    for content in bytes(damaged), good[:5000], b"", SHOP.read_bytes():
        OLD.write_bytes(content)
        assert "june.insiders" in update(code=1)
        assert OLD.read_bytes() == content and not FROZEN.exists()
    OLD.unlink()
    assert "june.insiders" in update(code=1)
    OLD.write_bytes(good)
    table = FOLDER / "other-columns.csv"
    table.write_text("id,a,b\n1,2,3\n2,3,4\n3,1,2\n")
    err = update("--table", "--id", "id", source=table, code=1)
    assert "“gross_revenue”" in err, err
    assert not FROZEN.exists() and not leftovers()
    table.unlink()


@test
def a_project_is_updated_in_place():
    old = make_old()
    now = update(path=OLD)
    assert now["run"]["frozen"] is True
    again = update(source=SHOP, path=OLD)
    assert again["result_sha256"] == old["result_sha256"]
    # results of a run made before are that run's: there is no third one but what was applied
    assert [run["frozen"] for run in cli_json("show", OLD, "runs")][:2] == [False, True]
    _, err = cli("run", JULY, "-o", OLD, "--update", OLD, code=1)
    assert "--force" in err
    assert cli_json("show", OLD, "summary")["result_sha256"] == old["result_sha256"]


@test
def frozen_groups_may_be_empty():
    """Charts and exports of all kinds, with Insiders only, without them, and of one customer."""
    for chain in CHAIN, ["--", "hierarchical", "clusters=3"], [*CHAIN, "space=picture"]:
        old = make_old(*chain)
        for wanted in (lambda c: c < 5), (lambda c: c >= 25), (lambda c: c == 3):
            write_july(wanted)
            alone = wanted(3) and not wanted(4)
            now = update(*([] if alone else ["--sweep", "2:3"]))
            sizes = [c["customers"] for c in now["clusters"]]
            assert 0 in sizes and sum(sizes) == now["customers"], sizes
            assert [c["name"] for c in now["clusters"]] == [c["name"] for c in old["clusters"]]
            charts = FOLDER / "frozen-charts"
            listing, err = cli("chart", FROZEN, "all", "-o", charts, "--format", "svg",
                               env={"G_DEBUG": "fatal-warnings"})
            assert len(listing.splitlines()) >= 8 and not err, err
            shutil.rmtree(charts)
            for what in ["customers", "clusters", "features", "embedding"]:
                out, _ = cli("export", FROZEN, what, env={"G_DEBUG": "fatal-warnings"})
                assert "nan" not in out.lower() and "inf" not in out.lower(), (what, out)
            for topic in ["summary", "clusters", "metrics", "runs", "questions"]:
                assert "nan" not in cli("show", FROZEN, topic)[0], topic
                cli_json("show", FROZEN, topic)


main()
