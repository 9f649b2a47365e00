/* ins-scale-step.c: which features the models see, and how they are scaled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/ins-error.h"
#include "base/ins-stats.h"
#include "pipeline/ins-choices.h"
#include "pipeline/ins-step.h"

typedef enum
{
  MISSING_LEAVE_OUT_FEATURE,
  MISSING_LEAVE_OUT_CUSTOMERS,
  MISSING_MEDIAN
} Missing;

struct _InsScaleStep
{
  InsStep parent;
  char *features;
  int method;
  char *columns;
  int missing;
};

G_DECLARE_FINAL_TYPE (InsScaleStep, ins_scale_step, INS, SCALE_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsScaleStep, ins_scale_step, INS_TYPE_STEP)

INS_DEFINE_CHOICES ("InsScaleMethod", method, { INS_SCALE_NONE, N_ ("None"), "none" },
                    { INS_SCALE_STANDARD, N_ ("Standard"), "standard" },
                    { INS_SCALE_MINMAX, N_ ("Minimum–maximum"), "minmax" },
                    { INS_SCALE_ROBUST, N_ ("Robust"), "robust" },
                    { INS_SCALE_LOG1P, N_ ("Logarithm"), "log1p" },
                    { INS_SCALE_LOG1P_STANDARD, N_ ("Logarithm, standard"), "log1p-standard" },
                    { INS_SCALE_LOG1P_MINMAX, N_ ("Logarithm, minimum–maximum"), "log1p-minmax" },
                    { INS_SCALE_LOG1P_ROBUST, N_ ("Logarithm, robust"), "log1p-robust" })
INS_DEFINE_CHOICES ("InsMissing", missing,
                    { MISSING_LEAVE_OUT_FEATURE, N_ ("Leave the feature out"),
                      "leave-out-feature" },
                    { MISSING_LEAVE_OUT_CUSTOMERS, N_ ("Leave those customers out"),
                      "leave-out-customers" },
                    { MISSING_MEDIAN, N_ ("Put the median"), "median" })

/* --- which features --- */

static void
add_every_number (const InsFeatures *features, GArray *columns)
{
  for (guint32 j = 0; j < features->n_features; j++)
    if (features->infos[j].type == INS_FEATURE_NUMBER)
      g_array_append_val (columns, j);
}

static gboolean
fail_unknown (const InsFeatures *features, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (gsize j = 0; j < features->n_features; j++)
    if (features->infos[j].type == INS_FEATURE_NUMBER)
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", features->infos[j].name);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("“%s” is not a feature that can be used; the features are %s."), name,
               names->str);
  return FALSE;
}

/* A ready table has features of its own names: if none of those asked for is there, all are used.
 */
static gboolean
choose_columns (InsScaleStep *self, const InsFeatures *features, GArray *columns, GError **error)
{
  g_auto (GStrv) names = ins_list_split (self->features);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      int found = ins_features_find (features, names[i]);
      guint32 column = (guint32)found;
      gboolean twice = FALSE;

      if (found < 0 && ins_features_are_ready (features))
        continue;
      if (found < 0 || features->infos[found].type != INS_FEATURE_NUMBER)
        return fail_unknown (features, names[i], error);
      for (guint j = 0; j < columns->len; j++)
        twice = twice || g_array_index (columns, guint32, j) == column;
      if (!twice)
        g_array_append_val (columns, column);
    }
  if (columns->len == 0 && ins_features_are_ready (features))
    add_every_number (features, columns);
  return TRUE;
}

/* The features that @own names must be there; a ready table has names of its own. */
static gboolean
check_own_methods (GHashTable *own, const InsFeatures *features, GError **error)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, own);
  while (!ins_features_are_ready (features) && g_hash_table_iter_next (&iter, &name, NULL))
    {
      int found = ins_features_find (features, name);

      if (found < 0 || features->infos[found].type != INS_FEATURE_NUMBER)
        return fail_unknown (features, name, error);
    }
  return TRUE;
}

/* --- missing values --- */

static gboolean
has_missing (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return TRUE;
  return FALSE;
}

static void
drop_features (const InsFeatures *features, GArray *columns)
{
  for (guint j = columns->len; j-- > 0;)
    if (has_missing (ins_matrix_col (features->values, g_array_index (columns, guint32, j)),
                     features->n))
      g_array_remove_index (columns, j);
}

/* Customers who have every feature, or something in its place. */
static GArray *
choose_rows (const InsFeatures *features, const GArray *columns, const double *fills)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < features->n; i++)
    {
      gboolean whole = TRUE;
      for (guint j = 0; whole && j < columns->len; j++)
        whole = isfinite (ins_matrix_get (features->values, i, g_array_index (columns, guint32, j)))
                || isfinite (fills[j]);
      if (whole)
        g_array_append_val (rows, i);
    }
  return rows;
}

