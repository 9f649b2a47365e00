/* ins-scatter-labels.c: the clusters' names at their densest points, none upon another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-scatter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_LABELS 64

/* --- where a group is densest --- */

typedef struct
{
  int nx, ny;
  double cell;
  float *most; /* points per cell, smoothed, of the group that has most there */
  float *own;  /* points of the group per cell, smoothed */
  float *here; /* the same; cells tried are emptied */
  float *raw;
} Density;

static void
smooth (const Density *d, float *out)
{
  for (int cy = 0; cy < d->ny; cy++)
    for (int cx = 0; cx < d->nx; cx++)
      {
        float s = 0;
        for (int j = -2; j <= 2; j++)
          for (int i = -2; i <= 2; i++)
            if (cx + i >= 0 && cx + i < d->nx && cy + j >= 0 && cy + j < d->ny)
              s += d->raw[(cy + j) * d->nx + cx + i] / (1 + i * i + j * j);
        out[cy * d->nx + cx] = s;
      }
}

static void
count_points (Density *d, const InsScatter *self, int group)
{
  for (int i = 0; i < d->nx * d->ny; i++)
    d->raw[i] = 0;
  for (gsize i = 0; i < self->points.n_shown; i++)
    {
      guint32 row = self->points.order[i];
      if (self->group[row] == group)
        {
          int cx = CLAMP ((int)((self->points.px[row] - self->plot.x) / d->cell), 0, d->nx - 1);
          int cy = CLAMP ((int)((self->points.py[row] - self->plot.y) / d->cell), 0, d->ny - 1);
          d->raw[cy * d->nx + cx]++;
        }
    }
}

static void
density_init (Density *d, const InsScatter *self)
{
  gsize cells;

  d->cell = self->parent.em * 1.2;
  d->nx = MAX (1, (int)ceil (self->plot.width / d->cell));
  d->ny = MAX (1, (int)ceil (self->plot.height / d->cell));
  cells = (gsize)d->nx * d->ny;
  d->most = g_new0 (float, cells);
  d->own = g_new0 (float, cells);
  d->here = g_new0 (float, cells);
  d->raw = g_new0 (float, cells);
  for (gsize group = 0; group < self->n_groups; group++)
    {
      count_points (d, self, (int)group);
      smooth (d, d->own);
      for (gsize i = 0; i < cells; i++)
        d->most[i] = MAX (d->most[i], d->own[i]);
    }
}

static void
density_clear (Density *d)
{
  g_free (d->most);
  g_free (d->own);
  g_free (d->here);
  g_free (d->raw);
}

static void
density_of_group (Density *d, const InsScatter *self, int group)
{
  count_points (d, self, group);
  smooth (d, d->own);
}

/* A name that stands among another group's points would name that one. */
static gboolean
is_at_home (const Density *d, const InsScatter *self, const InsBox *box)
{
  int cx = (int)((box->x + box->width / 2 - self->plot.x) / d->cell);
  int cy = (int)((box->y + box->height / 2 - self->plot.y) / d->cell);
  int cell = CLAMP (cy, 0, d->ny - 1) * d->nx + CLAMP (cx, 0, d->nx - 1);

  return d->own[cell] >= 0.7f * d->most[cell];
}

/* --- places to try --- */

static gboolean
is_free (const InsScatter *self, gsize n_placed, const InsBox *box)
{
  const double air = self->parent.em * 0.15;
  InsBox wide = { box->x - air, box->y - air, box->width + 2 * air, box->height + 2 * air };

  if (!ins_box_is_inside (box, &self->plot))
    return FALSE;
  for (gsize i = 0; i < n_placed; i++)
    if (self->labels[i].placed && ins_box_overlaps (&wide, &self->labels[i].box))
      return FALSE;
  for (gsize i = 0; i < self->n_arrows; i++)
    if (self->arrows[i].placed && ins_box_overlaps (&wide, &self->arrows[i].box))
      return FALSE;
  return TRUE;
}

static InsBox
moved_inside (const InsBox *box, const InsBox *plot)
{
  InsBox b = *box;
  b.x = MAX (plot->x, MIN (b.x, ins_box_right (plot) - b.width));
  b.y = MAX (plot->y, MIN (b.y, ins_box_bottom (plot) - b.height));
  return b;
}

