/* ins-outliers.c: quantities far from the others
 *
 * Limits are set on the size of the quantity, whatever its sign, of the lines still there:
 * quartiles ± limit × their distance, or mean ± limit × standard deviation.  O(n) time and memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-filter-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
find_limits (const InsFilterWork *work, double *low, double *high)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (double));
  double limit = work->rules->outlier_limit;
  double *values;

  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    if (work->bar_of[i] == INS_FILTER_KEPT)
      {
        double size = fabs (ins_measure_get (&work->quantity, i));

        g_array_append_val (sizes, size);
      }
  values = (double *)sizes->data;
  if (work->rules->outliers == INS_OUTLIERS_IQR)
    {
      double q1, q3;

      ins_sort_doubles (values, sizes->len);
      q1 = ins_quantile_sorted (values, sizes->len, 0.25);
      q3 = ins_quantile_sorted (values, sizes->len, 0.75);
      *low = q1 - limit * (q3 - q1);
      *high = q3 + limit * (q3 - q1);
    }
  else
    {
      InsDescription about;

      ins_describe (values, sizes->len, &about);
      *low = about.mean - limit * about.std;
      *high = about.mean + limit * about.std;
    }
}

gboolean
ins_filter_limit_outliers (InsFilterWork *work, GError **error)
{
  guint8 bar = ins_filter_add_bar (work, "outliers");
  gsize n = work->table->n_rows;
  double low, high;

  if (!(work->rules->outlier_limit >= 0))
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("The limit for unusual quantities must not be negative: choose 1.5 "
                              "for quartiles or 3 for standard deviations."));
      return FALSE;
    }
  find_limits (work, &low, &high); /* no number at all: nothing is outside */
  if (work->rules->cap)
    work->capped = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n && ins_filter_goes_on (work->run, i); i++)
    {
      double quantity = ins_measure_get (&work->quantity, i);
      double size = fabs (quantity);

      if (work->capped)
        work->capped[i] = quantity;
      if (work->bar_of[i] != INS_FILTER_KEPT || !(size < low || size > high))
        continue;
      if (work->capped)
        work->capped[i] = copysign (size < low ? low : high, quantity);
      else
        work->bar_of[i] = bar;
    }
  return ins_run_check (work->run, error);
}
