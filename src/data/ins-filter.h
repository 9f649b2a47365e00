/* ins-filter.h: which lines count, and what each rule costs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-artifact.h"
#include "base/ins-run.h"
#include "data/ins-table.h"
#include "data/ins-waterfall.h"

G_BEGIN_DECLS

/* A group of product codes that look like services, with what they carry. */
typedef struct
{
  char *pattern; /* "[no-digit]", "gift_*", "C2": what stands in the parameter */
  char *codes;   /* the codes found, for people: "POST, DOT, M, …" */
  guint64 lines;
  double revenue;
} InsServiceGroup;

typedef enum
{
  INS_ANONYMOUS_LEAVE_OUT,
  INS_ANONYMOUS_PER_INVOICE
} InsAnonymous;

typedef enum
{
  INS_PRICE_OFF,
  INS_PRICE_ABOVE,
  INS_PRICE_AT_LEAST
} InsPriceRule;

typedef enum
{
  INS_CANCELLATIONS_PAIR,
  INS_CANCELLATIONS_NEGATIVE
} InsCancellations;

typedef enum
{
  INS_OUTLIERS_OFF,
  INS_OUTLIERS_IQR,
  INS_OUTLIERS_Z
} InsOutliers;

/**
 * InsFilterRules: data.md section 2, in its order
 * @first_anonymous_id: PER_INVOICE: the id of the first invoice without customer
 * @products: comma-separated codes and glob patterns, case matters; "[no-digit]" = every code
 *   without a digit; "" = off
 * @countries, @customers: comma-separated; "" = off.  A comma inside a value is written "\,".
 * @date_from, @date_to: INS_DATE_MISSING = off; both inclusive
 * @min_amount, @max_amount: of |quantity × price|; NaN = off
 * @outliers: of quantity; @outlier_limit: 1.5 (IQR) or 3 (z) usually; @cap: set the quantity to
 *   the limit instead of leaving the line out
 * @require: comma-separated features a customer must have; applied by ins_features_compute()
 */
typedef struct
{
  InsAnonymous anonymous;
  gint64 first_anonymous_id;
  InsPriceRule price_rule;
  double min_price;
  char *products;
  char *countries;
  char *customers;
  InsCancellations cancellations;
  gint32 date_from, date_to;
  double min_amount, max_amount;
  InsOutliers outliers;
  double outlier_limit;
  gboolean cap;
  char *require;
} InsFilterRules;

typedef enum
{
  INS_LINE_OUT,
  INS_LINE_PURCHASE,
  INS_LINE_RETURN
} InsLineKind;

/**
 * InsFiltered:
 * @table: (nullable): NULL = incomplete (read from a project)
 * @kind: (nullable): per line an InsLineKind
 * @customer: (nullable): per line an index into @ids (INS_CODE_MISSING where left out)
 * @quantity: (nullable): per line the quantity where outliers are capped, else NULL
 * @ids: customers' ids as text, whole numbers without ".0"; made-up ones included
 * @bars: (element-type InsWaterfallBar)
 * @services: (element-type InsServiceGroup): the groups proposed, whether left out or not
 * @n_pairs: sales cancelled by a return
 */
typedef struct
{
  InsArtifact artifact;
  InsTable *table;
  guint8 *kind;
  guint32 *customer;
  double *quantity;
  char **ids;
  gsize n_ids;
  GPtrArray *bars;
  GPtrArray *services;
  guint64 n_pairs;
  guint64 n_purchases;
  guint64 n_returns;
  char *require;
} InsFiltered;

extern const InsArtifactType ins_filtered_type;

/* A bar for every rule that is switched on, in this order: imported, incomplete (only if there are
 * lines without invoice, date, quantity or price), customer (LEAVE_OUT), price, products,
 * countries, customers, cancellations (PAIR), dates, amount, outliers.  A rule whose column is
 * absent is off. PER_INVOICE leaves nothing out: "imported" then counts the made-up customers as
 * well.
 *
 * For a ready table everything is kept.  Returns: (transfer full) */
InsFiltered *ins_filter_apply (InsTable *table, const InsFilterRules *rules, InsRun *run,
                               GError **error);

G_END_DECLS
