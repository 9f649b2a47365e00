/* test-window-edit.c: undo and redo, what is out of date, cancelling, bad files, closing unsaved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include <string.h>

static void
assert_param (InsUiWindow *window, InsStage stage, const char *name, const char *text)
{
  g_autofree char *now = ui_get_param (window, stage, name);

  g_assert_cmpstr (now, ==, text);
}

static void
test_undo (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  g_autofree char *proposed = g_strdup (ui_get_name (window, 0));

  g_assert_false (ui_can_act (window, "undo"));
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "4");
  insui_session_set_name (window->session, 0, "Regulars");
  insui_session_set_note (window->session, 0, "Write in May");
  g_assert_true (ui_can_act (window, "undo"));
  g_assert_false (ui_can_act (window, "redo"));

  ui_act (window, "undo");
  g_assert_cmpstr (insui_session_get_identities (window->session, NULL)[0].note, ==, "");
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Regulars");
  ui_act (window, "undo");
  g_assert_cmpstr (ui_get_name (window, 0), ==, proposed);
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "4");
  ui_act (window, "undo");
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "auto");
  g_assert_false (ui_can_act (window, "undo"));
  ui_settle (window);
  g_assert_cmpstr (ui_get_mark (window, "cluster"), ==, "Done");

  ui_act (window, "redo");
  ui_act (window, "redo");
  ui_act (window, "redo");
  g_assert_false (ui_can_act (window, "redo"));
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "4");
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Regulars");
  g_assert_cmpstr (insui_session_get_identities (window->session, NULL)[0].note, ==,
                   "Write in May");
  ui_close_unasked (window);
}

/* Typing in a row again and again is one step; another parameter is another one. */
static void
test_undo_together (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);

  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "seed", "7");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "seed", "71");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "restarts", "3");
  ui_act (window, "undo");
  assert_param (window, INS_STAGE_CLUSTER, "seed", "71");
  ui_act (window, "undo");
  assert_param (window, INS_STAGE_CLUSTER, "seed", "42");
  g_assert_false (ui_can_act (window, "undo"));
  ui_close_unasked (window);
}

/* The row shows the project's sign again, whichever way it came. */
static void
test_undo_currency (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);
  InsProject *project = insui_session_get_project (window->session);
  g_autofree char *before = g_strdup (ins_project_get_currency (project));
  GtkEditable *row;

  ui_show_page (window, "data");
  row = GTK_EDITABLE (ui_find (GTK_WIDGET (window->pane), ADW_TYPE_ENTRY_ROW, 0));
  g_assert_cmpstr (gtk_editable_get_text (row), ==, before);
  gtk_editable_set_text (row, "kr ");
  g_signal_emit_by_name (row, "apply");
  g_assert_cmpstr (ins_project_get_currency (project), ==, "kr ");
  ui_act (window, "undo");
  ui_settle (window);
  g_assert_cmpstr (ins_project_get_currency (project), ==, before);
  g_assert_cmpstr (gtk_editable_get_text (row), ==, before);
  ui_act (window, "redo");
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (row), ==, "kr ");
  ui_close_unasked (window);
}

static void
assert_marks (InsUiWindow *window, const char *first_stale)
{
  const char *expected = "Done";

  for (int i = 0; ui_pages[i]; i++)
    {
      if (first_stale && g_str_equal (ui_pages[i], first_stale))
        expected = "Out of date";
      g_assert_cmpstr (ui_get_mark (window, ui_pages[i]), ==, expected);
    }
}

static void
test_out_of_date (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  const InsClustering *clustering = insui_session_get_results (window->session)->clustering;

  assert_marks (window, NULL);
  ui_show_page (window, "profile");
  insui_session_set_param (window->session, INS_STAGE_PREPARE, "method", "minmax");
  ui_settle (window);
  assert_marks (window, "prepare");
  g_assert_true (gtk_revealer_get_reveal_child (window->banner));
  g_assert_true (insui_session_get_results (window->session)->clustering == clustering);
  ui_show_page (window, "data");
  g_assert_false (gtk_revealer_get_reveal_child (window->banner));

  insui_session_set_param (window->session, INS_STAGE_FILTER, "countries", "France");
  ui_settle (window);
  assert_marks (window, "filters");
  ui_act (window, "undo");
  ui_act (window, "undo");
  ui_settle (window);
  assert_marks (window, NULL);

  /* The banner's button computes anew just what is shown. */
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "4");
  ui_show_page (window, "cluster");
  g_assert_true (gtk_revealer_get_reveal_child (window->banner));
  g_signal_emit_by_name (window->banner_button, "clicked");
  ui_wait_idle (window);
  assert_marks (window, NULL);
  g_assert_cmpuint (insui_session_get_results (window->session)->clustering->k, ==, 4);
  ui_close_unasked (window);
}

