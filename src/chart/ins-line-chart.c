/* ins-line-chart.c: lines over a shared x axis, one panel per index
 *
 * Panels with the same title in a row are series of one panel, labelled at the lines' ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-line-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

gboolean
ins_line_has_point (const InsLine *self, gsize i)
{
  if (i >= self->n || !isfinite (self->x[i]))
    return FALSE;
  for (gsize p = 0; p < self->n_panels; p++)
    if (isfinite (self->panels[p].y[i]))
      return TRUE;
  return FALSE;
}

double
ins_line_x (const InsLine *self, const InsFrame *frame, double x)
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
      InsFrame *frame = &self->frames[f];
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

gsize
ins_line_y_ticks (const InsLine *self, const InsFrame *frame, double *ticks)
{
  double em = self->parent.em;
  gsize wanted = (gsize)CLAMP (frame->plot.height / (2.6 * em), 1, 5), kept = 0;
  gsize n = ins_axis_ticks (&frame->y_axis, wanted, ticks), every = 1;
  InsAxis axis = frame->y_axis; /* its place on the page may not be known yet */
  double gap;

  axis.from = 0;
  axis.to = frame->plot.height;
  gap = n > 1 ? ins_axis_map (&axis, ticks[1]) - ins_axis_map (&axis, ticks[0]) : 0;

  while (n > 1 && every < n && gap * every < 1.3 * em)
    every++;
  for (gsize i = 0; i < n; i += every)
    ticks[kept++] = ticks[i];
  return kept;
}

static double
widest_tick (InsLine *self, const InsFrame *frame)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS], widest = 0;
  gsize n = ins_line_y_ticks (self, frame, ticks);

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
      InsFrame *frame = &self->frames[f];
      frame->plot.height = MAX (height - gap - between, 1);
      left = MAX (left, widest_tick (self, frame));
    }
  left += em * 0.6;
  right = widest_series (self);
  right += right > 0 ? em * 0.8 : em * 0.6;
  width = (chart->body.width - (self->columns - 1) * 1.5 * em) / MAX (self->columns, 1);
  for (gsize f = 0; f < self->n_frames; f++)
    {
      InsFrame *frame = &self->frames[f];
      gsize column = f % self->columns, row = f / self->columns;
      frame->title_y = top + row * height;
      frame->plot.x = chart->body.x + column * (width + 1.5 * em) + left;
      frame->plot.y = frame->title_y + gap;
      frame->plot.width = MAX (width - left - right, 1);
      frame->y_axis.from = ins_box_bottom (&frame->plot);
      frame->y_axis.to = frame->plot.y;
    }
}

/* --- what lies where --- */

static gboolean
set_hit (InsLine *self, const InsFrame *frame, gsize i, InsChartHit *hit)
{
  double x = ins_line_x (self, frame, self->x[i]);
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
      const InsFrame *frame = &self->frames[f];
      InsBox wide = { frame->plot.x - em, frame->title_y, frame->plot.width + 2 * em,
                      ins_box_bottom (&frame->plot) - frame->title_y + em };
      double best = G_MAXDOUBLE;
      gboolean found = FALSE;
      if (!ins_box_contains (&wide, x, y))
        continue;
      for (gsize i = 0; i < self->n; i++)
        if (ins_line_has_point (self, i))
          {
            double d = fabs (ins_line_x (self, frame, self->x[i]) - x);
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
  if (!ins_line_has_point (self, (gsize)item))
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
append_name (GString *text, const InsPanel *panel)
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

  if (!ins_line_has_point (self, (gsize)item))
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
        const InsPanel *panel = &self->panels[p];
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
  .draw = ins_line_draw,
  .draw_state = ins_line_draw_state,
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
  self->panels = g_new0 (InsPanel, MAX (n_panels, 1));
  self->frames = g_new0 (InsFrame, MAX (n_panels, 1));
  self->chosen = chosen;
  self->columns = 1;
  for (gsize p = 0; p < n_panels; p++)
    {
      gboolean same =
          p > 0 && panels[p].title && g_strcmp0 (panels[p].title, panels[p - 1].title) == 0;
      if (!same)
        self->frames[self->n_frames++].first = p;
      self->frames[self->n_frames - 1].n++;
      self->panels[p] = (InsPanel){ ins_chart_text_copy (panels[p].title),
                                    ins_chart_text_copy (panels[p].series),
                                    n > 0 ? ins_copy_array (panels[p].y, n) : NULL,
                                    panels[p].marked,
                                    ins_chart_text_copy (panels[p].mark_text),
                                    panels[p].less_is_better,
                                    self->n_frames - 1 };
    }
  return (InsChart *)self;
}
