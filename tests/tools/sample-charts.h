/* sample-charts.h: one chart of every kind from made-up but likely data, for looking and for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart.h"
#include <math.h>

typedef struct
{
  const char *name;
  InsChart *(*make) (void);
  gboolean has_rows; /* its items are customers */
} SampleChart;

#define SAMPLE_GROUPS 7

static const InsChartGroup sample_groups[SAMPLE_GROUPS] = {
  { "Insiders", -1, 2 }, { "Loyal", 0, 0 },      { "Promising", 1, 1 }, { "Regulars", 2, 3 },
  { "At risk", 3, 4 },   { "Occasional", 4, 5 }, { "Lost", 5, 6 },
};

static guint32 sample_state;

static double
sample_uniform (void)
{
  sample_state = sample_state * 1664525u + 1013904223u;
  return (sample_state >> 8) / 16777216.0;
}

static double
sample_normal (void)
{
  double u = sample_uniform (), v = sample_uniform ();
  return sqrt (-2 * log (1 - u * 0.9999999)) * cos (2 * G_PI * v);
}

static const double sample_centres[SAMPLE_GROUPS][2] = { { 6.5, 6 }, { 3.5, 4.6 }, { 0.5, 4.5 },
                                                         { 1, 0.5 }, { -3, 2 },    { -4.5, -1.5 },
                                                         { -2, -4 } };
static const double sample_shares[SAMPLE_GROUPS] = { .045, .12, .12, .27, .15, .2, .095 };

typedef struct
{
  gsize n;
  double *x, *y, *silhouette;
  gint32 *group;
  char **ids;
} Sample;

static inline void
sample_clear (Sample *sample)
{
  g_free (sample->x);
  g_free (sample->y);
  g_free (sample->silhouette);
  g_free (sample->group);
  g_strfreev (sample->ids);
}

static inline void
sample_fill (Sample *sample, gsize n)
{
  sample_state = 20161129;
  *sample = (Sample){ n,
                      g_new (double, n),
                      g_new (double, n),
                      g_new (double, n),
                      g_new (gint32, n),
                      g_new0 (char *, n + 1) };
  for (gsize i = 0; i < n; i++)
    {
      double u = sample_uniform (), a, r;
      int g = 0;
      while (g < SAMPLE_GROUPS - 1 && u > sample_shares[g])
        u -= sample_shares[g++];
      a = 2 * G_PI * sample_uniform ();
      r = 0.9 + 0.35 * fabs (sample_normal ()) - 0.9 * sample_uniform ();
      sample->group[i] = sample_uniform () < 0.01 ? -1 : g;
      sample->x[i] = sample_centres[g][0] + r * cos (a) * (1.1 + 0.2 * g) + 0.25 * sample_normal ();
      sample->y[i] = sample_centres[g][1] + r * sin (a) * 1.2 + 0.25 * sample_normal ();
      sample->silhouette[i] =
          CLAMP (0.62 - 0.05 * g - pow (sample_uniform (), 3) * 0.75, -0.3, 0.9);
      sample->ids[i] = g_strdup_printf ("%d", 12346 + (int)i);
    }
}

static inline InsChart *
sample_scatter_of (gsize n, gboolean numbers)
{
  Sample s;
  InsScatterData data;
  InsChart *chart;

  sample_fill (&s, n);
  data = (InsScatterData){ .n = n,
                           .x = s.x,
                           .y = s.y,
                           .group = s.group,
                           .ids = (const char *const *)s.ids,
                           .n_groups = SAMPLE_GROUPS,
                           .groups = sample_groups,
                           .x_title = "First component (41 % of variance)",
                           .y_title = "Second component (30 %)",
                           .show_numbers = numbers };
  chart = ins_scatter_chart_new (&data);
  ins_chart_set_titles (chart, "Insiders: 257 customers bring 48 % of revenue",
                        "K-Means, 7 clusters of 5,695 customers in the plane of UMAP · run 8c1e");
  sample_clear (&s);
  return chart;
}

static InsChart *
sample_scatter (void)
{
  return sample_scatter_of (5695, FALSE);
}

static InsChart *
sample_scatter_numbers (void)
{
  return sample_scatter_of (700, TRUE);
}

