/* ins-text.c: text ↔ number, the same in every locale
 *
 * Reading is called once per field of a file of millions of lines: digits are gathered in one
 * pass, and the general way is taken only where that pass meets something unusual.  A decimal
 * number of at most 15 digits and a power of ten up to 22 are exact doubles, so that one
 * multiplication or division rounds once and correctly (Clinger 1990).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-text.h"

#include <math.h>
#include <string.h>

#define MAX_DIGITS 18      /* in a scaled number */
#define EXACT_INTEGER 1e15 /* below, 15 digits: reads back from its digits */
#define EXACT_POWER 22     /* 10^22 is the last power that is a double */

static const double powers[EXACT_POWER + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* ---- number to text ---- */

/* @mantissa / 10^@decimals, at most 15 digits. */
static void
write_decimal (char *buffer, gboolean negative, guint64 mantissa, guint decimals)
{
  char digits[INS_TEXT_SIZE];
  char *end = digits + sizeof digits, *p = end;

  for (guint i = 0; mantissa > 0 || i <= decimals; i++)
    {
      if (i == decimals && decimals > 0)
        *--p = '.';
      *--p = (char)('0' + mantissa % 10);
      mantissa /= 10;
    }
  if (negative)
    *--p = '-';
  memcpy (buffer, p, end - p);
  buffer[end - p] = '\0';
}

/* Prices and counts: few decimals.  m / 10^k equal to the number means that its digits read back,
 * and the first such k has the fewest. */
static gboolean
write_short (double value, char *buffer)
{
  double size = fabs (value);

  if (size >= EXACT_INTEGER || (size < 1e-4 && size > 0))
    return FALSE;
  for (guint k = 0; k <= 6; k++)
    {
      double m = nearbyint (size * powers[k]);
      if (m >= EXACT_INTEGER)
        return FALSE;
      if (m / powers[k] == size)
        {
          write_decimal (buffer, value < 0, (guint64)m, k);
          return TRUE;
        }
    }
  return FALSE;
}

char *
ins_double_to_text (double value, char buffer[INS_TEXT_SIZE])
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  g_return_val_if_fail (buffer != NULL, NULL);

  buffer[0] = '\0';
  if (isnan (value))
    return buffer;
  if (isinf (value))
    return strcpy (buffer, value > 0 ? "inf" : "-inf");
  if (write_short (value, buffer))
    return buffer;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, INS_TEXT_SIZE, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }
  return buffer;
}

/* ---- text to double ---- */

/* What is not exact in one step; the text is known to be a number. */
static gboolean
slow_double (const char *text, gsize length, double *value)
{
  char small[64];
  g_autofree char *large = NULL;
  char *copy = small;

  if (length >= sizeof small)
    copy = large = g_malloc (length + 1);
  memcpy (copy, text, length);
  copy[length] = '\0';
  *value = g_ascii_strtod (copy, NULL);
  return isfinite (*value);
}

/* "e-12" from @p on, to the end.  Too large figures stay too large. */
static gboolean
read_exponent (const char *p, const char *end, int *exponent)
{
  gboolean negative = FALSE;
  int e = 0;

  p++;
  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';
  if (p == end)
    return FALSE;
  for (; p < end; p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      e = MIN (e * 10 + (*p - '0'), 100000);
    }
  *exponent = negative ? -e : e;
  return TRUE;
}

