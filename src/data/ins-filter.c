/* ins-filter.c: which lines count, and what each rule costs
 *
 * Each rule notes at which bar a line leaves; one pass at the end sums up the waterfall.  O(lines)
 * time and memory apart from pairing and outliers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "data/ins-features-private.h"
#include "data/ins-filter-private.h"
#include "data/ins-pick.h"

#include "base/ins-error.h"
#include "base/ins-memory.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LINE_BYTES 32 /* at most: marks, customers, amounts, places in order, capped quantities */

guint8
ins_filter_add_bar (InsFilterWork *work, const char *rule)
{
  g_assert (work->n_bars < INS_FILTER_MAX_BARS);
  work->bar_rules[work->n_bars] = rule;
  return work->n_bars++;
}

/* Counting sort by one key; @from (nullable): the order to keep among equals.  @start: n_keys + 1
 */
static guint32 *
sort_by_key (const guint32 *key, gsize n_keys, const guint32 *from, gsize n, guint32 *start,
             InsRun *run)
{
  g_autofree guint32 *next = g_new (guint32, n_keys + 1);
  guint32 *order;

  memset (start, 0, (n_keys + 1) * sizeof (guint32));
  for (gsize i = 0; i < n && ins_filter_goes_on (run, i); i++)
    {
      guint32 k = key[from ? from[i] : i];

      if (k != INS_CODE_MISSING)
        start[k + 1]++;
    }
  for (gsize k = 0; k < n_keys; k++)
    start[k + 1] += start[k];
  memcpy (next, start, (n_keys + 1) * sizeof (guint32));
  order = g_new (guint32, MAX (start[n_keys], 1));
  for (gsize i = 0; i < n && ins_filter_goes_on (run, i); i++)
    {
      guint32 line = from ? from[i] : i;

      if (key[line] != INS_CODE_MISSING)
        order[next[key[line]]++] = line;
    }
  if (!ins_run_tick (run))
    g_clear_pointer (&order, g_free);
  return order;
}

guint32 *
ins_group_lines (const guint32 *key, gsize n_keys, const guint32 *second, gsize n_second, gsize n,
                 guint32 *start, InsRun *run)
{
  g_autofree guint32 *by_second = NULL;
  g_autofree guint32 *places = NULL;

  if (!second)
    return sort_by_key (key, n_keys, NULL, n, start, run);
  places = g_new (guint32, n_second + 1);
  by_second = sort_by_key (second, n_second, NULL, n, places, run);
  return by_second ? sort_by_key (key, n_keys, by_second, places[n_second], start, run) : NULL;
}

/* ---- What the table must have ---------------------------------------------------------------- */

static gboolean
require_column (const InsTable *table, InsRole role, InsColumnType type, GError **error)
{
  const InsColumn *column = ins_table_get (table, role);

  if (!column)
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("The data have no column for the role “%s”: name one with --role %s=COLUMN."),
                 ins_role_to_text (role), ins_role_to_text (role));
  else if (column->type != type && type != INS_COLUMN_TEXT)
    g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                 _ ("The column “%s” has the role “%s” but its values are of another kind: name a "
                    "different column with --role %s=COLUMN."),
                 column->name, ins_role_to_text (role), ins_role_to_text (role));
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_table (const InsTable *table, GError **error)
{
  static const InsRole numbers[] = { INS_ROLE_QUANTITY, INS_ROLE_PRICE, INS_ROLE_AMOUNT };
  gboolean has_amount = ins_table_get (table, INS_ROLE_AMOUNT) != NULL;

  if (table->n_rows >= G_MAXUINT32)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("The data have %zu lines, more than can be handled: split the file."),
                   table->n_rows);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    if ((ins_table_get (table, numbers[i]) || (!has_amount && numbers[i] != INS_ROLE_AMOUNT))
        && !require_column (table, numbers[i], INS_COLUMN_NUMBER, error))
      return FALSE;
  return require_column (table, INS_ROLE_INVOICE, INS_COLUMN_TEXT, error)
         && require_column (table, INS_ROLE_CUSTOMER, INS_COLUMN_TEXT, error)
         && require_column (table, INS_ROLE_DATE, INS_COLUMN_DATE, error);
}

/* ---- The rules ------------------------------------------------------------------------------- */

static void
work_init (InsFilterWork *work, InsTable *table, const InsFilterRules *rules, InsRun *run)
{
  *work = (InsFilterWork){ .table = table, .rules = rules, .run = run };
  ins_codes_init (&work->invoice, ins_table_get (table, INS_ROLE_INVOICE), table->n_rows);
  ins_codes_init (&work->product, ins_table_get (table, INS_ROLE_PRODUCT), table->n_rows);
  ins_codes_init (&work->country, ins_table_get (table, INS_ROLE_COUNTRY), table->n_rows);
  ins_measure_init (&work->quantity, ins_table_get (table, INS_ROLE_QUANTITY));
  ins_measure_init (&work->price, ins_table_get (table, INS_ROLE_PRICE));
  ins_measure_init_amount (&work->amount, table, NULL);
  work->measure = ins_measure_is_set (&work->quantity) ? &work->quantity : &work->amount;
  work->bar_of = g_new (guint8, MAX (table->n_rows, 1));
  memset (work->bar_of, INS_FILTER_KEPT, table->n_rows);
}

