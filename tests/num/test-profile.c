/* test-profile.c: means and medians of groups, order of groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-profile.h"

#include "base/ins-stats.h"
#include "ins-num-test.h"

/* Straight from the definition. */
static void
check_group (const InsMatrix *x, const gint32 *labels, gint32 group, gsize row,
             const InsMatrix *mean, const InsMatrix *median)
{
  for (gsize j = 0; j < x->cols; j++)
    {
      g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
      double sum = 0;
      for (gsize i = 0; i < x->rows; i++)
        {
          double value = ins_matrix_get (x, i, j);
          if (isnan (value) || (group >= 0 && labels[i] != group))
            continue;
          g_array_append_val (values, value);
          sum += value;
        }
      if (values->len == 0)
        {
          g_assert_true (isnan (ins_matrix_get (mean, row, j)));
          g_assert_true (isnan (ins_matrix_get (median, row, j)));
          continue;
        }
      ins_assert_close (ins_matrix_get (mean, row, j), sum / values->len, 1e-13);
      g_assert_cmpfloat (ins_matrix_get (median, row, j), ==,
                         ins_median ((double *)values->data, values->len));
    }
}

static void
test_naive (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (700, 4, 2);
  gint32 labels[700];

  for (gsize i = 0; i < 700; i++)
    {
      labels[i] = (gint32)ins_random_below (1, 1, i, 5) - 1;
      if (labels[i] == 2)
        labels[i] = 4; /* nobody in 2 */
      if (ins_random_below (1, 2, i, 10) == 0)
        ins_matrix_set (x, i, i % 4, NAN);
    }
  for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
      g_autoptr (InsMatrix) mean = NULL;
      g_autoptr (InsMatrix) median = NULL;
      g_assert_true (ins_group_summaries (x, labels, 5, &mean, &median, run, NULL));
      g_assert_cmpuint (mean->rows, ==, 6);
      for (gint32 g = 0; g < 5; g++)
        check_group (x, labels, g, (gsize)g, mean, median);
      check_group (x, labels, -1, 5, mean, median);
    }
}

static void
test_empty (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_matrix_new (0, 2);
  g_autoptr (InsMatrix) mean = NULL;
  g_autoptr (InsMatrix) median = NULL;

  g_assert_true (ins_group_summaries (x, NULL, 1, &mean, &median, run, NULL));
  for (gsize i = 0; i < 4; i++)
    g_assert_true (isnan (mean->data[i]) && isnan (median->data[i]));
}

static void
test_order (void)
{
  gint32 labels[] = { 0, 1, 2, 3, -1, 0, 4, 2, 5 };
  static const double value[] = { 1, 9, 4, NAN, 99, 3, 4, 4, 2 };
  static const gint32 expected[] = { 3, 0, 1, 5, -1, 3, 2, 1, 4 };

  /* means 2, 9, 4, none, 4, 2: 1 first, then 2 and 4, then 0 and 5, then 3 */
  ins_order_labels (labels, G_N_ELEMENTS (labels), 6, value);
  g_assert_cmpmem (labels, sizeof labels, expected, sizeof expected);
  ins_order_labels (NULL, 0, 3, NULL);
}

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  const InsMatrix *x = data;
  g_autofree gint32 *labels = g_new0 (gint32, x->rows);
  g_autoptr (InsMatrix) mean = NULL;
  g_autoptr (InsMatrix) median = NULL;

  return ins_group_summaries (x, labels, 3, &mean, &median, run, error);
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_whole (100000, 20, 1000, 1);

  ins_test_cancelled_before (kernel, x);
  ins_test_cancelling (kernel, x, 8, 50000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/naive", test_naive);
  g_test_add_func ("/profile/empty", test_empty);
  g_test_add_func ("/profile/order", test_order);
  g_test_add_func ("/profile/cancel", test_cancel);
  return g_test_run ();
}
