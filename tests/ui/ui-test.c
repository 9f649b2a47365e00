/* ui-test.c: the real window in a test: start, wait, look for widgets, press on charts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include "base/ins-random.h"

#include "ins-config.h"
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

const char *const ui_pages[] = { "data",  "filters", "features", "prepare",
                                 "embed", "cluster", "profile",  NULL };

static InsUiApplication *application;
static char *folder;

/* --- start and end --- */

static void
remove_folder (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_test_init (int *argc, char ***argv)
{
  g_autoptr (GError) error = NULL;

  if (!g_getenv ("DISPLAY") && !g_getenv ("WAYLAND_DISPLAY"))
    {
      g_print ("1..0 # SKIP no display\n");
      exit (0);
    }
  gtk_test_init (argc, argv, NULL);
  if (gtk_get_minor_version () >= 12) /* libadwaita's own dialogs warn there */
    g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  g_timeout_add (20, on_tick, NULL);
  folder = g_dir_make_tmp ("insiders-ui-XXXXXX", &error);
  g_assert_no_error (error);
  atexit (remove_folder);

  application = g_object_new (INSUI_TYPE_APPLICATION, "application-id", INS_APP_ID, "flags",
                              G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN,
                              "resource-base-path", "/io/github/insiders/Insiders", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_hold (G_APPLICATION (application));
}

InsUiApplication *
ui_get_application (void)
{
  return application;
}

void
ui_iterate (void)
{
  g_main_context_iteration (NULL, TRUE);
}

void
ui_settle (InsUiWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gint64 first = gdk_frame_clock_get_frame_counter (clock);

  gtk_widget_queue_draw (GTK_WIDGET (window));
  ui_wait (gdk_frame_clock_get_frame_counter (clock) > first + 1
           || (gtk_widget_queue_draw (GTK_WIDGET (window)), FALSE));
}

/* --- window --- */

InsUiWindow *
ui_window_new (void)
{
  InsUiWindow *window = insui_window_new (application);

  gtk_window_present (GTK_WINDOW (window));
  ui_wait (gtk_widget_get_mapped (GTK_WIDGET (window)));
  return window;
}

/* "page::data" and such name a target. */
void
ui_act (InsUiWindow *window, const char *action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  g_action_parse_detailed_name (action, &name, &target, &error);
  g_assert_no_error (error);
  g_assert_true (ui_can_act (window, name));
  g_action_group_activate_action (G_ACTION_GROUP (window), name, target);
}

gboolean
ui_can_act (InsUiWindow *window, const char *action)
{
  g_assert_true (g_action_group_has_action (G_ACTION_GROUP (window), action));
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

void
ui_wait_idle (InsUiWindow *window)
{
  InsUiSession *session = insui_window_get_session (window);

  ui_wait (!insui_session_is_running (session) && !session->saving);
  ui_settle (window);
}

void
ui_hold (InsUiWindow *window)
{
  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    window->session->seconds[stage] = 3600;
}

void
ui_open (InsUiWindow *window, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  insui_window_open (window, file);
  ui_wait_idle (window);
}

void
ui_run (InsUiWindow *window)
{
  ui_act (window, "run");
  g_assert_true (insui_session_is_running (insui_window_get_session (window)));
  ui_wait_idle (window);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  insui_session_save_finish (INSUI_SESSION (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

void
ui_save (InsUiWindow *window, const char *path)
{
  gboolean saved = FALSE;

  insui_session_save (insui_window_get_session (window), path, on_saved, &saved);
  ui_wait (saved);
  ui_wait_idle (window);
}

void
ui_close (InsUiWindow *window)
{
  GObject *parts[] = { G_OBJECT (window),
                       G_OBJECT (window->session),
                       G_OBJECT (insui_session_get_project (window->session)),
                       G_OBJECT (window->sidebar),
                       G_OBJECT (window->pane),
                       G_OBJECT (insui_window_get_page (window)) };
  GObject **weak = g_memdup2 (parts, sizeof parts);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    g_object_add_weak_pointer (parts[i], (gpointer *)&weak[i]);
  gtk_window_close (GTK_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    ui_wait (weak[i] == NULL);
  g_free (weak);
}

void
ui_close_unasked (InsUiWindow *window)
{
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  ui_close (window);
}

InsUiWindow *
ui_open_shop (gboolean run)
{
  g_autofree char *shop = ui_make_shop ();
  InsUiWindow *window = ui_window_new ();

  ui_open (window, shop);
  if (run)
    ui_run (window);
  ui_hold (window);
  return window;
}

const char *
ui_get_name (InsUiWindow *window, gsize cluster)
{
  return insui_session_get_identities (window->session, NULL)[cluster].name;
}

InsUiPage *
ui_show_page (InsUiWindow *window, const char *id)
{
  g_autofree char *action = g_strconcat ("page::", id, NULL);
  GtkWidget *page = gtk_stack_get_child_by_name (window->pages, id);
  GtkStack *stack;

  g_assert_nonnull (page);
  ui_act (window, action);
  ui_wait (gtk_widget_get_mapped (page));
  g_assert_true (insui_window_get_page (window) == INSUI_PAGE (page));
  ui_settle (window);
  stack = ui_find_stack (page, "empty");
  g_assert_nonnull (stack);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), !=, "empty");
  return INSUI_PAGE (page);
}

/* --- dialogs --- */

AdwMessageDialog *
ui_get_dialog (InsUiWindow *window)
{
  g_autoptr (GList) toplevels = gtk_window_list_toplevels ();

  for (GList *l = toplevels; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data)
        && gtk_window_get_transient_for (l->data) == GTK_WINDOW (window))
      return l->data;
  return NULL;
}

void
ui_answer (AdwMessageDialog *dialog, const char *response)
{
  GObject *weak = G_OBJECT (dialog);
  const char *label = adw_message_dialog_get_response_label (dialog, response);
  GtkWidget *button = NULL;

  for (guint i = 0; !button; i++)
    {
      GtkWidget *candidate = ui_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, i);

      g_assert_nonnull (candidate);
      if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (candidate)), label) == 0)
        button = candidate;
    }
  g_object_add_weak_pointer (weak, (gpointer *)&weak);
  g_signal_emit_by_name (button, "clicked");
  ui_wait (weak == NULL);
}

