/* ins-ticks.c: round numbers for axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "chart/ins-axis.h"

#include <math.h>

static const double steps[] = { 1, 2, 2.5, 5, 10 };

/* The smallest of 1, 2, 2.5, 5 × 10^e that is ≥ @rough. */
static double
round_step (double rough)
{
  double power = pow (10, floor (log10 (rough)));
  if (power <= 0 || !isfinite (power))
    return rough;
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * power >= rough * (1 - 1e-9))
      return steps[i] * power;
  return 10 * power;
}

/* The round step whose number of ticks comes nearest to what is wanted; 2.5 needs one digit more
 * and must be worth it. */
static double
best_step (double lo, double hi, gsize wanted)
{
  double rough = hi / wanted - lo / wanted, power = pow (10, floor (log10 (rough)) - 1);
  double best = round_step (rough), least = G_MAXDOUBLE;
  if (power <= 0 || !isfinite (power * 1000))
    return best;
  for (gsize i = 0; i < 3 * (G_N_ELEMENTS (steps) - 1); i++)
    {
      double step = steps[i % 4] * power * pow (10, i / 4);
      double n = floor (hi / step + 1e-9) - ceil (lo / step - 1e-9) + 1;
      double cost =
          (n < wanted ? 1.3 * (wanted - n) : n - wanted) + (i % 4 == 2 ? 1.2 : 0) + (n < 2 ? 3 : 0);
      if (n <= 2.0 * wanted && n <= INS_MAX_TICKS && cost <= least)
        {
          least = cost;
          best = step;
        }
    }
  return best;
}

static gsize
multiples (double lo, double hi, double step, double *out)
{
  double first = ceil (lo / step - 1e-9), last = floor (hi / step + 1e-9);
  gsize n = 0;
  if (!(step > 0) || !isfinite (step) || !isfinite (first) || !isfinite (last))
    return 0;
  for (double i = first; i <= last && n < INS_MAX_TICKS; i++)
    {
      double tick = i * step;
      if (n > 0 && tick <= out[n - 1])
        break; /* the step is lost beside the numbers */
      out[n++] = CLAMP (tick, lo, hi) == tick ? tick : CLAMP (tick, lo, hi);
      if (i + 1 == i)
        break;
    }
  return n;
}

gsize
ins_ticks_linear (double lo, double hi, gsize wanted, double *out)
{
  g_return_val_if_fail (out != NULL, 0);
  if (!isfinite (lo) || !isfinite (hi) || lo > hi || wanted == 0)
    return 0;
  if (lo == hi)
    {
      out[0] = lo;
      return 1;
    }
  return multiples (lo, hi, best_step (lo, hi, wanted), out);
}

/* Powers of ten 10^a … 10^b, every @by-th. */
static gsize
powers (int a, int b, int by, double lo, double hi, double *out, gsize n)
{
  for (int e = a; e <= b && n < INS_MAX_TICKS; e += by)
    {
      double tick = pow (10, e);
      if (tick >= lo && tick <= hi)
        out[n++] = tick;
    }
  return n;
}

gsize
ins_ticks_log (double lo, double hi, gsize wanted, double *out)
{
  int a, b, by;
  gsize n;
  g_return_val_if_fail (out != NULL, 0);
  if (!isfinite (lo) || !isfinite (hi) || lo > hi || lo <= 0 || wanted == 0)
    return 0;
  a = (int)ceil (log10 (lo) - 1e-9);
  b = (int)floor (log10 (hi) + 1e-9);
  by = MAX (1, (int)((b - a + (int)wanted) / (int)wanted));
  n = b - a >= 2 ? powers (a, b, by, lo, hi, out, 0) : 0;
  if (n >= 2)
    return n;
  if (hi / lo > 5) /* less than three powers: 1, 2, 5 */
    for (int e = (int)floor (log10 (lo)); e <= b; e++)
      for (int m = 1; m <= 5 && n < INS_MAX_TICKS; m = m == 1 ? 2 : m == 2 ? 5 : 6)
        {
          double tick = m * pow (10, e);
          if (tick >= lo && tick <= hi)
            out[n++] = tick;
        }
  return n >= 2 ? n : ins_ticks_linear (lo, hi, wanted, out);
}

