/* stalls.c FILE: how long the main loop is held up while the window is used with FILE
 *
 * Opens, computes, shows every page and view, selects, sorts, searches, cuts the tree, goes from
 * light to dark, saves and opens again, in the same window and in a new one.  Counted is the
 * processor time of the main thread per turn of the main loop, so that a busy computer does not
 * matter; where a turn takes long, a timer on that same clock tells what it was at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE 1
#include "ui-test.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LIMIT 50.0 /* ms */
#define FIRST 25   /* ms until the first sample, then every PERIOD */
#define PERIOD 10
#define CALM 4 /* ms of processor time in 40 turns */
#define MAX_SAMPLES 64
#define MAX_FRAMES 48

static struct
{
  void *frames[MAX_SAMPLES][MAX_FRAMES];
  int n_frames[MAX_SAMPLES];
  int n;
} samples;

static timer_t timer;
static const char *doing = "start";
static double worst;
static int n_stalls;
static int n_turns;

static void
on_sample (int number)
{
  if (samples.n < MAX_SAMPLES)
    {
      int n = backtrace (samples.frames[samples.n], MAX_FRAMES);

      samples.n_frames[samples.n++] = n;
    }
}

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
arm (long first)
{
  struct itimerspec spec = { { 0, PERIOD * 1000000 }, { 0, first * 1000000 } };

  timer_settime (timer, 0, &spec, NULL);
}

static void
create_timer (void)
{
  struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGRTMIN };
  struct sigaction action = { .sa_handler = on_sample, .sa_flags = SA_RESTART };
  void *warm_up[2];

  backtrace (warm_up, 2); /* loads what it needs now */
  event._sigev_un._tid = (int)syscall (SYS_gettid);
  sigaction (SIGRTMIN, &action, NULL);
  if (timer_create (CLOCK_THREAD_CPUTIME_ID, &event, &timer) != 0)
    g_error ("timer_create failed");
}

/* "function (file:line)" of one address in this program; NULL for others. */
static char *
name_frame (void *frame)
{
  Dl_info info;
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *command = NULL;
  g_autofree char *output = NULL;
  char *end;

  if (!dladdr (frame, &info) || !exe || !info.dli_fname
      || !g_str_has_suffix (info.dli_fname, "stalls"))
    return NULL;
  command = g_strdup_printf ("addr2line -f -s -e %s 0x%zx", exe,
                             (gsize)((char *)frame - (char *)info.dli_fbase) - 1);
  if (!g_spawn_command_line_sync (command, &output, NULL, NULL, NULL))
    return NULL;
  if ((end = strchr (output, '\n')))
    *end = ' ';
  return g_strdup (g_strstrip (output));
}

/* This program's functions with their lines, those of libraries with the name known best. */
static void
print_sample (int i)
{
  const char *last = NULL;
  int shown = 0;

  for (int j = 2; j < samples.n_frames[i] && shown < 14; j++)
    {
      void *frame = samples.frames[i][j];
      g_autofree char *name = name_frame (frame);
      Dl_info info;

      if (name && (g_str_has_prefix (name, "turn ") || g_str_has_prefix (name, "main ")))
        break;
      if (!name && dladdr (frame, &info) && info.dli_sname && info.dli_sname != last)
        {
          name = g_strdup_printf ("(%s)", info.dli_sname);
          last = info.dli_sname;
        }
      if (!name)
        continue;
      g_print ("      %s\n", name);
      shown++;
    }
}

/* One turn of the main loop that does not wait. */
static gboolean
turn (void)
{
  gint64 wall = g_get_monotonic_time ();
  double before = get_cpu ();
  double spent;
  gboolean worked;

  samples.n = 0;
  arm (FIRST);
  worked = g_main_context_iteration (NULL, FALSE);
  timer_settime (timer, 0, &(struct itimerspec){ 0 }, NULL);
  spent = get_cpu () - before;
  n_turns++;
  worst = MAX (worst, spent);
  if (spent > LIMIT)
    {
      n_stalls++;
      g_print ("  STALL %s: %.0f ms of processor (%.0f ms on the clock)\n", doing, spent,
               (double)(g_get_monotonic_time () - wall) / 1000);
      for (int i = 0; i < samples.n; i += MAX (samples.n / 4, 1))
        {
          g_print ("    sample %d of %d\n", i + 1, samples.n);
          print_sample (i);
        }
    }
  if (!worked)
    g_usleep (1000);
  return worked;
}

/* Turns until nothing runs, some pictures have been drawn, and lists that grow bit by bit are
 * complete: until the main thread has next to nothing to do. */
