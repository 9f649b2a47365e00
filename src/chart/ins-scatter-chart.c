/* ins-scatter-chart.c: customers in the plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-axis-draw.h"
#include "chart/ins-scatter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- layout --- */

static void
lay_plot (InsScatter *self)
{
  InsChart *chart = &self->parent;
  double x_lo = 0, x_hi = 1, y_lo = 0, y_hi = 1, left = 0, below = chart->em * 1.4, above = 0;

  ins_finite_range (self->x, self->n, &x_lo, &x_hi);
  ins_finite_range (self->y, self->n, &y_lo, &y_hi);
  ins_scatter_arrows_scale (self, &x_lo, &x_hi, &y_lo, &y_hi);
  ins_axis_set_range (&self->x_axis, &ins_scale_linear, x_lo, x_hi, 0.04);
  ins_axis_set_range (&self->y_axis, &ins_scale_linear, y_lo, y_hi, 0.04);
  if (self->show_numbers)
    {
      left = ins_tick_widest (chart, &self->y_axis, 5, NULL) + chart->em * 0.6;
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
  ins_scatter_arrows_place (self);
  ins_scatter_place_labels (self);
}

/* --- drawing --- */

static void
draw_axes (InsScatter *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;

  ins_axis_draw_beside (chart, cr, &self->y_axis, self->plot.height < 12 * chart->em ? 3 : 5, NULL,
                        self->plot.x, ins_box_right (&self->plot));
  if (self->y_title && *self->y_title)
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->y_title, chart->body.width,
                   chart->body.x, chart->body.y - chart->em * 0.2, 0, 0, &chart->theme->dim_text);
  ins_axis_draw_below (chart, cr, &self->x_axis,
                       (gsize)CLAMP (self->plot.width / (7 * chart->em), 2, 6), NULL,
                       ins_box_bottom (&self->plot), ins_box_bottom (&self->plot), -1e9,
                       ins_box_right (&chart->body));
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
    draw_axes (self, cr);
  ins_points_draw (&self->points, cr, -1);
  ins_scatter_arrows_draw (self, cr, -1);
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
  if (state->hover >= 0 && (gsize)state->hover >= self->n
      && (gsize)state->hover - self->n < self->n_arrows)
    ins_scatter_arrows_draw (self, cr, (int)((gsize)state->hover - self->n));
  if (state->hover >= 0 && ins_points_is_shown (&self->points, (gsize)state->hover))
    ins_points_draw_hovered (&self->points, cr, (gsize)state->hover);
}

/* --- what lies where --- */

static gboolean
scatter_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsScatter *self = (InsScatter *)chart;
  gsize arrow = (gsize)item - self->n;
  InsBox box;

  if ((gsize)item < self->n)
    return ins_points_locate (&self->points, item, hit);
  if (arrow >= self->n_arrows)
    return FALSE;
  box = ins_scatter_arrow_box (self, arrow);
  ins_hit_set (hit, item, -1, self->arrows[arrow].x, box.x, box.y, box.width, box.height);
  return TRUE;
}

static gboolean
scatter_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsScatter *self = (InsScatter *)chart;
  int row = ins_points_at (&self->points, x, y), arrow = ins_scatter_arrow_at (self, x, y);

  /* a name gives way to the marker right under the pointer */
  if (arrow >= 0
      && (row < 0 || hypot (self->points.px[row] - x, self->points.py[row] - y) > self->points.r))
    return scatter_locate (chart, (int)self->n + arrow, hit);
  return ins_points_locate (&self->points, row, hit);
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

  if ((gsize)item >= self->n && (gsize)item - self->n < self->n_arrows)
    {
      const InsScatterArrow *arrow = &self->arrows[(gsize)item - self->n];
      x = ins_format_number (arrow->x, 2);
      y = ins_format_number (arrow->y, 2);
      /* TRANSLATORS: a feature and its loadings on the two axes */
      return g_strdup_printf (_ ("%s: loadings %s and %s"), arrow->name, x, y);
    }
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
  for (gsize i = 0; i < self->n_arrows; i++)
    {
      g_autofree char *arrow = scatter_describe_item (chart, (int)(self->n + i));
      g_string_append_printf (text, "; %s", arrow);
    }
  g_string_append (text, self->show_numbers ? "." : _ (". The axes have no meaning."));
  return g_string_free (text, FALSE);
}

static void
csv_place (GString *csv, double x, double y)
{
  g_string_append_c (csv, ',');
  ins_chart_csv_number (csv, x);
  g_string_append_c (csv, ',');
  ins_chart_csv_number (csv, y);
  g_string_append_c (csv, ',');
}

static void
scatter_to_csv (InsChart *chart, GString *csv)
{
  InsScatter *self = (InsScatter *)chart;
  gboolean mixed = self->n_arrows > 0; /* then every line says what it is */

  g_string_append (csv, mixed       ? "kind,name,x,y,group\n"
                        : self->ids ? "customer_id,x,y,group\n"
                                    : "customer,x,y,group\n");
  for (gsize i = 0; i < self->n; i++)
    {
      int group = ins_points_group (&self->points, i);
      g_string_append (csv, mixed ? "customer," : "");
      if (self->ids)
        ins_chart_csv_text (csv, self->ids[i]);
      else
        g_string_append_printf (csv, "%" G_GSIZE_FORMAT, i + 1);
      csv_place (csv, self->x[i], self->y[i]);
      ins_chart_csv_text (csv, group < 0 ? "" : self->groups[group].name);
      g_string_append_c (csv, '\n');
    }
  for (gsize i = 0; i < self->n_arrows; i++)
    {
      g_string_append (csv, "loading,");
      ins_chart_csv_text (csv, self->arrows[i].name);
      csv_place (csv, self->arrows[i].x, self->arrows[i].y);
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
  ins_scatter_arrows_clear (self);
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
