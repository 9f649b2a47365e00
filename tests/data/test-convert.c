/* test-convert.c: what words mean, ids that are the same, figures by counts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-convert.h"

#include <math.h>
#include <string.h>

#include "base/ins-random.h"

/* One column of words, "a|b|…", as the scan and the judge leave it. */
typedef struct
{
  InsScanColumn column;
  InsScan scan;
  InsColumnType type;
  char *format;
  InsJudgement judgement;
} Fixture;

static void
fixture_init (Fixture *f, const char *words, InsColumnType type, char decimal,
              const char *thousands, const char *format)
{
  memset (f, 0, sizeof *f);
  f->column.words = g_strsplit (words, "|", -1);
  f->column.n_words = g_strv_length (f->column.words);
  f->scan.n_columns = 1;
  f->scan.columns = &f->column;
  f->scan.dialect.decimal = decimal;
  f->scan.dialect.thousands = (char *)thousands;
  f->type = type;
  f->format = (char *)format;
  f->judgement.scan = &f->scan;
  f->judgement.types = &f->type;
  f->judgement.date_formats = &f->format;
  for (int role = 0; role < INS_N_ROLES; role++)
    f->judgement.roles[role] = -1;
}

static void
fixture_clear (Fixture *f)
{
  for (guint32 i = 0; i < f->column.n_words; i++)
    g_free (f->column.words[i]);
  g_free (f->column.words);
  g_free (f->column.codes);
  g_free (f->column.counts);
}

/* ---- numbers and dates ---- */

/* @expected: values, NaN for what is bad or missing; @states: a letter each, f, m or b */
static void
check_numbers (const char *words, char decimal, const char *thousands, const char *states,
               const double *expected, int decimals)
{
  static const char letters[] = { 'f', 'm', 'b' };
  Fixture f;
  InsMeaning meaning;

  fixture_init (&f, words, INS_COLUMN_NUMBER, decimal, thousands, NULL);
  ins_meaning_init (&meaning, &f.judgement, 0);
  g_assert_cmpuint (meaning.n, ==, strlen (states));
  g_assert_cmpint (meaning.exact, ==, decimals >= 0);
  if (meaning.exact)
    g_assert_cmpuint (meaning.most_decimals, ==, decimals);
  for (guint32 i = 0; i < meaning.n; i++)
    {
      g_assert_cmpint (letters[meaning.states[i]], ==, states[i]);
      if (states[i] != 'f')
        g_assert_true (isnan (meaning.values[i]));
      else
        g_assert_true (meaning.values[i] == expected[i]);
      if (states[i] == 'f' && meaning.exact)
        g_assert_cmpint (meaning.mantissas[i], ==, llroundl (expected[i] * powl (10, decimals)));
    }
  ins_meaning_clear (&meaning);
  fixture_clear (&f);
}

static void
test_numbers (void)
{
  check_numbers ("1.50|2|NULL|two|-0.125|0", '.', "", "ffmbff",
                 (double[]){ 1.5, 2, 0, 0, -0.125, 0 }, 3);
  check_numbers ("1.234,5|7,25|1,2,3|12", ',', ".", "ffbf", (double[]){ 1234.5, 7.25, 0, 12 }, 2);
  check_numbers ("1.20|3.00", '.', "", "ff", (double[]){ 1.2, 3 }, 1); /* zeros say nothing */
  check_numbers ("1,234", '.', "", "b", NULL, 0);
  /* not exact: exponents, more than six decimals, more digits than 64 bits have */
  check_numbers ("1e3|0.1", '.', "", "ff", (double[]){ 1000, 0.1 }, -1);
  check_numbers ("0.0000001|1", '.', "", "ff", (double[]){ 1e-7, 1 }, -1);
  check_numbers ("922337203685477|0.00001|NA", '.', "", "ffm",
                 (double[]){ 922337203685477.0, 1e-5, 0 }, -1);
  check_numbers ("922337203685477|0.0001|NA", '.', "", "ffm",
                 (double[]){ 922337203685477.0, 1e-4, 0 }, 4);
}

static void
test_dates (void)
{
  static const gint32 days[] = { 17166, INS_DATE_MISSING, INS_DATE_MISSING, 0, INS_DATE_MISSING };
  static const guint8 states[] = { INS_WORD_FINE, INS_WORD_BAD, INS_WORD_MISSING, INS_WORD_FINE,
                                   INS_WORD_BAD };
  Fixture f;
  InsMeaning meaning;

  fixture_init (&f, "31/12/2016|12/31/2016|n/a| 01/01/1970|soon", INS_COLUMN_DATE, '.', "",
                "%d/%m/%Y");
  ins_meaning_init (&meaning, &f.judgement, 0);
  g_assert_cmpmem (meaning.days, sizeof days, days, sizeof days);
  g_assert_cmpmem (meaning.states, sizeof states, states, sizeof states);
  ins_meaning_clear (&meaning);
  fixture_clear (&f);
}

