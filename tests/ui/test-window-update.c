/* test-window-update.c: the same analysis of other data, with the groups kept or found anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include <string.h>

/* The shop's later part: other lines, fewer customers. */
static char *
make_later (void)
{
  g_autofree char *shop = ui_make_shop ();
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) later = g_string_new (NULL);

  g_file_get_contents (shop, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    if (i == 0 || i % 5 != 0)
      g_string_append_printf (later, "%s\n", lines[i]);
  return ui_make_file ("later.csv", later->str, later->len);
}

static const InsClustering *
get_clustering (InsUiWindow *window)
{
  return insui_session_get_results (window->session)->clustering;
}

static AdwMessageDialog *
ask (InsUiWindow *window, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  AdwMessageDialog *dialog;

  insui_window_ask_update (window, file);
  ui_wait ((dialog = ui_get_dialog (window)));
  return dialog;
}

/* The window that is not @window.  (nullable) */
static InsUiWindow *
find_other (InsUiWindow *window)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (ui_get_application ()));

  for (GList *l = windows; l; l = l->next)
    if (INSUI_IS_WINDOW (l->data) && l->data != window)
      return l->data;
  return NULL;
}

/* Answers the question about @path, and waits for what comes of it. */
static InsUiWindow *
update (InsUiWindow *window, const char *path, const char *answer)
{
  InsUiWindow *other;

  ui_answer (ask (window, path), answer);
  g_assert_nonnull (other = find_other (window));
  ui_wait_idle (other);
  ui_hold (other);
  return other;
}

static void
assert_marks (InsUiWindow *window, const char *mark)
{
  ui_settle (window);
  g_assert_cmpstr (ui_get_mark (window, "prepare"), ==, mark);
  g_assert_cmpstr (ui_get_mark (window, "embed"), ==, mark);
  g_assert_cmpstr (ui_get_mark (window, "cluster"), ==, mark);
  g_assert_cmpstr (ui_get_mark (window, "profile"), ==, mark);
}

/* Groups are kept, then found anew, and that is taken back; the first window stays as it is. */
static void
test_keep (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  const InsClustering *before = get_clustering (window);
  g_autofree char *path = make_later ();
  g_autofree char *saved = ui_make_path ("later.insiders");
  g_autofree char *title = NULL;
  InsUiWindow *other;
  GtkWidget *page;

  insui_session_set_name (window->session, 1, "Kept");
  g_assert_false (ui_can_act (window, "refit"));
  other = update (window, path, "keep");

  g_assert_true (get_clustering (window) == before);
  g_assert_cmpstr (get_clustering (other)->fitted_key, ==, before->artifact.key);
  g_assert_cmpuint (get_clustering (other)->k, ==, before->k);
  for (gsize c = 0; c < before->k; c++)
    g_assert_cmpstr (ui_get_name (other, c), ==, ui_get_name (window, c));
  g_assert_true (ins_project_is_modified (insui_session_get_project (other->session)));
  g_assert_null (ins_project_get_path (insui_session_get_project (other->session)));
  title = ins_project_get_title (insui_session_get_project (other->session));
  g_assert_cmpstr (title, ==, "later");
  assert_marks (other, "Done");

  page = GTK_WIDGET (ui_show_page (other, "cluster"));
  g_assert_nonnull (ui_find (page, GTK_TYPE_BUTTON, 0));
  ui_save (other, saved);
  assert_marks (other, "Done");

  ui_act (other, "refit");
  ui_wait_idle (other);
  g_assert_null (get_clustering (other)->fitted_key);
  g_assert_false (ui_can_act (other, "refit"));
  assert_marks (other, "Done");
  ui_act (other, "undo");
  assert_marks (other, "Out of date");
  ui_run (other);
  g_assert_cmpstr (get_clustering (other)->fitted_key, ==, before->artifact.key);
  ui_close_unasked (other);

  other = ui_window_new ();
  ui_open (other, saved);
  assert_marks (other, "Done");
  g_assert_true (ui_can_act (other, "refit"));
  g_assert_cmpstr (ui_get_name (other, 1), ==, "Kept");
  ui_close_unasked (other);
  ui_close_unasked (window);
}

