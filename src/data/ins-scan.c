/* ins-scan.c: a file read into one dictionary and one row of codes per column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-scan.h"

#include "base/ins-error.h"
#include "data/ins-ledger.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RAW_SHOWN 2000 /* bytes of a rejected line that are kept */

void
ins_scan_free (InsScan *scan)
{
  if (!scan)
    return;
  for (gsize c = 0; c < scan->n_columns; c++)
    {
      InsScanColumn *column = &scan->columns[c];

      g_free (column->name);
      g_free (column->codes);
      if (column->words)
        for (guint32 i = 0; i < column->n_words; i++)
          g_free (column->words[i]);
      g_free (column->words);
      g_free (column->counts);
    }
  g_free (scan->columns);
  ins_dialect_clear (&scan->dialect);
  g_clear_pointer (&scan->evidence, g_ptr_array_unref);
  g_clear_pointer (&scan->transcoded, g_bytes_unref);
  g_clear_pointer (&scan->marks, g_array_unref);
  g_clear_pointer (&scan->rejected, g_ptr_array_unref);
  g_free (scan);
}

/* ---- what kind of file it is ---- */

static const char *
foreign_format (const guint8 *data, gsize size)
{
  if (size >= 4 && memcmp (data, "PK\003\004", 4) == 0)
    return _ ("a spreadsheet or an archive");
  if (size >= 8 && memcmp (data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
    return _ ("an old spreadsheet");
  if (size >= 16 && memcmp (data, "SQLite format 3", 16) == 0)
    return _ ("a database");
  if (size >= 4 && memcmp (data, "%PDF", 4) == 0)
    return _ ("a PDF document");
  return NULL;
}

/* Many control characters at the beginning: no text in any encoding that is read. */
static gboolean
looks_binary (const guint8 *data, gsize size)
{
  gsize n = MIN (size, 8192), odd = 0;

  for (gsize i = 0; i < n; i++)
    odd += (data[i] < 0x20 && !strchr ("\t\n\r\f\v\x1a\x1b", data[i])) || data[i] == 0;
  return odd * 20 > n;
}

static gboolean
check_kind (const char *name, const guint8 *data, gsize size, GError **error)
{
  const char *kind = foreign_format (data, size);

  if (size == 0)
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("“%s” is empty; choose a file with a table."), name);
  else if (kind)
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("“%s” is %s, not text; save its table as CSV and import that."), name, kind);
  else
    return TRUE;
  return FALSE;
}

/* ---- encoding ---- */

static gboolean
choose_encoding (InsScan *scan, const InsSource *source, const guint8 *data, gsize size,
                 gsize *mark, char **reason, InsRun *run, GError **error)
{
  if (!scan->dialect.encoding)
    {
      if (ins_encoding_guess (source, run, &scan->encoding, mark, reason))
        return TRUE;
      return ins_run_check (run, error);
    }
  *reason = g_strdup (ins_evidence_given ());
  if (!ins_encoding_from_text (scan->dialect.encoding, &scan->encoding))
    {
      scan->transcoded =
          ins_encoding_from_other (data, size, scan->dialect.encoding, source->name, error);
      return scan->transcoded != NULL;
    }
  /* “UTF-16” without an end: the mark tells. */
  if (scan->encoding == INS_ENCODING_UTF_16LE
      && ins_encoding_mark (data, size, INS_ENCODING_UTF_16BE) > 0)
    scan->encoding = INS_ENCODING_UTF_16BE;
  *mark = ins_encoding_mark (data, size, scan->encoding);
  return TRUE;
}

static gboolean
open_text (InsScan *scan, const InsSource *source, InsRun *run, GError **error)
{
  g_autofree char *reason = NULL;
  gsize size, mark = 0;
  const guint8 *data = g_bytes_get_data (source->bytes, &size);

  if (!check_kind (source->name, data, size, error)
      || !choose_encoding (scan, source, data, size, &mark, &reason, run, error))
    return FALSE;
  if (!scan->transcoded)
    {
      g_free (scan->dialect.encoding);
      scan->dialect.encoding = g_strdup (ins_encoding_to_text (scan->encoding));
    }
  ins_evidence_add (scan->evidence, "encoding", scan->dialect.encoding, reason, NULL, NULL);
  data += mark;
  size -= mark;
  if (scan->encoding == INS_ENCODING_UTF_16LE || scan->encoding == INS_ENCODING_UTF_16BE)
    {
      scan->transcoded = ins_encoding_from_utf_16 (
          data, size, scan->encoding == INS_ENCODING_UTF_16BE, source->name, run, error);
      if (!scan->transcoded)
        return FALSE;
    }
  if (scan->transcoded)
    {
      data = g_bytes_get_data (scan->transcoded, &size);
      scan->encoding = INS_ENCODING_UTF_8; /* of @text */
    }
  scan->text = data;
  scan->size = size;
  scan->has_nul = memchr (data, 0, size) != NULL;
  if (size == 0)
    return check_kind (source->name, data, 0, error);
  if (looks_binary (data, size))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("“%s” is not a text file; save its table as CSV and import that."),
                   source->name);
      return FALSE;
    }
  return TRUE;
}

