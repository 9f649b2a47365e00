/* test-frozen.c: a frozen model on its own data and on others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "frozen-test.h"

#include "tests/ins-golden.h"

/* ---- the naive version ---- */

static double
naive_scale (const InsScaling *scaling, double value)
{
  gboolean logarithm = scaling->method >= INS_SCALE_LOG1P;
  double x = !logarithm ? value : value < 0 ? -log1p (-value) : log1p (value);

  return (x - scaling->offset) / scaling->divisor;
}

/* The customers that are whole, or can be filled, in order; each value scaled as of old. */
static void
assert_scaled_naively (const InsResults *now, const InsScaled *old)
{
  const InsFeatures *features = now->features;
  const InsScaled *scaled = now->scaled;
  gsize n = 0;

  g_assert_cmpuint (scaled->d, ==, old->d);
  for (guint32 i = 0; i < features->n; i++)
    {
      gboolean whole = TRUE;

      for (gsize j = 0; j < old->d; j++)
        {
          int column = ins_features_find (features, old->names[j]);
          whole = whole
                  && (isfinite (ins_matrix_get (features->values, i, (gsize)column))
                      || isfinite (old->fills[j]));
        }
      if (!whole)
        continue;
      g_assert_cmpuint (scaled->rows[n], ==, i);
      for (gsize j = 0; j < old->d; j++)
        {
          int column = ins_features_find (features, old->names[j]);
          double value = ins_matrix_get (features->values, i, (gsize)column);

          g_assert_cmpstr (scaled->names[j], ==, old->names[j]);
          g_assert_cmpuint (scaled->columns[j], ==, (guint32)column);
          g_assert_cmpfloat (
              ins_matrix_get (scaled->x, n, j), ==,
              naive_scale (&old->scalings[j], isfinite (value) ? value : old->fills[j]));
        }
      n++;
    }
  g_assert_cmpuint (scaled->n, ==, n);
}

static void
assert_turned_naively (const InsResults *now, const InsEmbedding *old)
{
  const InsMatrix *x = now->scaled->x, *scores = now->embedding->scores;

  g_assert_cmpuint (scores->rows, ==, x->rows);
  g_assert_cmpuint (scores->cols, ==, old->loadings->cols);
  for (gsize i = 0; i < x->rows; i++)
    for (gsize c = 0; c < scores->cols; c++)
      {
        double sum = 0;
        for (gsize j = 0; j < x->cols; j++)
          sum += (ins_matrix_get (x, i, j) - old->mean[j]) * ins_matrix_get (old->loadings, j, c);
        g_assert_cmpfloat_with_epsilon (sum, ins_matrix_get (scores, i, c), 1e-12);
      }
}

/* Means of the old groups in the model's space, or what K-Means' labels were nearest to. */
static InsMatrix *
naive_prototypes (const InsResults *old)
{
  const InsClustering *fitted = old->clustering;
  const InsMatrix *points = fitted->space_is_picture ? old->embedding->scores : old->scaled->x;
  gsize d = fitted->space_is_picture ? 2 : points->cols;
  InsMatrix *means = ins_matrix_new (fitted->k, d);

  for (gsize c = 0; c < fitted->k; c++)
    for (gsize j = 0; j < d; j++)
      {
        double sum = 0;
        for (gsize i = 0; i < points->rows; i++)
          if (fitted->labels[i] == (gint32)c)
            sum += ins_matrix_get (points, i, j);
        ins_matrix_set (means, c, j, sum / (double)fitted->sizes[c]);
        if (fitted->prototypes != NULL) /* close to the means, whatever they are exactly */
          {
            double prototype = ins_matrix_get (fitted->prototypes, c, j);
            g_assert_cmpfloat_with_epsilon (prototype, ins_matrix_get (means, c, j), 2);
            ins_matrix_set (means, c, j, prototype);
          }
      }
  return means;
}

