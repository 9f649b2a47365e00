/* test-window-keys.c: what is reached without a pointer, and what a screen reader is told
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include <string.h>

static InsUiWindow *
open_shop (void)
{
  g_autofree char *shop = ui_make_shop ();
  InsUiWindow *window = ui_window_new ();

  ui_open (window, shop);
  return window;
}

/* --- the tree's cut line --- */

static GtkWidget *
show_tree (InsUiWindow *window)
{
  InsUiPage *page = ui_show_page (window, "cluster");
  GtkStack *views = ui_find_stack (GTK_WIDGET (page), "dendrogram");

  gtk_stack_set_visible_child_name (views, "dendrogram");
  ui_settle (window);
  return gtk_stack_get_visible_child (views);
}

/* The line stands between the merges that leave @k, and everybody is told so. */
static void
assert_cut (GtkWidget *tree, const InsLinkage *linkage, gsize k)
{
  InsUiChartView *view = INSUI_CHART_VIEW (ui_find (tree, INSUI_TYPE_CHART_VIEW, 0));
  g_autofree char *text = g_strdup_printf ("Cut into %zu groups", k);
  GtkLabel *label = NULL;

  g_assert_cmpuint (ins_linkage_clusters_at (linkage, view->cut), ==, k);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       text);
  for (guint i = 0; !label || !g_str_has_prefix (gtk_label_get_text (label), text); i++)
    {
      label = GTK_LABEL (ui_find (tree, GTK_TYPE_LABEL, i));
      g_assert_nonnull (label);
    }
}

static void
test_cut (void)
{
  InsUiWindow *window = open_shop ();
  const InsClustering *clustering;
  GtkWidget *tree, *view;
  g_autofree char *undone = NULL;

  insui_session_use_step (window->session, "hierarchical");
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "5");
  ui_run (window);
  insui_session_set_note (window->session, 0, "another step"); /* not one with what follows */
  clustering = insui_session_get_results (window->session)->clustering;
  g_assert_cmpuint (clustering->k, ==, 5);
  tree = show_tree (window);
  view = ui_find (tree, INSUI_TYPE_CHART_VIEW, 0);
  g_assert_true (gtk_widget_grab_focus (view));

  ui_press_key (view, GDK_KEY_Down, GDK_SHIFT_MASK);
  assert_cut (tree, clustering->tree, 6);
  ui_press_key (view, GDK_KEY_Up, GDK_SHIFT_MASK);
  ui_press_key (view, GDK_KEY_Up, GDK_SHIFT_MASK);
  assert_cut (tree, clustering->tree, 4);
  for (int i = 0; i < 9; i++)
    ui_press_key (view, GDK_KEY_Up, GDK_SHIFT_MASK);
  assert_cut (tree, clustering->tree, 2);
  ui_press_key (view, GDK_KEY_End, GDK_SHIFT_MASK);
  assert_cut (tree, clustering->tree, 25);
  ui_press_key (view, GDK_KEY_Home, GDK_SHIFT_MASK);
  ui_press_key (view, GDK_KEY_Down, GDK_SHIFT_MASK);
  assert_cut (tree, clustering->tree, 3);

  ui_settle (window);
  g_assert_true (insui_session_get_results (window->session)->clustering == clustering);
  ui_wait (insui_session_get_results (window->session)->clustering->k == 3);
  ui_wait_idle (window);
  g_assert_true (gtk_widget_has_focus (ui_find (tree, INSUI_TYPE_CHART_VIEW, 0)));
  ui_act (window, "undo");
  undone = ui_get_param (window, INS_STAGE_CLUSTER, "clusters");
  g_assert_cmpstr (undone, ==, "5");
  ui_close_unasked (window);
}

/* --- every chart --- */

