/* ins-silhouette.c: silhouette of every point, exact, in O(n) memory
 *
 * Rousseeuw 1987.  Points are sorted by cluster, column by column, so that the sum of distances
 * from a point to a cluster is one run over contiguous numbers.  By Jensen's inequality the mean
 * distance to a cluster is at least the distance to its centre: clusters are visited by rising
 * distance of the centre, until that alone exceeds the smallest mean found, which leaves two or
 * three of k.  The result is the full one.  O(n² d) time at worst, about 2 n² d / k usually.
 *
 * Coordinates are centred first, for the sake of the bound.  NaN, infinities and numbers from
 * 10^150 are refused; for duplicates of one place in two clusters (a = b = 0), and where squares of
 * differences underflow, the silhouette is 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "num/ins-silhouette.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/ins-stats.h"
#include "num/ins-distances.h"
#include "num/ins-input.h"

#define TILE INS_DISTANCES_TILE
#define QUERIES 64       /* points per block */
#define BOUND_SLACK 1e-9 /* relative, and 1e-12 of the extent: far above rounding */
#define EXTENT_SLACK 1e-12

typedef struct
{
  gsize n, d, k;   /* points in clusters, columns, clusters */
  double *data;    /* sorted by cluster, column after column */
  gsize *rows;     /* original row of each */
  gsize *begin;    /* k + 1 borders */
  gint32 *own;     /* cluster of each */
  double *centres; /* k × d */
  double slack;
  double *out;
  InsRun *run;
} Work;

/* Sum of the distances from @point to @n points. */
INS_ALWAYS_INLINE void
distance_sum_body (const double *data, gsize stride, gsize n, gsize d, const double *point,
                   double *sum)
{
  double acc[TILE] = { 0 };
  gsize i = 0;

  for (; i + TILE <= n; i += TILE)
    ins_distances_tile (data + i, stride, TILE, d, point, 1, FALSE, acc);
  if (i < n)
    ins_distances_tile (data + i, stride, n - i, d, point, 1, FALSE, acc);
  *sum = ins_simd_sum64 (acc);
}
INS_KERNEL (distance_sum,
            (const double *data, gsize stride, gsize n, gsize d, const double *point, double *sum),
            (data, stride, n, d, point, sum))

/* ---- one point ---- */

static double
cluster_mean_distance (const Work *w, const double *point, gsize cluster, gsize without)
{
  gsize size = w->begin[cluster + 1] - w->begin[cluster];
  double sum;

  distance_sum (w->data + w->begin[cluster], w->n, size, w->d, point, &sum);
  return sum / (double)(size - without);
}

/* Distances from @point to the centres; infinite to its own. */
static void
centre_bounds (const Work *w, const double *point, gsize own, double *bounds)
{
  for (gsize c = 0; c < w->k; c++)
    {
      double r = 0;
      for (gsize j = 0; j < w->d; j++)
        {
          double u = point[j] - w->centres[c * w->d + j];
          r += u * u;
        }
      bounds[c] = c == own ? INFINITY : sqrt (r);
    }
}

static gsize
index_of_least (const double *values, gsize n)
{
  gsize least = 0;

  for (gsize i = 1; i < n; i++)
    if (values[i] < values[least])
      least = i;
  return least;
}

/* Least mean distance to another cluster. */
static double
nearest_other (const Work *w, const double *point, gsize own, double *bounds)
{
  double least = INFINITY;

  centre_bounds (w, point, own, bounds);
  for (;;)
    {
      gsize c = index_of_least (bounds, w->k);
      double mean;
      if (isinf (bounds[c]) || bounds[c] > least * (1 + BOUND_SLACK) + w->slack)
        return least;
      mean = cluster_mean_distance (w, point, c, 0);
      least = MIN (least, mean);
      bounds[c] = INFINITY;
    }
}

static void
silhouette_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *w = data;
  g_autofree double *bounds = g_new (double, w->k);
  g_autofree double *point = g_new (double, w->d);

  for (gsize i = begin; i < end && ins_run_tick (w->run); i++)
    {
      gsize own = (gsize)w->own[i];
      double a, b, larger;
      if (w->begin[own + 1] - w->begin[own] == 1)
        {
          w->out[w->rows[i]] = 0;
          continue;
        }
      for (gsize j = 0; j < w->d; j++)
        point[j] = w->data[j * w->n + i];
      a = cluster_mean_distance (w, point, own, 1);
      b = nearest_other (w, point, own, bounds);
      larger = MAX (a, b);
      w->out[w->rows[i]] = larger > 0 ? (b - a) / larger : 0;
    }
  ins_run_advance (w->run, end - begin);
}

/* ---- preparation ---- */

