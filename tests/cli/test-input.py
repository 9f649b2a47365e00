#!/usr/bin/env python3
"""test-input.py PROGRAM: usage, describing, features: before there is a project

SPDX-License-Identifier: GPL-3.0-or-later
"""

import csv
import gzip
import io
import os
import random
import sqlite3
import subprocess

from cli_shop import (FOLDER, HEADER, PROGRAM, PROJECT, SHOP, cli, cli_json, leftovers, main,
                      rows_of, run_shop, shop_lines, Skip, test, write_shop)


# ---- usage ----

@test
def version_and_help():
    out, _ = cli("--version")
    assert out.startswith("insiders-cli "), out
    out, _ = cli("--help")
    commands = ["describe", "features", "run", "steps", "show", "export", "chart"]
    for command in commands:
        assert f"\n  {command} " in out, command
        assert command in cli(command, "--help")[0]
        assert cli(command, "--version")[0].startswith("insiders-cli ")


@test
def full_output_is_told():
    if not os.path.exists("/dev/full"):
        raise Skip("no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([PROGRAM, "steps"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1, done
    assert b"Standard output could not be written" in done.stderr, done


@test
def wrong_usage_is_exit_2():
    for args, words in [
        ([], ["describe", "export"]),
        (["frobnicate"], ["describe", "features", "run", "steps", "show", "export"]),
        (["describe"], ["INPUT"]),
        (["describe", SHOP, "more"], ["more"]),
        (["describe", SHOP, "--frobnicate"], ["frobnicate"]),
        (["run", SHOP], ["-o"]),
        (["run", SHOP, "-o", PROJECT, "--models", "kmeans"], ["--sweep"]),
        (["run", SHOP, "-o", PROJECT, "--sweep", "5"], ["2:25"]),
        (["run", SHOP, "-o", PROJECT, "--sweep", "25:2"], ["2:25"]),
        (["run", SHOP, "-o", PROJECT, "--preset", "nothing-like-it"], ["insiders", "notebook"]),
        (["run", SHOP, "-o", PROJECT, "--role", "boss=X"], ["customer", "invoice"]),
        (["run", SHOP, "-o", PROJECT, "--role", "customer"], ["ROLE=COLUMN"]),
        (["run", SHOP, "-o", PROJECT, "--encoding", "klingon"], ["utf-8"]),
        (["run", SHOP, "-o", PROJECT, "--id", "CustomerID"], ["--table"]),
        (["run", SHOP, "-o", PROJECT, "--header", "--no-header"], ["--no-header"]),
        (["run", SHOP, "-o", PROJECT, "--no-header", "--header-line", "2"], ["--header-line"]),
        (["run", SHOP, "-o", PROJECT, "--header-line", "two"], ["--header-line", "two"]),
        (["run", SHOP, "-o", PROJECT, "--threads", "-3"], ["1024"]),
        (["run", SHOP, "-o", PROJECT, "--threads", "many"], ["many"]),
        (["run", SHOP, "-o", PROJECT, "--", "kmeanz"], ["kmeans", "hierarchical"]),
        (["run", SHOP, "-o", PROJECT, "--", "kmeans", "klusters=3"], ["clusters", "seed"]),
        (["run", SHOP, "-o", PROJECT, "--", "kmeans", "clusters=some"], ["some"]),
        (["run", SHOP, "-o", PROJECT, "--", "kmeans", "restarts=0"], ["1"]),
        (["run", SHOP, "-o", PROJECT, "--", "kmeans", "clusters=0"], ["from 1", "auto"]),
        (["run", SHOP, "-o", PROJECT, "--", "kmeans", "seed=-1"], ["from 0"]),
        (["run", SHOP, "-o", PROJECT, "--", "scale", "columns.age=log1p"], ["gross_revenue"]),
        (["run", SHOP, "-o", PROJECT, "--", "clusters=3"], ["clusters=3"]),
        (["run", SHOP, "-o", "-", "--json"], ["--json"]),
        (["steps", "nothing"], ["kmeans", "scale"]),
        (["show", PROJECT, "weather"], ["summary", "waterfall", "dictionary"]),
        (["export", PROJECT, "weather"], ["customers", "sqlite"]),
        (["export", PROJECT], ["WHAT"]),
        (["show", PROJECT, "--", "kmeans"], ["chain"]),
    ]:
        _, err = cli(*args, code=2)
        for word in words:
            assert word in err, f"{args}: no “{word}” in: {err}"
    assert not PROJECT.exists() and not leftovers()


@test
def failures_are_exit_1():
    broken = FOLDER / "broken.insiders"
    broken.write_bytes(b"SQLite format 3\0" + bytes(50))
    empty = FOLDER / "empty.csv"
    empty.write_bytes(b"")
    for args, word in [
        (["describe", FOLDER / "missing.csv"], "missing.csv"),
        (["describe", empty], "empty.csv"),
        (["show", FOLDER / "missing.insiders"], "missing.insiders"),
        (["show", SHOP], "shop.csv"),
        (["show", broken], "broken.insiders"),
        (["features", SHOP, "-o", FOLDER / "no" / "where.csv"], "where.csv"),
        (["features", SHOP, "-o", FOLDER], "folder"),
    ]:
        _, err = cli(*args, code=1)
        assert word in err and err.count("\n") == 1, err
    assert not leftovers()


# ---- describe ----

@test
def describe_tells_what_is_there():
    told = cli_json("describe", SHOP)
    lines = shop_lines()
    assert told["input"]["rows"] == len(lines) and told["input"]["rejected"] == 0
    assert told["roles"]["customer"] == "CustomerID" and told["roles"]["price"] == "UnitPrice"
    quantity = next(c for c in told["columns"] if c["role"] == "quantity")
    assert quantity["sum"] == sum(line[2] for line in lines) == told["sum_quantity"]
    assert quantity["min"] == -2
    amount = sum(round(line[4] * 100) * line[2] for line in lines) / 100
    assert abs(told["sum_amount"] - amount) < 1e-6
    assert sum(told["rows_per_month"].values()) == len(lines)
    out, _ = cli("describe", SHOP)
    assert "CustomerID" in out and "customer" in out


@test
def the_same_from_stdin_gzip_and_tsv():
    plain = cli_json("describe", SHOP)
    piped = cli_json("describe", "-", stdin=SHOP.read_bytes())
    packed = FOLDER / "shop.csv.gz"
    packed.write_bytes(gzip.compress(SHOP.read_bytes()))
    zipped = cli_json("describe", packed)
    for other in piped, zipped:
        assert other["input"]["sha256"] == plain["input"]["sha256"]
        assert other["columns"] == plain["columns"]
    tabs = FOLDER / "shop.tsv"
    write_shop(tabs, delimiter="\t")
    assert cli_json("describe", tabs)["columns"] == plain["columns"]


@test
def other_dialects_have_the_same_features():
    expected, _ = cli("features", SHOP, "-o", "-")
    semicolons = FOLDER / "semicolons.csv"
    write_shop(semicolons, delimiter=";", decimal=",", date="{2:02d}.{1:02d}.{0:04d}")
    assert cli("features", semicolons)[0] == expected
    assert cli("features", semicolons, "--delimiter", ";", "--decimal", ",", "--thousands", "",
               "--date-format", "%d.%m.%Y", "--quote", '"', "--encoding", "UTF-8",
               "--header")[0] == expected
    assert cli("features", semicolons, "--delimiter", "semicolon", "--decimal", "comma")[0] \
        == expected
    renamed = FOLDER / "renamed.csv"
    write_shop(renamed, header="a,b,c,d,e,f,g,h")
    roles = [f"--role={role}={column}" for role, column in
             [("invoice", "a"), ("product", "b"), ("quantity", "d"), ("date", "#5"),
              ("price", "f"), ("customer", "g"), ("country", "#8")]]
    assert cli("features", renamed, *roles)[0] == expected


@test
def titles_above_the_names_are_skipped():
    expected, _ = cli("features", SHOP, "-o", "-")
    titled = FOLDER / "titled.csv"
    titled.write_text("Report, made 2026-01-05\n\n" + SHOP.read_text())
    assert cli("features", titled)[0] == expected
    got = cli_json("describe", titled)
    assert got["dialect"]["header_line"] == 3, got["dialect"]
    assert got["input"]["rejected"] == 1, got["input"]
    titled.write_text("1,2,3,4,5,6,7,8\n" * 40 + SHOP.read_text())
    assert cli("features", titled, "--header-line", "41")[0] == expected
    assert cli("features", titled, "--", "import", "header-line=41")[0] == expected


@test
def an_open_question_names_its_option():
    unclear = FOLDER / "unclear.csv"
    unclear.write_text(HEADER + "\n" + "".join(
        f"{i},A{i},x,1,0{1 + i % 9}/0{1 + i % 7}/2021,2.50,{i % 5},France\n" for i in range(40)))
    out, err = cli("describe", unclear, code=1)
    assert "--date-format" in err, err
    assert "delimiter" in out, "what was found out is shown"
    cli("features", unclear, "--date-format", "%d/%m/%Y")


# ---- features ----

def naive_features():
    """Preset notebook on the shop, the slow way."""
    customers = {}
    for line in shop_lines():
        customers.setdefault(line[5], []).append(line)
    last = max(line[3] for line in shop_lines() if line[2] >= 0)
    for customer, lines in customers.items():
        bought = [line for line in lines if line[2] >= 0]
        yield customer, {
            "gross_revenue": sum(round(line[4] * 100) * line[2] for line in bought) / 100,
            "invoice_count": len({line[0] for line in bought}),
            "item_count": sum(line[2] for line in bought),
            "line_count": len(bought),
            "product_count": len({line[1] for line in bought}),
            "returned_items": sum(-line[2] for line in lines if line[2] < 0),
            "recency_days": days(last) - max(days(line[3]) for line in bought),
        }


def days(day):
    import datetime
    return datetime.date(*day).toordinal()


@test
def features_are_what_they_say():
    out, _ = cli("features", SHOP, "--preset", "notebook", "-o", "-")
    rows = rows_of(out)
    assert list(rows[0])[:3] == ["customer_id", "gross_revenue", "recency_days"]
    assert "\r" not in out and out.endswith("\n")
    assert [int(row["customer_id"]) for row in rows] == list(range(1000, 1060))
    for customer, expected in naive_features():
        row = rows[customer - 1000]
        for name, value in expected.items():
            assert float(row[name]) == value, (customer, name, row[name], value)


@test
def options_stand_anywhere():
    expected, _ = cli("features", SHOP)
    for args in [["--threads", 2, "--quiet", "features", SHOP],
                 ["--threads=2", "features", "--quiet", SHOP, "-o", "-"],
                 ["features", "-o", "-", "-q", SHOP, "--threads", 3, "--"]]:
        assert cli(*args)[0] == expected, args


# ---- ready tables, hostile names ----

@test
def a_ready_table():
    chance = random.Random(3)
    ready = FOLDER / "ready.csv"
    names = ["who", "revenue", "Cluster", "cluster", 'a "b"', "select;--", "customer_id", "=risk"]
    with open(ready, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(names)
        for i in range(80):
            big = 10 if i < 10 else 1
            writer.writerow(["=1+2" if i == 0 else f"c{i:03d}"]
                            + [round(chance.uniform(1, 9) * big, 3) for _ in names[1:]])
    project = FOLDER / "ready.insiders"
    told = run_shop("--table", "--id", "who", source=ready, path=project,
                    *["--", "kmeans", "clusters=2", "scale", "features="])
    assert told["customers"] == 80, told["customers"]
    rows = list(csv.reader(io.StringIO(cli("export", project, "customers")[0])))
    assert rows[0][0] == "customer_id" and "'=risk" in rows[0]
    assert "'=1+2" in {row[0] for row in rows}
    raw = list(csv.reader(io.StringIO(cli("export", project, "customers", "--raw-text")[0])))
    assert "=1+2" in {row[0] for row in raw} and "=risk" in raw[0]
    connection = sqlite3.connect(f"file:{project}?mode=ro", uri=True)
    columns = [row[1].lower() for row in connection.execute("PRAGMA table_info (customers)")]
    assert len(columns) == len(set(columns)) and "cluster" in columns
    assert connection.execute('SELECT count (*), min ("select;--") FROM customers').fetchone()[0] \
        == 80
    assert connection.execute("SELECT count (*) FROM insiders").fetchone()[0] > 0


main()
