/* test-step.c: parameters as text, keys, copies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-registry.h"
#include "pipeline/ins-step.h"

#include "base/ins-error.h"

static InsStep *
create (const char *id)
{
  g_autoptr (GError) error = NULL;
  InsStep *step = ins_registry_create (id, &error);

  g_assert_no_error (error);
  return step;
}

static char *
text_of (InsStep *step, const char *name)
{
  return ins_step_get_text (step, ins_step_class_find_param (INS_STEP_GET_CLASS (step), name));
}

static void
assert_text (InsStep *step, const char *name, const char *expected)
{
  g_autofree char *text = text_of (step, name);
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_set (InsStep *step, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;

  ins_step_set (step, name, text, &error);
  g_assert_no_error (error);
}

static void
assert_refused (InsStep *step, const char *name, const char *text, const char *hint)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ins_step_set (step, name, text, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, hint));
}

static void
test_every_parameter (void)
{
  gsize n;
  const GType *types = ins_registry_list (&n);

  g_assert_cmpint (n, >=, 9);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (InsStep) step = g_object_new (types[i], NULL);
      InsStepClass *klass = INS_STEP_GET_CLASS (step);
      g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);

      g_assert_nonnull (klass->id);
      g_assert_nonnull (klass->title);
      g_assert_nonnull (klass->run);
      g_assert_cmpint (klass->version, >, 0);
      for (guint j = 0; j < params->len; j++)
        {
          const InsParam *param = g_ptr_array_index (params, j);
          g_autofree char *text = ins_step_get_text (step, param);
          g_autofree char *fallback = ins_param_get_default_text (param);

          g_assert_true (ins_step_is_default (step, param));
          g_assert_cmpstr (text, ==, fallback);
          assert_set (step, param->spec->name, text);
          assert_text (step, param->spec->name, text);
          g_assert_cmpstr (g_param_spec_get_nick (param->spec), !=, param->spec->name);
          g_assert_cmpint (strlen (g_param_spec_get_blurb (param->spec)), >, 10);
        }
    }
}

static void
test_texts (void)
{
  g_autoptr (InsStep) kmeans = create ("kmeans");
  g_autoptr (InsStep) scale = create ("scale");
  g_autoptr (InsStep) filter = create ("filter");
  g_autoptr (InsStep) import = create ("import");

  assert_text (kmeans, "clusters", "auto");
  assert_set (kmeans, "n_clusters", "8");
  assert_text (kmeans, "clusters", "8");
  assert_set (kmeans, "clusters", "AUTO");
  assert_text (kmeans, "k", "auto");
  assert_set (kmeans, "random_state", "7");
  assert_text (kmeans, "seed", "7");
  assert_set (kmeans, "tol", "1e-6");
  assert_text (kmeans, "tolerance", "1e-06");
  assert_set (scale, "columns.gross_revenue", "log1p");
  assert_set (scale, "columns.avg_ticket", "robust");
  assert_text (scale, "columns", "avg_ticket=robust,gross_revenue=log1p");
  assert_set (scale, "columns.gross_revenue", "");
  assert_text (scale, "columns", "avg_ticket=robust");
  assert_set (filter, "countries", " European Community ,Unspecified,");
  assert_text (filter, "countries", "European Community,Unspecified");
  assert_set (filter, "date-from", "2016-12-01");
  assert_set (filter, "max-amount", "off");
  assert_set (import, "delimiter", ";");
  assert_text (import, "delimiter", "semicolon");
  assert_set (import, "delimiter", "tab");
  assert_set (import, "roles.customer", "Kunde, Nr.");
  assert_text (import, "roles", "customer=Kunde\\, Nr.");
}

static void
test_refusals (void)
{
  g_autoptr (InsStep) kmeans = create ("kmeans");
  g_autoptr (InsStep) scale = create ("scale");
  g_autoptr (InsStep) filter = create ("filter");
  g_autoptr (GError) error = NULL;

  assert_refused (kmeans, "clusters", "-1", "1 to 10000");
  assert_refused (kmeans, "clusters", "eight", "auto");
  assert_refused (kmeans, "clusters", "0", "a whole number from 1 to 10000, or auto");
  assert_refused (filter, "min-amount", "-1", "a number from 0 to 1000000000000, or off");
  assert_refused (kmeans, "clusters", "99999999999999999999", "whole number");
  assert_refused (kmeans, "speed", "1", "clusters, space");
  assert_refused (kmeans, "tolerance", "nan", "number");
  assert_refused (scale, "method", "maximal", "robust");
  assert_refused (scale, "columns.recency_days", "maximal", "robust");
  assert_refused (filter, "date-from", "2016-02-30", "date");
  assert_refused (filter, "countries", "\xff", "UTF-8");
  assert_refused (filter, "cap", "perhaps", "yes or no");
  assert_refused (filter, "min-amount", "-0.5", "from 0");
  g_assert_null (ins_registry_create ("k-medoids", &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "kmeans"));
}

static void
test_lists (void)
{
  static const char *const items[] = { "a", "b,c", "d\\e", "é", NULL };
  g_autofree char *text = ins_list_join (items);
  g_auto (GStrv) again = ins_list_split (text);
  g_auto (GStrv) empty = ins_list_split ("  , ,");

  g_assert_true (g_strv_equal (items, (const char *const *)again));
  g_assert_null (empty[0]);
}

static void
test_digest (void)
{
  g_autoptr (InsStep) step = create ("kmeans");
  g_autofree char *before = ins_step_digest (step, NULL);
  g_autofree char *without = ins_step_digest (step, "clusters");
  g_autoptr (InsStep) copy = NULL;
  g_autofree char *after = NULL;
  g_autofree char *without_after = NULL;
  g_autofree char *copied = NULL;

  assert_set (step, "clusters", "9");
  copy = ins_step_copy (step);
  after = ins_step_digest (step, NULL);
  without_after = ins_step_digest (step, "clusters");
  copied = ins_step_digest (copy, NULL);
  g_assert_cmpint (strlen (before), ==, 64);
  g_assert_cmpstr (before, !=, after);
  g_assert_cmpstr (without, ==, without_after);
  g_assert_cmpstr (after, ==, copied);
}

static void
count (int *n)
{
  ++*n;
}

static void
test_notify (void)
{
  g_autoptr (InsStep) step = create ("kmeans");
  int n = 0;

  g_signal_connect_swapped (step, "notify::clusters", G_CALLBACK (count), &n);
  assert_set (step, "clusters", "5");
  assert_set (step, "clusters", "5");
  assert_set (step, "clusters", "6");
  g_assert_cmpint (n, ==, 2);
}

static void
test_visibility (void)
{
  g_autoptr (InsStep) step = create ("filter");
  const InsParam *limit = ins_step_class_find_param (INS_STEP_GET_CLASS (step), "outlier-limit");

  g_assert_false (ins_step_is_visible (step, limit));
  assert_set (step, "outliers", "z");
  g_assert_true (ins_step_is_visible (step, limit));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step/every-parameter", test_every_parameter);
  g_test_add_func ("/step/texts", test_texts);
  g_test_add_func ("/step/refusals", test_refusals);
  g_test_add_func ("/step/lists", test_lists);
  g_test_add_func ("/step/digest", test_digest);
  g_test_add_func ("/step/notify", test_notify);
  g_test_add_func ("/step/visibility", test_visibility);
  return g_test_run ();
}
