/* insui-sidebar.h: the steps of the analysis
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-page.h"

G_BEGIN_DECLS

/**
 * InsUiSidebar:
 *
 * Signal "page-activated" (const char *id): a row was clicked, or entered by keyboard.
 */
#define INSUI_TYPE_SIDEBAR (insui_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (InsUiSidebar, insui_sidebar, INSUI, SIDEBAR, AdwBin)

void insui_sidebar_set_session (InsUiSidebar *self, InsUiSession *session);
void insui_sidebar_add_page (InsUiSidebar *self, InsUiPage *page);
void insui_sidebar_select (InsUiSidebar *self, InsUiPage *page);
void insui_sidebar_update (InsUiSidebar *self);
/* Folded, nothing is selected: the list is a page of its own. */
void insui_sidebar_set_folded (InsUiSidebar *self, gboolean folded);

G_END_DECLS
