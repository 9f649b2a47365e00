/* ins-pipeline.c: the steps of one analysis, in order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-pipeline.h"

#include <glib/gi18n-lib.h>

#include "base/ins-error.h"
#include "pipeline/ins-pipeline-private.h"
#include "pipeline/ins-registry.h"

struct _InsPipeline
{
  GObject parent;
  InsStep *steps[INS_N_STAGES];
  GHashTable *shelf;  /* id → InsStep: steps used before, with their parameters */
  GPtrArray *unknown; /* GVariant (sss): parameters of a newer version, kept */
  InsResults frozen;  /* the fitted model, if there is one */
  char *frozen_with;  /* the parameters it holds for */
  gboolean refit;     /* it is set aside */
};

G_DEFINE_FINAL_TYPE (InsPipeline, ins_pipeline, G_TYPE_OBJECT)

static guint changed_signal;

static void
on_notify (InsPipeline *self, GParamSpec *spec, InsStep *step)
{
  g_signal_emit (self, changed_signal, 0, (guint)INS_STEP_GET_CLASS (step)->stage);
}

/* Takes @step; the one before it goes on the shelf. */
static void
put_step (InsPipeline *self, InsStep *step)
{
  InsStage stage = INS_STEP_GET_CLASS (step)->stage;
  InsStep *old = self->steps[stage];

  if (old != NULL)
    {
      g_signal_handlers_disconnect_by_data (old, self);
      g_hash_table_replace (self->shelf, g_strdup (INS_STEP_GET_CLASS (old)->id), old);
    }
  self->steps[stage] = step;
  g_signal_connect_object (step, "notify", G_CALLBACK (on_notify), self, G_CONNECT_SWAPPED);
  g_signal_emit (self, changed_signal, 0, (guint)stage);
}

void
ins_pipeline_put_step (InsPipeline *self, InsStep *step)
{
  put_step (self, g_object_ref (step));
}

static void
ins_pipeline_finalize (GObject *object)
{
  InsPipeline *self = INS_PIPELINE (object);

  for (int i = 0; i < INS_N_STAGES; i++)
    g_clear_object (&self->steps[i]);
  g_hash_table_unref (self->shelf);
  g_ptr_array_unref (self->unknown);
  ins_results_clear (&self->frozen);
  g_free (self->frozen_with);
  G_OBJECT_CLASS (ins_pipeline_parent_class)->finalize (object);
}

