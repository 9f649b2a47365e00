/* ins-project.c: one analysis as a document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (InsProject, ins_project, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_MODIFIED,
  N_PROPERTIES
};

enum
{
  CHANGED,
  IDENTITIES_CHANGED,
  N_SIGNALS
};

#define IDENTITIES_FORMAT "a(ssiibb)"
/* preset, parameters, whether a frozen model is set aside, identities, key they belong to */
#define STATE_FORMAT "(svba(ssiibb)s)"

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

/* ---- object ---- */

static void
emit_changed (InsProject *self, InsStage stage)
{
  if (!self->loading)
    g_signal_emit (self, signals[CHANGED], 0, (guint)stage);
}

static void
on_pipeline_changed (InsPipeline *pipeline, guint stage, InsProject *self)
{
  if (self->loading)
    return;
  ins_project_set_modified (self, TRUE);
  emit_changed (self, (InsStage)stage);
}

static void
ins_project_init (InsProject *self)
{
  self->pipeline = ins_pipeline_new ();
  self->preset = g_strdup ("insiders");
  self->currency = g_strdup ("");
  self->cache = ins_cache_new (INS_PROJECT_CACHE_BYTES);
  self->runs = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_run_info_free);
  self->view = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_signal_connect (self->pipeline, "changed", G_CALLBACK (on_pipeline_changed), self);
}

static void
ins_project_finalize (GObject *object)
{
  InsProject *self = INS_PROJECT (object);

  g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_object_unref (self->pipeline);
  ins_identities_free (self->identities, self->n_identities);
  ins_results_clear (&self->results);
  ins_results_clear (&self->named);
  ins_cache_free (self->cache);
  g_ptr_array_unref (self->runs);
  g_hash_table_unref (self->view);
  g_free (self->preset);
  g_free (self->source_path);
  g_free (self->source_sha256);
  g_free (self->currency);
  g_free (self->run_id);
  g_free (self->path);
  g_free (self->base);
  g_free (self->notice);
  g_free (self->planned_chain);
  g_free (self->planned_model);
  G_OBJECT_CLASS (ins_project_parent_class)->finalize (object);
}

static void
ins_project_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  InsProject *self = INS_PROJECT (object);

  if (id == PROP_MODIFIED)
    g_value_set_boolean (value, self->modified);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
ins_project_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  InsProject *self = INS_PROJECT (object);

  if (id == PROP_MODIFIED)
    ins_project_set_modified (self, g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
ins_project_class_init (InsProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = ins_project_finalize;
  object_class->get_property = ins_project_get_property;
  object_class->set_property = ins_project_set_property;

  properties[PROP_MODIFIED] =
      g_param_spec_boolean ("modified", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[CHANGED] = g_signal_new ("changed", INS_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[IDENTITIES_CHANGED] =
      g_signal_new ("identities-changed", INS_TYPE_PROJECT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 0);
}

InsProject *
ins_project_new (void)
{
  return g_object_new (INS_TYPE_PROJECT, NULL);
}

void
ins_project_take_pipeline (InsProject *self, InsPipeline *pipeline)
{
  g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_object_unref (self->pipeline);
  self->pipeline = pipeline;
  g_signal_connect (pipeline, "changed", G_CALLBACK (on_pipeline_changed), self);
}

/* ---- the document ---- */

const char *
ins_project_get_path (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->path;
}

const char *
ins_project_get_base (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->base;
}

static char *
strip_ending (char *name, const char *ending)
{
  if (g_str_has_suffix (name, ending) && strlen (name) > strlen (ending))
    name[strlen (name) - strlen (ending)] = '\0';
  return name;
}

char *
ins_project_get_title (InsProject *self)
{
  char *name;

  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);

  if (self->path != NULL)
    return strip_ending (g_filename_display_basename (self->path), ".insiders");
  if (self->source_path == NULL)
    return g_strdup (_ ("New Project"));
  if (g_str_equal (self->source_path, "-"))
    return g_strdup (_ ("Standard input"));
  name = strip_ending (g_filename_display_basename (self->source_path), ".gz");
  return strip_ending (strip_ending (name, ".csv"), ".tsv");
}

gboolean
ins_project_is_read_only (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), FALSE);
  return self->read_only;
}