/* Walks to the first and the last mark of each chart there is, and picks it. */
static void
walk_charts (GtkWidget *widget, guint *n)
{
  InsUiChartView *view;
  GtkWidget *found;

  for (guint i = 0; (found = ui_find (widget, INSUI_TYPE_CHART_VIEW, i)); i++)
    {
      g_autofree char *described = NULL;
      g_autofree char *item = NULL;

      view = INSUI_CHART_VIEW (found);
      if (!gtk_widget_get_mapped (found) || !view->chart)
        continue;
      (*n)++;
      g_assert_true (gtk_widget_grab_focus (found));
      described = ins_chart_describe (view->chart);
      g_assert_cmpuint (strlen (described), >, 10);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view),
                                           GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, described);
      ui_press_key (found, GDK_KEY_End, 0);
      g_assert_cmpint (view->cursor, >=, 0);
      ui_press_key (found, GDK_KEY_Home, 0);
      g_assert_cmpint (view->cursor, >=, 0);
      item = ins_chart_describe_item (view->chart, view->cursor);
      g_assert_nonnull (item);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (view),
                                           GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, item);
      g_assert_true (gtk_widget_get_child_visible (view->card));
      insui_chart_view_set_chart (view, NULL); /* what Space did must not change the next one */
    }
}

static void
test_charts (void)
{
  InsUiWindow *window = open_shop ();
  guint n = 0;

  insui_session_use_step (window->session, "hierarchical");
  ui_run (window);
  for (int i = 0; ui_pages[i]; i++)
    {
      InsUiPage *page = ui_show_page (window, ui_pages[i]);
      GtkStack *views = ui_find_stack (GTK_WIDGET (page), "dendrogram");
      g_autoptr (GtkSelectionModel) model = views ? gtk_stack_get_pages (views) : NULL;

      if (!views)
        walk_charts (GTK_WIDGET (page), &n);
      for (guint j = 0; views && j < g_list_model_get_n_items (G_LIST_MODEL (model)); j++)
        {
          gtk_selection_model_select_item (model, j, TRUE);
          ui_settle (window);
          walk_charts (gtk_stack_get_visible_child (views), &n);
        }
    }
  g_assert_cmpuint (n, >=, 14);
  ui_close_unasked (window);
}

/* --- names --- */

static gboolean
has_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return *gtk_label_get_text (GTK_LABEL (widget)) != '\0';
  if (GTK_IS_POPOVER (widget))
    return FALSE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

/* What GTK itself puts together knows its own names. */
static gboolean
is_ours (GtkWidget *widget)
{
  static GType (*const made[]) (void) = {
    gtk_spin_button_get_type,     gtk_drop_down_get_type,    gtk_menu_button_get_type,
    gtk_window_controls_get_type, gtk_column_view_get_type,  gtk_text_get_type,
    adw_entry_row_get_type,       gtk_popover_menu_get_type,
  };

  for (GtkWidget *up = gtk_widget_get_parent (widget); up; up = gtk_widget_get_parent (up))
    {
      if (g_str_equal (G_OBJECT_TYPE_NAME (up), "AdwToastWidget")) /* it has no header */
        return FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (made); i++)
        if (g_type_is_a (G_OBJECT_TYPE (up), made[i]()))
          return FALSE;
    }
  return TRUE;
}

/* Buttons with a picture only say what they do, by their name and beside the pointer. */
static void
check_names (GtkWidget *widget, const char *where, guint *n)
{
  if (gtk_widget_get_mapped (widget) && (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget))
      && is_ours (widget) && !has_text (widget))
    {
      (*n)++;
      if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
          || !gtk_widget_get_tooltip_text (widget))
        g_error ("%s: a %s without a name (in %s; %s)", where, G_OBJECT_TYPE_NAME (widget),
                 G_OBJECT_TYPE_NAME (gtk_widget_get_parent (widget)),
                 gtk_widget_get_tooltip_text (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    check_names (child, where, n);
}

static void
test_names (void)
{
  InsUiWindow *window = open_shop ();
  guint n = 0;

  ui_run (window);
  insui_session_select_cluster (window->session, 0, INSUI_SELECT_REPLACE);
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "seed", "7");
  for (int i = 0; ui_pages[i]; i++)
    {
      ui_show_page (window, ui_pages[i]);
      check_names (GTK_WIDGET (window), ui_pages[i], &n);
    }
  g_test_message ("%u buttons without text", n);
  g_assert_cmpuint (n, >, 40);
  ui_close_unasked (window);
}

/* --- what is being done is not disturbed --- */

