/* insui-sentences.c: the first line of every page: what the result says, in words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-sentences.h"

#include "base/ins-stats.h"
#include "ui/insui-format.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *
insui_scale_method_title (InsScaleMethod method)
{
  static const char *titles[INS_SCALE_N_METHODS] = {
    [INS_SCALE_NONE] = N_ ("as they are"),
    [INS_SCALE_STANDARD] = N_ ("standard"),
    [INS_SCALE_MINMAX] = N_ ("min–max"),
    [INS_SCALE_ROBUST] = N_ ("robust"),
    [INS_SCALE_LOG1P] = N_ ("logarithm"),
    [INS_SCALE_LOG1P_STANDARD] = N_ ("logarithm, then standard"),
    [INS_SCALE_LOG1P_MINMAX] = N_ ("logarithm, then min–max"),
    [INS_SCALE_LOG1P_ROBUST] = N_ ("logarithm, then robust"),
  };
  return method < INS_SCALE_N_METHODS ? _ (titles[method]) : "";
}

gboolean
insui_sum_value (const InsFeatures *features, const guint8 *selection, gsize n, double *all,
                 double *chosen, gsize *n_chosen)
{
  InsSum sum_all = { 0 }, sum_chosen = { 0 };
  gboolean has_value = features->value_feature >= 0;
  const double *values =
      has_value ? ins_matrix_col (features->values, features->value_feature) : NULL;
  gsize count = 0;
  for (gsize i = 0; i < features->n; i++)
    {
      gboolean in = selection != NULL && i < n && selection[i];
      count += in;
      if (values == NULL || isnan (values[i]))
        continue;
      ins_sum_add (&sum_all, values[i]);
      if (in)
        ins_sum_add (&sum_chosen, values[i]);
    }
  *all = ins_sum_get (&sum_all);
  *chosen = ins_sum_get (&sum_chosen);
  *n_chosen = count;
  return has_value;
}

static char *
format_customers (gsize n)
{
  g_autofree char *count = insui_format_count (n);
  return g_strdup_printf (ngettext ("%s customer", "%s customers", n), count);
}

char *
insui_sentence_features (const InsResults *results, const char *currency)
{
  const InsFeatures *features = results->features;
  if (features == NULL)
    return NULL;
  g_autofree char *customers = format_customers (features->n);
  if (features->value_feature < 0 || features->n == 0)
    return g_strdup_printf (ngettext ("%s, described by %zu figure", "%s, described by %zu figures",
                                      features->n_features),
                            customers, features->n_features);
  const InsFeatureInfo *info = &features->infos[features->value_feature];
  double median =
      ins_median (ins_matrix_col (features->values, features->value_feature), features->n);
  g_autofree char *value = insui_format_feature_unit (info, median, currency);
  /* Translators: “4,323 customers; half of them bring less than £659.41” */
  return g_strdup_printf (_ ("%s; half of them bring less than %s"), customers, value);
}

gsize
insui_count_left_out (const InsResults *results)
{
  if (results->features == NULL || results->scaled == NULL)
    return 0;
  return results->features->n - MIN (results->features->n, results->scaled->n);
}

static gboolean
all_same_method (const InsScaled *scaled)
{
  for (gsize j = 1; j < scaled->d; j++)
    if (scaled->scalings[j].method != scaled->scalings[0].method)
      return FALSE;
  return scaled->d > 0;
}

char *
insui_sentence_prepare (const InsResults *results)
{
  const InsScaled *scaled = results->scaled;
  if (scaled == NULL)
    return NULL;
  g_autofree char *customers = format_customers (scaled->n);
  /* Translators: “4,323 customers compared by 5 features” */
  g_autofree char *what = g_strdup_printf (
      ngettext ("%s compared by %zu feature", "%s compared by %zu features", scaled->d), customers,
      scaled->d);
  if (!all_same_method (scaled))
    return g_strdup_printf (_ ("%s, each scaled in its own way"), what);
  if (scaled->scalings[0].method == INS_SCALE_NONE)
    return g_strdup_printf (_ ("%s, as they are"), what);
  return g_strdup_printf (_ ("%s, scaled by %s"), what,
                          insui_scale_method_title (scaled->scalings[0].method));
}

char *
insui_sentence_embed (const InsResults *results)
{
  const InsEmbedding *embedding = results->embedding;
  if (embedding == NULL)
    return NULL;
  if (embedding->ratio == NULL || embedding->scores->cols < 2)
    return ins_embedding_describe (embedding);
  g_autofree char *share = insui_format_percent (embedding->ratio[0] + embedding->ratio[1]);
  return g_strdup_printf (_ ("The picture shows %s of what tells customers apart"), share);
}

