/* ins-kmeans-seed.c: greedy k-means++
 *
 * Arthur & Vassilvitskii 2007: each centre is a point drawn with probability proportional to its
 * squared distance to the nearest centre so far; of 2 + ⌊ln k⌋ such points the one that leaves the
 * smallest sum is taken.  O(n k d ln k) time, O(n) memory.  The numbers are a function of (seed,
 * stream, centre, trial) and sums have a fixed tree, so that threads do not matter.
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
#define TRIALS_PER_CENTRE 64 /* room in the counter of random numbers */

typedef struct
{
  const InsMatrix *x;
  gsize n_tiles;
  double *closest; /* squared distance to the nearest centre, padded with 0 */
  double *sums;    /* per tile; after the pass, running */
  guint n_trials;
  double *trials;   /* n_trials × d: coordinates */
  double *partials; /* per block and trial: what the sum would be */
  InsRun *run;
} Seeding;

/* out[i] = min (closest[i], squared distance to @point) for one tile of @m points. */
INS_ALWAYS_INLINE void
nearer (const double *data, gsize stride, gsize m, gsize d, const double *point,
        const double *closest, double *out)
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
    out[i] = r[i] < closest[i] ? r[i] : closest[i];
}

/* Sum over one tile of what @point would leave. */
INS_ALWAYS_INLINE void
tile_sum_body (const double *data, gsize stride, gsize m, gsize d, const double *point,
               const double *closest, double *sum)
{
  double out[TILE];

  if (m == TILE && d == 2)
    nearer (data, stride, TILE, 2, point, closest, out);
  else if (m == TILE)
    nearer (data, stride, TILE, d, point, closest, out);
  else
    {
      memset (out, 0, sizeof out);
      nearer (data, stride, m, d, point, closest, out);
    }
  *sum = ins_simd_sum64 (out);
}
INS_KERNEL (tile_sum,
            (const double *data, gsize stride, gsize m, gsize d, const double *point,
             const double *closest, double *sum),
            (data, stride, m, d, point, closest, sum))

INS_ALWAYS_INLINE void
tile_update_body (const double *data, gsize stride, gsize m, gsize d, const double *point,
                  double *closest, double *sum)
{
  double out[TILE];

  if (m == TILE && d == 2)
    nearer (data, stride, TILE, 2, point, closest, out);
  else if (m == TILE)
    nearer (data, stride, TILE, d, point, closest, out);
  else
    {
      memset (out, 0, sizeof out);
      nearer (data, stride, m, d, point, closest, out);
    }
  memcpy (closest, out, m * sizeof (double));
  *sum = ins_simd_sum64 (out);
}
INS_KERNEL (tile_update,
            (const double *data, gsize stride, gsize m, gsize d, const double *point,
             double *closest, double *sum),
            (data, stride, m, d, point, closest, sum))

static void
try_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Seeding *s = data;
  double *partials = s->partials + block * MAX_TRIALS;

  memset (partials, 0, MAX_TRIALS * sizeof (double));
  for (gsize i = begin; i < end; i += TILE)
    for (guint t = 0; t < s->n_trials; t++)
      {
        double sum;
        tile_sum (s->x->data + i, s->x->rows, MIN (TILE, end - i), s->x->cols,
                  s->trials + t * s->x->cols, s->closest + i, &sum);
        partials[t] += sum;
      }
}

/* The first of the trials becomes a centre. */
static void
update_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Seeding *s = data;

  for (gsize i = begin; i < end; i += TILE)
    tile_update (s->x->data + i, s->x->rows, MIN (TILE, end - i), s->x->cols, s->trials,
                 s->closest + i, &s->sums[i / TILE]);
}

static void
set_trial (Seeding *s, guint trial, gsize point)
{
  for (gsize j = 0; j < s->x->cols; j++)
    s->trials[trial * s->x->cols + j] = ins_matrix_get (s->x, point, j);
}

/* Takes @trial as a centre.  Returns: FALSE if cancelled. */
static gboolean
take_trial (Seeding *s, guint trial, double *centre)
{
  gsize d = s->x->cols;

  memmove (s->trials, s->trials + trial * d, d * sizeof (double));
  memcpy (centre, s->trials, d * sizeof (double));
  if (!ins_run_parallel (s->run, s->x->rows, INS_KMEANS_BLOCK, update_block, s))
    return FALSE;
  for (gsize t = 1; t < s->n_tiles; t++)
    s->sums[t] += s->sums[t - 1];
  return TRUE;
}

