/* test-filter.c: rules, waterfall, pairing and service codes
 *
 * Oracle: each rule over again, line by line, in the plainest way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-filter.h"

#include "base/ins-error.h"
#include "data/ins-pick.h"
#include "tests/data/ins-test-shop.h"

typedef struct
{
  InsFiltered *filtered;
  InsRun *run;
  GError *error;
} Applied;

static Applied
apply (const ShopLine *lines, gsize n, ShopFlags flags, const InsFilterRules *rules)
{
  g_autoptr (InsTable) table = shop_table (lines, n, flags);
  Applied applied = { .run = ins_run_new (1, NULL) };

  applied.filtered = ins_filter_apply (table, rules, applied.run, &applied.error);
  g_assert_true ((applied.filtered == NULL) == (applied.error != NULL));
  for (guint i = 0; applied.filtered && i < applied.filtered->bars->len; i++)
    {
      const InsWaterfallBar *bar = applied.filtered->bars->pdata[i];

      g_assert_cmpstr (ins_waterfall_bar_get_title (bar), !=, bar->rule);
    }
  return applied;
}

static void
applied_clear (Applied *applied)
{
  ins_clear_artifact (&applied->filtered);
  g_clear_pointer (&applied->run, ins_run_unref);
  g_clear_error (&applied->error);
}

static const InsWaterfallBar *
find_bar (const InsFiltered *filtered, const char *rule)
{
  for (guint i = 0; i < filtered->bars->len; i++)
    if (g_str_equal (((InsWaterfallBar *)filtered->bars->pdata[i])->rule, rule))
      return filtered->bars->pdata[i];
  return NULL;
}

/* ---- The plain twin ---- */

typedef struct
{
  const ShopLine *lines;
  gsize n;
  gboolean kept[60];
  char *customer[60];
} Plain;

static void
assert_bar (const Plain *plain, const InsFiltered *filtered, const char *rule)
{
  const InsWaterfallBar *bar = find_bar (filtered, rule);
  g_autoptr (GHashTable) customers = g_hash_table_new (g_str_hash, g_str_equal);
  guint64 lines = 0;
  gint64 cents = 0;

  for (gsize i = 0; i < plain->n; i++)
    if (plain->kept[i])
      {
        lines++;
        cents += plain->lines[i].quantity * plain->lines[i].cents;
        if (plain->customer[i])
          g_hash_table_add (customers, plain->customer[i]);
      }
  g_assert_nonnull (bar);
  g_assert_cmpuint (bar->lines, ==, lines);
  g_assert_cmpuint (bar->customers, ==, g_hash_table_size (customers));
  g_assert_cmpfloat (bar->revenue, ==, cents / 100.0);
}

static void
plain_customers (Plain *plain, const InsFilterRules *rules)
{
  gint64 next = rules->first_anonymous_id;

  for (gsize i = 0; i < plain->n; i++)
    {
      plain->kept[i] = TRUE;
      plain->customer[i] = g_strdup (plain->lines[i].customer);
      if (plain->customer[i] || rules->anonymous == INS_ANONYMOUS_LEAVE_OUT)
        continue;
      for (gsize j = 0; j < i; j++)
        if (!plain->lines[j].customer
            && g_str_equal (plain->lines[j].invoice, plain->lines[i].invoice))
          {
            plain->customer[i] = g_strdup (plain->customer[j]);
            break;
          }
      if (!plain->customer[i])
        plain->customer[i] = g_strdup_printf ("%d", (int)next++);
    }
}

static gboolean
plain_is_service (const char *code)
{
  return !strpbrk (code, "0123456789") || g_str_equal (code, "C2")
         || g_str_has_prefix (code, "gift_");
}

static guint
plain_pair (Plain *plain)
{
  guint n_pairs = 0;
  gboolean paired[60] = { 0 };

  for (gsize i = 0; i < plain->n; i++)
    {
      int best = -1;

      if (!plain->kept[i] || plain->lines[i].quantity >= 0)
        continue;
      for (gsize j = 0; j < plain->n; j++)
        if (plain->kept[j] && !paired[j] && plain->lines[j].quantity == -plain->lines[i].quantity
            && g_str_equal (plain->lines[j].product, plain->lines[i].product)
            && g_str_equal (plain->customer[j], plain->customer[i])
            && plain->lines[j].day <= plain->lines[i].day
            && (best < 0 || plain->lines[j].day >= plain->lines[best].day))
          best = j;
      if (best >= 0)
        {
          paired[best] = paired[i] = TRUE;
          n_pairs++;
        }
    }
  for (gsize i = 0; i < plain->n; i++)
    plain->kept[i] &= !paired[i];
  return n_pairs;
}

