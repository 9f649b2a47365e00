/* test-features-golden.c: filters and features of the real data
 *
 * Oracles: the published figures, and totals made with pandas (golden/make-features.py).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-features.h"

#include "base/ins-stats.h"
#include "data/ins-import.h"
#include "tests/data/ins-test-shop.h"
#include "tests/ins-test.h"

static InsTable *table; /* (nullable): the data set is not here */

static InsTable *
read_real_data (void)
{
  g_autofree char *path = ins_test_data ("ecommerce.csv.gz");
  g_autoptr (InsSource) source = NULL;
  g_autoptr (InsRun) run = ins_run_new (0, NULL);
  g_autoptr (GError) error = NULL;
  InsRecipe recipe;
  InsImport *import;
  InsTable *read;

  if (!path)
    return NULL;
  source = ins_source_open (path, run, &error);
  g_assert_no_error (error);
  ins_recipe_init (&recipe);
  import = ins_import_read (source, &recipe, run, &error);
  ins_recipe_clear (&recipe);
  g_assert_no_error (error);
  read = ins_table_ref (import->table);
  ins_clear_artifact (&import);
  return read;
}

static InsFilterRules
notebook_rules (void)
{
  InsFilterRules rules = shop_rules ();

  rules.anonymous = INS_ANONYMOUS_PER_INVOICE;
  rules.price_rule = INS_PRICE_ABOVE;
  rules.min_price = 0.04;
  rules.products = (char *)"POST,D,DOT,M,S,AMAZONFEE,m,DCGSSBOY,DCGSSGIRL,PADS,B,CRUK";
  rules.countries = (char *)"European Community,Unspecified";
  rules.customers = (char *)"16446";
  return rules;
}

static InsFilterRules
insiders_rules (void)
{
  InsFilterRules rules = shop_rules ();

  rules.price_rule = INS_PRICE_ABOVE;
  rules.min_price = 0.04;
  rules.products = (char *)"[no-digit],C2,gift_*";
  rules.cancellations = INS_CANCELLATIONS_PAIR;
  return rules;
}

static InsFiltered *
apply (const InsFilterRules *rules)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  InsFiltered *filtered = ins_filter_apply (table, rules, run, &error);

  g_assert_no_error (error);
  return filtered;
}

static InsFeatures *
compute (const InsFilterRules *rules)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  InsFiltered *filtered = apply (rules);
  InsFeatures *features = ins_features_compute (filtered, INS_DATE_MISSING, run, &error);

  g_assert_no_error (error);
  ins_clear_artifact (&filtered);
  return features;
}

static int
find_customer (const InsFeatures *features, const char *id)
{
  for (gsize i = 0; i < features->n; i++)
    if (g_str_equal (features->ids[i], id))
      return i;
  return -1;
}

/* ---- The waterfall ---- */

typedef struct
{
  const char *rule;
  guint64 lines;
  guint64 customers;
  double revenue; /* NaN: not told */
} Bar;

static void
assert_waterfall (const GPtrArray *bars, const Bar *wanted, gsize n)
{
  g_assert_cmpuint (bars->len, ==, n);
  for (gsize i = 0; i < n; i++)
    {
      const InsWaterfallBar *bar = bars->pdata[i];

      g_assert_cmpstr (bar->rule, ==, wanted[i].rule);
      g_assert_cmpuint (bar->lines, ==, wanted[i].lines);
      g_assert_cmpuint (bar->customers, ==, wanted[i].customers);
      if (!isnan (wanted[i].revenue))
        g_assert_cmpfloat (bar->revenue, ==, wanted[i].revenue);
    }
}

static void
test_notebook_waterfall (void)
{
  static const Bar bars[] = {
    { "imported", 541909, 8082, 9747747.934 }, { "price", 539318, 5981, NAN },
    { "products", 536581, 5797, NAN },         { "countries", 536077, 5787, NAN },
    { "customers", 536073, 5786, NAN },        { "purchases", 535798, 5695, 9801731.04 },
    { "required", 372736, 2968, 7769289.44 },
  };
  InsFilterRules rules = notebook_rules ();
  InsFiltered *filtered;
  InsFeatures *features;

  ins_skip_without (table);
  rules.require = (char *)"avg_gap_days";
  filtered = apply (&rules);
  g_assert_cmpuint (filtered->n_purchases, ==, 527345);
  g_assert_cmpuint (filtered->n_returns, ==, 8728);
  g_assert_cmpuint (filtered->n_pairs, ==, 0);
  ins_clear_artifact (&filtered);
  features = compute (&rules);
  assert_waterfall (features->bars, bars, G_N_ELEMENTS (bars));
  ins_clear_artifact (&features);
}

