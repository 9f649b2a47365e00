/* insui-window.c: one project on screen
 *
 * Here: construction, pages, layout wide and narrow.  What title, banner and progress say is in
 * insui-window-state.c; actions, files and drops have files of their own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-window-private.h"
#include "ui/insui-format.h"
#include "ui/insui-recent.h"
#include "ui/insui-selection-bar.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

/* Content narrower than this beside sidebar or pane folds them away. */
#define CONTENT_WIDTH 488
#define PAGE_WIDTH 520
#define NARROWEST 340 /* what the content has to do with once it stands alone */

G_DEFINE_FINAL_TYPE (InsUiWindow, insui_window, ADW_TYPE_APPLICATION_WINDOW)

typedef GType (*PageTypeFunc) (void);

static const PageTypeFunc page_types[] = {
  insui_data_page_get_type,    insui_filters_page_get_type, insui_features_page_get_type,
  insui_prepare_page_get_type, insui_embed_page_get_type,   insui_cluster_page_get_type,
  insui_profile_page_get_type,
};

InsUiSession *
insui_window_get_session (InsUiWindow *self)
{
  g_return_val_if_fail (INSUI_IS_WINDOW (self), NULL);

  return self->session;
}

gboolean
insui_window_is_empty (InsUiWindow *self)
{
  g_return_val_if_fail (INSUI_IS_WINDOW (self), FALSE);

  return insui_session_is_empty (self->session) && !insui_session_is_running (self->session);
}

static gboolean
is_same_file (GFile *file, const char *path)
{
  g_autoptr (GFile) other = path ? g_file_new_for_path (path) : NULL;

  return other && g_file_equal (file, other);
}

gboolean
insui_window_shows_file (InsUiWindow *self, GFile *file)
{
  InsProject *project;
  const char *path;

  g_return_val_if_fail (INSUI_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  if (self->opening && insui_session_is_running (self->session))
    return g_file_equal (self->opening, file);
  project = insui_session_get_project (self->session);
  path = ins_project_get_path (project);
  return is_same_file (file, path ? path : ins_project_get_source_path (project));
}

void
insui_window_open (InsUiWindow *self, GFile *file)
{
  g_return_if_fail (INSUI_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  g_set_object (&self->opening, file);
  insui_session_open (self->session, file);
}

void
insui_window_set_opener (InsUiWindow *self, InsUiWindow *opener)
{
  g_return_if_fail (INSUI_IS_WINDOW (self));
  g_return_if_fail (opener == NULL || INSUI_IS_WINDOW (opener));

  g_set_weak_pointer (&self->opener, opener);
}

void
insui_window_recover (InsUiWindow *self, GVariant *recovery)
{
  g_return_if_fail (INSUI_IS_WINDOW (self));

  self->recovered = TRUE;
  insui_session_recover (self->session, recovery);
}

/* --- messages --- */

void
insui_window_toast (InsUiWindow *self, const char *sentence)
{
  g_autofree char *escaped = g_markup_escape_text (sentence, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
insui_window_show_error (InsUiWindow *self, const char *heading, const char *sentence)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, sentence);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  gtk_window_present (GTK_WINDOW (dialog));
}

static char *
summarise (InsUiWindow *self)
{
  const InsResults *results = insui_session_get_results (self->session);
  g_autofree char *count = NULL;

  if (results->clustering)
    {
      g_autofree char *k = insui_format_count (results->clustering->k);

      return g_strdup_printf (ngettext ("%s group", "%s groups", (gulong)results->clustering->k),
                              k);
    }
  if (!results->import)
    return g_strdup ("");
  count = insui_format_count (results->import->n_rows);
  return g_strdup_printf (ngettext ("%s line", "%s lines", (gulong)results->import->n_rows), count);
}

void
insui_window_remember_recent (InsUiWindow *self, const char *path)
{
  g_autofree char *summary = summarise (self);

  if (path)
    insui_recent_add (path, summary);
}

/* --- pages --- */

InsUiPage *
insui_window_get_page (InsUiWindow *self)
{
  return INSUI_PAGE (gtk_stack_get_visible_child (self->pages));
}

void
insui_window_show_page (InsUiWindow *self, const char *id)
{
  g_return_if_fail (INSUI_IS_WINDOW (self));

  if (gtk_stack_get_child_by_name (self->pages, id))
    gtk_stack_set_visible_child_name (self->pages, id);
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
}

static void
on_page_activated (InsUiWindow *self, const char *id)
{
  insui_window_show_page (self, id);
}

static void update_pane (InsUiWindow *self);

static void
on_visible_page (InsUiWindow *self)
{
  InsUiPage *page = insui_window_get_page (self);

  if (!page)
    return;
  insui_sidebar_select (self->sidebar, page);
  insui_param_pane_set_stage (self->pane, INSUI_PAGE_GET_CLASS (page)->stage);
  if (self->settings && !adw_flap_get_folded (self->flap))
    update_pane (self);
  insui_window_actions_update (self);
  insui_window_update_title (self);
}

static void
add_pages (InsUiWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_types); i++)
    {
      GtkWidget *page = g_object_new (page_types[i](), "session", self->session, NULL);
      InsUiPageClass *klass = INSUI_PAGE_GET_CLASS (page);

      gtk_stack_add_titled (self->pages, page, klass->id, _ (klass->title));
      insui_sidebar_add_page (self->sidebar, INSUI_PAGE (page));
    }
  insui_sidebar_select (self->sidebar, insui_window_get_page (self));
  adw_bin_set_child (self->bottom, insui_selection_bar_new (self->session));
}

