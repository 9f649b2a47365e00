/* test-features.c: features of customers
 *
 * Oracle: every definition over again, line by line, on random shops.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-features.h"

#include "base/ins-error.h"
#include "tests/data/ins-test-shop.h"

static InsFeatures *
compute (const ShopLine *lines, gsize n, ShopFlags flags, const InsFilterRules *rules,
         gint32 reference, GError **error)
{
  g_autoptr (InsTable) table = shop_table (lines, n, flags);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  InsFiltered *filtered = ins_filter_apply (table, rules, run, error);
  InsFeatures *features = NULL;

  if (filtered)
    features = ins_features_compute (filtered, reference, run, error);
  ins_clear_artifact (&filtered);
  return features;
}

static double
get (const InsFeatures *features, gsize row, const char *name)
{
  int feature = ins_features_find (features, name);

  g_assert_cmpint (feature, >=, 0);
  return ins_matrix_get (features->values, row, feature);
}

static const char *
get_text (const InsFeatures *features, gsize row, const char *name, char *buffer)
{
  return ins_features_get_text (features, row, ins_features_find (features, name), buffer);
}

/* Equal to the last bit, or both missing. */
static void
assert_same (double a, double b)
{
  if (isnan (a) || isnan (b))
    g_assert_true (isnan (a) && isnan (b));
  else
    g_assert_cmpfloat (a, ==, b);
}

/* ---- The plain twin ---- */

typedef enum
{
  PURCHASES = 1,
  RETURNS = 2,
  BOTH = 3
} Which;

typedef struct
{
  const ShopLine *lines;
  gsize n;
  const char *customer;
} Plain;

static gboolean
is_of (const Plain *plain, gsize i, Which which)
{
  return plain->lines[i].customer && g_str_equal (plain->lines[i].customer, plain->customer)
         && (plain->lines[i].quantity < 0 ? which & RETURNS : which & PURCHASES);
}

#define PLAIN_SUM(name, type, expression)                                                          \
  static type plain_##name (const Plain *plain, Which which)                                       \
  {                                                                                                \
    type sum = 0;                                                                                  \
    for (gsize i = 0; i < plain->n; i++)                                                           \
      {                                                                                            \
        const ShopLine *line = &plain->lines[i];                                                   \
        (void)line;                                                                                \
        if (is_of (plain, i, which))                                                               \
          sum += (expression);                                                                     \
      }                                                                                            \
    return sum;                                                                                    \
  }

PLAIN_SUM (cents, gint64, line->quantity * line->cents)
PLAIN_SUM (items, gint64, line->quantity)
PLAIN_SUM (lines, gint64, 1)

/* Different values of a text among the lines; of invoice and product together for NULL. */
static guint
plain_distinct (const Plain *plain, Which which, gsize offset, gboolean with_invoice)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < plain->n; i++)
    {
      const char *text = *(const char *const *)((const char *)&plain->lines[i] + offset);

      if (is_of (plain, i, which))
        g_hash_table_add (
            seen, g_strdup_printf ("%s|%s", with_invoice ? plain->lines[i].invoice : "", text));
    }
  return g_hash_table_size (seen);
}

#define DISTINCT(which, member, with_invoice)                                                      \
  plain_distinct (&plain, which, G_STRUCT_OFFSET (ShopLine, member), with_invoice)

static gint32
plain_day (const Plain *plain, Which which, gboolean last)
{
  gint32 best = 0;
  gboolean any = FALSE;

  for (gsize i = 0; i < plain->n; i++)
    if (is_of (plain, i, which)
        && (!any || (last ? plain->lines[i].day > best : plain->lines[i].day < best)))
      {
        best = plain->lines[i].day;
        any = TRUE;
      }
  return best;
}

static guint
plain_days (const Plain *plain)
{
  guint days = 0;

  for (gint32 day = 17000; day < 17020; day++)
    for (gsize i = 0; i < plain->n; i++)
      if (is_of (plain, i, BOTH) && plain->lines[i].day == day)
        {
          days++;
          break;
        }
  return days;
}

static const char *
plain_country (const Plain *plain)
{
  const char *best = "";
  guint most = 0;

  for (gsize i = 0; i < plain->n; i++)
    {
      guint count = 0;

      for (gsize j = 0; is_of (plain, i, BOTH) && j < plain->n; j++)
        count += is_of (plain, j, BOTH)
                 && g_str_equal (plain->lines[j].country, plain->lines[i].country);
      if (count > most)
        {
          most = count;
          best = plain->lines[i].country;
        }
    }
  return best;
}

