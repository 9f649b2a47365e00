/* ins-cli-summary.c: results of a project in short, for people and as JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include "base/ins-error.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

gboolean
ins_cli_json_print (InsJson *json, GError **error)
{
  gboolean ok = fputs (ins_json_get_text (json), stdout) >= 0 && fflush (stdout) == 0;

  if (!ok)
    g_set_error (error, INS_ERROR, INS_ERROR_FAILED,
                 _ ("Standard output could not be written (%s)."), g_strerror (errno));
  ins_json_free (json);
  return ok;
}

/* ---- JSON ---- */

static void
cell_json (InsJson *json, const char *name, const InsCell *cell)
{
  if (cell->type == INS_CELL_TEXT)
    ins_json_text (json, name, cell->text);
  else if (cell->type == INS_CELL_INTEGER)
    ins_json_integer (json, name, cell->integer);
  else if (cell->type == INS_CELL_REAL)
    ins_json_number (json, name, cell->real);
  else
    ins_json_null (json, name);
}

void
ins_cli_relation_json (InsJson *json, const char *name, const InsRelation *relation)
{
  InsCell cell = { 0 };

  ins_json_begin_array (json, name);
  for (gsize row = 0; row < relation->n_rows; row++)
    {
      ins_json_begin_object (json, NULL);
      for (gsize column = 0; column < relation->n_columns; column++)
        {
          ins_relation_get (relation, row, column, &cell);
          cell_json (json, relation->names[column], &cell);
        }
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
}

static void
input_json (InsJson *json, InsProject *project)
{
  const InsImport *import = ins_project_get_results (project)->import;

  ins_json_begin_object (json, "input");
  ins_json_text (json, "path", ins_project_get_source_path (project));
  ins_json_text (json, "name", import ? import->source_name : NULL);
  ins_json_text (json, "sha256", ins_project_get_source_sha256 (project));
  if (import != NULL)
    {
      ins_json_integer (json, "lines", (gint64)import->n_lines);
      ins_json_integer (json, "rows", (gint64)import->n_rows);
      ins_json_integer (json, "rejected", (gint64)import->n_rejected);
    }
  ins_json_end_object (json);
}

void
ins_cli_waterfall_json (InsJson *json, const char *name, const InsResults *results)
{
  GPtrArray *bars = ins_results_get_waterfall (results);

  ins_json_begin_array (json, name);
  for (guint i = 0; bars != NULL && i < bars->len; i++)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (bars, i);

      ins_json_begin_object (json, NULL);
      ins_json_text (json, "rule", bar->rule);
      ins_json_text (json, "title", ins_waterfall_bar_get_title (bar));
      ins_json_integer (json, "lines", (gint64)bar->lines);
      ins_json_integer (json, "customers", (gint64)bar->customers);
      ins_json_number (json, "revenue", bar->revenue);
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
}

static void
parameter_json (InsJson *json, InsStep *step, const InsParam *param)
{
  g_autofree char *text = ins_step_get_text (step, param);
  gboolean is_number = param->kind == INS_PARAM_INT || param->kind == INS_PARAM_DOUBLE;
  double value;

  if (param->kind == INS_PARAM_BOOL)
    {
      gboolean on;
      g_object_get (step, param->spec->name, &on, NULL);
      ins_json_boolean (json, param->spec->name, on);
    }
  else if (is_number && ins_text_to_double (text, strlen (text), &value))
    ins_json_number (json, param->spec->name, value);
  else
    ins_json_text (json, param->spec->name, text);
}

void
ins_cli_parameters_json (InsJson *json, const char *name, InsPipeline *pipeline)
{
  ins_json_begin_object (json, name);
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      InsStep *step = ins_pipeline_get_step (pipeline, stage);
      g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (step));

      ins_json_begin_object (json, INS_STEP_GET_CLASS (step)->id);
      for (guint i = 0; i < params->len; i++)
        parameter_json (json, step, g_ptr_array_index (params, i));
      ins_json_end_object (json);
    }
  ins_json_end_object (json);
}

static const InsRunInfo *
get_run (InsProject *project)
{
  GPtrArray *runs = ins_project_get_runs (project);
  const char *id = ins_project_get_run_id (project);

  for (guint i = 0; i < runs->len; i++)
    {
      const InsRunInfo *info = g_ptr_array_index (runs, i);
      if (g_strcmp0 (info->id, id) == 0)
        return info;
    }
  return NULL;
}

