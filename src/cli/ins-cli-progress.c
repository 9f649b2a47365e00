/* ins-cli-progress.c: the bar on standard error, and interrupting
 *
 * The command works in a thread of GTask's, as a job of the window does; the first thread turns
 * the main loop, which hears of signals and draws the bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define INTERVAL_MS 100
#define BAR_CELLS 24
#define LATE_MS 40 /* after an interrupt: what has not come back by then may be abandoned */

typedef struct
{
  void (*func) (gpointer data);
  gpointer data;
} Call;

static GMutex lock;
/* under the lock: */
static InsRun *watched; /* owned, nullable */
static gboolean with_bar;
static gboolean interrupted;
static gboolean may_end;
static char *half_done; /* a folder, nullable */

/* ---- the bar ---- */

static int
terminal_width (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void
draw_bar (const char *stage, double fraction)
{
  int full = (int)(fraction * BAR_CELLS + 0.5);
  GString *line = g_string_new ("\r\033[K");

  if (fraction >= 0 && terminal_width () > BAR_CELLS + 40)
    {
      for (int i = 0; i < BAR_CELLS; i++)
        g_string_append (line, i < full ? "█" : "░");
      g_string_append_printf (line, " %3d %%  ", (int)(fraction * 100));
    }
  g_string_append (line, stage);
  fputs (line->str, stderr);
  fflush (stderr);
  g_string_free (line, TRUE);
}

static gboolean
on_time (gpointer data)
{
  const char *stage;
  double fraction;

  g_mutex_lock (&lock);
  stage = watched != NULL && with_bar ? ins_run_get_progress (watched, &fraction) : NULL;
  if (stage != NULL)
    draw_bar (stage, fraction);
  g_mutex_unlock (&lock);
  return G_SOURCE_CONTINUE;
}

void
ins_cli_progress_start (InsRun *run, gboolean bar)
{
  g_return_if_fail (run != NULL);

  g_mutex_lock (&lock);
  g_clear_pointer (&watched, ins_run_unref);
  watched = ins_run_ref (run);
  with_bar = bar && isatty (STDERR_FILENO);
  if (interrupted)
    ins_run_cancel (run);
  g_mutex_unlock (&lock);
}

/* The run stays: what comes after the bar can be interrupted as well. */
void
ins_cli_progress_stop (void)
{
  g_mutex_lock (&lock);
  if (with_bar)
    {
      fputs ("\r\033[K", stderr);
      fflush (stderr);
    }
  with_bar = FALSE;
  g_mutex_unlock (&lock);
}

/* ---- signals ---- */

void
ins_cli_progress_allow_end (const char *folder)
{
  g_mutex_lock (&lock);
  may_end = TRUE;
  g_free (half_done);
  half_done = g_strdup (folder);
  g_mutex_unlock (&lock);
}

void
ins_cli_progress_forbid_end (void)
{
  g_mutex_lock (&lock);
  may_end = FALSE;
  g_clear_pointer (&half_done, g_free);
  g_mutex_unlock (&lock);
}

/* The worker hangs in what cannot be cancelled and has nothing open. */
static gboolean
on_late (gpointer data)
{
  g_mutex_lock (&lock);
  if (may_end)
    {
      if (half_done != NULL)
        ins_cli_remove_folder (half_done);
      ins_cli_tell_interrupted ();
      _exit (INS_EXIT_INTERRUPTED);
    }
  g_mutex_unlock (&lock);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer data)
{
  g_mutex_lock (&lock);
  if (interrupted || watched == NULL) /* again, or nothing that could be left half done */
    {
      if (may_end && half_done != NULL)
        ins_cli_remove_folder (half_done);
      _exit (INS_EXIT_INTERRUPTED);
    }
  interrupted = TRUE;
  ins_run_cancel (watched);
  g_timeout_add (LATE_MS, on_late, NULL);
  g_mutex_unlock (&lock);
  return G_SOURCE_CONTINUE;
}

static void
call_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;

  call->func (call->data);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer loop)
{
  g_main_loop_quit (loop);
}

void
ins_cli_progress_call (void (*func) (gpointer data), gpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, loop);
  Call call = { func, data };

  g_unix_signal_add (SIGINT, on_signal, NULL);
  g_unix_signal_add (SIGTERM, on_signal, NULL);
  if (isatty (STDERR_FILENO))
    g_timeout_add (INTERVAL_MS, on_time, NULL);
  g_task_set_task_data (task, &call, NULL);
  g_task_run_in_thread (task, call_in_thread);
  g_main_loop_run (loop);
  g_clear_pointer (&watched, ins_run_unref);
}
