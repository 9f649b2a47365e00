/* ins-judge-dates.c: the date format of a file
 *
 * A format is right when it reads the whole column and every other one fails somewhere, or gives
 * the same days.  "03/04/2005" alone stays open and is asked, with both readings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-judge.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHOICES_SHOWN 4

static const char *
first_word (const InsScanColumn *column)
{
  for (guint32 i = 0; i < column->n_words; i++)
    if (!ins_word_is_missing (column->words[i]))
      return column->words[i];
  return NULL;
}

static guint64
count_failed (const InsScanColumn *column, const char *format, guint64 *present)
{
  guint64 failed = 0;

  *present = 0;
  for (guint32 i = 0; i < column->n_words; i++)
    {
      gint32 days;

      if (ins_word_is_missing (column->words[i]))
        continue;
      *present += column->counts[i];
      if (!ins_word_to_date (column->words[i], format, &days))
        failed += column->counts[i];
    }
  return failed;
}

/* Day and month the other way round.  Returns: (nullable) */
static char *
swapped (const char *format)
{
  char *other = g_strdup (format);
  char *day = strstr (other, "%d"), *month = strstr (other, "%m");

  if (!day || !month)
    {
      g_free (other);
      return NULL;
    }
  day[1] = 'm';
  month[1] = 'd';
  return other;
}

/* A word that only @format reads and not the swapped one. */
static const char *
telling_word (const InsScanColumn *column, const char *format, const char *other)
{
  for (guint32 i = 0; i < column->n_words; i++)
    {
      gint32 days;

      if (ins_word_to_date (column->words[i], format, &days)
          && !ins_word_to_date (column->words[i], other, &days))
        return column->words[i];
    }
  return NULL;
}

static char *
why_format (const InsScanColumn *column, const char *format, guint64 present, guint64 failed)
{
  g_autofree char *other = swapped (format);
  const char *word = other ? telling_word (column, format, other) : NULL;
  char read[INS_TEXT_SIZE], all[INS_TEXT_SIZE];

  ins_count_to_text (present - failed, read);
  ins_count_to_text (present, all);
  if (word)
    /* translators: number of dates, of all dates, a column's name, a date */
    return g_strdup_printf (_ ("it reads %s of %s dates of “%s”, and “%s” has no other reading"),
                            read, all, column->name, word);
  /* translators: number of dates, of all dates, a column's name */
  return g_strdup_printf (_ ("it reads %s of %s dates of “%s”"), read, all, column->name);
}

/* How often a row's date is before the one above it: few where the file is in order. */
static guint64
count_steps_back (const InsScan *scan, const InsScanColumn *column, const char *format)
{
  g_autofree gint32 *days = g_new (gint32, (gsize)column->n_words + 1);
  gint32 last = INS_DATE_MISSING;
  guint64 steps = 0;

  for (guint32 i = 0; i < column->n_words; i++)
    if (!ins_word_to_date (column->words[i], format, &days[i]))
      days[i] = INS_DATE_MISSING;
  for (gsize i = 0; i < scan->n_rows; i++)
    {
      gint32 day = column->codes[i] == INS_CODE_MISSING ? INS_DATE_MISSING : days[column->codes[i]];

      if (day == INS_DATE_MISSING)
        continue;
      steps += day < last;
      last = day;
    }
  return steps;
}

static const char *
differing_word (const InsScanColumn *column, char **formats)
{
  for (guint32 i = 0; i < column->n_words; i++)
    {
      gint32 a, b;

      if (ins_word_to_date (column->words[i], formats[0], &a)
          && ins_word_to_date (column->words[i], formats[1], &b) && a != b)
        return column->words[i];
    }
  return first_word (column);
}

/* "“03/04/2005” is 2005-04-03"; with how often the lines go back in time where that differs. */
static char *
example_of (const char *word, const char *format, gboolean with_steps, guint64 n_steps)
{
  char date[INS_TEXT_SIZE], steps[INS_TEXT_SIZE];
  gint32 days = INS_DATE_MISSING;

  if (!ins_word_to_date (word, format, &days))
    days = INS_DATE_MISSING;
  ins_date_to_text (days, date);
  if (!with_steps)
    return g_strdup_printf (_ ("“%s” is %s"), word, date);
  /* translators: a date as written, as understood, a number */
  return g_strdup_printf (_ ("“%s” is %s, and %s lines are earlier than the line above"), word,
                          date, ins_count_to_text (n_steps, steps));
}

static void
ask_between (InsJudgement *judgement, const InsScanColumn *column, char **formats)
{
  guint n = MIN (g_strv_length (formats), CHOICES_SHOWN);
  char **choices = g_new0 (char *, n + 1), **examples = g_new0 (char *, n + 1);
  const char *word = differing_word (column, formats);
  g_autofree char *reason = NULL;
  guint64 steps[CHOICES_SHOWN];
  gboolean differ = FALSE;

  for (guint i = 0; i < n; i++)
    {
      steps[i] = count_steps_back (judgement->scan, column, formats[i]);
      differ = differ || steps[i] != steps[0];
    }
  for (guint i = 0; i < n; i++)
    {
      choices[i] = g_strdup (formats[i]);
      examples[i] = example_of (word, formats[i], differ, steps[i]);
    }
  reason = g_strdup_printf (_ ("The dates of “%s” can be read in several ways"), column->name);
  ins_evidence_add (judgement->scan->evidence, "date-format", "", reason, choices, examples);
}

