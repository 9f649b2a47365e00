#!/usr/bin/env python3
"""make-ward.py: what scipy says about the hierarchy of the real customers

Usage: make-ward.py ecommerce.csv.gz   (writes golden/ward.txt to standard output)

Features of the preset “insiders” made with pandas (make-features.py), log1p and standard scaling
with numpy, scipy's linkage: nothing of src/.  Sections as in num.txt: 200 ranks of merges with
their heights, and customers, sum and sum of squares of all heights.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import importlib.util
import math
import os
import sys

import numpy as np
from scipy.cluster.hierarchy import linkage

here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("features", os.path.join(here, "make-features.py"))
make = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make)

USED = ["gross_revenue", "recency_days", "invoice_count", "product_count", "avg_ticket"]

x = np.log1p(make.features(make.insiders(make.read(sys.argv[1])))[USED].to_numpy(dtype=float))
x = (x - x.mean(axis=0)) / x.std(axis=0)
heights = linkage(x, "ward")[:, 2]
ranks = np.unique(np.linspace(0, len(heights) - 1, 200).round().astype(int))
print("# heights %d 2" % len(ranks))
for rank in ranks:
    print("%d %.17g" % (rank, heights[rank]))
print("# sums 1 3")
print("%d %.17g %.17g" % (len(x), math.fsum(heights), math.fsum(heights * heights)))
