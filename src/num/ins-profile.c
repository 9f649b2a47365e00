/* ins-profile.c: means and medians of groups, and their order
 *
 * Rows are ordered by group once (counting sort), so that each column's values of a group lie
 * together: O(f (n + n log n)) time at worst (radix sort for the median makes it linear), O(n)
 * memory per thread.  Missing numbers are left out; a group without numbers has NaN.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-profile.h"

#include <math.h>
#include <stdlib.h>

#include "base/ins-stats.h"

typedef struct
{
  const InsMatrix *x;
  InsRun *run;
  gsize k;
  const gsize *begin;  /* k + 1 borders in @rows */
  const guint32 *rows; /* row numbers by group */
  InsMatrix *mean, *median;
} Summaries;

static double
mean_present (const double *values, gsize n)
{
  InsSum sum = { 0 };
  gsize present = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      {
        ins_sum_add (&sum, values[i]);
        present++;
      }
  return present > 0 ? ins_sum_get (&sum) / (double)present : NAN;
}

static void
summarise_columns (gsize first, gsize end, gsize block, gpointer data)
{
  Summaries *s = data;
  gsize n = s->x->rows;
  g_autofree double *grouped = g_new (double, MAX (s->begin[s->k], 1));

  for (gsize j = first; j < end && ins_run_tick (s->run); j++)
    {
      const double *column = ins_matrix_col (s->x, j);
      for (gsize i = 0; i < s->begin[s->k]; i++)
        grouped[i] = column[s->rows[i]];
      for (gsize g = 0; g < s->k && ins_run_tick (s->run); g++)
        {
          const double *values = grouped + s->begin[g];
          gsize size = s->begin[g + 1] - s->begin[g];
          ins_matrix_set (s->mean, g, j, mean_present (values, size));
          ins_matrix_set (s->median, g, j, ins_median (values, size));
        }
      ins_matrix_set (s->mean, s->k, j, mean_present (column, n));
      ins_matrix_set (s->median, s->k, j, ins_median (column, n));
    }
}

/* Row numbers by group, row order kept.  @begin: k + 1 borders.  Returns: (transfer full) */
static guint32 *
rows_by_group (const gint32 *labels, gsize n, gsize k, gsize *begin)
{
  guint32 *rows = g_new (guint32, MAX (n, 1));
  g_autofree gsize *next = g_new0 (gsize, k + 1);

  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0 && (gsize)labels[i] < k)
      next[labels[i] + 1]++;
  for (gsize g = 0; g < k; g++)
    next[g + 1] += next[g];
  for (gsize g = 0; g <= k; g++)
    begin[g] = next[g];
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0 && (gsize)labels[i] < k)
      rows[next[labels[i]]++] = (guint32)i;
  return rows;
}

gboolean
ins_group_summaries (const InsMatrix *x, const gint32 *labels, gsize k, InsMatrix **mean,
                     InsMatrix **median, InsRun *run, GError **error)
{
  g_autoptr (InsMatrix) means = NULL;
  g_autoptr (InsMatrix) medians = NULL;
  g_autofree gsize *begin = NULL;
  g_autofree guint32 *rows = NULL;
  Summaries s;

  g_return_val_if_fail (x != NULL && (labels != NULL || x->rows == 0), FALSE);
  g_return_val_if_fail (mean != NULL && median != NULL && run != NULL, FALSE);

  means = ins_matrix_new (k + 1, x->cols);
  medians = ins_matrix_new (k + 1, x->cols);
  begin = g_new (gsize, k + 1);
  rows = rows_by_group (labels, x->rows, k, begin);
  s = (Summaries){ x, run, k, begin, rows, means, medians };
  if (!ins_run_parallel (run, x->cols, 1, summarise_columns, &s))
    return ins_run_check (run, error);
  *mean = g_steal_pointer (&means);
  *median = g_steal_pointer (&medians);
  return TRUE;
}

typedef struct
{
  double mean;
  gint32 old;
} Rank;

/* Largest first, those without a mean last. */
static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  const Rank *x = a, *y = b;
  gboolean no_x = isnan (x->mean), no_y = isnan (y->mean);

  if (no_x != no_y)
    return no_x ? 1 : -1;
  if (!no_x && x->mean != y->mean)
    return x->mean > y->mean ? -1 : 1;
  return (x->old > y->old) - (x->old < y->old);
}

void
ins_order_labels (gint32 *labels, gsize n, gsize k, const double *value)
{
  g_autofree InsSum *sums = NULL;
  g_autofree gsize *present = NULL;
  g_autofree Rank *ranks = NULL;
  g_autofree gint32 *new_label = NULL;

  g_return_if_fail ((labels != NULL && value != NULL) || n == 0);

  sums = g_new0 (InsSum, k + 1);
  present = g_new0 (gsize, k + 1);
  ranks = g_new (Rank, k + 1);
  new_label = g_new (gint32, k + 1);
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0 && (gsize)labels[i] < k && !isnan (value[i]))
      {
        ins_sum_add (&sums[labels[i]], value[i]);
        present[labels[i]]++;
      }
  for (gsize g = 0; g < k; g++)
    ranks[g] =
        (Rank){ present[g] > 0 ? ins_sum_get (&sums[g]) / (double)present[g] : NAN, (gint32)g };
  qsort (ranks, k, sizeof (Rank), compare_ranks);
  for (gsize g = 0; g < k; g++)
    new_label[ranks[g].old] = (gint32)g;
  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0 && (gsize)labels[i] < k)
      labels[i] = new_label[labels[i]];
}
