/* ins-box-chart.c: features by group as box plots, in small multiples
 *
 * Quartiles as numpy and R have them (type 7); whiskers after Tukey (1977), their reach measured on
 * the axis's own scale, so that a logarithmic axis does not call half a tail outliers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-box-private.h"

#include "base/ins-stats.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#define REACH 1.5
#define CITED 4 /* features named in the description */

static gboolean
is_item (const InsBoxChart *self, int item)
{
  return item >= 0 && (gsize)item < self->n_panels * self->n_groups;
}

/* --- what lies where --- */

static gboolean
box_locate (InsChart *chart, int item, InsChartHit *hit)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  InsBox band;
  gsize panel, group;
  if (!is_item (self, item) || (gsize)item >= self->shown * self->n_groups)
    return FALSE;
  panel = (gsize)item / self->n_groups;
  group = (gsize)item % self->n_groups;
  band = ins_box_band (self, panel, group);
  ins_hit_set (hit, item, (int)group, self->panels[panel].groups[group].median, band.x, band.y,
               band.width, band.height);
  return TRUE;
}

static gboolean
box_hit (InsChart *chart, double x, double y, InsChartHit *hit)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  for (gsize p = 0; p < self->shown; p++)
    if (ins_box_contains (&self->panels[p].plot, x, y) && self->n_groups > 0)
      {
        gsize g = (gsize)((y - self->panels[p].plot.y) / self->band);
        return box_locate (chart, (int)(p * self->n_groups + MIN (g, self->n_groups - 1)), hit);
      }
  return FALSE;
}

/* Up and down through the groups and on to the next row of panels, sideways to the next panel. */
static int
box_move (InsChart *chart, int item, int dx, int dy)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  gssize panel, group, k = (gssize)self->n_groups, shown = (gssize)self->shown;

  if (k == 0 || shown == 0)
    return -1;
  if (item < 0 || item >= shown * k)
    return 0;
  panel = item / k + dx;
  group = item % k + dy;
  if (group < 0 || group >= k)
    {
      panel += dy * (gssize)self->per_row;
      group = group < 0 ? k - 1 : 0;
    }
  return panel >= 0 && panel < shown ? (int)(panel * k + group) : item;
}

/* --- in words --- */

static char *
box_describe_item (InsChart *chart, int item)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  const InsBoxFigures *box;
  const InsVariable *variable;
  g_autofree char *median = NULL, *q1 = NULL, *q3 = NULL, *n = NULL;
  const char *group;

  if (!is_item (self, item))
    return NULL;
  variable = self->panels[(gsize)item / self->n_groups].variable;
  box = &self->panels[(gsize)item / self->n_groups].groups[(gsize)item % self->n_groups];
  group = self->groups[(gsize)item % self->n_groups].name;
  if (box->n == 0)
    return g_strdup_printf (_ ("%s, %s: no values"), group, variable->title);
  median = ins_format_value (box->median, variable->unit, chart->currency);
  q1 = ins_format_value (box->q1, variable->unit, chart->currency);
  q3 = ins_format_value (box->q3, variable->unit, chart->currency);
  n = ins_format_number ((double)box->n, 0);
  /* TRANSLATORS: group, feature, three values, number of customers */
  return g_strdup_printf (ngettext ("%s, %s: median %s, half between %s and %s, %s customer",
                                    "%s, %s: median %s, half between %s and %s, %s customers",
                                    box->n),
                          group, variable->title, median, q1, q3, n);
}

/* "Revenue: median from £230 (Lost) to £5,400 (Insiders)" */
static void
describe_panel (InsBoxChart *self, const InsBoxPanel *panel, GString *text)
{
  gsize least = self->n_groups, most = self->n_groups;
  g_autofree char *lo = NULL, *hi = NULL;

  for (gsize g = 0; g < self->n_groups; g++)
    if (panel->groups[g].n > 0)
      {
        if (least == self->n_groups || panel->groups[g].median < panel->groups[least].median)
          least = g;
        if (most == self->n_groups || panel->groups[g].median > panel->groups[most].median)
          most = g;
      }
  if (least == self->n_groups)
    return;
  lo = ins_format_value (panel->groups[least].median, panel->variable->unit, self->parent.currency);
  hi = ins_format_value (panel->groups[most].median, panel->variable->unit, self->parent.currency);
  /* TRANSLATORS: feature, value, group, value, group */
  g_string_append_printf (text, _ ("; %s: median from %s (%s) to %s (%s)"), panel->variable->title,
                          lo, self->groups[least].name, hi, self->groups[most].name);
}

static char *
box_describe (InsChart *chart)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Box plots of %d features by %d groups"), (int)self->n_panels,
                          (int)self->n_groups);
  for (gsize p = 0; p < MIN (self->n_panels, CITED); p++)
    describe_panel (self, &self->panels[p], text);
  return g_string_free (g_string_append_c (text, '.'), FALSE);
}

