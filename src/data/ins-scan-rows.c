/* ins-scan-rows.c: the rows of a file through libcsv, in as many parts as there are threads
 *
 * A field costs a comparison with the one above it or one look into its column's dictionary.  The
 * file is cut at line ends; each part is read on the supposition that a record begins there, and
 * counts only if the part before ends exactly there.  Where it does not (a quoted field goes over
 * the cut), the part is thrown away and the one before reads on: the result is that of one thread
 * for every input.  Dictionaries are joined in the file's order, so that numbers still follow
 * first appearance.  Time linear in the bytes; memory 4 bytes per field and the distinct words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-scan.h"

#include "base/ins-memory.h"
#include "data/ins-ledger.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define TELL_EVERY (1 << 18) /* bytes between two looks at the run */

gsize ins_scan_part_least = 1 << 20;

/* What libcsv's callback fills. */
typedef struct
{
  InsSink sink;
  gsize n_columns;
  InsWords *words;
  guint32 *row;
} ScanSink;

/* A piece of the file and the rows found in it; lines and rows are counted from the piece's
 * beginning. */
typedef struct
{
  gsize begin;
  InsReader reader;
  ScanSink sink;
  guint32 **codes;
  gsize n_rows;
  gsize room;
  GArray *marks;
  GPtrArray *rejected;
  guint64 n_rejected;
  gsize told;
} Part;

typedef struct
{
  InsScan *scan;
  InsRun *run;
  Part *parts;
  gsize n_parts;
  gsize part; /* being joined */
} Work;

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

/* ---- one part ---- */

static void
part_reserve (Part *part, gsize room)
{
  for (gsize c = 0; c < part->sink.n_columns; c++)
    part->codes[c] = g_renew (guint32, part->codes[c], room);
  part->room = room;
}

/* Guesses the number of rows from the beginning of the piece. */
static gsize
guess_rows (const InsScan *scan, gsize begin, gsize end)
{
  const guint8 *text = scan->text + begin;
  gsize left = end - begin, n = MIN (left, 1 << 18), lines = 1;

  for (const guint8 *p = text; n > 0 && (p = memchr (p, '\n', text + n - p)); p++)
    lines++;
  return left == n ? lines + 1 : (gsize)((double)left / n * lines * 1.02) + 1024;
}

static void
part_init (Part *part, const InsScan *scan, gsize begin, guint64 line, gsize stop)
{
  part->begin = part->told = begin;
  part->sink.n_columns = scan->n_columns;
  part->sink.words = g_new0 (InsWords, scan->n_columns);
  part->sink.row = g_new0 (guint32, scan->n_columns);
  part->codes = g_new0 (guint32 *, scan->n_columns);
  part->marks = g_array_new (FALSE, FALSE, sizeof (InsScanMark));
  part->rejected = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_rejected_free);
  ins_reader_init (&part->reader, scan->text, scan->size, scan->dialect.delimiter,
                   scan->dialect.quote, take_field, &part->sink.sink);
  ins_reader_seek (&part->reader, begin, line);
  part->reader.stop = stop;
  part_reserve (part, guess_rows (scan, begin, stop));
}

static void
part_clear (Part *part)
{
  for (gsize c = 0; c < part->sink.n_columns; c++)
    {
      ins_words_clear (&part->sink.words[c]);
      g_free (part->codes[c]);
    }
  g_free (part->sink.words);
  g_free (part->sink.row);
  g_free (part->codes);
  g_array_unref (part->marks);
  g_ptr_array_unref (part->rejected);
  ins_reader_clear (&part->reader);
}

static void
part_reject (Part *part, const InsScan *scan, char *reason)
{
  part->n_rejected++;
  if (part->rejected->len < INS_LEDGER_KEPT)
    g_ptr_array_add (part->rejected,
                     ins_rejected_new (part->reader.first_line, NULL,
                                       ins_scan_record_text (scan, &part->reader), reason, NAN));
  else
    g_free (reason);
}

static void
part_append (Part *part)
{
  gsize n = MIN (part->sink.sink.n_fields, part->sink.n_columns);

  if (part->n_rows == part->room)
    part_reserve (part, part->room + part->room / 4 + 1024);
  if (part->n_rows % INS_SCAN_STRIDE == 0)
    {
      InsScanMark mark = { part->n_rows, part->reader.begin, part->reader.first_line };

      g_array_append_val (part->marks, mark);
    }
  for (gsize c = 0; c < n; c++)
    part->codes[c][part->n_rows] = part->sink.row[c];
  for (gsize c = n; c < part->sink.n_columns; c++)
    part->codes[c][part->n_rows] = INS_CODE_MISSING;
  part->n_rows++;
}

/* Progress.  Returns: FALSE if cancelled. */
static gboolean
part_tell (Part *part, const Work *work)
{
  gsize pos = part->reader.pos;

  if (pos > part->told)
    {
      ins_run_advance (work->run, pos - part->told);
      part->told = pos;
    }
  return ins_run_tick (work->run);
}

static void
part_read (Part *part, const Work *work)
{
  InsReader *reader = &part->reader;
  InsRecordState state;
  gsize count = 0;

  while (state = ins_reader_next (reader), state != INS_RECORD_END)
    {
      char *reason = NULL;

      if (((++count & 1023) == 0 || reader->pos > part->told + TELL_EVERY)
          && !part_tell (part, work))
        return;
      if (ins_scan_accepts (work->scan, reader, state, part->sink.sink.n_fields, &reason))
        part_append (part);
      else
        part_reject (part, work->scan, reason);
    }
  part_tell (part, work);
}

/* ---- joining ---- */

