/* ins-dendrogram-draw.c: branches, names, counts and the cut
 *
 * Branches narrower than a pixel are drawn as one line, so that the time grows with the width of
 * the page, not with the number of leaves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-axis-draw.h"
#include "chart/ins-dendrogram-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
end_text (const InsDendrogram *self, gsize end)
{
  guint32 count = self->count[self->ends[end]];
  return count == 1 ? g_strdup ("") : ins_format_number (count, 0);
}

static void
draw_heights (InsDendrogram *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS];
  gsize n = ins_dendrogram_ticks (self, ticks);
  int decimals = ins_ticks_decimals (ticks, n);
  const char *title = self->scale == &ins_scale_log ? _ ("Height of the merge (log scale)")
                      : self->scale == &ins_scale_sqrt
                          ? _ ("Height of the merge (square-root scale)")
                          : _ ("Height of the merge");

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick (ticks[i], decimals, NULL, NULL);
      ins_tick_draw_beside (chart, cr, ins_axis_map (&self->y_axis, ticks[i]), self->plot.x,
                            ins_box_right (&self->plot), chart->em * 0.7, text);
    }
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, title, chart->body.width,
                 chart->body.x, chart->body.y - chart->em * 0.2, 0, 0, &chart->theme->dim_text);
}

/* Adds the branches of the subtree whose cluster is @cluster (-1 = the grey ones; -2 = all). */
static void
branch_path (const InsDendrogram *self, cairo_t *cr, gint32 root, int cluster)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (gint32));
  double ground = ins_box_bottom (&self->plot);

  g_array_append_val (stack, root);
  while (stack->len > 0)
    {
      gint32 node = g_array_index (stack, gint32, stack->len - 1);
      double x = ins_dendrogram_x (self, node), y = ins_dendrogram_y (self, node);
      g_array_set_size (stack, stack->len - 1);
      if (!ins_dendrogram_is_inner (self, node))
        continue;
      if (cluster >= 0 && self->cluster[node] >= 0 && self->cluster[node] != cluster)
        continue;
      if (ins_dendrogram_span (self, node) < INS_DENDROGRAM_NARROW)
        {
          if (cluster == -2 || self->cluster[node] == cluster)
            {
              cairo_move_to (cr, x, y);
              cairo_line_to (cr, x, ground);
            }
          continue;
        }
      for (int right = 0; right < 2; right++)
        {
          gint32 child = ins_dendrogram_child (self, node, right);
          /* a branch has the colour of what hangs on it once it is under the cut */
          gint32 colour = self->cluster[node] >= 0 ? self->cluster[node] : -1;
          double cx = ins_dendrogram_x (self, child);
          if (cluster == -2 || colour == cluster)
            {
              cairo_move_to (cr, x, y);
              cairo_line_to (cr, cx, y);
              cairo_line_to (cr, cx, ins_dendrogram_y (self, child));
            }
          g_array_append_val (stack, child);
        }
    }
}

/* The stem of a cluster that ends below the cut: its part under the cut has its colour. */
static void
stems_path (const InsDendrogram *self, cairo_t *cr, int cluster)
{
  double cut = isfinite (self->cut) ? ins_dendrogram_y_of_height (self, self->cut) : 0;
  if (!isfinite (self->cut))
    return;
  for (gsize node = 0; node < self->n_nodes; node++)
    if (self->cluster[node] == cluster && isfinite (self->at[node]) && self->up[node] >= 0
        && self->cluster[self->up[node]] < 0)
      {
        double x = ins_dendrogram_x (self, (gint32)node), y = ins_dendrogram_y (self, (gint32)node);
        if (y > cut)
          {
            cairo_move_to (cr, x, MAX (cut, ins_dendrogram_y (self, self->up[node])));
            cairo_line_to (cr, x, y);
          }
      }
}

static void
draw_branches (InsDendrogram *self, cairo_t *cr, int cluster)
{
  const InsTheme *theme = self->parent.theme;
  double spacing = self->plot.width / MAX (self->n_ends, 1), em = self->parent.em;
  double width = spacing < 3 ? MAX (0.8, em * 0.08) : em * 0.15;
  const InsColour *colour =
      cluster < 0 ? &theme->noise
                  : ins_chart_group_colour (&self->parent, self->groups, self->n_groups, cluster);

  cairo_new_path (cr);
  branch_path (self, cr, (gint32)self->n_nodes - 1, cluster);
  if (cluster >= 0)
    stems_path (self, cr, cluster);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_MITER);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  if (colour == &theme->gold)
    {
      ins_set_colour (cr, &theme->gold_edge, 1);
      cairo_set_line_width (cr, width + (spacing < 3 ? 0.5 : 1.1));
      cairo_stroke_preserve (cr);
    }
  ins_set_colour (cr, colour, 1);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_counts (InsDendrogram *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double spacing = self->plot.width / MAX (self->n_ends, 1), top;
  gboolean flat = self->counts_height < chart->em * 2;

  if (self->counts_height == 0)
    return;
  top = ins_box_bottom (&self->plot) + chart->em * 0.25;
  for (gsize e = 0; e < self->n_ends; e++)
    {
      g_autofree char *text = end_text (self, e);
      g_autoptr (PangoLayout) layout =
          ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL, text, 0);
      double x = self->plot.x + spacing * (e + 0.5), width, height;
      ins_text_size (layout, &width, &height);
      if (flat && width < spacing)
        ins_text_show (cr, layout, x, top, 0.5, 0, &chart->theme->dim_text, NULL);
      else if (!flat && height <= spacing * 1.25)
        {
          cairo_save (cr);
          cairo_translate (cr, x, top);
          cairo_rotate (cr, -G_PI / 2);
          ins_text_show (cr, layout, 0, 0, 1, 0.5, &chart->theme->dim_text, NULL);
          cairo_restore (cr);
        }
    }
}

