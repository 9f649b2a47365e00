/* ins-pairs-private.h: the two halves of the scatter matrix: what it knows, how it is drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-axis-draw.h"
#include "chart/ins-points.h"

G_BEGIN_DECLS

#define INS_PAIRS_STEPS 72 /* of a density curve */

/**
 * InsPairsChart:
 * @points: by panel, the lower triangle row after row: (1, 0), (2, 0), (2, 1) …
 * @density: by variable and group INS_PAIRS_STEPS heights of 0 … 1, its highest being 1
 * @axes: by variable, without places
 * @shown: variables that fit
 */
typedef struct
{
  InsChart parent;
  gsize n, n_variables, n_groups;
  InsVariable *variables;
  gint32 *group;
  InsChartGroup *groups;
  char **ids;
  InsPoints *points;
  double *density;
  InsAxis *axes;
  gsize *count; /* customers by group */

  gsize shown;
  double x, y, width, height; /* of the first cell */
  double gap;
  int legend_columns;
  double legend_x, legend_width; /* a column's */
  gsize legend_n;                /* groups in it */
} InsPairsChart;

static inline gsize
ins_pairs_panel (gsize row, gsize column)
{
  return row * (row - 1) / 2 + column;
}

static inline gsize
ins_pairs_n_panels (const InsPairsChart *self)
{
  return self->shown < 2 ? 0 : ins_pairs_panel (self->shown, 0);
}

void ins_pairs_layout (InsChart *chart);
void ins_pairs_draw (InsChart *chart, cairo_t *cr);
void ins_pairs_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state);

G_END_DECLS
