/* ins-figures-features.c: the features used, by group and among themselves
 *
 * Features stand in the order in which they tell the groups apart, measured by ranks
 * (ins_rank_separation()), so that neither their scale nor a long tail decides it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-figures-private.h"

#include "base/ins-stats.h"
#include "num/ins-correlation.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#define MAX_PAIRED 5      /* features in the scatter matrix */
#define MAX_CORRELATED 40 /* in the heat map */
#define MAX_ORDERED 400   /* features considered at all */
#define CLOSE 0.3         /* correlation worth a title */
#define SAME_PICTURE 0.95 /* rank correlation from which a second feature shows nothing new */

/* The features the models see, of the customers they see. */
typedef struct
{
  gsize n, d;
  const InsFeatureInfo **infos;
  InsMatrix *values; /* n × d, as they are, unscaled */
} Used;

static void
used_clear (Used *used)
{
  g_clear_pointer (&used->infos, g_free);
  g_clear_pointer (&used->values, ins_matrix_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Used, used_clear)

static gsize
count_used (const InsFigureInput *input)
{
  const InsScaled *scaled = input->results->scaled;
  const InsFeatures *features = input->results->features;
  gsize d = 0;

  for (gsize j = 0; scaled && features && j < scaled->d; j++)
    d += scaled->columns[j] < features->n_features
         && features->infos[scaled->columns[j]].type == INS_FEATURE_NUMBER;
  return MIN (d, MAX_ORDERED);
}

static void
used_init (Used *used, const InsFigureInput *input)
{
  const InsScaled *scaled = input->results->scaled;
  const InsFeatures *features = input->results->features;
  gsize d = count_used (input), at = 0;

  *used = (Used){ scaled->n, d, g_new0 (const InsFeatureInfo *, MAX (d, 1)),
                  ins_matrix_new (scaled->n, d) };
  for (gsize j = 0; j < scaled->d && at < d; j++)
    {
      const InsFeatureInfo *info = &features->infos[scaled->columns[j]];
      const double *from = ins_matrix_col (features->values, scaled->columns[j]);
      double *to = ins_matrix_col (used->values, at);
      if (info->type != INS_FEATURE_NUMBER)
        continue;
      for (gsize i = 0; i < scaled->n; i++)
        to[i] = from[scaled->rows[i]];
      used->infos[at++] = info;
    }
}

static InsRun *
run_of (const InsFigureInput *input)
{
  return input->run ? ins_run_ref (input->run) : ins_run_new (1, NULL);
}

/* --- which features separate the groups --- */

typedef struct
{
  gsize feature;
  double separation;
} Separation;

static int
compare_separations (const void *a, const void *b)
{
  const Separation *p = a, *q = b;
  double x = isnan (p->separation) ? -1 : p->separation;
  double y = isnan (q->separation) ? -1 : q->separation;
  if (x != y)
    return x > y ? -1 : 1;
  return p->feature < q->feature ? -1 : 1;
}

/* The features by how much they separate the groups.  (transfer full): d of them */
static Separation *
sorted_separations (const InsFigureInput *input, const Used *used, InsRun *run)
{
  const InsClustering *clustering = input->results->clustering;
  Separation *order = g_new0 (Separation, MAX (used->d, 1));

  for (gsize j = 0; j < used->d; j++)
    order[j] =
        (Separation){ j, ins_run_tick (run)
                             ? ins_rank_separation (ins_matrix_col (used->values, j),
                                                    clustering->labels, used->n, clustering->k)
                             : NAN };
  qsort (order, used->d, sizeof *order, compare_separations);
  return order;
}

static InsChartVariable
variable_of (const Used *used, gsize j)
{
  const double *values = ins_matrix_col (used->values, j);
  return (InsChartVariable){ used->infos[j]->title, used->infos[j]->unit, values,
                             ins_figure_is_heavy (values, used->n) };
}

static gboolean
has_groups (const InsFigureInput *input)
{
  const InsClustering *clustering = input->results->clustering;
  const InsScaled *scaled = input->results->scaled;
  return clustering && scaled && clustering->n == scaled->n && clustering->k > 0;
}

/* --- box plots --- */

gboolean
ins_figure_has_box (const InsFigureInput *input)
{
  return has_groups (input) && count_used (input) > 0;
}

static double
group_median (const InsFigureInput *input, const double *values, gsize group)
{
  const InsClustering *clustering = input->results->clustering;
  g_autofree double *own = g_new (double, MAX (clustering->n, 1));
  gsize m = 0;

  for (gsize i = 0; i < clustering->n; i++)
    if (clustering->labels[i] == (gint32)group)
      own[m++] = values[i];
  return ins_median (own, m);
}

/* "Revenue separates the groups most: median £5,400 in “Insiders”, £230 in “Lost”" */
static char *
box_title (const InsFigureInput *input, const Used *used, gsize j, const InsChartGroup *groups)
{
  const InsFeatureInfo *info = used->infos[j];
  gsize k = input->results->clustering->k, most = k, least = k;
  g_autofree double *medians = g_new (double, k);
  g_autofree char *high = NULL, *low = NULL;

  for (gsize g = 0; g < k; g++)
    {
      medians[g] = group_median (input, ins_matrix_col (used->values, j), g);
      if (isnan (medians[g]))
        continue;
      most = most == k || medians[g] > medians[most] ? g : most;
      least = least == k || medians[g] < medians[least] ? g : least;
    }
  if (most == k || medians[most] == medians[least])
    return g_strdup_printf (_ ("%s by group"), info->title);
  high = ins_format_value (medians[most], info->unit, input->currency);
  low = ins_format_value (medians[least], info->unit, input->currency);
  /* TRANSLATORS: feature, value, group, value, group */
  return g_strdup_printf (_ ("%s separates the groups most: median %s in “%s”, %s in “%s”"),
                          info->title, high, groups[most].name, low, groups[least].name);
}

InsChart *
ins_figure_box (const InsFigureInput *input)
{
  const InsClustering *clustering = input->results->clustering;
  g_autoptr (InsRun) run = run_of (input);
  g_auto (Used) used = { 0 };
  g_autofree Separation *order = NULL;
  g_autofree InsChartVariable *variables = NULL;
  g_autofree char *who = ins_figure_customers (clustering->n), *title = NULL;
  InsChartGroup *groups = ins_figure_groups (input, clustering->k);
  InsChart *chart;

  used_init (&used, input);
  order = sorted_separations (input, &used, run);
  variables = g_new0 (InsChartVariable, used.d);
  for (gsize v = 0; v < used.d; v++)
    variables[v] = variable_of (&used, order[v].feature);
  title = box_title (input, &used, order[0].feature, groups);
  chart = ins_box_chart_new (variables, used.d, clustering->labels, used.n, groups, clustering->k);
  ins_figure_groups_free (groups, clustering->k);
  return ins_figure_finish (
      chart, input, g_steal_pointer (&title),
      g_strdup_printf (_ ("Median, quartiles and whiskers of 1.5 IQR by group; dashed: median of "
                          "all %s"),
                       who));
}

/* --- scatter matrix --- */

gboolean
ins_figure_has_pairs (const InsFigureInput *input)
{
  return has_groups (input) && count_used (input) >= 2;
}

static gboolean
is_new (const InsMatrix *correlations, const gsize *taken, gsize n_taken, gsize feature)
{
  for (gsize t = 0; t < n_taken; t++)
    if (fabs (ins_matrix_get (correlations, feature, taken[t])) > SAME_PICTURE)
      return FALSE;
  return TRUE;
}

/* The features that separate most, leaving out those whose ranks are nearly another's; at least
 * two.  Returns: how many, 0 if cancelled. */
static gsize
choose_pairs (const Used *used, const Separation *order, gsize chosen[MAX_PAIRED], InsRun *run)
{
  g_autoptr (InsMatrix) correlations =
      ins_correlation (used->values, INS_CORRELATION_SPEARMAN, run, NULL);
  gsize n = 0;

  for (gsize i = 0; correlations && i < used->d && n < MAX_PAIRED; i++)
    if (n == 0
        || (!isnan (order[i].separation) && is_new (correlations, chosen, n, order[i].feature)))
      chosen[n++] = order[i].feature;
  if (n == 1)
    chosen[n++] = order[1].feature;
  return n;
}

InsChart *
ins_figure_pairs (const InsFigureInput *input)
{
  const InsClustering *clustering = input->results->clustering;
  g_autoptr (InsRun) run = run_of (input);
  g_auto (Used) used = { 0 };
  g_autofree Separation *order = NULL;
  g_autofree const char **ids = ins_figure_ids (input);
  g_autofree char *who = ins_figure_customers (clustering->n);
  g_autofree char *summary = ins_clustering_describe (clustering);
  InsChartGroup *groups = ins_figure_groups (input, clustering->k);
  InsChartVariable variables[MAX_PAIRED];
  gsize chosen[MAX_PAIRED] = { 0, 1 }, n;
  InsChart *chart;

  used_init (&used, input);
  order = sorted_separations (input, &used, run);
  n = MAX (choose_pairs (&used, order, chosen, run), 2);
  for (gsize v = 0; v < n; v++)
    variables[v] = variable_of (&used, chosen[v]);
  chart =
      ins_pairs_chart_new (variables, n, clustering->labels, used.n, ids, groups, clustering->k);
  ins_figure_groups_free (groups, clustering->k);
  return ins_figure_finish (
      chart, input,
      g_strdup_printf (_ ("%s and %s separate the groups most"), variables[0].title,
                       variables[1].title),
      g_strdup_printf (_ ("%d of %d features used · %s · %s"), (int)n, (int)used.d, summary, who));
}

/* --- correlations --- */

gboolean
ins_figure_has_correlation (const InsFigureInput *input)
{
  return input->results->scaled && input->results->scaled->n >= 2 && count_used (input) >= 2;
}

/* "Revenue and Items rise together most (0.92)" */
static char *
correlation_title (const Used *used, const InsMatrix *r)
{
  gsize a = 0, b = 0;
  double most = -1;
  g_autofree char *value = NULL;

  for (gsize i = 0; i < r->rows; i++)
    for (gsize j = 0; j < i; j++)
      if (fabs (ins_matrix_get (r, i, j)) > most)
        {
          most = fabs (ins_matrix_get (r, i, j));
          a = j;
          b = i;
        }
  if (most < 0)
    return g_strdup (_ ("Correlations"));
  value = ins_format_number (ins_matrix_get (r, a, b), 2);
  if (most < CLOSE)
    return g_strdup_printf (_ ("No two features go closely together: at most %s"), value);
  /* TRANSLATORS: two features and their correlation */
  return g_strdup_printf (ins_matrix_get (r, a, b) >= 0
                              ? _ ("%s and %s rise together most (%s)")
                              : _ ("%s and %s run against each other most (%s)"),
                          used->infos[a]->title, used->infos[b]->title, value);
}

static InsChart *
correlation_chart (const Used *used, const InsMatrix *r, const gint32 *order)
{
  gsize d = r->rows;
  g_autofree double *values = g_new (double, d *d);
  g_autofree const char **names = g_new0 (const char *, d + 1);

  for (gsize i = 0; i < d; i++)
    {
      names[i] = used->infos[order[i]]->title;
      for (gsize j = 0; j < d; j++)
        values[i * d + j] = ins_matrix_get (r, (gsize)order[i], (gsize)order[j]);
    }
  return ins_correlation_chart_new (values, names, d);
}

InsChart *
ins_figure_correlation (const InsFigureInput *input)
{
  gboolean ranked = g_strcmp0 (input->measure, "spearman") == 0;
  g_autoptr (InsRun) run = run_of (input);
  g_autoptr (InsMatrix) r = NULL;
  g_auto (Used) used = { 0 };
  g_autofree gint32 *order = NULL;
  g_autofree char *who = ins_figure_customers (input->results->scaled->n), *method = NULL;
  InsMatrix first;

  used_init (&used, input);
  first = *used.values;
  first.cols = MIN (used.d, MAX_CORRELATED);
  order = g_new0 (gint32, first.cols);
  r = ins_correlation (&first, ranked ? INS_CORRELATION_SPEARMAN : INS_CORRELATION_PEARSON, run,
                       NULL);
  if (!r || !ins_correlation_order (r, order, run, NULL))
    return ins_correlation_chart_new (NULL, NULL, 0); /* cancelled: nobody will see it */
  method = g_strdup (ranked ? _ ("Spearman's rank correlations") : _ ("Pearson's correlations"));
  return ins_figure_finish (
      correlation_chart (&used, r, order), input, correlation_title (&used, r),
      r->rows < used.d
          ? g_strdup_printf (_ ("%s of the first %d of %d features used, by likeness · %s"), method,
                             (int)r->rows, (int)used.d, who)
          : g_strdup_printf (_ ("%s of the %d features used, by likeness · %s"), method,
                             (int)used.d, who));
}
