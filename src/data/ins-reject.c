/* ins-reject.c: rows that cannot be used go to the ledger
 *
 * Which rows is known once all words are read; their text is then fetched from the file again,
 * from the nearest mark on.  Time linear in the rows; nothing where every row is fine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-convert.h"
#include "data/ins-ledger.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/**
 * Rejects:
 * @why: per row 0, or column at fault + 1; (nullable): NULL while no row is at fault
 * @n: rows at fault
 */
typedef struct
{
  InsJudgement *judgement;
  guint16 *why;
  gsize n;
} Rejects;

static void
reject_row (Rejects *rejects, gsize row, gsize column)
{
  if (!rejects->why)
    rejects->why = g_new0 (guint16, rejects->judgement->scan->n_rows);
  if (rejects->why[row] != 0)
    return;
  rejects->why[row] = column + 1;
  rejects->n++;
}

/* Rows whose word is bad, or @needed and missing. */
static void
check_column (Rejects *rejects, gsize c, gboolean needed)
{
  const InsScanColumn *column = &rejects->judgement->scan->columns[c];
  gboolean any = needed && column->n_empty > 0;
  InsMeaning meaning;

  ins_meaning_init (&meaning, rejects->judgement, c);
  for (guint32 i = 0; i < meaning.n && !any; i++)
    any = meaning.states[i] == INS_WORD_BAD || (needed && meaning.states[i] == INS_WORD_MISSING);
  for (gsize i = 0; any && i < rejects->judgement->scan->n_rows; i++)
    {
      InsWordState state = column->codes[i] == INS_CODE_MISSING ? INS_WORD_MISSING
                                                                : meaning.states[column->codes[i]];

      if (state == INS_WORD_BAD || (needed && state == INS_WORD_MISSING))
        reject_row (rejects, i, c);
    }
  ins_meaning_clear (&meaning);
}

/* Rows of a ready table without an id, or with one that was there before. */
static void
check_ids (Rejects *rejects, gsize c)
{
  const InsScanColumn *column = &rejects->judgement->scan->columns[c];
  g_autofree guint8 *seen = g_new0 (guint8, (gsize)column->n_words + 1);

  for (gsize i = 0; i < rejects->judgement->scan->n_rows; i++)
    {
      guint32 code = column->codes[i];

      if (code == INS_CODE_MISSING || seen[code])
        reject_row (rejects, i, c);
      else
        seen[code] = 1;
    }
}

static void
find_rejects (Rejects *rejects)
{
  const InsJudgement *judgement = rejects->judgement;
  static const InsRole needed[] = { INS_ROLE_DATE, INS_ROLE_QUANTITY, INS_ROLE_PRICE };
  const int *roles = judgement->roles;

  if (judgement->ready)
    {
      check_ids (rejects, roles[INS_ROLE_ID]);
      for (gsize c = 0; c < judgement->scan->n_columns; c++)
        if (judgement->types[c] != INS_COLUMN_TEXT)
          check_column (rejects, c, FALSE);
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (roles[needed[i]] >= 0)
      check_column (rejects, roles[needed[i]], TRUE);
  if (roles[INS_ROLE_AMOUNT] >= 0)
    check_column (rejects, roles[INS_ROLE_AMOUNT], roles[INS_ROLE_PRICE] < 0);
}

/* ---- why ---- */

static const char *
word_of_row (const InsScan *scan, gsize column, gsize row)
{
  guint32 code = scan->columns[column].codes[row];

  return code == INS_CODE_MISSING ? "" : scan->columns[column].words[code];
}

static char *
shorten (const char *word)
{
  g_autofree char *head = NULL;

  if (g_utf8_strlen (word, -1) <= 40)
    return g_strdup (word);
  head = g_utf8_substring (word, 0, 40);
  return g_strconcat (head, "…", NULL);
}

static char *
reason_of_row (const InsJudgement *judgement, gsize row, gsize c)
{
  g_autofree char *word = shorten (word_of_row (judgement->scan, c, row));
  const char *format = judgement->date_formats[c];

  if (judgement->ready && (int)c == judgement->roles[INS_ROLE_ID])
    return *word ? g_strdup_printf (_ ("the customer “%s” stands in an earlier line already"), word)
                 : g_strdup (_ ("the customer is missing"));
  if (judgement->types[c] == INS_COLUMN_DATE && ins_word_is_missing (word))
    return g_strdup (_ ("the date is missing"));
  if (ins_word_is_missing (word))
    return g_strdup (_ ("the number is missing"));
  if (judgement->types[c] == INS_COLUMN_DATE)
    return g_strdup_printf (_ ("“%s” is not a date of the form %s"), word, format ? format : "");
  return g_strdup_printf (_ ("“%s” is not a number"), word);
}

static double
number_of_row (const InsJudgement *judgement, InsRole role, gsize row)
{
  int column = judgement->roles[role];
  const InsDialect *dialect = &judgement->scan->dialect;
  gint64 mantissa;
  guint decimals;
  double value;
  gboolean exact;

  if (column < 0
      || !ins_word_to_number (word_of_row (judgement->scan, column, row), dialect->decimal,
                              dialect->thousands, &mantissa, &decimals, &value, &exact))
    return NAN;
  return exact ? (double)mantissa / pow (10, decimals) : value;
}

static double
amount_of_row (const InsJudgement *judgement, gsize row)
{
  if (judgement->roles[INS_ROLE_PRICE] < 0)
    return number_of_row (judgement, INS_ROLE_AMOUNT, row);
  return number_of_row (judgement, INS_ROLE_QUANTITY, row)
         * number_of_row (judgement, INS_ROLE_PRICE, row);
}

/* ---- fetching their text ---- */

/* The last mark at or before @row. */
static const InsScanMark *
find_mark (const InsScan *scan, gsize row)
{
  guint low = 0, high = scan->marks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (scan->marks, InsScanMark, middle).row <= row)
        low = middle;
      else
        high = middle;
    }
  return &g_array_index (scan->marks, InsScanMark, low);
}

