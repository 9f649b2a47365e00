/* ins-kmeans-lloyd.c: Lloyd's iteration
 *
 * Lloyd 1957/1982; stops like scikit-learn: labels stand still, or the centres moved by no more
 * than the tolerance (then labels are assigned once more).  A cluster that loses all points gets
 * the point farthest from its centre.
 *
 * Sums of the clusters are kept as integers: coordinates in fixed point, 2^-52 of the column's
 * range or what n leaves of 62 bits.  Integers add up exactly in any order, so only points that
 * change cluster are counted anew, and threads do not matter.  Ties go to the lower centre.
 *
 * Points come in tiles that are small balls (ins-kmeans-problem.c); a centre too far from the ball
 * is not tried for its points (as in the filtering of Kanungo et al. 2002), which changes no
 * label.  O(n k d) time per iteration at worst, some n d usually; O(n) memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-kmeans-private.h"

#include <math.h>
#include <string.h>

#include "num/ins-simd.h"

#define TILE INS_KMEANS_TILE
#define BLOCK INS_KMEANS_BLOCK
#define GROUP 4        /* centres compared at once; their number is padded to a multiple */
#define FAR_AWAY 1e160 /* coordinate of the padding: its distance is infinite */
#define SLACK 1e-9     /* of a bound: far above rounding */

static inline gsize
padded (gsize k)
{
  return (k + GROUP - 1) / GROUP * GROUP;
}

/* ---- assignment ---- */

/* Squared distances from @hub to all centres, and the least. */
INS_ALWAYS_INLINE void
hub_squares_body (const double *columns, gsize padded, gsize d, const double *hub, double *squares,
                  double *least)
{
  double low[GROUP];

  for (gsize c = 0; c < padded; c++)
    {
      double u = columns[c] - hub[0];
      squares[c] = u * u;
    }
  for (gsize j = 1; j < d; j++)
    for (gsize c = 0; c < padded; c++)
      {
        double u = columns[j * padded + c] - hub[j];
        squares[c] += u * u;
      }
  for (gsize l = 0; l < GROUP; l++)
    low[l] = INFINITY;
  for (gsize c = 0; c < padded; c += GROUP)
    for (gsize l = 0; l < GROUP; l++)
      low[l] = squares[c + l] < low[l] ? squares[c + l] : low[l];
  *least = MIN (MIN (low[0], low[1]), MIN (low[2], low[3]));
}
INS_KERNEL (hub_squares,
            (const double *columns, gsize padded, gsize d, const double *hub, double *squares,
             double *least),
            (columns, padded, d, hub, squares, least))

/* Squared distance from point @i of a tile to a centre; @d is known to the compiler and at most 8.
 * No loop, so that the one over the points becomes vectors. */
INS_ALWAYS_INLINE double
square (const double *tile, gsize i, gsize d, const double *q)
{
  double r = 0, u;

#define INS_ADD(j)                                                                                 \
  if (d > j)                                                                                       \
    {                                                                                              \
      u = tile[j * TILE + i] - q[j];                                                               \
      r += u * u;                                                                                  \
    }
  INS_ADD (0)
  INS_ADD (1)
  INS_ADD (2)
  INS_ADD (3)
  INS_ADD (4)
  INS_ADD (5)
  INS_ADD (6)
  INS_ADD (7)
#undef INS_ADD
  return r;
}

/* The nearest of @k centres (whole groups) for each point of a tile, as its id. */
INS_ALWAYS_INLINE void
nearest_of (const double *tile, gsize d, const double *centres, const gint64 *ids, gsize k,
            gint64 *label)
{
  double best[TILE];
  gint64 chosen[TILE];

  for (gsize i = 0; i < TILE; i++)
    {
      best[i] = INFINITY;
      chosen[i] = ids[0];
    }
  for (gsize c = 0; c < k; c += GROUP)
    {
      const double *q0 = centres + c * d, *q1 = q0 + d, *q2 = q1 + d, *q3 = q2 + d;
      gint64 id0 = ids[c], id1 = ids[c + 1], id2 = ids[c + 2], id3 = ids[c + 3];
      for (gsize i = 0; i < TILE; i++)
        {
          double r0 = square (tile, i, d, q0), r1 = square (tile, i, d, q1);
          double r2 = square (tile, i, d, q2), r3 = square (tile, i, d, q3);
          double least = best[i];
          gint64 which = chosen[i];
          which = r0 < least ? id0 : which;
          least = r0 < least ? r0 : least;
          which = r1 < least ? id1 : which;
          least = r1 < least ? r1 : least;
          which = r2 < least ? id2 : which;
          least = r2 < least ? r2 : least;
          which = r3 < least ? id3 : which;
          least = r3 < least ? r3 : least;
          best[i] = least;
          chosen[i] = which;
        }
    }
  memcpy (label, chosen, sizeof chosen);
}