/* Clusters numbered 0 … k - 1 by rising label, -1 for noise.  Returns: k */
static gsize
number_clusters (const gint32 *labels, gsize n, gint32 *clusters)
{
  g_autofree gint32 *sorted = g_new (gint32, MAX (n, 1));
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);
  g_autofree double *values = NULL;
  gsize k = 0;

  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0 && g_hash_table_add (numbers, GINT_TO_POINTER (labels[i])))
      sorted[k++] = labels[i];
  values = g_new (double, MAX (k, 1));
  for (gsize c = 0; c < k; c++)
    values[c] = sorted[c];
  ins_sort_doubles (values, k);
  for (gsize c = 0; c < k; c++)
    g_hash_table_replace (numbers, GINT_TO_POINTER ((gint32)values[c]),
                          GINT_TO_POINTER ((gint32)c));
  for (gsize i = 0; i < n; i++)
    clusters[i] =
        labels[i] < 0
            ? -1
            : GPOINTER_TO_INT (g_hash_table_lookup (numbers, GINT_TO_POINTER (labels[i])));
  return k;
}

/* Counting sort: borders, rows and clusters of the sorted points. */
static void
sort_by_cluster (Work *w, const gint32 *clusters, gsize n_rows)
{
  g_autofree gsize *next = g_new (gsize, w->k);

  w->begin = g_new0 (gsize, w->k + 1);
  for (gsize i = 0; i < n_rows; i++)
    if (clusters[i] >= 0)
      w->begin[clusters[i] + 1]++;
  for (gsize c = 0; c < w->k; c++)
    w->begin[c + 1] += w->begin[c];
  memcpy (next, w->begin, w->k * sizeof (gsize));
  w->n = w->begin[w->k];
  w->rows = g_new (gsize, w->n);
  w->own = g_new (gint32, w->n);
  for (gsize i = 0; i < n_rows; i++)
    if (clusters[i] >= 0)
      {
        gsize at = next[clusters[i]]++;
        w->rows[at] = i;
        w->own[at] = clusters[i];
      }
}

static void
copy_sorted (Work *w, const InsMatrix *x)
{
  double extent = 0;

  w->d = x->cols;
  w->data = g_new (double, MAX (w->n * w->d, 1));
  w->centres = g_new0 (double, MAX (w->k * w->d, 1));
  for (gsize j = 0; j < w->d; j++)
    {
      const double *from = ins_matrix_col (x, j);
      double *to = w->data + j * w->n;
      InsSum all = { 0 };
      double mean;
      for (gsize i = 0; i < w->n; i++)
        ins_sum_add (&all, from[w->rows[i]]);
      mean = ins_sum_get (&all) / (double)w->n;
      for (gsize i = 0; i < w->n; i++)
        {
          to[i] = from[w->rows[i]] - mean;
          extent = MAX (extent, fabs (to[i]));
        }
      for (gsize c = 0; c < w->k; c++)
        {
          InsSum sum = { 0 };
          for (gsize i = w->begin[c]; i < w->begin[c + 1]; i++)
            ins_sum_add (&sum, to[i]);
          w->centres[c * w->d + j] = ins_sum_get (&sum) / (double)(w->begin[c + 1] - w->begin[c]);
        }
    }
  w->slack = extent * EXTENT_SLACK;
}

static void
work_clear (Work *w)
{
  g_free (w->data);
  g_free (w->rows);
  g_free (w->begin);
  g_free (w->own);
  g_free (w->centres);
}

gboolean
ins_silhouette_samples (const InsMatrix *x, const gint32 *labels, double *out, InsRun *run,
                        GError **error)
{
  g_autofree gint32 *clusters = NULL;
  Work w = { .out = out, .run = run };
  gboolean done;

  g_return_val_if_fail (x != NULL && run != NULL, FALSE);
  g_return_val_if_fail ((labels != NULL && out != NULL) || x->rows == 0, FALSE);

  if (!ins_input_check (x, error))
    return FALSE;
  for (gsize i = 0; i < x->rows; i++)
    out[i] = NAN;
  clusters = g_new (gint32, MAX (x->rows, 1));
  w.k = number_clusters (labels, x->rows, clusters);
  if (w.k < 2)
    return ins_run_check (run, error);
  sort_by_cluster (&w, clusters, x->rows);
  copy_sorted (&w, x);
  ins_run_begin (run, _ ("Measuring how well the groups part"), w.n);
  done = ins_run_parallel (run, w.n, QUERIES, silhouette_block, &w);
  work_clear (&w);
  return done || ins_run_check (run, error);
}

double
ins_silhouette_mean (const double *values, gsize n)
{
  InsSum sum = { 0 };
  gsize present = 0;

  g_return_val_if_fail (values != NULL || n == 0, NAN);

  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      {
        ins_sum_add (&sum, values[i]);
        present++;
      }
  return present > 0 ? ins_sum_get (&sum) / (double)present : NAN;
}