/* Customers and share of revenue of every cluster that counts as Insiders. */
static gsize
sum_insiders (const InsProfile *profile, const InsIdentity *identities, gsize k, double *share,
              const char **name)
{
  gsize customers = 0, n = 0;
  *share = 0;
  for (gsize i = 0; i < MIN (k, profile->k); i++)
    if (identities[i].is_insider)
      {
        customers += profile->customers[i];
        *share += profile->share_revenue[i];
        *name = identities[i].name;
        n++;
      }
  if (n != 1)
    *name = _ ("Insiders");
  return n > 0 ? customers : 0;
}

char *
insui_sentence_cluster (const InsResults *results, const InsIdentity *identities, gsize k)
{
  const InsClustering *clustering = results->clustering;
  if (clustering == NULL)
    return NULL;
  g_autofree char *groups =
      g_strdup_printf (ngettext ("%zu group", "%zu groups", clustering->k), clustering->k);
  if (results->profile == NULL || identities == NULL)
    return g_steal_pointer (&groups);
  double share = NAN;
  const char *name = NULL;
  gsize n = sum_insiders (results->profile, identities, k, &share, &name);
  if (n == 0)
    return g_strdup_printf (_ ("%s; none of them is marked as Insiders"), groups);
  g_autofree char *customers = format_customers (n);
  if (isnan (share))
    return g_strdup_printf (_ ("%s; %s: %s"), groups, name, customers);
  g_autofree char *percent = insui_format_percent (share);
  /* Translators: “7 groups; Insiders: 257 customers bring 48.3 % of revenue” */
  return g_strdup_printf (
      ngettext ("%s; %s: %s brings %s of revenue", "%s; %s: %s bring %s of revenue", n), groups,
      name, customers, percent);
}

/* How far from 1 on a logarithmic scale. */
static double
get_distance (double ratio)
{
  return ratio > 0 && isfinite (ratio) ? fabs (log (ratio)) : 0;
}

char *
insui_sentence_reason (const InsClustering *clustering)
{
  if (clustering->fitted_key == NULL)
    return ins_clustering_describe_choice (clustering);
  return g_strdup_printf (_ ("Every customer is in the nearest of the groups that were found in "
                             "“%s”."),
                          clustering->fitted_on);
}

char *
insui_sentence_profile (const InsResults *results, gsize cluster)
{
  const InsProfile *profile = results->profile;
  const InsScaled *scaled = results->scaled;
  if (profile == NULL || scaled == NULL || cluster >= profile->k)
    return NULL;
  gsize chosen[2] = { G_MAXSIZE, G_MAXSIZE };
  double distance[2] = { 0, 0 };
  for (gsize f = 0; f < profile->n_features; f++)
    {
      gboolean used = FALSE;
      for (gsize j = 0; j < scaled->d; j++)
        used |= scaled->columns[j] == profile->features[f];
      double d = used ? get_distance (ins_matrix_get (profile->ratio, cluster, f)) : 0;
      if (d > distance[0])
        {
          chosen[1] = chosen[0], distance[1] = distance[0];
          chosen[0] = f, distance[0] = d;
        }
      else if (d > distance[1])
        chosen[1] = f, distance[1] = d;
    }
  if (chosen[0] == G_MAXSIZE)
    return NULL;
  char *parts[2] = { NULL, NULL };
  for (int i = 0; i < 2 && chosen[i] != G_MAXSIZE; i++)
    {
      const InsFeatureInfo *info = &results->features->infos[profile->features[chosen[i]]];
      g_autofree char *ratio =
          insui_format_ratio (ins_matrix_get (profile->ratio, cluster, chosen[i]));
      parts[i] = g_strdup_printf ("%s %s", info->title, ratio);
    }
  char *result = parts[1] != NULL
                     ? g_strdup_printf (_ ("%s and %s the average"), parts[0], parts[1])
                     : g_strdup_printf (_ ("%s the average"), parts[0]);
  g_clear_pointer (&parts[1], g_free);
  g_clear_pointer (&parts[0], g_free);
  return result;
}

char *
insui_sentence_selection (const InsFeatures *features, const guint8 *selection, gsize n,
                          const char *currency)
{
  double all, chosen;
  gsize count;
  if (features == NULL)
    return NULL;
  gboolean has_value = insui_sum_value (features, selection, n, &all, &chosen, &count);
  g_autofree char *number = insui_format_count (count);
  g_autofree char *selected = g_strdup_printf (
      /* Translators: “122 selected”: customers */
      ngettext ("%s selected", "%s selected", count), number);
  if (!has_value)
    return g_steal_pointer (&selected);
  g_autofree char *money = insui_format_money (chosen, currency);
  if (!(all > 0))
    return g_strdup_printf ("%s · %s", selected, money);
  g_autofree char *share = insui_format_percent (chosen / all);
  return g_strdup_printf (_ ("%s · %s · %s of revenue"), selected, money, share);
}
