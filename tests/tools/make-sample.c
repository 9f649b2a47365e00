/* make-sample.c: writes the sample shop's lines, always the same
 *
 * Usage: make-sample [FILE]      then: gzip -n -9 <FILE >resources/sample/shop.csv.gz
 *
 * A shop of tea, ceramics, stationery and candles, invented.  Integers and counter-based random
 * numbers only, so every machine writes the same bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-random.h"
#include "base/ins-text.h"
#include "tests/tools/make-sample-words.h"

#include <stdio.h>
#include <string.h>

#define SEED 20251128
#define FIRST_YEAR 2024
#define FIRST_MONTH 11
#define N_MONTHS 13
#define N_DAYS 395 /* 2024-11-01 … 2025-11-30 */
#define FIRST_INVOICE 480012

enum
{
  STREAM_CUSTOMER = 1,
  STREAM_ANONYMOUS = 100000,
  STREAM_SHUFFLE,
  STREAM_ODD
};

/* ---- Random numbers -------------------------------------------------------------------------- */

typedef struct
{
  guint64 stream;
  guint64 index;
} Dice;

static guint
below (Dice *dice, guint n)
{
  return ins_random_below (SEED, dice->stream, dice->index++, n);
}

static int
between (Dice *dice, int low, int high)
{
  return low + (int)below (dice, high - low + 1);
}

/* As between(), but the middle is more frequent. */
static int
around (Dice *dice, int low, int high)
{
  return (between (dice, low, high) + between (dice, low, high) + (int)below (dice, 2)) / 2;
}

static gboolean
chance (Dice *dice, guint in_thousand)
{
  return below (dice, 1000) < in_thousand;
}

/* ---- What is sold ---------------------------------------------------------------------------- */

typedef struct
{
  char code[16];
  char *name;
  int pence;
  gboolean seasonal;
} Product;

static GArray *
make_products (void)
{
  GArray *products = g_array_new (FALSE, TRUE, sizeof (Product));
  int number = 20410;

  for (gsize f = 0; f < G_N_ELEMENTS (families); f++)
    for (const Item *item = families[f].items; item->name; item++, number += 7)
      for (int s = 0; families[f].styles[s]; s++)
        {
          Product product = { .seasonal = families[f].seasonal };

          g_snprintf (product.code, sizeof product.code, "%d%c", number, 'A' + s);
          product.name = g_strdup_printf (s == 1 && f == 2 ? "“%s” %s" : "%s %s",
                                          families[f].styles[s], item->name);
          product.pence = item->pence + (s % 3 == 2 ? item->pence / 10 / 5 * 5 : 0);
          g_array_append_val (products, product);
        }
  return products;
}

/* ---- When it is sold ------------------------------------------------------------------------- */

static gint32 first_day;             /* since 1970 */
static guint sold_until[N_DAYS + 1]; /* weights of the days before, summed */

/* A year with a strong autumn; closed on Saturdays and between Christmas and New Year. */
static void
make_calendar (void)
{
  static const guint months[N_MONTHS] = { 150, 128, 55, 60, 70, 72, 80, 78, 76, 74, 105, 132, 162 };
  static const guint weekdays[7] = { 14, 11, 0, 5, 10, 12, 13 }; /* day 0 of 1970: a Thursday */

  first_day = ins_date_from_civil (FIRST_YEAR, FIRST_MONTH, 1);
  for (int d = 0; d < N_DAYS; d++)
    {
      int year, month, day;
      guint weight;

      ins_date_to_civil (first_day + d, &year, &month, &day);
      weight =
          months[(year - FIRST_YEAR) * 12 + month - FIRST_MONTH] * weekdays[(first_day + d) % 7];
      if ((month == 12 && day >= 24) || (month == 1 && day == 1))
        weight = 0;
      sold_until[d + 1] = sold_until[d] + weight;
    }
}

/* A day from @low to @high (0 … N_DAYS - 1) on which the shop is open; @low if there is none. */
static int
pick_day (Dice *dice, int low, int high)
{
  guint at;

  low = CLAMP (low, 0, N_DAYS - 1);
  high = CLAMP (high, low, N_DAYS - 1);
  if (sold_until[high + 1] == sold_until[low])
    return low;
  at = sold_until[low] + below (dice, sold_until[high + 1] - sold_until[low]);
  while (sold_until[low + 1] <= at)
    low++;
  return low;
}

static gboolean
is_season (int day)
{
  int year, month, dom;

  ins_date_to_civil (first_day + day, &year, &month, &dom);
  return month >= 9;
}

/* ---- Who buys -------------------------------------------------------------------------------- */

