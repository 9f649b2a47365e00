/* insui-chart-private.h: what the chart view's own files share
 *
 * insui-chart-view.c draws, insui-chart-input.c listens, insui-chart-menu.c exports,
 * insui-chart-table.c shows the numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-chart-view.h"
#include "ui/insui-session.h"

G_BEGIN_DECLS

typedef enum
{
  DRAG_NONE,
  DRAG_PRESSED, /* may still become a click */
  DRAG_RUBBER,
  DRAG_CUT
} InsUiDrag;

struct _InsUiChartView
{
  GtkWidget parent_instance;

  /* owned */
  InsChart *chart;
  char *file_name;
  guint8 *selected;
  gsize n_selected;
  PangoContext *pango;
  GdkTexture *base; /* the chart without hover and selection */

  /* children */
  GtkWidget *card;
  GtkWidget *menu;

  InsUiCardFunc card_func;
  gpointer card_data; /* borrowed */

  /* layout: what the chart was laid out for, in its own units */
  double unit; /* pixels per point */
  double layout_width, layout_height;
  int usual_height; /* asked for by the page, -1 = nothing, 0 = not known yet */
  const InsTheme *layout_theme;
  int base_scale;
  double draw_seconds; /* of the last drawing of the base */
  guint redraw_source;

  /* pointer and keyboard */
  int hover, cursor;
  int item_group;              /* the hovered item's */
  int hover_group;             /* asked for by the page, -1 = the hovered item's */
  double pointer_x, pointer_y; /* where the card is */
  double motion_x, motion_y;   /* where the pointer is */
  InsUiDrag drag;
  gboolean is_touch; /* the finger that drags scrolls the page */
  double drag_x0, drag_y0, drag_x1, drag_y1;
  double cut;
  char *cursor_text; /* announced */
};

const InsTheme *insui_chart_view_get_theme (void);
/* Lays the chart out for the widget's size if it is not; FALSE if there is nothing to draw. */
gboolean insui_chart_view_ensure_layout (InsUiChartView *self);
/* After an export, which lays out anew. */
void insui_chart_view_forget_layout (InsUiChartView *self);
/* Item under the pointer or cursor changed: card, redraw. @keyboard: announce it. */
void insui_chart_view_set_hover (InsUiChartView *self, int item, gboolean keyboard);
void insui_chart_view_update_accessible (InsUiChartView *self);

void insui_chart_view_install_input (GtkWidgetClass *klass);
void insui_chart_view_init_input (InsUiChartView *self);
void insui_chart_view_install_menu (GtkWidgetClass *klass);
void insui_chart_view_popup_menu (InsUiChartView *self, double x, double y);

/* The numbers behind the picture in a window of their own. @csv: with a header. */
void insui_chart_table_present (GtkWidget *parent, const char *title, const char *csv);

G_END_DECLS
