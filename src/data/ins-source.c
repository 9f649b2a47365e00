/* ins-source.c: the bytes of an input: file, compressed file or standard input
 *
 * Files are read, never mapped: another program may cut a mapped file short under our feet, and
 * reading costs no more than the page faults it saves.  A file that changes meanwhile is not taken.
 * Compressed bytes are unpacked in memory, which grows by halves and is asked for before it is
 * taken: a small file that unpacks to more than there is ends with a sentence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-source.h"

#include "base/ins-error.h"
#include "base/ins-memory.h"
#include "data/ins-digest.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_CHUNK (1 << 20)
#define WAIT_MS 50
#define BOMB_SIZE ((gsize)256 << 20) /* unpacked bytes from which on the ratio is looked at */
#define BOMB_RATIO 500               /* text with a table in it packs 5 to 50 times */

/* A growing piece of memory. */
typedef struct
{
  guint8 *data;
  gsize size;
  gsize room;
} Buffer;

static gboolean
buffer_reserve (Buffer *buffer, gsize room, const char *name, GError **error)
{
  g_autofree char *what = NULL;
  guint8 *data;

  if (room <= buffer->room)
    return TRUE;
  /* translators: begins a sentence about memory; %s is a file's name */
  what = g_strdup_printf (_ ("Reading “%s”"), name);
  if (!ins_memory_check (room - buffer->size, what, _ ("use a smaller file."), error))
    return FALSE;
  data = g_try_realloc (buffer->data, room);
  if (!data)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_MEMORY,
                   _ ("There is not enough memory to read “%s”; use a smaller file."), name);
      return FALSE;
    }
  buffer->data = data;
  buffer->room = room;
  return TRUE;
}

static gboolean
buffer_grow (Buffer *buffer, const char *name, GError **error)
{
  if (buffer->room - buffer->size >= READ_CHUNK / 4)
    return TRUE;
  return buffer_reserve (buffer, buffer->room + MAX (buffer->room / 2, READ_CHUNK), name, error);
}

static GBytes *
buffer_steal (Buffer *buffer)
{
  GBytes *bytes;

  if (buffer->room > buffer->size && buffer->size > 0)
    buffer->data = g_realloc (buffer->data, buffer->size);
  bytes = g_bytes_new_take (buffer->data, buffer->size);
  memset (buffer, 0, sizeof *buffer);
  return bytes;
}

/* A pipe may stay silent for as long as it likes; the run can be cancelled meanwhile. */
static gboolean
wait_readable (GInputStream *stream, InsRun *run, GError **error)
{
  GPollFD wait = { .events = G_IO_IN };

  if (!G_IS_UNIX_INPUT_STREAM (stream))
    return ins_run_check (run, error);
  wait.fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
  while (ins_run_check (run, error))
    if (g_poll (&wait, 1, WAIT_MS) != 0)
      return TRUE;
  return FALSE;
}

/* @expected: bytes, if known */
static GBytes *
read_stream (GInputStream *stream, const char *name, gsize expected, InsRun *run, GError **error)
{
  Buffer buffer = { 0 };

  if (expected > 0 && !buffer_reserve (&buffer, expected + READ_CHUNK, name, error))
    return NULL;
  for (;;)
    {
      gssize n;

      if (!wait_readable (stream, run, error) || !buffer_grow (&buffer, name, error))
        break;
      n = g_input_stream_read (stream, buffer.data + buffer.size,
                               MIN (buffer.room - buffer.size, READ_CHUNK), NULL, error);
      if (n == 0)
        return buffer_steal (&buffer);
      if (n < 0)
        {
          g_prefix_error (error, _ ("“%s” cannot be read: "), name);
          break;
        }
      buffer.size += n;
    }
  g_free (buffer.data);
  return NULL;
}

static gboolean
is_gzip (const guint8 *data, gsize size)
{
  return size >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/* The last four bytes say how much comes out (modulo 2^32); believed only where it is possible. */
static gsize
gzip_guess_size (const guint8 *data, gsize size)
{
  gsize told;

  if (size < 18)
    return READ_CHUNK;
  told = data[size - 4] | (gsize)data[size - 3] << 8 | (gsize)data[size - 2] << 16
         | (gsize)data[size - 1] << 24;
  return told / 64 <= size ? told + READ_CHUNK / 2 : READ_CHUNK;
}

static void
set_gzip_error (const char *name, GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("The compressed file “%s” ends too early; it was probably not copied whole, "
                    "so get it again."),
                 name);
  else
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("The compressed file “%s” is damaged and cannot be unpacked; get it again."),
                 name);
}