/* Offers the usual formats that read some of the dates; where none does there is no choice. */
static void
ask_unknown (InsJudgement *judgement, const InsScanColumn *column)
{
  static const char *const usual[] = { "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y" };
  char **choices = g_new0 (char *, G_N_ELEMENTS (usual) + 1);
  const char *word = first_word (column);
  g_autofree char *reason = NULL;
  guint64 present;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
    if (count_failed (column, usual[i], &present) < present)
      choices[n++] = g_strdup (usual[i]);
  if (n > 0)
    /* translators: a column's name, a date as written */
    reason = g_strdup_printf (_ ("The dates of “%s” (“%s”) have no form that is known"),
                              column->name, word ? word : "");
  else
    /* translators: a column's name, a date as written; %%d, %%m and %%Y stay as they are */
    reason = g_strdup_printf (
        _ ("The dates of “%s” (“%s”) have no form that is known; describe it with --date-format, "
           "such as %%d.%%m.%%Y, or write them as 2020-01-31 in the file"),
        column->name, word ? word : "");
  ins_evidence_add (judgement->scan->evidence, "date-format", "", reason, choices, NULL);
}

static void
settle (InsJudgement *judgement, int c, const char *format, const char *reason)
{
  InsDialect *dialect = &judgement->scan->dialect;

  if (dialect->date_format != format)
    {
      g_free (dialect->date_format);
      dialect->date_format = g_strdup (format);
    }
  judgement->date_formats[c] = g_strdup (format);
  ins_evidence_add (judgement->scan->evidence, "date-format", format, reason, NULL, NULL);
}

static char *
why_counted (const InsScanColumn *column, const InsCounted *counted, guint64 present,
             guint64 failed)
{
  char fine[INS_TEXT_SIZE], all[INS_TEXT_SIZE];
  char low[INS_TEXT_SIZE], high[INS_TEXT_SIZE];

  /* translators: number of dates, of all dates, a column's name, two numbers */
  return g_strdup_printf (_ ("%s of %s values of “%s” are numbers between %s and %s"),
                          ins_count_to_text (present - failed, fine),
                          ins_count_to_text (present, all), column->name,
                          ins_count_to_text ((guint64)counted->low, low),
                          ins_count_to_text ((guint64)counted->high, high));
}

/* Where no known format reads the column: numbers that count days or seconds, or a question. */
static void
judge_formless (InsJudgement *judgement, int c)
{
  const InsScanColumn *column = &judgement->scan->columns[c];
  const InsCounted *counted;
  g_autofree char *reason = NULL;
  guint64 present, failed;

  counted =
      ins_date_guess_counted (column->words, column->counts, column->n_words, &present, &failed);
  if (present == 0)
    settle (judgement, c, "%Y-%m-%d", _ ("the column is empty"));
  else if (!counted)
    ask_unknown (judgement, column);
  else
    {
      reason = why_counted (column, counted, present, failed);
      settle (judgement, c, counted->format, reason);
    }
}

/* The column with the role. */
static gboolean
judge_role_column (InsJudgement *judgement, int c, InsRun *run, GError **error)
{
  const InsScanColumn *column = &judgement->scan->columns[c];
  const char *given = judgement->scan->dialect.date_format;
  InsDateGuess *guess = &judgement->looks[c].dates;
  g_autofree char *reason = NULL;
  guint64 present, failed;

  if (given)
    {
      failed = count_failed (column, given, &present);
      if (present > 0 && failed == present)
        {
          g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                       _ ("The date format “%s” reads none of the dates of “%s”, such as “%s”; "
                          "give another one with --date-format."),
                       given, column->name, first_word (column));
          return FALSE;
        }
      settle (judgement, c, given, ins_evidence_given ());
      return TRUE;
    }
  if (!guess->formats && column->n_words > 0)
    ins_date_guess (column->words, column->counts, column->n_words, TRUE, run, guess);
  if (!guess->formats || !guess->formats[0])
    judge_formless (judgement, c);
  else if (!guess->decided)
    ask_between (judgement, column, guess->formats);
  else
    {
      reason = why_format (column, guess->formats[0], guess->present, guess->failed[0]);
      settle (judgement, c, guess->formats[0], reason);
    }
  return TRUE;
}

/* Other columns are dates only if nothing is open; else they stay text. */
static void
judge_other_column (InsJudgement *judgement, gsize c)
{
  const InsScanColumn *column = &judgement->scan->columns[c];
  const InsDateGuess *guess = &judgement->looks[c].dates;
  const char *known = judgement->scan->dialect.date_format;

  if (!guess->formats || !guess->formats[0] || guess->failed[0] > 0)
    return;
  for (char **format = guess->formats; known && *format; format++)
    if (strcmp (*format, known) == 0 && guess->failed[format - guess->formats] == 0)
      {
        judgement->date_formats[c] = g_strdup (known);
        return;
      }
  if (guess->decided && column->n_words > 0)
    judgement->date_formats[c] = g_strdup (guess->formats[0]);
}

gboolean
ins_judge_dates (InsJudgement *judgement, InsRun *run, GError **error)
{
  int date = judgement->roles[INS_ROLE_DATE];

  if (date >= 0 && !judge_role_column (judgement, date, run, error))
    return FALSE;
  for (gsize c = 0; c < judgement->scan->n_columns; c++)
    if ((int)c != date && ins_judgement_get_role (judgement, c) < 0)
      judge_other_column (judgement, c);
  return ins_run_check (run, error);
}
