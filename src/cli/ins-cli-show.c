/* ins-cli-show.c: what is in a project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"
#include "report/ins-questions.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * Topic:
 * @stages: bit mask of the results it needs
 */
typedef struct
{
  const char *name;
  guint stages;
  void (*json) (InsJson *json, InsProject *project);
  void (*print) (InsProject *project);
} Topic;

/* ---- topics ---- */

static void
summary_json (InsJson *json, InsProject *project)
{
  ins_json_begin_object (json, NULL);
  ins_cli_summary_json (json, project);
  ins_json_end_object (json);
}

static void
waterfall_json (InsJson *json, InsProject *project)
{
  ins_cli_waterfall_json (json, NULL, ins_project_get_results (project));
}

static void
waterfall_print (InsProject *project)
{
  ins_cli_waterfall_print (ins_project_get_results (project));
}

static void
clusters_json (InsJson *json, InsProject *project)
{
  ins_cli_clusters_json (json, NULL, project);
}

static void
metrics_json (InsJson *json, InsProject *project)
{
  ins_cli_metrics_json (json, NULL, &ins_project_get_results (project)->clustering->metrics);
}

static void
metrics_print (InsProject *project)
{
  const InsMetrics *metrics = &ins_project_get_results (project)->clustering->metrics;
  const struct
  {
    const char *title, *note;
    double value;
  } figures[] = {
    { _ ("Silhouette, scaled features"), _ ("more is better"), metrics->silhouette },
    { _ ("Silhouette, picture"), _ ("more is better"), metrics->silhouette_picture },
    { _ ("Caliński-Harabasz"), _ ("more is better"), metrics->calinski_harabasz },
    { _ ("Davies-Bouldin"), _ ("less is better"), metrics->davies_bouldin },
    { _ ("Within-cluster sum of squares"), _ ("less is better"), metrics->within },
  };
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_table_add_column (table, _ ("Index"), FALSE);
  ins_cli_table_add_column (table, _ ("Value"), TRUE);
  ins_cli_table_add_column (table, "", FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      ins_cli_table_text (table, figures[i].title);
      ins_cli_table_real (table, figures[i].value, 4);
      ins_cli_table_text (table, figures[i].note);
    }
  ins_cli_table_print (table);
}

static void
sweep_json (InsJson *json, InsProject *project)
{
  g_autoptr (InsRelation) relation =
      ins_relation_new (INS_RELATION_SWEEP, ins_project_get_results (project), NULL);

  ins_cli_relation_json (json, NULL, relation);
}

static void
sweep_print (InsProject *project)
{
  const char *const titles[] = { _ ("Model"),       _ ("k"),
                                 _ ("Silhouette"),  _ ("in the picture"),
                                 _ ("Caliński-H."), _ ("Davies-B."),
                                 _ ("Within"),      _ ("Smallest"),
                                 _ ("Top"),         "" };
  const InsSweep *sweep = ins_project_get_results (project)->sweep;
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    ins_cli_table_add_column (table, titles[i], i > 0 && i < 9);
  for (gsize i = 0; i < sweep->n_rows; i++)
    {
      const InsSweepRow *row = &sweep->rows[i];

      ins_cli_table_text (table, row->model);
      ins_cli_table_integer (table, (gint64)row->k);
      ins_cli_table_real (table, row->metrics.silhouette, 4);
      ins_cli_table_real (table, row->metrics.silhouette_picture, 4);
      ins_cli_table_real (table, row->metrics.calinski_harabasz, 1);
      ins_cli_table_real (table, row->metrics.davies_bouldin, 4);
      ins_cli_table_real (table, row->metrics.within, 1);
      ins_cli_table_percent (table, row->smallest_share);
      ins_cli_table_percent (table, row->top_share);
      ins_cli_table_text (table, row->best && row->allowed ? _ ("best")
                                 : row->best               ? _ ("best, outside the limits")
                                 : row->allowed            ? ""
                                                           : _ ("outside the limits"));
    }
  ins_cli_table_print (table);
  for (gsize i = 0; i < sweep->n_models; i++)
    if (sweep->knees[i] > 0)
      ins_cli_print (_ ("Knee of %s: k = %zu\n"), sweep->models[i], sweep->knees[i]);
}

