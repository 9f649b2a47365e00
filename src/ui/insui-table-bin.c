/* insui-table-bin.c: a scrolled table on a card; three columns where there is little room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-table-bin.h"

#include "ui/insui-narrow.h"
#include "ui/insui-table.h"

#define NARROW 460 /* pixels */
#define KEEP "insui-keep"

struct _InsUiTableBin
{
  AdwBin parent_instance;
  GtkColumnView *view; /* child */
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (InsUiTableBin, insui_table_bin, ADW_TYPE_BIN)

void
insui_table_keep_column (GtkColumnViewColumn *column)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW_COLUMN (column));
  g_object_set_data (G_OBJECT (column), KEEP, GINT_TO_POINTER (TRUE));
}

void
insui_table_bin_update (InsUiTableBin *self)
{
  g_return_if_fail (INSUI_IS_TABLE_BIN (self));
  if (self->view == NULL)
    return;
  GListModel *columns = gtk_column_view_get_columns (self->view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      gboolean keep = g_object_get_data (G_OBJECT (column), KEEP) != NULL;
      gtk_column_view_column_set_visible (column, keep || !self->narrow);
    }
}

static void
on_narrow (GtkWidget *widget, gboolean narrow)
{
  InsUiTableBin *self = INSUI_TABLE_BIN (widget);
  self->narrow = narrow;
  insui_table_bin_update (self);
}

static void
insui_table_bin_dispose (GObject *object)
{
  InsUiTableBin *self = INSUI_TABLE_BIN (object);
  self->view = NULL;
  G_OBJECT_CLASS (insui_table_bin_parent_class)->dispose (object);
}

static void
insui_table_bin_class_init (InsUiTableBinClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = insui_table_bin_dispose;
}

static void
insui_table_bin_init (InsUiTableBin *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "table-card");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  insui_narrow_watch (GTK_WIDGET (self), NARROW, on_narrow);
}

void
insui_table_bin_set_view (InsUiTableBin *self, GtkColumnView *view, gboolean fit)
{
  g_return_if_fail (INSUI_IS_TABLE_BIN (self));
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  fit ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
  insui_table_begin_at_start (GTK_SCROLLED_WINDOW (scrolled));
  self->view = view;
  adw_bin_set_child (ADW_BIN (self), scrolled);
  insui_table_bin_update (self);
}

/* Figures end at the right, whatever way people read. */
static void
align_end (GtkWidget *box)
{
  gboolean rtl = gtk_widget_get_direction (box) == GTK_TEXT_DIR_RTL;

  gtk_widget_set_halign (box, rtl ? GTK_ALIGN_START : GTK_ALIGN_END);
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LABEL (child))
      gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_RIGHT);
}

void
insui_table_align_header (GtkColumnView *view, GtkColumnViewColumn *column)
{
  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));
  GListModel *columns = gtk_column_view_get_columns (view);
  GtkWidget *header = gtk_widget_get_first_child (GTK_WIDGET (view));
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  for (guint i = 0; title != NULL && i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) item = g_list_model_get_item (columns, i);
      GtkWidget *box = gtk_widget_get_first_child (title);
      if (item == column && box != NULL)
        align_end (box);
      title = gtk_widget_get_next_sibling (title);
    }
}
