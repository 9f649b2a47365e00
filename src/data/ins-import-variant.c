/* ins-import-variant.c: an import as the project file keeps it
 *
 * Everything but the table: the lines stay in their own file.  Reading trusts nothing: every
 * number is checked against the others before it is used.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-import-private.h"

#include "base/ins-error.h"
#include "data/ins-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SOURCE_TYPE "(smsst)"
#define DIALECT_TYPE "(syyiysms)"
#define EVIDENCE_TYPE "(sssmasmas)"
#define DESCRIPTION_TYPE "(tttddddddddddd)"
#define COLUMN_TYPE "(siittt" DESCRIPTION_TYPE "iimst)"
#define REJECTED_TYPE "(tmsssd)"
#define IMPORT_TYPE                                                                                \
  "(" SOURCE_TYPE DIALECT_TYPE "ba" EVIDENCE_TYPE "a" COLUMN_TYPE "ttta" REJECTED_TYPE "tasasddia" \
  "u)"

#define MONTHS_MAX 120000 /* ten thousand years */

/* ---- writing ---- */

static GVariant *
evidence_to_variant (const GPtrArray *list)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" EVIDENCE_TYPE));
  for (guint i = 0; i < list->len; i++)
    {
      const InsEvidence *e = list->pdata[i];

      g_variant_builder_add (&builder, "(sssm^asm^as)", e->field, e->value,
                             e->reason ? e->reason : "", e->choices, e->examples);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
columns_to_variant (const InsImport *import)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" COLUMN_TYPE));
  for (gsize c = 0; c < import->n_columns; c++)
    {
      const InsColumnInfo *i = &import->columns[c];
      const InsDescription *d = &i->numbers;

      g_variant_builder_add (&builder, COLUMN_TYPE, i->name, (gint32)i->type, (gint32)i->role, i->n,
                             i->missing, i->distinct, (guint64)d->n, (guint64)d->missing,
                             (guint64)d->distinct, d->min, d->max, d->range, d->sum, d->mean,
                             d->median, d->std, d->skew, d->kurtosis, d->q25, d->q75, i->first,
                             i->last, i->top, i->top_lines);
    }
  return g_variant_builder_end (&builder);
}

static GVariant *
rejected_to_variant (const GPtrArray *list)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" REJECTED_TYPE));
  for (guint i = 0; i < list->len; i++)
    {
      const InsRejected *r = list->pdata[i];

      g_variant_builder_add (&builder, REJECTED_TYPE, r->line, r->column, r->text, r->reason,
                             r->amount);
    }
  return g_variant_builder_end (&builder);
}

GVariant *
ins_import_to_variant (const InsArtifact *artifact)
{
  const InsImport *import = (const InsImport *)artifact;
  const InsDialect *d = &import->dialect;
  gssize n_cells = import->n_preview * import->n_columns;
  GVariant *parts[] = {
    g_variant_new (SOURCE_TYPE, import->source_name, import->source_path, import->source_sha256,
                   import->source_size),
    g_variant_new (DIALECT_TYPE, d->encoding, (guint8)d->delimiter, (guint8)d->quote,
                   (gint32)d->header, (guint8)d->decimal, d->thousands ? d->thousands : "",
                   d->date_format),
    g_variant_new_boolean (import->ready),
    evidence_to_variant (import->evidence),
    columns_to_variant (import),
    g_variant_new_uint64 (import->n_lines),
    g_variant_new_uint64 (import->n_rows),
    g_variant_new_uint64 (import->n_rejected),
    rejected_to_variant (import->rejected),
    g_variant_new_uint64 (import->n_preview),
    g_variant_new_strv ((const char *const *)import->preview_raw, n_cells),
    g_variant_new_strv ((const char *const *)import->preview_value, n_cells),
    g_variant_new_double (import->sum_quantity),
    g_variant_new_double (import->sum_amount),
    g_variant_new_int32 (import->first_month),
    g_variant_new_fixed_array (G_VARIANT_TYPE_UINT32, import->lines_per_month, import->n_months,
                               sizeof (guint32)),
  };

  return g_variant_new_tuple (parts, G_N_ELEMENTS (parts));
}

/* ---- reading ---- */

static gboolean
read_source (InsImport *import, GVariant *whole)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, 0);

  g_variant_get (v, SOURCE_TYPE, &import->source_name, &import->source_path, &import->source_sha256,
                 &import->source_size);
  return strlen (import->source_sha256) == 64;
}

static gboolean
read_dialect (InsImport *import, GVariant *whole)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, 1);
  InsDialect *d = &import->dialect;
  guint8 delimiter, quote, decimal;
  gint32 header;

  ins_dialect_clear (d);
  g_variant_get (v, DIALECT_TYPE, &d->encoding, &delimiter, &quote, &header, &decimal,
                 &d->thousands, &d->date_format);
  d->delimiter = delimiter;
  d->quote = quote;
  d->header = header;
  d->decimal = decimal;
  return (header == 0 || header == 1) && (decimal == '.' || decimal == ',') && delimiter && quote;
}

