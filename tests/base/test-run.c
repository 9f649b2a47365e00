/* test-run.c: threads, progress, cancel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-run.h"

#include <stdatomic.h>

#define N 10007

typedef struct
{
  InsRun *run;
  guint8 seen[N];
  gsize sums[N];
  atomic_uint calls, nested, foreign;
  gsize cancel_at;
} Work;

static void
count_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *work = data;

  for (gsize i = begin; i < end; i++)
    {
      work->seen[i]++;
      work->sums[block] += i;
    }
  if (atomic_fetch_add (&work->calls, 1) + 1 == work->cancel_at)
    ins_run_cancel (work->run);
}

static void
test_every_item_once (void)
{
  static const guint threads[] = { 1, 2, 7 };
  static const gsize blocks[] = { 1, 64, 1000, N, 5 * N };

  for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (threads[t], NULL);
      g_assert_cmpuint (ins_run_get_threads (run), ==, threads[t]);
      for (gsize b = 0; b < G_N_ELEMENTS (blocks); b++)
        {
          g_autofree Work *work = g_new0 (Work, 1);
          gsize sum = 0;
          work->run = run;
          g_assert_true (ins_run_parallel (run, N, blocks[b], count_block, work));
          for (gsize i = 0; i < N; i++)
            {
              g_assert_cmpuint (work->seen[i], ==, 1);
              sum += work->sums[i];
            }
          g_assert_cmpuint (sum, ==, (gsize)N * (N - 1) / 2);
          g_assert_cmpuint (work->calls, ==, (N + blocks[b] - 1) / blocks[b]);
        }
    }
}

static void
test_nothing_to_do (void)
{
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autofree Work *work = g_new0 (Work, 1);

  g_assert_true (ins_run_parallel (run, 0, 10, count_block, work));
  g_assert_cmpuint (work->calls, ==, 0);
}

static void
inner_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *work = ((gpointer *)data)[0];

  atomic_fetch_add (&work->nested, (guint)(end - begin));
  if (g_thread_self () != ((gpointer *)data)[1])
    atomic_fetch_add (&work->foreign, 1);
}

static void
outer_block (gsize begin, gsize end, gsize block, gpointer data)
{
  Work *work = data;
  gpointer inner[] = { work, g_thread_self () };

  g_assert_true (ins_run_parallel (work->run, 100, 9, inner_block, inner));
}

static void
test_nested_stays_in_thread (void)
{
  g_autoptr (InsRun) run = ins_run_new (3, NULL);
  g_autofree Work *work = g_new0 (Work, 1);

  work->run = run;
  g_assert_true (ins_run_parallel (run, 50, 1, outer_block, work));
  g_assert_cmpuint (work->nested, ==, 5000);
  g_assert_cmpuint (work->foreign, ==, 0);
}

static gpointer
loop_in_thread (gpointer run)
{
  g_autofree Work *work = g_new0 (Work, 1);

  work->run = run;
  for (guint i = 0; i < 200; i++)
    g_assert_true (ins_run_parallel (run, N, 500, count_block, work));
  for (gsize i = 0; i < N; i++)
    g_assert_cmpuint (work->seen[i], ==, 200);
  return NULL;
}

static void
test_two_callers (void)
{
  g_autoptr (InsRun) run = ins_run_new (3, NULL);
  GThread *a = g_thread_new ("a", loop_in_thread, run);
  GThread *b = g_thread_new ("b", loop_in_thread, run);

  g_thread_join (a);
  g_thread_join (b);
}

static void
test_cancel_skips (void)
{
  static const guint threads[] = { 1, 2, 7 };

  for (gsize t = 0; t < G_N_ELEMENTS (threads); t++)
    {
      g_autoptr (InsRun) run = ins_run_new (threads[t], NULL);
      g_autofree Work *work = g_new0 (Work, 1);
      g_autoptr (GError) error = NULL;

      work->run = run;
      work->cancel_at = 20;
      g_assert_true (ins_run_check (run, &error));
      g_assert_no_error (error);
      g_assert_false (ins_run_parallel (run, N, 1, count_block, work));
      g_assert_cmpuint (work->calls, >=, 20);
      g_assert_cmpuint (work->calls, <=, 20 + threads[t]);
      g_assert_false (ins_run_tick (run));
      g_assert_false (ins_run_check (run, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (ins_run_parallel (run, N, 1, count_block, work));
      g_assert_cmpuint (work->calls, <=, 20 + threads[t]);
    }
}

static void
test_cancellable (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  InsRun *run = ins_run_new (0, cancellable);

  g_assert_cmpuint (ins_run_get_threads (run), ==, g_get_num_processors ());
  g_assert_true (ins_run_tick (run));
  g_cancellable_cancel (cancellable);
  g_assert_false (ins_run_tick (run));
  g_cancellable_reset (cancellable); /* once cancelled, always cancelled */
  g_assert_false (ins_run_tick (run));
  g_object_add_weak_pointer (G_OBJECT (cancellable), (gpointer *)&cancellable);
  ins_run_ref (run);
  ins_run_unref (run);
  ins_run_unref (run);
  g_assert_cmpuint (G_OBJECT (cancellable)->ref_count, ==, 1);
  g_object_remove_weak_pointer (G_OBJECT (cancellable), (gpointer *)&cancellable);
}

static void
test_progress (void)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  double fraction = 5;

  g_assert_null (ins_run_get_progress (run, &fraction));
  g_assert_cmpfloat (fraction, ==, -1);
  ins_run_begin (run, "reading", 8);
  ins_run_advance (run, 2);
  g_assert_cmpstr (ins_run_get_progress (run, &fraction), ==, "reading");
  g_assert_cmpfloat (fraction, ==, 0.25);
  ins_run_advance (run, 20);
  ins_run_get_progress (run, &fraction);
  g_assert_cmpfloat (fraction, ==, 1);
  ins_run_begin (run, "guessing", 0);
  g_assert_cmpstr (ins_run_get_progress (run, &fraction), ==, "guessing");
  g_assert_cmpfloat (fraction, ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/every-item-once", test_every_item_once);
  g_test_add_func ("/run/nothing-to-do", test_nothing_to_do);
  g_test_add_func ("/run/nested-stays-in-thread", test_nested_stays_in_thread);
  g_test_add_func ("/run/two-callers", test_two_callers);
  g_test_add_func ("/run/cancel-skips", test_cancel_skips);
  g_test_add_func ("/run/cancellable", test_cancellable);
  g_test_add_func ("/run/progress", test_progress);
  return g_test_run ();
}
