/* ins-cli-input.c: the options that say how an input is read, and computing from it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

GOptionGroup *
ins_cli_input_group (InsCliInput *input)
{
  const GOptionEntry entries[] = {
    { "delimiter", 0, 0, G_OPTION_ARG_STRING, &input->delimiter,
      N_ ("What stands between two fields"), N_ ("MARK") },
    { "quote", 0, 0, G_OPTION_ARG_STRING, &input->quote, N_ ("What surrounds a field"),
      N_ ("MARK") },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &input->encoding, N_ ("How letters are written"),
      N_ ("NAME") },
    { "decimal", 0, 0, G_OPTION_ARG_STRING, &input->decimal, N_ ("Decimal mark"), N_ ("MARK") },
    { "thousands", 0, 0, G_OPTION_ARG_STRING, &input->thousands,
      N_ ("Mark between groups of three digits; none if there is none"), N_ ("MARK") },
    { "date-format", 0, 0, G_OPTION_ARG_STRING, &input->date_format,
      N_ ("How dates are written, such as %d-%b-%y; excel for a spreadsheet’s numbers, unix or "
          "unix-ms for seconds or milliseconds since 1970"),
      N_ ("FORMAT") },
    { "role", 0, 0, G_OPTION_ARG_STRING_ARRAY, &input->roles,
      N_ ("What a column means; ROLE is invoice, product, description, quantity, date, price, "
          "customer, country or amount, COLUMN a name or #9; may be given again"),
      N_ ("ROLE=COLUMN") },
    { "header", 0, 0, G_OPTION_ARG_NONE, &input->header, N_ ("The first line has names"), NULL },
    { "no-header", 0, 0, G_OPTION_ARG_NONE, &input->no_header, N_ ("The first line has no names"),
      NULL },
    { "header-line", 0, 0, G_OPTION_ARG_STRING, &input->header_line,
      N_ ("Which line has the names; those above it are skipped"), N_ ("LINE") },
    { "table", 0, 0, G_OPTION_ARG_NONE, &input->table,
      N_ ("A ready table: one line per customer, numeric columns are the features"), NULL },
    { "id", 0, 0, G_OPTION_ARG_STRING, &input->id, N_ ("Column that names the customer (--table)"),
      N_ ("COLUMN") },
    { NULL },
  };
  GOptionGroup *group;

  group =
      g_option_group_new ("input", _ ("How the input is read (what is not given is found out):"),
                          _ ("Show the options of the input"), NULL, NULL);
  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  return group;
}

void
ins_cli_input_clear (InsCliInput *input)
{
  char **fields[] = { &input->delimiter, &input->quote,       &input->encoding, &input->decimal,
                      &input->thousands, &input->date_format, &input->id,       &input->preset,
                      &input->update,    &input->header_line };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_clear_pointer (fields[i], g_free);
  g_clear_pointer (&input->roles, g_strfreev);
}

/* A mark itself stands for its word: "," for "comma", "" for "none"; so do other names of the
 * encodings. */
static const char *
word_for (const InsParam *param, const char *text)
{
  static const char *const others[][2] = {
    { "utf8", "utf-8" },           { "latin1", "iso-8859-1" },   { "latin-1", "iso-8859-1" },
    { "iso8859-1", "iso-8859-1" }, { "cp1252", "windows-1252" },
  };
  const GEnumClass *klass;

  if (param->kind != INS_PARAM_CHOICE)
    return text;
  if (g_str_equal (text, "\\t"))
    text = "\t";
  klass = G_PARAM_SPEC_ENUM (param->spec)->enum_class;
  for (guint i = 0; i < klass->n_values; i++)
    if (g_ascii_strcasecmp (klass->values[i].value_name, text) == 0)
      return klass->values[i].value_nick;
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (others[i][0], text) == 0)
      return others[i][1];
  return *text == '\0' ? "none" : text;
}

static gboolean
set_option (InsStep *step, const char *name, const char *text, GError **error)
{
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), name);

  g_assert (param != NULL);
  if (text == NULL || ins_step_set_text (step, param, word_for (param, text), error))
    return TRUE;
  g_prefix_error (error, "--%s: ", name);
  return FALSE;
}

static gboolean
add_role (GHashTable *map, const char *role, const char *column, GError **error)
{
  InsRole number;

  if (!ins_role_from_text (role, &number))
    {
      const char *valid[INS_N_ROLES + 1] = { NULL };
      for (int i = 0; i < INS_N_ROLES; i++)
        valid[i] = ins_role_to_text (i);
      ins_cli_set_unknown (error, _ ("--role: there is no role “%s”"), role, valid);
      return FALSE;
    }
  g_hash_table_replace (map, g_strdup (ins_role_to_text (number)), g_strdup (column));
  return TRUE;
}

