/* ins-axis-draw.h: ticks and their numbers along a plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart-private.h"

G_BEGIN_DECLS

/* A feature as charts show it. */
typedef struct
{
  double *values; /* n */
  char *title;
  char *unit;
  const InsScaleType *scale;
} InsVariable;

InsVariable *ins_variables_copy (const InsChartVariable *variables, gsize n_variables, gsize n);
void ins_variables_free (InsVariable *variables, gsize n);
/* "Recency (days, log)".  (transfer full) */
char *ins_variable_title (const InsVariable *variable);
/* A range that holds all finite values. */
void ins_variable_set_range (const InsVariable *variable, gsize n, double margin, InsAxis *axis);

/* The @i-th tick's number: on a logarithmic axis each in its own size, else all alike.
 * (transfer full) */
char *ins_tick_text (InsChart *chart, const InsAxis *axis, const double *ticks, gsize n, gsize i,
                     const char *unit);
double ins_tick_widest (InsChart *chart, const InsAxis *axis, gsize wanted, const char *unit);
/* A faint line at @y and a number that ends @gap left of it. */
void ins_tick_draw_beside (InsChart *chart, cairo_t *cr, double y, double left, double right,
                           double gap, const char *text);
/* A dashed line with its name above: the mean, the median. */
void ins_axis_draw_mark (InsChart *chart, cairo_t *cr, const InsAxis *axis, double value,
                         const InsBox *plot, const char *text);
/* Faint lines from @top to @bottom (none if equal) and numbers under @bottom that keep between
 * @left and @right and off each other. */
void ins_axis_draw_below (InsChart *chart, cairo_t *cr, const InsAxis *axis, gsize wanted,
                          const char *unit, double top, double bottom, double left, double right);
/* Faint lines from @left to @right and numbers left of them, off each other. */
void ins_axis_draw_beside (InsChart *chart, cairo_t *cr, const InsAxis *axis, gsize wanted,
                           const char *unit, double left, double right);

G_END_DECLS
