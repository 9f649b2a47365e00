/* ins-cli-features.c: one line per customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include <glib/gi18n-lib.h>

/* The list does not tell that lines are missing from it, so this must. */
static void
warn_of_rejected (const InsCli *cli, const InsImport *import)
{
  g_autofree char *rejected = ins_cli_format_integer ((gint64)import->n_rejected);

  if (cli->quiet || import->n_rejected == 0)
    return;
  g_printerr (g_dngettext (GETTEXT_PACKAGE,
                           "%s line of “%s” could not be read and is left out; the same options "
                           "with “run”, then “export … rejected” list it.\n",
                           "%s lines of “%s” could not be read and are left out; the same options "
                           "with “run”, then “export … rejected” list them.\n",
                           import->n_rejected),
              rejected, import->source_name);
}

static gboolean
print_json (InsProject *project, GError **error)
{
  const InsResults *results = ins_project_get_results (project);
  InsJson *json = ins_json_new ();

  ins_json_begin_object (json, NULL);
  ins_json_text (json, "sha256", results->import ? results->import->source_sha256 : NULL);
  ins_json_integer (json, "rejected", results->import ? (gint64)results->import->n_rejected : 0);
  ins_json_integer (json, "customers", (gint64)results->features->n);
  ins_cli_waterfall_json (json, "waterfall", results);
  ins_json_begin_array (json, "features");
  for (gsize i = 0; i < results->features->n_features; i++)
    ins_json_text (json, NULL, results->features->infos[i].name);
  ins_json_end_array (json);
  ins_json_end_object (json);
  return ins_cli_json_print (json, error);
}

static gboolean
write_features (InsCli *cli, InsProject *project, const char *path, gboolean raw, GError **error)
{
  g_autoptr (InsRelation) relation = NULL;

  ins_cli_begin (cli);
  if (!ins_cli_compute (cli, project, 1u << INS_STAGE_FEATURES, NULL, error))
    return FALSE;
  relation = ins_relation_new (INS_RELATION_FEATURES, ins_project_get_results (project), NULL);
  if (!ins_cli_write_csv (path, relation, raw, cli->run, error))
    return FALSE;
  ins_cli_progress_stop ();
  warn_of_rejected (cli, ins_project_get_results (project)->import);
  return !cli->json || print_json (project, error);
}

gboolean
ins_cli_features (InsCli *cli, char ***arguments, GError **error)
{
  InsCliInput input = { 0 };
  g_autofree char *path = NULL;
  gboolean raw = FALSE, force = FALSE, ok;
  g_autoptr (InsProject) project = NULL;
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &path,
      N_ ("Where to write; - (default) is standard output"), N_ ("OUT.csv") },
    { "preset", 0, 0, G_OPTION_ARG_STRING, &input.preset,
      N_ ("Begin with these parameters: insiders (default), notebook, or a file with a chain"),
      N_ ("PRESET") },
    { "raw-text", 0, 0, G_OPTION_ARG_NONE, &raw,
      N_ ("Write texts as they are, even if a spreadsheet takes them for formulas"), NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Replace even a project file"), NULL },
    { NULL },
  };

  ok = ins_cli_parse (cli, "features", arguments, entries, ins_cli_input_group (&input), NULL, 1, 1,
                      error);
  if (ok && path == NULL)
    path = g_strdup ("-");
  if (ok && !cli->version && cli->json && g_str_equal (path, "-"))
    {
      ins_cli_set_usage (error, _ ("--json and the features cannot both go to standard output: "
                                   "give -o a file."));
      ok = FALSE;
    }
  if (ok && !cli->version)
    ok = (project = ins_cli_input_project (cli, &input, (*arguments)[0], error)) != NULL
         && ins_cli_check_output (path, (*arguments)[0], FALSE, force, error);
  ins_cli_input_clear (&input);
  if (!ok || cli->version)
    return ok;
  return write_features (cli, project, path, raw, error);
}
