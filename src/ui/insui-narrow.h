/* insui-narrow.h: tells a widget with one child when it becomes narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How much larger than usual people want their text, 1 at least: what is wide enough for the usual
 * one is not for that. */
double insui_text_factor (GtkWidget *widget);

/* Called when all is laid out, so that it may change the child. */
typedef void (*InsUiNarrowFunc) (GtkWidget *widget, gboolean narrow);

/* @widget: AdwBin or the like; gets a layout of its own.  @limit: pixels below which it is narrow.
 * A widget is wide at first. */
void insui_narrow_watch (GtkWidget *widget, int limit, InsUiNarrowFunc func);

G_END_DECLS
