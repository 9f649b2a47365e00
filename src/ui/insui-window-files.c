/* insui-window-files.c: choosing a file, saving, and the question before closing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-window-private.h"
#include "ui/insui-recent.h"
#include "ui/insui-typing.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define SUFFIX ".insiders"

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (gsize i = 0; patterns[i]; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
begin_in_last_folder (InsUiWindow *self, GtkFileChooser *chooser)
{
  g_autofree char *path = g_settings_get_string (self->settings, "last-folder");
  g_autoptr (GFile) folder = NULL;

  if (!*path || !g_file_test (path, G_FILE_TEST_IS_DIR))
    return;
  folder = g_file_new_for_path (path);
  gtk_file_chooser_set_current_folder (chooser, folder, NULL);
}

static void
remember_folder (InsUiWindow *self, GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  const char *path = folder ? g_file_peek_path (folder) : NULL;

  if (path)
    g_settings_set_string (self->settings, "last-folder", path);
}

/* --- open --- */

static void
on_chosen (GtkNativeDialog *dialog, int response, InsUiWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (response == GTK_RESPONSE_ACCEPT && application)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      remember_folder (self, file);
      insui_application_open_file (INSUI_APPLICATION (application), file, GTK_WINDOW (self));
    }
  g_object_unref (dialog);
}

/* @callback: for "response"; it frees the dialog */
static void
show_open_dialog (InsUiWindow *self, const char *title, gboolean projects_too, GCallback callback)
{
  static const char *const every[] = { "*.csv",    "*.tsv",    "*.txt", "*.csv.gz",
                                       "*.tsv.gz", "*" SUFFIX, NULL };
  static const char *const data[] = { "*.csv", "*.tsv", "*.txt", "*.csv.gz", "*.tsv.gz", NULL };
  static const char *const projects[] = { "*" SUFFIX, NULL };
  static const char *const anything[] = { "*", NULL };
  GtkFileChooserNative *dialog;

  dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN,
                                        _ ("_Open"), _ ("_Cancel"));
  if (projects_too)
    add_filter (GTK_FILE_CHOOSER (dialog), _ ("Data and projects"), every);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Data (CSV, TSV)"), data);
  if (projects_too)
    add_filter (GTK_FILE_CHOOSER (dialog), _ ("Projects"), projects);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("All files"), anything);
  begin_in_last_folder (self, GTK_FILE_CHOOSER (dialog));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", callback, self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
insui_window_choose_file (InsUiWindow *self)
{
  g_return_if_fail (INSUI_IS_WINDOW (self));

  show_open_dialog (self, _ ("Open Data or a Project"), TRUE, G_CALLBACK (on_chosen));
}

/* --- update --- */

/* A window of its own: the analysis it comes from stays as it is. */
static void
show_update (InsUiWindow *self, InsProject *project)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  InsUiWindow *window;

  if (!application)
    return;
  window = insui_window_new (INSUI_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (window));
  insui_window_set_opener (window, self);
  insui_session_take_update (insui_window_get_session (window), project);
}

static void
on_update_answer (AdwMessageDialog *dialog, const char *response, InsUiWindow *self)
{
  InsProject *kept = g_object_get_data (G_OBJECT (dialog), "kept");
  const char *source = g_object_get_data (G_OBJECT (dialog), "source");
  g_autoptr (InsProject) fresh = NULL;

  if (g_str_equal (response, "keep"))
    show_update (self, kept);
  else if (g_str_equal (response, "refit"))
    {
      fresh =
          ins_project_new_update (insui_session_get_project (self->session), source, TRUE, NULL);
      show_update (self, fresh);
    }
}

void
insui_window_ask_update (InsUiWindow *self, GFile *file)
{
  InsProject *project = insui_session_get_project (self->session);
  const char *path = g_file_peek_path (file);
  g_autofree char *name = path ? g_filename_display_basename (path) : g_file_get_uri (file);
  g_autoptr (GError) error = NULL;
  InsProject *kept = path ? ins_project_new_update (project, path, FALSE, &error) : NULL;
  GtkWidget *dialog;

  if (!path)
    {
      g_autofree char *sentence =
          g_strdup_printf (_ ("“%s” is not on this computer; copy it into a folder first."), name);
      insui_window_show_error (self, _ ("That Did Not Work"), sentence);
      return;
    }
  dialog = adw_message_dialog_new (
      GTK_WINDOW (self), kept ? _ ("Keep the Groups?") : _ ("Fit the Groups Anew?"), NULL);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      kept ? _ ("The analysis goes on with “%s” in a new window. Keep: every customer goes to the "
                "nearest of the groups there are. Fit anew: groups are found in the new data, and "
                "names go on to those that share most customers.")
           : _ ("The analysis goes on with “%s” in a new window. The groups cannot be kept: %s"),
      name, error ? error->message : "");
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "refit",
                                    _ ("_Fit Anew"), "keep", _ ("_Keep"), NULL);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "keep", kept != NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), kept ? "keep" : "refit",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), kept ? "keep" : "refit");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "kept", kept, g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "source", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_update_answer), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_update_chosen (GtkNativeDialog *dialog, int response, InsUiWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      remember_folder (self, file);
      insui_window_ask_update (self, file);
    }
  g_object_unref (dialog);
}

void
insui_window_choose_update (InsUiWindow *self)
{
  show_open_dialog (self, _ ("Update with New Data"), FALSE, G_CALLBACK (on_update_chosen));
}

/* --- save --- */

