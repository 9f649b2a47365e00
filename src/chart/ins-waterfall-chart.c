/* ins-waterfall-chart.c: what remains after each rule, and what the rule took
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
  InsWaterfallStep *steps;
  char *axis_title;
  char *unit;

  InsBox plot;
  InsAxis axis;
  double row_height;
  gsize n_rows;
  double label_width, left_x, lost_x; /* right ends of the two columns of numbers */
  gboolean headed;
} InsWaterfall;

/* What the rule took; negative = it gave (revenue without cancellations). */
static double
lost_at (const InsWaterfall *self, gsize i)
{
  return i == 0 ? 0 : self->steps[i - 1].left - self->steps[i].left;
}

static char *
left_text (InsWaterfall *self, gsize i)
{
  gboolean money = g_strcmp0 (self->unit, "money") == 0;
  return ins_format_value (self->steps[i].left, money ? "money" : NULL, self->parent.currency);
}

static char *
lost_text (InsWaterfall *self, gsize i)
{
  gboolean money = g_strcmp0 (self->unit, "money") == 0;
  double lost = lost_at (self, i);
  g_autofree char *size = NULL;
  if (i == 0 || !isfinite (lost))
    return g_strdup ("");
  if (lost == 0)
    return g_strdup (i + 1 < self->n ? "0" : ""); /* the last may be the sum of it all */
  size = ins_format_value (fabs (lost), money ? "money" : NULL, self->parent.currency);
  return g_strconcat (lost > 0 ? "\342\210\222" : "+", size, NULL);
}

/* --- layout --- */

static void
lay_columns (InsWaterfall *self)
{
  InsChart *chart = &self->parent;
  double em = chart->em, labels = 0, left, lost;

  left = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, _ ("left"));
  lost = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, _ ("change"));
  for (gsize i = 0; i < self->n_rows; i++)
    {
      g_autofree char *a = left_text (self, i), *b = lost_text (self, i);
      left = MAX (left, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, a));
      lost = MAX (lost, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, b));
      labels = MAX (labels, ins_text_width (chart->pango, chart->theme, INS_TEXT_LABEL_BOLD,
                                            self->steps[i].label));
    }
  self->label_width = MIN (labels, chart->body.width * 0.34);
  self->lost_x = ins_box_right (&chart->body);
  self->left_x = self->lost_x - lost - em * 1.2;
  self->plot.x = chart->body.x + self->label_width + em * 0.8;
  self->plot.width = MAX (self->left_x - left - em - self->plot.x, em);
}

static void
waterfall_layout (InsChart *chart)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  double em = chart->em, hi = 0, lo = 0;
  gsize fit;

  self->headed = chart->body.height > 10 * em;
  self->plot.y = chart->body.y + (self->headed ? em * 1.5 : 0);
  self->plot.height = MAX (ins_box_bottom (&chart->body) - self->plot.y, 1);
  fit = (gsize)MAX (1, floor (self->plot.height / (em * 1.45)));
  self->n_rows = self->n <= fit ? self->n : fit;
  self->row_height = MIN (self->plot.height / MAX (self->n_rows, 1), em * 6);
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->steps[i].left))
      {
        hi = MAX (hi, self->steps[i].left);
        lo = MIN (lo, self->steps[i].left);
      }
  ins_axis_set_range (&self->axis, &ins_scale_linear, lo, hi > lo ? hi : lo + 1, 0);
  lay_columns (self);
  self->axis.from = self->plot.x;
  self->axis.to = ins_box_right (&self->plot);
}

/* Where rows do not fit, the last one is kept: it is the result. */
static gsize
step_at (const InsWaterfall *self, gsize row)
{
  return self->n_rows < self->n && row == self->n_rows - 1 ? self->n - 1 : row;
}

