/* ins-memory.h: memory is estimated before it is taken
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Bytes that can be had now without swapping (kernel's estimate and control group's limit). */
guint64 ins_memory_available (void);

/* FALSE and INS_ERROR_MEMORY if @bytes are more than there are.  @what begins the sentence, for
 * example "Average linkage of 50,000 customers"; @hint (nullable) ends it: what to do instead. */
gboolean ins_memory_check (guint64 bytes, const char *what, const char *hint, GError **error);

G_END_DECLS