/* --- wide and narrow --- */

void
insui_window_update_layout (InsUiWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  gboolean compact = folded || !self->laid_out;
  gboolean sidebar = folded || g_settings_get_boolean (self->settings, "sidebar-visible");

  gtk_widget_set_visible (self->sidebar_box, sidebar);
  gtk_widget_set_visible (self->sidebar_separator, sidebar);
  adw_header_bar_set_show_end_title_buttons (self->sidebar_header, folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded || !sidebar);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_menu_button), folded);
  gtk_widget_set_visible (self->back_button, folded);
  gtk_widget_set_visible (self->sidebar_button, !folded);
  gtk_widget_set_visible (self->wide_buttons, !compact);
  insui_sidebar_set_folded (self->sidebar, folded);
  if (!folded)
    insui_sidebar_select (self->sidebar, insui_window_get_page (self));

  gtk_widget_set_visible (self->pane_button, !compact);
  gtk_widget_set_visible (GTK_WIDGET (self->run_stack), !compact);
  gtk_widget_set_visible (self->narrow_bar, folded);
  insui_window_update_title (self);
}

/* Only once it has a width does the leaflet know whether it folds.  Until then the header asks for
 * as little as if it did, or it would push a narrow window open. */
static gboolean
on_frame (GtkWidget *leaflet, GdkFrameClock *clock, gpointer data)
{
  InsUiWindow *self = data;

  if (gtk_widget_get_width (leaflet) == 0)
    return G_SOURCE_CONTINUE;
  self->laid_out = TRUE;
  insui_window_update_layout (self);
  return G_SOURCE_REMOVE;
}

static void
on_leaflet_map (InsUiWindow *self)
{
  if (!self->laid_out)
    gtk_widget_add_tick_callback (GTK_WIDGET (self->leaflet), on_frame, self, NULL);
}

/* Where there is room and something to set, the pane is as it was left. */
static void
update_pane (InsUiWindow *self)
{
  gboolean folded = adw_flap_get_folded (self->flap);
  gboolean empty = insui_param_pane_is_empty (self->pane);

  if (folded || empty)
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else
    adw_flap_set_reveal_flap (self->flap, g_settings_get_boolean (self->settings, "pane-visible"));
}

/* The child's own minimum, but a natural width that says when neighbours must go. */
static void
measure_fixed (GtkWidget *widget, int natural_width, GtkOrientation orientation, int for_size,
               int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int least = 0;

  /* it may be asked for less than the child needs; see measure_content() */
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_measure (child, orientation, for_size < 0 ? -1 : MAX (for_size, least), minimum,
                      natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*minimum, natural_width);
}

static void
measure_page (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
              int *natural, int *minimum_baseline, int *natural_baseline)
{
  measure_fixed (widget, PAGE_WIDTH, orientation, for_size, minimum, natural, minimum_baseline,
                 natural_baseline);
}

static gboolean
is_folded (GtkWidget *content)
{
  GtkRoot *root = gtk_widget_get_root (content);

  return INSUI_IS_WINDOW (root) && adw_leaflet_get_folded (INSUI_WINDOW (root)->leaflet);
}

