/* insui-table.h: column views over things that are counted, not stored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * InsUiRow: stands for line @index of whatever the table shows; made on demand
 */
#define INSUI_TYPE_ROW (insui_row_get_type ())
G_DECLARE_FINAL_TYPE (InsUiRow, insui_row, INSUI, ROW, GObject)

guint insui_row_get_index (InsUiRow *self);

/**
 * InsUiRows: a GListModel of @n rows that exist only while somebody looks at them
 */
#define INSUI_TYPE_ROWS (insui_rows_get_type ())
G_DECLARE_FINAL_TYPE (InsUiRows, insui_rows, INSUI, ROWS, GObject)

InsUiRows *insui_rows_new (void);
/* Everything is read anew.  A long list is first shorter and grows while nothing else is to do. */
void insui_rows_reset (InsUiRows *self, guint n);

/* Text of a cell.  (transfer full) (nullable) */
typedef char *(*InsUiTextFunc) (guint row, gpointer data);
/* Order of two rows: negative, 0, positive. */
typedef int (*InsUiCompareFunc) (guint a, guint b, gpointer data);
/* Any widget: made once, filled for each row. */
typedef GtkWidget *(*InsUiCellFunc) (gpointer data);
typedef void (*InsUiFillFunc) (GtkWidget *cell, guint row, gpointer data);

/* A table without selection over @rows, with separators; columns are added with the functions
 * below.  @label: its name for screen readers.  Returns: (transfer floating) */
GtkWidget *insui_table_new (InsUiRows *rows, const char *label);
/* @numeric: right-aligned with tabular figures.  @compare: (nullable): sorts when the header is
 * clicked.  Returns: (transfer none): the column, for its width. */
GtkColumnViewColumn *insui_table_add_text (GtkColumnView *view, const char *title, gboolean numeric,
                                           InsUiTextFunc text, InsUiCompareFunc compare,
                                           gpointer data);
GtkColumnViewColumn *insui_table_add_cell (GtkColumnView *view, const char *title,
                                           InsUiCellFunc make, InsUiFillFunc fill, gpointer data);
void insui_table_clear_columns (GtkColumnView *view);
/* Tooltip of a cell, which is filled again and again: GTK looks where the pointer is, and on X11
 * asks the server, whenever a widget's own one is set.  @text: (nullable) */
void insui_table_set_tooltip (GtkWidget *cell, const char *text);
/* A cell's figure: its sign stands before it and its end at the right, whatever way people read. */
void insui_table_set_number (GtkWidget *label);
/* From right to left the first columns are at the other end. */
void insui_table_begin_at_start (GtkScrolledWindow *scrolled);
/* @view in a card that scrolls.  (transfer floating) */
GtkWidget *insui_table_in_card (GtkWidget *view);
/* Makes that card as high as its @n rows; more than @max_rows scroll in @height pixels. */
void insui_table_fit (GtkWidget *view, guint n, guint max_rows, int height);

G_END_DECLS
