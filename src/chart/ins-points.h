/* ins-points.h: customers as markers in a plane: where they are, drawn, under the pointer, picked
 *
 * What the scatter plot has one of and the scatter matrix many.  Arrays are borrowed: the chart
 * owns them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

/**
 * InsPoints:
 * @size: (nullable): 0 … 1, relative marker area
 * @order: the @n_shown rows with two finite numbers in the order drawn: noise, then the larger
 *   groups first
 * @count: points per group, [n_groups] is noise
 * @plot, @px, @py: where they are on the page
 * @cell_start, @cell_rows: rows by cell of a grid over @plot, for what lies under a point
 * @always_pixels: whether they are too many for paths in a vector file
 */
typedef struct
{
  InsChart *chart;
  gsize n;
  const double *x, *y, *size;
  const gint32 *group;
  gsize n_groups;
  const InsChartGroup *groups;

  gsize n_shown;
  guint32 *order;
  gsize *count;

  InsBox plot;
  double *px, *py;
  double r, alpha;
  gboolean always_pixels;
  int cells_x, cells_y;
  guint32 *cell_start;
  guint32 *cell_rows;
} InsPoints;

#define INS_POINTS_VECTOR 20000 /* more than these on a page are a picture in a vector file */

void ins_points_init (InsPoints *points, InsChart *chart, gsize n, const double *x, const double *y,
                      const gint32 *group, const InsChartGroup *groups, gsize n_groups);
void ins_points_clear (InsPoints *points);
/* @shrink: of the markers; 1 = as large as a single plot's. */
void ins_points_layout (InsPoints *points, const InsBox *plot, const InsAxis *x_axis,
                        const InsAxis *y_axis, double shrink);

/* -1 where there is none or the number is out of range. */
int ins_points_group (const InsPoints *points, gsize row);
gboolean ins_points_is_shown (const InsPoints *points, gsize row);
/* The box of a marker. */
InsBox ins_points_box (const InsPoints *points, gsize row);

/* @only: a group, -1 = all. */
void ins_points_draw (const InsPoints *points, cairo_t *cr, int only);
gboolean ins_points_any_selected (const InsPoints *points, const InsChartState *state);
void ins_points_draw_selected (const InsPoints *points, cairo_t *cr, const InsChartState *state);
void ins_points_draw_hovered (const InsPoints *points, cairo_t *cr, gsize row);

/* The nearest row within reach; -1 = none. */
int ins_points_at (const InsPoints *points, double x, double y);
gboolean ins_points_locate (const InsPoints *points, int row, InsChartHit *hit);
/* The nearest point in a quarter of the circle around the direction. */
int ins_points_move (const InsPoints *points, int row, int dx, int dy);

/* "Customer 14646", or by the line's number where there are no ids.  (transfer full) */
char *ins_customer_name (char **ids, gsize row);

G_END_DECLS
