/* ins-filter-private.h: what the rules of the filter share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "data/ins-codes.h"
#include "data/ins-filter.h"
#include "data/ins-measure.h"

G_BEGIN_DECLS

#define INS_FILTER_KEPT 255 /* a line no rule has taken yet */
#define INS_FILTER_MAX_BARS 16
#define INS_FILTER_BLOCK 65536 /* lines between two looks at cancel */

/**
 * InsFilterWork:
 * @bar_of: per line the number of the bar at which it leaves, or INS_FILTER_KEPT
 * @customer: per line an index into @ids; INS_CODE_MISSING without customer
 * @amount: of the lines as they are in the file
 * @measure: whose sign tells a return: the quantity, or the amount where there is none
 * @capped: (nullable): per line the quantity with outliers capped
 *
 * Each rule adds a bar and then marks the lines it takes, so one pass at the end draws up the
 * whole waterfall.
 */
typedef struct
{
  InsTable *table;
  const InsFilterRules *rules;
  InsRun *run;
  InsCodes invoice, product, country;
  InsMeasure quantity, price, amount;
  const InsMeasure *measure;
  guint8 *bar_of;
  guint32 *customer;
  char **ids;
  gsize n_ids;
  double *capped;
  guint n_bars;
  const char *bar_rules[INS_FILTER_MAX_BARS];
  guint64 n_pairs;
} InsFilterWork;

/* In loops over lines: FALSE once the run is cancelled; whoever called must check the run. */
static inline gboolean
ins_filter_goes_on (InsRun *run, gsize line)
{
  return line % INS_FILTER_BLOCK != 0 || ins_run_tick (run);
}

/* Returns: the new bar's number. */
guint8 ins_filter_add_bar (InsFilterWork *work, const char *rule);

/* Fills @customer and @ids, made-up ids included. */
gboolean ins_filter_find_customers (InsFilterWork *work, GError **error);
/* Adds the bar of the paired cancellations. */
gboolean ins_filter_pair_cancellations (InsFilterWork *work, GError **error);
/* Adds the bar of the quantity outliers; sets @capped if they are capped. */
gboolean ins_filter_limit_outliers (InsFilterWork *work, GError **error);
/* The groups of service codes among the lines not taken before bar @products_bar (or by it). */
GPtrArray *ins_filter_find_services (const InsFilterWork *work, guint8 products_bar);

/* "17850.0" is "17850".  Returns: (transfer full) */
char *ins_filter_normalise_id (const char *text);

void ins_service_group_free (InsServiceGroup *group);

/* Stable order of the @n lines by @key, then by @second (nullable), in file order inside; lines
 * with
 * @key INS_CODE_MISSING are left out.  @start: @n_keys + 1 places.  Returns: (nullable): the lines;
 * NULL if cancelled */
guint32 *ins_group_lines (const guint32 *key, gsize n_keys, const guint32 *second, gsize n_second,
                          gsize n, guint32 *start, InsRun *run);

G_END_DECLS
