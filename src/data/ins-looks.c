/* ins-looks.c: what a word looks like: number, date, missing
 *
 * Everything here is asked of the distinct words of a column, never of its rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-looks.h"

#include <math.h>
#include <string.h>

gboolean
ins_word_is_missing (const char *word)
{
  static const char *const tokens[] = { "null", "na", "nan", "n/a", "none", "#n/a", "nil", "<na>" };

  word += strspn (word, " \t");
  if (*word == '\0')
    return TRUE;
  if (strlen (word) > 6)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (g_ascii_strcasecmp (word, tokens[i]) == 0)
      return TRUE;
  return FALSE;
}

const char *const *
ins_group_marks (char decimal)
{
  static const char *const with_dot[] = {
    "", ",", " ", "\302\240", "\342\200\257", "'", "\342\200\211", "\342\200\231", NULL
  };
  static const char *const with_comma[] = {
    "", ".", " ", "\302\240", "\342\200\257", "'", "\342\200\211", "\342\200\231", NULL
  };

  return decimal == ',' ? with_comma : with_dot;
}

/* ---- numbers ---- */

/* Numbers that are no plain decimals: exponents, more than 18 digits. */
static gboolean
word_to_double (const char *word, gsize length, char decimal, double *value)
{
  char copy[64];
  char *mark;

  if (decimal == '.')
    return ins_text_to_double (word, length, value);
  if (length >= sizeof copy || memchr (word, '.', length))
    return FALSE;
  memcpy (copy, word, length + 1);
  mark = strchr (copy, ',');
  if (mark)
    *mark = '.';
  return ins_text_to_double (copy, length, value);
}

gboolean
ins_word_to_number (const char *word, char decimal, const char *thousands, gint64 *mantissa,
                    guint *decimals, double *value, gboolean *exact)
{
  gsize length = strlen (word);

  *exact = ins_text_to_scaled (word, length, decimal, thousands, mantissa, decimals);
  if (*exact)
    {
      while (*decimals > 0 && *mantissa % 10 == 0)
        {
          *mantissa /= 10;
          (*decimals)--;
        }
      return TRUE;
    }
  while (length > 0 && (word[length - 1] == ' ' || word[length - 1] == '\t'))
    length--;
  while (length > 0 && (*word == ' ' || *word == '\t'))
    {
      word++;
      length--;
    }
  if (length == strlen (word))
    return word_to_double (word, length, decimal, value);
  else
    {
      g_autofree char *copy = g_strndup (word, length);

      return word_to_double (copy, length, decimal, value);
    }
}

static gboolean
reads_as (const char *word, char decimal)
{
  gint64 mantissa;
  guint decimals;
  double value;
  gboolean exact;

  for (const char *const *mark = ins_group_marks (decimal); *mark; mark++)
    if (ins_word_to_number (word, decimal, *mark, &mantissa, &decimals, &value, &exact))
      return TRUE;
  return FALSE;
}

/* A number with only digits around one mark: @before and @after of them. */
static InsLook
look_at_one_mark (const char *digits, gsize before, gsize after, InsLook sure, InsLook open)
{
  /* Groups have three digits, and no number begins with a group of zero. */
  if (after != 3 || before > 3 || before == 0 || digits[0] == '0')
    return sure;
  return open;
}

static InsLook
look_slowly (const char *word)
{
  gboolean dot = reads_as (word, '.'), comma = reads_as (word, ',');
  const char *mark = strpbrk (word, ".,");

  if (!dot && !comma)
    return INS_LOOK_TEXT;
  if (!mark)
    return INS_LOOK_INTEGER;
  if (dot != comma)
    return dot ? INS_LOOK_DOT : INS_LOOK_COMMA;
  if (mark > word && mark[-1] == '0' && (mark - word < 2 || !g_ascii_isdigit (mark[-2])))
    return *mark == '.' ? INS_LOOK_DOT : INS_LOOK_COMMA;
  return *mark == '.' ? INS_LOOK_DOT_OPEN : INS_LOOK_COMMA_OPEN;
}

InsLook
ins_look_at (const char *word)
{
  const char *digits = word + (*word == '-' || *word == '+');
  gsize length = strlen (digits);
  gsize before = strspn (digits, "0123456789");
  gsize after;

  if (before == length && before > 0)
    return INS_LOOK_INTEGER;
  if (digits[before] == '.' || digits[before] == ',')
    {
      after = strspn (digits + before + 1, "0123456789");
      if (before + 1 + after == length && before + after > 0)
        return digits[before] == '.'
                   ? look_at_one_mark (digits, before, after, INS_LOOK_DOT, INS_LOOK_DOT_OPEN)
                   : look_at_one_mark (digits, before, after, INS_LOOK_COMMA, INS_LOOK_COMMA_OPEN);
    }
  if (ins_word_is_missing (word))
    return INS_LOOK_MISSING;
  for (const char *p = word; *p; p++)
    if ((g_ascii_isalpha (*p) && *p != 'e' && *p != 'E') || *p == '/' || *p == ':')
      return INS_LOOK_TEXT;
  if (!strpbrk (word, "0123456789") || length > 60)
    return INS_LOOK_TEXT;
  return look_slowly (word);
}

