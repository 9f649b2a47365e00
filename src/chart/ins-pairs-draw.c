/* ins-pairs-draw.c: the scatter matrix on the page
 *
 * A feature's name stands on the diagonal, above its column and at the end of its row; the free
 * corner holds the groups' names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-pairs-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MARKERS 0.68 /* of the size they have in a single plot */
#define TICKS 3

/* --- layout --- */

static double
line_height (const InsPairsChart *self)
{
  return self->parent.em * 1.4;
}

static double
corner_left (const InsPairsChart *self, double bottom)
{
  double rows = floor ((bottom - self->y) / (self->height + self->gap));
  return self->x + (rows + 1) * (self->width + self->gap) + self->parent.em * 0.5;
}

/* As few columns as fit into the corner above the diagonal; where none do, what one line holds. */
static void
lay_legend (InsPairsChart *self)
{
  InsChart *chart = &self->parent;
  double right = ins_box_right (&chart->body);

  self->legend_width = 0;
  for (gsize g = 0; g < self->n_groups; g++)
    self->legend_width =
        MAX (self->legend_width,
             ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, self->groups[g].name));
  self->legend_width = MIN (self->legend_width, chart->em * 9) + chart->em * 2;
  for (self->legend_columns = 1; self->legend_columns <= (int)self->n_groups;
       self->legend_columns++)
    {
      gsize lines =
          (self->n_groups + (gsize)self->legend_columns - 1) / (gsize)self->legend_columns;
      self->legend_x = right - self->legend_columns * self->legend_width;
      self->legend_n = self->n_groups;
      if (self->legend_x >= corner_left (self, self->y + (double)lines * line_height (self)))
        return;
    }
  self->legend_columns =
      (int)MAX (0, floor ((right - corner_left (self, self->y)) / MAX (self->legend_width, 1)));
  self->legend_x = right - self->legend_columns * self->legend_width;
  self->legend_n = MIN (self->n_groups, (gsize)self->legend_columns);
}

static void
place_axis (InsAxis *axis, double from, double to)
{
  axis->from = from;
  axis->to = to;
}

static void
lay_panel (InsPairsChart *self, gsize row, gsize column)
{
  InsPoints *points = &self->points[ins_pairs_panel (row, column)];
  InsAxis x = self->axes[column], y = self->axes[row];
  InsBox plot = { floor (self->x + (self->width + self->gap) * (double)column),
                  floor (self->y + (self->height + self->gap) * (double)row), floor (self->width),
                  floor (self->height) };

  place_axis (&x, plot.x, ins_box_right (&plot));
  place_axis (&y, ins_box_bottom (&plot), plot.y);
  points->always_pixels = self->n * ins_pairs_n_panels (self) > INS_POINTS_VECTOR;
  ins_points_layout (points, &plot, &x, &y, MARKERS);
}

void
ins_pairs_layout (InsChart *chart)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  double em = chart->em, left = 0, count;

  self->shown = MIN (
      self->n_variables,
      (gsize)CLAMP (MIN (chart->body.width / (em * 7.5), chart->body.height / (em * 6)), 2, 100));
  for (gsize v = 1; v < self->shown; v++)
    left = MAX (left, ins_tick_widest (chart, &self->axes[v], TICKS, self->variables[v].unit));
  left += em * 0.6;
  count = (double)MAX (self->shown, 1);
  self->gap = em * 0.6;
  self->x = chart->body.x + left;
  self->y = chart->body.y;
  self->width = MAX ((chart->body.width - left + self->gap) / count - self->gap, 1);
  self->height = MAX ((chart->body.height - em * 1.5 + self->gap) / count - self->gap, 1);
  for (gsize row = 1; row < self->shown; row++)
    for (gsize column = 0; column < row; column++)
      lay_panel (self, row, column);
  lay_legend (self);
}

/* --- drawing --- */

static InsBox
cell_box (const InsPairsChart *self, gsize row, gsize column)
{
  return (InsBox){ self->x + (self->width + self->gap) * (double)column,
                   self->y + (self->height + self->gap) * (double)row, self->width, self->height };
}

static const InsColour *
colour_of (InsPairsChart *self, gsize g)
{
  return ins_chart_group_colour (&self->parent, self->groups, self->n_groups, (int)g);
}

/* The feature's name in two lines at most.  Returns its height. */
static double
draw_title (InsPairsChart *self, cairo_t *cr, gsize v, const InsBox *box)
{
  InsChart *chart = &self->parent;
  g_autofree char *title = ins_variable_title (&self->variables[v]);
  g_autoptr (PangoLayout) layout =
      ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, title, box->width);
  double height;

  if (pango_layout_is_ellipsized (layout) && box->height < chart->em * 5)
    pango_layout_set_text (layout, self->variables[v].title, -1);
  pango_layout_set_single_paragraph_mode (layout, FALSE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_height (layout, box->height < chart->em * 5 ? -1 : -2);
  ins_text_size (layout, NULL, &height);
  ins_text_show (cr, layout, box->x, box->y, 0, 0, &chart->theme->text, NULL);
  return height;
}