/* What a missing value of each column becomes; NaN = who lacks it is left out.  Whoever called must
 * check the run. */
static double *
choose_fills (InsScaleStep *self, const InsFeatures *features, const GArray *columns, InsRun *run)
{
  double *fills = g_new (double, columns->len);

  for (guint j = 0; j < columns->len; j++)
    {
      fills[j] = NAN;
      if (self->missing != MISSING_MEDIAN || !ins_run_tick (run))
        continue;
      fills[j] = ins_median (ins_matrix_col (features->values, g_array_index (columns, guint32, j)),
                             features->n);
      if (!isfinite (fills[j]))
        fills[j] = 0;
    }
  return fills;
}

static double
value_at (const InsFeatures *features, int feature, gsize row)
{
  double value = feature < 0 ? 0 : ins_matrix_get (features->values, row, (gsize)feature);

  return isfinite (value) ? value : 0;
}

/* Customers left out here are a bar of the waterfall.  Its revenue counts returns, as that of the
 * bars before; the lines lost are those of the purchases, as others are not known any more. */
static GPtrArray *
make_bars (const InsFeatures *features, const GArray *rows)
{
  gboolean ready = ins_features_are_ready (features);
  GPtrArray *bars = ins_waterfall_copy (features->bars);
  int money = ready ? features->value_feature : ins_features_find (features, "net_revenue");
  int lines = ins_features_find (features, "line_count");
  InsSum revenue = { 0 }, lost = { 0 };
  InsWaterfallBar *bar;

  if (rows->len == features->n)
    return bars;
  bar = ins_waterfall_bar_new ("missing");
  for (guint32 row = 0, i = 0; row < features->n; row++)
    if (i < rows->len && g_array_index (rows, guint32, i) == row)
      {
        ins_sum_add (&revenue, value_at (features, money, row));
        i++;
      }
    else
      ins_sum_add (&lost, value_at (features, lines, row));
  bar->lines = rows->len;
  if (!ready && bars->len > 0)
    {
      const InsWaterfallBar *last = g_ptr_array_index (bars, bars->len - 1);
      bar->lines = last->lines - MIN (last->lines, (guint64)CLAMP (ins_sum_get (&lost), 0, 1e15));
    }
  bar->customers = rows->len;
  bar->revenue = ins_sum_get (&revenue);
  g_ptr_array_add (bars, bar);
  return bars;
}

/* --- scaling --- */

static InsScaleMethod
method_for (InsScaleStep *self, GHashTable *own, const char *name)
{
  const char *nick = g_hash_table_lookup (own, name);
  GEnumClass *methods = g_type_class_peek (method_get_type ());
  GEnumValue *value = nick ? g_enum_get_value_by_nick (methods, nick) : NULL;

  return (InsScaleMethod)(value ? value->value : self->method);
}

/* The customers and features chosen, missing values filled, not scaled yet. */
static InsScaled *
select_values (const InsFeatures *features, const GArray *columns, const double *fills,
               const GArray *rows)
{
  InsScaled *scaled = ins_artifact_alloc (&ins_scaled_type, sizeof *scaled);

  scaled->n = rows->len;
  scaled->d = columns->len;
  scaled->rows = g_memdup2 (rows->data, rows->len * sizeof (guint32));
  scaled->columns = g_memdup2 (columns->data, columns->len * sizeof (guint32));
  scaled->names = g_new0 (char *, scaled->d + 1);
  scaled->scalings = g_new0 (InsScaling, scaled->d);
  scaled->fills = g_memdup2 (fills, scaled->d * sizeof *fills);
  scaled->x = ins_matrix_new (scaled->n, scaled->d);
  scaled->bars = make_bars (features, rows);
  for (gsize j = 0; j < scaled->d; j++)
    {
      const double *from = ins_matrix_col (features->values, scaled->columns[j]);
      double *to = ins_matrix_col (scaled->x, j);

      scaled->names[j] = g_strdup (features->infos[scaled->columns[j]].name);
      for (gsize i = 0; i < scaled->n; i++)
        to[i] = isfinite (from[scaled->rows[i]]) ? from[scaled->rows[i]] : fills[j];
    }
  return scaled;
}

/* @scaled: (transfer full).  @fitted: (nullable): scalings to use instead of fitting new ones.
 * Returns: (transfer full) (nullable): NULL if cancelled */
static InsScaled *
scale (InsScaleStep *self, InsScaled *scaled, GHashTable *own, const InsScaling *fitted,
       InsRun *run, GError **error)
{
  for (gsize j = 0; j < scaled->d && ins_run_tick (run); j++)
    {
      double *column = ins_matrix_col (scaled->x, j);

      if (fitted != NULL)
        scaled->scalings[j] = fitted[j];
      else
        ins_scaling_fit (&scaled->scalings[j], method_for (self, own, scaled->names[j]), column,
                         scaled->n);
      ins_scaling_apply (&scaled->scalings[j], column, column, scaled->n);
    }
  if (!ins_run_check (run, error))
    ins_clear_artifact (&scaled);
  return scaled;
}

