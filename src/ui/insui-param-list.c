/* insui-param-list.c: choosing several things from many
 *
 * A button that says what is chosen; its popover has the candidates with check marks, a search, and
 * a place to type what is not among them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-candidates.h"
#include "ui/insui-param-row-private.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define FEW 8 /* no search for so few */
#define ROW_HEIGHT 48
#define MAX_HEIGHT 320

static char *
get_text (InsUiParamRow *self)
{
  InsStep *step = insui_param_row_get_step (self);

  return step ? ins_step_get_text (step, self->param) : g_strdup ("");
}

static gboolean
is_chosen (InsUiParamRow *self, const char *value)
{
  g_autofree char *text = get_text (self);
  g_auto (GStrv) items = ins_list_split (text);

  return g_strv_contains ((const char *const *)items, value);
}

static void
choose (InsUiParamRow *self, const char *value, gboolean chosen)
{
  g_autofree char *text = get_text (self);
  g_autofree char *joined = NULL;
  g_auto (GStrv) items = ins_list_split (text);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) result = NULL;

  for (gsize i = 0; items[i]; i++)
    if (!g_str_equal (items[i], value))
      g_strv_builder_add (builder, items[i]);
  if (chosen)
    g_strv_builder_add (builder, value);
  result = g_strv_builder_end (builder);
  joined = ins_list_join ((const char *const *)result);
  insui_param_row_set (self, joined);
}

/* --- the popover's rows --- */

static void
on_toggled (GtkCheckButton *check, InsUiParamRow *self)
{
  const char *value = g_object_get_data (G_OBJECT (check), "value");

  if (value && !self->showing)
    choose (self, value, gtk_check_button_get_active (check));
}

/* Nothing may be left in a check button that goes: some versions of GTK warn of it. */
static void
on_check_destroyed (GtkCheckButton *check)
{
  gtk_check_button_set_child (check, NULL);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, InsUiParamRow *self)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_wrap (GTK_LABEL (detail), TRUE);
  gtk_label_set_lines (GTK_LABEL (detail), 3);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_widget_set_margin_start (texts, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), texts);
  g_signal_connect (check, "destroy", G_CALLBACK (on_check_destroyed), NULL);
  gtk_list_item_set_child (item, check);
  g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), self);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, InsUiParamRow *self)
{
  InsUiCandidate *candidate = gtk_list_item_get_item (item);
  GtkWidget *check = gtk_list_item_get_child (item);
  GtkWidget *texts = gtk_check_button_get_child (GTK_CHECK_BUTTON (check));
  GtkWidget *title = gtk_widget_get_first_child (texts);
  GtkWidget *detail = gtk_widget_get_last_child (texts);
  const char *more = insui_candidate_get_detail (candidate);
  gboolean was_showing = self->showing;

  gtk_label_set_text (GTK_LABEL (title), insui_candidate_get_title (candidate));
  gtk_label_set_text (GTK_LABEL (detail), more ? more : "");
  gtk_widget_set_visible (detail, more != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  insui_candidate_get_title (candidate), -1);
  self->showing = TRUE;
  g_object_set_data_full (G_OBJECT (check), "value",
                          g_strdup (insui_candidate_get_value (candidate)), g_free);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               is_chosen (self, insui_candidate_get_value (candidate)));
  self->showing = was_showing;
}

static gboolean
matches (gpointer item, gpointer data)
{
  const char *search = gtk_editable_get_text (GTK_EDITABLE (data));
  g_autofree char *needle = g_utf8_casefold (search, -1);
  g_autofree char *title = g_utf8_casefold (insui_candidate_get_title (item), -1);
  g_autofree char *value = g_utf8_casefold (insui_candidate_get_value (item), -1);

  return strstr (title, needle) || strstr (value, needle);
}

static void
on_search (GtkSearchEntry *entry, GtkFilter *filter)
{
  gtk_filter_changed (filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static GtkWidget *
create_candidates (InsUiParamRow *self, GListStore *candidates, GtkWidget *search)
{
  GtkFilter *filter = GTK_FILTER (gtk_custom_filter_new (matches, search, NULL));
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkFilterListModel *filtered;
  GtkWidget *view;
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect_object (search, "search-changed", G_CALLBACK (on_search), filter, 0);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (candidates)), filter);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (filtered))),
                            factory);
  gtk_widget_add_css_class (view, "candidates");
  insui_param_row_label (self, view);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_height (
      GTK_SCROLLED_WINDOW (scrolled),
      (int)MIN (ROW_HEIGHT * g_list_model_get_n_items (G_LIST_MODEL (candidates)), MAX_HEIGHT));
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), MAX_HEIGHT);
  return scrolled;
}

static void
on_typed (GtkEntry *entry, InsUiParamRow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

  g_strstrip (text);
  if (*text)
    choose (self, text, TRUE);
  gtk_popover_popdown (GTK_POPOVER (self->second));
}

/* Made when it is opened, because what there is to choose from changes. */
static void
fill_popover (GtkMenuButton *button, gpointer data)
{
  InsUiParamRow *self = data;
  g_autofree char *text = get_text (self);
  g_autoptr (GListStore) candidates =
      insui_candidates_list (self->session, self->param->candidates, text);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (candidates));
  gboolean open = g_strcmp0 (self->param->candidates, "features") != 0
                  && g_strcmp0 (self->param->candidates, "models") != 0;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *search = gtk_search_entry_new ();

  gtk_widget_set_size_request (box, 280, -1);
  gtk_widget_set_visible (search, n > FEW);
  gtk_box_append (GTK_BOX (box), search);
  if (n > 0)
    gtk_box_append (GTK_BOX (box), create_candidates (self, candidates, search));
  if (open)
    {
      GtkWidget *entry = gtk_entry_new ();

      gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Add another…"));
      insui_param_row_label (self, entry);
      g_signal_connect (entry, "activate", G_CALLBACK (on_typed), self);
      gtk_box_append (GTK_BOX (box), entry);
    }
  gtk_popover_set_child (GTK_POPOVER (self->second), box);
}

/* --- the button --- */

static GtkWidget *
create_list (InsUiParamRow *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), box);
  gtk_widget_set_halign (box, GTK_ALIGN_FILL); /* the button centres it */
  self->second = gtk_popover_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), self->second);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), fill_popover, self, NULL);
  self->third = label;
  insui_param_row_label (self, button);
  return button;
}

static char *
describe (InsUiParamRow *self, const char *text)
{
  g_auto (GStrv) items = ins_list_split (text);
  guint n = g_strv_length (items);

  if (n == 0)
    return g_strdup (C_ ("nothing chosen", "None"));
  for (guint i = 0; i < n; i++)
    {
      char *title = NULL;

      if (g_strcmp0 (self->param->candidates, "features") == 0)
        title = insui_candidates_feature_title (self->session, items[i]);
      else if (g_str_equal (items[i], "[no-digit]"))
        title = g_strdup (_ ("Codes without a digit"));
      if (!title)
        continue;
      g_free (items[i]);
      items[i] = title;
    }
  return g_strjoinv (C_ ("between items of a list", ", "), items);
}

static void
show_list (InsUiParamRow *self, const char *text)
{
  g_autofree char *described = describe (self, text);

  gtk_label_set_text (GTK_LABEL (self->third), described);
  gtk_widget_set_tooltip_text (self->control, described);
}

const InsUiEditor insui_list_editor = { TRUE, create_list, show_list };
