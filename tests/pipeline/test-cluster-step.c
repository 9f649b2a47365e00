/* test-cluster-step.c: the number of clusters, their order and their measures
 *
 * The method is a toy: it parts customers at the widest gaps of the first column.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-cluster-step.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-random.h"
#include "tests/num/ins-num-test.h"

/* ---- the toy ---- */

struct _ToyStep
{
  InsClusterStep parent;
};

G_DECLARE_FINAL_TYPE (ToyStep, toy_step, TOY, STEP, InsClusterStep)
G_DEFINE_FINAL_TYPE (ToyStep, toy_step, INS_TYPE_CLUSTER_STEP)

/* What partition() was asked for last. */
static struct
{
  gsize calls, from, to, rows, cols;
  double first, last; /* of the points */
  gsize noise;        /* 1 + the customer that belongs nowhere */
  gboolean without_prototypes;
} asked;

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static int
compare_falling (gconstpointer a, gconstpointer b)
{
  return compare_doubles (b, a);
}

/* The label is the number of the k - 1 widest gaps below; ties of gaps must not be asked for. */
static void
part (const InsMatrix *points, gsize k, gint32 *labels)
{
  gsize n = points->rows;
  g_autofree double *sorted = g_memdup2 (points->data, n * sizeof (double));
  g_autofree double *gaps = g_new0 (double, n + 1);

  qsort (sorted, n, sizeof (double), compare_doubles);
  for (gsize i = 0; i + 1 < n; i++)
    gaps[i] = sorted[i + 1] - sorted[i];
  qsort (gaps, n - 1, sizeof (double), compare_falling);
  for (gsize i = 0; i < n; i++)
    {
      labels[i] = 0;
      for (gsize j = 0; k > 1 && j + 1 < n && sorted[j + 1] <= points->data[i]; j++)
        labels[i] += sorted[j + 1] - sorted[j] >= gaps[k - 2];
    }
}

static gboolean
toy_partition (InsClusterStep *self, const InsMatrix *points, gsize k_from, gsize k_to,
               gint32 *labels, InsMatrix **prototypes, InsLinkage **tree, InsRun *run,
               GError **error)
{
  gsize n = points->rows;

  asked.calls++;
  asked.from = k_from;
  asked.to = k_to;
  asked.rows = n;
  asked.cols = points->cols;
  asked.first = points->data[0];
  asked.last = points->data[n * points->cols - 1];
  for (gsize k = k_from; k <= k_to && ins_run_tick (run); k++)
    {
      gint32 *own = labels + (k - k_from) * n;

      part (points, k, own);
      if (asked.noise > 0)
        own[asked.noise - 1] = -1;
      if (asked.without_prototypes)
        continue;
      prototypes[k - k_from] = ins_matrix_new (k, points->cols);
      for (gsize c = 0; c < k; c++) /* a mark, to see where it goes */
        ins_matrix_set (prototypes[k - k_from], c, 0, (double)(100 + c));
    }
  return ins_run_check (run, error);
}

static void
toy_step_class_init (ToyStepClass *klass)
{
  INS_STEP_CLASS (klass)->id = "toy";
  INS_STEP_CLASS (klass)->title = "Toy";
  INS_STEP_CLASS (klass)->blurb = "Parts customers at gaps";
  INS_STEP_CLASS (klass)->version = 1;
  INS_CLUSTER_STEP_CLASS (klass)->partition = toy_partition;
}

static void
toy_step_init (ToyStep *self)
{
}

/* ---- results and steps ---- */

/* n customers: their place, their value, their place in the picture */
static InsResults
make_results (gsize n, const double *place, const double *value, const double *picture)
{
  InsResults results = { 0 };
  InsFeatures *features = ins_artifact_alloc (&ins_features_type, sizeof *features);
  InsScaled *scaled = ins_artifact_alloc (&ins_scaled_type, sizeof *scaled);
  InsEmbedding *embedding = ins_artifact_alloc (&ins_embedding_type, sizeof *embedding);

  features->n = n + 1; /* the first was left out */
  features->ids = g_new0 (char *, n + 2);
  features->n_features = 2;
  features->infos = g_new0 (InsFeatureInfo, 2);
  features->words = g_new0 (char **, 2);
  features->values = ins_matrix_new (n + 1, 2);
  features->value_feature = value ? 1 : -1;
  scaled->n = n;
  scaled->rows = g_new0 (guint32, n + 1);
  scaled->d = 1;
  scaled->x = ins_matrix_new (n, 1);
  embedding->scores = ins_matrix_new (n, 3);
  ins_matrix_set (features->values, 0, 1, 1e9);
  for (gsize i = 0; i < n; i++)
    {
      scaled->rows[i] = (guint32)i + 1;
      ins_matrix_set (scaled->x, i, 0, place[i]);
      ins_matrix_set (features->values, i + 1, 1, value ? value[i] : 0);
      ins_matrix_set (embedding->scores, i, 0, picture ? picture[i] : place[i]);
      ins_matrix_set (embedding->scores, i, 2, -77);
    }
  results.features = features;
  results.scaled = scaled;
  results.embedding = embedding;
  return results;
}

