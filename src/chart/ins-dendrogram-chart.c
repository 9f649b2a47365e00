/* ins-dendrogram-chart.c: a hierarchical clustering as a tree
 *
 * Branches narrower than a pixel are drawn as one line, so that the time grows with the width of
 * the page, not with the number of leaves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-dendrogram-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NARROW 0.7

static double
x_of (const InsDendrogram *self, gint32 node)
{
  return self->plot.x + self->plot.width * self->at[node] / MAX (self->n_ends, 1);
}

/* Ends stand on the ground. */
static double
y_of (const InsDendrogram *self, gint32 node)
{
  if (!ins_dendrogram_is_inner (self, node))
    return ins_box_bottom (&self->plot);
  return MIN (ins_axis_map (&self->y_axis, ins_dendrogram_height (self, node)),
              ins_box_bottom (&self->plot));
}

static double
y_of_height (const InsDendrogram *self, double height)
{
  return CLAMP (ins_axis_map (&self->y_axis, MAX (height, self->y_axis.lo)), self->plot.y,
                ins_box_bottom (&self->plot));
}

/* Width on the page of all that hangs below. */
static double
span_of (const InsDendrogram *self, gint32 node)
{
  double leaf = self->plot.width / MAX (self->n_ends, 1);
  if (!ins_dendrogram_is_inner (self, node))
    return 0;
  return self->first_inner > self->n ? leaf * 2 : leaf * (self->count[node] - 1);
}

static char *
cut_text (const InsDendrogram *self, double cut)
{
  gsize k = ins_dendrogram_clusters_at (self, cut);
  if (cut == self->cut && self->k > 0)
    k = self->k;
  return g_strdup_printf (ngettext ("%d cluster", "%d clusters", k), (int)k);
}

static double
handle_width (const InsDendrogram *self, double cut)
{
  const InsChart *chart = &self->parent;
  g_autofree char *text = cut_text (self, cut);
  return ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text) + chart->em * 2.2;
}

/* --- layout --- */

static void
set_heights (InsDendrogram *self)
{
  double hi = 0, lo = 0;

  for (gsize node = self->first_inner; node < self->n_nodes && self->n > 1; node++)
    {
      double h = ins_dendrogram_height (self, (gint32)node);
      hi = MAX (hi, h);
      if (self->scale == &ins_scale_log && h > 0 && (lo == 0 || h < lo))
        lo = h;
    }
  if (self->scale == &ins_scale_log)
    {
      lo = lo > 0 ? lo : 0.1;
      hi = MAX (hi, lo * 1.001);
      lo = MAX (lo * pow (lo / hi, 0.06), G_MINDOUBLE);
      hi = MIN (hi * pow (hi / lo, 0.05), G_MAXDOUBLE);
    }
  else
    hi = hi > 0 ? MIN (hi * 1.05, G_MAXDOUBLE) : 1;
  ins_axis_set_range (&self->y_axis, self->scale, lo, hi, 0);
}

static gsize
height_ticks (const InsDendrogram *self, double *ticks)
{
  gsize wanted = (gsize)CLAMP (self->plot.height / (3 * self->parent.em), 2, 5);
  return ins_axis_ticks (&self->y_axis, wanted, ticks);
}

static char *
end_text (const InsDendrogram *self, gsize end)
{
  guint32 count = self->count[self->ends[end]];
  g_autofree char *number = NULL;
  if (count == 1)
    return g_strdup ("");
  number = ins_format_number (count, 0);
  return g_strdup (number);
}

static void
dendrogram_layout (InsChart *chart)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  double em = chart->em, ticks[INS_MAX_TICKS], widest = 0, spacing;
  gsize n;
  int decimals;

  if (self->n == 0)
    return;
  set_heights (self);
  self->plot.y = chart->body.y + em * 1.5;
  spacing = (chart->body.width - 4 * em) / MAX (self->n_ends, 1);
  self->counts_height = self->first_inner > self->n && spacing > em * 0.95 ? em * 2.6 : 0;
  if (self->counts_height > 0 && spacing > em * 2.6)
    self->counts_height = em * 1.4; /* they lie flat */
  self->names_height =
      self->n_groups > 0 ? (chart->body.height > 16 * em ? em * 3.1 : em * 1.8) : em * 0.4;
  self->plot.height = MAX (
      ins_box_bottom (&chart->body) - self->plot.y - self->counts_height - self->names_height, 1);
  n = height_ticks (self, ticks);
  decimals = ins_ticks_decimals (ticks, n);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick (ticks[i], decimals, NULL, NULL);
      widest = MAX (widest, ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL, text));
    }
  self->plot.x = chart->body.x + widest + em * 0.7;
  self->plot.width = MAX (ins_box_right (&chart->body) - self->plot.x, 1);
  if (!chart->small && isfinite (self->cut)) /* the handle stands beside the tree */
    self->plot.width -= handle_width (self, self->cut) + em * 0.3;
  self->y_axis.from = ins_box_bottom (&self->plot);
  self->y_axis.to = self->plot.y;
}

