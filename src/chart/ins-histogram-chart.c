/* ins-histogram-chart.c: how often each range of values occurs
 *
 * Bins are equally wide on the axis's own scale; their number by Freedman & Diaconis (1981).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-axis-draw.h"
#include "chart/ins-columns.h"

#include "base/ins-stats.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#define MAX_BINS 80

/**
 * @edges: n_bins + 1 in the data's unit
 * @bin: per row, -1 = not shown
 */
typedef struct
{
  InsChart parent;
  InsColumns columns;
  gsize n, n_shown;
  double *values;
  gint32 *bin;
  double *edges;
  double lo, hi, median;
  const InsScaleType *scale;
  char *axis_title;
  char *unit;
  InsAxis x_axis;
} InsHistogram;

static void
histogram_layout (InsChart *chart)
{
  InsHistogram *self = (InsHistogram *)chart;
  ins_columns_layout (&self->columns, chart, chart->em * 2.4, chart->em * 3);
  self->x_axis = (InsAxis){ self->scale, self->lo, self->hi, self->columns.plot.x,
                            ins_box_right (&self->columns.plot) };
}

static void
draw_ticks (InsHistogram *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], end = -1e9;
  double y = ins_box_bottom (&self->columns.plot) + chart->em * 0.35;
  gsize wanted = (gsize)CLAMP (self->columns.plot.width / (6 * chart->em), 2, 7);
  gsize n = ins_axis_ticks (&self->x_axis, wanted, ticks);
  int decimals = ins_ticks_decimals (ticks, n);
  gboolean log = self->scale == &ins_scale_log1p;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick (ticks[i], log && fabs (ticks[i]) >= 1 ? 0 : decimals,
                                               self->unit, chart->currency);
      double x = ins_axis_map (&self->x_axis, ticks[i]);
      double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text);
      ins_line_vertical (cr, x, ins_box_bottom (&self->columns.plot),
                         ins_box_bottom (&self->columns.plot) + chart->em * 0.3);
      ins_set_colour (cr, &chart->theme->dim_text, 0.8);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      if (x - width / 2 < end || x + width / 2 > chart->width)
        continue;
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, x, y, 0.5, 0,
                     &chart->theme->dim_text);
      end = x + width / 2 + chart->em * 0.6;
    }
}

static void
draw_median (InsHistogram *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  g_autofree char *value = ins_format_value (self->median, self->unit, chart->currency);
  g_autofree char *text = g_strdup_printf (_ ("median %s"), value);

  ins_axis_draw_mark (chart, cr, &self->x_axis, self->median, &self->columns.plot, text);
}

static void
histogram_draw (InsChart *chart, cairo_t *cr)
{
  InsHistogram *self = (InsHistogram *)chart;
  g_autofree char *title = NULL;

  if (self->n_shown == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, _ ("Customers"), chart->body.width,
                 chart->body.x, chart->body.y - chart->em * 0.2, 0, 0, &chart->theme->dim_text);
  ins_columns_draw (&self->columns, chart, cr);
  draw_ticks (self, cr);
  draw_median (self, cr);
  title = self->scale == &ins_scale_log1p
              ? g_strdup_printf (_ ("%s (log scale)"), self->axis_title ? self->axis_title : "")
              : g_strdup (self->axis_title ? self->axis_title : "");
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, title, self->columns.plot.width,
                 self->columns.plot.x + self->columns.plot.width / 2,
                 ins_box_bottom (&self->columns.plot) + chart->em * 1.65, 0.5, 0,
                 &chart->theme->dim_text);
}

static void
histogram_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsHistogram *self = (InsHistogram *)chart;

  if (state->selected && self->columns.n > 0)
    {
      double *count = g_new0 (double, self->columns.n);
      for (gsize i = 0; i < MIN (self->n, state->n_rows); i++)
        if (state->selected[i] && self->bin[i] >= 0)
          count[self->bin[i]]++;
      for (gsize b = 0; b < self->columns.n; b++)
        {
          InsBox box = ins_columns_box (&self->columns, b);
          double top = ins_axis_map (&self->columns.axis, count[b]);
          if (count[b] > 0)
            cairo_rectangle (cr, box.x, top, box.width, ins_box_bottom (&box) - top);
        }
      ins_set_colour (cr, &chart->theme->text, 0.8);
      cairo_fill (cr);
      g_free (count);
    }
  ins_columns_draw_hover (&self->columns, chart, cr, state->hover);
}

