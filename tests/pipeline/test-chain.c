/* test-chain.c: presets, chains, the project file's form, keys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-pipeline.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/ins-error.h"

static void
assert_param (InsPipeline *pipeline, InsStage stage, const char *name, const char *expected)
{
  InsStep *step = ins_pipeline_get_step (pipeline, stage);
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), name);
  g_autofree char *text = NULL;

  g_assert_nonnull (param);
  text = ins_step_get_text (step, param);
  g_assert_cmpstr (text, ==, expected);
}

static void
apply (InsPipeline *pipeline, const char *chain)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;

  g_shell_parse_argv (chain, NULL, &words, &error);
  g_assert_no_error (error);
  ins_pipeline_apply_chain (pipeline, (const char *const *)words, &error);
  g_assert_no_error (error);
}

static void
load (InsPipeline *pipeline, const char *preset)
{
  g_autoptr (GError) error = NULL;

  ins_pipeline_load_preset (pipeline, preset, &error);
  g_assert_no_error (error);
}

static void
test_presets (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();

  assert_param (pipeline, INS_STAGE_FILTER, "anonymous", "leave-out");
  assert_param (pipeline, INS_STAGE_FILTER, "min-price", "0.04");
  assert_param (pipeline, INS_STAGE_PREPARE, "method", "log1p-standard");
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "auto");
  assert_param (pipeline, INS_STAGE_CLUSTER, "top-share", "7");
  load (pipeline, "notebook");
  assert_param (pipeline, INS_STAGE_FILTER, "anonymous", "per-invoice");
  assert_param (pipeline, INS_STAGE_FILTER, "countries", "European Community,Unspecified");
  assert_param (pipeline, INS_STAGE_FILTER, "cancellations", "negative");
  assert_param (pipeline, INS_STAGE_PREPARE, "features",
                "gross_revenue,recency_days,line_count,frequency,returned_items");
  assert_param (pipeline, INS_STAGE_PREPARE, "method", "minmax");
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "8");
  assert_param (pipeline, INS_STAGE_CLUSTER, "space", "picture");
  load (pipeline, "insiders");
  assert_param (pipeline, INS_STAGE_FILTER, "anonymous", "leave-out");
  assert_param (pipeline, INS_STAGE_CLUSTER, "space", "features");
}

static void
test_preset_file (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "insiders-test.preset", NULL);

  g_assert_true (g_file_set_contents (path, "# mine\nkmeans clusters=4 # four\n", -1, NULL));
  load (pipeline, path);
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "4");
  g_assert_true (g_file_set_contents (path, "kmeans clusters=many", -1, NULL));
  g_assert_false (ins_pipeline_load_preset (pipeline, path, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "4");
  g_clear_error (&error);
  g_unlink (path);
  g_assert_false (ins_pipeline_load_preset (pipeline, path, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
}

static void
test_chains (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (InsPipeline) again = ins_pipeline_new ();
  g_autofree char *chain = NULL;
  g_autofree char *chain_again = NULL;

  load (pipeline, "notebook");
  apply (pipeline, "filter min-price=1 scale method=robust columns.gross_revenue=log1p "
                   "hierarchical linkage=average clusters=5");
  assert_param (pipeline, INS_STAGE_FILTER, "min-price", "1");
  assert_param (pipeline, INS_STAGE_FILTER, "anonymous", "per-invoice"); /* kept */
  assert_param (pipeline, INS_STAGE_PREPARE, "columns", "gross_revenue=log1p");
  assert_param (pipeline, INS_STAGE_CLUSTER, "linkage", "average");
  assert_param (pipeline, INS_STAGE_CLUSTER, "space", "features"); /* a model of its own */
  chain = ins_pipeline_to_chain (pipeline, TRUE);
  apply (again, chain);
  chain_again = ins_pipeline_to_chain (again, TRUE);
  g_assert_cmpstr (chain, ==, chain_again);
}

static void
test_space (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();

  load (pipeline, "notebook");
  apply (pipeline, "scale method=minmax");
  assert_param (pipeline, INS_STAGE_CLUSTER, "space", "picture");
  apply (pipeline, "pca");
  assert_param (pipeline, INS_STAGE_CLUSTER, "space", "features");
  apply (pipeline, "pca kmeans space=picture");
  assert_param (pipeline, INS_STAGE_CLUSTER, "space", "picture");
}

static void
test_refusals (void)
{
  static const char *const chains[][4] = {
    { "clusters=8", NULL },
    { "kmeans", "clusters=8", "colour=red", NULL },
    { "kmeans", "k-medoids", NULL },
  };
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (chains); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (ins_pipeline_apply_chain (pipeline, chains[i], &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
      assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "auto"); /* all or nothing */
    }
}

