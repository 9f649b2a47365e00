/* insui-customers.c: the customers as a list, sorted, searched and selected with the session
 *
 * The order is an array of rows, sorted by the raw numbers; objects exist only for the rows on
 * screen.  A list view has widgets for two hundred rows, seen or not.  Making or removing them all
 * in one go would hold up the window: so the list grows and shrinks while nothing else is to do,
 * and another order leaves it as it is; only what stands in the rows is another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-customers.h"

#include <math.h>
#include <string.h>

struct _InsUiCustomer
{
  GObject parent_instance;
  guint32 row;
};

G_DEFINE_FINAL_TYPE (InsUiCustomer, insui_customer, G_TYPE_OBJECT)

static void
insui_customer_class_init (InsUiCustomerClass *klass)
{
}

static void
insui_customer_init (InsUiCustomer *self)
{
}

guint32
insui_customer_get_row (InsUiCustomer *self)
{
  g_return_val_if_fail (INSUI_IS_CUSTOMER (self), 0);
  return self->row;
}

#define FIRST_ROWS 24
#define WIDGET_ROWS 208 /* beyond these, a list view makes no more widgets */
#define SLICE 6000      /* µs of growing or shrinking in one turn of the main loop */

struct _InsUiCustomers
{
  GObject parent_instance;

  InsUiSession *session; /* owned */
  gboolean only_selected;
  InsFeatures *features;     /* owned (nullable) */
  InsClustering *clustering; /* owned (nullable): what @clusters was made from */
  gint32 *clusters;          /* per row of features (nullable) */
  char *search;
  int sort_column;
  gboolean descending;
  guint32 *order; /* rows shown */
  guint n_order;
  guint n_listed; /* so far; more than there are while the list shrinks */
  guint idle;
  gboolean waiting; /* nobody sees it */
};

static guint contents_changed;

static void customers_list_init (GListModelInterface *iface);
static void customers_selection_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (InsUiCustomers, insui_customers, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, customers_list_init)
                                   G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL,
                                                          customers_selection_init))

/* --- order --- */

static int
compare_numbers (double a, double b, gboolean descending)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  int result = (a > b) - (a < b);
  return descending ? -result : result;
}

static int
compare_words (InsUiCustomers *self, guint32 a, guint32 b)
{
  const double *codes = ins_matrix_col (self->features->values, self->sort_column);
  char **words = self->features->words[self->sort_column];
  if (isnan (codes[a]) || isnan (codes[b]))
    return isnan (codes[a]) - isnan (codes[b]);
  int result = g_utf8_collate (words[(gsize)codes[a]], words[(gsize)codes[b]]);
  return self->descending ? -result : result;
}

/* A cluster that does not exist comes after every one that does. */
static double
get_cluster_key (InsUiCustomers *self, guint32 row)
{
  return self->clusters != NULL && self->clusters[row] >= 0 ? self->clusters[row] : NAN;
}

static int
compare_rows (gconstpointer first, gconstpointer second, gpointer data)
{
  InsUiCustomers *self = data;
  guint32 a = *(const guint32 *)first;
  guint32 b = *(const guint32 *)second;
  int result;
  if (self->sort_column == INSUI_COLUMN_ID)
    return self->descending ? (a < b) - (a > b) : (a > b) - (a < b);
  if (self->sort_column == INSUI_COLUMN_CLUSTER)
    result =
        compare_numbers (get_cluster_key (self, a), get_cluster_key (self, b), self->descending);
  else if (self->features->words[self->sort_column] != NULL)
    result = compare_words (self, a, b);
  else
    {
      const double *values = ins_matrix_col (self->features->values, self->sort_column);
      result = compare_numbers (values[a], values[b], self->descending);
    }
  return result != 0 ? result : (a > b) - (a < b);
}

static void
sort_order (InsUiCustomers *self)
{
  if (self->n_order > 1)
    g_qsort_with_data (self->order, self->n_order, sizeof (guint32), compare_rows, self);
}

static gboolean
is_shown (InsUiCustomers *self, guint32 row, const guint8 *selection, gsize n_selection)
{
  if (self->only_selected && (selection == NULL || row >= n_selection || !selection[row]))
    return FALSE;
  return self->search == NULL || strstr (self->features->ids[row], self->search) != NULL;
}

/* @n rows are listed from now on. */
static void
list_rows (InsUiCustomers *self, guint n)
{
  guint old = self->n_listed;
  guint same = MIN (old, n);
  self->n_listed = n;
  if (n != old)
    g_list_model_items_changed (G_LIST_MODEL (self), same, old - same, n - same);
}

static gboolean
on_idle (gpointer data)
{
  InsUiCustomers *self = data;
  gint64 end = g_get_monotonic_time () + SLICE;
  while (self->n_listed != self->n_order && g_get_monotonic_time () < end)
    if (self->n_listed > self->n_order)
      list_rows (self, self->n_listed - 1);
    else
      list_rows (self, self->n_listed < WIDGET_ROWS ? self->n_listed + 1 : self->n_order);
  if (self->n_listed != self->n_order)
    return G_SOURCE_CONTINUE;
  self->idle = 0;
  return G_SOURCE_REMOVE;
}