/* @settings: "clusters=3,space=picture" */
static InsStep *
make_step (const char *settings)
{
  InsStep *step = g_object_new (toy_step_get_type (), NULL);
  g_auto (GStrv) each = g_strsplit (settings, ",", -1);

  for (char **setting = each; *setting != NULL; setting++)
    {
      g_auto (GStrv) halves = g_strsplit (*setting, "=", 2);
      g_autoptr (GError) error = NULL;

      ins_step_set (step, halves[0], halves[1], &error);
      g_assert_no_error (error);
    }
  return step;
}

static InsClustering *
try_cluster (const InsResults *results, const char *settings, GError **error)
{
  g_autoptr (InsStep) step = make_step (settings);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  InsContext context = { .source_path = "/shop/sales.csv", .inputs = *results };

  return INS_STEP_GET_CLASS (step)->run (step, &context, run, error);
}

static InsClustering *
cluster (const InsResults *results, const char *settings)
{
  g_autoptr (GError) error = NULL;
  InsClustering *clustering = try_cluster (results, settings, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (clustering->n, ==, results->scaled->n);
  return clustering;
}

static GArray *
sweep (const InsResults *results, const char *settings, gsize from, gsize to)
{
  g_autoptr (InsStep) step = make_step (settings);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (GError) error = NULL;
  GArray *rows =
      ins_cluster_step_sweep (INS_CLUSTER_STEP (step), results, from, to, NULL, run, &error);

  g_assert_no_error (error);
  return rows;
}

static void
assert_labels (const gint32 *labels, gsize n, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_c (text, labels[i] < 0 ? '-' : (char)('0' + labels[i]));
  g_assert_cmpstr (text->str, ==, expected);
}

/* Heaps of 4, 5 and 3 customers with no two gaps alike; the dearest are in the middle heap, the
 * cheapest in the first. */
#define N 12
static const double place[N] = { 0, 20, 10, 0.1, 10.15, 20.4, 0.33, 10.4, 10.9, 0.75, 21.3, 11.7 };
static const double value[N] = { 1, 5, 9, 2, 8, 5, 1, 9, 9, 1, 6, 9 };
static const char by_value[] = "210201200210";
/* two heaps, of the first six and of the others */
static const double picture[N] = { 0, 0.1, 0.3, 0.6, 1, 1.5, 7, 7.15, 7.4, 7.85, 8.5, 9.4 };

/* Mean of a column over the customers of a cluster. */
static double
naive_mean (const double *x, const gint32 *labels, gint32 c)
{
  double sum = 0, n = 0;

  for (gsize i = 0; i < N; i++)
    if (labels[i] == c)
      sum += x[i], n++;
  return sum / n;
}

static double
naive_within (const double *x, const gint32 *labels)
{
  double sum = 0;

  for (gsize i = 0; i < N; i++)
    sum += pow (x[i] - naive_mean (x, labels, labels[i]), 2);
  return sum;
}

static void
assert_near (double got, double expected)
{
  g_assert_cmpfloat_with_epsilon (got, expected, 1e-9);
}

/* ---- order and measures ---- */

static void
test_order (void)
{
  InsResults results = make_results (N, place, value, picture);
  InsClustering *got = cluster (&results, "clusters=3");
  double sum = 0, sum_picture = 0;

  assert_labels (got->labels, N, by_value);
  g_assert_cmpstr (got->model, ==, "toy");
  g_assert_cmpstr (got->fitted_on, ==, "sales.csv");
  g_assert_null (got->fitted_key);
  g_assert_cmpuint (got->k, ==, 3);
  g_assert_cmpuint (got->sizes[0], ==, 5);
  g_assert_cmpuint (got->sizes[1], ==, 3);
  g_assert_cmpuint (got->sizes[2], ==, 4);
  /* the toy's groups 0, 1 and 2 are now 2, 0 and 1 */
  assert_near (ins_matrix_get (got->prototypes, 0, 0), 101);
  assert_near (ins_matrix_get (got->prototypes, 1, 0), 102);
  assert_near (ins_matrix_get (got->prototypes, 2, 0), 100);
  for (gint32 c = 0; c < 3; c++)
    assert_near (ins_matrix_get (got->centres, (gsize)c, 0), naive_mean (place, got->labels, c));
  assert_near (got->metrics.within, naive_within (place, got->labels));
  for (gsize i = 0; i < N; i++)
    {
      sum += got->silhouettes[i];
      sum_picture += got->silhouettes_picture[i];
      g_assert_cmpfloat (got->silhouettes[i], >, 0.8); /* heaps where the model works … */
    }
  assert_near (got->metrics.silhouette, sum / N);
  assert_near (got->metrics.silhouette_picture, sum_picture / N);
  g_assert_cmpfloat (got->metrics.silhouette_picture, <, 0.2); /* … and none in the picture */
  ins_artifact_unref (got);
  ins_results_clear (&results);
}

/* Groups of the same value keep the method's order; without a value all are the same. */
static void
test_ties (void)
{
  static const double same[N] = { 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3 };
  const double *values[] = { same, NULL };
  double holes[N];

  for (gsize v = 0; v < G_N_ELEMENTS (values); v++)
    {
      InsResults results = make_results (N, place, values[v], NULL);
      InsClustering *got = cluster (&results, "clusters=3");

      assert_labels (got->labels, N, "021012011021");
      ins_artifact_unref (got);
      ins_results_clear (&results);
    }
  for (gsize i = 0; i < N; i++) /* a group of which no value is known comes last */
    holes[i] = value[i] == 9 || value[i] == 8 ? NAN : value[i];
  {
    InsResults results = make_results (N, place, holes, NULL);
    InsClustering *got = cluster (&results, "clusters=3");

    assert_labels (got->labels, N, "102120122102");
    ins_artifact_unref (got);
    ins_results_clear (&results);
  }
}

/* A customer who belongs nowhere is counted nowhere, and has no part in the order. */
static void
test_noise (void)
{
  InsResults results = make_results (N, place, value, NULL);
  InsClustering *got;
  GArray *rows;

  asked.noise = 1;
  asked.without_prototypes = TRUE;
  got = cluster (&results, "clusters=3");
  rows = sweep (&results, "clusters=auto", 3, 3);
  asked.noise = 0;
  asked.without_prototypes = FALSE;
  assert_labels (got->labels, N, "-10201200210");
  g_assert_cmpuint (got->sizes[2], ==, 3);
  g_assert_null (got->prototypes);
  assert_near (g_array_index (rows, InsSweepRow, 0).smallest_share, 3.0 / N);
  assert_near (g_array_index (rows, InsSweepRow, 0).top_share, 5.0 / N);
  g_array_unref (rows);
  ins_artifact_unref (got);
  ins_results_clear (&results);
}

static void
test_picture (void)
{
  InsResults results = make_results (N, place, value, picture);
  InsClustering *got = cluster (
      &results, "space=picture,min-clusters=2,max-clusters=6,smallest-share=0,top-share=100");

  g_assert_cmpuint (asked.cols, ==, 2); /* the plane, not the third component */
  assert_near (asked.first, picture[0]);
  assert_near (asked.last, 0);
  g_assert_true (got->space_is_picture);
  g_assert_cmpuint (got->k, ==, 2);
  assert_labels (got->labels, N, "111111000000");
  assert_near (got->metrics.within, naive_within (picture, got->labels));
  assert_near (ins_matrix_get (got->centres, 1, 0), naive_mean (place, got->labels, 1));
  g_assert_cmpfloat (got->metrics.silhouette_picture, >, got->metrics.silhouette);
  g_assert_cmpuint (got->prototypes->cols, ==, 2);
  ins_artifact_unref (got);
  got = cluster (&results,
                 "space=features,min-clusters=2,max-clusters=6,smallest-share=0,top-share=100");
  g_assert_cmpuint (asked.cols, ==, 1);
  g_assert_false (got->space_is_picture);
  g_assert_cmpuint (got->k, ==, 3);
  ins_artifact_unref (got);
  ins_results_clear (&results);
}

/* ---- how many ---- */

typedef struct
{
  int least, most;
  double smallest, top;
} Limits;

/* Shares by counting; sizes[0] is the most valuable group's. */
static gboolean
naive_allows (const Limits *limits, const InsSweepRow *row)
{
  gboolean allowed = (int)row->k >= limits->least && (int)row->k <= limits->most;

  for (gint32 c = 0; c < (gint32)row->k; c++)
    {
      int size = 0;
      for (gsize i = 0; i < N; i++)
        size += row->labels[i] == c;
      g_assert_cmpint (size, >, 0);
      allowed = allowed && size * 100 >= limits->smallest * N;
      allowed = allowed && (c > 0 || size * 100 <= limits->top * N);
    }
  return allowed;
}

/* The k of the best silhouette within the limits, 0 = none. */
static gsize
naive_choice (const Limits *limits, GArray *rows)
{
  gsize best = 0;
  double most = -2;

  for (guint r = 0; r < rows->len; r++)
    {
      const InsSweepRow *row = &g_array_index (rows, InsSweepRow, r);
      g_assert_true (row->allowed == naive_allows (limits, row));
      if (row->allowed && row->metrics.silhouette > most)
        {
          most = row->metrics.silhouette;
          best = row->k;
        }
    }
  return best;
}

static void
check_choice (const InsResults *results, const Limits *limits, gsize seen[2])
{
  g_autofree char *settings =
      g_strdup_printf ("min-clusters=%d,max-clusters=%d,smallest-share=%g,top-share=%g",
                       limits->least, limits->most, limits->smallest, limits->top);
  gsize last = (gsize)MAX (limits->least, limits->most);
  GArray *rows = sweep (results, settings, (gsize)limits->least, last);
  gsize k = naive_choice (limits, rows);
  InsClustering *got = cluster (results, settings);

  g_assert_cmpint (got->choice.kind, ==, k > 0 ? INS_CHOICE_BEST : INS_CHOICE_LARGEST);
  g_assert_cmpuint (got->k, ==, k > 0 ? k : last);
  g_assert_cmpuint (got->choice.from, ==, limits->least);
  g_assert_cmpuint (got->choice.to, ==, last);
  assert_near (got->choice.smallest_share, limits->smallest);
  assert_near (got->choice.top_share, limits->top);
  seen[k > 0]++;
  g_array_unref (rows);
  ins_artifact_unref (got);
}

static void
test_limits (void)
{
  /* 25 % is exactly the smallest of three groups, 8.3 one customer; 41.6 keeps five of twelve out
   */
  static const double smallest[] = { 0, 8, 8.4, 25, 25.1 }, top[] = { 100, 41.7, 41.6, 25, 8.3 };
  InsResults results = make_results (N, place, value, NULL);
  gsize seen[2] = { 0 };

  for (int least = 1; least <= 4; least++)
    for (int most = 2; most <= 10; most += 4)
      for (gsize s = 0; s < G_N_ELEMENTS (smallest); s++)
        for (gsize t = 0; t < G_N_ELEMENTS (top); t++)
          check_choice (&results, &(Limits){ least, most, smallest[s], top[t] }, seen);
  g_assert_cmpuint (seen[0], >, 20);
  g_assert_cmpuint (seen[1], >, 20);
  ins_results_clear (&results);
}

/* Limits guide the choice; who asks for a number gets it. */
static void
test_given (void)
{
  InsResults results = make_results (N, place, value, NULL);
  InsClustering *got = cluster (&results, "clusters=2,smallest-share=50,top-share=1");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (asked.from, ==, 2);
  g_assert_cmpuint (asked.to, ==, 2);
  g_assert_cmpint (got->choice.kind, ==, INS_CHOICE_GIVEN);
  g_assert_cmpuint (got->k, ==, 2);
  ins_artifact_unref (got);
  got = cluster (&results, "clusters=12");
  g_assert_cmpuint (got->k, ==, N);
  g_assert_cmpint (got->choice.kind, ==, INS_CHOICE_GIVEN);
  ins_artifact_unref (got);
  asked.calls = 0;
  g_assert_null (try_cluster (&results, "clusters=13", &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "13 clusters"));
  g_assert_nonnull (strstr (error->message, "12 customers"));
  g_assert_cmpuint (asked.calls, ==, 0);
  ins_results_clear (&results);
}

/* The row flagged is the best of all; the limits only say which are allowed. */
static void
test_sweep (void)
{
  InsResults results = make_results (N, place, value, NULL);
  GArray *rows = sweep (&results, "top-share=30", 2, 50);
  double best = -2;

  g_assert_cmpuint (rows->len, ==, N - 1); /* as far as customers differ */
  for (guint r = 0; r < rows->len; r++)
    best = MAX (best, g_array_index (rows, InsSweepRow, r).metrics.silhouette);
  for (guint r = 0; r < rows->len; r++)
    {
      const InsSweepRow *row = &g_array_index (rows, InsSweepRow, r);
      g_assert_cmpuint (row->k, ==, r + 2);
      g_assert_cmpstr (row->model, ==, "toy");
      g_assert_true (row->best == (row->metrics.silhouette >= best));
      g_assert_true (row->best == (row->k == 3));
      g_assert_false (row->k == 3 && row->allowed);
      g_assert_true (row->k == 10 ? row->allowed : TRUE);
    }
  g_array_unref (rows);
  ins_results_clear (&results);
}

static void
check_count (const InsResults *results, const char *settings, gsize k, InsChoiceKind kind)
{
  InsClustering *got = cluster (results, settings);

  g_assert_cmpuint (got->k, ==, k);
  g_assert_cmpuint (asked.to, <=, k);
  g_assert_cmpint (got->choice.kind, ==, kind);
  ins_artifact_unref (got);
}

/* Never more groups than customers differ. */
static void
test_distinct (void)
{
  static const double pairs[] = { 1, 5, 10, 10, 5, 1 }, same[] = { 7, 7, 7, 7, 7, 7 };
  InsResults results = make_results (6, pairs, value, NULL);

  check_count (&results, "clusters=5", 3, INS_CHOICE_DISTINCT);
  check_count (&results, "clusters=3", 3, INS_CHOICE_GIVEN);
  check_count (&results, "min-clusters=4,top-share=100", 3, INS_CHOICE_LARGEST);
  check_count (&results, "min-clusters=2,top-share=100", 3, INS_CHOICE_BEST);
  ins_results_clear (&results);
  results = make_results (6, same, value, NULL);
  check_count (&results, "clusters=2", 1, INS_CHOICE_DISTINCT);
  check_count (&results, "clusters=auto", 1, INS_CHOICE_LARGEST);
  ins_results_clear (&results);
}

static void
test_few (void)
{
  InsResults results = make_results (1, place, value, NULL);
  InsClustering *got = cluster (&results, "clusters=auto");
  g_autoptr (GError) none = NULL, two = NULL;

  g_assert_cmpuint (got->k, ==, 1);
  g_assert_cmpint (got->labels[0], ==, 0);
  g_assert_cmpuint (got->sizes[0], ==, 1);
  g_assert_true (isnan (got->metrics.silhouette));
  assert_near (got->metrics.within, 0);
  ins_artifact_unref (got);
  check_count (&results, "clusters=1", 1, INS_CHOICE_GIVEN);
  g_assert_null (try_cluster (&results, "clusters=2", &two));
  g_assert_error (two, INS_ERROR, INS_ERROR_INPUT);
  ins_results_clear (&results);
  results = make_results (0, place, value, NULL);
  g_assert_null (try_cluster (&results, "clusters=auto", &none));
  g_assert_error (none, INS_ERROR, INS_ERROR_INPUT);
  ins_results_clear (&results);
}

/* ---- cancelling ---- */

static gboolean
kernel (gpointer data, InsRun *run, GError **error)
{
  g_autoptr (InsStep) step = make_step ("min-clusters=2,max-clusters=40");
  InsContext context = { .inputs = *(InsResults *)data };
  InsClustering *got = INS_STEP_GET_CLASS (step)->run (step, &context, run, error);

  if (got == NULL)
    return FALSE;
  ins_artifact_unref (got);
  return TRUE;
}

static void
test_cancel (void)
{
  const gsize n = 3000;
  g_autofree double *many = g_new (double, n);
  InsResults results;

  for (gsize i = 0; i < n; i++)
    many[i] = (double)ins_random_bits (1, i, 0);
  results = make_results (n, many, many, NULL);
  ins_test_cancelled_before (kernel, &results);
  ins_test_cancelling (kernel, &results, 8, 60000);
  ins_results_clear (&results);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cluster-step/order", test_order);
  g_test_add_func ("/cluster-step/ties", test_ties);
  g_test_add_func ("/cluster-step/noise", test_noise);
  g_test_add_func ("/cluster-step/picture", test_picture);
  g_test_add_func ("/cluster-step/limits", test_limits);
  g_test_add_func ("/cluster-step/given", test_given);
  g_test_add_func ("/cluster-step/sweep", test_sweep);
  g_test_add_func ("/cluster-step/distinct", test_distinct);
  g_test_add_func ("/cluster-step/few", test_few);
  g_test_add_func ("/cluster-step/cancel", test_cancel);
  return g_test_run ();
}
