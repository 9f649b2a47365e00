/* test-axis.c: ticks by their invariants, scales and back, numbers for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-axis.h"
#include "chart/ins-format.h"
#include <float.h>
#include <math.h>

/* Rising, inside, few enough. */
static void
check_order (const double *ticks, gsize n, double lo, double hi)
{
  g_assert_cmpuint (n, <=, INS_MAX_TICKS);
  for (gsize i = 0; i < n; i++)
    {
      g_assert_true (isfinite (ticks[i]));
      g_assert_cmpfloat (ticks[i], >=, lo);
      g_assert_cmpfloat (ticks[i], <=, hi);
      if (i > 0)
        g_assert_cmpfloat (ticks[i], >, ticks[i - 1]);
    }
}

static gboolean
is_round (double step)
{
  double mantissa = step / pow (10, floor (log10 (step) + 1e-9));
  const double round[] = { 1, 2, 2.5, 5, 10 };
  for (gsize i = 0; i < G_N_ELEMENTS (round); i++)
    if (fabs (mantissa - round[i]) < 1e-6)
      return TRUE;
  return FALSE;
}

static double
random_number (GRand *rand)
{
  double power = g_rand_double_range (rand, -9, 12);
  return (g_rand_boolean (rand) ? 1 : -1) * pow (10, power);
}

static void
test_linear (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  for (int t = 0; t < 20000; t++)
    {
      double a = random_number (rand), b = random_number (rand), ticks[INS_MAX_TICKS];
      double lo = MIN (a, b), hi = MAX (a, b);
      gsize wanted = (gsize)g_rand_int_range (rand, 1, 11);
      gsize n = ins_ticks_linear (lo, hi, wanted, ticks);
      check_order (ticks, n, lo, hi);
      if (hi - lo < 1e-9 * MAX (fabs (lo), fabs (hi)))
        continue;
      g_assert_cmpuint (n, <=, 2 * wanted + 1);
      if (wanted >= 3)
        g_assert_cmpuint (n, >=, 2);
      for (gsize i = 2; i < n; i++) /* evenly spaced */
        g_assert_cmpfloat_with_epsilon ((ticks[i] - ticks[i - 1]) / (ticks[1] - ticks[0]), 1, 1e-5);
      if (n >= 2)
        {
          double step = ticks[1] - ticks[0];
          if (step > 1e-9 * MAX (fabs (lo), fabs (hi)))
            g_assert_true (is_round (step));
          /* no tick is missing at the ends */
          g_assert_cmpfloat (ticks[0] - lo, <, step * (1 + 1e-6));
          g_assert_cmpfloat (hi - ticks[n - 1], <, step * (1 + 1e-6));
        }
    }
}

static void
test_edges (void)
{
  double t[INS_MAX_TICKS];
  const double bad[][2] = { { NAN, 1 }, { 0, INFINITY }, { 2, 1 }, { -INFINITY, NAN } };
  gsize (*const all[]) (double, double, gsize, double *) = { ins_ticks_linear,   ins_ticks_log1p,
                                                             ins_ticks_log,      ins_ticks_sqrt,
                                                             ins_ticks_category, ins_ticks_time };
  const double hard[][2] = { { 0, DBL_MAX },   { -DBL_MAX, DBL_MAX },  { 0, 5e-324 },
                             { 1e300, 1e308 }, { 1, 1 + DBL_EPSILON }, { -1e-300, 1e-300 },
                             { 0, 0 },         { 1e15, 1e15 + 1 },     { -5, -5 } };
  for (gsize f = 0; f < G_N_ELEMENTS (all); f++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
        g_assert_cmpuint (all[f](bad[i][0], bad[i][1], 5, t), ==, 0);
      for (gsize i = 0; i < G_N_ELEMENTS (hard); i++)
        check_order (t, all[f](hard[i][0], hard[i][1], 5, t), hard[i][0], hard[i][1]);
      g_assert_cmpuint (all[f](0, 1, 0, t), ==, 0);
    }
  g_assert_cmpuint (ins_ticks_linear (3, 3, 5, t), ==, 1);
  g_assert_cmpfloat (t[0], ==, 3);
}

