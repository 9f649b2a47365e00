/* ins-box-draw.c: panels of box plots, the groups' names at the left of each row of them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-box-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define OUTLIER 1.3  /* radius */
#define THINNED 1.15 /* points between the outliers drawn */
#define LEAST_WIDTH 11
#define LARGEST_BAND 3 /* em */
#define PROPORTION 1.35

/* --- layout --- */

static double
head_height (const InsBoxChart *self)
{
  return self->parent.em * 1.7;
}

static double
foot_height (const InsBoxChart *self)
{
  return self->parent.em * 2;
}

static double
gap_width (const InsBoxChart *self)
{
  return self->parent.em * (self->parent.small ? 1.4 : 2);
}

static double
panel_width (const InsBoxChart *self, gsize columns)
{
  return (self->parent.body.width - self->names + gap_width (self)) / (double)columns
         - gap_width (self);
}

/* A row's height, head and foot included. */
static double
panel_height (const InsBoxChart *self, gsize rows)
{
  double groups = (double)MAX (self->n_groups, 1);
  double band =
      (self->parent.body.height / (double)rows - head_height (self) - foot_height (self)) / groups;
  return head_height (self) + foot_height (self)
         + groups * CLAMP (band, 0.5, self->parent.em * LARGEST_BAND);
}

/* As many panels as can be read, in the grid that gives them the best proportions.  Returns the
 * number of rows. */
static gsize
choose_grid (InsBoxChart *self)
{
  InsChart *chart = &self->parent;
  double em = chart->em, best = G_MAXDOUBLE;
  double least =
      head_height (self) + foot_height (self) + em * 1.05 * (double)MAX (self->n_groups, 1);
  gsize columns = (gsize)CLAMP ((chart->body.width - self->names + gap_width (self))
                                    / (em * LEAST_WIDTH + gap_width (self)),
                                1, 6);
  gsize rows = (gsize)CLAMP (chart->body.height / least, 1, 6);

  self->shown = MIN (self->n_panels, columns * rows);
  self->per_row = 1;
  for (gsize c = 1; c <= columns && self->shown > 0; c++)
    {
      gsize r = (self->shown + c - 1) / c;
      double shape = panel_width (self, c) / panel_height (self, r);
      double cost = fabs (log (MAX (shape, 1e-3) / PROPORTION))
                    + 0.25 * (double)(r * c - self->shown) / (double)self->shown;
      if (r <= rows && cost < best)
        {
          best = cost;
          self->per_row = c;
        }
    }
  return MAX ((self->shown + self->per_row - 1) / self->per_row, 1);
}

static double
name_letters (const InsBoxChart *self)
{
  return MIN (1, self->band / (self->parent.em * 1.15));
}

void
ins_box_layout (InsChart *chart)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  double em = chart->em, width, height;
  gsize rows;

  self->names = 0;
  for (gsize g = 0; g < self->n_groups; g++)
    self->names = MAX (self->names, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL,
                                                    self->groups[g].name));
  self->names = MIN (self->names + em * 2, chart->body.width * 0.3);
  rows = choose_grid (self);
  width = panel_width (self, self->per_row);
  height = panel_height (self, rows);
  self->band = (height - head_height (self) - foot_height (self)) / (double)MAX (self->n_groups, 1);
  for (gsize p = 0; p < self->shown; p++)
    {
      InsBoxPanel *panel = &self->panels[p];
      panel->plot =
          (InsBox){ chart->body.x + self->names
                        + (double)(p % self->per_row) * (width + gap_width (self)),
                    chart->body.y + (double)(p / self->per_row) * height + head_height (self),
                    MAX (width, 1), self->band * (double)self->n_groups };
      ins_variable_set_range (panel->variable, self->n, 0.03, &panel->axis);
      panel->axis.from = panel->plot.x;
      panel->axis.to = ins_box_right (&panel->plot);
    }
}