/* A changed parameter of the model fits anew by itself; put back, the groups are kept again. */
static void
test_change (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  g_autofree char *path = make_later ();
  InsUiWindow *other;

  other = update (window, path, "keep");
  insui_session_set_param (other->session, INS_STAGE_CLUSTER, "clusters", "4");
  g_assert_false (ui_can_act (other, "refit"));
  assert_marks (other, "Out of date");
  ui_act (other, "undo");
  assert_marks (other, "Done");
  insui_session_set_param (other->session, INS_STAGE_CLUSTER, "clusters", "4");
  ui_run (other);
  g_assert_null (get_clustering (other)->fitted_key);
  g_assert_cmpuint (get_clustering (other)->k, ==, 4);
  ui_close_unasked (other);
  ui_close_unasked (window);
}

static void
test_fit_anew (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  g_autofree char *path = make_later ();
  InsUiWindow *other;

  insui_session_set_name (window->session, 0, "Kept");
  other = update (window, path, "refit");
  g_assert_null (get_clustering (other)->fitted_key);
  g_assert_cmpstr (ui_get_name (other, 0), ==, "Kept");
  assert_marks (other, "Done");
  ui_close_unasked (other);
  ui_close_unasked (window);
}

/* Without groups, or with others than the parameters ask for, there is nothing to keep. */
static void
test_nothing_to_keep (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);
  g_autofree char *path = make_later ();
  AdwMessageDialog *dialog = ask (window, path);

  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "keep"));
  ui_answer (dialog, "cancel");
  ui_settle (window);
  g_assert_null (find_other (window));
  ui_run (window);
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "4");
  dialog = ask (window, path);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "keep"));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "changed"));
  ui_answer (dialog, "cancel");
  ui_settle (window);
  ui_close_unasked (window);
}

/* What cannot be read is said where it was asked for. */
static void
test_bad_file (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  g_autofree char *path = ui_make_file ("empty.csv", "", 0);
  AdwMessageDialog *dialog = ask (window, path);

  ui_answer (dialog, "keep");
  ui_wait ((dialog = ui_get_dialog (window))
           && strstr (adw_message_dialog_get_body (dialog), "empty.csv"));
  ui_answer (dialog, "close");
  ui_settle (window);
  ui_wait (find_other (window) == NULL);
  ui_close_unasked (window);
}

/* The program ended before the new analysis was saved. */
static void
test_recover (gconstpointer answer)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  g_autofree char *saved = ui_make_path ("spring.insiders");
  g_autofree char *path = make_later ();
  g_autofree char *fingerprint = NULL;
  g_autofree char *again = NULL;
  g_autofree char *again_saved = ui_make_path ("again.insiders");
  g_autoptr (GVariant) state = NULL;
  g_autoptr (GVariant) recovery = NULL;
  InsUiWindow *other;
  InsProject *project;

  ui_save (window, saved);
  other = update (window, path, answer);
  project = insui_session_get_project (other->session);
  g_assert_cmpstr (ins_project_get_base (project), ==, saved);
  fingerprint = ins_results_sha256 (ins_project_get_results (project));
  state = insui_session_get_state (other->session);
  recovery = g_variant_ref_sink (g_variant_new (INSUI_RECOVERY_FORMAT, 3, "", saved, path, state));
  ui_close_unasked (other);

  other = ui_window_new ();
  insui_window_recover (other, recovery);
  ui_wait (get_clustering (other));
  ui_wait_idle (other);
  ui_settle (other);
  g_assert_true (gtk_revealer_get_reveal_child (other->banner));
  project = insui_session_get_project (other->session);
  again = ins_results_sha256 (ins_project_get_results (project));
  g_assert_cmpstr (again, ==, fingerprint);
  g_assert_true (ins_project_is_modified (project));
  g_assert_null (ins_project_get_path (project));

  /* Once it is saved, that is over. */
  ui_save (other, again_saved);
  g_assert_false (gtk_revealer_get_reveal_child (other->banner));
  insui_session_set_name (other->session, 0, "Changed");
  ui_settle (other);
  g_assert_false (gtk_revealer_get_reveal_child (other->banner));
  ui_close_unasked (other);
  ui_close_unasked (window);
}

