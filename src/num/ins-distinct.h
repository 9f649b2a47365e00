/* ins-distinct.h: which rows are equal
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-run.h"

G_BEGIN_DECLS

/* Looks through @n rows of @d numbers, element (i, j) being data[i * row_step + j * col_step],
 * until @most different ones have been found.  @first: (nullable): for every row the number of the
 * first one equal to it.  -0 is 0; a row with NaN is equal to none.  Once @run is cancelled the
 * rows not yet seen count as different, and whoever called must check the run.  Returns: how many
 * different rows there are, at most @most. */
gsize ins_distinct_rows (const double *data, gsize n, gsize d, gsize row_step, gsize col_step,
                         gsize most, guint32 *first, InsRun *run);

G_END_DECLS
