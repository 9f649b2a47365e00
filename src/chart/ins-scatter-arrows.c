/* ins-scatter-arrows.c: features as arrows over the customers (Gabriel's biplot, 1971)
 *
 * All arrows have one scale; their names stand beyond the tips, none upon another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-scatter-private.h"

#include <math.h>
#include <stdlib.h>

#define LENGTH 0.45 /* of the data's range: the longest arrow along either axis */
#define SMALL_NAMES 8
#define SHIFTS 9 /* half lines up and down a name may move */

void
ins_scatter_chart_set_arrows (InsChart *chart, const char *const *names, const double *x,
                              const double *y, gsize n)
{
  InsScatter *self = (InsScatter *)chart;

  g_return_if_fail (chart != NULL && g_str_equal (chart->klass->kind, "scatter"));
  g_return_if_fail (n == 0 || (names != NULL && x != NULL && y != NULL));
  ins_scatter_arrows_clear (self);
  self->arrows = g_new0 (InsScatterArrow, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    if (isfinite (x[i]) && isfinite (y[i]))
      self->arrows[self->n_arrows++] = (InsScatterArrow){
        .name = ins_chart_text_copy (names[i] ? names[i] : ""), .x = x[i], .y = y[i]
      };
}

void
ins_scatter_arrows_clear (InsScatter *self)
{
  for (gsize i = 0; i < self->n_arrows; i++)
    g_free (self->arrows[i].name);
  g_clear_pointer (&self->arrows, g_free);
  self->n_arrows = 0;
}

/* --- layout --- */

void
ins_scatter_arrows_scale (InsScatter *self, double *x_lo, double *x_hi, double *y_lo, double *y_hi)
{
  double most_x = 0, most_y = 0, scale = G_MAXDOUBLE;

  for (gsize i = 0; i < self->n_arrows; i++)
    {
      most_x = MAX (most_x, fabs (self->arrows[i].x));
      most_y = MAX (most_y, fabs (self->arrows[i].y));
    }
  if (most_x > 0)
    scale = MIN (scale, LENGTH * (*x_hi / most_x - *x_lo / most_x));
  if (most_y > 0)
    scale = MIN (scale, LENGTH * (*y_hi / most_y - *y_lo / most_y));
  self->arrow_scale = scale < G_MAXDOUBLE && isfinite (scale) ? scale : 0;
  for (gsize i = 0; i < self->n_arrows; i++)
    {
      double x = self->arrows[i].x * self->arrow_scale, y = self->arrows[i].y * self->arrow_scale;
      *x_lo = MIN (*x_lo, x);
      *x_hi = MAX (*x_hi, x);
      *y_lo = MIN (*y_lo, y);
      *y_hi = MAX (*y_hi, y);
    }
}

static PangoLayout *
name_layout (const InsScatter *self, const InsScatterArrow *arrow)
{
  const InsChart *chart = &self->parent;
  return ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL, arrow->name,
                       MAX (5 * chart->em, self->plot.width * 0.36));
}

/* Whether the line from a to b enters the box: by clipping it at each side (Liang & Barsky). */
static gboolean
crosses (const InsBox *box, double ax, double ay, double bx, double by)
{
  const double p[] = { ax - bx, bx - ax, ay - by, by - ay };
  const double q[] = { ax - box->x, ins_box_right (box) - ax, ay - box->y,
                       ins_box_bottom (box) - ay };
  double enter = 0, leave = 1;

  for (int side = 0; side < 4; side++)
    {
      if (p[side] == 0 && q[side] < 0)
        return FALSE;
      if (p[side] < 0)
        enter = MAX (enter, q[side] / p[side]);
      else if (p[side] > 0)
        leave = MIN (leave, q[side] / p[side]);
    }
  return enter <= leave;
}

/* Upon no other name; where @strict on no arrow either. */
static gboolean
is_free (const InsScatter *self, const InsScatterArrow *arrow, const InsBox *box, gboolean strict)
{
  double ox = ins_axis_map (&self->x_axis, 0), oy = ins_axis_map (&self->y_axis, 0);

  if (!ins_box_is_inside (box, &self->plot))
    return FALSE;
  for (gsize i = 0; i < self->n_arrows; i++)
    {
      const InsScatterArrow *other = &self->arrows[i];
      if (other != arrow && other->placed && ins_box_overlaps (box, &other->box))
        return FALSE;
      if (strict && crosses (box, ox, oy, other->px, other->py))
        return FALSE;
    }
  return TRUE;
}

/* Beyond the tip in the arrow's direction; beside it; up or down from there until it is free. */
static gboolean
try_places (InsScatter *self, InsScatterArrow *arrow, double width, double height, gboolean strict)
{
  double ox = ins_axis_map (&self->x_axis, 0), oy = ins_axis_map (&self->y_axis, 0);
  double length = hypot (arrow->px - ox, arrow->py - oy), em = self->parent.em;
  double dx = (arrow->px - ox) / length, dy = (arrow->py - oy) / length;
  const double sides[][2] = { { dx, dy }, { 1, 0 }, { -1, 0 } };

  for (int step = 0; step < SHIFTS; step++)
    for (gsize s = 0; s < G_N_ELEMENTS (sides); s++)
      {
        double shift = (step % 2 ? 1 : -1) * ((step + 1) / 2) * height * 0.55;
        double x = arrow->px + sides[s][0] * em * 0.5 - width * (1 - sides[s][0]) / 2;
        double y = arrow->py + sides[s][1] * em * 0.5 - height * (1 - sides[s][1]) / 2 + shift;
        double most = MAX (self->plot.x, ins_box_right (&self->plot) - width);
        arrow->box = (InsBox){ CLAMP (x, self->plot.x, most), y, width, height };
        if (is_free (self, arrow, &arrow->box, strict))
          return TRUE;
      }
  return FALSE;
}

