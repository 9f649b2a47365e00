/* ins-line-draw.c: lines, their axes and marks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-axis-draw.h"
#include "chart/ins-line-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
draw_frame (InsLine *self, cairo_t *cr, const InsFrame *frame)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS];
  gsize n = ins_line_y_ticks (self, frame, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      ins_tick_draw_beside (chart, cr, ins_axis_map (&frame->y_axis, ticks[i]), frame->plot.x,
                            ins_box_right (&frame->plot), chart->em * 0.6, text);
    }
}

/* Whether a line of the frame runs through @box. */
static gboolean
crosses_lines (InsLine *self, const InsFrame *frame, const InsBox *box)
{
  for (gsize p = frame->first; p < frame->first + frame->n; p++)
    for (gsize i = 0; i + 1 < self->n; i++)
      {
        double x0 = ins_line_x (self, frame, self->x[i]),
               x1 = ins_line_x (self, frame, self->x[i + 1]);
        double y0 = ins_axis_map (&frame->y_axis, self->panels[p].y[i]);
        double y1 = ins_axis_map (&frame->y_axis, self->panels[p].y[i + 1]);
        for (int s = 0; s <= 8; s++)
          if (ins_box_contains (box, x0 + (x1 - x0) * s / 8, y0 + (y1 - y0) * s / 8))
            return TRUE;
      }
  return FALSE;
}

static gboolean
has_mark (const InsLine *self, const InsPanel *panel)
{
  return panel->marked >= 0 && (gsize)panel->marked < self->n && isfinite (panel->y[panel->marked])
         && isfinite (self->x[panel->marked]);
}

/* Too flat for words beside the marked point: they go into the title's line. */
static gboolean
is_flat (const InsLine *self, const InsFrame *frame)
{
  return self->titles_shown && frame->n == 1 && self->n_frames > 1
         && frame->plot.height < 4.5 * self->parent.em;
}

static PangoLayout *
mark_layout (InsLine *self, const InsPanel *panel, double width)
{
  InsChart *chart = &self->parent;
  g_autofree char *value = ins_format_short (panel->y[panel->marked]);
  g_autofree char *at = ins_format_short (self->x[panel->marked]);
  /* TRANSLATORS: what is marked, where, its value: "knee 6: 1,234" */
  g_autofree char *text = panel->mark_text
                              ? g_strdup_printf (_ ("%s %s: %s"), panel->mark_text, at, value)
                              : g_strdup_printf ("%s: %s", at, value);
  return ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text, width);
}

/* A place for words of the box's size near x, y: on no line, else at least inside the frame. */
static InsBox
place_mark (InsLine *self, const InsFrame *frame, double x, double y, InsBox box)
{
  double em = self->parent.em, line = ins_line_x (self, frame, self->chosen);
  double right = em * 0.9, left = -right - box.width, middle = -box.width / 2;
  double beyond = line > x ? line - x + em * 0.5 : right; /* the chosen k's line */
  const double tries[][2] = { { right, -1.2 },  { right, 0.2 },  { left, -1.2 },  { left, 0.2 },
                              { middle, -1.9 }, { middle, 0.9 }, { right, -2.2 }, { right, 1.2 },
                              { beyond, -1.2 }, { beyond, -2.2 } };
  const InsBox dot = { x - em * 0.55, y - em * 0.55, em * 1.1, em * 1.1 };
  InsBox best = { 0 };

  for (gsize t = 0; t < G_N_ELEMENTS (tries); t++)
    {
      box.x = MIN (x + tries[t][0], ins_box_right (&self->parent.body) - box.width);
      box.x = MAX (box.x, frame->plot.x);
      box.y = y + tries[t][1] * box.height;
      if (box.y < frame->plot.y - em * 0.4 || ins_box_bottom (&box) > ins_box_bottom (&frame->plot)
          || ins_box_overlaps (&box, &dot))
        continue;
      if (best.width == 0)
        best = box;
      if (!crosses_lines (self, frame, &box)
          && !(fabs (x - line) > 1 && line > box.x && line < ins_box_right (&box)))
        return box;
    }
  return best.width > 0 ? best : box;
}

