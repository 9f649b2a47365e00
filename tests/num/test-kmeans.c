/* test-kmeans.c: K-Means against scikit-learn, a plain version, and its own laws
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-kmeans.h"

#include "base/ins-error.h"
#include "ins-num-test.h"
#include "num/ins-kmeans-private.h"
#include "num/ins-simd.h"

static const InsKmeansOptions standard = { 10, 300, 1e-4, 42 };
static const InsKmeansOptions still = { 1, 1000, 0, 42 };

static InsMatrix *
section (const char *name, const char *what)
{
  g_autofree char *full = g_strdup_printf ("%s.%s", name, what);

  return ins_golden ("num.txt", full);
}

/* ---- scikit-learn ---- */

static void
test_from_centres (gconstpointer data)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = section (data, "scaled");
  g_autoptr (InsMatrix) start = section (data, "kmeans-start");
  g_autoptr (InsMatrix) labels = section (data, "kmeans-still-labels");
  g_autoptr (InsMatrix) centres = section (data, "kmeans-still-centres");
  g_autoptr (InsMatrix) inertia = section (data, "kmeans-still-inertia");
  g_autofree gint32 *expected = ins_test_labels (labels);
  g_autoptr (InsKmeans) result = ins_kmeans_from_centres (x, start, &still, run, NULL);

  g_assert_nonnull (result);
  g_assert_true (result->converged);
  g_assert_cmpmem (result->labels, x->rows * 4, expected, x->rows * 4);
  ins_assert_close (result->inertia, inertia->data[0], 1e-12);
  g_assert_cmpuint (result->iterations, ==, (guint)inertia->data[1]);
  ins_assert_matrices_close (result->centres, centres, 1e-11);
}

/* With a tolerance the centres are still the means of the labels; scikit-learn gives the centres
 * the labels were made from, so that its inertia is a little larger. */
static void
test_tolerance (gconstpointer data)
{
  InsKmeansOptions options = { 1, 1000, 1e-4, 0 };
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = section (data, "scaled");
  g_autoptr (InsMatrix) start = section (data, "kmeans-start");
  g_autoptr (InsMatrix) labels = section (data, "kmeans-tolerance-labels");
  g_autoptr (InsMatrix) inertia = section (data, "kmeans-tolerance-inertia");
  g_autofree gint32 *expected = ins_test_labels (labels);
  g_autoptr (InsKmeans) result = ins_kmeans_from_centres (x, start, &options, run, NULL);

  g_assert_cmpmem (result->labels, x->rows * 4, expected, x->rows * 4);
  g_assert_cmpuint (result->iterations, ==, (guint)inertia->data[1]);
  g_assert_cmpfloat (result->inertia, <=, inertia->data[0] * (1 + 1e-12));
  ins_assert_close (result->inertia, inertia->data[0], 1e-3);
}

static void
test_best_inertia (gconstpointer data)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = section (data, "scaled");
  g_autoptr (InsMatrix) best = section (data, "kmeans-best");
  InsKmeans *results[11] = { NULL };
  double ours = 0, theirs = 0; /* a single k is a matter of luck on both sides */

  g_assert_true (ins_kmeans_sweep (x, 2, 12, &standard, results, run, NULL));
  for (gsize i = 0; i < 11; i++)
    {
      g_assert_cmpuint (results[i]->k, ==, i + 2);
      g_assert_cmpfloat (results[i]->inertia, <=, best->data[i] * 1.04);
      ours += results[i]->inertia;
      theirs += best->data[i];
      ins_kmeans_free (results[i]);
    }
  g_assert_cmpfloat (ours, <=, theirs * 1.003);
}

/* ---- a plain version ---- */

static gint32
nearest (const InsMatrix *x, gsize row, const InsMatrix *centres)
{
  double least = INFINITY;
  gint32 label = 0;

  for (gsize c = 0; c < centres->rows; c++)
    {
      double sum = 0;
      for (gsize j = 0; j < x->cols; j++)
        sum += pow (ins_matrix_get (x, row, j) - ins_matrix_get (centres, c, j), 2);
      if (sum < least)
        {
          least = sum;
          label = (gint32)c;
        }
    }
  return label;
}