/* What takes no time is not asked for: a while after the last change it is done. */
static void
test_by_itself (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);

  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    window->session->seconds[stage] = 0.001;
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "5");
  ui_wait (insui_session_get_results (window->session)->clustering->k == 5);
  ui_wait_idle (window);
  assert_marks (window, NULL);

  ui_hold (window);
  insui_session_set_param (window->session, INS_STAGE_FILTER, "countries", "France");
  g_assert_cmpuint (window->session->autorun, ==, 0);
  ui_close_unasked (window);
}

/* What is quick does not take away what is not: that stays, and is said to be out of date. */
static void
test_by_itself_in_part (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  const InsResults *results = insui_session_get_results (window->session);
  const InsClustering *clustering = results->clustering;
  const InsFiltered *filtered = results->filtered;

  window->session->seconds[INS_STAGE_FILTER] = 0.001;
  window->session->seconds[INS_STAGE_PREPARE] = 0.001;
  window->session->seconds[INS_STAGE_EMBED] = 0.001;
  insui_session_set_param (window->session, INS_STAGE_PREPARE, "method", "minmax");
  g_assert_cmpuint (window->session->autorun, ==, 0);
  insui_session_set_param (window->session, INS_STAGE_FILTER, "countries", "France");
  ui_wait (results->filtered != filtered);
  ui_wait_idle (window);
  g_assert_true (results->clustering == clustering);
  ui_show_page (window, "cluster");
  g_assert_true (gtk_revealer_get_reveal_child (window->banner));
  ui_close_unasked (window);
}

/* What was shown stays, and a run can be begun again. */
static void
test_cancel (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  const InsClustering *clustering = insui_session_get_results (window->session)->clustering;
  const InsSweep *sweep = insui_session_get_results (window->session)->sweep;
  InsStage stage = INS_STAGE_DATA;
  gint64 start;

  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "restarts", "1000");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "max-clusters", "60");
  ui_act (window, "run");
  ui_wait (g_str_equal (gtk_stack_get_visible_child_name (window->run_stack), "cancel"));
  g_assert_false (ui_can_act (window, "run"));
  ui_wait (insui_session_get_running_stage (window->session, &stage) && stage == INS_STAGE_CLUSTER);
  start = g_get_monotonic_time ();
  ui_act (window, "cancel");
  ui_wait (!insui_session_is_running (window->session));
  g_test_minimized_result ((double)(g_get_monotonic_time () - start) / 1000,
                           "cancelled after %.0f ms",
                           (double)(g_get_monotonic_time () - start) / 1000);

  g_assert_true (insui_session_get_results (window->session)->clustering == clustering);
  g_assert_true (insui_session_get_results (window->session)->sweep == sweep);
  g_assert_null (ui_get_dialog (window));
  g_assert_null (insui_session_get_problem (window->session, INS_STAGE_CLUSTER));
  ui_settle (window);
  assert_marks (window, "cluster");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->run_stack), ==, "run");

  ui_act (window, "undo");
  ui_act (window, "undo");
  ui_run (window);
  assert_marks (window, NULL);
  ui_close_unasked (window);
}

/* A window that is closed while it computes goes at once, and its job with it. */
static void
test_close_running (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);

  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "restarts", "1000");
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  ui_act (window, "run");
  ui_close (window);
}

typedef struct
{
  const char *name;
  const char *content;
  gsize length;
} Bad;