/* Both the focus and the text typed outlive what comes of a change elsewhere. */
static void
test_typing (void)
{
  InsUiWindow *window = open_shop ();
  GtkWidget *entry;

  ui_hold (window);
  ui_show_page (window, "filters");
  ui_wait ((entry = ui_find (GTK_WIDGET (window->pane), GTK_TYPE_ENTRY, 0)));
  g_assert_true (gtk_widget_grab_focus (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "2025-0");
  insui_session_set_param (window->session, INS_STAGE_FILTER, "price-rule", "off");
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "2025-0");

  /* What is refused goes, what is undone comes back. */
  g_signal_emit_by_name (entry, "activate");
  ui_wait (ui_get_dialog (window));
  ui_answer (ui_get_dialog (window), "close");
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (entry), "2025-02-01");
  g_signal_emit_by_name (entry, "activate");
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "2025-02-01");
  ui_act (window, "undo");
  ui_settle (window);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  ui_close_unasked (window);
}

static void
test_focus_of_map (void)
{
  InsUiWindow *window = open_shop ();
  GtkWidget *grid, *choice;

  ui_hold (window);
  ui_show_page (window, "data");
  ui_wait ((grid = ui_find (GTK_WIDGET (window->pane), GTK_TYPE_GRID, 0)));
  g_assert_nonnull (choice = ui_find (grid, GTK_TYPE_DROP_DOWN, 1));
  g_assert_true (gtk_widget_grab_focus (choice));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), 1);
  ui_settle (window);
  g_assert_true (ui_find (grid, GTK_TYPE_DROP_DOWN, 1) == choice);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window))
                 && gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), grid));
  ui_act (window, "undo");
  ui_settle (window);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (choice)), ==, 0);
  ui_close_unasked (window);
}

static void
test_focus_of_services (void)
{
  InsUiWindow *window = ui_window_new ();
  GtkWidget *page, *check;
  gboolean active;

  insui_session_open_sample (window->session);
  ui_wait_idle (window);
  page = GTK_WIDGET (ui_show_page (window, "filters"));
  g_assert_nonnull (check = ui_find (page, GTK_TYPE_CHECK_BUTTON, 0));
  active = gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
  g_assert_true (gtk_widget_grab_focus (check));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), !active);
  ui_settle (window);
  ui_wait_idle (window);
  g_assert_true (ui_find (page, GTK_TYPE_CHECK_BUTTON, 0) == check);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == check);
  ui_act (window, "undo");
  ui_settle (window);
  g_assert_cmpint (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)), ==, active);
  ui_close_unasked (window);
}

/* Another method has other parameters; who chose it is still there. */
static void
test_focus_of_method (void)
{
  InsUiWindow *window = open_shop ();
  GtkWidget *row, *focus;

  ui_hold (window);
  ui_act (window, "page::cluster");
  ui_settle (window);
  ui_wait ((row = ui_find (GTK_WIDGET (window->pane), ADW_TYPE_COMBO_ROW, 0)));
  g_assert_true (gtk_widget_grab_focus (row));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                              1 - adw_combo_row_get_selected (ADW_COMBO_ROW (row)));
  ui_settle (window);
  g_assert_true (ui_find (GTK_WIDGET (window->pane), ADW_TYPE_COMBO_ROW, 0) != row);
  focus = gtk_root_get_focus (GTK_ROOT (window));
  g_assert_nonnull (focus);
  g_assert_nonnull (gtk_widget_get_ancestor (focus, ADW_TYPE_COMBO_ROW));
  ui_close_unasked (window);
}