static void
run_json (InsJson *json, InsProject *project)
{
  const InsRunInfo *info = get_run (project);
  const InsClustering *clustering = ins_project_get_results (project)->clustering;
  g_autofree char *summary = clustering ? ins_clustering_describe (clustering) : NULL;
  g_autofree char *choice = clustering ? ins_clustering_describe_choice (clustering) : NULL;

  if (clustering == NULL || info == NULL)
    {
      ins_json_null (json, "run");
      return;
    }
  ins_json_begin_object (json, "run");
  ins_json_text (json, "id", info->id);
  ins_json_text (json, "when", info->when);
  ins_json_integer (json, "seed", info->seed);
  ins_json_text (json, "model", clustering->model);
  ins_json_text (json, "summary", summary);
  ins_json_boolean (json, "frozen", clustering->fitted_key != NULL);
  ins_json_text (json, "fitted_on", clustering->fitted_on);
  ins_json_integer (json, "k", (gint64)clustering->k);
  ins_json_text (json, "reason", choice);
  ins_json_text (json, "preset", ins_project_get_preset (project));
  ins_json_text (json, "chain", info->chain);
  ins_cli_parameters_json (json, "parameters", ins_project_get_pipeline (project));
  ins_json_boolean (json, "current", ins_project_is_current (project, INS_STAGE_CLUSTER));
  ins_json_end_object (json);
}

void
ins_cli_metrics_json (InsJson *json, const char *name, const InsMetrics *metrics)
{
  ins_json_begin_object (json, name);
  ins_json_number (json, "silhouette", metrics->silhouette);
  ins_json_number (json, "silhouette_picture", metrics->silhouette_picture);
  ins_json_number (json, "calinski_harabasz", metrics->calinski_harabasz);
  ins_json_number (json, "davies_bouldin", metrics->davies_bouldin);
  ins_json_number (json, "within", metrics->within);
  ins_json_end_object (json);
}

static void
cluster_features_json (InsJson *json, const char *name, const InsResults *results,
                       const InsMatrix *values, gsize cluster)
{
  const InsProfile *profile = results->profile;

  ins_json_begin_object (json, name);
  for (gsize i = 0; i < profile->n_features; i++)
    ins_json_number (json, results->features->infos[profile->features[i]].name,
                     ins_matrix_get (values, cluster, i));
  ins_json_end_object (json);
}

void
ins_cli_clusters_json (InsJson *json, const char *name, InsProject *project)
{
  const InsResults *results = ins_project_get_results (project);
  const InsProfile *profile = results->profile;
  const InsIdentity *identities;
  gsize k;

  identities = ins_project_get_identities (project, &k);
  ins_json_begin_array (json, name);
  for (gsize c = 0; identities != NULL && c < k; c++)
    {
      ins_json_begin_object (json, NULL);
      ins_json_integer (json, "id", (gint64)c);
      ins_json_text (json, "name", identities[c].name);
      ins_json_text (json, "note", identities[c].note);
      ins_json_boolean (json, "is_insider", identities[c].is_insider);
      ins_json_integer (json, "customers", (gint64)results->clustering->sizes[c]);
      if (profile != NULL)
        {
          ins_json_number (json, "customers_share", profile->share_customers[c]);
          ins_json_number (json, "revenue", profile->revenue[c]);
          ins_json_number (json, "revenue_share", profile->share_revenue[c]);
          cluster_features_json (json, "mean", results, profile->mean, c);
          cluster_features_json (json, "median", results, profile->median, c);
        }
      ins_json_end_object (json);
    }
  ins_json_end_array (json);
}

void
ins_cli_summary_json (InsJson *json, InsProject *project)
{
  const InsResults *results = ins_project_get_results (project);
  g_autofree char *sha256 = ins_results_sha256 (results);

  input_json (json, project);
  ins_cli_waterfall_json (json, "waterfall", results);
  if (results->scaled != NULL || results->features != NULL)
    ins_json_integer (json, "customers",
                      (gint64)(results->scaled ? results->scaled->n : results->features->n));
  else
    ins_json_null (json, "customers");
  ins_json_begin_array (json, "features");
  for (gsize i = 0; results->scaled != NULL && i < results->scaled->d; i++)
    ins_json_text (json, NULL, results->scaled->names[i]);
  ins_json_end_array (json);
  run_json (json, project);
  if (results->clustering != NULL)
    ins_cli_metrics_json (json, "metrics", &results->clustering->metrics);
  else
    ins_json_null (json, "metrics");
  ins_cli_clusters_json (json, "clusters", project);
  ins_json_text (json, "result_sha256", sha256);
}

