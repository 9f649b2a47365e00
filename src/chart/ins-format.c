/* ins-format.c: numbers for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-format.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define MINUS "\342\210\222"
#define NARROW "\302\240" /* keeps number and unit together */

/* The locale's marks; the C locale has no group mark, English texts want one. */
static const char *
group_mark (void)
{
  const struct lconv *lc = localeconv ();
  if (lc->thousands_sep && *lc->thousands_sep && g_utf8_validate (lc->thousands_sep, -1, NULL))
    return lc->thousands_sep;
  return g_strcmp0 (lc->decimal_point, ".") == 0 ? "," : "\342\200\257";
}

static const char *
decimal_mark (void)
{
  const struct lconv *lc = localeconv ();
  return lc->decimal_point && *lc->decimal_point ? lc->decimal_point : ".";
}

char *
ins_format_number (double value, int decimals)
{
  char digits[400], pattern[16];
  const char *point;
  gsize whole;
  GString *out = g_string_new (NULL);

  if (!isfinite (value))
    return g_string_free (g_string_append (out, isnan (value) ? "–"
                                                : value > 0   ? "∞"
                                                              : MINUS "∞"),
                          FALSE);
  if (fabs (value) >= 1e15)
    {
      g_ascii_formatd (digits, sizeof digits, "%.2e", fabs (value));
      return g_string_free (g_string_append (g_string_append (out, value < 0 ? MINUS : ""), digits),
                            FALSE);
    }
  g_snprintf (pattern, sizeof pattern, "%%.%df", CLAMP (decimals, 0, 15));
  g_ascii_formatd (digits, sizeof digits, pattern, fabs (value));
  point = strchr (digits, '.');
  whole = point ? (gsize)(point - digits) : strlen (digits);
  if (value < 0 && strspn (digits, "0.") < strlen (digits))
    g_string_append (out, MINUS);
  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0 && whole > 3)
        g_string_append (out, group_mark ());
      g_string_append_c (out, digits[i]);
    }
  if (point)
    g_string_append (g_string_append (out, decimal_mark ()), point + 1);
  return g_string_free (out, FALSE);
}

/* Decimals that leave three significant digits. */
static int
three_digits (double value)
{
  double a = fabs (value);
  if (a == 0 || !isfinite (a) || a >= 100)
    return 0;
  return MIN (6, 2 - (int)floor (log10 (a) + 1e-12));
}

static char *
trim_zeros (char *text)
{
  const char *mark = decimal_mark ();
  if (strstr (text, mark) && !strchr (text, 'e'))
    {
      gsize n = strlen (text);
      while (n > 0 && text[n - 1] == '0')
        text[--n] = 0;
      if (g_str_has_suffix (text, mark))
        text[n - strlen (mark)] = 0;
    }
  return text;
}

/* With "k", "M", "bn" behind it from @from on, else NULL. */
static char *
with_suffix (double value, double from, int decimals)
{
  const struct
  {
    double unit;
    const char *name;
  } units[] = { { 1e12, C_ ("a million millions", "tn") },
                { 1e9, C_ ("a thousand millions", "bn") },
                { 1e6, C_ ("a million", "M") },
                { 1e3, C_ ("a thousand", "k") } };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (fabs (value) >= MAX (units[i].unit * 0.9995, from) && fabs (value) < 1e15)
      {
        double v = value / units[i].unit;
        g_autofree char *number =
            trim_zeros (ins_format_number (v, fabs (v) >= 99.95 ? 0 : decimals));
        return g_strconcat (number, NARROW, units[i].name, NULL);
      }
  return NULL;
}

char *
ins_format_short (double value)
{
  char *text = with_suffix (value, 999500, 1);
  if (text)
    return text;
  if (value == floor (value))
    return ins_format_number (value, 0);
  return ins_format_number (value, three_digits (value));
}

static char *
money (double value, const char *currency)
{
  g_autofree char *number = with_suffix (fabs (value), 99950, 1);
  if (!number)
    number = fabs (value) >= 100 || value == floor (value) ? ins_format_number (fabs (value), 0)
                                                           : ins_format_number (fabs (value), 2);
  if (isnan (value))
    return g_strdup (number);
  return g_strconcat (value < 0 ? MINUS : "", currency ? currency : "", number, NULL);
}

static char *
percent (double value)
{
  double p = value * 100;
  g_autofree char *number = ins_format_number (p, p == 0 || fabs (p) >= 99.95 ? 0
                                                  : fabs (p) >= 0.095         ? 1
                                                                              : 2);
  /* TRANSLATORS: a share: "39 %" */
  return isnan (value) ? g_strdup (number) : g_strdup_printf (_ ("%s\302\240%%"), number);
}

char *
ins_format_value (double value, const char *unit, const char *currency)
{
  g_autofree char *number = NULL;
  if (g_strcmp0 (unit, "money") == 0)
    return money (value, currency);
  if (g_strcmp0 (unit, "percent") == 0)
    return percent (value);
  if (g_strcmp0 (unit, "ratio") == 0)
    {
      number = ins_format_number (value, fabs (value) >= 99.5 ? 0 : fabs (value) >= 0.095 ? 1 : 2);
      return isnan (value) ? g_steal_pointer (&number) : g_strconcat (number, "×", NULL);
    }
  number = fabs (value) >= 1e9                              ? ins_format_short (value)
           : value == floor (value) || fabs (value) >= 1000 ? ins_format_number (value, 0)
                                                            : ins_format_short (value);
  if (!unit || !*unit || isnan (value))
    return g_steal_pointer (&number);
  return g_strconcat (number, NARROW, unit, NULL);
}

char *
ins_format_tick (double value, int decimals, const char *unit, const char *currency)
{
  double v = g_strcmp0 (unit, "percent") == 0 ? value * 100 : value;
  g_autofree char *number = with_suffix (fabs (v), 9999.5, 2);

  if (!number)
    number = ins_format_number (fabs (v), g_strcmp0 (unit, "percent") == 0 ? MAX (0, decimals - 2)
                                                                           : decimals);
  if (g_strcmp0 (unit, "money") == 0)
    return g_strconcat (v < 0 ? MINUS : "", currency ? currency : "", number, NULL);
  if (g_strcmp0 (unit, "percent") == 0)
    return g_strconcat (v < 0 ? MINUS : "", number, NARROW "%", NULL);
  if (g_strcmp0 (unit, "ratio") == 0)
    return g_strconcat (v < 0 ? MINUS : "", number, "×", NULL);
  return g_strconcat (v < 0 ? MINUS : "", number, NULL);
}