static gboolean
fail_empty (GError **error)
{
  g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
               _ ("No customer is left; loosen the filters or choose other features."));
  return FALSE;
}

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  InsScaleStep *self = INS_SCALE_STEP (step);
  const InsFeatures *features = context->inputs.features;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) own = ins_map_parse (self->columns);
  g_autoptr (GArray) rows = NULL;
  g_autofree double *fills = NULL;
  InsScaled *scaled;

  if (!check_own_methods (own, features, error) || !choose_columns (self, features, columns, error))
    return NULL;
  if (self->missing == MISSING_LEAVE_OUT_FEATURE)
    drop_features (features, columns);
  if (columns->len == 0)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("No feature is left to work with; choose features without missing values, or "
                      "say with “missing” what to do about them."));
      return NULL;
    }
  fills = choose_fills (self, features, columns, run);
  rows = choose_rows (features, columns, fills);
  if ((rows->len == 0 && !fail_empty (error)) || !ins_run_check (run, error))
    return NULL;
  scaled = select_values (features, columns, fills, rows);
  return scale (self, scaled, own, NULL, run, error);
}

/* --- the features and scalings of a frozen model --- */

static gboolean
find_columns (const InsFeatures *features, const InsScaled *fitted, GArray *columns, GError **error)
{
  for (gsize j = 0; j < fitted->d; j++)
    {
      int found = ins_features_find (features, fitted->names[j]);
      guint32 column = (guint32)found;

      if (found < 0 || features->infos[found].type != INS_FEATURE_NUMBER)
        {
          g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                       _ ("The saved model compares customers by “%s”, which these data do not "
                          "have; give that column, or fit the model anew."),
                       fitted->names[j]);
          return FALSE;
        }
      g_array_append_val (columns, column);
    }
  return TRUE;
}

static gpointer
apply (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  const InsFeatures *features = context->inputs.features;
  const InsScaled *fitted = context->fitted->scaled;
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) rows = NULL;
  InsScaled *scaled;

  if (!find_columns (features, fitted, columns, error))
    return NULL;
  rows = choose_rows (features, columns, fitted->fills);
  if ((rows->len == 0 && !fail_empty (error)) || !ins_run_check (run, error))
    return NULL;
  scaled = select_values (features, columns, fitted->fills, rows);
  return scale (INS_SCALE_STEP (step), scaled, NULL, fitted->scalings, run, error);
}

#define OFFSET(name) G_STRUCT_OFFSET (InsScaleStep, name)

static void
ins_scale_step_class_init (InsScaleStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *param;

  step->id = "scale";
  step->title = N_ ("Scale");
  step->blurb = N_ ("Chooses features and makes them comparable");
  step->version = 1;
  step->stage = INS_STAGE_PREPARE;
  step->needs = 1u << INS_STAGE_FEATURES;
  step->run = run;
  step->apply = apply;
  param = ins_step_class_add_param (
      step,
      g_param_spec_string ("features", N_ ("Features Used"),
                           N_ ("What customers are compared by; identifiers can never be chosen"),
                           "gross_revenue,recency_days,invoice_count,product_count,avg_ticket",
                           INS_PARAM_FLAGS),
      INS_PARAM_LIST, OFFSET (features));
  param->candidates = "features";
  param->aliases = "use";
  ins_step_class_add_param (
      step,
      g_param_spec_enum (
          "method", N_ ("Scaling"),
          N_ ("Standard: mean 0, deviation 1; minimum–maximum: 0 to 1; robust: median "
              "0, quartile distance 1; the logarithm tames large values"),
          method_get_type (), INS_SCALE_LOG1P_STANDARD, INS_PARAM_FLAGS),
      INS_PARAM_CHOICE, OFFSET (method));
  param = ins_step_class_add_param (
      step,
      g_param_spec_string ("columns", N_ ("Scaling per Feature"),
                           N_ ("Features that are scaled in another way than the rest"), "",
                           INS_PARAM_FLAGS),
      INS_PARAM_MAP, OFFSET (columns));
  param->candidates = "features";
  param->value_choices = method_get_type ();
  ins_step_class_add_param (
      step,
      g_param_spec_enum ("missing", N_ ("Missing Values"),
                         N_ ("What happens to a feature that not every customer has"),
                         missing_get_type (), MISSING_LEAVE_OUT_FEATURE, INS_PARAM_FLAGS),
      INS_PARAM_CHOICE, OFFSET (missing));
}

static void
ins_scale_step_init (InsScaleStep *self)
{
}