static void
draw_mark (InsLine *self, cairo_t *cr, const InsFrame *frame, gsize p)
{
  InsChart *chart = &self->parent;
  const InsPanel *panel = &self->panels[p];
  g_autoptr (PangoLayout) layout = NULL;
  InsBox box = { 0 };
  double x, y;

  if (!has_mark (self, panel))
    return;
  x = ins_line_x (self, frame, self->x[panel->marked]);
  y = ins_axis_map (&frame->y_axis, panel->y[panel->marked]);
  ins_marker_path (cr, 0, x, y, chart->em * 0.62);
  ins_set_colour (cr, &chart->theme->background, 1);
  cairo_fill (cr);
  ins_marker_path (cr, 0, x, y, chart->em * 0.42);
  ins_set_colour (cr, &chart->theme->text, 1);
  cairo_fill (cr);
  if (is_flat (self, frame))
    return;
  layout = mark_layout (self, panel, frame->plot.width * 0.7);
  ins_text_size (layout, &box.width, &box.height);
  box = place_mark (self, frame, x, y, box);
  box.y = CLAMP (box.y, chart->body.y, ins_box_bottom (&chart->body) - box.height);
  ins_text_show (cr, layout, box.x, box.y, 0, 0, &chart->theme->text, &chart->theme->background);
}

/* Above the lines, so that nothing runs through the words. */
static void
draw_frame_title (InsLine *self, cairo_t *cr, const InsFrame *frame)
{
  InsChart *chart = &self->parent;
  const InsTheme *theme = chart->theme;
  const InsPanel *panel = &self->panels[frame->first];
  const char *hint = panel->less_is_better ? _ ("lower is better") : _ ("higher is better");
  g_autoptr (PangoLayout) name = NULL, better = NULL;
  double y = frame->plot.y - chart->em * 0.35, width, x;
  InsBox box;

  if (!panel->title || self->n_frames == 1)
    return;
  name = ins_text_new (chart->pango, theme, INS_TEXT_SMALL_BOLD, panel->title, frame->plot.width);
  if (!self->titles_shown) /* no room above: inside, at the right */
    {
      x = ins_box_right (&frame->plot);
      ins_text_size (name, &width, NULL);
      if (isfinite (self->chosen) && ins_line_x (self, frame, self->chosen) > x - width)
        x = MAX (ins_line_x (self, frame, self->chosen) - chart->em * 0.4, frame->plot.x + width);
      ins_text_show (cr, name, x, frame->plot.y, 1, 0, &theme->text, &theme->background);
      return;
    }
  box = ins_text_show (cr, name, frame->plot.x, y, 0, 1, &theme->text, &theme->background);
  if (is_flat (self, frame) && has_mark (self, panel))
    {
      g_autoptr (PangoLayout) mark = mark_layout (self, panel, 0);
      ins_text_size (mark, &width, NULL);
      if (ins_box_right (&box) + chart->em + width < ins_box_right (&frame->plot))
        ins_text_show (cr, mark, ins_box_right (&frame->plot), y, 1, 1, &theme->text,
                       &theme->background);
      return;
    }
  better = ins_text_new (chart->pango, theme, INS_TEXT_SMALL, hint, 0);
  ins_text_size (better, &width, NULL);
  x = ins_box_right (&box) + chart->em * 0.7;
  if (x + width < ins_box_right (&frame->plot))
    ins_text_show (cr, better, x, y, 0, 1, &theme->dim_text, &theme->background);
}

