/* ins-silhouette-draw.c: knives, their names and the axis
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-axis-draw.h"
#include "chart/ins-silhouette-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- layout --- */

static void
lay_knives (InsSilhouetteChart *self)
{
  double em = self->parent.em, gap, room, y = self->plot.y, least;
  gsize used = 0;

  for (gsize g = 0; g < self->n_groups; g++)
    used += self->knives[g].n > 0;
  gap = MIN (em * 0.6, self->plot.height * 0.25 / MAX (used, 1));
  room = self->plot.height - gap * (used > 0 ? used - 1 : 0);
  least = MIN (em * 0.3, room / MAX (used, 1));
  room -= least * used;
  for (gsize g = 0; g < self->n_groups; g++)
    {
      InsKnife *knife = &self->knives[g];
      if (knife->n == 0)
        continue;
      knife->top = y;
      knife->height = least + room * knife->n / self->n_shown;
      y += knife->height + gap;
    }
}

/* Labels at the knives' middles, pushed apart; those of the smallest knives go first where there
 * is no room. */
static void
lay_labels (InsSilhouetteChart *self)
{
  double step = self->parent.em * 1.45, bottom = ins_box_bottom (&self->plot), last;
  gsize room = (gsize)MAX (1, (self->plot.height + self->parent.em) / step), shown = 0;

  for (gsize g = 0; g < self->n_groups; g++)
    {
      InsKnife *knife = &self->knives[g];
      knife->label_y = knife->n > 0 ? knife->top + knife->height / 2 : NAN;
      shown += knife->n > 0;
    }
  while (shown > room)
    {
      gsize least = self->n_groups;
      for (gsize g = 0; g < self->n_groups; g++)
        if (isfinite (self->knives[g].label_y)
            && (least == self->n_groups || self->knives[g].n < self->knives[least].n))
          least = g;
      self->knives[least].label_y = NAN;
      shown--;
    }
  last = -1e9;
  for (gsize g = 0; g < self->n_groups; g++) /* down */
    if (isfinite (self->knives[g].label_y))
      last = self->knives[g].label_y = MAX (self->knives[g].label_y, last + step);
  last = bottom + step / 2;
  for (gsize g = self->n_groups; g-- > 0;) /* and up again */
    if (isfinite (self->knives[g].label_y))
      last = self->knives[g].label_y = MIN (self->knives[g].label_y, last - step);
}

char *
ins_silhouette_figures (const InsSilhouetteChart *self, gsize g)
{
  g_autofree char *mean = ins_format_number (self->knives[g].mean, 2);
  g_autofree char *n = ins_format_number ((double)self->knives[g].n, 0);
  return g_strdup_printf ("%s · %s", mean, n);
}

/* What all names have before a number at their end; 0 = they are no numbered names. */
static gsize
numbered_prefix (const InsSilhouetteChart *self)
{
  gsize prefix = 0;
  for (gsize g = 0; g < self->n_groups; g++)
    {
      const char *name = self->groups[g].name;
      gsize length = strlen (name), at = length;
      while (at > 0 && g_ascii_isdigit (name[at - 1]))
        at--;
      if (at == 0 || at == length || (g > 0 && at != prefix)
          || strncmp (name, self->groups[0].name, at) != 0)
        return 0;
      prefix = at;
    }
  return prefix;
}

static char *
side_figures (const InsSilhouetteChart *self, gsize g)
{
  return self->figures == 2   ? ins_silhouette_figures (self, g)
         : self->figures == 1 ? ins_format_number (self->knives[g].mean, 2)
                              : g_strdup ("");
}

static double
widest_label (InsSilhouetteChart *self)
{
  InsChart *chart = &self->parent;
  double widest = 0;
  for (gsize g = 0; g < self->n_groups; g++)
    if (self->knives[g].n > 0)
      {
        g_autofree char *figures = side_figures (self, g);
        double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD,
                                       self->groups[g].name + self->name_prefix)
                       + ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, figures);
        widest = MAX (widest, width);
      }
  return widest + chart->em * (self->figures > 0 ? 2.4 : 1.5);
}

/* Names first: figures go before a name is cut, and "Group 1" becomes "1" before "Grou…".
 * Returns the width of the labels. */
