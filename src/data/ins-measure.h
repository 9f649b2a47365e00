/* ins-measure.h: amounts and quantities per line, summed exactly where they are exact
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-stats.h"
#include "data/ins-table.h"

G_BEGIN_DECLS

/**
 * InsMeasure:
 * @exact: (nullable): per line an integer, value = exact / divisor
 * @approx: (nullable): per line the value; used where @exact is NULL
 *
 * Neither is set where the table has no such column.  Missing: INS_SCALED_MISSING, NaN.
 */
typedef struct
{
  const gint64 *exact;
  const double *approx;
  double divisor;
  /*< private >*/
  gint64 *owned_exact;
  double *owned_approx;
} InsMeasure;

/* A sum over lines of one measure: integers as integers, the rest compensated.  Start with { 0 }.
 */
typedef struct
{
  __int128 exact;
  InsSum approx;
} InsTotal;

/* The column's own numbers.  @column: (nullable) */
void ins_measure_init (InsMeasure *measure, const InsColumn *column);
/* Quantity × price, or the amount column where there is no price.  @quantity: (nullable): per line
 * what replaces the quantity (capped outliers). */
void ins_measure_init_amount (InsMeasure *measure, const InsTable *table, const double *quantity);
void ins_measure_clear (InsMeasure *measure);

static inline gboolean
ins_measure_is_set (const InsMeasure *measure)
{
  return measure->exact || measure->approx;
}

/* NaN when missing. */
double ins_measure_get (const InsMeasure *measure, gsize row);

static inline gboolean
ins_measure_is_missing (const InsMeasure *measure, gsize row)
{
  if (measure->exact)
    return measure->exact[row] == INS_SCALED_MISSING;
  return measure->approx[row] != measure->approx[row];
}

static inline gboolean
ins_measure_is_negative (const InsMeasure *measure, gsize row)
{
  return measure->exact ? measure->exact[row] < 0 : measure->approx[row] < 0;
}

static inline void
ins_total_add (InsTotal *total, const InsMeasure *measure, gsize row)
{
  if (measure->exact)
    total->exact += measure->exact[row];
  else if (measure->approx)
    ins_sum_add (&total->approx, measure->approx[row]);
}

/* One division at the end; NaN where the measure is not set. */
double ins_total_get (const InsTotal *total, const InsMeasure *measure);

G_END_DECLS
