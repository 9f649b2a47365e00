/* ins-correlation.c: correlations, their order, and ranks
 *
 * Pearson's product-moment correlation in two passes (means, then sums of squares of deviations);
 * Spearman's (1904) is the same of ranks, made anew from the rows that a pair shares wherever
 * either column misses one.  Separation by ranks: eta squared, that is H / (m - 1) with H of
 * Kruskal & Wallis (1952) corrected for ties.  Pearson: O(n d²) time, one row of the result per
 * block; Spearman: O(n log n d + n d²), with missing numbers O(n log n d²); memory O(n d).
 *
 * NaN and infinities are left out pair by pair.  Numbers so large that their squares overflow are
 * scaled by their largest first.  A column that does not vary has no correlation: NaN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-correlation.h"

#include <math.h>
#include <stdlib.h>

#include "base/ins-stats.h"
#include "num/ins-linkage.h"

/* ---- ranks ---- */

typedef struct
{
  double value;
  gsize row;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->value != y->value)
    return x->value < y->value ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

void
ins_ranks (const double *values, gsize n, double *ranks)
{
  g_autofree Place *places = g_new (Place, MAX (n, 1));
  gsize m = 0;

  g_return_if_fail (n == 0 || (values != NULL && ranks != NULL));

  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      places[m++] = (Place){ values[i], i };
    else
      ranks[i] = NAN;
  qsort (places, m, sizeof *places, compare_places);
  for (gsize i = 0, end; i < m; i = end)
    {
      for (end = i + 1; end < m && places[end].value == places[i].value;)
        end++;
      for (gsize j = i; j < end; j++)
        ranks[places[j].row] = ((double)i + 1 + (double)end) / 2;
    }
}

double
ins_rank_separation (const double *values, const gint32 *labels, gsize n, gsize k)
{
  g_autofree double *ranks = g_new (double, MAX (n, 1));
  g_autofree double *sum = g_new0 (double, k + 1);
  g_autofree gsize *count = g_new0 (gsize, k + 1);
  double between = 0, all = 0, mean;
  gsize m = 0;

  g_return_val_if_fail (n == 0 || (values != NULL && labels != NULL), NAN);

  for (gsize i = 0; i < n; i++)
    ranks[i] = labels[i] >= 0 && (gsize)labels[i] < k ? values[i] : NAN;
  ins_ranks (ranks, n, ranks);
  for (gsize i = 0; i < n; i++)
    if (!isnan (ranks[i]))
      {
        sum[labels[i]] += ranks[i]; /* halves of whole numbers: exact */
        count[labels[i]]++;
        m++;
      }
  mean = ((double)m + 1) / 2;
  for (gsize i = 0; i < n; i++)
    if (!isnan (ranks[i]))
      all += (ranks[i] - mean) * (ranks[i] - mean);
  for (gsize g = 0; g < k; g++)
    if (count[g] > 0)
      {
        double apart = sum[g] / (double)count[g] - mean;
        between += (double)count[g] * apart * apart;
      }
  return all > 0 ? MIN (between / all, 1) : NAN;
}

/* ---- correlations ---- */

typedef struct
{
  const InsMatrix *x; /* values, or with @ranked their ranks */
  const InsMatrix *values;
  gboolean ranked;
  gboolean *whole; /* by column: every number is finite */
  InsMatrix *out;
  InsRun *run;
} Correlations;

/* Of numbers that are all finite. */
static double
correlate (const double *a, const double *b, gsize n)
{
  double largest_a = 0, largest_b = 0, mean_a = 0, mean_b = 0;
  double aa = 0, bb = 0, ab = 0;
  InsSum sum_a = { 0 }, sum_b = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      largest_a = MAX (largest_a, fabs (a[i]));
      largest_b = MAX (largest_b, fabs (b[i]));
    }
  if (n < 2 || !(largest_a > 0) || !(largest_b > 0))
    return NAN;
  for (gsize i = 0; i < n; i++)
    {
      ins_sum_add (&sum_a, a[i] / largest_a);
      ins_sum_add (&sum_b, b[i] / largest_b);
    }
  mean_a = ins_sum_get (&sum_a) / (double)n;
  mean_b = ins_sum_get (&sum_b) / (double)n;
  for (gsize i = 0; i < n; i++)
    {
      double u = a[i] / largest_a - mean_a, v = b[i] / largest_b - mean_b;
      aa += u * u;
      bb += v * v;
      ab += u * v;
    }
  /* what rounding leaves of a constant is no variation */
  if (!(aa > 1e-28 * (double)n) || !(bb > 1e-28 * (double)n))
    return NAN;
  return CLAMP (ab / (sqrt (aa) * sqrt (bb)), -1, 1);
}

