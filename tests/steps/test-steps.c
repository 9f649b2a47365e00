/* test-steps.c: what every registered step promises about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-cluster-step.h"
#include "pipeline/ins-registry.h"

#include <math.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-text.h"

/* ---- a step with a parameter that cannot change a result ---- */

struct _ToyStep
{
  InsStep parent;
  gboolean loud;
  int much;
};

G_DECLARE_FINAL_TYPE (ToyStep, toy_step, TOY, STEP, InsStep)
G_DEFINE_FINAL_TYPE (ToyStep, toy_step, INS_TYPE_STEP)

static void
toy_step_class_init (ToyStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *loud;

  step->id = "toy";
  step->version = 1;
  loud = ins_step_class_add_param (
      step, g_param_spec_boolean ("loud", "Loud", "Says more", FALSE, INS_PARAM_FLAGS),
      INS_PARAM_BOOL, G_STRUCT_OFFSET (ToyStep, loud));
  loud->no_key = TRUE;
  ins_step_class_add_param (step,
                            g_param_spec_int ("much", "Much", "How much", 0, 9, 3, INS_PARAM_FLAGS),
                            INS_PARAM_INT, G_STRUCT_OFFSET (ToyStep, much));
}

static void
toy_step_init (ToyStep *self)
{
}

typedef void (*CheckStep) (InsStep *step, GPtrArray *params);

static void
for_every_step (CheckStep check)
{
  gsize n;
  const GType *types = ins_registry_list (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr (InsStep) step = g_object_new (types[i], NULL);
      g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (step));

      check (step, params);
    }
}

static void
assert_sets (InsStep *step, const InsParam *param, const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL;

  ins_step_set_text (step, param, text, &error);
  g_assert_no_error (error);
  got = ins_step_get_text (step, param);
  g_assert_cmpstr (got, ==, expected);
}

/* Refused with both @low and @high in the sentence, and nothing changed. */
static void
assert_refused (InsStep *step, const InsParam *param, const char *text, const char *low,
                const char *high)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = ins_step_get_text (step, param);
  g_autofree char *after = NULL;

  if (ins_step_set_text (step, param, text, &error))
    g_error ("%s %s=%s is taken", INS_STEP_GET_CLASS (step)->id, param->spec->name, text);
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  if (strstr (error->message, low) == NULL || strstr (error->message, high) == NULL
      || strstr (error->message, param->spec->name) == NULL)
    g_error ("neither “%s” nor “%s” may be missing in “%s”", low, high, error->message);
  after = ins_step_get_text (step, param);
  g_assert_cmpstr (after, ==, before);
}

/* ---- steps ---- */

static void
check_identity (InsStep *step, GPtrArray *params)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (step);

  g_assert_cmpuint (strspn (klass->id, "abcdefghijklmnopqrstuvwxyz0123456789-"), ==,
                    strlen (klass->id));
  g_assert_true (g_unichar_isupper (g_utf8_get_char (klass->title)));
  g_assert_cmpuint (strlen (klass->blurb), >, 10);
  g_assert_cmpuint (klass->stage, <, INS_N_STAGES);
  /* a step reads what stands before it, and all but the first do */
  g_assert_cmpuint (klass->needs >> klass->stage, ==, 0);
  g_assert_true (klass->stage == INS_STAGE_DATA || klass->needs != 0);
  if (klass->apply != NULL)
    g_assert_true (klass->stage == INS_STAGE_PREPARE || klass->stage == INS_STAGE_EMBED
                   || klass->stage == INS_STAGE_CLUSTER);
  g_assert_true (INS_IS_CLUSTER_STEP (step) == (klass->stage == INS_STAGE_CLUSTER));
}

static void
test_identities (void)
{
  gsize n, per_stage[INS_N_STAGES] = { 0 };
  const GType *types = ins_registry_list (&n);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  InsStage last = INS_STAGE_DATA;

  for_every_step (check_identity);
  for (gsize i = 0; i < n; i++)
    {
      InsStepClass *klass = g_type_class_peek (types[i]);
      g_autoptr (InsStep) step = ins_registry_create (klass->id, NULL);

      g_assert_true (g_hash_table_add (ids, (gpointer)klass->id));
      g_assert_true (G_OBJECT_TYPE (step) == types[i]);
      g_assert_cmpstr (ins_registry_get_title (klass->id), ==, klass->title);
      g_assert_cmpint (klass->stage, >=, last); /* listed by stage */
      if (per_stage[klass->stage]++ == 0)
        {
          g_autoptr (InsStep) first = ins_registry_create_default (klass->stage);
          g_assert_true (G_OBJECT_TYPE (first) == types[i]);
        }
      last = klass->stage;
    }
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    g_assert_cmpuint (per_stage[stage], >, 0);
  g_assert_cmpstr (ins_registry_get_title ("k-medoids"), ==, "k-medoids");
}

