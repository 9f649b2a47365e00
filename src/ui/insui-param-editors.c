/* insui-param-editors.c: switch, spin button, choice, text and date
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-param-row-private.h"
#include "ui/insui-typing.h"

#include "base/ins-text.h"
#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* --- switch --- */

static void
on_active (GtkSwitch *control, GParamSpec *spec, InsUiParamRow *self)
{
  insui_param_row_set (self, gtk_switch_get_active (control) ? "yes" : "no");
}

static GtkWidget *
create_switch (InsUiParamRow *self)
{
  GtkWidget *control = gtk_switch_new ();

  insui_param_row_label (self, control);
  g_signal_connect (control, "notify::active", G_CALLBACK (on_active), self);
  return control;
}

static void
show_switch (InsUiParamRow *self, const char *text)
{
  gtk_switch_set_active (GTK_SWITCH (self->control), g_str_equal (text, "yes")
                                                         || g_str_equal (text, "true")
                                                         || g_str_equal (text, "1"));
}

const InsUiEditor insui_switch_editor = { FALSE, create_switch, show_switch };

/* --- numbers --- */

static void
get_range (const InsParam *param, double *lower, double *upper)
{
  GParamSpec *spec = param->spec;

  if (G_IS_PARAM_SPEC_INT (spec))
    {
      *lower = G_PARAM_SPEC_INT (spec)->minimum;
      *upper = G_PARAM_SPEC_INT (spec)->maximum;
    }
  else if (G_IS_PARAM_SPEC_INT64 (spec))
    {
      *lower = (double)G_PARAM_SPEC_INT64 (spec)->minimum;
      *upper = (double)G_PARAM_SPEC_INT64 (spec)->maximum;
    }
  else
    {
      *lower = G_PARAM_SPEC_DOUBLE (spec)->minimum;
      *upper = G_PARAM_SPEC_DOUBLE (spec)->maximum;
    }
  /* Whole numbers beyond this are not exact in a spin button. */
  *upper = MIN (*upper, 9007199254740992.0);
  if (param->auto_text)
    *lower = MAX (*lower, param->useful_min);
}

static char *
number_text (const InsParam *param, double value)
{
  char buffer[INS_TEXT_SIZE];

  if (param->kind == INS_PARAM_INT)
    value = round (value);
  return g_strdup (ins_double_to_text (value, buffer));
}

static void
on_value (GtkSpinButton *spin, InsUiParamRow *self)
{
  g_autofree char *text = number_text (self->param, gtk_spin_button_get_value (spin));

  insui_param_row_set (self, text);
}

static GtkWidget *
create_number (InsUiParamRow *self)
{
  const InsParam *param = self->param;
  double increment = param->increment > 0 ? param->increment : 1;
  GtkAdjustment *adjustment;
  GtkWidget *spin;
  double lower;
  double upper;

  get_range (param, &lower, &upper);
  adjustment = gtk_adjustment_new (lower, lower, upper, increment, 10 * increment, 0);
  spin = gtk_spin_button_new (adjustment, increment,
                              param->kind == INS_PARAM_INT ? 0 : (guint)MAX (param->digits, 0));
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 6);
  insui_param_row_label (self, spin);
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_value), self);
  return spin;
}

static void
show_number (InsUiParamRow *self, const char *text)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (self->second ? self->second : self->control);
  double value;

  if (ins_text_to_double (text, strlen (text), &value))
    gtk_spin_button_set_value (spin, value);
}

const InsUiEditor insui_spin_editor = { FALSE, create_number, show_number };

/* --- numbers the program may choose --- */

static void
on_auto (GtkToggleButton *button, InsUiParamRow *self)
{
  if (gtk_toggle_button_get_active (button))
    insui_param_row_set (self, self->param->auto_text);
  else
    {
      g_autofree char *text =
          number_text (self->param, gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->second)));

      insui_param_row_set (self, text);
    }
}

