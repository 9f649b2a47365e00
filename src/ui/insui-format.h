/* insui-format.h: numbers as people read them, in their locale
 *
 * Never for files: those use ins-text.h.  All results are (transfer full).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-features.h"

G_BEGIN_DECLS

#define INSUI_MISSING "–" /* a number that does not exist */

/* "541,909" */
char *insui_format_count (guint64 n);
/* "1,234.50" with exactly @decimals digits; INSUI_MISSING for NaN. */
char *insui_format_number (double value, int decimals);
/* Three significant digits: "39.1", "0.0123", "8.1". */
char *insui_format_short (double value);
/* A share 0 … 1: "39.1 %". */
char *insui_format_percent (double share);
/* Prose and axes: "£1.21 M", "£613"; @currency may be "". */
char *insui_format_money (double value, const char *currency);
/* Tables: "£1,234.50". */
char *insui_format_money_exact (double value, const char *currency);
/* "3.1×" */
char *insui_format_ratio (double ratio);
/* One feature's value for a table cell: its own decimals, no unit (that is in the header). */
char *insui_format_feature (const InsFeatureInfo *info, double value);
/* The same with its unit, for prose and cards: "£5,391.21", "372 days". */
char *insui_format_feature_unit (const InsFeatureInfo *info, double value, const char *currency);
/* Column header: "Recency (days)", "Revenue (£)". */
char *insui_format_feature_title (const InsFeatureInfo *info, const char *currency);

G_END_DECLS
