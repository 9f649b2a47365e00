/* ins-features.h: what is known of each customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-artifact.h"
#include "base/ins-matrix.h"
#include "data/ins-filter.h"

G_BEGIN_DECLS

typedef enum
{
  INS_FEATURE_NUMBER,
  INS_FEATURE_TEXT
} InsFeatureType;

/**
 * InsFeatureInfo:
 * @name: data.md section 3: "gross_revenue"
 * @notebook_name: (nullable): "qtde_invoices"
 * @title, @definition, @unit: for people, translated; @unit is "" for pure numbers, "money" for
 *   amounts in the project's currency
 * @direction: +1 more is better, -1 less is better, 0 neither
 * @decimals: to show
 */
typedef struct
{
  const char *name;
  const char *notebook_name;
  const char *title;
  const char *definition;
  const char *unit;
  int direction;
  int decimals;
  InsFeatureType type;
} InsFeatureInfo;

/* The dictionary, in the order of the CSV's columns. */
const InsFeatureInfo *ins_feature_dictionary (gsize *n);

/**
 * InsFeatures:
 * @n: customers, ordered by id (as numbers if all ids are integers, else by bytes)
 * @ids: n texts
 * @infos: n_features; point into the dictionary, or are owned (a ready table's columns)
 * @values: n × n_features; a text feature's column holds indices into its words (NaN missing)
 * @words: per feature NULL, or the NULL-terminated words of a text feature
 * @bars: (element-type InsWaterfallBar): the filter's bars and those added here ("purchases":
 *   customers without a purchase; "required")
 * @reference_date: of recency; INS_DATE_MISSING in a ready table
 * @value_feature: index of the feature that orders clusters (gross_revenue; in a ready table the
 *   first column that sounds like revenue, else -1)
 */
typedef struct
{
  InsArtifact artifact;
  gsize n;
  char **ids;
  gboolean ids_are_numbers;
  gsize n_features;
  InsFeatureInfo *infos;
  InsMatrix *values;
  char ***words;
  GPtrArray *bars;
  gint32 reference_date;
  int value_feature;
  GStringChunk *strings; /* owns what the infos do not have from the dictionary; (nullable) */
} InsFeatures;

extern const InsArtifactType ins_features_type;

/* @reference_date: INS_DATE_MISSING = the last purchase date in the kept lines; an earlier one is
 * INS_ERROR_USAGE, as is an unknown feature to require.  INS_ERROR_INPUT if no customer is left, so
 * features always have one.  @filtered must be complete. */
InsFeatures *ins_features_compute (InsFiltered *filtered, gint32 reference_date, InsRun *run,
                                   GError **error);
/* Whether they are the columns of a ready table, with names of its own. */
gboolean ins_features_are_ready (const InsFeatures *features);
/* -1 if there is none of that name (a notebook's name is accepted as well). */
int ins_features_find (const InsFeatures *features, const char *name);
/* Text of one value as the CSV has it ("" = missing).  @buffer: for numbers. */
const char *ins_features_get_text (const InsFeatures *features, gsize row, gsize feature,
                                   char buffer[INS_TEXT_SIZE]);

G_END_DECLS
