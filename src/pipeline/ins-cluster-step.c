/* ins-cluster-step.c: what every clustering method has in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-cluster-step.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-memory.h"
#include "num/ins-nearest.h"
#include "num/ins-profile.h"
#include "num/ins-silhouette.h"
#include "num/ins-validity.h"
#include "pipeline/ins-artifacts-private.h"

typedef struct
{
  int clusters; /* 0 = auto */
  int space;
  int min_clusters;
  int max_clusters;
  double smallest_share; /* per cent */
  double top_share;      /* per cent */
} InsClusterStepPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (InsClusterStep, ins_cluster_step, INS_TYPE_STEP)

static GType
space_get_type (void)
{
  static const GEnumValue values[] = {
    { INS_SPACE_FEATURES, N_ ("Scaled features"), "features" },
    { INS_SPACE_PICTURE, N_ ("Picture"), "picture" },
    { 0, NULL, NULL },
  };
  static gsize type = 0;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("InsSpace", values));
  return type;
}

void
ins_sweep_row_clear (InsSweepRow *row)
{
  g_free (row->model);
  g_free (row->labels);
  g_free (row->silhouettes);
  g_clear_pointer (&row->prototypes, ins_matrix_unref);
}

/* What the model cuts: the scaled features, or the plane. Returns: (transfer full) */
static InsMatrix *
get_points (gboolean space_is_picture, const InsResults *inputs)
{
  const InsMatrix *scores = inputs->embedding->scores;
  InsMatrix *plane;

  if (!space_is_picture)
    return ins_matrix_ref (inputs->scaled->x);
  plane = ins_matrix_new (scores->rows, 2);
  memcpy (plane->data, scores->data, 2 * scores->rows * sizeof (double));
  return plane;
}

/* How many rows differ, counted up to @limit.  Whoever called must check the run. */
static gsize
count_distinct (const InsMatrix *x, gsize limit, InsRun *run)
{
  g_autofree gsize *found = g_new (gsize, limit);
  gsize n = 0;

  for (gsize i = 0; i < x->rows && n < limit && (i % 64 != 0 || ins_run_tick (run)); i++)
    {
      gboolean is_new = TRUE;
      for (gsize f = 0; f < n && is_new; f++)
        {
          gsize j = 0;
          while (j < x->cols && ins_matrix_get (x, i, j) == ins_matrix_get (x, found[f], j))
            j++;
          is_new = j < x->cols;
        }
      if (is_new)
        found[n++] = i;
    }
  return n;
}

/* What clusters are ordered by.  Without revenue all are alike and keep the method's order. */
static double *
get_values (const InsResults *inputs)
{
  const InsScaled *scaled = inputs->scaled;
  const InsFeatures *features = inputs->features;
  double *values = g_new (double, scaled->n);

  for (gsize i = 0; i < scaled->n; i++)
    values[i] = features->value_feature < 0 ? 0
                                            : ins_matrix_get (features->values, scaled->rows[i],
                                                              (gsize)features->value_feature);
  return values;
}

/* Sizes are compared, not shares, so that a group of exactly the limit keeps it. */
static void
judge_shares (InsClusterStepPrivate *priv, InsSweepRow *row, gsize n)
{
  g_autofree gsize *sizes = ins_labels_count (row->labels, n, row->k);
  gsize smallest = n;

  for (gsize c = 0; c < row->k; c++)
    smallest = MIN (smallest, sizes[c]);
  row->smallest_share = (double)smallest / (double)n;
  row->top_share = (double)sizes[0] / (double)n;
  row->allowed = row->k >= (gsize)priv->min_clusters && row->k <= (gsize)priv->max_clusters
                 && 100 * (double)smallest >= priv->smallest_share * (double)n
                 && 100 * (double)sizes[0] <= priv->top_share * (double)n;
}

/* How good these groups of @points are.  @silhouettes, @picture: (out caller-allocates): n, in the
 * scaled features and in the plane. */
static gboolean
measure (const InsResults *inputs, const InsMatrix *points, const gint32 *labels, gsize k,
         double *silhouettes, double *picture, InsMetrics *metrics, InsRun *run, GError **error)
{
  const InsMatrix *x = inputs->scaled->x, *scores = inputs->embedding->scores;
  InsMatrix plane = { .rows = scores->rows, .cols = 2, .data = scores->data };

  if (!ins_silhouette_samples (x, labels, silhouettes, run, error)
      || !ins_silhouette_samples (&plane, labels, picture, run, error))
    return FALSE;
  metrics->silhouette = ins_silhouette_mean (silhouettes, x->rows);
  metrics->silhouette_picture = ins_silhouette_mean (picture, x->rows);
  metrics->calinski_harabasz = ins_calinski_harabasz (x, labels, k, run);
  metrics->davies_bouldin = ins_davies_bouldin (x, labels, k, run);
  metrics->within = ins_within_sum_of_squares (points, labels, k);
  return ins_run_check (run, error);
}

