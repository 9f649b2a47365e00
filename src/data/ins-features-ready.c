/* ins-features-ready.c: a table that already has one line per customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-features-private.h"
#include "data/ins-filter-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* In several languages, as a part of the name. */
static const char *const revenue_words[] = {
  "revenue", "sales",  "turnover", "monetary", "spend",    "spent",  "amount", "receita", "faturam",
  "umsatz",  "ventas", "ingreso",  "chiffre",  "fatturat", "income", "total",  "money",   "value",
};

static gboolean
is_feature (const InsTable *table, gsize column)
{
  return table->columns[column].type == INS_COLUMN_NUMBER
         && (int)column != table->role_column[INS_ROLE_ID]
         && (table->role_column[INS_ROLE_ID] >= 0
             || (int)column != table->role_column[INS_ROLE_CUSTOMER]);
}

static gboolean
sounds_like_revenue (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (revenue_words); i++)
    if (strstr (folded, revenue_words[i]))
      return TRUE;
  return FALSE;
}

int
ins_ready_value_column (const InsTable *table)
{
  for (gsize c = 0; c < table->n_columns; c++)
    if (is_feature (table, c) && sounds_like_revenue (table->columns[c].name))
      return c;
  return -1;
}

/* What is known of the dictionary's names stays known; the rest is told from the column. */
static InsFeatureInfo
describe_column (const InsColumn *column, GStringChunk *strings)
{
  const InsFeatureInfo *known = ins_feature_dictionary_find (column->name);
  g_autofree char *definition = NULL;

  if (known && known->type == INS_FEATURE_NUMBER)
    return *known;
  /* Translators: %s is the name of a column. */
  definition = g_strdup_printf (_ ("Column “%s” of the table"), column->name);
  return (InsFeatureInfo){
    .name = g_string_chunk_insert_const (strings, column->name),
    .title = g_string_chunk_insert_const (strings, column->name),
    .definition = g_string_chunk_insert_const (strings, definition),
    .unit = sounds_like_revenue (column->name) ? "money" : "",
    .direction = sounds_like_revenue (column->name) ? 1 : 0,
    .decimals = column->scaled ? MIN (column->decimals, 4) : 3,
    .type = INS_FEATURE_NUMBER,
  };
}

static gboolean
order_ids (const InsFiltered *filtered, InsFeatures *features, guint32 **order, GError **error)
{
  gsize n = filtered->n_ids;

  *order = ins_features_order_ids (filtered->ids, n, &features->ids_are_numbers);
  for (gsize i = 1; i < n; i++)
    if (g_str_equal (filtered->ids[(*order)[i - 1]], filtered->ids[(*order)[i]]))
      {
        g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                     _ ("The customer “%s” has more than one line in the table: choose another "
                        "column with --id, or read the file as transactions."),
                     filtered->ids[(*order)[i]]);
        return FALSE;
      }
  return TRUE;
}

static void
copy_columns (const InsTable *table, const guint32 *order, InsFeatures *features)
{
  gsize feature = 0;
  int value_column = ins_ready_value_column (table);

  features->value_feature = -1;
  for (gsize c = 0; c < table->n_columns; c++)
    {
      double *values;

      if (!is_feature (table, c))
        continue;
      if ((int)c == value_column)
        features->value_feature = feature;
      features->infos[feature] = describe_column (&table->columns[c], features->strings);
      values = ins_matrix_col (features->values, feature++);
      for (gsize i = 0; i < features->n; i++)
        values[i] = ins_column_get_number (&table->columns[c], order[i]);
    }
}

/* Narrows @order to the customers that have what is required. */
static gboolean
apply_require (const InsFiltered *filtered, InsFeatures *features, guint32 *order, GError **error)
{
  g_autofree guint8 *lacking = ins_features_find_lacking (features, filtered->require, error);
  g_autofree guint32 *rows = g_new (guint32, MAX (features->n, 1));
  InsWaterfallBar *bar;
  InsMatrix *values;
  InsSum revenue = { 0 };
  gsize n = 0;

  if (!lacking)
    return FALSE;
  if (!*filtered->require)
    return TRUE;
  for (gsize i = 0; i < features->n; i++)
    if (!lacking[i])
      {
        double value = features->value_feature < 0
                           ? 0
                           : ins_matrix_get (features->values, i, features->value_feature);

        ins_sum_add (&revenue, isnan (value) ? 0 : value);
        rows[n] = i;
        order[n++] = order[i];
      }
  values = ins_matrix_take_rows (features->values, rows, n);
  ins_matrix_unref (features->values);
  features->values = values;
  features->n = n;
  bar = ins_waterfall_bar_new ("required");
  bar->lines = bar->customers = n;
  bar->revenue = ins_sum_get (&revenue);
  g_ptr_array_add (features->bars, bar);
  return TRUE;
}

static gboolean
fill_features (const InsFiltered *filtered, InsFeatures *features, GError **error)
{
  const InsTable *table = filtered->table;
  g_autofree guint32 *order = NULL;

  for (gsize c = 0; c < table->n_columns; c++)
    features->n_features += is_feature (table, c);
  features->infos = g_new0 (InsFeatureInfo, MAX (features->n_features, 1));
  features->words = g_new0 (char **, MAX (features->n_features, 1));
  features->strings = g_string_chunk_new (1024);
  features->n = table->n_rows;
  features->values = ins_matrix_new (features->n, features->n_features);
  features->reference_date = INS_DATE_MISSING;
  if (features->n_features == 0)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                           _ ("The table has no column of numbers besides the identifier: choose "
                              "another file or another column with --id."));
      return FALSE;
    }
  if (!order_ids (filtered, features, &order, error))
    return FALSE;
  copy_columns (table, order, features);
  if (!apply_require (filtered, features, order, error)
      || !ins_features_check_any (features, error))
    return FALSE;
  features->ids = g_new0 (char *, features->n + 1);
  for (gsize i = 0; i < features->n; i++)
    features->ids[i] = g_strdup (filtered->ids[order[i]]);
  return TRUE;
}

InsFeatures *
ins_features_from_ready (InsFiltered *filtered, InsRun *run, GError **error)
{
  InsFeatures *features = ins_artifact_alloc (&ins_features_type, sizeof (InsFeatures));

  features->bars = ins_waterfall_copy (filtered->bars);
  if (!ins_run_check (run, error) || !fill_features (filtered, features, error))
    ins_clear_artifact (&features);
  return features;
}
