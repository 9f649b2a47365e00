/* ins-format.h: numbers for people
 *
 * Decimal mark and group mark follow the locale; never for files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "541,909", "−0.25": with group marks and @decimals.  (transfer full) */
char *ins_format_number (double value, int decimals);
/* Three significant digits in prose: "0.352", "12.4", "1,234", "1.23 M" from a million on.
 * (transfer full) */
char *ins_format_short (double value);
/* @unit: "money": "£1.23 M", "£888 k" (@currency before it, may be NULL); "percent": 0.39 is "39
 * %"; "ratio": "8.1×"; NULL or "": a number; any other: a word after the number.  NaN is "–".
 * (transfer full) */
char *ins_format_value (double value, const char *unit, const char *currency);
/* For ticks: the same, but all with @decimals and without the word.  (transfer full) */
char *ins_format_tick (double value, int decimals, const char *unit, const char *currency);

/* The @i-th of evenly spaced ticks, all with the same decimals and the same "k" or "M".
 * (transfer full) */
char *ins_format_tick_of (const double *ticks, gsize n, gsize i, const char *unit,
                          const char *currency);

G_END_DECLS