/* A run of neighbouring ends of one cluster. */
typedef struct
{
  int cluster;
  gsize first, n;
} Run;

static int
compare_runs (gconstpointer a, gconstpointer b)
{
  const Run *p = a, *q = b;
  if (p->n != q->n)
    return p->n > q->n ? -1 : 1;
  return p->first < q->first ? -1 : 1;
}

static GArray *
find_runs (const InsDendrogram *self)
{
  GArray *runs = g_array_new (FALSE, TRUE, sizeof (Run));
  for (gsize e = 0; e < self->n_ends; e++)
    {
      int cluster = self->cluster[self->ends[e]];
      Run *last = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;
      if (cluster < 0)
        continue;
      if (last && last->cluster == cluster && last->first + last->n == e)
        last->n++;
      else
        {
          Run run = { cluster, e, 1 };
          g_array_append_val (runs, run);
        }
    }
  return runs;
}

/* A strip in the cluster's colour under its ends, its name below where there is room. */
static void
draw_names (InsDendrogram *self, cairo_t *cr, int only)
{
  InsChart *chart = &self->parent;
  g_autoptr (GArray) runs = find_runs (self);
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (InsBox));
  double spacing = self->plot.width / MAX (self->n_ends, 1), em = chart->em;
  double top = ins_box_bottom (&self->plot) + self->counts_height + em * 0.3;

  g_array_sort (runs, compare_runs);
  for (guint r = 0; r < runs->len; r++)
    {
      const Run *run = &g_array_index (runs, Run, r);
      double x0 = self->plot.x + spacing * run->first, x1 = x0 + spacing * run->n, w, h;
      double inset = MIN (0.5, (x1 - x0) * 0.1);
      g_autoptr (PangoLayout) layout = NULL;
      if (only >= 0 && only != run->cluster)
        continue;
      cairo_new_path (cr);
      cairo_rectangle (cr, x0 + inset, top, MAX (x1 - x0 - 2 * inset, 0.5), em * 0.35);
      ins_set_colour (
          cr, ins_chart_group_colour (chart, self->groups, self->n_groups, run->cluster), 1);
      cairo_fill (cr);
      layout = ins_text_new (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD,
                             self->groups[run->cluster].name, em * 12);
      ins_text_size (layout, &w, &h);
      for (int line = 0; line < (self->names_height > em * 2.5 ? 2 : 1); line++)
        {
          InsBox box = { CLAMP ((x0 + x1 - w) / 2, self->plot.x - em,
                                MAX (ins_box_right (&chart->body) - w, self->plot.x - em)),
                         top + em * 0.5 + line * em * 1.15, w + em * 0.5, h * 0.95 };
          gboolean free = TRUE;
          for (guint b = 0; b < boxes->len && free; b++)
            free = !ins_box_overlaps (&box, &g_array_index (boxes, InsBox, b));
          if (free)
            {
              ins_text_show (cr, layout, box.x, box.y, 0, 0, &chart->theme->text, NULL);
              g_array_append_val (boxes, box);
              break;
            }
        }
    }
}

/* --- the cut --- */