static InsChart *
sample_elbow (void)
{
  double k[24], within[24];
  InsLinePanel panel = { "Within-cluster sum of squares", NULL, within, 4, "knee", TRUE };
  InsChart *chart;
  for (int i = 0; i < 24; i++)
    {
      k[i] = i + 2;
      within[i] = 1800 + 38000 * exp (-0.38 * i) + 120 * sin (i * 2.2);
    }
  chart = ins_line_chart_new (k, 24, "Clusters (k)", &panel, 1, 7);
  ins_chart_set_titles (chart, "The elbow bends at k = 6",
                        "K-Means over 2,968 customers, 5 features · run 8c1e");
  return chart;
}

static InsChart *
sample_choose_k (void)
{
  double k[11], y[4][11];
  InsLinePanel panels[4] = { { "Within-cluster sum of squares", NULL, y[0], 4, "knee", TRUE },
                             { "Silhouette", NULL, y[1], 5, "best", FALSE },
                             { "Calinski–Harabasz", NULL, y[2], 3, "best", FALSE },
                             { "Davies–Bouldin", NULL, y[3], 5, "best", TRUE } };
  InsChart *chart;
  for (int i = 0; i < 11; i++)
    {
      k[i] = i + 2;
      y[0][i] = 1800 + 38000 * exp (-0.38 * i);
      y[1][i] = 0.25 + 0.1 * exp (-pow (i - 5, 2) / 8.0);
      y[2][i] = 900 + 350 * exp (-pow (i - 3, 2) / 10.0) + 15 * sin (3 * i);
      y[3][i] = 1.4 - 0.35 * exp (-pow (i - 5, 2) / 6.0);
    }
  chart = ins_line_chart_new (k, 11, "Clusters (k)", panels, 4, 7);
  ins_chart_set_titles (chart, "Two of four indices speak for k = 7",
                        "K-Means over 2,968 customers, 5 features · run 8c1e");
  return chart;
}

static InsChart *
sample_series (void)
{
  double k[11], y[3][11];
  InsLinePanel panels[3] = { { "Silhouette", "K-Means", y[0], 5, "best", FALSE },
                             { "Silhouette", "Ward", y[1], -1, NULL, FALSE },
                             { "Silhouette", "Mixture", y[2], -1, NULL, FALSE } };
  InsChart *chart;
  for (int i = 0; i < 11; i++)
    {
      k[i] = i + 2;
      y[0][i] = 0.25 + 0.1 * exp (-pow (i - 5, 2) / 8.0);
      y[1][i] = 0.22 + 0.09 * exp (-pow (i - 4, 2) / 8.0);
      y[2][i] = 0.12 + 0.09 * exp (-pow (i - 2, 2) / 6.0);
    }
  chart = ins_line_chart_new (k, 11, "Clusters (k)", panels, 3, 7);
  ins_chart_set_titles (chart, "Silhouette is best at k = 7 (0.35)",
                        "Three models over 2,968 customers · run 8c1e");
  return chart;
}

static InsChart *
sample_silhouette (void)
{
  Sample s;
  InsChart *chart;
  sample_fill (&s, 2968);
  chart = ins_silhouette_chart_new (s.silhouette, s.group, s.n, (const char *const *)s.ids,
                                    sample_groups, SAMPLE_GROUPS);
  ins_chart_set_titles (chart, "Insiders hold together best, Lost least",
                        "Silhouettes of 2,968 customers in the scaled features · run 8c1e");
  sample_clear (&s);
  return chart;
}

