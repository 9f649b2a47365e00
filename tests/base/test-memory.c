/* test-memory.c: what is available, read from made-up /proc and /sys
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-memory-private.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/ins-error.h"

static void
put (const char *root, const char *path, const char *text)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (full, text, -1, NULL));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

static char *
new_root (void)
{
  char *root = g_dir_make_tmp ("insiders-memory-XXXXXX", NULL);

  g_assert_nonnull (root);
  put (root, "proc/meminfo", "MemTotal: 9000 kB\nMemAvailableX: 1 kB\nMemAvailable:    4000 kB\n");
  return root;
}

static void
test_kernel (void)
{
  g_autofree char *root = new_root ();

  g_assert_cmpuint (ins_memory_available_below (root), ==, 4000 * 1024);
  put (root, "proc/self/cgroup", "0::/\n");
  put (root, "sys/fs/cgroup/memory.max", "max\n");
  put (root, "sys/fs/cgroup/memory.current", "12\n");
  g_assert_cmpuint (ins_memory_available_below (root), ==, 4000 * 1024);
  remove_tree (root);
}

static void
test_version_2 (void)
{
  g_autofree char *root = new_root ();

  put (root, "proc/self/cgroup", "0::/user/app\n");
  put (root, "sys/fs/cgroup/user/memory.max", "1000000\n"); /* the parent's limit counts */
  put (root, "sys/fs/cgroup/user/memory.current", "400000\n");
  put (root, "sys/fs/cgroup/user/memory.stat", "anon 5\ninactive_file 100000\nfile 7\n");
  put (root, "sys/fs/cgroup/user/app/memory.max", "2000000\n");
  put (root, "sys/fs/cgroup/user/app/memory.current", "300000\n");
  g_assert_cmpuint (ins_memory_available_below (root), ==, 700000);
  put (root, "sys/fs/cgroup/user/memory.current", "5000000\n");
  g_assert_cmpuint (ins_memory_available_below (root), ==, 0);
  remove_tree (root);
}

static void
test_version_1 (void)
{
  g_autofree char *root = new_root ();

  put (root, "proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/box\n");
  put (root, "sys/fs/cgroup/memory/box/memory.limit_in_bytes", "900000\n");
  put (root, "sys/fs/cgroup/memory/box/memory.usage_in_bytes", "200000\n");
  put (root, "sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  put (root, "sys/fs/cgroup/memory/memory.usage_in_bytes", "0\n");
  g_assert_cmpuint (ins_memory_available_below (root), ==, 700000);
  remove_tree (root);
}

static void
test_check (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (ins_memory_available (), >, 1024 * 1024);
  g_assert_true (ins_memory_check (1, "Nothing", NULL, &error));
  g_assert_no_error (error);
  g_assert_false (ins_memory_check (G_MAXUINT64, "Average linkage", "use Ward", &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_MEMORY);
  g_assert_true (g_str_has_prefix (error->message, "Average linkage"));
  g_assert_true (g_str_has_suffix (error->message, "use Ward"));
}

/* With room for 200 MB more of addresses there are no more than those. */
static void
test_address_space (void)
{
  const guint64 room = (guint64)200 << 20;
  g_autofree char *statm = NULL;
  struct rlimit limit, narrow;
  guint64 available;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_AS, &limit), ==, 0);
  narrow = limit;
  narrow.rlim_cur = g_ascii_strtoull (statm, NULL, 10) * (guint64)sysconf (_SC_PAGESIZE) + room;
  if (narrow.rlim_cur > limit.rlim_cur)
    {
      g_test_skip ("the limit is narrower already");
      return;
    }
  g_assert_cmpint (setrlimit (RLIMIT_AS, &narrow), ==, 0);
  available = ins_memory_available ();
  g_assert_cmpint (setrlimit (RLIMIT_AS, &limit), ==, 0);
  g_assert_cmpuint (available, <=, room);
  g_assert_cmpuint (available, >, room / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/memory/kernel", test_kernel);
  g_test_add_func ("/memory/version-2", test_version_2);
  g_test_add_func ("/memory/version-1", test_version_1);
  g_test_add_func ("/memory/check", test_check);
  g_test_add_func ("/memory/address-space", test_address_space);
  return g_test_run ();
}
