/* ins-test-shop.h: small shops made of lines, for tests of filters and features
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-random.h"
#include "data/ins-filter.h"

#include <math.h>
#include <string.h>

/* NULL texts are missing. */
typedef struct
{
  const char *invoice;
  const char *product;
  gint64 quantity;
  gint64 cents;
  gint32 day;
  const char *customer;
  const char *country;
} ShopLine;

typedef enum
{
  SHOP_PLAIN = 0,
  SHOP_NO_PRODUCT = 1 << 0,
  SHOP_NO_COUNTRY = 1 << 1,
  SHOP_AMOUNT = 1 << 2,      /* an amount column replaces the price */
  SHOP_NO_QUANTITY = 1 << 3, /* with SHOP_AMOUNT: and the quantity */
  SHOP_DOUBLES = 1 << 4,     /* prices as doubles */
  SHOP_NUMBER_IDS = 1 << 5   /* customers as numbers with one decimal */
} ShopFlags;

static inline InsColumn *
shop_column (InsTable *table, gsize c, const char *name, InsRole role, InsColumnType type)
{
  InsColumn *column = &table->columns[c];

  g_free (column->name);
  column->name = g_strdup (name);
  column->type = type;
  table->role_column[role] = c;
  if (type == INS_COLUMN_TEXT)
    column->codes = g_new (guint32, MAX (table->n_rows, 1));
  else if (type == INS_COLUMN_DATE)
    column->days = g_new (gint32, MAX (table->n_rows, 1));
  else
    column->scaled = g_new (gint64, MAX (table->n_rows, 1));
  return column;
}

static inline void
shop_set_text (InsColumn *column, gsize row, const char *text)
{
  guint32 code;

  if (!text)
    {
      column->codes[row] = INS_CODE_MISSING;
      column->n_missing++;
      return;
    }
  for (code = 0; code < column->n_words && strcmp (column->words[code], text); code++)
    ;
  if (code == column->n_words)
    {
      column->words = g_renew (char *, column->words, column->n_words + 2);
      column->words[column->n_words++] = g_strdup (text);
      column->words[column->n_words] = NULL;
    }
  column->codes[row] = code;
}

static inline InsTable *
shop_table (const ShopLine *lines, gsize n, ShopFlags flags)
{
  InsTable *table = ins_table_new (n, 7);
  gboolean number_ids = flags & SHOP_NUMBER_IDS;
  InsColumn *invoice = shop_column (table, 0, "Invoice", INS_ROLE_INVOICE, INS_COLUMN_TEXT);
  InsColumn *product = shop_column (table, 1, "Product", INS_ROLE_PRODUCT, INS_COLUMN_TEXT);
  InsColumn *quantity = shop_column (table, 2, "Quantity", INS_ROLE_QUANTITY, INS_COLUMN_NUMBER);
  InsColumn *date = shop_column (table, 3, "Date", INS_ROLE_DATE, INS_COLUMN_DATE);
  InsColumn *price = shop_column (table, 4, "Price", INS_ROLE_PRICE, INS_COLUMN_NUMBER);
  InsColumn *customer = shop_column (table, 5, "Customer", INS_ROLE_CUSTOMER,
                                     number_ids ? INS_COLUMN_NUMBER : INS_COLUMN_TEXT);
  InsColumn *country = shop_column (table, 6, "Country", INS_ROLE_COUNTRY, INS_COLUMN_TEXT);

  price->decimals = 2;
  customer->decimals = number_ids ? 1 : 0;
  for (gsize i = 0; i < n; i++)
    {
      shop_set_text (invoice, i, lines[i].invoice);
      shop_set_text (product, i, lines[i].product);
      shop_set_text (country, i, lines[i].country);
      quantity->scaled[i] = lines[i].quantity;
      date->days[i] = lines[i].day;
      price->scaled[i] = flags & SHOP_AMOUNT ? lines[i].quantity * lines[i].cents : lines[i].cents;
      if (!number_ids)
        shop_set_text (customer, i, lines[i].customer);
      else
        customer->scaled[i] = lines[i].customer ? 10 * g_ascii_strtoll (lines[i].customer, NULL, 10)
                                                : INS_SCALED_MISSING;
    }
  if (flags & SHOP_NO_PRODUCT)
    table->role_column[INS_ROLE_PRODUCT] = -1;
  if (flags & SHOP_NO_COUNTRY)
    table->role_column[INS_ROLE_COUNTRY] = -1;
  if (flags & SHOP_NO_QUANTITY)
    table->role_column[INS_ROLE_QUANTITY] = -1;
  if (flags & SHOP_AMOUNT)
    {
      table->role_column[INS_ROLE_AMOUNT] = 4;
      table->role_column[INS_ROLE_PRICE] = -1;
    }
  if (flags & SHOP_DOUBLES)
    {
      price->values = g_new (double, MAX (n, 1));
      for (gsize i = 0; i < n; i++)
        price->values[i] = price->scaled[i] / 100.0;
      g_clear_pointer (&price->scaled, g_free);
      price->decimals = 0;
    }
  return table;
}

/* Up to 60 lines that often meet: few customers, products, sizes and dates. */
static inline gsize
shop_random (guint64 seed, ShopLine lines[60])
{
  static const char *const invoices[] = { "1", "2", "C3", "4", "5", "6", "7", "8", "9", "10" };
  static const char *const products[] = { "85123A",       "22423", "POST", "C2",
                                          "gift_0001_20", "21034", "M",    "47566" };
  static const char *const customers[] = { "12346", "900", "13047", "17850", "12583", NULL };
  static const char *const countries[] = { "Portugal", "France", "Unspecified", "Åland" };
  gsize n = 1 + ins_random_below (seed, 0, 0, 60);

#define PICK(array, stream) array[ins_random_below (seed, stream, i, G_N_ELEMENTS (array))]
  for (gsize i = 0; i < n; i++)
    lines[i] = (ShopLine){
      .invoice = PICK (invoices, 1),
      .product = PICK (products, 2),
      .quantity = (gint64)ins_random_below (seed, 3, i, 7) - 3,
      .cents = (gint64)ins_random_below (seed, 4, i, 12),
      .day = 17000 + ins_random_below (seed, 5, i, 9),
      .customer = PICK (customers, 6),
      .country = PICK (countries, 7),
    };
#undef PICK
  return n;
}

/* Every rule off. */
static inline InsFilterRules
shop_rules (void)
{
  return (InsFilterRules){
    .anonymous = INS_ANONYMOUS_LEAVE_OUT,
    .first_anonymous_id = 19000,
    .products = (char *)"",
    .countries = (char *)"",
    .customers = (char *)"",
    .cancellations = INS_CANCELLATIONS_NEGATIVE,
    .date_from = INS_DATE_MISSING,
    .date_to = INS_DATE_MISSING,
    .min_amount = NAN,
    .max_amount = NAN,
    .outlier_limit = 1.5,
    .require = (char *)"",
  };
}
