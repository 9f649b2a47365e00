/* ins-pairing.c: returns that cancel a sale
 *
 * A return takes the latest unpaired sale of the same customer, product and quantity on the same or
 * an earlier date; returns choose in file order.  Sales are ordered by (product, quantity, date,
 * line) customer by customer; each return finds the last sale that is not too late by bisection and
 * passes over taken ones with path compression.  O(n log n) time, O(n) memory.
 *
 * Without a product column the unit price stands in for it, without a quantity the amount.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-filter-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  guint32 product;
  gint32 date;
  guint32 line;
  double price;
  double size; /* |quantity| */
} Sale;

/* By what must be equal. */
static int
sale_compare_kind (const Sale *a, const Sale *b)
{
  if (a->product != b->product)
    return a->product < b->product ? -1 : 1;
  if (a->price != b->price)
    return a->price < b->price ? -1 : 1;
  if (a->size != b->size)
    return a->size < b->size ? -1 : 1;
  return 0;
}

static int
sale_compare (const void *left, const void *right)
{
  const Sale *a = left, *b = right;
  int kind = sale_compare_kind (a, b);

  if (kind != 0)
    return kind;
  if (a->date != b->date)
    return a->date < b->date ? -1 : 1;
  return a->line < b->line ? -1 : a->line > b->line;
}

static Sale
sale_read (const InsFilterWork *work, const gint32 *days, guint32 line)
{
  Sale sale = { .product = ins_codes_get (&work->product, line), .date = days[line], .line = line };

  if (!work->product.codes && ins_measure_is_set (&work->price))
    sale.price = ins_measure_get (&work->price, line);
  sale.size = fabs (ins_measure_get (work->measure, line));
  return sale;
}

/* The sales before @n that are of the return's kind and not later: the place after the last. */
static gsize
sale_bound (const Sale *sales, gsize n, const Sale *wanted)
{
  gsize low = 0, high = n;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      int kind = sale_compare_kind (&sales[middle], wanted);

      if (kind < 0 || (kind == 0 && sales[middle].date <= wanted->date))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The last free place at or before @at, both counted from 1; 0 = none.  before[i] = i when free. */
static gsize
last_free (gsize *before, gsize at)
{
  gsize root = at;

  while (before[root] != root)
    root = before[root];
  while (before[at] != root)
    {
      gsize next = before[at];

      before[at] = root;
      at = next;
    }
  return root;
}

typedef struct
{
  Sale *sales;
  gsize *before;
  guint32 *wanted; /* per product: 1 + the customer who returns it */
} Scratch;

static guint32 *
wanted_stamp (const InsFilterWork *work, const Scratch *scratch, guint32 line)
{
  guint32 product = ins_codes_get (&work->product, line);

  return &scratch->wanted[product == INS_CODE_MISSING ? work->product.n : product];
}

/* The customer's sales of products that came back, in order.  Returns: how many */
static gsize
collect_sales (const InsFilterWork *work, const gint32 *days, const guint32 *lines, gsize n,
               guint32 stamp, Scratch *scratch)
{
  gsize n_sales = 0;

  for (gsize i = 0; i < n; i++)
    if (ins_measure_is_negative (work->measure, lines[i]))
      *wanted_stamp (work, scratch, lines[i]) = stamp;
  for (gsize i = 0; i < n; i++)
    if (!ins_measure_is_negative (work->measure, lines[i])
        && *wanted_stamp (work, scratch, lines[i]) == stamp)
      scratch->sales[n_sales++] = sale_read (work, days, lines[i]);
  qsort (scratch->sales, n_sales, sizeof (Sale), sale_compare);
  for (gsize i = 0; i <= n_sales; i++)
    scratch->before[i] = i;
  return n_sales;
}

/* The lines of one customer: lines[0 … n - 1], in file order. */
static void
pair_customer (InsFilterWork *work, const gint32 *days, const guint32 *lines, gsize n,
               guint32 stamp, guint8 bar, Scratch *scratch)
{
  gsize n_sales = collect_sales (work, days, lines, n, stamp, scratch);

  for (gsize i = 0; n_sales > 0 && i < n; i++)
    {
      Sale wanted;
      gsize at;

      if (!ins_measure_is_negative (work->measure, lines[i]))
        continue;
      wanted = sale_read (work, days, lines[i]);
      at = last_free (scratch->before, sale_bound (scratch->sales, n_sales, &wanted));
      if (at == 0 || sale_compare_kind (&scratch->sales[at - 1], &wanted) != 0)
        continue;
      scratch->before[at] = at - 1;
      work->bar_of[scratch->sales[at - 1].line] = bar;
      work->bar_of[lines[i]] = bar;
      work->n_pairs++;
    }
}

/* The customer of each line still kept. */
static guint32 *
kept_customers (const InsFilterWork *work)
{
  gsize n = work->table->n_rows;
  guint32 *key = g_new (guint32, MAX (n, 1));

  for (gsize i = 0; i < n && ins_filter_goes_on (work->run, i); i++)
    key[i] = work->bar_of[i] == INS_FILTER_KEPT ? work->customer[i] : INS_CODE_MISSING;
  return key;
}

gboolean
ins_filter_pair_cancellations (InsFilterWork *work, GError **error)
{
  guint8 bar = ins_filter_add_bar (work, "cancellations");
  g_autofree guint32 *key = kept_customers (work);
  g_autofree guint32 *start = g_new (guint32, work->n_ids + 1);
  g_autofree guint32 *lines =
      ins_group_lines (key, work->n_ids, NULL, 0, work->table->n_rows, start, work->run);
  const gint32 *days = ins_table_get (work->table, INS_ROLE_DATE)->days;
  g_autofree Sale *sales = NULL;
  g_autofree gsize *before = NULL;
  g_autofree guint32 *wanted = g_new0 (guint32, work->product.n + 1);
  Scratch scratch;
  gsize longest = 0, done = 0;

  if (!lines)
    return ins_run_check (work->run, error);
  for (gsize c = 0; c < work->n_ids; c++)
    longest = MAX (longest, start[c + 1] - start[c]);
  sales = g_new (Sale, longest + 1);
  before = g_new (gsize, longest + 1);
  scratch = (Scratch){ sales, before, wanted };
  for (gsize c = 0; c < work->n_ids; c++)
    {
      gsize n = start[c + 1] - start[c];

      pair_customer (work, days, lines + start[c], n, c + 1, bar, &scratch);
      done += n;
      if (done >= INS_FILTER_BLOCK || c + 1 == work->n_ids)
        {
          done = 0;
          if (!ins_run_check (work->run, error))
            return FALSE;
        }
    }
  return TRUE;
}
