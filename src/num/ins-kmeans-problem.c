/* ins-kmeans-problem.c: the points, put in order
 *
 * A kd-tree's order: points are split at the median of their widest column until 64 are left,
 * which make a tile.  Neighbours then lie together: whole tiles are near one centre and far from
 * most.  O(n d log n) time, one copy of the data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-kmeans-private.h"

#include <math.h>

#include "base/ins-stats.h"
#include "num/ins-select.h"

#define TILE INS_KMEANS_TILE
#define FAR_OUT 5            /* times the mean squared distance */
#define PEEL_FROM 4          /* tiles */
#define NO_RANGE 1e-200      /* squares underflow, and units per 1 might overflow */
#define ROUND_UP (1 + 1e-12) /* of a radius */

/* Column ranges for the fixed point, variance for the tolerance. */
static void
measure_columns (InsKmeansProblem *p, double tolerance)
{
  InsSum variances = { 0 };
  guint bits = MIN (52, 62 - g_bit_storage (p->n));

  for (gsize j = 0; j < p->d; j++)
    {
      const double *column = ins_matrix_col (p->x, j);
      double min = column[0], max = column[0], mean;
      InsSum sum = { 0 }, squares = { 0 };
      for (gsize i = 0; i < p->n; i++)
        {
          min = MIN (min, column[i]);
          max = MAX (max, column[i]);
          ins_sum_add (&sum, column[i]);
        }
      mean = ins_sum_get (&sum) / (double)p->n;
      for (gsize i = 0; i < p->n; i++)
        ins_sum_add (&squares, (column[i] - mean) * (column[i] - mean));
      ins_sum_add (&variances, ins_sum_get (&squares) / (double)p->n);
      p->min[j] = min;
      if (max - min > NO_RANGE)
        p->to_fixed[j] = ldexp (1, (int)bits) / (max - min);
    }
  p->tolerance = tolerance * ins_sum_get (&variances) / (double)p->d;
}

static gsize
widest_column (const InsKmeansProblem *p, gsize begin, gsize end)
{
  double width = -1;
  gsize widest = 0;

  for (gsize j = 0; j < p->d; j++)
    {
      const double *column = ins_matrix_col (p->x, j);
      double min = column[p->order[begin]], max = min;
      for (gsize i = begin; i < end; i++)
        {
          double value = column[p->order[i]];
          min = value < min ? value : min;
          max = value > max ? value : max;
        }
      if (max - min > width)
        {
          width = max - min;
          widest = j;
        }
    }
  return widest;
}

/* Squared distances from the mean of the points, into @squares by row.  Returns: how many are
 * far out. */
static gsize
count_far (const InsKmeansProblem *p, gsize begin, gsize end, double *squares)
{
  double sum = 0, limit;
  gsize far = 0;

  for (gsize i = begin; i < end; i++)
    squares[p->order[i]] = 0;
  for (gsize j = 0; j < p->d; j++)
    {
      const double *column = ins_matrix_col (p->x, j);
      double mean = 0;
      for (gsize i = begin; i < end; i++)
        mean += column[p->order[i]];
      mean /= (double)(end - begin);
      for (gsize i = begin; i < end; i++)
        {
          double u = column[p->order[i]] - mean;
          squares[p->order[i]] += u * u;
        }
    }
  for (gsize i = begin; i < end; i++)
    sum += squares[p->order[i]];
  limit = FAR_OUT * sum / (double)(end - begin);
  for (gsize i = begin; i < end; i++)
    far += squares[p->order[i]] > limit;
  return far;
}

/* Splits at whole tiles.  Points far out go by themselves, once before each split: a single one
 * would make a ball large. */
static void
put_in_order (InsKmeansProblem *p, gsize begin, gsize end, double *squares, gboolean peeled)
{
  gsize n_tiles = (end - begin + TILE - 1) / TILE, middle = begin + n_tiles / 2 * TILE, far = 0;

  if (n_tiles < 2 || !ins_run_tick (p->run))
    return;
  if (!peeled && n_tiles >= PEEL_FROM)
    far = (count_far (p, begin, end, squares) + TILE - 1) / TILE;
  if (far > 0 && far <= n_tiles / 4)
    {
      middle = begin + (n_tiles - far) * TILE;
      ins_select_ids (p->order, begin, end, middle, squares, 1);
    }
  else
    ins_select_ids (p->order, begin, end, middle,
                    ins_matrix_col (p->x, widest_column (p, begin, end)), 1);
  put_in_order (p, begin, middle, squares, far > 0 && far <= n_tiles / 4);
  put_in_order (p, middle, end, squares, FALSE);
}

static void
fill_tile (InsKmeansProblem *p, gsize tile)
{
  double *hub = p->hubs + tile * p->d, farthest = 0;
  gsize begin = tile * TILE, m = MIN (TILE, p->n - begin);

  for (gsize j = 0; j < p->d; j++)
    {
      const double *column = ins_matrix_col (p->x, j);
      double *values = p->tiles + (tile * p->d + j) * TILE;
      double min = INFINITY, max = -INFINITY;
      for (gsize i = 0; i < TILE; i++)
        {
          values[i] = column[p->order[begin + MIN (i, m - 1)]];
          min = MIN (min, values[i]);
          max = MAX (max, values[i]);
        }
      hub[j] = min / 2 + max / 2;
    }
  for (gsize i = 0; i < m; i++)
    {
      double r = 0;
      for (gsize j = 0; j < p->d; j++)
        {
          double u = ins_kmeans_coordinate (p, begin + i, j) - hub[j];
          r += u * u;
        }
      farthest = MAX (farthest, r);
    }
  p->reach[tile] = sqrt (farthest) * ROUND_UP;
}

/* Cancelled, the order is a poor one; whoever iterates finds out. */
void
ins_kmeans_problem_init (InsKmeansProblem *p, const InsMatrix *x, const InsKmeansOptions *options,
                         InsRun *run)
{
  g_autofree double *squares = g_new (double, x->rows);

  *p = (InsKmeansProblem){ .x = x, .n = x->rows, .d = x->cols, .run = run };
  p->max_iterations = options->max_iterations;
  p->n_tiles = (p->n + TILE - 1) / TILE;
  p->order = g_new (guint32, p->n);
  p->tiles = g_new (double, p->n_tiles * p->d * TILE);
  p->hubs = g_new (double, p->n_tiles * p->d);
  p->reach = g_new (double, p->n_tiles);
  p->min = g_new (double, p->d);
  p->to_fixed = g_new0 (double, p->d);
  measure_columns (p, options->tolerance);
  for (gsize i = 0; i < p->n; i++)
    p->order[i] = (guint32)i;
  put_in_order (p, 0, p->n, squares, FALSE);
  for (gsize t = 0; t < p->n_tiles; t++)
    fill_tile (p, t);
}

void
ins_kmeans_problem_clear (InsKmeansProblem *p)
{
  g_free (p->order);
  g_free (p->tiles);
  g_free (p->hubs);
  g_free (p->reach);
  g_free (p->min);
  g_free (p->to_fixed);
}
