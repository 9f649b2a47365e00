/* test-chart-view.c: what lies under the pointer, the keyboard's cursor, and what is said about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include <math.h>

#define N 40

typedef struct
{
  GtkWidget *window;
  InsUiChartView *view;
  GArray *picked;
  guint mode;
  int n_picks;
  int activated;
  int hovered;
} Fixture;

static void
on_picked (InsUiChartView *view, GArray *rows, guint mode, Fixture *fixture)
{
  g_array_set_size (fixture->picked, 0);
  g_array_append_vals (fixture->picked, rows->data, rows->len);
  fixture->mode = mode;
  fixture->n_picks++;
}

static void
on_activated (InsUiChartView *view, int item, Fixture *fixture)
{
  fixture->activated = item;
}

static void
on_hover (InsUiChartView *view, int item, Fixture *fixture)
{
  fixture->hovered = item;
}

/* Two groups on a lattice; customer i is in column i % 8, row i / 8. */
static InsChart *
make_scatter (void)
{
  static const InsChartGroup groups[] = { { "Insiders", -1, 0 }, { "Others", 1, 1 } };
  double x[N], y[N];
  gint32 group[N];
  char *ids[N + 1] = { NULL };
  InsScatterData data = { .n = N, .x = x, .y = y, .group = group, .n_groups = 2, .groups = groups };
  InsChart *chart;

  for (int i = 0; i < N; i++)
    {
      x[i] = i % 8;
      y[i] = -(i / 8);
      group[i] = i >= 8;
      ids[i] = g_strdup_printf ("%d", 12000 + i);
    }
  data.ids = (const char *const *)ids;
  data.x_title = "across";
  data.y_title = "down";
  chart = ins_scatter_chart_new (&data);
  ins_chart_set_titles (chart, "Two groups", "on a lattice");
  for (int i = 0; i < N; i++)
    g_free (ids[i]);
  return chart;
}

static InsChart *
make_bars (void)
{
  static const InsBar bars[] = { { "Gold", 0.5, -1, TRUE },
                                 { "Blue", 0.3, 0, TRUE },
                                 { "Grey", 0.2, 0, FALSE } };
  InsChart *chart = ins_bar_chart_new (bars, 3, "Share of revenue", "percent");

  ins_chart_set_titles (chart, "Who brings the revenue", NULL);
  return chart;
}

/* More rows than there is room for. */
static InsChart *
make_waterfall (void)
{
  InsWaterfallStep steps[60];

  for (int i = 0; i < 60; i++)
    steps[i] = (InsWaterfallStep){ "Rule", 1000 - MIN (i, 58) };
  return ins_waterfall_chart_new (steps, 60, "Lines", "");
}

static void
wait_drawn (Fixture *fixture)
{
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->view));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->view));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  InsChart *(*make) (void) = data;
  g_autoptr (InsChart) chart = make ();

  fixture->window = gtk_window_new ();
  fixture->view = INSUI_CHART_VIEW (insui_chart_view_new ());
  fixture->picked = g_array_new (FALSE, FALSE, sizeof (guint32));
  fixture->activated = fixture->hovered = -1;
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 500);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  g_signal_connect (fixture->view, "rows-picked", G_CALLBACK (on_picked), fixture);
  g_signal_connect (fixture->view, "item-activated", G_CALLBACK (on_activated), fixture);
  g_signal_connect (fixture->view, "hover-changed", G_CALLBACK (on_hover), fixture);
  insui_chart_view_set_chart (fixture->view, chart);
  gtk_window_present (GTK_WINDOW (fixture->window));
  ui_wait (gtk_widget_get_width (GTK_WIDGET (fixture->view)) > 300);
  wait_drawn (fixture);
  g_assert_true (insui_chart_view_ensure_layout (fixture->view));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GObject *weak = G_OBJECT (fixture->view);

  g_object_add_weak_pointer (weak, (gpointer *)&weak);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  ui_wait (weak == NULL);
  g_array_unref (fixture->picked);
}

