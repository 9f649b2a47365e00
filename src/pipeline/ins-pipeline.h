/* ins-pipeline.h: the steps of one analysis, in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-step.h"

G_BEGIN_DECLS

/**
 * InsPipeline:
 *
 * One step per stage.  Signal "changed" (InsStage): a parameter of that stage's step changed, or
 * the step was replaced.  Belongs to the main thread; workers get copies.
 */
#define INS_TYPE_PIPELINE (ins_pipeline_get_type ())
G_DECLARE_FINAL_TYPE (InsPipeline, ins_pipeline, INS, PIPELINE, GObject)

/* With preset "insiders". */
InsPipeline *ins_pipeline_new (void);
InsPipeline *ins_pipeline_copy (InsPipeline *self);

InsStep *ins_pipeline_get_step (InsPipeline *self, InsStage stage); /* (transfer none) */
/* Puts @id's step into its stage; one used before comes back with its parameters.  Those that both
 * have from a common class (clusters, space …) stay as they are now. */
gboolean ins_pipeline_use (InsPipeline *self, const char *id, GError **error);

/* Presets: "insiders", "notebook" or a file holding a chain; sets every step. */
gboolean ins_pipeline_load_preset (InsPipeline *self, const char *preset, GError **error);
/* Names of the presets that ship, NULL-terminated. */
const char *const *ins_pipeline_list_presets (void);

/* A chain: words "STEP name=value name=value STEP …" as on the command line.  Naming a model
 * replaces the model, naming an embedding replaces the embedding, and the model then works in the
 * features unless space= is given.  All or nothing. */
gboolean ins_pipeline_apply_chain (InsPipeline *self, const char *const *words, GError **error);
/* What differs from the defaults (@full: everything), as a chain.  Returns: (transfer full) */
char *ins_pipeline_to_chain (InsPipeline *self, gboolean full);

/* What the project file keeps: "a(sss)" of stage's step id, name, text, every parameter.
 * @unknown: (out) (optional) (transfer full): names not known here, NULL-terminated; their values
 * are kept and written again. */
GVariant *ins_pipeline_to_variant (InsPipeline *self);
gboolean ins_pipeline_from_variant (InsPipeline *self, GVariant *variant, char ***unknown,
                                    GError **error);

/* Freezes the model: from now on the stages from prepare to cluster apply @fitted (which must be a
 * model, see ins_results_are_model()) instead of fitting anew, whatever the data, for as long as
 * the parameters of their steps are those of now.  NULL fits anew from now on. */
void ins_pipeline_freeze (InsPipeline *self, const InsResults *fitted);
/* The frozen model, if it holds: not set aside, and the parameters are those it was frozen with.
 * Returns: (nullable) (transfer none) */
const InsResults *ins_pipeline_get_frozen (InsPipeline *self);
/* Sets the frozen model aside, or takes it up again; for undo. */
void ins_pipeline_set_refit (InsPipeline *self, gboolean refit);
gboolean ins_pipeline_get_refit (InsPipeline *self);

/* Key of a stage's artifact: SHA-256 of the step's digest and the keys of its inputs; the data
 * stage's starts from @source_sha256.  Where a frozen model is applied its artifact's key stands
 * for the step's digest.  Returns: (transfer full) hexadecimal */
char *ins_pipeline_get_key (InsPipeline *self, InsStage stage, const char *source_sha256);

G_END_DECLS
