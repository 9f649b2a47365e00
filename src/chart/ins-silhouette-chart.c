/* ins-silhouette-chart.c: one knife per cluster, sorted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-silhouette-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* --- what lies where --- */

static gboolean
silhouette_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  double top, height, zero = ins_axis_map (&self->axis, 0), end;

  if (!ins_silhouette_place (self, (gsize)item, &top, &height))
    return FALSE;
  end = ins_axis_map (&self->axis, self->values[item]);
  ins_hit_set (hit, item, self->group[item], self->values[item], MIN (zero, end), top,
               MAX (fabs (end - zero), 1), height);
  return TRUE;
}

static gboolean
silhouette_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;

  if (x < self->plot.x - chart->em || x > ins_box_right (&chart->body))
    return FALSE;
  for (gsize g = 0; g < self->n_groups; g++)
    {
      const InsKnife *knife = &self->knives[g];
      if (knife->n > 0 && y >= knife->top && y < knife->top + knife->height)
        {
          gsize i =
              (gsize)CLAMP ((y - knife->top) / knife->height * knife->n, 0, (double)knife->n - 1);
          return silhouette_locate (chart, (int)self->order[knife->first + i], hit);
        }
    }
  return FALSE;
}

static int
silhouette_count (InsChart *chart)
{
  return (int)((InsSilhouetteChart *)chart)->n_shown;
}

/* Up and down along the knives; left and right to the next knife. */
static int
silhouette_move (InsChart *chart, int item, int dx, int dy)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  gsize rank;

  if (self->n_shown == 0)
    return -1;
  if (item < 0 || (gsize)item >= self->n || self->rank[item] == G_MAXUINT32)
    return (int)self->order[0];
  rank = self->rank[item];
  if (dx != 0)
    {
      int g = self->group[item];
      do
        g += dx;
      while (g >= 0 && (gsize)g < self->n_groups && self->knives[g].n == 0);
      return g >= 0 && (gsize)g < self->n_groups ? (int)self->order[self->knives[g].first] : item;
    }
  if (dy < 0 && rank > 0)
    rank--;
  else if (dy > 0)
    rank = MIN (rank + 1, self->n_shown - 1);
  return (int)self->order[rank];
}

static void
silhouette_pick (InsChart *chart, const InsBox *box, GArray *rows)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  double top, height;

  if (box->x > ins_box_right (&chart->body) || ins_box_right (box) < chart->body.x)
    return;
  for (guint32 row = 0; row < self->n; row++)
    if (ins_silhouette_place (self, row, &top, &height) && top + height / 2 >= box->y
        && top + height / 2 <= ins_box_bottom (box))
      g_array_append_val (rows, row);
}

static void
silhouette_get_rows (InsChart *chart, int item, GArray *rows)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  guint32 row = (guint32)item;
  if (row < self->n)
    g_array_append_val (rows, row);
}

/* --- in words --- */

static char *
silhouette_describe_item (InsChart *chart, int item)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  g_autofree char *value = NULL, *number = NULL;

  if ((gsize)item >= self->n || self->rank[item] == G_MAXUINT32)
    return NULL;
  value = ins_format_number (self->values[item], 2);
  number = self->ids ? g_strdup (self->ids[item]) : g_strdup_printf ("%d", item + 1);
  return g_strdup_printf (_ ("Customer %s: silhouette %s in %s"), number, value,
                          self->groups[self->group[item]].name);
}

static char *
silhouette_describe (InsChart *chart)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  g_autofree char *n = ins_format_number ((double)self->n_shown, 0);
  g_autofree char *mean = ins_format_number (self->mean, 2);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Silhouette chart of %s customers, mean %s"), n, mean);
  for (gsize g = 0, written = 0; g < self->n_groups; g++)
    if (self->knives[g].n > 0)
      {
        g_autofree char *figures = ins_silhouette_figures (self, g);
        g_string_append_printf (text, "%s %s %s", written++ == 0 ? ":" : ",", self->groups[g].name,
                                figures);
      }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
