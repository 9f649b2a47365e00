/* insui-roles.h: names of roles and column types for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-table.h"

G_BEGIN_DECLS

const char *insui_role_title (InsRole role);              /* "Unit price" */
const char *insui_column_type_title (InsColumnType type); /* "Number" */

G_END_DECLS
