/* insui-session-edit.c: changes, one undo step each
 *
 * The history holds whole states (parameters, names and the currency are small).  Changes of the
 * same thing within a second are one step.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-session-private.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

#define COALESCE_TIME G_USEC_PER_SEC
#define HISTORY_LENGTH 200
#define STATE_FORMAT "(sv)" /* currency, what the project calls its state */

void
insui_edit_free (InsUiEdit *edit)
{
  g_free (edit->name);
  g_free (edit->text);
  g_free (edit);
}

static InsUiEdit *
edit_copy (const InsUiEdit *edit)
{
  InsUiEdit *copy = g_memdup2 (edit, sizeof *edit);

  copy->name = g_strdup (edit->name);
  copy->text = g_strdup (edit->text);
  return copy;
}

void
insui_session_history_init (InsUiHistory *history)
{
  history->undo = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  history->redo = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
}

void
insui_session_history_clear (InsUiHistory *history)
{
  g_clear_pointer (&history->undo, g_ptr_array_unref);
  g_clear_pointer (&history->redo, g_ptr_array_unref);
  g_clear_pointer (&history->coalesce_key, g_free);
}

static void
notify_history (InsUiSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), insui_session_props[INSUI_SESSION_PROP_CAN_UNDO]);
  g_object_notify_by_pspec (G_OBJECT (self), insui_session_props[INSUI_SESSION_PROP_CAN_REDO]);
}

void
insui_session_history_reset (InsUiSession *self)
{
  g_ptr_array_set_size (self->history.undo, 0);
  g_ptr_array_set_size (self->history.redo, 0);
  g_clear_pointer (&self->history.coalesce_key, g_free);
  notify_history (self);
}

/* --- states --- */

GVariant *
insui_session_get_state (InsUiSession *self)
{
  g_autoptr (GVariant) inner = NULL;

  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  inner = ins_project_get_state (self->project);
  return g_variant_ref_sink (
      g_variant_new (STATE_FORMAT, ins_project_get_currency (self->project), inner));
}

void
insui_session_restore (InsProject *project, GVariant *state)
{
  g_autoptr (GVariant) inner = NULL;
  const char *currency;

  g_return_if_fail (INS_IS_PROJECT (project));
  g_return_if_fail (state && g_variant_is_of_type (state, G_VARIANT_TYPE (STATE_FORMAT)));

  g_variant_get (state, "(&sv)", &currency, &inner);
  ins_project_set_currency (project, currency);
  ins_project_set_state (project, inner);
}

/* Money is shown everywhere. */
static void
tell_currency (InsUiSession *self)
{
  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    g_signal_emit (self, insui_session_signals[INSUI_SESSION_CHANGED], 0, stage);
}

/* --- history --- */

static char *
coalesce_key (const InsUiEdit *edit)
{
  return g_strdup_printf ("%d/%d/%" G_GSIZE_FORMAT "/%s", edit->kind, edit->stage, edit->cluster,
                          edit->name ? edit->name : "");
}

/* Remembers @before, the state before @edit. */
static void
remember (InsUiSession *self, const InsUiEdit *edit, GVariant *before)
{
  InsUiHistory *history = &self->history;
  g_autofree char *key = coalesce_key (edit);
  gint64 now = g_get_monotonic_time ();
  gboolean same = g_strcmp0 (key, history->coalesce_key) == 0
                  && now - history->coalesce_time < COALESCE_TIME && history->undo->len > 0
                  && history->redo->len == 0;

  history->coalesce_time = now;
  if (same)
    return;
  g_free (history->coalesce_key);
  history->coalesce_key = g_steal_pointer (&key);
  g_ptr_array_set_size (history->redo, 0);
  g_ptr_array_add (history->undo, g_variant_ref (before));
  if (history->undo->len > HISTORY_LENGTH)
    g_ptr_array_remove_index (history->undo, 0);
  notify_history (self);
}

static void
step_through (InsUiSession *self, GPtrArray *from, GPtrArray *to)
{
  g_autoptr (GVariant) state = NULL;
  g_autofree char *currency = NULL;

  if (from->len == 0)
    return;
  state = g_ptr_array_steal_index (from, from->len - 1);
  g_ptr_array_add (to, insui_session_get_state (self));
  g_clear_pointer (&self->history.coalesce_key, g_free);
  currency = g_strdup (ins_project_get_currency (self->project));
  insui_session_restore (self->project, state);
  if (!g_str_equal (currency, ins_project_get_currency (self->project)))
    tell_currency (self);
  notify_history (self);
}

/* --- edits --- */

static gboolean
apply (InsUiSession *self, const InsUiEdit *edit, GError **error)
{
  InsPipeline *pipeline = ins_project_get_pipeline (self->project);

  switch (edit->kind)
    {
    case INSUI_EDIT_PARAM:
      return ins_step_set (ins_pipeline_get_step (pipeline, edit->stage), edit->name, edit->text,
                           error);
    case INSUI_EDIT_STEP:
      return ins_pipeline_use (pipeline, edit->name, error);
    case INSUI_EDIT_PRESET:
      return ins_project_load_preset (self->project, edit->name, error);
    case INSUI_EDIT_NAME:
      return ins_project_set_name (self->project, edit->cluster, edit->text, error);
    case INSUI_EDIT_NOTE:
      ins_project_set_note (self->project, edit->cluster, edit->text);
      return TRUE;
    case INSUI_EDIT_COLOUR:
      ins_project_set_colour (self->project, edit->cluster, edit->value);
      return TRUE;
    case INSUI_EDIT_INSIDER:
      ins_project_set_insider (self->project, edit->cluster, edit->value);
      return TRUE;
    case INSUI_EDIT_CURRENCY:
      ins_project_set_currency (self->project, edit->text);
      tell_currency (self);
      return TRUE;
    case INSUI_EDIT_REFIT:
      ins_project_refit (self->project);
      return TRUE;
    case INSUI_EDIT_VIEW:
    case INSUI_EDIT_RUN:
    case INSUI_EDIT_UNDO:
    case INSUI_EDIT_REDO:
    default:
      g_assert_not_reached ();
    }
}

