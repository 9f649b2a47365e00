/* ins-reader.c: records of a CSV text, through libcsv, with their place in the file
 *
 * libcsv goes on in quotes when something follows a closing quote, so that one stray quote can
 * swallow the lines up to the next one and still yield a record of the right width.  A field over
 * several lines is therefore accepted only if its quotes are doubled or stand at its ends, as
 * RFC 4180 has it; else the line with the opening quote is given back as UNCLOSED.  Time linear:
 * a line is read again at most INS_FIELD_LINES times.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-reader.h"

#include <string.h>

#define LF_UNKNOWN G_MAXSIZE

void
ins_sink_count (void *bytes, size_t length, void *sink)
{
  InsSink *s = sink;

  s->n_fields++;
  s->too_long = s->too_long || length > INS_FIELD_MAX;
}

void
ins_reader_init (InsReader *reader, const guint8 *data, gsize size, char delimiter, char quote,
                 void (*field) (void *, size_t, void *), InsSink *sink)
{
  memset (reader, 0, sizeof *reader);
  reader->data = data;
  reader->size = reader->stop = size;
  reader->field = field;
  reader->sink = sink;
  reader->delimiter = delimiter;
  reader->quote = quote;
  csv_init (&reader->parser, 0);
  csv_set_delim (&reader->parser, delimiter);
  csv_set_quote (&reader->parser, quote);
  csv_set_blk_size (&reader->parser, 4096);
  reader->idle = reader->parser.pstate;
  ins_reader_seek (reader, 0, 1);
}

void
ins_reader_clear (InsReader *reader)
{
  csv_free (&reader->parser);
}

void
ins_reader_seek (InsReader *reader, gsize pos, guint64 line)
{
  reader->pos = pos;
  reader->line = line;
  reader->next_lf = LF_UNKNOWN;
}

/* Where the physical line at pos ends, its end included. */
static inline gsize
line_end (InsReader *reader)
{
  const guint8 *data = reader->data;
  gsize pos = reader->pos, limit;
  const guint8 *cr;

  if (reader->next_lf == LF_UNKNOWN || reader->next_lf < pos)
    {
      const guint8 *lf = memchr (data + pos, '\n', reader->size - pos);

      reader->next_lf = lf ? (gsize)(lf - data) : reader->size;
    }
  limit = reader->next_lf;
  cr = memchr (data + pos, '\r', limit - pos);
  if (cr && (gsize)(cr - data) + 1 < limit)
    return cr - data + 1;
  if (cr && limit == reader->size)
    return limit;
  return limit < reader->size ? limit + 1 : limit;
}

/* Gives the line up to @end to libcsv.  Returns: FALSE if a field got too long. */
static gboolean
feed_line (InsReader *reader, gsize end)
{
  gboolean is_last = end == reader->size;
  gsize pos = reader->pos;

  reader->pos = end;
  reader->line++;
  while (pos < end)
    {
      gsize n = MIN (end - pos, INS_FIELD_MAX);

      if (csv_parse (&reader->parser, reader->data + pos, n, reader->field, NULL, reader->sink) < n
          || reader->parser.entry_pos > INS_FIELD_MAX)
        return FALSE;
      pos += n;
    }
  if (is_last && reader->data[end - 1] != '\n' && reader->data[end - 1] != '\r')
    csv_parse (&reader->parser, "\n", 1, reader->field, NULL, reader->sink);
  return TRUE;
}

static gsize
skip_blanks (const InsReader *reader, gsize pos, gsize end)
{
  while (pos < end && (reader->data[pos] == ' ' || reader->data[pos] == '\t')
         && reader->data[pos] != reader->delimiter)
    pos++;
  return pos;
}

static gboolean
ends_field (const InsReader *reader, gsize pos, gsize end)
{
  return pos >= end || reader->data[pos] == reader->delimiter || reader->data[pos] == '\n'
         || reader->data[pos] == '\r';
}

