/* ins-scatter-private.h: the two halves of the scatter chart: points, and words among them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-points.h"

G_BEGIN_DECLS

/**
 * InsScatterLabel: a cluster's name on the page
 * @placed: a place was found that hides no other name
 */
typedef struct
{
  int group;
  gboolean placed;
  InsBox box;
} InsScatterLabel;

/**
 * InsScatter:
 * @labels: n_groups, in the order placed
 */
typedef struct
{
  InsChart parent;
  gsize n;
  double *x, *y;
  gint32 *group;
  double *size;
  char **ids;
  gsize n_groups;
  InsChartGroup *groups;
  char *x_title, *y_title;
  gboolean show_numbers;

  InsPoints points;

  InsBox plot;
  InsAxis x_axis, y_axis;
  InsScatterLabel *labels;
  gsize n_dropped;
} InsScatter;

/* After px, py and the cells are there. */
void ins_scatter_place_labels (InsScatter *self);
/* @only: a group, -1 = all. */
void ins_scatter_draw_labels (InsScatter *self, cairo_t *cr, int only);
/* Names that found no place among the points, in a line under them; and the axes' caption. */
void ins_scatter_draw_caption (InsScatter *self, cairo_t *cr);

G_END_DECLS