static void
test_insiders_waterfall (void)
{
  static const Bar bars[] = {
    { "imported", 541909, 4372, 9747747.934 },
    { "customer", 406829, 4372, 8300065.814 },
    { "price", 406715, 4371, NAN },
    { "products", 404809, 4362, NAN },
    { "cancellations", 398981, 4352, NAN },
    { "purchases", 398875, 4323, 8254208.1 },
  };
  InsFilterRules rules = insiders_rules ();
  InsFiltered *filtered;
  InsFeatures *features;
  const InsServiceGroup *group;

  ins_skip_without (table);
  filtered = apply (&rules);
  g_assert_cmpuint (filtered->n_pairs, ==, 2914);
  g_assert_cmpuint (filtered->n_purchases, ==, 393357);
  g_assert_cmpuint (filtered->n_returns, ==, 5624);
  g_assert_cmpuint (filtered->services->len, ==, 2);
  group = filtered->services->pdata[0];
  g_assert_cmpstr (group->pattern, ==, "[no-digit]");
  g_assert_cmpstr (group->codes, ==, "POST, M, D, CRUK, DOT, BANK CHARGES");
  g_assert_cmpuint (group->lines, ==, 1772);
  group = filtered->services->pdata[1];
  g_assert_cmpstr (group->codes, ==, "C2");
  g_assert_cmpuint (group->lines, ==, 134);
  ins_clear_artifact (&filtered);
  features = compute (&rules);
  assert_waterfall (features->bars, bars, G_N_ELEMENTS (bars));
  g_assert_cmpint (find_customer (features, "12346"), ==, -1);
  ins_clear_artifact (&features);
}

/* ---- Totals ---- */

/* The published figures are rounded to six decimals. */
static void
assert_totals (const InsFeatures *f, const char *name, double sum, double median, double max)
{
  InsDescription about;

  ins_describe (ins_matrix_col (f->values, ins_features_find (f, name)), f->n, &about);
  g_assert_cmpfloat_with_epsilon (about.sum, sum, 5.1e-7);
  g_assert_cmpfloat_with_epsilon (about.median, median, 5.1e-7);
  g_assert_cmpfloat_with_epsilon (about.max, max, 5.1e-7);
}

static void
assert_sum (const InsFeatures *f, const char *name, double sum)
{
  InsDescription about;

  ins_describe (ins_matrix_col (f->values, ins_features_find (f, name)), f->n, &about);
  g_assert_cmpfloat_with_epsilon (about.sum, sum, 5.1e-7);
}

static void
test_published (void)
{
  InsFilterRules rules = notebook_rules ();
  InsFeatures *f;

  ins_skip_without (table);
  f = compute (&rules);
  g_assert_cmpuint (f->n, ==, 5695);
  assert_totals (f, "gross_revenue", 10104314.35, 613.20, 279138.02);
  assert_totals (f, "recency_days", 665906, 71, 373);
  assert_totals (f, "invoice_count", 19768, 1, 206);
  assert_totals (f, "item_count", 5483805, 316, 196844);
  assert_totals (f, "line_count", 527345, 41, 7837);
  assert_totals (f, "avg_line_value", 254858.357607, 15.858824, 77183.60);
  assert_totals (f, "frequency", 3116.836431, 1, 17);
  assert_totals (f, "returned_items", 178073, 0, 74215);
  assert_totals (f, "product_count", 396710, 36, 1785);
  assert_totals (f, "avg_basket_size", 1484163.453929, 151.25, 74215);
  assert_totals (f, "avg_unique_basket_size", 212163.815159, 15, 1109);
  ins_clear_artifact (&f);
  rules.require = (char *)"avg_gap_days";
  f = compute (&rules);
  g_assert_cmpuint (f->n, ==, 2968);
  assert_sum (f, "gross_revenue", 7993979.66);
  assert_sum (f, "line_count", 364309);
  assert_sum (f, "avg_gap_days", 199761.396958);
  assert_sum (f, "frequency", 337.836431);
  ins_clear_artifact (&f);
  rules = insiders_rules ();
  f = compute (&rules);
  g_assert_cmpuint (f->n, ==, 4323);
  assert_sum (f, "gross_revenue", 8330468.64);
  g_assert_cmpfloat_with_epsilon (ins_median (ins_matrix_col (f->values, 0), f->n), 659.41, 1e-9);
  ins_clear_artifact (&f);
}

