/* test-plan.c: whole runs on a small shop: cache, threads, cancel, sources that change
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-plan.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-random.h"
#include "pipeline/ins-identity.h"

#define ALL ((1u << INS_N_STAGES) - 1)

/* A shop of 300 customers in three kinds; the same bytes every time.  Returns: its path */
static char *
write_shop (guint64 seed)
{
  g_autoptr (GString) text =
      g_string_new ("invoice,product,quantity,date,price,customer,country\n");
  char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fd, invoice = 1000;

  for (guint c = 0; c < 300; c++)
    for (guint i = 0; i <= (c % 10 == 0 ? 12 : c % 3); i++)
      for (guint l = 0; l < 3; l++)
        g_string_append_printf (
            text, "%d,P%u,%u,2025-%02u-%02u,%u.%02u,%u,Chile\n", invoice + (int)i + (int)c * 20,
            ins_random_below (seed, c, i * 10 + l, 90), 1 + ins_random_below (seed, c, l, 9),
            1 + (c % 10 == 0 ? i : c % 9), 1 + ins_random_below (seed, c, 100 + i, 28),
            c % 10 == 0 ? 40 : 2, ins_random_below (seed, c, 200 + l, 100), 500 + c);
  fd = g_file_open_tmp ("insiders-test-XXXXXX.csv", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text->str, -1, &error));
  return path;
}

static void
set (InsPipeline *pipeline, InsStage stage, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  ins_step_set (ins_pipeline_get_step (pipeline, stage), name, text, &error);
  g_assert_no_error (error);
}

/* A pipeline whose model keeps its limits on the small shop. */
static InsPipeline *
make_pipeline (void)
{
  InsPipeline *pipeline = ins_pipeline_new ();

  set (pipeline, INS_STAGE_CLUSTER, "top-share", "20");
  set (pipeline, INS_STAGE_SWEEP, "to", "6");
  return pipeline;
}

static InsPlan *
execute (InsPipeline *pipeline, const char *path, const char *sha256, guint stages, InsCache *cache,
         guint threads)
{
  g_autoptr (InsRun) run = ins_run_new (threads, NULL);
  g_autoptr (GError) error = NULL;
  InsPlan *plan = ins_plan_new (pipeline, path, sha256, stages, cache);

  ins_plan_execute (plan, run, &error);
  g_assert_no_error (error);
  return plan;
}

static void
test_whole_run (void)
{
  g_autofree char *path = write_shop (1);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) plan = execute (pipeline, path, NULL, ALL, cache, 2);
  const InsResults *results = ins_plan_get_results (plan);
  const InsClustering *clustering = results->clustering;
  g_autofree char *sha256 = ins_results_sha256 (results);
  double mean[2] = { 0 }, total = 0;

  for (int i = 0; i < INS_N_STAGES; i++)
    g_assert_nonnull (results->stage[i]);
  g_assert_true (ins_results_are_consistent (results));
  g_assert_cmpint (results->features->n, ==, 300);
  g_assert_cmpint (clustering->k, >=, 3);
  g_assert_cmpint (clustering->sizes[0], ==, 30);
  g_assert_cmpint (clustering->choice.kind, ==, INS_CHOICE_BEST);
  for (gsize i = 0; i < 300; i++)
    if (clustering->labels[i] < 2)
      mean[clustering->labels[i]] +=
          ins_matrix_get (results->features->values, i, (gsize)results->features->value_feature)
          / (double)clustering->sizes[clustering->labels[i]];
  g_assert_cmpfloat (mean[0], >, mean[1]);
  for (gsize c = 0; c < clustering->k; c++)
    total += results->profile->share_revenue[c];
  g_assert_cmpfloat_with_epsilon (total, 1, 1e-12);
  g_assert_cmpint (results->sweep->n_rows, ==, 5);
  g_assert_cmpint (strlen (sha256), ==, 64);
  g_unlink (path);
}

static void
test_threads (void)
{
  static const guint threads[] = { 1, 2, 7 };
  g_autofree char *path = write_shop (2);
  g_autofree char *first = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (InsPipeline) pipeline = make_pipeline ();
      g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
      g_autoptr (InsPlan) plan = execute (pipeline, path, NULL, ALL, cache, threads[i]);
      g_autofree char *sha256 = ins_results_sha256 (ins_plan_get_results (plan));

      if (first == NULL)
        first = g_steal_pointer (&sha256);
      else
        g_assert_cmpstr (first, ==, sha256);
    }
  g_unlink (path);
}

