/* ins-plan.c: a frozen run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-plan.h"

#include <glib/gi18n-lib.h>
#include <stdatomic.h>

#include "base/ins-error.h"
#include "pipeline/ins-pipeline-private.h"

struct _InsPlan
{
  InsStep *steps[INS_N_STAGES]; /* private copies */
  InsResults frozen;            /* the model to apply, if there is one */
  char *source_path;
  char *source_sha256; /* NULL until the source was read */
  guint stages;
  InsCache *cache; /* borrowed */
  InsResults results;
  double seconds[INS_N_STAGES];
  gboolean cached[INS_N_STAGES];
  atomic_int stage;
};

InsPlan *
ins_plan_new (InsPipeline *pipeline, const char *source_path, const char *source_sha256,
              guint stages, InsCache *cache)
{
  InsPlan *plan = g_new0 (InsPlan, 1);
  const InsResults *frozen = ins_pipeline_get_frozen (pipeline);

  for (int i = 0; i < INS_N_STAGES; i++)
    plan->steps[i] = ins_step_copy (ins_pipeline_get_step (pipeline, i));
  if (frozen != NULL)
    ins_results_copy (&plan->frozen, frozen);
  plan->source_path = g_strdup (source_path);
  plan->source_sha256 = g_strdup (source_sha256);
  plan->stages = stages;
  plan->cache = cache;
  return plan;
}

void
ins_plan_free (InsPlan *plan)
{
  for (int i = 0; i < INS_N_STAGES; i++)
    g_clear_object (&plan->steps[i]);
  ins_results_clear (&plan->results);
  ins_results_clear (&plan->frozen);
  g_free (plan->source_path);
  g_free (plan->source_sha256);
  g_free (plan);
}

const InsResults *
ins_plan_get_results (InsPlan *plan)
{
  return &plan->results;
}

InsStage
ins_plan_get_stage (InsPlan *plan)
{
  return atomic_load (&plan->stage);
}

double
ins_plan_get_seconds (InsPlan *plan, InsStage stage)
{
  return plan->seconds[stage];
}

gboolean
ins_plan_was_cached (InsPlan *plan, InsStage stage)
{
  return plan->cached[stage];
}

static void
take (InsPlan *plan, InsStage stage, InsArtifact *artifact)
{
  ins_clear_artifact (&plan->results.stage[stage]);
  plan->results.stage[stage] = artifact;
}

static char *
key_of (InsPlan *plan, InsStage stage)
{
  return plan->source_sha256
             ? ins_steps_get_key (plan->steps, &plan->frozen, stage, plan->source_sha256)
             : NULL;
}

/* The source may be another one than when the project was saved. */
static gboolean
check_source (InsPlan *plan, const InsImport *import, GError **error)
{
  if (plan->source_sha256 == NULL)
    plan->source_sha256 = g_strdup (import->source_sha256);
  else if (g_strcmp0 (plan->source_sha256, import->source_sha256) != 0)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("“%s” has changed since it was imported; open it again to analyse the new "
                      "content."),
                   import->source_name);
      return FALSE;
    }
  return TRUE;
}

/* Fits, or applies the frozen model. */
static gpointer
run_step (InsPlan *plan, InsStage stage, InsRun *run, GError **error)
{
  InsStep *step = plan->steps[stage];
  InsStepClass *klass = INS_STEP_GET_CLASS (step);
  InsContext context = { plan->source_path, plan->source_sha256, plan->results, NULL,
                         plan->steps[INS_STAGE_CLUSTER] };

  if (plan->frozen.stage[stage] == NULL)
    return klass->run (step, &context, run, error);
  context.fitted = &plan->frozen;
  if (klass->apply != NULL)
    return klass->apply (step, &context, run, error);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("%s cannot place new customers in what it found before; fit anew."),
               _ (klass->title));
  return NULL;
}

static gboolean
compute (InsPlan *plan, InsStage stage, InsRun *run, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  InsArtifact *artifact;

  atomic_store (&plan->stage, stage);
  if (stage == INS_STAGE_DATA && plan->source_path == NULL)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("There are no data yet; open a CSV file first."));
      return FALSE;
    }
  artifact = run_step (plan, stage, run, error);
  if (artifact == NULL)
    return FALSE;
  if (stage == INS_STAGE_DATA && !check_source (plan, (InsImport *)artifact, error))
    {
      ins_artifact_unref (artifact);
      return FALSE;
    }
  plan->seconds[stage] = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  artifact->key = key_of (plan, stage);
  ins_cache_put (plan->cache, artifact);
  plan->cached[stage] = FALSE;
  take (plan, stage, artifact);
  if (ins_results_fit (&plan->results))
    return TRUE;
  g_set_error_literal (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _ ("The results of the project file are not those of its data; open the "
                          "data as a new project."));
  return FALSE;
}

/* A project file may claim any key for its results: what is of another kind, or does not fit what
 * is there already, is not taken. */
static gboolean
take_cached (InsPlan *plan, InsStage stage, const char *key, gboolean complete)
{
  InsArtifact *before = plan->results.stage[stage];
  InsArtifact *have = ins_cache_get (plan->cache, key, complete);

  if (have == NULL)
    return FALSE;
  plan->results.stage[stage] = have;
  if (have->type == ins_artifact_type_for_stage (stage) && ins_results_fit (&plan->results))
    {
      ins_clear_artifact (&before);
      plan->cached[stage] = TRUE;
      return TRUE;
    }
  plan->results.stage[stage] = before;
  ins_artifact_unref (have);
  return FALSE;
}

/* @complete: later steps are to compute from it. */
static gboolean
obtain (InsPlan *plan, InsStage stage, gboolean complete, InsRun *run, GError **error)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (plan->steps[stage]);
  InsArtifact *have = plan->results.stage[stage];
  g_autofree char *key = NULL;

  if (have != NULL && (!complete || ins_artifact_is_complete (have)))
    return TRUE;
  key = key_of (plan, stage);
  if (key != NULL && take_cached (plan, stage, key, complete))
    return TRUE;
  for (int i = 0; i < INS_N_STAGES; i++)
    if ((klass->needs & (1u << i)) && !obtain (plan, i, TRUE, run, error))
      return FALSE;
  return ins_run_check (run, error) && compute (plan, stage, run, error);
}

gboolean
ins_plan_execute (InsPlan *plan, InsRun *run, GError **error)
{
  if (plan->source_sha256 == NULL && !obtain (plan, INS_STAGE_DATA, TRUE, run, error))
    return FALSE;
  for (int i = 0; i < INS_N_STAGES; i++)
    if ((plan->stages & (1u << i)) && !obtain (plan, i, FALSE, run, error))
      return FALSE;
  return TRUE;
}
