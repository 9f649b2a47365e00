/* test-window-tell.c: what the window asks and says: quitting, groups found, questions, long lists
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include <string.h>

#define WINDOWS 3
#define BORDER 10 /* of a window without a window manager */

/* --- quitting --- */

static void
quit (void)
{
  g_action_group_activate_action (G_ACTION_GROUP (ui_get_application ()), "quit", NULL);
}

/* The one window that asks. */
static AdwMessageDialog *
wait_for_question (InsUiWindow **windows)
{
  AdwMessageDialog *dialog = NULL;
  guint n = 0;

  ui_wait ((dialog = ui_get_dialog (windows[1])) || (dialog = ui_get_dialog (windows[2])));
  for (int i = 0; i < WINDOWS; i++)
    {
      ui_settle (windows[i]);
      n += ui_get_dialog (windows[i]) != NULL;
    }
  g_assert_cmpuint (n, ==, 1);
  return dialog;
}

static void
assert_all_open (InsUiWindow **windows)
{
  for (int i = 0; i < WINDOWS; i++)
    {
      ui_settle (windows[i]);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (windows[i])));
    }
}

/* Nothing is changed in the first one; the others ask, one after the other. */
static void
test_quit (void)
{
  InsUiWindow *windows[WINDOWS];
  GObject *weak[WINDOWS];
  GtkWindow *first;

  for (int i = 0; i < WINDOWS; i++)
    windows[i] = ui_open_shop (FALSE);
  for (int i = 1; i < WINDOWS; i++)
    insui_session_set_param (windows[i]->session, INS_STAGE_CLUSTER, "clusters", "4");

  quit ();
  ui_answer (wait_for_question (windows), "cancel");
  assert_all_open (windows);

  /* What was given up before is kept as well. */
  quit ();
  first = gtk_window_get_transient_for (GTK_WINDOW (wait_for_question (windows)));
  ui_answer (wait_for_question (windows), "discard");
  ui_wait (ui_get_dialog (windows[1]) || ui_get_dialog (windows[2]));
  assert_all_open (windows);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (wait_for_question (windows))) != first);
  ui_answer (wait_for_question (windows), "cancel");
  assert_all_open (windows);
  gtk_window_close (first);
  ui_answer (wait_for_question (windows), "cancel");
  assert_all_open (windows);

  quit ();
  ui_answer (wait_for_question (windows), "discard");
  ui_wait (ui_get_dialog (windows[1]) || ui_get_dialog (windows[2]));
  for (int i = 0; i < WINDOWS; i++)
    {
      weak[i] = G_OBJECT (windows[i]);
      g_object_add_weak_pointer (weak[i], (gpointer *)&weak[i]);
    }
  ui_answer (wait_for_question (windows), "discard");
  for (int i = 0; i < WINDOWS; i++)
    ui_wait (weak[i] == NULL);
}

/* Saved on the way out. */
static void
test_quit_saving (void)
{
  g_autofree char *path = ui_make_path ("quit.insiders");
  InsUiWindow *window = ui_open_shop (FALSE);
  InsUiWindow *other = ui_open_shop (FALSE);
  GObject *weak[] = { G_OBJECT (window), G_OBJECT (other) };
  g_autofree char *k = NULL;

  ui_save (window, path);
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "4");
  for (gsize i = 0; i < G_N_ELEMENTS (weak); i++)
    g_object_add_weak_pointer (weak[i], (gpointer *)&weak[i]);
  quit ();
  ui_wait (ui_get_dialog (window));
  ui_answer (ui_get_dialog (window), "save");
  for (gsize i = 0; i < G_N_ELEMENTS (weak); i++)
    ui_wait (weak[i] == NULL);

  window = ui_window_new ();
  ui_open (window, path);
  k = ui_get_param (window, INS_STAGE_CLUSTER, "clusters");
  g_assert_cmpstr (k, ==, "4");
  ui_close (window);
}

/* --- groups found --- */

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  for (guint i = 0; (button = ui_find (root, GTK_TYPE_BUTTON, i)); i++)
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
      return button;
  return NULL;
}

static void
test_groups_found (void)
{
  InsUiWindow *window = ui_open_shop (FALSE);
  GtkWidget *toasts = GTK_WIDGET (window->toasts);
  GtkWidget *button;

  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "4");
  ui_show_page (window, "data");
  ui_run (window);
  g_assert_nonnull (ui_find_label (toasts, "4 groups found"));
  g_assert_nonnull (button = find_button (toasts, "_Show"));
  g_signal_emit_by_name (button, "clicked");
  ui_settle (window);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->pages), ==, "cluster");
  ui_wait (!ui_find_label (toasts, "4 groups found"));

  /* Where they are seen it goes without saying. */
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "5");
  ui_run (window);
  g_assert_null (ui_find_label (toasts, "5 groups found"));

  /* Nor are there new ones. */
  ui_show_page (window, "filters");
  ui_run (window);
  g_assert_null (ui_find_label (toasts, "groups found"));

  /* What the program does by itself is not worth a word. */
  insui_session_set_param (window->session, INS_STAGE_CLUSTER, "clusters", "6");
  insui_session_run (window->session, 0);
  ui_wait_idle (window);
  g_assert_cmpuint (insui_session_get_results (window->session)->clustering->k, ==, 6);
  g_assert_null (ui_find_label (toasts, "groups found"));
  ui_close_unasked (window);
}

