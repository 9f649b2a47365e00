/* ins-axis-draw.c: ticks and their numbers along a plot
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-axis-draw.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- features --- */

InsVariable *
ins_variables_copy (const InsChartVariable *variables, gsize n_variables, gsize n)
{
  InsVariable *copy = g_new0 (InsVariable, MAX (n_variables, 1));
  for (gsize v = 0; v < n_variables; v++)
    copy[v] = (InsVariable){ ins_copy_array (variables[v].values, n),
                             ins_chart_text_copy (variables[v].title ? variables[v].title : ""),
                             ins_chart_text_copy (variables[v].unit ? variables[v].unit : ""),
                             variables[v].log ? &ins_scale_log1p : &ins_scale_linear };
  return copy;
}

void
ins_variables_free (InsVariable *variables, gsize n)
{
  for (gsize v = 0; variables && v < n; v++)
    {
      g_free (variables[v].values);
      g_free (variables[v].title);
      g_free (variables[v].unit);
    }
  g_free (variables);
}

/* Money, per cent and ratios carry their unit in their numbers; invoices in "Invoices" go without
 * saying. */
static gboolean
needs_unit (const InsVariable *variable)
{
  const char *unit = variable->unit;
  g_autofree char *title = g_utf8_casefold (variable->title, -1);
  g_autofree char *word = g_utf8_casefold (unit, -1);
  return *unit && g_strcmp0 (unit, "money") != 0 && g_strcmp0 (unit, "percent") != 0
         && g_strcmp0 (unit, "ratio") != 0 && strstr (title, word) == NULL;
}

char *
ins_variable_title (const InsVariable *variable)
{
  gboolean log = variable->scale == &ins_scale_log1p;
  if (needs_unit (variable))
    return log ? g_strdup_printf (_ ("%s (%s, log)"), variable->title, variable->unit)
               : g_strdup_printf (_ ("%s (%s)"), variable->title, variable->unit);
  return log ? g_strdup_printf (_ ("%s (log)"), variable->title) : g_strdup (variable->title);
}

void
ins_variable_set_range (const InsVariable *variable, gsize n, double margin, InsAxis *axis)
{
  double lo = 0, hi = 1;
  ins_finite_range (variable->values, n, &lo, &hi);
  ins_axis_set_range (axis, variable->scale, lo, hi, margin);
}

/* --- ticks --- */

/* 1, 10, 100 … rather than 50, 100, 150. */
static gboolean
are_powers (const double *ticks, gsize n)
{
  double least = G_MAXDOUBLE, most = 0;

  for (gsize i = 0; i < n; i++)
    if (ticks[i] != 0)
      {
        least = MIN (least, fabs (ticks[i]));
        most = MAX (most, fabs (ticks[i]));
      }
  return most >= 10 * least || n <= 2;
}

char *
ins_tick_text (InsChart *chart, const InsAxis *axis, const double *ticks, gsize n, gsize i,
               const char *unit)
{
  if (axis->type == &ins_scale_log1p && fabs (ticks[i]) >= 1 && are_powers (ticks, n))
    return ins_format_tick (ticks[i], 0, unit, chart->currency);
  return ins_format_tick_of (ticks, n, i, unit, chart->currency);
}

double
ins_tick_widest (InsChart *chart, const InsAxis *axis, gsize wanted, const char *unit)
{
  double ticks[INS_MAX_TICKS], widest = 0;
  gsize n = ins_axis_ticks (axis, wanted, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_tick_text (chart, axis, ticks, n, i, unit);
      widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text));
    }
  return widest;
}

static void
stroke_grid (InsChart *chart, cairo_t *cr)
{
  ins_set_colour (cr, &chart->theme->grid, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
ins_tick_draw_beside (InsChart *chart, cairo_t *cr, double y, double left, double right, double gap,
                      const char *text)
{
  ins_line_horizontal (cr, left, right, y);
  stroke_grid (chart, cr);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, left - gap, y, 1, 0.5,
                 &chart->theme->dim_text);
}

void
ins_axis_draw_mark (InsChart *chart, cairo_t *cr, const InsAxis *axis, double value,
                    const InsBox *plot, const char *text)
{
  const double dashes[] = { 4, 3 };
  double x = ins_axis_map (axis, value);
  double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text);

  ins_line_vertical (cr, x, plot->y - chart->em * 0.1, ins_box_bottom (plot));
  ins_set_colour (cr, &chart->theme->background, 0.7);
  cairo_set_line_width (cr, 3.2);
  cairo_stroke_preserve (cr);
  cairo_set_dash (cr, dashes, 2, 0);
  ins_set_colour (cr, &chart->theme->text, 1);
  cairo_set_line_width (cr, 1.3);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text, 0,
                 CLAMP (x, chart->body.x + width / 2, ins_box_right (&chart->body) - width / 2),
                 plot->y - chart->em * 0.25, 0.5, 1, &chart->theme->text);
}

void
ins_axis_draw_below (InsChart *chart, cairo_t *cr, const InsAxis *axis, gsize wanted,
                     const char *unit, double top, double bottom, double left, double right)
{
  double ticks[INS_MAX_TICKS], end = left;
  gsize n = ins_axis_ticks (axis, wanted, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_tick_text (chart, axis, ticks, n, i, unit);
      double x = ins_axis_map (axis, ticks[i]);
      double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text);
      if (top != bottom)
        {
          ins_line_vertical (cr, x, top, bottom);
          stroke_grid (chart, cr);
        }
      if (x - width / 2 < end || x + width / 2 > right)
        continue;
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, x,
                     bottom + chart->em * 0.25, 0.5, 0, &chart->theme->dim_text);
      end = x + width / 2 + chart->em * 0.7;
    }
}

void
ins_axis_draw_beside (InsChart *chart, cairo_t *cr, const InsAxis *axis, gsize wanted,
                      const char *unit, double left, double right)
{
  double ticks[INS_MAX_TICKS], end = G_MAXDOUBLE;
  gsize n = ins_axis_ticks (axis, wanted, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_tick_text (chart, axis, ticks, n, i, unit);
      double y = ins_axis_map (axis, ticks[i]);
      gboolean fits = y + chart->em * 0.55 <= end;
      ins_tick_draw_beside (chart, cr, y, left, right, chart->em * 0.5, fits ? text : "");
      if (fits)
        end = y - chart->em * 0.55;
    }
}