/* Of the rows that both columns have. */
static double
correlate_shared (const Correlations *c, gsize i, gsize j)
{
  const double *a = ins_matrix_col (c->values, i), *b = ins_matrix_col (c->values, j);
  gsize n = c->values->rows, m = 0;
  g_autofree double *u = g_new (double, MAX (n, 1)), *v = g_new (double, MAX (n, 1));

  for (gsize r = 0; r < n; r++)
    if (isfinite (a[r]) && isfinite (b[r]))
      {
        u[m] = a[r];
        v[m++] = b[r];
      }
  if (c->ranked)
    {
      ins_ranks (u, m, u);
      ins_ranks (v, m, v);
    }
  return correlate (u, v, m);
}

static void
correlate_rows (gsize begin, gsize end, gsize block, gpointer data)
{
  Correlations *c = data;

  for (gsize i = begin; i < end; i++)
    for (gsize j = 0; j <= i && ins_run_tick (c->run); j++)
      {
        double r = c->whole[i] && c->whole[j]
                       ? correlate (ins_matrix_col (c->x, i), ins_matrix_col (c->x, j), c->x->rows)
                       : correlate_shared (c, i, j);
        if (i == j && !isnan (r))
          r = 1;
        ins_matrix_set (c->out, i, j, r);
        ins_matrix_set (c->out, j, i, r);
      }
}

InsMatrix *
ins_correlation (const InsMatrix *x, InsCorrelationMethod method, InsRun *run, GError **error)
{
  g_autofree gboolean *whole = NULL;
  g_autoptr (InsMatrix) ranks = NULL;
  g_autoptr (InsMatrix) out = NULL;
  Correlations c;

  g_return_val_if_fail (x != NULL && run != NULL, NULL);

  whole = g_new0 (gboolean, MAX (x->cols, 1));
  out = ins_matrix_new (x->cols, x->cols);
  ranks = method == INS_CORRELATION_SPEARMAN ? ins_matrix_new (x->rows, x->cols) : NULL;
  for (gsize j = 0; j < x->cols && ins_run_tick (run); j++)
    {
      const double *column = ins_matrix_col (x, j);
      gsize finite = 0;
      for (gsize i = 0; i < x->rows; i++)
        finite += isfinite (column[i]) != 0;
      whole[j] = finite == x->rows;
      if (ranks != NULL && whole[j])
        ins_ranks (column, x->rows, ins_matrix_col (ranks, j));
    }
  c = (Correlations){ ranks ? ranks : x, x, ranks != NULL, whole, out, run };
  ins_run_parallel (run, x->cols, 1, correlate_rows, &c);
  if (!ins_run_check (run, error))
    return NULL;
  return g_steal_pointer (&out);
}

gboolean
ins_correlation_order (const InsMatrix *correlations, gint32 *order, InsRun *run, GError **error)
{
  g_autoptr (InsMatrix) distances = NULL;
  g_autoptr (InsLinkage) tree = NULL;

  g_return_val_if_fail (correlations != NULL && correlations->rows == correlations->cols, FALSE);

  if (correlations->rows < 2)
    {
      for (gsize i = 0; i < correlations->rows; i++)
        order[i] = (gint32)i;
      return TRUE;
    }
  distances = ins_matrix_new (correlations->rows, correlations->cols);
  for (gsize i = 0; i < correlations->rows * correlations->cols; i++)
    {
      double r = correlations->data[i];
      distances->data[i] = isnan (r) ? 1 : 1 - fabs (r);
    }
  tree = ins_linkage_fit_distances (distances, run, error);
  if (tree == NULL)
    return FALSE;
  ins_linkage_order (tree, order);
  return TRUE;
}
