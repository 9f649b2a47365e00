/* insui-preferences.h: appearance, threads, currency of new projects
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_PREFERENCES (insui_preferences_get_type ())
G_DECLARE_FINAL_TYPE (InsUiPreferences, insui_preferences, INSUI, PREFERENCES, AdwPreferencesWindow)

GtkWidget *insui_preferences_new (GSettings *settings);

G_END_DECLS