/* Merges nearest groups of numbers on a line: enough of a tree. */
static inline InsChart *
sample_dendrogram_of (gsize n, gsize truncate, InsHeightScale scale)
{
  gint32 *left = g_new0 (gint32, n), *right = g_new0 (gint32, n), *size = g_new0 (gint32, n);
  gint32 *group = g_new0 (gint32, n), *node = g_new0 (gint32, n);
  double *height = g_new0 (double, n);
  gsize m = 0, alive = n;
  InsChart *chart;
  InsDendrogramData data;

  sample_state = 7;
  for (gsize i = 0; i < n; i++)
    {
      double u = (i + 0.5) / n;
      int g = 0;
      while (g < SAMPLE_GROUPS - 1 && u > sample_shares[g])
        u -= sample_shares[g++];
      group[i] = g;
      node[i] = (gint32)i;
    }
  /* inside groups first, then the groups */
  for (int g = 0; g < SAMPLE_GROUPS; g++)
    {
      gsize first = 0, last;
      while (first < n && group[first] != g)
        first++;
      last = first;
      while (last < n && group[last] == g)
        last++;
      while (last - first > 1)
        {
          gsize i = first + (gsize)(sample_uniform () * (last - first - 1));
          left[m] = MIN (node[i], node[i + 1]);
          right[m] = MAX (node[i], node[i + 1]);
          m++;
          node[i] = (gint32)(n + m - 1);
          for (gsize j = i + 1; j + 1 < last; j++)
            node[j] = node[j + 1];
          last--;
        }
      node[g] = last > first ? node[first] : -1;
    }
  alive = SAMPLE_GROUPS;
  while (alive > 1 && m + 1 < n)
    {
      gsize i = (gsize)(sample_uniform () * (alive - 1));
      left[m] = MIN (node[i], node[i + 1]);
      right[m] = MAX (node[i], node[i + 1]);
      m++;
      node[i] = (gint32)(n + m - 1);
      for (gsize j = i + 1; j + 1 < alive; j++)
        node[j] = node[j + 1];
      alive--;
    }
  {
    /* heights must rise with the merges' numbers */
    for (gsize i = 0; i + 1 < n; i++)
      height[i] = 0.02 + 60 * pow ((double)(i + 1) / n, 6) * ((double)(i + 1) / n > 0.99 ? 1 : 0.8)
                  + (i + 1 + SAMPLE_GROUPS > n ? 12.0 * (double)(i + 1 + SAMPLE_GROUPS - n) : 0);
  }
  data = (InsDendrogramData){ n,
                              left,
                              right,
                              height,
                              size,
                              SAMPLE_GROUPS,
                              n > SAMPLE_GROUPS
                                  ? (height[n - SAMPLE_GROUPS - 1] + height[n - SAMPLE_GROUPS]) / 2
                                  : 1,
                              group,
                              SAMPLE_GROUPS,
                              sample_groups,
                              truncate,
                              scale };
  chart = ins_dendrogram_chart_new (&data);
  ins_chart_set_titles (chart, "Seven clusters under a cut at height 54",
                        "Ward linkage of 2,968 customers, scaled features · run 8c1e");
  g_free (left);
  g_free (right);
  g_free (size);
  g_free (group);
  g_free (node);
  g_free (height);
  return chart;
}

static InsChart *
sample_dendrogram (void)
{
  return sample_dendrogram_of (2968, 40, INS_HEIGHT_LINEAR);
}

static InsChart *
sample_dendrogram_full (void)
{
  return sample_dendrogram_of (5695, 0, INS_HEIGHT_SQRT);
}

static InsChart *
sample_bars (void)
{
  const InsBar bars[] = { { "Insiders", 0.481, -1, TRUE }, { "Loyal", 0.214, 0, TRUE },
                          { "Regulars", 0.131, 2, TRUE },  { "Promising", 0.083, 1, TRUE },
                          { "At risk", 0.052, 3, TRUE },   { "Occasional", 0.028, 4, TRUE },
                          { "Lost", 0.011, 5, TRUE } };
  const double customers[] = { .045, .12, .27, .12, .15, .2, .095 };
  InsChart *chart = ins_bar_chart_new (bars, G_N_ELEMENTS (bars), NULL, "percent");
  ins_bar_chart_set_reference (chart, customers, "of revenue", "of customers");
  ins_chart_set_titles (chart, "Insiders: 4.5 % of customers bring 48 % of revenue",
                        "Share of revenue and of customers by cluster · run 8c1e");
  return chart;
}

