/* ins-kmeans-lloyd.c: Lloyd's iteration
 *
 * Lloyd 1957/1982; stops like scikit-learn: labels stand still, or the centres moved by no more
 * than the tolerance (then labels are assigned once more).  A cluster that loses all points gets
 * the point farthest from its centre.
 *
 * Sums of the clusters are kept as integers: coordinates in fixed point, 2^-52 of the column's
 * range or what n leaves of 62 bits.  Integers add up exactly in any order, so only points that
 * change cluster are counted anew, and threads do not matter.  O(n k d) time per iteration, O(n)
 * memory.  Ties go to the lower centre.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-kmeans-private.h"

#include <math.h>
#include <string.h>

#include "base/ins-stats.h"
#include "num/ins-simd.h"

#define TILE INS_KMEANS_TILE
#define BLOCK INS_KMEANS_BLOCK
#define GROUP 4        /* centres compared at once; their number is padded to a multiple */
#define FAR_AWAY 1e160 /* coordinate of the padding: its distance is infinite */

/* ---- assignment ---- */

/* Nearest centre of each of @m points. */
INS_ALWAYS_INLINE void
nearest_of (const double *data, gsize stride, gsize m, gsize d, const double *centres, gsize k,
            gint64 *label)
{
  double best[TILE];

  for (gsize i = 0; i < m; i++)
    {
      best[i] = INFINITY;
      label[i] = 0;
    }
  for (gsize c = 0; c < k; c += GROUP)
    {
      const double *q = centres + c * d;
      for (gsize i = 0; i < m; i++)
        {
          double least = best[i];
          gint64 which = label[i];
#pragma GCC unroll 4
          for (gsize g = 0; g < GROUP; g++)
            {
              double r = 0;
#pragma GCC unroll 8
              for (gsize j = 0; j < d; j++)
                {
                  double u = data[j * stride + i] - q[g * d + j];
                  r += u * u;
                }
              which = r < least ? (gint64)(c + g) : which;
              least = r < least ? r : least;
            }
          best[i] = least;
          label[i] = which;
        }
    }
}

/* The same for many columns. */
INS_ALWAYS_INLINE void
nearest_of_many (const double *data, gsize stride, gsize m, gsize d, const double *centres, gsize k,
                 gint64 *label)
{
  double best[TILE], r[TILE];

  for (gsize i = 0; i < m; i++)
    {
      best[i] = INFINITY;
      label[i] = 0;
    }
  for (gsize c = 0; c < k; c++)
    {
      memset (r, 0, sizeof r);
      for (gsize j = 0; j < d; j++)
        for (gsize i = 0; i < m; i++)
          {
            double u = data[j * stride + i] - centres[c * d + j];
            r[i] += u * u;
          }
      for (gsize i = 0; i < m; i++)
        {
          label[i] = r[i] < best[i] ? (gint64)c : label[i];
          best[i] = r[i] < best[i] ? r[i] : best[i];
        }
    }
}

INS_ALWAYS_INLINE void
assign_tile_body (const double *data, gsize stride, gsize m, gsize d, const double *centres,
                  gsize k, gint64 *label)
{
  if (m < TILE || d > 8)
    nearest_of_many (data, stride, m, d, centres, k, label);
  else if (d == 1)
    nearest_of (data, stride, TILE, 1, centres, k, label);
  else if (d == 2)
    nearest_of (data, stride, TILE, 2, centres, k, label);
  else if (d == 3)
    nearest_of (data, stride, TILE, 3, centres, k, label);
  else if (d == 4)
    nearest_of (data, stride, TILE, 4, centres, k, label);
  else if (d == 5)
    nearest_of (data, stride, TILE, 5, centres, k, label);
  else if (d == 6)
    nearest_of (data, stride, TILE, 6, centres, k, label);
  else if (d == 7)
    nearest_of (data, stride, TILE, 7, centres, k, label);
  else
    nearest_of (data, stride, TILE, 8, centres, k, label);
}
INS_KERNEL (assign_tile,
            (const double *data, gsize stride, gsize m, gsize d, const double *centres, gsize k,
             gint64 *label),
            (data, stride, m, d, centres, k, label))

static inline gint64
fixed (const InsKmeansProblem *p, gsize row, gsize col)
{
  return llrint ((ins_matrix_get (p->x, row, col) - p->min[col]) * p->to_fixed[col]);
}