static void
assert_customer (const InsFeatures *f, gsize row, Plain plain, gint32 reference)
{
  double revenue = plain_cents (&plain, PURCHASES) / 100.0;
  double items = plain_items (&plain, PURCHASES);
  double returned = -plain_items (&plain, RETURNS);
  double lines = plain_lines (&plain, PURCHASES);
  double invoices = DISTINCT (PURCHASES, invoice, FALSE);
  double products = DISTINCT (PURCHASES, product, FALSE);
  gint32 first = plain_day (&plain, PURCHASES, FALSE), last = plain_day (&plain, PURCHASES, TRUE);
  double span = plain_day (&plain, BOTH, TRUE) - plain_day (&plain, BOTH, FALSE);
  guint days = plain_days (&plain);
  char buffer[INS_TEXT_SIZE];

  assert_same (get (f, row, "gross_revenue"), revenue);
  assert_same (get (f, row, "recency_days"), reference - last);
  assert_same (get (f, row, "invoice_count"), invoices);
  assert_same (get (f, row, "item_count"), items);
  assert_same (get (f, row, "line_count"), lines);
  assert_same (get (f, row, "product_count"), products);
  assert_same (get (f, row, "avg_line_value"), revenue / lines);
  assert_same (get (f, row, "avg_ticket"), revenue / invoices);
  assert_same (get (f, row, "avg_gap_days"), days > 1 ? span / (days - 1) : NAN);
  assert_same (get (f, row, "frequency"), invoices / (last - first + 1));
  assert_same (get (f, row, "returned_items"), returned);
  assert_same (get (f, row, "return_rate"), items != 0 ? returned / items : NAN);
  assert_same (get (f, row, "returns_per_line"), returned / lines);
  assert_same (get (f, row, "avg_basket_size"), items / invoices);
  assert_same (get (f, row, "avg_unique_basket_size"), products / invoices);
  assert_same (get (f, row, "mean_basket_variety"), DISTINCT (PURCHASES, product, TRUE) / invoices);
  assert_same (get (f, row, "net_revenue"), plain_cents (&plain, BOTH) / 100.0);
  assert_same (get (f, row, "tenure_days"), reference - first + 1);
  assert_same (get (f, row, "purchase_rate"), 30 * invoices / (reference - first + 1));
  g_assert_cmpstr (get_text (f, row, "country", buffer), ==, plain_country (&plain));
}

static const InsWaterfallBar *
last_bar_of (const GPtrArray *bars)
{
  return bars->pdata[bars->len - 1];
}

static const InsWaterfallBar *
last_bar (const InsFeatures *features)
{
  return last_bar_of (features->bars);
}

