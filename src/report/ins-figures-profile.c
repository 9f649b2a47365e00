/* ins-figures-profile.c: shares of the clusters and what sets them apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-figures-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

#define MAX_FEATURES 14

gboolean
ins_figure_has_profile (const InsFigureInput *input)
{
  return input->results->profile && input->results->profile->k > 0;
}

gboolean
ins_figure_insiders (const InsFigureInput *input, gsize *customers, double *share,
                     double *revenue_share)
{
  const InsProfile *profile = input->results->profile;
  const InsClustering *clustering = input->results->clustering;
  gboolean found = FALSE;

  *customers = 0;
  *share = *revenue_share = 0;
  if (!profile || !input->identities || !clustering || clustering->k != profile->k)
    return FALSE;
  for (gsize i = 0; i < profile->k; i++)
    if (input->identities[i].is_insider)
      {
        *customers += profile->customers[i];
        *share += profile->share_customers[i];
        *revenue_share += profile->share_revenue ? profile->share_revenue[i] : NAN;
        found = found || profile->customers[i] > 0;
      }
  return found;
}

/* --- shares --- */

typedef struct
{
  double revenue, customers;
  gsize cluster;
} Share;

static int
compare_shares (const void *a, const void *b)
{
  const Share *p = a, *q = b;
  double x = isnan (p->revenue) ? p->customers : p->revenue;
  double y = isnan (q->revenue) ? q->customers : q->revenue;
  if (x != y)
    return x > y ? -1 : 1;
  return p->cluster < q->cluster ? -1 : 1;
}

static Share *
sorted_shares (const InsProfile *profile, gboolean *has_revenue)
{
  Share *shares = g_new0 (Share, profile->k);
  *has_revenue = profile->share_revenue != NULL;
  for (gsize i = 0; i < profile->k; i++)
    {
      double revenue = profile->share_revenue ? profile->share_revenue[i] : NAN;
      *has_revenue = *has_revenue && !isnan (revenue);
      shares[i] = (Share){ revenue, profile->share_customers[i], i };
    }
  qsort (shares, profile->k, sizeof *shares, compare_shares);
  return shares;
}

static char *
bars_title (const InsFigureInput *input, const Share *first, const char *name)
{
  gsize customers;
  double share, revenue;
  gboolean insiders = ins_figure_insiders (input, &customers, &share, &revenue);
  g_autofree char *part = NULL, *money = NULL;

  if (!insiders)
    {
      share = first->customers;
      revenue = first->revenue;
    }
  else
    name = _ ("Insiders");
  part = ins_format_value (share, "percent", NULL);
  money = ins_format_value (revenue, "percent", NULL);
  return isnan (revenue)
             ? g_strdup_printf (_ ("%s: %s of customers"), name, part)
             : g_strdup_printf (_ ("%s: %s of customers bring %s of revenue"), name, part, money);
}

InsChart *
ins_figure_bars (const InsFigureInput *input)
{
  const InsProfile *profile = input->results->profile;
  gboolean has_revenue;
  g_autofree Share *shares = sorted_shares (profile, &has_revenue);
  InsChartGroup *groups = ins_figure_groups (input, profile->k);
  g_autofree InsBar *bars = g_new0 (InsBar, profile->k);
  g_autofree double *customers = g_new0 (double, profile->k);
  g_autofree int *clusters = g_new0 (int, profile->k);
  g_autofree char *who = NULL;
  gsize n = 0;
  char *title;
  InsChart *chart;

  for (gsize i = 0; i < profile->k; i++)
    {
      gsize c = shares[i].cluster;
      bars[i] = (InsBar){ groups[c].name, has_revenue ? shares[i].revenue : shares[i].customers,
                          groups[c].colour, TRUE };
      customers[i] = shares[i].customers;
      clusters[i] = (int)c;
      n += profile->customers[c];
    }
  chart = ins_bar_chart_new (bars, profile->k, NULL, "percent");
  ins_bar_chart_set_groups (chart, clusters);
  if (has_revenue)
    ins_bar_chart_set_reference (chart, customers, _ ("of revenue"), _ ("of customers"));
  title = bars_title (input, &shares[0], groups[shares[0].cluster].name);
  ins_figure_groups_free (groups, profile->k);
  who = ins_figure_customers (n);
  return ins_figure_finish (
      chart, input, title,
      has_revenue ? g_strdup_printf (_ ("Share of revenue and of customers by group · %s"), who)
                  : g_strdup_printf (_ ("Share of customers by group · %s"), who));
}

/* --- profile --- */

typedef struct
{
  gsize feature; /* column of the profile */
  double key;    /* the first cluster's ratio */
  double spread;
  gboolean used; /* the model saw it: what it did not see cannot be its finding */
} Row;

static double
doublings (double ratio)
{
  return isfinite (ratio) && ratio > 0 ? log2 (ratio) : 0;
}

/* What the model used first, then what sets the clusters apart most. */
static int
by_weight (const void *a, const void *b)
{
  const Row *p = a, *q = b;
  if (p->used != q->used)
    return p->used ? -1 : 1;
  if (p->spread != q->spread)
    return p->spread > q->spread ? -1 : 1;
  return p->feature < q->feature ? -1 : 1;
}

