/* ins-date.c: text ↔ date (declared in ins-text.h)
 *
 * Days are counted in eras of 400 years (146,097 days) that begin on 1 March, so that the leap day
 * is the last day of its year.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-text.h"

#include <string.h>

#define DAYS_OF_ERA 146097
#define DAYS_TO_1970 719468 /* from 0000-03-01 */

gint32
ins_date_from_civil (int year, int month, int day)
{
  int y = year - (month <= 2);
  int era = (y >= 0 ? y : y - 399) / 400;
  int of_era = y - era * 400;
  int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

  return era * DAYS_OF_ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year - DAYS_TO_1970;
}

void
ins_date_to_civil (gint32 days, int *year, int *month, int *day)
{
  gint64 z = (gint64)days + DAYS_TO_1970;
  gint64 era = (z >= 0 ? z : z - (DAYS_OF_ERA - 1)) / DAYS_OF_ERA;
  int of_era = (int)(z - era * DAYS_OF_ERA);
  int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * y + y / 4 - y / 100);
  int m = (5 * of_year + 2) / 153;

  g_return_if_fail (year != NULL && month != NULL && day != NULL);

  *day = of_year - (153 * m + 2) / 5 + 1;
  *month = m < 10 ? m + 3 : m - 9;
  *year = (int)(y + era * 400) + (*month <= 2);
}

gboolean
ins_date_is_valid_civil (int year, int month, int day)
{
  static const guint8 lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  if (year < 1 || year > 9999 || month < 1 || month > 12)
    return FALSE;
  return day >= 1 && day <= lengths[month - 1] + (month == 2 && leap);
}

char *
ins_date_to_text (gint32 days, char buffer[INS_TEXT_SIZE])
{
  int year, month, day;

  g_return_val_if_fail (buffer != NULL, NULL);

  buffer[0] = '\0';
  if (days == INS_DATE_MISSING)
    return buffer;
  ins_date_to_civil (days, &year, &month, &day);
  g_snprintf (buffer, INS_TEXT_SIZE, "%04d-%02d-%02d", year, month, day);
  return buffer;
}

/* ---- text to date ---- */

typedef struct
{
  const char *p, *end;
  int year, month, day, day_of_year, hour, minute, second, fraction;
  int afternoon; /* -1 = not said */
} Reader;

/* A number of @least to @most digits between @low and @high. */
static inline gboolean
read_number (Reader *r, int least, int most, int low, int high, int *out)
{
  int value = 0, n = 0;

  for (; n < most && r->p < r->end; n++, r->p++)
    {
      guint digit = (guint)(guchar)*r->p - '0';
      if (digit > 9)
        break;
      value = value * 10 + (int)digit;
    }
  *out = value;
  return n >= least && value >= low && value <= high;
}

static gboolean
read_word (Reader *r, const char *word)
{
  gsize n = 0;

  for (; word[n] != '\0'; n++)
    if (r->p + n >= r->end || g_ascii_tolower (r->p[n]) != word[n])
      return FALSE;
  r->p += n;
  return TRUE;
}

