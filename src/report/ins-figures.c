/* ins-figures.c: the list of figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-figures-private.h"

#include "base/ins-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define STAGE(name) (1u << INS_STAGE_##name)

static const InsFigure figures[] = {
  { "months", N_ ("Lines per Month"), STAGE (DATA), ins_figure_has_months, ins_figure_months },
  { "waterfall", N_ ("Waterfall"), STAGE (FILTER), ins_figure_has_waterfall, ins_figure_waterfall },
  { "histogram", N_ ("Histogram"), STAGE (FEATURES), ins_figure_has_histogram,
    ins_figure_histogram },
  { "correlation", N_ ("Correlations"), STAGE (PREPARE), ins_figure_has_correlation,
    ins_figure_correlation },
  { "scree", N_ ("Explained Variance"), STAGE (EMBED), ins_figure_has_scree, ins_figure_scree },
  { "scatter", N_ ("Scatter Plot"), STAGE (EMBED), ins_figure_has_scatter, ins_figure_scatter },
  { "biplot", N_ ("Biplot"), STAGE (EMBED), ins_figure_has_biplot, ins_figure_biplot },
  { "silhouette", N_ ("Silhouettes"), STAGE (CLUSTER), ins_figure_has_silhouette,
    ins_figure_silhouette },
  { "dendrogram", N_ ("Dendrogram"), STAGE (CLUSTER), ins_figure_has_dendrogram,
    ins_figure_dendrogram },
  { "elbow", N_ ("Elbow"), STAGE (SWEEP), ins_figure_has_elbow, ins_figure_elbow },
  { "silhouette-k", N_ ("Silhouette by k"), STAGE (SWEEP), ins_figure_has_sweep,
    ins_figure_silhouette_k },
  { "choose-k", N_ ("Choose k"), STAGE (SWEEP), ins_figure_has_sweep, ins_figure_choose_k },
  { "bars", N_ ("Shares"), STAGE (PROFILE), ins_figure_has_profile, ins_figure_bars },
  { "profile", N_ ("Profile"), STAGE (PROFILE), ins_figure_has_profile, ins_figure_profile },
  { "box", N_ ("Box Plots"), STAGE (CLUSTER), ins_figure_has_box, ins_figure_box },
  { "pairs", N_ ("Scatter Matrix"), STAGE (CLUSTER), ins_figure_has_pairs, ins_figure_pairs },
};

const InsFigure *
ins_figures_list (gsize *n)
{
  if (n)
    *n = G_N_ELEMENTS (figures);
  return figures;
}

/* What to do so that there is such a figure. */
static const char *
advice (const InsFigure *figure, const InsFigureInput *input)
{
  if (strcmp (figure->name, "dendrogram") == 0 && input->results->clustering)
    return _ ("only a hierarchical model has a tree: run with “hierarchical”");
  if (strcmp (figure->name, "months") == 0 && input->results->import)
    return _ ("the file has no dates");
  if ((strcmp (figure->name, "scree") == 0 || strcmp (figure->name, "biplot") == 0)
      && input->results->embedding)
    return _ ("the picture is not made from principal components: run with “pca”");
  if ((strcmp (figure->name, "pairs") == 0 && input->results->clustering)
      || (strcmp (figure->name, "correlation") == 0 && input->results->scaled))
    return _ ("it takes two features at least");
  if (strcmp (figure->name, "histogram") == 0 && input->results->features)
    return _ ("there is no such feature; “show dictionary” lists them");
  if (strcmp (figure->name, "silhouette") == 0 && input->k > 0)
    return _ ("that number of clusters was not tried: widen the sweep");
  if (figure->stages & STAGE (SWEEP))
    return _ ("try several numbers of clusters first: run with --sweep 2:25");
  return _ ("run the analysis first");
}

InsChart *
ins_figure_create (const char *name, const InsFigureInput *input, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  g_return_val_if_fail (name != NULL && input != NULL && input->results != NULL, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      if (strcmp (figures[i].name, name) == 0)
        {
          if (figures[i].is_available (input))
            return figures[i].create (input);
          g_set_error (error, INS_ERROR,
                       input->k > 0 || input->feature != NULL ? INS_ERROR_USAGE : INS_ERROR_FAILED,
                       _ ("There is no chart “%s” yet: %s."), name, advice (&figures[i], input));
          return NULL;
        }
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", figures[i].name);
    }
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("There is no chart “%s”; choose one of: %s."),
               name, names->str);
  return NULL;
}

/* --- what the figures share --- */

InsChartGroup *
ins_figure_groups (const InsFigureInput *input, gsize k)
{
  InsChartGroup *groups = g_new0 (InsChartGroup, MAX (k, 1));
  const InsClustering *clustering = input->results->clustering;
  gboolean named = input->identities && clustering && clustering->k == k;

  for (gsize i = 0; i < k; i++)
    {
      groups[i].name = named ? g_strdup (input->identities[i].name)
                             : g_strdup_printf (_ ("Group %d"), (int)i + 1);
      groups[i].colour = named ? input->identities[i].colour : (int)(i % INS_N_COLOURS);
      groups[i].shape =
          named ? input->identities[i].shape : (int)(i % INS_N_COLOURS + i / INS_N_COLOURS * 3);
    }
  return groups;
}

void
ins_figure_groups_free (InsChartGroup *groups, gsize k)
{
  for (gsize i = 0; groups && i < k; i++)
    g_free ((char *)groups[i].name);
  g_free (groups);
}

InsChart *
ins_figure_finish (InsChart *chart, const InsFigureInput *input, char *title, char *what)
{
  g_autofree char *subtitle =
      input->run_id && *input->run_id
          ? g_strdup_printf (_ ("%s · run %.8s"), what ? what : "", input->run_id)
          : g_strdup (what);
  ins_chart_set_titles (chart, title, subtitle);
  ins_chart_set_currency (chart, input->currency);
  g_free (title);
  g_free (what);
  return chart;
}

char *
ins_figure_customers (gsize n)
{
  g_autofree char *number = ins_format_number ((double)n, 0);
  return g_strdup_printf (ngettext ("%s customer", "%s customers", n), number);
}

const char **
ins_figure_ids (const InsFigureInput *input)
{
  const InsScaled *scaled = input->results->scaled;
  const InsFeatures *features = input->results->features;
  const char **ids;

  if (!scaled || !features || !features->ids)
    return NULL;
  ids = g_new0 (const char *, scaled->n + 1);
  for (gsize i = 0; i < scaled->n; i++)
    ids[i] = scaled->rows[i] < features->n ? features->ids[scaled->rows[i]] : "";
  return ids;
}
