/* ins-scatter-private.h: the parts of the scatter chart: points, words and arrows among them
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
 * InsScatterArrow: a feature over the customers
 * @x, @y: loadings; @px, @py: its tip on the page
 * @placed: its name has a place, @box
 */
typedef struct
{
  char *name;
  double x, y;
  double px, py;
  gboolean placed;
  InsBox box;
} InsScatterArrow;

/**
 * InsScatter:
 * @labels: n_groups, in the order placed
 * @arrows: items from n on
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
  gsize n_arrows;
  InsScatterArrow *arrows;
  double arrow_scale; /* from loadings to the axes */
} InsScatter;

/* After px, py and the cells are there. */
void ins_scatter_place_labels (InsScatter *self);
/* @only: a group, -1 = all. */
void ins_scatter_draw_labels (InsScatter *self, cairo_t *cr, int only);
/* Names that found no place among the points, in a line under them; and the axes' caption. */
void ins_scatter_draw_caption (InsScatter *self, cairo_t *cr);

/* Chooses the arrows' scale for that range of the data and widens it so that they are inside. */
void ins_scatter_arrows_scale (InsScatter *self, double *x_lo, double *x_hi, double *y_lo,
                               double *y_hi);
void ins_scatter_arrows_place (InsScatter *self);
/* @only: an arrow, to lift out; -1 = all. */
void ins_scatter_arrows_draw (const InsScatter *self, cairo_t *cr, int only);
int ins_scatter_arrow_at (const InsScatter *self, double x, double y);
InsBox ins_scatter_arrow_box (const InsScatter *self, gsize i);
void ins_scatter_arrows_clear (InsScatter *self);

G_END_DECLS
