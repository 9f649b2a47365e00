/* ins-memory-private.h: for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-memory.h"

/* As ins_memory_available(), with /proc and /sys looked for below @root ("" is the real one). */
guint64 ins_memory_available_below (const char *root);
