/* test-window.c: the way through the program: open, run, look, select, name, save, close, reopen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include "ui/insui-cluster-row.h"

#include <string.h>

#define NAME "Tea lovers & “friends” <3"

static void
show_every_page (InsUiWindow *window)
{
  for (int i = 0; ui_pages[i]; i++)
    {
      InsUiPage *page = ui_show_page (window, ui_pages[i]);
      GtkStack *views = ui_find_stack (GTK_WIDGET (page), "dendrogram");
      g_autoptr (GtkSelectionModel) model = views ? gtk_stack_get_pages (views) : NULL;

      for (guint j = 0; model && j < g_list_model_get_n_items (G_LIST_MODEL (model)); j++)
        {
          gtk_selection_model_select_item (model, j, TRUE);
          ui_settle (window);
        }
    }
}

static void
assert_complete (InsUiWindow *window)
{
  InsProject *project = insui_session_get_project (window->session);
  const InsResults *results = insui_session_get_results (window->session);

  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    {
      g_assert_nonnull (results->stage[stage]);
      g_assert_true (ins_project_is_current (project, (InsStage)stage));
    }
  for (int i = 0; ui_pages[i]; i++)
    g_assert_cmpstr (ui_get_mark (window, ui_pages[i]), ==, "Done");
  g_assert_null (ui_get_dialog (window));
}

/* The chart of customers on the cluster page's first view. */
static InsUiChartView *
show_scatter (InsUiWindow *window)
{
  InsUiPage *page = ui_show_page (window, "cluster");
  GtkStack *views = ui_find_stack (GTK_WIDGET (page), "scatter");

  gtk_stack_set_visible_child_name (views, "scatter");
  ui_settle (window);
  return INSUI_CHART_VIEW (ui_find (gtk_stack_get_visible_child (views), INSUI_TYPE_CHART_VIEW, 0));
}

static void
rename_by_entry (InsUiWindow *window, gsize cluster, const char *name)
{
  InsUiPage *page = ui_show_page (window, "profile");
  GtkWidget *row;
  GtkWidget *entry;

  ui_wait ((row = ui_find (GTK_WIDGET (page), INSUI_TYPE_CLUSTER_ROW, (guint)cluster)));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle (window);
  entry = ui_find (row, ADW_TYPE_ENTRY_ROW, 0);
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_signal_emit_by_name (entry, "apply");
  ui_settle (window);
}

/* Labels as they are, to be compared after all was closed. */
static gint32 *
copy_labels (InsUiWindow *window, gsize *n)
{
  const InsClustering *clustering = insui_session_get_results (window->session)->clustering;

  *n = clustering->n;
  return g_memdup2 (clustering->labels, clustering->n * sizeof *clustering->labels);
}

static void
test_journey (void)
{
  g_autofree char *shop = ui_make_shop ();
  g_autofree char *path = ui_make_path ("shop.insiders");
  g_autofree gint32 *before = NULL;
  g_autofree gint32 *after = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *hash_again = NULL;
  InsUiWindow *window = ui_window_new ();
  gsize n = 0, n_again = 0, k = 0;

  g_assert_true (insui_window_is_empty (window));
  g_assert_false (ui_can_act (window, "run"));
  ui_open (window, shop);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->root_stack), ==, "project");
  g_assert_nonnull (insui_session_get_results (window->session)->import);
  g_assert_null (insui_session_get_results (window->session)->clustering);
  g_assert_false (ins_project_is_modified (insui_session_get_project (window->session)));
  ui_show_page (window, "data");
  g_assert_cmpstr (ui_get_mark (window, "data"), ==, "Done");

  ui_run (window);
  assert_complete (window);
  show_every_page (window);
  g_assert_cmpint (insui_session_get_results (window->session)->clustering->k, >=, 2);

  rename_by_entry (window, 1, NAME);
  g_assert_cmpstr (insui_session_get_identities (window->session, NULL)[1].name, ==, NAME);
  g_assert_true (ins_project_is_modified (insui_session_get_project (window->session)));
  before = copy_labels (window, &n);
  hash = ins_results_sha256 (insui_session_get_results (window->session));

  ui_save (window, path);
  g_assert_false (ins_project_is_modified (insui_session_get_project (window->session)));
  ui_close (window);

  window = ui_window_new ();
  ui_open (window, path);
  assert_complete (window);
  g_assert_cmpuint (ins_project_get_runs (insui_session_get_project (window->session))->len, ==, 1);
  g_assert_cmpstr (insui_session_get_identities (window->session, &k)[1].name, ==, NAME);
  g_assert_cmpuint (k, ==, insui_session_get_results (window->session)->clustering->k);
  after = copy_labels (window, &n_again);
  g_assert_cmpmem (before, n * sizeof *before, after, n_again * sizeof *after);
  hash_again = ins_results_sha256 (insui_session_get_results (window->session));
  g_assert_cmpstr (hash, ==, hash_again);
  show_every_page (window);
  g_assert_false (ins_project_is_modified (insui_session_get_project (window->session)));
  ui_close (window);
}

