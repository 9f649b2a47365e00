/* ins-meaning.c: what the words of a column of numbers or dates mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-convert.h"

#include <math.h>
#include <string.h>

#define DECIMALS_MAX 6

static const gint64 powers_of_ten[DECIMALS_MAX + 1] = { 1, 10, 100, 1000, 10000, 100000, 1000000 };

static void
read_number (InsMeaning *meaning, const InsDialect *dialect, guint32 i, const char *word)
{
  gint64 mantissa = 0;
  guint decimals = 0;
  double value = NAN;
  gboolean exact;

  if (!ins_word_to_number (word, dialect->decimal, dialect->thousands, &mantissa, &decimals, &value,
                           &exact))
    {
      meaning->states[i] = INS_WORD_BAD;
      return;
    }
  meaning->mantissas[i] = mantissa;
  meaning->decimals[i] = decimals;
  if (!exact || decimals > DECIMALS_MAX)
    meaning->exact = FALSE;
  else
    meaning->most_decimals = MAX (meaning->most_decimals, decimals);
  if (exact)
    {
      char text[INS_TEXT_SIZE];

      if (ABS (mantissa) < G_GINT64_CONSTANT (9007199254740992) && decimals <= DECIMALS_MAX)
        value = (double)mantissa / powers_of_ten[decimals];
      else
        {
          g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT "e-%u", mantissa, decimals);
          value = g_ascii_strtod (text, NULL);
        }
    }
  meaning->values[i] = value;
}

/* Whether every number still fits 64 bits with the column's decimals. */
static gboolean
fits_scaled (const InsMeaning *meaning)
{
  for (guint32 i = 0; i < meaning->n; i++)
    {
      gint64 scaled;

      if (meaning->states[i] == INS_WORD_FINE
          && __builtin_mul_overflow (meaning->mantissas[i],
                                     powers_of_ten[meaning->most_decimals - meaning->decimals[i]],
                                     &scaled))
        return FALSE;
    }
  return TRUE;
}

static void
read_numbers (InsMeaning *meaning, const InsDialect *dialect, const InsScanColumn *column)
{
  meaning->mantissas = g_new0 (gint64, (gsize)meaning->n + 1);
  meaning->decimals = g_new0 (guint8, (gsize)meaning->n + 1);
  meaning->values = g_new (double, (gsize)meaning->n + 1);
  meaning->exact = TRUE;
  for (guint32 i = 0; i < meaning->n; i++)
    {
      meaning->values[i] = NAN;
      if (ins_word_is_missing (column->words[i]))
        meaning->states[i] = INS_WORD_MISSING;
      else
        read_number (meaning, dialect, i, column->words[i]);
    }
  if (!meaning->exact || !fits_scaled (meaning))
    {
      meaning->exact = FALSE;
      return;
    }
  for (guint32 i = 0; i < meaning->n; i++)
    meaning->mantissas[i] *= powers_of_ten[meaning->most_decimals - meaning->decimals[i]];
}

static void
read_dates (InsMeaning *meaning, const char *format, const InsScanColumn *column)
{
  meaning->days = g_new (gint32, (gsize)meaning->n + 1);
  for (guint32 i = 0; i < meaning->n; i++)
    {
      const char *word = column->words[i];

      meaning->days[i] = INS_DATE_MISSING;
      if (ins_word_is_missing (word))
        meaning->states[i] = INS_WORD_MISSING;
      else if (!format || !ins_word_to_date (word, format, &meaning->days[i]))
        {
          meaning->days[i] = INS_DATE_MISSING;
          meaning->states[i] = INS_WORD_BAD;
        }
    }
}

void
ins_meaning_init (InsMeaning *meaning, const InsJudgement *judgement, gsize column)
{
  const InsScanColumn *scanned = &judgement->scan->columns[column];

  memset (meaning, 0, sizeof *meaning);
  meaning->n = scanned->n_words;
  meaning->states = g_new0 (guint8, (gsize)meaning->n + 1);
  if (judgement->types[column] == INS_COLUMN_NUMBER)
    read_numbers (meaning, &judgement->scan->dialect, scanned);
  else if (judgement->types[column] == INS_COLUMN_DATE)
    read_dates (meaning, judgement->date_formats[column], scanned);
}

void
ins_meaning_clear (InsMeaning *meaning)
{
  g_free (meaning->states);
  g_free (meaning->mantissas);
  g_free (meaning->decimals);
  g_free (meaning->values);
  g_free (meaning->days);
  memset (meaning, 0, sizeof *meaning);
}
