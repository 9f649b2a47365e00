/* ins-stats.c: quantiles, sorting, description of one variable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-stats.h"

#include <math.h>
#include <string.h>

#define RADIX_FROM 128 /* below, insertion is faster */

/* ---- sorting ---- */

static void
insertion_sort (double *values, gsize n)
{
  for (gsize i = 1; i < n; i++)
    {
      double x = values[i];
      gsize j = i;
      for (; j > 0 && !(values[j - 1] <= x); j--)
        values[j] = values[j - 1];
      values[j] = x;
    }
}

/* Bits that rise as the number does. */
static inline guint64
double_to_key (double x)
{
  guint64 bits;

  memcpy (&bits, &x, sizeof bits);
  return bits >> 63 ? ~bits : bits | G_GUINT64_CONSTANT (0x8000000000000000);
}

static inline double
key_to_double (guint64 key)
{
  guint64 bits = key >> 63 ? key & ~G_GUINT64_CONSTANT (0x8000000000000000) : ~key;
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

/* Least significant byte first; bytes that all keys share cost nothing. */
static void
radix_sort (guint64 *keys, guint64 *other, gsize n, guint64 **sorted)
{
  gsize (*count)[256] = g_malloc0 (8 * sizeof *count);

  for (gsize i = 0; i < n; i++)
    for (guint b = 0; b < 8; b++)
      count[b][(keys[i] >> (8 * b)) & 255]++;
  for (guint b = 0; b < 8; b++)
    {
      gsize at = 0;
      guint64 *swap = keys;
      if (count[b][(keys[0] >> (8 * b)) & 255] == n)
        continue;
      for (guint v = 0; v < 256; v++)
        {
          gsize here = count[b][v];
          count[b][v] = at;
          at += here;
        }
      for (gsize i = 0; i < n; i++)
        other[count[b][(keys[i] >> (8 * b)) & 255]++] = keys[i];
      keys = other;
      other = swap;
    }
  *sorted = keys;
  g_free (count);
}

void
ins_sort_doubles (double *values, gsize n)
{
  g_autofree guint64 *keys = NULL;
  guint64 *sorted;

  g_return_if_fail (values != NULL || n == 0);

  if (n < RADIX_FROM)
    {
      insertion_sort (values, n);
      return;
    }
  keys = g_new (guint64, 2 * n);
  for (gsize i = 0; i < n; i++)
    keys[i] = double_to_key (values[i]);
  radix_sort (keys, keys + n, n, &sorted);
  for (gsize i = 0; i < n; i++)
    values[i] = key_to_double (sorted[i]);
}

/* ---- quantiles ---- */

double
ins_quantile_sorted (const double *sorted, gsize n, double p)
{
  double position, below;
  gsize i;

  g_return_val_if_fail (p >= 0 && p <= 1, NAN);

  if (n == 0)
    return NAN;
  position = p * (double)(n - 1);
  below = floor (position);
  i = (gsize)below;
  if (i + 1 >= n)
    return sorted[n - 1];
  if (sorted[i] == sorted[i + 1])
    return sorted[i];
  return sorted[i] + (position - below) * (sorted[i + 1] - sorted[i]);
}

/* The numbers of @values that are there, ascending.  Returns: (transfer full) */
static double *
sorted_copy (const double *values, gsize n, gsize *n_present)
{
  double *copy = g_new (double, MAX (n, 1));
  gsize m = 0;

  for (gsize i = 0; i < n; i++)
    if (!isnan (values[i]))
      copy[m++] = values[i];
  ins_sort_doubles (copy, m);
  *n_present = m;
  return copy;
}

double
ins_median (const double *values, gsize n)
{
  g_autofree double *sorted = NULL;
  gsize m;

  g_return_val_if_fail (values != NULL || n == 0, NAN);
  sorted = sorted_copy (values, n, &m);
  return ins_quantile_sorted (sorted, m, 0.5);
}

/* ---- description ---- */

static void
describe_moments (const double *sorted, gsize count, InsDescription *out)
{
  InsSum s2 = { 0 }, s3 = { 0 }, s4 = { 0 };
  double n = (double)count, m2, m3, m4;

  for (gsize i = 0; i < count; i++)
    {
      double d = sorted[i] - out->mean;
      ins_sum_add (&s2, d * d);
      ins_sum_add (&s3, d * d * d);
      ins_sum_add (&s4, d * d * d * d);
    }
  m2 = ins_sum_get (&s2);
  m3 = ins_sum_get (&s3);
  m4 = ins_sum_get (&s4);
  if (out->range == 0) /* a constant is neither skewed nor peaked */
    m2 = m3 = m4 = 0;
  if (count > 1)
    out->std = sqrt (m2 / (n - 1));
  if (count > 2)
    out->skew = m2 > 0 ? n * sqrt (n - 1) / (n - 2) * (m3 / (m2 * sqrt (m2))) : 0;
  if (count > 3)
    out->kurtosis = m2 > 0 ? n * (n + 1) * (n - 1) * m4 / ((n - 2) * (n - 3) * m2 * m2)
                                 - 3 * (n - 1) * (n - 1) / ((n - 2) * (n - 3))
                           : 0;
}

const InsDescription ins_description_none = {
  .min = NAN,
  .max = NAN,
  .range = NAN,
  .mean = NAN,
  .median = NAN,
  .std = NAN,
  .skew = NAN,
  .kurtosis = NAN,
  .q25 = NAN,
  .q75 = NAN,
};

void
ins_describe (const double *values, gsize n, InsDescription *out)
{
  g_autofree double *sorted = NULL;
  InsSum sum = { 0 };

  g_return_if_fail (values != NULL || n == 0);
  g_return_if_fail (out != NULL);

  *out = ins_description_none;
  sorted = sorted_copy (values, n, &out->n);
  out->missing = n - out->n;
  if (out->n == 0)
    return;
  for (gsize i = 0; i < out->n; i++)
    {
      ins_sum_add (&sum, sorted[i]);
      out->distinct += i == 0 || sorted[i] != sorted[i - 1];
    }
  out->min = sorted[0];
  out->max = sorted[out->n - 1];
  out->range = out->max - out->min;
  out->sum = ins_sum_get (&sum);
  out->mean = out->range == 0 ? out->min : out->sum / (double)out->n;
  out->median = ins_quantile_sorted (sorted, out->n, 0.5);
  out->q25 = ins_quantile_sorted (sorted, out->n, 0.25);
  out->q75 = ins_quantile_sorted (sorted, out->n, 0.75);
  describe_moments (sorted, out->n, out);
}
