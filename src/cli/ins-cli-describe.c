/* ins-cli-describe.c: what is in a file, and how it was understood
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"
#include "pipeline/ins-import-params.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
type_to_text (InsColumnType type)
{
  return type == INS_COLUMN_NUMBER ? "number" : type == INS_COLUMN_DATE ? "date" : "text";
}

/* ---- JSON ---- */

static void
dialect_json (InsJson *json, const InsImport *import)
{
  const InsDialect *dialect = &import->dialect;
  char delimiter[2] = { dialect->delimiter, '\0' };
  char quote[2] = { dialect->quote, '\0' };
  char decimal[2] = { dialect->decimal, '\0' };

  ins_json_begin_object (json, "dialect");
  ins_json_text (json, "encoding", dialect->encoding);
  ins_json_text (json, "delimiter", delimiter);
  ins_json_text (json, "quote", quote);
  ins_json_boolean (json, "header", dialect->header > 0);
  ins_json_integer (json, "header_line", dialect->header_line);
  ins_json_text (json, "decimal", decimal);
  ins_json_text (json, "thousands", dialect->thousands);
  ins_json_text (json, "date_format", dialect->date_format);
  ins_json_end_object (json);
}

static void
evidence_json (InsJson *json, GPtrArray *evidence)
{
  ins_json_begin_array (json, "evidence");
  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      const InsEvidence *item = g_ptr_array_index (evidence, i);

      ins_json_begin_object (json, NULL);
      ins_json_text (json, "field", item->field);
      ins_json_text (json, "value", item->value);
      ins_json_text (json, "reason", item->reason);
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
}

