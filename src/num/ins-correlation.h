/* ins-correlation.h: how features go together, and how well they tell groups apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-matrix.h"
#include "base/ins-run.h"

G_BEGIN_DECLS

typedef enum
{
  INS_CORRELATION_PEARSON, /* of the values: straight lines */
  INS_CORRELATION_SPEARMAN /* of the ranks: anything that rises or falls */
} InsCorrelationMethod;

/* Correlations of every two columns of @x (n × d), over the rows where both are finite; NaN where
 * there are fewer than two such rows or one of the columns does not vary in them.
 * Returns: (transfer full): d × d, symmetric, or NULL if cancelled. */
InsMatrix *ins_correlation (const InsMatrix *x, InsCorrelationMethod method, InsRun *run,
                            GError **error);

/* Columns of a d × d matrix of correlations, those that go together beside each other: the leaves
 * of average linkage on 1 - |r| (NaN: 1).  @order: d numbers.  Returns: FALSE if cancelled. */
gboolean ins_correlation_order (const InsMatrix *correlations, gint32 *order, InsRun *run,
                                GError **error);

/* Ranks 1 … m of the m numbers that are finite, equal ones share the middle of theirs; others are
 * NaN.  @ranks: n, may be @values. */
void ins_ranks (const double *values, gsize n, double *ranks);

/* Share of the variance of @values' ranks that lies between the @k groups rather than within them,
 * 0 … 1 (eta squared of Kruskal and Wallis); NaN where nothing varies.  @labels: < 0 = in none. */
double ins_rank_separation (const double *values, const gint32 *labels, gsize n, gsize k);

G_END_DECLS