/* The rows of @prototypes in the order that @labels got.  Returns: (transfer full) */
static InsMatrix *
order_prototypes (const InsMatrix *prototypes, const gint32 *old_labels, const gint32 *labels,
                  gsize n)
{
  InsMatrix *ordered = ins_matrix_new (prototypes->rows, prototypes->cols);

  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < prototypes->cols && labels[i] >= 0; j++)
      ins_matrix_set (ordered, (gsize)labels[i], j,
                      ins_matrix_get (prototypes, (gsize)old_labels[i], j));
  return ordered;
}

/* Takes @labels (k groups in any order) and @prototypes (nullable) into @row. */
static gboolean
fill_row (InsClusterStep *self, const InsResults *inputs, const InsMatrix *points, gsize k,
          const gint32 *labels, const InsMatrix *prototypes, const double *values, InsSweepRow *row,
          InsRun *run, GError **error)
{
  InsClusterStepPrivate *priv = ins_cluster_step_get_instance_private (self);
  gsize n = points->rows;
  g_autofree double *picture = g_new (double, n);

  row->model = g_strdup (INS_STEP_GET_CLASS (self)->id);
  row->k = k;
  row->labels = g_memdup2 (labels, n * sizeof *labels);
  row->silhouettes = g_new (double, n);
  ins_order_labels (row->labels, n, k, values);
  if (prototypes != NULL)
    row->prototypes = order_prototypes (prototypes, labels, row->labels, n);
  if (!measure (inputs, points, row->labels, k, row->silhouettes, picture, &row->metrics, run,
                error))
    return FALSE;
  judge_shares (priv, row, n);
  return TRUE;
}

static double
own_silhouette (InsClusterStepPrivate *priv, const InsSweepRow *row)
{
  return priv->space == INS_SPACE_PICTURE ? row->metrics.silhouette_picture
                                          : row->metrics.silhouette;
}

/* The row with the best silhouette in the model's space, of all or of those allowed.  -1 = none */
static int
find_best (InsClusterStepPrivate *priv, GArray *rows, gboolean allowed_only)
{
  int best = -1;
  double best_value = -INFINITY;

  for (guint i = 0; i < rows->len; i++)
    {
      const InsSweepRow *row = &g_array_index (rows, InsSweepRow, i);
      double value = own_silhouette (priv, row);
      if ((row->allowed || !allowed_only) && value > best_value)
        {
          best = (int)i;
          best_value = value;
        }
    }
  return best;
}

/* Labels twice and silhouettes of every row, and what one needs to be judged. */
static gboolean
check_memory (gsize n_rows, gsize n, GError **error)
{
  g_autofree char *what = g_strdup_printf (
      ngettext ("Trying %zu number of clusters", "Trying %zu numbers of clusters", n_rows), n_rows);

  return ins_memory_check ((guint64)n_rows * n * 16 + (guint64)n * 32, what,
                           _ ("try fewer numbers, or work on fewer customers."), error);
}

static void
unref_matrix (gpointer matrix)
{
  if (matrix != NULL)
    ins_matrix_unref (matrix);
}

GArray *
ins_cluster_step_sweep (InsClusterStep *self, const InsResults *inputs, gsize from, gsize to,
                        InsLinkage **tree, InsRun *run, GError **error)
{
  InsClusterStepPrivate *priv = ins_cluster_step_get_instance_private (self);
  g_autoptr (InsMatrix) points = get_points (priv->space == INS_SPACE_PICTURE, inputs);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (InsSweepRow));
  g_autofree double *values = get_values (inputs);
  g_autoptr (GPtrArray) prototypes = g_ptr_array_new_with_free_func (unref_matrix);
  g_autofree gint32 *labels = NULL;
  gsize n = points->rows;
  int best;

  g_array_set_clear_func (rows, (GDestroyNotify)ins_sweep_row_clear);
  to = MIN (to, count_distinct (points, to, run));
  if (!ins_run_check (run, error))
    return NULL;
  from = MIN (from, to);
  if (to < 1)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("There are no customers to group; loosen the filters."));
      return NULL;
    }
  if (!check_memory (to - from + 1, n, error))
    return NULL;
  labels = g_new (gint32, (to - from + 1) * n);
  g_ptr_array_set_size (prototypes, (int)(to - from + 1));
  if (!INS_CLUSTER_STEP_GET_CLASS (self)->partition (
          self, points, from, to, labels, (InsMatrix **)prototypes->pdata, tree, run, error))
    return NULL;
  ins_run_begin (run, _ ("Judging the groups"), to - from + 1);
  g_array_set_size (rows, (guint)(to - from + 1));
  for (gsize k = from; k <= to; k++)
    {
      if (!fill_row (self, inputs, points, k, labels + (k - from) * n,
                     g_ptr_array_index (prototypes, k - from), values,
                     &g_array_index (rows, InsSweepRow, k - from), run, error))
        {
          if (tree != NULL)
            g_clear_pointer (tree, ins_linkage_free);
          return NULL;
        }
      ins_run_advance (run, 1);
    }
  best = find_best (priv, rows, FALSE);
  if (best >= 0)
    g_array_index (rows, InsSweepRow, best).best = TRUE;
  return g_steal_pointer (&rows);
}

