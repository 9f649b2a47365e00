/* ins-dendrogram-chart.c: a hierarchical clustering as a tree: layout, what lies where, words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-dendrogram-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

double
ins_dendrogram_x (const InsDendrogram *self, gint32 node)
{
  return self->plot.x + self->plot.width * self->at[node] / MAX (self->n_ends, 1);
}

/* Ends stand on the ground. */
double
ins_dendrogram_y (const InsDendrogram *self, gint32 node)
{
  if (!ins_dendrogram_is_inner (self, node))
    return ins_box_bottom (&self->plot);
  return MIN (ins_axis_map (&self->y_axis, ins_dendrogram_height (self, node)),
              ins_box_bottom (&self->plot));
}

double
ins_dendrogram_y_of_height (const InsDendrogram *self, double height)
{
  return CLAMP (ins_axis_map (&self->y_axis, MAX (height, self->y_axis.lo)), self->plot.y,
                ins_box_bottom (&self->plot));
}

/* Width on the page of all that hangs below. */
double
ins_dendrogram_span (const InsDendrogram *self, gint32 node)
{
  double leaf = self->plot.width / MAX (self->n_ends, 1);
  if (!ins_dendrogram_is_inner (self, node))
    return 0;
  return self->first_inner > self->n ? leaf * 2 : leaf * (self->count[node] - 1);
}

char *
ins_dendrogram_cut_text (const InsDendrogram *self, double cut)
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
  g_autofree char *text = ins_dendrogram_cut_text (self, cut);
  return ins_text_width (chart->pango, chart->theme, INS_TEXT_SMALL_BOLD, text) + chart->em * 2.2;
}

InsBox
ins_dendrogram_handle_box (const InsDendrogram *self, double cut)
{
  const InsChart *chart = &self->parent;
  double width = handle_width (self, cut);
  double height = chart->em * 1.9, y = ins_dendrogram_y_of_height (self, cut) - height / 2;
  return (InsBox){ ins_box_right (&chart->body) - width,
                   CLAMP (y, chart->body.y, ins_box_bottom (&chart->body) - height), width,
                   height };
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

gsize
ins_dendrogram_ticks (const InsDendrogram *self, double *ticks)
{
  gsize wanted = (gsize)CLAMP (self->plot.height / (3 * self->parent.em), 2, 5);
  return ins_axis_ticks (&self->y_axis, wanted, ticks);
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
  n = ins_dendrogram_ticks (self, ticks);
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

/* --- what lies where --- */

/* Neither inside an end nor in a branch too narrow to be seen. */
static gboolean
is_visible (const InsDendrogram *self, gint32 node)
{
  if (node < 0 || (gsize)node >= self->n_nodes || !isfinite (self->at[node]))
    return FALSE;
  if (self->up[node] >= 0 && ins_dendrogram_span (self, self->up[node]) < INS_DENDROGRAM_NARROW)
    return FALSE;
  return !ins_dendrogram_is_inner (self, node)
         || ins_dendrogram_span (self, node) >= INS_DENDROGRAM_NARROW;
}

static gboolean
dendrogram_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsDendrogram *self = (InsDendrogram *)chart;
  double x, y, top;

  if (self->n == 0 || !is_visible (self, item))
    return FALSE;
  x = ins_dendrogram_x (self, item);
  y = ins_dendrogram_y (self, item);
  if (ins_dendrogram_is_inner (self, item))
    {
      double x0 = ins_dendrogram_x (self, ins_dendrogram_child (self, item, FALSE));
      double x1 = ins_dendrogram_x (self, ins_dendrogram_child (self, item, TRUE));
      ins_hit_set (hit, item, self->cluster[item], ins_dendrogram_height (self, item), x0, y - 2,
                   x1 - x0, 4);
      return TRUE;
    }
  top = self->up[item] >= 0 ? ins_dendrogram_y (self, self->up[item]) : self->plot.y;
  ins_hit_set (hit, item, self->cluster[item], ins_dendrogram_height (self, item), x - 1.5, top, 3,
               y - top);
  return TRUE;
}

/* Distance to the node's bar or to the branch above it. */
static double
distance_to (const InsDendrogram *self, gint32 node, double x, double y)
{
  double nx = ins_dendrogram_x (self, node), ny = ins_dendrogram_y (self, node), best = G_MAXDOUBLE;
  if (ins_dendrogram_is_inner (self, node))
    {
      double x0 = ins_dendrogram_x (self, ins_dendrogram_child (self, node, FALSE));
      double x1 = ins_dendrogram_x (self, ins_dendrogram_child (self, node, TRUE));
      if (x >= x0 && x <= x1)
        best = fabs (y - ny);
    }
  if (self->up[node] >= 0 && y <= ny && y >= ins_dendrogram_y (self, self->up[node]))
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
  box = ins_dendrogram_handle_box (self, self->cut);
  line = ins_dendrogram_y_of_height (self, self->cut);
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
      InsBox box = ins_dendrogram_handle_box (self, self->cut);
      if (ins_box_contains (&box, x, y))
        return TRUE;
      best = fabs (
          y
          - ins_dendrogram_y_of_height (self, self->cut)); /* a branch nearer than the line wins */
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
      double x = ins_dendrogram_x (self, (gint32)self->ends[e]);
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
  clusters = ins_dendrogram_cut_text (self, self->cut);
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
  .draw = ins_dendrogram_draw,
  .draw_state = ins_dendrogram_draw_state,
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
