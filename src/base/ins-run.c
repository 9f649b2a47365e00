/* ins-run.c: one running computation: threads, progress, cancel
 *
 * A run makes its workers at its first parallel loop and keeps them until it is freed.  A loop is
 * a job the workers join: each takes the next block from an atomic counter.  The caller works too,
 * then closes the job and waits for those inside; a worker that wakes late finds the job gone and
 * costs nothing.  pthreads and C11 atomics, as a thread sanitizer does not see into GMutex.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-run.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#define MAX_THREADS 256

typedef struct
{
  gsize n, block, n_blocks;
  InsRunFunc func;
  gpointer data;
  atomic_size_t next;
  atomic_bool skipped;
} Job;

struct _InsRun
{
  atomic_int ref_count;
  guint threads;
  GCancellable *cancellable; /* owned, nullable */
  atomic_bool cancelled;

  const char *_Atomic stage;
  atomic_ullong total, done;

  pthread_mutex_t busy; /* held by the thread whose loop is running */
  pthread_mutex_t mutex;
  pthread_cond_t work, idle;
  /* under mutex: */
  pthread_t *workers;
  guint n_workers;
  gboolean started, quit;
  Job *job;
  guint64 job_number;
  guint inside; /* workers in the job */
};

static _Thread_local gboolean in_parallel;

InsRun *
ins_run_new (guint threads, GCancellable *cancellable)
{
  InsRun *run = g_new0 (InsRun, 1);

  atomic_init (&run->ref_count, 1);
  run->threads = MIN (threads > 0 ? threads : g_get_num_processors (), MAX_THREADS);
  if (cancellable != NULL)
    run->cancellable = g_object_ref (cancellable);
  atomic_init (&run->cancelled, FALSE);
  atomic_init (&run->stage, NULL);
  atomic_init (&run->total, 0);
  atomic_init (&run->done, 0);
  pthread_mutex_init (&run->busy, NULL);
  pthread_mutex_init (&run->mutex, NULL);
  pthread_cond_init (&run->work, NULL);
  pthread_cond_init (&run->idle, NULL);
  return run;
}

InsRun *
ins_run_ref (InsRun *run)
{
  g_return_val_if_fail (run != NULL, NULL);
  atomic_fetch_add (&run->ref_count, 1);
  return run;
}

void
ins_run_unref (InsRun *run)
{
  g_return_if_fail (run != NULL);
  if (atomic_fetch_sub (&run->ref_count, 1) != 1)
    return;

  pthread_mutex_lock (&run->mutex);
  run->quit = TRUE;
  pthread_cond_broadcast (&run->work);
  pthread_mutex_unlock (&run->mutex);
  for (guint i = 0; i < run->n_workers; i++)
    pthread_join (run->workers[i], NULL);
  pthread_cond_destroy (&run->idle);
  pthread_cond_destroy (&run->work);
  pthread_mutex_destroy (&run->mutex);
  pthread_mutex_destroy (&run->busy);
  g_clear_object (&run->cancellable);
  g_free (run->workers);
  g_free (run);
}

guint
ins_run_get_threads (InsRun *run)
{
  g_return_val_if_fail (run != NULL, 1);
  return run->threads;
}

/* ---- cancel ---- */

gboolean
ins_run_tick (InsRun *run)
{
  g_return_val_if_fail (run != NULL, FALSE);

  if (atomic_load_explicit (&run->cancelled, memory_order_relaxed))
    return FALSE;
  if (run->cancellable == NULL || !g_cancellable_is_cancelled (run->cancellable))
    return TRUE;
  ins_run_cancel (run);
  return FALSE;
}

void
ins_run_cancel (InsRun *run)
{
  g_return_if_fail (run != NULL);
  atomic_store_explicit (&run->cancelled, TRUE, memory_order_relaxed);
}

gboolean
ins_run_check (InsRun *run, GError **error)
{
  if (ins_run_tick (run))
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  return FALSE;
}

/* ---- progress ---- */

