/* test-text.c: text ↔ number and text ↔ date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-text.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/ins-random.h"

static void
assert_text (double value, const char *expected)
{
  char buffer[INS_TEXT_SIZE];

  g_assert_cmpstr (ins_double_to_text (value, buffer), ==, expected);
}

static void
test_write (void)
{
  assert_text (0, "0");
  assert_text (NAN, "");
  assert_text (INFINITY, "inf");
  assert_text (-INFINITY, "-inf");
  assert_text (1, "1");
  assert_text (-17850, "-17850");
  assert_text (2.55, "2.55");
  assert_text (-0.85, "-0.85");
  assert_text (0.1, "0.1");
  assert_text (0.1 + 0.2, "0.30000000000000004");
  assert_text (1.0 / 3, "0.3333333333333333");
  assert_text (0.0001, "0.0001");
  assert_text (0.00001, "1e-05");
  assert_text (999999999999999, "999999999999999");
  assert_text (1e15, "1e+15");
  assert_text (9007199254740993, "9007199254740992");
  assert_text (5e-324, "4.94065645841247e-324");
  assert_text (1.7976931348623157e308, "1.7976931348623157e+308");
  assert_text (16253.36, "16253.36");
}

/* Random bits, and random prices: what is written reads back. */
static void
test_write_reads_back (void)
{
  for (guint64 i = 0; i < 40000; i++)
    {
      guint64 bits = ins_random_bits (1, 0, i);
      char buffer[INS_TEXT_SIZE], shorter[INS_TEXT_SIZE];
      double value, back;

      if (i % 2 == 0)
        memcpy (&value, &bits, sizeof value);
      else
        value = (double)(gint64)(bits >> (20 + i % 40)) / 1000;
      if (!isfinite (value))
        continue;
      ins_double_to_text (value, buffer);
      g_assert_cmpfloat (strtod (buffer, NULL), ==, value);
      g_assert_true (ins_text_to_double (buffer, strlen (buffer), &back));
      g_assert_cmpfloat (back, ==, value);
      g_ascii_formatd (shorter, sizeof shorter, "%.15g", value);
      if (g_ascii_strtod (shorter, NULL) == value)
        g_assert_cmpstr (buffer, ==, shorter);
    }
}

static void
test_read_like_strtod (void)
{
  static const char *const good[] = {
    "0",
    "-0",
    "+5",
    "1.",
    ".5",
    "1e3",
    "1E+3",
    "1e-3",
    "12345678901234567890",
    "2.5e-22",
    "1e22",
    "1e23",
    "9007199254740993",
    "0.000000000000000000000000000001",
    "1.7976931348623157e308",
    "4.9e-324",
    "1e-400",
    "123456789012345e-20",
    "000000000000000000000000000000000000012.5",
    "3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825",
  };
  static const char *const bad[] = {
    "",    " ",    "1 ",  " 1",  "1,5",   "1e",     "1e+",   "e5",  ".",     "-",        "+-1",
    "--1", "0x10", "inf", "nan", "1e400", "-1e400", "1.2.3", "12a", "1e5.5", "infinity", "1_000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      double value = -77;
      g_assert_true (ins_text_to_double (good[i], strlen (good[i]), &value));
      g_assert_cmpfloat (value, ==, strtod (good[i], NULL));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      double value;
      if (ins_text_to_double (bad[i], strlen (bad[i]), &value))
        g_error ("“%s” was read as %g", bad[i], value);
    }
}

/* Only @length bytes belong to the number. */
static void
test_read_respects_length (void)
{
  double value;
  gint64 mantissa;
  guint decimals;

  g_assert_true (ins_text_to_double ("12345", 3, &value));
  g_assert_cmpfloat (value, ==, 123);
  g_assert_true (ins_text_to_double ("1234567890123456789012", 20, &value));
  g_assert_cmpfloat (value, ==, 12345678901234567890.0);
  g_assert_false (ins_text_to_double ("1\0002", 3, &value));
  g_assert_true (ins_text_to_scaled ("12345", 3, '.', NULL, &mantissa, &decimals));
  g_assert_cmpint (mantissa, ==, 123);
  g_assert_false (ins_text_to_scaled ("1\0002", 3, '.', NULL, &mantissa, &decimals));
}

