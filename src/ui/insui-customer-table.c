/* insui-customer-table.c: customers × features as a table
 *
 * Thousands of cells: those that are seen are filled at once, the others while nothing else is to
 * do.
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
#define CELLS_AT_ONCE 200 /* filled before they are seen */
#define SLICE 6000        /* µs of filling in one turn of the main loop */

struct _InsUiCustomerTable
{
  AdwBin parent_instance;

  InsUiSession *session; /* owned */
  InsUiCustomers *model; /* owned */
  GtkColumnView *view;   /* child */
  GPtrArray *probes;     /* owned: one per column with a sorter */
  GHashTable *cells;     /* owned: GtkListItem → its Probe, both borrowed */
  GHashTable *unfilled;  /* owned: those of @cells that show something old */
  guint n_filled;        /* in this turn of the main loop */
  guint fill_idle;
  guint columns_idle;
  char *shape;    /* what the columns were made for */
  char *currency; /* in their titles */
  int probed;     /* column found by the last probing */
  gboolean narrow;
  gboolean all; /* every feature, not only those compared */
};

/* A column's sorter only tells which column it is: the model sorts by the raw numbers itself. */
typedef struct
{
  InsUiCustomerTable *table; /* NULL: the column is no longer in it */
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
  gboolean text = probe->table == NULL || !is_number (probe->table, probe->column);
  gtk_label_set_xalign (GTK_LABEL (label), text ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label), text ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
fill_label (InsUiCustomerTable *self, GtkListItem *item, int column)
{
  const InsFeatures *features = insui_customers_get_features (self->model);
  guint32 row = insui_customers_get_row (self->model, gtk_list_item_get_position (item));
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  char buffer[INS_TEXT_SIZE];
  g_autofree char *number = NULL;
  const char *text = "";
  if (features == NULL || row >= features->n || column >= (int)features->n_features)
    text = "";
  else if (column == INSUI_COLUMN_ID)
    text = features->ids[row];
  else if (features->words[column] != NULL)
    text = ins_features_get_text (features, row, column, buffer);
  else
    text = number = insui_format_feature (&features->infos[column],
                                          ins_matrix_get (features->values, row, column));
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
}

static void
fill_cluster (InsUiCustomerTable *self, GtkListItem *item)
{
  guint32 row = insui_customers_get_row (self->model, gtk_list_item_get_position (item));
  GtkWidget *swatch = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *label = gtk_widget_get_next_sibling (swatch);
  int cluster =
      row != INSUI_NO_ROW ? insui_customers_get_cluster (self->model, row) : INSUI_NO_CLUSTER;
  const InsIdentity *identity = get_identity (self, cluster);
  gtk_widget_set_visible (swatch, identity != NULL || cluster == -1);
  insui_swatch_set_identity (INSUI_SWATCH (swatch), identity);
  gtk_label_set_text (GTK_LABEL (label),
                      identity != NULL ? identity->name : (cluster == -1 ? _ ("Noise") : ""));
}

static void
fill_cell (GtkListItem *item, const Probe *probe)
{
  if (probe->column == INSUI_COLUMN_CLUSTER)
    fill_cluster (probe->table, item);
  else
    fill_label (probe->table, item, probe->column);
}

/* Those that are seen, and of the others as many as there is time for. */
static void
fill_some (InsUiCustomerTable *self, gint64 end)
{
  GHashTableIter iter;
  gpointer item, probe;
  g_hash_table_iter_init (&iter, self->unfilled);
  while (g_hash_table_iter_next (&iter, &item, &probe))
    if (gtk_widget_get_mapped (gtk_list_item_get_child (item)))
      {
        fill_cell (item, probe);
        g_hash_table_iter_remove (&iter);
      }
  g_hash_table_iter_init (&iter, self->unfilled);
  while (g_get_monotonic_time () < end && g_hash_table_iter_next (&iter, &item, &probe))
    {
      fill_cell (item, probe);
      g_hash_table_iter_remove (&iter);
    }
}

static gboolean
on_fill (gpointer data)
{
  InsUiCustomerTable *self = data;
  self->n_filled = 0;
  fill_some (self, g_get_monotonic_time () + SLICE);
  if (g_hash_table_size (self->unfilled) > 0)
    return G_SOURCE_CONTINUE;
  self->fill_idle = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_fill (InsUiCustomerTable *self)
{
  if (self->fill_idle == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->fill_idle = g_idle_add (on_fill, self);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Probe *probe = data;
  InsUiCustomerTable *self = probe->table;
  if (self == NULL)
    return;
  g_hash_table_insert (self->cells, item, probe);
  if (self->n_filled++ < CELLS_AT_ONCE)
    fill_cell (item, probe);
  else
    g_hash_table_insert (self->unfilled, item, probe);
  queue_fill (self);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  InsUiCustomerTable *self = ((Probe *)data)->table;
  if (self == NULL)
    return;
  g_hash_table_remove (self->cells, item);
  g_hash_table_remove (self->unfilled, item);
}

/* Other customers: from the top. */
static void
on_contents_changed (InsUiCustomerTable *self)
{
  GHashTableIter iter;
  gpointer item, probe;
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), 0);
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, &probe))
    g_hash_table_insert (self->unfilled, item, probe);
  fill_some (self, 0);
  queue_fill (self);
}