/* --- drawing --- */

static void
draw_heights (InsDendrogram *self, cairo_t *cr)
{
  InsChart *chart = &self->parent;
  double ticks[INS_MAX_TICKS];
  gsize n = height_ticks (self, ticks);
  int decimals = ins_ticks_decimals (ticks, n);
  const char *title = self->scale == &ins_scale_log ? _ ("Height of the merge (log scale)")
                      : self->scale == &ins_scale_sqrt
                          ? _ ("Height of the merge (square-root scale)")
                          : _ ("Height of the merge");

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *text = ins_format_tick (ticks[i], decimals, NULL, NULL);
      double y = ins_axis_map (&self->y_axis, ticks[i]);
      ins_line_horizontal (cr, self->plot.x, ins_box_right (&self->plot), y);
      ins_set_colour (cr, &chart->theme->grid, 1);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
      ins_text_draw (cr, chart->pango, chart->theme, INS_TEXT_SMALL, text, 0,
                     self->plot.x - chart->em * 0.7, y, 1, 0.5, &chart->theme->dim_text);
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
      double x = x_of (self, node), y = y_of (self, node);
      g_array_set_size (stack, stack->len - 1);
      if (!ins_dendrogram_is_inner (self, node))
        continue;
      if (cluster >= 0 && self->cluster[node] >= 0 && self->cluster[node] != cluster)
        continue;
      if (span_of (self, node) < NARROW)
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
          double cx = x_of (self, child);
          if (cluster == -2 || colour == cluster)
            {
              cairo_move_to (cr, x, y);
              cairo_line_to (cr, cx, y);
              cairo_line_to (cr, cx, y_of (self, child));
            }
          g_array_append_val (stack, child);
        }
    }
}

/* The stem of a cluster that ends below the cut: its part under the cut has its colour. */
static void
stems_path (const InsDendrogram *self, cairo_t *cr, int cluster)
{
  double cut = isfinite (self->cut) ? y_of_height (self, self->cut) : 0;
  if (!isfinite (self->cut))
    return;
  for (gsize node = 0; node < self->n_nodes; node++)
    if (self->cluster[node] == cluster && isfinite (self->at[node]) && self->up[node] >= 0
        && self->cluster[self->up[node]] < 0)
      {
        double x = x_of (self, (gint32)node), y = y_of (self, (gint32)node);
        if (y > cut)
          {
            cairo_move_to (cr, x, MAX (cut, y_of (self, self->up[node])));
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

static InsBox
handle_box (const InsDendrogram *self, double cut)
{
  const InsChart *chart = &self->parent;
  g_autofree char *text = cut_text (self, cut);
  double width =
      ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text) + chart->em * 2.2;
  double height = chart->em * 1.9, y = y_of_height (self, cut) - height / 2;
  return (InsBox){ ins_box_right (&chart->body) - width,
                   CLAMP (y, chart->body.y, ins_box_bottom (&chart->body) - height), width,
                   height };
}

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
  text = cut_text (self, cut);
  y = y_of_height (self, cut);
  box = handle_box (self, cut);
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

static void
dendrogram_draw (InsChart *chart, cairo_t *cr)
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
  cairo_move_to (cr, x_of (self, node), y_of (self, node));
  cairo_line_to (cr, x_of (self, node),
                 self->up[node] >= 0 ? y_of (self, self->up[node]) : y_of (self, node) - em * 0.5);
  ins_set_colour (cr, &theme->background, 0.7);
  cairo_set_line_width (cr, em * 0.5);
  cairo_stroke_preserve (cr);
  ins_set_colour (cr, &theme->text, 1);
  cairo_set_line_width (cr, em * 0.2);
  cairo_stroke (cr);
}

static void
dendrogram_draw_state (InsChart *chart, cairo_t *cr, const InsChartState *state)
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

/* --- what lies where --- */

/* Neither inside an end nor in a branch too narrow to be seen. */
static gboolean
is_visible (const InsDendrogram *self, gint32 node)
{
  if (node < 0 || (gsize)node >= self->n_nodes || !isfinite (self->at[node]))
    return FALSE;
  if (self->up[node] >= 0 && span_of (self, self->up[node]) < NARROW)
    return FALSE;
  return !ins_dendrogram_is_inner (self, node) || span_of (self, node) >= NARROW;
}

static gboolean
dendrogram_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  double x, y, top;

  if (self->n == 0 || !is_visible (self, item))
    return FALSE;
  x = x_of (self, item);
  y = y_of (self, item);
  if (ins_dendrogram_is_inner (self, item))
    {
      double x0 = x_of (self, ins_dendrogram_child (self, item, FALSE));
      double x1 = x_of (self, ins_dendrogram_child (self, item, TRUE));
      ins_hit_set (hit, item, self->cluster[item], ins_dendrogram_height (self, item), x0, y - 2,
                   x1 - x0, 4);
      return TRUE;
    }
  top = self->up[item] >= 0 ? y_of (self, self->up[item]) : self->plot.y;
  ins_hit_set (hit, item, self->cluster[item], ins_dendrogram_height (self, item), x - 1.5, top, 3,
               y - top);
  return TRUE;
}

