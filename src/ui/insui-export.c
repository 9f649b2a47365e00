/* insui-export.c: the selected customers as CSV
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-export.h"

#include "data/ins-csv.h"

#include <math.h>

/* What the worker needs; nothing else is touched. */
typedef struct
{
  InsFeatures *features;
  InsScaled *scaled;         /* (nullable) */
  InsClustering *clustering; /* (nullable) */
  char **names;              /* k, NULL-terminated */
  gsize k;
  guint8 *selection; /* (nullable) */
} Export;

static Export *
export_new (const InsResults *results, const InsIdentity *identities, gsize k,
            const guint8 *selection)
{
  Export *export = g_new0 (Export, 1);
  export->features = ins_artifact_ref (results->features);
  if (results->scaled != NULL && results->clustering != NULL && identities != NULL)
    {
      export->scaled = ins_artifact_ref (results->scaled);
      export->clustering = ins_artifact_ref (results->clustering);
    }
  export->k = identities != NULL ? k : 0;
  export->names = g_new0 (char *, export->k + 1);
  for (gsize i = 0; i < export->k; i++)
    export->names[i] = g_strdup (identities[i].name);
  if (selection != NULL)
    export->selection = g_memdup2 (selection, results->features->n);
  return export;
}

static void
export_free (Export *export)
{
  ins_clear_artifact (&export->features);
  ins_clear_artifact (&export->scaled);
  ins_clear_artifact (&export->clustering);
  g_strfreev (export->names);
  g_free (export->selection);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
write_header (InsCsv *csv, const Export *export)
{
  ins_csv_text (csv, "customer_id");
  if (export->clustering != NULL)
    ins_csv_text (csv, "cluster");
  for (gsize j = 0; j < export->features->n_features; j++)
    ins_csv_text (csv, export->features->infos[j].name);
  ins_csv_end_line (csv);
}

static void
write_row (InsCsv *csv, const Export *export, gsize row, int cluster)
{
  const InsFeatures *features = export->features;
  char buffer[INS_TEXT_SIZE];
  ins_csv_text (csv, features->ids[row]);
  if (export->clustering != NULL)
    ins_csv_text (csv, cluster >= 0 && (gsize)cluster < export->k ? export->names[cluster] : "");
  for (gsize j = 0; j < features->n_features; j++)
    ins_csv_text (csv, ins_features_get_text (features, row, j, buffer));
  ins_csv_end_line (csv);
}

static gboolean
write_all (GOutputStream *stream, const Export *export, GCancellable *cancellable, GError **error)
{
  g_autoptr (InsCsv) csv = ins_csv_new (stream, FALSE);
  gsize next = 0; /* row of the scaled customers, ascending as well */
  write_header (csv, export);
  for (gsize row = 0; row < export->features->n; row++)
    {
      int cluster = -1;
      if (export->clustering != NULL && next < export->scaled->n
          && export->scaled->rows[next] == row)
        cluster = export->clustering->labels[next++];
      if (export->selection == NULL || export->selection[row])
        write_row (csv, export, row, cluster);
    }
  return ins_csv_finish (csv, cancellable, error);
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