static void
work_clear (InsFilterWork *work)
{
  ins_codes_clear (&work->invoice);
  ins_codes_clear (&work->product);
  ins_codes_clear (&work->country);
  ins_measure_clear (&work->quantity);
  ins_measure_clear (&work->price);
  ins_measure_clear (&work->amount);
  g_free (work->bar_of);
  g_free (work->customer);
  g_strfreev (work->ids);
  g_free (work->capped);
}

static gboolean
line_is_complete (const InsFilterWork *work, const gint32 *days, gsize row)
{
  return ins_codes_get (&work->invoice, row) != INS_CODE_MISSING && days[row] != INS_DATE_MISSING
         && !ins_measure_is_missing (work->measure, row)
         && !ins_measure_is_missing (&work->amount, row);
}

/* Lines that lack what every figure needs; the bar is there only if there are such lines. */
static void
leave_out_incomplete (InsFilterWork *work)
{
  const gint32 *days = ins_table_get (work->table, INS_ROLE_DATE)->days;
  int bar = -1;

  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    {
      if (line_is_complete (work, days, i))
        continue;
      if (bar < 0)
        bar = ins_filter_add_bar (work, "incomplete");
      work->bar_of[i] = bar;
    }
}

static void
leave_out_anonymous (InsFilterWork *work)
{
  guint8 bar;

  if (work->rules->anonymous != INS_ANONYMOUS_LEAVE_OUT)
    return;
  bar = ins_filter_add_bar (work, "customer");
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    if (work->bar_of[i] == INS_FILTER_KEPT && work->customer[i] == INS_CODE_MISSING)
      work->bar_of[i] = bar;
}

/* Without a price column there is nothing to compare. */
static void
leave_out_cheap (InsFilterWork *work)
{
  gboolean at_least = work->rules->price_rule == INS_PRICE_AT_LEAST;
  double limit = work->rules->min_price;
  guint8 bar;

  if (work->rules->price_rule == INS_PRICE_OFF || !ins_measure_is_set (&work->price))
    return;
  bar = ins_filter_add_bar (work, "price");
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    {
      double price;

      if (work->bar_of[i] != INS_FILTER_KEPT)
        continue;
      price = ins_measure_get (&work->price, i);
      if (!(at_least ? price >= limit : price > limit))
        work->bar_of[i] = bar;
    }
}

/* Leaves out the lines whose code is marked. */
static void
leave_out_marked (InsFilterWork *work, const guint32 *codes, const guint8 *marks, guint8 bar)
{
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    if (work->bar_of[i] == INS_FILTER_KEPT && codes[i] != INS_CODE_MISSING && marks[codes[i]])
      work->bar_of[i] = bar;
}

static gboolean
list_is_empty (const char *list)
{
  g_auto (GStrv) items = ins_pick_split (list);

  return items[0] == NULL;
}

static void
leave_out_codes (InsFilterWork *work, const InsCodes *codes, const char *list, gboolean globs,
                 const char *rule)
{
  g_autofree guint8 *marks = NULL;

  if (!codes->codes || list_is_empty (list))
    return;
  marks = ins_pick_mark (list, globs, codes->labels, codes->n);
  leave_out_marked (work, codes->codes, marks, ins_filter_add_bar (work, rule));
}

static void
leave_out_customers (InsFilterWork *work)
{
  InsCodes codes = { .codes = work->customer, .n = work->n_ids, .labels = work->ids };

  leave_out_codes (work, &codes, work->rules->customers, FALSE, "customers");
}

static void
leave_out_dates (InsFilterWork *work)
{
  const gint32 *days = ins_table_get (work->table, INS_ROLE_DATE)->days;
  gint32 from = work->rules->date_from, to = work->rules->date_to;
  guint8 bar;

  if (from == INS_DATE_MISSING && to == INS_DATE_MISSING)
    return;
  bar = ins_filter_add_bar (work, "dates");
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    if (work->bar_of[i] == INS_FILTER_KEPT
        && (days[i] < from || (to != INS_DATE_MISSING && days[i] > to)))
      work->bar_of[i] = bar;
}

