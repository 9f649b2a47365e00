/* ins-scan.c: a file read into one dictionary and one row of codes per column
 *
 * One pass through libcsv; a field costs a comparison with the one above it or one look into its
 * column's dictionary.  Time linear in the bytes; memory 4 bytes per field and the distinct words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-scan.h"

#include "base/ins-error.h"
#include "base/ins-memory.h"
#include "data/ins-ledger.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define RAW_SHOWN 2000 /* bytes of a rejected line that are kept */

/* What libcsv's callback fills. */
typedef struct
{
  InsSink sink;
  gsize n_columns;
  InsWords *words;
  guint32 *row;
} ScanSink;

static void
take_field (void *bytes, size_t length, void *data)
{
  ScanSink *s = data;
  gsize column = s->sink.n_fields++;

  if (G_UNLIKELY (length > INS_FIELD_MAX))
    s->sink.too_long = TRUE;
  else if (length == 0 && column < s->n_columns)
    s->row[column] = INS_CODE_MISSING;
  else if (column < s->n_columns)
    s->row[column] = ins_words_add (&s->words[column], bytes, length);
}

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
                 _ ("“%s” is %s and no text; save its table as CSV and import that."), name, kind);
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
      if (ins_encoding_guess (data, size, run, &scan->encoding, mark, reason))
        return TRUE;
      return ins_run_check (run, error);
    }
  if (!ins_encoding_from_text (scan->dialect.encoding, &scan->encoding))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("The encoding “%s” is not known; choose UTF-8, UTF-16LE, UTF-16BE, "
                      "WINDOWS-1252 or ISO-8859-1."),
                   scan->dialect.encoding);
      return FALSE;
    }
  /* “UTF-16” without an end: the mark tells. */
  if (scan->encoding == INS_ENCODING_UTF_16LE
      && ins_encoding_mark (data, size, INS_ENCODING_UTF_16BE) > 0)
    scan->encoding = INS_ENCODING_UTF_16BE;
  *mark = ins_encoding_mark (data, size, scan->encoding);
  *reason = g_strdup (ins_evidence_given ());
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
  g_free (scan->dialect.encoding);
  scan->dialect.encoding = g_strdup (ins_encoding_to_text (scan->encoding));
  ins_evidence_add (scan->evidence, "encoding", scan->dialect.encoding, reason, NULL, NULL);
  data += mark;
  size -= mark;
  if (scan->encoding == INS_ENCODING_UTF_16LE || scan->encoding == INS_ENCODING_UTF_16BE)
    {
      scan->transcoded = ins_encoding_from_utf_16 (
          data, size, scan->encoding == INS_ENCODING_UTF_16BE, source->name, run, error);
      if (!scan->transcoded)
        return FALSE;
      data = g_bytes_get_data (scan->transcoded, &size);
      scan->encoding = INS_ENCODING_UTF_8; /* of @text */
    }
  scan->text = data;
  scan->size = size;
  scan->has_nul = size > 0 && memchr (data, 0, size) != NULL;
  if (size == 0)
    return check_kind (source->name, data, 0, error);
  if (looks_binary (data, size))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("“%s” is no text; save its table as CSV and import that."), source->name);
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

gboolean
ins_scan_accepts (const InsScan *scan, InsReader *reader, InsRecordState state, gsize n_fields,
                  char **reason)
{
  const char *why = NULL;

  if (state == INS_RECORD_TOO_LONG)
    why = _ ("a field is longer than a million characters; a quote is probably not closed");
  else if (state == INS_RECORD_UNCLOSED)
    why = _ ("a quote is not closed");
  else if (scan->has_nul && memchr (scan->text + reader->begin, 0, reader->end - reader->begin))
    why = _ ("the line has a character with the code zero");
  else if (n_fields <= scan->n_columns && n_fields >= scan->least_fields)
    return TRUE;
  if (!why)
    ins_reader_retreat (reader);
  if (reason)
    *reason = why ? g_strdup (why) : width_reason (scan, n_fields);
  return FALSE;
}

static void
reject (InsScan *scan, const InsReader *reader, char *reason)
{
  scan->n_rejected++;
  if (scan->rejected->len < INS_LEDGER_KEPT)
    g_ptr_array_add (scan->rejected,
                     ins_rejected_new (reader->first_line, NULL,
                                       ins_scan_record_text (scan, reader), reason, NAN));
  else
    g_free (reason);
}

/* Guesses the number of rows from the beginning of the text. */
static gsize
guess_rows (const InsScan *scan)
{
  const guint8 *text = scan->text + scan->begin;
  gsize left = scan->size - scan->begin, n = MIN (left, 1 << 18), lines = 1;

  for (const guint8 *p = text; (p = memchr (p, '\n', text + n - p)); p++)
    lines++;
  return left == n ? lines + 1 : (gsize)((double)left / n * lines * 1.02) + 1024;
}

static gsize
grow_rows (InsScan *scan, gsize room, gsize wanted)
{
  gsize new_room = wanted ? wanted : room + room / 4 + 1024;

  for (gsize c = 0; c < scan->n_columns; c++)
    scan->columns[c].codes = g_renew (guint32, scan->columns[c].codes, new_room);
  return new_room;
}

static void
append_row (InsScan *scan, const ScanSink *sink)
{
  gsize n = MIN (sink->sink.n_fields, scan->n_columns);

  for (gsize c = 0; c < n; c++)
    scan->columns[c].codes[scan->n_rows] = sink->row[c];
  for (gsize c = n; c < scan->n_columns; c++)
    scan->columns[c].codes[scan->n_rows] = INS_CODE_MISSING;
  scan->n_rows++;
}