/* Behind the end there may be zeros, as tapes have them; other bytes would be lost. */
static gboolean
check_padding (const guint8 *data, gsize size, const char *name, GError **error)
{
  for (gsize i = 0; i < size; i++)
    if (data[i] != 0)
      {
        g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                     _ ("The compressed file “%s” goes on behind its end with bytes that are not "
                        "compressed; unpack it with another program and import what comes out."),
                     name);
        return FALSE;
      }
  return TRUE;
}

/* One step of unpacking.  Returns: FALSE on error; @done once everything is out. */
static gboolean
unpack_step (GConverter *converter, Buffer *buffer, const guint8 *data, gsize size, gsize *used,
             gboolean *done, const char *name, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize n_in = 0, n_out = 0;
  GConverterResult result;

  result = g_converter_convert (converter, data + *used, size - *used, buffer->data + buffer->size,
                                MIN (buffer->room - buffer->size, READ_CHUNK),
                                G_CONVERTER_INPUT_AT_END, &n_in, &n_out, &cause);
  if (result == G_CONVERTER_ERROR)
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
        return buffer_reserve (buffer, buffer->room + buffer->room / 2 + READ_CHUNK, name, error);
      set_gzip_error (name, cause, error);
      return FALSE;
    }
  *used += n_in;
  buffer->size += n_out;
  if (result != G_CONVERTER_FINISHED)
    return TRUE;
  /* Packed files may be put one behind the other. */
  *done = !is_gzip (data + *used, size - *used);
  g_converter_reset (converter);
  return !*done || check_padding (data + *used, size - *used, name, error);
}

/* Whether so much came out of so little that it can be no table. */
static gboolean
is_bomb (const Buffer *buffer, gsize used, const char *name, GError **error)
{
  if (buffer->size < BOMB_SIZE || buffer->size / BOMB_RATIO < used)
    return FALSE;
  g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
               _ ("The compressed file “%s” unpacks to more than %d times its size, which no table "
                  "does; it is not read."),
               name, BOMB_RATIO);
  return TRUE;
}

static GBytes *
unpack (GBytes *packed, const char *name, InsRun *run, GError **error)
{
  gsize size, used = 0;
  const guint8 *data = g_bytes_get_data (packed, &size);
  g_autoptr (GConverter) converter =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  Buffer buffer = { 0 };
  gboolean done = FALSE, fine;

  fine = buffer_reserve (&buffer, gzip_guess_size (data, size), name, error);
  while (fine && !done)
    fine = ins_run_check (run, error) && buffer_grow (&buffer, name, error)
           && unpack_step (converter, &buffer, data, size, &used, &done, name, error)
           && !is_bomb (&buffer, used, name, error);
  if (fine)
    return buffer_steal (&buffer);
  g_free (buffer.data);
  return NULL;
}

static GBytes *
read_file (GFile *file, const char *name, InsRun *run, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);

  if (!stream)
    {
      g_prefix_error (error, _ ("“%s” cannot be opened: "), name);
      return NULL;
    }
  return read_stream (G_INPUT_STREAM (stream), name, 0, run, error);
}

/* Folders have no bytes, and devices may have them without end. */
static gboolean
check_status (const GStatBuf *status, int fd, const char *name, GError **error)
{
  if (S_ISDIR (status->st_mode))
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("“%s” is a folder; give the name of a CSV file in it."), name);
  else if (S_ISBLK (status->st_mode) || (S_ISCHR (status->st_mode) && !isatty (fd)))
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("“%s” is a device, not a file with a table; give the name of a CSV file."),
                 name);
  else
    return TRUE;
  return FALSE;
}