typedef struct
{
  int count;
  int invoices[2];
  int recency[2]; /* days before the end */
  int span[2];    /* days from the first to the last purchase */
  int lines[2];
  int spend[2];   /* size of quantities, 100 = a household's */
  gboolean packs; /* buys whole packs at trade prices */
} Segment;

static const Segment segments[] = {
  { 66, { 15, 50 }, { 0, 13 }, { 360, 394 }, { 4, 8 }, { 50, 130 }, TRUE },   /* wholesalers */
  { 310, { 5, 15 }, { 0, 34 }, { 270, 390 }, { 3, 6 }, { 80, 220 }, FALSE },  /* regulars */
  { 300, { 2, 5 }, { 25, 110 }, { 90, 290 }, { 2, 6 }, { 70, 180 }, FALSE },  /* now and then */
  { 310, { 2, 6 }, { 190, 375 }, { 20, 150 }, { 2, 7 }, { 70, 190 }, FALSE }, /* lapsed */
  { 320, { 1, 1 }, { 90, 394 }, { 0, 0 }, { 1, 4 }, { 60, 130 }, FALSE },     /* once */
  { 194, { 1, 2 }, { 0, 40 }, { 1, 14 }, { 1, 6 }, { 70, 160 }, FALSE },      /* new */
};

typedef struct
{
  int id; /* 0 = anonymous */
  const Segment *segment;
  guint8 country;
  int spend;
  int favourite; /* where in the catalogue this customer likes to look */
} Customer;

typedef struct
{
  int day, minute;
  int order; /* of making, for ties */
  Customer customer;
  gboolean credit;
  GArray *lines; /* of Line */
} Invoice;

typedef struct
{
  const char *code;
  const char *name; /* (nullable) */
  int quantity;
  int pence;
} Line;

static GArray *products;
static GPtrArray *invoices;

static Invoice *
add_invoice (const Customer *customer, int day, int minute, gboolean credit)
{
  Invoice *invoice = g_new0 (Invoice, 1);

  invoice->day = day;
  invoice->minute = minute;
  invoice->order = invoices->len;
  invoice->customer = *customer;
  invoice->credit = credit;
  invoice->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_ptr_array_add (invoices, invoice);
  return invoice;
}

static void
add_line (Invoice *invoice, const char *code, const char *name, int quantity, int pence)
{
  Line line = { code, name, quantity, pence };

  g_array_append_val (invoice->lines, line);
}

static guint
pick_country (Dice *dice)
{
  guint at = below (dice, 1000), country = 0;

  while (at >= countries[country].share)
    at -= countries[country++].share;
  return country;
}

/* Popular products come first in the catalogue's shuffled order; favourites shift it. */
static const Product *
pick_product (Dice *dice, const Customer *customer, int day)
{
  for (;;)
    {
      guint64 u = below (dice, 65536);
      guint rank = (u * u * products->len) >> 32;
      guint place = (rank * 97 + customer->favourite) % products->len;
      const Product *product = &g_array_index (products, Product, place);

      if (!product->seasonal || is_season (day))
        return product;
    }
}

static int
pick_quantity (Dice *dice, const Customer *customer, int pence)
{
  static const int packs[] = { 6, 6, 10, 12, 12, 12, 18, 24, 24, 36 };
  int quantity;

  if (customer->segment && customer->segment->packs)
    {
      quantity = packs[below (dice, G_N_ELEMENTS (packs))];
      return pence > 1200 ? MAX (2, quantity / 3) : quantity * customer->spend / 100;
    }
  quantity = 1 + below (dice, 3) + (pence < 500 ? below (dice, 4) : 0);
  return MAX (1, (quantity * customer->spend + 50) / 100);
}

static void
buy (Dice *dice, const Customer *customer, int day, int low, int high)
{
  Invoice *invoice = add_invoice (customer, day, between (dice, 9 * 60, 18 * 60 - 1), FALSE);
  int n = around (dice, low, high);

  for (int i = 0; i < n; i++)
    {
      const Product *product = pick_product (dice, customer, day);
      int pence = product->pence;

      if (customer->segment && customer->segment->packs)
        pence = pence * 62 / 100;
      else if (chance (dice, 60))
        pence = pence * 85 / 100; /* on offer */
      add_line (invoice, product->code, chance (dice, 3) ? NULL : product->name,
                pick_quantity (dice, customer, pence), pence);
    }
  if (customer->country > 0 && chance (dice, 450))
    add_line (invoice, "POST", "Postage", 1, 495 + 100 * below (dice, 14));
}

