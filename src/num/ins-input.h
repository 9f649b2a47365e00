/* ins-input.h: what every kernel asks of its numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"

G_BEGIN_DECLS

/* INS_ERROR_INPUT unless every number is there and below 10^150 in size, so that no square of a
 * difference overflows.  O(n d). */
gboolean ins_input_check (const InsMatrix *x, GError **error);

G_END_DECLS