static double
naive_distance (const InsMatrix *points, gsize i, const InsMatrix *centres, gsize c)
{
  double sum = 0;

  for (gsize j = 0; j < centres->cols; j++)
    {
      double u = ins_matrix_get (points, i, j) - ins_matrix_get (centres, c, j);
      sum += u * u;
    }
  return sum;
}

static void
assert_grouped_naively (const InsResults *now, const InsResults *old)
{
  const InsClustering *clustering = now->clustering, *fitted = old->clustering;
  const InsMatrix *points = fitted->space_is_picture ? now->embedding->scores : now->scaled->x;
  g_autoptr (InsMatrix) prototypes = naive_prototypes (old);
  g_autofree gsize *sizes = g_new0 (gsize, fitted->k);

  g_assert_cmpuint (clustering->k, ==, fitted->k);
  g_assert_cmpuint (clustering->n, ==, now->scaled->n);
  for (gsize i = 0; i < clustering->n; i++)
    {
      gsize best = 0;
      for (gsize c = 1; c < fitted->k; c++)
        if (naive_distance (points, i, prototypes, c)
            < naive_distance (points, i, prototypes, best) * (1 - 1e-12))
          best = c;
      g_assert_cmpint (clustering->labels[i], ==, (gint32)best);
      sizes[best]++;
    }
  g_assert_cmpmem (clustering->sizes, fitted->k * sizeof *sizes, sizes, fitted->k * sizeof *sizes);
  g_assert_true (clustering->centres == fitted->centres);
  g_assert_cmpint (clustering->space_is_picture, ==, fitted->space_is_picture);
  g_assert_cmpstr (clustering->model, ==, fitted->model);
  g_assert_cmpstr (clustering->fitted_on, ==, fitted->fitted_on);
  g_assert_cmpstr (clustering->fitted_key, ==, fitted->artifact.key);
  g_assert_cmpstr (ins_clustering_get_origin (clustering), ==, ins_clustering_get_origin (fitted));
  g_assert_null (clustering->tree);
}

/* Column of the profile that describes the @j-th feature of the model. */
static gsize
find_described (const InsResults *now, gsize j)
{
  gsize found = 0;

  while (now->profile->features[found] != now->scaled->columns[j])
    found++;
  return found;
}

/* Empty groups are told as such and do no harm. */
static void
assert_judged (const InsResults *now)
{
  const InsClustering *clustering = now->clustering;
  const InsProfile *profile = now->profile;
  double share = 0;
  gsize used = 0;

  for (gsize c = 0; c < clustering->k; c++)
    {
      used += clustering->sizes[c] > 0;
      share += profile->share_customers[c];
      g_assert_cmpuint (profile->customers[c], ==, clustering->sizes[c]);
      for (gsize j = 0; j < profile->n_features && clustering->sizes[c] == 0; j++)
        g_assert_true (isnan (ins_matrix_get (profile->mean, c, j)));
      for (gsize j = 0; j < now->scaled->d && clustering->sizes[c] > 0; j++)
        g_assert_true (isfinite (ins_matrix_get (profile->mean, c, find_described (now, j))));
    }
  g_assert_cmpfloat_with_epsilon (share, 1, 1e-12);
  g_assert_cmpint (isnan (clustering->metrics.silhouette), ==, used < 2);
  g_assert_cmpint (isnan (clustering->metrics.davies_bouldin), ==, used < 2);
  g_assert_cmpfloat (clustering->metrics.within, >, 0);
}

static void
assert_applied_naively (const InsResults *now, const InsResults *old)
{
  assert_scaled_naively (now, old->scaled);
  assert_turned_naively (now, old->embedding);
  assert_grouped_naively (now, old);
  if (now->profile != NULL)
    assert_judged (now);
}

/* ---- its own data ---- */

