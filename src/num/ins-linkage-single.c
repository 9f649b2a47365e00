/* ins-linkage-single.c: single linkage
 *
 * The merges are the edges of the minimum spanning tree (Gower & Ross 1969), found by Prim's method
 * with the points outside the tree packed: O(n² d) time, O(n d) memory, one thread.  Ties: the
 * place that comes first among those outside, which depends on the data only.  Equal points join
 * at height 0; so do points whose difference squared underflows.  NaN does not get here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage-private.h"

#include <math.h>

#include "num/ins-simd.h"

#define TILE 64

/* The points not yet in the tree, column after column, packed. */
typedef struct
{
  gsize n, stride, d;
  double *data;
  double *nearest; /* squared distance to the tree */
  gint64 *from;    /* point of the tree it is to */
  gint32 *ids;
} Outside;

/* The tree got @point: updates one tile and its least numbers, place by place. */
INS_ALWAYS_INLINE void
approach_tile (double *data, gsize stride, gsize m, gsize d, const double *point, gint64 id,
               double *nearest, gint64 *from, gint64 first, double *least, gint64 *least_at)
{
  double r[TILE];

  for (gsize i = 0; i < m; i++)
    {
      double u = data[i] - point[0];
      r[i] = u * u;
    }
  for (gsize j = 1; j < d; j++)
    for (gsize i = 0; i < m; i++)
      {
        double u = data[j * stride + i] - point[j];
        r[i] += u * u;
      }
  for (gsize i = 0; i < m; i++)
    {
      from[i] = r[i] < nearest[i] ? id : from[i];
      nearest[i] = r[i] < nearest[i] ? r[i] : nearest[i];
    }
  for (gsize i = 0; i < m; i++)
    {
      least_at[i] = nearest[i] < least[i] ? first + (gint64)i : least_at[i];
      least[i] = nearest[i] < least[i] ? nearest[i] : least[i];
    }
}

INS_ALWAYS_INLINE void
approach_body (Outside *out, const double *point, gint64 id, gsize *at)
{
  double least[TILE];
  gint64 least_at[TILE];
  gsize i = 0, best = 0;

  for (gsize l = 0; l < TILE; l++)
    {
      least[l] = INFINITY;
      least_at[l] = 0;
    }
  for (; i + TILE <= out->n; i += TILE)
    approach_tile (out->data + i, out->stride, TILE, out->d, point, id, out->nearest + i,
                   out->from + i, (gint64)i, least, least_at);
  if (i < out->n)
    approach_tile (out->data + i, out->stride, out->n - i, out->d, point, id, out->nearest + i,
                   out->from + i, (gint64)i, least, least_at);
  for (gsize l = 1; l < TILE; l++)
    if (least[l] < least[best] || (least[l] == least[best] && least_at[l] < least_at[best]))
      best = l;
  *at = (gsize)least_at[best];
}
INS_KERNEL (approach, (Outside * out, const double *point, gint64 id, gsize *at),
            (out, point, id, at))

/* Takes the point at @at out; the last one fills the gap. */
static void
take_out (Outside *out, gsize at, double *point)
{
  gsize last = --out->n;

  for (gsize j = 0; j < out->d; j++)
    {
      double *column = out->data + j * out->stride;
      point[j] = column[at];
      column[at] = column[last];
    }
  out->nearest[at] = out->nearest[last];
  out->from[at] = out->from[last];
  out->ids[at] = out->ids[last];
}

gboolean
ins_linkage_single (const InsMatrix *x, InsMerge *merges, InsRun *run)
{
  gsize n = x->rows, d = x->cols;
  g_autofree double *data = g_memdup2 (x->data, n * d * sizeof (double));
  g_autofree double *nearest = g_new (double, n);
  g_autofree gint64 *from = g_new0 (gint64, n);
  g_autofree gint32 *ids = g_new (gint32, n);
  g_autofree double *point = g_new (double, d);
  Outside out = { n, n, d, data, nearest, from, ids };
  gint32 id = (gint32)n - 1;

  for (gsize i = 0; i < n; i++)
    {
      nearest[i] = INFINITY;
      ids[i] = (gint32)i;
    }
  take_out (&out, n - 1, point);
  for (gsize i = 0; i + 1 < n; i++)
    {
      gsize at;
      if (!ins_run_tick (run))
        return FALSE;
      approach (&out, point, id, &at);
      id = ids[at];
      merges[i] =
          (InsMerge){ sqrt (nearest[at]), (gint32)MIN (from[at], id), (gint32)MAX (from[at], id) };
      take_out (&out, at, point);
      ins_run_advance (run, 1);
    }
  return TRUE;
}
