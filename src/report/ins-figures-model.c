/* ins-figures-model.c: scatter, silhouettes, dendrogram, explained variance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pipeline/ins-registry.h"

/* --- scatter --- */

gboolean
ins_figure_has_scatter (const InsFigureInput *input)
{
  const InsEmbedding *embedding = input->results->embedding;
  return embedding && embedding->scores && embedding->scores->cols >= 2;
}

static char *
axis_title (const InsEmbedding *embedding, gsize axis)
{
  g_autofree char *share = NULL;
  if (!embedding->ratio)
    return g_strdup_printf (_ ("Axis %d"), (int)axis + 1);
  share = ins_format_value (embedding->ratio[axis], "percent", NULL);
  return g_strdup_printf (_ ("Component %d (%s of the variance)"), (int)axis + 1, share);
}

static char *
insiders_title (const InsFigureInput *input)
{
  gsize customers;
  double share, revenue;
  g_autofree char *who = NULL, *percent = NULL;

  if (!ins_figure_insiders (input, &customers, &share, &revenue))
    return NULL;
  who = ins_figure_customers (customers);
  percent = ins_format_value (isnan (revenue) ? share : revenue, "percent", NULL);
  return g_strdup_printf (isnan (revenue)
                              ? _ ("Insiders: %s, %s of the base")
                              : ngettext ("Insiders: %s brings %s of revenue",
                                          "Insiders: %s bring %s of revenue", (gulong)customers),
                          who, percent);
}

static char *
clusters_title (const InsFigureInput *input, gsize n)
{
  const InsClustering *clustering = input->results->clustering;
  g_autofree char *who = ins_figure_customers (n);
  if (!clustering)
    return g_strdup_printf (_ ("%s in the plane"), who);
  return g_strdup_printf (ngettext ("%s in %d group", "%s in %d groups", clustering->k), who,
                          (int)clustering->k);
}

/* Customers in the first two axes, by group; one nameless group without a clustering. */
static InsChart *
plane_chart (const InsFigureInput *input, const InsClustering *clustering)
{
  const InsEmbedding *embedding = input->results->embedding;
  gsize n = embedding->scores->rows, k = clustering ? clustering->k : 1;
  g_autofree const char **ids = ins_figure_ids (input);
  g_autofree gint32 *none = g_new0 (gint32, MAX (n, 1));
  g_autofree char *x_title = axis_title (embedding, 0), *y_title = axis_title (embedding, 1);
  InsChartGroup *groups = clustering ? ins_figure_groups (input, k) : g_new0 (InsChartGroup, 1);
  InsScatterData data = { .n = n, .n_groups = k, .groups = groups };
  InsChart *chart;

  if (!clustering)
    groups[0].name = g_strdup ("");
  data.x = ins_matrix_col (embedding->scores, 0);
  data.y = ins_matrix_col (embedding->scores, 1);
  data.group = clustering ? clustering->labels : none;
  data.ids = input->results->scaled && input->results->scaled->n == n ? ids : NULL;
  data.x_title = x_title;
  data.y_title = y_title;
  data.show_numbers = embedding->axes_mean_something;
  chart = ins_scatter_chart_new (&data);
  ins_figure_groups_free (groups, k);
  return chart;
}

/* (nullable): the clustering of the customers in the picture */
static const InsClustering *
clustering_of_picture (const InsFigureInput *input)
{
  const InsClustering *clustering = input->results->clustering;
  return clustering && clustering->n == input->results->embedding->scores->rows ? clustering : NULL;
}

/* "K-Means, 7 clusters · 4,323 customers · @caption" */
static char *
plane_subtitle (const InsFigureInput *input, const char *caption)
{
  const InsClustering *clustering = clustering_of_picture (input);
  g_autofree char *who = ins_figure_customers (input->results->embedding->scores->rows);
  g_autofree char *summary = clustering ? ins_clustering_describe (clustering) : NULL;
  return summary ? g_strdup_printf ("%s · %s · %s", summary, who, caption)
                 : g_strdup_printf ("%s · %s", who, caption);
}

InsChart *
ins_figure_scatter (const InsFigureInput *input)
{
  const InsEmbedding *embedding = input->results->embedding;
  g_autofree char *caption = ins_embedding_describe (embedding);
  char *title = insiders_title (input);

  return ins_figure_finish (plane_chart (input, clustering_of_picture (input)), input,
                            title ? title : clusters_title (input, embedding->scores->rows),
                            plane_subtitle (input, caption));
}