/* Picking on a chart is picking customers, everywhere. */
static void
test_select (void)
{
  g_autofree char *shop = ui_make_shop ();
  InsUiWindow *window = ui_window_new ();
  InsUiSession *session = insui_window_get_session (window);
  InsUiChartView *view;
  const InsResults *results;
  const guint32 some[] = { 3, 5, 8 };
  gsize n = 0;

  ui_open (window, shop);
  ui_run (window);
  results = insui_session_get_results (session);
  view = show_scatter (window);

  ui_click_chart (view, 7);
  g_assert_cmpuint (insui_session_get_n_selected (session), >=, 1);
  g_assert_true (insui_session_get_selection (session, &n)[results->scaled->rows[7]]);
  g_assert_cmpuint (n, ==, results->features->n);

  ui_drag_chart (view, 0, 0, view->layout_width, view->layout_height);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, results->scaled->n);
  ui_settle (window);

  insui_session_select (session, some, G_N_ELEMENTS (some), INSUI_SELECT_REPLACE);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 3);
  ui_settle (window);
  g_assert_cmpuint (view->n_selected, ==, results->scaled->n);
  g_assert_true (view->selected[0] + view->selected[1] + view->selected[2] + view->selected[3]
                 >= 1);
  show_every_page (window);

  insui_session_select_cluster (session, 0, INSUI_SELECT_REPLACE);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, results->clustering->sizes[0]);
  ui_act (window, "invert-selection");
  g_assert_cmpuint (insui_session_get_n_selected (session), ==,
                    results->features->n - results->clustering->sizes[0]);
  ui_act (window, "select-all");
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, results->features->n);
  ui_settle (window);
  ui_act (window, "stop"); /* Esc */
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 0);
  ui_settle (window);

  ins_project_set_modified (insui_session_get_project (session), FALSE);
  ui_close (window);
}

/* The colours are made when they are asked for; each is one undo step. */
static void
test_colour (void)
{
  g_autofree char *shop = ui_make_shop ();
  InsUiWindow *window = ui_window_new ();
  GtkWidget *row, *button, *colours;
  InsUiPage *page;
  int before;

  ui_open (window, shop);
  ui_run (window);
  before = insui_session_get_identities (window->session, NULL)[1].colour;
  page = ui_show_page (window, "profile");
  ui_wait ((row = ui_find (GTK_WIDGET (page), INSUI_TYPE_CLUSTER_ROW, 1)));
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  ui_settle (window);
  button = ui_find (row, GTK_TYPE_MENU_BUTTON, 0);
  for (int i = 0; i < 2; i++)
    {
      gtk_menu_button_popup (GTK_MENU_BUTTON (button));
      colours = ui_find (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))),
                         GTK_TYPE_GRID, 0);
      ui_wait (gtk_widget_get_mapped (colours));
      g_assert_nonnull (ui_find (colours, GTK_TYPE_BUTTON, INS_N_COLOURS));
      g_assert_null (ui_find (colours, GTK_TYPE_BUTTON, INS_N_COLOURS + 1));
      g_signal_emit_by_name (ui_find (colours, GTK_TYPE_BUTTON, i == 0 ? 6 : 0), "clicked");
      ui_wait (!gtk_widget_get_mapped (colours));
      g_assert_cmpint (insui_session_get_identities (window->session, NULL)[1].colour, ==,
                       i == 0 ? 5 : INS_COLOUR_GOLD);
      insui_session_set_note (window->session, 0, i == 0 ? "between" : "after");
    }
  ui_act (window, "undo");
  ui_act (window, "undo");
  ui_act (window, "undo");
  ui_act (window, "undo");
  g_assert_cmpint (insui_session_get_identities (window->session, NULL)[1].colour, ==, before);
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  ui_close (window);
}

