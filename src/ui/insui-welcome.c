/* insui-welcome.c: where everything begins: open, sample, files opened last
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-welcome.h"
#include "ui/insui-recent.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

struct _InsUiWelcome
{
  AdwBin parent_instance;

  /* template */
  GtkWidget *actions;
  GtkLabel *busy_label;
  GtkWidget *recent_group;
  GtkListBox *recent_list;
};

G_DEFINE_FINAL_TYPE (InsUiWelcome, insui_welcome, ADW_TYPE_BIN)

static guint open_path;
static guint open_sample;

static void
on_sample (InsUiWelcome *self)
{
  g_signal_emit (self, open_sample, 0);
}

static void
on_row_activated (InsUiWelcome *self, GtkListBoxRow *row)
{
  const char *path = g_object_get_data (G_OBJECT (row), "path");

  g_signal_emit (self, open_path, 0, path);
}

static void
on_remove (GtkWidget *button, InsUiWelcome *self)
{
  insui_recent_remove (g_object_get_data (G_OBJECT (button), "path"));
  insui_welcome_refresh (self);
  if (!gtk_widget_child_focus (GTK_WIDGET (self->recent_list), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (self->actions, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
create_remove_button (InsUiWelcome *self, const InsUiRecent *recent)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove “%s” from the list"), recent->title);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _ ("Remove from the List"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data_full (G_OBJECT (button), "path", g_strdup (recent->path), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  return button;
}

static char *
describe (const InsUiRecent *recent)
{
  g_autofree char *where = NULL;

  if (recent->is_missing)
    where = g_strdup_printf (_ ("Not found in %s"), recent->folder);
  else if (*recent->summary)
    where = g_strdup_printf (C_ ("summary · folder", "%s · %s"), recent->summary, recent->folder);
  else
    where = g_strdup (recent->folder);
  return g_markup_escape_text (where, -1);
}

static GtkWidget *
create_row (InsUiWelcome *self, const InsUiRecent *recent)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (recent->title, -1);
  g_autofree char *subtitle = describe (recent);
  gboolean is_project = g_str_has_suffix (recent->path, ".insiders");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row),
                                is_project ? "insui-cluster-symbolic" : "insui-data-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_remove_button (self, recent));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !recent->is_missing);
  if (recent->is_missing)
    gtk_widget_add_css_class (row, "missing-file");
  g_object_set_data_full (G_OBJECT (row), "path", g_strdup (recent->path), g_free);
  return row;
}

void
insui_welcome_refresh (InsUiWelcome *self)
{
  g_autoptr (GPtrArray) recents = NULL;
  GtkListBoxRow *row;

  g_return_if_fail (INSUI_IS_WELCOME (self));

  while ((row = gtk_list_box_get_row_at_index (self->recent_list, 0)))
    gtk_list_box_remove (self->recent_list, GTK_WIDGET (row));
  recents = insui_recent_list ();
  for (guint i = 0; i < recents->len; i++)
    gtk_list_box_append (self->recent_list, create_row (self, g_ptr_array_index (recents, i)));
  gtk_widget_set_visible (self->recent_group, recents->len > 0);
}

void
insui_welcome_set_busy (InsUiWelcome *self, gboolean busy, const char *text)
{
  g_return_if_fail (INSUI_IS_WELCOME (self));

  gtk_widget_set_sensitive (self->actions, !busy);
  gtk_widget_set_sensitive (self->recent_group, !busy);
  gtk_label_set_text (self->busy_label, busy && text ? text : "");
}

static void
insui_welcome_map (GtkWidget *widget)
{
  insui_welcome_refresh (INSUI_WELCOME (widget));
  GTK_WIDGET_CLASS (insui_welcome_parent_class)->map (widget);
}

static void
insui_welcome_class_init (InsUiWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = insui_welcome_map;
  open_path = g_signal_new ("open-path", INSUI_TYPE_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                            G_TYPE_NONE, 1, G_TYPE_STRING);
  open_sample = g_signal_new ("open-sample", INSUI_TYPE_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/insiders/Insiders/ui/insui-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiWelcome, actions);
  gtk_widget_class_bind_template_child (widget_class, InsUiWelcome, busy_label);
  gtk_widget_class_bind_template_child (widget_class, InsUiWelcome, recent_group);
  gtk_widget_class_bind_template_child (widget_class, InsUiWelcome, recent_list);
  gtk_widget_class_bind_template_callback (widget_class, on_sample);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
insui_welcome_init (InsUiWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