static void
plain_keep_if (Plain *plain, const gboolean *keep)
{
  for (gsize i = 0; i < plain->n; i++)
    plain->kept[i] &= keep[i];
}

#define KEEP_IF(condition)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gboolean keep[60];                                                                             \
    for (gsize i = 0; i < plain.n; i++)                                                            \
      {                                                                                            \
        const ShopLine *line = &lines[i];                                                          \
        keep[i] = (condition);                                                                     \
        (void)line;                                                                                \
      }                                                                                            \
    plain_keep_if (&plain, keep);                                                                  \
  }                                                                                                \
  G_STMT_END

static InsFilterRules
random_rules (guint64 seed)
{
  InsFilterRules rules = shop_rules ();

#define COIN(stream) (ins_random_below (seed, 100 + stream, 0, 2) == 1)
  rules.anonymous = COIN (0) ? INS_ANONYMOUS_LEAVE_OUT : INS_ANONYMOUS_PER_INVOICE;
  rules.price_rule = ins_random_below (seed, 101, 0, 3);
  rules.min_price = 0.04;
  rules.products = (char *)(COIN (2) ? "[no-digit], C2,gift_*" : "");
  rules.countries = (char *)(COIN (3) ? "Unspecified,Åland" : "");
  rules.customers = (char *)(COIN (4) ? "12583" : "");
  rules.cancellations = COIN (5) ? INS_CANCELLATIONS_PAIR : INS_CANCELLATIONS_NEGATIVE;
  rules.date_from = COIN (6) ? 17002 : INS_DATE_MISSING;
  rules.date_to = COIN (7) ? 17006 : INS_DATE_MISSING;
  rules.min_amount = COIN (8) ? 0.05 : NAN;
  rules.max_amount = COIN (9) ? 0.2 : NAN;
#undef COIN
  return rules;
}

static void
assert_lines (const Plain *plain, const InsFiltered *filtered)
{
  guint64 purchases = 0, returns = 0;

  for (gsize i = 0; i < plain->n; i++)
    {
      gboolean is_return = plain->lines[i].quantity < 0;

      if (!plain->kept[i])
        {
          g_assert_cmpint (filtered->kind[i], ==, INS_LINE_OUT);
          g_assert_cmpuint (filtered->customer[i], ==, INS_CODE_MISSING);
          continue;
        }
      g_assert_cmpint (filtered->kind[i], ==, is_return ? INS_LINE_RETURN : INS_LINE_PURCHASE);
      g_assert_cmpuint (filtered->customer[i], <, filtered->n_ids);
      g_assert_cmpstr (filtered->ids[filtered->customer[i]], ==, plain->customer[i]);
      *(is_return ? &returns : &purchases) += 1;
    }
  g_assert_cmpuint (filtered->n_purchases, ==, purchases);
  g_assert_cmpuint (filtered->n_returns, ==, returns);
}