/* The same for many columns. */
INS_ALWAYS_INLINE void
nearest_of_many (const double *tile, gsize d, const double *centres, const gint64 *ids, gsize k,
                 gint64 *label)
{
  double best[TILE], r[TILE];
  gint64 chosen[TILE];

  for (gsize i = 0; i < TILE; i++)
    {
      best[i] = INFINITY;
      chosen[i] = ids[0];
    }
  for (gsize c = 0; c < k; c++)
    {
      gint64 id = ids[c];
      memset (r, 0, sizeof r);
      for (gsize j = 0; j < d; j++)
        for (gsize i = 0; i < TILE; i++)
          {
            double u = tile[j * TILE + i] - centres[c * d + j];
            r[i] += u * u;
          }
      for (gsize i = 0; i < TILE; i++)
        {
          chosen[i] = r[i] < best[i] ? id : chosen[i];
          best[i] = r[i] < best[i] ? r[i] : best[i];
        }
    }
  memcpy (label, chosen, sizeof chosen);
}

INS_ALWAYS_INLINE void
assign_tile_body (const double *tile, gsize d, const double *centres, const gint64 *ids, gsize k,
                  gint64 *label)
{
  if (d == 1)
    nearest_of (tile, 1, centres, ids, k, label);
  else if (d == 2)
    nearest_of (tile, 2, centres, ids, k, label);
  else if (d == 3)
    nearest_of (tile, 3, centres, ids, k, label);
  else if (d == 4)
    nearest_of (tile, 4, centres, ids, k, label);
  else if (d == 5)
    nearest_of (tile, 5, centres, ids, k, label);
  else if (d == 6)
    nearest_of (tile, 6, centres, ids, k, label);
  else if (d == 7)
    nearest_of (tile, 7, centres, ids, k, label);
  else if (d == 8)
    nearest_of (tile, 8, centres, ids, k, label);
  else
    nearest_of_many (tile, d, centres, ids, k, label);
}
INS_KERNEL (assign_tile,
            (const double *tile, gsize d, const double *centres, const gint64 *ids, gsize k,
             gint64 *label),
            (tile, d, centres, ids, k, label))

/* Room for one tile's candidates. */
typedef struct
{
  double *squares;
  gint64 *ids;
  double *centres;
} Candidates;

/* A point of the ball is at most d_min + reach from some centre, and at least d - reach from
 * another: only centres up to d_min + 2 reach from the hub can be nearest.  Returns: how many,
 * padded to whole groups; 1 if there is one. */
static gsize
find_candidates (const InsKmeansStart *s, gsize tile, Candidates *c)
{
  const InsKmeansProblem *p = s->problem;
  double least, limit;
  gsize found = 0;

  hub_squares (s->columns, padded (s->k), p->d, p->hubs + tile * p->d, c->squares, &least);
  limit = sqrt (least) + 2 * p->reach[tile];
  limit *= limit * (1 + SLACK);
  for (gsize i = 0; i < s->k; i++)
    {
      c->ids[found] = (gint64)i;
      found += c->squares[i] <= limit;
    }
  if (found == 1)
    return 1;
  for (gsize i = 0; i < found; i++)
    memcpy (c->centres + i * p->d, s->centres + (gsize)c->ids[i] * p->d, p->d * sizeof (double));
  for (gsize i = found * p->d; i < padded (found) * p->d; i++)
    c->centres[i] = FAR_AWAY;
  return padded (found);
}

/* Not 0 unless the first @m are equal. */
INS_ALWAYS_INLINE void
differs_body (const gint32 *labels, const gint64 *others, gsize m, gint64 *different)
{
  gint64 bits = 0;

  for (gsize i = 0; i < m; i++)
    bits |= labels[i] ^ others[i];
  *different = bits;
}
INS_KERNEL (differs, (const gint32 *labels, const gint64 *others, gsize m, gint64 *different),
            (labels, others, m, different))

static inline gint64
fixed (const InsKmeansProblem *p, gsize point, gsize col)
{
  return llrint ((ins_kmeans_coordinate (p, point, col) - p->min[col]) * p->to_fixed[col]);
}

