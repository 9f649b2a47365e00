/* insui-export.h: the selected customers as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-identity.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* The columns of insiders-cli export customers.  @selection: (nullable): a byte per row of the
 * features, NULL = all; copied.  Writes in a worker; the file is complete or untouched. */
void insui_export_customers (GFile *file, const InsResults *results, const InsIdentity *identities,
                             gsize k, const guint8 *selection, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
gboolean insui_export_customers_finish (GAsyncResult *result, GError **error);
/* The same as a text, for the clipboard.  (transfer full) */
char *insui_export_to_text (const InsResults *results, const InsIdentity *identities, gsize k,
                            const guint8 *selection, GError **error);

G_END_DECLS
