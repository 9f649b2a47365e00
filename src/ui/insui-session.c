/* insui-session.c: the only door from widgets to the engine
 *
 * The object, its signals and what is read from it.  Jobs are in insui-session-job.c, changes and
 * undo in insui-session-edit.c, selected customers in insui-session-select.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-session-job.h"

#include "report/ins-figures.h"

G_DEFINE_FINAL_TYPE (InsUiSession, insui_session, G_TYPE_OBJECT)

guint insui_session_signals[INSUI_SESSION_N_SIGNALS];
GParamSpec *insui_session_props[INSUI_SESSION_N_PROPS];

InsUiSession *
insui_session_new (void)
{
  return g_object_new (INSUI_TYPE_SESSION, NULL);
}

InsProject *
insui_session_get_project (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  return self->project;
}

const InsResults *
insui_session_get_results (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  return ins_project_get_results (self->project);
}

const InsIdentity *
insui_session_get_identities (InsUiSession *self, gsize *k)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  return ins_project_get_identities (self->project, k);
}

const char *
insui_session_get_problem (InsUiSession *self, InsStage stage)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);
  g_return_val_if_fail (stage < INS_N_STAGES, NULL);

  return self->problem[stage];
}

gboolean
insui_session_is_empty (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), TRUE);

  return !ins_project_get_source_path (self->project) && !ins_project_get_path (self->project)
         && !insui_session_get_results (self)->import;
}

const InsSniff *
insui_session_get_questions (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  return self->questions;
}

const char *
insui_session_get_sample (InsUiSession *self)
{
  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);

  return self->sample;
}

void
insui_session_fail (InsUiSession *self, const char *sentence)
{
  g_signal_emit (self, insui_session_signals[INSUI_SESSION_FAILED], 0, sentence);
}

InsChart *
insui_session_create_figure (InsUiSession *self, const char *name, const char *feature, gsize k,
                             gsize truncate, int scale, const char *measure)
{
  InsFigureInput input = { 0 };
  g_autoptr (GError) error = NULL;
  InsChart *chart;

  g_return_val_if_fail (INSUI_IS_SESSION (self), NULL);
  g_return_val_if_fail (name, NULL);

  input.results = insui_session_get_results (self);
  input.identities = insui_session_get_identities (self, NULL);
  input.feature = feature;
  input.k = k;
  input.truncate = truncate;
  input.scale = (InsHeightScale)scale;
  input.measure = measure;
  input.currency = ins_project_get_currency (self->project);
  input.run_id = ins_project_get_run_id (self->project);

  chart = ins_figure_create (name, &input, &error);
  if (!chart)
    g_debug ("No figure %s: %s", name, error->message);
  return chart;
}

/* --- the project --- */

static void
on_project_changed (InsUiSession *self, guint stage)
{
  if (stage == INS_STAGE_FEATURES)
    insui_session_selection_follow (self);
  insui_session_queue_autorun (self);
  g_signal_emit (self, insui_session_signals[INSUI_SESSION_CHANGED], 0, stage);
}

static void
on_identities_changed (InsUiSession *self)
{
  g_signal_emit (self, insui_session_signals[INSUI_SESSION_IDENTITIES_CHANGED], 0);
}

void
insui_session_take_project (InsUiSession *self, InsProject *project)
{
  if (self->project == project)
    return;

  g_set_object (&self->project, project);
  g_signal_group_set_target (self->project_group, project);
  insui_session_selection_clear (&self->selection);
  insui_session_history_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), insui_session_props[INSUI_SESSION_PROP_PROJECT]);
  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    g_signal_emit (self, insui_session_signals[INSUI_SESSION_CHANGED], 0, stage);
  on_identities_changed (self);
  g_signal_emit (self, insui_session_signals[INSUI_SESSION_SELECTION_CHANGED], 0);
}

/* --- the object --- */

