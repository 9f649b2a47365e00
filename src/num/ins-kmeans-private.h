/* ins-kmeans-private.h: what the files of K-Means share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "num/ins-kmeans.h"

G_BEGIN_DECLS

#define INS_KMEANS_TILE 64
#define INS_KMEANS_BLOCK 4096 /* points per block: whole tiles */

/* What all starts share.  Points are put in an order in which neighbours lie together and cut into
 * tiles of 64: a tile is a small ball, and centres far from the ball need not be tried. */
typedef struct
{
  const InsMatrix *x;
  gsize n, d, n_tiles;
  guint32 *order;   /* row of @x of each point */
  double *tiles;    /* per tile: d × 64; the last is filled up with its last point */
  double *hubs;     /* per tile: d, the middle of the ball */
  double *reach;    /* per tile: its radius */
  double *min;      /* per column */
  double *to_fixed; /* per column: units per 1 */
  double tolerance; /* of the squared shift of all centres */
  guint max_iterations;
  InsRun *run;
} InsKmeansProblem;

static inline double
ins_kmeans_coordinate (const InsKmeansProblem *problem, gsize point, gsize col)
{
  return problem->tiles[(point / INS_KMEANS_TILE * problem->d + col) * INS_KMEANS_TILE
                        + point % INS_KMEANS_TILE];
}

static inline gsize
ins_kmeans_n_blocks (const InsKmeansProblem *problem)
{
  return (problem->n + INS_KMEANS_BLOCK - 1) / INS_KMEANS_BLOCK;
}

void ins_kmeans_problem_init (InsKmeansProblem *problem, const InsMatrix *x,
                              const InsKmeansOptions *options, InsRun *run);
void ins_kmeans_problem_clear (InsKmeansProblem *problem);

/* One start. */
typedef struct
{
  const InsKmeansProblem *problem;
  gsize k;
  double *centres;  /* k × d, centre after centre */
  double *nearest;  /* k × d, what @labels were assigned by at last */
  double *columns;  /* the same column after column, padded to whole groups */
  gint32 *labels;   /* of the points in the problem's order; -1 = in none yet */
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
/* Squared distance of @point to the centre of its cluster. */
double ins_kmeans_start_distance (const InsKmeansStart *start, gsize point);

/* Moves single centres to better places, @trials times; @scratch: of the same problem and k.
 * Returns: FALSE if cancelled. */
gboolean ins_kmeans_improve (InsKmeansStart *start, InsKmeansStart *scratch, guint trials,
                             guint64 seed, guint64 stream);

/* Greedy k-means++ (Arthur & Vassilvitskii 2007; the greedy choice as in scikit-learn).  @stream
 * tells starts apart.  @centres: k × d, centre after centre.  Returns: FALSE if cancelled. */
gboolean ins_kmeans_seed (const InsKmeansProblem *problem, gsize k, guint64 seed, guint64 stream,
                          double *centres);

G_END_DECLS
