/* ins-scatter-chart.c: customers in the plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-scatter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- layout --- */

static double
tick_width (InsScatter *self)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], widest = 0;
  gsize n = ins_axis_ticks (&self->y_axis, 5, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text));
    }
  return widest;
}

static void
lay_plot (InsScatter *self)
{
  InsChart *chart = &self->parent;
  double lo = 0, hi = 1, left = 0, below = chart->em * 1.4, above = 0;

  ins_finite_range (self->x, self->n, &lo, &hi);
  ins_axis_set_range (&self->x_axis, &ins_scale_linear, lo, hi, 0.04);
  lo = 0, hi = 1;
  ins_finite_range (self->y, self->n, &lo, &hi);
  ins_axis_set_range (&self->y_axis, &ins_scale_linear, lo, hi, 0.04);
  if (self->show_numbers)
    {
      left = tick_width (self) + chart->em * 0.6;
      below += chart->em * 1.4;
      above = self->y_title && *self->y_title ? chart->em * 1.5 : chart->em * 0.6;
    }
  self->plot = (InsBox){ floor (chart->body.x + left), floor (chart->body.y + above),
                         floor (MAX (chart->body.width - left, 1)),
                         floor (MAX (chart->body.height - below - above, 1)) };
  self->x_axis.from = self->plot.x;
  self->x_axis.to = ins_box_right (&self->plot);
  self->y_axis.from = ins_box_bottom (&self->plot);
  self->y_axis.to = self->plot.y;
}

static void
scatter_layout (InsChart *chart)
{
  InsScatter *self = (InsScatter *)chart;

  lay_plot (self);
  ins_points_layout (&self->points, &self->plot, &self->x_axis, &self->y_axis, 1);
  ins_scatter_place_labels (self);
}

/* --- drawing --- */

static void
draw_y_ticks (InsScatter *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS];
  gsize n = ins_axis_ticks (&self->y_axis, self->plot.height < 12 * chart->em ? 3 : 5, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      double y = ins_axis_map (&self->y_axis, ticks[i]);
      ins_line_horizontal (cr, self->plot.x, ins_box_right (&self->plot), y);
      ins_set_colour (cr, &chart->theme->grid, 1);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0,
                     self->plot.x - chart->em * 0.5, y, 1, 0.5, &chart->theme->dim_text);
    }
  if (self->y_title && *self->y_title)
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->y_title, chart->body.width,
                   chart->body.x, chart->body.y - chart->em * 0.2, 0, 0, &chart->theme->dim_text);
}

static void
draw_x_ticks (InsScatter *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], end = -1e9;
  gsize wanted = (gsize)CLAMP (self->plot.width / (7 * chart->em), 2, 6);
  gsize n = ins_axis_ticks (&self->x_axis, wanted, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      double x = ins_axis_map (&self->x_axis, ticks[i]);
      double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text);
      if (x - width / 2 < end || x + width / 2 > ins_box_right (&chart->body))
        continue;
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, x,
                     ins_box_bottom (&self->plot) + chart->em * 0.25, 0.5, 0,
                     &chart->theme->dim_text);
      end = x + width / 2 + chart->em;
    }
}

static void
scatter_draw (InsChart *chart, cairo_t *cr)
{
  InsScatter *self = (InsScatter *)chart;

  if (self->points.n_shown == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  if (self->show_numbers)
    {
      draw_y_ticks (self, cr);
      draw_x_ticks (self, cr);
    }
  ins_points_draw (&self->points, cr, -1);
  ins_scatter_draw_labels (self, cr, -1);
  ins_scatter_draw_caption (self, cr);
}

static void
scatter_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsScatter *self = (InsScatter *)chart;

  if (state->hover_group >= 0 && (gsize)state->hover_group < self->n_groups)
    {
      ins_chart_veil (chart, cr, &self->plot);
      ins_points_draw (&self->points, cr, state->hover_group);
      ins_scatter_draw_labels (self, cr, state->hover_group);
    }
  if (ins_points_any_selected (&self->points, state))
    {
      ins_points_draw_selected (&self->points, cr, state);
      ins_scatter_draw_labels (self, cr, state->hover_group);
    }
  if (state->hover >= 0 && ins_points_is_shown (&self->points, (gsize)state->hover))
    ins_points_draw_hovered (&self->points, cr, (gsize)state->hover);
}

/* --- what lies where --- */

static gboolean
scatter_locate (InsChart *chart, int item, InsChartHit *hit)
{
  return ins_points_locate (&((InsScatter *)chart)->points, item, hit);
}

static gboolean
scatter_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsScatter *self = (InsScatter *)chart;
  return ins_points_locate (&self->points, ins_points_at (&self->points, x, y), hit);
}

static int
scatter_move (InsChart *chart, int item, int dx, int dy)
{
  return ins_points_move (&((InsScatter *)chart)->points, item, dx, dy);
}

