/* insui-table.c: column views over things that are counted, not stored
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-table.h"

#include "ui/insui-table-bin.h"

#define TEXT_WIDTH 22 /* characters a text column asks for at most */

/* A list view makes widgets for its first two hundred rows at once; see insui-customers.c.  A row
 * may be dozens of cells, so it is the time that is limited. */
#define FIRST_ROWS 12
#define SLICE 6000 /* µs of making rows in one turn of the main loop */

struct _InsUiRow
{
  GObject parent_instance;
  guint index;
};

G_DEFINE_FINAL_TYPE (InsUiRow, insui_row, G_TYPE_OBJECT)

static void
insui_row_class_init (InsUiRowClass *klass)
{
}

static void
insui_row_init (InsUiRow *self)
{
}

guint
insui_row_get_index (InsUiRow *self)
{
  g_return_val_if_fail (INSUI_IS_ROW (self), 0);

  return self->index;
}

/* --- the model --- */

struct _InsUiRows
{
  GObject parent_instance;
  guint n; /* so far */
  guint all;
  guint idle;
};

static GType
rows_get_item_type (GListModel *model)
{
  return INSUI_TYPE_ROW;
}

static guint
rows_get_n_items (GListModel *model)
{
  return INSUI_ROWS (model)->n;
}

static gpointer
rows_get_item (GListModel *model, guint position)
{
  InsUiRow *row;

  if (position >= INSUI_ROWS (model)->n)
    return NULL;
  row = g_object_new (INSUI_TYPE_ROW, NULL);
  row->index = position;
  return row;
}

static void
rows_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rows_get_item_type;
  iface->get_n_items = rows_get_n_items;
  iface->get_item = rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (InsUiRows, insui_rows, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rows_model_init))

static void
insui_rows_dispose (GObject *object)
{
  g_clear_handle_id (&INSUI_ROWS (object)->idle, g_source_remove);
  G_OBJECT_CLASS (insui_rows_parent_class)->dispose (object);
}

static void
insui_rows_class_init (InsUiRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = insui_rows_dispose;
}

static void
insui_rows_init (InsUiRows *self)
{
}

InsUiRows *
insui_rows_new (void)
{
  return g_object_new (INSUI_TYPE_ROWS, NULL);
}

static void
add_rows (InsUiRows *self, guint n)
{
  gint64 end = g_get_monotonic_time () + SLICE;

  while (self->n < n && g_get_monotonic_time () < end)
    g_list_model_items_changed (G_LIST_MODEL (self), self->n++, 0, 1);
}

static gboolean
on_idle (gpointer data)
{
  InsUiRows *self = data;

  add_rows (self, self->all);
  if (self->n < self->all)
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

void
insui_rows_reset (InsUiRows *self, guint n)
{
  guint old;

  g_return_if_fail (INSUI_IS_ROWS (self));

  old = self->n;
  self->all = n;
  self->n = MIN (MIN (old, n), FIRST_ROWS); /* what is seen does not go and come back */
  g_list_model_items_changed (G_LIST_MODEL (self), 0, old, self->n);
  add_rows (self, MIN (n, FIRST_ROWS));
  if (self->n < self->all && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/* --- columns --- */

typedef struct
{
  gboolean numeric;
  InsUiTextFunc text;
  InsUiCompareFunc compare;
  InsUiCellFunc make;
  InsUiFillFunc fill;
  gpointer data;
} Column;

static gboolean
on_query_tooltip (GtkWidget *cell, int x, int y, gboolean keyboard, GtkTooltip *tooltip,
                  gpointer data)
{
  const char *text = g_object_get_data (G_OBJECT (cell), "insui-tooltip");

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

void
insui_table_set_tooltip (GtkWidget *cell, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (cell));

  g_object_set_data_full (G_OBJECT (cell), "insui-tooltip", g_strdup (text), g_free);
  if (!text || gtk_widget_get_has_tooltip (cell))
    return;
  gtk_widget_set_has_tooltip (cell, TRUE);
  g_signal_connect (cell, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}

void
insui_table_set_number (GtkWidget *label)
{
  g_return_if_fail (GTK_IS_LABEL (label));

  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
}

/* --- scrolling from right to left --- */

#define GAP "insui-gap"

typedef struct
{
  GtkAdjustment *adjustment; /* whose it is */
  double gap;                /* to the end where reading begins */
  guint idle;
} Gap;

static void
free_gap (gpointer data)
{
  Gap *gap = data;

  g_clear_handle_id (&gap->idle, g_source_remove);
  g_free (gap);
}

static double
get_last (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment);
}

static gboolean
on_gap (gpointer data)
{
  Gap *gap = data;

  gtk_adjustment_set_value (gap->adjustment, get_last (gap->adjustment) - gap->gap);
  gap->idle = 0;
  return G_SOURCE_REMOVE;
}

/* Not at once: the table has not finished giving the adjustment its new size. */
static void
on_resized (GtkAdjustment *adjustment, Gap *gap)
{
  if (gap->idle == 0)
    gap->idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_gap, gap, NULL);
}

static void
on_scrolled (GtkAdjustment *adjustment, Gap *gap)
{
  if (gap->idle == 0)
    gap->gap = get_last (adjustment) - gtk_adjustment_get_value (adjustment);
}

void
insui_table_begin_at_start (GtkScrolledWindow *scrolled)
{
  GtkAdjustment *adjustment;
  Gap *gap;

  g_return_if_fail (GTK_IS_SCROLLED_WINDOW (scrolled));

  if (gtk_widget_get_direction (GTK_WIDGET (scrolled)) != GTK_TEXT_DIR_RTL)
    return;
  adjustment = gtk_scrolled_window_get_hadjustment (scrolled);
  gap = g_new0 (Gap, 1);
  gap->adjustment = adjustment;
  g_object_set_data_full (G_OBJECT (adjustment), GAP, gap, free_gap);
  g_signal_connect (adjustment, "changed", G_CALLBACK (on_resized), gap);
  g_signal_connect (adjustment, "value-changed", G_CALLBACK (on_scrolled), gap);
}

static void
on_setup_text (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column *column = data;
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (column->numeric)
    insui_table_set_number (label);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_text (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column *column = data;
  GtkWidget *label = gtk_list_item_get_child (item);
  g_autofree char *text =
      column->text (insui_row_get_index (gtk_list_item_get_item (item)), column->data);

  glong length = text ? g_utf8_strlen (text, -1) : 0;

  gtk_label_set_text (GTK_LABEL (label), text ? text : "");
  if (column->numeric)
    return;
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           length > TEXT_WIDTH ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), length > TEXT_WIDTH ? TEXT_WIDTH : -1);
  insui_table_set_tooltip (label, length > TEXT_WIDTH ? text : NULL);
}

static void
on_setup_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column *column = data;

  gtk_list_item_set_child (item, column->make (column->data));
}

