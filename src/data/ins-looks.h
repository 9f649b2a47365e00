/* ins-looks.h: what a word looks like: number, date, missing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-run.h"
#include "base/ins-text.h"

G_BEGIN_DECLS

/**
 * InsLook:
 *
 * A word as a number.  DOT and COMMA: only that decimal mark reads it; DOT_OPEN ("1.234") and
 * COMMA_OPEN ("1,234"): either does, with different values.
 */
typedef enum
{
  INS_LOOK_TEXT,
  INS_LOOK_MISSING,
  INS_LOOK_INTEGER,
  INS_LOOK_DOT,
  INS_LOOK_COMMA,
  INS_LOOK_DOT_OPEN,
  INS_LOOK_COMMA_OPEN,
  INS_N_LOOKS
} InsLook;

InsLook ins_look_at (const char *word);

/* "", NULL, NA, N/A, NaN, None, null … */
gboolean ins_word_is_missing (const char *word);

/* The group marks that are tried with @decimal, NULL-terminated, "" first. */
const char *const *ins_group_marks (char decimal);

/* Reads a number: exact where possible (@exact), else as a double.  @mantissa has no trailing
 * zeros behind its mark. */
gboolean ins_word_to_number (const char *word, char decimal, const char *thousands,
                             gint64 *mantissa, guint *decimals, double *value, gboolean *exact);

/* As ins_text_to_date() of the whole word, blanks before it aside. */
gboolean ins_word_to_date (const char *word, const char *format, gint32 *days);

/**
 * InsDateGuess:
 * @formats: the formats that read the column, best first; those that give the same days as a
 *   better one are left out.  NULL-terminated
 * @failed: for each the rows it does not read
 * @decided: whether the first one is clearly right
 * @present: rows that are not missing
 */
typedef struct
{
  char **formats;
  guint64 *failed;
  gboolean decided;
  guint64 present;
} InsDateGuess;

/* Tries every known format on all @words, each of which stands in @counts rows.
 * @digits_too: also 20101231, which could as well be a number.  Once @run is cancelled the guess
 * says nothing: whoever called must check the run. */
void ins_date_guess (char *const *words, const guint32 *counts, guint32 n_words,
                     gboolean digits_too, InsRun *run, InsDateGuess *guess);
void ins_date_guess_clear (InsDateGuess *guess);

/**
 * InsCounted:
 * @format: for ins_text_to_date()
 * @low, @high: the numbers that are believed: 1954 … 2119, 1982 … 2103
 */
typedef struct
{
  const char *format;
  double low, high;
} InsCounted;

/* Days or seconds that are counted, where at least 19 of 20 rows can be such.
 * Returns: (nullable) (transfer none) */
const InsCounted *ins_date_guess_counted (char *const *words, const guint32 *counts,
                                          guint32 n_words, guint64 *present, guint64 *failed);

/* Whether any known format reads it. */
gboolean ins_word_is_date (const char *word);

G_END_DECLS
