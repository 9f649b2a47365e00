/* ins-kmeans.h: K-Means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

/**
 * InsKmeansOptions:
 * @restarts: starts per k, the best inertia wins (ties: the first); then twice as many trials to
 *   improve it by moving one centre (random swap, Fränti 2018)
 * @max_iterations: 300 in scikit-learn
 * @tolerance: of the mean column variance, 1e-4 in scikit-learn; 0 = until labels stand still
 */
typedef struct
{
  guint restarts;
  guint max_iterations;
  double tolerance;
  guint64 seed;
} InsKmeansOptions;

/**
 * InsKmeans:
 * @labels: n numbers 0 … k - 1; no cluster is empty unless points differ by less than 10^-162
 * @centres: k × d means of the clusters
 * @prototypes: k × d: what every point has the number of the nearest of; the centres, but for a
 *   start that ended before its labels stood still
 * @inertia: within-cluster sum of squared distances
 * @iterations: of the best start
 * @converged: whether it stood still before @max_iterations
 */
typedef struct
{
  gsize k;
  gint32 *labels;
  InsMatrix *centres;
  InsMatrix *prototypes;
  double inertia;
  guint iterations;
  gboolean converged;
} InsKmeans;

/* @x: n × d.  INS_ERROR_INPUT if k is 0 or more than the distinct points, or if a number is
 * missing, infinite or huge. */
InsKmeans *ins_kmeans_fit (const InsMatrix *x, gsize k, const InsKmeansOptions *options,
                           InsRun *run, GError **error);
/* The same for k = @k_from … @k_to at once, each result the one ins_kmeans_fit() gives.
 * @out: (out caller-allocates): k_to - k_from + 1 results, (transfer full). */
gboolean ins_kmeans_sweep (const InsMatrix *x, gsize k_from, gsize k_to,
                           const InsKmeansOptions *options, InsKmeans **out, InsRun *run,
                           GError **error);
/* Lloyd's iteration alone from @centres (k × d), one start; for tests and warm starts. */
InsKmeans *ins_kmeans_from_centres (const InsMatrix *x, const InsMatrix *centres,
                                    const InsKmeansOptions *options, InsRun *run, GError **error);
void ins_kmeans_free (InsKmeans *kmeans);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsKmeans, ins_kmeans_free)

G_END_DECLS
