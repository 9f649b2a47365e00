/* ins-bar-chart.c: horizontal bars from zero, the value at the end
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

typedef struct
{
  InsChart parent;
  gsize n;
  InsBar *bars;
  int *groups;       /* (nullable) */
  double *reference; /* (nullable): thin bars below */
  char *value_name, *reference_name;
  char *axis_title;
  char *unit;

  InsBox plot;
  InsAxis axis;
  double row_height;
  gsize n_rows; /* that fit */
  double label_width;
} InsBarChart;

static int
group_at (const InsBarChart *self, gsize i)
{
  return self->groups ? self->groups[i] : (int)i;
}

static char *
value_text (InsBarChart *self, gsize i, gboolean named)
{
  g_autofree char *value =
      ins_format_value (self->bars[i].value, self->unit, self->parent.currency);
  if (named && self->value_name)
    return g_strconcat (value, " ", self->value_name, NULL);
  return g_steal_pointer (&value);
}

static char *
reference_text (InsBarChart *self, gsize i, gboolean named)
{
  g_autofree char *value = ins_format_value (self->reference[i], self->unit, self->parent.currency);
  if (named && self->reference_name)
    return g_strconcat (value, " ", self->reference_name, NULL);
  return g_steal_pointer (&value);
}

/* --- layout --- */

static double
widest_value (InsBarChart *self, gboolean negative)
{
  InsChart *chart = &self->parent;
  double widest = 0;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      g_autofree char *text = value_text (self, i, i == 0);
      if ((self->bars[i].value < 0) == negative)
        widest =
            MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text));
      if (self->reference && !negative)
        {
          g_autofree char *other = reference_text (self, i, i == 0);
          widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, other));
        }
    }
  return widest > 0 ? widest + self->parent.em * 0.8 : 0;
}

static void
set_range (InsBarChart *self)
{
  double lo = 0, hi = 0;
  for (gsize i = 0; i < self->n_rows; i++)
    {
      if (isfinite (self->bars[i].value))
        {
          lo = MIN (lo, self->bars[i].value);
          hi = MAX (hi, self->bars[i].value);
        }
      if (self->reference && isfinite (self->reference[i]))
        hi = MAX (hi, self->reference[i]);
    }
  ins_axis_set_range (&self->axis, &ins_scale_linear, lo, lo == hi ? lo + 1 : hi, 0);
}

static void
bar_layout (InsChart *chart)
{
  InsBarChart *self = (InsBarChart *)chart;
  double em = chart->em, least = self->reference ? em * 2.3 : em * 1.5, top = 0, widest = 0;
  double right, left;
  gsize fit;

  if (self->axis_title && *self->axis_title)
    top = em * 1.5;
  self->plot.y = chart->body.y + top;
  self->plot.height = MAX (chart->body.height - top, 1);
  fit = (gsize)MAX (1, floor (self->plot.height / least));
  self->n_rows = self->n <= fit ? self->n : MAX (1, fit - 1); /* the last: "and 12 more" */
  self->row_height = MIN (self->plot.height / MAX (self->n_rows + (self->n > self->n_rows), 1),
                          self->reference ? em * 7.2 : em * 6);
  for (gsize i = 0; i < self->n_rows; i++)
    widest = MAX (widest,
                  ins_text_width (chart->pango, chart->theme, INS_TEXT_LABEL, self->bars[i].label));
  self->label_width = MIN (widest, chart->body.width * 0.38);
  set_range (self);
  right = MIN (widest_value (self, FALSE), chart->body.width * (self->value_name ? 0.42 : 0.3));
  left = self->axis.lo < 0 ? MIN (widest_value (self, TRUE), chart->body.width * 0.25) : 0;
  self->plot.x = chart->body.x + self->label_width + em * 0.8 + left;
  self->plot.width = MAX (ins_box_right (&chart->body) - right - self->plot.x, em);
  self->axis.from = self->plot.x;
  self->axis.to = ins_box_right (&self->plot);
}

static InsBox
bar_box (const InsBarChart *self, gsize i)
{
  double zero = ins_axis_map (&self->axis, 0), value = self->bars[i].value;
  double end = ins_axis_map (&self->axis, isfinite (value) ? value : 0);
  double room = self->row_height * (self->reference ? 0.44 : 0.66);
  double thick = MIN (room, self->parent.em * 2.8);
  double y =
      self->plot.y + self->row_height * i + self->row_height * (self->reference ? 0.1 : 0.17);
  return (InsBox){ MIN (zero, end), y, MAX (fabs (end - zero), value != 0 ? 1 : 0), thick };
}

/* --- drawing --- */

