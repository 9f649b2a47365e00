/* ins-kmeans-seed.c: greedy k-means++
 *
 * Arthur & Vassilvitskii 2007: each centre is a point drawn with probability proportional to its
 * squared distance to the nearest centre so far; of 2 + ⌊ln k⌋ such points the one that leaves the
 * smallest sum is taken.  Tiles too far from a point to gain by it are passed over, which changes
 * nothing (Raff 2021 does so point by point).  O(n k d ln k) time at worst, O(n) memory.  The
 * numbers are a function of (seed, stream, centre, trial) and sums have a fixed tree, so that
 * threads do not matter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-kmeans-private.h"

#include <math.h>
#include <string.h>

#include "base/ins-random.h"
#include "num/ins-simd.h"

#define TILE INS_KMEANS_TILE
#define MAX_TRIALS 32
#define SLACK 1e-9           /* of a bound: far above rounding */
#define TRIALS_PER_CENTRE 64 /* room in the counter of random numbers */

typedef struct
{
  const InsKmeansProblem *problem;
  double *closest; /* squared distance to the nearest centre, padded with 0 */
  double *sums;    /* of @closest per tile */
  double *running; /* of @sums */
  double *far;     /* per tile: a new centre this far (squared) from the hub changes nothing */
  guint n_trials;
  double *trials;   /* n_trials × d: coordinates */
  double *partials; /* per block and trial: what the sum would be */
} Seeding;

/* out[i] = min (closest[i], squared distance to @point). */
INS_ALWAYS_INLINE void
nearer (const double *tile, gsize d, const double *point, const double *closest, double *out)
{
  double r[TILE];

  for (gsize i = 0; i < TILE; i++)
    {
      double u = tile[i] - point[0];
      r[i] = u * u;
    }
  for (gsize j = 1; j < d; j++)
    for (gsize i = 0; i < TILE; i++)
      {
        double u = tile[j * TILE + i] - point[j];
        r[i] += u * u;
      }
  for (gsize i = 0; i < TILE; i++)
    out[i] = r[i] < closest[i] ? r[i] : closest[i];
}

/* What a tile's sum would be with @point as a centre. */
INS_ALWAYS_INLINE void
tile_sum_body (const double *tile, gsize d, const double *point, const double *closest, double *sum)
{
  double out[TILE];

  if (d == 2)
    nearer (tile, 2, point, closest, out);
  else
    nearer (tile, d, point, closest, out);
  *sum = ins_simd_sum64 (out);
}
INS_KERNEL (tile_sum,
            (const double *tile, gsize d, const double *point, const double *closest, double *sum),
            (tile, d, point, closest, sum))

/* With @point as a centre: the distances, their sum and the largest. */
INS_ALWAYS_INLINE void
tile_update_body (const double *tile, gsize d, const double *point, double *closest, double *sum,
                  double *largest)
{
  double out[TILE];

  nearer (tile, d, point, closest, out);
  memcpy (closest, out, sizeof out);
  *largest = ins_simd_max64 (out);
  memcpy (out, closest, sizeof out);
  *sum = ins_simd_sum64 (out);
}
INS_KERNEL (tile_update,
            (const double *tile, gsize d, const double *point, double *closest, double *sum,
             double *largest),
            (tile, d, point, closest, sum, largest))

/* Whether @point is too far from the tile to be nearer than what its points have. */
static inline gboolean
is_far (const Seeding *s, gsize tile, const double *point)
{
  const double *hub = s->problem->hubs + tile * s->problem->d;
  double r = 0;

  for (gsize j = 0; j < s->problem->d; j++)
    {
      double u = hub[j] - point[j];
      r += u * u;
    }
  return r > s->far[tile];
}

static void
try_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Seeding *s = data;
  const InsKmeansProblem *p = s->problem;
  double *partials = s->partials + block * MAX_TRIALS;

  memset (partials, 0, MAX_TRIALS * sizeof (double));
  for (gsize i = begin; i < end; i += TILE)
    for (guint t = 0; t < s->n_trials; t++)
      {
        double sum = s->sums[i / TILE];
        if (!is_far (s, i / TILE, s->trials + t * p->d))
          tile_sum (p->tiles + i * p->d, p->d, s->trials + t * p->d, s->closest + i, &sum);
        partials[t] += sum;
      }
}

