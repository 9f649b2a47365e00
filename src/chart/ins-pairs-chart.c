/* ins-pairs-chart.c: every feature against every other, by group
 *
 * Below the diagonal a scatter plot for each two features; upon it each group's density, each as
 * high as its own highest place: a Gaussian kernel with Silverman's (1986) bandwidth, over counts
 * on a fine grid of the axis's scale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-pairs-private.h"

#include "base/ins-stats.h"
#include <glib/gi18n-lib.h>
#include <math.h>

/* --- what lies where --- */

static const InsPoints *
panel_at (const InsPairsChart *self, double x, double y)
{
  for (gsize p = 0; p < ins_pairs_n_panels (self); p++)
    if (ins_box_contains (&self->points[p].plot, x, y))
      return &self->points[p];
  return NULL;
}

static gboolean
pairs_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  for (gsize p = 0; p < ins_pairs_n_panels (self); p++)
    if (ins_points_locate (&self->points[p], item, hit))
      return TRUE;
  return FALSE;
}

static gboolean
pairs_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  const InsPoints *points = panel_at ((InsPairsChart *)chart, x, y);
  return points && ins_points_locate (points, ins_points_at (points, x, y), hit);
}

static int
pairs_move (InsChart *chart, int item, int dx, int dy)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  return ins_pairs_n_panels (self) > 0 ? ins_points_move (&self->points[0], item, dx, dy) : -1;
}

static void
pairs_pick (InsChart *chart, const InsBox *box, GArray *rows)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  for (guint32 row = 0; row < self->n; row++)
    for (gsize p = 0; p < ins_pairs_n_panels (self); p++)
      if (ins_points_is_shown (&self->points[p], row)
          && ins_box_contains (box, self->points[p].px[row], self->points[p].py[row]))
        {
          g_array_append_val (rows, row);
          break;
        }
}

static void
pairs_get_rows (InsChart *chart, int item, GArray *rows)
{
  guint32 row = (guint32)item;
  if (row < ((InsPairsChart *)chart)->n)
    g_array_append_val (rows, row);
}

/* --- in words --- */

static const char *
group_name (const InsPairsChart *self, gsize row)
{
  int group = self->group[row];
  return group >= 0 && (gsize)group < self->n_groups ? self->groups[group].name : _ ("in no group");
}

static char *
pairs_describe_item (InsChart *chart, int item)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  g_autofree char *name = NULL;
  GString *text;

  if (item < 0 || (gsize)item >= self->n)
    return NULL;
  name = ins_customer_name (self->ids, (gsize)item);
  text = g_string_new (NULL);
  g_string_append_printf (text, "%s: %s", name, group_name (self, (gsize)item));
  for (gsize v = 0; v < self->n_variables; v++)
    {
      const InsVariable *variable = &self->variables[v];
      g_autofree char *value =
          ins_format_value (variable->values[item], variable->unit, chart->currency);
      g_string_append_printf (text, ", %s %s", variable->title, value);
    }
  return g_string_free (text, FALSE);
}

static char *
pairs_describe (InsChart *chart)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  g_autofree char *n = ins_format_number ((double)self->n, 0);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("Scatter matrix of %d features for %s customer",
                                    "Scatter matrix of %d features for %s customers", self->n),
                          (int)self->n_variables, n);
  for (gsize v = 0; v < self->n_variables; v++)
    g_string_append_printf (text, "%s %s", v == 0 ? ":" : ",", self->variables[v].title);
  for (gsize g = 0; g < self->n_groups; g++)
    {
      g_autofree char *count = ins_format_number ((double)self->count[g], 0);
      g_string_append_printf (text, "%s %s %s", g == 0 ? ";" : ",", self->groups[g].name, count);
    }
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
pairs_to_csv (InsChart *chart, GString *csv)
{
  InsPairsChart *self = (InsPairsChart *)chart;

  g_string_append (csv, self->ids ? "customer_id" : "customer");
  for (gsize v = 0; v < self->n_variables; v++)
    {
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, self->variables[v].title);
    }
  g_string_append (csv, ",group\n");
  for (gsize i = 0; i < self->n; i++)
    {
      gboolean noise = self->group[i] < 0 || (gsize)self->group[i] >= self->n_groups;
      if (self->ids)
        ins_chart_csv_text (csv, self->ids[i]);
      else
        g_string_append_printf (csv, "%" G_GSIZE_FORMAT, i + 1);
      for (gsize v = 0; v < self->n_variables; v++)
        {
          g_string_append_c (csv, ',');
          ins_chart_csv_number (csv, self->variables[v].values[i]);
        }
      g_string_append_c (csv, ',');
      ins_chart_csv_text (csv, noise ? "" : self->groups[self->group[i]].name);
      g_string_append_c (csv, '\n');
    }
}

/* --- life --- */