/* Counts that @point went from cluster @from (-1 = none) to @to. */
static inline void
move_point (const InsKmeansProblem *p, gint64 *sums, gint64 *counts, gsize point, gint32 from,
            gint32 to)
{
  gsize d = p->d;

  for (gsize j = 0; j < d; j++)
    {
      gint64 value = fixed (p, point, j);
      sums[(gsize)to * d + j] += value;
      if (from >= 0)
        sums[(gsize)from * d + j] -= value;
    }
  counts[to]++;
  if (from >= 0)
    counts[from]--;
}

static void
assign_block (gsize begin, gsize end, gsize block, gpointer data)
{
  InsKmeansStart *s = data;
  const InsKmeansProblem *p = s->problem;
  gsize width = s->k * (p->d + 1), moved = 0;
  g_autofree double *room = g_new (double, padded (s->k) * (p->d + 2));
  Candidates c = { room, (gint64 *)(room + padded (s->k)), room + 2 * padded (s->k) };
  gint64 *deltas = s->deltas + block * width, label[TILE], different;

  memset (deltas, 0, width * sizeof *deltas);
  for (gsize i = begin; i < end; i += TILE)
    {
      gsize m = MIN (TILE, end - i), found;
      if ((i - begin) % (16 * TILE) == 0 && !ins_run_tick (p->run))
        return;
      found = find_candidates (s, i / TILE, &c);
      if (found > 1)
        assign_tile (p->tiles + i * p->d, p->d, c.centres, c.ids, found, label);
      else
        for (gsize t = 0; t < TILE; t++)
          label[t] = c.ids[0];
      differs (s->labels + i, label, m, &different);
      for (gsize t = 0; t < m && different != 0; t++)
        {
          gint32 to = (gint32)label[t];
          if (s->labels[i + t] == to)
            continue;
          move_point (p, deltas, deltas + s->k * p->d, i + t, s->labels[i + t], to);
          s->labels[i + t] = to;
          moved++;
        }
    }
  s->moved[block] = moved;
}

/* Gives every point its nearest centre.  @moved: how many changed.  Returns: FALSE if cancelled. */
static gboolean
assign (InsKmeansStart *s, gsize *moved)
{
  const InsKmeansProblem *p = s->problem;
  gsize width = s->k * (p->d + 1), n_sums = s->k * p->d;

  for (gsize c = 0; c < s->k; c++)
    for (gsize j = 0; j < p->d; j++)
      s->columns[j * padded (s->k) + c] = s->centres[c * p->d + j];
  if (!ins_run_parallel (p->run, p->n, BLOCK, assign_block, s))
    return FALSE;
  *moved = 0;
  for (gsize b = 0; b < ins_kmeans_n_blocks (p); b++)
    {
      const gint64 *deltas = s->deltas + b * width;
      *moved += s->moved[b];
      if (s->moved[b] == 0)
        continue;
      for (gsize i = 0; i < n_sums; i++)
        s->sums[i] += deltas[i];
      for (gsize c = 0; c < s->k; c++)
        s->counts[c] += deltas[n_sums + c];
    }
  return TRUE;
}

/* ---- clusters without points ---- */

double
ins_kmeans_start_distance (const InsKmeansStart *s, gsize point)
{
  const InsKmeansProblem *p = s->problem;
  const double *centre = s->centres + (gsize)s->labels[point] * p->d;
  double sum = 0;

  for (gsize j = 0; j < p->d; j++)
    {
      double u = ins_kmeans_coordinate (p, point, j) - centre[j];
      sum += u * u;
    }
  return sum;
}

/* Gives an empty cluster the farthest point of those that do not stand alone. */
static gboolean
fill_cluster (InsKmeansStart *s, gint32 empty)
{
  const InsKmeansProblem *p = s->problem;
  double farthest = 0;
  gsize point = p->n;

  for (gsize i = 0; i < p->n; i++)
    {
      double distance = s->counts[s->labels[i]] > 1 ? ins_kmeans_start_distance (s, i) : 0;
      if (distance > farthest)
        {
          farthest = distance;
          point = i;
        }
    }
  if (point == p->n)
    return FALSE;
  move_point (p, s->sums, s->counts, point, s->labels[point], empty);
  s->labels[point] = empty;
  for (gsize j = 0; j < p->d; j++) /* so that it is not taken twice */
    s->centres[(gsize)empty * p->d + j] = ins_kmeans_coordinate (p, point, j);
  return TRUE;
}