/* Nobody has such a number: the page says so, and shows everybody again. */
static void
test_search (void)
{
  g_autofree char *shop = ui_make_shop ();
  InsUiWindow *window = ui_window_new ();
  InsUiPage *page;
  GtkEditable *search;
  GtkStack *tables;

  ui_open (window, shop);
  page = ui_show_page (window, "features");
  search = GTK_EDITABLE (ui_find (GTK_WIDGET (page), GTK_TYPE_SEARCH_ENTRY, 0));
  tables = ui_find_stack (GTK_WIDGET (page), "table");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (tables), ==, "table");
  gtk_editable_set_text (search, "nobody");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (tables), ==, "empty");
  gtk_editable_set_text (search, "");
  g_signal_emit_by_name (search, "search-changed");
  g_assert_cmpstr (gtk_stack_get_visible_child_name (tables), ==, "table");
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  ui_close (window);
}

/* The welcome page's second button. */
static void
test_sample (void)
{
  InsUiWindow *window = ui_window_new ();
  GtkWidget *button = ui_find (GTK_WIDGET (window->welcome), GTK_TYPE_BUTTON, 1);

  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "_Try the Sample");
  g_signal_emit_by_name (button, "clicked");
  ui_wait_idle (window);
  g_assert_nonnull (insui_session_get_results (window->session)->features);
  ui_run (window);
  assert_complete (window);
  show_every_page (window);
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  ui_close (window);
}

/* From the command line, or by another program: a window for each file, and each only once. */
static void
test_command_line (void)
{
  g_autofree char *shop = ui_make_shop ();
  g_autofree char *path = ui_make_path ("second.insiders");
  g_autoptr (GFile) data = g_file_new_for_path (shop);
  g_autoptr (GFile) project = g_file_new_for_path (path);
  GFile *files[] = { data, project };
  GtkApplication *application = GTK_APPLICATION (ui_get_application ());
  InsUiWindow *window = ui_window_new ();

  ui_open (window, shop);
  ui_save (window, path);
  ui_close (window);

  g_application_open (G_APPLICATION (application), files, 2, "");
  g_application_open (G_APPLICATION (application), files, 2, "");
  g_assert_cmpuint (g_list_length (gtk_application_get_windows (application)), ==, 2);
  for (GList *l = gtk_application_get_windows (application); l; l = l->next)
    ui_wait_idle (l->data);
  while (gtk_application_get_windows (application))
    {
      window = gtk_application_get_windows (application)->data;
      g_assert_nonnull (insui_session_get_results (window->session)->features);
      ins_project_set_modified (insui_session_get_project (window->session), FALSE);
      ui_close (window);
    }
}

/* A file of thousands of columns: the first lines show some, and every one with a role. */
static void
test_many_columns (void)
{
  const char *names[] = { "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", NULL };
  g_autoptr (GString) text = g_string_new ("InvoiceNo");
  g_autofree char *path = NULL;
  InsUiWindow *window = ui_window_new ();
  GtkWidget *preview;
  guint n;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (text, ",c%d", i);
  for (int i = 0; names[i]; i++)
    g_string_append_printf (text, ",%s", names[i]);
  for (int line = 0; line < 30; line++)
    {
      g_string_append_printf (text, "\n%d", 100 + line);
      for (int i = 0; i < 3000; i++)
        g_string_append (text, ",x");
      g_string_append_printf (text, ",%d,2016-11-%02d,2.50,%d", 1 + line % 5, 1 + line % 28,
                              1000 + line % 9);
    }
  path = ui_make_file ("wide.csv", text->str, text->len);
  ui_open (window, path);
  preview = ui_find (GTK_WIDGET (ui_show_page (window, "data")), GTK_TYPE_COLUMN_VIEW, 0);
  n = g_list_model_get_n_items (gtk_column_view_get_columns (GTK_COLUMN_VIEW (preview)));
  g_assert_cmpuint (n, >=, 5 + 20);
  g_assert_cmpuint (n, <, 100);
  g_assert_cmpuint (insui_session_get_results (window->session)->import->n_columns, ==, 3005);
  ui_close (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/window/journey", test_journey);
  g_test_add_func ("/ui/window/select", test_select);
  g_test_add_func ("/ui/window/colour", test_colour);
  g_test_add_func ("/ui/window/search", test_search);
  g_test_add_func ("/ui/window/many-columns", test_many_columns);
  g_test_add_func ("/ui/window/sample", test_sample);
  g_test_add_func ("/ui/window/command-line", test_command_line);
  return g_test_run ();
}