typedef struct
{
  const char *text;
  char decimal;
  const char *thousands;
  gint64 mantissa;
  guint decimals;
} Scaled;

static void
test_scaled (void)
{
  static const Scaled good[] = {
    { "0", '.', NULL, 0, 0 },
    { "2.55", '.', NULL, 255, 2 },
    { "-2.50", '.', "", -250, 2 },
    { "+7", '.', NULL, 7, 0 },
    { "7-", '.', NULL, -7, 0 },
    { "(12)", '.', NULL, -12, 0 },
    { "($1,234.50)", '.', ",", -123450, 2 },
    { "£1,234,567.8", '.', ",", 12345678, 1 },
    { "\xa3"
      "5",
      '.', NULL, 5, 0 },
    { "1.234,50 €", ',', ".", 123450, 2 },
    { "1234,50 €", ',', ".", 123450, 2 },
    { "1 234 567,1", ',', " ", 12345671, 1 },
    { "1234 $", '.', " ", 1234, 0 },
    { "1\xe2\x80\xaf"
      "234",
      ',', "\xe2\x80\xaf", 1234, 0 },
    { "1\xa0"
      "234",
      ',', "\xa0", 1234, 0 },
    { " 12 ", '.', NULL, 12, 0 },
    { "-$5", '.', NULL, -5, 0 },
    { "$-5", '.', NULL, -5, 0 },
    { "−5", '.', NULL, -5, 0 },
    { ".5", '.', NULL, 5, 1 },
    { "5.", '.', NULL, 5, 0 },
    { "1'000", '.', "'", 1000, 0 },
    { "999999999999999999", '.', NULL, G_GINT64_CONSTANT (999999999999999999), 0 },
    { "0000000000000000000000017850.0", '.', NULL, 178500, 1 },
    { "0.000000000000000001", '.', NULL, 1, 18 },
  };
  static const Scaled bad[] = {
    { "", '.', NULL },
    { " ", '.', NULL },
    { "-", '.', NULL },
    { "$", '.', NULL },
    { ".", '.', NULL },
    { "()", '.', NULL },
    { "(12", '.', NULL },
    { "12)", '.', NULL },
    { "(-12)", '.', NULL },
    { "-12-", '.', NULL },
    { "--12", '.', NULL },
    { "1 2", '.', NULL },
    { "1,23", '.', "," },
    { "1,2345", '.', "," },
    { "1234,567", '.', "," },
    { ",123", '.', "," },
    { "1,234,", '.', "," },
    { "1,,234", '.', "," },
    { "1.234,567", '.', "," },
    { "1.2.3", '.', NULL },
    { "1e5", '.', NULL },
    { "12a", '.', NULL },
    { "C536379", '.', NULL },
    { "1000000000000000000", '.', NULL },
    { "0.0000000000000000001", '.', NULL },
    { "1,234", '.', NULL },
    { "2,5", '.', NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 mantissa = 0;
      guint decimals = 99;
      if (!ins_text_to_scaled (good[i].text, strlen (good[i].text), good[i].decimal,
                               good[i].thousands, &mantissa, &decimals))
        g_error ("“%s” was not read", good[i].text);
      g_assert_cmpint (mantissa, ==, good[i].mantissa);
      g_assert_cmpuint (decimals, ==, good[i].decimals);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 mantissa;
      guint decimals;
      if (ins_text_to_scaled (bad[i].text, strlen (bad[i].text), bad[i].decimal, bad[i].thousands,
                              &mantissa, &decimals))
        g_error ("“%s” was read", bad[i].text);
    }
}

/* The C library's calendar as the oracle, every day of 1600 … 2400. */
static void
test_calendar (void)
{
  gint32 from = ins_date_from_civil (1600, 1, 1), to = ins_date_from_civil (2400, 12, 31);

  g_assert_cmpint (to - from, ==, 2 * 146097 + 365);
  for (gint32 days = from; days <= to; days++)
    {
      time_t t = (time_t)days * 86400;
      struct tm tm;
      int year, month, day;

      gmtime_r (&t, &tm);
      ins_date_to_civil (days, &year, &month, &day);
      g_assert_cmpint (year, ==, tm.tm_year + 1900);
      g_assert_cmpint (month, ==, tm.tm_mon + 1);
      g_assert_cmpint (day, ==, tm.tm_mday);
      g_assert_cmpint (ins_date_from_civil (year, month, day), ==, days);
      g_assert_true (ins_date_is_valid_civil (year, month, day));
    }
  g_assert_false (ins_date_is_valid_civil (1900, 2, 29));
  g_assert_true (ins_date_is_valid_civil (2000, 2, 29));
  g_assert_false (ins_date_is_valid_civil (2017, 4, 31));
  g_assert_false (ins_date_is_valid_civil (2017, 13, 1));
  g_assert_false (ins_date_is_valid_civil (2017, 0, 1));
  g_assert_false (ins_date_is_valid_civil (2017, 1, 0));
  g_assert_false (ins_date_is_valid_civil (0, 1, 1));
}

static void
test_date_text (void)
{
  char buffer[INS_TEXT_SIZE];

  g_assert_cmpstr (ins_date_to_text (0, buffer), ==, "1970-01-01");
  g_assert_cmpstr (ins_date_to_text (17134, buffer), ==, "2016-11-29");
  g_assert_cmpstr (ins_date_to_text (-1, buffer), ==, "1969-12-31");
  g_assert_cmpstr (ins_date_to_text (INS_DATE_MISSING, buffer), ==, "");
  g_assert_cmpuint (strlen (ins_date_to_text (G_MAXINT32, buffer)), >, 8);
  g_assert_cmpuint (strlen (ins_date_to_text (G_MININT32 + 1, buffer)), >, 8);
}

typedef struct
{
  const char *text, *format, *date;
  gint32 seconds;
} Date;

static void
check_dates (const Date *good, gsize n_good, const Date *bad, gsize n_bad)
{
  for (gsize i = 0; i < n_good; i++)
    {
      gint32 days, seconds = -1;
      char buffer[INS_TEXT_SIZE];
      if (!ins_text_to_date (good[i].text, strlen (good[i].text), good[i].format, &days, &seconds))
        g_error ("“%s” was not read as %s", good[i].text, good[i].format);
      g_assert_cmpstr (ins_date_to_text (days, buffer), ==, good[i].date);
      g_assert_cmpint (seconds, ==, good[i].seconds);
      g_assert_true (
          ins_text_to_date (good[i].text, strlen (good[i].text), good[i].format, &days, NULL));
    }
  for (gsize i = 0; i < n_bad; i++)
    {
      gint32 days;
      if (ins_text_to_date (bad[i].text, strlen (bad[i].text), bad[i].format, &days, NULL))
        g_error ("“%s” was read as %s", bad[i].text, bad[i].format);
    }
}

static void
test_read_date (void)
{
  static const Date good[] = {
    { "29-Nov-16", "%d-%b-%y", "2016-11-29", 0 },
    { "2010-12-01 08:26:00", "%Y-%m-%d %H:%M:%S", "2010-12-01", 30360 },
    { "2010-12-01T08:26:00", "%Y-%m-%dT%T", "2010-12-01", 30360 },
    { "12/1/2010 8:26", "%m/%d/%Y %H:%M", "2010-12-01", 30360 },
    { "01.02.2003", "%d.%m.%Y", "2003-02-01", 0 },
    { "1 MARCH 1999", "%d %B %Y", "1999-03-01", 0 },
    { "May 5, 2001", "%B %d, %Y", "2001-05-05", 0 },
    { "sep 5 2001", "%B %d %Y", "2001-09-05", 0 },
    { "September 5 2001", "%b %d %Y", "2001-09-05", 0 },
    { "20010905", "%Y%m%d", "2001-09-05", 0 },
    { "68-01-01", "%y-%m-%d", "2068-01-01", 0 },
    { "69-01-01", "%y-%m-%d", "1969-01-01", 0 },
    { "2016-366", "%Y-%j", "2016-12-31", 0 },
    { "1/2/2016 12:05:09 AM", "%d/%m/%Y %I:%M:%S %p", "2016-02-01", 309 },
    { "1/2/2016 12:05 pm", "%d/%m/%Y %I:%M %p", "2016-02-01", 43500 },
    { "1/2/2016 11 PM", "%d/%m/%Y %I %p", "2016-02-01", 82800 },
    { "100% 2016-02-29", "100%% %Y-%m-%d", "2016-02-29", 0 },
    { "2016-05", "%Y-%m", "2016-05-01", 0 },
  };
  static const Date bad[] = {
    { "", "%Y-%m-%d" },
    { "2016-02-30", "%Y-%m-%d" },
    { "2015-02-29", "%Y-%m-%d" },
    { "2016-13-01", "%Y-%m-%d" },
    { "2016-00-01", "%Y-%m-%d" },
    { "2016-01-32", "%Y-%m-%d" },
    { "2016-01-01 ", "%Y-%m-%d" },
    { " 2016-01-01", "%Y-%m-%d" },
    { "2016-01", "%Y-%m-%d" },
    { "16-01-01", "%Y-%m-%d" },
    { "2016-01-01", "%y-%m-%d" },
    { "01/01/16", "%d/%m/%Y" },
    { "2016-01-01x", "%Y-%m-%d" },
    { "29-Nox-16", "%d-%b-%y" },
    { "12:30", "%H:%M" },
    { "2016-01-01 24:00", "%Y-%m-%d %H:%M" },
    { "2015-366", "%Y-%j" },
    { "2016-01-01 12:60", "%Y-%m-%d %H:%M" },
    { "2016-01-01 13 PM", "%Y-%m-%d %I %p" },
    { "2016-01-01", "%Y-%m-%q" },
    { "2016-01-01", "%Y-%m-%d%" },
  };

  check_dates (good, G_N_ELEMENTS (good), bad, G_N_ELEMENTS (bad));
}

/* The oracle is what spreadsheets and date(1) show. */
static void
test_counted_date (void)
{
  static const Date good[] = {
    { "1", "excel", "1900-01-01", 0 },
    { "59", "excel", "1900-02-28", 0 },
    { "61", "excel", "1900-03-01", 0 },
    { "25569", "excel", "1970-01-01", 0 },
    { "39448", "excel", "2008-01-01", 0 },
    { "42737.35", "excel", "2017-01-02", 30240 },
    { "42737,35", "excel", "2017-01-02", 30240 },
    { "40513.3513888889", "excel", "2010-12-01", 30360 },
    { "40513.0", "excel", "2010-12-01", 0 },
    { "40513.999999999", "excel", "2010-12-01", 86399 },
    { "40513.351", "excel", "2010-12-01", 30326 },
    { "2958465", "excel", "9999-12-31", 0 },
    { "0", "unix", "1970-01-01", 0 },
    { "1577836800", "unix", "2020-01-01", 0 },
    { "1577836799.9", "unix", "2019-12-31", 86399 },
    { "253402300799", "unix", "9999-12-31", 86399 },
    { "1577836800123", "unix-ms", "2020-01-01", 0 },
  };
  static const Date bad[] = {
    { "", "excel" },
    { "0", "excel" },
    { "60", "excel" }, /* 29 February 1900 */
    { "2958466", "excel" },
    { "-5", "excel" },
    { "42,737", "excel" },
    { "42.737", "excel" },
    { "42,737.35", "excel" },
    { "42737.", "excel" },
    { ".5", "excel" },
    { "42737.35.1", "excel" },
    { "4e4", "excel" },
    { "42737 ", "excel" },
    { "99999999999999999999999", "excel" },
    { "253402300800", "unix" },
    { "9999999999999999", "unix-ms" },
    { "42737", "exel" },
    { "42737", "excelx" },
    { "2011-W05", "excel" },
  };

  check_dates (good, G_N_ELEMENTS (good), bad, G_N_ELEMENTS (bad));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/write", test_write);
  g_test_add_func ("/text/write-reads-back", test_write_reads_back);
  g_test_add_func ("/text/read-like-strtod", test_read_like_strtod);
  g_test_add_func ("/text/read-respects-length", test_read_respects_length);
  g_test_add_func ("/text/scaled", test_scaled);
  g_test_add_func ("/date/calendar", test_calendar);
  g_test_add_func ("/date/text", test_date_text);
  g_test_add_func ("/date/read", test_read_date);
  g_test_add_func ("/date/counted", test_counted_date);
  return g_test_run ();
}
