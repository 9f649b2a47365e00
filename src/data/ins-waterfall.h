/* ins-waterfall.h: what each rule leaves of lines, customers and revenue
 *
 * A waterfall is a GPtrArray of bars, in the order of the rules; it frees its bars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is left after a rule; the first bar ("imported") is the whole file.  @rule: "customer",
 * "price", … stable, for files.  @revenue: Σ quantity × price of the lines left. */
typedef struct
{
  char *rule;
  guint64 lines;
  guint64 customers;
  double revenue;
} InsWaterfallBar;

InsWaterfallBar *ins_waterfall_bar_new (const char *rule);
void ins_waterfall_bar_free (InsWaterfallBar *bar);
/* For people, translated: "No customer".  Returns: (transfer none) */
const char *ins_waterfall_bar_get_title (const InsWaterfallBar *bar);

/* An empty one.  Returns: (transfer full) */
GPtrArray *ins_waterfall_new (void);
GPtrArray *ins_waterfall_copy (const GPtrArray *bars);
/* "a(sttd)". */
GVariant *ins_waterfall_to_variant (const GPtrArray *bars);
/* @variant: of that type; a sound one has a bar at least.  Returns: (transfer full) */
GPtrArray *ins_waterfall_from_variant (GVariant *variant);

G_END_DECLS
