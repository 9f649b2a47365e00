/* ins-silhouette-private.h: the two halves of the silhouette chart: what it knows, how it is drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

/* A group. */
typedef struct
{
  gsize first, n; /* in order[] */
  double mean;
  double top, height; /* on the page */
  double label_y;     /* middle of the label; NaN = none */
} InsKnife;

/**
 * @order: rows by group, falling value
 * @rank: place of a row in @order, G_MAXUINT32 = not shown
 */
typedef struct
{
  InsChart parent;
  gsize n;
  double *values;
  gint32 *group;
  char **ids;
  gsize n_groups;
  InsChartGroup *groups;

  gsize n_shown;
  guint32 *order;
  guint32 *rank;
  InsKnife *knives;
  double mean;

  InsBox plot;
  InsAxis axis;
  int figures;       /* beside the names: 2 = mean and size, 1 = mean, 0 = none */
  gsize name_prefix; /* bytes that all names begin with and that are left out: "Group " of 1 … k */
} InsSilhouetteChart;

void ins_silhouette_layout (InsChart *chart);
void ins_silhouette_draw (InsChart *chart, cairo_t *cr);
void ins_silhouette_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state);
/* Where a row's line is; FALSE if it has none. */
gboolean ins_silhouette_place (const InsSilhouetteChart *self, gsize row, double *top,
                               double *height);
/* "0.61 · 355": mean and size.  (transfer full) */
char *ins_silhouette_figures (const InsSilhouetteChart *self, gsize g);

G_END_DECLS