static void
get_middle (Fixture *fixture, int item, double *x, double *y)
{
  InsChartHit hit;

  g_assert_true (ins_chart_locate (fixture->view->chart, item, &hit));
  *x = hit.x + hit.width / 2;
  *y = hit.y + hit.height / 2;
}

static void
test_click (Fixture *fixture, gconstpointer data)
{
  for (int item = 0; item < N; item++)
    {
      ui_click_chart (fixture->view, item);
      g_assert_cmpuint (fixture->picked->len, ==, 1);
      g_assert_cmpuint (g_array_index (fixture->picked, guint32, 0), ==, item);
      g_assert_cmpuint (fixture->mode, ==, INSUI_SELECT_REPLACE);
    }
  g_assert_cmpint (fixture->n_picks, ==, N);

  /* Beside everything: nobody. */
  ui_drag_chart (fixture->view, 1, 1, 1, 1);
  g_assert_cmpint (fixture->n_picks, ==, N + 1);
  g_assert_cmpuint (fixture->picked->len, ==, 0);
}

/* A rectangle between two customers has those between them, whichever way it is drawn. */
static void
test_rubber_band (Fixture *fixture, gconstpointer data)
{
  double x0, y0, x1, y1;

  get_middle (fixture, 9, &x0, &y0);  /* column 1, row 1 */
  get_middle (fixture, 27, &x1, &y1); /* column 3, row 3 */
  for (int way = 0; way < 4; way++)
    {
      gboolean right = way & 1, down = way & 2;

      ui_drag_chart (fixture->view, right ? x0 - 3 : x1 + 3, down ? y0 - 3 : y1 + 3,
                     right ? x1 + 3 : x0 - 3, down ? y1 + 3 : y0 - 3);
      g_assert_cmpuint (fixture->picked->len, ==, 9);
      for (guint i = 0; i < 9; i++)
        {
          guint32 row = g_array_index (fixture->picked, guint32, i);

          g_assert_cmpuint (row % 8, >=, 1);
          g_assert_cmpuint (row % 8, <=, 3);
          g_assert_cmpuint (row / 8, >=, 1);
          g_assert_cmpuint (row / 8, <=, 3);
        }
    }
  g_assert_cmpint (fixture->view->drag, ==, DRAG_NONE);
  ui_drag_chart (fixture->view, -50, -50, 5000, 5000);
  g_assert_cmpuint (fixture->picked->len, ==, N);
}

static void
test_arrows (Fixture *fixture, gconstpointer data)
{
  ui_click_chart (fixture->view, 18);
  g_assert_cmpint (fixture->view->cursor, ==, 18);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Right, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 19);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Down, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 27);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Left, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 26);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Up, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 18);
  g_assert_cmpint (fixture->hovered, ==, 18);

  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_space, 0);
  g_assert_cmpuint (fixture->mode, ==, INSUI_SELECT_REPLACE);
  g_assert_cmpuint (g_array_index (fixture->picked, guint32, 0), ==, 18);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_space, GDK_SHIFT_MASK);
  g_assert_cmpuint (fixture->mode, ==, INSUI_SELECT_ADD);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_space, GDK_CONTROL_MASK);
  g_assert_cmpuint (fixture->mode, ==, INSUI_SELECT_TOGGLE);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Return, 0);
  g_assert_cmpint (fixture->activated, ==, 18);

  /* At an edge the cursor stays on a customer. */
  for (int i = 0; i < 20; i++)
    ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Right, 0);
  g_assert_cmpint (fixture->view->cursor % 8, ==, 7);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Home, 0);
  g_assert_cmpint (fixture->view->cursor, >=, 0);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_End, 0);
  g_assert_cmpint (fixture->view->cursor, <, N);
  wait_drawn (fixture);
}