/* Around a cell's middle: upon it, above, below, right, left, and further. */
static gboolean
try_around (const InsScatter *self, const Density *d, gsize n_placed, double x, double y,
            InsBox *box)
{
  const double tries[][2] = { { 0, 0 },     { 0, -1 },   { 0, 1 },     { 0.55, 0 },
                              { -0.55, 0 }, { 0.5, -1 }, { -0.5, -1 }, { 0.5, 1 },
                              { -0.5, 1 },  { 0, -2 },   { 0, 2 } };
  for (gsize t = 0; t < G_N_ELEMENTS (tries); t++)
    {
      InsBox b = { x - box->width / 2 + tries[t][0] * box->width,
                   y - box->height / 2 + tries[t][1] * box->height * 1.1, box->width, box->height };
      b = moved_inside (&b, &self->plot);
      if (is_free (self, n_placed, &b) && is_at_home (d, self, &b))
        {
          *box = b;
          return TRUE;
        }
    }
  return FALSE;
}

/* The densest cell first, then the next ones that are not beside it. */
static gboolean
try_cells (const InsScatter *self, Density *d, gsize n_placed, InsBox *box)
{
  memcpy (d->here, d->own, sizeof *d->here * (gsize)d->nx * d->ny);
  for (int attempt = 0; attempt < 12; attempt++)
    {
      int best = 0;
      for (int i = 1; i < d->nx * d->ny; i++)
        if (d->here[i] > d->here[best])
          best = i;
      if (d->here[best] <= 0)
        return FALSE;
      if (try_around (self, d, n_placed, self->plot.x + (best % d->nx + 0.5) * d->cell,
                      self->plot.y + (best / d->nx + 0.5) * d->cell, box))
        return TRUE;
      for (int j = -1; j <= 1; j++)
        for (int i = -2; i <= 2; i++)
          {
            int cx = best % d->nx + i, cy = best / d->nx + j;
            if (cx >= 0 && cx < d->nx && cy >= 0 && cy < d->ny)
              d->here[cy * d->nx + cx] = 0;
          }
    }
  return FALSE;
}

/* --- the labels --- */

static double
marker_room (const InsScatter *self)
{
  return self->parent.em * 1.15;
}

static PangoLayout *
name_layout (const InsScatter *self, int group)
{
  const InsChart *chart = &self->parent;
  return ins_text_new (chart->pango, chart->theme,
                       chart->small ? INS_TEXT_SMALL_BOLD : INS_TEXT_LABEL_BOLD,
                       self->groups[group].name, MAX (5 * chart->em, self->plot.width * 0.42));
}

/* Gold first, then by size: who comes first has the best place. */
static int
compare_importance (gconstpointer a, gconstpointer b, gpointer data)
{
  const InsScatter *self = data;
  int g = ((const InsScatterLabel *)a)->group, h = ((const InsScatterLabel *)b)->group;
  gboolean gold_g = self->groups[g].colour == -1, gold_h = self->groups[h].colour == -1;

  if (gold_g != gold_h)
    return gold_g ? -1 : 1;
  if (self->points.count[g] != self->points.count[h])
    return self->points.count[g] > self->points.count[h] ? -1 : 1;
  return g - h;
}

void
ins_scatter_place_labels (InsScatter *self)
{
  Density d;

  self->n_dropped = 0;
  g_clear_pointer (&self->labels, g_free);
  self->labels = g_new0 (InsScatterLabel, MAX (self->n_groups, 1));
  for (gsize i = 0; i < self->n_groups; i++)
    self->labels[i].group = (int)i;
  g_qsort_with_data (self->labels, (int)self->n_groups, sizeof *self->labels, compare_importance,
                     self);
  density_init (&d, self);
  for (gsize i = 0; i < self->n_groups; i++)
    {
      InsScatterLabel *label = &self->labels[i];
      g_autoptr (PangoLayout) layout = NULL;

      if (self->points.count[label->group] == 0 || !*self->groups[label->group].name)
        continue;
      if (i < MAX_LABELS)
        {
          layout = name_layout (self, label->group);
          ins_text_size (layout, &label->box.width, &label->box.height);
          density_of_group (&d, self, label->group);
          label->placed = try_cells (self, &d, i, &label->box);
        }
      self->n_dropped += !label->placed;
    }
  density_clear (&d);
}