static void
test_known_customers (void)
{
  static const char *const names[] = { "gross_revenue",   "recency_days", "invoice_count",
                                       "item_count",      "line_count",   "avg_line_value",
                                       "avg_gap_days",    "frequency",    "returned_items",
                                       "avg_basket_size", "product_count" };
  static const struct
  {
    const char *id;
    double figures[G_N_ELEMENTS (names)];
  } known[] = {
    { "17850", { 5391.21, 372, 34, 1733, 297, 18.152222, 35.5, 17, 40, 50.970588, 21 } },
    { "13047", { 3232.59, 56, 9, 1390, 171, 18.904035, 27.25, 0.028302, 35, 154.444444, 105 } },
    { "12583", { 6705.38, 2, 15, 5028, 232, 28.9025, 23.1875, 0.040323, 50, 335.2, 114 } },
    { "14646",
      { 279138.02, 1, 72, 196844, 2060, 135.503893, 7.844444, 0.203390, 288, 2733.944444, 699 } },
  };
  InsFilterRules rules = notebook_rules ();
  InsFeatures *f;

  ins_skip_without (table);
  f = compute (&rules);
  for (gsize c = 0; c < G_N_ELEMENTS (known); c++)
    {
      int row = find_customer (f, known[c].id);

      g_assert_cmpint (row, >=, 0);
      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        g_assert_cmpfloat_with_epsilon (
            ins_matrix_get (f->values, row, ins_features_find (f, names[i])), known[c].figures[i],
            5.1e-7);
    }
  ins_clear_artifact (&f);
}

/* "preset,customers,feature,present,sum,median,max": nine decimals, sums rounded on the way. */
static void
assert_golden_line (const InsFeatures *f, char **fields)
{
  int feature = ins_features_find (f, fields[2]);
  InsDescription about;
  double sum = g_ascii_strtod (fields[4], NULL);

  g_assert_cmpint (feature, >=, 0);
  ins_describe (ins_matrix_col (f->values, feature), f->n, &about);
  g_assert_cmpuint (f->n, ==, g_ascii_strtoull (fields[1], NULL, 10));
  g_assert_cmpuint (about.n, ==, g_ascii_strtoull (fields[3], NULL, 10));
  g_assert_cmpfloat_with_epsilon (about.sum, sum, 1e-9 + 1e-13 * fabs (sum));
  g_assert_cmpfloat_with_epsilon (about.median, g_ascii_strtod (fields[5], NULL), 1e-9);
  g_assert_cmpfloat_with_epsilon (about.max, g_ascii_strtod (fields[6], NULL), 1e-9);
}

static void
test_golden (gconstpointer preset)
{
  g_autofree char *path = ins_test_file ("golden/features.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean required = g_str_has_suffix (preset, "-required");
  InsFilterRules rules =
      g_str_has_prefix (preset, "notebook") ? notebook_rules () : insiders_rules ();
  InsFeatures *f;
  guint checked = 0;

  ins_skip_without (table);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  rules.require = (char *)(required ? "avg_gap_days" : "");
  f = compute (&rules);
  for (char **line = lines; *line; line++)
    {
      g_auto (GStrv) fields = g_strsplit (*line, ",", -1);

      if (g_strcmp0 (fields[0], preset) != 0)
        continue;
      assert_golden_line (f, fields);
      checked++;
    }
  g_assert_cmpuint (checked, ==, required ? 19 : 22);
  ins_clear_artifact (&f);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  table = read_real_data ();
  g_test_add_func ("/features-golden/notebook-waterfall", test_notebook_waterfall);
  g_test_add_func ("/features-golden/insiders-waterfall", test_insiders_waterfall);
  g_test_add_func ("/features-golden/published", test_published);
  g_test_add_func ("/features-golden/known-customers", test_known_customers);
  g_test_add_data_func ("/features-golden/notebook", "notebook", test_golden);
  g_test_add_data_func ("/features-golden/notebook-required", "notebook-required", test_golden);
  g_test_add_data_func ("/features-golden/insiders", "insiders", test_golden);
  g_test_add_data_func ("/features-golden/insiders-required", "insiders-required", test_golden);
  status = g_test_run ();
  g_clear_pointer (&table, ins_table_unref);
  return status;
}
