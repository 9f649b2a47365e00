/* insui-sentences.h: the first line of every page: what the result says, in words
 *
 * All are (transfer full) and plain text; NULL when there is nothing to say yet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-identity.h"

G_BEGIN_DECLS

char *insui_sentence_features (const InsResults *results, const char *currency);
char *insui_sentence_prepare (const InsResults *results);
char *insui_sentence_embed (const InsResults *results);
/* "7 groups. Insiders: 257 customers bring 48.3 % of revenue" */
char *insui_sentence_cluster (const InsResults *results, const InsIdentity *identities, gsize k);
/* How the number of groups was chosen, or where the groups come from. */
char *insui_sentence_reason (const InsClustering *clustering);
/* What sets cluster @cluster apart: "Revenue is 8.1× the average, …" */
char *insui_sentence_profile (const InsResults *results, gsize cluster);
/* "122 selected · £1.21 M · 11.9 % of revenue"; @selection: a byte per row of the features. */
char *insui_sentence_selection (const InsFeatures *features, const guint8 *selection, gsize n,
                                const char *currency);
/* "robust", "logarithm, then standard": @method for people. */
const char *insui_scale_method_title (InsScaleMethod method);
/* Customers left out between the features and the models. */
gsize insui_count_left_out (const InsResults *results);

/* Sums of the value feature: of the base, of the rows chosen.  FALSE without such a feature. */
gboolean insui_sum_value (const InsFeatures *features, const guint8 *selection, gsize n,
                          double *all, double *chosen, gsize *n_chosen);

G_END_DECLS
