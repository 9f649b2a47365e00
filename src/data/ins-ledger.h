/* ins-ledger.h: lines that could not be read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-import.h"

G_BEGIN_DECLS

/* @text, @reason: (transfer full); @column: (nullable) */
InsRejected *ins_rejected_new (guint64 line, const char *column, char *text, char *reason,
                               double amount);
void ins_rejected_free (InsRejected *rejected);
/* By line. */
void ins_ledger_sort (GPtrArray *rejected);

G_END_DECLS