/* Counts that @row went from cluster @from (-1 = none) to @to. */
static inline void
move_point (const InsKmeansProblem *p, gint64 *sums, gint64 *counts, gsize row, gint32 from,
            gint32 to)
{
  gsize d = p->x->cols;

  for (gsize j = 0; j < d; j++)
    {
      gint64 value = fixed (p, row, j);
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
  const InsMatrix *x = s->problem->x;
  gsize width = s->k * (x->cols + 1), padded = (s->k + GROUP - 1) / GROUP * GROUP, moved = 0;
  gint64 *deltas = s->deltas + block * width;
  gint64 label[TILE];

  memset (deltas, 0, width * sizeof *deltas);
  for (gsize i = begin; i < end; i += TILE)
    {
      gsize m = MIN (TILE, end - i);
      if ((i - begin) % (16 * TILE) == 0 && !ins_run_tick (s->problem->run))
        return;
      assign_tile (x->data + i, x->rows, m, x->cols, s->centres, padded, label);
      for (gsize t = 0; t < m; t++)
        if (s->labels[i + t] != (gint32)label[t])
          {
            move_point (s->problem, deltas, deltas + s->k * x->cols, i + t, s->labels[i + t],
                        (gint32)label[t]);
            s->labels[i + t] = (gint32)label[t];
            moved++;
          }
    }
  s->moved[block] = moved;
}

static gsize
count_blocks (const InsMatrix *x)
{
  return (x->rows + BLOCK - 1) / BLOCK;
}

/* Gives every point its nearest centre.  @moved: how many changed.  Returns: FALSE if cancelled. */
static gboolean
assign (InsKmeansStart *s, gsize *moved)
{
  const InsMatrix *x = s->problem->x;
  gsize width = s->k * (x->cols + 1), n_sums = s->k * x->cols;

  if (!ins_run_parallel (s->problem->run, x->rows, BLOCK, assign_block, s))
    return FALSE;
  *moved = 0;
  for (gsize b = 0; b < count_blocks (x); b++)
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
ins_kmeans_start_distance (const InsKmeansStart *s, gsize row)
{
  const InsMatrix *x = s->problem->x;
  const double *centre = s->centres + (gsize)s->labels[row] * x->cols;
  double sum = 0;

  for (gsize j = 0; j < x->cols; j++)
    {
      double u = ins_matrix_get (x, row, j) - centre[j];
      sum += u * u;
    }
  return sum;
}

/* Gives an empty cluster the farthest point of those that do not stand alone. */
static gboolean
fill_cluster (InsKmeansStart *s, gint32 empty)
{
  const InsMatrix *x = s->problem->x;
  double farthest = 0;
  gsize row = x->rows;

  for (gsize i = 0; i < x->rows; i++)
    {
      double distance = s->counts[s->labels[i]] > 1 ? ins_kmeans_start_distance (s, i) : 0;
      if (distance > farthest)
        {
          farthest = distance;
          row = i;
        }
    }
  if (row == x->rows)
    return FALSE;
  move_point (s->problem, s->sums, s->counts, row, s->labels[row], empty);
  s->labels[row] = empty;
  for (gsize j = 0; j < x->cols; j++) /* so that it is not taken twice */
    s->centres[(gsize)empty * x->cols + j] = ins_matrix_get (x, row, j);
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
  gsize d = p->x->cols;
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
  const InsMatrix *x = s->problem->x;

  move_centres (s);
  if (!ins_run_parallel (s->problem->run, x->rows, BLOCK, inertia_block, s))
    return FALSE;
  s->inertia = 0;
  for (gsize b = 0; b < count_blocks (x); b++)
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
  gsize d = problem->x->cols, n_blocks = count_blocks (problem->x);
  gsize padded = (k + GROUP - 1) / GROUP * GROUP;

  *s = (InsKmeansStart){ .problem = problem, .k = k };
  s->centres = g_new (double, padded *d);
  for (gsize i = k * d; i < padded * d; i++)
    s->centres[i] = FAR_AWAY;
  s->labels = g_new (gint32, problem->x->rows);
  memset (s->labels, -1, problem->x->rows * sizeof (gint32));
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
  gsize n = from->problem->x->rows, d = from->problem->x->cols;

  memcpy (to->centres, from->centres, from->k * d * sizeof (double));
  memcpy (to->labels, from->labels, n * sizeof (gint32));
  memcpy (to->sums, from->sums, from->k * d * sizeof (gint64));
  memcpy (to->counts, from->counts, from->k * sizeof (gint64));
  to->inertia = from->inertia;
  to->iterations = from->iterations;
  to->converged = from->converged;
}

/* ---- problem ---- */

/* Column ranges for the fixed point, variance for the tolerance. */
void
ins_kmeans_problem_init (InsKmeansProblem *p, const InsMatrix *x, const InsKmeansOptions *options,
                         InsRun *run)
{
  InsSum variances = { 0 };
  guint bits = MIN (52, 62 - g_bit_storage (x->rows));

  *p = (InsKmeansProblem){ .x = x, .max_iterations = options->max_iterations, .run = run };
  p->min = g_new (double, x->cols);
  p->to_fixed = g_new0 (double, x->cols);
  for (gsize j = 0; j < x->cols; j++)
    {
      const double *column = ins_matrix_col (x, j);
      double min = column[0], max = column[0], mean;
      InsSum sum = { 0 }, squares = { 0 };
      for (gsize i = 0; i < x->rows; i++)
        {
          min = MIN (min, column[i]);
          max = MAX (max, column[i]);
          ins_sum_add (&sum, column[i]);
        }
      mean = ins_sum_get (&sum) / (double)x->rows;
      for (gsize i = 0; i < x->rows; i++)
        ins_sum_add (&squares, (column[i] - mean) * (column[i] - mean));
      ins_sum_add (&variances, ins_sum_get (&squares) / (double)x->rows);
      p->min[j] = min;
      if (max > min)
        p->to_fixed[j] = ldexp (1, (int)bits) / (max - min);
    }
  p->tolerance = options->tolerance * ins_sum_get (&variances) / (double)x->cols;
}

void
ins_kmeans_problem_clear (InsKmeansProblem *p)
{
  g_free (p->min);
  g_free (p->to_fixed);
}