/* --- what lies where --- */

static gboolean
histogram_locate (InsChart *chart, int item, InsChartHit *hit)
{
  return ins_columns_locate (&((InsHistogram *)chart)->columns, item, hit);
}

static gboolean
histogram_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  return ins_columns_hit (&((InsHistogram *)chart)->columns, x, y, hit);
}

static int
histogram_count (InsChart *chart)
{
  return (int)((InsHistogram *)chart)->columns.n;
}

static void
histogram_get_rows (InsChart *chart, int item, GArray *rows)
{
  InsHistogram *self = (InsHistogram *)chart;
  for (guint32 i = 0; i < self->n; i++)
    if (self->bin[i] == item)
      g_array_append_val (rows, i);
}

/* Rows of the bins whose middle lies between the sides. */
static void
histogram_pick (InsChart *chart, const InsBox *box, GArray *rows)
{
  InsHistogram *self = (InsHistogram *)chart;
  for (guint32 i = 0; i < self->n; i++)
    if (self->bin[i] >= 0)
      {
        InsBox column = ins_columns_box (&self->columns, (gsize)self->bin[i]);
        double middle = column.x + column.width / 2;
        if (middle >= box->x && middle <= ins_box_right (box)
            && box->y <= ins_box_bottom (&self->columns.plot) && ins_box_bottom (box) >= column.y)
          g_array_append_val (rows, i);
      }
}

/* --- in words --- */

static char *
histogram_describe_item (InsChart *chart, int item)
{
  InsHistogram *self = (InsHistogram *)chart;
  g_autofree char *from = NULL, *to = NULL, *n = NULL;
  if ((gsize)item >= self->columns.n)
    return NULL;
  from = ins_format_value (self->edges[item], self->unit, chart->currency);
  to = ins_format_value (self->edges[item + 1], self->unit, chart->currency);
  n = ins_format_number (self->columns.heights[item], 0);
  return g_strdup_printf (ngettext ("%s to %s: %s customer", "%s to %s: %s customers",
                                    (gulong)self->columns.heights[item]),
                          from, to, n);
}

static char *
histogram_describe (InsChart *chart)
{
  InsHistogram *self = (InsHistogram *)chart;
  g_autofree char *n = ins_format_number ((double)self->n_shown, 0), *lo = NULL, *hi = NULL,
                  *median = NULL;
  if (self->n_shown == 0)
    return g_strdup (_ ("Histogram of 0 customers."));
  lo = ins_format_value (self->edges[0], self->unit, chart->currency);
  hi = ins_format_value (self->edges[self->columns.n], self->unit, chart->currency);
  median = ins_format_value (self->median, self->unit, chart->currency);
  return g_strdup_printf (_ ("Histogram of %s customers, %s from %s to %s, median %s, in %d bins."),
                          n, self->axis_title ? self->axis_title : "", lo, hi, median,
                          (int)self->columns.n);
}

static void
histogram_to_csv (InsChart *chart, GString *csv)
{
  InsHistogram *self = (InsHistogram *)chart;
  g_string_append (csv, "from,to,customers\n");
  for (gsize b = 0; b < self->columns.n; b++)
    {
      ins_chart_csv_number (csv, self->edges[b]);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->edges[b + 1]);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->columns.heights[b]);
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
histogram_finalize (InsChart *chart)
{
  InsHistogram *self = (InsHistogram *)chart;
  ins_columns_clear (&self->columns);
  g_free (self->values);
  g_free (self->bin);
  g_free (self->edges);
  g_free (self->axis_title);
  g_free (self->unit);
}

