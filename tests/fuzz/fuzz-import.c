/* fuzz-import.c: libFuzzer's entry to the CSV import
 *
 * Not part of the usual build.  With clang, from the root of the source:
 *
 *   CC=clang CFLAGS=-fsanitize=fuzzer-no-link meson setup build-fuzz \
 *     -Db_sanitize=address,undefined -Db_lundef=false
 *   ninja -C build-fuzz src/libinsiders-engine.a src/num/libinsiders-num.a
 *   clang -g -fsanitize=fuzzer,address,undefined -Isrc -I. -Ibuild-fuzz tests/fuzz/fuzz-import.c \
 *     build-fuzz/src/libinsiders-engine.a build-fuzz/src/num/libinsiders-num.a \
 *     $(pkg-config --cflags --libs gio-2.0 gio-unix-2.0 gsl sqlite3) -lcsv -lm -o fuzz-import
 *   ./fuzz-import -max_len=4096 -timeout=5 -rss_limit_mb=1024
 *
 * The first byte chooses a recipe and the number of parts, the rest is the file.  Besides not
 * falling over: parts must not change the result, and no line may be lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-error.h"
#include "data/ins-import.h"
#include "data/ins-scan.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static InsImport *
read_bytes (InsSource *source, guint8 way, guint threads)
{
  g_autoptr (InsRun) run = ins_run_new (threads, NULL);
  g_autoptr (GError) error = NULL;
  InsRecipe recipe;
  InsImport *import;

  ins_recipe_init (&recipe);
  recipe.ready = way & 1;
  if (way & 2)
    recipe.dialect.delimiter = ',';
  if (way & 4)
    recipe.dialect.header = way >> 3 & 1;
  if (way & 16)
    recipe.dialect.date_format = g_strdup ("%d/%m/%Y");
  if (way & 32)
    recipe.dialect.decimal = '.';
  ins_scan_part_least = threads > 1 ? 1 + (way >> 6) * 7 : G_MAXSIZE;
  import = ins_import_read (source, &recipe, run, &error);
  g_assert ((import == NULL) == (error != NULL));
  g_assert (!error || (error->domain == INS_ERROR && g_utf8_validate (error->message, -1, NULL)));
  ins_recipe_clear (&recipe);
  return import;
}

static GVariant *
keep (const InsImport *import)
{
  return g_variant_ref_sink (ins_import_type.to_variant (&import->artifact));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (InsSource) source = NULL;
  InsImport *one, *many;

  if (size < 1)
    return 0;
  bytes = g_bytes_new (data + 1, size - 1);
  source = ins_source_new_for_bytes ("fuzz.csv", bytes);
  one = read_bytes (source, data[0], 1);
  many = read_bytes (source, data[0], 3);
  g_assert ((one == NULL) == (many == NULL));
  if (one)
    {
      g_autoptr (GVariant) x = keep (one);
      g_autoptr (GVariant) y = keep (many);
      InsArtifact *copy = ins_import_type.from_variant (x, NULL);

      g_assert (g_variant_equal (x, y));
      g_assert (copy != NULL);
      g_assert (one->n_lines == one->n_rows + one->n_rejected);
      ins_artifact_unref (copy);
    }
  g_clear_pointer (&one, ins_artifact_unref);
  g_clear_pointer (&many, ins_artifact_unref);
  return 0;
}
