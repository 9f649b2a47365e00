/* ins-axis.c: scales as tables of functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-axis.h"

#include <math.h>

static double
same (double value)
{
  return value;
}

static double
log1p_forward (double value)
{
  return value < 0 ? -log1p (-value) / G_LN10 : log1p (value) / G_LN10;
}

static double
log1p_inverse (double value)
{
  return value < 0 ? -expm1 (-value * G_LN10) : expm1 (value * G_LN10);
}

static double
log_forward (double value)
{
  return log10 (MAX (value, G_MINDOUBLE));
}

static double
log_inverse (double value)
{
  return pow (10, value);
}

static double
sqrt_forward (double value)
{
  return value > 0 ? sqrt (value) : 0;
}

static double
sqrt_inverse (double value)
{
  return value > 0 ? value * value : 0;
}

const InsScaleType ins_scale_linear = { "linear", same, same, ins_ticks_linear };
const InsScaleType ins_scale_log1p = { "log1p", log1p_forward, log1p_inverse, ins_ticks_log1p };
const InsScaleType ins_scale_log = { "log", log_forward, log_inverse, ins_ticks_log };
const InsScaleType ins_scale_sqrt = { "sqrt", sqrt_forward, sqrt_inverse, ins_ticks_sqrt };
const InsScaleType ins_scale_category = { "category", same, same, ins_ticks_category };
const InsScaleType ins_scale_time = { "time", same, same, ins_ticks_time };

void
ins_axis_set_range (InsAxis *axis, const InsScaleType *type, double lo, double hi, double margin)
{
  double a, b, wider;

  g_return_if_fail (axis != NULL && type != NULL);
  axis->type = type;
  if (!isfinite (lo) || !isfinite (hi) || lo > hi)
    lo = 0, hi = 1;
  a = type->forward (lo) / 2; /* halves: 1e308 − (−1e308) is too much */
  b = type->forward (hi) / 2;
  if (!(b - a > fabs (a) * 1e-12))
    {
      wider = MAX (fabs (a) * 0.1, 0.25);
      a -= wider;
      b += wider;
    }
  wider = (b - a) * margin;
  a = CLAMP (a - wider, -G_MAXDOUBLE / 2, G_MAXDOUBLE / 2);
  b = CLAMP (b + wider, -G_MAXDOUBLE / 2, G_MAXDOUBLE / 2);
  axis->lo = type->inverse (2 * a);
  axis->hi = type->inverse (2 * b);
  if (!isfinite (axis->lo))
    axis->lo = lo;
  if (!isfinite (axis->hi))
    axis->hi = hi;
}

double
ins_axis_map (const InsAxis *axis, double value)
{
  double a = axis->type->forward (axis->lo) / 2, b = axis->type->forward (axis->hi) / 2;
  double t = (axis->type->forward (value) / 2 - a) / (b - a);
  return axis->from + CLAMP (t, -10, 10) * (axis->to - axis->from);
}

double
ins_axis_unmap (const InsAxis *axis, double position)
{
  double a = axis->type->forward (axis->lo) / 2, b = axis->type->forward (axis->hi) / 2;
  double t = axis->to != axis->from ? (position - axis->from) / (axis->to - axis->from) : 0;
  return axis->type->inverse (2 * (a + t * (b - a)));
}

gsize
ins_axis_ticks (const InsAxis *axis, gsize wanted, double *out)
{
  return axis->type->ticks (axis->lo, axis->hi, wanted, out);
}

gboolean
ins_finite_range (const double *values, gsize n, double *lo, double *hi)
{
  gboolean found = FALSE;
  for (gsize i = 0; i < n; i++)
    if (isfinite (values[i]))
      {
        *lo = found ? MIN (*lo, values[i]) : values[i];
        *hi = found ? MAX (*hi, values[i]) : values[i];
        found = TRUE;
      }
  return found;
}
