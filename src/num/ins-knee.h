/* ins-knee.h: the knee of a falling, convex curve
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kneedle (Satopää et al. 2011) with sensitivity @s (1 in yellowbrick) on @n points with rising
 * @x; convex and falling as an elbow curve is.  Returns: index of the knee, -1 if there is none. */
gssize ins_knee_find (const double *x, const double *y, gsize n, double s);

G_END_DECLS
