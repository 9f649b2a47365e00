/* insui-window-dnd.c: files dropped on the window are opened
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-window-private.h"

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, InsUiWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GSList) files = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (self->root_stack), "drop-here");
  if (!application)
    return FALSE;
  files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *l = files; l; l = l->next)
    insui_application_open_file (INSUI_APPLICATION (application), l->data, GTK_WINDOW (self));
  return files != NULL;
}

static GdkDragAction
on_enter (GtkDropTarget *target, double x, double y, InsUiWindow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->root_stack), "drop-here");
  return GDK_ACTION_COPY;
}

static void
on_leave (GtkDropTarget *target, InsUiWindow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->root_stack), "drop-here");
}

void
insui_window_dnd_init (InsUiWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  g_signal_connect (target, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect (target, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self->root_stack), GTK_EVENT_CONTROLLER (target));
}
