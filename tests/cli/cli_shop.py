"""cli_shop.py: what the tests of insiders-cli share: a small shop with known figures, calling the
program, and counting tests

The program is the first word of the command line.

SPDX-License-Identifier: GPL-3.0-or-later
"""

import csv
import io
import json
import os
import pathlib
import random
import shutil
import signal
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


def make_project():
    return run_shop("--sweep", "2:5", "--models", "kmeans,hierarchical", "--currency", "€", *CHAIN)


def main(*before):
    """Runs the tests of the file, after everything in @before."""
    write_shop(SHOP)
    for func in before:
        func()
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