static void
draw_reference (InsBarChart *self, cairo_t *cr, gsize i)
{
  InsChart *chart = &self->parent;
  InsBox box = bar_box (self, i);
  double zero = ins_axis_map (&self->axis, 0);
  double value = isfinite (self->reference[i]) ? MAX (self->reference[i], 0) : 0;
  double end = ins_axis_map (&self->axis, value),
         y = ins_box_bottom (&box) + self->parent.em * 0.15;
  double thick = MIN (self->row_height * 0.2, chart->em);
  g_autofree char *text = reference_text (self, i, i == 0);

  cairo_rectangle (cr, zero, y, MAX (end - zero, 1), thick);
  ins_set_colour (cr, &chart->theme->noise, 0.85);
  cairo_fill (cr);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text,
                 ins_box_right (&chart->body) - end - chart->em * 0.5, end + chart->em * 0.5,
                 MAX (y + thick / 2, box.y + box.height / 2 + chart->em * 1.15), 0, 0.5,
                 &chart->theme->dim_text);
}

static void
draw_bar (InsBarChart *self, cairo_t *cr, gsize i)
{
  InsChart *chart = &self->parent;
  InsBox box = bar_box (self, i);
  const InsBar *bar = &self->bars[i];
  const InsColour *colour =
      bar->coloured ? ins_theme_cluster (chart->theme, bar->colour) : &chart->theme->neutral;
  g_autofree char *text = value_text (self, i, i == 0);
  gboolean negative = bar->value < 0;
  double gap = chart->em * 0.5;

  cairo_new_path (cr);
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  ins_set_colour (cr, colour, 1);
  if (colour == &chart->theme->gold)
    {
      cairo_fill_preserve (cr);
      ins_set_colour (cr, &chart->theme->gold_edge, 1);
      cairo_set_line_width (cr, 0.8);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_LABEL, bar->label, self->label_width,
                 chart->body.x + self->label_width, box.y + box.height / 2, 1, 0.5,
                 &chart->theme->text);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text,
                 negative ? 0 : ins_box_right (&chart->body) - ins_box_right (&box) - gap,
                 negative ? box.x - gap : ins_box_right (&box) + gap, box.y + box.height / 2,
                 negative ? 1 : 0, 0.5, &chart->theme->text);
  if (self->reference)
    draw_reference (self, cr, i);
}

static void
bar_draw (InsChart *chart, cairo_t *cr)
{
  InsBarChart *self = (InsBarChart *)chart;
  double zero = ins_axis_map (&self->axis, 0);

  if (self->n == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  if (self->axis_title && *self->axis_title)
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->axis_title,
                   ins_box_right (&chart->body) - self->plot.x, self->plot.x,
                   chart->body.y - chart->em * 0.1, 0, 0, &chart->theme->dim_text);
  for (gsize i = 0; i < self->n_rows; i++)
    draw_bar (self, cr, i);
  ins_line_vertical (cr, zero, self->plot.y, self->plot.y + self->row_height * self->n_rows);
  ins_set_colour (cr, &chart->theme->dim_text, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  if (self->n > self->n_rows)
    {
      gsize rest = self->n - self->n_rows;
      g_autofree char *text =
          g_strdup_printf (ngettext ("and %d more", "and %d more", rest), (int)rest);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, self->plot.x,
                     self->plot.y + self->row_height * (self->n_rows + 0.5), 0, 0.5,
                     &chart->theme->dim_text);
    }
}

static void
outline (InsBarChart *self, cairo_t *cr, gsize i)
{
  InsBox box = bar_box (self, i);
  cairo_rectangle (cr, box.x - 1.5, box.y - 1.5, box.width + 3, box.height + 3);
  ins_set_colour (cr, &self->parent.theme->text, 1);
  cairo_set_line_width (cr, 1.4);
  cairo_stroke (cr);
}

static void
bar_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsBarChart *self = (InsBarChart *)chart;

  if (state->hover_group >= 0)
    {
      InsBox all = { chart->body.x, self->plot.y, chart->body.width,
                     self->row_height * self->n_rows };
      ins_chart_veil (chart, cr, &all);
      for (gsize i = 0; i < self->n_rows; i++)
        if (group_at (self, i) == state->hover_group)
          draw_bar (self, cr, i);
    }
  if (state->hover >= 0 && (gsize)state->hover < self->n_rows)
    outline (self, cr, (gsize)state->hover);
}

/* --- what lies where --- */

static gboolean
bar_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsBarChart *self = (InsBarChart *)chart;
  InsBox box;
  if ((gsize)item >= self->n_rows)
    return FALSE;
  box = bar_box (self, (gsize)item);
  ins_hit_set (hit, item, group_at (self, (gsize)item), self->bars[item].value, box.x, box.y,
               box.width, box.height);
  return TRUE;
}

