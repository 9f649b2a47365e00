/* test-linkage.c: hierarchical clustering against scipy and the definition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage.h"

#include "base/ins-error.h"
#include "ins-num-test.h"
#include "num/ins-simd.h"

static const char *const method_names[] = { "ward", "single", "average", "complete" };

static InsLinkage *
fit (const InsMatrix *x, InsLinkageMethod method)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (GError) error = NULL;
  InsLinkage *linkage = ins_linkage_fit (x, method, run, &error);

  g_assert_no_error (error);
  return linkage;
}

/* ---- scipy ---- */

static void
check_cuts (const InsLinkage *linkage, const InsMatrix *cuts)
{
  g_autofree gint32 *labels = g_new (gint32, linkage->n);

  for (gsize c = 0; c < cuts->cols; c++)
    {
      g_autofree gint32 *expected = g_new (gint32, linkage->n);
      for (gsize i = 0; i < linkage->n; i++)
        expected[i] = (gint32)ins_matrix_get (cuts, i, c);
      ins_linkage_cut (linkage, c + 2, labels);
      g_assert_true (ins_test_same_partition (labels, expected, linkage->n));
    }
}

static void
test_like_scipy (gconstpointer data)
{
  const char *name = data;
  g_autofree char *scaled = g_strdup_printf ("%s.scaled", name);
  g_autoptr (InsMatrix) x = ins_golden ("num.txt", scaled);

  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    {
      g_autofree char *section = g_strdup_printf ("%s.%s", name, method_names[m]);
      g_autofree char *cut_section = g_strdup_printf ("%s.%s-cuts", name, method_names[m]);
      g_autoptr (InsMatrix) z = ins_golden ("num.txt", section);
      g_autoptr (InsMatrix) cuts = ins_golden ("num.txt", cut_section);
      g_autoptr (InsLinkage) linkage = fit (x, m);

      g_assert_cmpuint (z->rows, ==, x->rows - 1);
      for (gsize i = 0; i < z->rows; i++)
        {
          g_assert_cmpint (linkage->left[i], ==, (gint32)ins_matrix_get (z, i, 0));
          g_assert_cmpint (linkage->right[i], ==, (gint32)ins_matrix_get (z, i, 1));
          g_assert_cmpfloat (fabs (linkage->height[i] - ins_matrix_get (z, i, 2)), <=,
                             1e-10 * ins_matrix_get (z, i, 2));
          g_assert_cmpint (linkage->size[i], ==, (gint32)ins_matrix_get (z, i, 3));
        }
      check_cuts (linkage, cuts);
    }
}

/* ---- the form of the result ---- */

static void
check_form (const InsLinkage *linkage)
{
  gsize n = linkage->n;
  g_autofree gint32 *sizes = g_new (gint32, 2 * n);
  g_autofree guint8 *used = g_new0 (guint8, 2 * n);

  for (gsize i = 0; i < n; i++)
    sizes[i] = 1;
  for (gsize i = 0; i + 1 < n; i++)
    {
      gint32 left = linkage->left[i], right = linkage->right[i];
      g_assert_cmpint (left, <, right);
      g_assert_cmpint (left, >=, 0);
      g_assert_cmpint (right, <, (gint32)(n + i));
      g_assert_cmpuint (used[left]++, ==, 0);
      g_assert_cmpuint (used[right]++, ==, 0);
      sizes[n + i] = sizes[left] + sizes[right];
      g_assert_cmpint (linkage->size[i], ==, sizes[n + i]);
      g_assert_cmpfloat (linkage->height[i], >=, i > 0 ? linkage->height[i - 1] : 0);
    }
  g_assert_cmpint (linkage->size[n - 2], ==, (gint32)n);
}

/* ---- the definition: join the closest pair of clusters, again and again ---- */

typedef struct
{
  const InsMatrix *x;
  InsLinkageMethod method;
  GPtrArray *clusters; /* of GArray of rows */
} Naive;