/* NaN is NaN. */
static void
assert_same_metrics (const InsMetrics *a, const InsMetrics *b)
{
  const double x[] = { a->silhouette, a->silhouette_picture, a->calinski_harabasz,
                       a->davies_bouldin, a->within };
  const double y[] = { b->silhouette, b->silhouette_picture, b->calinski_harabasz,
                       b->davies_bouldin, b->within };

  for (gsize i = 0; i < G_N_ELEMENTS (x); i++)
    g_assert_true (x[i] == y[i] || (isnan (x[i]) && isnan (y[i])));
}

static void
apply_to_its_own (InsPipeline *pipeline, const char *path)
{
  g_auto (InsResults) old = compute (pipeline, path, MODEL, 2);
  g_auto (InsResults) now = { 0 };
  gsize cells = old.scaled->n * old.scaled->d * sizeof (double);

  ins_pipeline_freeze (pipeline, &old);
  now = compute (pipeline, path, MODEL, 2);
  g_assert_true (now.clustering != old.clustering);
  g_assert_cmpmem (now.scaled->x->data, cells, old.scaled->x->data, cells);
  g_assert_cmpuint (now.embedding->scores->cols, ==, old.embedding->scores->cols);
  for (gsize i = 0; i < old.scaled->n * old.embedding->scores->cols; i++)
    g_assert_cmpfloat_with_epsilon (now.embedding->scores->data[i], old.embedding->scores->data[i],
                                    1e-12);
  g_assert_cmpmem (now.clustering->labels, now.clustering->n * sizeof (gint32),
                   old.clustering->labels, old.clustering->n * sizeof (gint32));
  assert_same_metrics (&now.clustering->metrics, &old.clustering->metrics);
  assert_applied_naively (&now, &old);
}

static void
test_its_own_data (void)
{
  static const char *const presets[] = { "insiders", "notebook" };
  g_auto (TestFile) path = write_shop (1, 0, 300);

  for (gsize p = 0; p < G_N_ELEMENTS (presets); p++)
    for (int k = 0; k <= 12; k += k < 3 ? 1 : 3)
      for (int picture = 0; picture < 2; picture++)
        {
          g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
          g_autofree char *chain = NULL;

          g_assert_true (ins_pipeline_load_preset (pipeline, presets[p], NULL));
          chain = k == 0 ? g_strdup_printf ("kmeans clusters=auto restarts=2 space=%s",
                                            picture ? "picture" : "features")
                         : g_strdup_printf ("kmeans clusters=%d restarts=2 space=%s", k,
                                            picture ? "picture" : "features");
          apply_chain (pipeline, chain);
          apply_to_its_own (pipeline, path);
        }
}

/* A start that may not settle has labels that the means alone do not give. */
static void
test_unsettled (void)
{
  g_auto (TestFile) path = write_shop (1, 0, 300);
  g_autoptr (InsPipeline) early = make_pipeline (FALSE, "kmeans clusters=9 max-iterations=1");
  g_autoptr (InsPipeline) rough = make_pipeline (FALSE, "kmeans clusters=9 tolerance=1");

  apply_to_its_own (early, path);
  apply_to_its_own (rough, path);
}

/* ---- other data ---- */

static void
apply_to_others (const char *chain, const char *path, const char *other)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (FALSE, chain);
  g_auto (InsResults) old = compute (pipeline, path, ALL, 2);
  g_auto (InsResults) now = { 0 };
  g_auto (InsResults) fresh = { 0 };
  gsize n_other = 0;

  ins_pipeline_freeze (pipeline, &old);
  now = compute (pipeline, other, ALL, 2);
  assert_applied_naively (&now, &old);
  g_assert_nonnull (now.sweep);
  ins_pipeline_freeze (pipeline, NULL);
  fresh = compute (pipeline, other, MODEL, 2);
  for (gsize j = 0; j < now.scaled->d; j++)
    n_other += fresh.scaled->scalings[j].divisor != now.scaled->scalings[j].divisor;
  g_assert_cmpuint (n_other, >, 0); /* else nothing was shown */
  g_assert_null (fresh.clustering->fitted_key);
}

