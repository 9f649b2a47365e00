/* insui-window.h: one project on screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-application.h"
#include "ui/insui-session.h"

G_BEGIN_DECLS

/**
 * InsUiWindow:
 *
 * Welcome page while there is nothing to work on; then steps at the left, the step's page in the
 * middle, its parameters at the right.
 */
#define INSUI_TYPE_WINDOW (insui_window_get_type ())
G_DECLARE_FINAL_TYPE (InsUiWindow, insui_window, INSUI, WINDOW, AdwApplicationWindow)

InsUiWindow *insui_window_new (InsUiApplication *application);

InsUiSession *insui_window_get_session (InsUiWindow *self);
gboolean insui_window_is_empty (InsUiWindow *self);
gboolean insui_window_shows_file (InsUiWindow *self, GFile *file);
void insui_window_open (InsUiWindow *self, GFile *file);
/* Made to open a file while @opener was in use: if that fails, @opener says so and @self goes. */
void insui_window_set_opener (InsUiWindow *self, InsUiWindow *opener);
void insui_window_choose_file (InsUiWindow *self);
/* The program is to end.  TRUE: a question is asked first; its answer goes on with
 * insui_application_quit(), or ends it all with insui_application_stay(). */
gboolean insui_window_ask_before_quitting (InsUiWindow *self);
/* Nothing is to be closed after all. */
void insui_window_stay (InsUiWindow *self);
/* @recovery: of insui_recovery_take() */
void insui_window_recover (InsUiWindow *self, GVariant *recovery);
/* "data", "filters", … */
void insui_window_show_page (InsUiWindow *self, const char *id);

G_END_DECLS
