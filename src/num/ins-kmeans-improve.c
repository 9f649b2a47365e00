/* ins-kmeans-improve.c: moving single centres to better places
 *
 * Lloyd's iteration cannot carry a centre across other clusters: too many stay where one would do.
 * A trial takes away a centre whose cluster could join its neighbour at little cost (the increase
 * of the sum of squares is s t / (s + t) |c - c'|²), sets it on a point drawn with probability
 * proportional to its squared distance, as k-means++ would, and iterates; it is kept if the sum
 * of squares has fallen (random swap, Fränti 2018).  O(n k d) per iteration, O(n) memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-kmeans-private.h"

#include <math.h>

#include "base/ins-random.h"

#define CHEAPEST 4    /* the centre taken away is one of so many */
#define WORTH_IT 1e-9 /* relative gain: more than rounding */

/* What it costs at least to do without cluster @c. */
static double
cost_of_joining (const InsKmeansStart *s, gsize c)
{
  gsize d = s->problem->d;
  double least = INFINITY;

  for (gsize b = 0; b < s->k; b++)
    {
      double n_c = (double)s->counts[c], n_b = (double)s->counts[b], sum = 0;
      for (gsize j = 0; j < d; j++)
        {
          double u = s->centres[c * d + j] - s->centres[b * d + j];
          sum += u * u;
        }
      if (b != c)
        least = MIN (least, sum * n_c * n_b / (n_c + n_b));
    }
  return least;
}

/* The @rank-th cheapest cluster, from 0. */
static gsize
cluster_to_give_up (const InsKmeansStart *s, gsize rank)
{
  g_autofree double *costs = g_new (double, s->k);
  gsize cheapest = 0;

  for (gsize c = 0; c < s->k; c++)
    costs[c] = cost_of_joining (s, c);
  for (gsize i = 0; i <= rank; i++)
    {
      cheapest = 0;
      for (gsize c = 1; c < s->k; c++)
        if (costs[c] < costs[cheapest])
          cheapest = c;
      costs[cheapest] = INFINITY;
    }
  return cheapest;
}

/* The point at @u (0 … 1) of the running sum of squared distances. */
static gsize
draw_point (const InsKmeansStart *s, double u)
{
  gsize n = s->problem->n, block = 0, n_blocks = (n + INS_KMEANS_BLOCK - 1) / INS_KMEANS_BLOCK;
  double target = u * s->inertia, sum = 0;

  for (; block + 1 < n_blocks && sum + s->inertias[block] <= target; block++)
    sum += s->inertias[block];
  for (gsize i = block * INS_KMEANS_BLOCK; i < n; i++)
    {
      sum += ins_kmeans_start_distance (s, i);
      if (sum > target)
        return i;
    }
  return n - 1;
}

gboolean
ins_kmeans_improve (InsKmeansStart *start, InsKmeansStart *scratch, guint trials, guint64 seed,
                    guint64 stream)
{
  const InsKmeansProblem *p = start->problem;

  for (guint t = 0; t < trials && start->k > 2 && start->inertia > 0; t++)
    {
      gsize point = draw_point (start, ins_random_double (seed, stream, 2 * t));
      gsize rank = ins_random_below (seed, stream, 2 * t + 1, (guint32)MIN (CHEAPEST, start->k));
      gsize gone = cluster_to_give_up (start, rank);
      ins_kmeans_start_copy (scratch, start);
      for (gsize j = 0; j < p->d; j++)
        scratch->centres[gone * p->d + j] = ins_kmeans_coordinate (p, point, j);
      if (!ins_kmeans_start_iterate (scratch))
        return FALSE;
      if (scratch->inertia < start->inertia * (1 - WORTH_IT))
        {
          InsKmeansStart keep = *start;
          *start = *scratch;
          *scratch = keep;
        }
    }
  return TRUE;
}
