/* ins-text.h: text ↔ number and text ↔ date, the same in every locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INS_TEXT_SIZE 40            /* enough for any number or date */
#define INS_DATE_MISSING G_MININT32 /* a date that is not there */

/* Shortest decimal form that reads back to the same double ("" for NaN); whole numbers without
 * ".0".  Writes into @buffer and returns it. */
char *ins_double_to_text (double value, char buffer[INS_TEXT_SIZE]);
/* Whole text or nothing: FALSE for "", trailing text, infinities, overflow ("1e400"). Uses a dot.
 */
gboolean ins_text_to_double (const char *text, gsize length, double *value);

/**
 * ins_text_to_scaled:
 * @decimal: the decimal mark, '.' or ','
 * @thousands: (nullable): the group mark in the file's own bytes, "" or NULL for none
 * @mantissa: the digits as an integer
 * @decimals: how many of them stand after the mark
 *
 * An exact decimal number: sign before or behind, (12) for -12, currency signs and blanks around
 * it, group marks only between groups of three.  value = mantissa / 10^decimals.
 * Returns: FALSE if it is not such a number or needs more than 18 digits (then try
 * ins_text_to_double() on the normalised text for exponents).
 */
gboolean ins_text_to_scaled (const char *text, gsize length, char decimal, const char *thousands,
                             gint64 *mantissa, guint *decimals);

/* Days since 1970-01-01, proleptic Gregorian.  @month, @day from 1. */
gint32 ins_date_from_civil (int year, int month, int day);
void ins_date_to_civil (gint32 days, int *year, int *month, int *day);
gboolean ins_date_is_valid_civil (int year, int month, int day);
/* "2016-11-29", "" for INS_DATE_MISSING. */
char *ins_date_to_text (gint32 days, char buffer[INS_TEXT_SIZE]);

/**
 * ins_text_to_date:
 * @format: strptime's %d %m %y %Y %b %B %H %I %M %S %p %T %j %% and literal characters; month
 *   names in English, any case; numbers with or without leading zeros; %y: 00 … 68 is 2000 … 2068
 *   %f is a fraction of a second, read and not kept.  Or a word for numbers that count: "excel"
 *   (days since 1900, as spreadsheets have them), "unix" (seconds since 1970), "unix-ms"
 * @days: days since 1970-01-01
 * @seconds: (optional): seconds of the day
 *
 * The whole text must match.  Returns: FALSE if it does not, or is no date (30 February).
 */
gboolean ins_text_to_date (const char *text, gsize length, const char *format, gint32 *days,
                           gint32 *seconds);

G_END_DECLS