const char *
ins_project_get_notice (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->notice;
}

gboolean
ins_project_is_modified (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), FALSE);
  return self->modified;
}

void
ins_project_set_modified (InsProject *self, gboolean modified)
{
  g_return_if_fail (INS_IS_PROJECT (self));

  modified = !!modified;
  if (self->loading || self->modified == modified)
    return;
  self->modified = modified;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODIFIED]);
}

/* ---- parameters and source ---- */

InsPipeline *
ins_project_get_pipeline (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->pipeline;
}

const char *
ins_project_get_preset (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->preset;
}

gboolean
ins_project_load_preset (InsProject *self, const char *preset, GError **error)
{
  g_return_val_if_fail (INS_IS_PROJECT (self) && preset != NULL, FALSE);

  if (!ins_pipeline_load_preset (self->pipeline, preset, error))
    return FALSE;
  if (!g_str_equal (self->preset, preset))
    {
      g_free (self->preset);
      self->preset = g_strdup (preset);
      ins_project_set_modified (self, TRUE);
    }
  return TRUE;
}

void
ins_project_set_source (InsProject *self, const char *path)
{
  g_return_if_fail (INS_IS_PROJECT (self));

  g_free (self->source_path);
  self->source_path = path != NULL && strcmp (path, "-") != 0 && strstr (path, "://") == NULL
                          ? g_canonicalize_filename (path, NULL)
                          : g_strdup (path);
  g_clear_pointer (&self->source_sha256, g_free);
  ins_project_set_modified (self, TRUE);
  emit_changed (self, INS_STAGE_DATA);
}

const char *
ins_project_get_source_path (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->source_path;
}

const char *
ins_project_get_source_sha256 (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->source_sha256;
}

void
ins_project_set_currency (InsProject *self, const char *currency)
{
  g_return_if_fail (INS_IS_PROJECT (self));

  if (currency == NULL)
    currency = "";
  if (g_str_equal (self->currency, currency))
    return;
  g_free (self->currency);
  self->currency = g_strdup (currency);
  ins_project_set_modified (self, TRUE);
  emit_changed (self, INS_STAGE_DATA);
}

const char *
ins_project_get_currency (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->currency;
}

/* ---- results ---- */

const InsResults *
ins_project_get_results (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return &self->results;
}

gboolean
ins_project_is_current (InsProject *self, InsStage stage)
{
  const InsArtifact *shown;
  g_autofree char *key = NULL;

  g_return_val_if_fail (INS_IS_PROJECT (self) && stage < INS_N_STAGES, FALSE);

  shown = self->results.stage[stage];
  if (shown == NULL || self->source_sha256 == NULL)
    return FALSE;
  key = ins_pipeline_get_key (self->pipeline, stage, self->source_sha256);
  return g_strcmp0 (key, shown->key) == 0;
}

/* @stages and what they need: results that are shown together must belong together. */
static guint
add_needs (InsProject *self, guint stages)
{
  for (int stage = INS_N_STAGES - 1; stage >= 0; stage--)
    if ((stages & (1u << stage)) != 0)
      stages |= INS_STEP_GET_CLASS (ins_pipeline_get_step (self->pipeline, stage))->needs;
  return stages;
}

/* What is shown may have left the cache since. */
static void
cache_results (InsProject *self)
{
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      InsArtifact *shown = self->results.stage[stage];
      InsArtifact *cached = NULL;

      if (shown == NULL || shown->key == NULL)
        continue;
      cached = ins_cache_get (self->cache, shown->key, FALSE);
      if (cached == NULL)
        ins_cache_put (self->cache, shown);
      else
        ins_artifact_unref (cached);
    }
}