static gboolean
plain_step (const InsMatrix *x, InsMatrix *centres, gint32 *labels)
{
  gboolean moved = FALSE;

  for (gsize i = 0; i < x->rows; i++)
    {
      gint32 label = nearest (x, i, centres);
      moved |= label != labels[i];
      labels[i] = label;
    }
  for (gsize c = 0; c < centres->rows; c++)
    for (gsize j = 0; j < x->cols; j++)
      {
        double sum = 0;
        gsize n = 0;
        for (gsize i = 0; i < x->rows; i++)
          if (labels[i] == (gint32)c)
            {
              sum += ins_matrix_get (x, i, j);
              n++;
            }
        g_assert_cmpuint (n, >, 0);
        ins_matrix_set (centres, c, j, sum / (double)n);
      }
  return moved;
}

static void
test_plain (void)
{
  static const gsize columns[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 20 };

  for (gsize t = 0; t < G_N_ELEMENTS (columns); t++)
    {
      gsize k = 3 + t;
      g_autoptr (InsRun) run = ins_run_new (2, NULL);
      g_autoptr (InsMatrix) x = ins_test_heaps (1003, columns[t], 7, t);
      g_autoptr (InsMatrix) centres = ins_matrix_new (k, columns[t]);
      g_autoptr (InsMatrix) start = ins_matrix_new (k, columns[t]);
      g_autoptr (InsKmeans) result = NULL;
      g_autofree gint32 *labels = g_new0 (gint32, 1003);
      g_autofree double *seeds = g_new (double, k *columns[t]);
      InsKmeansProblem problem;
      ins_kmeans_problem_init (&problem, x, &still, run);
      g_assert_true (ins_kmeans_seed (&problem, k, 5, t, seeds));
      ins_kmeans_problem_clear (&problem);
      for (gsize c = 0; c < k; c++)
        for (gsize j = 0; j < columns[t]; j++)
          ins_matrix_set (start, c, j, seeds[c * columns[t] + j]);
      memcpy (centres->data, start->data, k * columns[t] * sizeof (double));
      labels[0] = -1;
      while (plain_step (x, centres, labels))
        ;
      result = ins_kmeans_from_centres (x, start, &still, run, NULL);
      g_assert_cmpmem (result->labels, 1003 * 4, labels, 1003 * 4);
      ins_assert_matrices_close (result->centres, centres, 1e-10);
    }
}

/* ---- laws ---- */

/* No cluster is empty, centres are means, and once labels stand still every point is with its
 * nearest centre. */
static void
check_result (const InsMatrix *x, const InsKmeans *r, gboolean is_still)
{
  g_autofree gsize *sizes = g_new0 (gsize, r->k);
  g_autoptr (InsMatrix) sums = ins_matrix_new (r->k, x->cols);
  double inertia = 0;

  for (gsize i = 0; i < x->rows; i++)
    {
      g_assert_cmpint (r->labels[i], >=, 0);
      g_assert_cmpint (r->labels[i], <, (gint32)r->k);
      sizes[r->labels[i]]++;
      for (gsize j = 0; j < x->cols; j++)
        {
          gsize c = (gsize)r->labels[i];
          ins_matrix_set (sums, c, j, ins_matrix_get (sums, c, j) + ins_matrix_get (x, i, j));
          inertia += pow (ins_matrix_get (x, i, j) - ins_matrix_get (r->centres, c, j), 2);
        }
    }
  for (gsize c = 0; c < r->k; c++)
    {
      g_assert_cmpuint (sizes[c], >, 0);
      for (gsize j = 0; j < x->cols; j++)
        ins_assert_close (ins_matrix_get (r->centres, c, j),
                          ins_matrix_get (sums, c, j) / (double)sizes[c], 1e-11);
    }
  ins_assert_close (r->inertia, inertia, 1e-10);
  for (gsize i = 0; i < x->rows && is_still; i += 3)
    {
      gint32 other = nearest (x, i, r->centres);
      double own = 0, best = 0;
      for (gsize j = 0; j < x->cols; j++)
        {
          double value = ins_matrix_get (x, i, j);
          own += pow (value - ins_matrix_get (r->centres, (gsize)r->labels[i], j), 2);
          best += pow (value - ins_matrix_get (r->centres, (gsize)other, j), 2);
        }
      ins_assert_close (own, best, 1e-9);
    }
}

