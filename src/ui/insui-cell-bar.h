/* insui-cell-bar.h: a number in a table cell with a small bar under it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define INSUI_TYPE_CELL_BAR (insui_cell_bar_get_type ())
G_DECLARE_FINAL_TYPE (InsUiCellBar, insui_cell_bar, INSUI, CELL_BAR, GtkWidget)

GtkWidget *insui_cell_bar_new (void);
/* @fraction: 0 … 1 from the start, -1 … 1 from the middle if @from_middle; NaN = no bar.
 * @colour: as in ins_theme_cluster(), INSUI_NEUTRAL = the theme's neutral one. */
#define INSUI_NEUTRAL -3
void insui_cell_bar_set (InsUiCellBar *self, const char *text, double fraction,
                         gboolean from_middle, int colour);

G_END_DECLS