static void
make_customer (int number, const Segment *segment)
{
  Dice dice = { STREAM_CUSTOMER + number, 0 };
  Customer customer = { .segment = segment };
  int n = around (&dice, segment->invoices[0], segment->invoices[1]);
  int last = N_DAYS - 1 - segment->recency[0], first;

  customer.id = 21000 + number * 3 + (int)below (&dice, 3);
  customer.country = pick_country (&dice);
  customer.spend = around (&dice, segment->spend[0], segment->spend[1]);
  customer.favourite = below (&dice, 12) * 31;
  last = pick_day (&dice, N_DAYS - 1 - segment->recency[1], last);
  first = MAX (0, last - around (&dice, segment->span[0], segment->span[1]));
  for (int i = 0; i < n; i++)
    {
      int day = i == 0   ? last
                : i == 1 ? pick_day (&dice, first, first + 6)
                         : pick_day (&dice, first, last);

      buy (&dice, &customer, MIN (day, last), segment->lines[0], segment->lines[1]);
    }
}

/* ---- What else stands in such files ---------------------------------------------------------- */

/* Mostly a sale sent back whole, some part of one. */
static void
send_back (Dice *dice, const Invoice *sale, const Line *line)
{
  int day = pick_day (dice, sale->day + 1, sale->day + 16);
  int quantity = line->quantity;
  Invoice *credit;

  if (day <= sale->day)
    return;
  if (quantity > 1 && chance (dice, 350))
    quantity = between (dice, 1, quantity - 1);
  credit = add_invoice (&sale->customer, day, between (dice, 9 * 60, 18 * 60 - 1), TRUE);
  add_line (credit, line->code, line->name, -quantity, line->pence);
}

static void
make_returns (Dice *dice)
{
  guint n = invoices->len;

  for (guint i = 0; i < n; i++)
    {
      const Invoice *sale = invoices->pdata[i];

      for (guint l = 0; l < sale->lines->len; l++)
        if (chance (dice, 13) && !g_str_equal (g_array_index (sale->lines, Line, l).code, "POST"))
          send_back (dice, sale, &g_array_index (sale->lines, Line, l));
    }
}

/* A slip of the keyboard, put right within the hour, and goods bought before the file begins. */
static void
make_slips (Dice *dice, int number)
{
  for (int i = 0; i < 3; i++)
    {
      Customer customer = { .id = 21000 + (number + i) * 3 };
      const Product *product = &g_array_index (products, Product, 11 + 40 * i);
      int day = pick_day (dice, 20, 200);

      add_line (add_invoice (&customer, day, 11 * 60 + i, FALSE), product->code, product->name,
                4800 + 600 * i, product->pence);
      add_line (add_invoice (&customer, day, 11 * 60 + 17 + i, TRUE), product->code, product->name,
                -4800 - 600 * i, product->pence);
    }
  for (int i = 3; i < 9; i++)
    {
      Customer customer = { .id = 21000 + (number + i) * 3, .country = pick_country (dice) };
      const Product *product = &g_array_index (products, Product, below (dice, products->len));

      add_line (add_invoice (&customer, pick_day (dice, 0, 20), 10 * 60 + i, TRUE), product->code,
                product->name, -(int)(1 + below (dice, 4)), product->pence);
    }
}

static void
make_anonymous (Dice *dice)
{
  for (int i = 0; i < 1180; i++)
    {
      Customer customer = { .spend = 100, .favourite = (int)below (dice, 400) };

      buy (dice, &customer, pick_day (dice, 0, N_DAYS - 1), 1, 5);
    }
}

static Invoice *
pick_sale (Dice *dice, guint n_sales)
{
  Invoice *sale;

  do
    sale = invoices->pdata[below (dice, n_sales)];
  while (sale->credit);
  return sale;
}

static void
make_services (Dice *dice)
{
  static const char *const vouchers[][2] = { { "gift_0001_10", "Gift voucher £10" },
                                             { "gift_0001_20", "Gift voucher £20" },
                                             { "gift_0001_50", "Gift voucher £50" } };
  static const int worth[] = { 1000, 2000, 5000 };
  Customer nobody = { 0 };
  guint n = invoices->len;

  for (int i = 0; i < 70; i++)
    {
      guint v = below (dice, G_N_ELEMENTS (vouchers));

      add_line (pick_sale (dice, n), vouchers[v][0], vouchers[v][1], 1, worth[v]);
    }
  for (int i = 0; i < 45; i++)
    add_line (pick_sale (dice, n), "MANUAL", "Manual entry", 1, 100 + 50 * below (dice, 60));
  for (int i = 0; i < 24; i++)
    add_line (pick_sale (dice, n), "SAMPLES", "Samples, colour card", 1, 0);
  for (int i = 0; i < 60; i++)
    {
      const Invoice *sale = pick_sale (dice, n);

      add_line (add_invoice (&sale->customer, sale->day, MIN (sale->minute + 9, 1439), TRUE),
                "DISCOUNT", "Discount for late delivery", -1, 200 + 100 * below (dice, 30));
    }
  for (int i = 0; i < N_MONTHS; i++)
    add_line (add_invoice (&nobody, MIN (27 + 30 * i, N_DAYS - 1), 17 * 60 + 40, FALSE),
              "BANK CHARGES", "Bank charges", 1, 1500);
  for (int i = 0; i < 60; i++)
    {
      const Product *product = &g_array_index (products, Product, below (dice, products->len));
      static const char *const reasons[] = { NULL, "damaged", "stock check", "?", "found: 1 box" };

      add_line (add_invoice (&nobody, pick_day (dice, 0, N_DAYS - 1), 8 * 60 + 5, FALSE),
                product->code, reasons[below (dice, G_N_ELEMENTS (reasons))],
                between (dice, -12, 4), 0);
    }
}

