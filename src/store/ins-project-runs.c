/* ins-project-runs.c: the history of what was computed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store/ins-project-private.h"

void
ins_run_info_free (InsRunInfo *info)
{
  if (info == NULL)
    return;
  g_free (info->id);
  g_free (info->when);
  g_free (info->chain);
  g_free (info->model);
  g_free (info->result_sha256);
  g_free (info->source_sha256);
  g_free (info);
}

InsRunInfo *
ins_run_info_copy (const InsRunInfo *info)
{
  InsRunInfo *copy = g_memdup2 (info, sizeof *info);

  copy->id = g_strdup (info->id);
  copy->when = g_strdup (info->when);
  copy->chain = g_strdup (info->chain);
  copy->model = g_strdup (info->model);
  copy->result_sha256 = g_strdup (info->result_sha256);
  copy->source_sha256 = g_strdup (info->source_sha256);
  return copy;
}

static gint64
get_seed (InsStep *step)
{
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "seed");
  g_autofree char *text = param ? ins_step_get_text (step, param) : NULL;

  return text ? g_ascii_strtoll (text, NULL, 10) : 0;
}

void
ins_project_note_plan (InsProject *self, InsPlan *plan)
{
  InsStep *step = ins_pipeline_get_step (self->pipeline, INS_STAGE_CLUSTER);

  g_clear_pointer (&self->planned_chain, g_free);
  g_clear_pointer (&self->planned_model, g_free);
  self->planned = plan;
  self->planned_chain = ins_pipeline_to_chain (self->pipeline, TRUE);
  self->planned_model = g_strdup (INS_STEP_GET_CLASS (step)->id);
  self->planned_seed = get_seed (step);
}

/* The same input, parameters and result have the same id on every machine. */
static char *
make_id (const char *source_sha256, const char *chain, const char *result_sha256)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *parts[] = { source_sha256, chain, result_sha256 };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_checksum_update (checksum, (const guchar *)(parts[i] ? parts[i] : ""), -1);
      g_checksum_update (checksum, (const guchar *)"\n", 1);
    }
  return g_strndup (g_checksum_get_string (checksum), 8);
}

static char *
now_utc (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
}

void
ins_project_add_run (InsProject *self, InsPlan *plan)
{
  const InsClustering *clustering = self->results.clustering;
  InsRunInfo *info = g_new0 (InsRunInfo, 1);

  if (self->planned != plan)
    ins_project_note_plan (self, plan);
  info->when = now_utc ();
  info->chain = g_strdup (self->planned_chain);
  info->model = g_strdup (self->planned_model);
  info->seed = self->planned_seed;
  info->customers = clustering->n;
  info->k = clustering->k;
  info->metrics = clustering->metrics;
  info->frozen = clustering->fitted_key != NULL;
  info->result_sha256 = ins_results_sha256 (&self->results);
  if (info->result_sha256 == NULL)
    info->result_sha256 = g_strdup ("");
  info->source_sha256 = g_strdup (self->source_sha256 ? self->source_sha256 : "");
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    info->seconds[stage] = ins_plan_get_seconds (plan, stage);
  info->id = make_id (info->source_sha256, info->chain, info->result_sha256);

  g_free (self->run_id);
  self->run_id = g_strdup (info->id);
  for (guint i = 0; i < self->runs->len; i++)
    {
      const InsRunInfo *old = g_ptr_array_index (self->runs, i);
      if (g_str_equal (old->id, info->id))
        {
          ins_run_info_free (info); /* computed before: the first time and its seconds stay */
          return;
        }
    }
  g_ptr_array_add (self->runs, info);
}
