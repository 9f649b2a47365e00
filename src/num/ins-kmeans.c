/* ins-kmeans.c: K-Means, many starts
 *
 * Greedy k-means++ starts (ins-kmeans-seed.c), Lloyd's iteration (ins-kmeans-lloyd.c); the best of
 * each k is then improved by moving single centres (ins-kmeans-improve.c).  Starts are
 * independent tasks; the figures returned are computed from the data again.  O(n k d) time per
 * iteration, O(n) memory per start.  Duplicates are fine; NaN, infinities and numbers from 10^150
 * are refused.  Differences whose squares underflow (below 10^-162) count as none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "num/ins-kmeans.h"

#include <glib/gi18n-lib.h>
#include <pthread.h>

#include "base/ins-error.h"
#include "num/ins-distinct.h"
#include "num/ins-input.h"
#include "num/ins-kmeans-private.h"
#include "num/ins-validity.h"

#define STREAM_OF_K 32             /* a start's stream: k, then number of the start */
#define IMPROVE_STREAM G_MAXUINT32 /* in place of the number */
#define TRIALS 2                   /* to move a centre, per start */

static gboolean
check_k (const InsMatrix *x, gsize k, InsRun *run, GError **error)
{
  if (k >= 1 && x->cols >= 1 && x->rows <= G_MAXINT32
      && ins_distinct_rows (x->data, x->rows, x->cols, 1, x->rows, k, NULL, run) >= k)
    return TRUE;
  if (k < 1)
    g_set_error_literal (error, INS_ERROR, INS_ERROR_INPUT,
                         _ ("K-Means needs at least one cluster; choose a larger number"));
  else
    g_set_error (
        error, INS_ERROR, INS_ERROR_INPUT,
        _ ("K-Means cannot make %zu clusters of customers who have fewer different values; "
           "choose fewer clusters or more features"),
        k);
  return FALSE;
}

/* The result with exact means and sum of squares, in the data's order. */
static InsKmeans *
start_finish (InsKmeansStart *s)
{
  const InsKmeansProblem *p = s->problem;
  InsKmeans *result = g_new0 (InsKmeans, 1);

  result->k = s->k;
  result->labels = g_new (gint32, p->n);
  for (gsize i = 0; i < p->n; i++)
    result->labels[p->order[i]] = s->labels[i];
  result->iterations = s->iterations;
  result->converged = s->converged;
  result->centres = ins_cluster_centres (p->x, result->labels, s->k);
  result->prototypes = ins_matrix_new (s->k, p->d);
  for (gsize c = 0; c < s->k; c++)
    for (gsize j = 0; j < p->d; j++)
      {
        ins_matrix_set (result->prototypes, c, j, s->nearest[c * p->d + j]);
        if (s->counts[c] == 0)
          ins_matrix_set (result->centres, c, j, s->centres[c * p->d + j]);
      }
  result->inertia = ins_within_sum_of_squares (p->x, result->labels, s->k);
  return result;
}

/* ---- many starts ---- */

typedef struct
{
  const InsKmeansProblem *problem;
  gsize k_from, k_to;
  guint restarts;
  guint64 seed;
  pthread_mutex_t mutex;
  InsKmeansStart *best; /* per k: the best start so far */
  guint *best_start;
  InsKmeans **out;
} Sweep;

/* Keeps @s if it beats what there is: smaller inertia, then earlier start. */
static void
sweep_offer (Sweep *sweep, InsKmeansStart *s, guint number)
{
  gsize slot = s->k - sweep->k_from;
  InsKmeansStart *best = &sweep->best[slot];

  pthread_mutex_lock (&sweep->mutex);
  if (best->labels == NULL || s->inertia < best->inertia
      || (s->inertia == best->inertia && number < sweep->best_start[slot]))
    {
      InsKmeansStart keep = *best;
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
      InsKmeansStart s;
      ins_kmeans_start_init (&s, sweep->problem, k);
      if (ins_kmeans_seed (sweep->problem, k, sweep->seed, ((guint64)k << STREAM_OF_K) | number,
                           s.centres)
          && ins_kmeans_start_iterate (&s))
        sweep_offer (sweep, &s, number);
      ins_kmeans_start_clear (&s);
      ins_run_advance (run, 1);
    }
}

