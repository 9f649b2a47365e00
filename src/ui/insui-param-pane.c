/* insui-param-pane.c: the parameters of a step as a form
 *
 * Generated from the step's one table of parameters: a new method needs nothing here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-param-pane.h"
#include "ui/insui-param-row.h"
#include "ui/insui-typing.h"

#include "ins-config.h"
#include "pipeline/ins-registry.h"
#include <glib/gi18n-lib.h>

#define WIDTH 332

struct _InsUiParamPane
{
  AdwBin parent_instance;

  InsUiSession *session; /* owned */
  InsStage stage;
  GPtrArray *rows;           /* (element-type InsUiParamRow), borrowed from the tree */
  GArray *steps;             /* (element-type GType): what the rows were made for */
  GtkWidget *method_row;     /* borrowed: where there is a choice */
  GtkEditable *currency_row; /* borrowed: where there is one */
  guint idle;
  gboolean choosing;

  /* template */
  AdwPreferencesPage *page;
  GPtrArray *groups; /* borrowed from the page */
};

G_DEFINE_FINAL_TYPE (InsUiParamPane, insui_param_pane, ADW_TYPE_BIN)

static InsStep *
get_step (InsUiParamPane *self, InsStage stage)
{
  InsProject *project = insui_session_get_project (self->session);

  return ins_pipeline_get_step (ins_project_get_pipeline (project), stage);
}

/* --- method chooser --- */

static GPtrArray *
list_methods (InsStage stage)
{
  GPtrArray *ids = g_ptr_array_new ();
  gsize n;
  const GType *types = ins_registry_list (&n);

  for (gsize i = 0; i < n; i++)
    {
      InsStepClass *klass = g_type_class_ref (types[i]); /* kept: its strings are used */

      if (klass->stage == stage)
        g_ptr_array_add (ids, klass);
    }
  return ids;
}

static void
on_method (AdwComboRow *row, GParamSpec *spec, InsUiParamPane *self)
{
  GPtrArray *methods = g_object_get_data (G_OBJECT (row), "methods");
  guint position = adw_combo_row_get_selected (row);

  if (!self->choosing && position < methods->len)
    insui_session_use_step (self->session,
                            ((InsStepClass *)g_ptr_array_index (methods, position))->id);
}

static void
add_method_row (InsUiParamPane *self, AdwPreferencesGroup *group, InsStage stage)
{
  g_autoptr (GPtrArray) methods = list_methods (stage);
  InsStepClass *now = INS_STEP_GET_CLASS (get_step (self, stage));
  g_autoptr (GtkStringList) titles = NULL;
  GtkWidget *row;

  if (methods->len < 2)
    return;
  titles = gtk_string_list_new (NULL);
  row = adw_combo_row_new ();
  for (guint i = 0; i < methods->len; i++)
    gtk_string_list_append (titles, _ (((InsStepClass *)g_ptr_array_index (methods, i))->title));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Method"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  for (guint i = 0; i < methods->len; i++)
    if (g_ptr_array_index (methods, i) == now)
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  g_object_set_data_full (G_OBJECT (row), "methods", g_steal_pointer (&methods),
                          (GDestroyNotify)g_ptr_array_unref);
  g_signal_connect (row, "notify::selected", G_CALLBACK (on_method), self);
  adw_preferences_group_add (group, row);
  self->method_row = row;
}

/* --- form --- */

static void
add_group (InsUiParamPane *self, InsStage stage)
{
  InsStep *step = get_step (self, stage);
  InsStepClass *klass = INS_STEP_GET_CLASS (step);
  GType type = G_OBJECT_TYPE (step);
  g_autoptr (GPtrArray) params = ins_step_class_list_params (klass);
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (group, _ (klass->title));
  adw_preferences_group_set_description (group, _ (klass->blurb));
  add_method_row (self, group, stage);
  for (guint i = 0; i < params->len; i++)
    {
      GtkWidget *row = insui_param_row_new (self->session, stage, g_ptr_array_index (params, i));

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (group, row);
    }
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);
  g_array_append_val (self->steps, type);
}

static void
update_currency (InsUiParamPane *self)
{
  const char *currency = ins_project_get_currency (insui_session_get_project (self->session));

  if (self->currency_row)
    insui_typing_show (self->currency_row, currency);
}

