/* ins-relation-sql.c: tables of results in SQL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store/ins-relation.h"

#define MAX_SQL_COLUMNS 1990 /* below SQLite's usual limit of 2000 */

static const char *const table_names[INS_N_RELATIONS] = {
  "customers", "features", "embedding", "cluster_profile", "waterfall", "sweep", "rejected",
};

const char *
ins_relation_get_table (const InsRelation *relation)
{
  g_return_val_if_fail (relation != NULL, NULL);
  return table_names[relation->kind];
}

/* The program's own columns keep their names; of the others a later one gives way.  SQLite folds
 * the case of ASCII letters only. */
static char *
make_unique (const char *name, GHashTable *taken)
{
  g_autofree char *folded = g_ascii_strdown (name, -1);
  char *unique = g_strdup (name);

  for (guint i = 2; g_hash_table_contains (taken, folded); i++)
    {
      g_free (unique);
      g_free (folded);
      unique = g_strdup_printf ("%s_%u", name, i);
      folded = g_ascii_strdown (unique, -1);
    }
  g_hash_table_add (taken, g_steal_pointer (&folded));
  return unique;
}

gsize
ins_relation_get_n_sql_columns (const InsRelation *relation)
{
  g_return_val_if_fail (relation != NULL, 0);
  return MIN (relation->n_columns, MAX_SQL_COLUMNS);
}

gsize
ins_relation_get_sql_column (const InsRelation *relation, gsize i)
{
  gsize behind;

  g_return_val_if_fail (relation != NULL, 0);

  /* only the customers' own columns stand behind those of the data */
  behind = i + relation->n_columns - ins_relation_get_n_sql_columns (relation);
  if (relation->kind == INS_RELATION_CUSTOMERS && i > 0
      && ins_relation_is_own_column (relation, behind))
    return behind;
  return i;
}

char *
ins_relation_to_sql (const InsRelation *relation)
{
  static const char *const type_names[] = { "", "TEXT", "INTEGER", "REAL" };
  g_autoptr (GHashTable) taken = NULL;
  GString *sql;
  gsize n;

  g_return_val_if_fail (relation != NULL, NULL);

  n = ins_relation_get_n_sql_columns (relation);
  taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize i = 0; i < n; i++)
    if (ins_relation_is_own_column (relation, ins_relation_get_sql_column (relation, i)))
      g_hash_table_add (
          taken, g_ascii_strdown (relation->names[ins_relation_get_sql_column (relation, i)], -1));

  sql = g_string_new (NULL);
  g_string_append_printf (sql, "CREATE TABLE %s (", ins_relation_get_table (relation));
  for (gsize i = 0; i < n; i++)
    {
      gsize column = ins_relation_get_sql_column (relation, i);
      g_autofree char *unique = ins_relation_is_own_column (relation, column)
                                    ? g_strdup (relation->names[column])
                                    : make_unique (relation->names[column], taken);
      g_autofree char *quoted = ins_sql_quote_name (unique);
      g_string_append_printf (sql, "%s\n  %s %s", i > 0 ? "," : "", quoted,
                              type_names[relation->types[column]]);
    }
  g_string_append (sql, "\n);\n");
  return g_string_free (sql, FALSE);
}

static void
bind_cell (InsStatement *statement, int index, const InsCell *cell)
{
  if (cell->type == INS_CELL_TEXT)
    ins_statement_bind_text (statement, index, cell->text);
  else if (cell->type == INS_CELL_INTEGER)
    ins_statement_bind_integer (statement, index, cell->integer);
  else if (cell->type == INS_CELL_REAL)
    ins_statement_bind_real (statement, index, cell->real);
  else
    ins_statement_bind_null (statement, index);
}

static gboolean
insert_rows (const InsRelation *relation, InsStatement *statement, InsRun *run, GError **error)
{
  gsize n = ins_relation_get_n_sql_columns (relation);
  InsCell cell = { 0 };

  for (gsize row = 0; row < relation->n_rows; row++)
    {
      if (run != NULL && !ins_run_check (run, error))
        return FALSE;
      for (gsize i = 0; i < n; i++)
        {
          ins_relation_get (relation, row, ins_relation_get_sql_column (relation, i), &cell);
          bind_cell (statement, (int)i, &cell);
        }
      if (!ins_statement_execute (statement, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
ins_relation_write (const InsRelation *relation, InsDatabase *database, InsRun *run, GError **error)
{
  g_autoptr (InsStatement) statement = NULL;
  g_autofree char *create = NULL;
  GString *insert;

  g_return_val_if_fail (relation != NULL && database != NULL, FALSE);

  create = ins_relation_to_sql (relation);
  if (!ins_database_exec (database, create, error))
    return FALSE;

  insert = g_string_new (NULL);
  g_string_append_printf (insert, "INSERT INTO %s VALUES (?", ins_relation_get_table (relation));
  for (gsize i = 1; i < ins_relation_get_n_sql_columns (relation); i++)
    g_string_append (insert, ", ?");
  g_string_append_c (insert, ')');
  statement = ins_database_prepare (database, insert->str, error);
  g_string_free (insert, TRUE);
  if (statement == NULL || !insert_rows (relation, statement, run, error))
    return FALSE;

  if (relation->kind != INS_RELATION_CUSTOMERS)
    return TRUE;
  return ins_database_exec (
      database, "CREATE VIEW insiders AS SELECT * FROM customers WHERE is_insider = 1;", error);
}

gboolean
ins_relations_write (const InsResults *results, const InsIdentity *identities,
                     InsDatabase *database, InsRun *run, GError **error)
{
  static const InsRelationKind kinds[] = { INS_RELATION_CUSTOMERS, INS_RELATION_CLUSTERS,
                                           INS_RELATION_WATERFALL, INS_RELATION_SWEEP };

  g_return_val_if_fail (results != NULL && database != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (InsRelation) relation = NULL;

      if (!ins_relation_is_available (kinds[i], results))
        continue;
      relation = ins_relation_new (kinds[i], results, identities);
      if (!ins_relation_write (relation, database, run, error))
        return FALSE;
    }
  return TRUE;
}