static double
row_distance (const InsMatrix *x, gsize a, gsize b)
{
  double sum = 0;

  for (gsize j = 0; j < x->cols; j++)
    sum += pow (ins_matrix_get (x, a, j) - ins_matrix_get (x, b, j), 2);
  return sqrt (sum);
}

static double
ward_distance (const InsMatrix *x, const GArray *a, const GArray *b)
{
  double sum = 0;

  for (gsize j = 0; j < x->cols; j++)
    {
      double u = 0, v = 0;
      for (guint i = 0; i < a->len; i++)
        u += ins_matrix_get (x, g_array_index (a, guint, i), j) / a->len;
      for (guint i = 0; i < b->len; i++)
        v += ins_matrix_get (x, g_array_index (b, guint, i), j) / b->len;
      sum += (u - v) * (u - v);
    }
  return sqrt (2.0 * a->len * b->len / (a->len + b->len) * sum);
}

static double
naive_distance (const Naive *naive, guint p, guint q)
{
  const GArray *a = g_ptr_array_index (naive->clusters, p);
  const GArray *b = g_ptr_array_index (naive->clusters, q);
  double least = INFINITY, most = 0, sum = 0;

  if (naive->method == INS_LINKAGE_WARD)
    return ward_distance (naive->x, a, b);
  for (guint i = 0; i < a->len; i++)
    for (guint j = 0; j < b->len; j++)
      {
        double r =
            row_distance (naive->x, g_array_index (a, guint, i), g_array_index (b, guint, j));
        least = MIN (least, r);
        most = MAX (most, r);
        sum += r;
      }
  return naive->method == INS_LINKAGE_SINGLE     ? least
         : naive->method == INS_LINKAGE_COMPLETE ? most
                                                 : sum / a->len / b->len;
}

/* The heights of the definition, and its clusters when @k are left. */
static double *
naive_heights (const InsMatrix *x, InsLinkageMethod method, guint k, gint32 *labels)
{
  g_autoptr (GPtrArray) clusters = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  Naive naive = { x, method, clusters };
  double *heights = g_new (double, x->rows);

  for (guint i = 0; i < x->rows; i++)
    {
      GArray *cluster = g_array_new (FALSE, FALSE, sizeof (guint));
      g_array_append_val (cluster, i);
      g_ptr_array_add (clusters, cluster);
    }
  for (gsize step = 0; step + 1 < x->rows; step++)
    {
      double least = INFINITY;
      guint p = 0, q = 1;
      if (clusters->len == k)
        for (guint c = 0; c < k; c++)
          {
            const GArray *cluster = g_ptr_array_index (clusters, c);
            for (guint i = 0; i < cluster->len; i++)
              labels[g_array_index (cluster, guint, i)] = (gint32)c;
          }
      for (guint i = 0; i < clusters->len; i++)
        for (guint j = i + 1; j < clusters->len; j++)
          {
            double r = naive_distance (&naive, i, j);
            if (r < least)
              {
                least = r;
                p = i;
                q = j;
              }
          }
      heights[step] = least;
      {
        GArray *a = g_ptr_array_index (clusters, p), *b = g_ptr_array_index (clusters, q);
        g_array_append_vals (a, b->data, b->len);
        g_ptr_array_remove_index (clusters, q);
      }
    }
  return heights;
}

static void
test_definition (void)
{
  static const gsize columns[] = { 1, 2, 3, 5, 6, 7, 11 };

  for (gsize t = 0; t < G_N_ELEMENTS (columns); t++)
    for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
      {
        g_autoptr (InsMatrix) x =
            t % 2 ? ins_test_skewed (70, columns[t], t) : ins_test_heaps (70, columns[t], 4, t);
        gint32 expected[70], labels[70];
        g_autofree double *heights = naive_heights (x, m, 6, expected);
        g_autoptr (InsLinkage) linkage = fit (x, m);

        for (gsize i = 0; i < 69; i++)
          g_assert_cmpfloat (fabs (linkage->height[i] - heights[i]), <=, 1e-10 * heights[i]);
        ins_linkage_cut (linkage, 6, labels);
        g_assert_true (ins_test_same_partition (labels, expected, 70));
      }
}