static void
pairs_finalize (InsChart *chart)
{
  InsPairsChart *self = (InsPairsChart *)chart;
  for (gsize p = 0; self->n_variables > 1 && p < ins_pairs_panel (self->n_variables, 0); p++)
    ins_points_clear (&self->points[p]);
  g_free (self->points);
  g_free (self->density);
  g_free (self->axes);
  g_free (self->count);
  ins_variables_free (self->variables, self->n_variables);
  g_free (self->group);
  ins_chart_groups_free (self->groups, self->n_groups);
  ins_chart_texts_free (self->ids, self->n);
}

static const InsChartClass pairs_class = {
  .kind = "pairs",
  .size = sizeof (InsPairsChart),
  .finalize = pairs_finalize,
  .layout = ins_pairs_layout,
  .draw = ins_pairs_draw,
  .draw_state = ins_pairs_draw_state,
  .hit = pairs_hit,
  .locate = pairs_locate,
  .move = pairs_move,
  .pick = pairs_pick,
  .get_rows = pairs_get_rows,
  .describe_item = pairs_describe_item,
  .describe = pairs_describe,
  .to_csv = pairs_to_csv,
};

/* Silverman's rule in steps of the grid; @places: ascending. */
static double
bandwidth (const double *places, gsize n)
{
  double mean = 0, variance = 0, spread, sd;

  for (gsize i = 0; i < n; i++)
    mean += places[i] / (double)n;
  for (gsize i = 0; i < n; i++)
    variance += (places[i] - mean) * (places[i] - mean) / (double)n;
  sd = sqrt (variance);
  spread = (ins_quantile_sorted (places, n, 0.75) - ins_quantile_sorted (places, n, 0.25)) / 1.34;
  if (!(spread > 0))
    spread = sd;
  return MAX (0.9 * MIN (sd, spread) * pow ((double)n, -0.2), 1);
}

/* @places: of a group's values on the axis, in steps. */
static void
estimate_density (double *places, gsize n, double *density)
{
  double counts[INS_PAIRS_STEPS] = { 0 }, width, most = 0;

  if (n == 0)
    return;
  ins_sort_doubles (places, n);
  width = bandwidth (places, n);
  for (gsize i = 0; i < n; i++)
    counts[(gsize)CLAMP (places[i], 0, INS_PAIRS_STEPS - 1)]++;
  for (int s = 0; s < INS_PAIRS_STEPS; s++)
    {
      density[s] = 0;
      for (int t = 0; t < INS_PAIRS_STEPS; t++)
        density[s] += counts[t] * exp (-0.5 * (s - t) * (s - t) / (width * width));
      most = MAX (most, density[s]);
    }
  for (int s = 0; s < INS_PAIRS_STEPS; s++)
    density[s] /= most;
}

static void
fill_densities (InsPairsChart *self, gsize v)
{
  g_autofree double *places = g_new (double, MAX (self->n, 1));
  InsAxis axis = self->axes[v];

  axis.from = 0;
  axis.to = INS_PAIRS_STEPS;
  for (gsize g = 0; g < self->n_groups; g++)
    {
      gsize m = 0;
      for (gsize i = 0; i < self->n; i++)
        if (self->group[i] == (gint32)g && isfinite (self->variables[v].values[i]))
          places[m++] = ins_axis_map (&axis, self->variables[v].values[i]);
      estimate_density (places, m, self->density + (v * self->n_groups + g) * INS_PAIRS_STEPS);
    }
}

InsChart *
ins_pairs_chart_new (const InsChartVariable *variables, gsize n_variables, const gint32 *group,
                     gsize n, const char *const *ids, const InsChartGroup *groups, gsize n_groups)
{
  InsPairsChart *self;
  gsize m = n_variables;

  g_return_val_if_fail (n == 0 || m == 0 || (variables != NULL && group != NULL), NULL);
  self = ins_chart_alloc (&pairs_class);
  self->n = n;
  self->n_variables = m;
  self->n_groups = groups ? n_groups : 0;
  self->groups = ins_chart_groups_copy (groups, self->n_groups);
  self->group = ins_copy_array (group, n);
  self->ids = ins_chart_texts_copy (ids, n);
  self->variables = ins_variables_copy (variables, m, n);
  self->axes = g_new0 (InsAxis, MAX (m, 1));
  self->count = g_new0 (gsize, MAX (self->n_groups, 1));
  self->density = g_new0 (double, MAX (m * self->n_groups, 1) * INS_PAIRS_STEPS);
  self->points = g_new0 (InsPoints, m > 1 ? ins_pairs_panel (m, 0) : 1);
  for (gsize i = 0; i < n; i++)
    if (group[i] >= 0 && (gsize)group[i] < self->n_groups)
      self->count[group[i]]++;
  for (gsize v = 0; v < m; v++)
    {
      ins_variable_set_range (&self->variables[v], n, 0.05, &self->axes[v]);
      fill_densities (self, v);
      for (gsize w = 0; w < v; w++)
        ins_points_init (&self->points[ins_pairs_panel (v, w)], (InsChart *)self, n,
                         self->variables[w].values, self->variables[v].values, self->group,
                         self->groups, self->n_groups);
    }
  return (InsChart *)self;
}
