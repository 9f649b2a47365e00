/* insui-customer-table.c: customers × features as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-customer-table.h"

#include "ui/insui-format.h"
#include "ui/insui-narrow.h"
#include "ui/insui-swatch.h"
#include "ui/insui-table-bin.h"
#include "ui/insui-table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define NARROW 480 /* pixels: below, three columns */
#define MAIN_FEATURES 6

struct _InsUiCustomerTable
{
  AdwBin parent_instance;

  InsUiSession *session;    /* owned */
  InsUiCustomers *model;    /* owned */
  GtkColumnView *view;      /* child */
  GPtrArray *probes;        /* owned: one per column with a sorter */
  GPtrArray *cluster_cells; /* owned (element-type GtkListItem), borrowed ones */
  char *shape;              /* what the columns were made for */
  int probed;               /* column found by the last probing */
  gboolean narrow;
  gboolean all; /* every feature, not only those compared */
};

/* A column's sorter only tells which column it is: the model sorts by the raw numbers itself. */
typedef struct
{
  InsUiCustomerTable *table;
  int column;
} Probe;

G_DEFINE_FINAL_TYPE (InsUiCustomerTable, insui_customer_table, ADW_TYPE_BIN)

static const InsIdentity *
get_identity (InsUiCustomerTable *self, int cluster)
{
  gsize k = 0;
  const InsIdentity *identities = insui_session_get_identities (self->session, &k);
  return cluster >= 0 && (gsize)cluster < k ? &identities[cluster] : NULL;
}

static gboolean
is_number (InsUiCustomerTable *self, int column)
{
  const InsFeatures *features = insui_customers_get_features (self->model);
  if (column == INSUI_COLUMN_ID)
    return features->ids_are_numbers;
  return column >= 0 && features->words[column] == NULL;
}

/* --- cells --- */

static void
on_setup_label (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Probe *probe = data;
  GtkWidget *label = gtk_label_new (NULL);
  gboolean text = !is_number (probe->table, probe->column);
  gtk_label_set_xalign (GTK_LABEL (label), text ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), text ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind_label (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Probe *probe = data;
  const InsFeatures *features = insui_customers_get_features (probe->table->model);
  guint32 row = insui_customer_get_row (gtk_list_item_get_item (item));
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  if (features == NULL || row >= features->n || probe->column >= (int)features->n_features)
    return;
  if (probe->column == INSUI_COLUMN_ID)
    {
      gtk_label_set_text (label, features->ids[row]);
      return;
    }
  if (features->words[probe->column] != NULL)
    {
      char buffer[INS_TEXT_SIZE];
      gtk_label_set_text (label, ins_features_get_text (features, row, probe->column, buffer));
      return;
    }
  g_autofree char *text = insui_format_feature (
      &features->infos[probe->column], ins_matrix_get (features->values, row, probe->column));
  gtk_label_set_text (label, text);
}

static void
on_setup_cluster (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 9);
  gtk_box_append (GTK_BOX (box), insui_swatch_new ());
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);
  g_ptr_array_add (((Probe *)data)->table->cluster_cells, item);
}

static void
on_teardown_cluster (GtkSignalListItemFactory *factory, GtkListItem *item, GPtrArray *cells)
{
  g_ptr_array_remove_fast (cells, item);
}

static void
unref_cells (gpointer cells, GClosure *closure)
{
  g_ptr_array_unref (cells);
}

static void
fill_cluster (InsUiCustomerTable *self, GtkListItem *item)
{
  InsUiCustomer *customer = gtk_list_item_get_item (item);
  if (customer == NULL)
    return;
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (swatch);
  int cluster = insui_customers_get_cluster (self->model, insui_customer_get_row (customer));
  const InsIdentity *identity = get_identity (self, cluster);
  gtk_widget_set_visible (swatch, identity != NULL || cluster == -1);
  insui_swatch_set_identity (INSUI_SWATCH (swatch), identity);
  gtk_label_set_text (GTK_LABEL (label),
                      identity != NULL ? identity->name : (cluster == -1 ? _ ("Noise") : ""));
}

static void
on_bind_cluster (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  fill_cluster (((Probe *)data)->table, item);
}

/* --- sorting --- */

static int
probe_column (gconstpointer a, gconstpointer b, gpointer data)
{
  const Probe *probe = data;
  probe->table->probed = probe->column;
  return GTK_ORDERING_SMALLER;
}