static void
rest (InsUiWindow *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gint64 first;
  double before;

  while (insui_session_is_running (window->session) || window->session->saving)
    turn ();
  first = gdk_frame_clock_get_frame_counter (clock);
  for (int i = 0; i < 3000 && gdk_frame_clock_get_frame_counter (clock) < first + 4; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      turn ();
    }
  do
    {
      before = get_cpu ();
      for (int i = 0; i < 40; i++)
        turn ();
    }
  while (get_cpu () - before > CALM);
}

static void
begin (const char *what)
{
  doing = what;
  worst = 0;
  n_turns = 0;
}

static void
end (InsUiWindow *window)
{
  rest (window);
  g_print ("%-44s longest turn %4.0f ms\n", doing, worst);
}

/* The calls made here are handlers as well. */
#define measure(what, window, call)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    double call_start = get_cpu ();                                                                \
    begin (what);                                                                                  \
    samples.n = 0;                                                                                 \
    arm (FIRST);                                                                                   \
    call;                                                                                          \
    timer_settime (timer, 0, &(struct itimerspec){ 0 }, NULL);                                     \
    worst = get_cpu () - call_start;                                                               \
    if (worst > LIMIT)                                                                             \
      {                                                                                            \
        n_stalls++;                                                                                \
        g_print ("  STALL %s: %.0f ms in the handler itself\n", doing, worst);                     \
        for (int s = 0; s < samples.n; s += MAX (samples.n / 4, 1))                                \
          {                                                                                        \
            g_print ("    sample %d of %d\n", s + 1, samples.n);                                   \
            print_sample (s);                                                                      \
          }                                                                                        \
      }                                                                                            \
    end (window);                                                                                  \
  }                                                                                                \
  G_STMT_END

static void
show_pages (InsUiWindow *window, const char *when)
{
  for (int i = 0; ui_pages[i]; i++)
    {
      GtkWidget *page = gtk_stack_get_child_by_name (window->pages, ui_pages[i]);
      g_autofree char *what = g_strdup_printf ("%s: page %s", when, ui_pages[i]);
      GtkWidget *stack;

      measure (what, window, insui_window_show_page (window, ui_pages[i]));
      for (guint j = 0; (stack = ui_find (page, GTK_TYPE_STACK, j)); j++)
        {
          g_autoptr (GtkSelectionModel) views = gtk_stack_get_pages (GTK_STACK (stack));
          guint n = g_list_model_get_n_items (G_LIST_MODEL (views));

          if (!gtk_widget_get_mapped (stack) || n < 2
              || gtk_stack_get_child_by_name (GTK_STACK (stack), "empty"))
            continue;
          for (guint k = n; k-- > 0;)
            {
              g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (views), k);
              GtkStackPage *view = GTK_STACK_PAGE (item);
              g_autofree char *deeper = g_strdup_printf (
                  "%s: %s/%s", when, ui_pages[i],
                  gtk_stack_page_get_name (view) ? gtk_stack_page_get_name (view) : "?");

              if (!gtk_stack_page_get_title (view))
                continue;
              measure (deeper, window, gtk_selection_model_select_item (views, k, TRUE));
            }
        }
    }
}

static GtkWidget *
get_page (InsUiWindow *window, const char *id)
{
  insui_window_show_page (window, id);
  rest (window);
  return gtk_stack_get_child_by_name (window->pages, id);
}

static void
use_charts (InsUiWindow *window)
{
  GtkWidget *page = get_page (window, "cluster");
  InsUiChartView *view;

  gtk_stack_set_visible_child_name (ui_find_stack (page, "scatter"), "scatter");
  rest (window);
  view = INSUI_CHART_VIEW (ui_find (page, INSUI_TYPE_CHART_VIEW, 0));
  measure ("rubber band over everybody", window,
           ui_drag_chart (view, 0, 0, view->layout_width, view->layout_height));
  measure ("rubber band over half", window,
           ui_drag_chart (view, 0, 0, view->layout_width / 2, view->layout_height));
  measure ("click on one", window, ui_click_chart (view, 7));
  measure ("select all", window, ui_act (window, "select-all"));
  measure ("invert the selection", window, ui_act (window, "invert-selection"));
  measure ("select none", window, insui_session_select_none (window->session));
  measure ("hover", window, insui_chart_view_set_hover (view, 11, TRUE));
  measure ("Home", window, ui_press_key (GTK_WIDGET (view), GDK_KEY_Home, 0));
  measure ("Right", window, ui_press_key (GTK_WIDGET (view), GDK_KEY_Right, 0));
  measure ("End", window, ui_press_key (GTK_WIDGET (view), GDK_KEY_End, 0));
  measure ("hover over a group", window, insui_chart_view_set_hover_group (view, 0));
  measure ("hover over none", window, insui_chart_view_set_hover_group (view, -1));
}