static void
insui_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  InsUiSession *self = INSUI_SESSION (object);

  switch (id)
    {
    case INSUI_SESSION_PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;
    case INSUI_SESSION_PROP_RUNNING:
      g_value_set_boolean (value, self->job != NULL);
      break;
    case INSUI_SESSION_PROP_CAN_UNDO:
      g_value_set_boolean (value, self->history.undo->len > 0);
      break;
    case INSUI_SESSION_PROP_CAN_REDO:
      g_value_set_boolean (value, self->history.redo->len > 0);
      break;
    case INSUI_SESSION_PROP_THREADS:
      g_value_set_uint (value, self->threads);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
insui_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  InsUiSession *self = INSUI_SESSION (object);

  switch (id)
    {
    case INSUI_SESSION_PROP_THREADS:
      self->threads = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static void
insui_session_dispose (GObject *object)
{
  InsUiSession *self = INSUI_SESSION (object);

  insui_session_cancel (self);
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_handle_id (&self->autorun, g_source_remove);
  g_clear_object (&self->project_group);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (insui_session_parent_class)->dispose (object);
}

static void
insui_session_finalize (GObject *object)
{
  InsUiSession *self = INSUI_SESSION (object);

  insui_session_history_clear (&self->history);
  insui_session_selection_clear (&self->selection);
  g_queue_clear_full (&self->waiting, (GDestroyNotify)insui_edit_free);
  g_clear_pointer (&self->questions, ins_sniff_free);
  g_free (self->sample);
  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    g_free (self->problem[stage]);
  G_OBJECT_CLASS (insui_session_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags reads = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamSpec **props = insui_session_props;

  props[INSUI_SESSION_PROP_PROJECT] =
      g_param_spec_object ("project", NULL, NULL, INS_TYPE_PROJECT, reads);
  props[INSUI_SESSION_PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, reads);
  props[INSUI_SESSION_PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, reads);
  props[INSUI_SESSION_PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, reads);
  props[INSUI_SESSION_PROP_THREADS] = g_param_spec_uint (
      "threads", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, INSUI_SESSION_N_PROPS, props);
}

static void
install_signal (guint id, const char *name, guint n, GType first, GType second)
{
  insui_session_signals[id] = g_signal_new (name, INSUI_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, n, first, second);
}

static void
insui_session_class_init (InsUiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = insui_session_get_property;
  object_class->set_property = insui_session_set_property;
  object_class->dispose = insui_session_dispose;
  object_class->finalize = insui_session_finalize;
  install_properties (object_class);

  install_signal (INSUI_SESSION_CHANGED, "changed", 1, G_TYPE_UINT, 0);
  install_signal (INSUI_SESSION_IDENTITIES_CHANGED, "identities-changed", 0, 0, 0);
  install_signal (INSUI_SESSION_SELECTION_CHANGED, "selection-changed", 0, 0, 0);
  install_signal (INSUI_SESSION_PROGRESS, "progress", 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  install_signal (INSUI_SESSION_FINISHED, "finished", 1, G_TYPE_BOOLEAN, 0);
  install_signal (INSUI_SESSION_FAILED, "failed", 1, G_TYPE_STRING, 0);
  install_signal (INSUI_SESSION_TOAST, "toast", 1, G_TYPE_STRING, 0);
  install_signal (INSUI_SESSION_SAVED, "saved", 0, 0, 0);
  install_signal (INSUI_SESSION_UNDECIDED, "undecided", 1, G_TYPE_POINTER, 0);
}

static void
insui_session_init (InsUiSession *self)
{
  g_queue_init (&self->waiting);
  insui_session_history_init (&self->history);
  self->project_group = g_signal_group_new (INS_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_group, "changed", G_CALLBACK (on_project_changed),
                                  self);
  g_signal_group_connect_swapped (self->project_group, "identities-changed",
                                  G_CALLBACK (on_identities_changed), self);
  self->project = ins_project_new ();
  g_signal_group_set_target (self->project_group, self->project);
}