/* Whether the file is what it was before it was read to its end. */
static gboolean
check_unchanged (int fd, const GStatBuf *before, const char *name, GError **error)
{
  GStatBuf after;

  if (!S_ISREG (before->st_mode) || before->st_size == 0
      || (fstat (fd, &after) == 0 && after.st_size == before->st_size
          && lseek (fd, 0, SEEK_CUR) == after.st_size
          && after.st_mtim.tv_sec == before->st_mtim.tv_sec
          && after.st_mtim.tv_nsec == before->st_mtim.tv_nsec))
    return TRUE;
  g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
               _ ("“%s” was changed by another program while it was being read; open it again "
                  "once that program is done."),
               name);
  return FALSE;
}

static GBytes *
read_fd (int fd, const char *name, gint64 *mtime, InsRun *run, GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (fd, FALSE);
  g_autoptr (GBytes) bytes = NULL;
  GStatBuf status = { 0 };

  fstat (fd, &status);
  if (!check_status (&status, fd, name, error))
    return NULL;
  *mtime = status.st_mtime;
  bytes = read_stream (stream, name, S_ISREG (status.st_mode) ? status.st_size : 0, run, error);
  if (!bytes || !check_unchanged (fd, &status, name, error))
    return NULL;
  return g_steal_pointer (&bytes);
}

/* A pipe that nobody writes to yet is waited for where that can be cancelled. */
static GBytes *
read_path (const char *path, const char *name, gint64 *mtime, InsRun *run, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  GBytes *bytes;

  if (fd < 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                   _ ("“%s” cannot be opened: %s."), path, g_strerror (code));
      return NULL;
    }
  bytes = read_fd (fd, name, mtime, run, error);
  close (fd);
  return bytes;
}

/* @source: name and path are set; takes @bytes as they came. */
static InsSource *
source_finish (InsSource *source, GBytes *bytes, InsRun *run, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (is_gzip (data, size))
    {
      source->bytes = unpack (bytes, source->name, run, error);
      g_bytes_unref (bytes);
      if (!source->bytes)
        {
          ins_source_unref (source);
          return NULL;
        }
    }
  else
    source->bytes = bytes;
  data = g_bytes_get_data (source->bytes, &size);
  source->sha256 = ins_digest_sha256 (data, size, run);
  if (!source->sha256)
    {
      ins_run_check (run, error);
      ins_source_unref (source);
      return NULL;
    }
  return source;
}

static InsSource *
source_alloc (void)
{
  InsSource *source = g_new0 (InsSource, 1);

  g_atomic_ref_count_init (&source->ref_count);
  return source;
}

static GBytes *
source_read (InsSource *source, const char *path, InsRun *run, GError **error)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *base = NULL;

  if (strcmp (path, "-") == 0)
    {
      source->name = g_strdup (_ ("standard input"));
      return read_fd (STDIN_FILENO, source->name, &source->mtime, run, error);
    }
  file = strstr (path, "://") ? g_file_new_for_uri (path) : g_file_new_for_path (path);
  base = g_file_get_basename (file);
  source->name = g_filename_display_name (base ? base : path);
  source->path = g_file_get_path (file);
  if (source->path)
    return read_path (source->path, source->name, &source->mtime, run, error);
  source->path = g_file_get_uri (file);
  return read_file (file, source->name, run, error);
}

InsSource *
ins_source_open (const char *path, InsRun *run, GError **error)
{
  InsSource *source;
  GBytes *bytes;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (run != NULL, NULL);

  ins_run_begin (run, _ ("Opening the file"), 0);
  if (!ins_run_check (run, error))
    return NULL;
  source = source_alloc ();
  bytes = source_read (source, path, run, error);
  if (!bytes)
    {
      ins_source_unref (source);
      return NULL;
    }
  return source_finish (source, bytes, run, error);
}

InsSource *
ins_source_new_for_bytes (const char *name, GBytes *bytes)
{
  InsSource *source;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  source = source_alloc ();
  source->name = g_strdup (name);
  source->bytes = g_bytes_ref (bytes);
  source->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return source;
}

InsSource *
ins_source_ref (InsSource *source)
{
  g_return_val_if_fail (source != NULL, NULL);

  g_atomic_ref_count_inc (&source->ref_count);
  return source;
}

void
ins_source_unref (InsSource *source)
{
  g_return_if_fail (source != NULL);

  if (!g_atomic_ref_count_dec (&source->ref_count))
    return;
  g_free (source->name);
  g_free (source->path);
  g_free (source->sha256);
  g_clear_pointer (&source->bytes, g_bytes_unref);
  g_free (source);
}
