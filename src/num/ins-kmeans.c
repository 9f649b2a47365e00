/* ins-kmeans.c: K-Means by Lloyd's iteration
 *
 * Lloyd 1957/1982 with greedy k-means++ starts; stops like scikit-learn: labels stand still, or
 * the centres moved by no more than the tolerance (then labels are assigned once more).  A cluster
 * that loses all points gets the point farthest from its centre.
 *
 * Sums of the clusters are kept as integers: coordinates in fixed point, 2^-52 of the column's
 * range or what n leaves of 62 bits.  Integers add up exactly in any order, so only points that
 * change cluster are counted anew, and threads do not matter; the figures returned are computed
 * from the data again.  O(n k d) time per iteration, O(n) memory per start.
 *
 * Ties go to the lower centre.  Duplicates are fine; NaN and infinities are not allowed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "num/ins-kmeans.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-stats.h"
#include "num/ins-kmeans-private.h"
#include "num/ins-simd.h"
#include "num/ins-validity.h"

#define TILE INS_KMEANS_TILE
#define BLOCK INS_KMEANS_BLOCK
#define GROUP 4        /* centres compared at once; their number is padded to a multiple */
#define FAR_AWAY 1e160 /* coordinate of the padding: its distance is infinite */
#define STREAM_OF_K 32 /* a start's stream: k, then number of the start */

/* What all starts share. */
typedef struct
{
  const InsMatrix *x;
  double *min;      /* per column */
  double *to_fixed; /* per column: units per 1 */
  double tolerance; /* of the squared shift of all centres */
  guint max_iterations;
  InsRun *run;
} Problem;

/* One start. */
typedef struct
{
  const Problem *problem;
  gsize k;
  double *centres; /* padded k × d */
  gint32 *labels;
  gint64 *sums;     /* k × d */
  gint64 *counts;   /* k */
  gint64 *deltas;   /* per block: k × (d + 1) changes of sums and counts */
  gsize *moved;     /* per block */
  double *inertias; /* per block */
  double inertia;
  guint iterations;
  gboolean converged;
} Start;

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
fixed (const Problem *p, gsize row, gsize col)
{
  return llrint ((ins_matrix_get (p->x, row, col) - p->min[col]) * p->to_fixed[col]);
}

/* Counts that @row went from cluster @from (-1 = none) to @to. */
static inline void
move_point (const Problem *p, gint64 *sums, gint64 *counts, gsize row, gint32 from, gint32 to)
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
  Start *s = data;
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
assign (Start *s, gsize *moved)
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