static void
test_other_data (void)
{
  g_auto (TestFile) path = write_shop (1, 0, 300);
  g_auto (TestFile) half = write_shop (1, 0, 150);
  g_auto (TestFile) others = write_shop (2, 300, 90);
  static const char *const chains[] = {
    "kmeans clusters=4 restarts=2 sweep to=3",
    "kmeans clusters=7 restarts=2 space=picture sweep to=3",
    "scale method=minmax pca components=4 kmeans clusters=3 restarts=2 sweep to=3",
    "scale method=robust hierarchical clusters=5 sweep to=3 models=hierarchical",
    "hierarchical clusters=3 space=picture linkage=average sweep to=3",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
    {
      apply_to_others (chains[i], path, half);
      apply_to_others (chains[i], path, others);
      apply_to_others (chains[i], half, path);
    }
}

/* Only one kind came: the other groups are there, without customers. */
static void
test_empty_groups (void)
{
  g_auto (TestFile) path = write_table (&(Table){ .n = 120, .seed = 1, .kind = -1 });
  static const char *const chains[] = { "kmeans clusters=3 restarts=3 sweep to=3",
                                        "hierarchical clusters=3 sweep to=3" };

  for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
    for (int kind = 0; kind < 3; kind++)
      for (guint n = 1; n <= 40; n += 39)
        {
          g_auto (TestFile) one = write_table (&(Table){ .n = n, .seed = 2, .kind = kind });
          g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, chains[i]);
          g_auto (InsResults) old = compute (pipeline, path, MODEL, 2);
          g_auto (InsResults) now = { 0 };
          gsize empty = 0;

          ins_pipeline_freeze (pipeline, &old);
          now = compute (pipeline, one, n == 1 ? MODEL & ~(1u << INS_STAGE_PROFILE) : MODEL, 2);
          assert_applied_naively (&now, &old);
          for (gsize c = 0; c < 3; c++)
            empty += now.clustering->sizes[c] == 0;
          g_assert_cmpuint (empty, ==, 2);
        }
}

/* ---- scikit-learn: fit on one half, transform and predict all ---- */

/* The first @n rows as a ready table. */
static char *
write_matrix (const InsMatrix *x, gsize n)
{
  g_autoptr (GString) text = g_string_new ("id");
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  for (gsize j = 0; j < x->cols; j++)
    g_string_append_printf (text, ",f%u", (guint)j);
  for (gsize i = 0; i < n; i++)
    {
      g_string_append_printf (text, "\nK%05u", (guint)i);
      for (gsize j = 0; j < x->cols; j++)
        g_string_append_printf (
            text, ",%s",
            g_ascii_formatd (number, sizeof number, "%.17f", ins_matrix_get (x, i, j)));
    }
  g_string_append (text, "\n");
  return write_text (text->str);
}

static InsMatrix *
golden (const char *data, const char *part)
{
  g_autofree char *name = part ? g_strdup_printf ("%s.applied-%s", data, part) : g_strdup (data);

  return ins_golden ("num.txt", name);
}

static void
assert_close (const InsMatrix *a, const InsMatrix *b)
{
  g_assert_cmpuint (a->rows, ==, b->rows);
  g_assert_cmpuint (a->cols, ==, b->cols);
  for (gsize i = 0; i < a->rows * a->cols; i++)
    g_assert_cmpfloat_with_epsilon (a->data[i], b->data[i], 1e-9);
}

/* Two features that are standardised have loadings of one size: any sign is the largest one's. */
static void
align_signs (InsMatrix *scores, const InsMatrix *to)
{
  for (gsize c = 0; c < scores->cols; c++)
    if (ins_matrix_get (scores, 0, c) * ins_matrix_get (to, 0, c) < 0)
      for (gsize i = 0; i < scores->rows; i++)
        ins_matrix_set (scores, i, c, -ins_matrix_get (scores, i, c));
}

