/* ins-import-params.h: the data step's parameters as the importer takes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-dialect.h"
#include "pipeline/ins-step.h"

G_BEGIN_DECLS

/* @step: of id "import".  @recipe: initialised; the caller clears it.  For looking at a file
 * (ins_sniff()) with the parameters a run would use. */
gboolean ins_import_step_get_recipe (InsStep *step, InsRecipe *recipe, GError **error);

G_END_DECLS
