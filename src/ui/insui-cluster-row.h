/* insui-cluster-row.h: one group: its figures, and its name, colour and note to be changed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_CLUSTER_ROW (insui_cluster_row_get_type ())
G_DECLARE_FINAL_TYPE (InsUiClusterRow, insui_cluster_row, INSUI, CLUSTER_ROW, AdwExpanderRow)

GtkWidget *insui_cluster_row_new (InsUiSession *session, gsize cluster);
/* Takes name, colour and figures as they are now. */
void insui_cluster_row_update (InsUiClusterRow *self);

G_END_DECLS
