/* ins-scatter-chart.c: customers in the plane
 *
 * On pixels the points are copied from sprites; in vector files they are paths, beyond
 * VECTOR_POINTS one picture at 300 dots an inch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-point-layer.h"
#include "chart/ins-scatter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define VECTOR_POINTS 20000
#define VECTOR_SCALE (300.0 / 72.0)
#define CELL 12.0

static int
group_of (const InsScatter *self, guint32 row)
{
  int group = self->group[row];
  return group >= 0 && (gsize)group < self->n_groups ? group : -1;
}

static gboolean
is_shown (const InsScatter *self, gsize row)
{
  return row < self->n && isfinite (self->x[row]) && isfinite (self->y[row]);
}

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

/* 6 points wide for a handful of customers, 3 for a hundred thousand. */
static double
marker_radius (InsScatter *self)
{
  double d = 8.2 - log10 (MAX (self->n_shown, 1));
  return CLAMP (d, 3, 6) / 2 * self->parent.theme->scale * (self->parent.small ? 0.8 : 1);
}

static int
cell_of (const InsScatter *self, guint32 row)
{
  int cx = CLAMP ((int)((self->px[row] - self->plot.x) / CELL), 0, self->cells_x - 1);
  int cy = CLAMP ((int)((self->py[row] - self->plot.y) / CELL), 0, self->cells_y - 1);
  return cy * self->cells_x + cx;
}

/* Rows sorted by cell, in the order drawn within one. */
static void
fill_cells (InsScatter *self)
{
  gsize n_cells;
  self->cells_x = (int)MAX (1, ceil (self->plot.width / CELL));
  self->cells_y = (int)MAX (1, ceil (self->plot.height / CELL));
  n_cells = (gsize)self->cells_x * self->cells_y;
  g_free (self->cell_start);
  self->cell_start = g_new0 (guint32, n_cells + 2);
  for (gsize i = 0; i < self->n_shown; i++)
    self->cell_start[cell_of (self, self->order[i]) + 2]++;
  for (gsize c = 2; c < n_cells + 2; c++)
    self->cell_start[c] += self->cell_start[c - 1];
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      self->cell_rows[self->cell_start[cell_of (self, row) + 1]++] = row;
    }
}

/* The more the points cover each other where they are, the more one sees through them. */
static double
marker_alpha (const InsScatter *self)
{
  gsize used = 0;
  double covered;
  for (int c = 0; c < self->cells_x * self->cells_y; c++)
    used += self->cell_start[c + 1] > self->cell_start[c];
  covered = (double)self->n_shown * G_PI * self->r * self->r / (MAX (used, 1) * CELL * CELL);
  return CLAMP (1.05 / (1 + 0.45 * covered), 0.35, 0.92);
}

static void
scatter_layout (InsChart *chart)
{
  InsScatter *self = (InsScatter *)chart;

  lay_plot (self);
  self->r = marker_radius (self);
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      self->px[row] = ins_axis_map (&self->x_axis, self->x[row]);
      self->py[row] = ins_axis_map (&self->y_axis, self->y[row]);
    }
  fill_cells (self);
  self->alpha = marker_alpha (self);
  ins_scatter_place_labels (self);
}

/* --- drawing --- */

static const InsColour *
colour_of (InsScatter *self, int group)
{
  return ins_chart_group_colour (&self->parent, self->groups, self->n_groups, group);
}

static double
alpha_of (InsScatter *self, int group)
{
  if (group < 0)
    return MIN (0.5, self->alpha);
  return self->groups[group].colour == -1 ? MAX (0.85, self->alpha) : self->alpha;
}

static int
size_step (const InsScatter *self, guint32 row)
{
  double s = self->size ? self->size[row] : 0;
  return s > 0 ? (int)(MIN (s, 0.999) * INS_SCATTER_SIZES) : 0; /* NaN is small */
}

static double
step_radius (const InsScatter *self, int step)
{
  return self->size ? self->r * sqrt (0.5 + 4.5 * step / (INS_SCATTER_SIZES - 1)) : self->r;
}

static void
add_points (InsScatter *self, InsPointLayer *layer, int only)
{
  gsize n_sprites = (self->n_groups + 1) * INS_SCATTER_SIZES;
  InsSprite **sprites = g_new0 (InsSprite *, n_sprites);

  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = group_of (self, row), step = size_step (self, row);
      InsSprite **sprite = &sprites[(group + 1) * INS_SCATTER_SIZES + step];
      if (only >= 0 && group != only)
        continue;
      if (!*sprite)
        *sprite = ins_sprite_new (layer, self->parent.theme, colour_of (self, group),
                                  group < 0 ? 0 : self->groups[group].shape,
                                  step_radius (self, step), alpha_of (self, group));
      ins_point_layer_add (layer, *sprite, self->px[row], self->py[row]);
    }
  for (gsize i = 0; i < n_sprites; i++)
    ins_sprite_free (sprites[i]);
  g_free (sprites);
}

