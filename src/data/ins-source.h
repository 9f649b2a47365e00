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
 * @bytes: unpacked content; mapped where the file is large and not compressed
 * @sha256: of @bytes, hexadecimal
 * @mtime: of the file, seconds since 1970
 */
typedef struct
{
  char *name;
  char *path;
  GBytes *bytes;
  char *sha256;
  gint64 mtime;
  /*< private >*/
  gboolean is_mapped;
  gatomicrefcount ref_count;
} InsSource;

/* @path: a path, a URI GIO can read, a resource ("resource:///…") or "-".  ".gz" by its magic
 * number.  Errors name the file. */
InsSource *ins_source_open (const char *path, InsRun *run, GError **error);
InsSource *ins_source_new_for_bytes (const char *name, GBytes *bytes);
/* Bytes @begin … @end - 1 will hardly be looked at again: a large mapped file's pages are given
 * back to the kernel, which has them still.  The bytes stay what they are. */
void ins_source_release (const InsSource *source, gsize begin, gsize end);
InsSource *ins_source_ref (InsSource *source);
void ins_source_unref (InsSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsSource, ins_source_unref)

G_END_DECLS