static void
check_random (guint64 seed)
{
  static const char *const customers[] = { "900", "12346", "12583", "13047", "17850" };
  ShopLine lines[60];
  gsize n = shop_random (seed, lines);
  InsFilterRules rules = shop_rules ();
  g_autoptr (GError) error = NULL;
  InsFeatures *features = compute (lines, n, SHOP_PLAIN, &rules, INS_DATE_MISSING, &error);
  gsize row = 0;
  guint64 kept = 0;
  gint32 reference = 0;

  for (gsize i = 0; i < n; i++)
    if (lines[i].customer && lines[i].quantity >= 0)
      reference = MAX (reference, lines[i].day);
  if (reference == 0)
    {
      g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (features->reference_date, ==, reference);
  g_assert_true (features->ids_are_numbers);
  for (gsize c = 0; c < G_N_ELEMENTS (customers); c++)
    {
      Plain plain = { lines, n, customers[c] };

      if (plain_lines (&plain, PURCHASES) == 0)
        continue;
      g_assert_cmpstr (features->ids[row], ==, customers[c]);
      assert_customer (features, row++, plain, reference);
      kept += plain_lines (&plain, BOTH);
    }
  g_assert_cmpuint (features->n, ==, row);
  g_assert_cmpstr (last_bar (features)->rule, ==, "purchases");
  g_assert_cmpuint (last_bar (features)->lines, ==, kept);
  g_assert_cmpuint (last_bar (features)->customers, ==, row);
  ins_clear_artifact (&features);
}

static void
test_random (void)
{
  for (guint64 seed = 1; seed <= 3000; seed++)
    check_random (seed);
}

/* ---- Single points ---- */

static void
test_dictionary (void)
{
  static const char *const names[] = { "gross_revenue",
                                       "recency_days",
                                       "invoice_count",
                                       "item_count",
                                       "line_count",
                                       "product_count",
                                       "avg_line_value",
                                       "avg_ticket",
                                       "avg_gap_days",
                                       "frequency",
                                       "returned_items",
                                       "return_rate",
                                       "returns_per_line",
                                       "avg_basket_size",
                                       "avg_unique_basket_size",
                                       "mean_basket_variety",
                                       "net_revenue",
                                       "tenure_days",
                                       "purchase_rate",
                                       "country",
                                       "r_score",
                                       "f_score",
                                       "m_score",
                                       "rfm_segment" };
  gsize n;
  const InsFeatureInfo *infos = ins_feature_dictionary (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
  for (gsize i = 0; i < n; i++)
    {
      g_assert_cmpstr (infos[i].name, ==, names[i]);
      g_assert_true (*infos[i].title && *infos[i].definition && infos[i].unit);
    }
}

/* A notebook's name finds what the notebook computed, unless our own name is meant. */
static void
test_find (void)
{
  ShopLine line = { "1", "a1", 3, 250, 17000, "7", "X" };
  InsFilterRules rules = shop_rules ();
  InsFeatures *features = compute (&line, 1, SHOP_PLAIN, &rules, 17010, NULL);

  g_assert_cmpint (ins_features_find (features, "qtde_products"), ==,
                   ins_features_find (features, "line_count"));
  g_assert_cmpint (ins_features_find (features, "avg_recency_days"), ==,
                   ins_features_find (features, "avg_gap_days"));
  g_assert_cmpstr (features->infos[ins_features_find (features, "avg_ticket")].name, ==,
                   "avg_ticket");
  g_assert_cmpint (ins_features_find (features, "nothing"), ==, -1);
  g_assert_cmpfloat (get (features, 0, "recency_days"), ==, 10);
  g_assert_cmpint (features->value_feature, ==, 0);
  ins_clear_artifact (&features);
}

static void
test_order (void)
{
  ShopLine lines[4];
  const char *ids[] = { "10", "9", "1000000000000", "-3" };
  InsFilterRules rules = shop_rules ();
  InsFeatures *features;

  for (int i = 0; i < 4; i++)
    lines[i] = (ShopLine){ "1", "a1", 1, 100, 17000, ids[i], "X" };
  features = compute (lines, 4, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);
  g_assert_true (features->ids_are_numbers);
  g_assert_cmpstr (features->ids[0], ==, "-3");
  g_assert_cmpstr (features->ids[1], ==, "9");
  g_assert_cmpstr (features->ids[3], ==, "1000000000000");
  ins_clear_artifact (&features);

  lines[0].customer = "010"; /* not as a number would be written */
  features = compute (lines, 4, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);
  g_assert_false (features->ids_are_numbers);
  g_assert_cmpstr (features->ids[0], ==, "-3");
  g_assert_cmpstr (features->ids[1], ==, "010");
  g_assert_cmpstr (features->ids[3], ==, "9");
  ins_clear_artifact (&features);
}

/* Absent columns: what depends on them is missing, the rest stands. */
static void
test_absent (void)
{
  static const ShopLine lines[] = {
    { "1", "a1", 3, 250, 17000, "7", "X" },
    { "2", "a2", 1, 100, 17003, "7", "X" },
    { "C3", "a2", -1, 100, 17004, "7", "X" },
  };
  InsFilterRules rules = shop_rules ();
  InsFeatures *features;
  char buffer[INS_TEXT_SIZE];

  features = compute (lines, 3, SHOP_NO_PRODUCT | SHOP_NO_COUNTRY, &rules, INS_DATE_MISSING, NULL);
  g_assert_true (isnan (get (features, 0, "product_count")));
  g_assert_true (isnan (get (features, 0, "avg_unique_basket_size")));
  g_assert_true (isnan (get (features, 0, "mean_basket_variety")));
  g_assert_cmpstr (get_text (features, 0, "country", buffer), ==, "");
  g_assert_cmpfloat (get (features, 0, "gross_revenue"), ==, 8.5);
  ins_clear_artifact (&features);

  features = compute (lines, 3, SHOP_AMOUNT, &rules, INS_DATE_MISSING, NULL);
  g_assert_cmpfloat (get (features, 0, "gross_revenue"), ==, 8.5);
  g_assert_cmpfloat (get (features, 0, "net_revenue"), ==, 7.5);
  g_assert_cmpfloat (get (features, 0, "returned_items"), ==, 1);
  ins_clear_artifact (&features);

  features = compute (lines, 3, SHOP_AMOUNT | SHOP_NO_QUANTITY, &rules, INS_DATE_MISSING, NULL);
  g_assert_cmpfloat (get (features, 0, "gross_revenue"), ==, 8.5);
  g_assert_cmpfloat (get (features, 0, "line_count"), ==, 2);
  g_assert_true (isnan (get (features, 0, "item_count")));
  g_assert_true (isnan (get (features, 0, "return_rate")));
  ins_clear_artifact (&features);

  features = compute (lines, 3, SHOP_DOUBLES | SHOP_NUMBER_IDS, &rules, INS_DATE_MISSING, NULL);
  g_assert_cmpfloat (get (features, 0, "gross_revenue"), ==, 8.5);
  g_assert_cmpstr (features->ids[0], ==, "7");
  ins_clear_artifact (&features);
}

/* Tenths that no double holds are exact in the sum. */
static void
test_exact (void)
{
  g_autofree ShopLine *lines = g_new (ShopLine, 30000);
  InsFilterRules rules = shop_rules ();
  const ShopFlags flags[] = { SHOP_PLAIN, SHOP_DOUBLES };

  for (int i = 0; i < 30000; i++)
    lines[i] = (ShopLine){ "1", "a1", 3, 10 + i % 3, 17000, "7", "X" };
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      InsFeatures *features = compute (lines, 30000, flags[i], &rules, INS_DATE_MISSING, NULL);

      g_assert_cmpfloat (get (features, 0, "gross_revenue"), ==, 9900.0);
      ins_clear_artifact (&features);
    }
}

static void
test_require (void)
{
  static const ShopLine lines[] = {
    { "1", "a1", 1, 100, 17000, "1", "X" }, { "2", "a1", 1, 100, 17002, "1", "X" },
    { "3", "a1", 1, 300, 17003, "2", "X" }, { "C4", "a1", -2, 100, 17003, "3", "X" },
    { "5", "a1", 1, 500, 17003, "4", "Y" }, { "C6", "a1", -1, 500, 17004, "4", "Y" },
  };
  InsFilterRules rules = shop_rules ();
  g_autoptr (GError) error = NULL;
  InsFeatures *features;

  rules.require = (char *)"gross_revenue, avg_gap_days";
  features = compute (lines, G_N_ELEMENTS (lines), SHOP_PLAIN, &rules, INS_DATE_MISSING, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (features->n, ==, 2);
  g_assert_cmpstr (features->ids[1], ==, "4");
  g_assert_cmpfloat (get (features, 1, "gross_revenue"), ==, 5);
  g_assert_cmpstr (last_bar (features)->rule, ==, "required");
  g_assert_cmpuint (last_bar (features)->lines, ==, 4);
  g_assert_cmpuint (last_bar (features)->customers, ==, 2);
  g_assert_cmpfloat (last_bar (features)->revenue, ==, 2);
  ins_clear_artifact (&features);

  rules.require = (char *)"avg_gap";
  g_assert_null (
      compute (lines, G_N_ELEMENTS (lines), SHOP_PLAIN, &rules, INS_DATE_MISSING, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "avg_gap_days"));
}

static void
test_reference_date (void)
{
  static const ShopLine lines[] = { { "1", "a1", 1, 100, 17000, "1", "X" },
                                    { "C2", "a1", -1, 100, 17009, "1", "X" } };
  InsFilterRules rules = shop_rules ();
  g_autoptr (GError) error = NULL;
  InsFeatures *features = compute (lines, 2, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);

  g_assert_cmpint (features->reference_date, ==, 17000);
  g_assert_cmpfloat (get (features, 0, "avg_gap_days"), ==, 9);
  ins_clear_artifact (&features);
  g_assert_null (compute (lines, 2, SHOP_PLAIN, &rules, 16999, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
}

static void
test_nobody (void)
{
  static const ShopLine lines[] = { { "C1", "a1", -1, 100, 17000, "1", "X" } };
  InsFilterRules rules = shop_rules ();

  for (gsize n = 0; n <= 1; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (compute (lines, n, SHOP_PLAIN, &rules, INS_DATE_MISSING, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
    }
}

/* Ten customers with 1 … 10 invoices: fifths of two; recency runs the other way. */
static void
test_rfm (void)
{
  static const char *const ids[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10" };
  static const char *const invoices[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };
  static const char *const segments[] = { "Lost", "Need Attention", "Loyal Customers", "Champions",
                                          "Champions" };
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (ShopLine));
  InsFilterRules rules = shop_rules ();
  InsFeatures *features;
  char buffer[INS_TEXT_SIZE];

  for (int c = 0; c < 10; c++)
    for (int i = 0; i <= c; i++)
      {
        ShopLine line = { invoices[i], "a1", 1, 100, 17000 + c, ids[c], "X" };

        g_array_append_val (lines, line);
      }
  features =
      compute ((ShopLine *)lines->data, lines->len, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);
  for (int c = 0; c < 10; c++)
    {
      g_assert_cmpfloat (get (features, c, "r_score"), ==, 1 + c / 2);
      g_assert_cmpfloat (get (features, c, "f_score"), ==, 1 + c / 2);
      g_assert_cmpfloat (get (features, c, "m_score"), ==, 1 + c / 2);
      g_assert_cmpstr (get_text (features, c, "rfm_segment", buffer), ==, segments[c / 2]);
    }
  ins_clear_artifact (&features);
}

/* A value that is an edge itself is not above it. */
static void
test_rfm_ties (void)
{
  static const char *const ids[] = { "1", "2", "3", "4", "5" };
  ShopLine lines[5];
  InsFilterRules rules = shop_rules ();
  InsFeatures *features;
  char buffer[INS_TEXT_SIZE];

  for (int i = 0; i < 5; i++)
    lines[i] = (ShopLine){ ids[i], "a1", 1, 100, 17000, ids[i], "X" };
  features = compute (lines, 5, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);
  for (int i = 0; i < 5; i++)
    {
      g_assert_cmpfloat (get (features, i, "r_score"), ==, 5);
      g_assert_cmpfloat (get (features, i, "f_score"), ==, 1);
      g_assert_cmpfloat (get (features, i, "m_score"), ==, 1);
      g_assert_cmpstr (get_text (features, i, "rfm_segment", buffer), ==, "Potential Loyalist");
    }
  ins_clear_artifact (&features);
}

/* ---- Ready tables ---- */

static InsTable *
ready_table (void)
{
  static const char *const ids[] = { "20", "3", "100" };
  InsTable *table = ins_table_new (3, 4);
  InsColumn *spend = shop_column (table, 0, "Total spend", INS_ROLE_PRICE, INS_COLUMN_NUMBER);
  InsColumn *name = shop_column (table, 1, "Town", INS_ROLE_COUNTRY, INS_COLUMN_TEXT);
  InsColumn *id = shop_column (table, 2, "Key", INS_ROLE_ID, INS_COLUMN_TEXT);
  InsColumn *gap = shop_column (table, 3, "avg_gap_days", INS_ROLE_AMOUNT, INS_COLUMN_NUMBER);

  table->ready = TRUE;
  spend->decimals = 2;
  for (gsize i = 0; i < 3; i++)
    {
      shop_set_text (id, i, ids[i]);
      shop_set_text (name, i, "Oslo");
      spend->scaled[i] = 150 * (i + 1);
      gap->scaled[i] = i == 1 ? INS_SCALED_MISSING : (gint64)i;
    }
  table->role_column[INS_ROLE_PRICE] = table->role_column[INS_ROLE_AMOUNT] = -1;
  table->role_column[INS_ROLE_COUNTRY] = -1;
  return table;
}

static void
test_ready (void)
{
  g_autoptr (InsTable) table = ready_table ();
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GError) error = NULL;
  InsFilterRules rules = shop_rules ();
  InsFiltered *filtered = ins_filter_apply (table, &rules, run, &error);
  InsFeatures *features = ins_features_compute (filtered, INS_DATE_MISSING, run, &error);
  InsFeatures *back;

  g_assert_no_error (error);
  g_assert_cmpuint (features->n_features, ==, 2);
  g_assert_cmpstr (features->infos[0].name, ==, "Total spend");
  g_assert_cmpstr (features->infos[0].unit, ==, "money");
  g_assert_cmpstr (features->infos[1].title, !=, "avg_gap_days");
  g_assert_cmpint (features->value_feature, ==, 0);
  g_assert_cmpstr (features->ids[0], ==, "3");
  g_assert_cmpfloat (get (features, 0, "Total spend"), ==, 3);
  g_assert_true (isnan (get (features, 0, "avg_gap_days")));
  g_assert_cmpstr (features->ids[2], ==, "100");
  g_assert_cmpfloat (last_bar (features)->revenue, ==, 9);
  variant = g_variant_ref_sink (ins_features_type.to_variant (&features->artifact));
  ins_clear_artifact (&features);
  back = (InsFeatures *)ins_features_type.from_variant (variant, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (back->infos[0].name, ==, "Total spend");
  g_assert_cmpstr (back->infos[0].definition, !=, "");
  ins_clear_artifact (&back);
  ins_clear_artifact (&filtered);

  rules.require = (char *)"avg_gap_days";
  filtered = ins_filter_apply (table, &rules, run, &error);
  features = ins_features_compute (filtered, INS_DATE_MISSING, run, &error);
  g_assert_cmpuint (features->n, ==, 2);
  g_assert_cmpstr (features->ids[0], ==, "20");
  g_assert_cmpfloat (last_bar (features)->revenue, ==, 6);
  ins_clear_artifact (&features);
  ins_clear_artifact (&filtered);

  rules.require = (char *)"";
  table->columns[2].codes[2] = 0; /* the same customer twice */
  filtered = ins_filter_apply (table, &rules, run, &error);
  g_assert_null (ins_features_compute (filtered, INS_DATE_MISSING, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  ins_clear_artifact (&filtered);
}

/* ---- Variants, cancel ---- */

static void
assert_equal (const InsFeatures *a, const InsFeatures *b)
{
  char one[INS_TEXT_SIZE], two[INS_TEXT_SIZE];

  g_assert_cmpuint (a->n, ==, b->n);
  g_assert_cmpuint (a->n_features, ==, b->n_features);
  g_assert_cmpint (a->reference_date, ==, b->reference_date);
  g_assert_cmpint (a->value_feature, ==, b->value_feature);
  g_assert_cmpint (a->ids_are_numbers, ==, b->ids_are_numbers);
  g_assert_cmpuint (a->bars->len, ==, b->bars->len);
  for (gsize i = 0; i < a->n; i++)
    {
      g_assert_cmpstr (a->ids[i], ==, b->ids[i]);
      for (gsize f = 0; f < a->n_features; f++)
        g_assert_cmpstr (ins_features_get_text (a, i, f, one), ==,
                         ins_features_get_text (b, i, f, two));
    }
  for (gsize f = 0; f < a->n_features; f++)
    g_assert_cmpstr (a->infos[f].title, ==, b->infos[f].title);
}

static void
test_variant (void)
{
  for (guint64 seed = 1; seed <= 50; seed++)
    {
      ShopLine lines[60];
      gsize n = shop_random (seed, lines);
      InsFilterRules rules = shop_rules ();
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (GError) error = NULL;
      InsFeatures *features = compute (lines, n, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);
      InsFeatures *back;

      if (!features)
        continue;
      variant = g_variant_ref_sink (ins_features_type.to_variant (&features->artifact));
      back = (InsFeatures *)ins_features_type.from_variant (variant, &error);
      g_assert_no_error (error);
      g_assert_true (ins_artifact_is_complete (back));
      assert_equal (features, back);
      ins_clear_artifact (&back);
      ins_clear_artifact (&features);
    }
}

/* What is read from damaged bytes must be safe to use; most is refused. */
static void
test_hostile (void)
{
  ShopLine lines[60];
  gsize n = shop_random (8, lines);
  InsFilterRules rules = shop_rules ();
  InsFeatures *features = compute (lines, n, SHOP_PLAIN, &rules, INS_DATE_MISSING, NULL);
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (ins_features_type.to_variant (&features->artifact));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (variant);
  gsize size = g_bytes_get_size (bytes);
  guint refused = 0;

  for (guint64 seed = 0; seed < 5000; seed++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GVariant) damaged = NULL;
      g_autoptr (GError) error = NULL;
      char buffer[INS_TEXT_SIZE];
      InsFeatures *back;
      gsize kept = seed % 2 ? size : ins_random_below (seed, 3, 0, size + 1);

      for (int i = 0; i < 3; i++)
        copy[ins_random_below (seed, 1, i, size)] = ins_random_below (seed, 2, i, 256);
      damaged = g_variant_ref_sink (
          g_variant_new_from_data (g_variant_get_type (variant), copy, kept, FALSE, g_free, copy));
      back = (InsFeatures *)ins_features_type.from_variant (damaged, &error);
      if (!back)
        {
          g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
          refused++;
          continue;
        }
      for (gsize i = 0; i < back->n; i++)
        for (gsize f = 0; f < back->n_features; f++)
          ins_features_get_text (back, i, f, buffer);
      ins_clear_artifact (&back);
    }
  g_assert_cmpuint (refused, >, 2000);
  ins_clear_artifact (&features);
}

static void
test_cancel (void)
{
  static const ShopLine lines[] = { { "1", "a1", 1, 100, 17000, "1", "X" } };
  InsFilterRules rules = shop_rules ();
  g_autoptr (InsTable) table = shop_table (lines, 1, SHOP_PLAIN);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  InsFiltered *filtered = ins_filter_apply (table, &rules, run, NULL);

  ins_run_cancel (run);
  g_assert_null (ins_features_compute (filtered, INS_DATE_MISSING, run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ins_clear_artifact (&filtered);
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (GPOINTER_TO_UINT (g_object_get_data (data, "delay")));
  g_cancellable_cancel (data);
  return NULL;
}

/* Whenever it is cancelled, the result is whole or not there. */
static void
test_cancel_any_time (void)
{
  const gsize n = 120000;
  g_autofree ShopLine *lines = g_new (ShopLine, n);
  g_autoptr (InsTable) table = NULL;
  InsFilterRules rules = shop_rules ();

  for (gsize i = 0; i < n; i += 60)
    for (gsize j = shop_random (i, lines + i); j < 60; j++)
      lines[i + j] = lines[i];
  table = shop_table (lines, n, SHOP_PLAIN);
  rules.cancellations = INS_CANCELLATIONS_PAIR;
  rules.products = (char *)"[no-digit],C2";
  for (guint round = 0; round < 60; round++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (InsRun) run = ins_run_new (1, cancellable);
      g_autoptr (GError) error = NULL;
      InsFiltered *filtered;
      InsFeatures *features = NULL;
      GThread *thread;

      g_object_set_data (G_OBJECT (cancellable), "delay", GUINT_TO_POINTER (round * 400));
      thread = g_thread_new ("cancel", cancel_soon, cancellable);
      filtered = ins_filter_apply (table, &rules, run, &error);
      if (filtered)
        {
          g_assert_cmpuint (last_bar_of (filtered->bars)->lines, ==,
                            filtered->n_purchases + filtered->n_returns);
          features = ins_features_compute (filtered, INS_DATE_MISSING, run, &error);
        }
      if (features)
        g_assert_cmpuint (features->n, ==, 5);
      else
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_thread_join (thread);
      ins_clear_artifact (&features);
      ins_clear_artifact (&filtered);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/features/random", test_random);
  g_test_add_func ("/features/dictionary", test_dictionary);
  g_test_add_func ("/features/find", test_find);
  g_test_add_func ("/features/order", test_order);
  g_test_add_func ("/features/absent", test_absent);
  g_test_add_func ("/features/exact", test_exact);
  g_test_add_func ("/features/require", test_require);
  g_test_add_func ("/features/reference-date", test_reference_date);
  g_test_add_func ("/features/nobody", test_nobody);
  g_test_add_func ("/features/rfm", test_rfm);
  g_test_add_func ("/features/rfm-ties", test_rfm_ties);
  g_test_add_func ("/features/ready", test_ready);
  g_test_add_func ("/features/variant", test_variant);
  g_test_add_func ("/features/hostile", test_hostile);
  g_test_add_func ("/features/cancel", test_cancel);
  g_test_add_func ("/features/cancel-any-time", test_cancel_any_time);
  return g_test_run ();
}