InsBox
ins_box_band (const InsBoxChart *self, gsize panel, gsize group)
{
  const InsBox *plot = &self->panels[panel].plot;
  return (InsBox){ plot->x, plot->y + self->band * (double)group, plot->width, self->band };
}

/* --- drawing --- */

static double
box_height (const InsBoxChart *self)
{
  return MIN (self->band * 0.62, self->parent.em * 1.15);
}

/* The same place for the same customer, whatever else is drawn. */
static double
jitter (guint32 row)
{
  return ((row * 2654435761u) >> 8) / 16777216.0 - 0.5;
}

static void
add_point (cairo_t *cr, double x, double y, double r)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, r, 0, 2 * G_PI);
}

/* Outliers, no two upon each other; all customers where they are few. */
static void
draw_points (InsBoxChart *self, cairo_t *cr, const InsBoxPanel *panel, const InsBoxFigures *box,
             double y, const InsColour *colour)
{
  gboolean all = box->n < INS_BOX_POINTS && self->band > self->parent.em * 0.8;
  double last = -1e9, r = OUTLIER * self->parent.theme->scale;

  cairo_new_path (cr);
  for (gsize i = 0; i < box->n; i++)
    {
      double x = ins_axis_map (&panel->axis, panel->sorted[box->first + i]);
      if (all)
        add_point (cr, x, y + jitter (panel->rows[box->first + i]) * box_height (self), r);
      else if ((i < box->n_low || i >= box->n - box->n_high) && x - last >= THINNED)
        {
          add_point (cr, x, y, r);
          last = x;
        }
    }
  ins_set_colour (cr, colour, all ? 0.6 : 0.75);
  cairo_fill (cr);
}

