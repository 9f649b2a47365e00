/* ins-columns.c: columns upon a base line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-columns.h"

#include "chart/ins-axis-draw.h"

#include <math.h>

static gsize
ticks_of (const InsColumns *columns, InsChart *chart, double *ticks)
{
  gsize wanted = (gsize)CLAMP (columns->plot.height / (3 * chart->em), 1, 5);
  gsize n = ins_axis_ticks (&columns->axis, wanted, ticks), kept = 0;
  gboolean counts = !columns->unit || !*columns->unit;
  for (gsize i = 0; i < n; i++)
    if (!counts || ticks[i] == floor (ticks[i])) /* no half customers */
      ticks[kept++] = ticks[i];
  return kept;
}

static char *
tick_text (const InsColumns *columns, InsChart *chart, const double *ticks, gsize n, gsize i)
{
  return ins_format_tick_of (ticks, n, i, columns->unit, chart->currency);
}

void
ins_columns_layout (InsColumns *columns, InsChart *chart, double above, double below)
{
  double lo = 0, hi = 0, widest = 0, ticks[INS_MAX_TICKS];
  gsize n;

  for (gsize i = 0; i < columns->n; i++)
    if (isfinite (columns->heights[i]))
      {
        lo = MIN (lo, columns->heights[i]);
        hi = MAX (hi, columns->heights[i]);
      }
  ins_axis_set_range (&columns->axis, &ins_scale_linear, lo, hi > lo ? hi : lo + 1, 0);
  columns->plot.y = chart->body.y + above;
  columns->plot.height = MAX (chart->body.height - above - below, 1);
  n = ticks_of (columns, chart, ticks);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = tick_text (columns, chart, ticks, n, i);
      widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text));
    }
  columns->plot.x = chart->body.x + widest + chart->em * 0.6;
  columns->plot.width = MAX (ins_box_right (&chart->body) - columns->plot.x, 1);
  columns->axis.from = ins_box_bottom (&columns->plot);
  columns->axis.to = columns->plot.y;
}

InsBox
ins_columns_box (const InsColumns *columns, gsize i)
{
  double room = columns->plot.width / MAX (columns->n, 1), zero = ins_axis_map (&columns->axis, 0);
  double value = columns->heights[i], end;
  end = ins_axis_map (&columns->axis, isfinite (value) ? value : 0);
  return (InsBox){ columns->plot.x + room * (i + columns->gap / 2), MIN (zero, end),
                   MAX (room * (1 - columns->gap), 0.5),
                   MAX (fabs (end - zero), value != 0 && isfinite (value) ? 1 : 0) };
}

void
ins_columns_draw (InsColumns *columns, InsChart *chart, cairo_t *cr)
{
  double ticks[INS_MAX_TICKS];
  gsize n = ticks_of (columns, chart, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = tick_text (columns, chart, ticks, n, i);
      ins_tick_draw_beside (chart, cr, ins_axis_map (&columns->axis, ticks[i]), columns->plot.x,
                            ins_box_right (&columns->plot), chart->em * 0.6, text);
    }
  cairo_new_path (cr);
  for (gsize i = 0; i < columns->n; i++)
    {
      InsBox box = ins_columns_box (columns, i);
      if (box.height > 0)
        cairo_rectangle (cr, box.x, box.y, box.width, box.height);
    }
  ins_set_colour (cr, &chart->theme->neutral, 1);
  cairo_fill (cr);
  ins_line_horizontal (cr, columns->plot.x, ins_box_right (&columns->plot),
                       ins_axis_map (&columns->axis, 0));
  ins_set_colour (cr, &chart->theme->dim_text, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
ins_columns_draw_hover (InsColumns *columns, InsChart *chart, cairo_t *cr, int item)
{
  InsBox box;
  if (item < 0 || (gsize)item >= columns->n)
    return;
  box = ins_columns_box (columns, (gsize)item);
  cairo_new_path (cr);
  cairo_rectangle (cr, box.x - 0.5, box.y - 0.5, box.width + 1, box.height + 1);
  ins_set_colour (cr, &chart->theme->text, 1);
  cairo_set_line_width (cr, 1.4);
  cairo_stroke (cr);
}

int
ins_columns_at (const InsColumns *columns, double x, double y)
{
  if (columns->n == 0 || !ins_box_contains (&columns->plot, x, y))
    return -1;
  return (int)MIN ((gsize)((x - columns->plot.x) / columns->plot.width * columns->n),
                   columns->n - 1);
}

gboolean
ins_columns_locate (const InsColumns *columns, int item, InsChartHit *hit)
{
  InsBox box;
  if ((gsize)item >= columns->n)
    return FALSE;
  box = ins_columns_box (columns, (gsize)item);
  ins_hit_set (hit, item, -1, columns->heights[item], box.x, box.y, box.width, box.height);
  return TRUE;
}

gboolean
ins_columns_hit (const InsColumns *columns, double x, double y, InsChartHit *hit)
{
  int item = ins_columns_at (columns, x, y);
  return item >= 0 && ins_columns_locate (columns, item, hit);
}

void
ins_columns_clear (InsColumns *columns)
{
  g_clear_pointer (&columns->heights, g_free);
  g_clear_pointer (&columns->unit, g_free);
}
