/* ins-linkage.h: agglomerative hierarchical clustering
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

typedef enum
{
  INS_LINKAGE_WARD,
  INS_LINKAGE_SINGLE,
  INS_LINKAGE_AVERAGE,
  INS_LINKAGE_COMPLETE
} InsLinkageMethod;

/**
 * InsLinkage:
 * @n: number of points
 * @left, @right: n - 1 pairs of merged clusters, left < right; 0 … n - 1 are the points,
 *   n + i is the cluster made by merge i
 * @height: n - 1 heights, rising; Ward's as in scipy (square root of twice the increase in
 *   the sum of squares)
 * @size: points in the cluster made
 *
 * The rows of scipy's linkage matrix Z.
 */
typedef struct
{
  gsize n;
  gint32 *left;
  gint32 *right;
  double *height;
  gint32 *size;
} InsLinkage;

/* Bytes the method usually needs for n points of d features; Ward's and single linkage's grow with
 * n, the others' with n².  Average and complete linkage may need six times as much where hardly
 * any points are each other's nearest; ins_linkage_fit() looks again once it knows. */
guint64 ins_linkage_memory (gsize n, gsize d, InsLinkageMethod method);

/* @x: n × d, n ≥ 2; INS_ERROR_INPUT for missing, infinite or huge numbers.  INS_ERROR_MEMORY before
 * anything is taken that is not there. */
InsLinkage *ins_linkage_fit (const InsMatrix *x, InsLinkageMethod method, InsRun *run,
                             GError **error);
/* Average linkage of a few things, such as features.  @distances: n × n, symmetric, finite, n ≥ 2:
 * how far they are apart. */
InsLinkage *ins_linkage_fit_distances (const InsMatrix *distances, InsRun *run, GError **error);
void ins_linkage_free (InsLinkage *linkage);

/* Undoes the last k - 1 merges.  @labels: n numbers 0 … k - 1, in the leaves' order of
 * ins_linkage_order(). */
void ins_linkage_cut (const InsLinkage *linkage, gsize k, gint32 *labels);
/* Height between the merges that leaves @k clusters (middle of the gap); for drawing a cut. */
double ins_linkage_cut_height (const InsLinkage *linkage, gsize k);
/* How many clusters a cut at @height leaves. */
gsize ins_linkage_clusters_at (const InsLinkage *linkage, double height);
/* The points from left to right as a dendrogram shows them.  @order: n numbers. */
void ins_linkage_order (const InsLinkage *linkage, gint32 *order);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsLinkage, ins_linkage_free)

G_END_DECLS