/* clusters=auto: the best silhouette among the k that keep the limits, else the largest k. */
static guint
choose (InsClusterStepPrivate *priv, GArray *rows, InsChoice *choice)
{
  int best = find_best (priv, rows, TRUE);

  choice->kind = best < 0 ? INS_CHOICE_LARGEST : INS_CHOICE_BEST;
  choice->from = (guint32)g_array_index (rows, InsSweepRow, 0).k;
  choice->to = (guint32)g_array_index (rows, InsSweepRow, rows->len - 1).k;
  choice->smallest_share = priv->smallest_share;
  choice->top_share = priv->top_share;
  return best < 0 ? rows->len - 1 : (guint)best;
}

static InsClustering *
make_clustering (InsClusterStep *self, const InsContext *context, InsSweepRow *row)
{
  InsClusterStepPrivate *priv = ins_cluster_step_get_instance_private (self);
  InsClustering *result = ins_artifact_alloc (&ins_clustering_type, sizeof *result);
  const InsMatrix *x = context->inputs.scaled->x;

  result->model = g_strdup (row->model);
  /* the data may be known by their results only */
  result->fitted_on =
      g_filename_display_basename (context->source_path ? context->source_path : "-");
  result->n = x->rows;
  result->k = row->k;
  result->labels = g_steal_pointer (&row->labels);
  result->silhouettes = g_steal_pointer (&row->silhouettes);
  result->silhouettes_picture = g_new (double, x->rows);
  result->metrics = row->metrics;
  result->prototypes = g_steal_pointer (&row->prototypes);
  result->space_is_picture = priv->space == INS_SPACE_PICTURE;
  result->centres = ins_cluster_centres (x, result->labels, row->k);
  result->sizes = ins_labels_count (result->labels, result->n, result->k);
  return result;
}

static gpointer
ins_cluster_step_run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  InsClusterStep *self = INS_CLUSTER_STEP (step);
  InsClusterStepPrivate *priv = ins_cluster_step_get_instance_private (self);
  const InsResults *inputs = &context->inputs;
  const InsMatrix *scores = inputs->embedding->scores;
  InsMatrix plane = { .rows = scores->rows, .cols = 2, .data = scores->data };
  gboolean is_auto = priv->clusters == 0;
  g_autoptr (InsLinkage) tree = NULL;
  g_autoptr (GArray) rows = NULL;
  InsChoice choice = { INS_CHOICE_GIVEN };
  InsClustering *result;
  guint chosen = 0;

  if (!is_auto && (gsize)priv->clusters > inputs->scaled->n)
    {
      g_set_error (
          error, INS_ERROR, INS_ERROR_INPUT,
          _ ("%d clusters were asked for, but there are only %zu customers; ask for fewer."),
          priv->clusters, inputs->scaled->n);
      return NULL;
    }
  rows = ins_cluster_step_sweep (
      self, inputs, (gsize)(is_auto ? priv->min_clusters : priv->clusters),
      (gsize)(is_auto ? MAX (priv->min_clusters, priv->max_clusters) : priv->clusters), &tree, run,
      error);
  if (rows == NULL)
    return NULL;
  if (is_auto)
    chosen = choose (priv, rows, &choice);
  else if (g_array_index (rows, InsSweepRow, 0).k < (gsize)priv->clusters)
    choice.kind = INS_CHOICE_DISTINCT;
  result = make_clustering (self, context, &g_array_index (rows, InsSweepRow, chosen));
  result->tree = g_steal_pointer (&tree);
  result->choice = choice;
  if (!ins_silhouette_samples (&plane, result->labels, result->silhouettes_picture, run, error))
    g_clear_pointer (&result, ins_artifact_unref);
  return result;
}

/* The points of the model's space that stand for its groups: its own, or the means.
 * Returns: (transfer full) */
static InsMatrix *
get_prototypes (const InsResults *fitted)
{
  const InsClustering *clustering = fitted->clustering;
  g_autoptr (InsMatrix) points = NULL;

  if (clustering->prototypes != NULL)
    return ins_matrix_ref (clustering->prototypes);
  points = get_points (clustering->space_is_picture, fitted);
  return ins_cluster_centres (points, clustering->labels, clustering->k);
}

