/* insui-customer-table.h: customers × features as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-customers.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * InsUiCustomerTable:
 *
 * Columns: customer, cluster (with its colour, once there are clusters), the features that are
 * compared, or every feature.  A click on a header sorts.  When it is narrow only customer, cluster
 * and the value feature are shown.
 *
 * Signal "sorted" (int column, gboolean descending): a feature or INSUI_COLUMN_….
 */
#define INSUI_TYPE_CUSTOMER_TABLE (insui_customer_table_get_type ())
G_DECLARE_FINAL_TYPE (InsUiCustomerTable, insui_customer_table, INSUI, CUSTOMER_TABLE, AdwBin)

GtkWidget *insui_customer_table_new (InsUiSession *session, gboolean only_selected);
InsUiCustomers *insui_customer_table_get_model (InsUiCustomerTable *self);
/* Columns for every feature. */
void insui_customer_table_set_all (InsUiCustomerTable *self, gboolean all);
void insui_customer_table_reload (InsUiCustomerTable *self);

G_END_DECLS