static gboolean
set_roles (InsStep *step, const InsCliInput *input, GError **error)
{
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "roles");
  g_autofree char *before = ins_step_get_text (step, param);
  g_autoptr (GHashTable) map = ins_map_parse (before);
  g_autofree char *after = NULL;

  for (gsize i = 0; input->roles != NULL && input->roles[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (input->roles[i], "=", 2);
      if (g_strv_length (parts) != 2)
        {
          g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("--role %s: write ROLE=COLUMN, such as customer=CustomerID."),
                       input->roles[i]);
          return FALSE;
        }
      if (!add_role (map, parts[0], parts[1], error))
        return FALSE;
    }
  if (input->id != NULL && !add_role (map, "id", input->id, error))
    return FALSE;
  after = ins_map_format (map);
  return ins_step_set_text (step, param, after, error);
}

static gboolean
set_import (InsStep *step, const InsCliInput *input, GError **error)
{
  const char *header = input->header ? "yes" : input->no_header ? "no" : NULL;
  const struct
  {
    const char *name, *text;
  } options[] = {
    { "delimiter", input->delimiter },
    { "quote", input->quote },
    { "encoding", input->encoding },
    { "decimal", input->decimal },
    { "thousands", input->thousands },
    { "date-format", input->date_format },
    { "header", header },
    { "header-line", input->header_line },
    { "table", input->table ? "true" : NULL },
  };

  if (input->header && input->no_header)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("--header and --no-header exclude each other: give one of them."));
      return FALSE;
    }
  if (input->no_header && input->header_line != NULL)
    {
      g_set_error_literal (
          error, INS_ERROR, INS_ERROR_USAGE,
          _ ("--no-header and --header-line exclude each other: give one of them."));
      return FALSE;
    }
  if (input->id != NULL && !input->table)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("--id is for a ready table: add --table, or use --role "
                              "customer=COLUMN."));
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (!set_option (step, options[i].name, options[i].text, error))
      return FALSE;
  return set_roles (step, input, error);
}

static InsProject *
begin_project (InsCli *cli, const InsCliInput *input, const char *path, GError **error)
{
  g_autoptr (InsProject) project = NULL;
  g_autoptr (InsProject) old = NULL;

  if (input->update == NULL)
    {
      project = ins_project_new ();
      if (!ins_project_load_preset (project, input->preset ? input->preset : "insiders", error))
        return NULL;
      return g_steal_pointer (&project);
    }
  if (input->preset != NULL)
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("--preset and --update exclude each other: give one of them."));
      return NULL;
    }
  old = ins_project_open (input->update, cli->run, error);
  if (old == NULL)
    return NULL;
  project = ins_project_new_update (old, path, input->refit, error);
  if (project == NULL)
    g_prefix_error (error, "%s: ", input->update);
  return g_steal_pointer (&project);
}

/* A frozen model holds for the parameters it was fitted with. */
static gboolean
check_frozen (InsCli *cli, const InsCliInput *input, InsProject *project, GError **error)
{
  if (input->update == NULL || input->refit || ins_project_is_frozen (project))
    return TRUE;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("The chain changes scaling, picture or model, so the model of the old "
                          "project cannot be kept: leave that out, or add --refit."));
  return FALSE;
}

InsProject *
ins_cli_input_project (InsCli *cli, const InsCliInput *input, const char *path, GError **error)
{
  g_autoptr (InsProject) project = begin_project (cli, input, path, error);
  InsPipeline *pipeline;

  if (project == NULL)
    return NULL;
  pipeline = ins_project_get_pipeline (project);
  if (!set_import (ins_pipeline_get_step (pipeline, INS_STAGE_DATA), input, error))
    return NULL;
  if (cli->chain != NULL
      && !ins_pipeline_apply_chain (pipeline, (const char *const *)cli->chain, error))
    return NULL;
  if (!check_frozen (cli, input, project, error))
    return NULL;
  if (!g_str_equal (path, "-") && !g_file_test (path, G_FILE_TEST_EXISTS)
      && strstr (path, "://") == NULL)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("There is no file “%s”: check the name and the folder."), path);
      return NULL;
    }
  ins_project_set_source (project, path);
  return g_steal_pointer (&project);
}

gboolean
ins_cli_compute (InsCli *cli, InsProject *project, guint stages, InsPlan **plan, GError **error)
{
  g_autoptr (InsPlan) own = ins_project_plan (project, stages);

  if (!ins_plan_execute (own, cli->run, error))
    return FALSE;
  ins_project_adopt (project, own);
  if (plan != NULL)
    *plan = g_steal_pointer (&own);
  return TRUE;
}
