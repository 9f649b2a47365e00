/* test-silhouette.c: silhouettes against scikit-learn and the definition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-silhouette.h"

#include "ins-num-test.h"
#include "num/ins-simd.h"

static void
test_like_sklearn (gconstpointer data)
{
  g_autofree char *scaled = g_strdup_printf ("%s.scaled", (const char *)data);
  g_autofree char *labelled = g_strdup_printf ("%s.labels", (const char *)data);
  g_autofree char *section = g_strdup_printf ("%s.silhouette", (const char *)data);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_golden ("num.txt", scaled);
  g_autoptr (InsMatrix) column = ins_golden ("num.txt", labelled);
  g_autoptr (InsMatrix) expected = ins_golden ("num.txt", section);
  g_autofree gint32 *labels = ins_test_labels (column);
  g_autofree double *out = g_new (double, x->rows);
  double sum = 0;

  g_assert_true (ins_silhouette_samples (x, labels, out, run, NULL));
  for (gsize i = 0; i < x->rows; i++)
    {
      g_assert_cmpfloat_with_epsilon (out[i], expected->data[i], 1e-10);
      sum += expected->data[i];
    }
  g_assert_cmpfloat_with_epsilon (ins_silhouette_mean (out, x->rows), sum / (double)x->rows, 1e-12);
}

/* Mean distance from @row to the cluster @label, itself left out. */
static double
mean_distance (const InsMatrix *x, const gint32 *labels, gsize row, gint32 label, gsize *size)
{
  double sum = 0;

  *size = 0;
  for (gsize i = 0; i < x->rows; i++)
    {
      double r = 0;
      if (labels[i] != label || i == row)
        continue;
      for (gsize j = 0; j < x->cols; j++)
        r += pow (ins_matrix_get (x, i, j) - ins_matrix_get (x, row, j), 2);
      sum += sqrt (r);
      ++*size;
    }
  return sum / (double)*size;
}

static double
naive (const InsMatrix *x, const gint32 *labels, gsize row, gint32 largest)
{
  double a, b = INFINITY;
  gsize size;

  if (labels[row] < 0)
    return NAN;
  a = mean_distance (x, labels, row, labels[row], &size);
  if (size == 0)
    return 0;
  for (gint32 c = 0; c <= largest; c++)
    {
      double mean = c != labels[row] ? mean_distance (x, labels, row, c, &size) : NAN;
      if (c != labels[row] && size > 0)
        b = MIN (b, mean);
    }
  return MAX (a, b) > 0 ? (b - a) / MAX (a, b) : 0;
}

static void
check_naive (const InsMatrix *x, const gint32 *labels, gint32 largest)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autofree double *out = g_new (double, x->rows);

  g_assert_true (ins_silhouette_samples (x, labels, out, run, NULL));
  for (gsize i = 0; i < x->rows; i++)
    {
      double expected = naive (x, labels, i, largest);
      if (isnan (expected))
        g_assert_true (isnan (out[i]));
      else
        g_assert_cmpfloat_with_epsilon (out[i], expected, 1e-12);
    }
}

/* Labels with gaps, noise and clusters of one; random ones, so that clusters lie in each other. */
static void
test_naive (void)
{
  static const gsize columns[] = { 1, 2, 3, 4, 5, 6, 7, 12 };

  for (gsize t = 0; t < G_N_ELEMENTS (columns); t++)
    for (guint kind = 0; kind < 3; kind++)
      {
        g_autoptr (InsMatrix) x = kind == 0   ? ins_test_heaps (400, columns[t], 6, t)
                                  : kind == 1 ? ins_test_skewed (400, columns[t], t)
                                              : ins_test_whole (400, columns[t], 3, t);
        gint32 labels[400];
        for (gsize i = 0; i < 400; i++)
          labels[i] = i == 7      ? 40
                      : kind == 0 ? (gint32)ins_random_below (t, 1, i, 6) * 3 - 3
                                  : (gint32)ins_random_below (t, 9, i, 9);
        check_naive (x, labels, 40);
      }
}

static void
test_heaps (void)
{
  g_autoptr (InsMatrix) x = ins_test_heaps (600, 3, 10, 3);
  gint32 labels[600];

  for (gsize i = 0; i < 600; i++)
    labels[i] = (gint32)ins_random_below (3, 1, i, 10); /* as ins_test_heaps() chose */
  check_naive (x, labels, 9);
  for (gsize i = 0; i < 600; i++)
    labels[i] += 1000000;
  {
    g_autoptr (InsRun) run = ins_run_new (2, NULL);
    double far[600], near[600];
    g_assert_true (ins_silhouette_samples (x, labels, far, run, NULL));
    for (gsize i = 0; i < 600; i++)
      labels[i] -= 1000000;
    g_assert_true (ins_silhouette_samples (x, labels, near, run, NULL));
    g_assert_cmpmem (far, sizeof far, near, sizeof near);
  }
}