/* ---- names ---- */

static void
add_name (InsStepClass *klass, const InsParam *param, GHashTable *names, const char *name)
{
  char *plain = g_strdelimit (g_strdup (name), "_", '-');
  g_autofree char *scikit = g_strdelimit (g_strdup (name), "-", '_');

  if (!g_hash_table_add (names, plain))
    g_error ("step %s has two parameters “%s”", klass->id, name);
  g_assert_true (ins_step_class_find_param (klass, name) == param);
  g_assert_true (ins_step_class_find_param (klass, plain) == param);
  g_assert_true (ins_step_class_find_param (klass, scikit) == param);
}

static void
check_names (InsStep *step, GPtrArray *params)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (step);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_auto (GStrv) aliases = g_strsplit (param->aliases ? param->aliases : "", ",", -1);

      add_name (klass, param, names, param->spec->name);
      for (char **alias = aliases; *alias != NULL; alias++)
        add_name (klass, param, names, *alias);
    }
}

static void
test_names (void)
{
  for_every_step (check_names);
}

/* ---- ranges ---- */

/* The legal range as numbers; the lowest may be what a word stands for. */
static gboolean
get_range (const InsParam *param, double *low, double *high, double *fallback)
{
  if (G_IS_PARAM_SPEC_INT (param->spec))
    {
      const GParamSpecInt *spec = G_PARAM_SPEC_INT (param->spec);
      *low = spec->minimum, *high = spec->maximum, *fallback = spec->default_value;
    }
  else if (G_IS_PARAM_SPEC_INT64 (param->spec))
    {
      const GParamSpecInt64 *spec = G_PARAM_SPEC_INT64 (param->spec);
      *low = (double)spec->minimum, *high = (double)spec->maximum;
      *fallback = (double)spec->default_value;
    }
  else if (G_IS_PARAM_SPEC_DOUBLE (param->spec))
    {
      const GParamSpecDouble *spec = G_PARAM_SPEC_DOUBLE (param->spec);
      *low = spec->minimum, *high = spec->maximum, *fallback = spec->default_value;
    }
  else
    return FALSE;
  return TRUE;
}

/* A bound as text, exact also where a double is not. */
static char *
bound_to_text (const InsParam *param, gboolean highest)
{
  char text[INS_TEXT_SIZE];
  double low, high, fallback;

  if (G_IS_PARAM_SPEC_INT64 (param->spec))
    {
      const GParamSpecInt64 *spec = G_PARAM_SPEC_INT64 (param->spec);
      return g_strdup_printf ("%" G_GINT64_FORMAT, highest ? spec->maximum : spec->minimum);
    }
  get_range (param, &low, &high, &fallback);
  return g_strdup (ins_double_to_text (highest ? high : low, text));
}

static void
check_ranges (InsStep *step, GPtrArray *params)
{
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *high_text = NULL, *low_text = NULL;
      double low, high, fallback;

      if (!get_range (param, &low, &high, &fallback))
        continue;
      g_assert_cmpfloat (low, <=, fallback);
      g_assert_cmpfloat (fallback, <=, high);
      g_assert_cmpfloat (low, <=, param->useful_min);
      g_assert_cmpfloat (param->useful_min, <, param->useful_max);
      g_assert_cmpfloat (param->useful_max, <=, high);
      g_assert_cmpfloat (param->increment, >, 0);
      high_text = bound_to_text (param, TRUE);
      assert_sets (step, param, high_text, high_text);
      low_text = param->auto_text ? g_strdup (param->auto_text) : bound_to_text (param, FALSE);
      assert_sets (step, param, low_text, low_text);
    }
}

static void
test_ranges (void)
{
  for_every_step (check_ranges);
}

