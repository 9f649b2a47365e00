/* ins-line-chart.c: lines over a shared x axis, one panel per index
 *
 * Panels with the same title in a row are series of one panel, labelled at the lines' ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  char *title;
  char *series;
  double *y;
  int marked;
  char *mark_text;
  gboolean less_is_better;
  gsize frame;
} Panel;

/* One coordinate system: the panels of one title. */
typedef struct
{
  gsize first, n;
  InsBox plot;
  double title_y;
  InsAxis y_axis;
} Frame;

typedef struct
{
  InsChart parent;
  gsize n;
  double *x;
  char *x_title;
  gsize n_panels;
  Panel *panels;
  double chosen;

  gsize n_frames;
  Frame *frames;
  gsize columns;
  gboolean titles_shown;
  InsAxis x_axis; /* of the first column; the others are moved */
} InsLine;

static gboolean
has_point (const InsLine *self, gsize i)
{
  if (i >= self->n || !isfinite (self->x[i]))
    return FALSE;
  for (gsize p = 0; p < self->n_panels; p++)
    if (isfinite (self->panels[p].y[i]))
      return TRUE;
  return FALSE;
}

static double
x_at (const InsLine *self, const Frame *frame, double x)
{
  InsAxis axis = self->x_axis;
  axis.from = frame->plot.x;
  axis.to = ins_box_right (&frame->plot);
  return ins_axis_map (&axis, x);
}

/* --- layout --- */

static gboolean
is_whole (const InsLine *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (isfinite (self->x[i]) && self->x[i] != floor (self->x[i]))
      return FALSE;
  return TRUE;
}

static void
set_ranges (InsLine *self)
{
  double lo = 0, hi = 1;
  ins_finite_range (self->x, self->n, &lo, &hi);
  ins_axis_set_range (&self->x_axis, is_whole (self) ? &ins_scale_category : &ins_scale_linear, lo,
                      hi, 0.03);
  for (gsize f = 0; f < self->n_frames; f++)
    {
      Frame *frame = &self->frames[f];
      double low = NAN, high = NAN;
      for (gsize p = frame->first; p < frame->first + frame->n; p++)
        if (ins_finite_range (self->panels[p].y, self->n, &lo, &hi))
          {
            low = fmin (low, lo);
            high = fmax (high, hi);
          }
      if (low > 0 && low < high * 0.35)
        low = 0; /* the base that counts is near */
      ins_axis_set_range (&frame->y_axis, &ins_scale_linear, low, high, low == 0 ? 0 : 0.08);
      if (low == 0 && high > 0)
        ins_axis_set_range (&frame->y_axis, &ins_scale_linear, 0, MIN (high * 1.1, G_MAXDOUBLE), 0);
    }
}

static gsize
y_ticks (const InsLine *self, const Frame *frame, double *ticks)
{
  double em = self->parent.em;
  gsize wanted = (gsize)CLAMP (frame->plot.height / (2.6 * em), 1, 5);
  return ins_axis_ticks (&frame->y_axis, wanted, ticks);
}

static double
widest_tick (InsLine *self, const Frame *frame)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], widest = 0;
  gsize n = y_ticks (self, frame, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text));
    }
  return widest;
}

/* Room at the right for the names of series. */
static double
widest_series (InsLine *self)
{
  InsChart *chart = &self->parent;
  double widest = 0;
  for (gsize p = 0; p < self->n_panels; p++)
    if (self->panels[p].series && self->frames[self->panels[p].frame].n > 1)
      widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD,
                                            self->panels[p].series));
  return MIN (widest, chart->body.width * 0.25);
}