/* The first of the trials becomes a centre. */
static void
update_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Seeding *s = data;
  const InsKmeansProblem *p = s->problem;

  for (gsize i = begin; i < end; i += TILE)
    {
      gsize tile = i / TILE;
      double largest, far;
      if (is_far (s, tile, s->trials))
        continue;
      tile_update (p->tiles + i * p->d, p->d, s->trials, s->closest + i, &s->sums[tile], &largest);
      far = p->reach[tile] + sqrt (largest);
      s->far[tile] = far * far * (1 + SLACK);
    }
}

static void
set_trial (Seeding *s, guint trial, gsize point)
{
  for (gsize j = 0; j < s->problem->d; j++)
    s->trials[trial * s->problem->d + j] = ins_kmeans_coordinate (s->problem, point, j);
}

/* Takes @trial as a centre.  Returns: FALSE if cancelled. */
static gboolean
take_trial (Seeding *s, guint trial, double *centre)
{
  const InsKmeansProblem *p = s->problem;
  double sum = 0;

  memmove (s->trials, s->trials + trial * p->d, p->d * sizeof (double));
  memcpy (centre, s->trials, p->d * sizeof (double));
  if (!ins_run_parallel (p->run, p->n, INS_KMEANS_BLOCK, update_block, s))
    return FALSE;
  for (gsize t = 0; t < p->n_tiles; t++)
    s->running[t] = sum += s->sums[t];
  return TRUE;
}

/* The point at @u (0 … 1) of the running sum of squared distances. */
static gsize
draw (const Seeding *s, double u, guint32 any)
{
  gsize low = 0, high = s->problem->n_tiles - 1, chosen = G_MAXSIZE;
  double target = u * s->running[high], sum;

  if (!(s->running[high] > 0))
    return any;
  while (low < high)
    {
      gsize middle = (low + high) / 2;
      if (s->running[middle] > target)
        high = middle;
      else
        low = middle + 1;
    }
  sum = low > 0 ? s->running[low - 1] : 0;
  for (gsize i = low * TILE; i < MIN ((low + 1) * TILE, s->problem->n); i++)
    {
      if (!(s->closest[i] > 0))
        continue;
      chosen = i;
      sum += s->closest[i];
      if (sum > target)
        break;
    }
  return chosen != G_MAXSIZE ? chosen : any;
}

static guint
best_trial (const Seeding *s)
{
  double least = INFINITY;
  guint best = 0;

  for (guint t = 0; t < s->n_trials; t++)
    {
      double sum = 0;
      for (gsize b = 0; b < ins_kmeans_n_blocks (s->problem); b++)
        sum += s->partials[b * MAX_TRIALS + t];
      if (sum < least)
        {
          least = sum;
          best = t;
        }
    }
  return best;
}

gboolean
ins_kmeans_seed (const InsKmeansProblem *p, gsize k, guint64 seed, guint64 stream, double *centres)
{
  g_autofree double *closest = g_new (double, p->n_tiles *TILE);
  g_autofree double *sums = g_new (double, p->n_tiles);
  g_autofree double *running = g_new (double, p->n_tiles);
  g_autofree double *far = g_new (double, p->n_tiles);
  g_autofree double *trials = g_new (double, MAX_TRIALS * p->d);
  g_autofree double *partials = g_new (double, ins_kmeans_n_blocks (p) * MAX_TRIALS);
  Seeding s = { p, closest, sums, running, far, 0, trials, partials };

  g_assert (k >= 1 && p->n >= k);

  s.n_trials = (guint)MIN (MAX_TRIALS, 2 + floor (log ((double)k)));
  for (gsize i = 0; i < p->n_tiles * TILE; i++)
    closest[i] = i < p->n ? INFINITY : 0;
  for (gsize t = 0; t < p->n_tiles; t++)
    far[t] = INFINITY;
  set_trial (&s, 0, ins_random_below (seed, stream, 0, (guint32)p->n));
  if (!take_trial (&s, 0, centres))
    return FALSE;
  for (gsize c = 1; c < k; c++)
    {
      for (guint t = 0; t < s.n_trials; t++)
        {
          guint64 index = c * TRIALS_PER_CENTRE + 2 * t;
          set_trial (&s, t,
                     draw (&s, ins_random_double (seed, stream, index),
                           ins_random_below (seed, stream, index + 1, (guint32)p->n)));
        }
      if (!ins_run_parallel (p->run, p->n, INS_KMEANS_BLOCK, try_block, &s)
          || !take_trial (&s, best_trial (&s), centres + c * p->d))
        return FALSE;
    }
  return TRUE;
}
