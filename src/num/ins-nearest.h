/* ins-nearest.h: which centre is nearest
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

/* The nearest of the k @centres (k × d, k ≥ 1) for every row of @x (n × d without NaN), by
 * Euclidean distance; of equally near ones the first.  A centre with a NaN (a cluster without
 * points) is never chosen unless there is no other.  @labels: (out caller-allocates): n.
 * Returns: FALSE if cancelled. */
gboolean ins_nearest_centres (const InsMatrix *x, const InsMatrix *centres, gint32 *labels,
                              InsRun *run, GError **error);

G_END_DECLS