/* Esc closes a list before it clears the selection; a list can be opened again and again. */
static void
test_escape (void)
{
  InsUiWindow *window = open_shop ();
  GtkWidget *button = NULL, *popover = NULL;

  ui_hold (window);
  ui_show_page (window, "filters");
  ui_act (window, "select-all");
  for (guint i = 0; !popover || !GTK_IS_POPOVER (popover) || !gtk_widget_get_mapped (popover); i++)
    {
      button = ui_find (GTK_WIDGET (window->pane), GTK_TYPE_MENU_BUTTON, i);
      g_assert_nonnull (button);
      if (gtk_menu_button_get_icon_name (GTK_MENU_BUTTON (button)))
        continue; /* a calendar */
      for (int turn = 0; turn < 3; turn++)
        {
          gtk_menu_button_popup (GTK_MENU_BUTTON (button));
          popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
          ui_wait (gtk_widget_get_mapped (popover));
          ui_settle (window);
          if (turn == 2)
            break;
          gtk_popover_popdown (GTK_POPOVER (popover));
          ui_wait (!gtk_widget_get_mapped (popover));
          ui_settle (window);
        }
    }
  g_assert_true (gtk_widget_child_focus (popover, GTK_DIR_TAB_FORWARD));
  ui_act (window, "stop");
  ui_wait (!gtk_widget_get_mapped (popover));
  g_assert_cmpuint (insui_session_get_n_selected (window->session), >, 0);
  gtk_widget_grab_focus (button);
  ui_settle (window);
  ui_act (window, "stop");
  g_assert_cmpuint (insui_session_get_n_selected (window->session), ==, 0);
  ui_settle (window);
  ui_close_unasked (window);
}

/* --- questions --- */

static char *
make_utf16 (gboolean big_endian)
{
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf"
                                           "Beleg;Artikel;Menge;Datum;Preis;Kunde\r\n");
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 60; i++)
    g_string_append_printf (text, "%d;Grüner Tee №%d;%d;%02d/%02d/2025;2,50;K%d\r\n", 100 + i / 2,
                            i % 7, 1 + i % 3, 1 + i % 12, 1 + (i * 5) % 12, 10 + i % 9);
  bytes = g_convert (text->str, (gssize)text->len, big_endian ? "UTF-16BE" : "UTF-16LE", "UTF-8",
                     NULL, &length, &error);
  g_assert_no_error (error);
  return ui_make_file ("utf16.csv", bytes, length);
}

/* What is asked about is shown as it reads, whatever its bytes are; the answer by key. */
static void
test_question (gconstpointer big_endian)
{
  g_autofree char *path = make_utf16 (GPOINTER_TO_INT (big_endian));
  InsUiWindow *window = ui_window_new ();
  GtkWidget *page, *row = NULL;

  ui_open (window, path);
  g_assert_nonnull (insui_session_get_questions (window->session));
  page = GTK_WIDGET (ui_show_page (window, "data"));
  g_assert_nonnull (ui_find_label (page, "First Lines of the File"));
  g_assert_nonnull (ui_find_label (page, "Beleg;Artikel;Menge;Datum;Preis;Kunde"));
  g_assert_nonnull (ui_find_label (page, "100;Grüner Tee №0;1;01/01/2025;2,50;K10"));
  g_assert_null (ui_find_label (page, "\xef\xbf\xbd"));

  for (guint i = 0; !row || !ui_find_label (row, "day/month/year"); i++)
    {
      row = ui_find (page, ADW_TYPE_ACTION_ROW, i);
      g_assert_nonnull (row);
    }
  g_assert_true (gtk_widget_grab_focus (row));
  g_assert_true (gtk_widget_activate (row));
  ui_wait_idle (window);
  g_assert_null (insui_session_get_questions (window->session));
  g_assert_cmpint (insui_session_get_results (window->session)->import->n_rows, ==, 60);
  ui_close_unasked (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/keys/cut", test_cut);
  g_test_add_func ("/ui/keys/charts", test_charts);
  g_test_add_func ("/ui/keys/names", test_names);
  g_test_add_func ("/ui/keys/typing", test_typing);
  g_test_add_func ("/ui/keys/focus-of-map", test_focus_of_map);
  g_test_add_func ("/ui/keys/focus-of-services", test_focus_of_services);
  g_test_add_func ("/ui/keys/focus-of-method", test_focus_of_method);
  g_test_add_func ("/ui/keys/escape", test_escape);
  g_test_add_data_func ("/ui/keys/question-utf16le", GINT_TO_POINTER (FALSE), test_question);
  g_test_add_data_func ("/ui/keys/question-utf16be", GINT_TO_POINTER (TRUE), test_question);
  return g_test_run ();
}