/* --- biplot --- */

gboolean
ins_figure_has_biplot (const InsFigureInput *input)
{
  const InsEmbedding *embedding = input->results->embedding;
  const InsScaled *scaled = input->results->scaled;
  return ins_figure_has_scatter (input) && embedding->loadings && embedding->ratio && scaled
         && embedding->loadings->rows == scaled->d && embedding->loadings->cols >= 2
         && scaled->d > 0;
}

static const char *
used_title (const InsFigureInput *input, gsize j)
{
  const InsFeatures *features = input->results->features;
  guint32 column = input->results->scaled->columns[j];
  return features && column < features->n_features ? features->infos[column].title
                                                   : input->results->scaled->names[j];
}

/* The feature with the largest |loading|. */
static gsize
leader (const double *loadings, gsize d)
{
  gsize best = 0;
  for (gsize j = 1; j < d; j++)
    if (fabs (loadings[j]) > fabs (loadings[best]))
      best = j;
  return best;
}

InsChart *
ins_figure_biplot (const InsFigureInput *input)
{
  const InsMatrix *loadings = input->results->embedding->loadings;
  gsize d = loadings->rows;
  g_autofree const char **names = g_new0 (const char *, d + 1);
  const double *x = ins_matrix_col (loadings, 0), *y = ins_matrix_col (loadings, 1);
  InsChart *chart = plane_chart (input, clustering_of_picture (input));

  for (gsize j = 0; j < d; j++)
    names[j] = used_title (input, j);
  ins_scatter_chart_set_arrows (chart, names, x, y, d);
  /* TRANSLATORS: names of two features */
  return ins_figure_finish (chart, input,
                            g_strdup_printf (_ ("Component 1 follows %s, component 2 %s"),
                                             names[leader (x, d)], names[leader (y, d)]),
                            plane_subtitle (input, _ ("arrows: loadings of the features")));
}

/* --- silhouettes --- */

/* One partition, wherever it comes from. */
typedef struct
{
  gsize n, k;
  const gint32 *labels;
  const double *silhouettes;
  double mean;
  const char *model;
  gboolean is_shown; /* the clustering itself */
} Partition;

static gboolean
find_partition (const InsFigureInput *input, Partition *out)
{
  const InsClustering *clustering = input->results->clustering;
  const InsSweep *sweep = input->results->sweep;
  const InsSweepRow *found = NULL;

  if (clustering && clustering->silhouettes && (input->k == 0 || input->k == clustering->k))
    {
      *out = (Partition){ clustering->n,
                          clustering->k,
                          clustering->labels,
                          clustering->silhouettes,
                          clustering->metrics.silhouette,
                          clustering->model,
                          TRUE };
      return TRUE;
    }
  for (gsize i = 0; sweep && i < sweep->n_rows; i++)
    {
      const InsSweepRow *row = &sweep->rows[i];
      gboolean own = clustering && g_strcmp0 (row->model, clustering->model) == 0;
      if (row->k == input->k && row->labels && row->silhouettes && (!found || own))
        found = row;
    }
  if (!found)
    return FALSE;
  *out = (Partition){
    sweep->n,     found->k, found->labels, found->silhouettes, found->metrics.silhouette,
    found->model, FALSE
  };
  return TRUE;
}

gboolean
ins_figure_has_silhouette (const InsFigureInput *input)
{
  Partition partition;
  return find_partition (input, &partition);
}

/* "Insiders hold together best (0.61), Occasional least (0.12)" */
static char *
silhouette_title (const Partition *p, const InsChartGroup *groups)
{
  g_autofree double *sum = g_new0 (double, p->k);
  g_autofree gsize *n = g_new0 (gsize, p->k);
  g_autofree char *high = NULL, *low = NULL;
  gsize best = p->k, worst = p->k;

  for (gsize i = 0; i < p->n; i++)
    if (p->labels[i] >= 0 && (gsize)p->labels[i] < p->k && isfinite (p->silhouettes[i]))
      {
        sum[p->labels[i]] += p->silhouettes[i];
        n[p->labels[i]]++;
      }
  for (gsize g = 0; g < p->k; g++)
    if (n[g] > 0)
      {
        sum[g] /= n[g];
        if (best == p->k || sum[g] > sum[best])
          best = g;
        if (worst == p->k || sum[g] < sum[worst])
          worst = g;
      }
  if (best == p->k || best == worst)
    return g_strdup (_ ("Silhouettes"));
  high = ins_format_number (sum[best], 2);
  low = ins_format_number (sum[worst], 2);
  /* TRANSLATORS: names of two groups and their mean silhouettes */
  return g_strdup_printf (_ ("“%s” holds together best (%s), “%s” least (%s)"), groups[best].name,
                          high, groups[worst].name, low);
}