static void
leave_out_amounts (InsFilterWork *work)
{
  double low = work->rules->min_amount, high = work->rules->max_amount;
  guint8 bar;

  if (isnan (low) && isnan (high))
    return;
  bar = ins_filter_add_bar (work, "amount");
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    {
      double amount;

      if (work->bar_of[i] != INS_FILTER_KEPT)
        continue;
      amount = fabs (ins_measure_get (&work->amount, i));
      if (amount < low || amount > high) /* never so for a limit that is NaN */
        work->bar_of[i] = bar;
    }
}

/* After each part of the work. */
static gboolean
go_on (InsFilterWork *work, GError **error)
{
  ins_run_advance (work->run, 1);
  return ins_run_check (work->run, error);
}

/* In the order of the waterfall.  @products_bar: before which bar service codes are at stake */
static gboolean
apply_rules (InsFilterWork *work, guint8 *products_bar, GError **error)
{
  const InsFilterRules *rules = work->rules;

  ins_filter_add_bar (work, "imported");
  leave_out_incomplete (work);
  if (!ins_filter_find_customers (work, error) || !go_on (work, error))
    return FALSE;
  leave_out_anonymous (work);
  leave_out_cheap (work);
  *products_bar = work->n_bars;
  leave_out_codes (work, &work->product, rules->products, TRUE, "products");
  if (!go_on (work, error))
    return FALSE;
  leave_out_codes (work, &work->country, rules->countries, FALSE, "countries");
  leave_out_customers (work);
  if (!go_on (work, error))
    return FALSE;
  if (rules->cancellations == INS_CANCELLATIONS_PAIR
      && !ins_filter_pair_cancellations (work, error))
    return FALSE;
  leave_out_dates (work);
  leave_out_amounts (work);
  if (rules->outliers != INS_OUTLIERS_OFF && ins_measure_is_set (&work->quantity))
    return ins_filter_limit_outliers (work, error);
  return go_on (work, error);
}

/* ---- The waterfall --------------------------------------------------------------------------- */

typedef struct
{
  guint64 lines[INS_FILTER_MAX_BARS + 1]; /* leaving at each bar; the last place: kept */
  guint64 customers[INS_FILTER_MAX_BARS + 1];
  InsTotal revenue[INS_FILTER_MAX_BARS + 1];
} Losses;

static void
count_losses (const InsFilterWork *work, Losses *losses)
{
  g_autofree guint8 *last = g_new0 (guint8, MAX (work->n_ids, 1));

  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    {
      guint8 bar = work->bar_of[i] == INS_FILTER_KEPT ? work->n_bars : work->bar_of[i];
      guint32 customer = work->customer[i];

      losses->lines[bar]++;
      if (!ins_measure_is_missing (&work->amount, i))
        ins_total_add (&losses->revenue[bar], &work->amount, i);
      if (customer != INS_CODE_MISSING && last[customer] < bar)
        last[customer] = bar;
    }
  for (gsize c = 0; c < work->n_ids; c++)
    losses->customers[last[c]]++;
}

/* Revenue of the kept lines with their capped quantities. */
static double
capped_revenue (const InsFilterWork *work)
{
  InsMeasure amount;
  InsTotal total = { 0 };
  double revenue;

  ins_measure_init_amount (&amount, work->table, work->capped);
  for (gsize i = 0; i < work->table->n_rows && ins_filter_goes_on (work->run, i); i++)
    if (work->bar_of[i] == INS_FILTER_KEPT)
      ins_total_add (&total, &amount, i);
  revenue = ins_total_get (&total, &amount);
  ins_measure_clear (&amount);
  return revenue;
}

static GPtrArray *
draw_waterfall (const InsFilterWork *work)
{
  GPtrArray *bars = ins_waterfall_new ();
  Losses losses = { 0 };
  InsTotal revenue = { 0 };
  guint64 lines = 0, customers = 0;

  count_losses (work, &losses);
  g_ptr_array_set_size (bars, work->n_bars);
  for (guint b = work->n_bars; b-- > 0;) /* what is left after bar b left at a later one */
    {
      InsWaterfallBar *bar = ins_waterfall_bar_new (work->bar_rules[b]);

      lines += losses.lines[b + 1];
      customers += losses.customers[b + 1];
      revenue.exact += losses.revenue[b + 1].exact;
      ins_sum_add (&revenue.approx, ins_sum_get (&losses.revenue[b + 1].approx));
      bar->lines = lines;
      bar->customers = customers;
      bar->revenue = ins_total_get (&revenue, &work->amount);
      bars->pdata[b] = bar;
    }
  if (work->capped)
    ((InsWaterfallBar *)bars->pdata[work->n_bars - 1])->revenue = capped_revenue (work);
  return bars;
}

/* ---- The result ------------------------------------------------------------------------------ */

