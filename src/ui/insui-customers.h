/* insui-customers.h: the customers as a list, sorted, searched and selected with the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One customer: a row of InsFeatures.  Made when the list asks for it, for the order of that time.
 */
#define INSUI_TYPE_CUSTOMER (insui_customer_get_type ())
G_DECLARE_FINAL_TYPE (InsUiCustomer, insui_customer, INSUI, CUSTOMER, GObject)

guint32 insui_customer_get_row (InsUiCustomer *self);

/* Columns that are no feature. */
#define INSUI_COLUMN_ID -1
#define INSUI_COLUMN_CLUSTER -2

#define INSUI_NO_CLUSTER -2 /* not among the model's customers; -1 is noise */
#define INSUI_NO_ROW G_MAXUINT32

/**
 * InsUiCustomers:
 *
 * GListModel of InsUiCustomer and GtkSelectionModel at once: what is selected is the session's
 * selection, so every chart and table shows the same customers.  With only-selected it lists the
 * session's selection instead and nothing in it can be selected.
 *
 * Signal contents-changed: other customers stand in the rows, which themselves stay.
 */
#define INSUI_TYPE_CUSTOMERS (insui_customers_get_type ())
G_DECLARE_FINAL_TYPE (InsUiCustomers, insui_customers, INSUI, CUSTOMERS, GObject)

InsUiCustomers *insui_customers_new (InsUiSession *session, gboolean only_selected);
/* Takes the session's results as they are now. */
void insui_customers_reload (InsUiCustomers *self);
/* Who stands at @position now; INSUI_NO_ROW: nobody, the row is about to go. */
guint32 insui_customers_get_row (InsUiCustomers *self, guint position);
/* While @waiting, a long list does not grow: nobody sees it. */
void insui_customers_set_waiting (InsUiCustomers *self, gboolean waiting);
/* Part of an id; "" = all. */
void insui_customers_set_search (InsUiCustomers *self, const char *text);
/* @column: a feature or INSUI_COLUMN_….  Missing values come last either way. */
void insui_customers_set_sort (InsUiCustomers *self, int column, gboolean descending);

/* (nullable) before there are features */
const InsFeatures *insui_customers_get_features (InsUiCustomers *self);
gboolean insui_customers_has_clusters (InsUiCustomers *self);
int insui_customers_get_cluster (InsUiCustomers *self, guint32 row);

G_END_DECLS
