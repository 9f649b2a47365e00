/* insui-page.h: one step of the analysis on screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * InsUiPageClass:
 * @stage: its parameters are shown in the pane beside the page
 * @watch: bit mask of the stages on whose results it depends
 * @id: "data", "filters", …: view state, actions, style class
 * @title, @icon_name: for the sidebar; @title marked with N_()
 * @refresh: (nullable): something in @watch changed, the page is shown: read it anew
 * @summary: one-line state for the sidebar ("2,968 customers"); (transfer full) (nullable)
 *
 * Property "session" (construct only).  A page that is not visible is refreshed when it is shown.
 */
#define INSUI_TYPE_PAGE (insui_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (InsUiPage, insui_page, INSUI, PAGE, AdwBin)

struct _InsUiPageClass
{
  AdwBinClass parent_class;
  InsStage stage;
  guint watch;
  const char *id;
  const char *title;
  const char *icon_name;
  void (*refresh) (InsUiPage *self);
  char *(*summary) (InsUiPage *self);
};

InsUiSession *insui_page_get_session (InsUiPage *self);
/* Refreshes now if mapped, else when it is mapped next. */
void insui_page_queue_refresh (InsUiPage *self);

/* The pages; each in its own file. */
GType insui_data_page_get_type (void);
GType insui_filters_page_get_type (void);
GType insui_features_page_get_type (void);
GType insui_prepare_page_get_type (void);
GType insui_embed_page_get_type (void);
GType insui_cluster_page_get_type (void);
GType insui_profile_page_get_type (void);

G_END_DECLS