static void
keep_lines (InsFilterWork *work, InsFiltered *filtered)
{
  gsize n = work->table->n_rows;

  filtered->kind = g_new (guint8, MAX (n, 1));
  for (gsize i = 0; i < n && ins_filter_goes_on (work->run, i); i++)
    {
      if (work->bar_of[i] != INS_FILTER_KEPT)
        {
          filtered->kind[i] = INS_LINE_OUT;
          work->customer[i] = INS_CODE_MISSING;
        }
      else if (ins_measure_is_negative (work->measure, i))
        {
          filtered->kind[i] = INS_LINE_RETURN;
          filtered->n_returns++;
        }
      else
        {
          filtered->kind[i] = INS_LINE_PURCHASE;
          filtered->n_purchases++;
        }
    }
}

static InsFiltered *
make_filtered (InsFilterWork *work, guint8 products_bar)
{
  InsFiltered *filtered = ins_artifact_alloc (&ins_filtered_type, sizeof (InsFiltered));

  filtered->table = ins_table_ref (work->table);
  filtered->bars = draw_waterfall (work);
  filtered->services = ins_filter_find_services (work, products_bar);
  filtered->n_pairs = work->n_pairs;
  filtered->require = g_strdup (work->rules->require ? work->rules->require : "");
  keep_lines (work, filtered);
  filtered->customer = g_steal_pointer (&work->customer);
  filtered->quantity = g_steal_pointer (&work->capped);
  filtered->ids = g_steal_pointer (&work->ids);
  filtered->n_ids = work->n_ids;
  return filtered;
}

/* ---- Ready tables ---------------------------------------------------------------------------- */

/* Sum of the column that sounds like revenue; 0 if none does. */
static double
ready_revenue (const InsTable *table, InsRun *run)
{
  int column = ins_ready_value_column (table);
  InsMeasure measure;
  InsTotal total = { 0 };

  if (column < 0)
    return 0;
  ins_measure_init (&measure, &table->columns[column]);
  for (gsize i = 0; i < table->n_rows && ins_filter_goes_on (run, i); i++)
    if (!ins_measure_is_missing (&measure, i))
      ins_total_add (&total, &measure, i);
  return ins_total_get (&total, &measure);
}

/* Lines are customers; the identifier may be missing, then the line's number stands for it. */
static InsFiltered *
filter_ready (InsTable *table, const InsFilterRules *rules, InsRun *run, GError **error)
{
  InsFiltered *filtered = ins_artifact_alloc (&ins_filtered_type, sizeof (InsFiltered));
  InsWaterfallBar *bar = ins_waterfall_bar_new ("imported");
  const InsColumn *id = ins_table_get (table, INS_ROLE_ID);
  InsCodes codes;

  if (!id)
    id = ins_table_get (table, INS_ROLE_CUSTOMER);
  ins_codes_init (&codes, id, table->n_rows);
  filtered->table = ins_table_ref (table);
  filtered->kind = g_new (guint8, MAX (table->n_rows, 1));
  memset (filtered->kind, INS_LINE_PURCHASE, table->n_rows);
  filtered->customer = g_new (guint32, MAX (table->n_rows, 1));
  filtered->ids = g_new0 (char *, table->n_rows + 1);
  for (gsize i = 0; i < table->n_rows && ins_filter_goes_on (run, i); i++)
    {
      guint32 code = ins_codes_get (&codes, i);

      filtered->customer[i] = i;
      filtered->ids[i] = code == INS_CODE_MISSING ? g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1)
                                                  : ins_filter_normalise_id (codes.labels[code]);
    }
  ins_codes_clear (&codes);
  bar->revenue = ready_revenue (table, run);
  filtered->n_ids = filtered->n_purchases = bar->lines = bar->customers = table->n_rows;
  filtered->bars = ins_waterfall_new ();
  g_ptr_array_add (filtered->bars, bar);
  filtered->services = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_service_group_free);
  filtered->require = g_strdup (rules->require ? rules->require : "");
  if (!ins_run_check (run, error))
    ins_clear_artifact (&filtered);
  return filtered;
}

InsFiltered *
ins_filter_apply (InsTable *table, const InsFilterRules *rules, InsRun *run, GError **error)
{
  InsFiltered *filtered = NULL;
  InsFilterWork work;
  guint8 products_bar = 0;

  g_return_val_if_fail (table != NULL && rules != NULL && run != NULL, NULL);

  if (!table->ready && !check_table (table, error))
    return NULL;
  if (!ins_memory_check ((guint64)table->n_rows * LINE_BYTES, _ ("Filtering lines"), NULL, error))
    return NULL;
  ins_run_begin (run, _ ("Filtering lines"), 4);
  if (table->ready)
    return filter_ready (table, rules, run, error);
  work_init (&work, table, rules, run);
  if (apply_rules (&work, &products_bar, error))
    filtered = make_filtered (&work, products_bar);
  if (filtered && !ins_run_check (run, error)) /* the last passes may have been cut short */
    ins_clear_artifact (&filtered);
  work_clear (&work);
  return filtered;
}