static void
ins_pipeline_class_init (InsPipelineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ins_pipeline_finalize;
  changed_signal = g_signal_new ("changed", INS_TYPE_PIPELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
ins_pipeline_init (InsPipeline *self)
{
  self->shelf = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->unknown = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  for (int i = 0; i < INS_N_STAGES; i++)
    put_step (self, ins_registry_create_default (i));
}

InsPipeline *
ins_pipeline_new (void)
{
  g_autoptr (GError) error = NULL;
  InsPipeline *self = g_object_new (INS_TYPE_PIPELINE, NULL);

  if (!ins_pipeline_load_preset (self, "insiders", &error))
    g_error ("The preset that ships is wrong: %s", error->message);
  return self;
}

InsPipeline *
ins_pipeline_copy (InsPipeline *self)
{
  InsPipeline *copy = g_object_new (INS_TYPE_PIPELINE, NULL);

  g_return_val_if_fail (INS_IS_PIPELINE (self), NULL);
  for (int i = 0; i < INS_N_STAGES; i++)
    put_step (copy, ins_step_copy (self->steps[i]));
  for (guint i = 0; i < self->unknown->len; i++)
    g_ptr_array_add (copy->unknown, g_variant_ref (g_ptr_array_index (self->unknown, i)));
  ins_results_copy (&copy->frozen, &self->frozen);
  copy->frozen_with = g_strdup (self->frozen_with);
  copy->refit = self->refit;
  return copy;
}

InsStep *
ins_pipeline_get_step (InsPipeline *self, InsStage stage)
{
  g_return_val_if_fail (INS_IS_PIPELINE (self) && stage < INS_N_STAGES, NULL);
  return self->steps[stage];
}

/* What two methods of a stage have in common (number of clusters, space …) goes with the user from
 * one to the other. */
static void
share_params (InsStep *from, InsStep *to)
{
  g_autoptr (GPtrArray) params = ins_step_class_list_params (INS_STEP_GET_CLASS (to));

  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_auto (GValue) value = G_VALUE_INIT;

      if (!g_type_is_a (G_OBJECT_TYPE (from), param->spec->owner_type))
        continue;
      g_object_get_property (G_OBJECT (from), param->spec->name, &value);
      g_object_set_property (G_OBJECT (to), param->spec->name, &value);
    }
}

gboolean
ins_pipeline_use (InsPipeline *self, const char *id, GError **error)
{
  InsStep *step = NULL;

  g_return_val_if_fail (INS_IS_PIPELINE (self) && id != NULL, FALSE);
  for (int i = 0; i < INS_N_STAGES; i++)
    if (g_str_equal (INS_STEP_GET_CLASS (self->steps[i])->id, id))
      return TRUE;
  step = g_hash_table_lookup (self->shelf, id);
  step = step ? g_object_ref (step) : ins_registry_create (id, error);
  if (step == NULL)
    return FALSE;
  share_params (self->steps[INS_STEP_GET_CLASS (step)->stage], step);
  put_step (self, step);
  return TRUE;
}

/* --- the project file's form --- */

GVariant *
ins_pipeline_to_variant (InsPipeline *self)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sss)"));

  for (int i = 0; i < INS_N_STAGES; i++)
    {
      InsStepClass *klass = INS_STEP_GET_CLASS (self->steps[i]);
      g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);
      for (guint j = 0; j < params->len; j++)
        {
          const InsParam *param = g_ptr_array_index (params, j);
          g_autofree char *text = ins_step_get_text (self->steps[i], param);
          g_variant_builder_add (&builder, "(sss)", klass->id, param->spec->name, text);
        }
    }
  for (guint i = 0; i < self->unknown->len; i++)
    g_variant_builder_add_value (&builder, g_ptr_array_index (self->unknown, i));
  return g_variant_builder_end (&builder);
}

/* One parameter.  What is not known here is kept as it is; a wrong value is an error. */
static gboolean
take_param (InsPipeline *self, GVariant *item, GStrvBuilder *unknown, GError **error)
{
  const char *id, *name, *text;
  g_autoptr (InsStep) made = NULL;
  InsStep *step = NULL;

  g_variant_get (item, "(&s&s&s)", &id, &name, &text);
  for (int i = 0; i < INS_N_STAGES && step == NULL; i++)
    if (g_str_equal (INS_STEP_GET_CLASS (self->steps[i])->id, id))
      step = self->steps[i];
  if (step == NULL && (made = ins_registry_create (id, NULL)) != NULL)
    put_step (self, step = g_object_ref (made));
  if (step == NULL || ins_step_class_find_param (INS_STEP_GET_CLASS (step), name) == NULL)
    {
      g_autofree char *whole = g_strdup_printf ("%s %s", id, name);
      g_strv_builder_add (unknown, whole);
      g_ptr_array_add (self->unknown, g_variant_ref (item));
      return TRUE;
    }
  return ins_step_set (step, name, text, error);
}

gboolean
ins_pipeline_from_variant (InsPipeline *self, GVariant *variant, char ***unknown, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (InsPipeline) fresh = NULL;
  GVariantIter iter;
  GVariant *item;

  g_return_val_if_fail (INS_IS_PIPELINE (self), FALSE);
  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("a(sss)")))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
                   _ ("The parameters in the project file cannot be read."));
      return FALSE;
    }
  fresh = g_object_new (INS_TYPE_PIPELINE, NULL);
  g_variant_iter_init (&iter, variant);
  while ((item = g_variant_iter_next_value (&iter)) != NULL)
    {
      gboolean taken = take_param (fresh, item, names, error);
      g_variant_unref (item);
      if (!taken)
        return FALSE;
    }
  for (int i = 0; i < INS_N_STAGES; i++)
    ins_pipeline_put_step (self, fresh->steps[i]);
  g_ptr_array_set_size (self->unknown, 0);
  g_ptr_array_extend (self->unknown, fresh->unknown, (GCopyFunc)g_variant_ref, NULL);
  if (unknown != NULL)
    *unknown = g_strv_builder_end (names);
  return TRUE;
}

