/* pictures.c FILE FOLDER: the window with FILE, every page and view as a picture, to be looked at
 *
 * Of each page what can be scrolled to, of the cluster page every view.  Right to left, dark,
 * high contrast and larger text are asked for by options, languages by the environment.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui-test.h"

#include "ui/insui-cluster-row.h"

#include <stdlib.h>

#define MAX_SCROLLS 6

static int width = 1280;
static int height = 800;
static double text_scale = 1;
static gboolean dark;
static gboolean rtl;
static gboolean pane;
static gboolean tree;
static char **arguments;

static const GOptionEntry options[] = {
  { "width", 0, 0, G_OPTION_ARG_INT, &width, "Width of the window", "PIXELS" },
  { "height", 0, 0, G_OPTION_ARG_INT, &height, "Height of the window", "PIXELS" },
  { "text", 0, 0, G_OPTION_ARG_DOUBLE, &text_scale, "Text larger by this factor", "FACTOR" },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &dark, "Dark", NULL },
  { "rtl", 0, 0, G_OPTION_ARG_NONE, &rtl, "Right to left", NULL },
  { "pane", 0, 0, G_OPTION_ARG_NONE, &pane, "With the parameters where they lie over the page",
    NULL },
  { "tree", 0, 0, G_OPTION_ARG_NONE, &tree, "Hierarchical clustering", NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, "FILE FOLDER" },
  { NULL }
};

static guint n_pictures;

static void
take (GtkWidget *window, const char *name)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *file = g_strdup_printf ("%02u-%s.png", ++n_pictures, name);
  g_autofree char *path = g_build_filename (arguments[1], file, NULL);

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window),
                          gtk_widget_get_height (window));
  node = gtk_snapshot_free_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("%s cannot be written.", path);
  g_print ("%s %d × %d\n", path, gdk_texture_get_width (texture), gdk_texture_get_height (texture));
}

/* The page's own: what is inside tables is not meant. */
static GtkAdjustment *
find_scroll (GtkWidget *page)
{
  GtkWidget *found;

  for (guint i = 0; (found = ui_find (page, GTK_TYPE_SCROLLED_WINDOW, i)); i++)
    if (gtk_widget_get_mapped (found)
        && gtk_widget_get_width (found) > gtk_widget_get_width (page) * 2 / 3)
      {
        GtkAdjustment *adjustment =
            gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (found));

        if (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 1)
          return adjustment;
      }
  return NULL;
}

static void
settle (InsUiWindow *window)
{
  for (int i = 0; i < 6; i++)
    ui_settle (window);
}

static void
take_page (InsUiWindow *window, GtkWidget *page, const char *name)
{
  GtkAdjustment *scroll;

  settle (window);
  take (GTK_WIDGET (window), name);
  scroll = find_scroll (page);
  for (int i = 1; scroll && i < MAX_SCROLLS; i++)
    {
      g_autofree char *more = g_strdup_printf ("%s-%d", name, i + 1);
      double page_size = gtk_adjustment_get_page_size (scroll);
      double value = gtk_adjustment_get_value (scroll);

      if (value + page_size >= gtk_adjustment_get_upper (scroll) - 1)
        break;
      gtk_adjustment_set_value (scroll, value + page_size - 40);
      settle (window);
      take (GTK_WIDGET (window), more);
    }
  if (scroll)
    gtk_adjustment_set_value (scroll, 0);
}

static void
take_views (InsUiWindow *window, GtkWidget *page, GtkStack *views)
{
  g_autoptr (GtkSelectionModel) model = gtk_stack_get_pages (views);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (model)); i++)
    {
      g_autofree char *name = NULL;

      gtk_selection_model_select_item (model, i, TRUE);
      name = g_strconcat ("cluster-", gtk_stack_get_visible_child_name (views), NULL);
      take_page (window, page, name);
    }
}

static void
take_pane (InsUiWindow *window, const char *id)
{
  g_autofree char *name = g_strconcat (id, "-pane", NULL);

  if (!pane || !g_action_group_get_action_enabled (G_ACTION_GROUP (window), "pane"))
    return;
  g_action_group_change_action_state (G_ACTION_GROUP (window), "pane",
                                      g_variant_new_boolean (TRUE));
  take_page (window, GTK_WIDGET (window->pane), name);
  g_action_group_change_action_state (G_ACTION_GROUP (window), "pane",
                                      g_variant_new_boolean (FALSE));
}

static void
take_pages (InsUiWindow *window)
{
  for (int i = 0; ui_pages[i]; i++)
    {
      GtkWidget *page = GTK_WIDGET (ui_show_page (window, ui_pages[i]));
      GtkStack *views = ui_find_stack (page, "dendrogram");

      if (views)
        take_views (window, page, views);
      else
        take_page (window, page, ui_pages[i]);
      take_pane (window, ui_pages[i]);
      if (g_str_equal (ui_pages[i], "profile"))
        {
          adw_expander_row_set_expanded (
              ADW_EXPANDER_ROW (ui_find (page, INSUI_TYPE_CLUSTER_ROW, 0)), TRUE);
          take_page (window, page, "profile-open");
        }
    }
}

static void
prepare (void)
{
  GtkSettings *settings = gtk_settings_get_default ();

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  if (rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  /* GNOME's own, which nobody sets here. */
  g_object_set (settings, "gtk-font-name", "Cantarell 11", "gtk-xft-dpi",
                (int)(96 * 1024 * text_scale), NULL);
  g_mkdir_with_parents (arguments[1], 0755);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  InsUiWindow *window;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (!arguments || g_strv_length (arguments) != 2)
    g_error ("FILE and FOLDER are needed.");
  ui_test_init (&argc, &argv);
  prepare ();
  window = ui_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  settle (window);
  take (GTK_WIDGET (window), "welcome");
  ui_open (window, arguments[0]);
  if (tree)
    insui_session_use_step (window->session, "hierarchical");
  ui_run (window);
  take_pages (window);
  if (adw_leaflet_get_folded (window->leaflet))
    {
      ui_act (window, "back");
      settle (window);
      take (GTK_WIDGET (window), "steps");
    }
  ui_show_page (window, "cluster");
  insui_session_select_cluster (window->session, 0, INSUI_SELECT_REPLACE);
  insui_session_set_param (window->session, INS_STAGE_PREPARE, "method", "minmax");
  settle (window);
  take (GTK_WIDGET (window), "selected");
  ins_project_set_modified (insui_session_get_project (window->session), FALSE);
  ui_close (window);
  return 0;
}
