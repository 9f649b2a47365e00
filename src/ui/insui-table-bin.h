/* insui-table-bin.h: a scrolled table on a card; three columns where there is little room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_TABLE_BIN (insui_table_bin_get_type ())
G_DECLARE_FINAL_TYPE (InsUiTableBin, insui_table_bin, INSUI, TABLE_BIN, AdwBin)

/* @fit: as high as its rows (the page scrolls), else the table scrolls by itself. */
void insui_table_bin_set_view (InsUiTableBin *self, GtkColumnView *view, gboolean fit);
/* After columns came and went. */
void insui_table_bin_update (InsUiTableBin *self);
/* @column stays when the table is narrow. */
void insui_table_keep_column (GtkColumnViewColumn *column);
/* The header of @column, already part of @view, stands at the end like its numbers. */
void insui_table_align_header (GtkColumnView *view, GtkColumnViewColumn *column);

G_END_DECLS