static void
rounded (cairo_t *cr, const InsBox *box)
{
  double r = box->height / 2;
  cairo_new_path (cr);
  cairo_arc (cr, box->x + r, box->y + r, r, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, ins_box_right (box) - r, box->y + r, r, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
}

static void
draw_cut (InsDendrogram *self, cairo_t *cr, double cut)
{
  InsChart *chart = &self->parent;
  const double dashes[] = { 6, 3 };
  g_autofree char *text = NULL;
  double y, em = chart->em;
  InsBox box;

  if (!isfinite (cut))
    return;
  text = ins_dendrogram_cut_text (self, cut);
  y = ins_dendrogram_y_of_height (self, cut);
  box = ins_dendrogram_handle_box (self, cut);
  ins_line_horizontal (cr, self->plot.x, box.x, y);
  cairo_set_dash (cr, dashes, 2, 0);
  ins_set_colour (cr, &chart->theme->accent, 1);
  cairo_set_line_width (cr, em * 0.14);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  rounded (cr, &box);
  ins_set_colour (cr, &chart->theme->accent, 1);
  cairo_fill (cr);
  for (int side = -1; side <= 1; side += 2) /* two small arrows: it can be dragged */
    {
      double x = box.x + em * 0.85, m = box.y + box.height / 2 + side * em * 0.22;
      cairo_move_to (cr, x - em * 0.25, m);
      cairo_line_to (cr, x, m + side * em * 0.32);
      cairo_line_to (cr, x + em * 0.25, m);
      cairo_close_path (cr);
    }
  ins_set_colour (cr, &chart->theme->background, 1);
  cairo_fill (cr);
  ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text, 0, box.x + em * 1.45,
                 box.y + box.height / 2, 0, 0.5, &chart->theme->background);
}

static void
draw_tree (InsDendrogram *self, cairo_t *cr)
{
  draw_heights (self, cr);
  draw_branches (self, cr, -1);
  for (gsize g = 0; g < self->n_groups; g++)
    draw_branches (self, cr, (int)g);
  draw_counts (self, cr);
  draw_names (self, cr, -1);
}

void
ins_dendrogram_draw (InsChart *chart, cairo_t *cr)
{
  InsDendrogram *self = (InsDendrogram *)chart;

  if (self->n == 0)
    {
      ins_chart_draw_nothing (chart, cr);
      return;
    }
  draw_tree (self, cr);
  draw_cut (self, cr, self->cut);
}

static void
draw_selected (InsDendrogram *self, cairo_t *cr, const InsChartState *state)
{
  double y = ins_box_bottom (&self->plot), em = self->parent.em;
  double spacing = self->plot.width / self->n_ends;

  cairo_new_path (cr);
  for (gsize e = 0; e < self->n_ends; e++)
    {
      gint32 node = (gint32)self->ends[e];
      gsize chosen = 0;
      for (guint32 i = 0; i < self->count[node]; i++)
        {
          guint32 row = self->order[self->start[node] + i];
          chosen += row < state->n_rows && state->selected[row];
        }
      if (chosen > 0)
        cairo_rectangle (cr, self->plot.x + spacing * (e + 0.5) - MAX (spacing * 0.3, 0.5),
                         y - em * 0.3, MAX (spacing * 0.6, 1), em * 0.6);
    }
  ins_set_colour (cr, &self->parent.theme->text, 0.85);
  cairo_fill (cr);
}

static void
draw_hovered (InsDendrogram *self, cairo_t *cr, gint32 node)
{
  const InsTheme *theme = self->parent.theme;
  double em = self->parent.em;

  cairo_new_path (cr);
  branch_path (self, cr, node, -2);
  cairo_move_to (cr, ins_dendrogram_x (self, node), ins_dendrogram_y (self, node));
  cairo_line_to (cr, ins_dendrogram_x (self, node),
                 self->up[node] >= 0 ? ins_dendrogram_y (self, self->up[node])
                                     : ins_dendrogram_y (self, node) - em * 0.5);
  ins_set_colour (cr, &theme->background, 0.7);
  cairo_set_line_width (cr, em * 0.5);
  cairo_stroke_preserve (cr);
  ins_set_colour (cr, &theme->text, 1);
  cairo_set_line_width (cr, em * 0.2);
  cairo_stroke (cr);
}

void
ins_dendrogram_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
{
  InsDendrogram *self = (InsDendrogram *)chart;

  if (self->n == 0)
    return;
  if (isfinite (state->cut) && state->cut != self->cut)
    {
      cairo_rectangle (cr, chart->body.x, chart->body.y - chart->em, chart->body.width + chart->em,
                       chart->body.height + chart->em);
      cairo_save (cr);
      cairo_clip (cr);
      ins_set_colour (cr, &chart->theme->background, 1);
      cairo_paint (cr);
      draw_tree (self, cr);
      draw_cut (self, cr, state->cut);
      cairo_restore (cr);
    }
  if (state->hover_group >= 0 && (gsize)state->hover_group < self->n_groups)
    {
      InsBox all = { self->plot.x - chart->em * 1.2, self->plot.y,
                     self->plot.width + chart->em * 1.2,
                     ins_box_bottom (&chart->body) - self->plot.y };
      ins_chart_veil (chart, cr, &all);
      draw_branches (self, cr, state->hover_group);
      draw_names (self, cr, state->hover_group);
      draw_cut (self, cr, isfinite (state->cut) ? state->cut : self->cut);
    }
  if (state->selected)
    draw_selected (self, cr, state);
  if (state->hover >= 0 && (gsize)state->hover < self->n_nodes && isfinite (self->at[state->hover]))
    draw_hovered (self, cr, state->hover);
}