static void
test_cache (void)
{
  g_autofree char *path = write_shop (3);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) first = execute (pipeline, path, NULL, ALL, cache, 1);
  const char *sha256 = ins_plan_get_results (first)->import->source_sha256;
  g_autoptr (InsPlan) second = NULL;
  g_autoptr (InsPlan) third = NULL;

  set (pipeline, INS_STAGE_CLUSTER, "clusters", "4");
  second = execute (pipeline, path, sha256, ALL, cache, 1);
  g_assert_true (ins_plan_was_cached (second, INS_STAGE_EMBED));
  g_assert_true (ins_plan_was_cached (second, INS_STAGE_SWEEP));
  g_assert_false (ins_plan_was_cached (second, INS_STAGE_CLUSTER));
  g_assert_false (ins_plan_was_cached (second, INS_STAGE_PROFILE));
  g_assert_cmpint (ins_plan_get_results (second)->clustering->k, ==, 4);

  set (pipeline, INS_STAGE_CLUSTER, "clusters", "auto"); /* back: nothing is computed */
  third = execute (pipeline, path, sha256, ALL, cache, 1);
  for (int i = 0; i < INS_N_STAGES; i++)
    g_assert_true (ins_plan_was_cached (third, i));
  g_assert_true (ins_plan_get_results (third)->clustering
                 == ins_plan_get_results (first)->clustering);
  g_unlink (path);
}

static void
test_cache_is_bounded (void)
{
  g_autoptr (InsCache) cache = ins_cache_new (10000);

  for (int i = 0; i < 50; i++)
    {
      InsEmbedding *e = ins_artifact_alloc (&ins_embedding_type, sizeof *e);
      e->scores = ins_matrix_new (100, 2);
      e->artifact.key = g_strdup_printf ("key %d", i);
      ins_cache_put (cache, &e->artifact);
      ins_artifact_unref (e);
    }
  g_assert_null (ins_cache_get (cache, "key 0", FALSE));
  ins_artifact_unref (ins_cache_get (cache, "key 49", FALSE));
}

/* Who lacks a feature leaves the waterfall with all of their money, returns included. */
static void
test_missing_bar (void)
{
  static const char text[] = "invoice,product,quantity,date,price,customer\n"
                             "1,P1,10,2025-01-01,2.5,1\n1,P2,4,2025-01-01,1.5,1\n"
                             "2,P1,5,2025-01-09,2.5,1\n3,P2,-3,2025-01-09,1.5,1\n"
                             "4,P1,8,2025-01-03,2.5,2\n5,P1,-2,2025-01-03,2.5,2\n"
                             "6,P2,9,2025-01-04,1.5,3\n7,P2,7,2025-01-06,1.5,3\n";
  g_autofree char *path = write_shop (0);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) plan = NULL;
  const InsWaterfallBar *before, *bar;
  GPtrArray *bars;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  set (pipeline, INS_STAGE_PREPARE, "features", "gross_revenue,avg_gap_days");
  set (pipeline, INS_STAGE_PREPARE, "missing", "leave-out-customers");
  plan = execute (pipeline, path, NULL, 1u << INS_STAGE_PREPARE, cache, 1);
  bars = ins_plan_get_results (plan)->scaled->bars;
  before = g_ptr_array_index (bars, bars->len - 2);
  bar = g_ptr_array_index (bars, bars->len - 1);
  g_assert_cmpuint (before->lines, ==, 8);
  g_assert_cmpfloat_with_epsilon (before->revenue, 39 + 15 + 24, 1e-9);
  g_assert_cmpstr (bar->rule, ==, "missing");
  g_assert_cmpuint (bar->customers, ==, 2);
  g_assert_cmpuint (bar->lines, ==, 7); /* the return of the second is not known any more */
  g_assert_cmpfloat_with_epsilon (bar->revenue, 39 + 24, 1e-9);
  g_unlink (path);
}

/* A group of exactly the largest share keeps the limit: 7 of 100 are 7 %. */
static void
test_exact_share (void)
{
  g_autofree char *path = write_shop (0);
  g_autoptr (GString) text = g_string_new ("customer,revenue\n");
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) plan = NULL;
  const InsClustering *clustering;

  for (int i = 0; i < 100; i++)
    g_string_append_printf (text, "c%d,%d\n", i, (i < 7 ? 9000 : i < 50 ? 5000 : 1000) + i);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  set (pipeline, INS_STAGE_DATA, "table", "yes");
  set (pipeline, INS_STAGE_PREPARE, "method", "none");
  plan = execute (pipeline, path, NULL, 1u << INS_STAGE_CLUSTER, cache, 1);
  clustering = ins_plan_get_results (plan)->clustering;
  g_assert_cmpint (clustering->choice.kind, ==, INS_CHOICE_BEST);
  g_assert_cmpint (clustering->k, ==, 3);
  g_assert_cmpint (clustering->sizes[0], ==, 7);
  g_unlink (path);
}

