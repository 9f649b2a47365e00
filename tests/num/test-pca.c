/* test-pca.c: principal components against scikit-learn, and their own laws
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-pca.h"

#include "base/ins-error.h"
#include "ins-num-test.h"

static InsMatrix *
section (const char *name, const char *what)
{
  g_autofree char *full = g_strdup_printf ("%s.%s", name, what);

  return ins_golden ("num.txt", full);
}

static void
test_like_sklearn (gconstpointer data)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = section (data, "scaled");
  g_autoptr (InsMatrix) loadings = section (data, "pca-loadings");
  g_autoptr (InsMatrix) scores = section (data, "pca-scores");
  g_autoptr (InsMatrix) variance = section (data, "pca-variance");
  g_autoptr (InsMatrix) ratio = section (data, "pca-ratio");
  g_autoptr (GError) error = NULL;
  InsPca *pca = ins_pca_fit (x, 0, run, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (pca->n_components, ==, x->cols);
  ins_assert_matrices_close (pca->loadings, loadings, 1e-10);
  ins_assert_matrices_close (pca->scores, scores, 1e-10);
  for (gsize c = 0; c < pca->n_components; c++)
    {
      ins_assert_close (pca->variance[c], variance->data[c], 1e-12);
      ins_assert_close (pca->ratio[c], ratio->data[c], 1e-12);
    }
  ins_pca_free (pca);
}

/* Unit vectors at right angles; scores with the eigenvalues as variances and no covariances;
 * eigenvalues that add up to the trace; all components give the data back. */
static void
check_laws (const InsMatrix *x, double tolerance)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  InsPca *pca = ins_pca_fit (x, 0, run, NULL);
  gsize n = x->rows, d = x->cols;
  double trace = 0, sum = 0;

  for (gsize a = 0; a < pca->n_components; a++)
    for (gsize b = 0; b <= a; b++)
      {
        double loading = 0, score = 0;
        for (gsize j = 0; j < d; j++)
          loading += ins_matrix_get (pca->loadings, j, a) * ins_matrix_get (pca->loadings, j, b);
        for (gsize i = 0; i < n; i++)
          score += ins_matrix_get (pca->scores, i, a) * ins_matrix_get (pca->scores, i, b);
        g_assert_cmpfloat_with_epsilon (loading, a == b, 1e-12);
        g_assert_cmpfloat_with_epsilon (score / (double)(n - 1), a == b ? pca->variance[a] : 0,
                                        tolerance);
      }
  for (gsize j = 0; j < d; j++)
    for (gsize i = 0; i < n; i++)
      trace += pow (ins_matrix_get (x, i, j) - pca->mean[j], 2) / (double)(n - 1);
  for (gsize c = 0; c < pca->n_components; c++)
    {
      gsize largest = 0;
      sum += pca->variance[c];
      g_assert_true (c == 0 || pca->variance[c] <= pca->variance[c - 1]);
      for (gsize j = 1; j < d; j++)
        if (fabs (ins_matrix_get (pca->loadings, j, c))
            > fabs (ins_matrix_get (pca->loadings, largest, c)))
          largest = j;
      g_assert_cmpfloat (ins_matrix_get (pca->loadings, largest, c), >, 0);
    }
  ins_assert_close (sum, trace, 1e-10);
  for (gsize i = 0; i < n && pca->n_components == d; i += 17)
    for (gsize j = 0; j < d; j++)
      {
        double back = pca->mean[j];
        for (gsize c = 0; c < d; c++)
          back += ins_matrix_get (pca->scores, i, c) * ins_matrix_get (pca->loadings, j, c);
        g_assert_cmpfloat_with_epsilon (back, ins_matrix_get (x, i, j), tolerance);
      }
  ins_pca_free (pca);
}

static void
test_laws (void)
{
  static const gsize columns[] = { 1, 2, 5, 33, 64, 65, 100 }; /* GSL above 64 */

  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (InsMatrix) x = ins_test_heaps (500, columns[i], 5, i);
      check_laws (x, 1e-9);
    }
}

