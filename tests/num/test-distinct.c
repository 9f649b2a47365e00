/* test-distinct.c: equal rows against comparing every pair
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-distinct.h"

#include "ins-num-test.h"

static gboolean
rows_equal (const InsMatrix *x, gsize a, gsize b)
{
  for (gsize j = 0; j < x->cols; j++)
    if (ins_matrix_get (x, a, j) != ins_matrix_get (x, b, j))
      return FALSE;
  return TRUE;
}

static void
test_definition (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  for (guint32 values = 1; values < 60; values = values * 2 + 1)
    {
      g_autoptr (InsMatrix) x = ins_test_whole (400, 2, values, values);
      guint32 first[400];
      gsize expected = 0, found = ins_distinct_rows (x->data, 400, 2, 1, 400, 400, first, run);

      for (guint32 i = 0; i < 400; i++)
        {
          guint32 same = 0;
          while (!rows_equal (x, same, i))
            same++;
          g_assert_cmpuint (first[i], ==, same);
          expected += same == i;
        }
      g_assert_cmpuint (found, ==, expected);
    }
}

static void
test_steps (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  const double by_row[] = { 1, 2, 3, 4, 1, 2 }, by_column[] = { 1, 3, 1, 2, 4, 2 };
  guint32 first[3];

  g_assert_cmpuint (ins_distinct_rows (by_row, 3, 2, 2, 1, 3, first, run), ==, 2);
  g_assert_cmpuint (first[2], ==, 0);
  g_assert_cmpuint (ins_distinct_rows (by_column, 3, 2, 1, 3, 3, first, run), ==, 2);
  g_assert_cmpuint (first[2], ==, 0);
}

static void
test_edges (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  const double zeros[] = { 0.0, -0.0, 0x1p-1074, 1e308 }, missing[] = { NAN, NAN };
  guint32 first[4];

  g_assert_cmpuint (ins_distinct_rows (zeros, 4, 1, 1, 1, 4, first, run), ==, 3);
  g_assert_cmpuint (first[1], ==, 0);
  g_assert_cmpuint (ins_distinct_rows (zeros, 4, 1, 1, 1, 2, NULL, run), ==, 2); /* enough */
  g_assert_cmpuint (ins_distinct_rows (zeros, 4, 1, 1, 1, G_MAXSIZE, NULL, run), ==, 3);
  g_assert_cmpuint (ins_distinct_rows (zeros, 4, 0, 0, 0, 4, first, run), ==, 1); /* no columns */
  g_assert_cmpuint (ins_distinct_rows (NULL, 0, 1, 1, 1, 4, NULL, run), ==, 0);
  g_assert_cmpuint (ins_distinct_rows (missing, 2, 1, 1, 1, 2, first, run), ==, 2);
}

/* Rows that have not been seen count as different. */
static void
test_cancelled (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_matrix_new (9000, 2);
  g_autofree guint32 *first = g_new (guint32, 9000);

  g_assert_cmpuint (ins_distinct_rows (x->data, 9000, 2, 1, 9000, 9000, first, run), ==, 1);
  ins_run_cancel (run);
  g_assert_cmpuint (ins_distinct_rows (x->data, 9000, 2, 1, 9000, 9000, first, run), ==, 9000);
  for (guint32 i = 0; i < 9000; i++)
    g_assert_cmpuint (first[i], ==, i);
  g_assert_cmpuint (ins_distinct_rows (x->data, 9000, 2, 1, 9000, 7, NULL, run), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/distinct/definition", test_definition);
  g_test_add_func ("/distinct/steps", test_steps);
  g_test_add_func ("/distinct/edges", test_edges);
  g_test_add_func ("/distinct/cancelled", test_cancelled);
  return g_test_run ();
}