static gboolean
fill_empty (InsKmeansStart *s)
{
  gboolean filled = FALSE;

  for (gsize c = 0; c < s->k && ins_run_tick (s->problem->run); c++)
    if (s->counts[c] == 0)
      filled |= fill_cluster (s, (gint32)c);
  return filled;
}

/* ---- iteration ---- */

/* Moves the centres to the means.  Returns: the sum of the squared shifts. */
static double
move_centres (InsKmeansStart *s)
{
  const InsKmeansProblem *p = s->problem;
  gsize d = p->d;
  double shift = 0;

  for (gsize c = 0; c < s->k; c++)
    for (gsize j = 0; j < d && s->counts[c] > 0; j++)
      {
        double mean = p->min[j];
        double u;
        if (p->to_fixed[j] > 0)
          mean += (double)s->sums[c * d + j] / (double)s->counts[c] / p->to_fixed[j];
        u = mean - s->centres[c * d + j];
        s->centres[c * d + j] = mean;
        shift += u * u;
      }
  return shift;
}

static void
inertia_block (gsize begin, gsize end, gsize block, gpointer data)
{
  InsKmeansStart *s = data;
  double sum = 0;

  for (gsize i = begin; i < end; i++)
    sum += ins_kmeans_start_distance (s, i);
  s->inertias[block] = sum;
}

static gboolean
measure (InsKmeansStart *s)
{
  const InsKmeansProblem *p = s->problem;

  memcpy (s->nearest, s->centres, s->k * p->d * sizeof *s->nearest);
  move_centres (s);
  if (!ins_run_parallel (p->run, p->n, BLOCK, inertia_block, s))
    return FALSE;
  s->inertia = 0;
  for (gsize b = 0; b < ins_kmeans_n_blocks (p); b++)
    s->inertia += s->inertias[b];
  return TRUE;
}

/* From the start's centres to the end.  Returns: FALSE if cancelled. */
gboolean
ins_kmeans_start_iterate (InsKmeansStart *s)
{
  gsize moved;
  gboolean filled;

  for (guint i = 0; i < MAX (s->problem->max_iterations, 1); i++)
    {
      double shift;
      s->iterations = i + 1;
      if (!assign (s, &moved))
        return FALSE;
      filled = fill_empty (s);
      if (moved == 0 && !filled)
        {
          s->converged = TRUE;
          return measure (s);
        }
      shift = move_centres (s);
      if (s->problem->tolerance > 0 && shift <= s->problem->tolerance)
        {
          s->converged = TRUE;
          break;
        }
    }
  if (!assign (s, &moved)) /* labels that suit the last centres */
    return FALSE;
  fill_empty (s);
  return measure (s);
}

void
ins_kmeans_start_init (InsKmeansStart *s, const InsKmeansProblem *problem, gsize k)
{
  gsize d = problem->d, n_blocks = ins_kmeans_n_blocks (problem);

  *s = (InsKmeansStart){ .problem = problem, .k = k };
  s->centres = g_new (double, k *d);
  s->nearest = g_new (double, k *d);
  s->columns = g_new (double, padded (k) * d);
  for (gsize i = 0; i < padded (k) * d; i++)
    s->columns[i] = FAR_AWAY;
  s->labels = g_new (gint32, problem->n);
  memset (s->labels, -1, problem->n * sizeof (gint32));
  s->sums = g_new0 (gint64, k * d);
  s->counts = g_new0 (gint64, k);
  s->deltas = g_new (gint64, n_blocks * k * (d + 1));
  s->moved = g_new0 (gsize, n_blocks);
  s->inertias = g_new0 (double, n_blocks);
}

void
ins_kmeans_start_clear (InsKmeansStart *s)
{
  g_free (s->centres);
  g_free (s->nearest);
  g_free (s->columns);
  g_free (s->labels);
  g_free (s->sums);
  g_free (s->counts);
  g_free (s->deltas);
  g_free (s->moved);
  g_free (s->inertias);
}

void
ins_kmeans_start_copy (InsKmeansStart *to, const InsKmeansStart *from)
{
  gsize n = from->problem->n, d = from->problem->d;

  memcpy (to->centres, from->centres, from->k * d * sizeof (double));
  memcpy (to->nearest, from->nearest, from->k * d * sizeof (double));
  memcpy (to->labels, from->labels, n * sizeof (gint32));
  memcpy (to->sums, from->sums, from->k * d * sizeof (gint64));
  memcpy (to->counts, from->counts, from->k * sizeof (gint64));
  to->inertia = from->inertia;
  to->iterations = from->iterations;
  to->converged = from->converged;
}