static void
test_log (void)
{
  double t[INS_MAX_TICKS];
  gsize n = ins_ticks_log1p (0, 280206, 7, t);
  g_assert_cmpuint (n, ==, 7); /* 0, 1, 10 … 100,000 */
  g_assert_cmpfloat (t[0], ==, 0);
  for (gsize i = 1; i < n; i++)
    g_assert_cmpfloat (t[i], ==, pow (10, i - 1));
  n = ins_ticks_log1p (-5000, 200, 6, t);
  check_order (t, n, -5000, 200);
  g_assert_cmpuint (n, >=, 5);
  n = ins_ticks_log (0.5, 3e6, 4, t);
  g_assert_cmpuint (n, >=, 2);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (log10 (t[i]), rint (log10 (t[i])), 1e-9);
  g_assert_cmpuint (ins_ticks_log (-1, 10, 4, t), ==, 0);
}

static void
test_other_ticks (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  double t[INS_MAX_TICKS];
  gsize n;
  for (int i = 0; i < 3000; i++)
    {
      double lo = floor (g_rand_double_range (rand, -50, 50));
      double hi = lo + g_rand_int_range (rand, 0, 500);
      gsize wanted = (gsize)g_rand_int_range (rand, 1, 13);
      n = ins_ticks_category (lo, hi, wanted, t);
      check_order (t, n, lo, hi);
      for (gsize j = 0; j < n; j++)
        g_assert_cmpfloat (t[j], ==, floor (t[j]));
      n = ins_ticks_time (lo, hi, wanted, t);
      check_order (t, n, lo, hi);
      n = ins_ticks_sqrt (fabs (lo), fabs (lo) + hi - lo, wanted, t);
      check_order (t, n, fabs (lo), fabs (lo) + hi - lo);
    }
  n = ins_ticks_category (2, 12, 12, t);
  g_assert_cmpuint (n, ==, 11);
  n = ins_ticks_time (562, 586, 10, t); /* two years: quarters */
  g_assert_cmpfloat (t[1] - t[0], ==, 3);
}

static void
test_decimals (void)
{
  const double a[] = { 0, 0.25, 0.5 }, b[] = { 100, 200 }, c[] = { 1e-7, 2e-7 }, d[] = { 0.3 };
  g_assert_cmpint (ins_ticks_decimals (a, 3), ==, 2);
  g_assert_cmpint (ins_ticks_decimals (b, 2), ==, 0);
  g_assert_cmpint (ins_ticks_decimals (c, 2), ==, 7);
  g_assert_cmpint (ins_ticks_decimals (d, 1), ==, 1);
  g_assert_cmpint (ins_ticks_decimals (NULL, 0), ==, 0);
}

/* There and back, rising, ends on ends. */
static void
test_scales (void)
{
  const InsScaleType *types[] = { &ins_scale_linear, &ins_scale_log1p,    &ins_scale_log,
                                  &ins_scale_sqrt,   &ins_scale_category, &ins_scale_time };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  for (gsize t = 0; t < G_N_ELEMENTS (types); t++)
    for (int i = 0; i < 500; i++)
      {
        double lo = g_rand_double_range (rand, 0.001, 100);
        double hi = lo + g_rand_double_range (rand, 0.1, 1e5), last = -1e9;
        InsAxis axis = { .from = 40, .to = 640 };
        ins_axis_set_range (&axis, types[t], lo, hi, 0);
        g_assert_cmpfloat_with_epsilon (ins_axis_map (&axis, lo), 40, 1e-6);
        g_assert_cmpfloat_with_epsilon (ins_axis_map (&axis, hi), 640, 1e-6);
        for (int j = 0; j <= 20; j++)
          {
            double p = 40 + 30 * j, v = ins_axis_unmap (&axis, p);
            g_assert_cmpfloat_with_epsilon (ins_axis_map (&axis, v), p, 1e-5);
            g_assert_cmpfloat (v, >, last);
            last = v;
          }
      }
}