static void
draw_whiskers (InsBoxChart *self, cairo_t *cr, double low, double q1, double q3, double high,
               double y, const InsColour *colour)
{
  double cap = box_height (self) * 0.3;

  ins_line_horizontal (cr, low, q1, y);
  ins_line_horizontal (cr, q3, high, y);
  ins_line_vertical (cr, low, y - cap, y + cap);
  ins_line_vertical (cr, high, y - cap, y + cap);
  ins_set_colour (cr, colour, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
draw_box (InsBoxChart *self, cairo_t *cr, gsize p, gsize g)
{
  const InsBoxPanel *panel = &self->panels[p];
  const InsBoxFigures *box = &panel->groups[g];
  const InsColour *colour =
      ins_chart_group_colour (&self->parent, self->groups, self->n_groups, (int)g);
  const InsColour *edge =
      ins_chart_line_colour (&self->parent, self->groups, self->n_groups, (int)g);
  InsBox band = ins_box_band (self, p, g);
  double y = band.y + band.height / 2, height = box_height (self), q1, q3, median;

  if (box->n == 0)
    return;
  q1 = ins_axis_map (&panel->axis, box->q1);
  q3 = ins_axis_map (&panel->axis, box->q3);
  median = ins_axis_map (&panel->axis, box->median);
  draw_points (self, cr, panel, box, y, edge);
  draw_whiskers (self, cr, ins_axis_map (&panel->axis, box->low), q1, q3,
                 ins_axis_map (&panel->axis, box->high), y, edge);
  cairo_rectangle (cr, q1, y - height / 2, MAX (q3 - q1, 1), height);
  ins_set_colour (cr, colour, box->n < INS_BOX_POINTS ? 0.45 : 0.6);
  cairo_fill_preserve (cr);
  ins_set_colour (cr, edge, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_move_to (cr, median, y - height / 2);
  cairo_line_to (cr, median, y + height / 2);
  ins_set_colour (cr, &self->parent.theme->text, 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
draw_name (InsBoxChart *self, cairo_t *cr, gsize p, gsize g)
{
  InsChart *chart = &self->parent;
  InsBox band = ins_box_band (self, p, g);
  double em = chart->em, letters = name_letters (self), y = band.y + band.height / 2;

  ins_marker_draw (
      cr, chart->theme, ins_chart_group_colour (chart, self->groups, self->n_groups, (int)g),
      self->groups[g].shape, chart->body.x + em * 0.45, y, MIN (em * 0.36, self->band * 0.4), 1);
  if (letters < 0.7)
    return;
  cairo_save (cr);
  cairo_translate (cr, chart->body.x + em * 1.2, y);
  cairo_scale (cr, letters, letters);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->groups[g].name,
                 MAX ((self->names - em * 1.6) / letters, 1), 0, 0, 0, 0.5, &chart->theme->text);
  cairo_restore (cr);
}

/* The median of all customers, to hold the groups against. */
static void
draw_reference (InsBoxChart *self, cairo_t *cr, const InsBoxPanel *panel)
{
  const double dashes[] = { 2, 2 };
  double x = ins_axis_map (&panel->axis, panel->median);

  if (!isfinite (panel->median))
    return;
  ins_line_vertical (cr, x, panel->plot.y, ins_box_bottom (&panel->plot));
  cairo_set_dash (cr, dashes, 2, 0);
  ins_set_colour (cr, &self->parent.theme->dim_text, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_frame (InsBoxChart *self, cairo_t *cr, gsize p)
{
  InsChart *chart = &self->parent;
  const InsBoxPanel *panel = &self->panels[p];
  double bottom = ins_box_bottom (&panel->plot), reach = gap_width (self) / 2;
  g_autofree char *title = ins_variable_title (panel->variable);

  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, title, panel->plot.width,
                 panel->plot.x, panel->plot.y - chart->em * 0.3, 0, 1, &chart->theme->text);
  ins_axis_draw_below (chart, cr, &panel->axis,
                       (gsize)CLAMP (panel->plot.width / (chart->em * 3.4), 2, 5),
                       panel->variable->unit, panel->plot.y, bottom, panel->plot.x - reach,
                       MIN (ins_box_right (&panel->plot) + reach, ins_box_right (&chart->body)));
  draw_reference (self, cr, panel);
}

static gboolean
has_values (const InsBoxChart *self)
{
  for (gsize p = 0; p < self->n_panels; p++)
    for (gsize g = 0; g < self->n_groups; g++)
      if (self->panels[p].groups[g].n > 0)
        return TRUE;
  return FALSE;
}

void
ins_box_draw (InsChart *chart, cairo_t *cr)
{
  InsBoxChart *self = (InsBoxChart *)chart;

  if (!has_values (self))
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  for (gsize p = 0; p < self->shown; p++)
    {
      draw_frame (self, cr, p);
      for (gsize g = 0; g < self->n_groups; g++)
        {
          draw_box (self, cr, p, g);
          if (p % self->per_row == 0)
            draw_name (self, cr, p, g);
        }
    }
}

void
ins_box_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsBoxChart *self = (InsBoxChart *)chart;

  if (state->hover_group >= 0 && (gsize)state->hover_group < self->n_groups)
    {
      ins_chart_veil (chart, cr, &chart->body);
      for (gsize p = 0; p < self->shown; p++)
        {
          draw_frame (self, cr, p);
          draw_box (self, cr, p, (gsize)state->hover_group);
          if (p % self->per_row == 0)
            draw_name (self, cr, p, (gsize)state->hover_group);
        }
    }
  if (state->hover >= 0 && (gsize)state->hover < self->shown * self->n_groups)
    {
      InsBox band = ins_box_band (self, (gsize)state->hover / self->n_groups,
                                  (gsize)state->hover % self->n_groups);
      cairo_new_path (cr);
      cairo_rectangle (cr, band.x - 1.5, band.y, band.width + 3, band.height);
      ins_set_colour (cr, &chart->theme->text, 0.8);
      cairo_set_line_width (cr, 1.2);
      cairo_stroke (cr);
    }
}
