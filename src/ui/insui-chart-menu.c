/* insui-chart-menu.c: a chart's context menu, saving and copying the picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-chart-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PICTURE_WIDTH 720.0 /* points: a picture is at least that wide */

static void
toast (InsUiChartView *self, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *markup = g_markup_escape_text (text, -1);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (markup));
}

/* @chart in the proportions on screen; leaves the layout to be made anew. */
static GBytes *
render (InsUiChartView *self, InsChart *chart, const char *format, GError **error)
{
  double width = MAX (self->layout_width, 1);
  double height = MAX (self->layout_height, 1);
  double grow = MAX (PICTURE_WIDTH / width, 1);
  gboolean paper = !g_str_equal (format, "png");
  GBytes *bytes =
      ins_chart_render (chart, format, width * grow, height * grow,
                        ins_theme_get (paper ? INS_THEME_PRINT : INS_THEME_LIGHT), error);
  insui_chart_view_forget_layout (self);
  insui_chart_view_ensure_layout (self);
  return bytes;
}

static const char *
get_format (const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);
  if (g_str_has_suffix (lower, ".svg"))
    return "svg";
  if (g_str_has_suffix (lower, ".pdf"))
    return "pdf";
  if (g_str_has_suffix (lower, ".png"))
    return "png";
  return NULL;
}

static void
save_to (InsUiChartView *self, InsChart *chart, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GError) error = NULL;
  const char *format = get_format (name);
  if (format == NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("“%s” should end in .png, .svg or .pdf"), name);
      toast (self, text);
      return;
    }
  g_autoptr (GBytes) bytes = render (self, chart, format, &error);
  if (bytes != NULL
      && g_file_replace_contents (file, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, NULL,
                                  &error))
    {
      g_autofree char *text = g_strdup_printf (_ ("Picture saved as “%s”"), name);
      toast (self, text);
    }
  else
    toast (self, error->message);
}

static void
on_save_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  InsUiChartView *self = data;
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      save_to (self, g_object_get_data (G_OBJECT (dialog), "chart"), file);
    }
  g_object_unref (dialog);
  g_object_unref (self);
}

static void
add_filter (GtkFileChooser *chooser, const char *title, const char *suffix)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  gtk_file_filter_set_name (filter, title);
  gtk_file_filter_add_suffix (filter, suffix);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
save_picture (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  if (!insui_chart_view_ensure_layout (self))
    return;
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _ ("Save Picture"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autoptr (GtkFileFilter) any = gtk_file_filter_new ();
  gtk_file_filter_set_name (any, _ ("Pictures (PNG, SVG, PDF)"));
  gtk_file_filter_add_suffix (any, "png");
  gtk_file_filter_add_suffix (any, "svg");
  gtk_file_filter_add_suffix (any, "pdf");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), any);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("PNG picture"), "png");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("SVG drawing"), "svg");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("PDF document"), "pdf");
  g_autofree char *name = g_strdup_printf ("%s.png", self->file_name);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  /* Results may come while a name is being chosen: what was seen is what is saved. */
  g_object_set_data_full (G_OBJECT (dialog), "chart", ins_chart_ref (self->chart),
                          (GDestroyNotify)ins_chart_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (on_save_response), g_object_ref (self));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
copy_picture (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  g_autoptr (GError) error = NULL;
  if (!insui_chart_view_ensure_layout (self))
    return;
  g_autoptr (GBytes) png = render (self, self->chart, "png", &error);
  g_autoptr (GdkTexture) texture = png != NULL ? gdk_texture_new_from_bytes (png, &error) : NULL;
  if (texture == NULL)
    {
      toast (self, error->message);
      return;
    }
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  toast (self, _ ("Picture copied"));
}

static void
show_table (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  if (self->chart == NULL)
    return;
  g_autofree char *csv = ins_chart_to_csv (self->chart);
  if (csv != NULL)
    insui_chart_table_present (widget, ins_chart_get_title (self->chart), csv);
}

void
insui_chart_view_popup_menu (InsUiChartView *self, double x, double y)
{
  if (self->chart == NULL)
    return;
  if (self->menu == NULL)
    {
      g_autoptr (GMenu) menu = g_menu_new ();
      g_menu_append (menu, _ ("_Save Picture…"), "chart.save");
      g_menu_append (menu, _ ("_Copy Picture"), "chart.copy");
      g_menu_append (menu, _ ("Show as _Table"), "chart.table");
      self->menu = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  insui_chart_view_set_hover (self, -1, FALSE);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
popup_at_cursor (GtkWidget *widget, const char *action, GVariant *parameter)
{
  InsUiChartView *self = INSUI_CHART_VIEW (widget);
  gboolean on_item = self->hover >= 0;
  insui_chart_view_popup_menu (self,
                               on_item ? self->pointer_x : gtk_widget_get_width (widget) / 2.0,
                               on_item ? self->pointer_y : gtk_widget_get_height (widget) / 2.0);
}

void
insui_chart_view_install_menu (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "chart.save", NULL, save_picture);
  gtk_widget_class_install_action (klass, "chart.copy", NULL, copy_picture);
  gtk_widget_class_install_action (klass, "chart.table", NULL, show_table);
  gtk_widget_class_install_action (klass, "chart.menu", NULL, popup_at_cursor);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "chart.copy", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_t, GDK_CONTROL_MASK, "chart.table", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "chart.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Menu, 0, "chart.menu", NULL);
}
