#!/usr/bin/env python3
# Totals of the customers' features on ecommerce.csv.gz, made with pandas, independently of src/.
# Usage: make-features.py ecommerce.csv.gz   (writes golden/features.csv to standard output)
#
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
from decimal import Decimal

import numpy as np
import pandas as pd


def read(path):
    d = pd.read_csv(path, dtype=str, encoding="latin-1").iloc[:, :8]
    d.columns = ["invoice", "product", "description", "quantity", "date", "price", "customer", "country"]
    d["quantity"] = d.quantity.astype(int)
    d["mills"] = [int(Decimal(p) * 1000) for p in d.price]
    d["date"] = pd.to_datetime(d.date, format="%d-%b-%y")
    d["line"] = range(len(d))
    return d


def notebook(d):
    d = d.copy()
    nobody = d.customer.isna()
    made_up = {v: str(19000 + i) for i, v in enumerate(d.invoice[nobody].unique())}
    d.loc[nobody, "customer"] = d.invoice[nobody].map(made_up)
    d = d[d.mills > 40]
    d = d[~d["product"].isin("POST D DOT M S AMAZONFEE m DCGSSBOY DCGSSGIRL PADS B CRUK".split())]
    d = d[~d.country.isin(["European Community", "Unspecified"])]
    return d[d.customer != "16446"]


def insiders(d):
    d = d[d.customer.notna() & (d.mills > 40)]
    code = d["product"]
    d = d[code.str.contains("[0-9]") & (code != "C2") & ~code.str.startswith("gift_")]
    sales = {}
    for r in d[d.quantity > 0].itertuples():
        sales.setdefault((r.customer, r.product, r.quantity), []).append((r.date, r.line))
    for free in sales.values():
        free.sort()
    paired = set()
    for r in d[d.quantity < 0].itertuples():
        free = sales.get((r.customer, r.product, -r.quantity), [])
        early = [s for s in free if s[0] <= r.date]
        if early:
            free.remove(early[-1])
            paired |= {early[-1][1], r.line}
    return d[~d.line.isin(paired)]


def features(d):
    d = d.assign(mills=d.mills * d.quantity)
    buys, back = d[d.quantity >= 0], d[d.quantity < 0]
    g = buys.groupby("customer")
    f = pd.DataFrame({"gross_revenue": g.mills.sum() / 1000})
    end = buys.date.max()
    f["recency_days"] = (end - g.date.max()).dt.days
    f["invoice_count"] = g.invoice.nunique()
    f["item_count"] = g.quantity.sum()
    f["line_count"] = g.size()
    f["product_count"] = g["product"].nunique()
    f["avg_line_value"] = f.gross_revenue / f.line_count
    f["avg_ticket"] = f.gross_revenue / f.invoice_count
    days = d[["customer", "date"]].drop_duplicates().groupby("customer").date
    n = days.size()
    f["avg_gap_days"] = ((days.max() - days.min()).dt.days / (n - 1)).where(n > 1)
    f["frequency"] = f.invoice_count / ((g.date.max() - g.date.min()).dt.days + 1)
    f["returned_items"] = (-back.groupby("customer").quantity.sum()).reindex(f.index).fillna(0)
    f["return_rate"] = (f.returned_items / f.item_count).replace(np.inf, np.nan)
    f["returns_per_line"] = f.returned_items / f.line_count
    f["avg_basket_size"] = f.item_count / f.invoice_count
    f["avg_unique_basket_size"] = f.product_count / f.invoice_count
    per_invoice = buys.groupby(["customer", "invoice"])["product"].nunique()
    f["mean_basket_variety"] = per_invoice.groupby("customer").mean()
    f["net_revenue"] = d.groupby("customer").mills.sum() / 1000
    f["tenure_days"] = (end - g.date.min()).dt.days + 1
    f["purchase_rate"] = 30 * f.invoice_count / f.tenure_days
    for score, of in [("r", "recency_days"), ("f", "invoice_count"), ("m", "gross_revenue")]:
        edges = np.quantile(f[of], [0.2, 0.4, 0.6, 0.8])
        f[score + "_score"] = 1 + (f[of].to_numpy()[:, None] > edges).sum(axis=1)
    f["r_score"] = 6 - f.r_score
    return f


if __name__ == "__main__":
    lines = read(sys.argv[1])
    print("preset,customers,feature,present,sum,median,max")
    for name, preset in [("notebook", notebook), ("insiders", insiders)]:
        for required in [False, True]:
            f = features(preset(lines))
            if required:
                f = f[f.avg_gap_days.notna()].drop(columns=["r_score", "f_score", "m_score"])
            for c in f:
                v = f[c].dropna()
                print(f"{name}{'-required' if required else ''},{len(f)},{c},{len(v)},{v.sum():.9f},{v.median():.9f},{v.max():.9f}")
