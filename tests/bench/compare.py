#!/usr/bin/python3
"""Times this program against the tools it replaces, alternating, on the same work and machine.
SPDX-License-Identifier: GPL-3.0-or-later


usage: compare.py [--threads N] [--rounds N] [--only TEXT] BUILD_FOLDER [ecommerce.csv]
needs: python3-sklearn python3-pandas python3-scipy

Prints for each piece of work both least times, the ratio and what the two results are worth.  An
absolute time says little on a busy machine; the ratio does.  --only: the pieces whose name holds
TEXT, those that take minutes among them; else they are left out.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

import numpy as np
from threadpoolctl import threadpool_limits

HIERARCHICAL = ("ward", "single", "average", "complete")
WORK = [("kmeans ward silhouette pca single average complete", 5695, 2),
        ("kmeans ward silhouette pca single average complete", 5695, 5),
        ("kmeans ward silhouette pca single average complete", 20000, 5)]
LONG = [("kmeans", 200000, 8)]


def points(n, d):
    """Customers as they are: a few dense groups and a long, skewed tail."""
    rng = np.random.default_rng(7)
    groups = rng.integers(0, 8, n)
    centres = rng.normal(0, 3, (8, d))
    return centres[groups] + np.exp(rng.normal(-0.7, 0.7, (n, d)))


def ours_kernel(build, path, kernel, threads):
    out = subprocess.run([f"{build}/tests/bench/bench-kernels", path, str(threads), "1", kernel],
                         check=True, capture_output=True, text=True).stdout
    got = json.loads(out)
    return got["seconds"], got["quality"]


def peer_kernel(x, kernel):
    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.cluster import KMeans
    from sklearn.decomposition import PCA
    from sklearn.metrics import silhouette_samples

    if kernel == "silhouette":
        labels = fcluster(linkage(x, "ward"), 23, "maxclust")
    start = time.perf_counter()
    if kernel == "kmeans":
        value = sum(KMeans(k, n_init=10, random_state=42, algorithm="lloyd").fit(x).inertia_
                    for k in range(2, 26))
    elif kernel in HIERARCHICAL:
        value = float(linkage(x, kernel)[:, 2].sum())
    elif kernel == "silhouette":
        value = float(silhouette_samples(x, labels).mean())
    else:
        value = float(PCA(2, svd_solver="full").fit(x).explained_variance_ratio_.sum())
    return time.perf_counter() - start, value


def ours_features(build, path):
    with tempfile.TemporaryDirectory() as folder:
        out = subprocess.run([f"{build}/src/cli/insiders-cli", "--json", "--quiet", "run", path,
                              "-o", f"{folder}/p.insiders", "--preset", "notebook"],
                             check=True, capture_output=True, text=True).stdout
    timings = json.loads(out)["timings"]
    return sum(timings[s] for s in ("import", "filter", "features")), 5695


def peer_features(path):
    """The notebook's eleven features, written with categories and built-in aggregations."""
    import pandas as pd
    drop = "POST D DOT M S AMAZONFEE m DCGSSBOY DCGSSGIRL PADS B CRUK".split()
    start = time.perf_counter()
    t = pd.read_csv(path, encoding="latin-1", header=0, usecols=[0, 1, 3, 4, 5, 6, 7],
                    names=["invoice", "code", "text", "n", "day", "price", "customer", "country", "-"],
                    dtype={"invoice": "category", "code": "category", "n": np.int32,
                           "day": "category", "country": "category"})
    days = pd.to_datetime(t.day.cat.categories, format="%d-%b-%y").values
    t["day"] = days.astype("datetime64[D]").astype(np.int32)[t.day.cat.codes]
    t["invoice"] = t.invoice.cat.codes
    unknown = t.customer.isna()
    t.loc[unknown, "customer"] = 19000 + pd.factorize(t.invoice[unknown])[0]
    t = t[(t.price > 0.04) & ~t.code.isin(drop) & (t.customer != 16446)
          & ~t.country.isin(["European Community", "Unspecified"])]
    t = t.assign(code=t.code.cat.codes, customer=t.customer.astype(np.int64))
    bought = t[t.n >= 0].assign(revenue=lambda b: b.n * b.price)
    by = bought.groupby("customer", sort=False)
    f = by.agg(gross_revenue=("revenue", "sum"), last=("day", "max"), first=("day", "min"),
               item_count=("n", "sum"), line_count=("n", "size"), avg_line_value=("revenue", "mean"))
    distinct = lambda column: bought[["customer", column]].drop_duplicates().groupby(
        "customer", sort=False).size()
    f["invoice_count"], f["product_count"] = distinct("invoice"), distinct("code")
    f["recency_days"] = bought.day.max() - f["last"]
    dates = t[["customer", "day"]].drop_duplicates().groupby("customer").day.agg(["min", "max", "size"])
    f["avg_gap_days"] = ((dates["max"] - dates["min"]) / (dates["size"] - 1).replace(0, np.nan))
    f["frequency"] = f.invoice_count / (f["last"] - f["first"] + 1)
    f["returned_items"] = -t[t.n < 0].groupby("customer").n.sum()
    f["avg_basket_size"] = f.item_count / f.invoice_count
    f["avg_unique_basket_size"] = f.product_count / f.invoice_count
    return time.perf_counter() - start, len(f)


def compare(name, rounds, ours, peer):
    mine, other = [], []
    for _ in range(rounds):
        mine.append(ours())
        other.append(peer())
    m, o = min(seconds for seconds, _ in mine), min(seconds for seconds, _ in other)
    print(f"{name:34} ours {m:8.4f} s   peer {o:8.4f} s   ratio {o / m:6.1f}   "
          f"worth {mine[0][1]:.10g} against {other[0][1]:.10g}", flush=True)


def compare_kernels(args, kernels, n, d):
    wanted = [k for k in kernels.split() if args.only in f"{k} {n} × {d}"]
    if not wanted:
        return
    x = points(n, d)
    with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
        np.savetxt(file.name, x, delimiter=",", fmt="%.17g")
        for kernel in wanted:
            compare(f"{kernel} {n} × {d}", args.rounds,
                    lambda: ours_kernel(args.build, file.name, kernel, args.threads),
                    lambda: peer_kernel(x, kernel))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build")
    parser.add_argument("csv", nargs="?")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    import sklearn.cluster  # loads the libraries that are to be limited
    threadpool_limits(args.threads)
    for work in WORK + (LONG if args.only else []):
        compare_kernels(args, *work)
    if args.csv:
        compare("import and features (pandas)", args.rounds,
                lambda: ours_features(args.build, args.csv), lambda: peer_features(args.csv))


main()
