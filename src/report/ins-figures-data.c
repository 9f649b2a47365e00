/* ins-figures-data.c: lines per month, waterfall, histogram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-figures-private.h"

#include "base/ins-stats.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- months --- */

gboolean
ins_figure_has_months (const InsFigureInput *input)
{
  const InsImport *import = input->results->import;
  return import && import->n_months > 0 && import->lines_per_month;
}

/* @month: since 1970-01 */
static char *
month_text (int month, const char *format)
{
  int year = 1970 + (month >= 0 ? month / 12 : (month - 11) / 12);
  g_autoptr (GDateTime) date =
      g_date_time_new_utc (CLAMP (year, 1, 9999), ((month % 12) + 12) % 12 + 1, 1, 0, 0, 0);
  char *text = g_date_time_format (date, format);
  return text ? text : g_strdup_printf ("%d-%02d", year, ((month % 12) + 12) % 12 + 1);
}

InsChart *
ins_figure_months (const InsFigureInput *input)
{
  const InsImport *import = input->results->import;
  gsize n = import->n_months, busiest = 0;
  g_autofree double *values = g_new0 (double, n);
  g_auto (GStrv) labels = g_new0 (char *, n + 1);
  g_autofree char *month = NULL, *lines = NULL, *all = NULL;
  InsChart *chart;

  for (gsize i = 0; i < n; i++)
    {
      values[i] = import->lines_per_month[i];
      labels[i] = month_text (import->first_month + (int)i, "%b %Y");
      if (values[i] > values[busiest])
        busiest = i;
    }
  month = month_text (import->first_month + (int)busiest, "%B %Y");
  lines = ins_format_number (values[busiest], 0);
  all = ins_format_number ((double)import->n_rows, 0);
  chart =
      ins_column_chart_new (values, (const char *const *)labels, n, _ ("Lines per month"), NULL);
  return ins_figure_finish (
      chart, input, g_strdup_printf (_ ("%s is the busiest month: %s lines"), month, lines),
      g_strdup_printf (_ ("%s lines of %s"), all, import->source_name ? import->source_name : ""));
}

/* --- waterfall --- */

typedef enum
{
  MEASURE_LINES,
  MEASURE_CUSTOMERS,
  MEASURE_REVENUE
} Measure;

static double
lines_of (const InsWaterfallBar *bar)
{
  return (double)bar->lines;
}

static double
customers_of (const InsWaterfallBar *bar)
{
  return (double)bar->customers;
}

static double
revenue_of (const InsWaterfallBar *bar)
{
  return bar->revenue;
}

static const struct
{
  const char *name, *title, *unit, *finding;
  double (*get) (const InsWaterfallBar *bar);
} measures[] = {
  /* TRANSLATORS: share, what is left, what there was */
  { "lines", N_ ("Lines"), "", N_ ("%s of the lines are kept: %s of %s"), lines_of },
  { "customers", N_ ("Customers"), "", N_ ("%s of the customers are kept: %s of %s"),
    customers_of },
  { "revenue", N_ ("Revenue"), "money", N_ ("%s of the revenue is kept: %s of %s"), revenue_of },
};

gboolean
ins_figure_has_waterfall (const InsFigureInput *input)
{
  GPtrArray *bars = ins_results_get_waterfall (input->results);
  return bars && bars->len > 0;
}

static char *
finding_text (const char *format, const char *share, const char *left, const char *all)
{
  g_autoptr (GString) text = g_string_new (format);
  const char *values[] = { share, left, all };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char *at = strstr (text->str, "%s");
      gsize position = at ? (gsize)(at - text->str) : text->len;
      if (at)
        g_string_erase (text, (gssize)position, 2);
      g_string_insert (text, (gssize)position, values[i]);
    }
  return g_strdup (text->str);
}

