/* ins-simd.c: the tests' switch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-simd.h"

gboolean ins_simd_narrow = FALSE;