/* The name of the only panel stands where an axis title stands.  Returns where it ends. */
static double
draw_only_title (InsLine *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  InsBox box;
  if (self->n_frames != 1 || !self->panels[0].title)
    return chart->body.x;
  box = ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->panels[0].title,
                       chart->body.width * 0.6, chart->body.x, chart->body.y - chart->em * 0.3, 0,
                       0, &chart->theme->dim_text);
  return ins_box_right (&box) + chart->em * 0.8;
}

/* @all: with the ticks' numbers; a row that is not the lowest has none. */
static void
draw_x_axis (InsLine *self, cairo_t *cr, const InsFrame *frame)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], y = ins_box_bottom (&frame->plot) + chart->em * 0.3, end = -1e9;
  gsize wanted = (gsize)CLAMP (frame->plot.width / (3 * chart->em), 2, 12);
  gsize n = ins_axis_ticks (&self->x_axis, wanted, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      double x = ins_line_x (self, frame, ticks[i]);
      double width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text);
      if (x - width / 2 < end)
        continue;
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0, x, y, 0.5, 0,
                     &chart->theme->dim_text);
      end = x + width / 2 + chart->em * 0.6;
    }
  if (self->x_title)
    ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, self->x_title, frame->plot.width,
                   frame->plot.x + frame->plot.width / 2, y + chart->em * 1.35, 0.5, 0,
                   &chart->theme->dim_text);
}

static const InsColour *
series_colour (InsLine *self, const InsFrame *frame, gsize p)
{
  const InsTheme *theme = self->parent.theme;
  return frame->n == 1 ? &theme->neutral : ins_theme_cluster (theme, (int)(p - frame->first));
}

static void
draw_line (InsLine *self, cairo_t *cr, const InsFrame *frame, gsize p)
{
  const InsColour *colour = series_colour (self, frame, p);
  const InsPanel *panel = &self->panels[p];
  double em = self->parent.em;
  gboolean dots = self->n > 0 && frame->plot.width / self->n > em * 0.7;
  gboolean open = FALSE;

  cairo_new_path (cr);
  for (gsize i = 0; i < self->n; i++)
    {
      if (!isfinite (self->x[i]) || !isfinite (panel->y[i]))
        {
          open = FALSE;
          continue;
        }
      if (open)
        cairo_line_to (cr, ins_line_x (self, frame, self->x[i]),
                       ins_axis_map (&frame->y_axis, panel->y[i]));
      else
        cairo_move_to (cr, ins_line_x (self, frame, self->x[i]),
                       ins_axis_map (&frame->y_axis, panel->y[i]));
      open = TRUE;
    }
  ins_set_colour (cr, colour, 1);
  cairo_set_line_width (cr, em * 0.2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->x[i]) && isfinite (panel->y[i]) && (dots || self->n == 1))
      ins_marker_draw (cr, self->parent.theme, colour, frame->n == 1 ? 0 : (int)(p - frame->first),
                       ins_line_x (self, frame, self->x[i]),
                       ins_axis_map (&frame->y_axis, panel->y[i]), em * 0.27, 1);
}

static void
draw_chosen (InsLine *self, cairo_t *cr, double free_from)
{
  InsChart *chart = &self->parent;
  g_autofree char *number = NULL, *text = NULL;

  if (!isfinite (self->chosen) || self->n_frames == 0 || self->chosen < self->x_axis.lo
      || self->chosen > self->x_axis.hi)
    return;
  number = ins_format_short (self->chosen);
  text = g_strdup_printf (_ ("chosen %s"), number);
  for (gsize column = 0; column < MIN (self->columns, self->n_frames); column++)
    {
      double x = ins_line_x (self, &self->frames[column], self->chosen), width;
      for (gsize f = column; f < self->n_frames; f += self->columns)
        {
          const InsBox *plot = &self->frames[f].plot; /* not through the titles between */
          double top = self->n_frames == 1 ? chart->body.y + chart->em * 0.95 : plot->y;
          ins_line_vertical (cr, x, top, ins_box_bottom (plot));
          ins_set_colour (cr, &chart->theme->accent, 1);
          cairo_set_line_width (cr, MAX (1, chart->em * 0.11));
          cairo_stroke (cr);
        }
      width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text, 0,
                     MIN (MAX (x, free_from + width / 2), ins_box_right (&chart->body) - width / 2),
                     chart->body.y - chart->em * 0.3, 0.5, 0, &chart->theme->accent);
    }
}

