/* ins-points.c: customers as markers in a plane
 *
 * On pixels the points are copied from sprites; in vector files they are paths, beyond
 * INS_POINTS_VECTOR one picture at 300 dots an inch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-points.h"

#include "chart/ins-point-layer.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SIZES 5 /* steps of marker size when the data give one */
#define VECTOR_SCALE (300.0 / 72.0)
#define CELL 12.0

int
ins_points_group (const InsPoints *points, gsize row)
{
  int group = points->group[row];
  return group >= 0 && (gsize)group < points->n_groups ? group : -1;
}

gboolean
ins_points_is_shown (const InsPoints *points, gsize row)
{
  return row < points->n && isfinite (points->x[row]) && isfinite (points->y[row]);
}

static int
shape_of (const InsPoints *points, int group)
{
  return group < 0 ? 0 : points->groups[group].shape;
}

/* --- life --- */

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
set_order (InsPoints *self)
{
  gsize n_groups = self->n_groups, at = 0;
  guint32 *groups = g_new0 (guint32, n_groups + 1);
  gsize *start = g_new0 (gsize, n_groups + 1);

  for (gsize i = 0; i < self->n; i++)
    if (ins_points_is_shown (self, i))
      {
        int group = ins_points_group (self, i);
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
    if (ins_points_is_shown (self, i))
      {
        int group = ins_points_group (self, i);
        self->order[start[group < 0 ? n_groups : (gsize)group]++] = i;
      }
  g_free (groups);
  g_free (start);
}

void
ins_points_init (InsPoints *self, InsChart *chart, gsize n, const double *x, const double *y,
                 const gint32 *group, const InsChartGroup *groups, gsize n_groups)
{
  *self = (InsPoints){
    .chart = chart, .n = n, .x = x, .y = y, .group = group, .groups = groups, .n_groups = n_groups
  };
  self->order = g_new0 (guint32, MAX (n, 1));
  self->count = g_new0 (gsize, n_groups + 1);
  self->px = g_new0 (double, MAX (n, 1));
  self->py = g_new0 (double, MAX (n, 1));
  self->cell_rows = g_new0 (guint32, MAX (n, 1));
  set_order (self);
}

void
ins_points_clear (InsPoints *self)
{
  g_clear_pointer (&self->order, g_free);
  g_clear_pointer (&self->count, g_free);
  g_clear_pointer (&self->px, g_free);
  g_clear_pointer (&self->py, g_free);
  g_clear_pointer (&self->cell_start, g_free);
  g_clear_pointer (&self->cell_rows, g_free);
}

/* --- layout --- */

/* 6 points wide for a handful of customers, 3 for a hundred thousand. */
static double
marker_radius (InsPoints *self)
{
  double d = 8.2 - log10 (MAX (self->n_shown, 1));
  return CLAMP (d, 3, 6) / 2 * self->chart->theme->scale * (self->chart->small ? 0.8 : 1);
}

static int
cell_of (const InsPoints *self, guint32 row)
{
  int cx = CLAMP ((int)((self->px[row] - self->plot.x) / CELL), 0, self->cells_x - 1);
  int cy = CLAMP ((int)((self->py[row] - self->plot.y) / CELL), 0, self->cells_y - 1);
  return cy * self->cells_x + cx;
}

/* Rows sorted by cell, in the order drawn within one. */
static void
fill_cells (InsPoints *self)
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
marker_alpha (const InsPoints *self)
{
  gsize used = 0;
  double covered;
  for (int c = 0; c < self->cells_x * self->cells_y; c++)
    used += self->cell_start[c + 1] > self->cell_start[c];
  covered = (double)self->n_shown * G_PI * self->r * self->r / (MAX (used, 1) * CELL * CELL);
  return CLAMP (1.05 / (1 + 0.45 * covered), 0.35, 0.92);
}

void
ins_points_layout (InsPoints *self, const InsBox *plot, const InsAxis *x_axis,
                   const InsAxis *y_axis, double shrink)
{
  self->plot = *plot;
  self->r = marker_radius (self) * shrink;
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      self->px[row] = ins_axis_map (x_axis, self->x[row]);
      self->py[row] = ins_axis_map (y_axis, self->y[row]);
    }
  fill_cells (self);
  self->alpha = marker_alpha (self);
}

