/* test-validity.c: indices against scikit-learn, and by hand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-validity.h"

#include "ins-num-test.h"

static void
test_like_sklearn (gconstpointer data)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autofree char *scaled = g_strdup_printf ("%s.scaled", (const char *)data);
  g_autofree char *labelled = g_strdup_printf ("%s.labels", (const char *)data);
  g_autofree char *indices = g_strdup_printf ("%s.indices", (const char *)data);
  g_autoptr (InsMatrix) x = ins_golden ("num.txt", scaled);
  g_autoptr (InsMatrix) column = ins_golden ("num.txt", labelled);
  g_autoptr (InsMatrix) expected = ins_golden ("num.txt", indices);
  g_autofree gint32 *labels = ins_test_labels (column);
  gsize k = 0;

  for (gsize i = 0; i < x->rows; i++)
    k = MAX (k, (gsize)labels[i] + 1);
  ins_assert_close (ins_calinski_harabasz (x, labels, k, run), expected->data[0], 1e-10);
  ins_assert_close (ins_davies_bouldin (x, labels, k, run), expected->data[1], 1e-10);
  /* numbers that no point has change nothing */
  ins_assert_close (ins_calinski_harabasz (x, labels, k + 3, run), expected->data[0], 1e-10);
  ins_assert_close (ins_davies_bouldin (x, labels, k + 3, run), expected->data[1], 1e-10);
}

/* Two pairs at 0, 2 and 10, 14, and one point of noise. */
static InsMatrix *
two_pairs (void)
{
  static const double values[] = { 0, 2, 10, 14, 500 };
  InsMatrix *x = ins_matrix_new (5, 1);

  memcpy (x->data, values, sizeof values);
  return x;
}

static void
test_by_hand (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  static const gint32 labels[] = { 0, 0, 1, 1, -1 };
  g_autoptr (InsMatrix) x = two_pairs ();
  g_autoptr (InsMatrix) centres = ins_cluster_centres (x, labels, 2);

  g_assert_cmpuint (centres->rows, ==, 2);
  g_assert_cmpfloat (centres->data[0], ==, 1);
  g_assert_cmpfloat (centres->data[1], ==, 12);
  g_assert_cmpfloat (ins_within_sum_of_squares (x, labels, 2), ==, 10);
  /* between 4 × 5.5², within 10, degrees 1 and 2 */
  g_assert_cmpfloat_with_epsilon (ins_calinski_harabasz (x, labels, 2, run), 121.0 / 5, 1e-12);
  g_assert_cmpfloat_with_epsilon (ins_davies_bouldin (x, labels, 2, run), 3.0 / 11, 1e-15);
}

static void
test_no_figure (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  static const gint32 one[] = { 0, 0, 0, 0, -1 }, noise[] = { -1, -1, -1, -1, -1 };
  static const gint32 each[] = { 0, 1, 2, 3, 4 };
  g_autoptr (InsMatrix) x = two_pairs ();
  g_autoptr (InsMatrix) empty = ins_matrix_new (0, 2);

  g_assert_true (isnan (ins_calinski_harabasz (x, one, 1, run)));
  g_assert_true (isnan (ins_davies_bouldin (x, one, 1, run)));
  g_assert_true (isnan (ins_calinski_harabasz (x, noise, 2, run)));
  g_assert_true (isnan (ins_davies_bouldin (x, noise, 2, run)));
  g_assert_true (isnan (ins_calinski_harabasz (x, each, 5, run)));
  g_assert_cmpfloat (ins_davies_bouldin (x, each, 5, run), ==, 0);
  g_assert_cmpfloat (ins_within_sum_of_squares (x, noise, 2), ==, 0);
  g_assert_true (isnan (ins_davies_bouldin (empty, NULL, 2, run)));
}

/* Clusters on one place: their distance counts nothing. */
static void
test_same_place (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  static const gint32 labels[] = { 0, 0, 1, 1 };
  g_autoptr (InsMatrix) x = ins_matrix_new (4, 2);

  g_assert_cmpfloat (ins_davies_bouldin (x, labels, 2, run), ==, 0);
  g_assert_true (isnan (ins_calinski_harabasz (x, labels, 2, run)));
}

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  const InsMatrix *x = data;
  g_autofree gint32 *labels = g_new (gint32, x->rows);

  for (gsize i = 0; i < x->rows; i++)
    labels[i] = (gint32)(i / 2); /* thousands of clusters: every pair is looked at */
  g_assert_true (isnan (ins_calinski_harabasz (x, labels, x->rows / 2, run))
                 <= !ins_run_tick (run));
  g_assert_true (isnan (ins_davies_bouldin (x, labels, x->rows / 2, run)) <= !ins_run_tick (run));
  return ins_run_check (run, error);
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_whole (12000, 8, 1000, 3);

  ins_test_cancelled_before (kernel, x);
  ins_test_cancelling (kernel, x, 8, 60000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/validity/like-sklearn/blobs", "blobs", test_like_sklearn);
  g_test_add_data_func ("/validity/like-sklearn/skew", "skew", test_like_sklearn);
  g_test_add_func ("/validity/by-hand", test_by_hand);
  g_test_add_func ("/validity/no-figure", test_no_figure);
  g_test_add_func ("/validity/same-place", test_same_place);
  g_test_add_func ("/validity/cancel", test_cancel);
  return g_test_run ();
}
