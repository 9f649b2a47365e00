/* test-window-look.c: narrow, wide, light, dark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#define NARROW 360
#define BORDER 10 /* drawn by the window itself where nobody else does */

/* Widgets that need more room than the window has; their names. */
static void
check_widths (GtkWidget *widget, GString *wide)
{
  int minimum = 0;

  if (!gtk_widget_get_mapped (widget))
    return;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  if (minimum > NARROW)
    g_string_append_printf (wide, " %s: %d", G_OBJECT_TYPE_NAME (widget), minimum);
  if (GTK_IS_SCROLLED_WINDOW (widget) || GTK_IS_COLUMN_VIEW (widget))
    return; /* what is inside can be scrolled */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    check_widths (child, wide);
}

/* The title is not squeezed by the buttons beside it. */
static void
check_title (InsUiWindow *window, const char *where)
{
  GtkWidget *title = GTK_WIDGET (window->title);
  int natural;

  if (!gtk_widget_get_mapped (title))
    return;
  gtk_widget_measure (title, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (gtk_widget_get_width (title) < MIN (natural, 120))
    g_error ("%s: the title has %d pixels of %d", where, gtk_widget_get_width (title), natural);
}

static void
assert_fits (InsUiWindow *window, const char *where)
{
  g_autoptr (GString) wide = g_string_new (NULL);

  ui_settle (window);
  g_test_message ("%s: window %d", where, gtk_widget_get_width (GTK_WIDGET (window)));
  check_widths (gtk_widget_get_first_child (GTK_WIDGET (window)), wide);
  if (wide->len > 0)
    g_error ("%s needs more than %d pixels:%s", where, NARROW, wide->str);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window->root_stack)), <=, NARROW);
  check_title (window, where);
}

static void
walk_through (InsUiWindow *window)
{
  for (int i = 0; ui_pages[i]; i++)
    {
      InsUiPage *page = ui_show_page (window, ui_pages[i]);
      GtkStack *views = ui_find_stack (GTK_WIDGET (page), "dendrogram");
      g_autoptr (GtkSelectionModel) model = views ? gtk_stack_get_pages (views) : NULL;

      assert_fits (window, ui_pages[i]);
      for (guint j = 0; model && j < g_list_model_get_n_items (G_LIST_MODEL (model)); j++)
        {
          gtk_selection_model_select_item (model, j, TRUE);
          assert_fits (window, gtk_stack_get_visible_child_name (views));
        }
      g_action_group_change_action_state (G_ACTION_GROUP (window), "pane",
                                          g_variant_new_boolean (TRUE));
      assert_fits (window, "pane");
      g_action_group_change_action_state (G_ACTION_GROUP (window), "pane",
                                          g_variant_new_boolean (FALSE));
    }
}

static InsUiWindow *
open_shop (void)
{
  g_autofree char *shop = ui_make_shop ();
  InsUiWindow *window = ui_window_new ();

  ui_open (window, shop);
  ui_run (window);
  return window;
}

static void
test_narrow (void)
{
  InsUiWindow *window = ui_window_new ();
  g_autofree char *shop = ui_make_shop ();

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW + BORDER, 640);
  ui_wait (gtk_widget_get_width (GTK_WIDGET (window->root_stack)) == NARROW);
  assert_fits (window, "welcome");
  ui_open (window, shop);
  ui_wait (adw_leaflet_get_folded (window->leaflet));
  assert_fits (window, "opened");
  ui_run (window);
  walk_through (window);
  insui_session_select_cluster (window->session, 0, INSUI_SELECT_REPLACE);
  walk_through (window);

  ui_act (window, "back");
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (window->leaflet), ==, "steps");
  assert_fits (window, "steps");
  ui_show_page (window, "cluster");
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (window->leaflet), ==, "content");
  ui_close_unasked (window);
}

/* Sidebar, page and pane find room beside each other, and come back after a narrow time. */
static void
test_wide (void)
{
  InsUiWindow *window = open_shop ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  ui_wait (!adw_leaflet_get_folded (window->leaflet) && !adw_flap_get_folded (window->flap));
  g_assert_true (adw_flap_get_reveal_flap (window->flap));
  gtk_window_set_default_size (GTK_WINDOW (window), 500, 640);
  ui_wait (adw_leaflet_get_folded (window->leaflet) && adw_flap_get_folded (window->flap));
  g_assert_false (adw_flap_get_reveal_flap (window->flap));
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  ui_wait (!adw_leaflet_get_folded (window->leaflet) && !adw_flap_get_folded (window->flap));
  gtk_window_set_default_size (GTK_WINDOW (window), NARROW + BORDER, 640); /* at one stroke */
  ui_wait (adw_leaflet_get_folded (window->leaflet) && adw_flap_get_folded (window->flap));
  assert_fits (window, "narrow at once");
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  ui_wait (!adw_leaflet_get_folded (window->leaflet) && !adw_flap_get_folded (window->flap));
  g_assert_true (adw_flap_get_reveal_flap (window->flap));
  ui_close_unasked (window);
}

static InsUiChartView *
show_scatter (InsUiWindow *window)
{
  InsUiPage *page = ui_show_page (window, "cluster");

  return INSUI_CHART_VIEW (ui_find (GTK_WIDGET (page), INSUI_TYPE_CHART_VIEW, 0));
}

/* Corner of what is drawn: the background. */
static guint32
get_background (InsUiChartView *view)
{
  g_autofree guint32 *pixels = NULL;
  int width, height;

  g_assert_nonnull (view->base);
  width = gdk_texture_get_width (view->base);
  height = gdk_texture_get_height (view->base);
  pixels = g_new (guint32, (gsize)width * height);
  gdk_texture_download (view->base, (guchar *)pixels, (gsize)width * 4);
  return pixels[0];
}

static void
test_schemes (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean contrast = adw_style_manager_get_high_contrast (manager);
  InsUiWindow *window = open_shop ();
  InsUiChartView *view = show_scatter (window);
  guint32 light, dark;

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  ui_settle (window);
  g_assert_true (view->layout_theme
                 == ins_theme_get (contrast ? INS_THEME_LIGHT_CONTRAST : INS_THEME_LIGHT));
  light = get_background (view);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  ui_settle (window);
  g_assert_true (view->layout_theme
                 == ins_theme_get (contrast ? INS_THEME_DARK_CONTRAST : INS_THEME_DARK));
  dark = get_background (view);
  g_test_message ("background %08x and %08x", light, dark);
  g_assert_cmpuint (light, !=, dark);
  for (int i = 0; ui_pages[i]; i++)
    ui_show_page (window, ui_pages[i]);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_DEFAULT);
  ui_settle (window);
  ui_close_unasked (window);
}

int
main (int argc, char *argv[])
{
  ui_test_init (&argc, &argv);
  g_test_add_func ("/ui/look/narrow", test_narrow);
  g_test_add_func ("/ui/look/wide", test_wide);
  g_test_add_func ("/ui/look/schemes", test_schemes);
  return g_test_run ();
}
