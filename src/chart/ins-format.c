/* ins-format.c: numbers for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "chart/ins-format.h"

#include "chart/ins-axis.h"

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
      g_string_append (out, value < 0 ? MINUS : "");
      return g_string_free (g_string_append (out, digits), FALSE);
    }
  if (decimals <= 0) /* halves away from zero, as people round: 136.50 is 137 */
    value = round (value);
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
    {
      g_string_append (out, decimal_mark ());
      g_string_append (out, point + 1);
    }
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

typedef struct
{
  double value;
  const char *context, *name;
} Thousands;

static const Thousands thousands[] = {
  { 1e12, "a million millions", NC_ ("a million millions", "tn") },
  { 1e9, "a thousand millions", NC_ ("a thousand millions", "bn") },
  { 1e6, "a million", NC_ ("a million", "M") },
  { 1e3, "a thousand", NC_ ("a thousand", "k") }
};

/* The largest unit that @value has one of; NULL for small and for absurd numbers. */
static const Thousands *
thousands_for (double value, double from)
{
  for (gsize i = 0; i < G_N_ELEMENTS (thousands); i++)
    if (fabs (value) >= MAX (thousands[i].value * 0.9995, from) && fabs (value) < 1e15)
      return &thousands[i];
  return NULL;
}

static char *
named (const char *number, const Thousands *unit)
{
  return g_strconcat (number, NARROW, g_dpgettext2 (GETTEXT_PACKAGE, unit->context, unit->name),
                      NULL);
}

/* For ticks: as short as it can be. */
static char *
in_thousands (double value, const Thousands *unit)
{
  double v = value / unit->value;
  g_autofree char *number = trim_zeros (ins_format_number (v, fabs (v) >= 99.95 ? 0 : 2));
  return v == 0 ? g_strdup ("0") : named (number, unit);
}

/* Three significant digits with "k", "M", "bn" from @from on, else NULL.  Zeros at the end stand
 * for digits that were rounded: "1.20 M"; the exact 1,200,000 is "1.2 M". */
static char *
with_suffix (double value, double from)
{
  const Thousands *unit = thousands_for (value, from);
  double v = unit ? fabs (value) / unit->value : 0;
  int decimals = v >= 99.95 ? 0 : v >= 9.995 ? 1 : 2;
  double power = decimals == 0 ? 1 : decimals == 1 ? 10 : 100;
  g_autofree char *number = NULL;

  if (!unit)
    return NULL;
  number = ins_format_number (value / unit->value, decimals);
  if (fabs (v * power - round (v * power)) < 1e-9)
    number = trim_zeros (g_steal_pointer (&number));
  return named (number, unit);
}

char *
ins_format_short (double value)
{
  char *text = with_suffix (value, 999500);
  if (text)
    return text;
  if (value == floor (value))
    return ins_format_number (value, 0);
  return ins_format_number (value, three_digits (value));
}

static char *
money (double value, const char *currency)
{
  g_autofree char *number = with_suffix (fabs (value), 99950);
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

/* Sign, currency and unit around a number without sign. */
static char *
dress_tick (double value, const char *number, const char *unit, const char *currency)
{
  const char *sign = value < 0 ? MINUS : "";
  if (g_strcmp0 (unit, "money") == 0)
    return g_strconcat (sign, currency ? currency : "", number, NULL);
  if (g_strcmp0 (unit, "percent") == 0)
    return g_strconcat (sign, number, NARROW "%", NULL);
  if (g_strcmp0 (unit, "ratio") == 0)
    return g_strconcat (sign, number, "×", NULL);
  return g_strconcat (sign, number, NULL);
}

char *
ins_format_tick (double value, int decimals, const char *unit, const char *currency)
{
  gboolean percents = g_strcmp0 (unit, "percent") == 0;
  double v = percents ? value * 100 : value;
  const Thousands *own = thousands_for (v, 9999.5);
  g_autofree char *number = NULL;

  if (own)
    number = in_thousands (fabs (v), own);
  else
    number = ins_format_number (fabs (v), percents ? MAX (0, decimals - 2) : decimals);
  return dress_tick (value, number, unit, currency);
}

char *
ins_format_tick_of (const double *ticks, gsize n, gsize i, const char *unit, const char *currency)
{
  const Thousands *common;
  g_autofree char *number = NULL;
  double largest = 0;

  g_return_val_if_fail (ticks != NULL && i < n, NULL);
  for (gsize t = 0; t < n; t++)
    largest = MAX (largest, fabs (ticks[t]));
  common = g_strcmp0 (unit, "percent") == 0 ? NULL : thousands_for (largest, 9999.5);
  if (!common)
    return ins_format_tick (ticks[i], ins_ticks_decimals (ticks, n), unit, currency);
  number = in_thousands (fabs (ticks[i]), common);
  return dress_tick (ticks[i], number, unit, currency);
}
