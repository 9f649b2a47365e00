/* ins-source.h: the bytes of an input: file, compressed file or standard input
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-run.h"

G_BEGIN_DECLS

/**
 * InsSource:
 * @name: base name for people ("ecommerce.csv"), "standard input" for "-"
 * @path: (nullable): absolute path, NULL for standard input
 * @bytes: unpacked content
 * @sha256: of @bytes, hexadecimal
 * @mtime: of the file, seconds since 1970; 0 where there is none
 */
typedef struct
{
  char *name;
  char *path;
  GBytes *bytes;
  char *sha256;
  gint64 mtime;
  /*< private >*/
  gatomicrefcount ref_count;
} InsSource;

/* @path: a path, a URI GIO can read, a resource ("resource:///…") or "-".  ".gz" by its magic
 * number.  Errors name the file. */
InsSource *ins_source_open (const char *path, InsRun *run, GError **error);
InsSource *ins_source_new_for_bytes (const char *name, GBytes *bytes);
InsSource *ins_source_ref (InsSource *source);
void ins_source_unref (InsSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsSource, ins_source_unref)

G_END_DECLS
