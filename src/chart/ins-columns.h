/* ins-columns.h: what the histogram and the column chart share: columns upon a base line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

/**
 * InsColumns:
 * @n, @heights: the columns; NaN = none
 * @gap: share of a column's room that stays free
 * @unit: of the heights
 */
typedef struct
{
  gsize n;
  double *heights;
  double gap;
  char *unit;
  InsBox plot;
  InsAxis axis;
} InsColumns;

/* @below: room for what stands under the columns. */
void ins_columns_layout (InsColumns *columns, InsChart *chart, double above, double below);
void ins_columns_draw (InsColumns *columns, InsChart *chart, cairo_t *cr);
void ins_columns_draw_hover (InsColumns *columns, InsChart *chart, cairo_t *cr, int item);
InsBox ins_columns_box (const InsColumns *columns, gsize i);
/* Column over whose room x lies, -1 = none. */
int ins_columns_at (const InsColumns *columns, double x, double y);
/* A chart's locate() and hit() when its items are the columns. */
gboolean ins_columns_locate (const InsColumns *columns, int item, InsChartHit *hit);
gboolean ins_columns_hit (const InsColumns *columns, double x, double y, InsChartHit *hit);
void ins_columns_clear (InsColumns *columns);

G_END_DECLS