static void
on_bind_cell (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Column *column = data;

  column->fill (gtk_list_item_get_child (item), insui_row_get_index (gtk_list_item_get_item (item)),
                column->data);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  Column *column = data;
  int order =
      column->compare (((const InsUiRow *)a)->index, ((const InsUiRow *)b)->index, column->data);

  return order < 0 ? GTK_ORDERING_SMALLER : order > 0 ? GTK_ORDERING_LARGER : GTK_ORDERING_EQUAL;
}

static void
free_column (gpointer data, GClosure *closure)
{
  g_free (data);
}

static GtkColumnViewColumn *
append (GtkColumnView *view, const char *title, GtkListItemFactory *factory)
{
  GtkColumnViewColumn *column = gtk_column_view_column_new (title, factory);

  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_append_column (view, column);
  g_object_unref (column); /* the view keeps it */
  return column;
}

GtkColumnViewColumn *
insui_table_add_text (GtkColumnView *view, const char *title, gboolean numeric, InsUiTextFunc text,
                      InsUiCompareFunc compare, gpointer data)
{
  Column *own = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkColumnViewColumn *column;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (text, NULL);

  own->numeric = numeric;
  own->text = text;
  own->compare = compare;
  own->data = data;
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup_text), own, NULL, 0);
  g_signal_connect_data (factory, "bind", G_CALLBACK (on_bind_text), own, free_column, 0);
  column = append (view, title, factory);
  if (numeric)
    insui_table_align_header (view, column);
  if (compare)
    {
      Column *sorts = g_memdup2 (own, sizeof *own);
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new (compare_rows, sorts, g_free));

      gtk_column_view_column_set_sorter (column, sorter);
    }
  return column;
}

GtkColumnViewColumn *
insui_table_add_cell (GtkColumnView *view, const char *title, InsUiCellFunc make,
                      InsUiFillFunc fill, gpointer data)
{
  Column *own = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (make && fill, NULL);

  own->make = make;
  own->fill = fill;
  own->data = data;
  g_signal_connect_data (factory, "setup", G_CALLBACK (on_setup_cell), own, NULL, 0);
  g_signal_connect_data (factory, "bind", G_CALLBACK (on_bind_cell), own, free_column, 0);
  return append (view, title, factory);
}

void
insui_table_clear_columns (GtkColumnView *view)
{
  GListModel *columns;

  g_return_if_fail (GTK_IS_COLUMN_VIEW (view));

  columns = gtk_column_view_get_columns (view);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (view, column);
    }
}

GtkWidget *
insui_table_new (InsUiRows *rows, const char *label)
{
  GtkColumnView *view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (GtkSelectionModel) model = NULL;
  GtkSortListModel *sorted;

  g_return_val_if_fail (INSUI_IS_ROWS (rows), NULL);

  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_object_ref (rows)),
                                    sorter ? g_object_ref (sorter) : NULL);
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (sorted)));
  gtk_column_view_set_model (view, model);
  gtk_column_view_set_show_row_separators (view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (view), "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (view);
}

GtkWidget *
insui_table_in_card (GtkWidget *view)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_return_val_if_fail (GTK_IS_WIDGET (view), NULL);

  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  insui_table_begin_at_start (GTK_SCROLLED_WINDOW (scrolled));
  gtk_widget_set_overflow (scrolled, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (scrolled, "card");
  gtk_widget_add_css_class (scrolled, "table-card");
  return scrolled;
}

void
insui_table_fit (GtkWidget *view, guint n, guint max_rows, int height)
{
  GtkWidget *scrolled;
  gboolean fits = n <= max_rows;

  g_return_if_fail (GTK_IS_WIDGET (view));

  scrolled = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  if (!scrolled)
    return;
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), fits ? -1 : height);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_AUTOMATIC,
                                  fits ? GTK_POLICY_NEVER : GTK_POLICY_AUTOMATIC);
}
