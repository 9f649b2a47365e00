/* insui-watchdog.c: tells when the window was held up
 *
 * A timer that is due every 10 ms comes late by exactly as long as something else kept the main
 * loop.  The processor time says whether that was the program or a busy machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-watchdog.h"

#include <glib.h>
#include <time.h>

#define INTERVAL 10 /* ms */
#define LIMIT 50    /* ms */

static double
thread_time (void)
{
  struct timespec now = { 0, 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static gboolean
on_time (gpointer data)
{
  static gint64 start = 0;
  static gint64 last = 0;
  static double last_time = 0;
  gint64 now = g_get_monotonic_time ();
  double now_time = thread_time ();
  gint64 late = last ? (now - last) / 1000 - INTERVAL : 0;

  if (start == 0)
    start = now;
  if (late > LIMIT)
    g_printerr ("watchdog: after %.2f s the main loop was held up for %" G_GINT64_FORMAT
                " ms (%.0f ms of processor time)\n",
                (double)(now - start) / G_USEC_PER_SEC, late, now_time - last_time);
  last = now;
  last_time = now_time;
  return G_SOURCE_CONTINUE;
}

void
insui_watchdog_start (void)
{
  if (g_strcmp0 (g_getenv ("INSIDERS_WATCHDOG"), "1") == 0)
    g_timeout_add_full (G_PRIORITY_HIGH, INTERVAL, on_time, NULL, NULL);
}
