/* ins-feature-dictionary.c: what each feature means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-features-private.h"

#include <glib/gi18n-lib.h>

/* In the order of the CSV's columns; InsFeatureNumber counts along. */
static const InsFeatureInfo untranslated[] = {
  { "gross_revenue", "gross_revenue", N_ ("Revenue"),
    N_ ("Sum of quantity × unit price over all purchases"), "money", 1, 2, INS_FEATURE_NUMBER },
  { "recency_days", "recency_days", N_ ("Recency"),
    N_ ("Days from the last purchase to the reference date"), N_ ("days"), -1, 0,
    INS_FEATURE_NUMBER },
  { "invoice_count", "qtde_invoices", N_ ("Invoices"), N_ ("Number of different invoices"),
    N_ ("invoices"), 1, 0, INS_FEATURE_NUMBER },
  { "item_count", "qtde_items", N_ ("Items"), N_ ("Sum of the quantities bought"), N_ ("items"), 1,
    0, INS_FEATURE_NUMBER },
  { "line_count", "qtde_products", N_ ("Purchase lines"),
    N_ ("Number of lines on all purchase invoices"), N_ ("lines"), 1, 0, INS_FEATURE_NUMBER },
  { "product_count", NULL, N_ ("Different products"), N_ ("Number of different products bought"),
    N_ ("products"), 1, 0, INS_FEATURE_NUMBER },
  { "avg_line_value", "avg_ticket", N_ ("Revenue per line"),
    N_ ("Revenue divided by the number of purchase lines"), "money", 1, 2, INS_FEATURE_NUMBER },
  { "avg_ticket", NULL, N_ ("Revenue per invoice"),
    N_ ("Revenue divided by the number of invoices"), "money", 1, 2, INS_FEATURE_NUMBER },
  { "avg_gap_days", "avg_recency_days", N_ ("Days between visits"),
    N_ ("Mean days between consecutive dates with a purchase or a return; missing with fewer than "
        "two dates"),
    N_ ("days"), -1, 1, INS_FEATURE_NUMBER },
  { "frequency", "frequency", N_ ("Frequency"),
    N_ ("Invoices divided by the days from the first to the last purchase, both included"),
    N_ ("invoices per day"), 1, 4, INS_FEATURE_NUMBER },
  { "returned_items", "qtde_returns", N_ ("Items returned"),
    N_ ("Sum of the quantities returned; 0 if none"), N_ ("items"), -1, 0, INS_FEATURE_NUMBER },
  { "return_rate", NULL, N_ ("Return rate"), N_ ("Items returned divided by the items bought"), "",
    -1, 3, INS_FEATURE_NUMBER },
  { "returns_per_line", NULL, N_ ("Items returned per line"),
    N_ ("Items returned divided by the number of purchase lines"), N_ ("items per line"), -1, 3,
    INS_FEATURE_NUMBER },
  { "avg_basket_size", "avg_basket_size", N_ ("Items per invoice"),
    N_ ("Items bought divided by the number of invoices"), N_ ("items"), 1, 1, INS_FEATURE_NUMBER },
  { "avg_unique_basket_size", "avg_unique_basket_size", N_ ("New products per invoice"),
    N_ ("Different products bought divided by the number of invoices"), N_ ("products"), 1, 1,
    INS_FEATURE_NUMBER },
  { "mean_basket_variety", NULL, N_ ("Products per invoice"),
    N_ ("Mean over the invoices of the different products on each"), N_ ("products"), 1, 1,
    INS_FEATURE_NUMBER },
  { "net_revenue", NULL, N_ ("Net revenue"),
    N_ ("Sum of quantity × unit price over purchases and returns"), "money", 1, 2,
    INS_FEATURE_NUMBER },
  { "tenure_days", NULL, N_ ("Customer for"),
    N_ ("Days from the first purchase to the reference date, both included"), N_ ("days"), 1, 0,
    INS_FEATURE_NUMBER },
  { "purchase_rate", NULL, N_ ("Purchase rate"),
    N_ ("Invoices per 30 days since the first purchase"), N_ ("invoices per 30 days"), 1, 2,
    INS_FEATURE_NUMBER },
  { "country", NULL, N_ ("Country"),
    N_ ("The most frequent country on the customer’s lines; the first seen if several are"), "", 0,
    0, INS_FEATURE_TEXT },
  { "r_score", NULL, N_ ("Recency score"),
    N_ ("Fifth of the customers by recency: 5 bought last, 1 longest ago"), N_ ("points"), 1, 0,
    INS_FEATURE_NUMBER },
  { "f_score", NULL, N_ ("Frequency score"),
    N_ ("Fifth of the customers by number of invoices: 5 is the most"), N_ ("points"), 1, 0,
    INS_FEATURE_NUMBER },
  { "m_score", NULL, N_ ("Monetary score"), N_ ("Fifth of the customers by revenue: 5 is the most"),
    N_ ("points"), 1, 0, INS_FEATURE_NUMBER },
  { "rfm_segment", NULL, N_ ("RFM segment"),
    N_ ("Name of the field of the RFM grid that the three scores fall into"), "", 0, 0,
    INS_FEATURE_TEXT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (untranslated) == INS_N_DICTIONARY);

static InsFeatureInfo dictionary[INS_N_DICTIONARY];

const InsFeatureInfo *
ins_feature_dictionary (gsize *n)
{
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      for (gsize i = 0; i < INS_N_DICTIONARY; i++)
        {
          dictionary[i] = untranslated[i];
          dictionary[i].title = _ (untranslated[i].title);
          dictionary[i].definition = _ (untranslated[i].definition);
          if (*untranslated[i].unit && !g_str_equal (untranslated[i].unit, "money"))
            dictionary[i].unit = _ (untranslated[i].unit);
        }
      g_once_init_leave (&ready, 1);
    }
  if (n)
    *n = INS_N_DICTIONARY;
  return dictionary;
}

const InsFeatureInfo *
ins_feature_dictionary_find (const char *name)
{
  const InsFeatureInfo *infos = ins_feature_dictionary (NULL);

  for (gsize i = 0; i < INS_N_DICTIONARY; i++)
    if (g_str_equal (infos[i].name, name))
      return &infos[i];
  return NULL;
}