/* --- widgets --- */

static GtkWidget *
find (GtkWidget *root, GType type, guint *n)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type) && (*n)-- == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, n);

      if (found)
        return found;
    }
  return NULL;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, guint n)
{
  return find (root, type, &n);
}

GtkWidget *
ui_find_label (GtkWidget *root, const char *part)
{
  GtkWidget *label;

  for (guint i = 0; (label = ui_find (root, GTK_TYPE_LABEL, i)); i++)
    if (strstr (gtk_label_get_text (GTK_LABEL (label)), part))
      return label;
  return NULL;
}

GtkStack *
ui_find_stack (GtkWidget *root, const char *page)
{
  GtkWidget *stack;

  for (guint i = 0; (stack = ui_find (root, GTK_TYPE_STACK, i)); i++)
    if (gtk_stack_get_child_by_name (GTK_STACK (stack), page))
      return GTK_STACK (stack);
  return NULL;
}

const char *
ui_get_mark (InsUiWindow *window, const char *page)
{
  for (int i = 0; ui_pages[i]; i++)
    if (g_str_equal (ui_pages[i], page))
      {
        GtkWidget *list = ui_find (GTK_WIDGET (window->sidebar), GTK_TYPE_LIST_BOX, 0);
        GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), i);

        return gtk_widget_get_tooltip_text (GTK_WIDGET (ui_find_stack (GTK_WIDGET (row), "mark")));
      }
  g_assert_not_reached ();
}

char *
ui_get_param (InsUiWindow *window, InsStage stage, const char *name)
{
  InsProject *project = insui_session_get_project (insui_window_get_session (window));
  InsStep *step = ins_pipeline_get_step (ins_project_get_pipeline (project), stage);
  const InsParam *param = ins_step_class_find_param (INS_STEP_GET_CLASS (step), name);

  g_assert_nonnull (param);
  return ins_step_get_text (step, param);
}

