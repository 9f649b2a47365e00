/* test-questions.c: the nine answers tell the figures of made-up results
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "report/ins-questions.h"

#include <math.h>
#include <string.h>

#define N 8      /* customers grouped */
#define N_ALL 10 /* rows of features: two customers were left out before */
#define K 3
#define F 5 /* features: revenue, orders, recency, country (a text), returns */
#define POUND "£"
#define NB "\302\240"

/* Results on the stack; nothing here is reference counted. */
typedef struct
{
  InsResults results;
  InsFeatures features;
  InsScaled scaled;
  InsClustering clustering;
  InsProfile profile;
  InsIdentity identities[K];
  InsFeatureInfo infos[F];
  guint32 rows[N], columns[F], described[F - 1];
  gint32 labels[N];
  double silhouettes[N];
  gsize customers[K];
  double share_customers[K], revenue[K], share_revenue[K];
  InsQuestion questions[INS_N_QUESTIONS];
} Fixture;

static void
fill_features (Fixture *f)
{
  static const double values[F][N] = { { 600, 500, 300, 130, 120, 100, 90, 80 },
                                       { 5, 5, 5, 5, 5, 5, 5, 5 },
                                       { 3, 8, 90, 40, 30, 9, 70, 60 },
                                       { 0, 0, 1, 1, 1, 1, 1, 1 }, /* would tell best */
                                       { 9, 9, 0, 0, 0, 0, 0, 0 } };

  f->infos[0] = (InsFeatureInfo){ .name = "revenue", .title = "Revenue", .unit = "money" };
  f->infos[1] = (InsFeatureInfo){ .name = "orders", .title = "Orders", .unit = "" };
  f->infos[2] = (InsFeatureInfo){ .name = "recency", .title = "Recency", .unit = "days" };
  f->infos[3] = (InsFeatureInfo){
    .name = "country", .title = "Country", .unit = "", .type = INS_FEATURE_TEXT
  };
  f->infos[4] = (InsFeatureInfo){ .name = "returns", .title = "Returns", .unit = "" };
  f->features = (InsFeatures){
    .n = N_ALL, .n_features = F, .infos = f->infos, .values = ins_matrix_new (N_ALL, F)
  };
  for (guint32 i = 0; i < N; i++)
    {
      f->rows[i] = i < 4 ? i : i + 2; /* rows 4 and 5 are of nobody here */
      for (guint j = 0; j < F; j++)
        ins_matrix_set (f->features.values, f->rows[i], j, values[j][i]);
    }
  for (guint j = 0; j < F; j++)
    for (guint row = 4; row < 6; row++)
      ins_matrix_set (f->features.values, row, j, 1e6);
}

static void
fill_profile (Fixture *f)
{
  static const guint32 described[] = { 0, 1, 2, 4 };
  static const double means[K + 1][F - 1] = { { 550, 5, 5.5, 9 },
                                              { 550.0 / 3, 5, 160.0 / 3, 0 },
                                              { 90, 5, 139.0 / 3, 0 },
                                              { 240, 5, 38, 2.25 } };
  static const gsize customers[] = { 2, 3, 3 };
  static const double revenue[] = { 1100, 550, 270 };

  memcpy (f->described, described, sizeof described);
  f->profile = (InsProfile){ .k = K,
                             .n_features = F - 1,
                             .features = f->described,
                             .customers = f->customers,
                             .share_customers = f->share_customers,
                             .revenue = f->revenue,
                             .share_revenue = f->share_revenue,
                             .mean = ins_matrix_new (K + 1, F - 1) };
  for (int c = 0; c <= K; c++)
    for (int j = 0; j < F - 1; j++)
      ins_matrix_set (f->profile.mean, c, j, means[c][j]);
  for (int c = 0; c < K; c++)
    {
      f->customers[c] = customers[c];
      f->share_customers[c] = (double)customers[c] / N;
      f->revenue[c] = revenue[c];
      f->share_revenue[c] = revenue[c] / 1920;
    }
}

static void
fixture_init (Fixture *f)
{
  memset (f, 0, sizeof *f);
  fill_features (f);
  fill_profile (f);
  for (int i = 0; i < N; i++)
    {
      f->labels[i] = i < 2 ? 0 : i < 5 ? 1 : 2;
      f->silhouettes[i] = i == 1 || i == 4 ? -0.1 : 0.5;
    }
  for (guint32 j = 0; j < 4; j++)
    f->columns[j] = j;
  f->scaled = (InsScaled){ .n = N, .rows = f->rows, .d = 4, .columns = f->columns };
  f->clustering = (InsClustering){
    .model = (char *)"kmeans", .n = N, .k = K, .labels = f->labels, .silhouettes = f->silhouettes
  };
  f->identities[0].is_insider = TRUE;
  f->results.features = &f->features;
  f->results.scaled = &f->scaled;
  f->results.clustering = &f->clustering;
  f->results.profile = &f->profile;
}