static gboolean
bar_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsBarChart *self = (InsBarChart *)chart;
  double row = floor ((y - self->plot.y) / self->row_height);
  if (!ins_box_contains (&chart->body, x, y) || row < 0 || row >= (double)self->n_rows)
    return FALSE;
  return bar_locate (chart, (int)row, hit);
}

static int
bar_count (InsChart *chart)
{
  return (int)((InsBarChart *)chart)->n_rows;
}

/* --- in words --- */

static char *
bar_describe_item (InsChart *chart, int item)
{
  InsBarChart *self = (InsBarChart *)chart;
  g_autofree char *value = NULL, *other = NULL;
  if ((gsize)item >= self->n)
    return NULL;
  value = value_text (self, (gsize)item, TRUE);
  if (!self->reference)
    return g_strdup_printf ("%s: %s", self->bars[item].label, value);
  other = reference_text (self, (gsize)item, TRUE);
  return g_strdup_printf ("%s: %s, %s", self->bars[item].label, value, other);
}

static char *
bar_describe (InsChart *chart)
{
  InsBarChart *self = (InsBarChart *)chart;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("Bar chart of %d bar", "Bar chart of %d bars", self->n),
                          (int)self->n);
  if (self->axis_title && *self->axis_title)
    g_string_append_printf (text, ", %s", self->axis_title);
  for (gsize i = 0; i < MIN (self->n, 30); i++)
    {
      g_autofree char *item = bar_describe_item (chart, (int)i);
      g_string_append_printf (text, "; %s", item);
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
bar_to_csv (InsChart *chart, GString *csv)
{
  InsBarChart *self = (InsBarChart *)chart;
  g_string_append (csv, "label,");
  ins_chart_csv_text (csv, self->value_name ? self->value_name : "value");
  if (self->reference)
    {
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, self->reference_name ? self->reference_name : "reference");
    }
  g_string_append_c (csv, '\n');
  for (gsize i = 0; i < self->n; i++)
    {
      ins_chart_csv_text (csv, self->bars[i].label);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->bars[i].value);
      if (self->reference)
        {
          g_string_append_c (csv, ',');
          ins_chart_csv_number (csv, self->reference[i]);
        }
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
bar_finalize (InsChart *chart)
{
  InsBarChart *self = (InsBarChart *)chart;
  for (gsize i = 0; i < self->n; i++)
    g_free ((char *)self->bars[i].label);
  g_free (self->bars);
  g_free (self->groups);
  g_free (self->reference);
  g_free (self->value_name);
  g_free (self->reference_name);
  g_free (self->axis_title);
  g_free (self->unit);
}

static const InsChartClass bar_class = {
  .kind = "bar",
  .size = sizeof (InsBarChart),
  .vertical = TRUE,
  .finalize = bar_finalize,
  .layout = bar_layout,
  .draw = bar_draw,
  .draw_state = bar_draw_state,
  .hit = bar_hit,
  .locate = bar_locate,
  .count = bar_count,
  .describe_item = bar_describe_item,
  .describe = bar_describe,
  .to_csv = bar_to_csv,
};

InsChart *
ins_bar_chart_new (const InsBar *bars, gsize n, const char *axis_title, const char *unit)
{
  InsBarChart *self;

  g_return_val_if_fail (n == 0 || bars != NULL, NULL);
  self = ins_chart_alloc (&bar_class);
  self->n = n;
  self->bars = g_new0 (InsBar, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      self->bars[i] = bars[i];
      self->bars[i].label = ins_chart_text_copy (bars[i].label ? bars[i].label : "");
    }
  self->axis_title = ins_chart_text_copy (axis_title);
  self->unit = ins_chart_text_copy (unit);
  return (InsChart *)self;
}

void
ins_bar_chart_set_reference (InsChart *chart, const double *values, const char *value_name,
                             const char *reference_name)
{
  InsBarChart *self = (InsBarChart *)chart;
  g_return_if_fail (chart != NULL && chart->klass == &bar_class && values != NULL);
  g_free (self->reference);
  g_free (self->value_name);
  g_free (self->reference_name);
  self->reference = self->n > 0 ? ins_copy_array (values, self->n) : NULL;
  self->value_name = ins_chart_text_copy (value_name);
  self->reference_name = ins_chart_text_copy (reference_name);
}

void
ins_bar_chart_set_groups (InsChart *chart, const int *groups)
{
  InsBarChart *self = (InsBarChart *)chart;
  g_return_if_fail (chart != NULL && chart->klass == &bar_class && groups != NULL);
  g_free (self->groups);
  self->groups = self->n > 0 ? ins_copy_array (groups, self->n) : NULL;
}