/* What shows a rejected value must show the old one again. */
static void
revert_views (InsUiSession *self, const InsUiEdit *edit)
{
  if (edit->kind == INSUI_EDIT_NAME)
    g_signal_emit (self, insui_session_signals[INSUI_SESSION_IDENTITIES_CHANGED], 0);
  else
    g_signal_emit (self, insui_session_signals[INSUI_SESSION_CHANGED], 0, (guint)edit->stage);
}

static void
edit_now (InsUiSession *self, const InsUiEdit *edit)
{
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) after = NULL;
  g_autoptr (GError) error = NULL;
  gboolean was_frozen;

  if (edit->kind == INSUI_EDIT_UNDO)
    {
      step_through (self, self->history.undo, self->history.redo);
      return;
    }
  if (edit->kind == INSUI_EDIT_REDO)
    {
      step_through (self, self->history.redo, self->history.undo);
      return;
    }

  if (edit->kind == INSUI_EDIT_VIEW)
    {
      ins_project_set_view (self->project, edit->name, edit->text);
      return;
    }

  if (edit->kind == INSUI_EDIT_RUN)
    {
      insui_session_run (self, (guint)edit->value);
      return;
    }

  before = insui_session_get_state (self);
  was_frozen = ins_project_is_frozen (self->project);
  if (!apply (self, edit, &error))
    {
      insui_session_fail (self, error->message);
      revert_views (self, edit);
      return;
    }
  after = insui_session_get_state (self);
  if (!g_variant_equal (before, after))
    remember (self, edit, before);
  if (was_frozen && edit->kind != INSUI_EDIT_REFIT && !ins_project_is_frozen (self->project))
    g_signal_emit (self, insui_session_signals[INSUI_SESSION_TOAST], 0,
                   _ ("The next run fits the groups anew"));
}

static void
change (InsUiSession *self, const InsUiEdit *edit)
{
  if (self->saving)
    g_queue_push_tail (&self->waiting, edit_copy (edit));
  else
    edit_now (self, edit);
}

/* What was changed while the project was being written. */
void
insui_session_edit_waiting (InsUiSession *self)
{
  InsUiEdit *edit;

  while (!self->saving && (edit = g_queue_pop_head (&self->waiting)))
    {
      edit_now (self, edit);
      insui_edit_free (edit);
    }
}

gboolean
insui_session_let_run_wait (InsUiSession *self, guint stages)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_RUN, .value = (int)stages };

  if (!self->saving || g_queue_is_empty (&self->waiting))
    return FALSE;
  change (self, &edit);
  return TRUE;
}

void
insui_session_set_param (InsUiSession *self, InsStage stage, const char *name, const char *text)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_PARAM, .stage = stage };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (stage < INS_N_STAGES && name && text);

  edit.name = (char *)name;
  edit.text = (char *)text;
  change (self, &edit);
}

void
insui_session_use_step (InsUiSession *self, const char *id)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_STEP };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (id);

  edit.name = (char *)id;
  change (self, &edit);
}

void
insui_session_load_preset (InsUiSession *self, const char *preset)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_PRESET };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (preset);

  edit.name = (char *)preset;
  change (self, &edit);
}

void
insui_session_set_currency (InsUiSession *self, const char *currency)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_CURRENCY };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (currency);

  edit.text = (char *)currency;
  change (self, &edit);
}

void
insui_session_refit (InsUiSession *self)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_REFIT, .stage = INS_STAGE_CLUSTER };

  g_return_if_fail (INSUI_IS_SESSION (self));

  change (self, &edit);
}

void
insui_session_set_name (InsUiSession *self, gsize cluster, const char *name)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_NAME, .cluster = cluster };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (name);

  edit.text = (char *)name;
  change (self, &edit);
}

void
insui_session_set_note (InsUiSession *self, gsize cluster, const char *note)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_NOTE, .cluster = cluster };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (note);

  edit.text = (char *)note;
  change (self, &edit);
}

void
insui_session_set_colour (InsUiSession *self, gsize cluster, int colour)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_COLOUR, .cluster = cluster, .value = colour };

  g_return_if_fail (INSUI_IS_SESSION (self));

  change (self, &edit);
}

void
insui_session_set_insider (InsUiSession *self, gsize cluster, gboolean is_insider)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_INSIDER, .cluster = cluster, .value = is_insider };

  g_return_if_fail (INSUI_IS_SESSION (self));

  change (self, &edit);
}

void
insui_session_set_view (InsUiSession *self, const char *name, const char *text)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_VIEW };

  g_return_if_fail (INSUI_IS_SESSION (self));
  g_return_if_fail (name && text);

  edit.name = (char *)name;
  edit.text = (char *)text;
  change (self, &edit);
}

void
insui_session_undo (InsUiSession *self)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_UNDO };

  g_return_if_fail (INSUI_IS_SESSION (self));

  change (self, &edit);
}

void
insui_session_redo (InsUiSession *self)
{
  InsUiEdit edit = { .kind = INSUI_EDIT_REDO };

  g_return_if_fail (INSUI_IS_SESSION (self));

  change (self, &edit);
}
