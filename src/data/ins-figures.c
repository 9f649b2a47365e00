/* ins-figures.c: description of a column from its distinct values and their counts
 *
 * Millions of rows have few distinct numbers; sorting those is all the work.  Formulas as in
 * ins_describe().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-convert.h"

#include <math.h>

static int
compare_values (gconstpointer a, gconstpointer b)
{
  double x = ((const InsWeighted *)a)->value, y = ((const InsWeighted *)b)->value;

  return (x > y) - (x < y);
}

/* The value at @rank (from 0) among all rows. */
static double
value_at (const InsWeighted *pairs, gsize n, guint64 rank)
{
  guint64 seen = 0;

  for (gsize i = 0; i < n; i++)
    {
      seen += pairs[i].count;
      if (rank < seen)
        return pairs[i].value;
    }
  return pairs[n - 1].value;
}

/* Type 7 of Hyndman & Fan. */
static double
quantile (const InsWeighted *pairs, gsize n_pairs, guint64 n, double p)
{
  double position = p * (double)(n - 1), below = floor (position);
  double x = value_at (pairs, n_pairs, (guint64)below);
  double y = (guint64)below + 1 < n ? value_at (pairs, n_pairs, (guint64)below + 1) : x;

  return x == y ? x : x + (position - below) * (y - x);
}

static void
describe_moments (const InsWeighted *pairs, gsize n_pairs, InsDescription *out)
{
  InsSum s2 = { 0 }, s3 = { 0 }, s4 = { 0 };
  double n = (double)out->n, m2, m3, m4;

  for (gsize i = 0; i < n_pairs; i++)
    {
      double d = pairs[i].value - out->mean, weight = (double)pairs[i].count;

      ins_sum_add (&s2, weight * d * d);
      ins_sum_add (&s3, weight * d * d * d);
      ins_sum_add (&s4, weight * d * d * d * d);
    }
  m2 = out->range > 0 ? ins_sum_get (&s2) : 0; /* a constant is neither skewed nor peaked */
  m3 = ins_sum_get (&s3);
  m4 = ins_sum_get (&s4);
  if (out->n > 1)
    out->std = sqrt (m2 / (n - 1));
  if (out->n > 2)
    out->skew = m2 > 0 ? n * sqrt (n - 1) / (n - 2) * (m3 / (m2 * sqrt (m2))) : 0;
  if (out->n > 3)
    out->kurtosis = m2 > 0 ? n * (n + 1) * (n - 1) * m4 / ((n - 2) * (n - 3) * m2 * m2)
                                 - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3))
                           : 0;
}

void
ins_describe_weighted (InsWeighted *pairs, gsize n_pairs, guint64 missing, InsDescription *out)
{
  InsSum sum = { 0 };

  *out = ins_description_none;
  out->missing = missing;
  if (n_pairs == 0)
    return;
  qsort (pairs, n_pairs, sizeof *pairs, compare_values);
  for (gsize i = 0; i < n_pairs; i++)
    {
      out->n += pairs[i].count;
      out->distinct += i == 0 || pairs[i].value != pairs[i - 1].value;
      ins_sum_add (&sum, pairs[i].value * (double)pairs[i].count);
    }
  out->min = pairs[0].value;
  out->max = pairs[n_pairs - 1].value;
  out->range = out->max - out->min;
  out->sum = ins_sum_get (&sum);
  out->mean = out->range == 0 ? out->min : out->sum / (double)out->n;
  out->median = quantile (pairs, n_pairs, out->n, 0.5);
  out->q25 = quantile (pairs, n_pairs, out->n, 0.25);
  out->q75 = quantile (pairs, n_pairs, out->n, 0.75);
  describe_moments (pairs, n_pairs, out);
}