/* --- the frozen model --- */

/* What the fitted stages' steps and parameters are now. */
static char *
describe_model (InsPipeline *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = INS_STAGE_PREPARE; i <= INS_STAGE_CLUSTER; i++)
    {
      g_autofree char *digest = ins_step_digest (self->steps[i], NULL);
      g_string_append (text, digest);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
ins_pipeline_freeze (InsPipeline *self, const InsResults *fitted)
{
  InsResults model = { 0 };

  g_return_if_fail (INS_IS_PIPELINE (self));
  g_return_if_fail (fitted == NULL || ins_results_are_model (fitted));

  for (int i = INS_STAGE_PREPARE; fitted != NULL && i <= INS_STAGE_CLUSTER; i++)
    model.stage[i] = ins_artifact_ref (fitted->stage[i]);
  ins_results_clear (&self->frozen); /* may be @fitted */
  g_free (self->frozen_with);
  self->frozen = model;
  self->frozen_with = fitted ? describe_model (self) : NULL;
  self->refit = FALSE;
  g_signal_emit (self, changed_signal, 0, (guint)INS_STAGE_PREPARE);
}

const InsResults *
ins_pipeline_get_frozen (InsPipeline *self)
{
  g_autofree char *now = NULL;

  g_return_val_if_fail (INS_IS_PIPELINE (self), NULL);
  if (self->frozen_with == NULL || self->refit)
    return NULL;
  now = describe_model (self);
  return g_str_equal (now, self->frozen_with) ? &self->frozen : NULL;
}

void
ins_pipeline_set_refit (InsPipeline *self, gboolean refit)
{
  g_return_if_fail (INS_IS_PIPELINE (self));
  if (self->refit == !!refit)
    return;
  self->refit = !!refit;
  g_signal_emit (self, changed_signal, 0, (guint)INS_STAGE_PREPARE);
}

gboolean
ins_pipeline_get_refit (InsPipeline *self)
{
  g_return_val_if_fail (INS_IS_PIPELINE (self), FALSE);
  return self->refit;
}

/* --- keys --- */

/* Into @keys, with those it needs. */
static const char *
fill_key (InsStep *const *steps, const InsResults *frozen, InsStage stage,
          const char *source_sha256, char **keys)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (steps[stage]);
  g_autoptr (GChecksum) sum = NULL;
  g_autofree char *digest = NULL;
  const InsArtifact *fitted = frozen ? frozen->stage[stage] : NULL;

  if (keys[stage] != NULL)
    return keys[stage];
  sum = g_checksum_new (G_CHECKSUM_SHA256);
  digest = ins_step_digest (steps[stage], NULL);
  if (fitted != NULL)
    g_checksum_update (sum, (const guchar *)"applied", -1);
  g_checksum_update (sum, (const guchar *)(fitted ? fitted->key : digest), -1);
  if (stage == INS_STAGE_DATA)
    g_checksum_update (sum, (const guchar *)source_sha256, -1);
  if (stage == INS_STAGE_SWEEP)
    {
      g_autofree char *model = ins_step_digest (steps[INS_STAGE_CLUSTER], "clusters");
      g_checksum_update (sum, (const guchar *)model, -1);
    }
  for (int i = 0; i < INS_N_STAGES; i++)
    if (klass->needs & (1u << i))
      g_checksum_update (sum, (const guchar *)fill_key (steps, frozen, i, source_sha256, keys), -1);
  return keys[stage] = g_strdup (g_checksum_get_string (sum));
}

char *
ins_steps_get_key (InsStep *const *steps, const InsResults *frozen, InsStage stage,
                   const char *source_sha256)
{
  char *keys[INS_N_STAGES] = { NULL };
  char *key;

  fill_key (steps, frozen, stage, source_sha256, keys);
  key = g_steal_pointer (&keys[stage]);
  for (int i = 0; i < INS_N_STAGES; i++)
    g_free (keys[i]);
  return key;
}

char *
ins_pipeline_get_key (InsPipeline *self, InsStage stage, const char *source_sha256)
{
  g_return_val_if_fail (INS_IS_PIPELINE (self) && source_sha256 != NULL, NULL);
  return ins_steps_get_key (self->steps, ins_pipeline_get_frozen (self), stage, source_sha256);
}