static void
on_currency (AdwEntryRow *row, InsUiParamPane *self)
{
  g_autofree char *currency = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));

  if (!insui_typing_is_pending (GTK_EDITABLE (row)))
    return;
  insui_typing_taken (GTK_EDITABLE (row));
  insui_session_set_currency (self->session, currency);
  update_currency (self);
}

/* The project's money is no parameter of a step: it changes no result. */
static void
add_currency (InsUiParamPane *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GtkWidget *row = adw_entry_row_new ();

  self->currency_row = GTK_EDITABLE (row);
  adw_preferences_group_set_title (group, _ ("Money"));
  adw_preferences_group_set_description (group,
                                         _ ("The sign before amounts; it changes no result"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Currency"));
  update_currency (self);
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "apply", G_CALLBACK (on_currency), self);
  insui_typing_watch_row (ADW_ENTRY_ROW (row));
  adw_preferences_group_add (group, row);
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->groups, group);
}

/* What had the focus is about to go. */
static gboolean
has_focus (InsUiParamPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  return focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->page));
}

static void
rebuild (InsUiParamPane *self)
{
  gboolean focused = has_focus (self);

  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_set_size (self->rows, 0);
  g_array_set_size (self->steps, 0);
  self->currency_row = NULL;
  self->method_row = NULL;

  self->choosing = TRUE;
  add_group (self, self->stage);
  if (self->stage == INS_STAGE_CLUSTER)
    add_group (self, INS_STAGE_SWEEP);
  if (self->stage == INS_STAGE_DATA)
    add_currency (self);
  self->choosing = FALSE;
  if (focused && !(self->method_row && gtk_widget_grab_focus (self->method_row)))
    gtk_widget_child_focus (GTK_WIDGET (self->page), GTK_DIR_TAB_FORWARD);
}

/* Undo puts other steps of the same kind in place: the form stays, and with it the focus. */
static gboolean
is_made_for_these_steps (InsUiParamPane *self)
{
  InsStage stages[] = { self->stage, INS_STAGE_SWEEP };

  for (guint i = 0; i < self->steps->len; i++)
    if (g_array_index (self->steps, GType, i)
        != G_OBJECT_TYPE (get_step (self, stages[MIN (i, 1)])))
      return FALSE;
  return self->steps->len > 0;
}

static void
update (InsUiParamPane *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    insui_param_row_update (g_ptr_array_index (self->rows, i));
  update_currency (self);
}

static gboolean
on_idle (gpointer data)
{
  InsUiParamPane *self = data;

  self->idle = 0;
  if (is_made_for_these_steps (self))
    update (self);
  else
    rebuild (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (InsUiParamPane *self)
{
  if (self->idle == 0 && self->session)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
on_project (InsUiParamPane *self)
{
  g_array_set_size (self->steps, 0);
  queue_update (self);
}

void
insui_param_pane_set_session (InsUiParamPane *self, InsUiSession *session)
{
  g_return_if_fail (INSUI_IS_PARAM_PANE (self));
  g_return_if_fail (INSUI_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::project", G_CALLBACK (on_project), self,
                           G_CONNECT_SWAPPED);
}

void
insui_param_pane_set_stage (InsUiParamPane *self, InsStage stage)
{
  g_return_if_fail (INSUI_IS_PARAM_PANE (self));
  g_return_if_fail (stage < INS_N_STAGES);

  if (self->stage == stage && self->steps->len > 0)
    return;
  if (has_focus (self))
    insui_typing_apply (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))));
  self->stage = stage;
  rebuild (self);
}

gboolean
insui_param_pane_is_empty (InsUiParamPane *self)
{
  g_return_val_if_fail (INSUI_IS_PARAM_PANE (self), TRUE);

  return self->rows->len == 0;
}

static void
insui_param_pane_dispose (GObject *object)
{
  InsUiParamPane *self = INSUI_PARAM_PANE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_clear_object (&self->session);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (insui_param_pane_parent_class)->dispose (object);
}

static void
insui_param_pane_class_init (InsUiParamPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = insui_param_pane_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/insiders/Insiders/ui/insui-param-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiParamPane, page);
}

/* As wide as a form needs, whatever the longest text would like. */
static void
measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
         int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (*minimum, WIDTH);
}

static void
allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
insui_param_pane_init (InsUiParamPane *self)
{
  self->rows = g_ptr_array_new ();
  self->groups = g_ptr_array_new ();
  self->steps = g_array_new (FALSE, FALSE, sizeof (GType));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_layout_manager (GTK_WIDGET (self),
                                 gtk_custom_layout_new (NULL, measure, allocate));
}