/* Clusters are numbered by value here: theirs is the one whose centre is the same. */
static void
assert_like_predicted (const InsClustering *clustering, const InsMatrix *centres,
                       const InsMatrix *labels)
{
  g_assert_cmpuint (clustering->k, ==, centres->rows);
  for (gsize i = 0; i < clustering->n; i++)
    {
      gsize theirs = (gsize)labels->data[i], ours = (gsize)clustering->labels[i];
      for (gsize j = 0; j < centres->cols; j++)
        g_assert_cmpfloat_with_epsilon (ins_matrix_get (centres, theirs, j),
                                        ins_matrix_get (clustering->centres, ours, j), 1e-9);
    }
}

static void
test_like_sklearn (gconstpointer name)
{
  g_autoptr (InsMatrix) x = golden (name, NULL);
  g_autoptr (InsMatrix) scaled = golden (name, "scaled");
  g_autoptr (InsMatrix) scores = golden (name, "scores");
  g_autoptr (InsMatrix) centres = golden (name, "centres");
  g_autoptr (InsMatrix) labels = golden (name, "labels");
  g_auto (TestFile) half = write_matrix (x, x->rows / 2);
  g_auto (TestFile) all = write_matrix (x, x->rows);
  g_autofree char *chain = g_strdup_printf (
      "scale method=log1p-standard pca components=%u kmeans clusters=%u restarts=40 tolerance=0",
      (guint)x->cols, (guint)centres->rows);
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, chain);
  g_auto (InsResults) old = compute (pipeline, half, MODEL, 2);
  g_auto (InsResults) now = { 0 };

  ins_pipeline_freeze (pipeline, &old);
  now = compute (pipeline, all, MODEL, 2);
  assert_close (now.scaled->x, scaled);
  align_signs (scores, now.embedding->scores);
  assert_close (now.embedding->scores, scores);
  assert_like_predicted (now.clustering, centres, labels);
}

/* ---- missing values ---- */

static void
apply_with_holes (const char *missing, guint old_holes, guint new_holes, gsize expected_d,
                  gsize expected_n)
{
  g_auto (TestFile) path =
      write_table (&(Table){ .n = 90, .seed = 1, .holes = old_holes, .kind = -1 });
  g_auto (TestFile) other =
      write_table (&(Table){ .n = 60, .seed = 2, .holes = new_holes, .kind = -1 });
  g_autofree char *chain =
      g_strdup_printf ("scale missing=%s kmeans clusters=3 restarts=2", missing);
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, chain);
  g_auto (InsResults) old = compute (pipeline, path, MODEL, 2);
  g_auto (InsResults) now = { 0 };

  ins_pipeline_freeze (pipeline, &old);
  now = compute (pipeline, other, MODEL, 2);
  assert_applied_naively (&now, &old);
  g_assert_cmpuint (now.scaled->d, ==, expected_d);
  g_assert_cmpuint (now.scaled->n, ==, expected_n);
  if (expected_n < 60)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (now.scaled->bars, now.scaled->bars->len - 1);
      g_assert_cmpuint (bar->customers, ==, expected_n);
    }
}

static void
test_missing (void)
{
  apply_with_holes ("leave-out-feature", 0, 10, 4, 54); /* nothing else can be done with them */
  apply_with_holes ("leave-out-feature", 10, 0, 3, 60); /* the model has not got the feature */
  apply_with_holes ("leave-out-feature", 10, 7, 3, 60);
  apply_with_holes ("leave-out-customers", 0, 10, 4, 54);
  apply_with_holes ("leave-out-customers", 10, 0, 4, 60);
  apply_with_holes ("leave-out-customers", 10, 20, 4, 57);
  apply_with_holes ("median", 0, 10, 4, 60);
  apply_with_holes ("median", 10, 0, 4, 60);
  apply_with_holes ("median", 10, 2, 4, 60);
}

