/* test-frozen-keys.c: what a frozen model's results are known by, and what sets it aside
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "frozen-test.h"

#define MONTH "1111111111111111111111111111111111111111111111111111111111111111"
#define NEXT "2222222222222222222222222222222222222222222222222222222222222222"
#define CHAIN "kmeans clusters=3 restarts=2"

static const InsStage fitted_stages[] = { INS_STAGE_PREPARE, INS_STAGE_EMBED, INS_STAGE_CLUSTER };

typedef struct
{
  char *key[INS_N_STAGES];
} Keys;

static void
keys_clear (Keys *keys)
{
  for (int i = 0; i < INS_N_STAGES; i++)
    g_free (keys->key[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keys, keys_clear)

static Keys
get_keys (InsPipeline *pipeline, const char *sha256)
{
  Keys keys;

  for (int i = 0; i < INS_N_STAGES; i++)
    keys.key[i] = ins_pipeline_get_key (pipeline, (InsStage)i, sha256);
  return keys;
}

/* Whether all from @from on differ, and those before are equal. */
static void
assert_differ_from (const Keys *a, const Keys *b, int from)
{
  for (int i = 0; i < INS_N_STAGES; i++)
    g_assert_cmpint (g_strcmp0 (a->key[i], b->key[i]) != 0, ==, i >= from);
}

static InsResults
fit (InsPipeline *pipeline, guint64 seed)
{
  g_auto (TestFile) path = write_table (&(Table){ .n = 60, .seed = seed, .kind = -1 });

  return compute (pipeline, path, MODEL, 2);
}

static void
test_keys (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_autoptr (InsPipeline) twin = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  g_auto (InsResults) again = fit (twin, 1);
  g_auto (InsResults) other = fit (pipeline, 2);
  g_auto (Keys) fitted = get_keys (pipeline, MONTH);
  g_auto (Keys) frozen = { { NULL } }, next = { { NULL } }, same = { { NULL } };
  g_auto (Keys) else_where = { { NULL } };

  ins_pipeline_freeze (pipeline, &model);
  frozen = get_keys (pipeline, MONTH);
  assert_differ_from (&fitted, &frozen, INS_STAGE_PREPARE);
  next = get_keys (pipeline, NEXT);
  assert_differ_from (&frozen, &next, INS_STAGE_DATA);
  ins_pipeline_freeze (twin, &again); /* the same model, fitted a second time */
  same = get_keys (twin, MONTH);
  assert_differ_from (&frozen, &same, INS_N_STAGES);
  ins_pipeline_freeze (twin, &other);
  else_where = get_keys (twin, MONTH);
  assert_differ_from (&frozen, &else_where, INS_STAGE_PREPARE);
}

/* Under one key is one result: computing by the frozen model gives the key that was foretold. */
static void
test_foretold (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  g_auto (InsResults) applied = { 0 };
  g_autoptr (InsCache) cache = ins_cache_new (1 << 26);
  g_auto (TestFile) path = write_table (&(Table){ .n = 60, .seed = 2, .kind = -1 });
  const char *sha256;

  ins_pipeline_freeze (pipeline, &model);
  applied = compute (pipeline, path, ALL, 1);
  sha256 = applied.import->source_sha256;
  for (int i = 0; i < INS_N_STAGES; i++)
    {
      g_autofree char *key = ins_pipeline_get_key (pipeline, (InsStage)i, sha256);
      g_assert_cmpstr (key, ==, applied.stage[i]->key);
    }
  g_assert_cmpstr (applied.clustering->fitted_key, ==, model.clustering->artifact.key);
  g_assert_cmpstr (ins_clustering_get_origin (applied.clustering), ==,
                   model.clustering->artifact.key);
}

/* The cache keeps both, fitted and applied, apart. */
static void
test_cache (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  g_auto (TestFile) path = write_table (&(Table){ .n = 60, .seed = 2, .kind = -1 });
  g_autoptr (InsCache) cache = ins_cache_new (1 << 26);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsPlan) fitted = ins_plan_new (pipeline, path, NULL, MODEL, cache);
  g_autoptr (InsPlan) applied = NULL, again = NULL;
  const char *sha256;

  g_assert_true (ins_plan_execute (fitted, run, NULL));
  sha256 = ins_plan_get_results (fitted)->import->source_sha256;
  ins_pipeline_freeze (pipeline, &model);
  applied = ins_plan_new (pipeline, path, sha256, MODEL, cache);
  ins_pipeline_freeze (pipeline, NULL); /* a plan is frozen when it is made */
  g_assert_true (ins_plan_execute (applied, run, NULL));
  g_assert_nonnull (ins_plan_get_results (applied)->clustering->fitted_key);
  again = ins_plan_new (pipeline, path, sha256, MODEL, cache);
  g_assert_true (ins_plan_execute (again, run, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (fitted_stages); i++)
    {
      g_assert_false (ins_plan_was_cached (applied, fitted_stages[i]));
      g_assert_true (ins_plan_was_cached (again, fitted_stages[i]));
      g_assert_true (ins_plan_get_results (again)->stage[fitted_stages[i]]
                     == ins_plan_get_results (fitted)->stage[fitted_stages[i]]);
    }
}

