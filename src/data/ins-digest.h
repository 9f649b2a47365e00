/* ins-digest.h: SHA-256 of many bytes, fast where the processor helps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-run.h"

G_BEGIN_DECLS

/* Hexadecimal SHA-256 of @size bytes.  Returns: (transfer full) (nullable): NULL if cancelled. */
char *ins_digest_sha256 (const guint8 *data, gsize size, InsRun *run);

/* The same without the processor's help, as a check. */
char *ins_digest_sha256_plain (const guint8 *data, gsize size, InsRun *run);

G_END_DECLS