static void
check_random (guint64 seed)
{
  ShopLine lines[60];
  gsize n = shop_random (seed, lines);
  InsFilterRules rules = random_rules (seed);
  ShopFlags flags = seed % 3 == 0 ? SHOP_NUMBER_IDS : SHOP_PLAIN;
  Applied applied = apply (lines, n, flags, &rules);
  Plain plain = { .lines = lines, .n = n };
  guint n_pairs = 0;

  g_assert_no_error (applied.error);
  plain_customers (&plain, &rules);
  assert_bar (&plain, applied.filtered, "imported");
  KEEP_IF (plain.customer[i] != NULL);
  if (rules.anonymous == INS_ANONYMOUS_LEAVE_OUT)
    assert_bar (&plain, applied.filtered, "customer");
  if (rules.price_rule == INS_PRICE_ABOVE)
    KEEP_IF (line->cents > 4);
  if (rules.price_rule == INS_PRICE_AT_LEAST)
    KEEP_IF (line->cents >= 4);
  if (rules.price_rule != INS_PRICE_OFF)
    assert_bar (&plain, applied.filtered, "price");
  if (*rules.products)
    {
      KEEP_IF (!plain_is_service (line->product));
      assert_bar (&plain, applied.filtered, "products");
    }
  if (*rules.countries)
    {
      KEEP_IF (!g_str_equal (line->country, "Unspecified")
               && !g_str_equal (line->country, "Åland"));
      assert_bar (&plain, applied.filtered, "countries");
    }
  if (*rules.customers)
    {
      KEEP_IF (plain.customer[i] && !g_str_equal (plain.customer[i], "12583"));
      assert_bar (&plain, applied.filtered, "customers");
    }
  if (rules.cancellations == INS_CANCELLATIONS_PAIR)
    {
      n_pairs = plain_pair (&plain);
      assert_bar (&plain, applied.filtered, "cancellations");
    }
  KEEP_IF (rules.date_from == INS_DATE_MISSING || line->day >= 17002);
  KEEP_IF (rules.date_to == INS_DATE_MISSING || line->day <= 17006);
  if (rules.date_from != INS_DATE_MISSING || rules.date_to != INS_DATE_MISSING)
    assert_bar (&plain, applied.filtered, "dates");
  KEEP_IF (isnan (rules.min_amount) || ABS (line->quantity) * line->cents >= 5);
  KEEP_IF (isnan (rules.max_amount) || ABS (line->quantity) * line->cents <= 20);
  if (!isnan (rules.min_amount) || !isnan (rules.max_amount))
    assert_bar (&plain, applied.filtered, "amount");
  g_assert_cmpuint (applied.filtered->n_pairs, ==, n_pairs);
  assert_lines (&plain, applied.filtered);
  for (gsize i = 0; i < n; i++)
    g_free (plain.customer[i]);
  applied_clear (&applied);
}

static void
test_random (void)
{
  for (guint64 seed = 1; seed <= 3000; seed++)
    check_random (seed);
}

/* ---- Single points ---- */

/* A return may precede its sale in the file; the latest date wins, then the latest line. */
static void
test_pairing (void)
{
  static const ShopLine lines[] = {
    { "C1", "a1", -5, 100, 10, "7", "X" }, /* 0: takes 2: same date, later in the file */
    { "2", "a1", 5, 100, 9, "7", "X" },    /* 1 */
    { "3", "a1", 5, 100, 10, "7", "X" },   /* 2 */
    { "4", "a1", 5, 100, 11, "7", "X" },   /* 3: too late for 0 */
    { "C5", "a1", -5, 100, 10, "7", "X" }, /* 4: takes 1 */
    { "C6", "a1", -5, 100, 10, "7", "X" }, /* 5: nothing left */
    { "C7", "a1", -4, 100, 20, "7", "X" }, /* 6: another quantity */
    { "C8", "a1", -5, 100, 20, "8", "X" }, /* 7: another customer */
    { "C9", "b1", -5, 100, 20, "7", "X" }, /* 8: another product */
  };
  static const gboolean kept[] = { 0, 0, 0, 1, 0, 1, 1, 1, 1 };
  InsFilterRules rules = shop_rules ();
  Applied applied;

  rules.cancellations = INS_CANCELLATIONS_PAIR;
  applied = apply (lines, G_N_ELEMENTS (lines), SHOP_PLAIN, &rules);
  g_assert_no_error (applied.error);
  g_assert_cmpuint (applied.filtered->n_pairs, ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpint (applied.filtered->kind[i] != INS_LINE_OUT, ==, kept[i]);
  g_assert_cmpuint (find_bar (applied.filtered, "cancellations")->lines, ==, 5);
  applied_clear (&applied);
}

/* Many equal sales and returns: every return finds one, in any amount. */
static void
test_pairing_many (void)
{
  const gsize n = 40000;
  g_autofree ShopLine *lines = g_new (ShopLine, n);
  InsFilterRules rules = shop_rules ();
  Applied applied;

  for (gsize i = 0; i < n; i++)
    lines[i] = (ShopLine){ "1", "a1", i < n / 2 ? 1 : -1, 100, 10, "7", "X" };
  rules.cancellations = INS_CANCELLATIONS_PAIR;
  applied = apply (lines, n, SHOP_PLAIN, &rules);
  g_assert_cmpuint (applied.filtered->n_pairs, ==, n / 2);
  g_assert_cmpuint (applied.filtered->n_purchases + applied.filtered->n_returns, ==, 0);
  applied_clear (&applied);
}

/* Without products the price must agree; without quantities the amount. */
static void
test_pairing_without (void)
{
  static const ShopLine lines[] = {
    { "1", "a1", 5, 100, 1, "7", "X" },
    { "2", "a1", 5, 200, 2, "7", "X" },
    { "C3", "a1", -5, 100, 3, "7", "X" },
  };
  InsFilterRules rules = shop_rules ();
  const ShopFlags flags[] = { SHOP_NO_PRODUCT, SHOP_AMOUNT | SHOP_NO_QUANTITY };

  rules.cancellations = INS_CANCELLATIONS_PAIR;
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      Applied applied = apply (lines, G_N_ELEMENTS (lines), flags[i], &rules);

      g_assert_no_error (applied.error);
      g_assert_cmpuint (applied.filtered->n_pairs, ==, 1);
      g_assert_cmpint (applied.filtered->kind[0], ==, INS_LINE_OUT);
      g_assert_cmpint (applied.filtered->kind[1], ==, INS_LINE_PURCHASE);
      applied_clear (&applied);
    }
}

