/* test-scale.c: scaling against scikit-learn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-scale.h"

#include "ins-num-test.h"

typedef struct
{
  InsScaleMethod method;
  const char *section;
} Case;

static const Case cases[] = {
  { INS_SCALE_STANDARD, "standard" },
  { INS_SCALE_MINMAX, "minmax" },
  { INS_SCALE_ROBUST, "robust" },
  { INS_SCALE_LOG1P_STANDARD, "log1p-standard" },
  { INS_SCALE_LOG1P_MINMAX, "log1p-minmax" },
  { INS_SCALE_LOG1P_ROBUST, "log1p-robust" },
};

static void
test_like_sklearn (gconstpointer data)
{
  const char *name = data;
  g_autoptr (InsMatrix) x = ins_golden ("num.txt", name);

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *section = g_strdup_printf ("%s.%s", name, cases[c].section);
      g_autoptr (InsMatrix) expected = ins_golden ("num.txt", section);
      for (gsize j = 0; j < x->cols; j++)
        {
          g_autofree double *scaled = g_new (double, x->rows);
          const double *column = ins_matrix_col (x, j);
          InsScaling scaling;
          ins_scaling_fit (&scaling, cases[c].method, column, x->rows);
          ins_scaling_apply (&scaling, column, scaled, x->rows);
          for (gsize i = 0; i < expected->rows; i++)
            {
              ins_assert_close (scaled[i], ins_matrix_get (expected, i, j), 1e-12);
              ins_assert_close (ins_scaling_invert (&scaling, scaled[i]), column[i], 1e-12);
            }
        }
    }
}

static void
test_plain (void)
{
  double x[] = { -3, 0, 5 };
  InsScaling scaling;

  ins_scaling_fit (&scaling, INS_SCALE_NONE, x, 3);
  g_assert_cmpfloat (scaling.offset, ==, 0);
  g_assert_cmpfloat (scaling.divisor, ==, 1);
  ins_scaling_fit (&scaling, INS_SCALE_LOG1P, x, 3);
  ins_scaling_apply (&scaling, x, x, 3); /* in place */
  g_assert_cmpfloat (x[0], ==, -log1p (3));
  g_assert_cmpfloat (x[1], ==, 0);
  g_assert_cmpfloat (x[2], ==, log1p (5));
  g_assert_cmpfloat_with_epsilon (ins_scaling_invert (&scaling, x[0]), -3, 1e-14);
}

static void
test_constant (void)
{
  double x[100], out[100];

  for (gsize i = 0; i < 100; i++)
    x[i] = 0.1;
  for (InsScaleMethod m = INS_SCALE_STANDARD; m < INS_SCALE_N_METHODS; m++)
    {
      InsScaling scaling;
      if (m == INS_SCALE_LOG1P)
        continue;
      ins_scaling_fit (&scaling, m, x, 100);
      g_assert_cmpfloat (scaling.divisor, ==, 1);
      ins_scaling_apply (&scaling, x, out, 100);
      for (gsize i = 0; i < 100; i++)
        g_assert_cmpfloat_with_epsilon (out[i], 0, 1e-15);
      g_assert_cmpfloat_with_epsilon (ins_scaling_invert (&scaling, out[0]), 0.1, 1e-15);
    }
}

/* More than half equal: the quartiles may coincide. */
static void
test_robust_without_spread (void)
{
  static const double x[] = { 0, 0, 0, 0, 0, 0, 0, 9 };
  InsScaling scaling;

  ins_scaling_fit (&scaling, INS_SCALE_ROBUST, x, G_N_ELEMENTS (x));
  g_assert_cmpfloat (scaling.divisor, ==, 1);
}

static void
test_little (void)
{
  static const double one = 4;

  for (InsScaleMethod m = INS_SCALE_NONE; m < INS_SCALE_N_METHODS; m++)
    {
      InsScaling scaling;
      ins_scaling_fit (&scaling, m, NULL, 0);
      g_assert_cmpfloat (scaling.offset, ==, 0);
      g_assert_cmpfloat (scaling.divisor, ==, 1);
      ins_scaling_fit (&scaling, m, &one, 1);
      g_assert_cmpfloat (scaling.divisor, ==, 1);
    }
}

/* A spread that over- or underflows is none: no NaN. */
static void
test_huge_and_tiny (void)
{
  static const double huge[] = { 1e308, -1e308, 0, 1e300 }, tiny[] = { 0x1p-1074, 0, 0x1p-1070, 0 };
  double out[4];

  for (InsScaleMethod m = INS_SCALE_NONE; m < INS_SCALE_N_METHODS; m++)
    for (guint i = 0; i < 2; i++)
      {
        InsScaling scaling;
        ins_scaling_fit (&scaling, m, i == 0 ? huge : tiny, 4);
        g_assert_true (scaling.divisor > 0 && isfinite (scaling.divisor));
        g_assert_true (isfinite (scaling.offset));
        ins_scaling_apply (&scaling, i == 0 ? huge : tiny, out, 4);
        for (gsize v = 0; v < 4; v++)
          g_assert_false (isnan (out[v]));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/scale/like-sklearn/blobs", "blobs", test_like_sklearn);
  g_test_add_data_func ("/scale/like-sklearn/skew", "skew", test_like_sklearn);
  g_test_add_func ("/scale/plain", test_plain);
  g_test_add_func ("/scale/constant", test_constant);
  g_test_add_func ("/scale/robust-without-spread", test_robust_without_spread);
  g_test_add_func ("/scale/little", test_little);
  g_test_add_func ("/scale/huge-and-tiny", test_huge_and_tiny);
  return g_test_run ();
}
