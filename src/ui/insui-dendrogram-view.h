/* insui-dendrogram-view.h: the tree of merges with a cut line to drag
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_DENDROGRAM_VIEW (insui_dendrogram_view_get_type ())
G_DECLARE_FINAL_TYPE (InsUiDendrogramView, insui_dendrogram_view, INSUI, DENDROGRAM_VIEW, AdwBin)

GtkWidget *insui_dendrogram_view_new (InsUiSession *session);
/* Takes the session's results. */
void insui_dendrogram_view_refresh (InsUiDendrogramView *self);

G_END_DECLS
