#!/usr/bin/env python3
"""test-run.py PROGRAM: computing, showing, exporting

SPDX-License-Identifier: GPL-3.0-or-later
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys

from cli_shop import (CHAIN, FOLDER, HEADER, PROJECT, SHOP, cli, cli_json, leftovers, main,
                      make_project, rows_of, run_shop, same_for_threads, shop_lines, test)


# ---- run, show, export ----

SUMMARY = {"input", "waterfall", "customers", "features", "run", "metrics", "clusters",
           "result_sha256"}


@test
def run_writes_a_project():
    told = make_project()
    assert SUMMARY | {"timings"} <= set(told)
    assert {"path", "sha256", "rows", "rejected"} <= set(told["input"])
    assert {"id", "seed", "model", "parameters"} <= set(told["run"])
    assert {"silhouette", "silhouette_picture", "calinski_harabasz", "davies_bouldin"} \
        <= set(told["metrics"])
    assert {"import", "filter", "features", "scale", "pca", "kmeans", "sweep", "profile"} \
        <= set(told["timings"])
    assert told["run"]["parameters"]["kmeans"]["clusters"] == 3
    assert told["run"]["model"] == "kmeans" and told["run"]["seed"] == 42
    assert len(told["run"]["id"]) == 8 and len(told["result_sha256"]) == 64
    assert told["customers"] == 60
    assert [c["id"] for c in told["clusters"]] == [0, 1, 2]
    assert sum(c["customers"] for c in told["clusters"]) == 60
    assert abs(sum(c["revenue_share"] for c in told["clusters"]) - 1) < 1e-12
    assert told["clusters"][0]["name"] == "Insiders" and told["clusters"][0]["is_insider"]
    for bar in told["waterfall"]:
        assert {"rule", "lines", "customers", "revenue"} <= set(bar)
    shown = cli_json("show", PROJECT)
    for key in SUMMARY:
        assert shown[key] == told[key], key
    with open(PROJECT, "rb") as file:
        assert file.read(72)[68:72] == b"INSD"


@test
def a_project_is_replaced_with_force_only():
    before = PROJECT.read_bytes()
    _, err = cli("run", SHOP, "-o", PROJECT, *CHAIN, code=1)
    assert "--force" in err
    _, err = cli("run", SHOP, "-o", PROJECT, "--", "kmeanz", code=2)
    assert "kmeanz" in err and "--force" not in err, err
    _, err = cli("export", PROJECT, "customers", "-o", PROJECT, code=2)
    copy = FOLDER / "copy.insiders"
    shutil.copy(PROJECT, copy)
    _, err = cli("export", PROJECT, "customers", "-o", copy, code=1)
    assert "--force" in err and copy.read_bytes() == before
    _, err = cli("run", SHOP, "-o", SHOP, "--force", code=2)
    _, err = cli("features", SHOP, "-o", SHOP, "--force", code=2)
    assert PROJECT.read_bytes() == before and SHOP.read_text().startswith(HEADER)
    os.chmod(copy, 0o600)
    run_shop(*CHAIN, path=copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not leftovers()


@test
def a_newer_versions_project_is_never_replaced():
    newer = FOLDER / "newer.insiders"
    content = bytearray(PROJECT.read_bytes())
    content[60:64] = (2).to_bytes(4, "big")  # PRAGMA user_version
    newer.write_bytes(content)
    for words in [["run", SHOP, "-o", newer, "--force", *CHAIN],
                  ["export", PROJECT, "customers", "-o", newer, "--force"]]:
        _, err = cli(*words, code=2)
        assert "newer version" in err and "newer.insiders" in err, err
        assert newer.read_bytes() == content
    assert not leftovers()
    newer.unlink()


@test
def an_older_project_goes_on_with_new_data():
    """The parameters and the history stay; the data and the groups are new."""
    newer, updated = FOLDER / "december.csv", FOLDER / "december.insiders"
    older = FOLDER / "november.insiders"
    lines = SHOP.read_text().splitlines(keepends=True)
    newer.write_text("".join(lines[:-40]))
    old = run_shop(*CHAIN, path=older)
    now = cli_json("run", newer, "-o", updated, "--update", older, "--refit")
    assert now["input"]["sha256"] != old["input"]["sha256"]
    assert now["result_sha256"] != old["result_sha256"]
    assert len(cli_json("show", updated, "runs")) == 2
    assert ["kmeans", "restarts", "4"] in [line.split()[:3] for line in
                                           cli("show", updated, "params")[0].splitlines()]
    again = cli_json("run", newer, "-o", updated, "--update", older, "--refit", "--force", "--",
                     "kmeans", "clusters=4")
    assert len(again["clusters"]) == 4
    cli("run", newer, "-o", updated, "--refit", "--force", code=2)
    cli("run", newer, "-o", updated, "--update", older, "--refit", "--preset", "insiders", "--force",
        code=2)
    cli("run", newer, "-o", updated, "--update", newer, "--refit", "--force", code=1)
    assert len(cli_json("show", older, "runs")) == 1
    newer.unlink()
    updated.unlink()
    older.unlink()


def check_conditions(become, removed):
    """What is said of the threshold is so among the customers."""
    told = re.search(r": ([^:]+) of at (least|most) \D*([\d,.]+)\D*\. ([\d,]+) of the ([\d,]+) customers", become)
    assert told, become
    title, side, value, hits, found = told.groups()
    value, hits, found = (float(text.rstrip(",.").replace(",", "")) for text in (value, hits, found))
    column = next(f["name"] for f in cli_json("show", PROJECT, "dictionary") if f["title"] == title)
    rows = rows_of(cli("export", PROJECT, "customers", "-o", "-")[0])
    meets = [row for row in rows
             if (float(row[column]) >= value if side == "least" else float(row[column]) <= value)]
    assert len(meets) == found and sum(row["is_insider"] == "1" for row in meets) == hits
    insiders = [row for row in rows if row["is_insider"] == "1"]
    assert f" {len(insiders) - int(hits):,} Insiders" in removed
    assert f" {sum(float(row['silhouette']) < 0 for row in insiders):,} lie" in removed


@test
def everything_can_be_shown():
    for topic in ["summary", "waterfall", "clusters", "metrics", "sweep", "runs", "params",
                  "questions", "dictionary"]:
        out, err = cli("show", PROJECT, topic)
        assert out.strip() and not err, topic
        text, _ = cli("show", PROJECT, topic, "--json")
        subprocess.run([sys.executable, "-m", "json.tool"], input=text.encode(), check=True,
                       stdout=subprocess.DEVNULL)
    assert len(cli_json("show", PROJECT, "sweep")) == 8
    assert cli_json("show", PROJECT, "runs")[0]["k"] == 3
    assert cli_json("show", PROJECT, "dictionary")[0]["name"] == "gross_revenue"
    questions = cli_json("show", PROJECT, "questions")
    insiders = cli_json("show", PROJECT, "clusters")[0]
    assert len(questions) == 9
    assert questions[1]["answer"].startswith(f"{insiders['customers']} of ")
    assert f"{100 * insiders['revenue_share']:.3g} %" in questions[3]["answer"]
    assert questions[4]["answer"] is None
    check_conditions(questions[5]["answer"], questions[6]["answer"])
    assert [s["id"] for s in cli_json("steps")][0] == "import"
    parameters = {p["name"]: p for p in cli_json("steps", "kmeans")["parameters"]}
    assert "n_clusters" in parameters["clusters"]["aliases"]
    assert parameters["seed"]["default"] == "42"
    assert "clusters" in cli("steps", "kmeans")[0]


@test
def without_a_sweep_there_is_none():
    other = FOLDER / "other.insiders"
    told = run_shop(*CHAIN, path=other)
    assert "sweep" not in told["timings"]
    for args in [["show", other, "sweep"], ["export", other, "sweep"]]:
        _, err = cli(*args, code=1)
        assert "--sweep" in err


@test
def customers_are_exported():
    out, _ = cli("export", PROJECT, "customers")
    rows = rows_of(out)
    assert list(rows[0])[-7:] == ["embedding_x", "embedding_y", "cluster", "cluster_name",
                                  "is_insider", "silhouette", "membership"]
    assert len(rows) == 60
    features, _ = cli("features", SHOP)
    for row, feature in zip(rows, rows_of(features)):
        assert {name: row[name] for name in feature} == feature
    clusters = cli_json("show", PROJECT, "clusters")
    for cluster in clusters:
        mine = [row for row in rows if row["cluster"] == str(cluster["id"])]
        assert len(mine) == cluster["customers"]
        assert {row["cluster_name"] for row in mine} == {cluster["name"]}
        revenue = sum(float(row["gross_revenue"]) for row in mine)
        assert abs(revenue - cluster["revenue"]) < 1e-6
        assert {row["is_insider"] for row in mine} == {"1" if cluster["is_insider"] else "0"}
    mean = sum(float(row["silhouette"]) for row in rows) / 60
    assert abs(mean - cli_json("show", PROJECT, "metrics")["silhouette"]) < 1e-12


@test
def the_other_exports():
    assert len(rows_of(cli("export", PROJECT, "clusters")[0])) == 3
    assert cli("export", PROJECT, "features")[0] == cli("features", SHOP)[0]
    assert len(rows_of(cli("export", PROJECT, "embedding")[0])) == 60
    assert len(rows_of(cli("export", PROJECT, "sweep")[0])) == 8
    assert cli("export", PROJECT, "rejected")[0] == "line,column,reason,amount,text\n"
    target = FOLDER / "customers.csv"
    assert cli_json("export", PROJECT, "customers", "-o", target) \
        == {"what": "customers", "output": str(target)}
    cli("export", PROJECT, "customers", "--json", code=2)
    assert target.read_text() == cli("export", PROJECT, "customers")[0]


def table(connection, sql):
    connection.row_factory = sqlite3.Row
    return [dict(row) for row in connection.execute(sql)]


@test
def sql_and_sqlite_say_the_same():
    rows = rows_of(cli("export", PROJECT, "customers")[0])
    target = FOLDER / "plain.db"
    cli("export", PROJECT, "sqlite", "-o", target)
    memory = sqlite3.connect(":memory:")
    memory.executescript(cli("export", PROJECT, "sql")[0])
    project = sqlite3.connect(f"file:{PROJECT}?mode=ro", uri=True)
    plain = sqlite3.connect(target)
    query = "SELECT * FROM customers"
    assert table(memory, query) == table(plain, query) == table(project, query)
    for row, other in zip(rows, table(plain, query)):
        for name, text in row.items():
            value = other[name]
            if text == "":
                assert value is None or value == "", (name, value)
            elif isinstance(value, str):
                assert value == text
            else:
                assert float(text) == value, (name, text, value)
    insiders = [row["customer_id"] for row in rows if row["is_insider"] == "1"]
    assert [str(r["customer_id"]) for r in table(plain, "SELECT * FROM insiders")] == insiders
    assert len(table(plain, "SELECT * FROM sweep")) == 8
    assert table(plain, "SELECT * FROM waterfall")[0]["rule"] == "imported"
    assert len(table(plain, "SELECT * FROM cluster_profile")) == 3
    assert project.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert project.execute("PRAGMA application_id").fetchone()[0] == 0x494E5344
    assert project.execute("PRAGMA user_version").fetchone()[0] == 1


@test
def a_project_to_standard_output():
    out, _ = cli("run", SHOP, "-o", "-", *CHAIN, text=False)
    target = FOLDER / "piped.insiders"
    target.write_bytes(out)
    assert cli_json("show", target)["result_sha256"] == run_shop(*CHAIN)["result_sha256"]
    run_shop("--sweep", "2:5", "--models", "kmeans,hierarchical", *CHAIN)


@test
def lines_that_cannot_be_read_are_listed():
    bad = FOLDER / "bad.csv"
    bad.write_text(SHOP.read_text() + "7,A1,x,many,2021-05-05,1.00,1000,France\nshort,line\n")
    told = run_shop(*CHAIN, source=bad, path=FOLDER / "bad.insiders")
    assert told["input"]["rejected"] == 2, told["input"]
    rows = rows_of(cli("export", FOLDER / "bad.insiders", "rejected")[0])
    n = len(shop_lines()) + 1
    assert [int(row["line"]) for row in rows] == [n + 1, n + 2]
    assert rows[0]["column"] == "Quantity" and "many" in rows[0]["text"]
    _, err = cli("features", bad, "-o", FOLDER / "bad-features.csv")
    assert "2 lines" in err and "rejected" in err, err
    assert cli("features", bad, "-q", "-o", FOLDER / "bad-features.csv")[1] == ""
    assert cli("features", SHOP, "-o", FOLDER / "bad-features.csv")[1] == ""
    assert cli_json("features", bad, "-o", FOLDER / "bad-features.csv")["rejected"] == 2


# ---- locale, threads ----

@test
def no_locale_changes_a_byte():
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout
    tried = 0
    expected = cli("export", PROJECT, "customers")[0]
    features = cli("features", SHOP)[0]
    for name in ["de_DE.utf8", "pt_BR.utf8", "tr_TR.utf8", "fr_FR.utf8", "C"]:
        if name != "C" and name not in known:
            continue
        env = {"LC_ALL": name, "LANGUAGE": ""}
        assert cli("export", PROJECT, "customers", env=env)[0] == expected, name
        assert cli("features", SHOP, env=env)[0] == features, name
        json.loads(cli("show", PROJECT, "--json", env=env)[0])
        tried += 1
    assert tried


@test
def threads_change_nothing():
    same_for_threads(SHOP, *CHAIN)
    same_for_threads(SHOP, "--", "hierarchical", "clusters=4", "linkage=ward")


main()
