/* insui-chart-view.h: a chart on screen: hover, click, rubber band, keyboard, export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "chart/ins-chart.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * InsUiChartView:
 *
 * Draws the chart once into a surface and hover and selection in a pass above it.  Follows light,
 * dark and high contrast.  Accessible: role img, label and description from the chart; arrows move
 * a cursor, Space selects, Enter activates, Ctrl+T shows the numbers as a table, Ctrl+C copies the
 * picture; context menu with Save Picture… (PNG, SVG, PDF), Copy, Show as Table.
 *
 * Signals:
 *  - "item-activated" (int item)
 *  - "rows-picked" (GArray *guint32 rows, guint mode): click or rubber band; mode InsUiSelectMode
 * by Shift (add), Ctrl (toggle), Alt (subtract)
 *  - "hover-changed" (int item): for cards beside the pointer
 *  - "cut-dragged" (double height, gboolean done): dendrogram's handle
 *  - "cut-moved" (int by): the same by key: so many clusters more (Shift+Down 1, Shift+Up -1,
 * Shift+End and Shift+Home as many as there are); answer with insui_chart_view_set_cut()
 */
#define INSUI_TYPE_CHART_VIEW (insui_chart_view_get_type ())
G_DECLARE_FINAL_TYPE (InsUiChartView, insui_chart_view, INSUI, CHART_VIEW, GtkWidget)

GtkWidget *insui_chart_view_new (void);
/* @chart: (transfer none) (nullable) */
void insui_chart_view_set_chart (InsUiChartView *self, InsChart *chart);
InsChart *insui_chart_view_get_chart (InsUiChartView *self);
/* @selected: one byte per row of the chart's data; copied. */
void insui_chart_view_set_selected (InsUiChartView *self, const guint8 *selected, gsize n);
/* Where the cut line is drawn until the next chart, and what to say about it. */
void insui_chart_view_set_cut (InsUiChartView *self, double height, const char *text);
void insui_chart_view_set_hover_group (InsUiChartView *self, int group);
/* Height asked for, with text of the usual size; larger text makes it more. */
void insui_chart_view_set_height (InsUiChartView *self, int height);
/* Base name for Save Picture… */
void insui_chart_view_set_file_name (InsUiChartView *self, const char *name);
/* What the hover card shows for an item instead of ins_chart_describe_item(): Pango markup,
 * (transfer full) (nullable). */
typedef char *(*InsUiCardFunc) (int item, gpointer data);
void insui_chart_view_set_card_func (InsUiChartView *self, InsUiCardFunc func, gpointer data);

G_END_DECLS