/* Reads on to row @row; @next is the row that comes next. */
static gboolean
read_to_row (const InsScan *scan, InsReader *reader, gsize *next, gsize row)
{
  const InsScanMark *mark = find_mark (scan, row);

  if (row < *next || mark->row > *next)
    {
      ins_reader_seek (reader, mark->pos, mark->line);
      *next = mark->row;
    }
  for (;;)
    {
      InsRecordState state = ins_reader_next (reader);

      if (state == INS_RECORD_END)
        return FALSE;
      if (!ins_scan_accepts (scan, reader, state, reader->sink->n_fields, NULL))
        continue;
      if ((*next)++ == row)
        return TRUE;
    }
}

static gboolean
write_ledger (Rejects *rejects, InsRun *run, GError **error)
{
  InsScan *scan = rejects->judgement->scan;
  InsSink sink;
  InsReader reader;
  gsize next = G_MAXSIZE, kept = 0;
  gboolean fine = TRUE;

  ins_reader_init (&reader, scan->text, scan->size, scan->dialect.delimiter, scan->dialect.quote,
                   ins_sink_count, &sink);
  for (gsize i = 0; i < scan->n_rows && kept < INS_LEDGER_KEPT && fine; i++)
    {
      gsize c = rejects->why[i] - 1;

      if (rejects->why[i] == 0)
        continue;
      fine = (kept++ % 64 != 0 || ins_run_check (run, error));
      if (!fine || !read_to_row (scan, &reader, &next, i))
        break;
      g_ptr_array_add (scan->rejected, ins_rejected_new (reader.first_line, scan->columns[c].name,
                                                         ins_scan_record_text (scan, &reader),
                                                         reason_of_row (rejects->judgement, i, c),
                                                         amount_of_row (rejects->judgement, i)));
    }
  ins_reader_clear (&reader);
  ins_ledger_sort (scan->rejected);
  if (scan->rejected->len > INS_LEDGER_KEPT)
    g_ptr_array_set_size (scan->rejected, INS_LEDGER_KEPT);
  return fine;
}

gboolean
ins_convert_reject (InsJudgement *judgement, InsRun *run, GError **error)
{
  Rejects rejects = { judgement, NULL, 0 };
  gboolean fine = TRUE;

  find_rejects (&rejects);
  if (rejects.n == 0)
    return TRUE;
  fine = write_ledger (&rejects, run, error);
  if (fine)
    {
      judgement->scan->n_rejected += rejects.n;
      ins_scan_drop_rows (judgement->scan, rejects.why);
      g_array_set_size (judgement->scan->marks, 0); /* rows have other numbers now */
    }
  g_free (rejects.why);
  return fine;
}