static gboolean
read_month_name (Reader *r)
{
  static const char *const rest[] = { "uary", "ruary", "ch",     "il",   "",      "e",
                                      "y",    "ust",   "tember", "ober", "ember", "ember" };
  static const char *const first[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec" };

  for (int i = 0; i < 12; i++)
    if (read_word (r, first[i]))
      {
        read_word (r, rest[i]);
        r->month = i + 1;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_two_digit_year (Reader *r)
{
  if (!read_number (r, 2, 2, 0, 99, &r->year))
    return FALSE;
  r->year += r->year <= 68 ? 2000 : 1900;
  return TRUE;
}

static gboolean
read_literal (Reader *r, char c)
{
  if (r->p >= r->end || *r->p != c)
    return FALSE;
  r->p++;
  return TRUE;
}

static gboolean
read_clock (Reader *r)
{
  return read_number (r, 1, 2, 0, 23, &r->hour) && read_literal (r, ':')
         && read_number (r, 1, 2, 0, 59, &r->minute) && read_literal (r, ':')
         && read_number (r, 1, 2, 0, 59, &r->second);
}

static gboolean
read_half_of_day (Reader *r)
{
  if (read_word (r, "am"))
    r->afternoon = 0;
  else if (read_word (r, "pm"))
    r->afternoon = 1;
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_field (Reader *r, char field)
{
  switch (field)
    {
    case 'd':
      return read_number (r, 1, 2, 1, 31, &r->day);
    case 'm':
      return read_number (r, 1, 2, 1, 12, &r->month);
    case 'Y':
      return read_number (r, 4, 4, 1, 9999, &r->year);
    case 'y':
      return read_two_digit_year (r);
    case 'b':
    case 'B':
      return read_month_name (r);
    case 'H':
      return read_number (r, 1, 2, 0, 23, &r->hour);
    case 'I':
      return read_number (r, 1, 2, 1, 12, &r->hour);
    case 'M':
      return read_number (r, 1, 2, 0, 59, &r->minute);
    case 'S':
      return read_number (r, 1, 2, 0, 59, &r->second);
    case 'p':
      return read_half_of_day (r);
    case 'T':
      return read_clock (r);
    case 'f':
      return read_number (r, 1, 9, 0, 999999999, &r->fraction);
    case 'j':
      return read_number (r, 1, 3, 1, 366, &r->day_of_year);
    case '%':
      return read_literal (r, '%');
    default:
      return FALSE;
    }
}

/* 12 am is midnight, 12 pm noon. */
static gboolean
apply_half_of_day (Reader *r)
{
  if (r->afternoon < 0)
    return TRUE;
  if (r->hour < 1 || r->hour > 12)
    return FALSE;
  r->hour = r->hour % 12 + 12 * r->afternoon;
  return TRUE;
}

/* ---- counted time ---- */

#define DAY_SECONDS 86400
#define SERIAL_MOST 2958465                             /* 9999-12-31 */
#define SECONDS_MOST (G_GINT64_CONSTANT (253402300799)) /* the end of that day */
#define DIGITS_MOST 15

/* Digits, which may have a part behind a dot or a comma; not "42,737", which may be a group. */
static gboolean
read_count (const char *text, gsize length, gint64 *whole, double *part)
{
  gsize i = 0, begin;
  double unit = 1;

  *whole = 0;
  *part = 0;
  for (; i < length && g_ascii_isdigit (text[i]); i++)
    if (i < DIGITS_MOST)
      *whole = *whole * 10 + (text[i] - '0');
  if (i == 0 || i > DIGITS_MOST)
    return FALSE;
  if (i == length)
    return TRUE;
  if ((text[i] != '.' && text[i] != ',') || (i <= 3 && length - i == 4))
    return FALSE;
  for (begin = ++i; i < length && g_ascii_isdigit (text[i]); i++)
    *part += (text[i] - '0') * (unit /= 10);
  return i == length && i > begin;
}

/* A spreadsheet's number of a day: 1 is 1900-01-01, and 60 the 29 February 1900 that never was. */
static gboolean
read_serial (gint64 whole, double part, gint32 *days, gint32 *seconds)
{
  if (whole < 1 || whole > SERIAL_MOST || whole == 60)
    return FALSE;
  *days = ins_date_from_civil (1899, 12, 30) + (gint32)whole + (whole < 60);
  *seconds = MIN ((gint32)(part * DAY_SECONDS + 0.5), DAY_SECONDS - 1);
  return TRUE;
}

static gboolean
read_counted (const char *text, gsize length, const char *format, gint32 *days, gint32 *seconds)
{
  gint64 whole;
  double part;

  if (!read_count (text, length, &whole, &part))
    return FALSE;
  if (strcmp (format, "excel") == 0)
    return read_serial (whole, part, days, seconds);
  if (strcmp (format, "unix-ms") == 0)
    whole /= 1000;
  else if (strcmp (format, "unix") != 0)
    return FALSE;
  if (whole > SECONDS_MOST)
    return FALSE;
  *days = (gint32)(whole / DAY_SECONDS);
  *seconds = (gint32)(whole % DAY_SECONDS);
  return TRUE;
}

gboolean
ins_text_to_date (const char *text, gsize length, const char *format, gint32 *days, gint32 *seconds)
{
  Reader r = { .p = text, .end = text + length, .month = 1, .day = 1, .afternoon = -1 };
  gint32 time;

  g_return_val_if_fail (format != NULL && days != NULL, FALSE);
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (g_ascii_isalpha (*format) && strchr (format, '%') == NULL)
    return read_counted (text, length, format, days, seconds ? seconds : &time);
  for (const char *f = format; *f != '\0'; f++)
    {
      gboolean field = *f == '%' && f[1] != '\0';
      if (!(field ? read_field (&r, *++f) : read_literal (&r, *f)))
        return FALSE;
    }
  if (r.p != r.end || r.year == 0 || !apply_half_of_day (&r))
    return FALSE;
  if (!ins_date_is_valid_civil (r.year, r.month, r.day))
    return FALSE;
  *days = ins_date_from_civil (r.year, r.month, r.day);
  if (r.day_of_year > 0)
    {
      *days = ins_date_from_civil (r.year, 1, 1) + r.day_of_year - 1;
      if (*days >= ins_date_from_civil (r.year + 1, 1, 1))
        return FALSE;
    }
  if (seconds != NULL)
    *seconds = r.hour * 3600 + r.minute * 60 + r.second;
  return TRUE;
}