static void
numbers_json (InsJson *json, const InsDescription *d)
{
  const struct
  {
    const char *name;
    double value;
  } figures[] = {
    { "min", d->min }, { "max", d->max },   { "range", d->range },
    { "sum", d->sum }, { "mean", d->mean }, { "median", d->median },
    { "std", d->std }, { "skew", d->skew }, { "kurtosis", d->kurtosis },
    { "q25", d->q25 }, { "q75", d->q75 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    ins_json_number (json, figures[i].name, figures[i].value);
}

static void
column_json (InsJson *json, const InsColumnInfo *column)
{
  char buffer[INS_TEXT_SIZE];

  ins_json_begin_object (json, NULL);
  ins_json_text (json, "name", column->name);
  ins_json_text (json, "type", type_to_text (column->type));
  ins_json_text (json, "role", column->role >= 0 ? ins_role_to_text (column->role) : NULL);
  ins_json_integer (json, "count", (gint64)column->n);
  ins_json_integer (json, "missing", (gint64)column->missing);
  ins_json_integer (json, "distinct", (gint64)column->distinct);
  if (column->type == INS_COLUMN_NUMBER)
    numbers_json (json, &column->numbers);
  else if (column->type == INS_COLUMN_DATE)
    {
      ins_json_text (json, "first", ins_date_to_text (column->first, buffer));
      ins_json_text (json, "last", ins_date_to_text (column->last, buffer));
    }
  else
    {
      ins_json_text (json, "top", column->top);
      ins_json_integer (json, "top_count", (gint64)column->top_lines);
    }
  ins_json_end_object (json);
}

static void
months_json (InsJson *json, const InsImport *import)
{
  ins_json_begin_object (json, "rows_per_month");
  for (gsize i = 0; i < import->n_months; i++)
    {
      int month = import->first_month + (int)i;
      int year = 1970 + (month >= 0 ? month / 12 : -((11 - month) / 12));
      g_autofree char *name = g_strdup_printf ("%04d-%02d", year, month - (year - 1970) * 12 + 1);
      ins_json_integer (json, name, import->lines_per_month[i]);
    }
  ins_json_end_object (json);
}

static gboolean
print_json (const InsImport *import, GError **error)
{
  InsJson *json = ins_json_new ();

  ins_json_begin_object (json, NULL);
  ins_json_begin_object (json, "input");
  ins_json_text (json, "name", import->source_name);
  ins_json_text (json, "path", import->source_path);
  ins_json_text (json, "sha256", import->source_sha256);
  ins_json_integer (json, "size", (gint64)import->source_size);
  ins_json_integer (json, "rows", (gint64)import->n_rows);
  ins_json_integer (json, "rejected", (gint64)import->n_rejected);
  ins_json_text (json, "kind", import->ready ? "table" : "transactions");
  ins_json_end_object (json);
  dialect_json (json, import);
  evidence_json (json, import->evidence);
  ins_json_begin_object (json, "roles");
  for (gsize i = 0; i < import->n_columns; i++)
    if (import->columns[i].role >= 0)
      ins_json_text (json, ins_role_to_text (import->columns[i].role), import->columns[i].name);
  ins_json_end_object (json);
  ins_json_begin_array (json, "columns");
  for (gsize i = 0; i < import->n_columns; i++)
    column_json (json, &import->columns[i]);
  ins_json_end_array (json);
  ins_json_number (json, "sum_quantity", import->sum_quantity);
  ins_json_number (json, "sum_amount", import->sum_amount);
  months_json (json, import);
  ins_json_end_object (json);
  return ins_cli_json_print (json, error);
}

/* ---- for people ---- */

static void
print_evidence (GPtrArray *evidence)
{
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_table_add_column (table, _ ("Read as"), FALSE);
  ins_cli_table_add_column (table, "", FALSE);
  ins_cli_table_add_column (table, _ ("Because"), FALSE);
  for (guint i = 0; evidence != NULL && i < evidence->len; i++)
    {
      const InsEvidence *item = g_ptr_array_index (evidence, i);
      ins_cli_table_text (table, item->field);
      ins_cli_table_text (table, item->value);
      ins_cli_table_text (table, item->reason);
    }
  ins_cli_table_print (table);
}

static void
print_columns (const InsImport *import)
{
  const char *const titles[] = { _ ("Column"),
                                 _ ("Role"),
                                 _ ("Type"),
                                 _ ("Values"),
                                 _ ("Missing"),
                                 _ ("Distinct"),
                                 _ ("Lowest or most frequent"),
                                 _ ("Highest") };
  g_autoptr (InsCliTable) table = ins_cli_table_new ();
  char buffer[INS_TEXT_SIZE];

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    ins_cli_table_add_column (table, titles[i], i >= 3 && i <= 5);
  for (gsize i = 0; i < import->n_columns; i++)
    {
      const InsColumnInfo *column = &import->columns[i];

      ins_cli_table_text (table, column->name);
      ins_cli_table_text (table, column->role >= 0 ? ins_role_to_text (column->role) : "");
      ins_cli_table_text (table, type_to_text (column->type));
      ins_cli_table_integer (table, (gint64)column->n);
      ins_cli_table_integer (table, (gint64)column->missing);
      ins_cli_table_integer (table, (gint64)column->distinct);
      if (column->type == INS_COLUMN_NUMBER)
        {
          ins_cli_table_number (table, column->numbers.min);
          ins_cli_table_number (table, column->numbers.max);
        }
      else if (column->type == INS_COLUMN_DATE)
        {
          ins_cli_table_text (table, ins_date_to_text (column->first, buffer));
          ins_cli_table_text (table, ins_date_to_text (column->last, buffer));
        }
      else
        {
          ins_cli_table_text (table, column->top);
          ins_cli_table_text (table, "");
        }
    }
  ins_cli_table_print (table);
}

static void
print_statistics (const InsImport *import)
{
  const char *const titles[] = { _ ("Number"),   _ ("Mean"), _ ("Median"), _ ("Std"),
                                 _ ("25 %"),     _ ("75 %"), _ ("Range"),  _ ("Skew"),
                                 _ ("Kurtosis"), _ ("Sum") };
  g_autoptr (InsCliTable) table = ins_cli_table_new ();
  gsize n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    ins_cli_table_add_column (table, titles[i], i > 0);
  for (gsize i = 0; i < import->n_columns; i++)
    {
      const InsDescription *d = &import->columns[i].numbers;
      const double figures[] = { d->mean,  d->median, d->std,      d->q25, d->q75,
                                 d->range, d->skew,   d->kurtosis, d->sum };

      if (import->columns[i].type != INS_COLUMN_NUMBER)
        continue;
      ins_cli_table_text (table, import->columns[i].name);
      for (gsize j = 0; j < G_N_ELEMENTS (figures); j++)
        ins_cli_table_number (table, figures[j]);
      n++;
    }
  if (n == 0)
    return;
  ins_cli_print ("\n");
  ins_cli_table_print (table);
}

static void
print_human (const InsImport *import)
{
  g_autofree char *rows = ins_cli_format_integer ((gint64)import->n_rows);
  g_autofree char *rejected = ins_cli_format_integer ((gint64)import->n_rejected);
  g_autofree char *size = g_format_size (import->source_size);

  if (import->ready)
    ins_cli_print (g_dngettext (GETTEXT_PACKAGE, "%s: a ready table of %s customer, %s",
                                "%s: a ready table of %s customers, %s", import->n_rows),
                   import->source_name, rows, size);
  else
    ins_cli_print (g_dngettext (GETTEXT_PACKAGE, "%s: %s transaction line, %s",
                                "%s: %s transaction lines, %s", import->n_rows),
                   import->source_name, rows, size);
  ins_cli_print (g_dngettext (GETTEXT_PACKAGE, "; %s line could not be read\n",
                              "; %s lines could not be read\n", import->n_rejected),
                 rejected);
  ins_cli_print ("sha256 %s\n\n", import->source_sha256);
  print_evidence (import->evidence);
  ins_cli_print ("\n");
  print_columns (import);
  print_statistics (import);
  if (!isnan (import->sum_quantity) && !isnan (import->sum_amount))
    {
      g_autofree char *quantity = ins_cli_format_real (import->sum_quantity, 0);
      g_autofree char *amount = ins_cli_format_real (import->sum_amount, 2);
      ins_cli_print (_ ("\nCheck: %s pieces, %s in all\n"), quantity, amount);
    }
}

/* What was found out before a question stayed open. */
static void
print_undecided (InsCli *cli, InsProject *project)
{
  g_autoptr (InsSource) source = NULL;
  g_autoptr (InsSniff) sniff = NULL;
  InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), INS_STAGE_DATA);
  const char *path = ins_project_get_source_path (project);
  InsRecipe recipe;

  if (cli->json || g_str_equal (path, "-"))
    return;
  ins_recipe_init (&recipe);
  source = ins_source_open (path, cli->run, NULL);
  if (source != NULL && ins_import_step_get_recipe (step, &recipe, NULL))
    sniff = ins_sniff (source, &recipe, cli->run, NULL);
  if (sniff != NULL)
    {
      ins_cli_progress_stop ();
      print_evidence (sniff->evidence);
    }
  ins_recipe_clear (&recipe);
}

gboolean
ins_cli_describe (InsCli *cli, char ***arguments, GError **error)
{
  InsCliInput input = { 0 };
  g_autoptr (InsProject) project = NULL;
  g_autoptr (GError) local = NULL;
  gboolean ok;

  ok = ins_cli_parse (cli, "describe", arguments, NULL, ins_cli_input_group (&input), NULL, 1, 1,
                      error);
  if (ok && !cli->version)
    {
      project = ins_cli_input_project (cli, &input, (*arguments)[0], error);
      ok = project != NULL;
    }
  ins_cli_input_clear (&input);
  if (!ok || cli->version)
    return ok;

  ins_cli_begin (cli);
  if (!ins_cli_compute (cli, project, 1u << INS_STAGE_DATA, NULL, &local))
    {
      if (g_error_matches (local, INS_ERROR, INS_ERROR_UNDECIDED))
        print_undecided (cli, project);
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  ins_cli_progress_stop ();
  if (cli->json)
    return print_json (ins_project_get_results (project)->import, error);
  print_human (ins_project_get_results (project)->import);
  return TRUE;
}