static void
line_layout (InsChart *chart)
{
  InsLine *self = (InsLine *)chart;
  double em = chart->em, top, bottom, gap, between, width, height, left = 0, right;
  gsize rows;

  set_ranges (self);
  /* two columns where four panels would be flat */
  self->columns = self->n_frames >= 4 && chart->body.width > 40 * em ? 2 : 1;
  rows = (self->n_frames + self->columns - 1) / MAX (self->columns, 1);
  top = chart->body.y + em * 1.1;                    /* the chosen k's label */
  bottom = ins_box_bottom (&chart->body) - em * 2.7; /* ticks and title of the x axis */
  between = rows > 1 ? em * 0.7 : 0;
  height = (bottom - top + between) / MAX (rows, 1);
  self->titles_shown = height > 4.2 * em;
  gap = self->n_frames == 1 ? em * 0.9 : self->titles_shown ? em * 2.0 : em * 0.8;
  for (gsize f = 0; f < self->n_frames; f++)
    {
      Frame *frame = &self->frames[f];
      frame->plot.height = MAX (height - gap - between, 1);
      left = MAX (left, widest_tick (self, frame));
    }
  left += em * 0.6;
  right = widest_series (self);
  right += right > 0 ? em * 0.8 : em * 0.6;
  width = (chart->body.width - (self->columns - 1) * 1.5 * em) / MAX (self->columns, 1);
  for (gsize f = 0; f < self->n_frames; f++)
    {
      Frame *frame = &self->frames[f];
      gsize column = f % self->columns, row = f / self->columns;
      frame->title_y = top + row * height;
      frame->plot.x = chart->body.x + column * (width + 1.5 * em) + left;
      frame->plot.y = frame->title_y + gap;
      frame->plot.width = MAX (width - left - right, 1);
      frame->y_axis.from = ins_box_bottom (&frame->plot);
      frame->y_axis.to = frame->plot.y;
    }
}

/* --- drawing --- */

static void
draw_frame (InsLine *self, cairo_t *cr, const Frame *frame)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS];
  gsize n = y_ticks (self, frame, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      double y = ins_axis_map (&frame->y_axis, ticks[i]);
      ins_line_horizontal (cr, frame->plot.x, ins_box_right (&frame->plot), y);
      ins_set_colour (cr, &chart->theme->grid, 1);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0,
                     frame->plot.x - chart->em * 0.6, y, 1, 0.5, &chart->theme->dim_text);
    }
}

/* Above the lines, so that nothing runs through the words. */
static void
draw_frame_title (InsLine *self, cairo_t *cr, const Frame *frame)
{
  InsChart *chart = &self->parent;
  const InsTheme *theme = chart->theme;
  const Panel *panel = &self->panels[frame->first];
  const char *hint = panel->less_is_better ? _ ("lower is better") : _ ("higher is better");
  g_autoptr (PangoLayout) name = NULL, better = NULL;
  double y = frame->plot.y - chart->em * 0.35, width, x, line;
  InsBox box;

  if (!panel->title || self->n_frames == 1)
    return;
  name = ins_text_new (chart->pango, theme, INS_TEXT_SMALL_BOLD, panel->title, frame->plot.width);
  if (!self->titles_shown) /* no room above: inside, at the right */
    {
      ins_text_show (cr, name, ins_box_right (&frame->plot), frame->plot.y, 1, 0, &theme->text,
                     &theme->background);
      return;
    }
  box = ins_text_show (cr, name, frame->plot.x, y, 0, 1, &theme->text, &theme->background);
  better = ins_text_new (chart->pango, theme, INS_TEXT_SMALL, hint, 0);
  ins_text_size (better, &width, NULL);
  x = ins_box_right (&box) + chart->em * 0.7;
  if (isfinite (self->chosen))
    {
      line = x_at (self, frame, self->chosen);
      if (line > x - chart->em * 0.5 && line < x + width + chart->em * 0.5)
        x = line + chart->em * 0.5; /* beside the line, not across it */
    }
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
draw_x_axis (InsLine *self, cairo_t *cr, const Frame *frame)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], y = ins_box_bottom (&frame->plot) + chart->em * 0.3, end = -1e9;
  gsize wanted = (gsize)CLAMP (frame->plot.width / (3 * chart->em), 2, 12);
  gsize n = ins_axis_ticks (&self->x_axis, wanted, ticks);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick_of (ticks, n, i, NULL, NULL);
      double x = x_at (self, frame, ticks[i]);
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
series_colour (InsLine *self, const Frame *frame, gsize p)
{
  const InsTheme *theme = self->parent.theme;
  return frame->n == 1 ? &theme->neutral : ins_theme_cluster (theme, (int)(p - frame->first));
}