static void
test_anonymous_ids (void)
{
  static const ShopLine lines[] = {
    { "1", "a1", 1, 100, 1, "19001", "X" }, { "2", "a1", 1, 100, 1, NULL, "X" },
    { "3", "a1", 1, 100, 1, NULL, "X" },    { "2", "a1", 1, 100, 1, NULL, "X" },
    { "2", "a1", 1, 100, 1, "5.0", "X" },   { "2", "a1", 1, 100, 1, "5", "X" },
  };
  static const char *const wanted[] = { "19001", "19000", "19002", "19000", "5", "5" };
  InsFilterRules rules = shop_rules ();
  Applied applied;

  rules.anonymous = INS_ANONYMOUS_PER_INVOICE;
  applied = apply (lines, G_N_ELEMENTS (lines), SHOP_PLAIN, &rules);
  g_assert_no_error (applied.error);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_cmpstr (applied.filtered->ids[applied.filtered->customer[i]], ==, wanted[i]);
  g_assert_cmpuint (find_bar (applied.filtered, "imported")->customers, ==, 4);
  applied_clear (&applied);
  rules.first_anonymous_id = G_MAXINT64 - 1;
  applied = apply (lines, G_N_ELEMENTS (lines), SHOP_PLAIN, &rules);
  g_assert_error (applied.error, INS_ERROR, INS_ERROR_USAGE);
  applied_clear (&applied);
}

static void
test_services (void)
{
  static const ShopLine lines[] = {
    { "1", "POST", 2, 150, 1, "1", "X" },  { "1", "M", 1, 1000, 1, "1", "X" },
    { "1", "POST", 1, 50, 1, "2", "X" },   { "1", "C2", 1, 70, 1, "2", "X" },
    { "1", "a1", 9, 100, 1, "2", "X" },    { "1", "POST", 1, 1, 1, "2", "X" },
    { "1", NULL, 1, 100, 1, "2", "X" },    { "1", "gift_0001_20", 1, 2000, 1, "2", "X" },
    { "1", "TEST001", 1, 5, 1, "2", "X" }, { "1", "C22", 1, 5, 1, "2", "X" },
  };
  static const struct
  {
    const char *pattern, *codes;
    guint lines;
    double revenue;
  } wanted[] = { { "[no-digit]", "POST, M", 3, 13.5 },
                 { "C2", "C2", 1, 0.7 },
                 { "gift_*", "gift_0001_20", 1, 20 },
                 { "TEST*", "TEST001", 1, 0.05 } };
  InsFilterRules rules = shop_rules ();

  rules.price_rule = INS_PRICE_ABOVE;
  rules.min_price = 0.04;
  for (int left_out = 0; left_out < 2; left_out++)
    {
      Applied applied;

      rules.products = (char *)(left_out ? "[no-digit],C2,gift_*,TEST*" : "");
      applied = apply (lines, G_N_ELEMENTS (lines), SHOP_PLAIN, &rules);
      g_assert_no_error (applied.error);
      g_assert_cmpuint (applied.filtered->services->len, ==, G_N_ELEMENTS (wanted));
      for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
        {
          const InsServiceGroup *group = applied.filtered->services->pdata[i];

          g_assert_cmpstr (group->pattern, ==, wanted[i].pattern);
          g_assert_cmpstr (group->codes, ==, wanted[i].codes);
          g_assert_cmpuint (group->lines, ==, wanted[i].lines);
          g_assert_cmpfloat (group->revenue, ==, wanted[i].revenue);
        }
      g_assert_cmpuint (applied.filtered->n_purchases, ==, left_out ? 3 : 9);
      applied_clear (&applied);
    }
}