/* One step out of the range, one more digit, no number at all. */
static void
refuse_numbers (InsStep *step, const InsParam *param)
{
  g_autofree char *high = bound_to_text (param, TRUE);
  g_autofree char *low = bound_to_text (param, FALSE);
  g_autofree char *above = g_strconcat (high, "0", NULL);
  g_autofree char *named = NULL;
  double from, to, fallback;

  get_range (param, &from, &to, &fallback);
  if (param->auto_text != NULL)
    named = g_strdup_printf ("%g", G_IS_PARAM_SPEC_DOUBLE (param->spec) ? 0.0 : from + 1);
  else
    named = g_strdup (low);
  if (fabs (to) < 1e15)
    {
      g_autofree char *next = g_strdup_printf (
          "%.17g", G_IS_PARAM_SPEC_DOUBLE (param->spec) ? nextafter (to, INFINITY) : to + 1);
      assert_refused (step, param, next, named, high);
    }
  if (fabs (from) < 1e15 && fabs (from) > 0)
    {
      g_autofree char *next = g_strdup_printf (
          "%.17g", G_IS_PARAM_SPEC_DOUBLE (param->spec) ? nextafter (from, -INFINITY) : from - 1);
      assert_refused (step, param, next, named, high);
    }
  assert_refused (step, param, strchr (high, 'e') ? "1e999" : above, named, high);
  assert_refused (step, param, "-99999999999999999999999", named, high);
  assert_refused (step, param, "many", named, high);
  assert_refused (step, param, "", named, high);
  assert_refused (step, param, "nan", named, high);
  if (!G_IS_PARAM_SPEC_DOUBLE (param->spec))
    assert_refused (step, param, "2.5", named, high);
  if (param->auto_text != NULL)
    assert_refused (step, param, low, named, param->auto_text);
}

static void
check_refusals (InsStep *step, GPtrArray *params)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);

      if (param->kind == INS_PARAM_INT || param->kind == INS_PARAM_DOUBLE)
        refuse_numbers (step, param);
      else if (param->kind == INS_PARAM_BOOL)
        assert_refused (step, param, "2", "yes", "no");
      else if (param->kind == INS_PARAM_CHOICE)
        {
          GEnumClass *choices = G_PARAM_SPEC_ENUM (param->spec)->enum_class;
          for (guint c = 0; c < choices->n_values; c++)
            assert_refused (step, param, "no such choice", choices->values[c].value_nick, "one of");
        }
      else if (param->kind == INS_PARAM_DATE)
        assert_refused (step, param, "2016-13-01", "a date as 20", "-");
      else
        assert_refused (step, param, "caf\xe9", "UTF-8", "text");
    }
  g_assert_false (ins_step_set (step, "no-such-parameter", "1", &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  for (guint i = 0; i < params->len; i++)
    g_assert_nonnull (
        strstr (error->message, ((const InsParam *)g_ptr_array_index (params, i))->spec->name));
}

static void
test_refusals (void)
{
  for_every_step (check_refusals);
}

/* ---- choices, visibility ---- */

static void
check_choices (InsStep *step, GPtrArray *params)
{
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      GEnumClass *choices;

      if (param->kind != INS_PARAM_CHOICE)
        continue;
      choices = G_PARAM_SPEC_ENUM (param->spec)->enum_class;
      g_assert_cmpuint (choices->n_values, >, 1);
      for (guint c = 0; c < choices->n_values; c++)
        {
          g_autofree char *loud = g_ascii_strup (choices->values[c].value_nick, -1);
          assert_sets (step, param, loud, choices->values[c].value_nick);
        }
    }
}

/* What hides a parameter is another one of the step, and a text that one can have. */
static void
check_visibility (InsStep *step, GPtrArray *params)
{
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_auto (GStrv) halves = g_strsplit (param->visible_if ? param->visible_if : "", "=", 2);
      g_auto (GStrv) values = NULL;
      const InsParam *other;

      if (param->visible_if == NULL)
        continue;
      other = ins_step_class_find_param (INS_STEP_GET_CLASS (step), halves[0]);
      g_assert_true (other != NULL && other != param);
      g_assert_cmpstr (other->spec->name, ==, halves[0]);
      values = g_strsplit (halves[1], "|", -1);
      for (char **value = values; *value != NULL; value++)
        {
          assert_sets (step, other, *value, *value);
          g_assert_true (ins_step_is_visible (step, param));
        }
    }
}

static void
test_choices (void)
{
  for_every_step (check_choices);
  for_every_step (check_visibility);
}

/* ---- copies and digests ---- */

