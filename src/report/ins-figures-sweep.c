/* ins-figures-sweep.c: how many clusters: elbow, silhouette by k, four indices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stddef.h>

#include "pipeline/ins-registry.h"

/* An index of InsMetrics. */
typedef struct
{
  gsize offset;
  const char *title;
  gboolean less_is_better;
} Index;

static const Index within = { offsetof (InsMetrics, within), N_ ("Within-cluster sum of squares"),
                              TRUE };
static const Index silhouette = { offsetof (InsMetrics, silhouette),
                                  N_ ("Silhouette (scaled features)"), FALSE };
static const Index silhouette_picture = { offsetof (InsMetrics, silhouette_picture),
                                          N_ ("Silhouette (picture)"), FALSE };
static const Index calinski = { offsetof (InsMetrics, calinski_harabasz), N_ ("Calinski–Harabasz"),
                                FALSE };
static const Index davies = { offsetof (InsMetrics, davies_bouldin), N_ ("Davies–Bouldin"), TRUE };

static double
get_index (const InsSweepRow *row, const Index *index)
{
  return G_STRUCT_MEMBER (double, &row->metrics, index->offset);
}

/* --- the curves --- */

static int
compare_k (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Every k tried, rising, once. */
static GArray *
all_k (const InsSweep *sweep)
{
  GArray *ks = g_array_new (FALSE, FALSE, sizeof (double));
  guint kept = 0;
  for (gsize i = 0; i < sweep->n_rows; i++)
    {
      double k = (double)sweep->rows[i].k;
      g_array_append_val (ks, k);
    }
  g_array_sort (ks, compare_k);
  for (guint i = 0; i < ks->len; i++)
    if (i == 0 || g_array_index (ks, double, i) != g_array_index (ks, double, kept - 1))
      g_array_index (ks, double, kept++) = g_array_index (ks, double, i);
  g_array_set_size (ks, kept);
  return ks;
}

static int
position_of (GArray *ks, gsize k)
{
  for (guint i = 0; i < ks->len; i++)
    if (g_array_index (ks, double, i) == (double)k)
      return (int)i;
  return -1;
}

/* (transfer full) */
static double *
curve (const InsSweep *sweep, GArray *ks, const char *model, const Index *index)
{
  double *y = g_new (double, MAX (ks->len, 1));
  for (guint i = 0; i < ks->len; i++)
    y[i] = NAN;
  for (gsize i = 0; i < sweep->n_rows; i++)
    if (g_strcmp0 (sweep->rows[i].model, model) == 0)
      y[position_of (ks, sweep->rows[i].k)] = get_index (&sweep->rows[i], index);
  return y;
}

/* -1 if there is no number. */
static int
best_of (const double *y, gsize n, gboolean less)
{
  int best = -1;
  for (gsize i = 0; i < n; i++)
    if (isfinite (y[i]) && (best < 0 || (less ? y[i] < y[best] : y[i] > y[best])))
      best = (int)i;
  return best;
}

/* The model of the clustering shown if it was tried, else the first one. */
static gsize
main_model (const InsFigureInput *input)
{
  const InsSweep *sweep = input->results->sweep;
  for (gsize m = 0; input->results->clustering && m < sweep->n_models; m++)
    if (g_strcmp0 (sweep->models[m], input->results->clustering->model) == 0)
      return m;
  return 0;
}

static double
chosen_k (const InsFigureInput *input)
{
  return input->results->clustering ? (double)input->results->clustering->k : NAN;
}

static char *
what_text (const InsFigureInput *input, gboolean all_models)
{
  const InsSweep *sweep = input->results->sweep;
  g_autofree char *who = ins_figure_customers (sweep->n);
  g_autoptr (GString) models = g_string_new (NULL);
  gsize own = main_model (input);

  for (gsize m = 0; m < sweep->n_models; m++)
    if (all_models || m == own)
      g_string_append_printf (models, "%s%s", models->len > 0 ? ", " : "",
                              ins_registry_get_title (sweep->models[m]));
  if (input->results->scaled)
    return g_strdup_printf (
        ngettext ("%s over %s, %d feature", "%s over %s, %d features", input->results->scaled->d),
        models->str, who, (int)input->results->scaled->d);
  return g_strdup_printf (_ ("%s over %s"), models->str, who);
}

gboolean
ins_figure_has_sweep (const InsFigureInput *input)
{
  const InsSweep *sweep = input->results->sweep;
  return sweep && sweep->n_rows > 0 && sweep->n_models > 0;
}

/* --- the figures --- */

gboolean
ins_figure_has_elbow (const InsFigureInput *input)
{
  if (!ins_figure_has_sweep (input))
    return FALSE;
  for (gsize i = 0; i < input->results->sweep->n_rows; i++)
    if (isfinite (input->results->sweep->rows[i].metrics.within))
      return TRUE;
  return FALSE;
}

/* A line per model with any number in it.  @panels has room for all models. */
static gsize
add_models (const InsFigureInput *input, GArray *ks, const Index *index, InsLinePanel *panels)
{
  const InsSweep *sweep = input->results->sweep;
  gsize n = 0;
  for (gsize m = 0; m < sweep->n_models; m++)
    {
      double *y = curve (sweep, ks, sweep->models[m], index);
      if (best_of (y, ks->len, FALSE) < 0)
        {
          g_free (y);
          continue;
        }
      panels[n++] = (InsLinePanel){
        _ (index->title),     ins_registry_get_title (sweep->models[m]), y, -1, NULL,
        index->less_is_better
      };
      if (m == main_model (input) && index == &within)
        {
          panels[n - 1].marked =
              sweep->knees && sweep->knees[m] > 0 ? position_of (ks, sweep->knees[m]) : -1;
          panels[n - 1].mark_text = _ ("knee");
        }
      else if (m == main_model (input))
        {
          panels[n - 1].marked = best_of (y, ks->len, index->less_is_better);
          panels[n - 1].mark_text = _ ("best");
        }
    }
  return n;
}

static void
free_curves (InsLinePanel *panels, gsize n)
{
  for (gsize p = 0; p < n; p++)
    g_free ((double *)panels[p].y);
}

InsChart *
ins_figure_elbow (const InsFigureInput *input)
{
  const InsSweep *sweep = input->results->sweep;
  g_autoptr (GArray) ks = all_k (sweep);
  g_autofree InsLinePanel *panels = g_new0 (InsLinePanel, sweep->n_models);
  gsize n = add_models (input, ks, &within, panels), knee = 0, m = main_model (input);
  InsChart *chart = ins_line_chart_new ((const double *)(gpointer)ks->data, ks->len,
                                        _ ("Clusters (k)"), panels, n, chosen_k (input));

  free_curves (panels, n);
  if (sweep->knees)
    knee = sweep->knees[m];
  return ins_figure_finish (chart, input,
                            knee > 0 ? g_strdup_printf (_ ("The elbow bends at k = %d"), (int)knee)
                                     : g_strdup (_ ("The elbow has no clear bend")),
                            what_text (input, TRUE));
}

InsChart *
ins_figure_silhouette_k (const InsFigureInput *input)
{
  const InsSweep *sweep = input->results->sweep;
  const char *own = sweep->models[main_model (input)];
  g_autoptr (GArray) ks = all_k (sweep);
  g_autofree InsLinePanel *panels = g_new0 (InsLinePanel, 2 * sweep->n_models);
  g_autofree double *y = curve (sweep, ks, own, &silhouette);
  gsize n = add_models (input, ks, &silhouette, panels);
  int best = best_of (y, ks->len, FALSE);
  g_autofree char *value = NULL;
  InsChart *chart;

  n += add_models (input, ks, &silhouette_picture, panels + n);
  chart = ins_line_chart_new ((const double *)(gpointer)ks->data, ks->len, _ ("Clusters (k)"),
                              panels, n, chosen_k (input));
  free_curves (panels, n);
  if (best >= 0)
    value = ins_format_number (y[best], 2);
  return ins_figure_finish (chart, input,
                            best >= 0
                                ? g_strdup_printf (_ ("Silhouette is best at k = %d (%s)"),
                                                   (int)g_array_index (ks, double, best), value)
                                : g_strdup (_ ("Silhouette by number of clusters")),
                            what_text (input, TRUE));
}

static char *
votes_title (const InsFigureInput *input, GArray *ks, const InsLinePanel *panels, gsize n)
{
  gsize votes = 0, chosen;
  if (!input->results->clustering)
    return g_strdup (_ ("What four indices say about k"));
  chosen = input->results->clustering->k;
  for (gsize p = 0; p < n; p++)
    votes +=
        panels[p].marked >= 0 && g_array_index (ks, double, panels[p].marked) == (double)chosen;
  if (votes == 0)
    return g_strdup_printf (_ ("None of %d indices alone asks for k = %d"), (int)n, (int)chosen);
  return g_strdup_printf (
      ngettext ("%d of %d indices speaks for k = %d", "%d of %d indices speak for k = %d", votes),
      (int)votes, (int)n, (int)chosen);
}

InsChart *
ins_figure_choose_k (const InsFigureInput *input)
{
  const InsSweep *sweep = input->results->sweep;
  const Index *const indices[] = { &within, &silhouette, &calinski, &davies };
  gsize m = main_model (input), n = 0;
  g_autoptr (GArray) ks = all_k (sweep);
  InsLinePanel panels[G_N_ELEMENTS (indices)];
  g_autofree char *title = NULL;
  InsChart *chart;

  for (gsize i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      double *y = curve (sweep, ks, sweep->models[m], indices[i]);
      int best = best_of (y, ks->len, indices[i]->less_is_better);
      if (best < 0)
        {
          g_free (y);
          continue;
        }
      panels[n++] = (InsLinePanel){ _ (indices[i]->title),     NULL, y, best, _ ("best"),
                                    indices[i]->less_is_better };
      if (indices[i] == &within)
        {
          panels[n - 1].marked =
              sweep->knees && sweep->knees[m] > 0 ? position_of (ks, sweep->knees[m]) : -1;
          panels[n - 1].mark_text = _ ("knee");
        }
    }
  title = votes_title (input, ks, panels, n);
  chart = ins_line_chart_new ((const double *)(gpointer)ks->data, ks->len, _ ("Clusters (k)"),
                              panels, n, chosen_k (input));
  free_curves (panels, n);
  return ins_figure_finish (chart, input, g_steal_pointer (&title), what_text (input, FALSE));
}