static double
distance_to_centre (const Start *s, gsize row)
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
fill_cluster (Start *s, gint32 empty)
{
  const InsMatrix *x = s->problem->x;
  double farthest = 0;
  gsize row = x->rows;

  for (gsize i = 0; i < x->rows; i++)
    {
      double distance = s->counts[s->labels[i]] > 1 ? distance_to_centre (s, i) : 0;
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
fill_empty (Start *s)
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
move_centres (Start *s)
{
  const Problem *p = s->problem;
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
  Start *s = data;
  double sum = 0;

  for (gsize i = begin; i < end; i++)
    sum += distance_to_centre (s, i);
  s->inertias[block] = sum;
}

static gboolean
measure (Start *s)
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
static gboolean
iterate (Start *s)
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

static void
start_init (Start *s, const Problem *problem, gsize k)
{
  gsize d = problem->x->cols, n_blocks = count_blocks (problem->x);
  gsize padded = (k + GROUP - 1) / GROUP * GROUP;

  *s = (Start){ .problem = problem, .k = k };
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

static void
start_clear (Start *s)
{
  g_free (s->centres);
  g_free (s->labels);
  g_free (s->sums);
  g_free (s->counts);
  g_free (s->deltas);
  g_free (s->moved);
  g_free (s->inertias);
}

/* The result with exact means and sum of squares.  Takes the labels. */
static InsKmeans *
start_finish (Start *s)
{
  const InsMatrix *x = s->problem->x;
  InsKmeans *result = g_new0 (InsKmeans, 1);

  result->k = s->k;
  result->labels = g_steal_pointer (&s->labels);
  result->iterations = s->iterations;
  result->converged = s->converged;
  result->centres = ins_cluster_centres (x, result->labels, s->k);
  for (gsize c = 0; c < s->k; c++)
    for (gsize j = 0; j < x->cols && s->counts[c] == 0; j++)
      ins_matrix_set (result->centres, c, j, s->centres[c * x->cols + j]);
  result->inertia = ins_within_sum_of_squares (x, result->labels, s->k);
  return result;
}

/* ---- problem ---- */

/* Column ranges for the fixed point, variance for the tolerance. */
static void
problem_init (Problem *p, const InsMatrix *x, const InsKmeansOptions *options, InsRun *run)
{
  InsSum variances = { 0 };
  guint bits = MIN (52, 62 - g_bit_storage (x->rows));

  *p = (Problem){ .x = x, .max_iterations = options->max_iterations, .run = run };
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

static void
problem_clear (Problem *p)
{
  g_free (p->min);
  g_free (p->to_fixed);
}

static gboolean
check_k (const InsMatrix *x, gsize k, GError **error)
{
  if (k >= 1 && x->cols >= 1 && x->rows <= G_MAXINT32 && ins_kmeans_has_distinct (x, k))
    return TRUE;
  if (k < 1)
    g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                         _ ("K-Means needs at least one cluster; choose a larger number"));
  else
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("K-Means cannot make %" G_GSIZE_FORMAT " clusters of customers who have fewer "
                    "different values; choose fewer clusters or more features"),
                 k);
  return FALSE;
}

/* ---- many starts ---- */

typedef struct
{
  const Problem *problem;
  gsize k_from, k_to;
  guint restarts;
  guint64 seed;
  pthread_mutex_t mutex;
  Start *best; /* per k: the best start so far */
  guint *best_start;
} Sweep;

/* Keeps @s if it beats what there is: smaller inertia, then earlier start. */
static void
sweep_offer (Sweep *sweep, Start *s, guint number)
{
  gsize slot = s->k - sweep->k_from;
  Start *best = &sweep->best[slot];

  pthread_mutex_lock (&sweep->mutex);
  if (best->labels == NULL || s->inertia < best->inertia
      || (s->inertia == best->inertia && number < sweep->best_start[slot]))
    {
      Start keep = *best;
      *best = *s;
      *s = keep;
      sweep->best_start[slot] = number;
    }
  pthread_mutex_unlock (&sweep->mutex);
}

/* Tasks by falling k, as the long ones should begin first. */
static void
sweep_task (gsize begin, gsize end, gsize block, gpointer data)
{
  Sweep *sweep = data;
  InsRun *run = sweep->problem->run;

  for (gsize task = begin; task < end; task++)
    {
      gsize k = sweep->k_to - task / sweep->restarts;
      guint number = (guint)(task % sweep->restarts);
      Start s;
      start_init (&s, sweep->problem, k);
      if (ins_kmeans_seed (sweep->problem->x, k, sweep->seed, ((guint64)k << STREAM_OF_K) | number,
                           s.centres, run)
          && iterate (&s))
        sweep_offer (sweep, &s, number);
      start_clear (&s);
      ins_run_advance (run, 1);
    }
}

/* Few starts share the threads; many have one each. */
static gboolean
sweep_run (Sweep *sweep)
{
  gsize n_tasks = (sweep->k_to - sweep->k_from + 1) * sweep->restarts;
  InsRun *run = sweep->problem->run;

  ins_run_begin (run, _ ("Grouping with K-Means"), n_tasks);
  if (n_tasks >= ins_run_get_threads (run))
    return ins_run_parallel (run, n_tasks, 1, sweep_task, sweep);
  for (gsize task = 0; task < n_tasks && ins_run_tick (run); task++)
    sweep_task (task, task + 1, task, sweep);
  return ins_run_tick (run);
}

gboolean
ins_kmeans_sweep (const InsMatrix *x, gsize k_from, gsize k_to, const InsKmeansOptions *options,
                  InsKmeans **out, InsRun *run, GError **error)
{
  Problem problem;
  Sweep sweep;
  gboolean done;

  g_return_val_if_fail (x != NULL && options != NULL && out != NULL && run != NULL, FALSE);
  g_return_val_if_fail (k_from <= k_to, FALSE);

  if (!check_k (x, k_from, error) || !check_k (x, k_to, error))
    return FALSE;
  problem_init (&problem, x, options, run);
  sweep = (Sweep){ .problem = &problem, .k_from = k_from, .k_to = k_to, .seed = options->seed };
  sweep.restarts = MAX (options->restarts, 1);
  sweep.best = g_new0 (Start, k_to - k_from + 1);
  sweep.best_start = g_new0 (guint, k_to - k_from + 1);
  pthread_mutex_init (&sweep.mutex, NULL);
  done = sweep_run (&sweep);
  if (!done)
    ins_run_check (run, error);
  for (gsize i = 0; i <= k_to - k_from; i++)
    {
      if (done)
        out[i] = start_finish (&sweep.best[i]);
      start_clear (&sweep.best[i]);
    }
  pthread_mutex_destroy (&sweep.mutex);
  g_free (sweep.best);
  g_free (sweep.best_start);
  problem_clear (&problem);
  return done;
}

InsKmeans *
ins_kmeans_fit (const InsMatrix *x, gsize k, const InsKmeansOptions *options, InsRun *run,
                GError **error)
{
  InsKmeans *result = NULL;

  return ins_kmeans_sweep (x, k, k, options, &result, run, error) ? result : NULL;
}

InsKmeans *
ins_kmeans_from_centres (const InsMatrix *x, const InsMatrix *centres,
                         const InsKmeansOptions *options, InsRun *run, GError **error)
{
  Problem problem;
  Start start;
  InsKmeans *result = NULL;

  g_return_val_if_fail (x != NULL && centres != NULL && options != NULL && run != NULL, NULL);
  g_return_val_if_fail (x->cols == centres->cols, NULL);

  if (!check_k (x, centres->rows, error))
    return NULL;
  problem_init (&problem, x, options, run);
  start_init (&start, &problem, centres->rows);
  for (gsize c = 0; c < centres->rows; c++)
    for (gsize j = 0; j < x->cols; j++)
      start.centres[c * x->cols + j] = ins_matrix_get (centres, c, j);
  ins_run_begin (run, _ ("Grouping with K-Means"), 0);
  if (iterate (&start))
    result = start_finish (&start);
  else
    ins_run_check (run, error);
  start_clear (&start);
  problem_clear (&problem);
  return result;
}

void
ins_kmeans_free (InsKmeans *kmeans)
{
  if (kmeans == NULL)
    return;
  g_free (kmeans->labels);
  g_clear_pointer (&kmeans->centres, ins_matrix_unref);
  g_free (kmeans);
}
