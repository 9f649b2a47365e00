/* test-window-typing.c: what is typed but not applied is never lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include "ui/insui-cluster-row.h"

enum
{
  NAME,
  NOTE
};

static const InsIdentity *
get_identity (InsUiWindow *window, gsize cluster)
{
  return &insui_session_get_identities (window->session, NULL)[cluster];
}

static GtkWidget *
get_entry (InsUiWindow *window, guint cluster, guint which)
{
  InsUiPage *page = ui_show_page (window, "profile");
  GtkWidget *row;

  ui_wait ((row = ui_find (GTK_WIDGET (page), INSUI_TYPE_CLUSTER_ROW, cluster)));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle (window);
  return ui_find (row, ADW_TYPE_ENTRY_ROW, which);
}

/* As the keys do it: into the text that has the focus. */
static void
type (GtkWidget *entry, const char *text)
{
  GtkEditable *inner = gtk_editable_get_delegate (GTK_EDITABLE (entry));
  int position = 0;

  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (inner)));
  gtk_editable_delete_text (inner, 0, -1);
  gtk_editable_insert_text (inner, text, -1, &position);
}

static gboolean
has_tick (GtkWidget *entry)
{
  GtkWidget *tick = ui_find (entry, GTK_TYPE_BUTTON, 0);

  g_assert_nonnull (tick);
  return gtk_widget_get_visible (tick);
}

static void
test_leave (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  GtkWidget *note = get_entry (window, 0, NOTE);
  GtkWidget *other = get_entry (window, 1, NAME);

  type (note, "Write in May");
  g_assert_true (has_tick (note));
  g_assert_cmpstr (get_identity (window, 0)->note, ==, "");
  type (other, "Regulars");
  g_assert_cmpstr (get_identity (window, 0)->note, ==, "Write in May");
  g_assert_false (has_tick (note));
  ui_show_page (window, "data");
  g_assert_cmpstr (get_identity (window, 1)->name, ==, "Regulars");
  g_assert_false (has_tick (other));

  /* Each is one step to be undone. */
  ui_act (window, "undo");
  ui_act (window, "undo");
  g_assert_false (ui_can_act (window, "undo"));
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (window, 0, NOTE))), ==, "");
  ui_close_unasked (window);
}

static void
test_save (void)
{
  g_autofree char *path = ui_make_path ("typed.insiders");
  InsUiWindow *window = ui_open_shop (TRUE);
  GtkWidget *note;

  ui_save (window, path);
  note = get_entry (window, 0, NOTE);
  g_assert_false (ui_can_act (window, "save"));
  type (note, "Write in May");
  ui_act (window, "save");
  ui_wait_idle (window);
  g_assert_false (ins_project_is_modified (insui_session_get_project (window->session)));
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), note));
  ui_close (window);

  window = ui_window_new ();
  ui_open (window, path);
  g_assert_cmpstr (get_identity (window, 0)->note, ==, "Write in May");
  ui_close (window);
}

static void
test_close (void)
{
  g_autofree char *path = ui_make_path ("closed.insiders");
  InsUiWindow *window = ui_open_shop (TRUE);
  AdwMessageDialog *dialog;
  GtkWidget *name;

  ui_save (window, path);
  type (get_entry (window, 0, NOTE), "Write in May");
  gtk_window_close (GTK_WINDOW (window));
  ui_wait ((dialog = ui_get_dialog (window)));
  ui_answer (dialog, "cancel");
  g_assert_cmpstr (get_identity (window, 0)->note, ==, "Write in May");

  /* What is refused is told before the window goes. */
  ui_save (window, path);
  name = get_entry (window, 0, NAME);
  type (name, get_identity (window, 1)->name);
  gtk_window_close (GTK_WINDOW (window));
  ui_wait ((dialog = ui_get_dialog (window)));
  ui_answer (dialog, "close");
  ui_settle (window);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  ui_close (window);
}

/* The sentence, and the old name in its place. */
static void
test_refused (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  GtkWidget *name = get_entry (window, 0, NAME);
  g_autofree char *before = g_strdup (get_identity (window, 0)->name);

  type (name, get_identity (window, 1)->name);
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (name)), "activate");
  ui_wait (ui_get_dialog (window));
  ui_answer (ui_get_dialog (window), "close");
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (name)), ==, before);
  g_assert_false (has_tick (name));
  g_assert_cmpstr (get_identity (window, 0)->name, ==, before);
  ui_close_unasked (window);
}

static gboolean
press_escape (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 9, 0, &done);
    }
  return done;
}

static void
test_escape (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  GtkWidget *note = get_entry (window, 0, NOTE);

  type (note, "Write in May");
  g_assert_true (press_escape (note));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "");
  g_assert_false (has_tick (note));
  g_assert_false (press_escape (note));

  /* Before the selection goes. */
  insui_session_select_all (window->session);
  type (note, "Write in June");
  ui_act (window, "stop");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (note)), ==, "");
  g_assert_cmpuint (insui_session_get_n_selected (window->session), >, 0);
  ui_act (window, "stop");
  g_assert_cmpuint (insui_session_get_n_selected (window->session), ==, 0);
  ui_show_page (window, "data");
  g_assert_cmpstr (get_identity (window, 0)->note, ==, "");
  g_assert_false (ui_can_act (window, "undo"));
  ui_close_unasked (window);
}

/* Sign of the money, a date, a number: F5 runs with what is there to read. */
static void
test_form (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  InsProject *project = insui_session_get_project (window->session);
  g_autofree char *date = NULL;
  g_autofree char *k = NULL;
  GtkWidget *entry;

  ui_show_page (window, "data");
  type (ui_find (GTK_WIDGET (window->pane), ADW_TYPE_ENTRY_ROW, 0), "kr ");
  ui_act (window, "page::filters");
  g_assert_cmpstr (ins_project_get_currency (project), ==, "kr ");
  ui_settle (window);

  entry = ui_find (GTK_WIDGET (window->pane), GTK_TYPE_ENTRY, 0);
  type (entry, "2025-02-01");
  g_assert_true (press_escape (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  type (entry, "2025-02-01");
  ui_run (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "2025-02-01");
  date = ui_get_param (window, INS_STAGE_FILTER, "date-from");
  g_assert_cmpstr (date, ==, "2025-02-01");

  ui_show_page (window, "cluster");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "4");
  ui_settle (window);
  ui_wait ((entry = ui_find (GTK_WIDGET (window->pane), GTK_TYPE_SPIN_BUTTON, 0)));
  type (entry, "5");
  ui_run (window);
  k = ui_get_param (window, INS_STAGE_CLUSTER, "clusters");
  g_assert_cmpstr (k, ==, "5");
  g_assert_cmpuint (insui_session_get_results (window->session)->clustering->k, ==, 5);
  ui_close_unasked (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/typing/leave", test_leave);
  g_test_add_func ("/ui/typing/save", test_save);
  g_test_add_func ("/ui/typing/close", test_close);
  g_test_add_func ("/ui/typing/refused", test_refused);
  g_test_add_func ("/ui/typing/escape", test_escape);
  g_test_add_func ("/ui/typing/form", test_form);
  return g_test_run ();
}
