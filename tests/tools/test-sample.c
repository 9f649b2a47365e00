/* test-sample.c: the sample shop is what its generator writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-features.h"
#include "data/ins-import.h"
#include "tests/data/ins-test-shop.h"
#include "tests/ins-test.h"

#include <glib/gstdio.h>
#include <stdlib.h>

static GBytes *
unpack (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GConverter) gunzip =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GInputStream) packed = NULL;
  g_autoptr (GInputStream) plain = NULL;
  g_autoptr (GError) error = NULL;

  packed = G_INPUT_STREAM (g_file_read (file, NULL, &error));
  g_assert_no_error (error);
  plain = g_converter_input_stream_new (packed, gunzip);
  g_output_stream_splice (memory, plain, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
test_same (void)
{
  g_autofree char *program =
      g_build_filename (g_getenv ("G_TEST_BUILDDIR"), "tools", "make-sample", NULL);
  g_autofree char *packed = ins_test_file ("../resources/sample/shop.csv.gz");
  g_autofree char *made = g_build_filename (g_get_tmp_dir (), "insiders-sample-XXXXXX", NULL);
  const char *const argv[] = { program, made, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) stored = NULL;
  g_autofree char *text = NULL;
  gsize length;
  int status, fd = g_mkstemp (made);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));
  g_assert_true (g_file_get_contents (made, &text, &length, NULL));
  g_unlink (made);
  g_assert_true (g_utf8_validate (text, length, NULL));
  stored = unpack (packed);
  g_assert_cmpmem (text, length, g_bytes_get_data (stored, NULL), g_bytes_get_size (stored));
}

static InsImport *
read_sample (void)
{
  g_autofree char *path = ins_test_file ("../resources/sample/shop.csv.gz");
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (InsSource) source = ins_source_open (path, run, &error);
  InsImport *import;
  InsRecipe recipe;

  g_assert_no_error (error);
  ins_recipe_init (&recipe);
  import = ins_import_read (source, &recipe, run, &error);
  g_assert_no_error (error);
  ins_recipe_clear (&recipe);
  return import;
}

/* The greatest first. */
static int
double_compare (const void *left, const void *right)
{
  double a = *(const double *)left, b = *(const double *)right;

  return a > b ? -1 : a < b;
}

/* Nothing has to be asked; every kind of trouble is in it; a few dozen customers carry the shop. */
static void
test_story (void)
{
  InsImport *import = read_sample ();
  InsFilterRules rules = shop_rules ();
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  InsFiltered *filtered;
  InsFeatures *features;
  const InsWaterfallBar *imported, *known;
  g_autofree double *revenue = NULL;
  double all = 0, top = 0;

  rules.price_rule = INS_PRICE_ABOVE;
  rules.min_price = 0.04;
  rules.products = (char *)"[no-digit],C2,gift_*";
  rules.cancellations = INS_CANCELLATIONS_PAIR;
  filtered = ins_filter_apply (import->table, &rules, run, NULL);
  features = ins_features_compute (filtered, INS_DATE_MISSING, run, NULL);
  imported = filtered->bars->pdata[0];
  known = filtered->bars->pdata[1];
  g_assert_cmpuint (import->n_rejected, ==, 0);
  g_assert_cmpuint (imported->lines, >, 35000);
  g_assert_cmpuint (imported->lines - known->lines, >, imported->lines / 15);
  g_assert_cmpuint (filtered->n_pairs, >, 100);
  g_assert_cmpuint (filtered->n_returns, >, 100);
  g_assert_cmpuint (filtered->services->len, ==, 2);
  g_assert_cmpuint (features->n, ==, 1499);
  g_assert_cmpuint (features->n, <, imported->customers);
  revenue = g_memdup2 (ins_matrix_col (features->values, features->value_feature),
                       features->n * sizeof (double));
  qsort (revenue, features->n, sizeof (double), double_compare);
  for (gsize i = 0; i < features->n; i++)
    {
      all += revenue[i];
      top += i < 66 ? revenue[i] : 0;
    }
  g_assert_cmpfloat (top, >, 0.5 * all);
  ins_clear_artifact (&features);
  ins_clear_artifact (&filtered);
  ins_clear_artifact (&import);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/same", test_same);
  g_test_add_func ("/sample/story", test_story);
  return g_test_run ();
}
