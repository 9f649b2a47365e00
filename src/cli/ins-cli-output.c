/* ins-cli-output.c: files that appear whole or not at all, and standard output
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct _InsCliOutput
{
  char *target;    /* NULL for standard output or what cannot be replaced, such as a pipe */
  char *temporary; /* nullable */
  GOutputStream *stream;
};

static gboolean
fail_write (GError **error, const char *path, const char *reason)
{
  if (path == NULL || g_str_equal (path, "-"))
    g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                 _ ("Standard output could not be written (%s)."), reason);
  else
    g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                 _ ("“%s” could not be written (%s): choose another place, or make room."), path,
                 reason);
  return FALSE;
}

static void
set_write_error (GError **error, const char *path, int code)
{
  fail_write (error, path, g_strerror (code));
}

static gboolean
is_same_file (const char *a, const char *b)
{
  GStatBuf first, second;

  return g_stat (a, &first) == 0 && g_stat (b, &second) == 0 && first.st_dev == second.st_dev
         && first.st_ino == second.st_ino;
}

gboolean
ins_cli_check_output (const char *path, const char *input, gboolean only_new, gboolean force,
                      GError **error)
{
  g_return_val_if_fail (path != NULL, FALSE);

  if (g_str_equal (path, "-"))
    return TRUE;
  if (input != NULL && is_same_file (path, input))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("“%s” is the input, which is never changed: give -o another name."), path);
      return FALSE;
    }
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                   _ ("“%s” is a folder: give -o the name of a file."), path);
      return FALSE;
    }
  if (!ins_project_may_replace (path, error))
    return FALSE;
  if (force || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (only_new || ins_project_probe (path))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                   _ ("“%s” is there already: add --force to replace it, or give -o another name."),
                   path);
      return FALSE;
    }
  return TRUE;
}

/* A temporary file beside the target, with the mode the target has or a new file gets. */
static int
open_beside (InsCliOutput *output, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (output->target);
  GStatBuf status;
  int fd;

  output->temporary = g_build_filename (folder, ".insiders-XXXXXX.tmp", NULL);
  fd = g_mkstemp_full (output->temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      set_write_error (error, output->target, errno);
      g_clear_pointer (&output->temporary, g_free);
      return -1;
    }
  if (g_stat (output->target, &status) == 0 && fchmod (fd, status.st_mode & 07777) != 0)
    {
      set_write_error (error, output->target, errno);
      close (fd);
      return -1;
    }
  return fd;
}

InsCliOutput *
ins_cli_output_open (const char *path, GError **error)
{
  g_autoptr (InsCliOutput) output = NULL;
  GStatBuf status;
  gboolean owned = TRUE;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  output = g_new0 (InsCliOutput, 1);
  if (g_str_equal (path, "-"))
    {
      fd = STDOUT_FILENO;
      owned = FALSE;
    }
  else if (g_stat (path, &status) == 0 && !S_ISREG (status.st_mode))
    {
      fd = open (path, O_WRONLY | O_CLOEXEC); /* /dev/stdout, a pipe with a name */
      if (fd < 0)
        set_write_error (error, path, errno);
    }
  else
    {
      char *real = realpath (path, NULL);
      output->target = g_strdup (real ? real : path);
      free (real);
      fd = open_beside (output, error);
    }
  if (fd < 0)
    return NULL;
  output->stream = g_unix_output_stream_new (fd, owned);
  return g_steal_pointer (&output);
}

gboolean
ins_cli_output_write (InsCliOutput *output, const char *data, gsize size, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (output != NULL && (data != NULL || size == 0), FALSE);

  return g_output_stream_write_all (output->stream, data, size, NULL, NULL, &local)
         || fail_write (error, output->target, local->message);
}

gboolean
ins_cli_output_finish (InsCliOutput *output, InsRun *run, GError **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (output != NULL, FALSE);

  if (run != NULL && !ins_run_check (run, error))
    return FALSE;
  if (!g_output_stream_close (output->stream, NULL, &local))
    return fail_write (error, output->target, local->message);
  if (output->target == NULL)
    return TRUE;
  if (g_rename (output->temporary, output->target) != 0)
    {
      set_write_error (error, output->target, errno);
      return FALSE;
    }
  g_clear_pointer (&output->temporary, g_free);
  return TRUE;
}

void
ins_cli_output_free (InsCliOutput *output)
{
  if (output == NULL)
    return;
  g_clear_object (&output->stream);
  if (output->temporary != NULL)
    g_unlink (output->temporary);
  g_free (output->temporary);
  g_free (output->target);
  g_free (output);
}

gboolean
ins_cli_write_bytes (const char *path, GBytes *bytes, InsRun *run, GError **error)
{
  g_autoptr (InsCliOutput) output = NULL;
  g_autoptr (GError) local = NULL;
  gconstpointer data;
  gsize size;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  output = ins_cli_output_open (path, error);
  if (output == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (g_output_stream_write_all (output->stream, data, size, NULL, NULL, &local))
    return ins_cli_output_finish (output, run, error);
  return fail_write (error, path, local->message);
}

gboolean
ins_cli_write_csv (const char *path, const InsRelation *relation, gboolean raw, InsRun *run,
                   GError **error)
{
  g_autoptr (InsCliOutput) output = NULL;
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (path != NULL && relation != NULL, FALSE);

  output = ins_cli_output_open (path, error);
  if (output == NULL)
    return FALSE;
  if (ins_relation_write_csv (relation, NULL, output->stream, raw, run, &local))
    return ins_cli_output_finish (output, run, error);
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  return fail_write (error, path, local->message);
}
