/* insui-window-actions.c: what menus, shortcuts and buttons can do
 *
 * On the window's action map, so that they can be called over D-Bus as well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-typing.h"
#include "ui/insui-window-private.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_window_save (data);
}

static void
on_save_as (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_typing_apply (data);
  insui_window_save_as (data);
}

static void
on_update (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_typing_apply (data);
  insui_window_choose_update (data);
}

static void
on_refit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  InsUiWindow *self = data;

  insui_typing_apply (data);
  insui_session_refit (self->session);
  insui_window_find_groups (self);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_session_undo (INSUI_WINDOW (data)->session);
}

static void
on_redo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_session_redo (INSUI_WINDOW (data)->session);
}

static void
on_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_typing_apply (data);
  insui_window_find_groups (data);
}

static void
on_cancel (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_session_cancel (INSUI_WINDOW (data)->session);
}

/* Esc: an open menu or list first, then what is being typed, the job, the pane lying over the page,
 * the selection. */
static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  InsUiWindow *self = data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *popover = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  if (popover && gtk_widget_get_mapped (popover))
    gtk_popover_popdown (GTK_POPOVER (popover));
  else if (insui_typing_take_back (GTK_WINDOW (self)))
    return;
  else if (insui_session_is_running (self->session))
    insui_session_cancel (self->session);
  else if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else
    insui_session_select_none (self->session);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_leaflet_navigate (INSUI_WINDOW (data)->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
on_menu (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  InsUiWindow *self = data;
  GtkMenuButton *buttons[] = { self->menu_button, self->sidebar_menu_button,
                               self->welcome_menu_button };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    if (gtk_widget_get_mapped (GTK_WIDGET (buttons[i]))
        && gtk_widget_get_child_visible (GTK_WIDGET (buttons[i])))
      {
        gtk_menu_button_popup (buttons[i]);
        return;
      }
}

/* The page offers "page.find" if it can search. */
static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  InsUiPage *page = insui_window_get_page (data);

  if (page)
    gtk_widget_activate_action (GTK_WIDGET (page), "page.find", NULL);
}

static void
on_select_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (data));

  /* In a text the key means the text. */
  if (GTK_IS_TEXT (focus))
    gtk_widget_activate_action (focus, "selection.select-all", NULL);
  else
    insui_session_select_all (INSUI_WINDOW (data)->session);
}

static void
on_invert (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_session_invert_selection (INSUI_WINDOW (data)->session);
}

static void
on_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!insui_session_is_empty (INSUI_WINDOW (data)->session))
    insui_window_show_page (data, g_variant_get_string (parameter, NULL));
}

static void
go_pages (InsUiWindow *self, int by)
{
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (self->pages);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (pages));

  for (guint i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (pages, i))
      {
        int next = CLAMP ((int)i + by, 0, (int)n - 1);

        gtk_selection_model_select_item (pages, (guint)next, TRUE);
        return;
      }
}

static void
on_next_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go_pages (data, 1);
}

static void
on_previous_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  go_pages (data, -1);
}

static void
on_preset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  insui_session_load_preset (INSUI_WINDOW (data)->session, g_variant_get_string (parameter, NULL));
}

static void
on_copy_command (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  InsUiWindow *self = data;
  InsProject *project = insui_session_get_project (self->session);
  const char *source = ins_project_get_source_path (project);
  g_autofree char *quoted = g_shell_quote (source ? source : "INPUT");
  g_autofree char *chain = ins_pipeline_to_chain (ins_project_get_pipeline (project), FALSE);
  const char *model = ins_project_get_path (project); /* the file that has it */
  g_autofree char *old = NULL;
  g_autofree char *command = NULL;

  if (!model)
    model = ins_project_get_base (project);
  if (ins_project_is_frozen (project) && model)
    old = g_shell_quote (model);
  command =
      old ? g_strdup_printf ("insiders-cli run %s -o result.insiders --update %s", quoted, old)
          : g_strdup_printf ("insiders-cli run %s -o result.insiders%s%s", quoted,
                             *chain ? " -- " : "", chain);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), command);
  insui_window_toast (self, _ ("Command copied"));
}

/* --- with a state --- */

static void
on_sidebar (GSimpleAction *action, GVariant *value, gpointer data)
{
  InsUiWindow *self = data;

  if (adw_leaflet_get_folded (self->leaflet))
    {
      adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
      return;
    }
  g_simple_action_set_state (action, value);
  g_settings_set_boolean (self->settings, "sidebar-visible", g_variant_get_boolean (value));
  insui_window_update_layout (self);
}

static void
on_pane (GSimpleAction *action, GVariant *value, gpointer data)
{
  InsUiWindow *self = data;

  adw_flap_set_reveal_flap (self->flap, g_variant_get_boolean (value));
  if (!adw_flap_get_folded (self->flap))
    g_settings_set_boolean (self->settings, "pane-visible", g_variant_get_boolean (value));
}

/* However it was closed (swipe, click beside it), the button knows. */
static void
on_reveal_flap (InsUiWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "pane");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (adw_flap_get_reveal_flap (self->flap)));
}