static void
draw_as_pixels (InsScatter *self, cairo_t *cr, double scale_x, double scale_y, int only)
{
  InsPointLayer *layer = ins_point_layer_new (&self->plot, scale_x, scale_y);
  add_points (self, layer, only);
  ins_point_layer_show (layer, cr);
  ins_point_layer_free (layer);
}

static void
draw_as_paths (InsScatter *self, cairo_t *cr, int only)
{
  cairo_save (cr);
  cairo_rectangle (cr, self->plot.x, self->plot.y, self->plot.width, self->plot.height);
  cairo_clip (cr);
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = group_of (self, row);
      if (only < 0 || group == only)
        ins_marker_draw (cr, self->parent.theme, colour_of (self, group),
                         group < 0 ? 0 : self->groups[group].shape, self->px[row], self->py[row],
                         step_radius (self, size_step (self, row)), alpha_of (self, group));
    }
  cairo_restore (cr);
}

/* Pixels per point where @cr draws on upright pixels. */
static gboolean
get_pixel_scale (cairo_t *cr, double *scale_x, double *scale_y)
{
  cairo_matrix_t m;
  double sx = 1, sy = 1;

  if (!ins_chart_is_raster (cr))
    return FALSE;
  cairo_get_matrix (cr, &m);
  if (m.xy != 0 || m.yx != 0 || m.xx <= 0 || m.yy <= 0)
    return FALSE;
  cairo_surface_get_device_scale (cairo_get_group_target (cr), &sx, &sy);
  *scale_x = sx * m.xx;
  *scale_y = sy * m.yy;
  return TRUE;
}

static void
draw_points (InsScatter *self, cairo_t *cr, int only)
{
  double scale_x, scale_y;

  if (get_pixel_scale (cr, &scale_x, &scale_y))
    draw_as_pixels (self, cr, scale_x, scale_y, only);
  else if (!ins_chart_is_raster (cr) && self->n_shown > VECTOR_POINTS)
    draw_as_pixels (self, cr, VECTOR_SCALE, VECTOR_SCALE, only);
  else
    draw_as_paths (self, cr, only);
}

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

  if (self->n_shown == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  if (self->show_numbers)
    {
      draw_y_ticks (self, cr);
      draw_x_ticks (self, cr);
    }
  draw_points (self, cr, -1);
  ins_scatter_draw_labels (self, cr, -1);
  ins_scatter_draw_caption (self, cr);
}

static gboolean
is_selected (const InsChartState *state, guint32 row)
{
  return row < state->n_rows && state->selected[row];
}

static gboolean
is_any_selected (const InsScatter *self, const InsChartState *state)
{
  for (gsize i = 0; state->selected && i < self->n_shown; i++)
    if (is_selected (state, self->order[i]))
      return TRUE;
  return FALSE;
}

static void
draw_outlines_as_paths (InsScatter *self, cairo_t *cr, const InsChartState *state)
{
  cairo_new_path (cr);
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = group_of (self, row);
      if (is_selected (state, row))
        ins_marker_path (cr, group < 0 ? 0 : self->groups[group].shape, self->px[row],
                         self->py[row], step_radius (self, size_step (self, row)) + 0.8);
    }
  ins_set_colour (cr, &self->parent.theme->text, 0.9);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

/* Of each marker twice: a larger one in the text's colour, itself above. */
static void
add_outlined (InsScatter *self, InsPointLayer *layer, const InsChartState *state)
{
  gsize n_sprites = (self->n_groups + 1) * INS_SCATTER_SIZES;
  InsSprite **sprites = g_new0 (InsSprite *, 2 * n_sprites);

  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = group_of (self, row), step = size_step (self, row);
      int shape = group < 0 ? 0 : self->groups[group].shape;
      InsSprite **sprite = &sprites[2 * ((group + 1) * INS_SCATTER_SIZES + step)];
      if (!is_selected (state, row))
        continue;
      if (!sprite[0])
        {
          double r = step_radius (self, step);
          const InsTheme *theme = self->parent.theme;
          sprite[0] = ins_sprite_new (layer, theme, &theme->text, shape, r + 1.4, 0.9);
          sprite[1] = ins_sprite_new (layer, theme, colour_of (self, group), shape, r, 1);
        }
      ins_point_layer_add (layer, sprite[0], self->px[row], self->py[row]);
      ins_point_layer_add (layer, sprite[1], self->px[row], self->py[row]);
    }
  for (gsize i = 0; i < 2 * n_sprites; i++)
    ins_sprite_free (sprites[i]);
  g_free (sprites);
}

