/* ins-linkage-pairs.c: single, average and complete linkage
 *
 * Single: the minimum spanning tree by Prim's method, O(n² d) time, O(n d) memory.  Average and
 * complete: the nearest-neighbour chain (Benzécri 1982, Murtagh 1983) on the condensed matrix of
 * distances, O(n²) time and 4 n² bytes; the caller has checked that they are there.  Ties: the
 * chain prefers its last but one cluster, which makes it end; equal points join at height 0.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "num/ins-simd.h"

#define TILE 64
#define ROWS 8 /* of the matrix of distances, per block */
#define HUGE_PAGE (2u << 20)
#define REPACK 2 /* when 1 / REPACK of the clusters are left */

/* ---- single linkage ---- */

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

/* ---- average and complete linkage ---- */

typedef struct
{
  InsLinkageMethod method;
  gsize n, d;        /* places in the matrix, columns */
  double *rows;      /* centred points, row after row */
  double *distances; /* condensed: i < j */
  gint32 *ids;       /* by place: a point of the cluster */
  gint32 *sizes;     /* by place */
  gint32 *active;    /* places, rising */
  gsize n_active;
  gint32 *chain;
  gsize length;
  InsRun *run;
} Pairwise;

static inline double *
pair (const Pairwise *p, gsize i, gsize j)
{
  gsize low = MIN (i, j), high = MAX (i, j);

  return p->distances + (low * (2 * p->n - low - 1) / 2 + (high - low - 1));
}

static void
distance_rows (gsize begin, gsize end, gsize block, gpointer data)
{
  Pairwise *p = data;

  for (gsize i = begin; i < end && ins_run_tick (p->run); i++)
    {
      const double *a = p->rows + i * p->d;
      double *out = i + 1 < p->n ? pair (p, i, i + 1) : NULL;
      for (gsize j = i + 1; j < p->n; j++)
        {
          const double *b = p->rows + j * p->d;
          double r = 0;
          for (gsize l = 0; l < p->d; l++)
            r += (a[l] - b[l]) * (a[l] - b[l]);
          *out++ = sqrt (r);
        }
    }
}

/* The cluster nearest to @from; ties: @first, then the lowest. */
static gint32
nearest_active (const Pairwise *p, gint32 from, gint32 first, double *distance)
{
  gint32 nearest = first;
  gsize i = 0;

  *distance = first >= 0 ? *pair (p, (gsize)from, (gsize)first) : INFINITY;
  for (; i < p->n_active && p->active[i] < from; i++)
    {
      double d = *pair (p, (gsize)p->active[i], (gsize)from);
      if (d < *distance)
        {
          *distance = d;
          nearest = p->active[i];
        }
    }
  for (; i < p->n_active; i++)
    {
      double d = p->active[i] != from ? *pair (p, (gsize)from, (gsize)p->active[i]) : INFINITY;
      if (d < *distance)
        {
          *distance = d;
          nearest = p->active[i];
        }
    }
  return nearest;
}

/* @a goes into @b. */
static void
join_into (Pairwise *p, gint32 a, gint32 b)
{
  double s = p->sizes[a], t = p->sizes[b];
  gsize kept = 0;

  for (gsize i = 0; i < p->n_active; i++)
    {
      gint32 c = p->active[i];
      double *to, from;
      if (c == a)
        continue;
      p->active[kept++] = c;
      if (c == b)
        continue;
      to = pair (p, (gsize)c, (gsize)b);
      from = *pair (p, (gsize)c, (gsize)a);
      *to = p->method == INS_LINKAGE_COMPLETE ? MAX (*to, from) : (s * from + t * *to) / (s + t);
    }
  p->n_active = kept;
  p->sizes[b] += p->sizes[a];
}

/* Moves what is left together: a column of the matrix is a step of a row each, and steps over
 * what has gone would be most of the time.  Cancelled, it leaves a ruin. */
static void
repack (Pairwise *p)
{
  Pairwise old = *p;
  g_autofree gint32 *place = g_new0 (gint32, p->n);

  p->n = p->n_active;
  for (gsize i = 0; i < p->n && ins_run_tick (p->run); i++)
    {
      gsize from = (gsize)p->active[i];
      place[from] = (gint32)i;
      p->ids[i] = p->ids[from];
      p->sizes[i] = p->sizes[from];
      for (gsize j = i + 1; j < p->n; j++) /* never to a place not yet read */
        *pair (p, i, j) = *pair (&old, from, (gsize)p->active[j]);
    }
  for (gsize i = 0; i < p->length && ins_run_tick (p->run); i++)
    p->chain[i] = place[p->chain[i]];
  for (gsize i = 0; i < p->n; i++)
    p->active[i] = (gint32)i;
}

static gboolean
follow_chain (Pairwise *p, InsMerge *merges)
{
  gsize n_merges = 0;

  while (p->n_active > 1)
    {
      gint32 last, before, nearest, a, b;
      double distance;
      if (!ins_run_tick (p->run))
        return FALSE;
      if (p->length == 0)
        p->chain[p->length++] = p->active[0];
      last = p->chain[p->length - 1];
      before = p->length > 1 ? p->chain[p->length - 2] : -1;
      nearest = nearest_active (p, last, before, &distance);
      if (nearest != before)
        {
          p->chain[p->length++] = nearest;
          continue;
        }
      a = p->ids[last];
      b = p->ids[before];
      merges[n_merges++] = (InsMerge){ distance, MIN (a, b), MAX (a, b) };
      join_into (p, last, before);
      p->length -= 2;
      if (p->n_active * REPACK <= p->n && p->n_active > TILE)
        repack (p);
      ins_run_advance (p->run, 1);
    }
  return TRUE;
}

/* Large pages, as columns jump through the matrix.  Free with free(). */
static double *
distances_new (gsize n)
{
  gsize bytes =
      (MAX (n * (n - 1) / 2, 1) * sizeof (double) + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
  double *distances = aligned_alloc (HUGE_PAGE, bytes);

  if (distances == NULL)
    g_error ("could not get %" G_GSIZE_FORMAT " bytes", bytes);
#ifdef MADV_HUGEPAGE
  madvise (distances, bytes, MADV_HUGEPAGE);
#endif
  return distances;
}

gboolean
ins_linkage_pairwise (const InsMatrix *x, InsLinkageMethod method, InsMerge *merges, InsRun *run)
{
  gsize n = x->rows;
  g_autofree double *rows = ins_linkage_centred_rows (x);
  g_autofree gint32 *ids = g_new (gint32, n);
  g_autofree gint32 *sizes = g_new (gint32, n);
  g_autofree gint32 *active = g_new (gint32, n);
  g_autofree gint32 *chain = g_new (gint32, n + 1);
  double *distances = distances_new (n);
  Pairwise p = { method, n, x->cols, rows, distances, ids, sizes, active, n, chain, 0, run };
  gboolean done;

  for (gsize i = 0; i < n; i++)
    {
      sizes[i] = 1;
      active[i] = ids[i] = (gint32)i;
    }
  done = ins_run_parallel (run, n, ROWS, distance_rows, &p) && follow_chain (&p, merges);
  free (distances);
  return done;
}
