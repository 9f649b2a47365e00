/* ins-features-private.h: what the makers of features share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-features.h"

G_BEGIN_DECLS

/* Places in the dictionary. */
typedef enum
{
  INS_FEATURE_GROSS_REVENUE,
  INS_FEATURE_RECENCY_DAYS,
  INS_FEATURE_INVOICE_COUNT,
  INS_FEATURE_ITEM_COUNT,
  INS_FEATURE_LINE_COUNT,
  INS_FEATURE_PRODUCT_COUNT,
  INS_FEATURE_AVG_LINE_VALUE,
  INS_FEATURE_AVG_TICKET,
  INS_FEATURE_AVG_GAP_DAYS,
  INS_FEATURE_FREQUENCY,
  INS_FEATURE_RETURNED_ITEMS,
  INS_FEATURE_RETURN_RATE,
  INS_FEATURE_RETURNS_PER_LINE,
  INS_FEATURE_AVG_BASKET_SIZE,
  INS_FEATURE_AVG_UNIQUE_BASKET_SIZE,
  INS_FEATURE_MEAN_BASKET_VARIETY,
  INS_FEATURE_NET_REVENUE,
  INS_FEATURE_TENURE_DAYS,
  INS_FEATURE_PURCHASE_RATE,
  INS_FEATURE_COUNTRY,
  INS_FEATURE_R_SCORE,
  INS_FEATURE_F_SCORE,
  INS_FEATURE_M_SCORE,
  INS_FEATURE_RFM_SEGMENT,
  INS_N_DICTIONARY
} InsFeatureNumber;

const InsFeatureInfo *ins_feature_dictionary_find (const char *name);

/* Fills the columns r_score … rfm_segment of @values from the others; words of the segments. */
char **ins_rfm_score (InsMatrix *values);

/* The column of a ready table that orders clusters: the first number that sounds like revenue; -1.
 */
int ins_ready_value_column (const InsTable *table);
InsFeatures *ins_features_from_ready (InsFiltered *filtered, InsRun *run, GError **error);

/* The order of @n ids: as numbers if all are integers in their usual form, else by bytes. */
guint32 *ins_features_order_ids (char **ids, gsize n, gboolean *are_numbers);
/* Per customer whether one of the features named in @require is missing.  Returns: (transfer full):
 * NULL and INS_ERROR_USAGE for an unknown name */
guint8 *ins_features_find_lacking (const InsFeatures *features, const char *require,
                                   GError **error);
gboolean ins_features_check_any (const InsFeatures *features, GError **error);

G_END_DECLS