static char *
auto_label (const char *text)
{
  if (g_str_equal (text, "auto"))
    return g_strdup (C_ ("let the program choose", "Auto"));
  if (g_str_equal (text, "off"))
    return g_strdup (C_ ("no limit", "Off"));
  return g_strdup (text);
}

static gboolean
on_output (GtkSpinButton *spin, gpointer data)
{
  if (!g_object_get_data (G_OBJECT (spin), "blank"))
    return FALSE;
  if (*gtk_editable_get_text (GTK_EDITABLE (spin)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (spin), "");
  return TRUE;
}

static GtkWidget *
create_auto_number (InsUiParamRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *label = auto_label (self->param->auto_text);
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  self->second = create_number (self);
  self->third = button;
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  insui_param_row_label (self, button);
  g_signal_connect (button, "toggled", G_CALLBACK (on_auto), self);
  g_signal_connect (self->second, "output", G_CALLBACK (on_output), NULL);
  gtk_widget_set_hexpand (self->second, TRUE);
  gtk_box_append (GTK_BOX (box), self->second);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

/* Setting the value it has makes it write the value again, or leave it out. */
static void
set_blank (GtkSpinButton *spin, gboolean blank)
{
  g_object_set_data (G_OBJECT (spin), "blank", GINT_TO_POINTER (blank));
  gtk_spin_button_set_value (spin, gtk_spin_button_get_value (spin));
}

/* What the program has chosen, if the results say so; else no number at all. */
static void
show_chosen_number (InsUiParamRow *self)
{
  GtkSpinButton *spin = GTK_SPIN_BUTTON (self->second);
  InsProject *project = insui_session_get_project (self->session);
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;

  gboolean known = g_str_equal (g_param_spec_get_name (self->param->spec), "clusters") && clustering
                   && ins_project_is_current (project, INS_STAGE_CLUSTER);

  set_blank (spin, !known);
  if (known)
    gtk_spin_button_set_value (spin, (double)clustering->k);
}

static void
show_auto_number (InsUiParamRow *self, const char *text)
{
  gboolean is_auto = g_str_equal (text, self->param->auto_text);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->third), is_auto);
  gtk_widget_set_sensitive (self->second, !is_auto);
  if (is_auto)
    show_chosen_number (self);
  else
    {
      set_blank (GTK_SPIN_BUTTON (self->second), FALSE);
      show_number (self, text);
    }
}

const InsUiEditor insui_auto_spin_editor = { TRUE, create_auto_number, show_auto_number };

/* --- choices --- */

/* Marks such as "," are named as well, or nobody could read them. */
char *
insui_choice_label (const GEnumValue *value)
{
  g_autofree char *nick = NULL;

  if (value->value_name[0] != '\0' && g_ascii_isalnum (value->value_name[0]))
    return g_strdup (_ (value->value_name));
  nick = g_strdelimit (g_strdup (value->value_nick), "-", ' ');
  nick[0] = g_ascii_toupper (nick[0]);
  if (g_ascii_isgraph (value->value_name[0]))
    return g_strdup_printf (C_ ("name of a mark and the mark", "%s  %s"), _ (nick),
                            value->value_name);
  return g_strdup (_ (nick));
}

static void
on_selected (GtkDropDown *control, GParamSpec *spec, InsUiParamRow *self)
{
  GEnumClass *klass = G_PARAM_SPEC_ENUM (self->param->spec)->enum_class;
  guint position = gtk_drop_down_get_selected (control);

  if (position < klass->n_values)
    insui_param_row_set (self, klass->values[position].value_nick);
}

static GtkWidget *
create_choice (InsUiParamRow *self)
{
  GEnumClass *klass = G_PARAM_SPEC_ENUM (self->param->spec)->enum_class;
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *control;

  for (guint i = 0; i < klass->n_values; i++)
    gtk_string_list_take (labels, insui_choice_label (&klass->values[i]));
  control = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  insui_param_row_label (self, control);
  g_signal_connect (control, "notify::selected", G_CALLBACK (on_selected), self);
  return control;
}