InsPlan *
ins_project_plan (InsProject *self, guint stages)
{
  InsPlan *plan;

  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);

  cache_results (self);
  plan = ins_plan_new (self->pipeline, self->source_path, self->source_sha256,
                       add_needs (self, stages), self->cache);
  ins_project_note_plan (self, plan);
  return plan;
}

static gboolean
is_same (const InsArtifact *a, const InsArtifact *b)
{
  return a == b || (a != NULL && b != NULL && g_strcmp0 (a->key, b->key) == 0);
}

/* Rows of a later result are counted in an earlier one; where that one has changed, the later one
 * can no longer be shown. */
static const struct
{
  InsStage from, to;
} rows_refer[] = {
  { INS_STAGE_FEATURES, INS_STAGE_PREPARE }, { INS_STAGE_PREPARE, INS_STAGE_EMBED },
  { INS_STAGE_PREPARE, INS_STAGE_CLUSTER },  { INS_STAGE_PREPARE, INS_STAGE_SWEEP },
  { INS_STAGE_FEATURES, INS_STAGE_PROFILE }, { INS_STAGE_CLUSTER, INS_STAGE_PROFILE },
};

static guint
take_results (InsProject *self, const InsResults *finished)
{
  guint changed = 0;

  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      InsArtifact *artifact = finished->stage[stage];

      if (artifact == NULL || artifact == self->results.stage[stage])
        continue;
      if (!is_same (artifact, self->results.stage[stage]))
        changed |= 1u << stage;
      ins_artifact_ref (artifact);
      ins_clear_artifact (&self->results.stage[stage]);
      self->results.stage[stage] = artifact;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows_refer); i++)
    if ((changed & (1u << rows_refer[i].from)) != 0 && finished->stage[rows_refer[i].to] == NULL
        && self->results.stage[rows_refer[i].to] != NULL)
      {
        ins_clear_artifact (&self->results.stage[rows_refer[i].to]);
        changed |= 1u << rows_refer[i].to;
      }
  /* Nor what does not fit although its key says so, as a file's may. */
  for (int stage = INS_STAGE_PREPARE; stage < INS_N_STAGES && !ins_results_fit (&self->results);
       stage++)
    if (finished->stage[stage] == NULL && self->results.stage[stage] != NULL)
      {
        ins_clear_artifact (&self->results.stage[stage]);
        changed |= 1u << stage;
      }
  return changed;
}

static void
name_clusters (InsProject *self)
{
  const InsClustering *clustering = self->results.clustering;
  const InsClustering *named = self->named.clustering;
  InsIdentity *identities = self->identities;

  if (is_same ((const InsArtifact *)clustering, (const InsArtifact *)named)
      && clustering->k == self->n_identities)
    return;
  /* clusters of the same model are the same, whoever is in them */
  if (named == NULL || clustering->k != self->n_identities
      || g_strcmp0 (ins_clustering_get_origin (clustering), ins_clustering_get_origin (named)) != 0)
    identities = ins_identities_propose (&self->results, named ? &self->named : NULL, identities);
  ins_project_take_identities (self, identities, clustering->k);
  g_signal_emit (self, signals[IDENTITIES_CHANGED], 0);
}

void
ins_project_adopt (InsProject *self, InsPlan *plan)
{
  const InsResults *finished;
  guint changed;

  g_return_if_fail (INS_IS_PROJECT (self) && plan != NULL);

  finished = ins_plan_get_results (plan);
  if (finished->import != NULL && finished->import->source_sha256 != NULL)
    {
      g_free (self->source_sha256);
      self->source_sha256 = g_strdup (finished->import->source_sha256);
    }
  changed = take_results (self, finished);
  if (self->results.clustering != NULL && finished->clustering != NULL)
    {
      if ((changed & (1u << INS_STAGE_CLUSTER)) != 0 || self->run_id == NULL)
        ins_project_add_run (self, plan);
      name_clusters (self);
    }
  if (changed != 0)
    ins_project_set_modified (self, TRUE);
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    if ((changed & (1u << stage)) != 0 || finished->stage[stage] != NULL)
      emit_changed (self, (InsStage)stage);
}

