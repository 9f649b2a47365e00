/* insui-window-private.h: the window's own parts, for its files only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-page.h"
#include "ui/insui-param-pane.h"
#include "ui/insui-recovery.h"
#include "ui/insui-sidebar.h"
#include "ui/insui-welcome.h"
#include "ui/insui-window.h"

G_BEGIN_DECLS

struct _InsUiWindow
{
  AdwApplicationWindow parent_instance;

  InsUiSession *session;   /* owned */
  GSettings *settings;     /* borrowed from the application */
  InsUiRecovery *recovery; /* owned */
  GFile *opening;          /* owned: what is being opened */
  InsUiWindow *opener;     /* weak: hears of it if that fails */
  GtkWidget *typing;       /* weak: the text in a form that has the focus */
  GtkWindow *question;     /* weak: whether to save before closing */
  guint failures;          /* told so far */
  InsClustering *before;   /* owned: what was shown when the user asked for groups */
  gboolean wanted;         /* the user did ask */
  gint64 started;          /* when the job began (monotonic) */
  guint late;              /* running for so long that it is shown */
  gboolean recovered;      /* what is shown was not saved when the program ended */
  gboolean laid_out;       /* the leaflet has been given its first width */
  gboolean may_close;      /* changes are saved or given up */
  gboolean closing_after_save;
  gboolean quitting; /* the answer to the question is about the whole program */
  void (*banner_action) (InsUiWindow *self);

  /* template */
  AdwToastOverlay *toasts;
  GtkStack *root_stack;
  InsUiWelcome *welcome;
  GtkProgressBar *welcome_progress;
  GtkMenuButton *welcome_menu_button;
  AdwLeaflet *leaflet;
  GtkWidget *sidebar_box;
  GtkWidget *sidebar_separator;
  AdwHeaderBar *sidebar_header;
  AdwWindowTitle *sidebar_title;
  GtkMenuButton *sidebar_menu_button;
  InsUiSidebar *sidebar;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkWidget *sidebar_button;
  GtkWidget *wide_buttons;
  GtkMenuButton *menu_button;
  GtkWidget *pane_button;
  GtkStack *run_stack;
  GtkWidget *narrow_bar; /* what finds no room in the header */
  GtkStack *narrow_run_stack;
  GtkRevealer *banner;
  GtkLabel *banner_label;
  GtkButton *banner_button;
  AdwFlap *flap;
  AdwBin *pages_bin;
  AdwBin *content_bin;
  GtkStack *pages;
  InsUiParamPane *pane;
  GtkProgressBar *progress;
  AdwBin *bottom;
};

/* insui-window.c */
void insui_window_toast (InsUiWindow *self, const char *sentence);
void insui_window_show_error (InsUiWindow *self, const char *heading, const char *sentence);
void insui_window_remember_recent (InsUiWindow *self, const char *path);
void insui_window_update_layout (InsUiWindow *self);
InsUiPage *insui_window_get_page (InsUiWindow *self); /* the one shown */

/* insui-window-state.c: what title, banner, progress and buttons say */
void insui_window_state_connect (InsUiWindow *self);
/* The user asks for groups: what is found is announced. */
void insui_window_find_groups (InsUiWindow *self);
void insui_window_update_title (InsUiWindow *self);

/* insui-window-actions.c */
void insui_window_actions_init (InsUiWindow *self);
void insui_window_actions_update (InsUiWindow *self);

/* insui-window-files.c: choosing, saving, closing */
/* The same analysis of other data, in a window of its own: which file, and keep the model? */
void insui_window_choose_update (InsUiWindow *self);
void insui_window_ask_update (InsUiWindow *self, GFile *file);
void insui_window_save (InsUiWindow *self);
void insui_window_save_as (InsUiWindow *self);
void insui_window_save_to (InsUiWindow *self, GFile *file);
/* TRUE: the window stays for now: a question is asked, or the file is still being written. */
gboolean insui_window_ask_before_closing (InsUiWindow *self);

/* insui-window-dnd.c */
void insui_window_dnd_init (InsUiWindow *self);

G_END_DECLS
