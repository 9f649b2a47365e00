/* ins-pipeline-private.h: for the pipeline's own files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-pipeline.h"

G_BEGIN_DECLS

/* Puts @step into its stage, with its parameters. */
void ins_pipeline_put_step (InsPipeline *self, InsStep *step);
/* ins_pipeline_get_key() on bare steps, for plans. */
char *ins_steps_get_key (InsStep *const *steps, const InsResults *frozen, InsStage stage,
                         const char *source_sha256);

G_END_DECLS