/* Distance to the node's bar or to the branch above it. */
static double
distance_to (const InsDendrogram *self, gint32 node, double x, double y)
{
  double nx = x_of (self, node), ny = y_of (self, node), best = G_MAXDOUBLE;
  if (ins_dendrogram_is_inner (self, node))
    {
      double x0 = x_of (self, ins_dendrogram_child (self, node, FALSE));
      double x1 = x_of (self, ins_dendrogram_child (self, node, TRUE));
      if (x >= x0 && x <= x1)
        best = fabs (y - ny);
    }
  if (self->up[node] >= 0 && y <= ny && y >= y_of (self, self->up[node]))
    best = MIN (best, fabs (x - nx));
  return best;
}

static gboolean
hit_cut (InsDendrogram *self, double x, double y, InsChartHit *hit)
{
  InsBox box;
  double line;
  if (!isfinite (self->cut))
    return FALSE;
  box = handle_box (self, self->cut);
  line = y_of_height (self, self->cut);
  if (!ins_box_contains (&box, x, y)
      && !(fabs (y - line) <= 2.5 && x >= self->plot.x && x <= ins_box_right (&self->plot)))
    return FALSE;
  ins_hit_set (hit, -1, -1, self->cut, box.x, box.y, box.width, box.height);
  hit->handle = TRUE;
  return TRUE;
}

static gboolean
dendrogram_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  double best = 6;
  gint32 found = -1;
  gboolean cut;

  if (self->n == 0 || !ins_box_contains (&chart->body, x, y))
    return FALSE;
  cut = hit_cut (self, x, y, hit);
  if (cut)
    {
      InsBox box = handle_box (self, self->cut);
      if (ins_box_contains (&box, x, y))
        return TRUE;
      best = fabs (y - y_of_height (self, self->cut)); /* a branch nearer than the line wins */
    }
  for (gint32 node = 0; node < (gint32)self->n_nodes; node++)
    if (is_visible (self, node))
      {
        double d = distance_to (self, node, x, y);
        if (d < best)
          {
            best = d;
            found = node;
          }
      }
  if (found < 0)
    return cut;
  return dendrogram_locate (chart, found, hit);
}

static double
dendrogram_value_at (InsChart *chart, double x, double y)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  if (self->n == 0)
    return NAN;
  return ins_axis_unmap (&self->y_axis, CLAMP (y, self->plot.y, ins_box_bottom (&self->plot)));
}

static int
dendrogram_count (InsChart *chart)
{
  return (int)((InsDendrogram *)chart)->n_nodes;
}

/* Down to the larger branch, up to the one it hangs on, to the side across the merge. */
static int
dendrogram_move (InsChart *chart, int item, int dx, int dy)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  gint32 a, b;

  if (self->n == 0)
    return -1;
  if (item < 0 || !is_visible (self, item))
    return (int)self->n_nodes - 1;
  if (dy < 0)
    return self->up[item] >= 0 ? self->up[item] : item;
  if (dy > 0)
    {
      if (!ins_dendrogram_is_inner (self, item))
        return item;
      a = ins_dendrogram_child (self, item, FALSE);
      b = ins_dendrogram_child (self, item, TRUE);
      a = self->count[a] >= self->count[b] ? a : b;
      return is_visible (self, a) ? a : item;
    }
  if (dx == 0 || self->up[item] < 0)
    return item;
  a = ins_dendrogram_child (self, self->up[item], dx > 0);
  return is_visible (self, a) ? a : item;
}

static void
dendrogram_get_rows (InsChart *chart, int item, GArray *rows)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  if ((gsize)item < self->n_nodes)
    g_array_append_vals (rows, self->order + self->start[item], self->count[item]);
}

