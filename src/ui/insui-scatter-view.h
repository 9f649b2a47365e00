/* insui-scatter-view.h: the cluster page's first view: the picture, silhouettes, the selection
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_SCATTER_VIEW (insui_scatter_view_get_type ())
G_DECLARE_FINAL_TYPE (InsUiScatterView, insui_scatter_view, INSUI, SCATTER_VIEW, AdwBin)

GtkWidget *insui_scatter_view_new (InsUiSession *session);
/* Takes the session's results; there must be a clustering. */
void insui_scatter_view_refresh (InsUiScatterView *self);

G_END_DECLS
