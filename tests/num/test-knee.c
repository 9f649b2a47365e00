/* test-knee.c: Kneedle against a step by step version in Python
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-knee.h"

#include "ins-num-test.h"

static void
test_curves (void)
{
  static const double sensitivity[] = { 0.5, 1, 3 };
  g_autoptr (InsMatrix) curves = ins_golden ("num.txt", "knee.curves");
  g_autoptr (InsMatrix) found = ins_golden ("num.txt", "knee.found");
  double x[24];

  g_assert_cmpuint (curves->rows, ==, 24);
  for (gsize i = 0; i < 24; i++)
    x[i] = 2 + (double)i;
  for (gsize c = 0; c < curves->cols; c++)
    for (gsize s = 0; s < 3; s++)
      g_assert_cmpint (ins_knee_find (x, ins_matrix_col (curves, c), 24, sensitivity[s]), ==,
                       (gssize)ins_matrix_get (found, c, s));
}

static void
test_none (void)
{
  static const double x[] = { 1, 2, 3, 4, 5 };
  static const double flat[] = { 2, 2, 2, 2, 2 };
  static const double line[] = { 5, 4, 3, 2, 1 };
  static const double rising[] = { 1, 2, 3, 4, 5 };
  static const double missing[] = { 5, 2, NAN, 1, 1 };
  static const double infinite[] = { INFINITY, 2, 1, 1, 1 };
  static const double elbow[] = { 10, 1, 0.5, 0.2, 0 };
  static const double same_x[] = { 1, 2, 2, 4, 5 };

  g_assert_cmpint (ins_knee_find (x, elbow, 5, 1), ==, 1);
  g_assert_cmpint (ins_knee_find (x, flat, 5, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (x, line, 5, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (x, rising, 5, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (x, missing, 5, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (x, infinite, 5, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (same_x, elbow, 5, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (x, elbow, 2, 1), ==, -1);
  g_assert_cmpint (ins_knee_find (NULL, NULL, 0, 1), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/knee/curves", test_curves);
  g_test_add_func ("/knee/none", test_none);
  return g_test_run ();
}
