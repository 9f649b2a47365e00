/* test-sample.c: the sample shop is what its generator writes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "tests/ins-test.h"

#include <glib/gstdio.h>

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/same", test_same);
  return g_test_run ();
}
