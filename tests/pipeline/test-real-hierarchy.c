/* test-real-hierarchy.c: Ward's hierarchy of the real customers against scipy's
 *
 * The oracle (golden/make-ward.py) begins at the CSV file too, with pandas and numpy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "num/ins-linkage.h"
#include "pipeline/ins-plan.h"

#include <math.h>

#include "base/ins-stats.h"
#include "ins-golden.h"

static void
assert_near (double got, double expected)
{
  g_assert_cmpfloat (fabs (got - expected), <=, 1e-9 * expected);
}

static void
check_heights (const InsLinkage *tree)
{
  g_autoptr (InsMatrix) heights = ins_golden ("ward.txt", "heights");
  g_autoptr (InsMatrix) sums = ins_golden ("ward.txt", "sums");
  InsSum sum = { 0 }, squares = { 0 };

  g_assert_cmpuint (tree->n, ==, (gsize)ins_matrix_get (sums, 0, 0));
  for (gsize i = 0; i < heights->rows; i++)
    {
      gsize rank = (gsize)ins_matrix_get (heights, i, 0);
      assert_near (tree->height[rank], ins_matrix_get (heights, i, 1));
    }
  for (gsize i = 0; i + 1 < tree->n; i++)
    {
      ins_sum_add (&sum, tree->height[i]);
      ins_sum_add (&squares, tree->height[i] * tree->height[i]);
    }
  assert_near (ins_sum_get (&sum), ins_matrix_get (sums, 0, 1));
  assert_near (ins_sum_get (&squares), ins_matrix_get (sums, 0, 2));
}

static void
test_ward (void)
{
  static const char *const chain[] = { "hierarchical", "linkage=ward", "clusters=4", NULL };
  g_autofree char *path = ins_test_data ("ecommerce.csv.gz");
  g_autoptr (InsPipeline) pipeline = ins_pipeline_new ();
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  ins_skip_without (path);
  ins_pipeline_apply_chain (pipeline, chain, &error);
  g_assert_no_error (error);
  plan = ins_plan_new (pipeline, path, NULL, 1u << INS_STAGE_CLUSTER, cache);
  ins_plan_execute (plan, run, &error);
  g_assert_no_error (error);
  check_heights (ins_plan_get_results (plan)->clustering->tree);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/real-hierarchy/ward", test_ward);
  return g_test_run ();
}
