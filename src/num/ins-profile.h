/* ins-profile.h: what the members of each group have in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

/* Mean and median of every column of @x (n × f, NaN = missing, left out) in each of the @k groups.
 * @labels: n numbers, < 0 = in no group.  @mean, @median: (out) (transfer full): (k + 1) × f, the
 * last row being all rows of @x.  Returns: FALSE if cancelled. */
gboolean ins_group_summaries (const InsMatrix *x, const gint32 *labels, gsize k, InsMatrix **mean,
                              InsMatrix **median, InsRun *run, GError **error);

/* Numbers the groups 0 … k - 1 anew by falling mean of @value over their members (ties: the lower
 * old number), in place.  NaN counts as nothing. */
void ins_order_labels (gint32 *labels, gsize n, gsize k, const double *value);

G_END_DECLS