/* A copy of @artifact that says to have @key.  Returns: (transfer full) */
static gpointer
forge (const InsArtifact *artifact, const char *key)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (artifact->type->to_variant (artifact));
  g_autoptr (GError) error = NULL;
  InsArtifact *copy = artifact->type->from_variant (variant, &error);

  g_assert_no_error (error);
  copy->key = g_strdup (key);
  return copy;
}

/* What a project file says may be of another kind than its key, or of other data. */
static void
test_forged_cache (void)
{
  g_autofree char *path = write_shop (9);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28), forged = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) first = execute (pipeline, path, NULL, ALL, cache, 1);
  const InsResults *right = ins_plan_get_results (first);
  g_autofree char *sha256 = ins_results_sha256 (right);
  g_autofree char *again = NULL;
  InsScaled *scaled = forge (right->stage[INS_STAGE_PREPARE], right->scaled->artifact.key);
  InsArtifact *strange = forge (right->stage[INS_STAGE_PROFILE], right->clustering->artifact.key);
  g_autoptr (InsPlan) second = NULL;

  scaled->rows[scaled->n - 1] = 100000; /* of a longer list of customers */
  ins_cache_put (forged, &scaled->artifact);
  ins_cache_put (forged, strange);
  second = execute (pipeline, path, right->import->source_sha256, ALL, forged, 1);
  g_assert_false (ins_plan_was_cached (second, INS_STAGE_PREPARE));
  g_assert_false (ins_plan_was_cached (second, INS_STAGE_CLUSTER));
  g_assert_true (ins_results_are_consistent (ins_plan_get_results (second)));
  again = ins_results_sha256 (ins_plan_get_results (second));
  g_assert_cmpstr (again, ==, sha256);
  ins_artifact_unref (scaled);
  ins_artifact_unref (strange);
  g_unlink (path);
}

