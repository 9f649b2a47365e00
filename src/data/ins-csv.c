/* ins-csv.c: writing CSV: UTF-8, comma, LF
 *
 * A field is quoted where a reader could otherwise take it apart or change it: comma, quote, line
 * ends, blanks at its ends (many readers strip them), and a line's only field when it is empty (an
 * empty line would be no record).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-csv.h"

#include "base/ins-text.h"

#include <math.h>
#include <string.h>

#define CSV_BUFFER 65536

struct _InsCsv
{
  GOutputStream *stream;
  GString *buffer;
  GError *error;    /* the first one; nothing is written after it */
  gsize n_fields;   /* on the line begun */
  gsize line_begin; /* where it begins in the buffer */
  gboolean raw;
};

InsCsv *
ins_csv_new (GOutputStream *stream, gboolean raw)
{
  InsCsv *csv;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (stream), NULL);

  csv = g_new0 (InsCsv, 1);
  csv->stream = g_object_ref (stream);
  csv->buffer = g_string_sized_new (CSV_BUFFER + 4096);
  csv->raw = raw;
  return csv;
}

static void
csv_flush (InsCsv *csv, GCancellable *cancellable)
{
  if (!csv->error)
    g_output_stream_write_all (csv->stream, csv->buffer->str, csv->buffer->len, NULL, cancellable,
                               &csv->error);
  g_string_truncate (csv->buffer, 0);
}

static void
csv_separate (InsCsv *csv)
{
  if (csv->n_fields++ > 0)
    g_string_append_c (csv->buffer, ',');
  else
    csv->line_begin = csv->buffer->len;
}

/* Spreadsheets run what begins so, unless it is a plain number. */
static gboolean
text_is_formula (const char *text, gsize length)
{
  double number;

  if (!strchr ("=+-@\t\r", *text))
    return FALSE;
  return !ins_text_to_double (text, length, &number);
}

static gboolean
text_needs_quotes (const char *text, gsize length)
{
  return strpbrk (text, ",\"\r\n") || g_ascii_isspace (text[0])
         || g_ascii_isspace (text[length - 1]);
}

void
ins_csv_text (InsCsv *csv, const char *text)
{
  gsize length = text ? strlen (text) : 0;
  gboolean formula, quotes;

  g_return_if_fail (csv != NULL);

  csv_separate (csv);
  if (length == 0)
    return;
  formula = !csv->raw && text_is_formula (text, length);
  quotes = text_needs_quotes (text, length);
  if (quotes)
    g_string_append_c (csv->buffer, '"');
  if (formula)
    g_string_append_c (csv->buffer, '\'');
  if (!quotes)
    g_string_append_len (csv->buffer, text, length);
  else
    for (gsize i = 0; i < length; i++)
      {
        if (text[i] == '"')
          g_string_append_c (csv->buffer, '"');
        g_string_append_c (csv->buffer, text[i]);
      }
  if (quotes)
    g_string_append_c (csv->buffer, '"');
}

void
ins_csv_number (InsCsv *csv, double value)
{
  char text[INS_TEXT_SIZE];

  g_return_if_fail (csv != NULL);

  csv_separate (csv);
  if (!isnan (value))
    g_string_append (csv->buffer, ins_double_to_text (value, text));
}

void
ins_csv_integer (InsCsv *csv, gint64 value)
{
  g_return_if_fail (csv != NULL);

  csv_separate (csv);
  g_string_append_printf (csv->buffer, "%" G_GINT64_FORMAT, value);
}

void
ins_csv_end_line (InsCsv *csv)
{
  g_return_if_fail (csv != NULL);

  if (csv->n_fields == 1 && csv->buffer->len == csv->line_begin)
    g_string_append (csv->buffer, "\"\"");
  g_string_append_c (csv->buffer, '\n');
  csv->n_fields = 0;
  if (csv->buffer->len >= CSV_BUFFER)
    csv_flush (csv, NULL);
}

gboolean
ins_csv_finish (InsCsv *csv, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (csv != NULL, FALSE);

  csv_flush (csv, cancellable);
  if (!csv->error)
    g_output_stream_flush (csv->stream, cancellable, &csv->error);
  if (!csv->error)
    return TRUE;
  g_propagate_error (error, g_error_copy (csv->error));
  return FALSE;
}

void
ins_csv_free (InsCsv *csv)
{
  if (!csv)
    return;
  g_clear_error (&csv->error);
  g_string_free (csv->buffer, TRUE);
  g_object_unref (csv->stream);
  g_free (csv);
}