static void
scatter_pick (InsChart *chart, const InsBox *box, GArray *rows)
{
  const InsPoints *points = &((InsScatter *)chart)->points;
  for (guint32 row = 0; row < points->n; row++)
    if (ins_points_is_shown (points, row)
        && ins_box_contains (box, points->px[row], points->py[row]))
      g_array_append_val (rows, row);
}

static void
scatter_get_rows (InsChart *chart, int item, GArray *rows)
{
  guint32 row = (guint32)item;
  if (row < ((InsScatter *)chart)->n)
    g_array_append_val (rows, row);
}

/* --- in words --- */

static char *
scatter_describe_item (InsChart *chart, int item)
{
  InsScatter *self = (InsScatter *)chart;
  g_autofree char *name = NULL, *x = NULL, *y = NULL;
  const char *group;

  if (!ins_points_is_shown (&self->points, (gsize)item))
    return NULL;
  name = ins_customer_name (self->ids, (gsize)item);
  group = ins_points_group (&self->points, (gsize)item) < 0
              ? _ ("in no group")
              : self->groups[ins_points_group (&self->points, (gsize)item)].name;
  if (!self->show_numbers)
    return g_strdup_printf ("%s: %s", name, group);
  x = ins_format_value (self->x[item], NULL, NULL);
  y = ins_format_value (self->y[item], NULL, NULL);
  return g_strdup_printf ("%s: %s (%s, %s)", name, group, x, y);
}

static char *
scatter_describe (InsChart *chart)
{
  InsScatter *self = (InsScatter *)chart;
  g_autofree char *n = ins_format_number ((double)self->points.n_shown, 0);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("Scatter plot of %s customer", "Scatter plot of %s customers",
                                    self->points.n_shown),
                          n);
  for (gsize g = 0; g < self->n_groups; g++)
    {
      g_autofree char *count = ins_format_number ((double)self->points.count[g], 0);
      g_string_append_printf (text, "%s %s %s", g == 0 ? ":" : ",", self->groups[g].name, count);
    }
  if (self->points.count[self->n_groups] > 0 && self->n_groups > 0)
    {
      g_autofree char *count = ins_format_number ((double)self->points.count[self->n_groups], 0);
      g_string_append_printf (text, _ (", in no group %s"), count);
    }
  g_string_append (text, self->show_numbers ? "." : _ (". The axes have no meaning."));
  return g_string_free (text, FALSE);
}

static void
scatter_to_csv (InsChart *chart, GString *csv)
{
  InsScatter *self = (InsScatter *)chart;

  g_string_append (csv, self->ids ? "customer_id,x,y,group\n" : "customer,x,y,group\n");
  for (gsize i = 0; i < self->n; i++)
    {
      int group = ins_points_group (&self->points, i);
      if (self->ids)
        ins_chart_csv_text (csv, self->ids[i]);
      else
        g_string_append_printf (csv, "%" G_GSIZE_FORMAT, i + 1);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->x[i]);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->y[i]);
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, group < 0 ? "" : self->groups[group].name);
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
scatter_finalize (InsChart *chart)
{
  InsScatter *self = (InsScatter *)chart;
  g_free (self->x);
  g_free (self->y);
  g_free (self->group);
  g_free (self->size);
  ins_chart_texts_free (self->ids, self->n);
  ins_chart_groups_free (self->groups, self->n_groups);
  g_free (self->x_title);
  g_free (self->y_title);
  ins_points_clear (&self->points);
  g_free (self->labels);
}

static const InsChartClass scatter_class = {
  .kind = "scatter",
  .size = sizeof (InsScatter),
  .finalize = scatter_finalize,
  .layout = scatter_layout,
  .draw = scatter_draw,
  .draw_state = scatter_draw_state,
  .hit = scatter_hit,
  .locate = scatter_locate,
  .move = scatter_move,
  .pick = scatter_pick,
  .get_rows = scatter_get_rows,
  .describe_item = scatter_describe_item,
  .describe = scatter_describe,
  .to_csv = scatter_to_csv,
};

InsChart *
ins_scatter_chart_new (const InsScatterData *data)
{
  InsScatter *self;
  gsize n;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (data->n == 0 || (data->x && data->y), NULL);
  self = ins_chart_alloc (&scatter_class);
  n = self->n = data->n;
  self->x = ins_copy_array (data->x, n);
  self->y = ins_copy_array (data->y, n);
  self->group = data->group ? ins_copy_array (data->group, n) : g_new0 (gint32, n);
  self->size = data->size ? ins_copy_array (data->size, n) : NULL;
  self->ids = ins_chart_texts_copy (data->ids, n);
  self->n_groups = data->groups ? data->n_groups : 0;
  self->groups = ins_chart_groups_copy (data->groups, self->n_groups);
  self->x_title = ins_chart_text_copy (data->x_title);
  self->y_title = ins_chart_text_copy (data->y_title);
  self->show_numbers = data->show_numbers;
  ins_points_init (&self->points, (InsChart *)self, n, self->x, self->y, self->group, self->groups,
                   self->n_groups);
  self->points.size = self->size;
  return (InsChart *)self;
}