static void
test_ranges (void)
{
  const double hard[][2] = { { 5, 5 },         { 0, 0 },  { -DBL_MAX, DBL_MAX }, { NAN, 3 },
                             { 1e300, 1e300 }, { 7, -7 }, { 1, INFINITY } };
  const double values[] = { NAN, 3, INFINITY, -2, 8 };
  double lo, hi;
  for (gsize i = 0; i < G_N_ELEMENTS (hard); i++)
    {
      InsAxis axis = { .from = 0, .to = 100 };
      ins_axis_set_range (&axis, &ins_scale_linear, hard[i][0], hard[i][1], 0.05);
      g_assert_true (isfinite (axis.lo) && isfinite (axis.hi));
      g_assert_cmpfloat (axis.lo, <, axis.hi);
      g_assert_true (isfinite (ins_axis_map (&axis, 0)));
    }
  g_assert_true (ins_finite_range (values, 5, &lo, &hi));
  g_assert_cmpfloat (lo, ==, -2);
  g_assert_cmpfloat (hi, ==, 8);
  g_assert_false (ins_finite_range (values, 1, &lo, &hi));
}

static void
expect (char *text, const char *wanted)
{
  g_assert_cmpstr (text, ==, wanted);
  g_free (text);
}

#define NB "\302\240"
#define MINUS "\342\210\222"

static void
test_format (void)
{
  expect (ins_format_number (541909, 0), "541,909");
  expect (ins_format_number (-1234.5, 1), MINUS "1,234.5");
  expect (ins_format_number (-0.001, 1), "0.0");
  expect (ins_format_number (NAN, 1), "–");
  expect (ins_format_number (INFINITY, 0), "∞");
  expect (ins_format_short (0.35), "0.350");
  expect (ins_format_short (12.345), "12.3");
  expect (ins_format_short (999), "999");
  expect (ins_format_number (136.5, 0), "137");
  expect (ins_format_number (-136.5, 0), MINUS "137");
  expect (ins_format_short (1234567), "1.23" NB "M");
  expect (ins_format_value (1552431.2, "money", NULL), "1.55" NB "M");
  expect (ins_format_value (8250360, "money", NULL), "8.25" NB "M");
  expect (ins_format_value (1199873, "money", NULL), "1.20" NB "M");
  expect (ins_format_value (888123, "money", NULL), "888" NB "k");
  expect (ins_format_value (9996000, "money", NULL), "10.0" NB "M");
  expect (ins_format_value (136.5, "money", NULL), "137");
  expect (ins_format_value (1.2e6, "money", "£"), "£1.2" NB "M");
  expect (ins_format_value (10104314, "money", "£"), "£10.1" NB "M");
  expect (ins_format_value (284661.5, "money", "£"), "£285" NB "k");
  expect (ins_format_value (5153.67, "money", "£"), "£5,154");
  expect (ins_format_value (-12.5, "money", "£"), MINUS "£12.50");
  expect (ins_format_value (0.39052, "percent", NULL), "39.1" NB "%");
  expect (ins_format_value (1, "percent", NULL), "100" NB "%");
  expect (ins_format_value (0.0004, "percent", NULL), "0.04" NB "%");
  expect (ins_format_value (8.12, "ratio", NULL), "8.1×");
  expect (ins_format_value (31, "days", NULL), "31" NB "days");
  expect (ins_format_value (NAN, "money", "£"), "–");
  expect (ins_format_tick (12500, 0, NULL, NULL), "12.5" NB "k");
  expect (ins_format_tick (0.25, 2, "percent", NULL), "25" NB "%");
  expect (ins_format_tick (-0.5, 1, NULL, NULL), MINUS "0.5");
  {
    const double ticks[] = { 0, 4000, 8000, 12000 };
    expect (ins_format_tick_of (ticks, 4, 0, NULL, NULL), "0");
    expect (ins_format_tick_of (ticks, 4, 1, "money", "£"), "£4" NB "k");
    expect (ins_format_tick_of (ticks, 4, 3, NULL, NULL), "12" NB "k");
    expect (ins_format_tick_of (ticks, 2, 1, NULL, NULL), "4,000");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/axis/linear", test_linear);
  g_test_add_func ("/axis/edges", test_edges);
  g_test_add_func ("/axis/log", test_log);
  g_test_add_func ("/axis/other-ticks", test_other_ticks);
  g_test_add_func ("/axis/decimals", test_decimals);
  g_test_add_func ("/axis/scales", test_scales);
  g_test_add_func ("/axis/ranges", test_ranges);
  g_test_add_func ("/axis/format", test_format);
  return g_test_run ();
}