static void
draw_line (InsLine *self, cairo_t *cr, const Frame *frame, gsize p)
{
  const InsColour *colour = series_colour (self, frame, p);
  const Panel *panel = &self->panels[p];
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
        cairo_line_to (cr, x_at (self, frame, self->x[i]),
                       ins_axis_map (&frame->y_axis, panel->y[i]));
      else
        cairo_move_to (cr, x_at (self, frame, self->x[i]),
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
                       x_at (self, frame, self->x[i]), ins_axis_map (&frame->y_axis, panel->y[i]),
                       em * 0.27, 1);
}

/* Whether a line of the frame runs through @box. */
static gboolean
crosses_lines (InsLine *self, const Frame *frame, const InsBox *box)
{
  for (gsize p = frame->first; p < frame->first + frame->n; p++)
    for (gsize i = 0; i + 1 < self->n; i++)
      {
        double x0 = x_at (self, frame, self->x[i]), x1 = x_at (self, frame, self->x[i + 1]);
        double y0 = ins_axis_map (&frame->y_axis, self->panels[p].y[i]);
        double y1 = ins_axis_map (&frame->y_axis, self->panels[p].y[i + 1]);
        for (int s = 0; s <= 8; s++)
          if (ins_box_contains (box, x0 + (x1 - x0) * s / 8, y0 + (y1 - y0) * s / 8))
            return TRUE;
      }
  return FALSE;
}

static void
draw_mark (InsLine *self, cairo_t *cr, const Frame *frame, gsize p)
{
  InsChart *chart = &self->parent;
  const Panel *panel = &self->panels[p];
  g_autofree char *value = NULL, *at = NULL, *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  double x, y, width, height, em = chart->em;
  const double tries[][2] = { { 0.9, -1.2 },  { 0.9, 0.2 },  { -1.9, -1.2 }, { -1.9, 0.2 },
                              { -0.5, -1.9 }, { -0.5, 0.9 }, { 0.9, -2.2 },  { 0.9, 1.2 } };
  InsBox box = { 0 }, best = { 0 };
  gboolean placed = FALSE;

  if (panel->marked < 0 || (gsize)panel->marked >= self->n || !isfinite (panel->y[panel->marked])
      || !isfinite (self->x[panel->marked]))
    return;
  x = x_at (self, frame, self->x[panel->marked]);
  y = ins_axis_map (&frame->y_axis, panel->y[panel->marked]);
  value = ins_format_short (panel->y[panel->marked]);
  at = ins_format_short (self->x[panel->marked]);
  /* TRANSLATORS: what is marked, where, its value: "knee 6: 1,234" */
  text = panel->mark_text ? g_strdup_printf (_ ("%s %s: %s"), panel->mark_text, at, value)
                          : g_strdup_printf ("%s: %s", at, value);
  layout =
      ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text, frame->plot.width * 0.7);
  ins_text_size (layout, &width, &height);
  for (gsize t = 0; t < G_N_ELEMENTS (tries) && !placed; t++)
    {
      double dx = tries[t][0] == -1.9 ? -em * 0.9 - width
                  : tries[t][0] < 0   ? -width / 2
                                      : tries[t][0] * em;
      box = (InsBox){ x + dx, y + tries[t][1] * height, width, height };
      box.x = CLAMP (box.x, frame->plot.x, ins_box_right (&chart->body) - width);
      if (box.y < frame->plot.y - em * 0.4 || ins_box_bottom (&box) > ins_box_bottom (&frame->plot))
        continue;
      if (best.width == 0)
        best = box;
      placed = !crosses_lines (self, frame, &box)
               && !(self->chosen > 0 && fabs (x - x_at (self, frame, self->chosen)) > 1
                    && x_at (self, frame, self->chosen) > box.x
                    && x_at (self, frame, self->chosen) < ins_box_right (&box));
    }
  if (!placed)
    box = best.width > 0 ? best : box;
  ins_marker_path (cr, 0, x, y, em * 0.62);
  ins_set_colour (cr, &chart->theme->background, 1);
  cairo_fill (cr);
  ins_marker_path (cr, 0, x, y, em * 0.42);
  ins_set_colour (cr, &chart->theme->text, 1);
  cairo_fill (cr);
  box.y = CLAMP (box.y, chart->body.y, ins_box_bottom (&chart->body) - height);
  ins_text_show (cr, layout, box.x, box.y, 0, 0, &chart->theme->text, &chart->theme->background);
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
      const Frame *first = &self->frames[column], *last = first;
      double x, width;
      for (gsize f = column; f < self->n_frames; f += self->columns)
        last = &self->frames[f];
      x = x_at (self, first, self->chosen);
      ins_line_vertical (cr, x, chart->body.y + chart->em * 0.95, ins_box_bottom (&last->plot));
      ins_set_colour (cr, &chart->theme->accent, 1);
      cairo_set_line_width (cr, MAX (1, chart->em * 0.11));
      cairo_stroke (cr);
      width = ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text, 0,
                     MIN (MAX (x, free_from + width / 2), ins_box_right (&chart->body) - width / 2),
                     chart->body.y - chart->em * 0.3, 0.5, 0, &chart->theme->accent);
    }
}