/* A legal text that is not the default. */
static char *
another_text (const InsParam *param)
{
  g_autofree char *fallback = ins_param_get_default_text (param);
  g_autofree char *high = NULL;
  GEnumClass *choices;

  switch (param->kind)
    {
    case INS_PARAM_BOOL:
      return g_strdup (g_str_equal (fallback, "yes") ? "no" : "yes");
    case INS_PARAM_INT:
    case INS_PARAM_DOUBLE:
      high = bound_to_text (param, TRUE);
      if (g_str_equal (high, fallback))
        return bound_to_text (param, FALSE);
      return g_steal_pointer (&high);
    case INS_PARAM_CHOICE:
      choices = G_PARAM_SPEC_ENUM (param->spec)->enum_class;
      return g_strdup (
          choices->values[g_str_equal (choices->values[0].value_nick, fallback)].value_nick);
    case INS_PARAM_DATE:
      return g_strdup ("2016-02-29");
    case INS_PARAM_MAP:
      if (param->value_choices != 0)
        {
          g_autoptr (GTypeClass) values = g_type_class_ref (param->value_choices);
          return g_strdup_printf ("some=%s", ((GEnumClass *)values)->values[0].value_nick);
        }
      return g_strdup ("some=other");
    case INS_PARAM_TEXT:
    case INS_PARAM_LIST:
    default:
      return g_strdup ("another");
    }
}

static void
assert_same_texts (InsStep *a, InsStep *b, GPtrArray *params)
{
  for (guint i = 0; i < params->len; i++)
    {
      g_autofree char *x = ins_step_get_text (a, g_ptr_array_index (params, i));
      g_autofree char *y = ins_step_get_text (b, g_ptr_array_index (params, i));
      g_assert_cmpstr (x, ==, y);
    }
}

static void
check_copy (InsStep *step, GPtrArray *params)
{
  g_autoptr (InsStep) copy = NULL;
  g_autoptr (InsStep) fresh = g_object_new (G_OBJECT_TYPE (step), NULL);

  for (guint i = 0; i < params->len; i++)
    {
      g_autofree char *text = another_text (g_ptr_array_index (params, i));
      assert_sets (step, g_ptr_array_index (params, i), text, text);
    }
  copy = ins_step_copy (step);
  g_assert_true (G_OBJECT_TYPE (copy) == G_OBJECT_TYPE (step));
  assert_same_texts (step, copy, params);
  for (guint i = 0; i < params->len; i++) /* the copy has its own strings */
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *fallback = ins_param_get_default_text (param);
      g_autofree char *text = another_text (param), *still = NULL;

      assert_sets (copy, param, fallback, fallback);
      still = ins_step_get_text (step, param);
      g_assert_cmpstr (still, ==, text);
    }
  assert_same_texts (copy, fresh, params);
}

/* Each parameter alone changes the digest to one of its own, unless it cannot change a result. */
static void
check_digest (InsStep *step, GPtrArray *params)
{
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  char *before = ins_step_digest (step, NULL);

  g_hash_table_add (digests, before);
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *text = another_text (param);
      g_autofree char *fallback = ins_param_get_default_text (param);
      g_autofree char *except = g_strconcat ("none,", param->spec->name, NULL);
      g_autofree char *digest = NULL, *without = NULL, *again = NULL;

      assert_sets (step, param, text, text);
      digest = ins_step_digest (step, NULL);
      without = ins_step_digest (step, except);
      assert_sets (step, param, fallback, fallback);
      again = ins_step_digest (step, NULL);
      g_assert_cmpstr (without, ==, before);
      g_assert_cmpstr (again, ==, before);
      if (param->no_key)
        g_assert_cmpstr (digest, ==, before);
      else if (!g_hash_table_add (digests, g_steal_pointer (&digest)))
        g_error ("%s %s does not change the digest", INS_STEP_GET_CLASS (step)->id,
                 param->spec->name);
    }
}

static void
test_copy (void)
{
  for_every_step (check_copy);
}

static void
test_digest (void)
{
  gsize n;
  const GType *types = ins_registry_list (&n);
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_autoptr (InsStep) toy = g_object_new (toy_step_get_type (), NULL);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (toy));

  for_every_step (check_digest);
  check_digest (toy, params);
  for (gsize i = 0; i < n; i++) /* no two steps share one */
    {
      g_autoptr (InsStep) step = g_object_new (types[i], NULL);
      g_assert_true (g_hash_table_add (digests, ins_step_digest (step, NULL)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/steps/identities", test_identities);
  g_test_add_func ("/steps/names", test_names);
  g_test_add_func ("/steps/ranges", test_ranges);
  g_test_add_func ("/steps/refusals", test_refusals);
  g_test_add_func ("/steps/choices", test_choices);
  g_test_add_func ("/steps/copy", test_copy);
  g_test_add_func ("/steps/digest", test_digest);
  return g_test_run ();
}