static void
open_bad (InsUiWindow *window, const char *path)
{
  InsProject *project = insui_session_get_project (window->session);
  const InsClustering *clustering = insui_session_get_results (window->session)->clustering;
  AdwMessageDialog *dialog;

  g_test_message ("%s", path);
  ui_open (window, path);
  ui_wait ((dialog = ui_get_dialog (window)));
  g_assert_cmpint (strlen (adw_message_dialog_get_body (dialog)), >, 20);
  g_assert_true (g_utf8_validate (adw_message_dialog_get_body (dialog), -1, NULL));
  ui_answer (dialog, "close");
  g_assert_true (insui_session_get_project (window->session) == project);
  g_assert_true (insui_session_get_results (window->session)->clustering == clustering);
  ui_settle (window);
}

static void
test_bad_files (void)
{
  static const Bad bad[] = {
    { "empty.csv", "", 0 },
    { "picture.csv", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\6\0\0\0", 29 },
    { "cut.csv.gz", "\x1f\x8b\x08\0\0\0\0\0\0\3\x2b\x49", 12 },
    { "no.insiders", "This is not a project.\n", 23 },
    { "forged.insiders", "SQLite format 3\0\x10\0\1\1\0\x40\x20\x20\0\0\0\1\0\0\0\1", 32 },
    { "forged.db", "SQLite format 3\0\x10\0\1\1\0\x40\x20\x20\0\0\0\1\0\0\0\1", 32 },
  };
  InsUiWindow *window = ui_open_shop (TRUE);
  g_autofree char *absent = ui_make_path ("absent.csv");

  insui_session_set_name (window->session, 0, "Kept");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = ui_make_file (bad[i].name, bad[i].content, bad[i].length);

      open_bad (window, path);
    }
  open_bad (window, absent);
  open_bad (window, "/");
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Kept");
  ui_close_unasked (window);
}

static guint
count_windows (void)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (ui_get_application ()));
  guint n = 0;

  for (GList *l = windows; l; l = l->next)
    n += INSUI_IS_WINDOW (l->data);
  return n;
}

/* Chosen while a project is open: the project's window says what is wrong, and none is added. */
static void
test_bad_file_beside (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);
  g_autofree char *path = ui_make_file ("beside.insiders", "This is not a project.\n", 23);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  AdwMessageDialog *dialog;

  insui_application_open_file (ui_get_application (), file, GTK_WINDOW (window));
  ui_wait ((dialog = ui_get_dialog (window)));
  ui_wait (count_windows () == 1);
  ui_answer (dialog, "close");
  ui_settle (window);
  ui_close_unasked (window);
}

static AdwMessageDialog *
ask_by_closing (InsUiWindow *window)
{
  AdwMessageDialog *dialog;

  gtk_window_close (GTK_WINDOW (window));
  ui_wait ((dialog = ui_get_dialog (window)));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return dialog;
}

static void
test_unsaved (void)
{
  g_autofree char *path = ui_make_path ("unsaved.insiders");
  InsUiWindow *window = ui_open_shop (TRUE);
  GObject *weak = G_OBJECT (window);

  ui_save (window, path);
  g_assert_false (ui_can_act (window, "save"));
  insui_session_set_name (window->session, 0, "Kept");
  g_assert_true (ui_can_act (window, "save"));
  g_assert_true (g_str_has_prefix (adw_window_title_get_title (window->title), "•"));

  ui_answer (ask_by_closing (window), "cancel");
  ui_settle (window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));

  g_object_add_weak_pointer (weak, (gpointer *)&weak);
  ui_answer (ask_by_closing (window), "save");
  ui_wait (weak == NULL);

  window = ui_window_new ();
  ui_open (window, path);
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Kept");
  insui_session_set_name (window->session, 0, "Given up");
  weak = G_OBJECT (window);
  g_object_add_weak_pointer (weak, (gpointer *)&weak);
  ui_answer (ask_by_closing (window), "discard");
  ui_wait (weak == NULL);

  window = ui_window_new ();
  ui_open (window, path);
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Kept");
  ui_close (window);
}

