/* ins-cli-progress.c: the bar on standard error, and interrupting
 *
 * A thread beside the computing one draws the bar and hears of signals through a pipe, as a signal
 * handler itself may do next to nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "cli/ins-cli.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define INTERVAL_MS 100
#define BAR_CELLS 24

static volatile sig_atomic_t n_signals;
static int wake_pipe[2] = { -1, -1 };
static pthread_t watcher;
static gboolean watching;
static InsRun *watched; /* owned */
static gboolean with_bar;

static void
on_signal (int number)
{
  int code = errno;

  if (n_signals++ > 0)
    _exit (INS_EXIT_INTERRUPTED);
  if (write (wake_pipe[1], "s", 1) < 0)
    _exit (INS_EXIT_INTERRUPTED);
  errno = code;
}

static int
terminal_width (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void
draw_bar (void)
{
  double fraction;
  const char *stage = ins_run_get_progress (watched, &fraction);
  int full = (int)(fraction * BAR_CELLS + 0.5);
  GString *line;

  if (stage == NULL)
    return;
  line = g_string_new ("\r\033[K");
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

/* Ends when the pipe says so ("q"). */
static void *
watch (void *data)
{
  for (;;)
    {
      struct pollfd wait = { .fd = wake_pipe[0], .events = POLLIN };
      char what = 0;

      if (poll (&wait, 1, with_bar ? INTERVAL_MS : -1) > 0 && read (wake_pipe[0], &what, 1) == 1)
        {
          if (what == 'q')
            return NULL;
          ins_run_cancel (watched);
        }
      if (with_bar)
        draw_bar ();
    }
}

void
ins_cli_progress_start (InsRun *run, gboolean bar)
{
  struct sigaction action;
  sigset_t all, before;

  g_return_if_fail (run != NULL && !watching);

  if (!g_unix_open_pipe (wake_pipe, FD_CLOEXEC, NULL))
    return;
  watched = ins_run_ref (run);
  with_bar = bar && isatty (STDERR_FILENO);
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  watching = pthread_create (&watcher, NULL, watch, NULL) == 0;
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  if (!watching)
    return;

  memset (&action, 0, sizeof action);
  action.sa_handler = on_signal; /* no SA_RESTART: what waits is woken */
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
}

void
ins_cli_progress_stop (void)
{
  if (!watching)
    return;
  while (write (wake_pipe[1], "q", 1) < 0 && errno == EINTR)
    ;
  pthread_join (watcher, NULL);
  watching = FALSE;
  if (with_bar)
    {
      fputs ("\r\033[K", stderr);
      fflush (stderr);
    }
  g_clear_pointer (&watched, ins_run_unref);
}

gboolean
ins_cli_was_interrupted (void)
{
  return n_signals > 0;
}