static void
fixture_clear (Fixture *f)
{
  ins_questions_clear (f->questions);
  ins_matrix_unref (f->features.values);
  ins_matrix_unref (f->profile.mean);
}

static void
ask (Fixture *f)
{
  ins_questions_clear (f->questions);
  ins_questions_answer (&f->results, f->identities, POUND, f->questions);
}

/* @number: from 1, as people count them */
static void
expect (const Fixture *f, int number, const char *answer)
{
  g_assert_cmpstr (f->questions[number - 1].answer, ==, answer);
  g_assert_true (f->questions[number - 1].is_answered);
}

static void
expect_none (const Fixture *f, int number, const char *why)
{
  g_assert_cmpstr (f->questions[number - 1].answer, ==, why);
  g_assert_false (f->questions[number - 1].is_answered);
}

static void
test_answers (void)
{
  Fixture f;

  fixture_init (&f);
  ask (&f);
  expect (&f, 1,
          "Everybody in a group marked as Insiders (K-Means, 3 clusters, in the scaled features); "
          "“export customers” lists them.");
  expect (&f, 2, "2 of 8 customers (25 %).");
  /* recency 5.5 of 38 is farther from the average than revenue 550 of 240; returns are not used */
  expect (&f, 3, "Against the average of all customers: Recency 0.1×, Revenue 2.3×, Orders 1.0×.");
  expect (&f, 4, "57.3 % of the revenue of all customers grouped.");
  expect_none (&f, 5, "The groups alone do not say.");
  /* the roundest number from 500 down to, but not at, 300 */
  expect (&f, 6,
          "In these data, best told by one threshold: Revenue of at least £500. 2 of the 2 "
          "customers who meet it are Insiders; 100 % of the Insiders meet it.");
  expect (&f, 7,
          "By the same threshold, Revenue below £500: 0 Insiders are there now. 1 lie nearer to "
          "another group than to their own (silhouette below 0).");
  expect_none (&f, 8, "The groups alone do not say.");
  expect_none (&f, 9, "The groups alone do not say.");
  for (int i = 0; i < INS_N_QUESTIONS; i++)
    for (int j = 0; j < i; j++)
      g_assert_cmpstr (f.questions[i].question, !=, f.questions[j].question);
  fixture_clear (&f);
}

/* Means are weighed by customers, counts and shares are added. */
static void
test_two_groups (void)
{
  Fixture f;

  fixture_init (&f);
  f.identities[2].is_insider = TRUE;
  ask (&f);
  expect (&f, 2, "5 of 8 customers (62.5 %).");
  /* revenue (2 · 550 + 3 · 90) / 5 = 274 of 240; recency (11 + 139) / 5 = 30 of 38 */
  expect (&f, 3, "Against the average of all customers: Recency 0.8×, Revenue 1.1×, Orders 1.0×.");
  expect (&f, 4, "71.4 % of the revenue of all customers grouped.");
  fixture_clear (&f);
}

/* The farthest from the average first, above or below; what has no ratio is not told. */
static void
test_traits (void)
{
  Fixture f;
  static const double ratios[] = { 2, 0.2, 3, 1.5 };

  fixture_init (&f);
  f.columns[3] = 4;
  for (int j = 0; j < F - 1; j++)
    ins_matrix_set (f.profile.mean, 0, j, ratios[j] * ins_matrix_get (f.profile.mean, K, j));
  ask (&f);
  expect (&f, 3,
          "Against the average of all customers: Orders 0.2×, Recency 3.0×, Revenue 2.0×, Returns "
          "1.5×.");
  ins_matrix_set (f.profile.mean, K, 0, 0);   /* a ratio that is infinite */
  ins_matrix_set (f.profile.mean, K, 1, NAN); /* … or none */
  ins_matrix_set (f.profile.mean, 0, 2, -1);  /* … or negative */
  ask (&f);
  expect (&f, 3, "Against the average of all customers: Returns 1.5×.");
  fixture_clear (&f);
}