static void
show_choice (InsUiParamRow *self, const char *text)
{
  GEnumClass *klass = G_PARAM_SPEC_ENUM (self->param->spec)->enum_class;

  for (guint i = 0; i < klass->n_values; i++)
    if (g_str_equal (klass->values[i].value_nick, text))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), i);
}

const InsUiEditor insui_choice_editor = { TRUE, create_choice, show_choice };

/* --- text --- */

static void
take_text (InsUiParamRow *self, GtkWidget *entry)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  insui_typing_taken (GTK_EDITABLE (entry));
  if (*text == '\0' && self->param->auto_text)
    text = self->param->auto_text;
  insui_param_row_set (self, text);
}

static void
on_activate (GtkEntry *entry, InsUiParamRow *self)
{
  take_text (self, GTK_WIDGET (entry));
}

static void
on_leave (GtkEventControllerFocus *controller, InsUiParamRow *self)
{
  if (gtk_widget_get_root (GTK_WIDGET (self)))
    take_text (self, gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller)));
}

static GtkWidget *
create_entry (InsUiParamRow *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  if (self->param->auto_text)
    {
      g_autofree char *label = auto_label (self->param->auto_text);

      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), label);
    }
  insui_param_row_label (self, entry);
  g_signal_connect (entry, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (entry, focus);
  insui_typing_watch_escape (GTK_EDITABLE (entry));
  return entry;
}

static void
show_in_entry (InsUiParamRow *self, GtkWidget *entry, const char *text)
{
  insui_typing_show (GTK_EDITABLE (entry),
                     g_strcmp0 (text, self->param->auto_text) == 0 ? "" : text);
}

static void
show_text (InsUiParamRow *self, const char *text)
{
  show_in_entry (self, self->control, text);
}

const InsUiEditor insui_text_editor = { TRUE, create_entry, show_text };

/* --- dates --- */

static void
on_day (GtkCalendar *calendar, InsUiParamRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (calendar);
  g_autofree char *text =
      g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (date), g_date_time_get_month (date),
                       g_date_time_get_day_of_month (date));

  insui_param_row_set (self, text);
}

/* The calendar opens where the data are. */
static void
on_calendar_shown (GtkWidget *popover, InsUiParamRow *self)
{
  const InsImport *import = insui_session_get_results (self->session)->import;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->second));
  gint32 days = INS_DATE_MISSING;
  g_autoptr (GDateTime) date = NULL;
  int year;
  int month;
  int day;

  if (!ins_text_to_date (text, strlen (text), "%Y-%m-%d", &days, NULL) && import)
    for (gsize i = 0; i < import->n_columns; i++)
      if (import->columns[i].role == INS_ROLE_DATE)
        days = import->columns[i].last;
  if (days == INS_DATE_MISSING)
    return;
  ins_date_to_civil (days, &year, &month, &day);
  date = g_date_time_new_utc (year, month, day, 0, 0, 0);
  if (!date)
    return;
  self->showing = TRUE;
  gtk_calendar_select_day (GTK_CALENDAR (self->third), date);
  self->showing = FALSE;
}

static GtkWidget *
create_date (InsUiParamRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();

  self->second = create_entry (self);
  if (!self->param->auto_text)
    gtk_entry_set_placeholder_text (GTK_ENTRY (self->second), C_ ("no date set", "Any"));
  self->third = gtk_calendar_new ();
  g_signal_connect (self->third, "day-selected", G_CALLBACK (on_day), self);
  g_signal_connect (popover, "map", G_CALLBACK (on_calendar_shown), self);
  gtk_popover_set_child (GTK_POPOVER (popover), self->third);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "x-office-calendar-symbolic");
  gtk_widget_set_tooltip_text (button, _ ("Choose a Day"));
  insui_param_row_label (self, button);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), self->second);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
show_date (InsUiParamRow *self, const char *text)
{
  show_in_entry (self, self->second, text);
}

const InsUiEditor insui_date_editor = { TRUE, create_date, show_date };
