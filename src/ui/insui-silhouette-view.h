/* insui-silhouette-view.h: how well every customer sits in their group, for any k
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_SILHOUETTE_VIEW (insui_silhouette_view_get_type ())
G_DECLARE_FINAL_TYPE (InsUiSilhouetteView, insui_silhouette_view, INSUI, SILHOUETTE_VIEW, AdwBin)

GtkWidget *insui_silhouette_view_new (InsUiSession *session);
/* Takes the session's results. */
void insui_silhouette_view_refresh (InsUiSilhouetteView *self);

G_END_DECLS
