/* insui-application.h: one process, one window per project
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_APPLICATION (insui_application_get_type ())
G_DECLARE_FINAL_TYPE (InsUiApplication, insui_application, INSUI, APPLICATION, AdwApplication)

InsUiApplication *insui_application_new (void);

GSettings *insui_application_get_settings (InsUiApplication *self); /* (transfer none) */

/* Raises the window that shows @file; else opens it in @window if that is empty; else in a new
 * window.  @window: (nullable) */
void insui_application_open_file (InsUiApplication *self, GFile *file, GtkWindow *window);

/* Asks one window after the other about its changes; when every question is answered, all close. */
void insui_application_quit (InsUiApplication *self);
/* One of the answers was to stay: no window closes. */
void insui_application_stay (InsUiApplication *self);

G_END_DECLS