/* --- sorting --- */

static int
probe_column (gconstpointer a, gconstpointer b, gpointer data)
{
  const Probe *probe = data;
  if (probe->table != NULL)
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

static void
connect (GtkListItemFactory *factory, const char *signal, GCallback handler, Probe *probe)
{
  g_signal_connect_data (factory, signal, handler, g_rc_box_acquire (probe),
                         (GClosureNotify)(GCallback)g_rc_box_release, 0);
}

static GtkColumnViewColumn *
add_column (InsUiCustomerTable *self, int column, const char *title)
{
  Probe *probe = g_rc_box_new0 (Probe);
  probe->table = self;
  probe->column = column;
  g_ptr_array_add (self->probes, probe);

  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  gboolean cluster = column == INSUI_COLUMN_CLUSTER;
  connect (factory, "setup", cluster ? G_CALLBACK (on_setup_cluster) : G_CALLBACK (on_setup_label),
           probe);
  connect (factory, "bind", G_CALLBACK (on_bind), probe);
  connect (factory, "unbind", G_CALLBACK (on_unbind), probe);

  GtkColumnViewColumn *view_column = gtk_column_view_column_new (title, factory);
  g_autoptr (GtkSorter) sorter =
      GTK_SORTER (gtk_custom_sorter_new (probe_column, g_rc_box_acquire (probe), g_rc_box_release));
  gtk_column_view_column_set_sorter (view_column, sorter);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  g_object_set_data (G_OBJECT (view_column), "column", GINT_TO_POINTER (column));
  gtk_column_view_append_column (self->view, view_column);
  gtk_column_view_column_set_visible (view_column, FALSE); /* update_columns() shows it */
  if (is_number (self, column))
    insui_table_align_header (self->view, view_column);
  g_object_unref (view_column); /* the view keeps it */
  return view_column;
}

static void
remove_columns (InsUiCustomerTable *self)
{
  gtk_column_view_sort_by_column (self->view, NULL, GTK_SORT_ASCENDING);
  insui_table_clear_columns (self->view);
  for (guint i = 0; i < self->probes->len; i++)
    ((Probe *)g_ptr_array_index (self->probes, i))->table = NULL;
  g_ptr_array_set_size (self->probes, 0);
  g_hash_table_remove_all (self->unfilled);
  g_hash_table_remove_all (self->cells);
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

static int
get_column (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), "column"));
}

static gboolean
is_wanted (InsUiCustomerTable *self, int column)
{
  const InsFeatures *features = insui_customers_get_features (self->model);
  if (column == INSUI_COLUMN_CLUSTER)
    return insui_customers_has_clusters (self->model);
  if (column == INSUI_COLUMN_ID || (features != NULL && column == MAX (features->value_feature, 0)))
    return TRUE;
  return !self->narrow && (self->all || is_main (self, column));
}

/* A column is two hundred cells: one in a turn of the main loop. */
static gboolean
on_columns (gpointer data)
{
  InsUiCustomerTable *self = data;
  GListModel *columns = gtk_column_view_get_columns (self->view);
  gboolean rows = gtk_column_view_get_model (self->view) != NULL
                  && g_list_model_get_n_items (G_LIST_MODEL (self->model)) > 0;
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      gboolean wanted = is_wanted (self, get_column (column));
      if (gtk_column_view_column_get_visible (column) == wanted)
        continue;
      gtk_column_view_column_set_visible (column, wanted);
      if (rows)
        return G_SOURCE_CONTINUE;
    }
  self->columns_idle = 0;
  return G_SOURCE_REMOVE;
}

static void
update_columns (InsUiCustomerTable *self)
{
  if (self->view != NULL && self->columns_idle == 0 && on_columns (self) == G_SOURCE_CONTINUE)
    self->columns_idle = g_idle_add (on_columns, self);
}

static void
add_columns (InsUiCustomerTable *self, const InsFeatures *features)
{
  GtkColumnViewColumn *value_column = NULL;
  add_column (self, INSUI_COLUMN_ID, _ ("Customer"));
  gtk_column_view_column_set_expand (add_column (self, INSUI_COLUMN_CLUSTER, _ ("Group")), TRUE);
  for (gsize i = 0; i < features->n_features; i++)
    {
      GtkColumnViewColumn *column = add_column (self, (int)i, features->infos[i].title);
      if ((int)i == features->value_feature)
        value_column = column;
    }
  if (value_column != NULL)
    gtk_column_view_sort_by_column (self->view, value_column, GTK_SORT_DESCENDING);
}

