/* insui-selection-bar.h: how many customers are selected, what they bring, and what to do with them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_SELECTION_BAR (insui_selection_bar_get_type ())
G_DECLARE_FINAL_TYPE (InsUiSelectionBar, insui_selection_bar, INSUI, SELECTION_BAR, AdwBin)

/* Shown only while customers are selected; for the bottom of the window. */
GtkWidget *insui_selection_bar_new (InsUiSession *session);

G_END_DECLS