static void
box_to_csv (InsChart *chart, GString *csv)
{
  InsBoxChart *self = (InsBoxChart *)chart;

  g_string_append (csv, "feature,group,customers,low,quartile_1,median,quartile_3,high,outliers\n");
  for (gsize p = 0; p < self->n_panels; p++)
    for (gsize g = 0; g < self->n_groups; g++)
      {
        const InsBoxFigures *box = &self->panels[p].groups[g];
        const double figures[] = { (double)box->n,
                                   box->low,
                                   box->q1,
                                   box->median,
                                   box->q3,
                                   box->high,
                                   (double)(box->n_low + box->n_high) };
        ins_chart_csv_text (csv, self->panels[p].variable->title);
        g_string_append_c (csv, ',');
        ins_chart_csv_text (csv, self->groups[g].name);
        for (gsize f = 0; f < G_N_ELEMENTS (figures); f++)
          {
            g_string_append_c (csv, ',');
            ins_chart_csv_number (csv, figures[f]);
          }
        g_string_append_c (csv, '\n');
      }
}

/* --- life --- */

static void
box_finalize (InsChart *chart)
{
  InsBoxChart *self = (InsBoxChart *)chart;
  for (gsize p = 0; p < self->n_panels; p++)
    {
      g_free (self->panels[p].sorted);
      g_free (self->panels[p].rows);
      g_free (self->panels[p].groups);
    }
  g_free (self->panels);
  ins_variables_free (self->variables, self->n_panels);
  ins_chart_groups_free (self->groups, self->n_groups);
}

static const InsChartClass box_class = {
  .kind = "box",
  .size = sizeof (InsBoxChart),
  .finalize = box_finalize,
  .layout = ins_box_layout,
  .draw = ins_box_draw,
  .draw_state = ins_box_draw_state,
  .hit = box_hit,
  .locate = box_locate,
  .move = box_move,
  .describe_item = box_describe_item,
  .describe = box_describe,
  .to_csv = box_to_csv,
};

typedef struct
{
  double value;
  gint32 group;
  guint32 row;
} Place;

static int
compare_places (const void *a, const void *b)
{
  const Place *p = a, *q = b;
  if (p->group != q->group)
    return p->group < q->group ? -1 : 1;
  if (p->value != q->value)
    return p->value < q->value ? -1 : 1;
  return p->row < q->row ? -1 : p->row > q->row;
}

static void
measure_box (InsBoxFigures *box, const double *sorted, const InsScaleType *scale)
{
  double q1, q3, reach;

  box->q1 = ins_quantile_sorted (sorted, box->n, 0.25);
  box->median = ins_quantile_sorted (sorted, box->n, 0.5);
  box->q3 = ins_quantile_sorted (sorted, box->n, 0.75);
  box->low = box->high = box->median; /* NaN without values */
  if (box->n == 0)
    return;
  q1 = scale->forward (box->q1) / 2; /* halves: 1e308 − (−1e308) is too much */
  q3 = scale->forward (box->q3) / 2;
  reach = REACH * (q3 - q1);
  while (box->n_low + 1 < box->n && scale->forward (sorted[box->n_low]) / 2 < q1 - reach)
    box->n_low++;
  while (box->n_high + 1 < box->n
         && scale->forward (sorted[box->n - 1 - box->n_high]) / 2 > q3 + reach)
    box->n_high++;
  box->low = MIN (sorted[box->n_low], box->q1); /* the quartiles lie between values */
  box->high = MAX (sorted[box->n - 1 - box->n_high], box->q3);
}

static void
fill_panel (InsBoxChart *self, InsBoxPanel *panel, const gint32 *group)
{
  g_autofree Place *places = g_new (Place, MAX (self->n, 1));
  g_autofree double *all = g_new (double, MAX (self->n, 1));
  gsize m = 0;

  for (guint32 i = 0; i < self->n; i++)
    if (isfinite (panel->variable->values[i]) && group[i] >= 0 && (gsize)group[i] < self->n_groups)
      places[m++] = (Place){ panel->variable->values[i], group[i], i };
  qsort (places, m, sizeof *places, compare_places);
  panel->sorted = g_new (double, MAX (m, 1));
  panel->rows = g_new (guint32, MAX (m, 1));
  panel->groups = g_new0 (InsBoxFigures, MAX (self->n_groups, 1));
  for (gsize i = 0; i < m; i++)
    {
      InsBoxFigures *box = &panel->groups[places[i].group];
      if (box->n++ == 0)
        box->first = i;
      panel->sorted[i] = all[i] = places[i].value;
      panel->rows[i] = places[i].row;
    }
  for (gsize g = 0; g < self->n_groups; g++)
    measure_box (&panel->groups[g], panel->sorted + panel->groups[g].first, panel->variable->scale);
  ins_sort_doubles (all, m);
  panel->median = ins_quantile_sorted (all, m, 0.5);
}

InsChart *
ins_box_chart_new (const InsChartVariable *variables, gsize n_variables, const gint32 *group,
                   gsize n, const InsChartGroup *groups, gsize n_groups)
{
  InsBoxChart *self;

  g_return_val_if_fail (n == 0 || n_variables == 0 || (variables != NULL && group != NULL), NULL);
  self = ins_chart_alloc (&box_class);
  self->n = n;
  self->n_groups = groups ? n_groups : 0;
  self->groups = ins_chart_groups_copy (groups, self->n_groups);
  self->n_panels = n_variables;
  self->variables = ins_variables_copy (variables, n_variables, n);
  self->panels = g_new0 (InsBoxPanel, MAX (n_variables, 1));
  for (gsize p = 0; p < n_variables; p++)
    {
      self->panels[p].variable = &self->variables[p];
      fill_panel (self, &self->panels[p], group);
    }
  return (InsChart *)self;
}