static double
choose_labels (InsSilhouetteChart *self)
{
  double most = self->parent.body.width * 0.42, width;

  self->name_prefix = 0;
  for (self->figures = 2; self->figures >= 0; self->figures--)
    if ((width = widest_label (self)) <= most)
      return width;
  self->figures = 0;
  self->name_prefix = numbered_prefix (self);
  return MIN (widest_label (self), most);
}

void
ins_silhouette_layout (InsChart *chart)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  double lo = 0, hi = 1, least = 0, em = chart->em, left;

  if (ins_finite_range (self->values, self->n, &lo, &hi))
    least = lo;
  left = choose_labels (self) + em;
  self->plot = (InsBox){ chart->body.x + left, chart->body.y + em * 1.3,
                         MAX (chart->body.width - left - em * 0.8, 1),
                         MAX (chart->body.height - em * 3.2 - em * 1.3, 1) };
  ins_axis_set_range (&self->axis, &ins_scale_linear, least < 0 ? MAX (least * 1.05, -1) : 0,
                      CLAMP (ceil (hi * 10 + 0.3) / 10, 0.3, 1), 0);
  self->axis.from = self->plot.x;
  self->axis.to = ins_box_right (&self->plot);
  lay_knives (self);
  lay_labels (self);
}

/* --- drawing --- */

static double
value_at (const InsSilhouetteChart *self, const InsKnife *knife, double share)
{
  gsize i = (gsize)CLAMP (share * knife->n, 0, (double)knife->n - 1);
  return self->values[self->order[knife->first + i]];
}

/* Outline of the knife between zero and its values, the positive or the negative part. */
static void
knife_path (const InsSilhouetteChart *self, cairo_t *cr, const InsKnife *knife, gboolean positive)
{
  double zero = ins_axis_map (&self->axis, 0);
  gsize steps = (gsize)CLAMP (knife->height * 3, 1, 4000);

  steps = MIN (steps, MAX (knife->n, 1));
  cairo_new_path (cr);
  cairo_move_to (cr, zero, knife->top);
  for (gsize s = 0; s < steps; s++)
    {
      double v = value_at (self, knife, (s + 0.5) / steps);
      double x = ins_axis_map (&self->axis, positive ? MAX (v, 0) : MIN (v, 0));
      cairo_line_to (cr, x, knife->top + knife->height * s / steps);
      cairo_line_to (cr, x, knife->top + knife->height * (s + 1) / steps);
    }
  cairo_line_to (cr, zero, knife->top + knife->height);
  cairo_close_path (cr);
}

static void
draw_knife (InsSilhouetteChart *self, cairo_t *cr, gsize g)
{
  InsChart *chart = &self->parent;
  const InsKnife *knife = &self->knives[g];
  const InsColour *colour = ins_chart_group_colour (chart, self->groups, self->n_groups, (int)g);
  const InsColour *edge = colour == &chart->theme->gold ? &chart->theme->gold_edge : colour;

  if (knife->n == 0)
    return;
  knife_path (self, cr, knife, TRUE);
  ins_set_colour (cr, colour, 1);
  if (colour == &chart->theme->gold)
    {
      cairo_fill_preserve (cr);
      ins_set_colour (cr, edge, 1);
      cairo_set_line_width (cr, 0.8);
      cairo_stroke (cr);
    }
  else
    cairo_fill (cr);
  if (value_at (self, knife, 1) >= 0)
    return;
  knife_path (self, cr, knife, FALSE);
  ins_set_colour (cr, colour, 0.22);
  cairo_fill_preserve (cr);
  ins_hatch (cr, edge, 0.9, 4.5);
  knife_path (self, cr, knife, FALSE);
  ins_set_colour (cr, edge, 1);
  cairo_set_line_width (cr, 0.8);
  cairo_stroke (cr);
}

static void
draw_label (InsSilhouetteChart *self, cairo_t *cr, gsize g)
{
  InsChart *chart = &self->parent;
  const InsKnife *knife = &self->knives[g];
  g_autofree char *figures = NULL;
  double em = chart->em, right = self->plot.x - em, x = chart->body.x + em * 0.5, width;

  if (!isfinite (knife->label_y))
    return;
  figures = side_figures (self, g);
  width = *figures ? ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, figures) : 0;
  if (width > 0)
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, figures, 0, right,
                   knife->label_y, 1, 0.5, &chart->theme->dim_text);
  ins_marker_draw (cr, chart->theme,
                   ins_chart_group_colour (chart, self->groups, self->n_groups, (int)g),
                   self->groups[g].shape, x, knife->label_y, em * 0.36, 1);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD,
                 self->groups[g].name + self->name_prefix,
                 right - x - em * 0.8 - width - (width > 0 ? em * 0.6 : 0), x + em * 0.8,
                 knife->label_y, 0, 0.5, &chart->theme->text);
  if (knife->label_y < knife->top || knife->label_y > knife->top + knife->height)
    {
      double middle = knife->top + knife->height / 2;
      cairo_move_to (cr, right + em * 0.2, knife->label_y);
      cairo_line_to (cr, self->plot.x - em * 0.2, middle);
      ins_set_colour (cr, &chart->theme->dim_text, 0.6);
      cairo_set_line_width (cr, 0.8);
      cairo_stroke (cr);
    }
}