/* Dependent and constant columns, and more columns than rows. */
static void
test_singular (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (300, 6, 1);
  g_autoptr (InsMatrix) wide = ins_test_skewed (5, 9, 2);
  g_autoptr (InsMatrix) constant = ins_matrix_new (10, 3);

  for (gsize i = 0; i < 300; i++)
    {
      ins_matrix_set (x, i, 3, 2 * ins_matrix_get (x, i, 0) - ins_matrix_get (x, i, 1));
      ins_matrix_set (x, i, 4, 7);
    }
  check_laws (x, 1e-9);
  check_laws (wide, 1e-9);
  check_laws (constant, 1e-9);
}

static void
test_few_components (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_test_heaps (400, 6, 4, 9);
  InsPca *all = ins_pca_fit (x, 0, run, NULL), *two = ins_pca_fit (x, 2, run, NULL);
  InsPca *many = ins_pca_fit (x, 99, run, NULL);

  g_assert_cmpuint (two->n_components, ==, 2);
  g_assert_cmpuint (many->n_components, ==, 6);
  g_assert_cmpmem (two->scores->data, 800 * 8, all->scores->data, 800 * 8);
  g_assert_cmpfloat (two->ratio[1], ==, all->ratio[1]);
  ins_pca_free (all);
  ins_pca_free (two);
  ins_pca_free (many);
}

static void
test_too_little (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) row = ins_matrix_new (1, 3);
  g_autoptr (InsMatrix) narrow = ins_matrix_new (3, 0);
  g_autoptr (GError) error = NULL;

  g_assert_null (ins_pca_fit (row, 0, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_clear_error (&error);
  g_assert_null (ins_pca_fit (narrow, 0, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
}

static void
test_threads (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (20000, 7, 3);
  InsPca *first = NULL;

  for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
      InsPca *pca = ins_pca_fit (x, 0, run, NULL);
      if (first == NULL)
        {
          first = pca;
          continue;
        }
      g_assert_cmpmem (pca->scores->data, 140000 * 8, first->scores->data, 140000 * 8);
      g_assert_cmpmem (pca->loadings->data, 49 * 8, first->loadings->data, 49 * 8);
      g_assert_cmpmem (pca->variance, 7 * 8, first->variance, 7 * 8);
      ins_pca_free (pca);
    }
  ins_pca_free (first);
}

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  InsPca *pca = ins_pca_fit (data, 0, run, error);
  gboolean done = pca != NULL;

  ins_pca_free (pca);
  return done;
}

static void
test_refused (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (50, 2, 1);

  ins_test_refusing (kernel, x, x);
}

/* A power of two scales the variances and turns no axis, though the products of two variances
 * would overflow. */
static void
test_huge_and_tiny (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_test_skewed (200, 5, 2);
  g_autoptr (InsPca) plain = ins_pca_fit (x, 0, run, NULL);

  for (int power = -490; power <= 490; power += 980)
    {
      g_autoptr (InsMatrix) scaled = ins_test_scaled (x, power);
      g_autoptr (InsPca) other = ins_pca_fit (scaled, 0, run, NULL);
      for (gsize c = 0; c < 5; c++)
        ins_assert_close (ldexp (other->variance[c], -2 * power), plain->variance[c], 1e-12);
      ins_assert_matrices_close (other->loadings, plain->loadings, 1e-12);
    }
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_heaps (60000, 40, 3, 1);

  ins_test_cancelled_before (kernel, x);
  ins_test_cancelling (kernel, x, 8, 60000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/pca/like-sklearn/blobs", "blobs", test_like_sklearn);
  g_test_add_data_func ("/pca/like-sklearn/skew", "skew", test_like_sklearn);
  g_test_add_func ("/pca/laws", test_laws);
  g_test_add_func ("/pca/singular", test_singular);
  g_test_add_func ("/pca/few-components", test_few_components);
  g_test_add_func ("/pca/too-little", test_too_little);
  g_test_add_func ("/pca/threads", test_threads);
  g_test_add_func ("/pca/refused", test_refused);
  g_test_add_func ("/pca/huge-and-tiny", test_huge_and_tiny);
  g_test_add_func ("/pca/cancel", test_cancel);
  return g_test_run ();
}