static void
density_path (const InsPairsChart *self, cairo_t *cr, const InsBox *box, gsize v, gsize g)
{
  const double *density = self->density + (v * self->n_groups + g) * INS_PAIRS_STEPS;

  cairo_new_path (cr);
  for (int s = 0; s < INS_PAIRS_STEPS; s++)
    cairo_line_to (cr, box->x + box->width * (s + 0.5) / INS_PAIRS_STEPS,
                   ins_box_bottom (box) - box->height * density[s]);
}

/* A group's line and a faint area under it. */
static void
draw_density (InsPairsChart *self, cairo_t *cr, const InsBox *box, gsize v, gsize g)
{
  const InsColour *colour = colour_of (self, g);
  gboolean gold = colour == &self->parent.theme->gold;

  if (self->count[g] == 0)
    return;
  density_path (self, cr, box, v, g);
  cairo_line_to (cr, ins_box_right (box), ins_box_bottom (box));
  cairo_line_to (cr, box->x, ins_box_bottom (box));
  cairo_close_path (cr);
  ins_set_colour (cr, colour, gold ? 0.4 : 0.1);
  cairo_fill (cr);
  density_path (self, cr, box, v, g);
  ins_set_colour (cr, ins_chart_line_colour (&self->parent, self->groups, self->n_groups, (int)g),
                  1);
  cairo_set_line_width (cr, gold ? 1.6 : 1.2);
  cairo_stroke (cr);
}

static void
draw_diagonal (InsPairsChart *self, cairo_t *cr, gsize v, int only)
{
  InsBox box = cell_box (self, v, v), area = box;
  double head = draw_title (self, cr, v, &box) + self->parent.em * 0.2;

  area.y += head;
  area.height = MAX (box.height - head, 1);
  ins_line_horizontal (cr, box.x, ins_box_right (&box), ins_box_bottom (&box));
  ins_set_colour (cr, &self->parent.theme->grid, 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  for (gsize g = self->n_groups; g-- > 0;) /* the first group lies on top */
    if (only < 0 || (gsize)only == g)
      draw_density (self, cr, &area, v, g);
}

/* Lines at the ticks in every panel; numbers under the last row and left of the first column. */
static void
draw_axes (InsPairsChart *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double bottom = self->y + (self->height + self->gap) * (double)self->shown - self->gap;

  for (gsize v = 0; v < self->shown; v++)
    {
      InsBox first = cell_box (self, v, 0), own = cell_box (self, v, v);
      InsAxis axis = self->axes[v];
      gboolean last = v + 1 == self->shown;
      place_axis (&axis, own.x, ins_box_right (&own));
      ins_axis_draw_below (
          chart, cr, &axis, TICKS, self->variables[v].unit,
          last ? bottom : ins_box_bottom (&own) + self->gap, bottom, own.x - self->gap / 2,
          MIN (ins_box_right (&own) + self->gap / 2, ins_box_right (&chart->body)));
      if (v == 0)
        continue;
      place_axis (&axis, ins_box_bottom (&own), own.y);
      ins_axis_draw_beside (chart, cr, &axis, TICKS, self->variables[v].unit, first.x,
                            own.x - self->gap);
    }
}

static void
draw_legend (InsPairsChart *self, cairo_t *cr, int only)
{
  InsChart *chart = &self->parent;
  gsize lines;

  if (self->legend_columns < 1 || self->legend_n == 0)
    return;
  lines = (self->legend_n + (gsize)self->legend_columns - 1) / (gsize)self->legend_columns;
  for (gsize g = 0; g < self->legend_n; g++)
    {
      double x = self->legend_x + (double)(g / lines) * self->legend_width;
      double y = self->y + ((double)(g % lines) + 0.5) * line_height (self);
      if (only >= 0 && (gsize)only != g)
        continue;
      ins_marker_draw (cr, chart->theme, colour_of (self, g), self->groups[g].shape,
                       x + chart->em * 0.5, y, chart->em * 0.36, 1);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->groups[g].name,
                     self->legend_width - chart->em * 1.6, x + chart->em * 1.3, y, 0, 0.5,
                     &chart->theme->text);
    }
}

void
ins_pairs_draw (InsChart *chart, cairo_t *cr)
{
  InsPairsChart *self = (InsPairsChart *)chart;

  if (self->n_variables < 2 || self->n == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  draw_axes (self, cr);
  for (gsize v = 0; v < self->shown; v++)
    draw_diagonal (self, cr, v, -1);
  for (gsize p = 0; p < ins_pairs_n_panels (self); p++)
    ins_points_draw (&self->points[p], cr, -1);
  draw_legend (self, cr, -1);
}

void
ins_pairs_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  gboolean group = state->hover_group >= 0 && (gsize)state->hover_group < self->n_groups;

  if (self->n_variables < 2)
    return;
  if (group)
    {
      ins_chart_veil (chart, cr, &chart->body);
      draw_legend (self, cr, state->hover_group);
      for (gsize v = 0; v < self->shown; v++)
        draw_diagonal (self, cr, v, state->hover_group);
    }
  for (gsize p = 0; p < ins_pairs_n_panels (self); p++)
    {
      const InsPoints *points = &self->points[p];
      if (group)
        ins_points_draw (points, cr, state->hover_group);
      if (ins_points_any_selected (points, state))
        ins_points_draw_selected (points, cr, state);
      if (state->hover >= 0 && ins_points_is_shown (points, (gsize)state->hover))
        ins_points_draw_hovered (points, cr, (gsize)state->hover);
    }
}