static void
choose_k (InsUiWindow *window)
{
  GtkWidget *page = get_page (window, "cluster");
  GtkWidget *view;
  GtkDropDown *list;

  gtk_stack_set_visible_child_name (ui_find_stack (page, "choose-k"), "choose-k");
  rest (window);
  view = gtk_stack_get_visible_child (ui_find_stack (page, "choose-k"));
  list = GTK_DROP_DOWN (ui_find (view, GTK_TYPE_DROP_DOWN, 0));
  measure ("another k", window, gtk_drop_down_set_selected (list, 3));
  measure ("yet another k", window, gtk_drop_down_set_selected (list, 12));
  measure ("use that k", window,
           g_signal_emit_by_name (ui_find (view, INSUI_TYPE_CHART_VIEW, 0), "item-activated", 5));
  gtk_stack_set_visible_child_name (ui_find_stack (page, "scatter"), "scatter");
  rest (window);
}

static void
move_cut (InsUiWindow *window)
{
  GtkWidget *page = get_page (window, "cluster");
  GtkStack *views = ui_find_stack (page, "dendrogram");
  const InsLinkage *tree;
  InsUiChartView *chart;

  insui_session_use_step (window->session, "hierarchical");
  measure ("find groups with a tree", window, insui_session_run (window->session, 0));
  measure ("the tree", window, gtk_stack_set_visible_child_name (views, "dendrogram"));
  chart =
      INSUI_CHART_VIEW (ui_find (gtk_stack_get_visible_child (views), INSUI_TYPE_CHART_VIEW, 0));
  tree = insui_session_get_results (window->session)->clustering->tree;
  for (guint i = 4; i < 9; i++)
    {
      chart->cut = tree->height[tree->n - i];
      measure ("drag the cut", window,
               (gtk_widget_queue_draw (GTK_WIDGET (chart)),
                g_signal_emit_by_name (chart, "cut-dragged", chart->cut, FALSE)));
    }
  measure ("drop the cut", window, g_signal_emit_by_name (chart, "cut-dragged", chart->cut, TRUE));
  measure ("undo the cut", window, ui_act (window, "undo"));
  measure ("redo the cut", window, ui_act (window, "redo"));
  gtk_stack_set_visible_child_name (views, "scatter");
  insui_session_use_step (window->session, "kmeans");
  measure ("find groups without a tree", window, insui_session_run (window->session, 0));
}

static void
sort_columns (InsUiWindow *window, GtkColumnView *table, const char *when)
{
  GListModel *columns = gtk_column_view_get_columns (table);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
      g_autofree char *what = g_strdup_printf ("%s: sort by %s", when,
                                               gtk_column_view_column_get_title (column)
                                                   ? gtk_column_view_column_get_title (column)
                                                   : "?");

      if (!gtk_column_view_column_get_visible (column))
        continue;
      g_strdelimit (what, "\n", ' ');
      measure (what, window, gtk_column_view_sort_by_column (table, column, GTK_SORT_ASCENDING));
      measure (what, window, gtk_column_view_sort_by_column (table, column, GTK_SORT_DESCENDING));
    }
}

static void
scroll (InsUiWindow *window, GtkColumnView *table, const char *when)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (table));
  const double places[] = { 0.01, 0.5, 1, 0.2, 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *what = g_strdup_printf ("%s: scroll to %.0f %%", when, places[i] * 100);

      measure (
          what, window,
          gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * places[i]));
    }
}