gboolean
ins_text_to_double (const char *text, gsize length, double *value)
{
  const char *p = text, *end = text + length;
  gboolean negative = FALSE, mark = FALSE;
  guint digits = 0, significant = 0;
  guint64 mantissa = 0;
  int decimals = 0, exponent = 0;

  g_return_val_if_fail (value != NULL && (text != NULL || length == 0), FALSE);

  if (p < end && (*p == '-' || *p == '+'))
    negative = *p++ == '-';
  for (; p < end; p++)
    {
      if (*p == '.' && !mark)
        {
          mark = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        break;
      digits++;
      decimals += mark;
      significant += significant > 0 || *p != '0';
      if (significant <= 15)
        mantissa = mantissa * 10 + (guint)(*p - '0');
    }
  if (digits == 0 || (p < end && *p != 'e' && *p != 'E'))
    return FALSE;
  if (p < end && !read_exponent (p, end, &exponent))
    return FALSE;
  exponent -= decimals;
  if (significant > 15 || ABS (exponent) > EXACT_POWER)
    return slow_double (text, length, value);
  *value =
      exponent < 0 ? (double)mantissa / powers[-exponent] : (double)mantissa * powers[exponent];
  if (negative)
    *value = -*value;
  return TRUE;
}

/* ---- text to scaled ---- */

typedef struct
{
  gint64 mantissa;
  guint significant, digits, decimals;
} Scaled;

/* Adds the run of digits at @p.  Returns: where it ends. */
static inline const char *
scaled_digits (Scaled *number, const char *p, const char *end)
{
  for (; p < end; p++)
    {
      guint digit = (guint)(guchar)*p - '0';
      if (digit > 9)
        break;
      number->significant += (number->mantissa | digit) != 0;
      number->digits++;
      if (number->significant <= MAX_DIGITS)
        number->mantissa = number->mantissa * 10 + digit;
    }
  return p;
}

/* Bytes of the blank or currency sign at @p, 0 if there is none: UTF-8, or the single byte of
 * Latin-1 and Windows-1252. */
static gsize
decoration (const char *p, const char *end)
{
  const guchar *u = (const guchar *)p;
  gsize left = end - p;

  if (left == 0)
    return 0;
  if (*u == ' ' || *u == '\t' || *u == '$')
    return 1;
  if (left > 1 && u[0] == 0xc2 && (u[1] == 0xa0 || (u[1] >= 0xa2 && u[1] <= 0xa5)))
    return 2; /* no-break space; ¢ £ ¤ ¥ */
  if (left > 2 && u[0] == 0xe2 && u[1] == 0x82 && u[2] >= 0xa0 && u[2] <= 0xbf)
    return 3; /* currency signs from U+20A0 to U+20BF, € and ₹ among them */
  if (left > 2 && u[0] == 0xe2 && u[1] == 0x80 && (u[2] == 0xaf || u[2] == 0x89))
    return 3; /* narrow no-break space, thin space */
  if (u[0] == 0x80 || u[0] == 0xa0 || (u[0] >= 0xa2 && u[0] <= 0xa5))
    return 1;
  return 0;
}

/* U+2212, as typesetters write it. */
static gboolean
is_minus_sign (const char *p, const char *end)
{
  return end - p >= 3 && memcmp (p, "\xe2\x88\x92", 3) == 0;
}

typedef struct
{
  gboolean negative, sign, open, close;
} Around;

/* Blanks, currency signs, signs and brackets at @p.  Returns: where the rest begins, NULL if
 * there are two signs. */
static const char *
skip_around (Around *around, const char *p, const char *end, gboolean before)
{
  while (p < end)
    {
      gsize n = decoration (p, end);
      gboolean minus = *p == '-' || is_minus_sign (p, end);
      if (n > 0)
        {
          p += n;
          continue;
        }
      if (minus || *p == '+')
        {
          if (around->sign)
            return NULL;
          around->sign = TRUE;
          around->negative = minus;
          p += *p == '-' || *p == '+' ? 1 : 3;
          continue;
        }
      if (*p == '(' && before && !around->open)
        around->open = TRUE;
      else if (*p == ')' && !before && around->open && !around->close)
        around->close = TRUE;
      else
        break;
      p++;
    }
  return p;
}

/* The whole part with its group marks.  Returns: where it ends, NULL if a group is not of three. */
static const char *
scaled_groups (Scaled *number, const char *p, const char *end, const char *thousands)
{
  gsize mark = thousands != NULL ? strlen (thousands) : 0;
  const char *begin = p;

  p = scaled_digits (number, p, end);
  if (mark == 0 || p == begin)
    return p;
  while ((gsize)(end - p) > mark && memcmp (p, thousands, mark) == 0 && g_ascii_isdigit (p[mark]))
    {
      if (p - begin > 3)
        return NULL;
      begin = p + mark;
      p = scaled_digits (number, begin, end);
      if (p - begin != 3)
        return NULL;
    }
  return p;
}

static gboolean
scaled_slow (const char *text, gsize length, char decimal, const char *thousands, Scaled *out,
             gboolean *negative)
{
  const char *end = text + length;
  Around around = { 0 };
  const char *p = skip_around (&around, text, end, TRUE);

  *out = (Scaled){ 0 };
  if (p != NULL)
    p = scaled_groups (out, p, end, thousands);
  if (p != NULL && p < end && *p == decimal)
    {
      guint whole = out->digits;
      p = scaled_digits (out, p + 1, end);
      out->decimals = out->digits - whole;
    }
  if (p != NULL)
    p = skip_around (&around, p, end, FALSE);
  if (p != end || around.open != around.close || (around.open && around.sign))
    return FALSE;
  *negative = around.negative || around.open;
  return TRUE;
}

gboolean
ins_text_to_scaled (const char *text, gsize length, char decimal, const char *thousands,
                    gint64 *mantissa, guint *decimals)
{
  const char *p = text, *end = text + length;
  Scaled number = { 0 };
  gboolean negative = FALSE;

  g_return_val_if_fail (mantissa != NULL && decimals != NULL, FALSE);
  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  if (p < end && *p == '-')
    {
      negative = TRUE;
      p++;
    }
  p = scaled_digits (&number, p, end);
  if (p < end && *p == decimal)
    {
      guint whole = number.digits;
      p = scaled_digits (&number, p + 1, end);
      number.decimals = number.digits - whole;
    }
  if (p < end && !scaled_slow (text, length, decimal, thousands, &number, &negative))
    return FALSE;
  if (number.digits == 0 || number.significant > MAX_DIGITS || number.decimals > MAX_DIGITS)
    return FALSE;
  *mantissa = negative ? -number.mantissa : number.mantissa;
  *decimals = number.decimals;
  return TRUE;
}
