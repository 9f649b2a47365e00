/* ins-features-compute.c: from lines to customers
 *
 * Lines are sorted by customer and invoice (two stable counting sorts), so invoices are counted by
 * looking at the line before and distinct products and countries by stamps that are never reset.
 * Dates, counts and exact money are integers, so no order matters.  O(lines + customers + products)
 * time and memory; days are sorted only for customers whose lines are not in order of date.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-features-private.h"
#include "data/ins-filter-private.h"

#include "base/ins-error.h"
#include "base/ins-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* What one customer's lines add up to. */
typedef struct
{
  guint64 lines; /* kept: purchases and returns */
  guint64 purchases;
  guint64 invoices;
  guint64 products;
  guint64 variety; /* different products on each invoice, summed */
  guint64 days;    /* different dates of kept lines */
  gint32 first_any, last_any;
  gint32 first, last; /* of purchases */
  guint32 country;
  double revenue, items, returned;
  InsTotal net;
} Customer;

typedef struct
{
  const InsFiltered *filtered;
  InsRun *run;
  InsCodes invoice, product, country;
  InsMeasure quantity, amount;
  const gint32 *days;
  guint32 *lines; /* in order of customer and invoice */
  guint32 *start;
  guint32 *product_customer; /* per product: 1 + the last customer seen with it */
  guint32 *product_invoice;  /* per product: number of the last invoice seen with it */
  guint32 n_invoices;        /* so far, over all customers */
  guint32 *country_lines;    /* per country: lines of this customer, zero between customers */
  guint32 *country_first;
  GArray *countries; /* this customer's */
  GArray *dates;
  Customer *customers;
} Job;

#define LINE_BYTES 16 /* places in order, twice, and amounts */
#define CUSTOMER_BYTES (sizeof (Customer) + 2 * INS_N_DICTIONARY * sizeof (double))

static void
job_init (Job *job, const InsFiltered *filtered, InsRun *run)
{
  const InsTable *table = filtered->table;
  gsize n = table->n_rows;

  *job = (Job){ .filtered = filtered, .run = run };
  ins_codes_init (&job->invoice, ins_table_get (table, INS_ROLE_INVOICE), n);
  ins_codes_init (&job->product, ins_table_get (table, INS_ROLE_PRODUCT), n);
  ins_codes_init (&job->country, ins_table_get (table, INS_ROLE_COUNTRY), n);
  ins_measure_init_amount (&job->amount, table, filtered->quantity);
  if (filtered->quantity)
    job->quantity = (InsMeasure){ .approx = filtered->quantity, .divisor = 1 };
  else
    ins_measure_init (&job->quantity, ins_table_get (table, INS_ROLE_QUANTITY));
  job->days = ins_table_get (table, INS_ROLE_DATE)->days;
  job->start = g_new (guint32, filtered->n_ids + 1);
  job->lines = ins_group_lines (filtered->customer, filtered->n_ids, job->invoice.codes,
                                job->invoice.n, n, job->start, run);
  job->product_customer = g_new0 (guint32, MAX (job->product.n, 1));
  job->product_invoice = g_new0 (guint32, MAX (job->product.n, 1));
  job->country_lines = g_new0 (guint32, MAX (job->country.n, 1));
  job->country_first = g_new0 (guint32, MAX (job->country.n, 1));
  job->countries = g_array_new (FALSE, FALSE, sizeof (guint32));
  job->dates = g_array_new (FALSE, FALSE, sizeof (gint32));
  job->customers = g_new0 (Customer, MAX (filtered->n_ids, 1));
}

static void
job_clear (Job *job)
{
  ins_codes_clear (&job->invoice);
  ins_codes_clear (&job->product);
  ins_codes_clear (&job->country);
  ins_measure_clear (&job->quantity);
  ins_measure_clear (&job->amount);
  g_free (job->start);
  g_free (job->lines);
  g_free (job->product_customer);
  g_free (job->product_invoice);
  g_free (job->country_lines);
  g_free (job->country_first);
  g_array_unref (job->countries);
  g_array_unref (job->dates);
  g_free (job->customers);
}

/* ---- One customer ---------------------------------------------------------------------------- */

static void
count_country (Job *job, guint32 line)
{
  guint32 country = ins_codes_get (&job->country, line);

  if (country == INS_CODE_MISSING)
    return;
  if (job->country_lines[country]++ == 0)
    {
      g_array_append_val (job->countries, country);
      job->country_first[country] = line;
    }
  job->country_first[country] = MIN (job->country_first[country], line);
}

