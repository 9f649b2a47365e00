/* insui-choose-k-view.h: how many groups: indices by k, and what each k looks like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_CHOOSE_K_VIEW (insui_choose_k_view_get_type ())
G_DECLARE_FINAL_TYPE (InsUiChooseKView, insui_choose_k_view, INSUI, CHOOSE_K_VIEW, AdwBin)

GtkWidget *insui_choose_k_view_new (InsUiSession *session);
/* Takes the session's results. */
void insui_choose_k_view_refresh (InsUiChooseKView *self);

G_END_DECLS
