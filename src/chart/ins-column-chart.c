/* ins-column-chart.c: columns over time or categories
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-columns.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  InsChart parent;
  InsColumns columns;
  char **labels;
  char *axis_title;
  int highest; /* labelled with its value */
  gsize every; /* each that many columns has a label */
  gboolean all_values;
} InsColumnChart;

static gboolean
is_empty (const InsColumnChart *self)
{
  return self->highest < 0;
}

static void
column_layout (InsChart *chart)
{
  InsColumnChart *self = (InsColumnChart *)chart;
  double widest = 1, room;

  ins_columns_layout (&self->columns, chart, chart->em * 2.8, chart->em * 1.6);
  for (gsize i = 0; i < self->columns.n; i++)
    widest =
        MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, self->labels[i]));
  widest = MIN (widest, chart->em * 12);
  room = self->columns.plot.width / MAX (self->columns.n, 1);
  self->all_values = TRUE;
  for (gsize i = 0; i < self->columns.n && self->all_values; i++)
    {
      g_autofree char *value =
          ins_format_value (self->columns.heights[i], self->columns.unit, chart->currency);
      self->all_values = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, value)
                         < room - chart->em * 0.5;
    }
  self->every = (gsize)MAX (1, ceil ((widest + chart->em * 0.8) / room));
}

static void
draw_value (InsColumnChart *self, cairo_t *cr, gsize i)
{
  InsChart *chart = &self->parent;
  InsBox box = ins_columns_box (&self->columns, i);
  g_autofree char *value =
      ins_format_value (self->columns.heights[i], self->columns.unit, chart->currency);
  double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, value);

  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, value, 0,
                 CLAMP (box.x + box.width / 2, chart->body.x + width / 2,
                        ins_box_right (&chart->body) - width / 2),
                 box.y - chart->em * 0.15, 0.5, 1, &chart->theme->text);
}

static void
column_draw (InsChart *chart, cairo_t *cr)
{
  InsColumnChart *self = (InsColumnChart *)chart;
  double y = ins_box_bottom (&self->columns.plot) + chart->em * 0.35, free_from = -G_MAXDOUBLE;

  if (is_empty (self))
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  if (self->axis_title)
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->axis_title,
                   chart->body.width, chart->body.x, chart->body.y - chart->em * 0.2, 0, 0,
                   &chart->theme->dim_text);
  ins_columns_draw (&self->columns, chart, cr);
  for (gsize i = 0; i < self->columns.n; i += self->every)
    {
      InsBox box = ins_columns_box (&self->columns, i);
      g_autoptr (PangoLayout) layout = ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL,
                                                     self->labels[i], chart->em * 12);
      double width, x = box.x + box.width / 2;
      ins_text_size (layout, &width, NULL);
      x = CLAMP (x, chart->body.x + width / 2, ins_box_right (&chart->body) - width / 2);
      if (x - width / 2 < free_from) /* the last one, moved in from the edge */
        continue;
      ins_text_show (cr, layout, x, y, 0.5, 0, &chart->theme->dim_text, NULL);
      free_from = x + width / 2 + chart->em * 0.4;
    }
  for (gsize i = 0; i < self->columns.n; i++)
    if (self->all_values || (int)i == self->highest)
      draw_value (self, cr, i);
}

static void
column_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  ins_columns_draw_hover (&((InsColumnChart *)chart)->columns, chart, cr, state->hover);
}

static gboolean
column_locate (InsChart *chart, int item, InsChartHit *hit)
{
  return ins_columns_locate (&((InsColumnChart *)chart)->columns, item, hit);
}

static gboolean
column_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  return ins_columns_hit (&((InsColumnChart *)chart)->columns, x, y, hit);
}

static int
column_count (InsChart *chart)
{
  return (int)((InsColumnChart *)chart)->columns.n;
}

static char *
column_describe_item (InsChart *chart, int item)
{
  InsColumnChart *self = (InsColumnChart *)chart;
  g_autofree char *value = NULL;
  if ((gsize)item >= self->columns.n)
    return NULL;
  value = ins_format_value (self->columns.heights[item], self->columns.unit, chart->currency);
  return g_strdup_printf ("%s: %s", self->labels[item], value);
}

static char *
column_describe (InsChart *chart)
{
  InsColumnChart *self = (InsColumnChart *)chart;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text,
                          ngettext ("Chart of %d column", "Chart of %d columns", self->columns.n),
                          (int)self->columns.n);
  if (self->axis_title)
    g_string_append_printf (text, ", %s", self->axis_title);
  if (self->columns.n > 0)
    {
      g_autofree char *first = column_describe_item (chart, 0);
      g_autofree char *last = column_describe_item (chart, (int)self->columns.n - 1);
      g_string_append_printf (text, _ ("; first %s; last %s"), first, last);
    }
  if (self->highest >= 0)
    {
      g_autofree char *highest = column_describe_item (chart, self->highest);
      g_string_append_printf (text, _ ("; highest %s"), highest);
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
column_to_csv (InsChart *chart, GString *csv)
{
  InsColumnChart *self = (InsColumnChart *)chart;
  g_string_append (csv, "label,value\n");
  for (gsize i = 0; i < self->columns.n; i++)
    {
      ins_chart_csv_text (csv, self->labels[i]);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->columns.heights[i]);
      g_string_append_c (csv, '\n');
    }
}

static void
column_finalize (InsChart *chart)
{
  InsColumnChart *self = (InsColumnChart *)chart;
  ins_chart_texts_free (self->labels, self->columns.n);
  ins_columns_clear (&self->columns);
  g_free (self->axis_title);
}

static const InsChartClass column_class = {
  .kind = "column",
  .size = sizeof (InsColumnChart),
  .finalize = column_finalize,
  .layout = column_layout,
  .draw = column_draw,
  .draw_state = column_draw_state,
  .hit = column_hit,
  .locate = column_locate,
  .count = column_count,
  .describe_item = column_describe_item,
  .describe = column_describe,
  .to_csv = column_to_csv,
};

InsChart *
ins_column_chart_new (const double *values, const char *const *labels, gsize n,
                      const char *axis_title, const char *unit)
{
  InsColumnChart *self;

  g_return_val_if_fail (n == 0 || (values && labels), NULL);
  self = ins_chart_alloc (&column_class);
  self->columns.n = n;
  self->columns.heights = ins_copy_array (values, n);
  self->columns.gap = 0.3;
  self->columns.unit = ins_chart_text_copy (unit);
  self->labels = ins_chart_texts_copy (labels, n);
  self->axis_title = ins_chart_text_copy (axis_title);
  self->every = 1;
  self->highest = -1;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]) && (self->highest < 0 || values[i] > values[self->highest]))
      self->highest = (int)i;
  return (InsChart *)self;
}