/* The best start of each k, by falling k. */
static void
improve_task (gsize begin, gsize end, gsize block, gpointer data)
{
  Sweep *sweep = data;
  InsRun *run = sweep->problem->run;

  for (gsize task = begin; task < end; task++)
    {
      gsize k = sweep->k_to - task;
      InsKmeansStart *best = &sweep->best[k - sweep->k_from];
      InsKmeansStart scratch;
      if (best->labels == NULL) /* cancelled */
        return;
      ins_kmeans_start_init (&scratch, sweep->problem, k);
      if (ins_kmeans_improve (best, &scratch, TRIALS * sweep->restarts, sweep->seed,
                              (guint64)k << STREAM_OF_K | IMPROVE_STREAM))
        sweep->out[k - sweep->k_from] = start_finish (best);
      ins_kmeans_start_clear (&scratch);
      ins_run_advance (run, 1);
    }
}

/* Few tasks share the threads; many have one each. */
static gboolean
run_tasks (InsRun *run, gsize n_tasks, InsRunFunc func, Sweep *sweep)
{
  if (n_tasks >= ins_run_get_threads (run))
    return ins_run_parallel (run, n_tasks, 1, func, sweep);
  for (gsize task = 0; task < n_tasks && ins_run_tick (run); task++)
    func (task, task + 1, task, sweep);
  return ins_run_tick (run);
}

static gboolean
sweep_run (Sweep *sweep)
{
  gsize n = sweep->k_to - sweep->k_from + 1;
  InsRun *run = sweep->problem->run;

  ins_run_begin (run, _ ("Grouping with K-Means"), n * sweep->restarts + n);
  return run_tasks (run, n * sweep->restarts, sweep_task, sweep)
         && run_tasks (run, n, improve_task, sweep);
}

gboolean
ins_kmeans_sweep (const InsMatrix *x, gsize k_from, gsize k_to, const InsKmeansOptions *options,
                  InsKmeans **out, InsRun *run, GError **error)
{
  InsKmeansProblem problem;
  Sweep sweep;
  gboolean done;

  g_return_val_if_fail (x != NULL && options != NULL && out != NULL && run != NULL, FALSE);
  g_return_val_if_fail (k_from <= k_to, FALSE);

  if (!check_k (x, k_from, run, error) || !check_k (x, k_to, run, error)
      || !ins_input_check (x, error))
    return FALSE;
  ins_kmeans_problem_init (&problem, x, options, run);
  sweep = (Sweep){
    .problem = &problem, .k_from = k_from, .k_to = k_to, .seed = options->seed, .out = out
  };
  sweep.restarts = MAX (options->restarts, 1);
  sweep.best = g_new0 (InsKmeansStart, k_to - k_from + 1);
  sweep.best_start = g_new0 (guint, k_to - k_from + 1);
  pthread_mutex_init (&sweep.mutex, NULL);
  for (gsize i = 0; i <= k_to - k_from; i++)
    out[i] = NULL;
  done = sweep_run (&sweep);
  if (!done)
    ins_run_check (run, error);
  for (gsize i = 0; i <= k_to - k_from; i++)
    {
      if (!done)
        g_clear_pointer (&out[i], ins_kmeans_free);
      ins_kmeans_start_clear (&sweep.best[i]);
    }
  pthread_mutex_destroy (&sweep.mutex);
  g_free (sweep.best);
  g_free (sweep.best_start);
  ins_kmeans_problem_clear (&problem);
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
  InsKmeansProblem problem;
  InsKmeansStart start;
  InsKmeans *result = NULL;

  g_return_val_if_fail (x != NULL && centres != NULL && options != NULL && run != NULL, NULL);
  g_return_val_if_fail (x->cols == centres->cols, NULL);

  if (!check_k (x, centres->rows, run, error) || !ins_input_check (x, error)
      || !ins_input_check (centres, error))
    return NULL;
  ins_kmeans_problem_init (&problem, x, options, run);
  ins_kmeans_start_init (&start, &problem, centres->rows);
  for (gsize c = 0; c < centres->rows; c++)
    for (gsize j = 0; j < x->cols; j++)
      start.centres[c * x->cols + j] = ins_matrix_get (centres, c, j);
  ins_run_begin (run, _ ("Grouping with K-Means"), 0);
  if (ins_kmeans_start_iterate (&start))
    result = start_finish (&start);
  else
    ins_run_check (run, error);
  ins_kmeans_start_clear (&start);
  ins_kmeans_problem_clear (&problem);
  return result;
}

void
ins_kmeans_free (InsKmeans *kmeans)
{
  if (kmeans == NULL)
    return;
  g_free (kmeans->labels);
  g_clear_pointer (&kmeans->centres, ins_matrix_unref);
  g_clear_pointer (&kmeans->prototypes, ins_matrix_unref);
  g_free (kmeans);
}