static void
runs_json (InsJson *json, InsProject *project)
{
  GPtrArray *runs = ins_project_get_runs (project);

  ins_json_begin_array (json, NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      const InsRunInfo *info = g_ptr_array_index (runs, i);

      ins_json_begin_object (json, NULL);
      ins_json_text (json, "id", info->id);
      ins_json_text (json, "when", info->when);
      ins_json_text (json, "model", info->model);
      ins_json_boolean (json, "frozen", info->frozen);
      ins_json_integer (json, "seed", info->seed);
      ins_json_integer (json, "customers", (gint64)info->customers);
      ins_json_integer (json, "k", (gint64)info->k);
      ins_cli_metrics_json (json, "metrics", &info->metrics);
      ins_json_text (json, "result_sha256", info->result_sha256);
      ins_json_text (json, "source_sha256", info->source_sha256);
      ins_json_text (json, "chain", info->chain);
      ins_json_begin_object (json, "seconds");
      for (int stage = 0; stage < INS_N_STAGES; stage++)
        ins_json_number (json, ins_stage_to_text (stage), info->seconds[stage]);
      ins_json_end_object (json);
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
}

static void
runs_print (InsProject *project)
{
  const char *const titles[] = {
    _ ("Run"),        _ ("Finished"), _ ("Model"), _ ("k"), _ ("Customers"),
    _ ("Silhouette"), _ ("Seed"),     "",          ""
  };
  GPtrArray *runs = ins_project_get_runs (project);
  const char *shown = ins_project_get_run_id (project);
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    ins_cli_table_add_column (table, titles[i], i > 2 && i < 7);
  for (guint i = 0; i < runs->len; i++)
    {
      const InsRunInfo *info = g_ptr_array_index (runs, i);
      g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, info->seed);

      ins_cli_table_text (table, info->id);
      ins_cli_table_text (table, info->when);
      ins_cli_table_text (table, info->model);
      ins_cli_table_integer (table, (gint64)info->k);
      ins_cli_table_integer (table, (gint64)info->customers);
      ins_cli_table_real (table, info->metrics.silhouette, 4);
      ins_cli_table_text (table, seed);
      ins_cli_table_text (table, info->frozen ? _ ("frozen") : _ ("fitted"));
      ins_cli_table_text (table, g_strcmp0 (info->id, shown) == 0 ? _ ("shown") : "");
    }
  ins_cli_table_print (table);
}

static void
params_json (InsJson *json, InsProject *project)
{
  ins_cli_parameters_json (json, NULL, ins_project_get_pipeline (project));
}

static void
params_print (InsProject *project)
{
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_table_add_column (table, _ ("Step"), FALSE);
  ins_cli_table_add_column (table, _ ("Parameter"), FALSE);
  ins_cli_table_add_column (table, _ ("Value"), FALSE);
  ins_cli_table_add_column (table, "", FALSE);
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), stage);
      g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (step));

      for (guint i = 0; i < params->len; i++)
        {
          const InsParam *param = g_ptr_array_index (params, i);
          g_autofree char *text = ins_step_get_text (step, param);

          ins_cli_table_text (table, INS_STEP_GET_CLASS (step)->id);
          ins_cli_table_text (table, param->spec->name);
          ins_cli_table_text (table, text);
          ins_cli_table_text (table, ins_step_is_default (step, param) ? "" : _ ("set"));
        }
    }
  ins_cli_table_print (table);
}

/* Features of this project, or of every project that has transactions. */
static const InsFeatureInfo *
list_features (InsProject *project, gsize *n)
{
  const InsFeatures *features = ins_project_get_results (project)->features;

  if (features == NULL)
    return ins_feature_dictionary (n);
  *n = features->n_features;
  return features->infos;
}