static void
set_titles (InsUiCustomerTable *self, const InsFeatures *features, const char *currency)
{
  GListModel *columns = gtk_column_view_get_columns (self->view);
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      int id = get_column (column);
      if (id < 0)
        continue;
      g_autofree char *title = insui_format_feature_title (&features->infos[id], currency);
      gtk_column_view_column_set_title (column, title);
    }
}

/* What the columns depend on, as a text that can be compared. */
static char *
describe_shape (const InsFeatures *features)
{
  GString *shape = g_string_new (features->ids_are_numbers ? "numbers" : "");
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
  g_autofree char *shape = features != NULL ? describe_shape (features) : g_strdup ("");
  gboolean anew = g_strcmp0 (shape, self->shape) != 0;
  if (anew)
    {
      g_free (self->shape);
      self->shape = g_steal_pointer (&shape);
      gtk_column_view_set_model (self->view, NULL); /* no cells for columns that come and go */
      remove_columns (self);
      if (features != NULL)
        add_columns (self, features);
    }
  if (features != NULL && (anew || g_strcmp0 (currency, self->currency) != 0))
    {
      g_free (self->currency);
      self->currency = g_strdup (currency);
      set_titles (self, features, currency);
    }
  update_columns (self);
  if (anew)
    gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->model));
}

static void
on_narrow (GtkWidget *widget, gboolean narrow)
{
  InsUiCustomerTable *self = INSUI_CUSTOMER_TABLE (widget);
  self->narrow = narrow;
  update_columns (self);
}

/* Cells made or filled while nobody sees them would all be measured at once afterwards. */
static void
insui_customer_table_map (GtkWidget *widget)
{
  InsUiCustomerTable *self = INSUI_CUSTOMER_TABLE (widget);
  GTK_WIDGET_CLASS (insui_customer_table_parent_class)->map (widget);
  self->n_filled = 0;
  fill_some (self, 0);
  queue_fill (self);
  insui_customers_set_waiting (self->model, FALSE);
}

static void
insui_customer_table_unmap (GtkWidget *widget)
{
  InsUiCustomerTable *self = INSUI_CUSTOMER_TABLE (widget);
  GTK_WIDGET_CLASS (insui_customer_table_parent_class)->unmap (widget);
  g_clear_handle_id (&self->fill_idle, g_source_remove);
  if (self->model != NULL)
    insui_customers_set_waiting (self->model, TRUE);
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
  g_clear_handle_id (&self->fill_idle, g_source_remove);
  g_clear_handle_id (&self->columns_idle, g_source_remove);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_customer_table_parent_class)->dispose (object);
}

static void
insui_customer_table_finalize (GObject *object)
{
  InsUiCustomerTable *self = INSUI_CUSTOMER_TABLE (object);
  g_ptr_array_unref (self->probes);
  g_hash_table_unref (self->cells);
  g_hash_table_unref (self->unfilled);
  g_free (self->shape);
  g_free (self->currency);
  G_OBJECT_CLASS (insui_customer_table_parent_class)->finalize (object);
}

static void
insui_customer_table_class_init (InsUiCustomerTableClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = insui_customer_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = insui_customer_table_finalize;
  GTK_WIDGET_CLASS (klass)->map = insui_customer_table_map;
  GTK_WIDGET_CLASS (klass)->unmap = insui_customer_table_unmap;
  g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);
}

static void
insui_customer_table_init (InsUiCustomerTable *self)
{
  self->probes = g_ptr_array_new_with_free_func (g_rc_box_release);
  self->cells = g_hash_table_new (NULL, NULL);
  self->unfilled = g_hash_table_new (NULL, NULL);
  insui_narrow_watch (GTK_WIDGET (self), NARROW, on_narrow);
}

/* Names and colours are drawn again; nothing else has changed. */
static void
on_identities_changed (InsUiCustomerTable *self)
{
  GHashTableIter iter;
  gpointer item, probe;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, &item, &probe))
    if (((Probe *)probe)->column == INSUI_COLUMN_CLUSTER)
      fill_cell (item, probe);
}

GtkWidget *
insui_customer_table_new (InsUiSession *session, gboolean only_selected)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiCustomerTable *self = g_object_new (INSUI_TYPE_CUSTOMER_TABLE, NULL);
  self->session = g_object_ref (session);
  self->model = insui_customers_new (session, only_selected);
  insui_customers_set_waiting (self->model, TRUE);
  GtkWidget *view = gtk_column_view_new (GTK_SELECTION_MODEL (g_object_ref (self->model)));
  self->view = GTK_COLUMN_VIEW (view);
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_column_view_set_enable_rubberband (self->view, !only_selected);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  only_selected ? _ ("Selected customers") : _ ("Customers"), -1);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed",
                           G_CALLBACK (on_sorter_changed), self, 0);
  g_signal_connect_object (self->model, "contents-changed", G_CALLBACK (on_contents_changed), self,
                           G_CONNECT_SWAPPED);
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
