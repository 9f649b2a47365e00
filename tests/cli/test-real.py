#!/usr/bin/env python3
"""test-real.py PROGRAM: the real data, where they are

SPDX-License-Identifier: GPL-3.0-or-later
"""

import gzip

from cli_shop import (FOLDER, REAL, cli, cli_json, interrupt, leftovers, main, rows_of, run_shop,
                      same_for_threads, Skip, test)


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
        args = ["-o", FOLDER / "frozen.insiders", "--force", "--update", real]
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


main()
