/* ins-silhouette.h: silhouette of every point, exact, in O(n) memory
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

/* s(i) = (b - a) / max (a, b) with Euclidean distances (Rousseeuw 1987), 0 for the only point of
 * a cluster, NaN for noise (label < 0) and if there are fewer than two clusters.
 * @x: n × d.  @labels: n numbers.  @out: n numbers.  Returns: FALSE if cancelled, or with
 * INS_ERROR_INPUT if a number is missing, infinite or huge. */
gboolean ins_silhouette_samples (const InsMatrix *x, const gint32 *labels, double *out, InsRun *run,
                                 GError **error);
/* Mean of the values that are no NaN; NaN if there is none. */
double ins_silhouette_mean (const double *values, gsize n);

G_END_DECLS
