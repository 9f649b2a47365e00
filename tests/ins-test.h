/* ins-test.h: what every test program may use
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

/* A file of the real data set: in the folder named by INSIDERS_TEST_DATA, or beside the checkout.
 * Returns: (nullable) (transfer full): NULL where it is absent; the caller then skips and says so.
 */
static inline char *
ins_test_data (const char *name)
{
  const char *folder = g_getenv ("INSIDERS_TEST_DATA");
  const char *tests = g_getenv ("G_TEST_SRCDIR");
  char *path = folder ? g_build_filename (folder, name, NULL)
                      : g_build_filename (tests, "..", "..", "shared", "data", name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_clear_pointer (&path, g_free);
  return path;
}

/* A file of the project's own under tests/ ("golden/kmeans.csv").  Returns: (transfer full) */
static inline char *
ins_test_file (const char *name)
{
  return g_build_filename (g_getenv ("G_TEST_SRCDIR"), name, NULL);
}

#define ins_skip_without(path)                                                                     \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(path))                                                                                   \
      {                                                                                            \
        g_test_skip ("the real data set is not here");                                             \
        return;                                                                                    \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END