static void
place_name (InsScatter *self, InsScatterArrow *arrow)
{
  g_autoptr (PangoLayout) layout = name_layout (self, arrow);
  double ox = ins_axis_map (&self->x_axis, 0), oy = ins_axis_map (&self->y_axis, 0);
  double width, height;

  ins_text_size (layout, &width, &height);
  arrow->placed = hypot (arrow->px - ox, arrow->py - oy) > 0
                  && (try_places (self, arrow, width, height, TRUE)
                      || try_places (self, arrow, width, height, FALSE));
}

typedef struct
{
  gsize index;
  double length;
} Length;

static int
compare_lengths (const void *a, const void *b)
{
  const Length *p = a, *q = b;
  if (p->length != q->length)
    return p->length > q->length ? -1 : 1;
  return p->index < q->index ? -1 : 1;
}

/* The longest arrow has the first choice. */
void
ins_scatter_arrows_place (InsScatter *self)
{
  g_autofree Length *order = g_new0 (Length, MAX (self->n_arrows, 1));

  for (gsize i = 0; i < self->n_arrows; i++)
    {
      InsScatterArrow *arrow = &self->arrows[i];
      arrow->px = ins_axis_map (&self->x_axis, arrow->x * self->arrow_scale);
      arrow->py = ins_axis_map (&self->y_axis, arrow->y * self->arrow_scale);
      arrow->placed = FALSE;
      order[i] = (Length){ i, hypot (arrow->x, arrow->y) };
    }
  qsort (order, self->n_arrows, sizeof *order, compare_lengths);
  for (gsize i = 0; i < MIN (self->n_arrows, self->parent.small ? SMALL_NAMES : G_MAXSIZE); i++)
    place_name (self, &self->arrows[order[i].index]);
}

/* --- drawing --- */

static void
arrow_path (const InsScatter *self, cairo_t *cr, const InsScatterArrow *arrow, gboolean head)
{
  double ox = ins_axis_map (&self->x_axis, 0), oy = ins_axis_map (&self->y_axis, 0);
  double angle = atan2 (arrow->py - oy, arrow->px - ox), r = self->parent.em * 0.62;

  if (!head)
    {
      cairo_move_to (cr, ox, oy);
      cairo_line_to (cr, arrow->px - cos (angle) * r * 0.7, arrow->py - sin (angle) * r * 0.7);
      return;
    }
  cairo_move_to (cr, arrow->px, arrow->py);
  cairo_line_to (cr, arrow->px - r * cos (angle - 0.38), arrow->py - r * sin (angle - 0.38));
  cairo_line_to (cr, arrow->px - r * cos (angle + 0.38), arrow->py - r * sin (angle + 0.38));
  cairo_close_path (cr);
}

static void
draw_arrow (const InsScatter *self, cairo_t *cr, const InsScatterArrow *arrow, double width)
{
  const InsTheme *theme = self->parent.theme;

  cairo_new_path (cr);
  arrow_path (self, cr, arrow, FALSE);
  ins_set_colour (cr, &theme->background, 0.8);
  cairo_set_line_width (cr, width + 2.2);
  cairo_stroke_preserve (cr);
  ins_set_colour (cr, &theme->text, 1);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
  arrow_path (self, cr, arrow, TRUE);
  ins_set_colour (cr, &theme->text, 1);
  cairo_fill (cr);
}

static void
draw_name (const InsScatter *self, cairo_t *cr, const InsScatterArrow *arrow)
{
  g_autoptr (PangoLayout) layout = name_layout (self, arrow);
  ins_text_show (cr, layout, arrow->box.x, arrow->box.y, 0, 0, &self->parent.theme->text,
                 &self->parent.theme->background);
}

void
ins_scatter_arrows_draw (const InsScatter *self, cairo_t *cr, int only)
{
  for (gsize i = 0; i < self->n_arrows; i++)
    if (only < 0 || (gsize)only == i)
      draw_arrow (self, cr, &self->arrows[i], only < 0 ? 1.3 : 2.4);
  for (gsize i = 0; i < self->n_arrows; i++)
    if (self->arrows[i].placed && (only < 0 || (gsize)only == i))
      draw_name (self, cr, &self->arrows[i]);
}

int
ins_scatter_arrow_at (const InsScatter *self, double x, double y)
{
  for (gsize i = self->n_arrows; i-- > 0;)
    {
      const InsScatterArrow *arrow = &self->arrows[i];
      if ((arrow->placed && ins_box_contains (&arrow->box, x, y))
          || hypot (arrow->px - x, arrow->py - y) < 3)
        return (int)i;
    }
  return -1;
}

InsBox
ins_scatter_arrow_box (const InsScatter *self, gsize i)
{
  const InsScatterArrow *arrow = &self->arrows[i];
  return arrow->placed ? arrow->box : (InsBox){ arrow->px - 2, arrow->py - 2, 4, 4 };
}
