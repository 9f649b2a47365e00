/* ins-import.c: from bytes to a typed table, a ledger of what could not be read, and figures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-import.h"
#include "data/ins-import-private.h"

#include "base/ins-error.h"
#include "data/ins-convert.h"
#include "data/ins-ledger.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static void
import_free (InsArtifact *artifact)
{
  InsImport *import = (InsImport *)artifact;
  gsize n_cells = import->n_preview * import->n_columns;

  g_clear_pointer (&import->table, ins_table_unref);
  g_free (import->source_name);
  g_free (import->source_path);
  g_free (import->source_sha256);
  ins_dialect_clear (&import->dialect);
  g_clear_pointer (&import->evidence, g_ptr_array_unref);
  g_clear_pointer (&import->rejected, g_ptr_array_unref);
  for (gsize c = 0; import->columns && c < import->n_columns; c++)
    {
      g_free (import->columns[c].name);
      g_free (import->columns[c].top);
    }
  g_free (import->columns);
  for (gsize i = 0; i < n_cells; i++)
    {
      if (import->preview_raw)
        g_free (import->preview_raw[i]);
      if (import->preview_value)
        g_free (import->preview_value[i]);
    }
  g_free (import->preview_raw);
  g_free (import->preview_value);
  g_free (import->lines_per_month);
  g_free (import);
}

static gsize
import_size (const InsArtifact *artifact)
{
  const InsImport *import = (const InsImport *)artifact;
  gsize size = sizeof *import + import->n_columns * (sizeof *import->columns + 32)
               + import->n_preview * import->n_columns * 64 + import->n_months * 4;

  for (guint i = 0; i < import->rejected->len; i++)
    {
      const InsRejected *rejected = import->rejected->pdata[i];

      size += sizeof *rejected + strlen (rejected->text) + strlen (rejected->reason) + 32;
    }
  return size + (import->table ? ins_table_size (import->table) : 0);
}

static gboolean
import_is_complete (const InsArtifact *artifact)
{
  return ((const InsImport *)artifact)->table != NULL;
}

const InsArtifactType ins_import_type = {
  .kind = "import",
  .free = import_free,
  .size = import_size,
  .to_variant = ins_import_to_variant,
  .from_variant = ins_import_from_variant,
  .is_complete = import_is_complete,
};

static void
take_description (InsImport *import, const InsSource *source, const InsScan *scan)
{
  import->source_name = g_strdup (source->name);
  import->source_path = g_strdup (source->path);
  import->source_sha256 = g_strdup (source->sha256);
  import->source_size = g_bytes_get_size (source->bytes);
  ins_dialect_copy (&import->dialect, &scan->dialect);
  if (!import->dialect.decimal)
    import->dialect.decimal = '.';
  import->evidence = g_ptr_array_ref (scan->evidence);
  import->rejected = g_ptr_array_ref (scan->rejected);
  import->n_rejected = scan->n_rejected;
  import->n_lines = scan->n_rows + scan->n_rejected;
}

/* A table without a line is no use; the ledger's first line tells why. */
static gboolean
check_rows (const InsScan *scan, const char *name, GError **error)
{
  const InsRejected *first =
      scan->rejected->len > scan->n_titles ? scan->rejected->pdata[scan->n_titles] : NULL;

  if (scan->n_rows > 0)
    return TRUE;
  if (first)
    g_set_error (
        error, INS_ERROR, INS_ERROR_INPUT,
        _ ("No line of “%s” can be read (line %lu: %s); check the delimiter, the quote and "
           "the roles."),
        name, (gulong)first->line, first->reason);
  else
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("“%s” has a header and no lines below it; choose a file with data."), name);
  return FALSE;
}

InsImport *
ins_import_read (const InsSource *source, const InsRecipe *recipe, InsRun *run, GError **error)
{
  g_autoptr (InsJudgement) judgement = NULL;
  InsScan *scan;
  InsImport *import;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (recipe != NULL, NULL);
  g_return_val_if_fail (run != NULL, NULL);

  scan = ins_scan_new (source, &recipe->dialect, run, error);
  if (!scan)
    return NULL;
  if (!check_rows (scan, source->name, error))
    {
      ins_scan_free (scan);
      return NULL;
    }
  judgement = ins_judgement_new (scan, recipe, run, error);
  if (!judgement || !ins_judgement_is_decided (judgement, error))
    return NULL;
  if (judgement->ready) /* ids that are the same must be so before they are looked for */
    ins_convert_normalise_ids (judgement);
  if (!ins_convert_reject (judgement, run, error) || !check_rows (scan, source->name, error))
    return NULL;
  import = ins_artifact_alloc (&ins_import_type, sizeof *import);
  take_description (import, source, scan);
  ins_convert_preview (scan, import);
  if (!judgement->ready)
    ins_convert_normalise_ids (judgement);
  if (!ins_convert_fill (judgement, import, run, error))
    g_clear_pointer (&import, ins_artifact_unref);
  return import;
}