/* GTK 4.8 does not say by which column a view is sorted, but its sorter asks the first column's
 * one first, and turns the answer round when the order is falling. */
static void
on_sorter_changed (GtkSorter *sorter, GtkSorterChange change, gpointer data)
{
  InsUiCustomerTable *self = data;
  g_autoptr (GObject) a = g_object_new (INSUI_TYPE_CUSTOMER, NULL);
  g_autoptr (GObject) b = g_object_new (INSUI_TYPE_CUSTOMER, NULL);
  GtkOrdering order = gtk_sorter_compare (sorter, a, b);
  if (order == GTK_ORDERING_EQUAL)
    insui_customers_set_sort (self->model, INSUI_COLUMN_ID, FALSE);
  else
    {
      gboolean descending = order == GTK_ORDERING_LARGER;
      insui_customers_set_sort (self->model, self->probed, descending);
      g_signal_emit_by_name (self, "sorted", self->probed, descending);
    }
}

/* --- columns --- */

static GtkColumnViewColumn *
add_column (InsUiCustomerTable *self, int column, const char *title)
{
  Probe *probe = g_new0 (Probe, 1);
  probe->table = self;
  probe->column = column;
  g_ptr_array_add (self->probes, probe);

  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  gboolean cluster = column == INSUI_COLUMN_CLUSTER;
  g_signal_connect (factory, "setup",
                    cluster ? G_CALLBACK (on_setup_cluster) : G_CALLBACK (on_setup_label), probe);
  if (cluster)
    g_signal_connect_data (factory, "teardown", G_CALLBACK (on_teardown_cluster),
                           g_ptr_array_ref (self->cluster_cells), unref_cells, 0);
  g_signal_connect (factory, "bind",
                    cluster ? G_CALLBACK (on_bind_cluster) : G_CALLBACK (on_bind_label), probe);

  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe_column, probe, NULL));
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  g_object_set_data (G_OBJECT (view_column), "column", GINT_TO_POINTER (column));
  gtk_column_view_append_column (self->view, view_column);
  gtk_column_view_column_set_visible (view_column, column < 0); /* update_columns() shows it */
  if (is_number (self, column))
    insui_table_align_header (self->view, view_column);
  g_object_unref (view_column); /* the view keeps it */
  return view_column;
}

static void
remove_columns (InsUiCustomerTable *self)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);
      gtk_column_view_remove_column (self->view, column);
    }
  g_ptr_array_set_size (self->probes, 0);
}

/* By what the models compare customers, else by the first features. */
static gboolean
is_main (InsUiCustomerTable *self, int feature)
{
  const InsScaled *scaled = insui_session_get_results (self->session)->scaled;
  for (gsize j = 0; scaled != NULL && j < scaled->d; j++)
    if ((int)scaled->columns[j] == feature)
      return TRUE;
  return scaled == NULL && feature < MAIN_FEATURES;
}

/* A list view makes some two hundred rows, so every column costs. */
static void
update_columns (InsUiCustomerTable *self)
{
  if (self->view == NULL)
    return;
  const InsFeatures *features = insui_customers_get_features (self->model);
  GListModel *columns = gtk_column_view_get_columns (self->view);
  int value = features != NULL ? MAX (features->value_feature, 0) : 0;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int id = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "column"));
      gboolean needed = id < 0 || id == value;
      gboolean visible = needed || (!self->narrow && (self->all || is_main (self, id)));
      if (visible && !gtk_column_view_column_get_visible (column))
        insui_customers_restart (self->model);
      gtk_column_view_column_set_visible (column, visible);
    }
}

static void
add_columns (InsUiCustomerTable *self, const InsFeatures *features, const char *currency)
{
  GtkColumnViewColumn *value_column = NULL;
  add_column (self, INSUI_COLUMN_ID, _ ("Customer"));
  if (insui_customers_has_clusters (self->model))
    gtk_column_view_column_set_expand (add_column (self, INSUI_COLUMN_CLUSTER, _ ("Group")), TRUE);
  for (gsize i = 0; i < features->n_features; i++)
    {
      g_autofree char *title = insui_format_feature_title (&features->infos[i], currency);
      GtkColumnViewColumn *column = add_column (self, (int)i, title);
      if ((int)i == features->value_feature)
        value_column = column;
    }
  if (value_column != NULL)
    gtk_column_view_sort_by_column (self->view, value_column, GTK_SORT_DESCENDING);
  update_columns (self);
}

