/* insui-typing.c: text that is typed but not applied yet
 *
 * Every entry remembers what it was given to show.  Text that differs is pending; it is applied by
 * Enter, when the focus leaves, and before whatever needs the project as it is (saving, closing,
 * running).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-typing.h"

#define SHOWN "insui-shown"     /* what the entry was given last; NULL: nothing yet */
#define WATCHED "insui-watched" /* on every editable that can be taken back */

/* The same as Enter, which is what puts out the row's tick as well. */
static void
enter (GtkEditable *editable)
{
  GtkEditable *text = gtk_editable_get_delegate (editable);

  if (ADW_IS_ENTRY_ROW (editable) && text)
    g_signal_emit_by_name (text, "activate");
}

void
insui_typing_show (GtkEditable *editable, const char *text)
{
  g_return_if_fail (GTK_IS_EDITABLE (editable));
  g_return_if_fail (text != NULL);

  if (g_strcmp0 (g_object_get_data (G_OBJECT (editable), SHOWN), text) == 0)
    return;
  g_object_set_data_full (G_OBJECT (editable), SHOWN, g_strdup (text), g_free);
  if (g_str_equal (gtk_editable_get_text (editable), text))
    return;
  gtk_editable_set_text (editable, text);
  enter (editable);
}

void
insui_typing_taken (GtkEditable *editable)
{
  g_return_if_fail (GTK_IS_EDITABLE (editable));

  if (insui_typing_is_pending (editable))
    g_object_set_data (G_OBJECT (editable), SHOWN, NULL);
}

gboolean
insui_typing_is_pending (GtkEditable *editable)
{
  const char *shown;

  g_return_val_if_fail (GTK_IS_EDITABLE (editable), FALSE);

  shown = g_object_get_data (G_OBJECT (editable), SHOWN);
  return shown != NULL && !g_str_equal (shown, gtk_editable_get_text (editable));
}

/* --- one row --- */

static gboolean
take_back (GtkEditable *editable)
{
  if (!insui_typing_is_pending (editable))
    return FALSE;
  gtk_editable_set_text (editable, g_object_get_data (G_OBJECT (editable), SHOWN));
  gtk_editable_set_position (editable, -1);
  enter (editable);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType modifiers,
        GtkEditable *editable)
{
  return key == GDK_KEY_Escape && take_back (editable);
}

/* Not when the row itself is being taken away: nobody could say whose text it is. */
static void
on_leave (GtkEventControllerFocus *controller, AdwEntryRow *row)
{
  if (!gtk_widget_get_root (GTK_WIDGET (row)) || !insui_typing_is_pending (GTK_EDITABLE (row)))
    return;
  enter (GTK_EDITABLE (row));
  if (insui_typing_is_pending (GTK_EDITABLE (row))) /* there was no tick */
    g_signal_emit_by_name (row, "apply");
}

void
insui_typing_watch_escape (GtkEditable *editable)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_return_if_fail (GTK_IS_EDITABLE (editable));

  g_object_set_data (G_OBJECT (editable), WATCHED, GINT_TO_POINTER (TRUE));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), editable);
  gtk_widget_add_controller (GTK_WIDGET (editable), keys);
}

void
insui_typing_watch_row (AdwEntryRow *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));

  insui_typing_watch_escape (GTK_EDITABLE (row));
  g_signal_connect (focus, "leave", G_CALLBACK (on_leave), row);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

/* --- the window's --- */

void
insui_typing_apply (GtkWindow *window)
{
  g_autoptr (GtkWidget) focus = NULL;

  g_return_if_fail (GTK_IS_WINDOW (window));

  g_set_object (&focus, gtk_window_get_focus (window));
  if (!GTK_IS_TEXT (focus))
    return;
  gtk_window_set_focus (window, NULL);
  if (gtk_widget_get_root (focus) == GTK_ROOT (window) && gtk_widget_get_mapped (focus))
    gtk_text_grab_focus_without_selecting (GTK_TEXT (focus));
}

static GtkEditable *
find_watched (GtkWidget *focus)
{
  for (; focus; focus = gtk_widget_get_parent (focus))
    if (g_object_get_data (G_OBJECT (focus), WATCHED))
      return GTK_EDITABLE (focus);
  return NULL;
}

gboolean
insui_typing_is_watched (GtkWidget *focus)
{
  return GTK_IS_TEXT (focus) && find_watched (focus) != NULL;
}

gboolean
insui_typing_take_back (GtkWindow *window)
{
  GtkEditable *editable;

  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);

  editable = find_watched (gtk_window_get_focus (window));
  return editable != NULL && take_back (editable);
}