static void
dictionary_json (InsJson *json, InsProject *project)
{
  gsize n;
  const InsFeatureInfo *infos = list_features (project, &n);

  ins_json_begin_array (json, NULL);
  for (gsize i = 0; i < n; i++)
    {
      ins_json_begin_object (json, NULL);
      ins_json_text (json, "name", infos[i].name);
      ins_json_text (json, "notebook_name", infos[i].notebook_name);
      ins_json_text (json, "title", infos[i].title);
      ins_json_text (json, "definition", infos[i].definition);
      ins_json_text (json, "unit", infos[i].unit);
      ins_json_integer (json, "direction", infos[i].direction);
      ins_json_text (json, "type", infos[i].type == INS_FEATURE_TEXT ? "text" : "number");
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
}

static void
dictionary_print (InsProject *project)
{
  gsize n;
  const InsFeatureInfo *infos = list_features (project, &n);
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_table_add_column (table, _ ("Feature"), FALSE);
  ins_cli_table_add_column (table, _ ("Unit"), FALSE);
  ins_cli_table_add_column (table, _ ("Better"), FALSE);
  ins_cli_table_add_column (table, _ ("Definition"), FALSE);
  for (gsize i = 0; i < n; i++)
    {
      ins_cli_table_text (table, infos[i].name);
      ins_cli_table_text (table, infos[i].unit);
      ins_cli_table_text (table, infos[i].direction > 0   ? _ ("more")
                                 : infos[i].direction < 0 ? _ ("less")
                                                          : "");
      ins_cli_table_text (table, infos[i].definition);
    }
  ins_cli_table_print (table);
}

static void
questions_json (InsJson *json, InsProject *project)
{
  InsQuestion questions[INS_N_QUESTIONS];

  ins_questions_answer (ins_project_get_results (project),
                        ins_project_get_identities (project, NULL),
                        ins_project_get_currency (project), questions);
  ins_json_begin_array (json, NULL);
  for (int i = 0; i < INS_N_QUESTIONS; i++)
    {
      ins_json_begin_object (json, NULL);
      ins_json_text (json, "question", questions[i].question);
      ins_json_text (json, "answer", questions[i].is_answered ? questions[i].answer : NULL);
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
  ins_questions_clear (questions);
}

static void
questions_print (InsProject *project)
{
  InsQuestion questions[INS_N_QUESTIONS];

  ins_questions_answer (ins_project_get_results (project),
                        ins_project_get_identities (project, NULL),
                        ins_project_get_currency (project), questions);
  for (int i = 0; i < INS_N_QUESTIONS; i++)
    ins_cli_print ("%d  %s\n   %s\n", i + 1, questions[i].question, questions[i].answer);
  ins_questions_clear (questions);
}

static const Topic topics[] = {
  { "summary", 0, summary_json, ins_cli_summary_print },
  { "waterfall", 1u << INS_STAGE_FILTER, waterfall_json, waterfall_print },
  { "clusters", 1u << INS_STAGE_CLUSTER, clusters_json, ins_cli_clusters_print },
  { "metrics", 1u << INS_STAGE_CLUSTER, metrics_json, metrics_print },
  { "sweep", 1u << INS_STAGE_SWEEP, sweep_json, sweep_print },
  { "runs", 0, runs_json, runs_print },
  { "params", 0, params_json, params_print },
  { "questions", 1u << INS_STAGE_PROFILE, questions_json, questions_print },
  { "dictionary", 0, dictionary_json, dictionary_print },
};

/* ---- the command ---- */

static const Topic *
find_topic (const char *name, GError **error)
{
  const char *names[G_N_ELEMENTS (topics) + 1] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      if (g_str_equal (topics[i].name, name))
        return &topics[i];
      names[i] = topics[i].name;
    }
  ins_cli_set_unknown (error, _ ("There is nothing called “%s” to show"), name, names);
  return NULL;
}

static gboolean
has_results (InsProject *project, const Topic *topic, const char *path, GError **error)
{
  const InsResults *results = ins_project_get_results (project);

  for (int stage = 0; stage < INS_N_STAGES; stage++)
    if ((topic->stages & (1u << stage)) != 0 && results->stage[stage] == NULL)
      {
        g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                     stage == INS_STAGE_SWEEP
                         ? _ ("“%s” has no sweep yet: run it with --sweep 2:25.")
                         : _ ("“%s” does not have that result yet: run it first."),
                     path);
        return FALSE;
      }
  return TRUE;
}

static gboolean
show (InsCli *cli, const char *path, const Topic *topic, GError **error)
{
  g_autoptr (InsProject) project = NULL;

  ins_cli_begin (cli);
  project = ins_project_open (path, cli->run, error);
  ins_cli_progress_stop ();
  if (project == NULL || !has_results (project, topic, path, error))
    return FALSE;
  if (cli->json)
    {
      InsJson *json = ins_json_new ();
      topic->json (json, project);
      return ins_cli_json_print (json, error);
    }
  topic->print (project);
  return TRUE;
}

gboolean
ins_cli_show (InsCli *cli, char ***arguments, GError **error)
{
  const Topic *topic;

  if (!ins_cli_parse (cli, "show", arguments, NULL, NULL,
                      _ ("TOPIC is summary (default), waterfall, clusters, metrics, sweep, runs, "
                         "params, questions or dictionary."),
                      1, 2, error))
    return FALSE;
  if (cli->version)
    return TRUE;
  if (!ins_cli_no_chain (cli, error))
    return FALSE;
  topic = find_topic ((*arguments)[1] ? (*arguments)[1] : "summary", error);
  return topic != NULL && show (cli, (*arguments)[0], topic, error);
}