static void
draw_outlines (InsScatter *self, cairo_t *cr, const InsChartState *state)
{
  InsPointLayer *layer;
  double scale_x, scale_y;

  if (!get_pixel_scale (cr, &scale_x, &scale_y))
    {
      draw_outlines_as_paths (self, cr, state);
      return;
    }
  layer = ins_point_layer_new (&self->plot, scale_x, scale_y);
  add_outlined (self, layer, state);
  ins_point_layer_show (layer, cr);
  ins_point_layer_free (layer);
}

static void
draw_hovered (InsScatter *self, cairo_t *cr, guint32 row)
{
  const InsTheme *theme = self->parent.theme;
  int group = group_of (self, row), shape = group < 0 ? 0 : self->groups[group].shape;
  double r = step_radius (self, size_step (self, row)) * 1.9 + 1.5;

  cairo_new_path (cr);
  ins_marker_path (cr, shape, self->px[row], self->py[row], r);
  ins_set_colour (cr, &theme->background, 1);
  cairo_set_line_width (cr, 5);
  cairo_stroke (cr);
  ins_marker_draw (cr, theme, colour_of (self, group), shape, self->px[row], self->py[row], r, 1);
  cairo_new_path (cr);
  ins_marker_path (cr, shape, self->px[row], self->py[row], r + 0.6);
  ins_set_colour (cr, &theme->text, 1);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

static void
scatter_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsScatter *self = (InsScatter *)chart;

  if (state->hover_group >= 0 && (gsize)state->hover_group < self->n_groups)
    {
      ins_chart_veil (chart, cr, &self->plot);
      draw_points (self, cr, state->hover_group);
      ins_scatter_draw_labels (self, cr, state->hover_group);
    }
  if (is_any_selected (self, state))
    {
      draw_outlines (self, cr, state);
      ins_scatter_draw_labels (self, cr, state->hover_group);
    }
  if (state->hover >= 0 && is_shown (self, (gsize)state->hover))
    draw_hovered (self, cr, (guint32)state->hover);
}

/* --- what lies where --- */

static void
set_hit (const InsScatter *self, guint32 row, InsChartHit *hit)
{
  double r = step_radius (self, size_step (self, row));
  ins_hit_set (hit, (int)row, group_of (self, row), self->x[row], self->px[row] - r,
               self->py[row] - r, 2 * r, 2 * r);
}

static gboolean
scatter_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsScatter *self = (InsScatter *)chart;
  double reach = MAX (CELL - 2, self->r + 4), best = reach * reach;
  int cx = (int)floor ((x - self->plot.x) / CELL), cy = (int)floor ((y - self->plot.y) / CELL);
  gboolean found = FALSE;

  for (int j = MAX (cy - 1, 0); j <= MIN (cy + 1, self->cells_y - 1); j++)
    for (int i = MAX (cx - 1, 0); i <= MIN (cx + 1, self->cells_x - 1); i++)
      {
        int c = j * self->cells_x + i;
        for (guint32 p = self->cell_start[c]; p < self->cell_start[c + 1]; p++)
          {
            guint32 row = self->cell_rows[p];
            double dx = self->px[row] - x, dy = self->py[row] - y, d = dx * dx + dy * dy;
            if (d < best || (d == best && found && row < (guint32)hit->item))
              {
                best = d;
                set_hit (self, row, hit);
                found = TRUE;
              }
          }
      }
  return found;
}

static gboolean
scatter_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsScatter *self = (InsScatter *)chart;
  if (!is_shown (self, (gsize)item))
    return FALSE;
  set_hit (self, (guint32)item, hit);
  return TRUE;
}

static int
scatter_count (InsChart *chart)
{
  return (int)((InsScatter *)chart)->n_shown;
}

/* The nearest point in a quarter of the circle around the direction. */
static int
scatter_move (InsChart *chart, int item, int dx, int dy)
{
  InsScatter *self = (InsScatter *)chart;
  double best = G_MAXDOUBLE;
  int next = item;

  if (self->n_shown == 0)
    return -1;
  if (item < 0 || !is_shown (self, (gsize)item))
    return (int)self->order[self->n_shown - 1];
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      double x = self->px[row] - self->px[item], y = self->py[row] - self->py[item];
      double along = x * dx + y * dy, across = fabs (x * dy) + fabs (y * dx);
      double cost = along + 2 * across;
      if (along > 0.01 && across <= along && cost < best)
        {
          best = cost;
          next = (int)row;
        }
    }
  return next;
}