/* What comes out of a file is asked for its features as strictly as what was computed. */
static void
test_loaded_features (void)
{
  g_autofree char *path = write_shop (10);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28), loaded = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) first = execute (pipeline, path, NULL, ALL, cache, 1);
  const InsResults *results = ins_plan_get_results (first);
  InsArtifact *features =
      forge (results->stage[INS_STAGE_FEATURES], results->features->artifact.key);
  g_autofree char *sha256 = ins_results_sha256 (results), *again = NULL;
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsPlan) alone = NULL, plan = NULL;
  g_autoptr (GError) error = NULL;

  ins_cache_put (loaded, features);
  ins_artifact_unref (features);
  alone =
      execute (pipeline, NULL, results->import->source_sha256, 1u << INS_STAGE_CLUSTER, loaded, 1);
  again = ins_results_sha256 (ins_plan_get_results (alone)); /* without the source */
  g_assert_cmpstr (again, ==, sha256);
  g_assert_nonnull (ins_plan_get_results (alone)->clustering->fitted_on);
  set (pipeline, INS_STAGE_PREPARE, "features", "shoe_size");
  plan = ins_plan_new (pipeline, NULL, results->import->source_sha256, 1u << INS_STAGE_PREPARE,
                       loaded);
  g_assert_false (ins_plan_execute (plan, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_unlink (path);
}

static void
test_changed_source (void)
{
  g_autofree char *path = write_shop (4);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsPlan) plan = ins_plan_new (pipeline, path, "0000", ALL, cache);
  g_autoptr (GError) error = NULL;

  g_assert_false (ins_plan_execute (plan, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_assert_null (ins_plan_get_results (plan)->import);
  g_unlink (path);
}

static void
test_no_source (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsPlan) plan = ins_plan_new (pipeline, NULL, NULL, ALL, cache);
  g_autoptr (GError) error = NULL;

  g_assert_false (ins_plan_execute (plan, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
}

static gpointer
cancel_soon (gpointer data)
{
  GCancellable *cancellable = data;

  g_usleep ((gulong)g_random_int_range (0, 30000));
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autofree char *path = write_shop (5);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  int cancelled = 0;

  for (int i = 0; i < 30; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
      g_autoptr (InsRun) run = ins_run_new (2, cancellable);
      g_autoptr (InsPlan) plan = ins_plan_new (pipeline, path, NULL, ALL, cache);
      g_autoptr (GError) error = NULL;
      GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

      if (!ins_plan_execute (plan, run, &error))
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          cancelled++;
        }
      g_thread_join (thread);
    }
  g_assert_cmpint (cancelled, >, 0);
  g_unlink (path);
}

static void
test_models (void)
{
  g_autofree char *path = write_shop (6);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  const InsResults *results;

  g_assert_true (ins_pipeline_use (pipeline, "hierarchical", &error));
  set (pipeline, INS_STAGE_CLUSTER, "clusters", "5");
  set (pipeline, INS_STAGE_SWEEP, "models", "hierarchical,kmeans");
  plan = execute (pipeline, path, NULL, ALL, cache, 1);
  results = ins_plan_get_results (plan);
  g_assert_nonnull (results->clustering->tree);
  g_assert_cmpint (results->clustering->tree->n, ==, 300);
  g_assert_cmpint (results->sweep->n_models, ==, 2);
  g_assert_cmpint (results->sweep->n_rows, ==, 10);
  for (gsize i = 0; i < 300; i++) /* the sweep's row of the chosen k is the clustering */
    g_assert_cmpint (results->sweep->rows[3].labels[i], ==, results->clustering->labels[i]);
  g_unlink (path);
}

static void
test_impossible (void)
{
  static const struct
  {
    InsStage stage;
    const char *name, *text;
    InsError code;
  } cases[] = {
    { INS_STAGE_CLUSTER, "clusters", "301", INS_ERROR_INPUT },
    { INS_STAGE_PREPARE, "features", "shoe_size", INS_ERROR_USAGE },
    { INS_STAGE_PREPARE, "features", "customer_id", INS_ERROR_USAGE },
    { INS_STAGE_PREPARE, "features", "country", INS_ERROR_USAGE },
    { INS_STAGE_PREPARE, "features", "", INS_ERROR_INPUT },
    { INS_STAGE_SWEEP, "models", "pca", INS_ERROR_USAGE },
    { INS_STAGE_DATA, "roles.shoe", "price", INS_ERROR_USAGE },
  };
  g_autofree char *path = write_shop (7);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (InsPipeline) pipeline = make_pipeline ();
      g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
      g_autoptr (InsRun) run = ins_run_new (1, NULL);
      g_autoptr (InsPlan) plan = NULL;
      g_autoptr (GError) error = NULL;

      set (pipeline, cases[i].stage, cases[i].name, cases[i].text);
      plan = ins_plan_new (pipeline, path, NULL, ALL, cache);
      g_assert_false (ins_plan_execute (plan, run, &error));
      g_assert_error (error, INS_ERROR, (int)cases[i].code);
    }
  g_unlink (path);
}

static void
test_names (void)
{
  g_autofree char *path = write_shop (8);
  g_autoptr (InsPipeline) pipeline = make_pipeline ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsPlan) first = execute (pipeline, path, NULL, ALL, cache, 1);
  const InsResults *before = ins_plan_get_results (first);
  gsize k = before->clustering->k, k_after;
  InsIdentity *names = ins_identities_propose (before, NULL, NULL);
  InsIdentity *carried = NULL;
  g_autoptr (InsPlan) second = NULL;

  g_assert_cmpstr (names[0].name, ==, "Insiders");
  g_assert_cmpint (names[0].colour, ==, INS_COLOUR_GOLD);
  g_assert_true (names[0].is_insider);
  for (gsize a = 0; a < k; a++)
    for (gsize b = 0; b < a; b++)
      {
        g_assert_cmpstr (names[a].name, !=, names[b].name);
        g_assert_true (names[a].colour != names[b].colour || names[a].shape != names[b].shape);
      }
  g_free (names[0].name);
  names[0].name = g_strdup ("Gold club");
  names[0].is_proposed = FALSE;
  set (pipeline, INS_STAGE_CLUSTER, "clusters", k == 3 ? "4" : "3");
  second = execute (pipeline, path, before->import->source_sha256, ALL, cache, 1);
  k_after = ins_plan_get_results (second)->clustering->k;
  g_assert_cmpint (k_after, !=, k);
  carried = ins_identities_propose (ins_plan_get_results (second), before, names);
  g_assert_cmpstr (carried[0].name, ==, "Gold club");
  g_assert_cmpint (carried[0].colour, ==, INS_COLOUR_GOLD);
  ins_identities_free (carried, k_after);
  ins_identities_free (names, k);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan/whole-run", test_whole_run);
  g_test_add_func ("/plan/threads", test_threads);
  g_test_add_func ("/plan/cache", test_cache);
  g_test_add_func ("/plan/cache-is-bounded", test_cache_is_bounded);
  g_test_add_func ("/plan/exact-share", test_exact_share);
  g_test_add_func ("/plan/missing-bar", test_missing_bar);
  g_test_add_func ("/plan/forged-cache", test_forged_cache);
  g_test_add_func ("/plan/loaded-features", test_loaded_features);
  g_test_add_func ("/plan/changed-source", test_changed_source);
  g_test_add_func ("/plan/no-source", test_no_source);
  g_test_add_func ("/plan/cancel", test_cancel);
  g_test_add_func ("/plan/models", test_models);
  g_test_add_func ("/plan/impossible", test_impossible);
  g_test_add_func ("/plan/names", test_names);
  return g_test_run ();
}