/* --- drawing --- */

static const InsColour *
colour_of (const InsPoints *self, int group)
{
  return ins_chart_group_colour (self->chart, self->groups, self->n_groups, group);
}

static double
alpha_of (const InsPoints *self, int group)
{
  if (group < 0)
    return MIN (0.5, self->alpha);
  return self->groups[group].colour == -1 ? MAX (0.85, self->alpha) : self->alpha;
}

static int
size_step (const InsPoints *self, guint32 row)
{
  double s = self->size ? self->size[row] : 0;
  return s > 0 ? (int)(MIN (s, 0.999) * SIZES) : 0; /* NaN is small */
}

static double
step_radius (const InsPoints *self, int step)
{
  return self->size ? self->r * sqrt (0.5 + 4.5 * step / (SIZES - 1)) : self->r;
}

static void
add_points (const InsPoints *self, InsPointLayer *layer, int only)
{
  gsize n_sprites = (self->n_groups + 1) * SIZES;
  InsSprite **sprites = g_new0 (InsSprite *, n_sprites);

  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = ins_points_group (self, row), step = size_step (self, row);
      InsSprite **sprite = &sprites[(group + 1) * SIZES + step];
      if (only >= 0 && group != only)
        continue;
      if (!*sprite)
        *sprite = ins_sprite_new (layer, self->chart->theme, colour_of (self, group),
                                  shape_of (self, group), step_radius (self, step),
                                  alpha_of (self, group));
      ins_point_layer_add (layer, *sprite, self->px[row], self->py[row]);
    }
  for (gsize i = 0; i < n_sprites; i++)
    ins_sprite_free (sprites[i]);
  g_free (sprites);
}

static void
draw_as_pixels (const InsPoints *self, cairo_t *cr, double scale_x, double scale_y, int only)
{
  InsPointLayer *layer = ins_point_layer_new (&self->plot, scale_x, scale_y);
  add_points (self, layer, only);
  ins_point_layer_show (layer, cr);
  ins_point_layer_free (layer);
}

static void
draw_as_paths (const InsPoints *self, cairo_t *cr, int only)
{
  cairo_save (cr);
  cairo_rectangle (cr, self->plot.x, self->plot.y, self->plot.width, self->plot.height);
  cairo_clip (cr);
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = ins_points_group (self, row);
      if (only < 0 || group == only)
        ins_marker_draw (cr, self->chart->theme, colour_of (self, group), shape_of (self, group),
                         self->px[row], self->py[row], step_radius (self, size_step (self, row)),
                         alpha_of (self, group));
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

void
ins_points_draw (const InsPoints *self, cairo_t *cr, int only)
{
  double scale_x, scale_y;

  if (get_pixel_scale (cr, &scale_x, &scale_y))
    draw_as_pixels (self, cr, scale_x, scale_y, only);
  else if (!ins_chart_is_raster (cr) && (self->always_pixels || self->n_shown > INS_POINTS_VECTOR))
    draw_as_pixels (self, cr, VECTOR_SCALE, VECTOR_SCALE, only);
  else
    draw_as_paths (self, cr, only);
}

static gboolean
is_selected (const InsChartState *state, guint32 row)
{
  return row < state->n_rows && state->selected[row];
}

gboolean
ins_points_any_selected (const InsPoints *self, const InsChartState *state)
{
  for (gsize i = 0; state->selected && i < self->n_shown; i++)
    if (is_selected (state, self->order[i]))
      return TRUE;
  return FALSE;
}

static void
draw_outlines_as_paths (const InsPoints *self, cairo_t *cr, const InsChartState *state)
{
  cairo_new_path (cr);
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = ins_points_group (self, row);
      if (is_selected (state, row))
        ins_marker_path (cr, shape_of (self, group), self->px[row], self->py[row],
                         step_radius (self, size_step (self, row)) + 0.8);
    }
  ins_set_colour (cr, &self->chart->theme->text, 0.9);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
}