static void
dendrogram_pick (InsChart *chart, const InsBox *box, GArray *rows)
{
  InsDendrogram *self = (InsDendrogram *)chart;

  if (self->n == 0 || box->y > ins_box_bottom (&self->plot) || ins_box_bottom (box) < self->plot.y)
    return;
  for (gsize e = 0; e < self->n_ends; e++)
    {
      double x = x_of (self, (gint32)self->ends[e]);
      if (x >= box->x && x <= ins_box_right (box))
        dendrogram_get_rows (chart, (int)self->ends[e], rows);
    }
}

/* --- in words --- */

static char *
dendrogram_describe_item (InsChart *chart, int item)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  g_autofree char *count = NULL, *height = NULL, *what = NULL;

  if ((gsize)item >= self->n_nodes)
    return NULL;
  count = ins_format_number (self->count[item], 0);
  what = g_strdup_printf (ngettext ("%s customer", "%s customers", self->count[item]), count);
  if ((gsize)item < self->n)
    return self->cluster[item] >= 0
               ? g_strdup_printf ("%s: %s", what, self->groups[self->cluster[item]].name)
               : g_steal_pointer (&what);
  height = ins_format_short (ins_dendrogram_height (self, item));
  if (self->cluster[item] >= 0)
    return g_strdup_printf (_ ("%s joined at height %s, in %s"), what, height,
                            self->groups[self->cluster[item]].name);
  return g_strdup_printf (_ ("%s joined at height %s"), what, height);
}

static char *
dendrogram_describe (InsChart *chart)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  g_autofree char *n = ins_format_number ((double)self->n, 0);
  g_autofree char *cut = NULL, *clusters = NULL, *top = NULL;

  if (self->n < 2 || !isfinite (self->cut))
    return g_strdup_printf (_ ("Dendrogram of %s customers."), n);
  cut = ins_format_short (self->cut);
  clusters = cut_text (self, self->cut);
  top = ins_format_short (self->height[self->n - 2]);
  return g_strdup_printf (
      _ ("Dendrogram of %s customers in %d branches, joined up to height %s; cut "
         "at height %s into %s."),
      n, (int)self->n_ends, top, cut, clusters);
}

static void
dendrogram_to_csv (InsChart *chart, GString *csv)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  g_string_append (csv, "left,right,height,size\n");
  for (gsize i = 0; i + 1 < self->n; i++)
    {
      g_string_append_printf (csv, "%d,%d,", self->left[i], self->right[i]);
      ins_chart_csv_number (csv, self->height[i]);
      g_string_append_printf (csv, ",%u\n", self->count[self->n + i]);
    }
}

/* --- life --- */

static void
dendrogram_finalize (InsChart *chart)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  g_free (self->left);
  g_free (self->right);
  g_free (self->height);
  g_free (self->group);
  ins_chart_groups_free (self->groups, self->n_groups);
  g_free (self->order);
  g_free (self->start);
  g_free (self->count);
  g_free (self->up);
  g_free (self->cluster);
  g_free (self->ends);
  g_free (self->at);
}

static const InsChartClass dendrogram_class = {
  .kind = "dendrogram",
  .size = sizeof (InsDendrogram),
  .finalize = dendrogram_finalize,
  .layout = dendrogram_layout,
  .draw = dendrogram_draw,
  .draw_state = dendrogram_draw_state,
  .hit = dendrogram_hit,
  .locate = dendrogram_locate,
  .count = dendrogram_count,
  .value_at = dendrogram_value_at,
  .move = dendrogram_move,
  .pick = dendrogram_pick,
  .get_rows = dendrogram_get_rows,
  .describe_item = dendrogram_describe_item,
  .describe = dendrogram_describe,
  .to_csv = dendrogram_to_csv,
};

static const InsScaleType *const height_scales[] = { &ins_scale_linear, &ins_scale_sqrt,
                                                     &ins_scale_log };

InsChart *
ins_dendrogram_chart_new (const InsDendrogramData *data)
{
  InsDendrogram *self;

  g_return_val_if_fail (data != NULL && data->scale < G_N_ELEMENTS (height_scales), NULL);
  self = ins_chart_alloc (&dendrogram_class);
  self->scale = height_scales[data->scale];
  self->k = data->k;
  self->cut = data->cut;
  self->n_groups = data->groups ? data->n_groups : 0;
  self->groups = ins_chart_groups_copy (data->groups, self->n_groups);
  if (!ins_dendrogram_check (data))
    return (InsChart *)self;
  self->n = data->n;
  if (data->n > 1)
    {
      self->left = ins_copy_array (data->left, data->n - 1);
      self->right = ins_copy_array (data->right, data->n - 1);
      self->height = ins_copy_array (data->height, data->n - 1);
    }
  self->group = data->group ? ins_copy_array (data->group, data->n) : NULL;
  ins_dendrogram_build (self, data->truncate);
  return (InsChart *)self;
}
