/* ins-chain.c: a pipeline as words: "filter min-price=0.04 scale method=robust kmeans clusters=8"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-pipeline.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/ins-error.h"
#include "ins-engine-resources.h"
#include "pipeline/ins-pipeline-private.h"
#include "pipeline/ins-registry.h"

#define PRESET_FOLDER "/io/github/insiders/Insiders/presets/"

static const char *const presets[] = { "insiders", "notebook", NULL };

const char *const *
ins_pipeline_list_presets (void)
{
  return presets;
}

/* A step named in a chain: a model or a picture starts from its own defaults, any other keeps
 * what the preset gave it. */
static InsStep *
name_step (InsPipeline *self, const char *id, GError **error)
{
  g_autoptr (InsStep) fresh = ins_registry_create (id, error);
  InsStage stage;

  if (fresh == NULL)
    return NULL;
  stage = INS_STEP_GET_CLASS (fresh)->stage;
  if (stage == INS_STAGE_CLUSTER || stage == INS_STAGE_EMBED)
    ins_pipeline_put_step (self, fresh);
  return ins_pipeline_get_step (self, stage);
}

static gboolean
set_word (InsStep *step, const char *word, GError **error)
{
  const char *equals = strchr (word, '=');
  g_autofree char *name = g_strndup (word, (gsize)(equals - word));
  g_autofree char *shown = NULL;

  if (step != NULL)
    return ins_step_set (step, name, equals + 1, error);
  shown = g_utf8_make_valid (word, -1);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("“%s” stands before any step; write the step's name first."), shown);
  return FALSE;
}

/* @named: per stage the step this chain has named so far, or NULL.  The same one again is fine. */
static gboolean
check_only_one (InsStep *step, const char *named[INS_N_STAGES], GError **error)
{
  const InsStepClass *klass = INS_STEP_GET_CLASS (step);
  const char *before = named[klass->stage];

  named[klass->stage] = klass->id;
  if (before == NULL || g_str_equal (before, klass->id))
    return TRUE;
  if (klass->stage == INS_STAGE_CLUSTER)
    g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                 _ ("A chain has one step of each kind: %s and %s are both models; leave one out."),
                 before, klass->id);
  else
    g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                 _ ("A chain has one step of each kind: %s and %s are both of one kind; leave one "
                    "out."),
                 before, klass->id);
  return FALSE;
}

static gboolean
apply (InsPipeline *self, const char *const *words, GError **error)
{
  const char *named[INS_N_STAGES] = { NULL };
  InsStep *step = NULL;
  gboolean new_picture = FALSE, space_given = FALSE;

  for (gsize i = 0; words[i] != NULL; i++)
    if (strchr (words[i], '=') != NULL)
      {
        if (!set_word (step, words[i], error))
          return FALSE;
        space_given = space_given || g_str_has_prefix (words[i], "space=");
      }
    else
      {
        step = name_step (self, words[i], error);
        if (step == NULL || !check_only_one (step, named, error))
          return FALSE;
        new_picture = new_picture || INS_STEP_GET_CLASS (step)->stage == INS_STAGE_EMBED;
      }
  if (new_picture && !space_given)
    return ins_step_set (ins_pipeline_get_step (self, INS_STAGE_CLUSTER), "space", "features",
                         error);
  return TRUE;
}

static void
take_steps (InsPipeline *self, InsPipeline *from)
{
  for (int i = 0; i < INS_N_STAGES; i++)
    ins_pipeline_put_step (self, ins_pipeline_get_step (from, i));
}

gboolean
ins_pipeline_apply_chain (InsPipeline *self, const char *const *words, GError **error)
{
  g_autoptr (InsPipeline) trial = ins_pipeline_copy (self);

  if (!apply (trial, words, error))
    return FALSE;
  take_steps (self, trial);
  return TRUE;
}

static GBytes *
read_preset (const char *preset, GError **error)
{
  g_autofree char *resource = g_strconcat (PRESET_FOLDER, preset, ".preset", NULL);
  g_autoptr (GError) local = NULL;
  char *text = NULL;
  gsize length;

  if (g_strv_contains (presets, preset))
    return g_resource_lookup_data (ins_engine_get_resource (), resource,
                                   G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (g_file_get_contents (preset, &text, &length, &local))
    return g_bytes_new_take (text, length);
  g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
               _ ("There is no preset “%s”: it is neither insiders nor notebook, and no file that "
                  "can be read (%s)."),
               preset, local->message);
  return NULL;
}

gboolean
ins_pipeline_load_preset (InsPipeline *self, const char *preset, GError **error)
{
  g_autoptr (GBytes) bytes = read_preset (preset, error);
  g_autoptr (InsPipeline) trial = NULL;
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  gsize length;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &length);
  text = g_strndup (data ? data : "", length);
  if (!g_shell_parse_argv (text, NULL, &words, &local)
      && !g_error_matches (local, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE, _ ("The preset “%s” cannot be read: %s"),
                   preset, local->message);
      return FALSE;
    }
  trial = ins_pipeline_copy (self);
  for (int i = INS_STAGE_FILTER; i < INS_N_STAGES; i++) /* how the file is read is no preset's */
    {
      g_autoptr (InsStep) step = ins_registry_create_default (i);
      ins_pipeline_put_step (trial, step);
    }
  if (words != NULL && !apply (trial, (const char *const *)words, error))
    {
      g_prefix_error (error, _ ("Preset “%s”: "), preset);
      return FALSE;
    }
  take_steps (self, trial);
  return TRUE;
}

static void
append_step (GString *chain, InsStep *step, gboolean full)
{
  InsStepClass *klass = INS_STEP_GET_CLASS (step);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);
  gsize before = chain->len;
  gboolean any = full || klass->stage == INS_STAGE_EMBED || klass->stage == INS_STAGE_CLUSTER;

  g_string_append_printf (chain, "%s%s", chain->len > 0 ? " " : "", klass->id);
  for (guint i = 0; i < params->len; i++)
    {
      const InsParam *param = g_ptr_array_index (params, i);
      g_autofree char *text = NULL;
      g_autofree char *quoted = NULL;

      if (!full && ins_step_is_default (step, param))
        continue;
      text = ins_step_get_text (step, param);
      quoted = text[strcspn (text, " \t\n'\"\\$`*?[]{}()<>|&;#~!")] ? g_shell_quote (text) : NULL;
      g_string_append_printf (chain, " %s=%s", param->spec->name, quoted ? quoted : text);
      any = TRUE;
    }
  if (!any)
    g_string_truncate (chain, before);
}

char *
ins_pipeline_to_chain (InsPipeline *self, gboolean full)
{
  GString *chain = g_string_new (NULL);

  g_return_val_if_fail (INS_IS_PIPELINE (self), NULL);
  for (int i = 0; i < INS_N_STAGES; i++)
    append_step (chain, ins_pipeline_get_step (self, i), full);
  return g_string_free (chain, FALSE);
}
