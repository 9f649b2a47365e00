/* insui-adaptive.h: two things side by side where there is room, else one above the other
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * InsUiAdaptive:
 *
 * Property "threshold" (int): width in pixels from which the children stand side by side.
 * Property "share" (double): part of the width the first child has then.
 * Property "hide-second": hides the second child instead of putting it below.
 */
#define INSUI_TYPE_ADAPTIVE (insui_adaptive_get_type ())
G_DECLARE_FINAL_TYPE (InsUiAdaptive, insui_adaptive, INSUI, ADAPTIVE, GtkWidget)

G_END_DECLS
