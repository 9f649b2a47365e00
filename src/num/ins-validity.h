/* ins-validity.h: indices of a partition that need one pass
 *
 * Noise (label < 0) is left out everywhere.  Labels are 0 … k - 1.  An index is NaN once its run is
 * cancelled; whoever called must check the run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

/* Means of the clusters, k × d.  Returns: (transfer full) */
InsMatrix *ins_cluster_centres (const InsMatrix *x, const gint32 *labels, gsize k);
/* Within-cluster sum of squared distances to the means (scikit-learn's inertia). */
double ins_within_sum_of_squares (const InsMatrix *x, const gint32 *labels, gsize k);
/* Caliński & Harabasz 1974; more is better; NaN for k < 2. */
double ins_calinski_harabasz (const InsMatrix *x, const gint32 *labels, gsize k, InsRun *run);
/* Davies & Bouldin 1979; less is better; NaN for k < 2. */
double ins_davies_bouldin (const InsMatrix *x, const gint32 *labels, gsize k, InsRun *run);

G_END_DECLS