static void
test_laws (void)
{
  static const InsKmeansOptions options = { 3, 1000, 0, 5 };
  g_autoptr (InsRun) run = ins_run_new (2, NULL);

  for (guint64 seed = 0; seed < 6; seed++)
    {
      g_autoptr (InsMatrix) x =
          seed % 2 ? ins_test_skewed (900, 3, seed) : ins_test_heaps (900, 2, 6, seed);
      InsKmeans *results[20];
      g_assert_true (ins_kmeans_sweep (x, 1, 20, &options, results, run, NULL));
      for (gsize i = 0; i < 20; i++)
        {
          check_result (x, results[i], results[i]->converged);
          g_assert_true (results[i]->converged);
          ins_kmeans_free (results[i]);
        }
    }
}

/* Three heaps, two centres in the first: Lloyd alone stays there, a moved centre does not. */
static void
test_improve (void)
{
  static const double places[] = { 0, 100, 200 };
  InsKmeansOptions options = { 1, 300, 0, 0 };
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_matrix_new (300, 1);
  InsKmeansProblem problem;
  InsKmeansStart start, scratch;
  double before;

  for (gsize i = 0; i < 300; i++)
    x->data[i] = places[i % 3] + ins_random_double (1, 1, i);
  ins_kmeans_problem_init (&problem, x, &options, run);
  ins_kmeans_start_init (&start, &problem, 3);
  ins_kmeans_start_init (&scratch, &problem, 3);
  start.centres[0] = 0.2;
  start.centres[1] = 0.8;
  start.centres[2] = 150;
  g_assert_true (ins_kmeans_start_iterate (&start));
  before = start.inertia;
  g_assert_cmpfloat (before, >, 100000);
  g_assert_true (ins_kmeans_improve (&start, &scratch, 0, 1, 1));
  g_assert_cmpfloat (start.inertia, ==, before);
  g_assert_true (ins_kmeans_improve (&start, &scratch, 10, 1, 1));
  g_assert_cmpfloat (start.inertia, <, 100);
  ins_kmeans_start_clear (&start);
  ins_kmeans_start_clear (&scratch);
  ins_kmeans_problem_clear (&problem);
}

static void
test_few_iterations (void)
{
  InsKmeansOptions options = { 2, 1, 1e-4, 5 };
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_test_skewed (900, 3, 8);
  g_autoptr (InsKmeans) one = ins_kmeans_fit (x, 9, &options, run, NULL);

  g_assert_false (one->converged);
  g_assert_cmpuint (one->iterations, ==, 1);
  check_result (x, one, FALSE);
}

/* ---- duplicates, empty clusters, edges ---- */

/* 12 places, 500 points: k = 12 must find each place. */
static void
test_duplicates (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_test_whole (500, 2, 3, 4);
  g_autoptr (InsKmeans) all = NULL;
  g_autoptr (InsKmeans) more = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < 500; i++)
    ins_matrix_set (x, i, 0, ins_matrix_get (x, i, 0) - 0.0 * (double)i);
  all = ins_kmeans_fit (x, 9, &standard, run, &error);
  g_assert_no_error (error);
  check_result (x, all, TRUE);
  g_assert_cmpfloat (all->inertia, ==, 0);
  more = ins_kmeans_fit (x, 10, &standard, run, &error);
  g_assert_null (more);
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
}

/* Centres far from everything lose all points and are given the farthest. */
static void
test_empty_clusters (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);

  for (guint64 seed = 0; seed < 20; seed++)
    {
      g_autoptr (InsMatrix) x = ins_test_whole (60, 2, 5, seed);
      g_autoptr (InsMatrix) start = ins_matrix_new (8, 2);
      g_autoptr (InsKmeans) result = NULL;
      for (gsize i = 0; i < 16; i++)
        start->data[i] = i % 8 < 2 ? (double)i / 8 : 1000 + (double)(i % 3);
      result = ins_kmeans_from_centres (x, start, &still, run, NULL);
      g_assert_nonnull (result);
      check_result (x, result, TRUE);
    }
}