GPtrArray *
ins_project_get_runs (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->runs;
}

const char *
ins_project_get_run_id (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);
  return self->results.clustering != NULL ? self->run_id : NULL;
}

/* ---- view and state ---- */

void
ins_project_set_view (InsProject *self, const char *name, const char *text)
{
  g_return_if_fail (INS_IS_PROJECT (self) && name != NULL);

  if (text == NULL)
    g_hash_table_remove (self->view, name);
  else
    g_hash_table_insert (self->view, g_strdup (name), g_strdup (text));
}

const char *
ins_project_get_view (InsProject *self, const char *name)
{
  g_return_val_if_fail (INS_IS_PROJECT (self) && name != NULL, NULL);
  return g_hash_table_lookup (self->view, name);
}

GVariant *
ins_project_get_state (InsProject *self)
{
  GVariantBuilder identities;
  const char *key = "";

  g_return_val_if_fail (INS_IS_PROJECT (self), NULL);

  g_variant_builder_init (&identities, G_VARIANT_TYPE (IDENTITIES_FORMAT));
  for (gsize i = 0; i < self->n_identities; i++)
    {
      const InsIdentity *identity = &self->identities[i];
      g_variant_builder_add (&identities, "(ssiibb)", identity->name, identity->note,
                             identity->colour, identity->shape, identity->is_insider,
                             identity->is_proposed);
    }
  if (self->named.clustering != NULL && self->named.clustering->artifact.key != NULL)
    key = self->named.clustering->artifact.key;
  return g_variant_ref_sink (
      g_variant_new (STATE_FORMAT, self->preset, ins_pipeline_to_variant (self->pipeline),
                     ins_pipeline_get_refit (self->pipeline), &identities, key));
}

/* Names of another clustering than the one shown are left alone. */
static void
restore_identities (InsProject *self, GVariantIter *iter, const char *key)
{
  const InsClustering *named = self->named.clustering;
  InsIdentity *identities;
  gsize n = g_variant_iter_n_children (iter);

  if (named == NULL || n != self->n_identities || g_strcmp0 (named->artifact.key, key) != 0)
    return;
  identities = g_new0 (InsIdentity, n);
  for (gsize i = 0; i < n; i++)
    {
      InsIdentity *identity = &identities[i];
      if (!g_variant_iter_next (iter, "(ssiibb)", &identity->name, &identity->note,
                                &identity->colour, &identity->shape, &identity->is_insider,
                                &identity->is_proposed))
        g_assert_not_reached ();
      identity->colour = CLAMP (identity->colour, INS_COLOUR_GOLD, INS_N_COLOURS - 1);
    }
  ins_identities_free (self->identities, self->n_identities);
  self->identities = identities;
  ins_project_identities_changed (self);
}

void
ins_project_set_state (InsProject *self, GVariant *state)
{
  g_autoptr (GVariant) parameters = NULL;
  g_autoptr (GVariantIter) iter = NULL;
  g_autoptr (GError) error = NULL;
  const char *preset, *key;
  gboolean refit;

  g_return_if_fail (INS_IS_PROJECT (self) && state != NULL);
  g_return_if_fail (g_variant_is_of_type (state, G_VARIANT_TYPE (STATE_FORMAT)));

  g_variant_get (state, "(&svba(ssiibb)&s)", &preset, &parameters, &refit, &iter, &key);
  if (!ins_pipeline_from_variant (self->pipeline, parameters, NULL, &error))
    g_warning ("state of a project: %s", error->message);
  ins_pipeline_set_refit (self->pipeline, refit);
  g_free (self->preset);
  self->preset = g_strdup (preset);
  restore_identities (self, iter, key);
  ins_project_set_modified (self, TRUE);
}