static gboolean
picks (const char *item, const char *word)
{
  char *words[] = { (char *)word };
  g_autofree guint8 *marks = ins_pick_mark (item, TRUE, words, 1);

  return marks[0];
}

static void
test_lists (void)
{
  g_auto (GStrv) items = ins_pick_split (" a , Korea\\, South,, b\\\\c ,");
  g_auto (GStrv) none = ins_pick_split (NULL);

  g_assert_cmpuint (g_strv_length (items), ==, 3);
  g_assert_cmpstr (items[0], ==, "a");
  g_assert_cmpstr (items[1], ==, "Korea, South");
  g_assert_cmpstr (items[2], ==, "b\\c");
  g_assert_cmpuint (g_strv_length (none), ==, 0);
  g_assert_true (picks ("gift_*", "gift_0001"));
  g_assert_false (picks ("gift_*", "GIFT_0001"));
  g_assert_true (picks ("C?", "C2"));
  g_assert_false (picks ("C2", "C22"));
  g_assert_true (picks ("[no-digit]", "BANK CHARGES"));
  g_assert_false (picks ("[no-digit]", "85123A"));
}

/* Quantities 1 … 8 and ±100: quartiles of the sizes are 3.25 and 7.75 (type 7), limits -3.5, 14.5.
 */
static void
test_outliers (void)
{
  ShopLine lines[10];
  InsFilterRules rules = shop_rules ();
  Applied applied;

  for (int i = 0; i < 10; i++)
    lines[i] = (ShopLine){ "1", "a1", i < 8 ? i + 1 : i == 8 ? 100 : -100, 200, 1, "1", "X" };
  rules.outliers = INS_OUTLIERS_IQR;
  applied = apply (lines, 10, SHOP_PLAIN, &rules);
  g_assert_cmpuint (applied.filtered->n_purchases, ==, 8);
  g_assert_cmpuint (applied.filtered->n_returns, ==, 0);
  g_assert_cmpfloat (find_bar (applied.filtered, "outliers")->revenue, ==, 72);
  g_assert_null (applied.filtered->quantity);
  applied_clear (&applied);

  rules.cap = TRUE;
  applied = apply (lines, 10, SHOP_PLAIN, &rules);
  g_assert_cmpuint (find_bar (applied.filtered, "outliers")->lines, ==, 10);
  g_assert_cmpfloat (applied.filtered->quantity[3], ==, 4);
  g_assert_cmpfloat (applied.filtered->quantity[8], ==, 14.5);
  g_assert_cmpfloat (applied.filtered->quantity[9], ==, -14.5);
  g_assert_cmpfloat (find_bar (applied.filtered, "imported")->revenue, ==, 72);
  applied_clear (&applied);

  lines[9].quantity = 100;
  applied = apply (lines, 10, SHOP_PLAIN, &rules);
  g_assert_cmpfloat (find_bar (applied.filtered, "imported")->revenue, ==, 472);
  g_assert_cmpfloat (find_bar (applied.filtered, "outliers")->revenue, ==, 72 + 2 * 29);
  applied_clear (&applied);

  rules.cap = FALSE;
  rules.outliers = INS_OUTLIERS_Z; /* mean 23.6, deviation 40.35: only far limits */
  rules.outlier_limit = 1.8;
  applied = apply (lines, 10, SHOP_PLAIN, &rules);
  g_assert_cmpuint (applied.filtered->n_purchases, ==, 8);
  applied_clear (&applied);
  rules.outlier_limit = 2;
  applied = apply (lines, 10, SHOP_PLAIN, &rules);
  g_assert_cmpuint (applied.filtered->n_purchases, ==, 10);
  applied_clear (&applied);
  rules.outlier_limit = -1;
  applied = apply (lines, 10, SHOP_PLAIN, &rules);
  g_assert_error (applied.error, INS_ERROR, INS_ERROR_USAGE);
  applied_clear (&applied);
}

