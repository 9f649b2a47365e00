/* ins-plan.h: a frozen run and the cache it uses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-pipeline.h"

G_BEGIN_DECLS

/* Artifacts by key, the least recently used leave first when @max_bytes are exceeded.  Any thread
 * may use it. */
typedef struct _InsCache InsCache;

InsCache *ins_cache_new (gsize max_bytes);
void ins_cache_free (InsCache *cache);
void ins_cache_put (InsCache *cache, InsArtifact *artifact); /* takes a reference */
/* @complete: only one later steps can compute from.  Returns: (nullable) (transfer full) */
gpointer ins_cache_get (InsCache *cache, const char *key, gboolean complete);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsCache, ins_cache_free)

/**
 * InsPlan:
 *
 * Copies of the steps and references to immutable artifacts: all a worker may touch.
 */
typedef struct _InsPlan InsPlan;

/* @stages: bit mask of the stages wanted; what they need is run as well, from the cache where it
 * is.  @source_sha256: (nullable): NULL = read the source and find out.  @cache must outlive the
 * plan. */
InsPlan *ins_plan_new (InsPipeline *pipeline, const char *source_path, const char *source_sha256,
                       guint stages, InsCache *cache);
void ins_plan_free (InsPlan *plan);

/* Runs, in the calling thread.  On FALSE the results hold what was finished. */
gboolean ins_plan_execute (InsPlan *plan, InsRun *run, GError **error);

const InsResults *ins_plan_get_results (InsPlan *plan);
/* Stage at work now or last (any thread). */
InsStage ins_plan_get_stage (InsPlan *plan);
/* Wall-clock seconds of a stage, 0 when it came from the cache. */
double ins_plan_get_seconds (InsPlan *plan, InsStage stage);
gboolean ins_plan_was_cached (InsPlan *plan, InsStage stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsPlan, ins_plan_free)

G_END_DECLS