/* ---- dates ---- */

static const char *const day_formats[] = {
  "%Y-%m-%d",  "%d/%m/%Y", "%m/%d/%Y",  "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d",
  "%Y.%m.%d",  "%d-%b-%y", "%d-%b-%Y",  "%d %b %Y", "%d %b %y", "%d/%b/%Y", "%d/%b/%y",
  "%d. %b %Y", "%d.%b.%Y", "%b %d, %Y", "%b %d %Y", "%b-%d-%Y", "%Y-%b-%d", "%Y %b %d",
  "%d/%m/%y",  "%m/%d/%y", "%y/%m/%d",  "%d.%m.%y", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d",
  "%m.%d.%Y",  "%d %m %Y", "%Y %m %d",  "%d%b%Y",   "%Y%m%d",
};

static const char *const time_formats[] = {
  "",
  " %H:%M",
  " %H:%M:%S",
  " %I:%M %p",
  " %I:%M:%S %p",
  "T%H:%M:%S",
  "T%H:%M",
  "T%H:%M:%SZ",
  " %H:%M:%S.%f",
  "T%H:%M:%S.%f",
  "T%H:%M:%S.%fZ",
  " %I:%M%p",
  " %H.%M",
  ", %H:%M",
  ", %H:%M:%S",
  " %H:%M:%SZ",
  " %H%M%S",
  "-%H:%M:%S",
  " %H:%M:%S UTC",
  "T%H:%M:%S+00:00",
  " %H:%M:%S+00:00",
};

#define N_FORMATS (G_N_ELEMENTS (day_formats) * G_N_ELEMENTS (time_formats))

/* Every day format with every time format. */
static const char *
known_format (gsize i)
{
  static char formats[N_FORMATS][40];
  static gsize made;

  if (g_once_init_enter (&made))
    {
      for (gsize k = 0; k < N_FORMATS; k++)
        g_snprintf (formats[k], sizeof formats[k], "%s%s",
                    day_formats[k / G_N_ELEMENTS (time_formats)],
                    time_formats[k % G_N_ELEMENTS (time_formats)]);
      g_once_init_leave (&made, 1);
    }
  return formats[i];
}

/* Every format begins with a number or the name of a month. */
static gboolean
begins_like_date (const char *word)
{
  static const char months[] = "jan feb mar apr may jun jul aug sep oct nov dec ";
  char begin[5];

  word += strspn (word, " ");
  if (g_ascii_isdigit (*word))
    return TRUE;
  if (strlen (word) < 3)
    return FALSE;
  for (int i = 0; i < 3; i++)
    begin[i] = g_ascii_tolower (word[i]);
  begin[3] = ' ';
  begin[4] = '\0';
  return strstr (months, begin) != NULL;
}

#define PROBES 48

gboolean
ins_word_to_date (const char *word, const char *format, gint32 *days)
{
  word += strspn (word, " ");
  return ins_text_to_date (word, strlen (word), format, days, NULL);
}

/* In loops over words: FALSE once the run is cancelled. */
static gboolean
goes_on (InsRun *run, guint32 word)
{
  return word % 8192 != 0 || ins_run_tick (run);
}

/* Whether the column's days are the same under both formats. */
static gboolean
same_days (char *const *words, guint32 n_words, const char *a, const char *b, InsRun *run)
{
  for (guint32 i = 0; i < n_words && goes_on (run, i); i++)
    {
      gint32 x = INS_DATE_MISSING, y = INS_DATE_MISSING;

      if (ins_word_is_missing (words[i]))
        continue;
      if (!ins_word_to_date (words[i], a, &x) || !ins_word_to_date (words[i], b, &y))
        continue;
      if (x != y)
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  char *format;
  guint64 failed;
  guint order;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a, *y = b;

  if (x->failed != y->failed)
    return x->failed < y->failed ? -1 : 1;
  return (x->order > y->order) - (x->order < y->order);
}

/* Formats that read at least a third of up to PROBES words from all over the column. */
static GArray *
find_candidates (char *const *words, guint32 n_words, gboolean digits_too)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Candidate));
  const char *probes[PROBES];
  guint n = 0;
  guint32 step = MAX (n_words / PROBES, 1);

  for (guint32 i = 0; i < n_words && n < PROBES; i += step)
    if (!ins_word_is_missing (words[i]) && strlen (words[i]) < 60)
      probes[n++] = words[i];
  for (gsize f = 0; n > 0 && f < N_FORMATS; f++)
    {
      const char *format = known_format (f);
      guint read = 0;
      gint32 days;

      if (!digits_too && strcmp (format, "%Y%m%d") == 0)
        continue;
      for (guint i = 0; i < n; i++)
        read += ins_word_to_date (probes[i], format, &days);
      if (3 * read >= n)
        {
          Candidate candidate = { g_strdup (format), 0, f };

          g_array_append_val (found, candidate);
        }
    }
  return found;
}