/* The old median, not the new one's. */
static void
test_old_median (void)
{
  g_auto (TestFile) path = write_text ("id,a,b\nu,1,10\nv,2,\nw,3,30\nx,9,40\ny,8,90\nz,7,100\n");
  g_auto (TestFile) other = write_text ("id,a,b\nk,1,7000\nl,2,\nm,9,8000\nn,8,9000\n");
  g_autoptr (InsPipeline) pipeline =
      make_pipeline (TRUE, "scale missing=median method=none kmeans clusters=2");
  g_auto (InsResults) old = compute (pipeline, path, MODEL, 1);
  g_auto (InsResults) now = { 0 };
  int b = g_strcmp0 (old.scaled->names[0], "b") == 0 ? 0 : 1;

  g_assert_cmpfloat (old.scaled->fills[b], ==, 40);
  ins_pipeline_freeze (pipeline, &old);
  now = compute (pipeline, other, MODEL, 1);
  g_assert_cmpfloat (ins_matrix_get (now.scaled->x, 1, (gsize)b), ==, 40);
  g_assert_cmpfloat (ins_matrix_get (now.scaled->x, 0, (gsize)b), ==, 7000);
}

/* ---- what cannot be done ---- */

static void
assert_refused (InsPipeline *pipeline, const char *path, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_auto (InsResults) results = { 0 };

  g_assert_false (try_compute (pipeline, path, MODEL, 1, &results, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” is not in: %s", word, error->message);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_null (results.clustering);
}

static void
test_refused (void)
{
  g_auto (TestFile) path = write_table (&(Table){ .n = 90, .seed = 1, .kind = -1 });
  g_auto (TestFile) renamed =
      write_table (&(Table){ "a,Bee,c,spend", .n = 90, .seed = 1, .kind = -1 });
  g_auto (TestFile) words = write_text ("id,a,b,c,spend\nK1,1,x,2,3\nK2,1,y,2,3\nK3,2,z,2,4\n");
  g_auto (TestFile) holes = write_text ("id,a,b,c,spend\nK1,,2,3,4\nK2,1,,3,4\nK3,2,,3,4\n");
  g_auto (TestFile) shop = write_shop (1, 0, 50);
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, "kmeans clusters=3 restarts=2");
  g_auto (InsResults) old = compute (pipeline, path, MODEL, 1);

  ins_pipeline_freeze (pipeline, &old);
  assert_refused (pipeline, renamed, "“b”");
  assert_refused (pipeline, words, "“b”");
  assert_refused (pipeline, holes, "No customer is left");
  apply_chain (pipeline, "import table=no roles=");
  assert_refused (pipeline, shop, "“a”");
}

/* Without a mean, or loadings, nobody can be turned. */
static void
test_no_loadings (void)
{
  g_auto (TestFile) path = write_table (&(Table){ .n = 90, .seed = 1, .kind = -1 });

  for (int round = 0; round < 2; round++)
    {
      g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, "kmeans clusters=3 restarts=2");
      g_auto (InsResults) old = compute (pipeline, path, MODEL, 1);

      if (round == 0)
        g_clear_pointer (&old.embedding->mean, g_free);
      else
        g_clear_pointer (&old.embedding->loadings, ins_matrix_unref);
      ins_pipeline_freeze (pipeline, &old);
      assert_refused (pipeline, path, "picture");
    }
}

/* ---- threads and cancelling ---- */

