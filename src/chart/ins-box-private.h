/* ins-box-private.h: the two halves of the box plots: figures and drawing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-axis-draw.h"

G_BEGIN_DECLS

#define INS_BOX_POINTS 200 /* fewer customers than these are shown as points too */

/**
 * InsBoxFigures: one group's values of one feature
 * @low, @high: ends of the whiskers: the farthest values within 1.5 interquartile ranges of the
 *   box, measured as the axis shows them
 * @first, @n: values in the panel's @sorted; @rows beside them
 * @n_low, @n_high: how many of them lie beyond the whiskers
 */
typedef struct
{
  gsize first, n, n_low, n_high;
  double low, q1, median, q3, high;
} InsBoxFigures;

typedef struct
{
  InsVariable *variable; /* the chart's */
  double *sorted;        /* by group, ascending */
  guint32 *rows;
  double median; /* of all in any group */
  InsBoxFigures *groups;
  InsBox plot;
  InsAxis axis;
} InsBoxPanel;

typedef struct
{
  InsChart parent;
  gsize n, n_groups, n_panels;
  InsChartGroup *groups;
  InsVariable *variables;
  InsBoxPanel *panels;

  gsize shown; /* panels that fit */
  gsize per_row;
  double names; /* room for them at the left */
  double band;  /* a group's height */
} InsBoxChart;

void ins_box_layout (InsChart *chart);
void ins_box_draw (InsChart *chart, cairo_t *cr);
void ins_box_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state);
/* The room of a group in a panel. */
InsBox ins_box_band (const InsBoxChart *self, gsize panel, gsize group);

G_END_DECLS
