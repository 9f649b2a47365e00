/* ins-error.c: the engine's error domain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-error.h"

G_DEFINE_QUARK (ins - error - quark, ins_error)
