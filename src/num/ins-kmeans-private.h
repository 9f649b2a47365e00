/* ins-kmeans-private.h: what the files of K-Means share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "num/ins-kmeans.h"

G_BEGIN_DECLS

#define INS_KMEANS_BLOCK 4096 /* rows per block: a multiple of the tile */
#define INS_KMEANS_TILE 64

/* What all starts share. */
typedef struct
{
  const InsMatrix *x;
  double *min;      /* per column */
  double *to_fixed; /* per column: units per 1 */
  double tolerance; /* of the squared shift of all centres */
  guint max_iterations;
  InsRun *run;
} InsKmeansProblem;

void ins_kmeans_problem_init (InsKmeansProblem *problem, const InsMatrix *x,
                              const InsKmeansOptions *options, InsRun *run);
void ins_kmeans_problem_clear (InsKmeansProblem *problem);

/* One start. */
typedef struct
{
  const InsKmeansProblem *problem;
  gsize k;
  double *centres;  /* k × d, point after point, padded to whole groups */
  gint32 *labels;   /* -1 = in none yet */
  gint64 *sums;     /* k × d, fixed point */
  gint64 *counts;   /* k */
  gint64 *deltas;   /* per block: k × (d + 1) changes of sums and counts */
  gsize *moved;     /* per block */
  double *inertias; /* per block */
  double inertia;
  guint iterations;
  gboolean converged;
} InsKmeansStart;

void ins_kmeans_start_init (InsKmeansStart *start, const InsKmeansProblem *problem, gsize k);
void ins_kmeans_start_clear (InsKmeansStart *start);
/* Everything of @from; @to was made for the same problem and k. */
void ins_kmeans_start_copy (InsKmeansStart *to, const InsKmeansStart *from);
/* From the centres (and labels, if there are any) to the end.  Returns: FALSE if cancelled. */
gboolean ins_kmeans_start_iterate (InsKmeansStart *start);
/* Squared distance of @row to the centre of its cluster. */
double ins_kmeans_start_distance (const InsKmeansStart *start, gsize row);

/* Moves single centres to better places, @trials times; @scratch: of the same problem and k.
 * Returns: FALSE if cancelled. */
gboolean ins_kmeans_improve (InsKmeansStart *start, InsKmeansStart *scratch, guint trials,
                             guint64 seed, guint64 stream);

/* Greedy k-means++ (Arthur & Vassilvitskii 2007; the greedy choice as in scikit-learn).  @stream
 * tells starts apart.  @centres: k × d, point after point.  Returns: FALSE if cancelled. */
gboolean ins_kmeans_seed (const InsMatrix *x, gsize k, guint64 seed, guint64 stream,
                          double *centres, InsRun *run);

/* Whether @x has at least @k different rows. */
gboolean ins_kmeans_has_distinct (const InsMatrix *x, gsize k);

G_END_DECLS