static gboolean
read_evidence (InsImport *import, GVariant *whole)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, 3);
  GVariantIter iter;
  InsEvidence *e;

  import->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_evidence_free);
  g_variant_iter_init (&iter, v);
  for (gsize i = 0; i < g_variant_iter_n_children (&iter); i++)
    {
      g_autoptr (GVariant) item = g_variant_iter_next_value (&iter);

      e = g_new0 (InsEvidence, 1);
      g_variant_get (item, "(sssm^asm^as)", &e->field, &e->value, &e->reason, &e->choices,
                     &e->examples);
      g_ptr_array_add (import->evidence, e);
      if (e->examples && (!e->choices || g_strv_length (e->choices) != g_strv_length (e->examples)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_possible_date (gint32 days)
{
  return days == INS_DATE_MISSING
         || (days >= ins_date_from_civil (1, 1, 1) && days <= ins_date_from_civil (9999, 12, 31));
}

static gboolean
read_column (InsColumnInfo *info, GVariant *v, guint64 n_rows)
{
  InsDescription *d = &info->numbers;
  gint32 type, role;
  guint64 n, missing, distinct;

  g_variant_get (v, COLUMN_TYPE, &info->name, &type, &role, &info->n, &info->missing,
                 &info->distinct, &n, &missing, &distinct, &d->min, &d->max, &d->range, &d->sum,
                 &d->mean, &d->median, &d->std, &d->skew, &d->kurtosis, &d->q25, &d->q75,
                 &info->first, &info->last, &info->top, &info->top_lines);
  info->type = type;
  info->role = role;
  d->n = n;
  d->missing = missing;
  d->distinct = distinct;
  return type >= INS_COLUMN_TEXT && type <= INS_COLUMN_DATE && role >= -1 && role < INS_N_ROLES
         && info->n <= n_rows && info->missing == n_rows - info->n && info->distinct <= info->n
         && n <= info->n && is_possible_date (info->first) && is_possible_date (info->last)
         && info->top_lines <= info->n;
}

static gboolean
read_columns (InsImport *import, GVariant *whole)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, 4);

  import->n_columns = g_variant_n_children (v);
  import->columns = g_new0 (InsColumnInfo, MAX (import->n_columns, 1));
  for (gsize c = 0; c < import->n_columns; c++)
    {
      g_autoptr (GVariant) item = g_variant_get_child_value (v, c);

      if (!read_column (&import->columns[c], item, import->n_rows))
        return FALSE;
    }
  return import->n_columns > 0;
}

static gboolean
read_counts (InsImport *import, GVariant *whole)
{
  g_variant_get_child (whole, 2, "b", &import->ready);
  g_variant_get_child (whole, 5, "t", &import->n_lines);
  g_variant_get_child (whole, 6, "t", &import->n_rows);
  g_variant_get_child (whole, 7, "t", &import->n_rejected);
  g_variant_get_child (whole, 12, "d", &import->sum_quantity);
  g_variant_get_child (whole, 13, "d", &import->sum_amount);
  return import->n_rows <= import->n_lines
         && import->n_rejected == import->n_lines - import->n_rows;
}

static gboolean
read_rejected (InsImport *import, GVariant *whole)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, 8);
  gsize n = g_variant_n_children (v);

  import->rejected = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_rejected_free);
  for (gsize i = 0; i < n; i++)
    {
      InsRejected *r = g_new0 (InsRejected, 1);

      g_variant_get_child (v, i, REJECTED_TYPE, &r->line, &r->column, &r->text, &r->reason,
                           &r->amount);
      g_ptr_array_add (import->rejected, r);
    }
  return n <= import->n_rejected && n <= INS_LEDGER_KEPT;
}

/* @n_cells strings.  Returns: (nullable) */
static char **
read_cells (GVariant *whole, gsize index, gsize n_cells)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, index);

  return g_variant_n_children (v) == n_cells ? g_variant_dup_strv (v, NULL) : NULL;
}

static gboolean
read_preview (InsImport *import, GVariant *whole)
{
  guint64 n;
  gsize n_cells;

  g_variant_get_child (whole, 9, "t", &n);
  if (n > INS_IMPORT_PREVIEW || n > import->n_rows
      || !g_size_checked_mul (&n_cells, n, import->n_columns))
    return FALSE;
  import->preview_raw = read_cells (whole, 10, n_cells);
  import->preview_value = read_cells (whole, 11, n_cells);
  if (!import->preview_raw || !import->preview_value)
    {
      g_clear_pointer (&import->preview_raw, g_strfreev);
      g_clear_pointer (&import->preview_value, g_strfreev);
      return FALSE;
    }
  import->n_preview = n;
  return TRUE;
}

static gboolean
read_months (InsImport *import, GVariant *whole)
{
  g_autoptr (GVariant) v = g_variant_get_child_value (whole, 15);
  const guint32 *counts = g_variant_get_fixed_array (v, &import->n_months, sizeof *counts);

  g_variant_get_child (whole, 14, "i", &import->first_month);
  if (import->n_months > MONTHS_MAX || ABS ((gint64)import->first_month) > MONTHS_MAX)
    return FALSE;
  import->lines_per_month = g_memdup2 (counts, import->n_months * sizeof *counts);
  return TRUE;
}

InsArtifact *
ins_import_from_variant (GVariant *variant, GError **error)
{
  InsImport *import;

  g_return_val_if_fail (variant != NULL, NULL);

  import = ins_artifact_alloc (&ins_import_type, sizeof *import);
  ins_dialect_init (&import->dialect);
  import->rejected = NULL;
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE (IMPORT_TYPE))
      && g_variant_is_normal_form (variant) && read_source (import, variant)
      && read_dialect (import, variant) && read_counts (import, variant)
      && read_evidence (import, variant) && read_columns (import, variant)
      && read_rejected (import, variant) && read_preview (import, variant)
      && read_months (import, variant))
    return &import->artifact;
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
               _ ("The project's description of its data is damaged; import the data again."));
  ins_artifact_unref (import);
  return NULL;
}
