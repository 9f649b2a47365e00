/* ins-cli-folder.c: files that appear together or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

struct _InsCliFolder
{
  char *target;
  char *temporary; /* NULL once finished */
  gboolean is_new;
  GPtrArray *names;
};

static void
set_folder_error (GError **error, const char *path, int code)
{
  g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
               _ ("The folder “%s” cannot be made (%s): give -o another name."), path,
               g_strerror (code));
}

void
ins_cli_remove_folder (const char *path)
{
  int code = errno;
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_return_if_fail (path != NULL);

  folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_unlink (file);
    }
  g_rmdir (path);
  errno = code;
}

InsCliFolder *
ins_cli_folder_open (const char *path, GError **error)
{
  g_autoptr (InsCliFolder) folder = NULL;
  g_autofree char *parent = NULL, *temporary = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_new0 (InsCliFolder, 1);
  folder->target = g_canonicalize_filename (path, NULL); /* "charts/" has no folder beside it */
  folder->is_new = !g_file_test (path, G_FILE_TEST_EXISTS);
  folder->names = g_ptr_array_new_with_free_func (g_free);
  parent = folder->is_new ? g_path_get_dirname (folder->target) : g_strdup (folder->target);
  temporary = g_build_filename (parent, ".insiders-XXXXXX.tmp", NULL);
  if (g_mkdir_with_parents (parent, 0777) != 0 || g_mkdtemp_full (temporary, 0777) == NULL)
    {
      set_folder_error (error, path, errno);
      return NULL;
    }
  folder->temporary = g_steal_pointer (&temporary);
  return g_steal_pointer (&folder);
}

const char *
ins_cli_folder_get_temporary (InsCliFolder *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);
  return folder->temporary;
}

gboolean
ins_cli_folder_write (InsCliFolder *folder, const char *name, GBytes *bytes, InsRun *run,
                      GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (folder != NULL && name != NULL && bytes != NULL, FALSE);

  path = g_build_filename (folder->temporary, name, NULL);
  if (!ins_cli_write_bytes (path, bytes, run, error))
    return FALSE;
  g_ptr_array_add (folder->names, g_strdup (name));
  return TRUE;
}

static gboolean
fail_file (const char *path, int code, GError **error)
{
  g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
               _ ("“%s” could not be written (%s): choose another place, or make room."), path,
               g_strerror (code));
  return FALSE;
}

/* All or, as far as can be foreseen, none. */
static gboolean
move_files (InsCliFolder *folder, GError **error)
{
  for (gboolean really = FALSE; really <= TRUE; really++)
    for (guint i = 0; i < folder->names->len; i++)
      {
        const char *name = g_ptr_array_index (folder->names, i);
        g_autofree char *from = g_build_filename (folder->temporary, name, NULL);
        g_autofree char *to = g_build_filename (folder->target, name, NULL);
        if (!really && g_file_test (to, G_FILE_TEST_IS_DIR))
          return fail_file (to, EISDIR, error);
        if (really && g_rename (from, to) != 0)
          return fail_file (to, errno, error);
      }
  g_rmdir (folder->temporary);
  return TRUE;
}

gboolean
ins_cli_folder_finish (InsCliFolder *folder, InsRun *run, GError **error)
{
  g_return_val_if_fail (folder != NULL && folder->temporary != NULL, FALSE);

  if (run != NULL && !ins_run_check (run, error))
    return FALSE;
  if (folder->is_new && g_rename (folder->temporary, folder->target) != 0)
    {
      set_folder_error (error, folder->target, errno);
      return FALSE;
    }
  if (!folder->is_new && !move_files (folder, error))
    return FALSE;
  g_clear_pointer (&folder->temporary, g_free);
  return TRUE;
}

void
ins_cli_folder_free (InsCliFolder *folder)
{
  if (folder == NULL)
    return;
  if (folder->temporary != NULL)
    ins_cli_remove_folder (folder->temporary);
  g_free (folder->temporary);
  g_free (folder->target);
  g_clear_pointer (&folder->names, g_ptr_array_unref);
  g_free (folder);
}
