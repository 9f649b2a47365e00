/* ins-memory.c: how much memory can be had
 *
 * The kernel's MemAvailable, and what the control groups of this process (version 2 or 1, every
 * ancestor, as each may have a limit) leave: limit - usage + file cache that would be given back.
 * And what a limit of its address space (ulimit -v) leaves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "base/ins-memory-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/ins-error.h"

#define NO_LIMIT G_MAXUINT64

static char *
read_text (const char *root, const char *path)
{
  g_autofree char *full = g_strconcat (root, path, NULL);
  char *text = NULL;

  return g_file_get_contents (full, &text, NULL, NULL) ? text : NULL;
}

/* The number after @name at the beginning of a line of @text. */
static gboolean
find_number (const char *text, const char *name, guint64 *number)
{
  gsize length = strlen (name);

  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n';
      if (strncmp (line, name, length) == 0 && (line[length] == ' ' || line[length] == ':'))
        {
          *number = g_ascii_strtoull (line + length + strspn (line + length, ": \t"), NULL, 10);
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_number (const char *root, const char *folder, const char *name, guint64 *number)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = read_text (root, path);

  /* "max" stands for no limit */
  return text != NULL && g_ascii_isdigit (*text)
         && ((*number = g_ascii_strtoull (text, NULL, 10)), TRUE);
}

typedef struct
{
  const char *base, *limit, *usage, *cache;
} GroupFiles;

static const GroupFiles group_files[] = {
  { "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file" },
  { "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
    "total_inactive_file" },
};

/* What one control group leaves. */
static guint64
group_available (const char *root, const GroupFiles *files, const char *folder)
{
  g_autofree char *stat_path = g_build_filename (folder, "memory.stat", NULL);
  g_autofree char *stat = NULL;
  guint64 limit, usage, cache = 0;

  if (!read_number (root, folder, files->limit, &limit)
      || !read_number (root, folder, files->usage, &usage))
    return NO_LIMIT;
  if (limit >= NO_LIMIT / 2 - G_MAXUINT32) /* version 1 has no word for "none" */
    return NO_LIMIT;
  stat = read_text (root, stat_path);
  if (stat != NULL)
    find_number (stat, files->cache, &cache);
  usage -= MIN (usage, cache);
  return limit - MIN (limit, usage);
}

static guint64
groups_available (const char *root, const GroupFiles *files, const char *group)
{
  g_autofree char *folder = g_build_filename (files->base, group, NULL);
  guint64 least = NO_LIMIT;

  while (g_str_has_prefix (folder, files->base))
    {
      char *slash;
      least = MIN (least, group_available (root, files, folder));
      slash = strrchr (folder, '/');
      if (slash == folder)
        break;
      *slash = '\0';
    }
  return least;
}

static guint64
control_groups_available (const char *root)
{
  g_autofree char *text = read_text (root, "/proc/self/cgroup");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  guint64 least = NO_LIMIT;

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 3);
      if (g_strv_length (parts) != 3)
        continue;
      if (*parts[1] == '\0')
        least = MIN (least, groups_available (root, &group_files[0], parts[2]));
      else if (strcmp (parts[1], "memory") == 0)
        least = MIN (least, groups_available (root, &group_files[1], parts[2]));
    }
  return least;
}

guint64
ins_memory_available_below (const char *root)
{
  g_autofree char *text = NULL;
  guint64 kernel = NO_LIMIT;

  g_return_val_if_fail (root != NULL, 0);

  text = read_text (root, "/proc/meminfo");
  if (text != NULL && find_number (text, "MemAvailable", &kernel))
    kernel *= 1024;
#ifdef _SC_PHYS_PAGES
  else
    kernel = (guint64)sysconf (_SC_PHYS_PAGES) / 2 * (guint64)sysconf (_SC_PAGESIZE);
#endif
  return MIN (kernel, control_groups_available (root));
}

static guint64
address_space_available (void)
{
  g_autofree char *status = NULL;
  struct rlimit limit;
  guint64 used;

  if (getrlimit (RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return NO_LIMIT;
  status = read_text ("", "/proc/self/status");
  if (status == NULL || !find_number (status, "VmSize", &used))
    return NO_LIMIT;
  return limit.rlim_cur - MIN (limit.rlim_cur, used * 1024);
}

guint64
ins_memory_available (void)
{
  return MIN (ins_memory_available_below (""), address_space_available ());
}

gboolean
ins_memory_check (guint64 bytes, const char *what, const char *hint, GError **error)
{
  guint64 available;
  g_autofree char *needed = NULL, *there = NULL;

  g_return_val_if_fail (what != NULL, FALSE);

  available = ins_memory_available ();
  if (bytes <= available)
    return TRUE;
  needed = g_format_size (bytes);
  there = g_format_size (available);
  /* Translators: work, memory it needs, memory there is, what to do instead */
  g_set_error (error, INS_ERROR, INS_ERROR_MEMORY, _ ("%s needs %s of memory, but %s are free; %s"),
               what, needed, there,
               hint != NULL ? hint : _ ("close other programs or work on fewer customers."));
  return FALSE;
}