static void
test_edges (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_test_skewed (30, 2, 3);
  g_autoptr (InsMatrix) none = ins_matrix_new (0, 2);
  g_autoptr (InsMatrix) flat = ins_matrix_new (30, 0);
  g_autoptr (InsKmeans) one = ins_kmeans_fit (x, 1, &standard, run, NULL);
  g_autoptr (InsKmeans) each = ins_kmeans_fit (x, 30, &standard, run, NULL);
  g_autoptr (GError) error = NULL;

  check_result (x, one, TRUE);
  check_result (x, each, TRUE);
  g_assert_cmpfloat (each->inertia, ==, 0);
  g_assert_null (ins_kmeans_fit (x, 0, &standard, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (ins_kmeans_fit (x, 31, &standard, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (ins_kmeans_fit (none, 1, &standard, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (ins_kmeans_fit (flat, 1, &standard, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
}

/* ---- the same bytes ---- */

static void
assert_same (const InsKmeans *a, const InsKmeans *b, gsize n)
{
  gsize size = a->k * a->centres->cols * sizeof (double);

  g_assert_cmpmem (a->labels, n * 4, b->labels, n * 4);
  g_assert_cmpmem (a->centres->data, size, b->centres->data, size);
  g_assert_cmpmem (&a->inertia, 8, &b->inertia, 8);
  g_assert_cmpuint (a->iterations, ==, b->iterations);
}

static void
test_threads (void)
{
  static const InsKmeansOptions options = { 4, 300, 1e-4, 11 };
  g_autoptr (InsMatrix) x = ins_test_heaps (9001, 3, 9, 2);
  InsKmeans *first[8];

  for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
      InsKmeans *results[8];
      g_assert_true (ins_kmeans_sweep (x, 2, 9, &options, results, run, NULL));
      for (gsize i = 0; i < 8; i++)
        {
          g_autoptr (InsKmeans) single = ins_kmeans_fit (x, i + 2, &options, run, NULL);
          assert_same (single, results[i], 9001);
          if (t == 0)
            {
              first[i] = results[i];
              continue;
            }
          assert_same (results[i], first[i], 9001);
          ins_kmeans_free (results[i]);
        }
    }
  for (gsize i = 0; i < 8; i++)
    ins_kmeans_free (first[i]);
}

static void
test_instruction_sets (void)
{
  static const gsize columns[] = { 1, 2, 3, 4, 5, 6, 7, 8, 13 };

  for (gsize t = 0; t < G_N_ELEMENTS (columns); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (1, NULL);
      g_autoptr (InsMatrix) x = ins_test_skewed (1500, columns[t], 6);
      g_autoptr (InsKmeans) wide = ins_kmeans_fit (x, 7, &standard, run, NULL);
      g_autoptr (InsKmeans) narrow = NULL;
      ins_simd_narrow = TRUE;
      narrow = ins_kmeans_fit (x, 7, &standard, run, NULL);
      ins_simd_narrow = FALSE;
      assert_same (wide, narrow, 1500);
    }
}

static void
test_seed_matters (void)
{
  InsKmeansOptions a = { 1, 300, 1e-4, 1 }, b = { 1, 300, 1e-4, 2 };
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_test_skewed (800, 2, 6);
  g_autoptr (InsKmeans) one = ins_kmeans_fit (x, 9, &a, run, NULL);
  g_autoptr (InsKmeans) two = ins_kmeans_fit (x, 9, &b, run, NULL);

  g_assert_cmpint (memcmp (one->labels, two->labels, 800 * 4), !=, 0);
}

/* ---- cancel ---- */

static gboolean
sweep_kernel (gpointer data, InsRun *run, GError **error)
{
  static const InsKmeansOptions options = { 3, 300, 0, 1 };
  InsKmeans *results[9] = { NULL };
  gboolean done = ins_kmeans_sweep (data, 2, 10, &options, results, run, error);

  for (gsize i = 0; i < 9; i++)
    ins_kmeans_free (results[i]);
  return done;
}

static gboolean
single_kernel (gpointer data, InsRun *run, GError **error)
{
  static const InsKmeansOptions options = { 1, 300, 0, 1 };
  g_autoptr (InsKmeans) result = ins_kmeans_fit (data, 20, &options, run, error);

  return result != NULL;
}

static gboolean
from_centres_kernel (gpointer data, InsRun *run, GError **error)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (50, 2, 1);
  g_autoptr (InsKmeans) result = ins_kmeans_from_centres (x, data, &still, run, error);

  return result != NULL;
}

static void
test_refused (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (50, 2, 1);
  g_autoptr (InsMatrix) centres = ins_test_skewed (3, 2, 2);

  ins_test_refusing (sweep_kernel, x, x);
  ins_test_refusing (from_centres_kernel, centres, centres);
}

/* A power of two changes no label. */
static void
test_huge_and_tiny (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_test_skewed (700, 3, 2);
  g_autoptr (InsKmeans) plain = ins_kmeans_fit (x, 6, &standard, run, NULL);

  for (int power = -480; power <= 480; power += 960)
    {
      g_autoptr (InsMatrix) scaled = ins_test_scaled (x, power);
      g_autoptr (InsKmeans) other = ins_kmeans_fit (scaled, 6, &standard, run, NULL);
      g_assert_cmpmem (other->labels, 700 * 4, plain->labels, 700 * 4);
      g_assert_cmpfloat (other->inertia, ==, ldexp (plain->inertia, 2 * power));
    }
}

/* Differences whose squares underflow: labels in range, centres among the points, no more. */
static void
test_denormal (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_test_skewed (300, 2, 2);
  g_autoptr (InsMatrix) scaled = ins_test_scaled (x, -1060);
  g_autoptr (InsKmeans) result = ins_kmeans_fit (scaled, 5, &standard, run, NULL);

  g_assert_nonnull (result);
  g_assert_cmpfloat (result->inertia, ==, 0);
  for (gsize i = 0; i < 300; i++)
    g_assert_cmpuint ((guint)result->labels[i], <, 5);
  for (gsize i = 0; i < 10; i++)
    g_assert_true (result->centres->data[i] >= 0 && result->centres->data[i] < 1e-300);
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (20000, 4, 1);

  ins_test_cancelled_before (sweep_kernel, x);
  ins_test_cancelled_before (single_kernel, x);
  ins_test_cancelling (sweep_kernel, x, 8, 60000);
  ins_test_cancelling (single_kernel, x, 8, 20000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/kmeans/from-centres/blobs", "blobs", test_from_centres);
  g_test_add_data_func ("/kmeans/from-centres/skew", "skew", test_from_centres);
  g_test_add_data_func ("/kmeans/tolerance/blobs", "blobs", test_tolerance);
  g_test_add_data_func ("/kmeans/tolerance/skew", "skew", test_tolerance);
  g_test_add_data_func ("/kmeans/best-inertia/blobs", "blobs", test_best_inertia);
  g_test_add_data_func ("/kmeans/best-inertia/skew", "skew", test_best_inertia);
  g_test_add_func ("/kmeans/plain", test_plain);
  g_test_add_func ("/kmeans/laws", test_laws);
  g_test_add_func ("/kmeans/improve", test_improve);
  g_test_add_func ("/kmeans/few-iterations", test_few_iterations);
  g_test_add_func ("/kmeans/duplicates", test_duplicates);
  g_test_add_func ("/kmeans/empty-clusters", test_empty_clusters);
  g_test_add_func ("/kmeans/edges", test_edges);
  g_test_add_func ("/kmeans/threads", test_threads);
  g_test_add_func ("/kmeans/instruction-sets", test_instruction_sets);
  g_test_add_func ("/kmeans/seed-matters", test_seed_matters);
  g_test_add_func ("/kmeans/refused", test_refused);
  g_test_add_func ("/kmeans/huge-and-tiny", test_huge_and_tiny);
  g_test_add_func ("/kmeans/denormal", test_denormal);
  g_test_add_func ("/kmeans/cancel", test_cancel);
  return g_test_run ();
}