/* Codes of column @c of the part being joined go behind those of the scan. */
static void
join_column (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *work = data;
  InsScan *scan = work->scan;
  Part *part = &work->parts[work->part], *first = &work->parts[0];

  for (gsize c = begin; c < end; c++)
    {
      const InsWords *words = &part->sink.words[c];
      guint32 *codes = first->codes[c] + scan->n_rows;
      g_autofree guint32 *new_code = g_new (guint32, (gsize)words->n + 1);

      for (guint32 i = 0; i < words->n; i++)
        {
          gsize length;
          const guint8 *bytes = ins_words_get (words, i, &length);

          new_code[i] = ins_words_add (&first->sink.words[c], bytes, length);
        }
      for (gsize i = 0; i < part->n_rows; i++)
        {
          guint32 code = part->codes[c][i];

          codes[i] = code == INS_CODE_MISSING ? code : new_code[code];
        }
      g_clear_pointer (&part->codes[c], g_free);
    }
}

/* Marks and ledger of the part, which begins at @line, go behind those of the scan. */
static void
join_places (InsScan *scan, Part *part, guint64 line)
{
  for (guint i = 0; i < part->marks->len; i++)
    {
      InsScanMark mark = g_array_index (part->marks, InsScanMark, i);

      mark.row += scan->n_rows;
      mark.line += line;
      g_array_append_val (scan->marks, mark);
    }
  for (guint i = 0; i < part->rejected->len; i++)
    {
      InsRejected *rejected = part->rejected->pdata[i];

      rejected->line += line;
      if (scan->rejected->len < INS_LEDGER_KEPT)
        g_ptr_array_add (scan->rejected, g_steal_pointer (&part->rejected->pdata[i]));
    }
  scan->n_rejected += part->n_rejected;
}

/* The first part holds the joined columns.  @line: lines before the part */
static gboolean
join_part (Work *work, gsize p, guint64 line)
{
  InsScan *scan = work->scan;
  Part *part = &work->parts[p];

  join_places (scan, part, line);
  if (p > 0)
    {
      gsize n = scan->n_rows + part->n_rows;

      if (work->parts[0].room < n)
        part_reserve (&work->parts[0], n);
      work->part = p;
      if (!ins_run_parallel (work->run, scan->n_columns, 1, join_column, work))
        return FALSE;
    }
  scan->n_rows += part->n_rows;
  return TRUE;
}

/* Joins the parts in order.  One that was read from within a record is left out, and the one
 * before it reads on to where the next begins. */
static gboolean
join_parts (Work *work)
{
  guint64 line = 0; /* lines before the part; the first one counts from the file's beginning */
  gsize p = 0;

  while (p < work->n_parts)
    {
      Part *part = &work->parts[p];
      gsize next = p + 1;

      while (next < work->n_parts && part->reader.pos != work->parts[next].begin)
        {
          next++;
          part->reader.stop = next < work->n_parts ? work->parts[next].begin : work->scan->size;
          part_read (part, work);
        }
      if (!join_part (work, p, line))
        return FALSE;
      line += part->reader.line - 1;
      p = next;
    }
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

void
ins_scan_count_words (InsScanColumn *column, gsize n_rows)
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
      ins_scan_count_words (column, n);
    }
  scan->n_rows = n;
}

/* The column's words as text, and how many rows have each. */
static void
finish_column (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *work = data;
  InsScan *scan = work->scan;

  for (gsize c = begin; c < end; c++)
    {
      InsScanColumn *column = &scan->columns[c];
      InsWords *words = &work->parts[0].sink.words[c];

      column->codes = g_renew (guint32, work->parts[0].codes[c], MAX (scan->n_rows, 1));
      work->parts[0].codes[c] = NULL;
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
      ins_scan_count_words (column, scan->n_rows);
    }
}

/* ---- all of it ---- */

static void
read_part (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *work = data;

  for (gsize p = begin; p < end; p++)
    part_read (&work->parts[p], work);
}

/* Cuts behind line feeds, into pieces of about one size. */
static void
cut (Work *work)
{
  InsScan *scan = work->scan;
  gsize left = scan->size - scan->begin, begin = scan->begin;
  gsize wanted = MAX (1, MIN (ins_run_get_threads (work->run), left / ins_scan_part_least));

  work->parts = g_new0 (Part, wanted);
  for (gsize i = 1; i <= wanted && (begin < scan->size || i == 1); i++)
    {
      gsize end = MAX (begin, scan->begin + left / wanted * i);
      const guint8 *lf =
          end < scan->size ? memchr (scan->text + end, '\n', scan->size - end) : NULL;

      end = lf && i < wanted ? (gsize)(lf - scan->text) + 1 : scan->size;
      part_init (&work->parts[work->n_parts++], scan, begin, i == 1 ? scan->begin_line : 1, end);
      begin = end;
    }
}

gboolean
ins_scan_read_rows (InsScan *scan, const char *file, InsRun *run, GError **error)
{
  g_autofree char *what = g_strdup_printf (_ ("Reading “%s”"), file);
  Work work = { .scan = scan, .run = run };
  gboolean fine;

  if (!ins_memory_check (guess_rows (scan, scan->begin, scan->size) * scan->n_columns * 8, what,
                         _ ("leave columns or lines out of the file."), error))
    return FALSE;
  cut (&work);
  fine = ins_run_parallel (run, work.n_parts, 1, read_part, &work) && join_parts (&work)
         && ins_run_parallel (run, scan->n_columns, 1, finish_column, &work);
  for (gsize p = 0; p < work.n_parts; p++)
    part_clear (&work.parts[p]);
  g_free (work.parts);
  return ins_run_check (run, error) && fine;
}