static void
check_heights (const InsMatrix *x, InsLinkageMethod m)
{
  g_autofree gint32 *labels = g_new (gint32, x->rows);
  g_autofree double *heights = naive_heights (x, m, 2, labels);
  g_autoptr (InsLinkage) linkage = fit (x, m);

  for (gsize i = 0; i + 1 < x->rows; i++)
    g_assert_cmpfloat (fabs (linkage->height[i] - heights[i]), <=,
                       1e-9 * MAX (heights[i], heights[x->rows - 2] * 1e-6));
}

/* One group takes in one point after the other: never more than a pair of neighbours. */
static void
test_growing_group (void)
{
  g_autoptr (InsMatrix) x = ins_matrix_new (200, 2);

  for (gsize i = 0; i < 200; i++)
    {
      x->data[i] = pow (1.1, (double)((i * 77) % 200));
      x->data[200 + i] = i % 7;
    }
  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    check_heights (x, m);
}

/* Places where many stand count for as many. */
static void
test_weights (void)
{
  for (gsize d = 1; d < 9; d += 7)
    for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
      {
        g_autoptr (InsMatrix) few = ins_test_skewed (60, d, 3);
        g_autoptr (InsMatrix) x = ins_matrix_new (210, d);
        for (gsize i = 0; i < 210; i++)
          for (gsize j = 0; j < d; j++)
            ins_matrix_set (x, i, j, ins_matrix_get (few, i < 60 ? i : i % 13, j));
        check_heights (x, m);
      }
}

/* Scaling by a power of two scales the heights, bit by bit, as far as squares can be told. */
static void
test_huge_and_tiny (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (300, 3, 9);

  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    for (int power = -450; power <= 450; power += 900)
      {
        g_autoptr (InsMatrix) scaled = ins_test_scaled (x, power);
        g_autoptr (InsLinkage) plain = fit (x, m);
        g_autoptr (InsLinkage) other = fit (scaled, m);
        for (gsize i = 0; i < 299; i++)
          g_assert_cmpfloat (other->height[i], ==, ldexp (plain->height[i], power));
      }
}

/* Squares below the smallest number: all at height 0, the form holds. */
static void
test_denormal (void)
{
  g_autoptr (InsMatrix) x = ins_matrix_new (100, 2);

  for (gsize i = 0; i < 200; i++)
    x->data[i] = 0x1p-1074 * (double)ins_random_below (1, 1, i, 1000);
  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    {
      g_autoptr (InsLinkage) linkage = fit (x, m);
      check_form (linkage);
      g_assert_cmpfloat (linkage->height[98], ==, 0);
    }
}

/* Duplicates and lattices are full of ties: the form must hold, and the heights of equal points. */
static void
test_ties (void)
{
  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    for (guint32 values = 1; values < 40; values = values * 2 + 1)
      {
        g_autoptr (InsMatrix) x = ins_test_whole (700, 2, values, values);
        g_autoptr (InsLinkage) linkage = fit (x, m);
        g_autoptr (GHashTable) places = g_hash_table_new (g_int64_hash, g_int64_equal);
        g_autofree gint64 *keys = g_new (gint64, 700);
        check_form (linkage);
        for (gsize i = 0; i < 700; i++)
          {
            keys[i] = (gint64)(x->data[i] * 1000 + x->data[700 + i]);
            g_hash_table_add (places, &keys[i]);
          }
        for (gsize i = 0; i < 699; i++)
          g_assert_true ((linkage->height[i] == 0) == (i < 700 - g_hash_table_size (places)));
        if (m == INS_LINKAGE_SINGLE) /* on a lattice the closest places are 1 apart, at least */
          g_assert_true (linkage->height[698] == 0 || linkage->height[698] >= 1);
      }
}

