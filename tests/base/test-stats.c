/* test-stats.c: sums, sorting, quantiles, descriptions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ins-random.h"

static void
test_sum (void)
{
  InsSum sum = { 0 };

  ins_sum_add (&sum, 1);
  ins_sum_add (&sum, 1e100);
  ins_sum_add (&sum, 1);
  ins_sum_add (&sum, -1e100);
  g_assert_cmpfloat (ins_sum_get (&sum), ==, 2);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static void
test_sort (void)
{
  static const gsize sizes[] = { 0, 1, 2, 20, 127, 128, 129, 5000 };

  for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint64 kind = 0; kind < 3; kind++)
      {
        gsize n = sizes[s];
        g_autofree double *a = g_new (double, n + 1), *b = g_new (double, n + 1);
        for (gsize i = 0; i < n; i++)
          {
            double u = ins_random_double (3, kind, i) - 0.5;
            a[i] = b[i] = kind == 0 ? u : kind == 1 ? floor (u * 8) + 0.0 : sinh (u * 700);
          }
        ins_sort_doubles (a, n);
        qsort (b, n, sizeof (double), compare_doubles);
        for (gsize i = 0; i < n; i++)
          g_assert_cmpfloat (a[i], ==, b[i]);
      }
}

static void
test_sort_infinities (void)
{
  double values[200];

  for (gsize i = 0; i < 200; i++)
    values[i] = i == 7 ? INFINITY : i == 150 ? -INFINITY : (double)i;
  ins_sort_doubles (values, 200);
  g_assert_cmpfloat (values[0], ==, -INFINITY);
  g_assert_cmpfloat (values[1], ==, 0);
  g_assert_cmpfloat (values[198], ==, 199);
  g_assert_cmpfloat (values[199], ==, INFINITY);
}

/* numpy.quantile ([1, 2, 4, 8, 16], …) */
static void
test_quantile (void)
{
  static const double sorted[] = { 1, 2, 4, 8, 16 };

  g_assert_cmpfloat (ins_quantile_sorted (sorted, 5, 0), ==, 1);
  g_assert_cmpfloat (ins_quantile_sorted (sorted, 5, 1), ==, 16);
  g_assert_cmpfloat (ins_quantile_sorted (sorted, 5, 0.5), ==, 4);
  g_assert_cmpfloat_with_epsilon (ins_quantile_sorted (sorted, 5, 0.1), 1.4, 1e-15);
  g_assert_cmpfloat_with_epsilon (ins_quantile_sorted (sorted, 5, 0.9), 12.8, 1e-14);
  g_assert_cmpfloat (ins_quantile_sorted (sorted, 1, 0.3), ==, 1);
  g_assert_true (isnan (ins_quantile_sorted (sorted, 0, 0.3)));
}

static void
test_median (void)
{
  static const double values[] = { 5, NAN, 1, 3, NAN, 2 };

  g_assert_cmpfloat (ins_median (values, 6), ==, 2.5);
  g_assert_cmpfloat (ins_median (values, 3), ==, 3);
  g_assert_true (isnan (ins_median (values + 1, 1)));
  g_assert_true (isnan (ins_median (NULL, 0)));
}

/* pandas 1.5 on the same numbers. */
static void
test_describe (void)
{
  static const double values[] = { 3.5, NAN, -1.25, 8, 8, 0.1, 1e3, -7.75, 2.5, NAN, 4, 4.125 };
  InsDescription d;

  ins_describe (values, G_N_ELEMENTS (values), &d);
  g_assert_cmpuint (d.n, ==, 10);
  g_assert_cmpuint (d.missing, ==, 2);
  g_assert_cmpuint (d.distinct, ==, 9);
  g_assert_cmpfloat (d.min, ==, -7.75);
  g_assert_cmpfloat (d.max, ==, 1000);
  g_assert_cmpfloat (d.range, ==, 1007.75);
  g_assert_cmpfloat_with_epsilon (d.sum, 1021.225, 1e-10);
  g_assert_cmpfloat_with_epsilon (d.mean, 102.1225, 1e-11);
  g_assert_cmpfloat (d.median, ==, 3.75);
  g_assert_cmpfloat_with_epsilon (d.std, 315.51564507124243, 1e-10);
  g_assert_cmpfloat_with_epsilon (d.skew, 3.1610099156726386, 1e-12);
  g_assert_cmpfloat_with_epsilon (d.kurtosis, 9.994141811605832, 1e-11);
  g_assert_cmpfloat_with_epsilon (d.q25, 0.7, 1e-14);
  g_assert_cmpfloat_with_epsilon (d.q75, 7.03125, 1e-14);
}

static void
test_describe_little (void)
{
  static const double values[] = { 0.1, 0.1, 0.1, 0.1 };
  static const double missing[] = { NAN };
  InsDescription d;

  ins_describe (NULL, 0, &d);
  g_assert_cmpuint (d.n, ==, 0);
  g_assert_cmpfloat (d.sum, ==, 0);
  g_assert_true (isnan (d.mean) && isnan (d.min) && isnan (d.median) && isnan (d.std));
  ins_describe (missing, 1, &d);
  g_assert_cmpuint (d.missing, ==, 1);
  g_assert_true (isnan (d.max));
  ins_describe (values, 1, &d);
  g_assert_cmpfloat (d.mean, ==, 0.1);
  g_assert_true (isnan (d.std));
  ins_describe (values, 2, &d);
  g_assert_cmpfloat (d.std, ==, 0);
  g_assert_true (isnan (d.skew));
  ins_describe (values, 4, &d);
  g_assert_cmpuint (d.distinct, ==, 1);
  g_assert_cmpfloat (d.mean, ==, 0.1);
  g_assert_cmpfloat (d.skew, ==, 0);
  g_assert_cmpfloat (d.kurtosis, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stats/sum", test_sum);
  g_test_add_func ("/stats/sort", test_sort);
  g_test_add_func ("/stats/sort-infinities", test_sort_infinities);
  g_test_add_func ("/stats/quantile", test_quantile);
  g_test_add_func ("/stats/median", test_median);
  g_test_add_func ("/stats/describe", test_describe);
  g_test_add_func ("/stats/describe-little", test_describe_little);
  return g_test_run ();
}