/* ---- Writing --------------------------------------------------------------------------------- */

static int
invoice_compare (const void *left, const void *right)
{
  const Invoice *a = *(Invoice *const *)left, *b = *(Invoice *const *)right;

  if (a->day != b->day)
    return a->day < b->day ? -1 : 1;
  if (a->minute != b->minute)
    return a->minute < b->minute ? -1 : 1;
  return a->order < b->order ? -1 : a->order > b->order;
}

static void
write_text (GString *out, const char *text)
{
  if (!strpbrk (text, ",\""))
    {
      g_string_append (out, text);
      return;
    }
  g_string_append_c (out, '"');
  for (; *text; text++)
    {
      if (*text == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

static void
write_invoice (GString *out, const Invoice *invoice, int number)
{
  char date[INS_TEXT_SIZE];

  ins_date_to_text (first_day + invoice->day, date);
  for (guint l = 0; l < invoice->lines->len; l++)
    {
      const Line *line = &g_array_index (invoice->lines, Line, l);

      g_string_append_printf (out, "%s%d,%s,", invoice->credit ? "C" : "", number, line->code);
      write_text (out, line->name ? line->name : "");
      g_string_append_printf (out, ",%d,%s %02d:%02d,%d.%02d,", line->quantity, date,
                              invoice->minute / 60, invoice->minute % 60, line->pence / 100,
                              line->pence % 100);
      if (invoice->customer.id)
        g_string_append_printf (out, "%d", invoice->customer.id);
      g_string_append_printf (out, ",%s\n", countries[invoice->customer.country].name);
    }
}

static GString *
make_shop (void)
{
  Dice odd = { STREAM_ODD, 0 }, anonymous = { STREAM_ANONYMOUS, 0 };
  GString *out = g_string_new (
      "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n");
  g_autofree int *numbers = NULL;
  int n = 0, next = 0;

  for (gsize s = 0; s < G_N_ELEMENTS (segments); s++)
    n += segments[s].count;
  numbers = g_new (int, n);
  for (int i = 0; i < n; i++) /* so that ids do not tell the segment */
    {
      int at = ins_random_below (SEED, STREAM_SHUFFLE, i, i + 1);

      numbers[i] = numbers[at];
      numbers[at] = i;
    }
  for (gsize s = 0; s < G_N_ELEMENTS (segments); s++)
    for (int i = 0; i < segments[s].count; i++)
      make_customer (numbers[next++], &segments[s]);
  make_anonymous (&anonymous);
  make_returns (&odd);
  make_slips (&odd, n);
  make_services (&odd);
  g_ptr_array_sort (invoices, invoice_compare);
  for (guint i = 0; i < invoices->len; i++)
    write_invoice (out, invoices->pdata[i], FIRST_INVOICE + i);
  return out;
}

static void
free_all (void)
{
  for (guint i = 0; i < invoices->len; i++)
    {
      Invoice *invoice = invoices->pdata[i];

      g_array_unref (invoice->lines);
      g_free (invoice);
    }
  g_ptr_array_unref (invoices);
  for (guint i = 0; i < products->len; i++)
    g_free (g_array_index (products, Product, i).name);
  g_array_unref (products);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  GString *shop;
  int status = 0;

  products = make_products ();
  invoices = g_ptr_array_new ();
  make_calendar ();
  shop = make_shop ();
  if (argc > 1)
    {
      if (!g_file_set_contents (argv[1], shop->str, shop->len, &error))
        {
          g_printerr ("%s\n", error->message);
          status = 1;
        }
    }
  else
    status = fwrite (shop->str, 1, shop->len, stdout) != shop->len;
  g_string_free (shop, TRUE);
  free_all ();
  return status;
}