/* Rows that are not drawn are passed over. */
static void
test_hidden_rows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = ins_chart_describe_item (fixture->view->chart, 59);

  g_assert_cmpstr (last, ==, "Rule: 942");
  g_assert_false (ins_chart_locate (fixture->view->chart, 57, NULL));
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Home, 0);
  for (int i = 0; i < 58; i++)
    ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Down, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 59);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Up, 0);
  g_assert_cmpint (fixture->view->cursor, <, 57);
  wait_drawn (fixture);
}

static void
test_bars (Fixture *fixture, gconstpointer data)
{
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Home, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 0);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_End, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 2);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Up, 0);
  g_assert_cmpint (fixture->view->cursor, ==, 1);
  ui_press_key (GTK_WIDGET (fixture->view), GDK_KEY_Return, 0);
  g_assert_cmpint (fixture->activated, ==, 1);

  /* Bars are no customers: a click activates, a rubber band does not begin. */
  fixture->activated = -1;
  ui_click_chart (fixture->view, 2);
  g_assert_cmpint (fixture->activated, ==, 2);
  ui_drag_chart (fixture->view, 0, 0, 300, 300);
  g_assert_cmpint (fixture->n_picks, ==, 0);
  wait_drawn (fixture);
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (fixture->view);
  g_autofree char *described = ins_chart_describe (fixture->view->chart);
  g_autofree char *item = ins_chart_describe_item (fixture->view->chart, 3);
  g_autoptr (InsChart) bars = make_bars ();
  g_autofree char *bars_described = ins_chart_describe (bars);

  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Two groups");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, described);
  g_assert_nonnull (g_strstr_len (item, -1, "12003"));

  insui_chart_view_set_hover (fixture->view, 3, TRUE);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, item);
  insui_chart_view_set_hover (fixture->view, -1, FALSE);
  insui_chart_view_set_chart (fixture->view, bars);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Who brings the revenue");
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       bars_described);
  g_assert_cmpint (fixture->view->cursor, ==, -1);
  insui_chart_view_set_chart (fixture->view, NULL);
  wait_drawn (fixture);
}

/* Every state over every chart is drawn; what is picked at any place is a customer. */
static void
test_everywhere (Fixture *fixture, gconstpointer data)
{
  guint8 selected[N] = { 1, 1, 0, 1 };

  insui_chart_view_set_selected (fixture->view, selected, N);
  insui_chart_view_set_hover_group (fixture->view, 1);
  wait_drawn (fixture);
  insui_chart_view_set_hover_group (fixture->view, -1);
  for (double x = 2; x < fixture->view->layout_width; x += 23)
    for (double y = 2; y < fixture->view->layout_height; y += 17)
      {
        ui_drag_chart (fixture->view, x, y, x, y);
        for (guint i = 0; i < fixture->picked->len; i++)
          g_assert_cmpuint (g_array_index (fixture->picked, guint32, i), <, N);
      }
  insui_chart_view_set_selected (fixture->view, NULL, 0);
  wait_drawn (fixture);
}

static void
test_theme (Fixture *fixture, gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean contrast = g_getenv ("ADW_DEBUG_HIGH_CONTRAST") != NULL;

  g_assert_true (fixture->view->layout_theme
                 == ins_theme_get (contrast ? INS_THEME_LIGHT_CONTRAST : INS_THEME_LIGHT));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  wait_drawn (fixture);
  g_assert_true (fixture->view->layout_theme
                 == ins_theme_get (contrast ? INS_THEME_DARK_CONTRAST : INS_THEME_DARK));
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  wait_drawn (fixture);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
#define ADD(path, make, test)                                                                      \
  g_test_add ("/ui/chart-view/" path, Fixture, make, set_up, test, tear_down)
  ADD ("click", make_scatter, test_click);
  ADD ("rubber-band", make_scatter, test_rubber_band);
  ADD ("hidden-rows", make_waterfall, test_hidden_rows);
  ADD ("arrows", make_scatter, test_arrows);
  ADD ("bars", make_bars, test_bars);
  ADD ("accessible", make_scatter, test_accessible);
  ADD ("everywhere", make_scatter, test_everywhere);
  ADD ("theme", make_scatter, test_theme);
  return g_test_run ();
}