/* Names at the lines' ends, pushed apart. */
static void
draw_series_names (InsLine *self, cairo_t *cr, const Frame *frame)
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
    if (has_point (self, i))
      return FALSE;
  return TRUE;
}

static void
line_draw (InsChart *chart, cairo_t *cr)
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

static void
line_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsLine *self = (InsLine *)chart;

  if (state->hover < 0 || !has_point (self, (gsize)state->hover))
    return;
  for (gsize f = 0; f < self->n_frames; f++)
    {
      Frame *frame = &self->frames[f];
      double x = x_at (self, frame, self->x[state->hover]);
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

/* --- what lies where --- */

static gboolean
set_hit (InsLine *self, const Frame *frame, gsize i, InsChartHit *hit)
{
  double x = x_at (self, frame, self->x[i]);
  for (gsize p = frame->first; p < frame->first + frame->n; p++)
    if (isfinite (self->panels[p].y[i]))
      {
        double y = ins_axis_map (&frame->y_axis, self->panels[p].y[i]);
        double r = self->parent.em * 0.5;
        ins_hit_set (hit, (int)i, -1, self->x[i], x - r, y - r, 2 * r, 2 * r);
        return TRUE;
      }
  return FALSE;
}

static gboolean
line_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsLine *self = (InsLine *)chart;
  double em = chart->em;

  for (gsize f = 0; f < self->n_frames; f++)
    {
      const Frame *frame = &self->frames[f];
      InsBox wide = { frame->plot.x - em, frame->title_y, frame->plot.width + 2 * em,
                      ins_box_bottom (&frame->plot) - frame->title_y + em };
      double best = G_MAXDOUBLE;
      gboolean found = FALSE;
      if (!ins_box_contains (&wide, x, y))
        continue;
      for (gsize i = 0; i < self->n; i++)
        if (has_point (self, i))
          {
            double d = fabs (x_at (self, frame, self->x[i]) - x);
            InsChartHit candidate;
            if (d < best && set_hit (self, frame, i, &candidate))
              {
                best = d;
                *hit = candidate;
                found = TRUE;
              }
          }
      if (found)
        return TRUE;
    }
  return FALSE;
}

static gboolean
line_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsLine *self = (InsLine *)chart;
  if (!has_point (self, (gsize)item))
    return FALSE;
  for (gsize f = 0; f < self->n_frames; f++)
    if (set_hit (self, &self->frames[f], (gsize)item, hit))
      return TRUE;
  return FALSE;
}

static int
line_count (InsChart *chart)
{
  return (int)((InsLine *)chart)->n;
}

/* --- in words --- */

static void
append_name (GString *text, const Panel *panel)
{
  if (panel->title)
    g_string_append (text, panel->title);
  if (panel->series)
    g_string_append_printf (text, panel->title ? " (%s)" : "%s", panel->series);
}

static char *
line_describe_item (InsChart *chart, int item)
{
  InsLine *self = (InsLine *)chart;
  GString *text;
  g_autofree char *x = NULL;

  if (!has_point (self, (gsize)item))
    return NULL;
  x = ins_format_short (self->x[item]);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s %s", self->x_title ? self->x_title : "x", x);
  for (gsize p = 0, written = 0; p < self->n_panels; p++)
    if (isfinite (self->panels[p].y[item]))
      {
        g_autofree char *value = ins_format_short (self->panels[p].y[item]);
        g_string_append (text, written++ == 0 ? ": " : ", ");
        append_name (text, &self->panels[p]);
        g_string_append_printf (text, " %s", value);
      }
  return g_string_free (text, FALSE);
}