/* ---- set aside and taken up again ---- */

static void
test_set_aside (void)
{
  static const char *const changes[][2] = {
    { "scale method=minmax", "scale method=log1p-standard" },
    { "scale missing=median", "scale missing=leave-out-feature" },
    { "scale features=a,b", "scale features="
                            "gross_revenue,recency_days,invoice_count,product_count,avg_ticket" },
    { "scale columns=a=none", "scale columns=" },
    { "pca components=3", "pca components=2" },
    { "kmeans clusters=4", CHAIN },
    { "kmeans seed=1", CHAIN },
    { "kmeans restarts=7", CHAIN },
    { "kmeans space=picture", CHAIN },
    { "hierarchical clusters=3", CHAIN },
  };
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN " pca components=2");
  g_auto (InsResults) model = fit (pipeline, 1);
  g_auto (Keys) fitted = get_keys (pipeline, MONTH);
  g_auto (Keys) frozen = { { NULL } };

  apply_chain (pipeline, changes[2][1]);
  apply_chain (pipeline, CHAIN " pca components=2");
  ins_pipeline_freeze (pipeline, &model);
  frozen = get_keys (pipeline, MONTH);
  assert_differ_from (&fitted, &frozen, INS_STAGE_PREPARE);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (InsPipeline) plain = make_pipeline (TRUE, CHAIN " pca components=2");
      g_auto (Keys) changed = { { NULL } }, expected = { { NULL } }, back = { { NULL } };

      apply_chain (pipeline, changes[i][0]);
      g_assert_null (ins_pipeline_get_frozen (pipeline));
      apply_chain (plain, changes[i][0]);
      changed = get_keys (pipeline, MONTH);
      expected = get_keys (plain, MONTH);
      assert_differ_from (&changed, &expected, INS_N_STAGES);
      apply_chain (pipeline, changes[i][1]);
      if (ins_pipeline_get_frozen (pipeline) == NULL)
        g_error ("not taken up again after “%s”", changes[i][0]);
      back = get_keys (pipeline, MONTH);
      assert_differ_from (&back, &frozen, INS_N_STAGES);
    }
}

/* What comes before and after the model is free. */
static void
test_kept (void)
{
  static const char *const changes[] = {
    "filter outliers=iqr", "filter min-price=2",  "import delimiter=comma",
    "sweep to=9",          "sweep models=kmeans", "features reference-date=2026-01-01",
  };
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);

  ins_pipeline_freeze (pipeline, &model);
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_auto (Keys) before = get_keys (pipeline, MONTH);
      g_auto (Keys) after = { { NULL } };

      apply_chain (pipeline, changes[i]);
      after = get_keys (pipeline, MONTH);
      g_assert_cmpstr (before.key[INS_STAGE_SWEEP], !=, after.key[INS_STAGE_SWEEP]);
      g_assert_nonnull (ins_pipeline_get_frozen (pipeline));
    }
}

static void
on_changed (InsPipeline *pipeline, guint stage, guint *count)
{
  g_assert_cmpuint (stage, ==, INS_STAGE_PREPARE);
  (*count)++;
}

static void
test_refit (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  g_auto (Keys) fitted = get_keys (pipeline, MONTH);
  g_auto (Keys) now = { { NULL } };
  guint n_changed = 0;

  g_signal_connect (pipeline, "changed", G_CALLBACK (on_changed), &n_changed);
  ins_pipeline_freeze (pipeline, &model);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_false (ins_pipeline_get_refit (pipeline));
  ins_pipeline_set_refit (pipeline, TRUE);
  ins_pipeline_set_refit (pipeline, TRUE);
  g_assert_cmpuint (n_changed, ==, 2);
  g_assert_true (ins_pipeline_get_refit (pipeline));
  g_assert_null (ins_pipeline_get_frozen (pipeline));
  now = get_keys (pipeline, MONTH);
  assert_differ_from (&now, &fitted, INS_N_STAGES);
  ins_pipeline_set_refit (pipeline, FALSE);
  g_assert_nonnull (ins_pipeline_get_frozen (pipeline));
  g_assert_true (ins_pipeline_get_frozen (pipeline)->clustering == model.clustering);
  ins_pipeline_set_refit (pipeline, TRUE);
  ins_pipeline_freeze (pipeline, &model); /* freezing is meant to hold at once */
  g_assert_nonnull (ins_pipeline_get_frozen (pipeline));
  ins_pipeline_freeze (pipeline, ins_pipeline_get_frozen (pipeline)); /* its own model */
  g_assert_true (ins_pipeline_get_frozen (pipeline)->clustering == model.clustering);
  ins_pipeline_freeze (pipeline, NULL);
  g_assert_null (ins_pipeline_get_frozen (pipeline));
  ins_pipeline_set_refit (pipeline, TRUE);
  ins_pipeline_set_refit (pipeline, FALSE);
  g_assert_null (ins_pipeline_get_frozen (pipeline));
}

