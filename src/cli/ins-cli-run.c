/* ins-cli-run.c: the whole analysis into a project file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define EVERY_STAGE ((1u << INS_N_STAGES) - 1)

typedef struct
{
  char *output;
  char *sweep;
  char *models;
  char *currency;
  gboolean force;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->output);
  g_free (options->sweep);
  g_free (options->models);
  g_free (options->currency);
}

/* "2:25" into the sweep step. */
static gboolean
set_sweep (InsProject *project, const Options *options, GError **error)
{
  InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), INS_STAGE_SWEEP);
  g_auto (GStrv) bounds = options->sweep ? g_strsplit (options->sweep, ":", 2) : NULL;
  int from = 1, to = 0;

  if (bounds == NULL)
    return TRUE;
  if (g_strv_length (bounds) == 2)
    {
      if (!ins_step_set (step, "from", bounds[0], error)
          || !ins_step_set (step, "to", bounds[1], error))
        return FALSE;
      g_object_get (step, "from", &from, "to", &to, NULL);
    }
  if (from > to)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("--sweep %s: give the fewest and the most clusters, such as 2:25."),
                   options->sweep);
      return FALSE;
    }
  return options->models == NULL || ins_step_set (step, "models", options->models, error);
}

static gboolean
check_options (InsCli *cli, const Options *options, const InsCliInput *input, GError **error)
{
  if (input->refit && input->update == NULL)
    ins_cli_set_usage (error, _ ("--refit is for --update OLD.insiders: add that."));
  else if (options->output == NULL)
    ins_cli_set_usage (error, _ ("Where to save is missing: add -o PROJECT.insiders."));
  else if (options->models != NULL && options->sweep == NULL)
    ins_cli_set_usage (error, _ ("--models is for a sweep: add --sweep 2:25."));
  else if (g_str_equal (options->output, "-") && cli->json)
    ins_cli_set_usage (error, _ ("--json and the project cannot both go to standard output: give "
                                 "-o a file."));
  else if (g_str_equal (options->output, "-") && isatty (STDOUT_FILENO))
    ins_cli_set_usage (error, _ ("A project is not text for a terminal: give -o a file."));
  else
    return TRUE;
  return FALSE;
}

/* A project cannot be written piece by piece: it is made elsewhere first. */
static gboolean
save_to_stdout (InsCli *cli, InsProject *project, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("insiders-XXXXXX", error);
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr (GBytes) content = NULL;
  gsize size;
  gboolean ok;

  if (folder == NULL)
    return FALSE;
  path = g_build_filename (folder, "project.insiders", NULL);
  ok = ins_project_save (project, path, cli->run, error)
       && g_file_get_contents (path, &bytes, &size, error);
  if (ok)
    {
      content = g_bytes_new_take (g_steal_pointer (&bytes), size);
      ok = ins_cli_write_bytes ("-", content, cli->run, error);
    }
  g_unlink (path);
  g_rmdir (folder);
  return ok;
}

static void
timings_json (InsJson *json, InsProject *project, InsPlan *plan, double saving)
{
  double total = saving;

  ins_json_begin_object (json, "timings");
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), stage);
      double seconds = ins_plan_get_seconds (plan, stage);

      if (ins_plan_get_results (plan)->stage[stage] == NULL)
        continue;
      ins_json_number (json, INS_STEP_GET_CLASS (step)->id, seconds);
      total += seconds;
    }
  ins_json_number (json, "save", saving);
  ins_json_number (json, "total", total);
  ins_json_end_object (json);
}

static gboolean
print_json (InsProject *project, InsPlan *plan, double saving, GError **error)
{
  InsJson *json = ins_json_new ();

  ins_json_begin_object (json, NULL);
  ins_cli_summary_json (json, project);
  timings_json (json, project, plan, saving);
  ins_json_end_object (json);
  return ins_cli_json_print (json, error);
}

static gboolean
compute_and_save (InsCli *cli, InsProject *project, const Options *options, GError **error)
{
  guint stages = options->sweep ? EVERY_STAGE : EVERY_STAGE & ~(1u << INS_STAGE_SWEEP);
  gboolean to_stdout = g_str_equal (options->output, "-");
  g_autoptr (InsPlan) plan = NULL;
  gint64 start;
  double saving;

  if (!ins_cli_compute (cli, project, stages, &plan, error))
    return FALSE;
  start = g_get_monotonic_time ();
  if (to_stdout ? !save_to_stdout (cli, project, error)
                : !ins_project_save (project, options->output, cli->run, error))
    return FALSE;
  saving = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  ins_cli_progress_stop ();
  if (cli->json)
    return print_json (project, plan, saving, error);
  if (!to_stdout && !cli->quiet)
    {
      ins_cli_summary_print (project);
      ins_cli_print (_ ("\nSaved as %s\n"), options->output);
    }
  return TRUE;
}

static gboolean
prepare_and_run (InsCli *cli, const InsCliInput *input, const Options *options, const char *path,
                 GError **error)
{
  g_autoptr (InsProject) project = NULL;

  if (!check_options (cli, options, input, error))
    return FALSE;
  ins_cli_begin (cli);
  project = ins_cli_input_project (cli, input, path, error);
  if (project == NULL || !set_sweep (project, options, error)
      || !ins_cli_check_output (options->output, path, TRUE, options->force, error))
    return FALSE;
  if (options->currency != NULL)
    ins_project_set_currency (project, options->currency);
  return compute_and_save (cli, project, options, error);
}

gboolean
ins_cli_run (InsCli *cli, char ***arguments, GError **error)
{
  InsCliInput input = { 0 };
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("The project file to write; - is standard output"), N_ ("PROJECT.insiders") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &options.force, N_ ("Replace a file that is there already"),
      NULL },
    { "preset", 0, 0, G_OPTION_ARG_STRING, &input.preset,
      N_ ("Begin with these parameters: insiders (default), notebook, or a file with a chain"),
      N_ ("PRESET") },
    { "sweep", 0, 0, G_OPTION_ARG_STRING, &options.sweep,
      N_ ("Fill the table model × k for these numbers of clusters"), N_ ("FROM:TO") },
    { "models", 0, 0, G_OPTION_ARG_STRING, &options.models,
      N_ ("Models of the table; the chain's if not given"), N_ ("A,B") },
    { "update", 0, 0, G_OPTION_ARG_FILENAME, &input.update,
      N_ ("Go on with an older project on new data: its parameters, names, history and model"),
      N_ ("OLD.insiders") },
    { "refit", 0, 0, G_OPTION_ARG_NONE, &input.refit,
      N_ ("With --update: fit the model anew instead of placing customers in the groups there "
          "are; groups keep the names of those they share most customers with"),
      NULL },
    { "currency", 0, 0, G_OPTION_ARG_STRING, &options.currency,
      N_ ("Sign of the money, for showing only"), N_ ("SIGN") },
    { NULL },
  };
  gboolean ok;

  ok = ins_cli_parse (cli, "run", arguments, entries, ins_cli_input_group (&input),
                      _ ("The chain names steps and their parameters; a step not named keeps the "
                         "preset's:\n  insiders-cli run sales.csv -o sales.insiders -- kmeans "
                         "clusters=7 seed=1\n“insiders-cli steps” lists them all."),
                      1, 1, error);
  if (ok && !cli->version)
    ok = prepare_and_run (cli, &input, &options, (*arguments)[0], error);
  ins_cli_input_clear (&input);
  options_clear (&options);
  return ok;
}