static void
test_edges (void)
{
  static const ShopLine nobody[] = { { "1", "a1", 1, 100, 1, NULL, "X" } };
  InsFilterRules rules = shop_rules ();
  g_autoptr (InsTable) table = NULL;
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  Applied applied;

  applied = apply (nobody, 0, SHOP_PLAIN, &rules);
  g_assert_no_error (applied.error);
  g_assert_cmpuint (find_bar (applied.filtered, "customer")->lines, ==, 0);
  applied_clear (&applied);
  applied = apply (nobody, 1, SHOP_PLAIN, &rules);
  g_assert_cmpuint (find_bar (applied.filtered, "imported")->lines, ==, 1);
  g_assert_cmpuint (find_bar (applied.filtered, "imported")->customers, ==, 0);
  g_assert_cmpuint (find_bar (applied.filtered, "customer")->lines, ==, 0);
  applied_clear (&applied);

  table = shop_table (nobody, 1, SHOP_PLAIN);
  table->role_column[INS_ROLE_DATE] = -1;
  g_assert_null (ins_filter_apply (table, &rules, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_INPUT);
  g_assert_nonnull (strstr (error->message, "--role date="));
}

/* Lines without what every figure needs are a bar of their own. */
static void
test_incomplete (void)
{
  ShopLine lines[5];
  InsFilterRules rules = shop_rules ();
  g_autoptr (InsTable) table = NULL;
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  InsFiltered *filtered;

  for (int i = 0; i < 5; i++)
    lines[i] = (ShopLine){ "1", "a1", 1, 100, 1, "1", "X" };
  lines[0].invoice = NULL;
  lines[1].day = INS_DATE_MISSING;
  table = shop_table (lines, 5, SHOP_PLAIN);
  table->columns[2].scaled[2] = INS_SCALED_MISSING;
  table->columns[4].scaled[3] = INS_SCALED_MISSING;
  filtered = ins_filter_apply (table, &rules, run, NULL);
  g_assert_cmpuint (find_bar (filtered, "incomplete")->lines, ==, 1);
  g_assert_cmpfloat (find_bar (filtered, "incomplete")->revenue, ==, 1);
  g_assert_cmpuint (filtered->n_purchases, ==, 1);
  ins_clear_artifact (&filtered);
}

/* What does not fit 64 bits is summed as doubles instead. */
static void
test_overflow (void)
{
  static const ShopLine lines[] = { { "1", "a1", G_MAXINT64 / 4, 1000, 1, "1", "X" },
                                    { "1", "a1", 1, 1000, 1, "1", "X" } };
  InsFilterRules rules = shop_rules ();
  Applied applied = apply (lines, 2, SHOP_PLAIN, &rules);

  g_assert_cmpfloat (find_bar (applied.filtered, "imported")->revenue, ==,
                     (double)(G_MAXINT64 / 4) * 10);
  applied_clear (&applied);
}

/* ---- Variants, cancel ---- */

static void
test_variant (void)
{
  ShopLine lines[60];
  gsize n = shop_random (4, lines);
  InsFilterRules rules = shop_rules ();
  Applied applied;
  InsFiltered *back;
  g_autoptr (GVariant) variant = NULL;
  g_autoptr (GVariant) again = NULL;

  rules.cancellations = INS_CANCELLATIONS_PAIR;
  rules.require = (char *)"avg_gap_days";
  applied = apply (lines, n, SHOP_PLAIN, &rules);
  g_assert_true (ins_artifact_is_complete (applied.filtered));
  variant = g_variant_ref_sink (ins_filtered_type.to_variant (&applied.filtered->artifact));
  back = (InsFiltered *)ins_filtered_type.from_variant (variant, &applied.error);
  g_assert_no_error (applied.error);
  g_assert_false (ins_artifact_is_complete (back));
  again = g_variant_ref_sink (ins_filtered_type.to_variant (&back->artifact));
  g_assert_true (g_variant_equal (variant, again));
  g_assert_cmpuint (back->n_pairs, ==, applied.filtered->n_pairs);
  g_assert_cmpstr (back->require, ==, "avg_gap_days");
  g_assert_cmpuint (back->bars->len, ==, applied.filtered->bars->len);
  g_assert_cmpuint (ins_filtered_type.size (&applied.filtered->artifact), >,
                    ins_filtered_type.size (&back->artifact));
  ins_clear_artifact (&back);
  applied_clear (&applied);
}

/* Bytes changed at random are either refused or read, never followed out of bounds. */
static void
test_hostile (void)
{
  ShopLine lines[60];
  gsize n = shop_random (5, lines);
  InsFilterRules rules = shop_rules ();
  Applied applied = apply (lines, n, SHOP_PLAIN, &rules);
  g_autoptr (GVariant) variant =
      g_variant_ref_sink (ins_filtered_type.to_variant (&applied.filtered->artifact));
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new ("(su)", "x", 1));
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (variant);
  gsize size = g_bytes_get_size (bytes);
  guint n_read = 0;

  g_assert_null (ins_filtered_type.from_variant (wrong, &applied.error));
  g_assert_error (applied.error, INS_ERROR, INS_ERROR_DAMAGED);
  for (guint64 seed = 0; seed < 2000; seed++)
    {
      guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), size);
      g_autoptr (GVariant) damaged = NULL;
      InsFiltered *back;

      for (int i = 0; i < 4; i++)
        copy[ins_random_below (seed, 1, i, size)] = ins_random_below (seed, 2, i, 256);
      damaged = g_variant_ref_sink (
          g_variant_new_from_data (g_variant_get_type (variant), copy,
                                   ins_random_below (seed, 3, 0, size + 1), FALSE, g_free, copy));
      back = (InsFiltered *)ins_filtered_type.from_variant (damaged, NULL);
      if (back == NULL)
        continue;
      n_read++;
      g_assert_cmpuint (back->bars->len, >, 0);
      ins_clear_artifact (&back);
    }
  g_assert_cmpuint (n_read, >, 0);
  g_assert_cmpuint (n_read, <, 2000); /* without a bar there is nothing to show */
  applied_clear (&applied);
}