/* ---- ids ---- */

/* Every word in one row, and the first again, and an empty field. */
static void
check_ids (const char *words, InsRole role, const char *expected, const char *codes)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *got = NULL;
  guint64 rows = 0;
  Fixture f;

  fixture_init (&f, words, INS_COLUMN_TEXT, '.', "", NULL);
  f.judgement.roles[role] = 0;
  f.scan.n_rows = f.column.n_words + 2;
  f.column.codes = g_new0 (guint32, f.scan.n_rows);
  f.column.counts = g_new0 (guint32, f.scan.n_rows);
  for (guint32 i = 0; i < f.column.n_words; i++)
    f.column.codes[i] = i;
  f.column.codes[f.scan.n_rows - 1] = INS_CODE_MISSING;
  ins_scan_count_words (&f.column, f.scan.n_rows);
  ins_convert_normalise_ids (&f.judgement);
  for (gsize i = 0; i < f.scan.n_rows; i++)
    g_string_append_c (
        text, f.column.codes[i] == INS_CODE_MISSING ? '-' : (char)('0' + f.column.codes[i]));
  for (guint32 i = 0; i < f.column.n_words; i++)
    rows += f.column.counts[i];
  f.column.words = g_renew (char *, f.column.words, f.column.n_words + 1);
  f.column.words[f.column.n_words] = NULL;
  got = g_strjoinv ("|", f.column.words);
  g_assert_cmpstr (got, ==, expected);
  g_assert_cmpstr (text->str, ==, codes);
  g_assert_cmpuint (rows + f.column.n_empty, ==, f.scan.n_rows);
  fixture_clear (&f);
}

static void
test_ids (void)
{
  check_ids ("17850.0|17850|NULL|00012,00|AB.0|1.5", INS_ROLE_CUSTOMER, "17850|00012|AB.0|1.5",
             "00-1230-");
  check_ids ("17850.0|12|17850", INS_ROLE_ID, "17850|12", "0100-");
  check_ids ("17850|12|na", INS_ROLE_CUSTOMER, "17850|12", "01-0-");
  /* invoices: only where all are numbers; "NA" may be one */
  check_ids ("536365.0|536366|536365", INS_ROLE_INVOICE, "536365|536366", "0100-");
  check_ids ("536365.0|C536366|536365", INS_ROLE_INVOICE, "536365.0|C536366|536365", "0120-");
  check_ids ("1|NA", INS_ROLE_INVOICE, "1|NA", "010-");
  check_ids ("9.0|9", INS_ROLE_PRODUCT, "9.0|9", "010-"); /* no id of a person */
}

/* ---- figures ---- */

static void
assert_same (double a, double b)
{
  if (isnan (a) || isnan (b))
    g_assert_true (isnan (a) && isnan (b));
  else
    g_assert_cmpfloat_with_epsilon (a, b, 1e-9 * MAX (1, fabs (b)));
}

/* The oracle writes every value as often as it is there. */
static void
check_weighted (guint64 round, gsize n_pairs)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree InsWeighted *pairs = g_new (InsWeighted, n_pairs + 1);
  InsDescription expected, got;

  for (gsize i = 0; i < n_pairs; i++)
    {
      pairs[i].value = ((double)ins_random_below (4, round, 2 * i, 50) - 20) / 4;
      pairs[i].count = 1 + ins_random_below (4, round, 2 * i + 1, 6);
      for (guint64 r = 0; r < pairs[i].count; r++)
        g_array_append_val (all, pairs[i].value);
    }
  ins_describe ((const double *)all->data, all->len, &expected);
  ins_describe_weighted (pairs, n_pairs, 3, &got);
  g_assert_cmpuint (got.missing, ==, 3);
  g_assert_cmpuint (got.n, ==, expected.n);
  g_assert_cmpuint (got.distinct, ==, expected.distinct);
  for (const double *x = &got.min, *y = &expected.min; x <= &got.q75; x++, y++)
    assert_same (*x, *y);
}

static void
test_weighted (void)
{
  for (guint64 round = 0; round < 300; round++)
    check_weighted (round, round % 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convert/numbers", test_numbers);
  g_test_add_func ("/convert/dates", test_dates);
  g_test_add_func ("/convert/ids", test_ids);
  g_test_add_func ("/convert/weighted", test_weighted);
  return g_test_run ();
}