static char *
line_describe (InsChart *chart)
{
  InsLine *self = (InsLine *)chart;
  GString *text = g_string_new (NULL);
  double lo, hi;

  g_string_append_printf (
      text, ngettext ("Line chart of %d point", "Line charts of %d points", self->n), (int)self->n);
  for (gsize p = 0; p < self->n_panels; p++)
    if (ins_finite_range (self->panels[p].y, self->n, &lo, &hi))
      {
        const Panel *panel = &self->panels[p];
        g_autofree char *low = ins_format_short (lo), *high = ins_format_short (hi);
        g_string_append (text, "; ");
        append_name (text, panel);
        g_string_append_printf (text, _ (" from %s to %s"), low, high);
        if (panel->marked >= 0 && (gsize)panel->marked < self->n)
          {
            g_autofree char *x = ins_format_short (self->x[panel->marked]);
            g_string_append_printf (text, ", %s %s",
                                    panel->mark_text ? panel->mark_text : _ ("marked"), x);
          }
      }
  if (isfinite (self->chosen))
    {
      g_autofree char *x = ins_format_short (self->chosen);
      g_string_append_printf (text, _ ("; chosen %s"), x);
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
line_to_csv (InsChart *chart, GString *csv)
{
  InsLine *self = (InsLine *)chart;

  ins_chart_csv_text (csv, self->x_title ? self->x_title : "x");
  for (gsize p = 0; p < self->n_panels; p++)
    {
      GString *name = g_string_new (NULL);
      append_name (name, &self->panels[p]);
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, name->str);
      g_string_free (name, TRUE);
    }
  g_string_append_c (csv, '\n');
  for (gsize i = 0; i < self->n; i++)
    {
      ins_chart_csv_number (csv, self->x[i]);
      for (gsize p = 0; p < self->n_panels; p++)
        {
          g_string_append_c (csv, ',');
          ins_chart_csv_number (csv, self->panels[p].y[i]);
        }
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
line_finalize (InsChart *chart)
{
  InsLine *self = (InsLine *)chart;
  for (gsize p = 0; p < self->n_panels; p++)
    {
      g_free (self->panels[p].title);
      g_free (self->panels[p].series);
      g_free (self->panels[p].y);
      g_free (self->panels[p].mark_text);
    }
  g_free (self->panels);
  g_free (self->frames);
  g_free (self->x);
  g_free (self->x_title);
}

static const InsChartClass line_class = {
  .kind = "line",
  .size = sizeof (InsLine),
  .finalize = line_finalize,
  .layout = line_layout,
  .draw = line_draw,
  .draw_state = line_draw_state,
  .hit = line_hit,
  .locate = line_locate,
  .count = line_count,
  .describe_item = line_describe_item,
  .describe = line_describe,
  .to_csv = line_to_csv,
};

InsChart *
ins_line_chart_new (const double *x, gsize n, const char *x_title, const InsLinePanel *panels,
                    gsize n_panels, double chosen)
{
  InsLine *self;

  g_return_val_if_fail (n == 0 || x != NULL, NULL);
  g_return_val_if_fail (n_panels == 0 || panels != NULL, NULL);
  self = ins_chart_alloc (&line_class);
  self->n = n;
  self->x = ins_copy_array (x, n);
  self->x_title = ins_chart_text_copy (x_title);
  self->n_panels = n_panels;
  self->panels = g_new0 (Panel, MAX (n_panels, 1));
  self->frames = g_new0 (Frame, MAX (n_panels, 1));
  self->chosen = chosen;
  self->columns = 1;
  for (gsize p = 0; p < n_panels; p++)
    {
      gboolean same =
          p > 0 && panels[p].title && g_strcmp0 (panels[p].title, panels[p - 1].title) == 0;
      if (!same)
        self->frames[self->n_frames++].first = p;
      self->frames[self->n_frames - 1].n++;
      self->panels[p] = (Panel){ ins_chart_text_copy (panels[p].title),
                                 ins_chart_text_copy (panels[p].series),
                                 n > 0 ? ins_copy_array (panels[p].y, n) : NULL,
                                 panels[p].marked,
                                 ins_chart_text_copy (panels[p].mark_text),
                                 panels[p].less_is_better,
                                 self->n_frames - 1 };
    }
  return (InsChart *)self;
}
