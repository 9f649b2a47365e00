/* ins-num-test.h: data, threads and cancelling for the kernels' tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <math.h>
#include <time.h>

#include "base/ins-error.h"
#include "base/ins-random.h"
#include "base/ins-run.h"
#include "ins-golden.h"

#define INS_TEST_LATENCY 0.2 /* seconds of work between cancelling and returning, per thread */

static const guint ins_test_threads[] = { 1, 2, 7 };

/* Skewed numbers as revenue is: exp of a sum of uniforms. */
static inline InsMatrix *
ins_test_skewed (gsize n, gsize d, guint64 seed)
{
  InsMatrix *x = ins_matrix_new (n, d);

  for (gsize i = 0; i < n * d; i++)
    {
      double sum = -3;
      for (guint64 u = 0; u < 6; u++)
        sum += ins_random_double (seed, i, u);
      x->data[i] = exp (1.4 * sum);
    }
  return x;
}

/* @centres heaps. */
static inline InsMatrix *
ins_test_heaps (gsize n, gsize d, guint32 centres, guint64 seed)
{
  InsMatrix *x = ins_matrix_new (n, d);

  for (gsize i = 0; i < n; i++)
    {
      guint64 heap = ins_random_below (seed, 1, i, centres);
      for (gsize j = 0; j < d; j++)
        ins_matrix_set (x, i, j,
                        10 * ins_random_double (seed, 2 + heap, j)
                            + ins_random_double (seed, 1000 + i, j)
                            + ins_random_double (seed, 1000 + i, 500 + j));
    }
  return x;
}

/* Whole numbers 0 … @values - 1: full of duplicates. */
static inline InsMatrix *
ins_test_whole (gsize n, gsize d, guint32 values, guint64 seed)
{
  InsMatrix *x = ins_matrix_new (n, d);

  for (gsize i = 0; i < n * d; i++)
    x->data[i] = ins_random_below (seed, 3, i, values);
  return x;
}

/* @x times 2^@power, which changes no digit. */
static inline InsMatrix *
ins_test_scaled (const InsMatrix *x, int power)
{
  InsMatrix *scaled = ins_matrix_new (x->rows, x->cols);

  for (gsize i = 0; i < x->rows * x->cols; i++)
    scaled->data[i] = ldexp (x->data[i], power);
  return scaled;
}

/* Relative to the larger of the two and 1. */
static inline void
ins_assert_close (double a, double b, double tolerance)
{
  if (!(fabs (a - b) <= tolerance * MAX (1, MAX (fabs (a), fabs (b)))))
    g_error ("%.17g is not %.17g", a, b);
}

static inline void
ins_assert_matrices_close (const InsMatrix *a, const InsMatrix *b, double tolerance)
{
  g_assert_cmpuint (a->rows, ==, b->rows);
  g_assert_cmpuint (a->cols, ==, b->cols);
  for (gsize i = 0; i < a->rows * a->cols; i++)
    ins_assert_close (a->data[i], b->data[i], tolerance);
}

static inline gint32 *
ins_test_labels (const InsMatrix *column)
{
  gint32 *labels = g_new (gint32, column->rows);

  for (gsize i = 0; i < column->rows; i++)
    labels[i] = (gint32)column->data[i];
  return labels;
}

/* Whether the two partitions are the same but for the numbers of the clusters. */
static inline gboolean
ins_test_same_partition (const gint32 *a, const gint32 *b, gsize n)
{
  g_autoptr (GHashTable) there = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) back = g_hash_table_new (NULL, NULL);

  for (gsize i = 0; i < n; i++)
    {
      gpointer x = GINT_TO_POINTER (a[i]), y = GINT_TO_POINTER (b[i]), found;
      if (g_hash_table_lookup_extended (there, x, NULL, &found) && found != y)
        return FALSE;
      if (g_hash_table_lookup_extended (back, y, NULL, &found) && found != x)
        return FALSE;
      g_hash_table_insert (there, x, y);
      g_hash_table_insert (back, y, x);
    }
  return TRUE;
}

/* ---- cancelling ---- */

/* Calls a kernel, frees what it gives.  Returns: whether it came to its end. */
typedef gboolean (*InsTestKernel) (gpointer data, InsRun *run, GError **error);

typedef struct
{
  InsRun *run;
  gulong delay;
  double cancelled_at; /* processor seconds of the process */
} InsTestCancel;

static inline double
ins_test_processor_time (void)
{
  struct timespec t;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline gpointer
ins_test_cancel_later (gpointer data)
{
  InsTestCancel *cancel = data;

  g_usleep (cancel->delay);
  cancel->cancelled_at = ins_test_processor_time ();
  ins_run_cancel (cancel->run);
  return NULL;
}

/* Cancels at @times moments up to @longest µs; processor time, as others may use the machine. */
static inline void
ins_test_cancelling (InsTestKernel kernel, gpointer data, guint times, guint longest)
{
  guint cancelled = 0;

  for (guint i = 0; i < times; i++)
    {
      g_autoptr (InsRun) run = ins_run_new (1 + i % 2, NULL);
      g_autoptr (GError) error = NULL;
      InsTestCancel cancel = { run, ins_random_below (7, 0, i, longest), 0 };
      GThread *thread = g_thread_new ("cancel", ins_test_cancel_later, &cancel);
      gboolean done = kernel (data, run, &error);
      double returned = ins_test_processor_time ();

      g_thread_join (thread);
      if (done)
        {
          g_assert_no_error (error);
          continue;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpfloat (returned - cancel.cancelled_at, <, INS_TEST_LATENCY * (1 + i % 2));
      cancelled++;
    }
  g_assert_cmpuint (cancelled, >, 0);
}

/* Missing, infinite and huge numbers in @x, which is or belongs to @data. */
static inline void
ins_test_refusing (InsTestKernel kernel, InsMatrix *x, gpointer data)
{
  static const double refused[] = { NAN, INFINITY, -INFINITY, 1e150, -1e300 };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (InsRun) run = ins_run_new (2, NULL);
      g_autoptr (GError) error = NULL;
      double keep = x->data[i];
      x->data[i] = refused[i];
      g_assert_false (kernel (data, run, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
      x->data[i] = keep;
    }
}

/* Before the kernel begins. */
static inline void
ins_test_cancelled_before (InsTestKernel kernel, gpointer data)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (GError) error = NULL;

  ins_run_cancel (run);
  g_assert_false (kernel (data, run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (kernel (data, run, NULL));
}