void
ins_scatter_draw_labels (InsScatter *self, cairo_t *cr, int only)
{
  const InsTheme *theme = self->parent.theme;
  for (gsize i = 0; i < self->n_groups; i++)
    {
      const InsScatterLabel *label = &self->labels[i];
      if (label->placed && (only < 0 || only == label->group))
        {
          g_autoptr (PangoLayout) layout = name_layout (self, label->group);
          ins_text_show (cr, layout, label->box.x, label->box.y + label->box.height / 2, 0, 0.5,
                         &theme->text, &theme->background);
        }
    }
}

/* Marker and name of a group that has no place among the points. */
static void
draw_key (const InsScatter *self, cairo_t *cr, int group, double x, double middle,
          PangoLayout *layout)
{
  const InsChart *chart = &self->parent;
  const InsColour *colour =
      ins_chart_group_colour ((InsChart *)chart, self->groups, self->n_groups, group);

  ins_text_show (cr, layout, x + marker_room (self), middle, 0, 0.5, &chart->theme->text, NULL);
  ins_marker_draw (cr, chart->theme, colour, self->groups[group].shape, x + chart->em * 0.45,
                   middle, chart->em * 0.33, 1);
}

static PangoLayout *
key_layout (const InsScatter *self, int group)
{
  const InsChart *chart = &self->parent;
  return ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL, self->groups[group].name,
                       10 * chart->em);
}

static gboolean
needs_key (const InsScatter *self, const InsScatterLabel *label)
{
  return !label->placed && self->points.count[label->group] > 0 && *self->groups[label->group].name;
}

static double
legend_width (const InsScatter *self)
{
  double all = 0;
  for (gsize i = 0; i < MIN (self->n_groups, MAX_LABELS); i++)
    if (needs_key (self, &self->labels[i]))
      {
        g_autoptr (PangoLayout) layout = key_layout (self, self->labels[i].group);
        double width;
        ins_text_size (layout, &width, NULL);
        all += marker_room (self) + width + self->parent.em;
      }
  return all;
}

/* Returns where the legend ends. */
static double
draw_legend (const InsScatter *self, cairo_t *cr, double x, double right, double middle)
{
  const InsChart *chart = &self->parent;
  gsize left_out = self->n_dropped;

  for (gsize i = 0; i < self->n_groups; i++)
    {
      const InsScatterLabel *label = &self->labels[i];
      g_autoptr (PangoLayout) layout = NULL;
      double width;

      if (!needs_key (self, label))
        continue;
      layout = key_layout (self, label->group);
      ins_text_size (layout, &width, NULL);
      if (x + marker_room (self) + width > right - (left_out > 1 ? 3 * chart->em : 0))
        break;
      draw_key (self, cr, label->group, x, middle, layout);
      x += marker_room (self) + width + chart->em;
      left_out--;
    }
  if (left_out > 0)
    {
      g_autofree char *more = g_strdup_printf (_ ("+ %zu"), left_out);
      double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, more);
      if (x + width <= right)
        ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, more, 0, x, middle, 0, 0.5,
                       &chart->theme->dim_text);
      x += width + chart->em;
    }
  return x;
}

void
ins_scatter_draw_caption (InsScatter *self, cairo_t *cr)
{
  const InsChart *chart = &self->parent;
  double middle = ins_box_bottom (&chart->body) - chart->em * 0.6;
  double x = self->plot.x, right = ins_box_right (&self->plot), width;
  const char *text = self->show_numbers ? self->x_title : _ ("axes have no meaning");
  gboolean centred = self->show_numbers && self->n_dropped == 0;

  if (!text)
    text = "";
  width = MIN (ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text), self->plot.width);
  if (self->n_dropped > 0 && self->show_numbers) /* the axis keeps its title, at the right */
    {
      double free = right - chart->body.x - legend_width (self);
      width = MIN (width, MAX (free, self->plot.width * 0.42));
      x = draw_legend (self, cr, chart->body.x, right - (*text ? width + chart->em : 0), middle);
    }
  else if (self->n_dropped > 0)
    x = draw_legend (self, cr, x, right, middle);
  if (*text && (right - width >= x || self->n_dropped == 0 || self->show_numbers))
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, width + 0.5,
                   centred ? self->plot.x + self->plot.width / 2 : right, middle, centred ? 0.5 : 1,
                   0.5, &chart->theme->dim_text);
}