/* What kept the window open is settled: it closes, or the next one is asked. */
static gboolean
close_now (gpointer data)
{
  InsUiWindow *self = data;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->quitting && application)
    insui_application_quit (INSUI_APPLICATION (application));
  else
    gtk_window_close (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

static void
stay_open (InsUiWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (self->quitting && application)
    insui_application_stay (INSUI_APPLICATION (application));
  else
    insui_window_stay (self);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (InsUiWindow) self = data;
  InsProject *project = insui_session_get_project (INSUI_SESSION (source));
  g_autoptr (GError) error = NULL;
  gboolean saved = insui_session_save_finish (INSUI_SESSION (source), result, &error);
  gboolean closing = self->closing_after_save;

  self->closing_after_save = FALSE;
  if (!self->session)
    return;
  if (!saved)
    {
      stay_open (self);
      insui_window_show_error (self, _ ("The Project Was Not Saved"), error->message);
      return;
    }
  insui_window_remember_recent (self, ins_project_get_path (project));
  insui_window_update_title (self);
  if (closing) /* asks again about what was changed meanwhile */
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_now, g_object_ref (self), g_object_unref);
  else
    insui_window_toast (self, _ ("Project saved"));
}

static void
save_to (InsUiWindow *self, const char *path)
{
  insui_session_save (self->session, path, on_saved, g_object_ref (self));
}

/* Two windows with one file would take turns in writing over each other. */
static gboolean
is_open_elsewhere (InsUiWindow *self, GFile *file)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GList *windows = application ? gtk_application_get_windows (application) : NULL;

  for (GList *l = windows; l; l = l->next)
    if (l->data != self && INSUI_IS_WINDOW (l->data) && insui_window_shows_file (l->data, file))
      return TRUE;
  return FALSE;
}

void
insui_window_save_to (InsUiWindow *self, GFile *file)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;

  if (path && !is_open_elsewhere (self, file))
    {
      save_to (self, path);
      return;
    }
  stay_open (self);
  name = path ? g_filename_display_basename (path) : NULL;
  sentence =
      path ? g_strdup_printf (_ ("“%s” is open in another window; save under another name."), name)
           : g_strdup (_ ("Choose a folder on this computer."));
  insui_window_show_error (self, _ ("The Project Was Not Saved"), sentence);
}

static void
on_save_chosen (GtkNativeDialog *dialog, int response, InsUiWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      remember_folder (self, file);
      insui_window_save_to (self, file);
    }
  else
    stay_open (self);
  g_object_unref (dialog);
}

void
insui_window_save_as (InsUiWindow *self)
{
  static const char *const projects[] = { "*" SUFFIX, NULL };
  GtkFileChooserNative *dialog;
  g_autofree char *title = NULL;
  g_autofree char *name = NULL;
  char *dot;

  dialog = gtk_file_chooser_native_new (_ ("Save the Project"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Projects"), projects);
  begin_in_last_folder (self, GTK_FILE_CHOOSER (dialog));
  title = ins_project_get_title (insui_session_get_project (self->session));
  dot = strchr (title, '.');
  if (dot && dot != title)
    *dot = '\0';
  name = g_strconcat (title, SUFFIX, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_save_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
insui_window_save (InsUiWindow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  const char *path = ins_project_get_path (project);

  insui_typing_apply (GTK_WINDOW (self));
  if (path && !ins_project_is_read_only (project))
    save_to (self, path);
  else
    insui_window_save_as (self);
}

/* --- close --- */

/* The question must be gone before the window it belongs to. */
static void
on_answer (AdwMessageDialog *dialog, const char *response, InsUiWindow *self)
{
  if (g_str_equal (response, "discard"))
    {
      self->may_close = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_now, g_object_ref (self), g_object_unref);
    }
  else if (g_str_equal (response, "save"))
    {
      self->closing_after_save = TRUE;
      insui_window_save (self);
    }
  else
    stay_open (self);
}

void
insui_window_stay (InsUiWindow *self)
{
  g_return_if_fail (INSUI_IS_WINDOW (self));

  self->may_close = FALSE;
  self->closing_after_save = FALSE;
  self->quitting = FALSE;
}

gboolean
insui_window_ask_before_quitting (InsUiWindow *self)
{
  g_return_val_if_fail (INSUI_IS_WINDOW (self), FALSE);

  self->quitting = TRUE;
  if (!insui_window_ask_before_closing (self))
    return FALSE;
  if (self->question)
    {
      gtk_window_present (GTK_WINDOW (self));
      gtk_window_present (self->question);
    }
  else if (!self->closing_after_save) /* something was refused */
    stay_open (self);
  return TRUE;
}

gboolean
insui_window_ask_before_closing (InsUiWindow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  guint failures = self->failures;
  g_autofree char *title = NULL;
  GtkWidget *dialog;

  if (self->may_close)
    return FALSE;
  insui_typing_apply (GTK_WINDOW (self));
  if (self->failures > failures) /* what was typed is refused: the sentence has to be read */
    return TRUE;
  if (insui_session_is_saving (self->session))
    {
      self->closing_after_save = TRUE;
      return TRUE;
    }
  if (!ins_project_is_modified (project) || insui_session_is_empty (self->session))
    return FALSE;
  if (self->question)
    {
      gtk_window_present (self->question);
      return TRUE;
    }

  title = ins_project_get_title (project);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Save Changes?"), NULL);
  adw_message_dialog_format_body (
      ADW_MESSAGE_DIALOG (dialog),
      _ ("“%s” has changes that are not saved. What is not saved will be lost."), title);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard",
                                    _ ("_Discard"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answer), self, 0);
  g_set_weak_pointer (&self->question, GTK_WINDOW (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  return TRUE;
}