static const GActionEntry entries[] = {
  { .name = "save", .activate = on_save },
  { .name = "save-as", .activate = on_save_as },
  { .name = "update", .activate = on_update },
  { .name = "refit", .activate = on_refit },
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_redo },
  { .name = "run", .activate = on_run },
  { .name = "cancel", .activate = on_cancel },
  { .name = "stop", .activate = on_stop },
  { .name = "back", .activate = on_back },
  { .name = "menu", .activate = on_menu },
  { .name = "find", .activate = on_find },
  { .name = "select-all", .activate = on_select_all },
  { .name = "invert-selection", .activate = on_invert },
  { .name = "page", .activate = on_page, .parameter_type = "s" },
  { .name = "next-page", .activate = on_next_page },
  { .name = "previous-page", .activate = on_previous_page },
  { .name = "preset", .activate = on_preset, .parameter_type = "s", .state = "''" },
  { .name = "copy-command", .activate = on_copy_command },
  { .name = "sidebar", .state = "true", .change_state = on_sidebar },
  { .name = "pane", .state = "true", .change_state = on_pane },
};

static void
enable (InsUiWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* The preset whose values are all in place, "" if there is none. */
static char *
find_preset (InsUiWindow *self)
{
  static GHashTable *chains = NULL; /* of presets, which never change */
  InsPipeline *pipeline = ins_project_get_pipeline (insui_session_get_project (self->session));
  const char *const *presets = ins_pipeline_list_presets ();
  g_autofree char *chain = ins_pipeline_to_chain (pipeline, TRUE);

  if (!chains)
    {
      chains = g_hash_table_new (g_str_hash, g_str_equal);
      for (gsize i = 0; presets[i]; i++)
        {
          g_autoptr (InsPipeline) other = ins_pipeline_new ();

          if (ins_pipeline_load_preset (other, presets[i], NULL))
            g_hash_table_insert (chains, (gpointer)presets[i], ins_pipeline_to_chain (other, TRUE));
        }
    }
  for (gsize i = 0; presets[i]; i++)
    if (g_strcmp0 (g_hash_table_lookup (chains, presets[i]), chain) == 0)
      return g_strdup (presets[i]);
  return g_strdup ("");
}

void
insui_window_actions_update (InsUiWindow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  gboolean empty = insui_session_is_empty (self->session);
  gboolean running = insui_session_is_running (self->session);
  g_autofree char *preset = find_preset (self);
  gboolean can_undo;
  gboolean can_redo;
  GAction *action;

  g_object_get (self->session, "can-undo", &can_undo, "can-redo", &can_redo, NULL);
  enable (self, "save",
          !empty && (ins_project_is_modified (project) || !ins_project_get_path (project)));
  enable (self, "save-as", !empty);
  enable (self, "update", !empty && !running);
  enable (self, "refit", !running && ins_project_is_frozen (project));
  enable (self, "undo", can_undo);
  enable (self, "redo", can_redo);
  enable (self, "run", !empty && !running);
  enable (self, "cancel", running);
  enable (self, "stop",
          running || insui_session_get_n_selected (self->session) > 0
              || (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap)));
  enable (self, "pane", !insui_param_pane_is_empty (self->pane));
  enable (self, "find", !empty);
  enable (self, "page", !empty);
  enable (self, "next-page", !empty);
  enable (self, "previous-page", !empty);
  enable (self, "preset", !empty);
  enable (self, "copy-command", !empty);
  enable (self, "select-all", insui_session_get_results (self->session)->features != NULL);
  enable (self, "invert-selection", insui_session_get_results (self->session)->features != NULL);

  action = g_action_map_lookup_action (G_ACTION_MAP (self), "preset");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (preset));
}

/* A submenu that closes may keep the focus although it is no longer there; keys would go nowhere.
 */
static gboolean
on_menu_gone (gpointer data)
{
  GtkWidget *button = data;
  GtkRoot *root = gtk_widget_get_root (button);
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (root && (!focus || !gtk_widget_get_mapped (focus)) && !gtk_widget_grab_focus (button))
    gtk_root_set_focus (root, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_menu_closed (GtkWidget *button)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_menu_gone, g_object_ref (button), g_object_unref);
}

static void
keep_focus_of_menus (InsUiWindow *self)
{
  GtkMenuButton *buttons[] = { self->menu_button, self->sidebar_menu_button,
                               self->welcome_menu_button };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    g_signal_connect_object (gtk_menu_button_get_popover (buttons[i]), "closed",
                             G_CALLBACK (on_menu_closed), buttons[i], G_CONNECT_SWAPPED);
}

/* --- typing --- */

static void
on_typing (InsUiWindow *self)
{
  if (!insui_session_is_empty (self->session))
    enable (self, "save", TRUE);
}

/* What is typed into a form is a change before it is applied: it can be saved. */
static void
on_focus (InsUiWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (self->typing)
    g_signal_handlers_disconnect_by_func (self->typing, on_typing, self);
  g_clear_weak_pointer (&self->typing);
  if (!insui_typing_is_watched (focus))
    return;
  g_set_weak_pointer (&self->typing, focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_typing), self, G_CONNECT_SWAPPED);
}

void
insui_window_actions_init (InsUiWindow *self)
{
  gboolean sidebar = g_settings_get_boolean (self->settings, "sidebar-visible");
  GAction *action;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  action = g_action_map_lookup_action (G_ACTION_MAP (self), "sidebar");
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (sidebar));
  keep_focus_of_menus (self);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
  g_signal_connect_object (self->flap, "notify::reveal-flap", G_CALLBACK (on_reveal_flap), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::reveal-flap",
                           G_CALLBACK (insui_window_actions_update), self, G_CONNECT_SWAPPED);
}
