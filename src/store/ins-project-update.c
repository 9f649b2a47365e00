/* ins-project-update.c: the same analysis of other data, its model kept or fitted anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>

gboolean
ins_project_freeze (InsProject *self, GError **error)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), FALSE);

  if (ins_project_is_frozen (self))
    return TRUE;
  if (!ins_results_are_model (&self->results))
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("The project has no model yet that could be kept; run it first, or "
                              "fit anew."));
      return FALSE;
    }
  if (!ins_project_is_current (self, INS_STAGE_CLUSTER))
    {
      g_set_error_literal (error, INS_ERROR, INS_ERROR_USAGE,
                           _ ("The parameters were changed after the model of the project was "
                              "fitted; run it again first, or fit anew."));
      return FALSE;
    }
  ins_pipeline_freeze (self->pipeline, &self->results);
  return TRUE;
}

gboolean
ins_project_is_frozen (InsProject *self)
{
  g_return_val_if_fail (INS_IS_PROJECT (self), FALSE);
  return ins_pipeline_get_frozen (self->pipeline) != NULL;
}

void
ins_project_refit (InsProject *self)
{
  g_return_if_fail (INS_IS_PROJECT (self));
  ins_pipeline_set_refit (self->pipeline, TRUE);
}

static void
set_text (char **field, const char *text)
{
  g_free (*field);
  *field = g_strdup (text);
}

InsProject *
ins_project_new_update (InsProject *old, const char *source, gboolean refit, GError **error)
{
  g_autoptr (InsProject) self = ins_project_new ();
  GHashTableIter iter;
  gpointer name, text;

  g_return_val_if_fail (INS_IS_PROJECT (old) && source != NULL, NULL);

  ins_project_take_pipeline (self, ins_pipeline_copy (old->pipeline));
  set_text (&self->preset, old->preset);
  set_text (&self->currency, old->currency);
  set_text (&self->source_sha256, old->source_sha256);
  set_text (&self->run_id, old->run_id);
  set_text (&self->base, old->path ? old->path : old->base);
  ins_results_copy (&self->results, &old->results);
  ins_results_copy (&self->named, &old->named);
  self->n_identities = old->n_identities;
  self->identities = g_new0 (InsIdentity, old->n_identities);
  for (gsize i = 0; i < old->n_identities; i++)
    ins_identity_copy (&self->identities[i], &old->identities[i]);
  for (guint i = 0; i < old->runs->len; i++)
    g_ptr_array_add (self->runs, ins_run_info_copy (g_ptr_array_index (old->runs, i)));
  g_hash_table_iter_init (&iter, old->view);
  while (g_hash_table_iter_next (&iter, &name, &text))
    ins_project_set_view (self, name, text);
  if (refit)
    {
      ins_pipeline_freeze (self->pipeline, NULL);
      ins_pipeline_set_refit (self->pipeline, TRUE); /* so says its state, after a crash */
    }
  else if (!ins_project_freeze (self, error))
    return NULL;
  ins_project_set_source (self, source);
  return g_steal_pointer (&self);
}
