/* test-source.c: files, compressed files, damaged ones, SHA-256
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-source.h"

#include "base/ins-error.h"
#include "data/ins-digest.h"
#include "tests/ins-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  InsRun *run;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("insiders-XXXXXX", NULL);
  f->run = ins_run_new (1, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  ins_run_unref (f->run);
}

static GBytes *
pack (const void *data, gsize size)
{
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, converter);

  g_assert_true (g_output_stream_write_all (stream, data, size, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static char *
write_file (Fixture *f, const char *name, const void *data, gsize size)
{
  char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, data, size, NULL));
  return path;
}

static void
check_content (InsSource *source, const void *data, gsize size)
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);

  g_assert_cmpmem (g_bytes_get_data (source->bytes, NULL), g_bytes_get_size (source->bytes), data,
                   size);
  g_assert_cmpstr (source->sha256, ==, sum);
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  static const char text[] = "a,b\n1,2\n";
  g_autofree char *path = write_file (f, "x.csv", text, 8);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GError) error = NULL;
  InsSource *source = ins_source_open (path, f->run, &error);

  g_assert_no_error (error);
  check_content (source, text, 8);
  g_assert_cmpstr (source->name, ==, "x.csv");
  g_assert_cmpstr (source->path, ==, path);
  g_assert_cmpint (source->mtime, >, 1500000000);
  g_assert_true (ins_source_ref (source) == source);
  ins_source_unref (source);
  ins_source_unref (source);

  source = ins_source_open (uri, f->run, &error);
  g_assert_no_error (error);
  check_content (source, text, 8);
  g_assert_cmpstr (source->path, ==, path);
  ins_source_unref (source);
}

/* Another program may write the file anew while we still look at it. */
static void
test_rewritten (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (100000, 'x');
  g_autofree char *path = write_file (f, "x.csv", text, 100000);
  g_autoptr (InsSource) source = ins_source_open (path, f->run, NULL);
  FILE *file = g_fopen (path, "w"); /* cuts it to nothing, in place */

  fclose (file);
  check_content (source, text, 100000);
}

static void
test_large (Fixture *f, gconstpointer data)
{
  gsize size = 70 << 20;
  g_autofree char *text = g_malloc (size);
  g_autofree char *path = NULL;
  g_autoptr (InsSource) source = NULL;

  for (gsize i = 0; i < size; i++)
    text[i] = (char)(i * 7 + (i >> 12));
  path = write_file (f, "large.csv", text, size);
  source = ins_source_open (path, f->run, NULL);
  g_assert_cmpint (truncate (path, 0), ==, 0); /* nothing we hold is the file's any more */
  check_content (source, text, size);
}

/* Cuts a file short and makes it long again until told to stop. */
typedef struct
{
  const char *path;
  gsize size;
  int stop;
} Cutter;

static gpointer
cut_again_and_again (gpointer data)
{
  Cutter *cutter = data;

  while (!g_atomic_int_get (&cutter->stop))
    {
      g_assert_cmpint (truncate (cutter->path, 4096), ==, 0);
      g_assert_cmpint (truncate (cutter->path, cutter->size), ==, 0);
    }
  return NULL;
}

/* Whoever cuts a file short while it is read gets a sentence out of us, and no more. */
static void
test_cut_short (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "cut.csv", "a,b\n", 4);
  Cutter cutter = { path, (gsize)80 << 20, FALSE };
  GThread *thread = g_thread_new ("cutter", cut_again_and_again, &cutter);
  guint n_changed = 0;

  for (int i = 0; i < 1000 && n_changed < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (InsSource) source = ins_source_open (path, f->run, &error);

      g_assert_true ((source != NULL) == (error == NULL));
      if (source)
        continue;
      g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
      g_assert_nonnull (strstr (error->message, "“cut.csv” was changed by another program"));
      n_changed++;
    }
  g_atomic_int_set (&cutter.stop, TRUE);
  g_thread_join (thread);
  g_assert_cmpuint (n_changed, ==, 3);
}

static gpointer
cancel_later (gpointer run)
{
  g_usleep (100000);
  ins_run_cancel (run);
  return NULL;
}

static gpointer
write_to_pipe (gpointer path)
{
  FILE *file = g_fopen (path, "w");

  fputs ("a,b\n", file);
  fflush (file);
  g_usleep (20000);
  fputs ("1,2\n", file);
  fclose (file);
  return NULL;
}

/* A pipe is read to its end, and waited for as long as nobody writes or cancels. */
static void
test_pipe (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "pipe.csv", NULL);
  g_autoptr (GError) error = NULL;
  InsSource *source;
  GThread *thread;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  thread = g_thread_new ("writer", write_to_pipe, path);
  source = ins_source_open (path, f->run, &error);
  g_thread_join (thread);
  g_assert_no_error (error);
  check_content (source, "a,b\n1,2\n", 8);
  ins_source_unref (source);
  thread = g_thread_new ("cancel", cancel_later, f->run);
  source = ins_source_open (path, f->run, &error);
  g_thread_join (thread);
  g_assert_null (source);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_device (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ins_source_open ("/dev/zero", f->run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "is a device"));
}