static void
test_one_of_each (void)
{
  static const char *const two[] = { "kmeans", "clusters=8", "scale", "hierarchical", NULL };
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (ins_pipeline_apply_chain (pipeline, two, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "kmeans and hierarchical are both models"));
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "auto");
  apply (pipeline, "kmeans clusters=8 scale kmeans clusters=5"); /* the same again is one */
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "5");
  apply (pipeline, "hierarchical"); /* a chain of its own */
  assert_param (pipeline, INS_STAGE_CLUSTER, "linkage", "ward");
}

static void
test_variant (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (InsPipeline) again = ins_pipeline_new ();
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) unknown = NULL;
  g_autofree char *key = NULL;
  g_autofree char *key_again = NULL;
  GVariantBuilder builder;
  gsize n;

  apply (pipeline, "hierarchical clusters=6 filter countries='A,B'");
  variant = g_variant_ref_sink (ins_pipeline_to_variant (pipeline));
  g_assert_true (ins_pipeline_from_variant (again, variant, &unknown, &error));
  g_assert_null (unknown[0]);
  key = ins_pipeline_get_key (pipeline, INS_STAGE_PROFILE, "abc");
  key_again = ins_pipeline_get_key (again, INS_STAGE_PROFILE, "abc");
  g_assert_cmpstr (key, ==, key_again);
  g_clear_pointer (&unknown, g_strfreev);

  n = g_variant_n_children (variant);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  g_variant_builder_add (&builder, "(sss)", "kmeans", "clusters", "3");
  g_variant_builder_add (&builder, "(sss)", "umap", "neighbours", "15");
  g_variant_builder_add (&builder, "(sss)", "kmeans", "warp", "9");
  g_variant_unref (variant);
  variant = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_assert_true (ins_pipeline_from_variant (again, variant, &unknown, &error));
  g_assert_cmpstr (unknown[0], ==, "umap neighbours");
  g_assert_cmpstr (unknown[1], ==, "kmeans warp");
  kept = g_variant_ref_sink (ins_pipeline_to_variant (again));
  g_assert_cmpint (g_variant_n_children (kept), >, n);
}

static void
test_keys (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  char *before[INS_N_STAGES], *after[INS_N_STAGES];

  for (int i = 0; i < INS_N_STAGES; i++)
    before[i] = ins_pipeline_get_key (pipeline, i, "abc");
  apply (pipeline, "scale method=robust");
  for (int i = 0; i < INS_N_STAGES; i++)
    {
      after[i] = ins_pipeline_get_key (pipeline, i, "abc");
      if (i < INS_STAGE_PREPARE)
        g_assert_cmpstr (before[i], ==, after[i]);
      else
        g_assert_cmpstr (before[i], !=, after[i]);
      g_free (before[i]);
    }
  apply (pipeline, "kmeans clusters=5"); /* a sweep does not depend on the k chosen */
  before[0] = ins_pipeline_get_key (pipeline, INS_STAGE_SWEEP, "abc");
  g_assert_cmpstr (before[0], ==, after[INS_STAGE_SWEEP]);
  g_free (before[0]);
  before[0] = ins_pipeline_get_key (pipeline, INS_STAGE_DATA, "abd");
  g_assert_cmpstr (before[0], !=, after[INS_STAGE_DATA]);
  g_free (before[0]);
  for (int i = 0; i < INS_N_STAGES; i++)
    g_free (after[i]);
}

static void
on_changed (InsPipeline *pipeline, guint stage, guint *seen)
{
  *seen |= 1u << stage;
}

static void
test_switching (void)
{
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (GError) error = NULL;
  guint seen = 0;

  apply (pipeline, "kmeans clusters=9 restarts=7");
  g_signal_connect (pipeline, "changed", G_CALLBACK (on_changed), &seen);
  g_assert_true (ins_pipeline_use (pipeline, "hierarchical", &error));
  g_assert_cmpint (seen, ==, 1u << INS_STAGE_CLUSTER);
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "9");
  apply (pipeline, "hierarchical clusters=4");
  g_assert_true (ins_pipeline_use (pipeline, "kmeans", &error));
  assert_param (pipeline, INS_STAGE_CLUSTER, "clusters", "4");
  assert_param (pipeline, INS_STAGE_CLUSTER, "restarts", "7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chain/presets", test_presets);
  g_test_add_func ("/chain/preset-file", test_preset_file);
  g_test_add_func ("/chain/chains", test_chains);
  g_test_add_func ("/chain/space", test_space);
  g_test_add_func ("/chain/refusals", test_refusals);
  g_test_add_func ("/chain/one-of-each", test_one_of_each);
  g_test_add_func ("/chain/variant", test_variant);
  g_test_add_func ("/chain/keys", test_keys);
  g_test_add_func ("/chain/switching", test_switching);
  return g_test_run ();
}