/* "at most": the rule turns, and so does the sentence about who is removed. */
static void
test_rule_below (void)
{
  Fixture f;

  fixture_init (&f);
  f.columns[0] = 2; /* recency alone: 3, 8 against 9, 30, 40, 60, 70, 90 */
  f.scaled.d = 1;
  f.clustering.silhouettes = NULL;
  ask (&f);
  expect (&f, 6,
          "In these data, best told by one threshold: Recency of at most 8" NB
          "days. 2 of the 2 customers who meet it are Insiders; 100 % of the Insiders meet it.");
  expect (&f, 7,
          "By the same threshold, Recency above 8" NB
          "days: 0 Insiders are there now. 0 lie nearer to another group than to their own "
          "(silhouette below 0).");
  f.labels[6] = 0; /* an Insider with 70 days who does not meet the rule */
  ask (&f);
  expect (&f, 6,
          "In these data, best told by one threshold: Recency of at most 8" NB
          "days. 2 of the 2 customers who meet it are Insiders; 66.7 % of the Insiders meet it.");
  g_assert_nonnull (strstr (f.questions[6].answer, "days: 1 Insiders are there now."));
  fixture_clear (&f);
}

/* A rule is told from Youden's J = 0.5 on: half of the members, none of the others. */
static void
test_weak_rule (void)
{
  static const char none[] = "No feature alone tells the Insiders from the rest.";
  Fixture f;

  fixture_init (&f);
  f.scaled.d = 1;
  for (guint i = 0; i < N; i++)
    ins_matrix_set (f.features.values, f.rows[i], 0, i == 0 ? 2 : 1);
  ask (&f);
  expect (&f, 6,
          "In these data, best told by one threshold: Revenue of at least £2. 1 of the 1 "
          "customers who meet it are Insiders; 50 % of the Insiders meet it.");
  ins_matrix_set (f.features.values, f.rows[5], 0, 2); /* J = 1/2 - 1/6 */
  ask (&f);
  expect_none (&f, 6, none);
  expect_none (&f, 7, none);
  expect (&f, 4, "57.3 % of the revenue of all customers grouped.");
  fixture_clear (&f);
}

/* Words are numbered, but their numbers are no amounts. */
static void
test_words_are_no_rule (void)
{
  Fixture f;

  fixture_init (&f);
  f.columns[0] = 3;
  f.columns[1] = 1;
  f.scaled.d = 2;
  ask (&f);
  expect_none (&f, 6, "No feature alone tells the Insiders from the rest.");
  fixture_clear (&f);
}

static void
test_no_insiders (void)
{
  Fixture f;

  fixture_init (&f);
  f.identities[0].is_insider = FALSE;
  ask (&f);
  for (int i = 1; i <= INS_N_QUESTIONS; i++)
    expect_none (&f, i, "No customer is in a group marked as Insiders.");
  fixture_clear (&f);
}

/* A group of a frozen model that nobody is in: its means are NaN. */
static void
test_empty_group (void)
{
  Fixture f;

  fixture_init (&f);
  f.identities[1].is_insider = TRUE;
  f.customers[1] = 0;
  f.share_customers[1] = f.revenue[1] = f.share_revenue[1] = 0;
  for (int j = 0; j < F - 1; j++)
    ins_matrix_set (f.profile.mean, 1, j, NAN);
  for (int i = 2; i < 5; i++)
    f.labels[i] = 2;
  ask (&f);
  expect (&f, 2, "2 of 8 customers (25 %).");
  expect (&f, 3, "Against the average of all customers: Recency 0.1×, Revenue 2.3×, Orders 1.0×.");
  f.identities[0].is_insider = FALSE; /* only the empty one is marked */
  ask (&f);
  for (int i = 1; i <= INS_N_QUESTIONS; i++)
    expect_none (&f, i, "No customer is in a group marked as Insiders.");
  fixture_clear (&f);
}

static void
test_no_revenue (void)
{
  Fixture f;

  fixture_init (&f);
  for (int c = 0; c < K; c++)
    f.revenue[c] = f.share_revenue[c] = NAN;
  ask (&f);
  expect_none (&f, 4, "The groups alone do not say.");
  expect (&f, 2, "2 of 8 customers (25 %).");
  fixture_clear (&f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/questions/answers", test_answers);
  g_test_add_func ("/questions/two-groups", test_two_groups);
  g_test_add_func ("/questions/traits", test_traits);
  g_test_add_func ("/questions/rule-below", test_rule_below);
  g_test_add_func ("/questions/weak-rule", test_weak_rule);
  g_test_add_func ("/questions/words-are-no-rule", test_words_are_no_rule);
  g_test_add_func ("/questions/no-insiders", test_no_insiders);
  g_test_add_func ("/questions/empty-group", test_empty_group);
  g_test_add_func ("/questions/no-revenue", test_no_revenue);
  return g_test_run ();
}
