/* ins-import-private.h: an import as the project file keeps it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-import.h"

G_BEGIN_DECLS

GVariant *ins_import_to_variant (const InsArtifact *artifact);
InsArtifact *ins_import_from_variant (GVariant *variant, GError **error);

G_END_DECLS