/* ---- for people ---- */

void
ins_cli_waterfall_print (const InsResults *results)
{
  GPtrArray *bars = ins_results_get_waterfall (results);
  g_autoptr (InsCliTable) table = ins_cli_table_new ();

  ins_cli_table_add_column (table, _ ("Rule"), FALSE);
  ins_cli_table_add_column (table, _ ("Lines left"), TRUE);
  ins_cli_table_add_column (table, _ ("Customers left"), TRUE);
  ins_cli_table_add_column (table, _ ("Revenue left, returns deducted"), TRUE);
  for (guint i = 0; bars != NULL && i < bars->len; i++)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (bars, i);

      ins_cli_table_text (table, ins_waterfall_bar_get_title (bar));
      ins_cli_table_integer (table, (gint64)bar->lines);
      ins_cli_table_integer (table, (gint64)bar->customers);
      ins_cli_table_real (table, bar->revenue, 2);
    }
  ins_cli_table_print (table);
}

void
ins_cli_clusters_print (InsProject *project)
{
  const char *const titles[] = { _ ("Group"),   _ ("Customers"), _ ("of all"),
                                 _ ("Revenue"), _ ("of all"),    "" };
  const InsResults *results = ins_project_get_results (project);
  const InsProfile *profile = results->profile;
  g_autoptr (InsCliTable) table = ins_cli_table_new ();
  const InsIdentity *identities;
  gsize k;

  identities = ins_project_get_identities (project, &k);
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    ins_cli_table_add_column (table, titles[i], i > 0 && i < 5);
  for (gsize c = 0; identities != NULL && c < k; c++)
    {
      ins_cli_table_text (table, identities[c].name);
      ins_cli_table_integer (table, (gint64)results->clustering->sizes[c]);
      ins_cli_table_percent (table, profile ? profile->share_customers[c] : NAN);
      ins_cli_table_real (table, profile ? profile->revenue[c] : NAN, 2);
      ins_cli_table_percent (table, profile ? profile->share_revenue[c] : NAN);
      ins_cli_table_text (table, identities[c].is_insider ? "★" : "");
    }
  ins_cli_table_print (table);
}

void
ins_cli_summary_print (InsProject *project)
{
  const InsResults *results = ins_project_get_results (project);
  const InsRunInfo *info = get_run (project);
  const InsClustering *clustering = results->clustering;
  g_autofree char *summary = NULL, *choice = NULL;

  if (ins_project_get_notice (project) != NULL)
    ins_cli_print ("%s\n\n", ins_project_get_notice (project));
  if (results->import != NULL)
    {
      g_autofree char *rows = ins_cli_format_integer ((gint64)results->import->n_rows);
      g_autofree char *rejected = ins_cli_format_integer ((gint64)results->import->n_rejected);
      ins_cli_print (_ ("%s: %s lines, %s not readable\n\n"), results->import->source_name, rows,
                     rejected);
    }
  if (ins_results_get_waterfall (results) != NULL)
    ins_cli_waterfall_print (results);
  if (clustering == NULL)
    {
      ins_cli_print (_ ("\nNo groups yet.\n"));
      return;
    }
  summary = ins_clustering_describe (clustering);
  ins_cli_print ("\n%s\n", summary);
  choice = ins_clustering_describe_choice (clustering);
  if (choice != NULL)
    ins_cli_print ("%s\n", choice);
  {
    g_autofree char *own = ins_cli_format_real (clustering->metrics.silhouette, 4);
    g_autofree char *picture = ins_cli_format_real (clustering->metrics.silhouette_picture, 4);
    ins_cli_print (_ ("Silhouette %s in the scaled features, %s in the picture\n"), own, picture);
  }
  if (info != NULL)
    ins_cli_print (_ ("Run %s, seed %ld\n"), info->id, (long)info->seed);
  ins_cli_print ("\n");
  ins_cli_clusters_print (project);
}