static int
by_key (const void *a, const void *b)
{
  const Row *p = a, *q = b;
  if (p->key != q->key)
    return p->key > q->key ? -1 : 1;
  return p->feature < q->feature ? -1 : 1;
}

static gboolean
is_used (const InsFigureInput *input, gsize f)
{
  const InsScaled *scaled = input->results->scaled;
  for (gsize i = 0; scaled && i < scaled->d; i++)
    if (scaled->columns[i] == input->results->profile->features[f])
      return TRUE;
  return scaled == NULL;
}

/* The features that matter most, from the first cluster's most to its least. */
static Row *
choose_rows (const InsFigureInput *input, gsize *n)
{
  const InsProfile *profile = input->results->profile;
  Row *rows = g_new0 (Row, MAX (profile->n_features, 1));
  *n = 0;
  for (gsize f = 0; f < profile->n_features; f++)
    {
      Row *row = &rows[*n];
      gsize finite = 0;
      *row = (Row){ f, doublings (ins_matrix_get (profile->ratio, 0, f)), 0, is_used (input, f) };
      for (gsize c = 0; c < profile->k; c++)
        {
          double ratio = ins_matrix_get (profile->ratio, c, f);
          finite += isfinite (ratio);
          row->spread = MAX (row->spread, fabs (doublings (ratio)));
        }
      *n += finite > 0;
    }
  qsort (rows, *n, sizeof *rows, by_weight);
  *n = MIN (*n, MAX_FEATURES);
  qsort (rows, *n, sizeof *rows, by_key);
  return rows;
}

static const char *
feature_title (const InsFigureInput *input, gsize f)
{
  const InsFeatures *features = input->results->features;
  guint32 column = input->results->profile->features[f];
  return features && column < features->n_features ? features->infos[column].title : "";
}

/* The first and the last row of those the model used: the title's; both @n if there is none. */
static void
find_cited (const Row *rows, gsize n, gsize *first, gsize *last)
{
  *first = *last = n;
  for (gsize r = 0; r < n; r++)
    if (rows[r].used)
      {
        *first = *first == n ? r : *first;
        *last = r;
      }
}

/* Which rows stay where not all fit: those the title names before all. */
static void
keep_important (InsChart *chart, const Row *rows, gsize n)
{
  g_autofree Row *sorted = g_memdup2 (rows, MAX (n, 1) * sizeof *rows);
  g_autofree gsize *order = g_new0 (gsize, n + 1);
  gsize first, last, at = 0;

  if (n == 0)
    return;
  find_cited (rows, n, &first, &last);
  if (first < last)
    {
      order[at++] = first;
      order[at++] = last;
    }
  qsort (sorted, n, sizeof *sorted, by_weight);
  for (gsize i = 0; i < n; i++)
    {
      gsize r = 0;
      while (rows[r].feature != sorted[i].feature)
        r++;
      if (first == last || (r != first && r != last))
        order[at++] = r;
    }
  ins_heat_chart_set_importance (chart, order);
}

static char *
profile_title (const InsFigureInput *input, const Row *rows, gsize n, const char *name)
{
  const InsProfile *profile = input->results->profile;
  gsize first, last;
  g_autofree char *high = NULL, *low = NULL;

  if (profile->customers[0] == 0)
    return g_strdup (_ ("What sets the groups apart"));
  find_cited (rows, n, &first, &last);
  if (first == last)
    return g_strdup_printf (_ ("What sets “%s” apart"), name);
  high = ins_format_value (ins_matrix_get (profile->ratio, 0, rows[first].feature), "ratio", NULL);
  low = ins_format_value (ins_matrix_get (profile->ratio, 0, rows[last].feature), "ratio", NULL);
  /* TRANSLATORS: "Insiders: Gross revenue 8.1× the average, Recency 0.3×" */
  return g_strdup_printf (_ ("%s: %s %s the average, %s %s"), name,
                          feature_title (input, rows[first].feature), high,
                          feature_title (input, rows[last].feature), low);
}

InsChart *
ins_figure_profile (const InsFigureInput *input)
{
  const InsProfile *profile = input->results->profile;
  gsize n, total = 0;
  g_autofree Row *rows = choose_rows (input, &n);
  g_autofree const char **titles = g_new0 (const char *, n + 1);
  g_autofree double *values = g_new0 (double, MAX (n * profile->k, 1));
  InsChartGroup *groups = ins_figure_groups (input, profile->k);
  g_autofree char *who = NULL;
  char *title;
  InsChart *chart;

  for (gsize r = 0; r < n; r++)
    {
      titles[r] = feature_title (input, rows[r].feature);
      for (gsize c = 0; c < profile->k; c++)
        values[r * profile->k + c] = ins_matrix_get (profile->ratio, c, rows[r].feature);
    }
  for (gsize c = 0; c < profile->k; c++)
    total += profile->customers[c];
  chart = ins_heat_chart_new (values, titles, n, groups, profile->k, "ratio");
  keep_important (chart, rows, n);
  title = profile_title (input, rows, n, groups[0].name);
  ins_figure_groups_free (groups, profile->k);
  who = ins_figure_customers (total);
  return ins_figure_finish (
      chart, input, title,
      g_strdup_printf (_ ("Mean of each group as a multiple of the mean of all %s"), who));
}