/* Changes made while the file is being written come after it. */
static void
test_change_while_saving (void)
{
  g_autofree char *path = ui_make_path ("meanwhile.insiders");
  InsUiWindow *window = ui_open_shop (TRUE);
  InsProject *project = insui_session_get_project (window->session);

  ui_save (window, path);
  insui_session_set_name (window->session, 0, "Before");
  ui_act (window, "save");
  insui_session_set_name (window->session, 0, "Afterwards");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "5");
  ui_act (window, "page::prepare");
  g_assert_cmpstr (ins_project_get_view (project, "page"), !=, "prepare");
  ui_wait_idle (window);
  g_assert_cmpstr (ins_project_get_view (project, "page"), ==, "prepare");
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Afterwards");
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "5");
  g_assert_true (ins_project_is_modified (project));
  ui_close_unasked (window);

  window = ui_window_new ();
  ui_open (window, path);
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Before");
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "auto");
  ui_close (window);
}

/* A change and the run that is to show it, both while the file is being written. */
static void
test_run_while_saving (void)
{
  g_autofree char *path = ui_make_path ("run.insiders");
  InsUiWindow *window = ui_open_shop (TRUE);

  insui_session_set_name (window->session, 0, "Before");
  ui_save (window, path);
  insui_session_set_name (window->session, 0, "Again");
  ui_act (window, "save");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "5");
  insui_session_run (window->session, 0);
  ui_wait (!insui_session_is_saving (window->session));
  ui_wait_idle (window);
  g_assert_cmpuint (insui_session_get_results (window->session)->clustering->k, ==, 5);
  ui_close_unasked (window);
}

/* A window that is closed while its file is written goes when that is done, and asks about what
 * was changed meanwhile. */
static void
test_close_while_saving (void)
{
  g_autofree char *path = ui_make_path ("last.insiders");
  InsUiWindow *window = ui_open_shop (TRUE);
  GObject *weak = G_OBJECT (window);
  AdwMessageDialog *dialog;

  ui_save (window, path);
  insui_session_set_name (window->session, 0, "Before");
  ui_act (window, "save");
  insui_session_set_name (window->session, 0, "Afterwards");
  gtk_window_close (GTK_WINDOW (window));
  g_assert_true (insui_session_is_saving (window->session));
  g_assert_null (ui_get_dialog (window));
  ui_wait ((dialog = ui_get_dialog (window)));
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Afterwards");
  gtk_window_close (GTK_WINDOW (window)); /* does not ask twice */
  g_assert_true (ui_get_dialog (window) == dialog);
  ui_answer (dialog, "cancel");
  ui_settle (window);
  g_assert_null (ui_get_dialog (window));

  ui_act (window, "save");
  gtk_window_close (GTK_WINDOW (window));
  g_object_add_weak_pointer (weak, (gpointer *)&weak);
  ui_wait (weak == NULL);

  window = ui_window_new ();
  ui_open (window, path);
  g_assert_cmpstr (ui_get_name (window, 0), ==, "Afterwards");
  ui_close (window);
}

/* A file that another window shows is not written over; preferences open once. */
static void
test_once (void)
{
  g_autofree char *path = ui_make_path ("once.insiders");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GActionGroup *application = G_ACTION_GROUP (ui_get_application ());
  InsUiWindow *window = ui_open_shop (FALSE);
  InsUiWindow *other = ui_open_shop (FALSE);
  guint before = 0, after = 0;

  ui_save (window, path);
  insui_window_save_to (other, file);
  ui_wait (ui_get_dialog (other));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ui_get_dialog (other)), "another window"));
  ui_answer (ui_get_dialog (other), "close");
  ui_settle (other);
  g_assert_null (ins_project_get_path (insui_session_get_project (other->session)));
  insui_window_save_to (window, file);
  ui_wait (!insui_session_is_saving (window->session));
  g_assert_null (ui_get_dialog (window));

  g_action_group_activate_action (application, "preferences", NULL);
  before = g_list_model_get_n_items (gtk_window_get_toplevels ());
  g_action_group_activate_action (application, "preferences", NULL);
  after = g_list_model_get_n_items (gtk_window_get_toplevels ());
  g_assert_cmpuint (after, ==, before);
  for (guint i = before; i-- > 0;)
    {
      g_autoptr (GtkWindow) top = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (ADW_IS_PREFERENCES_WINDOW (top))
        gtk_window_destroy (top);
    }
  ui_close_unasked (other);
  ui_close_unasked (window);
}

