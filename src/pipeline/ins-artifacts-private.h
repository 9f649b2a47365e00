/* ins-artifacts-private.h: what the files that make and read artifacts share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-results.h"

G_BEGIN_DECLS

/* Frees @artifact and sets INS_ERROR_DAMAGED.  Returns: NULL */
gpointer ins_artifact_damaged (gpointer artifact, const char *kind, GError **error);
/* Whether all @n values are @from … @to. */
gboolean ins_ints_are_within (const gint32 *values, gsize n, gint32 from, gint64 to);
/* Sizes of the @k groups, noise in none.  Returns: (transfer full) */
gsize *ins_labels_count (const gint32 *labels, gsize n, gsize k);

G_END_DECLS