/* ---- rows ---- */

char *
ins_scan_record_text (const InsScan *scan, const InsReader *reader)
{
  gsize end = reader->end;
  g_autofree char *text = NULL;

  while (end > reader->begin && strchr ("\r\n", scan->text[end - 1]) && scan->text[end - 1] != 0)
    end--;
  if (end - reader->begin <= RAW_SHOWN)
    return ins_encoding_decode (scan->encoding, scan->text + reader->begin, end - reader->begin);
  end = reader->begin + RAW_SHOWN;
  if (scan->encoding == INS_ENCODING_UTF_8)
    while (end > reader->begin && (scan->text[end] & 0xc0) == 0x80)
      end--;
  text = ins_encoding_decode (scan->encoding, scan->text + reader->begin, end - reader->begin);
  return g_strconcat (text, "…", NULL);
}

static char *
width_reason (const InsScan *scan, gsize n_fields)
{
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "the line has %u field where the table has %u columns",
                   "the line has %u fields where the table has %u columns", n_fields),
      (guint)n_fields, (guint)scan->n_columns);
}

const char *
ins_scan_describe_state (InsRecordState state)
{
  if (state == INS_RECORD_TOO_LONG)
    return _ ("a field is longer than a million characters; a quote is probably not closed");
  return state == INS_RECORD_UNCLOSED ? _ ("a quote is not closed") : NULL;
}

gboolean
ins_scan_accepts (const InsScan *scan, InsReader *reader, InsRecordState state, gsize n_fields,
                  char **reason)
{
  const char *why = ins_scan_describe_state (state);

  if (!why && scan->has_nul && memchr (scan->text + reader->begin, 0, reader->end - reader->begin))
    why = _ ("the line has a character with the code zero");
  else if (!why && n_fields <= scan->n_columns && n_fields >= scan->least_fields)
    return TRUE;
  if (!why)
    ins_reader_retreat (reader);
  if (reason)
    *reason = why ? g_strdup (why) : width_reason (scan, n_fields);
  return FALSE;
}

static void
describe_width (InsScan *scan)
{
  char rows[INS_TEXT_SIZE], all[INS_TEXT_SIZE];

  ins_count_to_text (scan->n_rows, rows);
  ins_count_to_text (scan->n_rows + scan->n_rejected - scan->n_titles, all);
  for (guint i = 0; i < scan->evidence->len; i++)
    {
      InsEvidence *evidence = scan->evidence->pdata[i];

      if (evidence->reason)
        continue;
      if (scan->n_rejected == scan->n_titles)
        /* translators: number of lines, number of fields */
        evidence->reason =
            g_strdup_printf (_ ("all %s lines have %u fields"), all, (guint)scan->n_columns);
      else
        /* translators: number of lines, number of all lines, number of fields */
        evidence->reason = g_strdup_printf (_ ("%s of %s lines have %u fields"), rows, all,
                                            (guint)scan->n_columns);
    }
}

InsScan *
ins_scan_new (const InsSource *source, const InsDialect *given, InsRun *run, GError **error)
{
  g_autoptr (InsScan) scan = g_new0 (InsScan, 1);

  ins_dialect_copy (&scan->dialect, given);
  scan->evidence = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_evidence_free);
  scan->rejected = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_rejected_free);
  scan->marks = g_array_new (FALSE, FALSE, sizeof (InsScanMark));
  ins_run_begin (run, _ ("Reading the file"), g_bytes_get_size (source->bytes));
  if (!ins_run_check (run, error) || !open_text (scan, source, run, error)
      || !ins_layout_guess (scan, source->name, run, error)
      || !ins_scan_read_rows (scan, source->name, run, error))
    return NULL;
  describe_width (scan);
  return g_steal_pointer (&scan);
}
