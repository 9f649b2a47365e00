/* test-waterfall.c: bars as values: copied, saved, named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "data/ins-waterfall.h"

static GPtrArray *
make_bars (void)
{
  static const char *const rules[] = { "imported", "customer", "a later version's" };
  GPtrArray *bars = ins_waterfall_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      InsWaterfallBar *bar = ins_waterfall_bar_new (rules[i]);

      bar->lines = G_MAXUINT64 - i;
      bar->customers = 7 * i;
      bar->revenue = -0.1 * i;
      g_ptr_array_add (bars, bar);
    }
  return bars;
}

static void
assert_equal (const GPtrArray *a, const GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const InsWaterfallBar *one = g_ptr_array_index (a, i), *other = g_ptr_array_index (b, i);

      g_assert_true (one != other && one->rule != other->rule);
      g_assert_cmpstr (one->rule, ==, other->rule);
      g_assert_cmpuint (one->lines, ==, other->lines);
      g_assert_cmpuint (one->customers, ==, other->customers);
      g_assert_cmpfloat (one->revenue, ==, other->revenue);
    }
}

static void
test_copy (void)
{
  g_autoptr (GPtrArray) bars = make_bars ();
  g_autoptr (GPtrArray) copy = ins_waterfall_copy (bars);
  g_autoptr (GPtrArray) none = ins_waterfall_new ();
  g_autoptr (GPtrArray) still_none = ins_waterfall_copy (none);

  assert_equal (bars, copy);
  g_assert_cmpuint (still_none->len, ==, 0);
}

static void
test_variant (void)
{
  g_autoptr (GPtrArray) bars = make_bars ();
  g_autoptr (GVariant) variant = g_variant_ref_sink (ins_waterfall_to_variant (bars));
  g_autoptr (GPtrArray) again = ins_waterfall_from_variant (variant);

  assert_equal (bars, again);
}

static void
test_title (void)
{
  g_autoptr (GPtrArray) bars = make_bars ();

  g_assert_cmpstr (ins_waterfall_bar_get_title (bars->pdata[0]), ==, "Imported");
  g_assert_cmpstr (ins_waterfall_bar_get_title (bars->pdata[1]), ==, "No customer");
  g_assert_cmpstr (ins_waterfall_bar_get_title (bars->pdata[2]), ==, "a later version's");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/waterfall/copy", test_copy);
  g_test_add_func ("/waterfall/variant", test_variant);
  g_test_add_func ("/waterfall/title", test_title);
  return g_test_run ();
}
