/* insui-export.c: the selected customers as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-export.h"

#include "store/ins-relation.h"

/* What the worker needs; nothing else is touched. */
typedef struct
{
  InsResults results;      /* references */
  InsIdentity *identities; /* (nullable) k */
  gsize k;
  guint8 *selection; /* (nullable) */
} Export;

static Export *
export_new (const InsResults *results, const InsIdentity *identities, gsize k,
            const guint8 *selection)
{
  Export *export = g_new0 (Export, 1);
  ins_results_copy (&export->results, results);
  export->k = identities != NULL ? k : 0;
  if (identities != NULL)
    export->identities = g_new0 (InsIdentity, k + 1);
  for (gsize i = 0; i < export->k; i++)
    ins_identity_copy (&export->identities[i], &identities[i]);
  if (selection != NULL)
    export->selection = g_memdup2 (selection, results->features->n);
  return export;
}

static void
export_free (Export *export)
{
  ins_results_clear (&export->results);
  ins_identities_free (export->identities, export->k);
  g_free (export->selection);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static gboolean
write_all (GOutputStream *stream, const Export *export, GCancellable *cancellable, GError **error)
{
  g_autoptr (InsRun) run = ins_run_new (1, cancellable);
  g_autoptr (InsRelation) customers =
      ins_relation_new (INS_RELATION_CUSTOMERS, &export->results, export->identities);
  return ins_relation_write_csv (customers, export->selection, stream, FALSE, run, error);
}

static gboolean
write_file (GFile *file, const Export *export, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error);
  if (stream == NULL)
    return FALSE;
  if (write_all (G_OUTPUT_STREAM (stream), export, cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
  /* A close that is cancelled leaves the old file in place. */
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_output_stream_close (G_OUTPUT_STREAM (stream), cancelled, NULL);
  return FALSE;
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GFile *file = g_object_get_data (G_OBJECT (task), "file");
  if (write_file (file, data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
insui_export_customers (GFile *file, const InsResults *results, const InsIdentity *identities,
                        gsize k, const guint8 *selection, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (results->features != NULL);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, insui_export_customers);
  g_task_set_task_data (task, export_new (results, identities, k, selection),
                        (GDestroyNotify)export_free);
  g_object_set_data_full (G_OBJECT (task), "file", g_object_ref (file), g_object_unref);
  g_task_run_in_thread (task, export_thread);
}

gboolean
insui_export_customers_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

char *
insui_export_to_text (const InsResults *results, const InsIdentity *identities, gsize k,
                      const guint8 *selection, GError **error)
{
  g_return_val_if_fail (results->features != NULL, NULL);
  g_autoptr (Export) export = export_new (results, identities, k, selection);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  if (!write_all (stream, export, NULL, error)
      || !g_output_stream_write_all (stream, "", 1, NULL, NULL, error)
      || !g_output_stream_close (stream, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}