static void
test_no_figure (void)
{
  static const gint32 one[] = { 5, 5, -1, 5 }, noise[] = { -1, -1, -1, -1 };
  static const gint32 each[] = { 0, 1, 2, 3 }, pairs[] = { 0, 0, 1, 1 };
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_matrix_new (4, 2);
  g_autoptr (InsMatrix) empty = ins_matrix_new (0, 2);
  double out[4] = { 1, 2, 3, 4 };

  g_assert_true (ins_silhouette_samples (x, one, out, run, NULL));
  for (gsize i = 0; i < 4; i++)
    g_assert_true (isnan (out[i]));
  g_assert_true (ins_silhouette_samples (x, noise, out, run, NULL));
  g_assert_true (isnan (ins_silhouette_mean (out, 4)));
  g_assert_true (ins_silhouette_samples (x, each, out, run, NULL));
  g_assert_cmpfloat (out[3], ==, 0);
  g_assert_true (ins_silhouette_samples (x, pairs, out, run, NULL)); /* all on one place */
  g_assert_cmpfloat (out[0], ==, 0);
  g_assert_true (ins_silhouette_samples (empty, NULL, NULL, run, NULL));
  g_assert_true (isnan (ins_silhouette_mean (NULL, 0)));
}

/* Far from 0, where the bound by the centres would suffer from rounding. */
static void
test_far_away (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsMatrix) x = ins_test_whole (300, 2, 1000, 3);
  g_autofree double *near = g_new (double, 300), *far = g_new (double, 300);
  gint32 labels[300];

  for (gsize i = 0; i < 300; i++)
    labels[i] = (gint32)(x->data[i] / 250);
  g_assert_true (ins_silhouette_samples (x, labels, near, run, NULL));
  for (gsize i = 0; i < 600; i++)
    x->data[i] += 4e12;
  g_assert_true (ins_silhouette_samples (x, labels, far, run, NULL));
  for (gsize i = 0; i < 300; i++)
    g_assert_cmpfloat_with_epsilon (near[i], far[i], 1e-5);
}

static void
test_same_bytes (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (3000, 3, 3);
  g_autofree double *first = NULL;
  gint32 labels[3000];

  for (gsize i = 0; i < 3000; i++)
    labels[i] = (gint32)ins_random_below (3, 1, i, 7);
  for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
    for (guint narrow = 0; narrow < 2; narrow++)
      {
        g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
        g_autofree double *out = g_new (double, 3000);
        ins_simd_narrow = narrow;
        g_assert_true (ins_silhouette_samples (x, labels, out, run, NULL));
        ins_simd_narrow = FALSE;
        if (first == NULL)
          first = g_steal_pointer (&out);
        else
          g_assert_cmpmem (out, 3000 * 8, first, 3000 * 8);
      }
}

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  const InsMatrix *x = data;
  g_autofree gint32 *labels = g_new (gint32, x->rows);
  g_autofree double *out = g_new (double, x->rows);

  for (gsize i = 0; i < x->rows; i++)
    labels[i] = (gint32)(i % 3);
  return ins_silhouette_samples (x, labels, out, run, error);
}

static void
test_refused (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (50, 2, 1);

  ins_test_refusing (kernel, x, x);
}

/* A power of two scales every distance and no silhouette; squares that underflow leave nothing. */
static void
test_huge_and_tiny (void)
{
  static const int powers[] = { 490, -490, -1070 };
  g_autoptr (InsMatrix) x = ins_test_heaps (90, 2, 3, 1);
  double plain[90], other[90];
  gint32 labels[90];

  for (gsize i = 0; i < 90; i++)
    labels[i] = (gint32)(i % 4);
  for (gsize p = 0; p < G_N_ELEMENTS (powers); p++)
    {
      g_autoptr (InsRun) run = ins_run_new (2, NULL);
      g_autoptr (InsMatrix) scaled = ins_test_scaled (x, powers[p]);
      g_assert_true (ins_silhouette_samples (x, labels, plain, run, NULL));
      g_assert_true (ins_silhouette_samples (scaled, labels, other, run, NULL));
      for (gsize i = 0; i < 90; i++)
        g_assert_cmpfloat (other[i], ==, powers[p] < -1000 ? 0 : plain[i]);
    }
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (15000, 4, 1);

  ins_test_cancelled_before (kernel, x);
  ins_test_cancelling (kernel, x, 8, 60000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/silhouette/like-sklearn/blobs", "blobs", test_like_sklearn);
  g_test_add_data_func ("/silhouette/like-sklearn/skew", "skew", test_like_sklearn);
  g_test_add_func ("/silhouette/naive", test_naive);
  g_test_add_func ("/silhouette/heaps", test_heaps);
  g_test_add_func ("/silhouette/no-figure", test_no_figure);
  g_test_add_func ("/silhouette/far-away", test_far_away);
  g_test_add_func ("/silhouette/same-bytes", test_same_bytes);
  g_test_add_func ("/silhouette/refused", test_refused);
  g_test_add_func ("/silhouette/huge-and-tiny", test_huge_and_tiny);
  g_test_add_func ("/silhouette/cancel", test_cancel);
  return g_test_run ();
}
