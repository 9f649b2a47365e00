/* ins-cli-export.c: results of a project as CSV, SQL text or a plain SQLite file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>

#define SQL_BUFFER 65536 /* bytes gathered before they are written */

static const struct
{
  const char *name;
  InsRelationKind kind;
} csv_exports[] = {
  { "customers", INS_RELATION_CUSTOMERS }, { "clusters", INS_RELATION_CLUSTERS },
  { "features", INS_RELATION_FEATURES },   { "embedding", INS_RELATION_EMBEDDING },
  { "sweep", INS_RELATION_SWEEP },         { "rejected", INS_RELATION_REJECTED },
};

typedef struct
{
  InsCli *cli;
  InsProject *project;
  const char *output;
  gboolean raw;
} Export;

/* ---- SQL ---- */

static void
append_value (GString *sql, const InsCell *cell)
{
  char buffer[INS_TEXT_SIZE];

  if (cell->type == INS_CELL_TEXT)
    {
      g_autofree char *quoted = ins_sql_quote_text (cell->text);
      g_string_append (sql, quoted);
    }
  else if (cell->type == INS_CELL_INTEGER)
    g_string_append_printf (sql, "%" G_GINT64_FORMAT, cell->integer);
  else if (cell->type == INS_CELL_REAL && isinf (cell->real))
    g_string_append (sql, cell->real > 0 ? "9e999" : "-9e999");
  else if (cell->type == INS_CELL_REAL)
    g_string_append (sql, ins_double_to_text (cell->real, buffer));
  else
    g_string_append (sql, "NULL");
}

static gboolean
flush_sql (InsCliOutput *output, GString *sql, GError **error)
{
  gboolean ok = ins_cli_output_write (output, sql->str, sql->len, error);

  g_string_truncate (sql, 0);
  return ok;
}

/* CREATE TABLE and one INSERT per customer, for any database. */
static gboolean
export_sql (const Export *export, GError **error)
{
  const InsResults *results = ins_project_get_results (export->project);
  g_autoptr (InsCliOutput) output = ins_cli_output_open (export->output, error);
  g_autoptr (InsRelation) relation = NULL;
  g_autofree char *create = NULL;
  g_autoptr (GString) sql = NULL;
  InsCell cell = { 0 };

  if (output == NULL)
    return FALSE;

  relation = ins_relation_new (INS_RELATION_CUSTOMERS, results,
                               ins_project_get_identities (export->project, NULL));
  create = ins_relation_to_sql (relation);
  sql = g_string_new (create);
  g_string_append (sql, "BEGIN;\n");
  for (gsize row = 0; row < relation->n_rows; row++)
    {
      if (!ins_run_check (export->cli->run, error)
          || (sql->len >= SQL_BUFFER && !flush_sql (output, sql, error)))
        return FALSE;
      g_string_append_printf (sql, "INSERT INTO %s VALUES (", ins_relation_get_table (relation));
      for (gsize i = 0; i < ins_relation_get_n_sql_columns (relation); i++)
        {
          ins_relation_get (relation, row, ins_relation_get_sql_column (relation, i), &cell);
          if (i > 0)
            g_string_append (sql, ", ");
          append_value (sql, &cell);
        }
      g_string_append (sql, ");\n");
    }
  g_string_append (sql, "COMMIT;\n");
  return flush_sql (output, sql, error) && ins_cli_output_finish (output, export->cli->run, error);
}

/* The tables for people, without the project around them. */
static gboolean
write_sqlite (const Export *export, const char *path, GError **error)
{
  g_autoptr (InsDatabase) database = NULL;

  database = ins_database_create (path, 0, 0, export->cli->run, error);
  return database != NULL
         && ins_relations_write (ins_project_get_results (export->project),
                                 ins_project_get_identities (export->project, NULL), database,
                                 export->cli->run, error)
         && ins_database_finish (database, error);
}

