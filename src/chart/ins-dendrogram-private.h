/* ins-dendrogram-private.h: the tree, and where it stands on the page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

/**
 * InsDendrogram: nodes are numbered as scipy does: 0 … n - 1 leaves, n + i merge i
 * @n: leaves, 0 if the linkage is none
 * @n_nodes: 2 n - 1
 * @first_inner: nodes from this number on are drawn with two branches, those below as ends
 * @order: leaves from left to right; a node's leaves are order[start … start + count - 1]
 * @parent: -1 = root
 * @cluster: group of all leaves below a node, -1 = none or several
 * @n_ends, @ends: the ends from left to right
 * @at: middle of a node in ends (0 … n_ends), NaN if it is hidden inside an end
 */
typedef struct
{
  InsChart parent;
  gsize n, n_nodes;
  gint32 *left, *right;
  double *height;
  gsize k;
  double cut;
  gint32 *group;
  gsize n_groups;
  InsChartGroup *groups;
  const InsScaleType *scale;

  gsize first_inner;
  guint32 *order;
  guint32 *start, *count;
  gint32 *up;
  gint32 *cluster;
  gsize n_ends;
  guint32 *ends;
  double *at;

  InsBox plot;
  InsAxis y_axis;
  double counts_height, names_height;
} InsDendrogram;

/* ins-dendrogram-tree.c */
gboolean ins_dendrogram_check (const InsDendrogramData *data);
void ins_dendrogram_build (InsDendrogram *self, gsize truncate);
gsize ins_dendrogram_clusters_at (const InsDendrogram *self, double height);

#define INS_DENDROGRAM_NARROW 0.7 /* points: what is narrower is drawn as one line */

/* ins-dendrogram-chart.c: places on the page */
double ins_dendrogram_x (const InsDendrogram *self, gint32 node);
double ins_dendrogram_y (const InsDendrogram *self, gint32 node);
double ins_dendrogram_y_of_height (const InsDendrogram *self, double height);
double ins_dendrogram_span (const InsDendrogram *self, gint32 node);
gsize ins_dendrogram_ticks (const InsDendrogram *self, double *ticks);
char *ins_dendrogram_cut_text (const InsDendrogram *self, double cut);
InsBox ins_dendrogram_handle_box (const InsDendrogram *self, double cut);

/* ins-dendrogram-draw.c */
void ins_dendrogram_draw (InsChart *chart, cairo_t *cr);
void ins_dendrogram_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state);

static inline gboolean
ins_dendrogram_is_inner (const InsDendrogram *self, gint32 node)
{
  return node >= (gint32)self->first_inner && self->n > 1;
}

static inline double
ins_dendrogram_height (const InsDendrogram *self, gint32 node)
{
  return node < (gint32)self->n ? 0 : self->height[node - (gint32)self->n];
}

static inline gint32
ins_dendrogram_child (const InsDendrogram *self, gint32 node, gboolean right)
{
  return right ? self->right[node - (gint32)self->n] : self->left[node - (gint32)self->n];
}

G_END_DECLS
