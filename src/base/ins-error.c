/* ins-error.c: the engine's error domain
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-error.h"

GQuark
ins_error_quark (void)
{
  return g_quark_from_static_string ("ins-error-quark");
}