static gboolean
export_sqlite (const Export *export, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("insiders-XXXXXX", error);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) content = NULL;
  char *bytes;
  gsize size;
  gboolean ok;

  if (folder == NULL)
    return FALSE;
  path = g_build_filename (folder, "export.db", NULL);
  ok = write_sqlite (export, path, error) && g_file_get_contents (path, &bytes, &size, error);
  if (ok)
    {
      content = g_bytes_new_take (bytes, size);
      ok = ins_cli_write_bytes (export->output, content, export->cli->run, error);
    }
  g_unlink (path);
  g_rmdir (folder);
  return ok;
}

/* ---- the command ---- */

static gboolean
is_known (const char *what, GError **error)
{
  const char *names[G_N_ELEMENTS (csv_exports) + 3] = { NULL };
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (csv_exports); i++)
    names[n++] = csv_exports[i].name;
  names[n++] = "sql";
  names[n++] = "sqlite";
  if (g_strv_contains (names, what))
    return TRUE;
  ins_cli_set_unknown (error, _ ("There is nothing called “%s” to export"), what, names);
  return FALSE;
}

static gboolean
export_what (const Export *export, const char *what, GError **error)
{
  const InsResults *results = ins_project_get_results (export->project);
  InsRelationKind kind = INS_RELATION_CUSTOMERS;
  g_autoptr (InsRelation) relation = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (csv_exports); i++)
    if (g_str_equal (csv_exports[i].name, what))
      kind = csv_exports[i].kind;
  if (!ins_relation_is_available (kind, results))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                   kind == INS_RELATION_SWEEP
                       ? _ ("The project has no sweep yet: run it with --sweep 2:25.")
                       : _ ("The project does not have “%s” yet: run it first."),
                   what);
      return FALSE;
    }
  if (g_str_equal (what, "sql"))
    return export_sql (export, error);
  if (g_str_equal (what, "sqlite"))
    return export_sqlite (export, error);
  relation = ins_relation_new (kind, results, ins_project_get_identities (export->project, NULL));
  return ins_cli_write_csv (export->output, relation, export->raw, export->cli->run, error);
}

static gboolean
print_json (const char *what, const char *output, GError **error)
{
  InsJson *json = ins_json_new ();

  ins_json_begin_object (json, NULL);
  ins_json_text (json, "what", what);
  ins_json_text (json, "output", output);
  ins_json_end_object (json);
  return ins_cli_json_print (json, error);
}

static gboolean
open_and_export (InsCli *cli, char **words, const char *output, gboolean raw, gboolean force,
                 GError **error)
{
  g_autoptr (InsProject) project = NULL;
  Export export = { cli, NULL, output, raw };

  if (!ins_cli_no_chain (cli, error) || !is_known (words[1], error)
      || !ins_cli_check_output (output, words[0], FALSE, force, error))
    return FALSE;
  if (cli->json && g_str_equal (output, "-"))
    {
      ins_cli_set_usage (error, _ ("--json and the export cannot both go to standard output: give "
                                   "-o a file."));
      return FALSE;
    }
  ins_cli_begin (cli);
  project = ins_project_open (words[0], cli->run, error);
  if (project == NULL)
    return FALSE;
  export.project = project;
  if (!export_what (&export, words[1], error))
    return FALSE;
  ins_cli_progress_stop ();
  return !cli->json || print_json (words[1], output, error);
}

gboolean
ins_cli_export (InsCli *cli, char ***arguments, GError **error)
{
  g_autofree char *path = NULL;
  gboolean raw = FALSE, force = FALSE;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("Where to write; - (default) is standard output"), N_ ("OUT") },
    { "raw-text", 0, 0, G_OPTION_ARG_NONE, &raw,
      N_ ("Write texts as they are, even if a spreadsheet takes them for formulas"), NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Replace even a project file"), NULL },
    { NULL },
  };

  if (!ins_cli_parse (cli, "export", arguments, entries, NULL,
                      _ ("WHAT is customers, clusters, features, embedding, sweep or rejected "
                         "(CSV), sql (the customers' table as text) or sqlite (tables for other "
                         "programs)."),
                      2, 2, error))
    return FALSE;
  if (cli->version)
    return TRUE;
  return open_and_export (cli, *arguments, path ? path : "-", raw, force, error);
}
