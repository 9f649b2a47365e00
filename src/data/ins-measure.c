/* ins-measure.c: amounts and quantities per line, summed exactly where they are exact
 *
 * Decimal numbers come as integers with a common number of decimals, so quantity × price is an
 * integer product and a sum has no rounding until its single division.  A product that does not
 * fit 64 bits makes the whole measure approximate.  O(lines).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-measure.h"

#include <math.h>

static double
power_of_ten (guint exponent)
{
  double power = 1;

  while (exponent--)
    power *= 10; /* exact up to 10^22 */
  return power;
}

void
ins_measure_init (InsMeasure *measure, const InsColumn *column)
{
  g_return_if_fail (measure != NULL);

  *measure = (InsMeasure){ .divisor = 1 };
  if (!column || column->type != INS_COLUMN_NUMBER)
    return;
  measure->exact = column->scaled;
  measure->approx = column->values;
  if (column->scaled)
    measure->divisor = power_of_ten (column->decimals);
}

static gboolean
multiply_exact (InsMeasure *measure, const InsColumn *quantity, const InsColumn *price,
                gsize n_rows)
{
  g_autofree gint64 *product = NULL;

  if (!quantity->scaled || !price->scaled)
    return FALSE;
  product = g_new (gint64, MAX (n_rows, 1));
  for (gsize i = 0; i < n_rows; i++)
    {
      gint64 q = quantity->scaled[i], p = price->scaled[i];

      if (q == INS_SCALED_MISSING || p == INS_SCALED_MISSING)
        product[i] = INS_SCALED_MISSING;
      else if (__builtin_mul_overflow (q, p, &product[i]) || product[i] == INS_SCALED_MISSING)
        return FALSE;
    }
  measure->divisor = power_of_ten (quantity->decimals + price->decimals);
  measure->exact = measure->owned_exact = g_steal_pointer (&product);
  return TRUE;
}

static void
multiply_approx (InsMeasure *measure, const InsTable *table, const double *replaced)
{
  const InsColumn *quantity = ins_table_get (table, INS_ROLE_QUANTITY);
  const InsColumn *price = ins_table_get (table, INS_ROLE_PRICE);
  const InsColumn *amount = ins_table_get (table, INS_ROLE_AMOUNT);
  double *product = g_new (double, MAX (table->n_rows, 1));

  for (gsize i = 0; i < table->n_rows; i++)
    {
      double q = ins_column_get_number (quantity, i);

      if (price)
        product[i] = (replaced ? replaced[i] : q) * ins_column_get_number (price, i);
      else if (replaced && replaced[i] != q && q != 0)
        product[i] = ins_column_get_number (amount, i) * (replaced[i] / q);
      else
        product[i] = ins_column_get_number (amount, i);
    }
  measure->divisor = 1;
  measure->approx = measure->owned_approx = product;
}

void
ins_measure_init_amount (InsMeasure *measure, const InsTable *table, const double *quantity)
{
  const InsColumn *quantities, *prices, *amounts;

  g_return_if_fail (measure != NULL && table != NULL);

  *measure = (InsMeasure){ .divisor = 1 };
  quantities = ins_table_get (table, INS_ROLE_QUANTITY);
  prices = ins_table_get (table, INS_ROLE_PRICE);
  amounts = ins_table_get (table, INS_ROLE_AMOUNT);
  if (quantities && prices)
    {
      if (quantity || !multiply_exact (measure, quantities, prices, table->n_rows))
        multiply_approx (measure, table, quantity);
    }
  else if (quantity && quantities && amounts)
    multiply_approx (measure, table, quantity);
  else
    ins_measure_init (measure, amounts);
}

void
ins_measure_clear (InsMeasure *measure)
{
  g_free (measure->owned_exact);
  g_free (measure->owned_approx);
  *measure = (InsMeasure){ .divisor = 1 };
}

double
ins_measure_get (const InsMeasure *measure, gsize row)
{
  if (!ins_measure_is_set (measure) || ins_measure_is_missing (measure, row))
    return NAN;
  return measure->exact ? (double)measure->exact[row] / measure->divisor : measure->approx[row];
}

double
ins_total_get (const InsTotal *total, const InsMeasure *measure)
{
  if (measure->exact)
    return (double)total->exact / measure->divisor;
  return measure->approx ? ins_sum_get (&total->approx) : NAN;
}
