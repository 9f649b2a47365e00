/* ins-axis.h: from data to points on the page and back; ticks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define INS_MAX_TICKS 24

/**
 * InsScaleType: a scale is a table of functions
 * @forward, @inverse: rising, finite for every finite number in the scale's domain
 * @ticks: about @wanted round numbers in [lo, hi], rising; returns how many (≤ INS_MAX_TICKS)
 */
typedef struct
{
  const char *name;
  double (*forward) (double value);
  double (*inverse) (double value);
  gsize (*ticks) (double lo, double hi, gsize wanted, double *out);
} InsScaleType;

extern const InsScaleType ins_scale_linear;
extern const InsScaleType ins_scale_log1p;    /* sign (x) log10 (1 + |x|) */
extern const InsScaleType ins_scale_log;      /* log10 of what is positive */
extern const InsScaleType ins_scale_sqrt;     /* square root of what is positive */
extern const InsScaleType ins_scale_category; /* 0, 1, 2 …: ticks at whole numbers */
extern const InsScaleType ins_scale_time;     /* months since 1970-01: ticks at quarters, years */

/* @lo, @hi: the data's range; @from, @to: where on the page (either may be larger). */
typedef struct
{
  const InsScaleType *type;
  double lo, hi;
  double from, to;
} InsAxis;

/* A range that can be drawn: finite, not empty, widened by @margin (share of the length) on each
 * side. */
void ins_axis_set_range (InsAxis *axis, const InsScaleType *type, double lo, double hi,
                         double margin);
double ins_axis_map (const InsAxis *axis, double value);
double ins_axis_unmap (const InsAxis *axis, double position);
gsize ins_axis_ticks (const InsAxis *axis, gsize wanted, double *out);

/* The smallest and largest finite number; FALSE if there is none. */
gboolean ins_finite_range (const double *values, gsize n, double *lo, double *hi);

/* --- ticks: pure functions --- */

/* Multiples of 1, 2, 2.5 or 5 × 10^e inside [lo, hi], at most 2 × @wanted of them, rising. */
gsize ins_ticks_linear (double lo, double hi, gsize wanted, double *out);
/* 0, powers of ten (thinned out where they are many) and their negatives inside [lo, hi]. */
gsize ins_ticks_log1p (double lo, double hi, gsize wanted, double *out);
gsize ins_ticks_log (double lo, double hi, gsize wanted, double *out);
/* Squares of round numbers are not round: round numbers that lie evenly under the square root. */
gsize ins_ticks_sqrt (double lo, double hi, gsize wanted, double *out);
gsize ins_ticks_category (double lo, double hi, gsize wanted, double *out);
gsize ins_ticks_time (double lo, double hi, gsize wanted, double *out);
/* Decimals that tell the ticks apart. */
int ins_ticks_decimals (const double *ticks, gsize n);

G_END_DECLS