static void
queue_rows (InsUiCustomers *self)
{
  if (!self->waiting && self->n_listed != self->n_order && self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_LOW, on_idle, self, NULL);
}

/* Another order: the rows stay where they are. */
static void
begin (InsUiCustomers *self)
{
  gint64 end = g_get_monotonic_time () + SLICE;
  if (self->n_listed > self->n_order)
    list_rows (self, MAX (self->n_order, MIN (self->n_listed, WIDGET_ROWS)));
  else
    while (self->n_listed < MIN (self->n_order, FIRST_ROWS) && g_get_monotonic_time () < end)
      list_rows (self, self->n_listed + 1);
  g_signal_emit (self, contents_changed, 0);
  if (!self->only_selected && self->n_listed > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->n_listed);
  queue_rows (self);
}

static void
rebuild (InsUiCustomers *self)
{
  gsize n_selection = 0;
  const guint8 *selection = insui_session_get_selection (self->session, &n_selection);
  gsize n = self->features != NULL ? self->features->n : 0;
  self->order = g_renew (guint32, self->order, MAX (n, 1));
  self->n_order = 0;
  for (guint32 row = 0; row < n; row++)
    if (is_shown (self, row, selection, n_selection))
      self->order[self->n_order++] = row;
  sort_order (self);
  begin (self);
}

/* --- list --- */

static GType
get_item_type (GListModel *model)
{
  return INSUI_TYPE_CUSTOMER;
}

static guint
get_n_items (GListModel *model)
{
  return INSUI_CUSTOMERS (model)->n_listed;
}

static gpointer
get_item (GListModel *model, guint position)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  if (position >= self->n_listed)
    return NULL;
  InsUiCustomer *customer = g_object_new (INSUI_TYPE_CUSTOMER, NULL);
  customer->row = insui_customers_get_row (self, position);
  return customer;
}

static void
customers_list_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* --- selection --- */

static gboolean
is_selected (GtkSelectionModel *model, guint position)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  gsize n = 0;
  const guint8 *selection = insui_session_get_selection (self->session, &n);
  if (self->only_selected || selection == NULL || position >= self->n_order)
    return FALSE;
  guint32 row = self->order[position];
  return row < n && selection[row];
}

static GtkBitset *
get_selection_in_range (GtkSelectionModel *model, guint position, guint n)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  GtkBitset *result = gtk_bitset_new_empty ();
  guint end = MIN (self->n_order, (guint64)position + n);
  for (guint i = position; i < end; i++)
    if (is_selected (model, i))
      gtk_bitset_add (result, i);
  return result;
}

static gboolean
select_range (GtkSelectionModel *model, guint position, guint n, gboolean unselect_rest)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  if (self->only_selected || position >= self->n_order)
    return FALSE;
  insui_session_select (self->session, self->order + position, MIN (n, self->n_order - position),
                        unselect_rest ? INSUI_SELECT_REPLACE : INSUI_SELECT_ADD);
  return TRUE;
}

static gboolean
unselect_range (GtkSelectionModel *model, guint position, guint n)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  if (self->only_selected || position >= self->n_order)
    return FALSE;
  insui_session_select (self->session, self->order + position, MIN (n, self->n_order - position),
                        INSUI_SELECT_SUBTRACT);
  return TRUE;
}

static gboolean
select_item (GtkSelectionModel *model, guint position, gboolean unselect_rest)
{
  return select_range (model, position, 1, unselect_rest);
}

static gboolean
unselect_item (GtkSelectionModel *model, guint position)
{
  return unselect_range (model, position, 1);
}

static gboolean
select_all (GtkSelectionModel *model)
{
  return select_range (model, 0, INSUI_CUSTOMERS (model)->n_order, TRUE);
}

static gboolean
unselect_all (GtkSelectionModel *model)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  if (self->only_selected)
    return FALSE;
  insui_session_select_none (self->session);
  return TRUE;
}

static gboolean
set_selection (GtkSelectionModel *model, GtkBitset *selected, GtkBitset *mask)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (model);
  if (self->only_selected || self->n_order == 0)
    return FALSE;
  g_autoptr (GArray) add = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) subtract = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < self->n_order; i++)
    if (gtk_bitset_contains (mask, i))
      g_array_append_val (gtk_bitset_contains (selected, i) ? add : subtract, self->order[i]);
  gboolean all = add->len + subtract->len == self->n_order;
  if (all || add->len > 0)
    insui_session_select (self->session, (guint32 *)(gpointer)add->data, add->len,
                          all ? INSUI_SELECT_REPLACE : INSUI_SELECT_ADD);
  if (!all && subtract->len > 0)
    insui_session_select (self->session, (guint32 *)(gpointer)subtract->data, subtract->len,
                          INSUI_SELECT_SUBTRACT);
  return TRUE;
}