/* --- questions --- */

static void
test_question (void)
{
  g_autoptr (GString) csv = g_string_new ("Invoice,Product,Quantity,Date,Customer,A,B\n");
  g_autofree char *path = NULL;
  InsUiWindow *window = ui_window_new ();
  GtkWidget *page;

  for (int i = 0; i < 60; i++)
    g_string_append_printf (csv, "%d,Tea %d,%d,2025-%02d-%02d,K%d,%d.%02d,%d.%02d\n", 100 + i / 2,
                            i % 7, 1 + i % 3, 1 + i % 12, 1 + (i * 5) % 28, 10 + i % 9, i % 11,
                            i * 7 % 100, i % 5, i * 3 % 100);
  path = ui_make_file ("unclear.csv", csv->str, csv->len);
  ui_open (window, path);
  g_assert_nonnull (insui_session_get_questions (window->session));
  page = GTK_WIDGET (ui_show_page (window, "data"));
  g_assert_nonnull (ui_find_label (page, "which column holds the unit price"));
  g_assert_null (ui_find_label (page, "--"));
  ui_close_unasked (window);
}

/* --- long lists --- */

/* Opened and closed again and again, without a warning. */
static void
test_countries (void)
{
  g_autoptr (GString) csv = g_string_new (
      "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n");
  g_autofree char *path = NULL;
  InsUiWindow *window = ui_window_new ();
  guint lists = 0;

  for (int i = 0; i < 200; i++)
    g_string_append_printf (csv, "%d,%d,Tea,%d,2025-%02d-%02d 10:00:00,2.50,%d,Country %d\n",
                            1000 + i, 20000 + i % 9, 1 + i % 3, 1 + i % 12, 1 + i % 28,
                            12000 + i % 80, i % 48);
  path = ui_make_file ("countries.csv", csv->str, csv->len);
  ui_open (window, path);
  ui_hold (window);
  ui_show_page (window, "filters");
  for (guint i = 0;; i++)
    {
      GtkWidget *button = ui_find (GTK_WIDGET (window->pane), GTK_TYPE_MENU_BUTTON, i);
      GtkWidget *popover;

      if (!button)
        break;
      if (!gtk_widget_get_mapped (button))
        continue;
      for (int turn = 0; turn < 2; turn++)
        {
          gtk_menu_button_popup (GTK_MENU_BUTTON (button));
          popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
          ui_wait (gtk_widget_get_mapped (popover));
          ui_settle (window);
          lists += ui_find (popover, GTK_TYPE_CHECK_BUTTON, 12) != NULL;
          gtk_popover_popdown (GTK_POPOVER (popover));
          ui_wait (!gtk_widget_get_mapped (popover));
          ui_settle (window);
        }
    }
  g_assert_cmpuint (lists, >=, 2);
  ui_close_unasked (window);
}

/* --- tables --- */

static float
get_top (GtkWidget *widget, GtkWidget *above)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, above, &bounds));
  return bounds.origin.y;
}

/* On a laptop, the pane open: five numbers of groups and every column. */
static void
test_choose_k (void)
{
  InsUiWindow *window = ui_open_shop (TRUE);
  GtkStack *views;
  GtkWidget *view, *page, *table, *list, *scrolled;
  GtkAdjustment *across;

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  views = ui_find_stack (GTK_WIDGET (ui_show_page (window, "cluster")), "choose-k");
  gtk_stack_set_visible_child_name (views, "choose-k");
  ui_wait (gtk_widget_get_width (GTK_WIDGET (window->root_stack)) == 1280 - BORDER);
  ui_settle (window);
  g_assert_true (adw_flap_get_reveal_flap (window->flap));
  view = gtk_stack_get_visible_child (views);
  g_assert_nonnull (table = ui_find (view, GTK_TYPE_COLUMN_VIEW, 0));
  scrolled = gtk_widget_get_ancestor (table, GTK_TYPE_SCROLLED_WINDOW);
  page = gtk_widget_get_ancestor (gtk_widget_get_parent (scrolled), GTK_TYPE_SCROLLED_WINDOW);
  list = gtk_widget_get_last_child (table);
  ui_wait (gtk_widget_get_first_child (list)
           && gtk_widget_get_height (gtk_widget_get_first_child (list)) > 0);
  g_test_message ("list at %g of %d, row %d", get_top (list, page), gtk_widget_get_height (page),
                  gtk_widget_get_height (gtk_widget_get_first_child (list)));
  g_assert_cmpfloat (get_top (list, page)
                         + 5 * gtk_widget_get_height (gtk_widget_get_first_child (list)),
                     <=, gtk_widget_get_height (page));
  across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_test_message ("%g of %g wide", gtk_adjustment_get_page_size (across),
                  gtk_adjustment_get_upper (across));
  g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
  ui_close_unasked (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/tell/quit", test_quit);
  g_test_add_func ("/ui/tell/quit-saving", test_quit_saving);
  g_test_add_func ("/ui/tell/groups-found", test_groups_found);
  g_test_add_func ("/ui/tell/question", test_question);
  g_test_add_func ("/ui/tell/countries", test_countries);
  g_test_add_func ("/ui/tell/choose-k", test_choose_k);
  return g_test_run ();
}
