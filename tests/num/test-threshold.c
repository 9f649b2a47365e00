/* test-threshold.c: the best threshold against trying every one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-threshold.h"

#include "ins-num-test.h"

static double
youden (const double *values, const guint8 *members, gsize n, double threshold, gboolean below,
        gsize *found, gsize *hits)
{
  gsize wanted = 0;

  *found = *hits = 0;
  for (gsize i = 0; i < n; i++)
    {
      gboolean meets = below ? values[i] <= threshold : values[i] >= threshold;
      wanted += members[i] != 0;
      *found += meets;
      *hits += meets && members[i];
    }
  return (double)*hits / (double)wanted - (double)(*found - *hits) / (double)(n - wanted);
}

/* What is said is what is counted, and nothing is better. */
static void
test_naive (void)
{
  for (guint64 seed = 0; seed < 60; seed++)
    {
      gsize n = 3 + ins_random_below (seed, 0, 0, 120), found, hits;
      double values[123];
      guint8 members[123];
      InsThreshold best;
      double most = 0;

      for (gsize i = 0; i < n; i++)
        {
          members[i] = ins_random_below (seed, 1, i, 4) == 0;
          values[i] = seed % 3 == 0 ? ins_random_below (seed, 2, i, 9)
                                    : exp (9 * ins_random_double (seed, 3, i));
          if (members[i])
            values[i] *= seed % 2 ? 3 : 0.3;
          if (ins_random_below (seed, 4, i, 15) == 0)
            values[i] = i % 2 ? NAN : -values[i];
        }
      members[0] = 1;
      members[1] = 0;
      for (gsize i = 0; i < n; i++)
        for (int below = 0; below < 2; below++)
          if (!isnan (values[i]))
            most = MAX (most, youden (values, members, n, values[i], below, &found, &hits));
      if (!ins_threshold_find (values, members, n, &best))
        {
          g_assert_cmpfloat (most, <=, 0);
          continue;
        }
      g_assert_cmpfloat (best.youden, ==, most);
      g_assert_cmpfloat (youden (values, members, n, best.value, best.below, &found, &hits), ==,
                         most);
      g_assert_cmpuint (best.found, ==, found);
      g_assert_cmpuint (best.hits, ==, hits);
    }
}

static void
expect_value (const double *values, gsize n, gsize first_member, double expected)
{
  guint8 members[8] = { 0 };
  InsThreshold best;

  for (gsize i = first_member; i < n; i++)
    members[i] = 1;
  g_assert_true (ins_threshold_find (values, members, n, &best));
  g_assert_cmpfloat (best.value, ==, expected);
  g_assert_cmpfloat (best.youden, ==, 1);
  g_assert_cmpuint (best.found, ==, n - first_member);
}

static void
test_round (void)
{
  const double money[] = { 12, 1988.3, 2661.2, 4000 }, close[] = { 1.2341, 1.2345, 1.2349 };
  const double falling[] = { 41.5, 37.2, 12, 3 }, negative[] = { -70, -33, -12, 4 };
  const double whole[] = { 1, 2, 3, 4 }, wide[] = { 0.2, 5e7 };

  expect_value (money, 4, 2, 2000);
  expect_value (close, 3, 1, 1.2345);
  expect_value (close, 3, 2, 1.2349);
  expect_value (falling, 4, 2, 20);
  expect_value (negative, 4, 2, -20);
  expect_value (whole, 4, 2, 3);
  expect_value (wide, 2, 1, 1e7 * 5);
}

static void
test_poor (void)
{
  const double constant[] = { 2, 2, 2 }, missing[] = { NAN, NAN, 1 };
  const guint8 all[] = { 1, 1, 1 }, none[] = { 0, 0, 0 }, one[] = { 1, 0, 0 };
  InsThreshold best;

  g_assert_false (ins_threshold_find (constant, one, 3, &best));
  g_assert_false (ins_threshold_find (missing, one, 3, &best));
  g_assert_false (ins_threshold_find (missing, all, 3, &best));
  g_assert_false (ins_threshold_find (missing, none, 3, &best));
  g_assert_false (ins_threshold_find (NULL, NULL, 0, &best));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threshold/naive", test_naive);
  g_test_add_func ("/threshold/round", test_round);
  g_test_add_func ("/threshold/poor", test_poor);
  return g_test_run ();
}