static void
measure_content (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                 int *natural, int *minimum_baseline, int *natural_baseline)
{
  measure_fixed (widget, CONTENT_WIDTH, orientation, for_size, minimum, natural, minimum_baseline,
                 natural_baseline);
  /* A window made narrow at one stroke must not be kept wide by what is about to be folded. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL && !is_folded (widget))
    *minimum = MIN (*minimum, NARROWEST);
}

static void
allocate_all (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_allocate (child, MAX (width, minimum), height, baseline, NULL);
}

/* --- construction --- */

static void
restore_size (InsUiWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static void
keep_size (InsUiWindow *self)
{
  int width;
  int height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 360));
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
insui_window_close_request (GtkWindow *window)
{
  InsUiWindow *self = INSUI_WINDOW (window);

  if (insui_window_ask_before_closing (self))
    return GDK_EVENT_STOP;
  insui_session_cancel (self->session);
  keep_size (self);
  return GTK_WINDOW_CLASS (insui_window_parent_class)->close_request (window);
}

static void
on_open_path (InsUiWindow *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  insui_application_open_file (INSUI_APPLICATION (application), file, GTK_WINDOW (self));
}

static void
on_open_sample (InsUiWindow *self)
{
  g_clear_object (&self->opening);
  insui_session_open_sample (self->session);
}

InsUiWindow *
insui_window_new (InsUiApplication *application)
{
  InsUiWindow *self = g_object_new (INSUI_TYPE_WINDOW, "application", application, NULL);
  g_autofree char *currency = NULL;

  self->settings = insui_application_get_settings (application);
  restore_size (self);
  g_settings_bind (self->settings, "threads", self->session, "threads", G_SETTINGS_BIND_GET);
  currency = g_settings_get_string (self->settings, "currency");
  ins_project_set_currency (insui_session_get_project (self->session), currency);
  ins_project_set_modified (insui_session_get_project (self->session), FALSE);

  insui_window_actions_init (self);
  insui_window_dnd_init (self);
  add_pages (self);
  insui_window_state_connect (self);
  g_signal_connect_object (self->leaflet, "notify::folded", G_CALLBACK (insui_window_update_layout),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->leaflet, "map", G_CALLBACK (on_leaflet_map), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flap, "notify::folded", G_CALLBACK (update_pane), self,
                           G_CONNECT_SWAPPED);
  insui_window_update_layout (self);
  on_visible_page (self);
  return self;
}

static void
insui_window_dispose (GObject *object)
{
  InsUiWindow *self = INSUI_WINDOW (object);

  if (self->session)
    insui_session_cancel (self->session);
  g_clear_handle_id (&self->late, g_source_remove);
  g_clear_pointer (&self->recovery, insui_recovery_free);
  g_clear_object (&self->session);
  g_clear_object (&self->opening);
  ins_clear_artifact (&self->before);
  g_clear_weak_pointer (&self->opener);
  g_clear_weak_pointer (&self->typing);
  g_clear_weak_pointer (&self->question);
  G_OBJECT_CLASS (insui_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, welcome_progress);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, welcome_menu_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar_separator);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar_header);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar_title);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar_menu_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, header);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, title);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, wide_buttons);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, pane_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, run_stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, narrow_bar);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, narrow_run_stack);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, banner);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, banner_label);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, banner_button);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, pages_bin);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, content_bin);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, pane);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, InsUiWindow, bottom);
}

static void
insui_window_class_init (InsUiWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = insui_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = insui_window_close_request;

  g_type_ensure (INSUI_TYPE_PARAM_PANE);
  g_type_ensure (INSUI_TYPE_SIDEBAR);
  g_type_ensure (INSUI_TYPE_WELCOME);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/insiders/Insiders/ui/insui-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_page_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_page);
  gtk_widget_class_bind_template_callback (widget_class, on_open_path);
  gtk_widget_class_bind_template_callback (widget_class, on_open_sample);
}

static void
insui_window_init (InsUiWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->session = insui_session_new ();
  self->recovery = insui_recovery_new (self->session);
  insui_sidebar_set_session (self->sidebar, self->session);
  insui_param_pane_set_session (self->pane, self->session);
  gtk_widget_set_layout_manager (GTK_WIDGET (self->pages_bin),
                                 gtk_custom_layout_new (NULL, measure_page, allocate_all));
  gtk_widget_set_layout_manager (GTK_WIDGET (self->content_bin),
                                 gtk_custom_layout_new (NULL, measure_content, allocate_all));
}