/* More lines than any memory holds are a sentence, not a crash. */
static void
test_memory (void)
{
  g_autoptr (InsTable) table = ins_table_new (0, 0);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  InsFilterRules rules = shop_rules ();

  table->ready = TRUE;
  table->n_rows = G_MAXSIZE / 64;
  g_assert_null (ins_filter_apply (table, &rules, run, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_MEMORY);
  table->n_rows = 0;
}

static void
test_cancel (void)
{
  ShopLine lines[60];
  gsize n = shop_random (6, lines);
  InsFilterRules rules = shop_rules ();
  g_autoptr (InsTable) table = shop_table (lines, n, SHOP_PLAIN);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;

  ins_run_cancel (run);
  g_assert_null (ins_filter_apply (table, &rules, run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/random", test_random);
  g_test_add_func ("/filter/pairing", test_pairing);
  g_test_add_func ("/filter/pairing-many", test_pairing_many);
  g_test_add_func ("/filter/pairing-without", test_pairing_without);
  g_test_add_func ("/filter/anonymous-ids", test_anonymous_ids);
  g_test_add_func ("/filter/services", test_services);
  g_test_add_func ("/filter/lists", test_lists);
  g_test_add_func ("/filter/outliers", test_outliers);
  g_test_add_func ("/filter/edges", test_edges);
  g_test_add_func ("/filter/incomplete", test_incomplete);
  g_test_add_func ("/filter/overflow", test_overflow);
  g_test_add_func ("/filter/variant", test_variant);
  g_test_add_func ("/filter/hostile", test_hostile);
  g_test_add_func ("/filter/memory", test_memory);
  g_test_add_func ("/filter/cancel", test_cancel);
  return g_test_run ();
}
