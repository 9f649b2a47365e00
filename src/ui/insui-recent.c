/* insui-recent.c: files opened last, in a list of our own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-recent.h"

#include <string.h>

#define MAX_RECENT 12
#define HOST_PATH "xattr::document-portal.host-path"

static char *
get_file_name (void)
{
  return g_build_filename (g_get_user_state_dir (), "insiders", "recent.ini", NULL);
}

/* Groups are "0", "1", …, the latest first. */
static GKeyFile *
load (void)
{
  GKeyFile *file = g_key_file_new ();
  g_autofree char *name = get_file_name ();

  g_key_file_load_from_file (file, name, G_KEY_FILE_NONE, NULL);
  return file;
}

static void
store (GPtrArray *recents)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *name = get_file_name ();
  g_autofree char *folder = g_path_get_dirname (name);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MIN (recents->len, MAX_RECENT); i++)
    {
      InsUiRecent *recent = g_ptr_array_index (recents, i);
      char group[16];

      g_snprintf (group, sizeof group, "%u", i);
      g_key_file_set_string (file, group, "path", recent->path);
      g_key_file_set_string (file, group, "folder", recent->folder);
      g_key_file_set_string (file, group, "summary", recent->summary);
    }
  g_mkdir_with_parents (folder, 0700);
  if (!g_key_file_save_to_file (file, name, &error))
    g_warning ("The list of recent files could not be kept: %s", error->message);
}

static void
recent_free (InsUiRecent *recent)
{
  g_free (recent->path);
  g_free (recent->title);
  g_free (recent->folder);
  g_free (recent->summary);
  g_free (recent);
}

static char *
get_title (const char *path)
{
  char *title = g_filename_display_basename (path);

  if (g_str_has_suffix (title, ".insiders"))
    title[strlen (title) - strlen (".insiders")] = '\0';
  return title;
}

/* The folder people know, where @path goes through the document portal; home is "~". */
static char *
get_folder (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, HOST_PATH, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  const char *host = info ? g_file_info_get_attribute_string (info, HOST_PATH) : NULL;
  g_autofree char *folder = g_path_get_dirname (host ? host : path);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (folder, home)
      && (folder[strlen (home)] == '/' || folder[strlen (home)] == '\0'))
    return g_strconcat ("~", folder + strlen (home), NULL);
  return g_filename_display_name (folder);
}

GPtrArray *
insui_recent_list (void)
{
  GPtrArray *recents = g_ptr_array_new_with_free_func ((GDestroyNotify)recent_free);
  g_autoptr (GKeyFile) file = load ();
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (gsize i = 0; groups[i]; i++)
    {
      g_autofree char *path = g_key_file_get_string (file, groups[i], "path", NULL);
      g_autofree char *folder = g_key_file_get_string (file, groups[i], "folder", NULL);
      g_autofree char *summary = g_key_file_get_string (file, groups[i], "summary", NULL);
      InsUiRecent *recent;

      if (!path || !*path)
        continue;
      recent = g_new0 (InsUiRecent, 1);
      recent->title = get_title (path);
      recent->is_missing = !g_file_test (path, G_FILE_TEST_EXISTS);
      recent->path = g_steal_pointer (&path);
      recent->folder = folder ? g_steal_pointer (&folder) : g_strdup ("");
      recent->summary = summary ? g_steal_pointer (&summary) : g_strdup ("");
      g_ptr_array_add (recents, recent);
    }
  return recents;
}

static void
remove_from (GPtrArray *recents, const char *path)
{
  for (guint i = recents->len; i > 0; i--)
    {
      InsUiRecent *recent = g_ptr_array_index (recents, i - 1);

      if (g_str_equal (recent->path, path))
        g_ptr_array_remove_index (recents, i - 1);
    }
}

void
insui_recent_add (const char *path, const char *summary)
{
  g_autoptr (GPtrArray) recents = NULL;
  InsUiRecent *recent;

  g_return_if_fail (path);

  recents = insui_recent_list ();
  remove_from (recents, path);
  recent = g_new0 (InsUiRecent, 1);
  recent->path = g_strdup (path);
  recent->folder = get_folder (path);
  recent->summary = g_strdup (summary ? summary : "");
  g_ptr_array_insert (recents, 0, recent);
  store (recents);
}

void
insui_recent_remove (const char *path)
{
  g_autoptr (GPtrArray) recents = NULL;

  g_return_if_fail (path);

  recents = insui_recent_list ();
  remove_from (recents, path);
  store (recents);
}
