/* ins-project-file.c: what a project file is before SQLite reads it, and its checksum
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"

#include "base/ins-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_PAGE_SIZE 16
#define HEAD_N_PAGES 28
#define HEAD_USER_VERSION 60
#define HEAD_APPLICATION_ID 68
#define MAX_PAGE 65536

char *
ins_project_file_name (const char *path)
{
  g_autofree char *name = g_filename_display_basename (path);

  return g_strdup_printf ("“%s”", name);
}

gboolean
ins_project_file_is_busy (const char *path, GError **error)
{
  static const char *const endings[] = { "-journal", "-wal" };

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *other = g_strconcat (path, endings[i], NULL);
      g_autofree char *other_name = ins_project_file_name (other);
      g_autofree char *name = ins_project_file_name (path);
      GStatBuf status;

      if (g_stat (other, &status) != 0 || status.st_size == 0)
        continue;
      g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                   _ ("Another program has not finished changing %s (%s stands beside it): close "
                      "that program and try again."),
                   name, other_name);
      return TRUE;
    }
  return FALSE;
}

/* ---- the file's head ---- */

static guint32
get_big_endian (const InsFileHead *head, gsize offset)
{
  guint32 value;

  memcpy (&value, head->bytes + offset, sizeof value);
  return GUINT32_FROM_BE (value);
}

gboolean
ins_file_head_read (const char *path, InsFileHead *head, GError **error)
{
  g_autofree char *name = ins_project_file_name (path);
  struct stat status;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  gssize n = -1;

  errno = fd < 0 ? errno : 0;
  if (fd >= 0 && fstat (fd, &status) == 0)
    {
      if (S_ISREG (status.st_mode))
        n = read (fd, head->bytes, INS_FILE_HEAD_SIZE);
      else
        errno = S_ISDIR (status.st_mode) ? EISDIR : EINVAL;
    }
  if (n < 0)
    g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                 _ ("%s could not be opened (%s): check the name and your permissions."), name,
                 g_strerror (errno));
  else
    {
      head->n = (gsize)n;
      head->file_size = (guint64)status.st_size;
    }
  if (fd >= 0)
    close (fd);
  return n >= 0;
}

static gboolean
is_sqlite (const InsFileHead *head)
{
  static const char magic[16] = "SQLite format 3";

  return head->n >= sizeof magic && memcmp (head->bytes, magic, sizeof magic) == 0;
}

gboolean
ins_file_head_check (const char *path, const InsFileHead *head, guint32 *version, GError **error)
{
  g_autofree char *name = ins_project_file_name (path);
  guint64 page;

  if (!is_sqlite (head)
      || (head->n == INS_FILE_HEAD_SIZE
          && get_big_endian (head, HEAD_APPLICATION_ID) != INS_PROJECT_APPLICATION_ID))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
                   _ ("%s is not an Insiders project: open it as data, or choose a file ending in "
                      ".insiders."),
                   name);
      return FALSE;
    }
  page = head->n < INS_FILE_HEAD_SIZE
             ? 0
             : ((guint64)head->bytes[HEAD_PAGE_SIZE] << 8) | head->bytes[HEAD_PAGE_SIZE + 1];
  if (page == 1)
    page = MAX_PAGE;
  *version = page != 0 ? get_big_endian (head, HEAD_USER_VERSION) : 0;
  if (page != 0 && head->file_size >= page * get_big_endian (head, HEAD_N_PAGES))
    return TRUE;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _ ("it is shorter than it should be, perhaps copied only in part"));
  return FALSE;
}

static gboolean
read_project_head (const char *path, InsFileHead *head)
{
  return ins_file_head_read (path, head, NULL) && is_sqlite (head) && head->n == INS_FILE_HEAD_SIZE
         && get_big_endian (head, HEAD_APPLICATION_ID) == INS_PROJECT_APPLICATION_ID;
}

gboolean
ins_project_probe (const char *path)
{
  InsFileHead head = { 0 };

  g_return_val_if_fail (path != NULL, FALSE);

  return read_project_head (path, &head);
}

gboolean
ins_project_may_replace (const char *path, GError **error)
{
  InsFileHead head = { 0 };
  g_autofree char *name = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  if (!read_project_head (path, &head)
      || get_big_endian (&head, HEAD_USER_VERSION) <= INS_PROJECT_VERSION)
    return TRUE;
  name = ins_project_file_name (path);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("%s was written by a newer version of Insiders and is never replaced: save under "
                  "another name."),
               name);
  return FALSE;
}

/* ---- checksum ---- */

char *
ins_project_file_checksum (InsDatabase *database, GError **error)
{
  static const char *const queries[] = {
    "SELECT name, value FROM meta WHERE name <> 'checksum' ORDER BY id",
    "SELECT name, path, sha256, size, dialect, recipe FROM source ORDER BY id",
    "SELECT stage, step, name, value FROM parameter ORDER BY id",
    "SELECT * FROM run ORDER BY id",
    "SELECT stage, key, kind, sha256 FROM artifact ORDER BY id",
    "SELECT id, name, note, colour, shape, is_insider, is_proposed FROM cluster ORDER BY id",
    "SELECT name, value FROM view ORDER BY id",
  };
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autoptr (InsStatement) statement = ins_database_prepare (database, queries[i], error);
      gboolean has_row = TRUE;

      if (statement == NULL)
        return NULL;
      g_checksum_update (checksum, (const guchar *)queries[i], -1);
      while (has_row)
        {
          if (!ins_statement_next (statement, &has_row, error))
            return NULL;
          if (has_row)
            ins_statement_hash_row (statement, checksum);
        }
    }
  return g_strdup (g_checksum_get_string (checksum));
}