/* The point at @u (0 … 1) of the running sum of squared distances. */
static gsize
draw (const Seeding *s, double u, guint32 any)
{
  double target = u * s->sums[s->n_tiles - 1], sum;
  gsize low = 0, high = s->n_tiles - 1, chosen = G_MAXSIZE;

  if (!(s->sums[s->n_tiles - 1] > 0))
    return any;
  while (low < high)
    {
      gsize middle = (low + high) / 2;
      if (s->sums[middle] > target)
        high = middle;
      else
        low = middle + 1;
    }
  sum = low > 0 ? s->sums[low - 1] : 0;
  for (gsize i = low * TILE; i < MIN ((low + 1) * TILE, s->x->rows); i++)
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
  gsize n_blocks = (s->x->rows + INS_KMEANS_BLOCK - 1) / INS_KMEANS_BLOCK;
  double least = INFINITY;
  guint best = 0;

  for (guint t = 0; t < s->n_trials; t++)
    {
      double sum = 0;
      for (gsize b = 0; b < n_blocks; b++)
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
ins_kmeans_seed (const InsMatrix *x, gsize k, guint64 seed, guint64 stream, double *centres,
                 InsRun *run)
{
  gsize n = x->rows, n_blocks = (n + INS_KMEANS_BLOCK - 1) / INS_KMEANS_BLOCK;
  gsize n_tiles = (n + TILE - 1) / TILE;
  g_autofree double *closest = g_new (double, n_tiles *TILE);
  g_autofree double *sums = g_new (double, n_tiles);
  g_autofree double *trials = g_new (double, MAX_TRIALS * x->cols);
  g_autofree double *partials = g_new (double, n_blocks *MAX_TRIALS);
  Seeding s = { x, n_tiles, closest, sums, 0, trials, partials, run };

  g_assert (k >= 1 && n >= k);

  s.n_trials = (guint)MIN (MAX_TRIALS, 2 + floor (log ((double)k)));
  for (gsize i = 0; i < n_tiles * TILE; i++)
    closest[i] = i < n ? INFINITY : 0;
  set_trial (&s, 0, ins_random_below (seed, stream, 0, (guint32)n));
  if (!take_trial (&s, 0, centres))
    return FALSE;
  for (gsize c = 1; c < k; c++)
    {
      for (guint t = 0; t < s.n_trials; t++)
        {
          guint64 index = c * TRIALS_PER_CENTRE + 2 * t;
          set_trial (&s, t,
                     draw (&s, ins_random_double (seed, stream, index),
                           ins_random_below (seed, stream, index + 1, (guint32)n)));
        }
      if (!ins_run_parallel (run, n, INS_KMEANS_BLOCK, try_block, &s)
          || !take_trial (&s, best_trial (&s), centres + c * x->cols))
        return FALSE;
    }
  return TRUE;
}

/* ---- different rows ---- */

static guint64
row_hash (const InsMatrix *x, gsize row)
{
  guint64 hash = 0;

  for (gsize j = 0; j < x->cols; j++)
    {
      double value = ins_matrix_get (x, row, j) + 0.0; /* -0 is 0 */
      guint64 bits;
      memcpy (&bits, &value, sizeof bits);
      hash = ins_random_mix (hash ^ bits);
    }
  return hash;
}

static gboolean
rows_equal (const InsMatrix *x, gsize a, gsize b)
{
  for (gsize j = 0; j < x->cols; j++)
    if (ins_matrix_get (x, a, j) != ins_matrix_get (x, b, j))
      return FALSE;
  return TRUE;
}

gboolean
ins_kmeans_has_distinct (const InsMatrix *x, gsize k)
{
  g_autofree gsize *table = NULL; /* row + 1 */
  gsize size = 16, found = 0;

  if (k > x->rows)
    return FALSE;
  while (size < 4 * k)
    size *= 2;
  table = g_new0 (gsize, size);
  for (gsize i = 0; i < x->rows && found < k; i++)
    {
      gsize at = row_hash (x, i) & (size - 1);
      while (table[at] != 0 && !rows_equal (x, table[at] - 1, i))
        at = (at + 1) & (size - 1);
      found += table[at] == 0;
      if (table[at] == 0)
        table[at] = i + 1;
    }
  return found >= k;
}