static InsChart *
sample_bars_money (void)
{
  const InsBar bars[] = { { "United Kingdom", 8187806.4, 0, FALSE },
                          { "Netherlands", 284661.5, 0, FALSE },
                          { "EIRE", 263276.8, 0, FALSE },
                          { "Germany", 221698.2, 0, FALSE },
                          { "France", 197403.9, 0, FALSE },
                          { "Australia", 137077.3, 0, FALSE },
                          { "Returned orders", -896812.5, 0, FALSE } };
  InsChart *chart = ins_bar_chart_new (bars, G_N_ELEMENTS (bars), "Revenue", "money");
  ins_chart_set_currency (chart, "£");
  ins_chart_set_titles (chart, "Eight tenths of the money come from home", "Revenue by country");
  return chart;
}

static InsChart *
sample_waterfall (void)
{
  const InsWaterfallStep steps[] = { { "Imported", 541909 },
                                     { "Customer known", 406829 },
                                     { "Price above 0.04", 406789 },
                                     { "No service codes", 404936 },
                                     { "Country known", 404692 },
                                     { "Cancellations paired", 395800 },
                                     { "Customers with a purchase", 395642 } };
  InsChart *chart = ins_waterfall_chart_new (steps, G_N_ELEMENTS (steps), "Lines", "lines");
  ins_chart_set_titles (chart, "73 % of the lines are kept",
                        "Lines of ecommerce.csv left after each rule · run 8c1e");
  return chart;
}

static InsChart *
sample_histogram (void)
{
  double values[3000];
  InsChart *chart;
  sample_state = 5;
  for (int i = 0; i < 3000; i++)
    values[i] = i % 100 == 7 ? NAN : exp (6.4 + 1.2 * sample_normal ());
  chart = ins_histogram_chart_new (values, 3000, "Gross revenue", "money", 0, TRUE);
  ins_chart_set_currency (chart, "£");
  ins_chart_set_titles (chart, "Half of the customers spend less than £600",
                        "Gross revenue of 2,970 customers · run 8c1e");
  return chart;
}

static InsChart *
sample_columns (void)
{
  const double lines[] = { 8712,  42481, 35147, 27707, 36748, 29916, 37030,
                           36874, 39518, 35284, 50226, 60742, 84711, 17815 };
  const char *const labels[] = { "Nov 2016", "Dec 2016", "Jan 2017", "Feb 2017", "Mar 2017",
                                 "Apr 2017", "May 2017", "Jun 2017", "Jul 2017", "Aug 2017",
                                 "Sep 2017", "Oct 2017", "Nov 2017", "Dec 2017" };
  InsChart *chart = ins_column_chart_new (lines, labels, G_N_ELEMENTS (lines), "Lines", NULL);
  ins_chart_set_titles (chart, "November is the busiest month", "Lines per month of ecommerce.csv");
  return chart;
}

static InsChart *
sample_heat (void)
{
  const char *const rows[] = { "Revenue",
                               "Items",
                               "Invoices",
                               "Different products",
                               "Revenue per invoice",
                               "Items returned",
                               "Days between visits",
                               "Recency" };
  double values[G_N_ELEMENTS (rows) * SAMPLE_GROUPS];
  InsChart *chart;
  for (gsize r = 0; r < G_N_ELEMENTS (rows); r++)
    for (gsize c = 0; c < SAMPLE_GROUPS; c++)
      values[r * SAMPLE_GROUPS + c] = pow (2, (3.1 - r) * (3 - (double)c) / 4);
  values[9] = NAN;
  chart =
      ins_heat_chart_new (values, rows, G_N_ELEMENTS (rows), sample_groups, SAMPLE_GROUPS, "ratio");
  ins_chart_set_titles (chart, "Insiders: Revenue 8.1× the average, Recency 0.3×",
                        "Mean of each cluster as a multiple of the mean of all 2,968 customers");
  return chart;
}

/* Five features of the customers in the plane, some with a long tail. */
static inline void
sample_variables (const Sample *sample, InsChartVariable variables[5])
{
  double *values = g_new (double, 5 * sample->n);
  for (gsize i = 0; i < sample->n; i++)
    {
      double *v = values + i;
      v[0] = exp (5 + 0.4 * sample->x[i] + 0.3 * sample->y[i]);
      v[sample->n] = floor (exp (0.3 * sample->x[i] + 0.4 * sample_uniform ()));
      v[2 * sample->n] = 180 - 20 * sample->y[i] + 40 * sample_normal ();
      v[3 * sample->n] = sample_uniform ();
      v[4 * sample->n] = i % 5 == 0 ? NAN : sample->silhouette[i];
    }
  variables[0] = (InsChartVariable){ "Revenue", "money", values, TRUE };
  variables[1] = (InsChartVariable){ "Invoices", "invoices", values + sample->n, TRUE };
  variables[2] = (InsChartVariable){ "Recency", "days", values + 2 * sample->n, FALSE };
  variables[3] = (InsChartVariable){ "Return rate", "percent", values + 3 * sample->n, FALSE };
  variables[4] = (InsChartVariable){ "Silhouette", "", values + 4 * sample->n, FALSE };
}

