/* insui-param-row.c: one parameter as a row of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-param-row-private.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (InsUiParamRow, insui_param_row, ADW_TYPE_PREFERENCES_ROW)

InsStep *
insui_param_row_get_step (InsUiParamRow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), self->stage);

  /* Another method may have taken the stage; then the pane is about to be made anew. */
  return G_TYPE_CHECK_INSTANCE_TYPE (step, self->param->spec->owner_type) ? step : NULL;
}

void
insui_param_row_set (InsUiParamRow *self, const char *text)
{
  InsStep *step = insui_param_row_get_step (self);
  g_autofree char *now = NULL;

  if (self->showing || !step)
    return;
  now = ins_step_get_text (step, self->param);
  if (g_strcmp0 (now, text) != 0)
    insui_session_set_param (self->session, self->stage, g_param_spec_get_name (self->param->spec),
                             text);
}

void
insui_param_row_label (InsUiParamRow *self, GtkWidget *control)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (g_param_spec_get_nick (self->param->spec)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (g_param_spec_get_blurb (self->param->spec)), -1);
}

void
insui_param_row_update (InsUiParamRow *self)
{
  InsStep *step;
  g_autofree char *text = NULL;

  g_return_if_fail (INSUI_IS_PARAM_ROW (self));

  step = insui_param_row_get_step (self);
  if (!step)
    return;
  text = ins_step_get_text (step, self->param);
  self->showing = TRUE;
  self->editor->show (self, text);
  self->showing = FALSE;
  gtk_widget_set_visible (self->reset, !ins_step_is_default (step, self->param));
  gtk_widget_set_visible (GTK_WIDGET (self), ins_step_is_visible (step, self->param));
}

static void
on_reset (InsUiParamRow *self)
{
  g_autofree char *text = ins_param_get_default_text (self->param);

  insui_param_row_set (self, text);
}

static const InsUiEditor *
find_editor (const InsParam *param)
{
  switch (param->kind)
    {
    case INS_PARAM_BOOL:
      return &insui_switch_editor;
    case INS_PARAM_INT:
    case INS_PARAM_DOUBLE:
      return param->auto_text ? &insui_auto_spin_editor : &insui_spin_editor;
    case INS_PARAM_CHOICE:
      return &insui_choice_editor;
    case INS_PARAM_DATE:
      return &insui_date_editor;
    case INS_PARAM_LIST:
      return &insui_list_editor;
    case INS_PARAM_MAP:
      return &insui_map_editor;
    case INS_PARAM_TEXT:
    default:
      return &insui_text_editor;
    }
}

/* --- construction --- */

static GtkWidget *
create_title (InsUiParamRow *self)
{
  const char *nick = _ (g_param_spec_get_nick (self->param->spec));
  const char *unit = self->param->unit;
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (unit && *unit)
    text = g_strdup_printf (C_ ("parameter (unit)", "%s (%s)"), nick, _ (unit));
  else
    text = g_strdup (nick);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static GtkWidget *
create_reset (InsUiParamRow *self)
{
  g_autofree char *value = ins_param_get_default_text (self->param);
  g_autofree char *tooltip = NULL;
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-undo-symbolic");

  if (*value && g_utf8_strlen (value, -1) < 40)
    tooltip = g_strdup_printf (_ ("Back to the default: %s"), value);
  else
    tooltip = g_strdup (_ ("Back to the Default"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "reset-button");
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tooltip,
                                  -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_reset), self);
  return button;
}

static GtkWidget *
create_help (InsUiParamRow *self)
{
  GtkWidget *label = gtk_label_new (_ (g_param_spec_get_blurb (self->param->spec)));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
build (InsUiParamRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->reset = create_reset (self);
  self->control = self->editor->create (self);
  gtk_widget_add_css_class (box, "param-row");
  gtk_box_append (GTK_BOX (line), create_title (self));
  gtk_box_append (GTK_BOX (line), self->reset);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), create_help (self));
  if (self->editor->below)
    {
      gtk_widget_set_margin_top (self->control, 3);
      gtk_box_append (GTK_BOX (box), self->control);
    }
  else
    {
      gtk_widget_set_valign (self->control, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (line), self->control);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

GtkWidget *
insui_param_row_new (InsUiSession *session, InsStage stage, const InsParam *param)
{
  InsUiParamRow *self;

  g_return_val_if_fail (INSUI_IS_SESSION (session), NULL);
  g_return_val_if_fail (param, NULL);

  self = g_object_new (INSUI_TYPE_PARAM_ROW, "activatable", FALSE, "focusable", FALSE, NULL);
  self->session = g_object_ref (session);
  self->stage = stage;
  self->param = param;
  self->editor = find_editor (param);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 _ (g_param_spec_get_nick (param->spec)));
  build (self);
  insui_param_row_update (self);
  return GTK_WIDGET (self);
}

static void
insui_param_row_dispose (GObject *object)
{
  InsUiParamRow *self = INSUI_PARAM_ROW (object);

  g_clear_object (&self->session);
  G_OBJECT_CLASS (insui_param_row_parent_class)->dispose (object);
}

static void
insui_param_row_class_init (InsUiParamRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = insui_param_row_dispose;
}

static void
insui_param_row_init (InsUiParamRow *self)
{
}