static void
test_copy (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  g_autoptr (InsPipeline) copy = NULL;
  g_autoptr (InsPipeline) refit = NULL;
  g_auto (Keys) of_copy = { { NULL } }, frozen = { { NULL } };

  ins_pipeline_freeze (pipeline, &model);
  copy = ins_pipeline_copy (pipeline);
  ins_pipeline_set_refit (pipeline, TRUE);
  refit = ins_pipeline_copy (pipeline);
  g_assert_null (ins_pipeline_get_frozen (refit));
  ins_pipeline_set_refit (refit, FALSE);
  g_assert_nonnull (ins_pipeline_get_frozen (refit));
  ins_pipeline_set_refit (pipeline, FALSE);
  frozen = get_keys (pipeline, MONTH);
  g_clear_object (&pipeline);
  g_assert_true (ins_pipeline_get_frozen (copy)->clustering == model.clustering);
  of_copy = get_keys (copy, MONTH);
  assert_differ_from (&of_copy, &frozen, INS_N_STAGES);
}

/* Parameters read from a project take the model up again as well. */
static void
test_variant (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  g_autoptr (GVariant) parameters = g_variant_ref_sink (ins_pipeline_to_variant (pipeline));

  ins_pipeline_freeze (pipeline, &model);
  apply_chain (pipeline, "kmeans clusters=5");
  g_assert_null (ins_pipeline_get_frozen (pipeline));
  g_assert_true (ins_pipeline_from_variant (pipeline, parameters, NULL, NULL));
  g_assert_nonnull (ins_pipeline_get_frozen (pipeline));
}

/* Infinities and parts that are missing or do not fit are no model. */
static void
test_no_model (void)
{
  g_autoptr (InsPipeline) pipeline = make_pipeline (TRUE, CHAIN);
  g_auto (InsResults) model = fit (pipeline, 1);
  InsResults part = { 0 };
  double *fields[] = { &model.scaled->scalings[1].offset, &model.scaled->scalings[1].divisor,
                       &model.embedding->mean[0], &model.embedding->loadings->data[1] };
  static const double wrong[] = { NAN, INFINITY };

  g_assert_true (ins_results_are_model (&model));
  for (gsize i = 0; i < G_N_ELEMENTS (fitted_stages); i++)
    {
      part = model;
      part.stage[fitted_stages[i]] = NULL;
      g_assert_false (ins_results_are_model (&part));
    }
  for (gsize f = 0; f < G_N_ELEMENTS (fields); f++)
    for (gsize w = 0; w < G_N_ELEMENTS (wrong); w++)
      {
        double was = *fields[f];
        *fields[f] = wrong[w];
        g_assert_false (ins_results_are_model (&model));
        *fields[f] = was;
      }
  model.scaled->scalings[0].divisor = 0;
  g_assert_false (ins_results_are_model (&model));
  model.scaled->scalings[0].divisor = 1;
  model.clustering->space_is_picture = TRUE; /* the prototypes have as many columns as features */
  g_assert_false (ins_results_are_model (&model));
  model.clustering->space_is_picture = FALSE;
  g_assert_true (ins_results_are_model (&model));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/frozen-keys/keys", test_keys);
  g_test_add_func ("/frozen-keys/foretold", test_foretold);
  g_test_add_func ("/frozen-keys/cache", test_cache);
  g_test_add_func ("/frozen-keys/set-aside", test_set_aside);
  g_test_add_func ("/frozen-keys/kept", test_kept);
  g_test_add_func ("/frozen-keys/refit", test_refit);
  g_test_add_func ("/frozen-keys/copy", test_copy);
  g_test_add_func ("/frozen-keys/variant", test_variant);
  g_test_add_func ("/frozen-keys/no-model", test_no_model);
  return g_test_run ();
}