static gboolean
read_rows (InsScan *scan, InsReader *reader, ScanSink *sink, InsRun *run, GError **error)
{
  gsize room = grow_rows (scan, 0, guess_rows (scan));
  gsize told = reader->pos, count = 0;
  InsRecordState state;

  while (state = ins_reader_next (reader), state != INS_RECORD_END)
    {
      char *reason = NULL;

      if ((++count & 1023) == 0 || reader->pos - told > (1 << 18))
        {
          ins_run_advance (run, reader->pos > told ? reader->pos - told : 0);
          told = MAX (told, reader->pos);
          if (!ins_run_check (run, error))
            return FALSE;
        }
      if (!ins_scan_accepts (scan, reader, state, sink->sink.n_fields, &reason))
        {
          reject (scan, reader, reason);
          continue;
        }
      if (scan->n_rows == room)
        room = grow_rows (scan, room, 0);
      if (scan->n_rows % INS_SCAN_STRIDE == 0)
        {
          InsScanMark mark = { reader->begin, reader->first_line };

          g_array_append_val (scan->marks, mark);
        }
      append_row (scan, sink);
    }
  grow_rows (scan, room, MAX (scan->n_rows, 1));
  return TRUE;
}

/* ---- words ---- */

/* Words that no row has are dropped, the others numbered by first appearance. */
static void
drop_unused_words (InsScanColumn *column, gsize n_rows)
{
  g_autofree guint32 *new_code = g_new (guint32, (gsize)column->n_words + 1);
  char **words = g_new0 (char *, (gsize)column->n_words + 1);
  guint32 n = 0;

  memset (new_code, 0xff, column->n_words * sizeof *new_code);
  for (gsize i = 0; i < n_rows; i++)
    {
      guint32 code = column->codes[i];

      if (code == INS_CODE_MISSING)
        continue;
      if (new_code[code] == INS_CODE_MISSING)
        {
          words[n] = g_steal_pointer (&column->words[code]);
          new_code[code] = n++;
        }
      column->codes[i] = new_code[code];
    }
  for (guint32 i = 0; i < column->n_words; i++)
    g_free (column->words[i]);
  g_free (column->words);
  column->words = words;
  column->n_words = n;
}

static void
count_words (InsScanColumn *column, gsize n_rows)
{
  memset (column->counts, 0, column->n_words * sizeof *column->counts);
  column->n_empty = 0;
  for (gsize i = 0; i < n_rows; i++)
    if (column->codes[i] != INS_CODE_MISSING)
      column->counts[column->codes[i]]++;
    else
      column->n_empty++;
}

void
ins_scan_drop_rows (InsScan *scan, const guint16 *why)
{
  gsize n = 0;

  for (gsize c = 0; c < scan->n_columns; c++)
    {
      InsScanColumn *column = &scan->columns[c];

      n = 0;
      for (gsize i = 0; i < scan->n_rows; i++)
        if (why[i] == 0)
          column->codes[n++] = column->codes[i];
      drop_unused_words (column, n);
      count_words (column, n);
    }
  scan->n_rows = n;
}

static void
take_words (InsScan *scan, InsScanColumn *column, InsWords *words)
{
  column->n_words = words->n;
  column->words = g_new0 (char *, (gsize)words->n + 1);
  column->counts = g_new0 (guint32, (gsize)words->n + 1);
  for (guint32 i = 0; i < words->n; i++)
    {
      gsize length;
      const guint8 *bytes = ins_words_get (words, i, &length);

      column->words[i] = ins_encoding_decode (scan->encoding, bytes, length);
    }
  ins_words_clear (words);
  if (scan->n_rejected > 0)
    drop_unused_words (column, scan->n_rows);
  count_words (column, scan->n_rows);
}

static gboolean
scan_rows (InsScan *scan, const char *name, InsRun *run, GError **error)
{
  g_autofree char *what = g_strdup_printf (_ ("Reading “%s”"), name);
  ScanSink sink = { .n_columns = scan->n_columns };
  InsReader reader;
  gboolean fine;

  if (!ins_memory_check (guess_rows (scan) * scan->n_columns * 8, what,
                         _ ("Leave columns or lines out of the file."), error))
    return FALSE;
  sink.words = g_new0 (InsWords, scan->n_columns);
  sink.row = g_new0 (guint32, scan->n_columns);
  ins_reader_init (&reader, scan->text, scan->size, scan->dialect.delimiter, scan->dialect.quote,
                   take_field, &sink.sink);
  ins_reader_seek (&reader, scan->begin, scan->begin_line);
  fine = read_rows (scan, &reader, &sink, run, error);
  for (gsize c = 0; c < scan->n_columns; c++)
    {
      if (fine)
        take_words (scan, &scan->columns[c], &sink.words[c]);
      ins_words_clear (&sink.words[c]);
    }
  ins_reader_clear (&reader);
  g_free (sink.words);
  g_free (sink.row);
  return fine;
}

static void
describe_width (InsScan *scan)
{
  char rows[INS_TEXT_SIZE], all[INS_TEXT_SIZE];

  ins_count_to_text (scan->n_rows, rows);
  ins_count_to_text (scan->n_rows + scan->n_rejected, all);
  for (guint i = 0; i < scan->evidence->len; i++)
    {
      InsEvidence *evidence = scan->evidence->pdata[i];

      if (evidence->reason)
        continue;
      if (scan->n_rejected == 0)
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
      || !scan_rows (scan, source->name, run, error))
    return NULL;
  describe_width (scan);
  return g_steal_pointer (&scan);
}
