#!/usr/bin/env python3
"""test-cli.py PROGRAM: insiders-cli from end to end, as a script would use it

A small shop with known figures, and the real data where they are.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import csv
import gzip
import io
import json
import os
import pathlib
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback

PROGRAM = sys.argv[1]
TESTS = pathlib.Path(__file__).resolve().parents[1]
DATA = pathlib.Path(os.environ.get("INSIDERS_TEST_DATA") or TESTS / "../../shared/data")
REAL = DATA / "ecommerce.csv.gz"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="insiders-cli-"))
SHOP = FOLDER / "shop.csv"
PROJECT = FOLDER / "shop.insiders"
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
TESTED = []


class Skip(Exception):
    pass


def test(func):
    TESTED.append(func)
    return func


def cli(*args, code=0, stdin=b"", env=None, text=True):
    """Runs the program; @code must be its exit code.  Returns standard output and error."""
    done = subprocess.run([PROGRAM, *map(str, args)], input=stdin, capture_output=True, timeout=120,
                          env={**os.environ, **(env or {})}, check=False)
    err = done.stderr.decode()
    assert done.returncode == code, f"{args}: exit {done.returncode}, not {code}: {err}"
    if code:
        assert err.startswith("insiders-cli: "), err
        assert "\033" not in err and not done.stdout.startswith(b"{"), err
    return (done.stdout.decode() if text else done.stdout), err


def cli_json(*args, **more):
    return json.loads(cli("--json", *args, **more)[0])


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def leftovers():
    return [p.name for p in FOLDER.iterdir() if p.name.startswith(".")]


def shop_lines():
    """(invoice, code, quantity, day, price, customer, country): prices with two decimals"""
    chance = random.Random(5)
    lines = []
    invoice = 500
    for customer in range(60):
        for _ in range(9 if customer < 5 else 4 if customer < 25 else 1):
            invoice += 1
            month = chance.randint(1, 12)
            day = chance.randint(1, 28)
            for _ in range(chance.randint(1, 4)):
                lines.append((invoice, f"A{chance.randint(10, 60)}",
                              chance.randint(1, 9) * (30 if customer < 5 else 1),
                              (2021, month, day), chance.randint(50, 999) / 100, 1000 + customer,
                              "France" if customer % 4 else "Portugal"))
    lines.append((999, "A10", -2, (2021, 12, 30), 1.5, 1000, "Portugal"))  # a return of nothing
    return lines


def write_shop(path, delimiter=",", decimal=".", date="{0:04d}-{1:02d}-{2:02d}", header=HEADER):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(header.replace(",", delimiter) + "\n")
        for invoice, code, quantity, day, price, customer, country in shop_lines():
            fields = [str(invoice), code, f'"A {code}"', str(quantity), date.format(*day),
                      f"{price:.2f}".replace(".", decimal), str(customer), country]
            out.write(delimiter.join(fields) + "\n")


def run_shop(*more, path=PROJECT, source=SHOP, force=True):
    return cli_json("run", source, "-o", path, *(["--force"] if force else []), *more)


CHAIN = ["--", "kmeans", "clusters=3", "restarts=4"]


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


# ---- run, show, export ----

SUMMARY = {"input", "waterfall", "customers", "features", "run", "metrics", "clusters",
           "result_sha256"}


@test
def run_writes_a_project():
    told = run_shop("--sweep", "2:5", "--models", "kmeans,hierarchical", "--currency", "€", *CHAIN)
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


def same_for_threads(source, *more):
    results = set()
    for threads in 1, 2, 7:
        path = FOLDER / f"threads-{threads}.insiders"
        told = run_shop("--threads", threads, *more, source=source, path=path)
        results.add((told["result_sha256"], cli("export", path, "customers")[0],
                     cli("export", path, "clusters")[0], cli("export", path, "embedding")[0]))
        path.unlink()
    assert len(results) == 1
    return results.pop()


@test
def threads_change_nothing():
    same_for_threads(SHOP, *CHAIN)
    same_for_threads(SHOP, "--", "hierarchical", "clusters=4", "linkage=ward")


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

def interrupt(after, times, *args):
    """Returns the exit code and the seconds from the first signal to the end."""
    with subprocess.Popen([PROGRAM, *map(str, args)], stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        time.sleep(after)
        start = time.monotonic()
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.01)
        code = process.wait(timeout=30)
        return code, time.monotonic() - start


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


# ---- the real data ----

def need_real():
    if not REAL.exists():
        raise Skip("the real data set is not here")


@test
def real_data_as_published():
    need_real()
    rows = rows_of(cli("features", REAL, "--preset", "notebook")[0])
    assert len(rows) == 5695
    for name, total, top in [
        ("gross_revenue", 10104314.35, 279138.02), ("recency_days", 665906, 373),
        ("invoice_count", 19768, 206), ("item_count", 5483805, 196844),
        ("line_count", 527345, 7837), ("avg_line_value", 254858.357607, 77183.60),
        ("frequency", 3116.836431, 17), ("returned_items", 178073, 74215),
        ("product_count", 396710, 1785), ("avg_basket_size", 1484163.453929, 74215),
        ("avg_unique_basket_size", 212163.815159, 1109),
    ]:
        values = [float(row[name]) for row in rows]
        assert abs(sum(values) - total) < 6e-6 * max(1, abs(total) ** 0.5), (name, sum(values))
        assert abs(max(values) - top) < 1e-9, (name, max(values))
    assert sum(row["avg_gap_days"] != "" for row in rows) == 2968
    row = next(row for row in rows if row["customer_id"] == "17850")
    assert float(row["gross_revenue"]) == 5391.21 and float(row["frequency"]) == 17


@test
def real_data_with_any_threads():
    need_real()
    for preset in "notebook", "insiders":
        same_for_threads(REAL, "--preset", preset)


@test
def real_data_waterfall():
    need_real()
    told = run_shop(source=REAL, path=FOLDER / "real.insiders")
    bars = {bar["rule"]: bar for bar in told["waterfall"]}
    assert bars["imported"]["lines"] == 541909 and bars["customer"]["lines"] == 406829
    assert bars["price"]["lines"] == 406715 and bars["products"]["lines"] == 404809
    assert told["customers"] == 4323
    total = sum(float(row["gross_revenue"]) for row in
                rows_of(cli("export", FOLDER / "real.insiders", "customers")[0]))
    assert abs(total - 8330468.64) < 1e-3


@test
def real_data_go_on_with_a_model():
    need_real()
    real, half = FOLDER / "real-old.insiders", FOLDER / "half.csv"
    with gzip.open(REAL, "rb") as file:
        lines = file.read().splitlines(keepends=True)
    half.write_bytes(b"".join(lines[:len(lines) // 2]))
    for preset in "notebook", "insiders":
        old = run_shop("--preset", preset, source=REAL, path=real)
        args = ["-o", FROZEN, "--force", "--update", real]
        same = cli_json("run", REAL, *args)
        assert same["result_sha256"] == old["result_sha256"]
        results = {cli_json("run", half, *args, "--threads", n)["result_sha256"] for n in (1, 2, 7)}
        assert len(results) == 1 and old["result_sha256"] not in results
    real.unlink()
    half.unlink()


@test
def real_data_interrupted():
    need_real()
    target = FOLDER / "real-interrupted.insiders"
    args = ["run", REAL, "-o", target, "--sweep", "2:40", "--models", "kmeans,hierarchical", "--",
            "kmeans", "restarts=200"]
    for after in 0.15, 0.4, 0.9, 1.6:
        code, seconds = interrupt(after, 1, *args)
        assert code == 130, code
        print(f"# stopped {seconds * 1000:.0f} ms after the signal")
        assert not target.exists() and not leftovers()
    code, _ = interrupt(0.5, 3, *args)
    assert code == 130
    for name in leftovers():  # ended at once: what was half done may lie about, under another name
        (FOLDER / name).unlink()
    assert not target.exists()


def main():
    write_shop(SHOP)
    failed = 0
    try:
        for number, func in enumerate(TESTED, 1):
            name = func.__name__.replace("_", " ")
            try:
                func()
                print(f"ok {number} - {name}", flush=True)
            except Skip as reason:
                print(f"ok {number} - {name} # SKIP {reason}", flush=True)
            except Exception:  # pylint: disable=broad-except
                failed += 1
                print(f"not ok {number} - {name}")
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
        print(f"1..{len(TESTED)}")
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    sys.exit(1 if failed else 0)


main()