/* --- charts --- */

/* GTK 4 makes no events for tests: the gesture's own signals are given instead. */
void
ui_drag_chart (InsUiChartView *view, double x0, double y0, double x1, double y1)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  gboolean found = FALSE;

  g_assert_true (insui_chart_view_ensure_layout (view));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      double dx = (x1 - x0) * view->unit;
      double dy = (y1 - y0) * view->unit;

      if (!GTK_IS_GESTURE_DRAG (controller))
        continue;
      found = TRUE;
      g_signal_emit_by_name (controller, "drag-begin", x0 * view->unit, y0 * view->unit);
      g_signal_emit_by_name (controller, "drag-update", dx / 2, dy / 2);
      g_signal_emit_by_name (controller, "drag-update", dx, dy);
      g_signal_emit_by_name (controller, "drag-end", dx, dy);
    }
  g_assert_true (found);
}

void
ui_click_chart (InsUiChartView *view, int item)
{
  InsChartHit hit;
  double x, y;

  g_assert_true (insui_chart_view_ensure_layout (view));
  g_assert_true (ins_chart_locate (view->chart, item, &hit));
  x = hit.x + hit.width / 2;
  y = hit.y + hit.height / 2;
  ui_drag_chart (view, x, y, x, y);
}

static GtkShortcut *
find_shortcut (GListModel *controller, guint key, GdkModifierType modifiers)
{
  for (guint i = 0; i < g_list_model_get_n_items (controller); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (controller, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger)
          && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
          && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
        return g_steal_pointer (&shortcut);
    }
  return NULL;
}

void
ui_press_key (GtkWidget *widget, guint key, GdkModifierType modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcut) shortcut = NULL;

  for (guint i = 0; !shortcut && i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_SHORTCUT_CONTROLLER (controller))
        shortcut = find_shortcut (G_LIST_MODEL (controller), key, modifiers);
    }
  g_assert_nonnull (shortcut);
  gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), GTK_SHORTCUT_ACTION_EXCLUSIVE,
                                widget, gtk_shortcut_get_arguments (shortcut));
}

/* --- files --- */

char *
ui_make_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

char *
ui_make_file (const char *name, const char *content, gsize length)
{
  char *path = ui_make_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, content, (gssize)length, &error);
  g_assert_no_error (error);
  return path;
}

/* A few come often and buy much, some come now and then, most were here once and long ago. */
typedef struct
{
  guint customers;
  guint invoices;
  guint lines;
  guint pence;
  guint first_day;
} Kind;

static void
append_customer (GString *csv, const Kind *kind, guint customer)
{
  const guint64 seed = 20260;

  for (guint invoice = 0; invoice < kind->invoices; invoice++)
    {
      guint day = kind->first_day + ins_random_below (seed, customer, invoice, 60);

      for (guint line = 0; line < kind->lines; line++)
        {
          guint product = ins_random_below (seed, customer, 1000 + invoice * 50 + line, 90);
          guint quantity = 1 + ins_random_below (seed, customer, 5000 + invoice * 50 + line, 9);
          guint pence = kind->pence + product * 7;

          g_string_append_printf (csv,
                                  "%u,P%03u,\"Tin %u, round\",%u,2025-%02u-%02u 10:15,%u.%02u,%u,"
                                  "%s\n",
                                  500000 + customer * 40 + invoice, product + 100, product,
                                  quantity, 1 + day / 28, 1 + day % 28, pence / 100, pence % 100,
                                  12000 + customer, customer % 5 ? "Netherlands" : "France");
        }
    }
}

char *
ui_make_shop (void)
{
  static const Kind kinds[] = { { 9, 24, 9, 900, 270 },
                                { 60, 7, 5, 350, 180 },
                                { 110, 2, 3, 150, 20 } };
  g_autoptr (GString) csv = g_string_new (
      "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n");
  guint customer = 0;

  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < kinds[kind].customers; i++)
      append_customer (csv, &kinds[kind], customer++);
  return ui_make_file ("shop.csv", csv->str, csv->len);
}
