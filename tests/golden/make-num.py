#!/usr/bin/python3
"""make-num.py: what scikit-learn, scipy and numpy say about small data sets, for tests/num

Writes num.txt beside itself: sections of a head line "# name rows columns" and rows of numbers.
Made with scikit-learn 1.2.1, scipy 1.10.1, numpy 1.24.2.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import os

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.signal import argrelextrema
from scipy.spatial.distance import cdist, squareform
from scipy.stats import kruskal, rankdata, spearmanr
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import calinski_harabasz_score, davies_bouldin_score, silhouette_samples
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

sections = []


def put(name, values):
    values = np.asarray(values, dtype=float)
    values = values.reshape(len(values), -1) if values.ndim else values.reshape(1, 1)
    lines = ["# %s %d %d" % (name, *values.shape)]
    lines += [" ".join("%.17g" % v for v in row) for row in values]
    sections.append("\n".join(lines))


def kneedle(x, y, s):
    """Satopää et al. 2011 for a falling convex curve, step by step with scipy's extrema;
    a knee is above the diagonal."""
    u = (x - x.min()) / (x.max() - x.min())
    v = (y - y.min()) / (y.max() - y.min())
    difference = (v.max() - v) - u
    maxima = argrelextrema(difference, np.greater_equal)[0]
    minima = argrelextrema(difference, np.less_equal)[0]
    limits = difference[maxima] - s * abs(np.diff(u).mean())
    candidate, threshold = -1, 0.0
    for i in range(1, len(x) - 1):
        if len(maxima) == 0 or i < maxima[0]:
            continue
        if i in maxima and difference[i] > 1e-9:
            threshold, candidate = limits[list(maxima).index(i)], i
        if i in minima and candidate >= 0:
            threshold = 0.0
        if candidate >= 0 and difference[i + 1] < threshold:
            return candidate
    return -1


def data():
    r = np.random.RandomState(20161129)
    centres = np.array([[0, 0], [6, 1], [2, 7], [9, 8]])
    blobs = np.vstack([c + r.normal(size=(75, 2)) * w for c, w in zip(centres, (0.8, 1.2, 0.6, 1.5))])
    mix = np.eye(6) + 0.4 * r.normal(size=(6, 6))
    skew = np.exp(r.normal(size=(600, 6)) @ mix * 0.7) * [1, 10, 100, 0.1, 5, 1000]
    return {"blobs": blobs[r.permutation(300)], "skew": skew}


def scalers(name, x):
    for kind, scaler in (("standard", StandardScaler()), ("minmax", MinMaxScaler()), ("robust", RobustScaler())):
        put("%s.%s" % (name, kind), scaler.fit(x).transform(x)[:12])
        logs = np.sign(x) * np.log1p(abs(x))
        put("%s.log1p-%s" % (name, kind), scaler.fit(logs).transform(logs)[:12])


def pca(name, x):
    p = PCA(svd_solver="full").fit(x)
    signs = [np.sign(row[np.argmax(abs(row))]) for row in p.components_]
    put(name + ".pca-loadings", p.components_.T * signs)
    put(name + ".pca-scores", p.transform(x) * signs)
    put(name + ".pca-variance", p.explained_variance_)
    put(name + ".pca-ratio", p.explained_variance_ratio_)


def kmeans(name, x, k):
    start = x[np.random.RandomState(k).choice(len(x), k, replace=False)]
    put(name + ".kmeans-start", start)
    for word, tolerance in (("still", 0), ("tolerance", 1e-4)):
        m = KMeans(k, init=start, n_init=1, algorithm="lloyd", tol=tolerance, max_iter=1000).fit(x)
        put("%s.kmeans-%s-labels" % (name, word), m.labels_)
        put("%s.kmeans-%s-centres" % (name, word), m.cluster_centers_)
        put("%s.kmeans-%s-inertia" % (name, word), [m.inertia_, m.n_iter_])
    best = [KMeans(j, n_init=10, algorithm="lloyd", random_state=42).fit(x).inertia_ for j in range(2, 13)]
    put(name + ".kmeans-best", best)


def apply(name, x, k):
    """Fitted to the first half, applied to all: transform() and predict()."""
    half = x[:len(x) // 2]
    z = np.sign(x) * np.log1p(abs(x))
    scaler = StandardScaler().fit(z[:len(half)])
    scaled = scaler.transform(z)
    p = PCA(svd_solver="full").fit(scaled[:len(half)])
    signs = [np.sign(row[np.argmax(abs(row))]) for row in p.components_]
    m = KMeans(k, n_init=200, algorithm="lloyd", tol=0, max_iter=1000, random_state=7).fit(scaled[:len(half)])
    put(name + ".applied-scaled", scaled)
    put(name + ".applied-scores", p.transform(scaled) * signs)
    put(name + ".applied-centres", m.cluster_centers_)
    put(name + ".applied-labels", m.predict(scaled))


def validity(name, x, labels):
    put(name + ".silhouette", silhouette_samples(cdist(x, x), labels, metric="precomputed"))
    put(name + ".indices", [calinski_harabasz_score(x, labels), davies_bouldin_score(x, labels)])


def trees(name, x):
    for method in ("ward", "single", "average", "complete"):
        z = linkage(x, method)
        put("%s.%s" % (name, method), z)
        put("%s.%s-cuts" % (name, method), np.array([fcluster(z, k, "maxclust") for k in range(2, 10)]).T)


def correlations():
    r = np.random.RandomState(11)
    base = r.normal(size=(90, 3))
    x = np.column_stack([base[:, 0], np.exp(base[:, 0] + 0.4 * base[:, 1]), -base[:, 0] + base[:, 2],
                         np.round(3 * base[:, 1]), base[:, 2] ** 3, np.round(base[:, 2] + 5)])
    labels = np.digitize(base[:, 0] + 0.5 * r.normal(size=90), [-0.7, 0.6])
    pearson = np.corrcoef(x.T)
    put("correlation.x", x)
    put("correlation.pearson", pearson)
    put("correlation.spearman", spearmanr(x).correlation)
    put("correlation.ranks", np.array([rankdata(column) for column in x.T]).T)
    put("correlation.labels", labels)
    put("correlation.separation", [kruskal(*[column[labels == g] for g in range(3)]).statistic / 89 for column in x.T])
    put("correlation.average", linkage(squareform(1 - abs(pearson), checks=False), "average"))


def knees():
    x = np.arange(2.0, 26.0)
    r = np.random.RandomState(3)
    curves = [1 / x, 100 * np.exp(-x / 3), 500 / x + 3 * r.normal(size=24), 50 - 2 * x, np.maximum(20 - 4 * x, 1),
              (30 - x) ** 2.0, 400 / x + 5 * np.cos(x), 60 - x ** 1.5 / 3, r.rand(24), np.sort(r.rand(24))[::-1]]
    put("knee.curves", np.array(curves).T)
    put("knee.found", [[kneedle(x, y, s) for s in (0.5, 1, 3)] for y in curves])


for name, x in data().items():
    put(name, x)
    scalers(name, x)
    z = x if name == "blobs" else StandardScaler().fit_transform(np.log(x))
    put(name + ".scaled", z)
    pca(name, z)
    k = 4 if name == "blobs" else 6
    kmeans(name, z, k)
    labels = KMeans(k, n_init=3, random_state=1).fit_predict(z)
    put(name + ".labels", labels)
    validity(name, z, labels)
    trees(name, z)
    apply(name, x, 4 if name == "blobs" else 2)
knees()
correlations()
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "num.txt"), "w") as f:
    f.write("\n".join(sections) + "\n")