/* Names at the lines' ends, pushed apart. */
static void
draw_series_names (InsLine *self, cairo_t *cr, const InsFrame *frame)
{
  InsChart *chart = &self->parent;
  double step = chart->em * 1.25, last = -1e9;
  guint8 *done;

  if (frame->n < 2)
    return;
  done = g_new0 (guint8, frame->n);
  for (gsize turn = 0; turn < frame->n; turn++)
    {
      double highest = 1e9;
      gsize next = frame->n;
      for (gsize s = 0; s < frame->n; s++)
        if (!done[s])
          for (gsize i = self->n; i-- > 0;)
            if (isfinite (self->panels[frame->first + s].y[i]))
              {
                double y = ins_axis_map (&frame->y_axis, self->panels[frame->first + s].y[i]);
                if (y < highest)
                  {
                    highest = y;
                    next = s;
                  }
                break;
              }
      if (next == frame->n)
        break;
      done[next] = 1;
      last = MAX (highest, last + step);
      if (self->panels[frame->first + next].series && last < ins_box_bottom (&chart->body))
        ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD,
                       self->panels[frame->first + next].series, chart->body.width * 0.25,
                       ins_box_right (&frame->plot) + chart->em * 0.5, last, 0, 0.5,
                       &chart->theme->text);
    }
  g_free (done);
}

static gboolean
is_empty (const InsLine *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (ins_line_has_point (self, i))
      return FALSE;
  return TRUE;
}

void
ins_line_draw (InsChart *chart, cairo_t *cr)
{
  InsLine *self = (InsLine *)chart;

  if (is_empty (self))
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  for (gsize f = 0; f < self->n_frames; f++)
    {
      draw_frame (self, cr, &self->frames[f]);
      if (f + self->columns >= self->n_frames)
        draw_x_axis (self, cr, &self->frames[f]);
    }
  draw_chosen (self, cr, draw_only_title (self, cr));
  for (gsize p = 0; p < self->n_panels; p++)
    draw_line (self, cr, &self->frames[self->panels[p].frame], p);
  for (gsize f = 0; f < self->n_frames; f++)
    {
      draw_frame_title (self, cr, &self->frames[f]);
      draw_series_names (self, cr, &self->frames[f]);
    }
  for (gsize p = 0; p < self->n_panels; p++)
    draw_mark (self, cr, &self->frames[self->panels[p].frame], p);
}

void
ins_line_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsLine *self = (InsLine *)chart;

  if (state->hover < 0 || !ins_line_has_point (self, (gsize)state->hover))
    return;
  for (gsize f = 0; f < self->n_frames; f++)
    {
      InsFrame *frame = &self->frames[f];
      double x = ins_line_x (self, frame, self->x[state->hover]);
      ins_line_vertical (cr, x, frame->plot.y, ins_box_bottom (&frame->plot));
      ins_set_colour (cr, &chart->theme->dim_text, 0.7);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      for (gsize p = frame->first; p < frame->first + frame->n; p++)
        if (isfinite (self->panels[p].y[state->hover]))
          {
            double y = ins_axis_map (&frame->y_axis, self->panels[p].y[state->hover]);
            ins_marker_path (cr, 0, x, y, chart->em * 0.5);
            ins_set_colour (cr, &chart->theme->background, 1);
            cairo_fill_preserve (cr);
            ins_set_colour (cr, series_colour (self, frame, p), 1);
            cairo_set_line_width (cr, chart->em * 0.22);
            cairo_stroke (cr);
          }
    }
}
