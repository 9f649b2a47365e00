/* ins-stats.h: compensated sums, quantiles, description of one variable
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Neumaier's compensated sum (1974).  Start with { 0 }. */
typedef struct
{
  double sum;
  double carry;
} InsSum;

static inline void
ins_sum_add (InsSum *sum, double x)
{
  double t = sum->sum + x;
  double larger = ABS (sum->sum) >= ABS (x) ? sum->sum : x;
  double smaller = ABS (sum->sum) >= ABS (x) ? x : sum->sum;
  sum->carry += (larger - t) + smaller;
  sum->sum = t;
}

static inline double
ins_sum_get (const InsSum *sum)
{
  return sum->sum + sum->carry;
}

/* Ascending, in place; n log n up to about a hundred numbers, linear above.  No NaN. */
void ins_sort_doubles (double *values, gsize n);
/* The @p-quantile (0 … 1) of @n ascending numbers, type 7 of Hyndman & Fan (1996), as numpy and R
 * have it; NaN if @n is 0. */
double ins_quantile_sorted (const double *sorted, gsize n, double p);
/* Median of @n numbers in any order, missing ones (NaN) left out. */
double ins_median (const double *values, gsize n);

/**
 * InsDescription:
 * @n: numbers present
 * @missing: numbers missing (NaN)
 * @distinct: different numbers
 * @std: standard deviation with n - 1
 * @skew, @kurtosis: adjusted Fisher-Pearson skewness and excess kurtosis, as pandas has them
 *
 * Figures that do not exist (mean of nothing, skewness of two numbers) are NaN.
 */
typedef struct
{
  gsize n;
  gsize missing;
  gsize distinct;
  double min, max, range, sum, mean, median, std, skew, kurtosis, q25, q75;
} InsDescription;

extern const InsDescription ins_description_none; /* of no numbers */

void ins_describe (const double *values, gsize n, InsDescription *out);

G_END_DECLS