/* The most frequent country, among equals the first seen; clears the counts. */
static guint32
choose_country (Job *job)
{
  guint32 best = INS_CODE_MISSING;

  for (guint i = 0; i < job->countries->len; i++)
    {
      guint32 country = g_array_index (job->countries, guint32, i);

      if (best == INS_CODE_MISSING || job->country_lines[country] > job->country_lines[best]
          || (job->country_lines[country] == job->country_lines[best]
              && job->country_first[country] < job->country_first[best]))
        best = country;
    }
  for (guint i = 0; i < job->countries->len; i++)
    job->country_lines[g_array_index (job->countries, guint32, i)] = 0;
  g_array_set_size (job->countries, 0);
  return best;
}

static int
int_compare (const void *left, const void *right)
{
  gint32 a = *(const gint32 *)left, b = *(const gint32 *)right;

  return a < b ? -1 : a > b;
}

/* Different dates among those noted (each differs from the one before); clears them. */
static void
count_days (Job *job, Customer *customer)
{
  gint32 *dates = (gint32 *)job->dates->data;
  gsize n = job->dates->len;
  gboolean ascending = TRUE;

  for (gsize i = 1; i < n; i++)
    ascending &= dates[i - 1] < dates[i];
  if (!ascending)
    qsort (dates, n, sizeof (gint32), int_compare);
  customer->days = n > 0;
  for (gsize i = 1; i < n; i++)
    customer->days += dates[i - 1] != dates[i];
  if (n > 0)
    {
      customer->first_any = dates[0];
      customer->last_any = dates[n - 1];
    }
  g_array_set_size (job->dates, 0);
}

static void
count_product (Job *job, Customer *customer, guint32 stamp, guint32 line)
{
  guint32 product = ins_codes_get (&job->product, line);

  if (product == INS_CODE_MISSING)
    return;
  if (job->product_customer[product] != stamp)
    {
      job->product_customer[product] = stamp;
      customer->products++;
    }
  if (job->product_invoice[product] != job->n_invoices)
    {
      job->product_invoice[product] = job->n_invoices;
      customer->variety++;
    }
}

static void
count_purchase (Job *job, Customer *customer, guint32 stamp, guint32 line, guint32 *invoice)
{
  gint32 day = job->days[line];

  if (customer->purchases == 0 || *invoice != job->invoice.codes[line])
    {
      *invoice = job->invoice.codes[line];
      job->n_invoices++;
      customer->invoices++;
    }
  customer->first = customer->purchases == 0 ? day : MIN (customer->first, day);
  customer->last = customer->purchases == 0 ? day : MAX (customer->last, day);
  customer->purchases++;
  count_product (job, customer, stamp, line);
}

static void
add_up_customer (Job *job, guint32 c)
{
  Customer *customer = &job->customers[c];
  InsTotal revenue = { 0 }, items = { 0 }, returned = { 0 };
  guint32 invoice = INS_CODE_MISSING;

  for (guint32 i = job->start[c]; i < job->start[c + 1]; i++)
    {
      guint32 line = job->lines[i];
      gint32 day = job->days[line];

      ins_total_add (&customer->net, &job->amount, line);
      count_country (job, line);
      if (job->dates->len == 0 || day != g_array_index (job->dates, gint32, job->dates->len - 1))
        g_array_append_val (job->dates, day);
      if (job->filtered->kind[line] == INS_LINE_PURCHASE)
        {
          ins_total_add (&revenue, &job->amount, line);
          ins_total_add (&items, &job->quantity, line);
          count_purchase (job, customer, c + 1, line, &invoice);
        }
      else
        ins_total_add (&returned, &job->quantity, line);
    }
  customer->lines = job->start[c + 1] - job->start[c];
  customer->revenue = ins_total_get (&revenue, &job->amount);
  customer->items = ins_total_get (&items, &job->quantity);
  customer->returned = 0 - ins_total_get (&returned, &job->quantity);
  customer->country = choose_country (job);
  count_days (job, customer);
}

static gboolean
add_up_customers (Job *job, GError **error)
{
  guint64 done = 0;

  if (!job->lines)
    return ins_run_check (job->run, error);
  for (guint32 c = 0; c < job->filtered->n_ids; c++)
    {
      add_up_customer (job, c);
      done += job->customers[c].lines;
      if (done < INS_FILTER_BLOCK && c + 1 < job->filtered->n_ids)
        continue;
      ins_run_advance (job->run, done);
      done = 0;
      if (!ins_run_check (job->run, error))
        return FALSE;
    }
  return ins_run_check (job->run, error);
}

/* ---- Figures --------------------------------------------------------------------------------- */

/* Missing where there is nothing to divide by. */
static double
ratio (double a, double b)
{
  return b != 0 ? a / b : NAN;
}