static InsBox
step_box (const InsWaterfall *self, gsize row)
{
  gsize i = step_at (self, row);
  double zero = ins_axis_map (&self->axis, 0);
  double left = isfinite (self->steps[i].left) ? self->steps[i].left : 0;
  double end = ins_axis_map (&self->axis, left);
  double thick = MIN (self->row_height * 0.6, self->parent.em * 2.8);
  return (InsBox){ MIN (zero, end), self->plot.y + self->row_height * (row + 0.5) - thick / 2,
                   fabs (end - zero), thick };
}

/* --- drawing --- */

static void
draw_lost (InsWaterfall *self, cairo_t *cr, gsize i, const InsBox *box)
{
  const InsTheme *theme = self->parent.theme;
  double lost = lost_at (self, i), a, b;

  if (i == 0 || !isfinite (lost) || lost == 0)
    return;
  a = ins_axis_map (&self->axis, self->steps[i].left);
  b = ins_axis_map (&self->axis, self->steps[i - 1].left);
  cairo_new_path (cr);
  cairo_rectangle (cr, MIN (a, b), box->y, MAX (fabs (b - a), 1), box->height);
  if (lost > 0)
    {
      ins_set_colour (cr, &theme->loss, 0.22);
      cairo_fill_preserve (cr);
      ins_hatch (cr, &theme->loss, 0.95, 4.5);
    }
  else /* the bar grew: the new part in the accent's colour */
    {
      ins_set_colour (cr, &theme->accent, 0.9);
      cairo_fill (cr);
    }
}

static void
draw_step (InsWaterfall *self, cairo_t *cr, gsize row)
{
  InsChart *chart = &self->parent;
  gsize i = step_at (self, row);
  InsBox box = step_box (self, row);
  double middle = box.y + box.height / 2;
  gboolean last = i == self->n - 1, first = i == 0;
  g_autofree char *left = left_text (self, i), *lost = lost_text (self, i);

  cairo_new_path (cr);
  cairo_rectangle (cr, box.x, box.y, box.width, box.height);
  ins_set_colour (cr, &chart->theme->neutral, first || last ? 1 : 0.72);
  cairo_fill (cr);
  draw_lost (self, cr, i, &box);
  ins_text_draw (cr, chart->pango, chart->theme, last ? INS_TEXT_LABEL_BOLD : INS_TEXT_LABEL,
                 self->steps[i].label, self->label_width + 0.5, chart->body.x + self->label_width,
                 middle, 1, 0.5, &chart->theme->text);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, left, 0, self->left_x, middle,
                 1, 0.5, &chart->theme->text);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, lost, 0, self->lost_x, middle, 1,
                 0.5, &chart->theme->dim_text);
}

static void
waterfall_draw (InsChart *chart, cairo_t *cr)
{
  InsWaterfall *self = (InsWaterfall *)chart;

  if (self->n == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  if (self->headed)
    {
      double y = chart->body.y - chart->em * 0.1;
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL,
                     self->axis_title ? self->axis_title : "", self->plot.width, self->plot.x, y, 0,
                     0, &chart->theme->dim_text);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, _ ("left"), 0, self->left_x, y,
                     1, 0, &chart->theme->dim_text);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, _ ("change"), 0, self->lost_x,
                     y, 1, 0, &chart->theme->dim_text);
    }
  for (gsize row = 0; row < self->n_rows; row++)
    draw_step (self, cr, row);
  ins_line_vertical (cr, ins_axis_map (&self->axis, 0), self->plot.y,
                     self->plot.y + self->row_height * self->n_rows);
  ins_set_colour (cr, &chart->theme->dim_text, 0.8);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static int
row_of (const InsWaterfall *self, int item)
{
  for (gsize row = 0; row < self->n_rows; row++)
    if ((int)step_at (self, row) == item)
      return (int)row;
  return -1;
}