/* Equal steps along a line, sorted: every neighbour is a tie. */
static void
test_line (void)
{
  g_autoptr (InsMatrix) x = ins_matrix_new (4096, 1);
  g_autoptr (InsLinkage) ward = NULL;
  g_autoptr (InsLinkage) single = NULL;

  for (gsize i = 0; i < 4096; i++)
    x->data[i] = (double)i;
  ward = fit (x, INS_LINKAGE_WARD);
  single = fit (x, INS_LINKAGE_SINGLE);
  check_form (ward);
  check_form (single);
  g_assert_cmpfloat (ward->height[0], ==, 1);
  g_assert_cmpfloat (single->height[4094], ==, 1);
}

static void
test_form_large (void)
{
  for (gsize d = 1; d < 10; d += 2)
    {
      g_autoptr (InsMatrix) x = ins_test_skewed (4000, d, d);
      g_autoptr (InsLinkage) linkage = fit (x, INS_LINKAGE_WARD);
      check_form (linkage);
    }
}

static void
test_edges (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) two = ins_matrix_new (2, 1);
  g_autoptr (InsMatrix) one = ins_matrix_new (1, 1);
  g_autoptr (InsMatrix) flat = ins_matrix_new (5, 0);

  two->data[1] = 3;
  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    {
      g_autoptr (InsLinkage) linkage = fit (two, m);
      g_autoptr (GError) error = NULL;
      check_form (linkage);
      g_assert_cmpfloat_with_epsilon (linkage->height[0], 3, 1e-15);
      g_assert_null (ins_linkage_fit (one, m, run, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
      g_clear_error (&error);
      g_assert_null (ins_linkage_fit (flat, m, run, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
      g_clear_error (&error);
      g_clear_error (&error);
    }
}

static void
test_memory (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsMatrix) x = ins_matrix_new (3000000, 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ins_linkage_memory (6000, 5, INS_LINKAGE_WARD), <, 5000000);
  g_assert_cmpuint (ins_linkage_memory (100000, 5, INS_LINKAGE_WARD), <, 60000000);
  g_assert_cmpuint (ins_linkage_memory (6000, 5, INS_LINKAGE_AVERAGE), >, 2400 * 2400 * 8);
  g_assert_cmpuint (ins_linkage_memory (G_MAXINT32, 5, INS_LINKAGE_COMPLETE), >,
                    G_GUINT64_CONSTANT (5000000000000000000));
  g_assert_null (ins_linkage_fit (x, INS_LINKAGE_AVERAGE, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_MEMORY);
}

/* ---- reading the tree ---- */

static void
test_order (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (500, 2, 5);
  g_autoptr (InsLinkage) linkage = fit (x, INS_LINKAGE_WARD);
  g_autofree gint32 *place = g_new (gint32, 500);
  gint32 order[500], low[999], high[999];

  ins_linkage_order (linkage, order);
  for (gsize i = 0; i < 500; i++)
    place[i] = -1;
  for (gsize i = 0; i < 500; i++)
    {
      g_assert_cmpint (place[order[i]], ==, -1);
      place[order[i]] = (gint32)i;
    }
  for (gsize i = 0; i < 500; i++)
    low[i] = high[i] = place[i];
  for (gsize i = 0; i < 499; i++) /* every cluster is one run, its left part first */
    {
      gint32 l = linkage->left[i], r = linkage->right[i];
      g_assert_cmpint (high[l] + 1, ==, low[r]);
      low[500 + i] = low[l];
      high[500 + i] = high[r];
    }
}

static void
test_cuts (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (300, 3, 5);
  g_autoptr (InsLinkage) linkage = fit (x, INS_LINKAGE_WARD);
  gint32 order[300], labels[300];

  ins_linkage_order (linkage, order);
  for (gsize k = 1; k <= 300; k++)
    {
      gint32 next = 0;
      ins_linkage_cut (linkage, k, labels);
      for (gsize i = 0; i < 300; i++) /* numbered as they first appear from left to right */
        {
          g_assert_cmpint (labels[order[i]], <=, next);
          next += labels[order[i]] == next;
        }
      g_assert_cmpint (next, ==, (gint32)k);
      g_assert_cmpuint (ins_linkage_clusters_at (linkage, ins_linkage_cut_height (linkage, k)), ==,
                        k);
    }
  g_assert_cmpuint (ins_linkage_clusters_at (linkage, -1), ==, 300);
  g_assert_cmpuint (ins_linkage_clusters_at (linkage, INFINITY), ==, 1);
  g_assert_cmpuint (ins_linkage_clusters_at (linkage, linkage->height[298]), ==, 1);
}

/* ---- the same bytes ---- */

static void
test_same_bytes (void)
{
  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    {
      g_autoptr (InsMatrix) x = ins_test_heaps (1500, 3, 8, 1);
      g_autoptr (InsLinkage) first = fit (x, m);
      for (gsize t = 0; t < G_N_ELEMENTS (ins_test_threads); t++)
        for (guint narrow = 0; narrow < 2; narrow++)
          {
            g_autoptr (InsRun) run = ins_run_new (ins_test_threads[t], NULL);
            g_autoptr (InsLinkage) other = NULL;
            ins_simd_narrow = narrow;
            other = ins_linkage_fit (x, m, run, NULL);
            ins_simd_narrow = FALSE;
            g_assert_cmpmem (other->height, 1499 * 8, first->height, 1499 * 8);
            g_assert_cmpmem (other->left, 1499 * 4, first->left, 1499 * 4);
            g_assert_cmpmem (other->right, 1499 * 4, first->right, 1499 * 4);
          }
    }
}

typedef struct
{
  const InsMatrix *x;
  InsLinkageMethod method;
} Work;

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  const Work *work = data;
  g_autoptr (InsLinkage) linkage = ins_linkage_fit (work->x, work->method, run, error);

  return linkage != NULL;
}

static void
test_refused (void)
{
  g_autoptr (InsMatrix) x = ins_test_skewed (50, 2, 1);

  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    {
      Work work = { x, m };
      ins_test_refusing (kernel, x, &work);
    }
}

static void
test_cancel (void)
{
  g_autoptr (InsMatrix) few = ins_test_skewed (4000, 5, 1);
  g_autoptr (InsMatrix) many = ins_test_skewed (20000, 7, 1);

  for (InsLinkageMethod m = INS_LINKAGE_WARD; m <= INS_LINKAGE_COMPLETE; m++)
    {
      Work work = { m == INS_LINKAGE_WARD || m == INS_LINKAGE_SINGLE ? many : few, m };
      ins_test_cancelled_before (kernel, &work);
      ins_test_cancelling (kernel, &work, 6, 80000);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/linkage/like-scipy/blobs", "blobs", test_like_scipy);
  g_test_add_data_func ("/linkage/like-scipy/skew", "skew", test_like_scipy);
  g_test_add_func ("/linkage/definition", test_definition);
  g_test_add_func ("/linkage/growing-group", test_growing_group);
  g_test_add_func ("/linkage/weights", test_weights);
  g_test_add_func ("/linkage/huge-and-tiny", test_huge_and_tiny);
  g_test_add_func ("/linkage/denormal", test_denormal);
  g_test_add_func ("/linkage/ties", test_ties);
  g_test_add_func ("/linkage/line", test_line);
  g_test_add_func ("/linkage/form-large", test_form_large);
  g_test_add_func ("/linkage/edges", test_edges);
  g_test_add_func ("/linkage/memory", test_memory);
  g_test_add_func ("/linkage/order", test_order);
  g_test_add_func ("/linkage/cuts", test_cuts);
  g_test_add_func ("/linkage/same-bytes", test_same_bytes);
  g_test_add_func ("/linkage/refused", test_refused);
  g_test_add_func ("/linkage/cancel", test_cancel);
  return g_test_run ();
}
