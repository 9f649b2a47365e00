/* insui-watchdog.c: tells when the window was held up
 *
 * A timer that is due every 10 ms comes late by exactly as long as something else kept the main
 * loop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-watchdog.h"

#include <glib.h>

#define INTERVAL 10 /* ms */
#define LIMIT 50    /* ms */

static gboolean
on_time (gpointer data)
{
  static gint64 last = 0;
  static gint64 start = 0;
  gint64 now = g_get_monotonic_time ();
  gint64 late = last ? (now - last) / 1000 - INTERVAL : 0;

  if (late > LIMIT)
    g_printerr ("watchdog: %.2f s: main loop held up for %" G_GINT64_FORMAT " ms\n",
                (double)(now - start) / G_USEC_PER_SEC, late);
  if (start == 0)
    start = now;
  last = now;
  return G_SOURCE_CONTINUE;
}

void
insui_watchdog_start (void)
{
  if (g_strcmp0 (g_getenv ("INSIDERS_WATCHDOG"), "1") == 0)
    g_timeout_add_full (G_PRIORITY_HIGH, INTERVAL, on_time, NULL, NULL);
}