static void
test_empty (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "empty.csv", "", 0);
  g_autoptr (InsSource) source = ins_source_open (path, f->run, NULL);

  g_assert_nonnull (source);
  check_content (source, "", 0);
}

static void
test_compressed (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (5000000, 'x');
  g_autoptr (GBytes) packed = NULL;
  g_autoptr (GByteArray) twice = g_byte_array_new ();
  g_autofree char *path = NULL;
  g_autofree char *both = NULL;
  g_autoptr (InsSource) one = NULL;
  g_autoptr (InsSource) two = NULL;
  gsize size;
  const void *bytes;

  memcpy (text + 2500000, "middle", 6);
  packed = pack (text, 2500000);
  bytes = g_bytes_get_data (packed, &size);
  path = write_file (f, "x.dat", bytes, size); /* by its content, not by its name */
  one = ins_source_open (path, f->run, NULL);
  g_assert_nonnull (one);
  check_content (one, text, 2500000);

  g_byte_array_append (twice, bytes, size);
  g_clear_pointer (&packed, g_bytes_unref);
  packed = pack (text + 2500000, 2500000);
  bytes = g_bytes_get_data (packed, &size);
  g_byte_array_append (twice, bytes, size);
  g_byte_array_append (twice, (const guint8 *)"\0\0\0\0", 4);
  both = write_file (f, "y.csv.gz", twice->data, twice->len);
  two = ins_source_open (both, f->run, NULL);
  g_assert_nonnull (two);
  check_content (two, text, 5000000);
}

static void
check_fails (Fixture *f, const void *data, gsize size, const char *words)
{
  g_autofree char *path = write_file (f, "bad.csv.gz", data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (ins_source_open (path, f->run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_nonnull (strstr (error->message, "bad.csv.gz"));
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *noise = g_malloc (100000);
  g_autoptr (GBytes) packed = NULL;
  g_autofree guint8 *copy = NULL;
  gsize size;

  for (int i = 0; i < 100000; i++)
    noise[i] = g_test_rand_int ();
  packed = pack (noise, 100000);
  copy = g_memdup2 (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  size = g_bytes_get_size (packed);
  check_fails (f, copy, size / 2, "ends too early");
  check_fails (f, copy, size - 3, "ends too early");
  check_fails (f, copy, 2, "ends too early");
  {
    g_autofree guint8 *longer = g_malloc (size + 4);

    memcpy (longer, copy, size);
    memcpy (longer + size, "\0\0\0x", 4);
    check_fails (f, longer, size + 4, "behind its end");
  }
  copy[size - 8] ^= 1; /* check sum */
  check_fails (f, copy, size, "damaged");
  memcpy (noise, "\x1f\x8b\x08\x00", 4);
  memset (noise + 4, 0xff, 40);
  check_fails (f, noise, 1000, "damaged");
}

/* Little that unpacks to very much ends early and with a sentence. */
static void
test_bomb (Fixture *f, gconstpointer data)
{
  g_autofree char *zeros = g_malloc0 (16 << 20);
  g_autoptr (GBytes) packed = pack (zeros, 16 << 20);
  g_autoptr (GByteArray) many = g_byte_array_new ();

  for (int i = 0; i < 2000; i++) /* 31 GB */
    g_byte_array_append (many, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  check_fails (f, many->data, many->len, "times its size");
}

static void
test_not_there (Fixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "none.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ins_source_open (path, f->run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "none.csv"));
  g_clear_error (&error);
  g_assert_null (ins_source_open (f->folder, f->run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autofree char *path = write_file (f, "x.csv", "a,b\n1,2\n", 8);
  g_autoptr (GError) error = NULL;

  ins_run_cancel (f->run);
  g_assert_null (ins_source_open (path, f->run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* GLib's checksum is the oracle; every length around the block's edges, and some long ones. */
static void
test_digest (Fixture *f, gconstpointer data)
{
  g_autofree guint8 *noise = g_malloc (3000000);

  for (int i = 0; i < 3000000; i++)
    noise[i] = g_test_rand_int ();
  for (gsize size = 0; size < 3000000; size = size < 300 ? size + 1 : size * 3 + 7)
    {
      g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, noise, size);
      g_autofree char *fast = ins_digest_sha256 (noise, size, f->run);
      g_autofree char *plain = ins_digest_sha256_plain (noise, size, f->run);

      g_assert_cmpstr (fast, ==, expected);
      g_assert_cmpstr (plain, ==, expected);
    }
}

static void
test_bytes (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a\n", 2);
  g_autoptr (InsSource) source = ins_source_new_for_bytes ("made up", bytes);

  check_content (source, "a\n", 2);
  g_assert_cmpstr (source->name, ==, "made up");
  g_assert_null (source->path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/source/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("plain", test_plain);
  ADD ("rewritten", test_rewritten);
  ADD ("large", test_large);
  ADD ("cut-short", test_cut_short);
  ADD ("pipe", test_pipe);
  ADD ("device", test_device);
  ADD ("empty", test_empty);
  ADD ("compressed", test_compressed);
  ADD ("damaged", test_damaged);
  ADD ("bomb", test_bomb);
  ADD ("not-there", test_not_there);
  ADD ("cancel", test_cancel);
  ADD ("digest", test_digest);
  ADD ("bytes", test_bytes);
  return g_test_run ();
}