/* 0, 1, 10, 100 … up to @hi, at most about @wanted. */
static gsize
zero_and_powers (double hi, gsize wanted, double *out)
{
  int b = hi >= 1 ? (int)floor (log10 (hi) + 1e-9) : -1;
  int by = MAX (1, (int)((b + 1 + (int)wanted) / (int)wanted));
  out[0] = 0;
  return powers (b >= 0 ? b % by : 0, b, by, 1, hi, out, 1);
}

gsize
ins_ticks_log1p (double lo, double hi, gsize wanted, double *out)
{
  double up[INS_MAX_TICKS], down[INS_MAX_TICKS];
  gsize n_up, n_down, n = 0;

  g_return_val_if_fail (out != NULL, 0);
  if (!isfinite (lo) || !isfinite (hi) || lo > hi || wanted == 0)
    return 0;
  if (MAX (fabs (lo), fabs (hi)) < 5 || (lo > 0 && hi / lo < 20) || (hi < 0 && lo / hi < 20))
    return ins_ticks_linear (lo, hi, wanted, out);
  n_up = hi > 0 ? zero_and_powers (hi, wanted, up) : 0;
  n_down = lo < 0 ? zero_and_powers (-lo, wanted, down) : 0;
  for (gsize i = n_down; i-- > 1 && n < INS_MAX_TICKS;)
    if (-down[i] <= hi)
      out[n++] = -down[i];
  if (lo <= 0 && hi >= 0 && n < INS_MAX_TICKS)
    out[n++] = 0;
  for (gsize i = 1; i < n_up && n < INS_MAX_TICKS; i++)
    if (up[i] >= lo)
      out[n++] = up[i];
  return n;
}

gsize
ins_ticks_sqrt (double lo, double hi, gsize wanted, double *out)
{
  gsize n = 0;
  double previous = -1;

  g_return_val_if_fail (out != NULL, 0);
  if (!isfinite (lo) || !isfinite (hi) || lo > hi || wanted == 0)
    return 0;
  if (lo < 0)
    return ins_ticks_linear (lo, hi, wanted, out);
  for (gsize i = 0; i <= wanted && n < INS_MAX_TICKS; i++)
    {
      double root = sqrt (lo) + (sqrt (hi) - sqrt (lo)) * i / wanted, value = root * root;
      double power = value > 0 ? pow (10, floor (log10 (value))) : 1;
      double tick = value > 0 ? floor (value / power + 1e-9) * power : 0;
      if (isfinite (tick) && tick >= lo && tick <= hi && tick > previous)
        previous = out[n++] = tick;
    }
  return n;
}

gsize
ins_ticks_category (double lo, double hi, gsize wanted, double *out)
{
  double step;
  g_return_val_if_fail (out != NULL, 0);
  if (!isfinite (lo) || !isfinite (hi) || lo > hi || wanted == 0)
    return 0;
  step = MAX (1, ceil ((hi - lo) / wanted));
  if (step > 2)
    step = round_step (step);
  step = MAX (1, floor (step + 0.5));
  return multiples (lo, hi, step, out);
}

gsize
ins_ticks_time (double lo, double hi, gsize wanted, double *out)
{
  const double months[] = { 1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200 };
  g_return_val_if_fail (out != NULL, 0);
  if (!isfinite (lo) || !isfinite (hi) || lo > hi || wanted == 0)
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (months); i++)
    if ((hi - lo) / months[i] <= wanted)
      return multiples (lo, hi, months[i], out);
  return multiples (lo, hi, 12 * round_step ((hi - lo) / 12 / wanted), out);
}

int
ins_ticks_decimals (const double *ticks, gsize n)
{
  for (int decimals = 0; decimals < 12; decimals++)
    {
      gboolean exact = TRUE;
      double power = pow (10, decimals);
      for (gsize i = 0; i < n && exact; i++)
        {
          double t = ticks[i] * power;
          double gap = i > 0 ? fabs (ticks[i] - ticks[i - 1]) * power : fabs (t);
          exact = fabs (t - floor (t + 0.5)) <= 1e-6 * MAX (gap, 1e-3) || !isfinite (t);
        }
      if (exact)
        return decimals;
    }
  return 12;
}