static void
scatter_pick (InsChart *chart, const InsBox *box, GArray *rows)
{
  InsScatter *self = (InsScatter *)chart;
  for (guint32 row = 0; row < self->n; row++)
    if (is_shown (self, row) && ins_box_contains (box, self->px[row], self->py[row]))
      g_array_append_val (rows, row);
}

static void
scatter_get_rows (InsChart *chart, int item, GArray *rows)
{
  InsScatter *self = (InsScatter *)chart;
  guint32 row = (guint32)item;
  if (row < self->n)
    g_array_append_val (rows, row);
}

/* --- in words --- */

static char *
customer_name (const InsScatter *self, gsize row)
{
  /* TRANSLATORS: number of a line */
  return self->ids ? g_strdup_printf (_ ("Customer %s"), self->ids[row])
                   : g_strdup_printf (_ ("Customer no. %zu"), row + 1);
}

static char *
scatter_describe_item (InsChart *chart, int item)
{
  InsScatter *self = (InsScatter *)chart;
  g_autofree char *name = NULL, *x = NULL, *y = NULL;
  const char *group;

  if (!is_shown (self, (gsize)item))
    return NULL;
  name = customer_name (self, (gsize)item);
  group = group_of (self, (guint32)item) < 0 ? _ ("in no group")
                                             : self->groups[group_of (self, (guint32)item)].name;
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
  g_autofree char *n = ins_format_number ((double)self->n_shown, 0);
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text, ngettext ("Scatter plot of %s customer", "Scatter plot of %s customers", self->n_shown),
      n);
  for (gsize g = 0; g < self->n_groups; g++)
    {
      g_autofree char *count = ins_format_number ((double)self->count[g], 0);
      g_string_append_printf (text, "%s %s %s", g == 0 ? ":" : ",", self->groups[g].name, count);
    }
  if (self->count[self->n_groups] > 0 && self->n_groups > 0)
    {
      g_autofree char *count = ins_format_number ((double)self->count[self->n_groups], 0);
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
      int group = group_of (self, (guint32)i);
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
  g_free (self->order);
  g_free (self->count);
  g_free (self->px);
  g_free (self->py);
  g_free (self->cell_start);
  g_free (self->cell_rows);
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
  .count = scatter_count,
  .move = scatter_move,
  .pick = scatter_pick,
  .get_rows = scatter_get_rows,
  .describe_item = scatter_describe_item,
  .describe = scatter_describe,
  .to_csv = scatter_to_csv,
};

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  const gsize *count = data;
  guint32 g = *(const guint32 *)a, h = *(const guint32 *)b;
  if (count[g] != count[h])
    return count[g] > count[h] ? -1 : 1;
  return g < h ? -1 : 1;
}

/* Noise first, then the larger groups, so that the smaller ones lie on top. */
static void
set_order (InsScatter *self)
{
  gsize n_groups = self->n_groups, at = 0;
  guint32 *groups = g_new0 (guint32, n_groups + 1);
  gsize *start = g_new0 (gsize, n_groups + 1);

  for (gsize i = 0; i < self->n; i++)
    if (is_shown (self, i))
      {
        int group = group_of (self, (guint32)i);
        self->count[group < 0 ? n_groups : (gsize)group]++;
        self->n_shown++;
      }
  for (gsize g = 0; g < n_groups; g++)
    groups[g] = (guint32)g;
  g_qsort_with_data (groups, (int)n_groups, sizeof *groups, compare_groups, self->count);
  at = self->count[n_groups];
  for (gsize g = 0; g < n_groups; g++)
    {
      start[groups[g]] = at;
      at += self->count[groups[g]];
    }
  start[n_groups] = 0;
  for (guint32 i = 0; i < self->n; i++)
    if (is_shown (self, i))
      {
        int group = group_of (self, i);
        self->order[start[group < 0 ? n_groups : (gsize)group]++] = i;
      }
  g_free (groups);
  g_free (start);
}

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
  self->order = g_new0 (guint32, MAX (n, 1));
  self->count = g_new0 (gsize, self->n_groups + 1);
  self->px = g_new0 (double, MAX (n, 1));
  self->py = g_new0 (double, MAX (n, 1));
  self->cell_rows = g_new0 (guint32, MAX (n, 1));
  set_order (self);
  return (InsChart *)self;
}