silhouette_to_csv (InsChart *chart, GString *csv)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;

  g_string_append (csv, "customer_id,group,silhouette\n");
  for (gsize i = 0; i < self->n_shown; i++)
    {
      guint32 row = self->order[i];
      if (self->ids)
        ins_chart_csv_text (csv, self->ids[row]);
      else
        g_string_append_printf (csv, "%u", row + 1);
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, self->groups[self->group[row]].name);
      g_string_append_c (csv, ',');
      ins_chart_csv_number (csv, self->values[row]);
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
silhouette_finalize (InsChart *chart)
{
  InsSilhouetteChart *self = (InsSilhouetteChart *)chart;
  g_free (self->values);
  g_free (self->group);
  ins_chart_texts_free (self->ids, self->n);
  ins_chart_groups_free (self->groups, self->n_groups);
  g_free (self->order);
  g_free (self->rank);
  g_free (self->knives);
}

static const InsChartClass silhouette_class = {
  .kind = "silhouette",
  .size = sizeof (InsSilhouetteChart),
  .vertical = TRUE,
  .finalize = silhouette_finalize,
  .layout = ins_silhouette_layout,
  .draw = ins_silhouette_draw,
  .draw_state = ins_silhouette_draw_state,
  .hit = silhouette_hit,
  .locate = silhouette_locate,
  .count = silhouette_count,
  .move = silhouette_move,
  .pick = silhouette_pick,
  .get_rows = silhouette_get_rows,
  .describe_item = silhouette_describe_item,
  .describe = silhouette_describe,
  .to_csv = silhouette_to_csv,
};

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const InsSilhouetteChart *self = data;
  guint32 i = *(const guint32 *)a, j = *(const guint32 *)b;
  if (self->group[i] != self->group[j])
    return self->group[i] < self->group[j] ? -1 : 1;
  if (self->values[i] != self->values[j])
    return self->values[i] > self->values[j] ? -1 : 1;
  return i < j ? -1 : 1;
}

static void
sort_rows (InsSilhouetteChart *self)
{
  double sum = 0;
  for (guint32 i = 0; i < self->n; i++)
    {
      self->rank[i] = G_MAXUINT32;
      if (isfinite (self->values[i]) && self->group[i] >= 0
          && (gsize)self->group[i] < self->n_groups)
        self->order[self->n_shown++] = i;
    }
  g_qsort_with_data (self->order, (int)self->n_shown, sizeof *self->order, compare_rows, self);
  for (gsize r = 0; r < self->n_shown; r++)
    {
      guint32 row = self->order[r];
      InsKnife *knife = &self->knives[self->group[row]];
      self->rank[row] = (guint32)r;
      if (knife->n++ == 0)
        knife->first = r;
      knife->mean += self->values[row];
      sum += self->values[row];
    }
  for (gsize g = 0; g < self->n_groups; g++)
    self->knives[g].mean /= MAX (self->knives[g].n, 1);
  self->mean = sum / MAX (self->n_shown, 1);
}

InsChart *
ins_silhouette_chart_new (const double *values, const gint32 *group, gsize n,
                          const char *const *ids, const InsChartGroup *groups, gsize n_groups)
{
  InsSilhouetteChart *self;

  g_return_val_if_fail (n == 0 || (values && group), NULL);
  self = ins_chart_alloc (&silhouette_class);
  self->n = n;
  self->values = ins_copy_array (values, n);
  self->group = ins_copy_array (group, n);
  self->ids = ins_chart_texts_copy (ids, n);
  self->n_groups = groups ? n_groups : 0;
  self->groups = ins_chart_groups_copy (groups, self->n_groups);
  self->order = g_new0 (guint32, MAX (n, 1));
  self->rank = g_new0 (guint32, MAX (n, 1));
  self->knives = g_new0 (InsKnife, MAX (self->n_groups, 1));
  sort_rows (self);
  return (InsChart *)self;
}