static void
waterfall_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  int row = state->hover >= 0 ? row_of (self, state->hover) : -1;

  if (row >= 0)
    {
      InsBox box = step_box (self, (gsize)row);
      cairo_rectangle (cr, chart->body.x - 2, self->plot.y + self->row_height * row,
                       chart->body.width + 4, self->row_height);
      ins_set_colour (cr, &chart->theme->neutral, 0.13);
      cairo_fill (cr);
      cairo_rectangle (cr, box.x - 1, box.y - 1, box.width + 2, box.height + 2);
      ins_set_colour (cr, &chart->theme->text, 1);
      cairo_set_line_width (cr, 1.4);
      cairo_stroke (cr);
    }
}

/* --- what lies where --- */

static gboolean
waterfall_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  int row = row_of (self, item);
  InsBox box;
  if (row < 0)
    return FALSE;
  box = step_box (self, (gsize)row);
  ins_hit_set (hit, item, -1, self->steps[item].left, box.x, box.y, MAX (box.width, 1), box.height);
  return TRUE;
}

static gboolean
waterfall_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  double row = floor ((y - self->plot.y) / self->row_height);
  if (!ins_box_contains (&chart->body, x, y) || row < 0 || row >= (double)self->n_rows)
    return FALSE;
  return waterfall_locate (chart, (int)step_at (self, (gsize)row), hit);
}

static int
waterfall_count (InsChart *chart)
{
  return (int)((InsWaterfall *)chart)->n;
}

/* --- in words --- */

static char *
waterfall_describe_item (InsChart *chart, int item)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  g_autofree char *left = NULL, *lost = NULL;
  if ((gsize)item >= self->n)
    return NULL;
  left = ins_format_value (self->steps[item].left, self->unit, chart->currency);
  lost = lost_text (self, (gsize)item);
  if (*lost == '\0')
    return g_strdup_printf ("%s: %s", self->steps[item].label, left);
  return g_strdup_printf (_ ("%s: %s left (%s)"), self->steps[item].label, left, lost);
}

static char *
waterfall_describe (InsChart *chart)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  GString *text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("Waterfall of %d step", "Waterfall of %d steps", self->n),
                          (int)self->n);
  for (gsize i = 0; i < self->n; i++)
    {
      g_autofree char *item = waterfall_describe_item (chart, (int)i);
      g_string_append_printf (text, "; %s", item);
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
waterfall_to_csv (InsChart *chart, GString *csv)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  g_string_append (csv, "rule,left,lost\n");
  for (gsize i = 0; i < self->n; i++)
    {
      ins_chart_csv_text (csv, self->steps[i].label);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->steps[i].left);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, lost_at (self, i));
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
waterfall_finalize (InsChart *chart)
{
  InsWaterfall *self = (InsWaterfall *)chart;
  for (gsize i = 0; i < self->n; i++)
    g_free ((char *)self->steps[i].label);
  g_free (self->steps);
  g_free (self->axis_title);
  g_free (self->unit);
}

static const InsChartClass waterfall_class = {
  .kind = "waterfall",
  .size = sizeof (InsWaterfall),
  .vertical = TRUE,
  .finalize = waterfall_finalize,
  .layout = waterfall_layout,
  .draw = waterfall_draw,
  .draw_state = waterfall_draw_state,
  .hit = waterfall_hit,
  .locate = waterfall_locate,
  .count = waterfall_count,
  .describe_item = waterfall_describe_item,
  .describe = waterfall_describe,
  .to_csv = waterfall_to_csv,
};

InsChart *
ins_waterfall_chart_new (const InsWaterfallStep *steps, gsize n, const char *axis_title,
                         const char *unit)
{
  InsWaterfall *self;

  g_return_val_if_fail (n == 0 || steps != NULL, NULL);
  self = ins_chart_alloc (&waterfall_class);
  self->n = n;
  self->steps = g_new0 (InsWaterfallStep, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      self->steps[i] = steps[i];
      self->steps[i].label = ins_chart_text_copy (steps[i].label ? steps[i].label : "");
    }
  self->axis_title = ins_chart_text_copy (axis_title);
  self->unit = ins_chart_text_copy (unit);
  return (InsChart *)self;
}