void
ins_run_begin (InsRun *run, const char *stage, guint64 total)
{
  g_return_if_fail (run != NULL);
  atomic_store (&run->total, 0); /* unknown while the three are not yet in step */
  atomic_store (&run->done, 0);
  atomic_store (&run->stage, stage);
  atomic_store (&run->total, total);
}

void
ins_run_advance (InsRun *run, guint64 units)
{
  g_return_if_fail (run != NULL);
  atomic_fetch_add_explicit (&run->done, units, memory_order_relaxed);
}

const char *
ins_run_get_progress (InsRun *run, double *fraction)
{
  guint64 total, done;

  g_return_val_if_fail (run != NULL, NULL);
  total = atomic_load (&run->total);
  done = atomic_load (&run->done);
  if (fraction != NULL)
    *fraction = total == 0 ? -1 : (double)MIN (done, total) / (double)total;
  return atomic_load (&run->stage);
}

/* ---- parallel loops ---- */

static void
job_work (InsRun *run, Job *job)
{
  gboolean outer = in_parallel;

  in_parallel = TRUE;
  for (;;)
    {
      gsize block = atomic_fetch_add_explicit (&job->next, 1, memory_order_relaxed);
      gsize begin = block * job->block;
      if (block >= job->n_blocks)
        break;
      if (!ins_run_tick (run))
        {
          atomic_store (&job->skipped, TRUE);
          break;
        }
      job->func (begin, MIN (job->n - begin, job->block) + begin, block, job->data);
    }
  in_parallel = outer;
}

static void *
worker_main (void *user_data)
{
  InsRun *run = user_data;
  guint64 seen = 0;

  pthread_mutex_lock (&run->mutex);
  while (!run->quit)
    {
      Job *job = run->job;
      if (job == NULL || run->job_number == seen)
        {
          pthread_cond_wait (&run->work, &run->mutex);
          continue;
        }
      seen = run->job_number;
      run->inside++;
      pthread_mutex_unlock (&run->mutex);
      job_work (run, job);
      pthread_mutex_lock (&run->mutex);
      if (--run->inside == 0)
        pthread_cond_signal (&run->idle);
    }
  pthread_mutex_unlock (&run->mutex);
  return NULL;
}

/* Signals go to the program's own threads.  Where the system gives fewer threads than asked for,
 * the loop runs on those there are. */
static void
start_workers (InsRun *run)
{
  sigset_t all, before;

  run->started = TRUE;
  run->workers = g_new0 (pthread_t, run->threads);
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  while (run->n_workers + 1 < run->threads
         && pthread_create (&run->workers[run->n_workers], NULL, worker_main, run) == 0)
    run->n_workers++;
  pthread_sigmask (SIG_SETMASK, &before, NULL);
}

static void
run_with_workers (InsRun *run, Job *job)
{
  pthread_mutex_lock (&run->mutex);
  if (!run->started)
    start_workers (run);
  run->job = job;
  run->job_number++;
  if (job->n_blocks == 2)
    pthread_cond_signal (&run->work);
  else
    pthread_cond_broadcast (&run->work);
  pthread_mutex_unlock (&run->mutex);

  job_work (run, job);

  pthread_mutex_lock (&run->mutex);
  run->job = NULL;
  while (run->inside > 0)
    pthread_cond_wait (&run->idle, &run->mutex);
  pthread_mutex_unlock (&run->mutex);
}

gboolean
ins_run_parallel (InsRun *run, gsize n, gsize block, InsRunFunc func, gpointer data)
{
  Job job = { .n = n, .block = block, .func = func, .data = data };

  g_return_val_if_fail (run != NULL && func != NULL && block > 0, FALSE);

  job.n_blocks = n / block + (n % block != 0);
  atomic_init (&job.next, 0);
  atomic_init (&job.skipped, FALSE);
  if (job.n_blocks > 1 && run->threads > 1 && !in_parallel
      && pthread_mutex_trylock (&run->busy) == 0)
    {
      run_with_workers (run, &job);
      pthread_mutex_unlock (&run->busy);
    }
  else
    job_work (run, &job);
  return !atomic_load (&job.skipped) && ins_run_tick (run);
}
