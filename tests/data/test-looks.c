/* test-looks.c: what single words look like, and date formats of a few
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-looks.h"

#include <string.h>

static void
test_numbers (void)
{
  static const struct
  {
    const char *word;
    InsLook look;
  } cases[] = {
    { "12", INS_LOOK_INTEGER },       { "-7", INS_LOOK_INTEGER },
    { "+007", INS_LOOK_INTEGER },     { "1 234", INS_LOOK_INTEGER },
    { "1e5", INS_LOOK_INTEGER },      { "1.5", INS_LOOK_DOT },
    { ".5", INS_LOOK_DOT },           { "1234.567", INS_LOOK_DOT },
    { "0.234", INS_LOOK_DOT },        { "-0.234", INS_LOOK_DOT },
    { "1,234.5", INS_LOOK_DOT },      { "1,234,567", INS_LOOK_DOT },
    { "1.5e3", INS_LOOK_DOT },        { "1,5", INS_LOOK_COMMA },
    { "1234,567", INS_LOOK_COMMA },   { "0,234", INS_LOOK_COMMA },
    { "1.234,5", INS_LOOK_COMMA },    { "1.234.567", INS_LOOK_COMMA },
    { "1.234", INS_LOOK_DOT_OPEN },   { "-123.456", INS_LOOK_DOT_OPEN },
    { "1,234", INS_LOOK_COMMA_OPEN }, { "NULL", INS_LOOK_MISSING },
    { "", INS_LOOK_MISSING },         { "abc", INS_LOOK_TEXT },
    { "85123A", INS_LOOK_TEXT },      { "-", INS_LOOK_TEXT },
    { ".", INS_LOOK_TEXT },           { "£5", INS_LOOK_INTEGER },
    { "12/03", INS_LOOK_TEXT },       { "10:30", INS_LOOK_TEXT },
    { "1.2.3", INS_LOOK_TEXT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    if (ins_look_at (cases[i].word) != cases[i].look)
      g_error ("“%s” looks like %d, not %d", cases[i].word, ins_look_at (cases[i].word),
               cases[i].look);
}

static void
test_missing (void)
{
  static const char *const missing[] = { "",     "  ",  "NULL", "null", "NA",   "n/a",
                                         "#N/A", "NaN", "None", "nil",  "<NA>", " nan" };
  static const char *const present[] = { "0", "-", "nano", "Nathan", "?", "no", "nulls", "naan" };

  for (gsize i = 0; i < G_N_ELEMENTS (missing); i++)
    if (!ins_word_is_missing (missing[i]))
      g_error ("“%s” is not missing", missing[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (present); i++)
    if (ins_word_is_missing (present[i]))
      g_error ("“%s” is missing", present[i]);
}

static void
test_is_date (void)
{
  static const char *const dates[] = { "2016-11-29", "29/11/2016 10:00", "Nov 29, 2016",
                                       "29-Nov-16",  " 29.11.2016",      "2016-11-29T08:15:00Z" };
  static const char *const others[] = { "20161129",    "12345", "2016-13-45", "30/02/2016", "May",
                                        "hello world", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    if (!ins_word_is_date (dates[i]))
      g_error ("“%s” is no date", dates[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (ins_word_is_date (others[i]))
      g_error ("“%s” is a date", others[i]);
}

/* @formats: the readings expected, best first, separated by "|" */
static void
check_guess (const char *words, guint32 first, gboolean digits_too, const char *formats,
             gboolean decided, guint64 failed)
{
  g_auto (GStrv) each = g_strsplit (words, "|", -1);
  guint32 n = g_strv_length (each);
  g_autofree guint32 *counts = g_new (guint32, n);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autofree char *got = NULL;
  InsDateGuess guess;

  for (guint32 i = 0; i < n; i++)
    counts[i] = i == 0 ? first : 1;
  ins_date_guess (each, counts, n, digits_too, run, &guess);
  got = g_strjoinv ("|", guess.formats);
  g_assert_cmpstr (got, ==, formats);
  g_assert_cmpint (guess.decided, ==, decided);
  if (*formats)
    g_assert_cmpuint (guess.failed[0], ==, failed);
  ins_date_guess_clear (&guess);
}

static void
test_guess (void)
{
  check_guess ("31/12/2016|01/02/2016", 1, FALSE, "%d/%m/%Y|%m/%d/%Y", TRUE, 0);
  check_guess ("12/31/2016|01/02/2016", 1, FALSE, "%m/%d/%Y|%d/%m/%Y", TRUE, 0);
  check_guess ("31/12/2016|30/12/2016", 1, FALSE, "%d/%m/%Y", TRUE, 0);
  check_guess ("03/04/2005|05/06/2005", 1, FALSE, "%d/%m/%Y|%m/%d/%Y", FALSE, 0);
  check_guess ("05/05/2005|06/06/2005", 1, FALSE, "%d/%m/%Y", TRUE, 0); /* the same days */
  check_guess ("20161129|20161130", 1, FALSE, "", FALSE, 0);
  check_guess ("20161129|20161130", 1, TRUE, "%Y%m%d", TRUE, 0);
  check_guess ("pear|fig", 1, TRUE, "", FALSE, 0);
  /* a slip of the pen in one row of many; then of so few that it may be none */
  check_guess ("31/12/2016|12/31/2016", 9, FALSE, "%d/%m/%Y", TRUE, 1);
  check_guess ("31/12/2016|12/31/2016|01/02/2016|01/03/2016|01/04/2016|01/05/2016", 3, FALSE,
               "%d/%m/%Y|%m/%d/%Y", FALSE, 1);
}

static void
check_counted (const char *words, guint32 first, const char *format, guint64 failed)
{
  g_auto (GStrv) each = g_strsplit (words, "|", -1);
  guint32 counts[] = { first, 1, 1, 1 };
  guint64 present, got_failed;
  const InsCounted *counted =
      ins_date_guess_counted (each, counts, g_strv_length (each), &present, &got_failed);

  g_assert_cmpstr (counted ? counted->format : NULL, ==, format);
  if (counted)
    {
      g_assert_cmpuint (got_failed, ==, failed);
      g_assert_cmpuint (present, ==, first + g_strv_length (each) - 1);
    }
}

static void
test_counted (void)
{
  check_counted ("42705|42706", 1, "excel", 0);
  check_counted ("1480377600|1480377700", 1, "unix", 0);
  check_counted ("1480377600000", 1, "unix-ms", 0);
  check_counted ("5|6", 1, NULL, 0);
  check_counted ("42705|6", 19, "excel", 1); /* one row of twenty may be wrong */
  check_counted ("42705|6", 18, NULL, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/looks/numbers", test_numbers);
  g_test_add_func ("/looks/missing", test_missing);
  g_test_add_func ("/looks/is-date", test_is_date);
  g_test_add_func ("/looks/guess", test_guess);
  g_test_add_func ("/looks/counted", test_counted);
  return g_test_run ();
}
