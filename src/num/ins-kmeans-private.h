/* ins-kmeans-private.h: what the files of K-Means share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "num/ins-kmeans.h"

G_BEGIN_DECLS

#define INS_KMEANS_BLOCK 4096 /* rows per block: a multiple of the tile */
#define INS_KMEANS_TILE 64

/* Greedy k-means++ (Arthur & Vassilvitskii 2007; the greedy choice as in scikit-learn).  @stream
 * tells starts apart.  @centres: k × d, point after point.  Returns: FALSE if cancelled. */
gboolean ins_kmeans_seed (const InsMatrix *x, gsize k, guint64 seed, guint64 stream,
                          double *centres, InsRun *run);

/* Whether @x has at least @k different rows. */
gboolean ins_kmeans_has_distinct (const InsMatrix *x, gsize k);

G_END_DECLS
