/* ins-registry.h: every step there is; the list is made from the files in steps/
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-step.h"

G_BEGIN_DECLS

/* Types of every step, by stage, then in the order of steps/meson.build. */
const GType *ins_registry_list (gsize *n);
/* Title for people of the step @id ("kmeans" → "K-Means"), @id itself if there is no such step. */
const char *ins_registry_get_title (const char *id);
/* A new step with default parameters.  INS_ERROR_USAGE lists the steps.  Returns: (transfer full)
 */
InsStep *ins_registry_create (const char *id, GError **error);
/* The first step of a stage. Returns: (transfer full) */
InsStep *ins_registry_create_default (InsStage stage);

G_END_DECLS