/* Of each marker twice: a larger one in the text's colour, itself above. */
static void
add_outlined (const InsPoints *self, InsPointLayer *layer, const InsChartState *state)
{
  gsize n_sprites = (self->n_groups + 1) * SIZES;
  InsSprite **sprites = g_new0 (InsSprite *, 2 * n_sprites);

  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      int group = ins_points_group (self, row), step = size_step (self, row);
      int shape = shape_of (self, group);
      InsSprite **sprite = &sprites[2 * ((group + 1) * SIZES + step)];
      if (!is_selected (state, row))
        continue;
      if (!sprite[0])
        {
          double r = step_radius (self, step);
          const InsTheme *theme = self->chart->theme;
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

void
ins_points_draw_selected (const InsPoints *self, cairo_t *cr, const InsChartState *state)
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

void
ins_points_draw_hovered (const InsPoints *self, cairo_t *cr, gsize row)
{
  const InsTheme *theme = self->chart->theme;
  int group = ins_points_group (self, row), shape = shape_of (self, group);
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

/* --- what lies where --- */

InsBox
ins_points_box (const InsPoints *self, gsize row)
{
  double r = step_radius (self, size_step (self, (guint32)row));
  return (InsBox){ self->px[row] - r, self->py[row] - r, 2 * r, 2 * r };
}

int
ins_points_at (const InsPoints *self, double x, double y)
{
  double reach = MAX (CELL - 2, self->r + 4), best = reach * reach;
  int cx = (int)floor ((x - self->plot.x) / CELL), cy = (int)floor ((y - self->plot.y) / CELL);
  int found = -1;

  for (int j = MAX (cy - 1, 0); j <= MIN (cy + 1, self->cells_y - 1); j++)
    for (int i = MAX (cx - 1, 0); i <= MIN (cx + 1, self->cells_x - 1); i++)
      {
        int c = j * self->cells_x + i;
        for (guint32 p = self->cell_start[c]; p < self->cell_start[c + 1]; p++)
          {
            guint32 row = self->cell_rows[p];
            double dx = self->px[row] - x, dy = self->py[row] - y, d = dx * dx + dy * dy;
            if (d < best || (d == best && found >= 0 && row < (guint32)found))
              {
                best = d;
                found = (int)row;
              }
          }
      }
  return found;
}

gboolean
ins_points_locate (const InsPoints *self, int row, InsChartHit *hit)
{
  InsBox box;
  if (row < 0 || !ins_points_is_shown (self, (gsize)row))
    return FALSE;
  box = ins_points_box (self, (gsize)row);
  ins_hit_set (hit, row, ins_points_group (self, (gsize)row), self->x[row], box.x, box.y, box.width,
               box.height);
  return TRUE;
}

int
ins_points_move (const InsPoints *self, int row, int dx, int dy)
{
  double best = G_MAXDOUBLE;
  int next = row;

  if (self->n_shown == 0)
    return -1;
  if (row < 0 || !ins_points_is_shown (self, (gsize)row))
    return (int)self->order[self->n_shown - 1];
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 other = self->order[i];
      double x = self->px[other] - self->px[row], y = self->py[other] - self->py[row];
      double along = x * dx + y * dy, across = fabs (x * dy) + fabs (y * dx);
      double cost = along + 2 * across;
      if (along > 0.01 && across <= along && cost < best)
        {
          best = cost;
          next = (int)other;
        }
    }
  return next;
}

char *
ins_customer_name (char **ids, gsize row)
{
  /* TRANSLATORS: number of a line */
  return ids ? g_strdup_printf (_ ("Customer %s"), ids[row])
             : g_strdup_printf (_ ("Customer no. %zu"), row + 1);
}