static void
customers_selection_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = is_selected;
  iface->get_selection_in_range = get_selection_in_range;
  iface->select_item = select_item;
  iface->unselect_item = unselect_item;
  iface->select_range = select_range;
  iface->unselect_range = unselect_range;
  iface->select_all = select_all;
  iface->unselect_all = unselect_all;
  iface->set_selection = set_selection;
}

static void
on_selection_changed (InsUiCustomers *self)
{
  if (self->only_selected)
    rebuild (self);
  else if (self->n_listed > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, self->n_listed);
}

/* --- object --- */

static void
insui_customers_finalize (GObject *object)
{
  InsUiCustomers *self = INSUI_CUSTOMERS (object);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->session);
  ins_clear_artifact (&self->features);
  ins_clear_artifact (&self->clustering);
  g_free (self->clusters);
  g_free (self->search);
  g_free (self->order);
  G_OBJECT_CLASS (insui_customers_parent_class)->finalize (object);
}

static void
insui_customers_class_init (InsUiCustomersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = insui_customers_finalize;
  contents_changed = g_signal_new ("contents-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
insui_customers_init (InsUiCustomers *self)
{
  self->sort_column = INSUI_COLUMN_ID;
}

InsUiCustomers *
insui_customers_new (InsUiSession *session, gboolean only_selected)
{
  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  InsUiCustomers *self = g_object_new (INSUI_TYPE_CUSTOMERS, NULL);
  self->session = g_object_ref (session);
  self->only_selected = only_selected;
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (on_selection_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

static gint32 *
map_clusters (const InsResults *results)
{
  const InsFeatures *features = results->features;
  const InsScaled *scaled = results->scaled;
  const InsClustering *clustering = results->clustering;
  if (features == NULL || scaled == NULL || clustering == NULL || clustering->n != scaled->n)
    return NULL;
  gint32 *clusters = g_new (gint32, MAX (features->n, 1));
  for (gsize i = 0; i < features->n; i++)
    clusters[i] = INSUI_NO_CLUSTER;
  for (gsize i = 0; i < scaled->n; i++)
    if (scaled->rows[i] < features->n)
      clusters[scaled->rows[i]] = clustering->labels[i];
  return clusters;
}

void
insui_customers_reload (InsUiCustomers *self)
{
  g_return_if_fail (INSUI_IS_CUSTOMERS (self));
  const InsResults *results = insui_session_get_results (self->session);
  if (self->features != NULL && self->features == results->features
      && self->clustering == results->clustering)
    return;
  ins_clear_artifact (&self->features);
  ins_clear_artifact (&self->clustering);
  g_clear_pointer (&self->clusters, g_free);
  if (results->features != NULL)
    self->features = ins_artifact_ref (results->features);
  if (results->clustering != NULL)
    self->clustering = ins_artifact_ref (results->clustering);
  self->clusters = map_clusters (results);
  if (self->features == NULL || self->sort_column >= (int)self->features->n_features)
    self->sort_column = INSUI_COLUMN_ID;
  rebuild (self);
}

guint32
insui_customers_get_row (InsUiCustomers *self, guint position)
{
  g_return_val_if_fail (INSUI_IS_CUSTOMERS (self), INSUI_NO_ROW);
  return position < self->n_order ? self->order[position] : INSUI_NO_ROW;
}

void
insui_customers_set_waiting (InsUiCustomers *self, gboolean waiting)
{
  g_return_if_fail (INSUI_IS_CUSTOMERS (self));
  self->waiting = waiting;
  if (waiting)
    g_clear_handle_id (&self->idle, g_source_remove);
  queue_rows (self);
}

void
insui_customers_set_search (InsUiCustomers *self, const char *text)
{
  g_return_if_fail (INSUI_IS_CUSTOMERS (self));
  g_free (self->search);
  self->search = text != NULL ? g_strstrip (g_strdup (text)) : NULL;
  if (self->search != NULL && *self->search == '\0')
    g_clear_pointer (&self->search, g_free);
  rebuild (self);
}

void
insui_customers_set_sort (InsUiCustomers *self, int column, gboolean descending)
{
  g_return_if_fail (INSUI_IS_CUSTOMERS (self));
  if (self->features != NULL && column >= (int)self->features->n_features)
    return;
  self->sort_column = column;
  self->descending = descending;
  sort_order (self);
  begin (self);
}

const InsFeatures *
insui_customers_get_features (InsUiCustomers *self)
{
  g_return_val_if_fail (INSUI_IS_CUSTOMERS (self), NULL);
  return self->features;
}

gboolean
insui_customers_has_clusters (InsUiCustomers *self)
{
  g_return_val_if_fail (INSUI_IS_CUSTOMERS (self), FALSE);
  return self->clusters != NULL;
}

int
insui_customers_get_cluster (InsUiCustomers *self, guint32 row)
{
  g_return_val_if_fail (INSUI_IS_CUSTOMERS (self), INSUI_NO_CLUSTER);
  return self->clusters != NULL ? self->clusters[row] : INSUI_NO_CLUSTER;
}
