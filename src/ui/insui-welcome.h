/* insui-welcome.h: where everything begins: open, sample, files opened last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * InsUiWelcome:
 *
 * Signals: "open-path" (const char *), "open-sample".
 */
#define INSUI_TYPE_WELCOME (insui_welcome_get_type ())
G_DECLARE_FINAL_TYPE (InsUiWelcome, insui_welcome, INSUI, WELCOME, AdwBin)

/* While a file is read the buttons rest. */
void insui_welcome_set_busy (InsUiWelcome *self, gboolean busy, const char *text);
void insui_welcome_refresh (InsUiWelcome *self);

G_END_DECLS
