/* ins-table.c: an immutable, columnar, dictionary-encoded table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-table.h"

#include <math.h>
#include <string.h>

static const char *const role_names[INS_N_ROLES] = {
  "invoice", "product",  "description", "quantity", "date",
  "price",   "customer", "country",     "amount",   "id",
};

static const double powers_of_ten[] = {
  1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
  1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
};

const char *
ins_role_to_text (InsRole role)
{
  g_return_val_if_fail ((guint)role < INS_N_ROLES, NULL);

  return role_names[role];
}

gboolean
ins_role_from_text (const char *text, InsRole *role)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = 0; i < INS_N_ROLES; i++)
    if (strcmp (role_names[i], text) == 0)
      {
        if (role)
          *role = i;
        return TRUE;
      }
  return FALSE;
}

InsTable *
ins_table_new (gsize n_rows, gsize n_columns)
{
  InsTable *table = g_new0 (InsTable, 1);

  table->n_rows = n_rows;
  table->n_columns = n_columns;
  table->columns = g_new0 (InsColumn, n_columns);
  for (guint i = 0; i < INS_N_ROLES; i++)
    table->role_column[i] = -1;
  g_atomic_ref_count_init (&table->ref_count);
  return table;
}

InsTable *
ins_table_ref (InsTable *table)
{
  g_return_val_if_fail (table != NULL, NULL);

  g_atomic_ref_count_inc (&table->ref_count);
  return table;
}

static void
column_clear (InsColumn *column)
{
  g_free (column->name);
  if (column->words)
    for (guint32 i = 0; i < column->n_words; i++)
      g_free (column->words[i]);
  g_free (column->words);
  g_free (column->codes);
  g_free (column->scaled);
  g_free (column->values);
  g_free (column->days);
}

void
ins_table_unref (InsTable *table)
{
  g_return_if_fail (table != NULL);

  if (!g_atomic_ref_count_dec (&table->ref_count))
    return;
  for (gsize i = 0; i < table->n_columns; i++)
    column_clear (&table->columns[i]);
  g_free (table->columns);
  g_free (table);
}

gsize
ins_table_size (const InsTable *table)
{
  gsize size = sizeof *table;

  g_return_val_if_fail (table != NULL, 0);

  for (gsize i = 0; i < table->n_columns; i++)
    {
      const InsColumn *column = &table->columns[i];
      gsize width = (column->codes ? sizeof *column->codes : 0)
                    + (column->scaled ? sizeof *column->scaled : 0)
                    + (column->values ? sizeof *column->values : 0)
                    + (column->days ? sizeof *column->days : 0);

      size += sizeof *column + table->n_rows * width;
      for (guint32 w = 0; w < column->n_words; w++)
        size += sizeof (char *) + MAX (strlen (column->words[w]) + 1, 24);
    }
  return size;
}

const InsColumn *
ins_table_get (const InsTable *table, InsRole role)
{
  int column;

  g_return_val_if_fail (table != NULL, NULL);
  g_return_val_if_fail ((guint)role < INS_N_ROLES, NULL);

  column = table->role_column[role];
  return column < 0 ? NULL : &table->columns[column];
}

double
ins_column_get_number (const InsColumn *column, gsize row)
{
  g_return_val_if_fail (column != NULL, NAN);

  if (column->values)
    return column->values[row];
  if (!column->scaled || column->scaled[row] == INS_SCALED_MISSING)
    return NAN;
  /* Both are exact up to 2^53 and 10^22, so the quotient is the double nearest to the decimal. */
  return (double)column->scaled[row] / powers_of_ten[MIN (column->decimals, 18)];
}

const char *
ins_column_get_word (const InsColumn *column, gsize row)
{
  g_return_val_if_fail (column != NULL, NULL);

  if (!column->codes || column->codes[row] == INS_CODE_MISSING)
    return NULL;
  return column->words[column->codes[row]];
}
