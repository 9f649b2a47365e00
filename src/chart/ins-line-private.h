/* ins-line-private.h: panels of lines, and where they stand on the page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;
  char *series;
  double *y;
  int marked;
  char *mark_text;
  gboolean less_is_better;
  gsize frame;
} InsPanel;

/* One coordinate system: the panels of one title. */
typedef struct
{
  gsize first, n;
  InsBox plot;
  double title_y;
  InsAxis y_axis;
} InsFrame;

typedef struct
{
  InsChart parent;
  gsize n;
  double *x;
  char *x_title;
  gsize n_panels;
  InsPanel *panels;
  double chosen;

  gsize n_frames;
  InsFrame *frames;
  gsize columns;
  gboolean titles_shown;
  InsAxis x_axis; /* of the first column; the others are moved */
} InsLine;

/* Whether any line has a number there. */
gboolean ins_line_has_point (const InsLine *self, gsize i);
double ins_line_x (const InsLine *self, const InsFrame *frame, double x);
/* Ticks far enough from each other to be read. */
gsize ins_line_y_ticks (const InsLine *self, const InsFrame *frame, double *ticks);

/* ins-line-draw.c */
void ins_line_draw (InsChart *chart, cairo_t *cr);
void ins_line_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state);

G_END_DECLS