/* What is chosen among the tried is used, also where the step is another than those tried. */
static void
test_use_tried (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);
  const InsClustering *clustering;
  GtkStack *views;
  GtkWidget *view;

  insui_session_set_param (window->session, INS_STAGE_SWEEP, "models", "kmeans");
  insui_session_set_param (window->session, INS_STAGE_SWEEP, "to", "6");
  insui_session_use_step (window->session, "hierarchical");
  ui_run (window);
  views = ui_find_stack (GTK_WIDGET (ui_show_page (window, "cluster")), "choose-k");
  gtk_stack_set_visible_child_name (views, "choose-k");
  ui_settle (window);
  view = gtk_stack_get_visible_child (views);
  for (guint i = 0;; i++)
    {
      GtkWidget *button = ui_find (view, GTK_TYPE_BUTTON, i);

      g_assert_nonnull (button);
      if (!gtk_widget_has_css_class (button, "suggested-action") || !gtk_widget_get_mapped (button))
        continue;
      g_signal_emit_by_name (button, "clicked");
      break;
    }
  ui_wait_idle (window);
  clustering = insui_session_get_results (window->session)->clustering;
  g_assert_cmpstr (clustering->model, ==, "kmeans");
  ui_close_unasked (window);
}

static void
test_drop (void)
{
  g_autofree char *shop = ui_make_shop ();
  g_autoptr (GFile) file = g_file_new_for_path (shop);
  InsUiWindow *window = ui_window_new ();
  g_autoptr (GListModel) controllers =
      gtk_widget_observe_controllers (GTK_WIDGET (window->root_stack));
  g_auto (GValue) value = G_VALUE_INIT;
  GSList files = { .data = file };
  GdkDragAction action = 0;
  gboolean done = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&files));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_DROP_TARGET (controller))
        continue;
      g_signal_emit_by_name (controller, "enter", 10.0, 10.0, &action);
      g_assert_cmpuint (action, ==, GDK_ACTION_COPY);
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (window->root_stack), "drop-here"));
      g_signal_emit_by_name (controller, "drop", &value, 10.0, 10.0, &done);
    }
  g_assert_true (done);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (window->root_stack), "drop-here"));
  ui_wait_idle (window);
  g_assert_nonnull (insui_session_get_results (window->session)->import);
  ui_close_unasked (window);
}

/* A preset changes every step, and back. */
static void
test_preset (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);

  ui_act (window, "preset::notebook");
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "8");
  ui_settle (window);
  g_assert_cmpstr (ui_get_mark (window, "profile"), ==, "Out of date");
  ui_run (window);
  g_assert_cmpuint (insui_session_get_results (window->session)->clustering->k, ==, 8);
  assert_marks (window, NULL);
  ui_act (window, "undo");
  assert_param (window, INS_STAGE_CLUSTER, "clusters", "auto");
  ui_close_unasked (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/edit/undo", test_undo);
  g_test_add_func ("/ui/edit/undo-together", test_undo_together);
  g_test_add_func ("/ui/edit/undo-currency", test_undo_currency);
  g_test_add_func ("/ui/edit/out-of-date", test_out_of_date);
  g_test_add_func ("/ui/edit/by-itself", test_by_itself);
  g_test_add_func ("/ui/edit/by-itself-in-part", test_by_itself_in_part);
  g_test_add_func ("/ui/edit/cancel", test_cancel);
  g_test_add_func ("/ui/edit/close-running", test_close_running);
  g_test_add_func ("/ui/edit/bad-files", test_bad_files);
  g_test_add_func ("/ui/edit/bad-file-beside", test_bad_file_beside);
  g_test_add_func ("/ui/edit/unsaved", test_unsaved);
  g_test_add_func ("/ui/edit/change-while-saving", test_change_while_saving);
  g_test_add_func ("/ui/edit/run-while-saving", test_run_while_saving);
  g_test_add_func ("/ui/edit/close-while-saving", test_close_while_saving);
  g_test_add_func ("/ui/edit/once", test_once);
  g_test_add_func ("/ui/edit/use-tried", test_use_tried);
  g_test_add_func ("/ui/edit/drop", test_drop);
  g_test_add_func ("/ui/edit/preset", test_preset);
  return g_test_run ();
}