/* Whether the quotes in [@pos, @end) are where they belong; @quoted: it begins within quotes. */
static gboolean
is_well_quoted (const InsReader *reader, gsize pos, gsize end, gboolean quoted)
{
  const guint8 *data = reader->data;

  for (;;)
    {
      if (!quoted)
        {
          pos = skip_blanks (reader, pos, end);
          if (pos >= end)
            return TRUE;
          if (data[pos] != reader->quote)
            {
              while (!ends_field (reader, pos, end))
                pos++;
              pos++;
              continue;
            }
          pos++;
        }
      for (; pos < end; pos++)
        if (data[pos] == reader->quote)
          {
            if (pos + 1 < end && data[pos + 1] == reader->quote)
              pos++;
            else
              break;
          }
      if (pos >= end)
        return TRUE; /* goes on in the next line */
      pos = skip_blanks (reader, pos + 1, end);
      if (!ends_field (reader, pos, end))
        return FALSE;
      pos++;
      quoted = FALSE;
    }
}

static InsRecordState
fail (InsReader *reader, InsRecordState state, gsize pos, guint64 line)
{
  csv_fini (&reader->parser, NULL, NULL, NULL);
  reader->end = pos;
  ins_reader_seek (reader, pos, line);
  return state;
}

/* Further lines of a record whose first line ended within quotes. */
static InsRecordState
read_open_record (InsReader *reader)
{
  guint n_ends = 1;

  reader->restart_pos = reader->first_restart_pos = reader->pos;
  reader->restart_line = reader->first_restart_line = reader->line;
  for (;;)
    {
      gsize n_fields = reader->sink->n_fields;
      gsize begin = reader->pos;

      if (begin >= reader->size || n_ends > INS_FIELD_LINES)
        return fail (reader, INS_RECORD_UNCLOSED, reader->restart_pos, reader->restart_line);
      if (!feed_line (reader, line_end (reader)))
        return fail (reader, INS_RECORD_TOO_LONG, reader->restart_pos, reader->restart_line);
      if (!is_well_quoted (reader, begin, reader->pos, TRUE))
        return fail (reader, INS_RECORD_UNCLOSED, reader->restart_pos, reader->restart_line);
      if (reader->parser.pstate == reader->idle)
        break;
      n_ends++;
      if (reader->sink->n_fields != n_fields)
        {
          reader->restart_pos = reader->pos;
          reader->restart_line = reader->line;
          n_ends = 1;
        }
    }
  reader->end = reader->pos;
  return reader->sink->too_long ? INS_RECORD_TOO_LONG : INS_RECORD_FINE;
}

InsRecordState
ins_reader_next (InsReader *reader)
{
  reader->sink->n_fields = 0;
  reader->sink->too_long = FALSE;
  while (reader->pos < reader->stop)
    {
      reader->begin = reader->pos;
      reader->first_line = reader->line;
      reader->first_restart_pos = 0;
      if (!feed_line (reader, line_end (reader)))
        return fail (reader, INS_RECORD_TOO_LONG, reader->pos, reader->line);
      if (reader->parser.pstate != reader->idle)
        {
          if (!is_well_quoted (reader, reader->begin, reader->pos, FALSE))
            return fail (reader, INS_RECORD_UNCLOSED, reader->pos, reader->line);
          return read_open_record (reader);
        }
      reader->end = reader->pos;
      if (reader->sink->n_fields > 0) /* else an empty line */
        return reader->sink->too_long ? INS_RECORD_TOO_LONG : INS_RECORD_FINE;
    }
  return INS_RECORD_END;
}

gboolean
ins_reader_skip_line (InsReader *reader)
{
  if (reader->pos >= reader->size)
    return FALSE;
  reader->begin = reader->pos;
  reader->first_line = reader->line++;
  reader->pos = reader->end = line_end (reader);
  return TRUE;
}

void
ins_reader_retreat (InsReader *reader)
{
  if (reader->first_restart_pos == 0 || reader->first_restart_pos == reader->pos)
    return;
  reader->end = reader->first_restart_pos;
  ins_reader_seek (reader, reader->first_restart_pos, reader->first_restart_line);
}