static void
write_row (const Job *job, const Customer *c, gint32 reference, InsMatrix *m, gsize row)
{
  gboolean has_products = job->product.codes != NULL;
  double products = has_products ? c->products : NAN;
  double tenure = (double)reference - c->first + 1;

#define SET(feature, value) ins_matrix_set (m, row, INS_FEATURE_##feature, (value))
  SET (GROSS_REVENUE, c->revenue);
  SET (RECENCY_DAYS, (double)reference - c->last);
  SET (INVOICE_COUNT, c->invoices);
  SET (ITEM_COUNT, c->items);
  SET (LINE_COUNT, c->purchases);
  SET (PRODUCT_COUNT, products);
  SET (AVG_LINE_VALUE, c->revenue / c->purchases);
  SET (AVG_TICKET, c->revenue / c->invoices);
  SET (AVG_GAP_DAYS, c->days > 1 ? ((double)c->last_any - c->first_any) / (c->days - 1) : NAN);
  SET (FREQUENCY, c->invoices / ((double)c->last - c->first + 1));
  SET (RETURNED_ITEMS, c->returned);
  SET (RETURN_RATE, ratio (c->returned, c->items));
  SET (RETURNS_PER_LINE, c->returned / c->purchases);
  SET (AVG_BASKET_SIZE, c->items / c->invoices);
  SET (AVG_UNIQUE_BASKET_SIZE, products / c->invoices);
  SET (MEAN_BASKET_VARIETY, has_products ? (double)c->variety / c->invoices : NAN);
  SET (NET_REVENUE, ins_total_get (&c->net, &job->amount));
  SET (TENURE_DAYS, tenure);
  SET (PURCHASE_RATE, 30.0 * c->invoices / tenure);
  SET (COUNTRY, c->country == INS_CODE_MISSING ? NAN : c->country);
#undef SET
}

/* The last purchase, unless a later date is @given. */
static gboolean
find_reference_date (const Job *job, gint32 given, gint32 *reference, GError **error)
{
  gint32 last = INS_DATE_MISSING;
  char there[INS_TEXT_SIZE], here[INS_TEXT_SIZE];

  for (gsize c = 0; c < job->filtered->n_ids; c++)
    if (job->customers[c].purchases > 0)
      last = MAX (last, job->customers[c].last);
  *reference = given == INS_DATE_MISSING ? last : given;
  if (*reference >= last)
    return TRUE;
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("The reference date %s lies before the last purchase, %s: choose that day or a "
                  "later one, or leave out the later lines by date."),
               ins_date_to_text (given, here), ins_date_to_text (last, there));
  return FALSE;
}

/* ---- Who stays ------------------------------------------------------------------------------- */

static void
add_bar (const Job *job, InsFeatures *features, const char *rule, const guint32 *who, gsize n)
{
  InsWaterfallBar *bar = ins_waterfall_bar_new (rule);
  InsTotal revenue = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      const Customer *customer = &job->customers[who[i]];

      bar->lines += customer->lines;
      revenue.exact += customer->net.exact;
      ins_sum_add (&revenue.approx, ins_sum_get (&customer->net.approx));
    }
  bar->customers = n;
  bar->revenue = ins_total_get (&revenue, &job->amount);
  g_ptr_array_add (features->bars, bar);
}

/* Customers with a purchase, ordered by id.  Returns: their places in the filter's ids */
static guint32 *
find_buyers (const Job *job, gsize *n, gboolean *are_numbers)
{
  gsize n_ids = job->filtered->n_ids;
  guint32 *who = g_new (guint32, MAX (n_ids, 1));
  g_autofree char **ids = g_new (char *, n_ids + 1);
  g_autofree guint32 *order = NULL;
  g_autofree guint32 *found = g_new (guint32, MAX (n_ids, 1));

  *n = 0;
  for (gsize c = 0; c < n_ids; c++)
    if (job->customers[c].purchases > 0)
      {
        found[*n] = c;
        ids[(*n)++] = job->filtered->ids[c];
      }
  order = ins_features_order_ids (ids, *n, are_numbers);
  for (gsize i = 0; i < *n; i++)
    who[i] = found[order[i]];
  return who;
}