static void
use_customers (InsUiWindow *window)
{
  GtkWidget *page = get_page (window, "features");
  GtkColumnView *table = GTK_COLUMN_VIEW (ui_find (page, GTK_TYPE_COLUMN_VIEW, 0));
  GtkEditable *search = GTK_EDITABLE (ui_find (page, GTK_TYPE_SEARCH_ENTRY, 0));
  GtkToggleButton *all = NULL;
  const char *typed[] = { "1", "12", "123", "1234", "123", "1", "x", "" };

  for (guint i = 0; !all; i++)
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (ui_find (page, GTK_TYPE_TOGGLE_BUTTON, i))),
                   "All Columns")
        == 0)
      all = GTK_TOGGLE_BUTTON (ui_find (page, GTK_TYPE_TOGGLE_BUTTON, i));
  sort_columns (window, table, "customers");
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *what = g_strdup_printf ("search \"%s\"", typed[i]);

      measure (what, window,
               (gtk_editable_set_text (search, typed[i]),
                g_signal_emit_by_name (search, "search-changed")));
    }
  scroll (window, table, "customers");
  measure ("all columns", window, gtk_toggle_button_set_active (all, TRUE));
  scroll (window, table, "all columns");
  sort_columns (window, table, "all columns");
  measure ("all columns: dark", window,
           adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                               ADW_COLOR_SCHEME_FORCE_DARK));
  measure ("all columns: light", window,
           adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                               ADW_COLOR_SCHEME_FORCE_LIGHT));
  measure (
      "all columns: search \"17\"", window,
      (gtk_editable_set_text (search, "17"), g_signal_emit_by_name (search, "search-changed")));
  measure ("all columns: search \"\"", window,
           (gtk_editable_set_text (search, ""), g_signal_emit_by_name (search, "search-changed")));
  measure ("main columns", window, gtk_toggle_button_set_active (all, FALSE));
}

/* Also what a page that was not seen has to catch up with. */
static void
change_style (InsUiWindow *window)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  for (int i = 0; ui_pages[i]; i++)
    {
      g_autofree char *dark = g_strdup_printf ("dark: page %s", ui_pages[i]);
      g_autofree char *light = g_strdup_printf ("light: page %s", ui_pages[i]);

      get_page (window, ui_pages[i]);
      measure (dark, window,
               adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK));
      measure (light, window,
               adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT));
    }
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  rest (window);
  show_pages (window, "dark");
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  rest (window);
}

static void
resize (InsUiWindow *window)
{
  const int sizes[][2] = { { 900, 700 }, { 620, 700 }, { 400, 640 }, { 1290, 810 } };

  for (int i = 0; ui_pages[i]; i++)
    {
      get_page (window, ui_pages[i]);
      for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
        {
          g_autofree char *what =
              g_strdup_printf ("%s: %d × %d", ui_pages[i], sizes[j][0], sizes[j][1]);

          measure (what, window,
                   gtk_window_set_default_size (GTK_WINDOW (window), sizes[j][0], sizes[j][1]));
        }
    }
}

static InsUiWindow *
open_window (void)
{
  InsUiWindow *window = ui_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1290, 810);
  begin ("new window");
  end (window);
  return window;
}

static void
close_window (InsUiWindow *window)
{
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  gtk_window_close (GTK_WINDOW (window));
  for (int i = 0; i < 200; i++)
    turn ();
}

static void
use (const char *path)
{
  g_autofree char *saved = ui_make_path ("stalls.insiders");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) project = g_file_new_for_path (saved);
  InsUiWindow *window = open_window ();

  measure ("open the data", window, insui_window_open (window, file));
  show_pages (window, "imported");
  insui_window_show_page (window, "cluster");
  measure ("find groups", window, ui_act (window, "run"));
  show_pages (window, "found");
  show_pages (window, "again");
  use_charts (window);
  choose_k (window);
  use_customers (window);
  change_style (window);
  resize (window);
  insui_session_select_cluster (window->session, 0, INSUI_SELECT_REPLACE);
  rest (window);
  show_pages (window, "selected");
  measure ("rename", window, insui_session_set_name (window->session, 0, "Renamed"));
  measure ("undo the name", window, ui_act (window, "undo"));
  measure ("redo the name", window, ui_act (window, "redo"));
  measure ("a parameter", window,
           insui_session_set_param (window->session, INS_STAGE_FILTER, "min-price", "0.05"));
  measure ("undo", window, ui_act (window, "undo"));
  measure ("redo", window, ui_act (window, "redo"));
  measure ("undo", window, ui_act (window, "undo"));
  move_cut (window);
  get_page (window, "profile");
  measure ("save", window, insui_session_save (window->session, saved, NULL, NULL));
  measure ("new session, open the project", window, insui_window_open (window, project));
  show_pages (window, "opened");
  insui_window_show_page (window, "profile");
  measure ("find groups again", window, ui_act (window, "run"));
  measure ("open the data again", window, insui_window_open (window, file));
  close_window (window);

  window = open_window ();
  measure ("new window, open the project", window, insui_window_open (window, project));
  show_pages (window, "fresh");
  close_window (window);
}

int
main (int argc, char *argv[])
{
  if (argc < 2)
    {
      g_printerr ("stalls FILE.csv\n");
      return 2;
    }
  ui_test_init (&argc, &argv);
  create_timer ();
  use (argv[1]);
  g_print ("%d stalls above %.0f ms\n", n_stalls, LIMIT);
  return n_stalls > 0;
}
