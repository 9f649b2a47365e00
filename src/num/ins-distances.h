/* ins-distances.h: distances from one point to a run of points
 *
 * The inner loop of silhouettes and of average and complete linkage, to be inlined into a body of
 * INS_KERNEL().  Points lie column after column; the sum over the columns goes from the first to
 * the last, whatever the width of the vectors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>

#include "num/ins-simd.h"

G_BEGIN_DECLS

#define INS_DISTANCES_TILE 64

/* Takes squared distance @r: @acc becomes the largest square so far, or gets @weight times the
 * distance. */
INS_ALWAYS_INLINE double
ins_distances_take (double acc, double r, double weight, gboolean largest)
{
  if (largest)
    return r > acc ? r : acc;
  return acc + weight * sqrt (r);
}

/* Few columns, as many as the compiler knows of. */
INS_ALWAYS_INLINE void
ins_distances_few (const double *data, gsize stride, gsize m, gsize d, const double *point,
                   double weight, gboolean largest, double *acc)
{
  for (gsize i = 0; i < m; i++)
    {
      double r = 0;
#pragma GCC unroll 8
      for (gsize j = 0; j < d; j++)
        {
          double u = data[j * stride + i] - point[j];
          r += u * u;
        }
      acc[i] = ins_distances_take (acc[i], r, weight, largest);
    }
}

INS_ALWAYS_INLINE void
ins_distances_many (const double *data, gsize stride, gsize m, gsize d, const double *point,
                    double weight, gboolean largest, double *acc)
{
  double r[INS_DISTANCES_TILE] = { 0 };

  for (gsize j = 0; j < d; j++)
    for (gsize i = 0; i < m; i++)
      {
        double u = data[j * stride + i] - point[j];
        r[i] += u * u;
      }
  for (gsize i = 0; i < m; i++)
    acc[i] = ins_distances_take (acc[i], r[i], weight, largest);
}

/* Over one tile of @m points, at most INS_DISTANCES_TILE. */
INS_ALWAYS_INLINE void
ins_distances_tile (const double *data, gsize stride, gsize m, gsize d, const double *point,
                    double weight, gboolean largest, double *acc){
#define INS_FEW(known) ins_distances_few (data, stride, m, known, point, weight, largest, acc)
  INS_BY_COLUMNS (d, INS_FEW, ins_distances_many (data, stride, m, d, point, weight, largest, acc))
#undef INS_FEW
}

G_END_DECLS