static const InsChartClass histogram_class = {
  .kind = "histogram",
  .size = sizeof (InsHistogram),
  .finalize = histogram_finalize,
  .layout = histogram_layout,
  .draw = histogram_draw,
  .draw_state = histogram_draw_state,
  .hit = histogram_hit,
  .locate = histogram_locate,
  .count = histogram_count,
  .pick = histogram_pick,
  .get_rows = histogram_get_rows,
  .describe_item = histogram_describe_item,
  .describe = histogram_describe,
  .to_csv = histogram_to_csv,
};

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* @sorted: on the axis's scale, ascending. */
static gsize
bins_for (const double *sorted, gsize n)
{
  double spread =
      ins_quantile_sorted (sorted, n, 0.75) / 2 - ins_quantile_sorted (sorted, n, 0.25) / 2;
  double range = sorted[n - 1] / 2 - sorted[0] / 2, width, bins;
  if (!(range > 0))
    return 1;
  width = 2 * spread / cbrt ((double)n);
  bins = width > 0 ? ceil (range / width) : MAX_BINS;
  return (gsize)CLAMP (bins, 5, MAX_BINS);
}

/* Whole numbers in a short range: one bin each. */
static gboolean
is_counts (const InsHistogram *self)
{
  if (self->scale == &ins_scale_log1p || self->hi - self->lo >= 40)
    return FALSE;
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->values[i]) && self->values[i] != floor (self->values[i]))
      return FALSE;
  return TRUE;
}

static void
count_values (InsHistogram *self, gsize bins)
{
  double a = self->scale->forward (self->lo) / 2, b = self->scale->forward (self->hi) / 2;

  self->columns.n = bins;
  self->columns.heights = g_new0 (double, bins);
  self->edges = g_new0 (double, bins + 1);
  for (gsize e = 0; e <= bins; e++)
    self->edges[e] = e == 0      ? self->lo
                     : e == bins ? self->hi
                                 : self->scale->inverse (2 * (a + (b - a) * e / bins));
  for (gsize i = 0; i < self->n; i++)
    if (self->bin[i] >= 0)
      {
        double t = (self->scale->forward (self->values[i]) / 2 - a) / (b - a);
        self->bin[i] = (gint32)CLAMP (floor (t * bins), 0, (double)bins - 1);
        self->columns.heights[self->bin[i]]++;
      }
}

InsChart *
ins_histogram_chart_new (const double *values, gsize n, const char *axis_title, const char *unit,
                         gsize bins, gboolean log)
{
  InsHistogram *self;
  g_autofree double *sorted = NULL;

  g_return_val_if_fail (n == 0 || values != NULL, NULL);
  self = ins_chart_alloc (&histogram_class);
  self->n = n;
  self->values = ins_copy_array (values, n);
  self->bin = g_new0 (gint32, MAX (n, 1));
  self->scale = log ? &ins_scale_log1p : &ins_scale_linear;
  self->axis_title = ins_chart_text_copy (axis_title);
  self->unit = ins_chart_text_copy (unit);
  self->columns.gap = 0.06;
  sorted = g_new0 (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    {
      self->bin[i] = isfinite (values[i]) ? 0 : -1;
      if (self->bin[i] == 0)
        sorted[self->n_shown++] = self->scale->forward (values[i]);
    }
  if (self->n_shown == 0)
    return (InsChart *)self;
  qsort (sorted, self->n_shown, sizeof *sorted, compare_doubles);
  self->median = ins_median (values, n); /* of everything: infinities are rare */
  if (!isfinite (self->median))
    self->median = self->scale->inverse (ins_quantile_sorted (sorted, self->n_shown, 0.5));
  ins_finite_range (values, n, &self->lo, &self->hi);
  if (bins == 0 && is_counts (self))
    {
      bins = (gsize)(self->hi - self->lo) + 1;
      self->lo -= 0.5;
      self->hi += 0.5;
    }
  else if (self->lo == self->hi)
    {
      InsAxis axis;
      ins_axis_set_range (&axis, self->scale, self->lo, self->hi, 0);
      self->lo = axis.lo;
      self->hi = axis.hi;
      bins = 1;
    }
  count_values (self, bins > 0 ? MIN (bins, 1000) : bins_for (sorted, self->n_shown));
  return (InsChart *)self;
}