/* What the columns depend on, as a text that can be compared. */
static char *
describe_shape (InsUiCustomerTable *self, const InsFeatures *features, const char *currency)
{
  GString *shape = g_string_new (currency);
  g_string_append (shape, insui_customers_has_clusters (self->model) ? "|clusters" : "|");
  g_string_append (shape, features->ids_are_numbers ? "|numbers" : "|");
  for (gsize i = 0; i < features->n_features; i++)
    g_string_append_printf (shape, "|%s", features->infos[i].name);
  return g_string_free (shape, FALSE);
}

void
insui_customer_table_reload (InsUiCustomerTable *self)
{
  g_return_if_fail (INSUI_IS_CUSTOMER_TABLE (self));
  const char *currency = ins_project_get_currency (insui_session_get_project (self->session));
  insui_customers_reload (self->model);
  const InsFeatures *features = insui_customers_get_features (self->model);
  g_autofree char *shape =
      features != NULL ? describe_shape (self, features, currency) : g_strdup ("");
  if (g_strcmp0 (shape, self->shape) == 0)
    {
      update_columns (self);
      return;
    }
  g_free (self->shape);
  self->shape = g_steal_pointer (&shape);
  gtk_column_view_set_model (self->view, NULL); /* no cells for columns that come and go */
  remove_columns (self);
  if (features != NULL)
    add_columns (self, features, currency);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->model));
}

static void
on_narrow (GtkWidget *widget, gboolean narrow)
{
  InsUiCustomerTable *self = INSUI_CUSTOMER_TABLE (widget);
  self->narrow = narrow;
  update_columns (self);
}

static void
insui_customer_table_dispose (GObject *object)
{
  InsUiCustomerTable *self = INSUI_CUSTOMER_TABLE (object);
  if (self->view != NULL)
    {
      gtk_column_view_set_model (self->view, NULL);
      remove_columns (self);
      self->view = NULL;
    }
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_pointer (&self->probes, g_ptr_array_unref);
  g_clear_pointer (&self->cluster_cells, g_ptr_array_unref);
  g_clear_pointer (&self->shape, g_free);
  G_OBJECT_CLASS (insui_customer_table_parent_class)->dispose (object);
}

static void
insui_customer_table_class_init (InsUiCustomerTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = insui_customer_table_dispose;
  g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void
insui_customer_table_init (InsUiCustomerTable *self)
{
  self->probes = g_ptr_array_new_with_free_func (g_free);
  self->cluster_cells = g_ptr_array_new ();
  insui_narrow_watch (GTK_WIDGET (self), NARROW, on_narrow);
}

/* Names and colours are drawn again; nothing else has changed. */
static void
on_identities_changed (InsUiCustomerTable *self)
{
  for (guint i = 0; i < self->cluster_cells->len; i++)
    fill_cluster (self, g_ptr_array_index (self->cluster_cells, i));
}

GtkWidget *
insui_customer_table_new (InsUiSession *session, gboolean only_selected)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiCustomerTable *self = g_object_new (INSUI_TYPE_CUSTOMER_TABLE, NULL);
  self->session = g_object_ref (session);
  self->model = insui_customers_new (session, only_selected);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->model)));
  self->view = GTK_COLUMN_VIEW (view);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_column_view_set_enable_rubberband (self->view, !only_selected);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  only_selected ? _ ("Selected customers") : _ ("Customers"), -1);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorter_changed), self, 0);
  g_signal_connect_object (session, "identities-changed", G_CALLBACK (on_identities_changed), self,
                           G_CONNECT_SWAPPED);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  insui_table_begin_at_start (GTK_SCROLLED_WINDOW (scrolled));
  adw_bin_set_child (ADW_BIN (self), scrolled);
  return GTK_WIDGET (self);
}

void
insui_customer_table_set_all (InsUiCustomerTable *self, gboolean all)
{
  g_return_if_fail (INSUI_IS_CUSTOMER_TABLE (self));
  self->all = all;
  update_columns (self);
}

InsUiCustomers *
insui_customer_table_get_model (InsUiCustomerTable *self)
{
  g_return_val_if_fail (INSUI_IS_CUSTOMER_TABLE (self), NULL);
  return self->model;
}
