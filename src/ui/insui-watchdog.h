/* insui-watchdog.h: tells when the window was held up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* With INSIDERS_WATCHDOG=1 in the environment every pause of the main loop above 50 ms is written
 * to standard error.  Does nothing otherwise. */
void insui_watchdog_start (void);
