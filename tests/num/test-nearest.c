/* test-nearest.c: nearest centres against a naive double loop, and K-Means' own labels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-nearest.h"

#include "ins-num-test.h"
#include "num/ins-kmeans.h"

/* ---- the naive version ---- */

static gint32
naive_nearest (const InsMatrix *x, gsize row, const InsMatrix *centres)
{
  gint32 best = 0;
  double least = INFINITY;

  for (gsize c = 0; c < centres->rows; c++)
    {
      double sum = 0;
      for (gsize j = 0; j < x->cols; j++)
        {
          double u = ins_matrix_get (x, row, j) - ins_matrix_get (centres, c, j);
          sum += u * u;
        }
      if (sum < least)
        {
          least = sum;
          best = (gint32)c;
        }
    }
  return best;
}

static void
assert_like_naive (const InsMatrix *x, const InsMatrix *centres)
{
  for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
      g_autoptr (GError) error = NULL;
      g_autofree gint32 *labels = g_new (gint32, x->rows + 1);

      memset (labels, 0x55, (x->rows + 1) * sizeof *labels);
      g_assert_true (ins_nearest_centres (x, centres, labels, run, &error));
      g_assert_no_error (error);
      for (gsize i = 0; i < x->rows; i++)
        g_assert_cmpint (labels[i], ==, naive_nearest (x, i, centres));
      g_assert_cmpint (labels[x->rows], ==, 0x55555555); /* nothing behind the end */
    }
}

/* ---- random data ---- */

/* Numbers of rows round the size of a block. */
static void
test_random (void)
{
  static const gsize rows[] = { 1, 2, 1023, 1024, 1025, 5000 };
  static const gsize shapes[][2] = { { 1, 1 }, { 7, 1 }, { 1, 3 }, { 5, 4 }, { 25, 20 } };

  for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
    for (gsize s = 0; s < G_N_ELEMENTS (shapes); s++)
      {
        g_autoptr (InsMatrix) x = ins_test_skewed (rows[r], shapes[s][1], 100 * r + s);
        g_autoptr (InsMatrix) centres = ins_test_skewed (shapes[s][0], shapes[s][1], 7000 + s);
        assert_like_naive (x, centres);
      }
}

/* Whole numbers: many centres are equally near, some are the same point. */
static void
test_ties (void)
{
  static const double line[] = { 1, 5, 3, 3 };
  static const double places[] = { 0, 2, 2, 4, 6 };
  static const gint32 expected[] = { 0, 1, 3, 3 };
  g_autoptr (InsMatrix) x = ins_test_whole (4000, 3, 5, 1);
  g_autoptr (InsMatrix) centres = ins_test_whole (12, 3, 5, 2);
  g_autoptr (InsMatrix) few = ins_matrix_new (4, 1);
  g_autoptr (InsMatrix) on_a_line = ins_matrix_new (5, 1);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  gint32 labels[4];

  assert_like_naive (x, centres);
  memcpy (few->data, line, sizeof line);
  memcpy (on_a_line->data, places, sizeof places);
  g_assert_true (ins_nearest_centres (few, on_a_line, labels, run, NULL));
  g_assert_cmpint (labels[0], ==, expected[0]); /* between 0 and 2: the first */
  g_assert_cmpint (labels[1], ==, expected[2]); /* between 4 and 6: the fourth */
  g_assert_cmpint (labels[2], ==, expected[1]); /* between 2, 2 and 4: the second */
  g_assert_cmpint (labels[3], ==, expected[1]);
}

/* A cluster nobody was in. */
static void
test_no_centre (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (3000, 3, 4);
  g_autoptr (InsMatrix) centres = ins_test_skewed (6, 3, 5);
  g_autoptr (InsMatrix) none = ins_matrix_new (2, 3);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autofree gint32 *labels = g_new (gint32, x->rows);

  for (gsize j = 0; j < 3; j++)
    ins_matrix_set (centres, 0, j, NAN);
  ins_matrix_set (centres, 4, 1, NAN); /* one coordinate is enough */
  assert_like_naive (x, centres);
  g_assert_true (ins_nearest_centres (x, centres, labels, run, NULL));
  for (gsize i = 0; i < x->rows; i++)
    g_assert_true (labels[i] != 0 && labels[i] != 4);
  for (gsize i = 0; i < 6; i++)
    none->data[i] = NAN;
  g_assert_true (ins_nearest_centres (x, none, labels, run, NULL));
  for (gsize i = 0; i < x->rows; i++)
    g_assert_cmpint (labels[i], ==, 0);
}

static void
test_nobody (void)
{
  g_autoptr (InsMatrix) x = ins_matrix_new (0, 3);
  g_autoptr (InsMatrix) centres = ins_test_skewed (6, 3, 5);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (GError) error = NULL;
  gint32 label = 77;

  g_assert_true (ins_nearest_centres (x, centres, &label, run, &error));
  g_assert_no_error (error);
  g_assert_cmpint (label, ==, 77);
}

/* ---- K-Means' labels are what is nearest to its prototypes ---- */

static void
test_kmeans (void)
{
  static const double tolerances[] = { 0, 1e-4, 0.01, 1 };
  g_autoptr (InsMatrix) x = ins_test_skewed (4000, 5, 9);
  gsize moved = 0;

  for (gsize t = 0; t < G_N_ELEMENTS (tolerances); t++)
    for (guint iterations = 1; iterations <= 300; iterations = iterations == 1 ? 300 : 301)
      {
        InsKmeansOptions options = { 3, iterations, tolerances[t], 11 };
        g_autoptr (InsRun) run = ins_run_new (2, NULL);
        g_autoptr (GError) error = NULL;
        g_autoptr (InsKmeans) kmeans = ins_kmeans_fit (x, 9, &options, run, &error);

        g_assert_no_error (error);
        for (gsize i = 0; i < x->rows; i++)
          {
            g_assert_cmpint (kmeans->labels[i], ==, naive_nearest (x, i, kmeans->prototypes));
            moved += kmeans->labels[i] != naive_nearest (x, i, kmeans->centres);
          }
      }
  g_assert_cmpuint (moved, >, 0); /* the means would not have done */
}

/* ---- cancelling ---- */

typedef struct
{
  InsMatrix *x, *centres;
} Search;

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  Search *search = data;
  g_autofree gint32 *labels = g_new (gint32, search->x->rows);

  return ins_nearest_centres (search->x, search->centres, labels, run, error);
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (60000, 12, 1);
  g_autoptr (InsMatrix) centres = ins_test_skewed (900, 12, 2);
  Search search = { x, centres };

  ins_test_cancelling (kernel, &search, 8, 20000);
  ins_test_cancelled_before (kernel, &search);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nearest/random", test_random);
  g_test_add_func ("/nearest/ties", test_ties);
  g_test_add_func ("/nearest/no-centre", test_no_centre);
  g_test_add_func ("/nearest/nobody", test_nobody);
  g_test_add_func ("/nearest/kmeans", test_kmeans);
  g_test_add_func ("/nearest/cancel", test_cancel);
  return g_test_run ();
}