InsChart *
ins_figure_silhouette (const InsFigureInput *input)
{
  Partition p;
  InsChartGroup *groups;
  g_autofree const char **ids = ins_figure_ids (input);
  g_autofree char *who = NULL, *title = NULL;
  InsChart *chart;

  if (!find_partition (input, &p))
    return NULL;
  groups = ins_figure_groups (input, p.k);
  if (!p.is_shown) /* names belong to the clustering shown */
    for (gsize i = 0; i < p.k; i++)
      {
        g_free ((char *)groups[i].name);
        groups[i] =
            (InsChartGroup){ g_strdup_printf (_ ("Group %d"), (int)i + 1), (int)(i % INS_N_COLOURS),
                             (int)(i % INS_N_COLOURS + i / INS_N_COLOURS * 3) };
      }
  who = ins_figure_customers (p.n);
  title = silhouette_title (&p, groups);
  chart = ins_silhouette_chart_new (
      p.silhouettes, p.labels, p.n,
      input->results->scaled && input->results->scaled->n == p.n ? ids : NULL, groups, p.k);
  ins_figure_groups_free (groups, p.k);
  return ins_figure_finish (chart, input, g_steal_pointer (&title),
                            g_strdup_printf (_ ("%s, k = %d · %s, in the scaled features"),
                                             ins_registry_get_title (p.model), (int)p.k, who));
}

/* --- dendrogram --- */

gboolean
ins_figure_has_dendrogram (const InsFigureInput *input)
{
  const InsClustering *clustering = input->results->clustering;
  return clustering && clustering->tree && clustering->tree->n == clustering->n
         && clustering->n >= 2;
}

InsChart *
ins_figure_dendrogram (const InsFigureInput *input)
{
  const InsClustering *clustering = input->results->clustering;
  const InsLinkage *tree = clustering->tree;
  double cut = ins_linkage_cut_height (tree, clustering->k);
  InsChartGroup *groups = ins_figure_groups (input, clustering->k);
  InsDendrogramData data = { tree->n,      tree->left,         tree->right,
                             tree->height, tree->size,         clustering->k,
                             cut,          clustering->labels, clustering->k,
                             groups,       input->truncate,    input->scale };
  InsChart *chart = ins_dendrogram_chart_new (&data);
  g_autofree char *height = ins_format_short (cut), *who = ins_figure_customers (tree->n);
  g_autofree char *summary = ins_clustering_describe (clustering);

  ins_figure_groups_free (groups, clustering->k);
  return ins_figure_finish (
      chart, input,
      g_strdup_printf (ngettext ("%d cluster under a cut at height %s",
                                 "%d clusters under a cut at height %s", clustering->k),
                       (int)clustering->k, height),
      g_strdup_printf ("%s · %s", summary, who));
}

/* --- explained variance --- */

gboolean
ins_figure_has_scree (const InsFigureInput *input)
{
  const InsEmbedding *embedding = input->results->embedding;
  return embedding && embedding->ratio && embedding->scores && embedding->scores->cols >= 1;
}

InsChart *
ins_figure_scree (const InsFigureInput *input)
{
  const InsEmbedding *embedding = input->results->embedding;
  gsize n = embedding->scores->cols;
  g_auto (GStrv) labels = g_new0 (char *, n + 1);
  g_autofree char *share = NULL, *who = ins_figure_customers (embedding->scores->rows);
  double two = embedding->ratio[0] + (n > 1 ? embedding->ratio[1] : 0);
  InsChart *chart;

  for (gsize i = 0; i < n; i++)
    labels[i] = g_strdup_printf ("%d", (int)i + 1);
  share = ins_format_value (two, "percent", NULL);
  chart = ins_column_chart_new (embedding->ratio, (const char *const *)labels, n,
                                _ ("Share of the variance by component"), "percent");
  return ins_figure_finish (
      chart, input,
      n > 1 ? g_strdup_printf (_ ("Two components hold %s of the variance"), share)
            : g_strdup_printf (_ ("One component holds %s of the variance"), share),
      g_strdup_printf (_ ("Principal components of the scaled features · %s"), who));
}