/* Narrows @who to the customers that have what is required. */
static gboolean
apply_require (const Job *job, InsFeatures *features, guint32 *who, GError **error)
{
  const char *require = job->filtered->require;
  g_autofree guint8 *lacking = ins_features_find_lacking (features, require, error);
  g_autofree guint32 *rows = g_new (guint32, MAX (features->n, 1));
  InsMatrix *values;
  gsize n = 0;

  if (!lacking)
    return FALSE;
  if (!require || !*require)
    return TRUE;
  for (gsize i = 0; i < features->n; i++)
    if (!lacking[i])
      {
        rows[n] = i;
        who[n++] = who[i];
      }
  values = ins_matrix_take_rows (features->values, rows, n);
  ins_matrix_unref (features->values);
  features->values = values;
  features->n = n;
  add_bar (job, features, "required", who, n);
  return TRUE;
}

static int
word_compare (const void *left, const void *right)
{
  return strcmp (*(char *const *)left, *(char *const *)right);
}

/* Country codes become places among the countries left, in order of their bytes. */
static char **
make_country_words (const Job *job, InsMatrix *values)
{
  double *column = ins_matrix_col (values, INS_FEATURE_COUNTRY);
  g_autofree guint32 *place = g_new0 (guint32, MAX (job->country.n, 1));
  g_autofree char **labels = g_new (char *, job->country.n + 1);
  char **words;
  gsize n = 0;

  for (gsize i = 0; i < values->rows; i++)
    if (!isnan (column[i]) && place[(guint32)column[i]]++ == 0)
      labels[n++] = job->country.labels[(guint32)column[i]];
  qsort (labels, n, sizeof (char *), word_compare);
  words = g_new0 (char *, n + 1);
  for (gsize i = 0; i < n; i++)
    words[i] = g_strdup (labels[i]);
  for (guint32 c = 0; c < job->country.n; c++)
    {
      char **found =
          place[c] > 0 ? bsearch (&job->country.labels[c], labels, n, sizeof (char *), word_compare)
                       : NULL;

      if (found)
        place[c] = found - labels;
    }
  for (gsize i = 0; i < values->rows; i++)
    if (!isnan (column[i]))
      column[i] = place[(guint32)column[i]];
  return words;
}

static InsFeatures *
new_features (const InsFiltered *filtered)
{
  InsFeatures *features = ins_artifact_alloc (&ins_features_type, sizeof (InsFeatures));
  gsize n;
  const InsFeatureInfo *dictionary = ins_feature_dictionary (&n);

  features->n_features = n;
  features->infos = g_memdup2 (dictionary, n * sizeof (InsFeatureInfo));
  features->words = g_new0 (char **, n);
  features->bars = ins_waterfall_copy (filtered->bars);
  features->value_feature = INS_FEATURE_GROSS_REVENUE;
  return features;
}

static gboolean
fill_features (const Job *job, InsFeatures *features, gint32 reference_date, GError **error)
{
  gsize n;
  g_autofree guint32 *who = find_buyers (job, &n, &features->ids_are_numbers);

  features->n = n;
  features->values = ins_matrix_new (n, features->n_features);
  add_bar (job, features, "purchases", who, n);
  if (!find_reference_date (job, reference_date, &features->reference_date, error))
    return FALSE;
  for (gsize i = 0; i < n && ins_filter_goes_on (job->run, i); i++)
    write_row (job, &job->customers[who[i]], features->reference_date, features->values, i);
  if (!ins_run_check (job->run, error) || !apply_require (job, features, who, error)
      || !ins_features_check_any (features, error))
    return FALSE;
  features->words[INS_FEATURE_COUNTRY] = make_country_words (job, features->values);
  features->words[INS_FEATURE_RFM_SEGMENT] = ins_rfm_score (features->values);
  features->ids = g_new0 (char *, features->n + 1);
  for (gsize i = 0; i < features->n; i++)
    features->ids[i] = g_strdup (job->filtered->ids[who[i]]);
  return ins_run_check (job->run, error);
}

InsFeatures *
ins_features_compute (InsFiltered *filtered, gint32 reference_date, InsRun *run, GError **error)
{
  InsFeatures *features;
  gboolean done;
  Job job;

  g_return_val_if_fail (filtered != NULL && run != NULL, NULL);
  g_return_val_if_fail (ins_artifact_is_complete (filtered), NULL);

  if (filtered->table->ready)
    return ins_features_from_ready (filtered, run, error);
  if (!ins_memory_check ((guint64)filtered->table->n_rows * LINE_BYTES
                             + (guint64)filtered->n_ids * CUSTOMER_BYTES,
                         _ ("Computing features"), NULL, error))
    return NULL;
  ins_run_begin (run, _ ("Computing features"), filtered->n_purchases + filtered->n_returns);
  job_init (&job, filtered, run);
  features = new_features (filtered);
  done = add_up_customers (&job, error) && fill_features (&job, features, reference_date, error);
  job_clear (&job);
  if (!done)
    ins_clear_artifact (&features);
  return features;
}
