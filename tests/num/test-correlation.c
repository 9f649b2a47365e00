/* test-correlation.c: correlations, ranks, separation and order against scipy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-correlation.h"

#include "ins-num-test.h"
#include "num/ins-linkage.h"

static void
check_method (const InsMatrix *x, InsCorrelationMethod method, const char *name)
{
  g_autoptr (InsMatrix) expected = ins_golden ("num.txt", name);

  for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (InsMatrix) r = ins_correlation (x, method, run, &error);
      g_assert_no_error (error);
      ins_assert_matrices_close (r, expected, 1e-13);
    }
}

static void
test_peer (void)
{
  g_autoptr (InsMatrix) x = ins_golden ("num.txt", "correlation.x");

  check_method (x, INS_CORRELATION_PEARSON, "correlation.pearson");
  check_method (x, INS_CORRELATION_SPEARMAN, "correlation.spearman");
}

static void
test_ranks (void)
{
  g_autoptr (InsMatrix) x = ins_golden ("num.txt", "correlation.x");
  g_autoptr (InsMatrix) ranks = ins_golden ("num.txt", "correlation.ranks");
  g_autoptr (InsMatrix) column = ins_golden ("num.txt", "correlation.labels");
  g_autoptr (InsMatrix) separation = ins_golden ("num.txt", "correlation.separation");
  g_autofree gint32 *labels = ins_test_labels (column);

  for (gsize j = 0; j < x->cols; j++)
    {
      double own[90];
      ins_ranks (ins_matrix_col (x, j), 90, own);
      for (gsize i = 0; i < 90; i++)
        g_assert_cmpfloat (own[i], ==, ins_matrix_get (ranks, i, j));
      ins_assert_close (ins_rank_separation (ins_matrix_col (x, j), labels, 90, 3),
                        separation->data[j], 1e-12);
    }
}

/* Missing numbers are left out pair by pair: as if their rows were not there. */
static void
test_missing (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (200, 3, 5);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);

  for (gsize i = 0; i < 200; i += 7)
    ins_matrix_set (x, i, 1, i % 2 ? NAN : INFINITY);
  for (int method = 0; method < 2; method++)
    {
      g_autoptr (InsMatrix) r = ins_correlation (x, method, run, NULL);
      g_autoptr (InsMatrix) rest = NULL, whole = NULL;
      guint32 rows[200];
      gsize n = 0;
      for (guint32 i = 0; i < 200; i++)
        if (i % 7 != 0)
          rows[n++] = i;
      rest = ins_matrix_take_rows (x, rows, n);
      whole = ins_correlation (rest, method, run, NULL);
      ins_assert_close (ins_matrix_get (r, 0, 1), ins_matrix_get (whole, 0, 1), 1e-14);
      ins_assert_close (ins_matrix_get (r, 2, 1), ins_matrix_get (whole, 2, 1), 1e-14);
      g_assert_cmpfloat (ins_matrix_get (r, 0, 2), !=, ins_matrix_get (whole, 0, 2));
    }
}

static void
test_poor (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_matrix_new (5, 4), none = ins_matrix_new (0, 2);
  g_autoptr (InsMatrix) r = NULL, nothing = NULL;
  const gint32 labels[] = { 0, 1, -1, 0, 1 };
  gint32 order[4], found = 0;

  for (gsize i = 0; i < 5; i++)
    {
      ins_matrix_set (x, i, 0, 0.1);                      /* constant */
      ins_matrix_set (x, i, 1, i == 2 ? 3 : NAN);         /* one number */
      ins_matrix_set (x, i, 2, (i % 2 ? 1 : -1) * 1e300); /* squares overflow */
      ins_matrix_set (x, i, 3, i % 2 ? -7 : 2);
    }
  r = ins_correlation (x, INS_CORRELATION_PEARSON, run, NULL);
  for (gsize j = 0; j < 4; j++)
    {
      g_assert_true (isnan (ins_matrix_get (r, 0, j)));
      g_assert_true (isnan (ins_matrix_get (r, j, 1)));
    }
  ins_assert_close (ins_matrix_get (r, 2, 3), -1, 1e-12);
  g_assert_true (ins_correlation_order (r, order, run, NULL));
  for (gsize j = 0; j < 4; j++)
    found |= 1 << order[j];
  g_assert_cmpint (found, ==, 15);
  nothing = ins_correlation (none, INS_CORRELATION_SPEARMAN, run, NULL);
  g_assert_true (isnan (ins_matrix_get (nothing, 0, 1)));
  g_assert_true (isnan (ins_rank_separation (ins_matrix_col (x, 0), labels, 5, 2)));
  g_assert_cmpfloat (ins_rank_separation (ins_matrix_col (x, 3), labels, 0, 2), !=, 0);
}

/* Heights as scipy's; features that go together stand together. */
static void
test_order (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) pearson = ins_golden ("num.txt", "correlation.pearson");
  g_autoptr (InsMatrix) distances = ins_matrix_new (6, 6);
  g_autoptr (InsMatrix) z = ins_golden ("num.txt", "correlation.average");
  g_autoptr (InsLinkage) tree = NULL;
  gint32 order[6], place[6];

  for (gsize i = 0; i < 36; i++)
    distances->data[i] = 1 - fabs (pearson->data[i]);
  tree = ins_linkage_fit_distances (distances, run, NULL);
  for (gsize i = 0; i < 5; i++)
    {
      g_assert_cmpint (tree->left[i], ==, (gint32)ins_matrix_get (z, i, 0));
      g_assert_cmpint (tree->right[i], ==, (gint32)ins_matrix_get (z, i, 1));
      ins_assert_close (tree->height[i], ins_matrix_get (z, i, 2), 1e-13);
    }
  g_assert_true (ins_correlation_order (pearson, order, run, NULL));
  for (int i = 0; i < 6; i++)
    place[order[i]] = i;
  g_assert_cmpint (ABS (place[4] - place[5]), ==, 1); /* made from the same numbers */
}

typedef struct
{
  InsMatrix *x;
  InsCorrelationMethod method;
} Work;

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  const Work *work = data;
  g_autoptr (InsMatrix) r = ins_correlation (work->x, work->method, run, error);
  return r != NULL;
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (8000, 20, 3);

  for (int method = 0; method < 2; method++)
    {
      Work work = { x, method };
      ins_test_cancelling (kernel, &work, 8, 3000);
      ins_test_cancelled_before (kernel, &work);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/correlation/peer", test_peer);
  g_test_add_func ("/correlation/ranks", test_ranks);
  g_test_add_func ("/correlation/missing", test_missing);
  g_test_add_func ("/correlation/poor", test_poor);
  g_test_add_func ("/correlation/order", test_order);
  g_test_add_func ("/correlation/cancel", test_cancel);
  return g_test_run ();
}
