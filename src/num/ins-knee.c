/* ins-knee.c: the knee of a falling, convex curve
 *
 * Kneedle (Satopää, Albrecht, Irwin, Raghavan 2011), offline.  Both axes are scaled to 0 … 1 and
 * the curve is turned over, so that it rises above the diagonal; the knee is the first local
 * maximum of the height above the diagonal from which the height falls by more than @s mean steps
 * of x before it rises again.  After a local minimum the threshold is 0, as in yellowbrick.
 * Ends are no knees.  O(n) time and memory; no ticks, as there is one point per number of clusters.
 * A flat curve, NaN, infinities or rising y have none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-knee.h"

#include <math.h>

#define ABOVE 1e-9 /* the diagonal: more than rounding */

/* Height above the diagonal at every point; NULL where the curve has no extent. */
static double *
heights (const double *x, const double *y, gsize n)
{
  double min = y[0], max = y[0], width = x[n - 1] - x[0];
  double *height;

  for (gsize i = 1; i < n; i++)
    {
      if (!(x[i] > x[i - 1]))
        return NULL;
      min = fmin (min, y[i]);
      max = fmax (max, y[i]);
    }
  if (!isfinite (width) || !isfinite (max - min) || max == min)
    return NULL;
  height = g_new (double, n);
  for (gsize i = 0; i < n; i++)
    height[i] = (max - y[i]) / (max - min) - (x[i] - x[0]) / width;
  return height;
}

gssize
ins_knee_find (const double *x, const double *y, gsize n, double s)
{
  g_autofree double *height = NULL;
  gssize peak = -1;
  double threshold = 0;

  g_return_val_if_fail ((x != NULL && y != NULL) || n == 0, -1);

  if (n < 3)
    return -1;
  for (gsize i = 0; i < n; i++)
    if (!isfinite (x[i]) || !isfinite (y[i]))
      return -1;
  height = heights (x, y, n);
  if (height == NULL)
    return -1;
  for (gsize i = 1; i + 1 < n; i++)
    {
      double before = height[i - 1], after = height[i + 1];
      if (height[i] > ABOVE && height[i] >= before && height[i] >= after)
        {
          peak = (gssize)i;
          threshold = height[i] - s / (double)(n - 1);
        }
      if (peak >= 0 && height[i] <= before && height[i] <= after)
        threshold = 0;
      if (peak >= 0 && after < threshold)
        return peak;
    }
  return -1;
}
