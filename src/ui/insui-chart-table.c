/* insui-chart-table.c: "Show as Table": the numbers behind a picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-chart-private.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOK_AT 50 /* lines that decide whether a column holds numbers */

/* End of the CSV line at @text: quoted fields may hold line ends. */
static const char *
end_of_line (const char *text)
{
  gboolean quoted = FALSE;
  while (*text != '\0' && (quoted || *text != '\n'))
    {
      if (*text == '"')
        quoted = !quoted;
      text++;
    }
  return text;
}

static GPtrArray *
split_fields (const char *line)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func (g_free);
  for (const char *p = line;; p++)
    {
      g_autoptr (GString) field = g_string_new (NULL);
      gboolean quoted = *p == '"';
      for (p += quoted; *p != '\0' && (quoted || *p != ','); p++)
        {
          if (quoted && *p == '"' && p[1] != '"')
            quoted = FALSE;
          else
            g_string_append_c (field, *p == '"' && quoted ? *p++ : *p);
        }
      g_ptr_array_add (fields, g_string_free (g_steal_pointer (&field), FALSE));
      if (*p == '\0')
        return fields;
    }
}

static GtkStringList *
split_lines (const char *csv, GPtrArray **header)
{
  GtkStringList *lines = gtk_string_list_new (NULL);
  *header = NULL;
  while (*csv != '\0')
    {
      const char *end = end_of_line (csv);
      g_autofree char *line = g_strndup (csv, end - csv);
      if (*header == NULL)
        *header = split_fields (line);
      else
        gtk_string_list_append (lines, line);
      csv = *end == '\n' ? end + 1 : end;
    }
  if (*header == NULL)
    *header = g_ptr_array_new_with_free_func (g_free);
  return lines;
}

static gboolean
read_number (const char *text, double *value)
{
  char *end = NULL;
  *value = g_ascii_strtod (text, &end);
  return *text != '\0' && end != NULL && *end == '\0';
}

static gboolean
is_number_column (GtkStringList *lines, guint column)
{
  guint n = MIN (g_list_model_get_n_items (G_LIST_MODEL (lines)), LOOK_AT);
  guint numbers = 0;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) fields = split_fields (gtk_string_list_get_string (lines, i));
      double value;
      const char *text = column < fields->len ? g_ptr_array_index (fields, column) : "";
      if (read_number (text, &value))
        numbers++;
      else if (*text != '\0')
        return FALSE;
    }
  return numbers > 0;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  gboolean number = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (factory), "number"));
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  guint column = GPOINTER_TO_UINT (data);
  GtkStringObject *line = gtk_list_item_get_item (item);
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  g_autoptr (GPtrArray) fields = split_fields (gtk_string_object_get_string (line));
  const char *text = column < fields->len ? g_ptr_array_index (fields, column) : "";
  double value;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  if (strlen (text) > 12 && read_number (text, &value))
    text = g_ascii_formatd (buffer, sizeof buffer, "%.6g", value);
  gtk_label_set_text (label, text);
}

static GtkWidget *
make_view (const char *title, const char *csv)
{
  g_autoptr (GPtrArray) header = NULL;
  GtkStringList *lines = split_lines (csv, &header);
  GtkWidget *view = gtk_column_view_new (NULL);
  gtk_column_view_set_show_row_separators (GTK_COLUMN_VIEW (view), TRUE);
  gtk_widget_add_css_class (view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  for (guint i = 0; i < header->len; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      gboolean number = is_number_column (lines, i);
      g_object_set_data (G_OBJECT (factory), "number", GINT_TO_POINTER (number));
      g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GUINT_TO_POINTER (i));
      g_autoptr (GtkColumnViewColumn) column =
          gtk_column_view_column_new (g_ptr_array_index (header, i), factory);
      gtk_column_view_column_set_resizable (column, TRUE);
      gtk_column_view_column_set_expand (column, !number);
      gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
    }
  g_autoptr (GtkSelectionModel) model =
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (lines)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (view), model);
  return view;
}

static void
on_copy (GtkButton *button, const char *csv)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (button)), csv);
}

static void
add_shortcut (GtkWidget *window, const char *trigger, const char *signal_name)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                        gtk_named_action_new (signal_name)));
  gtk_widget_add_controller (window, controller);
}

void
insui_chart_table_present (GtkWidget *parent, const char *title, const char *csv)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  const char *name = title != NULL ? title : _ ("Numbers of the Chart");
  GtkWidget *window =
      g_object_new (ADW_TYPE_WINDOW, "title", name, "default-width", 640, "default-height", 480,
                    "modal", TRUE, "transient-for", GTK_IS_WINDOW (root) ? root : NULL, NULL);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *copy = gtk_button_new_with_mnemonic (_ ("_Copy"));
  gtk_widget_set_tooltip_text (copy, _ ("Copy the numbers as CSV"));
  g_signal_connect_data (copy, "clicked", G_CALLBACK (on_copy), g_strdup (csv),
                         (GClosureNotify)g_free, 0);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), copy);

  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), make_view (name, csv));
  gtk_widget_set_vexpand (scrolled, TRUE);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_window_set_content (ADW_WINDOW (window), box);
  add_shortcut (window, "Escape", "window.close");
  gtk_window_present (GTK_WINDOW (window));
}