static void
draw_axis (InsSilhouetteChart *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], y = ins_box_bottom (&self->plot) + chart->em * 0.3, end = -1e9;
  gsize n = ins_axis_ticks (&self->axis, self->plot.width < 18 * chart->em ? 3 : 5, ticks);
  int decimals = ins_ticks_decimals (ticks, n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick (ticks[i], decimals, NULL, NULL);
      double x = ins_axis_map (&self->axis, ticks[i]);
      double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text);
      ins_line_vertical (cr, x, self->plot.y, ins_box_bottom (&self->plot));
      ins_set_colour (cr, ticks[i] == 0 ? &chart->theme->dim_text : &chart->theme->grid, 1);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      if (x - width / 2 < end)
        continue;
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, x, y, 0.5, 0,
                     &chart->theme->dim_text);
      end = x + width / 2 + chart->em * 0.6;
    }
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, _ ("Silhouette"), self->plot.width,
                 self->plot.x + self->plot.width / 2, y + chart->em * 1.3, 0.5, 0,
                 &chart->theme->dim_text);
}

static void
draw_mean (InsSilhouetteChart *self, cairo_t *cr)
{
  g_autofree char *number = ins_format_number (self->mean, 2);
  g_autofree char *text = g_strdup_printf (_ ("mean %s"), number);

  ins_axis_draw_mark (&self->parent, cr, &self->axis, self->mean, &self->plot, text);
}

void
ins_silhouette_draw (InsChart *chart, cairo_t *cr)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;

  if (self->n_shown == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  draw_axis (self, cr);
  for (gsize g = 0; g < self->n_groups; g++)
    draw_knife (self, cr, g);
  for (gsize g = 0; g < self->n_groups; g++)
    draw_label (self, cr, g);
  draw_mean (self, cr);
}

gboolean
ins_silhouette_place (const InsSilhouetteChart *self, gsize row, double *top, double *height)
{
  const InsKnife *knife;
  if (row >= self->n || self->rank[row] == G_MAXUINT32)
    return FALSE;
  knife = &self->knives[self->group[row]];
  *height = knife->height / knife->n;
  *top = knife->top + (self->rank[row] - knife->first) * *height;
  return TRUE;
}

static void
draw_row (InsSilhouetteChart *self, cairo_t *cr, gsize row, double least)
{
  double top, height, zero = ins_axis_map (&self->axis, 0);
  if (ins_silhouette_place (self, row, &top, &height))
    {
      double end = ins_axis_map (&self->axis, self->values[row]);
      double thick = MAX (height, least);
      cairo_rectangle (cr, MIN (zero, end), top + height / 2 - thick / 2,
                       MAX (fabs (end - zero), 1), thick);
    }
}

void
ins_silhouette_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;

  if (state->hover_group >= 0 && (gsize)state->hover_group < self->n_groups)
    {
      InsBox all = { chart->body.x, self->plot.y, chart->body.width, self->plot.height };
      ins_chart_veil (chart, cr, &all);
      draw_knife (self, cr, (gsize)state->hover_group);
      draw_label (self, cr, (gsize)state->hover_group);
      draw_mean (self, cr);
    }
  cairo_new_path (cr);
  if (state->selected)
    for (gsize i = 0; i < MIN (state->n_rows, self->n); i++)
      if (state->selected[i])
        draw_row (self, cr, i, 1);
  ins_set_colour (cr, &chart->theme->text, 0.55);
  cairo_fill (cr);
  if (state->hover >= 0)
    {
      draw_row (self, cr, (gsize)state->hover, 2.5);
      ins_set_colour (cr, &chart->theme->text, 0.9);
      cairo_fill (cr);
    }
}
