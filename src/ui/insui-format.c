/* insui-format.c: numbers as people read them, in their locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-format.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#define NBSP "\302\240"

/* Locales without a group mark (C) get commas: long numbers must be readable everywhere. */
static char *
group_digits (const char *text)
{
  GString *out = g_string_new (NULL);
  gsize length = strlen (text);
  gsize start = strspn (text, "-");
  gsize digits = strspn (text + start, "0123456789");
  for (gsize i = 0; i < length; i++)
    {
      gsize at = i - start;
      if (i > start && at < digits && (digits - at) % 3 == 0)
        g_string_append_c (out, ',');
      if (text[i] == '-')
        g_string_append (out, "−");
      else
        g_string_append_c (out, text[i]);
    }
  return g_string_free (out, FALSE);
}

char *
insui_format_number (double value, int decimals)
{
  if (isnan (value))
    return g_strdup (INSUI_MISSING);
  if (isinf (value))
    return g_strdup (value > 0 ? "∞" : "−∞");
  const struct lconv *conv = localeconv ();
  double step = pow (10, -decimals);
  if (fabs (value) < step / 2)
    value = 0; /* no minus before a zero */
  if (conv->thousands_sep != NULL && *conv->thousands_sep != '\0')
    {
      g_autofree char *text = g_strdup_printf ("%'.*f", decimals, fabs (value));
      return g_strconcat (value < 0 ? "−" : "", text, NULL);
    }
  g_autofree char *plain = g_strdup_printf ("%.*f", decimals, value);
  return group_digits (plain);
}

char *
insui_format_count (guint64 n)
{
  return insui_format_number ((double)n, 0);
}

/* Digits after the point that make three significant ones, at most five. */
static int
get_decimals (double value)
{
  double size = fabs (value);
  if (!(size > 0) || isinf (size))
    return 0;
  int magnitude = (int)floor (log10 (size) + 1e-12);
  if (round (size * pow (10, 2 - magnitude)) >= 1000)
    magnitude++;
  return CLAMP (2 - magnitude, 0, 5);
}

char *
insui_format_short (double value)
{
  return insui_format_number (value, get_decimals (value));
}

char *
insui_format_percent (double share)
{
  if (isnan (share))
    return g_strdup (INSUI_MISSING);
  if (share > 0 && share < 0.00005)
    {
      g_autofree char *least = insui_format_number (0.01, 2);
      /* Translators: less than, for a share that is not nothing: “< 0.01 %” */
      return g_strdup_printf (_ ("< %s\u00a0%%"), least);
    }
  g_autofree char *number = insui_format_number (share * 100, MIN (get_decimals (share * 100), 2));
  /* Translators: %s is a number: “39.1 %” */
  return g_strdup_printf (_ ("%s\u00a0%%"), number);
}

static char *
add_currency (double value, const char *number, const char *suffix, const char *currency)
{
  const char *sign = currency != NULL ? currency : "";
  const char *space = g_utf8_strlen (sign, -1) > 1 ? NBSP : "";
  return g_strconcat (value < 0 ? "−" : "", sign, space, number, suffix, NULL);
}

char *
insui_format_money (double value, const char *currency)
{
  static const struct
  {
    double size;
    const char *suffix;
  } scales[] = {
    /* Translators: short for a thousand million, a million, a thousand, after a number */
    { 1e9, NC_ ("number", "bn") },
    { 1e6, NC_ ("number", "M") },
    { 1e4, NC_ ("number", "k") },
  };
  if (isnan (value))
    return g_strdup (INSUI_MISSING);
  double size = fabs (value);
  for (gsize i = 0; i < G_N_ELEMENTS (scales); i++)
    if (size >= scales[i].size * 0.9995)
      {
        double unit = scales[i].size == 1e4 ? 1e3 : scales[i].size;
        g_autofree char *number = insui_format_short (size / unit);
        g_autofree char *suffix =
            g_strconcat (NBSP, g_dpgettext2 (GETTEXT_PACKAGE, "number", scales[i].suffix), NULL);
        return add_currency (value, number, suffix, currency);
      }
  g_autofree char *number = insui_format_number (size, size < 100 ? 2 : 0);
  return add_currency (value, number, "", currency);
}

char *
insui_format_money_exact (double value, const char *currency)
{
  if (isnan (value))
    return g_strdup (INSUI_MISSING);
  g_autofree char *number = insui_format_number (fabs (value), 2);
  return add_currency (value, number, "", currency);
}

char *
insui_format_ratio (double ratio)
{
  if (isnan (ratio))
    return g_strdup (INSUI_MISSING);
  double size = fabs (ratio);
  g_autofree char *number = insui_format_number (ratio, size >= 100 ? 0 : (size >= 1 ? 1 : 2));
  return g_strconcat (number, "×", NULL);
}

char *
insui_format_feature (const InsFeatureInfo *info, double value)
{
  return insui_format_number (value, info->decimals);
}

static gboolean
is_money (const InsFeatureInfo *info)
{
  return g_strcmp0 (info->unit, "money") == 0;
}

/* "Invoices (invoices)" would say it twice. */
static gboolean
title_says_unit (const InsFeatureInfo *info)
{
  g_autofree char *title = g_utf8_casefold (info->title, -1);
  g_autofree char *unit = g_utf8_casefold (info->unit, -1);
  return strstr (title, unit) != NULL;
}

char *
insui_format_feature_unit (const InsFeatureInfo *info, double value, const char *currency)
{
  if (isnan (value))
    return g_strdup (INSUI_MISSING);
  if (is_money (info))
    return insui_format_money_exact (value, currency);
  g_autofree char *number = insui_format_feature (info, value);
  if (info->unit == NULL || *info->unit == '\0' || title_says_unit (info))
    return g_steal_pointer (&number);
  return g_strconcat (number, NBSP, info->unit, NULL);
}

char *
insui_format_feature_title (const InsFeatureInfo *info, const char *currency)
{
  const char *unit = is_money (info) ? currency : info->unit;
  if (unit == NULL || *unit == '\0' || title_says_unit (info))
    return g_strdup (info->title);
  return g_strdup_printf ("%s (%s)", info->title, unit);
}