static void
test_threads (void)
{
  static const guint threads[] = { 1, 2, 7 };
  static const char *const chains[] = { "kmeans clusters=5 restarts=2 sweep to=3",
                                        "hierarchical clusters=4 sweep to=3" };
  g_auto (TestFile) path = write_shop (1, 0, 300);
  g_auto (TestFile) other = write_shop (2, 100, 2500);

  for (gsize c = 0; c < G_N_ELEMENTS (chains); c++)
    {
      g_autofree char *first = NULL;

      for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
        {
          g_autoptr (InsPipeline) pipeline = make_pipeline (FALSE, chains[c]);
          g_auto (InsResults) old = compute (pipeline, path, MODEL, threads[t]);
          g_auto (InsResults) now = { 0 };
          g_autofree char *sha256 = NULL;

          ins_pipeline_freeze (pipeline, &old);
          now = compute (pipeline, other, MODEL, threads[t]);
          sha256 = ins_results_sha256 (&now);
          g_assert_nonnull (sha256);
          if (first == NULL)
            first = g_strdup (sha256);
          g_assert_cmpstr (first, ==, sha256);
        }
    }
}

typedef struct
{
  InsRun *run;
  gulong delay;
} Cancel;

static gpointer
cancel_later (gpointer data)
{
  Cancel *cancel = data;

  g_usleep (cancel->delay);
  ins_run_cancel (cancel->run);
  return NULL;
}

static void
test_cancel (void)
{
  g_auto (TestFile) path = write_shop (1, 0, 300);
  g_auto (TestFile) other = write_shop (2, 100, 2500);
  g_autoptr (InsPipeline) pipeline = make_pipeline (FALSE, "kmeans clusters=5 restarts=2");
  g_auto (InsResults) old = compute (pipeline, path, MODEL, 2);
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsRun) first = ins_run_new (2, NULL);
  g_autoptr (InsPlan) features = NULL;
  const char *sha256;
  guint n_cancelled = 0;

  ins_pipeline_freeze (pipeline, &old);
  features = ins_plan_new (pipeline, other, NULL, 1u << INS_STAGE_FEATURES, cache);
  g_assert_true (ins_plan_execute (features, first, NULL));
  sha256 = ins_plan_get_results (features)->import->source_sha256;
  for (guint i = 0; i < 24; i++)
    {
      g_autoptr (InsCache) own = ins_cache_new (1 << 28);
      g_autoptr (InsRun) run = ins_run_new (1 + i % 2, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (InsPlan) plan = NULL;
      Cancel cancel = { run, i == 0 ? 0 : ins_random_below (7, 0, i, 30000) };
      GThread *thread;

      for (int stage = 0; stage <= INS_STAGE_FEATURES; stage++)
        ins_cache_put (own, ins_plan_get_results (features)->stage[stage]);
      plan = ins_plan_new (pipeline, other, sha256, MODEL, own);
      thread = g_thread_new ("cancel", cancel_later, &cancel);
      if (i == 0)
        g_thread_join (thread);
      if (ins_plan_execute (plan, run, &error))
        g_assert_nonnull (ins_plan_get_results (plan)->clustering);
      else
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_null (ins_plan_get_results (plan)->profile);
          n_cancelled++;
        }
      if (i > 0)
        g_thread_join (thread);
    }
  g_assert_cmpuint (n_cancelled, >, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frozen/its-own-data", test_its_own_data);
  g_test_add_func ("/frozen/unsettled", test_unsettled);
  g_test_add_func ("/frozen/other-data", test_other_data);
  g_test_add_func ("/frozen/empty-groups", test_empty_groups);
  g_test_add_data_func ("/frozen/like-sklearn/blobs", "blobs", test_like_sklearn);
  g_test_add_data_func ("/frozen/like-sklearn/skew", "skew", test_like_sklearn);
  g_test_add_func ("/frozen/missing", test_missing);
  g_test_add_func ("/frozen/old-median", test_old_median);
  g_test_add_func ("/frozen/refused", test_refused);
  g_test_add_func ("/frozen/no-loadings", test_no_loadings);
  g_test_add_func ("/frozen/threads", test_threads);
  g_test_add_func ("/frozen/cancel", test_cancel);
  return g_test_run ();
}
