/* ins-cluster-step.h: what every clustering method has in common
 *
 * Its parameters (clusters, space, business limits), the choice of k, the order of the clusters by
 * value, the metrics and silhouettes.  A method only cuts points into groups.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-step.h"

G_BEGIN_DECLS

typedef enum
{
  INS_SPACE_FEATURES,
  INS_SPACE_PICTURE
} InsSpace;

#define INS_TYPE_CLUSTER_STEP (ins_cluster_step_get_type ())
G_DECLARE_DERIVABLE_TYPE (InsClusterStep, ins_cluster_step, INS, CLUSTER_STEP, InsStep)

/**
 * InsClusterStepClass:
 * @partition: labels for every k = @k_from … @k_to: (k_to - k_from + 1) rows of n labels
 *   (0 … k - 1, -1 = noise; numbering does not matter, no group may be empty).  @points: n × d
 *   without NaN, with at least @k_to different rows.  @prototypes: k_to - k_from + 1 times NULL; a
 *   method whose groups are what is nearest to k points puts these there (transfer full).  @tree:
 * (out) (optional): the dendrogram, if the method makes one, else left alone.  Calls
 * ins_run_begin() with its own stage text
 */
struct _InsClusterStepClass
{
  InsStepClass parent_class;
  gboolean (*partition) (InsClusterStep *self, const InsMatrix *points, gsize k_from, gsize k_to,
                         gint32 *labels, InsMatrix **prototypes, InsLinkage **tree, InsRun *run,
                         GError **error);
};

/* The table rows of this model for k = @from … @to (at most as many as there are different
 * points), judged by this step's business limits.  @tree: (out) (optional) (transfer full).
 * Returns: (transfer full) (nullable) (element-type InsSweepRow); free each with
 * ins_sweep_row_clear() */
GArray *ins_cluster_step_sweep (InsClusterStep *self, const InsResults *inputs, gsize from,
                                gsize to, InsLinkage **tree, InsRun *run, GError **error);
void ins_sweep_row_clear (InsSweepRow *row);

G_END_DECLS
