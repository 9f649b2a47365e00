/* ins-waterfall.c: what each rule leaves of lines, customers and revenue
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-waterfall.h"

#include <glib/gi18n-lib.h>

#define BAR_FORMAT "(sttd)"

InsWaterfallBar *
ins_waterfall_bar_new (const char *rule)
{
  InsWaterfallBar *bar = g_new0 (InsWaterfallBar, 1);

  bar->rule = g_strdup (rule);
  return bar;
}

void
ins_waterfall_bar_free (InsWaterfallBar *bar)
{
  if (bar == NULL)
    return;
  g_free (bar->rule);
  g_free (bar);
}

const char *
ins_waterfall_bar_get_title (const InsWaterfallBar *bar)
{
  static const struct
  {
    const char *rule, *title;
  } titles[] = {
    { "imported", N_ ("Imported") },
    { "incomplete", N_ ("Incomplete lines") },
    { "customer", N_ ("No customer") },
    { "price", N_ ("Price too low") },
    { "products", N_ ("Products left out") },
    { "countries", N_ ("Countries left out") },
    { "customers", N_ ("Customers left out") },
    { "cancellations", N_ ("Cancelled sales") },
    { "dates", N_ ("Outside the dates") },
    { "amount", N_ ("Amount out of range") },
    { "outliers", N_ ("Unusual quantities") },
    { "purchases", N_ ("No purchase") },
    { "required", N_ ("A required feature is missing") },
    { "missing", N_ ("A feature used is missing") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (bar->rule, titles[i].rule))
      return _ (titles[i].title);
  return bar->rule; /* a later version's */
}

GPtrArray *
ins_waterfall_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)ins_waterfall_bar_free);
}

GPtrArray *
ins_waterfall_copy (const GPtrArray *bars)
{
  GPtrArray *copies = ins_waterfall_new ();

  for (guint i = 0; i < bars->len; i++)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (bars, i);
      InsWaterfallBar *copy = ins_waterfall_bar_new (bar->rule);

      copy->lines = bar->lines;
      copy->customers = bar->customers;
      copy->revenue = bar->revenue;
      g_ptr_array_add (copies, copy);
    }
  return copies;
}

GVariant *
ins_waterfall_to_variant (const GPtrArray *bars)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" BAR_FORMAT));
  for (guint i = 0; i < bars->len; i++)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (bars, i);

      g_variant_builder_add (&builder, BAR_FORMAT, bar->rule, bar->lines, bar->customers,
                             bar->revenue);
    }
  return g_variant_builder_end (&builder);
}

GPtrArray *
ins_waterfall_from_variant (GVariant *variant)
{
  GPtrArray *bars = ins_waterfall_new ();
  GVariantIter iter;
  InsWaterfallBar bar;

  g_variant_iter_init (&iter, variant);
  while (
      g_variant_iter_next (&iter, BAR_FORMAT, &bar.rule, &bar.lines, &bar.customers, &bar.revenue))
    g_ptr_array_add (bars, g_memdup2 (&bar, sizeof bar));
  return bars;
}