static void
count_failures (GArray *found, char *const *words, const guint32 *counts, guint32 n_words,
                InsRun *run, guint64 *present)
{
  *present = 0;
  for (guint32 i = 0; i < n_words && goes_on (run, i); i++)
    {
      if (ins_word_is_missing (words[i]))
        continue;
      *present += counts[i];
      for (guint c = 0; c < found->len; c++)
        {
          gint32 days;

          if (!ins_word_to_date (words[i], g_array_index (found, Candidate, c).format, &days))
            g_array_index (found, Candidate, c).failed += counts[i];
        }
    }
}

void
ins_date_guess (char *const *words, const guint32 *counts, guint32 n_words, gboolean digits_too,
                InsRun *run, InsDateGuess *guess)
{
  g_autoptr (GArray) found = find_candidates (words, n_words, digits_too);
  guint n = 0;

  memset (guess, 0, sizeof *guess);
  count_failures (found, words, counts, n_words, run, &guess->present);
  g_array_sort (found, compare_candidates);
  guess->formats = g_new0 (char *, found->len + 1);
  guess->failed = g_new0 (guint64, found->len + 1);
  for (guint c = 0; c < found->len; c++)
    {
      Candidate *candidate = &g_array_index (found, Candidate, c);
      gboolean known = FALSE;

      for (guint k = 0; k < n && !known; k++)
        known = candidate->failed >= guess->failed[k]
                && same_days (words, n_words, guess->formats[k], candidate->format, run);
      if (known || 2 * candidate->failed > guess->present)
        {
          g_free (candidate->format);
          continue;
        }
      guess->failed[n] = candidate->failed;
      guess->formats[n++] = candidate->format;
    }
  /* Another reading is out of the question only where many rows speak against it: one slip of the
   * pen must not turn every date of the file. */
  guess->decided =
      n == 1 || (n > 1 && guess->failed[1] > 4 * guess->failed[0] + (guess->failed[0] ? 4 : 0));
}

void
ins_date_guess_clear (InsDateGuess *guess)
{
  g_strfreev (guess->formats);
  g_free (guess->failed);
  memset (guess, 0, sizeof *guess);
}

gboolean
ins_word_is_date (const char *word)
{
  gint32 days;

  if (strlen (word) < 6 || strlen (word) > 40 || !begins_like_date (word)
      || !strpbrk (word, "0123456789"))
    return FALSE;
  for (gsize f = 0; f < N_FORMATS; f++)
    if (strcmp (known_format (f), "%Y%m%d") != 0
        && ins_word_to_date (word, known_format (f), &days))
      return TRUE;
  return FALSE;
}

/* ---- dates that are numbers ---- */

static gboolean
is_counted (const char *word, const InsCounted *counted)
{
  gsize digits;
  gint32 days;
  double value;

  word += strspn (word, " ");
  digits = strspn (word, "0123456789");
  return ins_word_to_date (word, counted->format, &days)
         && ins_text_to_double (word, digits, &value) && value >= counted->low
         && value < counted->high;
}

const InsCounted *
ins_date_guess_counted (char *const *words, const guint32 *counts, guint32 n_words,
                        guint64 *present, guint64 *failed)
{
  static const InsCounted known[] = { { "excel", 20e3, 80e3 },
                                      { "unix", 4e8, 4.2e9 },
                                      { "unix-ms", 4e11, 4.2e12 } };

  for (gsize k = 0; k < G_N_ELEMENTS (known); k++)
    {
      *present = *failed = 0;
      for (guint32 i = 0; i < n_words; i++)
        {
          if (ins_word_is_missing (words[i]))
            continue;
          *present += counts[i];
          if (!is_counted (words[i], &known[k]))
            *failed += counts[i];
        }
      if (*present > 0 && 20 * *failed <= *present)
        return &known[k];
    }
  return NULL;
}