static InsChart *
sample_box (void)
{
  InsChartVariable variables[5];
  InsChart *chart;
  Sample s;
  sample_fill (&s, 900);
  sample_variables (&s, variables);
  chart = ins_box_chart_new (variables, 5, s.group, s.n, sample_groups, SAMPLE_GROUPS);
  ins_chart_set_titles (chart, "Revenue separates the groups most: median 2,970 in “Insiders”",
                        "Median, quartiles and whiskers of 1.5 IQR by group");
  g_free ((double *)variables[0].values);
  sample_clear (&s);
  return chart;
}

static InsChart *
sample_pairs (void)
{
  InsChartVariable variables[5];
  InsChart *chart;
  Sample s;
  sample_fill (&s, 700);
  sample_variables (&s, variables);
  variables[1] = variables[2];
  chart = ins_pairs_chart_new (variables, 4, s.group, s.n, (const char *const *)s.ids,
                               sample_groups, SAMPLE_GROUPS);
  ins_chart_set_titles (chart, "2 features, Revenue and Recency, separate the groups most",
                        "4 of 5 features used");
  g_free ((double *)variables[0].values);
  sample_clear (&s);
  return chart;
}

static InsChart *
sample_correlation (void)
{
  const char *const names[] = { "Revenue", "Items", "Invoices", "Revenue per invoice", "Recency" };
  const double r[5][5] = { { 1, 0.92, 0.58, 0.43, -0.13 },
                           { 0.92, 1, 0.59, 0.39, -0.14 },
                           { 0.58, 0.59, 1, 0.11, -0.26 },
                           { 0.43, 0.39, 0.11, 1, NAN },
                           { -0.13, -0.14, -0.26, NAN, 1 } };
  InsChart *chart = ins_correlation_chart_new (&r[0][0], names, 5);
  ins_chart_set_titles (chart, "Revenue and Items rise together most (0.92)",
                        "Pearson's correlations of 5 features");
  return chart;
}

static InsChart *
sample_biplot (void)
{
  const char *const names[] = { "Revenue", "Invoices", "Recency", "Revenue per invoice", "Items" };
  const double x[] = { 0.55, 0.5, -0.4, 0.2, 0.53 }, y[] = { 0.1, -0.3, -0.5, 0.75, 0.12 };
  InsChart *chart = sample_scatter_numbers ();
  ins_scatter_chart_set_arrows (chart, names, x, y, 5);
  ins_chart_set_titles (chart, "Component 1 follows Revenue, component 2 Revenue per invoice",
                        "Arrows: loadings of the features");
  return chart;
}

static const SampleChart sample_charts[] = {
  { "scatter", sample_scatter, TRUE },
  { "scatter-numbers", sample_scatter_numbers, TRUE },
  { "elbow", sample_elbow, FALSE },
  { "choose-k", sample_choose_k, FALSE },
  { "series", sample_series, FALSE },
  { "silhouette", sample_silhouette, TRUE },
  { "dendrogram", sample_dendrogram, TRUE },
  { "dendrogram-full", sample_dendrogram_full, TRUE },
  { "bars", sample_bars, FALSE },
  { "bars-money", sample_bars_money, FALSE },
  { "waterfall", sample_waterfall, FALSE },
  { "histogram", sample_histogram, TRUE },
  { "columns", sample_columns, FALSE },
  { "heat", sample_heat, FALSE },
  { "box", sample_box, FALSE },
  { "pairs", sample_pairs, TRUE },
  { "correlation", sample_correlation, FALSE },
  { "biplot", sample_biplot, TRUE },
};