InsChart *
ins_figure_waterfall (const InsFigureInput *input)
{
  GPtrArray *bars = ins_results_get_waterfall (input->results);
  const char *source = input->results->import ? input->results->import->source_name : NULL;
  g_autofree InsWaterfallStep *steps = g_new0 (InsWaterfallStep, bars->len + 1);
  g_auto (GStrv) labels = g_new0 (char *, bars->len + 1);
  g_autofree char *share = NULL, *left = NULL, *all = NULL;
  gsize m = MEASURE_LINES;
  double first, last;
  InsChart *chart;

  for (gsize i = 0; i < G_N_ELEMENTS (measures); i++)
    if (g_strcmp0 (measures[i].name, input->measure) == 0)
      m = i;
  for (guint i = 0; i < bars->len; i++)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (bars, i);
      /* the titles name what is left out */
      labels[i] = i == 0 ? g_strdup (ins_waterfall_bar_get_title (bar))
                         : g_strdup_printf ("\342\210\222 %s", ins_waterfall_bar_get_title (bar));
      steps[i] = (InsWaterfallStep){ labels[i], measures[m].get (bar) };
    }
  first = steps[0].left;
  last = steps[bars->len - 1].left;
  steps[bars->len] = (InsWaterfallStep){ _ ("Kept"), last };
  share = ins_format_value (first != 0 ? last / first : NAN, "percent", NULL);
  left = ins_format_value (last, measures[m].unit, input->currency);
  all = ins_format_value (first, measures[m].unit, input->currency);
  chart = ins_waterfall_chart_new (steps, bars->len + 1, _ (measures[m].title), measures[m].unit);
  return ins_figure_finish (
      chart, input, finding_text (_ (measures[m].finding), share, left, all),
      source ? g_strdup_printf (_ ("%s of %s left after each rule"), _ (measures[m].title), source)
             : g_strdup_printf (_ ("%s left after each rule"), _ (measures[m].title)));
}

/* --- histogram --- */

#define LOG_FROM 10 /* log1p hardly bends what is below */

static int
histogram_feature (const InsFigureInput *input)
{
  const InsFeatures *features = input->results->features;
  int column;
  if (!features)
    return -1;
  if (input->feature && *input->feature)
    column = ins_features_find (features, input->feature);
  else if (features->value_feature >= 0)
    column = features->value_feature;
  else
    column = input->results->scaled && input->results->scaled->d > 0
                 ? (int)input->results->scaled->columns[0]
                 : 0;
  if (column < 0 || (gsize)column >= features->n_features
      || features->infos[column].type != INS_FEATURE_NUMBER)
    return -1;
  return column;
}

gboolean
ins_figure_has_histogram (const InsFigureInput *input)
{
  return histogram_feature (input) >= 0;
}

gboolean
ins_figure_is_heavy (const double *values, gsize n)
{
  InsDescription description;
  ins_describe (values, n, &description);
  return description.q25 >= 0 && description.max >= LOG_FROM && description.skew > 2;
}

InsChart *
ins_figure_histogram (const InsFigureInput *input)
{
  const InsFeatures *features = input->results->features;
  const InsScaled *scaled = input->results->scaled;
  int column = histogram_feature (input);
  const InsFeatureInfo *info = &features->infos[column];
  gsize n = scaled ? scaled->n : features->n;
  g_autofree double *values = g_new0 (double, MAX (n, 1));
  const double *all = ins_matrix_col (features->values, (gsize)column);
  gsize present = 0;
  g_autofree char *median = NULL, *who = NULL;
  InsChart *chart;

  for (gsize i = 0; i < n; i++)
    {
      values[i] = scaled ? all[scaled->rows[i]] : all[i];
      present += !isnan (values[i]);
    }
  chart = ins_histogram_chart_new (values, n, info->title, info->unit, 0,
                                   ins_figure_is_heavy (values, n));
  median = ins_format_value (ins_median (values, n), info->unit, input->currency);
  who = ins_figure_customers (present);
  return ins_figure_finish (
      chart, input,
      g_strdup_printf (_ ("%s: half of the customers are at %s or below"), info->title, median),
      g_strdup_printf ("%s · %s", who, info->definition ? info->definition : info->name));
}