/* The first days of each month, written so that nobody can tell them from months. */
static char *
make_undecided (void)
{
  g_autofree char *later = make_later ();
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("2025-(\\d\\d)-(\\d\\d) 10:15", 0, 0, NULL);
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_file_get_contents (later, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] && *lines[i]; i++)
    {
      g_autofree char *line = g_regex_replace (regex, lines[i], -1, 0, "\\2/\\1/2025", 0, NULL);
      const char *date = strstr (line, "/0");

      if (i == 0 || (date && g_ascii_strtoll (date - 2, NULL, 10) <= 12))
        g_string_append_printf (text, "%s\n", line);
    }
  return ui_make_file ("undecided.csv", text->str, text->len);
}

/* What the new file leaves open is asked in the new window; then the groups are kept. */
static void
test_undecided (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  const InsClustering *before = get_clustering (window);
  g_autofree char *path = make_undecided ();
  InsUiWindow *other = update (window, path, "keep");

  g_assert_nonnull (insui_session_get_questions (other->session));
  ui_settle (other);
  for (int i = 0; ui_pages[i]; i++) /* whatever they show, they show it */
    {
      g_autofree char *action = g_strconcat ("page::", ui_pages[i], NULL);

      ui_act (other, action);
      ui_settle (other);
    }
  insui_session_set_param (other->session, INS_STAGE_DATA, "date-format", "%d/%m/%Y");
  ui_run (other);
  g_assert_null (insui_session_get_questions (other->session));
  g_assert_cmpstr (get_clustering (other)->fitted_key, ==, before->artifact.key);
  g_assert_cmpstr (ui_get_name (other, 0), ==, ui_get_name (window, 0));
  assert_marks (other, "Done");
  ui_close_unasked (other);
  ui_close_unasked (window);
}

/* A project is no data; the first window may be gone when that turns out. */
static void
test_project_as_data (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  InsUiWindow *other = ui_window_new ();
  g_autofree char *saved = ui_make_path ("no-data.insiders");
  g_autoptr (InsProject) project = NULL;
  g_autoptr (GError) error = NULL;
  AdwMessageDialog *dialog;

  ui_save (window, saved);
  project =
      ins_project_new_update (insui_session_get_project (window->session), saved, FALSE, &error);
  g_assert_no_error (error);
  insui_window_set_opener (other, window);
  insui_session_take_update (other->session, project);
  ui_close (window);
  ui_wait ((dialog = ui_get_dialog (other)));
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "database"));
  ui_answer (dialog, "close");
  ui_settle (other);
  g_assert_true (insui_window_is_empty (other));
  ui_close (other);
}

/* The tree is of the groups it was made with; those kept have none, fitting anew makes one. */
static void
test_keep_tree (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);
  g_autofree char *path = make_later ();
  InsUiWindow *other;
  GtkStack *views;
  GtkWidget *view, *button;

  insui_session_use_step (window->session, "hierarchical");
  ui_run (window);
  other = update (window, path, "keep");
  g_assert_null (get_clustering (other)->tree);
  views = ui_find_stack (GTK_WIDGET (ui_show_page (other, "cluster")), "dendrogram");
  gtk_stack_set_visible_child_name (views, "dendrogram");
  ui_settle (other);
  view = gtk_stack_get_visible_child (views);
  button = ui_find (view, GTK_TYPE_BUTTON, 0);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Fit Anew");
  g_signal_emit_by_name (button, "clicked");
  ui_wait_idle (other);
  g_assert_nonnull (get_clustering (other)->tree);
  ui_close_unasked (other);
  ui_close_unasked (window);
}

int
main (int argc, char **argv)
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/update/keep", test_keep);
  g_test_add_func ("/ui/update/change", test_change);
  g_test_add_func ("/ui/update/fit-anew", test_fit_anew);
  g_test_add_func ("/ui/update/nothing-to-keep", test_nothing_to_keep);
  g_test_add_func ("/ui/update/bad-file", test_bad_file);
  g_test_add_func ("/ui/update/undecided", test_undecided);
  g_test_add_func ("/ui/update/project-as-data", test_project_as_data);
  g_test_add_func ("/ui/update/keep-tree", test_keep_tree);
  g_test_add_data_func ("/ui/update/recover-kept", "keep", test_recover);
  g_test_add_data_func ("/ui/update/recover-fitted-anew", "refit", test_recover);
  return g_test_run ();
}
