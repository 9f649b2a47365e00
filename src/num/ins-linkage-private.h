/* ins-linkage-private.h: what the files of hierarchical clustering share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "num/ins-linkage.h"

G_BEGIN_DECLS

/* Two clusters become one: each is told by one of its points. */
typedef struct
{
  double height;
  gint32 a, b;
} InsMerge;

/* The n - 1 merges in any order.  Return FALSE if cancelled. */
gboolean ins_linkage_ward (const InsMatrix *x, InsMerge *merges, InsRun *run);
gboolean ins_linkage_single (const InsMatrix *x, InsMerge *merges, InsRun *run);
gboolean ins_linkage_pairwise (const InsMatrix *x, InsLinkageMethod method, InsMerge *merges,
                               InsRun *run);

/* x centred by its column means, row after row: differences keep their accuracy far from 0. */
double *ins_linkage_centred_rows (const InsMatrix *x);

/* ---- nearest cluster in Ward's sense ---- */

/**
 * InsWardTree: a kd-tree over the centres of the clusters that are there
 *
 * Clusters may grow, move and vanish in place; boxes only widen until the tree is built anew.
 */
typedef struct _InsWardTree InsWardTree;

InsWardTree *ins_ward_tree_new (gsize n, gsize d);
void ins_ward_tree_free (InsWardTree *tree);
gsize ins_ward_tree_bytes (gsize n, gsize d);
/* Over clusters @ids[0 … n - 1]; @centres: by id, row after row.  Sorts @ids by place.
 * Cancelled, the tree lacks some. */
void ins_ward_tree_build (InsWardTree *tree, guint32 *ids, gsize n, const double *centres,
                          const double *sizes, InsRun *run);
void ins_ward_tree_change (InsWardTree *tree, guint32 id, const double *centre, double size);
void ins_ward_tree_remove (InsWardTree *tree, guint32 id);
/* The cluster that costs least to join with @id; ties: a fixed order of the ids, the same for
 * every asker.  May be called from many threads at once. */
guint32 ins_ward_tree_nearest (const InsWardTree *tree, guint32 id, const double *centre,
                               double size, double *cost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsWardTree, ins_ward_tree_free)

G_END_DECLS