/* Every customer goes to the nearest of the fitted clusters; their numbers stay. */
static gpointer
ins_cluster_step_apply (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  const InsResults *inputs = &context->inputs;
  const InsClustering *fitted = context->fitted->clustering;
  g_autoptr (InsMatrix) points = get_points (fitted->space_is_picture, inputs);
  g_autoptr (InsMatrix) prototypes = get_prototypes (context->fitted);
  InsClustering *result = ins_artifact_alloc (&ins_clustering_type, sizeof *result);

  result->model = g_strdup (fitted->model);
  result->fitted_on = g_strdup (fitted->fitted_on);
  result->fitted_key = g_strdup (fitted->artifact.key);
  result->n = points->rows;
  result->k = fitted->k;
  result->labels = g_new0 (gint32, result->n);
  result->silhouettes = g_new (double, result->n);
  result->silhouettes_picture = g_new (double, result->n);
  result->space_is_picture = fitted->space_is_picture;
  result->centres = ins_matrix_ref (fitted->centres);
  ins_run_begin (run, _ ("Finding the nearest groups"), 0);
  if (!ins_nearest_centres (points, prototypes, result->labels, run, error)
      || !measure (inputs, points, result->labels, result->k, result->silhouettes,
                   result->silhouettes_picture, &result->metrics, run, error))
    g_clear_pointer (&result, ins_artifact_unref);
  else
    result->sizes = ins_labels_count (result->labels, result->n, result->k);
  return result;
}

static void
add_param (InsStepClass *klass, GParamSpec *spec, InsParamKind kind, gsize offset, double from,
           double to, const char *unit)
{
  InsParam *param = ins_step_class_add_param (
      klass, spec, kind, offset + (gsize)g_type_class_get_instance_private_offset (klass));

  param->unit = unit;
  param->useful_min = from;
  param->useful_max = to;
  param->increment = 1;
  param->digits = kind == INS_PARAM_DOUBLE ? 1 : 0;
  if (g_str_equal (spec->name, "clusters"))
    {
      param->auto_text = "auto";
      param->aliases = "n_clusters,n_components,k";
    }
  else if (kind != INS_PARAM_CHOICE)
    param->visible_if = "clusters=auto";
}

#define OFFSET(name) G_STRUCT_OFFSET (InsClusterStepPrivate, name)

static void
ins_cluster_step_class_init (InsClusterStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);

  step->stage = INS_STAGE_CLUSTER;
  step->needs = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_EMBED;
  step->run = ins_cluster_step_run;
  step->apply = ins_cluster_step_apply;
  add_param (step,
             g_param_spec_int ("clusters", N_ ("Clusters"),
                               N_ ("Number of groups; auto chooses the best silhouette within the "
                                   "limits below"),
                               0, 10000, 0, INS_PARAM_FLAGS),
             INS_PARAM_INT, OFFSET (clusters), 1, 25, NULL);
  add_param (step,
             g_param_spec_enum ("space", N_ ("Space"),
                                N_ ("Whether the model sees the scaled features or only the "
                                    "picture, which may flatter"),
                                space_get_type (), INS_SPACE_FEATURES, INS_PARAM_FLAGS),
             INS_PARAM_CHOICE, OFFSET (space), 0, 0, NULL);
  add_param (step,
             g_param_spec_int ("min-clusters", N_ ("At least"),
                               N_ ("Fewest groups auto may choose"), 1, 1000, 3, INS_PARAM_FLAGS),
             INS_PARAM_INT, OFFSET (min_clusters), 2, 25, N_ ("clusters"));
  add_param (step,
             g_param_spec_int ("max-clusters", N_ ("At most"), N_ ("Most groups auto may choose"),
                               1, 1000, 10, INS_PARAM_FLAGS),
             INS_PARAM_INT, OFFSET (max_clusters), 2, 25, N_ ("clusters"));
  add_param (step,
             g_param_spec_double ("smallest-share", N_ ("Smallest Group"),
                                  N_ ("Least share of the customers a group may have"), 0, 100, 2,
                                  INS_PARAM_FLAGS),
             INS_PARAM_DOUBLE, OFFSET (smallest_share), 0, 20, "%");
  add_param (step,
             g_param_spec_double ("top-share", N_ ("Most Valuable Group"),
                                  N_ ("Largest share of the customers the most valuable group may "
                                      "have: a loyalty list is short"),
                                  0, 100, 7, INS_PARAM_FLAGS),
             INS_PARAM_DOUBLE, OFFSET (top_share), 1, 100, "%");
}

static void
ins_cluster_step_init (InsClusterStep *self)
{
}
