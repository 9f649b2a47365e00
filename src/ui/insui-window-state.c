/* insui-window-state.c: what title, banner, progress and the run button say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-window-private.h"
#include "ui/insui-format.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define LONG_RUN (10 * G_USEC_PER_SEC)
#define LATE 250 /* ms */

/* --- title --- */

static char *
describe_results (InsUiWindow *self)
{
  const InsResults *results = insui_session_get_results (self->session);
  g_autofree char *count = NULL;
  gsize n;

  if (results->clustering)
    {
      g_autofree char *k = insui_format_count (results->clustering->k);
      g_autofree char *customers = NULL;

      n = results->clustering->n;
      count = insui_format_count (n);
      customers = g_strdup_printf (ngettext ("%s customer", "%s customers", (gulong)n), count);
      return g_strdup_printf (
          ngettext ("%s in %s group", "%s in %s groups", (gulong)results->clustering->k), customers,
          k);
    }
  if (results->features)
    {
      n = results->features->n;
      count = insui_format_count (n);
      return g_strdup_printf (ngettext ("%s customer", "%s customers", (gulong)n), count);
    }
  if (results->import)
    {
      n = (gsize)results->import->n_rows;
      count = insui_format_count (n);
      return g_strdup_printf (ngettext ("%s line", "%s lines", (gulong)n), count);
    }
  return g_strdup ("");
}

static const char *
get_page_title (InsUiPage *page)
{
  return _ (INSUI_PAGE_GET_CLASS (page)->title);
}

/* Where the steps are not beside the page, the page is what has to be named. */
void
insui_window_update_title (InsUiWindow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  InsUiPage *page = insui_window_get_page (self);
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  g_autofree char *name = ins_project_get_title (project);
  g_autofree char *title = NULL;
  g_autofree char *state = NULL;

  if (insui_session_is_empty (self->session))
    {
      gtk_window_set_title (GTK_WINDOW (self), _ ("Insiders"));
      return;
    }
  title = g_strconcat (ins_project_is_modified (project) ? "• " : "", name, NULL);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->title, folded && page ? get_page_title (page) : title);
  adw_window_title_set_subtitle (self->sidebar_title, folded ? title : "");
  if (insui_session_is_running (self->session))
    return; /* the progress is there */
  state = folded ? g_steal_pointer (&title) : describe_results (self);
  adw_window_title_set_subtitle (self->title, state);
}

/* --- banner --- */

static void
run_what_is_shown (InsUiWindow *self)
{
  const InsResults *results = insui_session_get_results (self->session);
  guint stages = 0;

  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    if (results->stage[stage])
      stages |= 1u << stage;
  insui_session_run (self->session, stages);
}

static gboolean
is_page_out_of_date (InsUiWindow *self)
{
  InsUiPage *page = insui_window_get_page (self);
  InsProject *project = insui_session_get_project (self->session);
  const InsResults *results = insui_session_get_results (self->session);
  guint watch = page ? INSUI_PAGE_GET_CLASS (page)->watch : 0;

  for (guint stage = 0; stage < INS_N_STAGES; stage++)
    if (watch & (1u << stage) && results->stage[stage]
        && !ins_project_is_current (project, (InsStage)stage))
      return TRUE;
  return FALSE;
}

static void
show_banner (InsUiWindow *self, const char *sentence, const char *button,
             void (*action) (InsUiWindow *))
{
  self->banner_action = action;
  gtk_label_set_text (self->banner_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->banner_button), button != NULL);
  if (button)
    gtk_button_set_label (self->banner_button, button);
  gtk_revealer_set_reveal_child (self->banner, TRUE);
}

static void
update_banner (InsUiWindow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  const char *notice = ins_project_get_notice (project);
  InsUiPage *page = insui_window_get_page (self);
  const char *problem =
      page ? insui_session_get_problem (self->session, INSUI_PAGE_GET_CLASS (page)->stage) : NULL;

  if (insui_session_is_running (self->session))
    {
      if (self->late == 0)
        gtk_revealer_set_reveal_child (self->banner, FALSE);
    }
  else if (problem && !insui_session_get_questions (self->session))
    show_banner (self, problem, NULL, NULL);
  else if (is_page_out_of_date (self))
    show_banner (self, _ ("These results are out of date"), _ ("Update"), run_what_is_shown);
  else if (self->recovered && ins_project_is_modified (project))
    show_banner (self, _ ("Changes that were not saved last time are back"), _ ("Save"),
                 insui_window_save);
  else if (notice)
    show_banner (self, notice, ins_project_is_read_only (project) ? _ ("Save As…") : NULL,
                 insui_window_save_as);
  else
    gtk_revealer_set_reveal_child (self->banner, FALSE);
}

static void
on_banner_clicked (InsUiWindow *self)
{
  if (self->banner_action)
    self->banner_action (self);
}

/* --- running --- */

static void
update_root (InsUiWindow *self)
{
  gtk_stack_set_visible_child_name (self->root_stack,
                                    insui_session_is_empty (self->session) ? "welcome" : "project");
}

static void
on_progress (InsUiWindow *self, const char *text, double fraction)
{
  GtkProgressBar *bars[] = { self->progress, self->welcome_progress };
  g_autofree char *share = NULL;
  g_autofree char *state = NULL;

  if (fraction >= 0)
    {
      share = g_strdup_printf ("%.0f", floor (fraction * 100));
      state = g_strdup_printf (_ ("%s · %s %%"), text, share);
    }
  else
    state = g_strdup (text);
  adw_window_title_set_subtitle (self->title, state);
  insui_welcome_set_busy (self->welcome, TRUE, state);
  for (gsize i = 0; i < G_N_ELEMENTS (bars); i++)
    if (fraction >= 0)
      gtk_progress_bar_set_fraction (bars[i], CLAMP (fraction, 0, 1));
    else
      gtk_progress_bar_pulse (bars[i]);
}

static void
show_running (InsUiWindow *self, gboolean running)
{
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_stack_set_visible_child_name (self->run_stack, running ? "cancel" : "run");
  gtk_stack_set_visible_child_name (self->narrow_run_stack, running ? "cancel" : "run");
  update_banner (self);
}

static gboolean
on_late (gpointer data)
{
  InsUiWindow *self = data;

  self->late = 0;
  show_running (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_running (InsUiWindow *self)
{
  gboolean running = insui_session_is_running (self->session);

  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_progress_bar_set_fraction (self->welcome_progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->welcome_progress), running);
  insui_welcome_set_busy (self->welcome, running, NULL);
  g_clear_handle_id (&self->late, g_source_remove);
  if (running)
    {
      self->started = g_get_monotonic_time ();
      self->late = g_timeout_add (LATE, on_late, self); /* what is over at once must not flash */
    }
  else
    show_running (self, FALSE);
  insui_window_update_title (self);
  insui_window_actions_update (self);
}

/* Somebody went to do other things meanwhile. */
static void
notify_desktop (InsUiWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *state = NULL;

  if (!application || gtk_window_is_active (GTK_WINDOW (self))
      || g_get_monotonic_time () - self->started < LONG_RUN)
    return;
  state = describe_results (self);
  notification = g_notification_new (_ ("The Groups Are Ready"));
  g_notification_set_body (notification, state);
  g_application_send_notification (application, "run-finished", notification);
}

void
insui_window_find_groups (InsUiWindow *self)
{
  InsClustering *clustering = insui_session_get_results (self->session)->clustering;

  ins_clear_artifact (&self->before);
  self->before = clustering ? ins_artifact_ref (clustering) : NULL;
  self->wanted = TRUE;
  insui_session_run (self->session, 0);
}

/* Where the groups cannot be seen, nothing else says that there are new ones. */
static void
announce_groups (InsUiWindow *self)
{
  const InsClustering *clustering = insui_session_get_results (self->session)->clustering;
  InsUiPage *page = insui_window_get_page (self);
  InsStage stage = page ? INSUI_PAGE_GET_CLASS (page)->stage : INS_STAGE_DATA;
  g_autofree char *count = NULL;
  g_autofree char *title = NULL;
  AdwToast *toast;

  if (!clustering || clustering == self->before || stage == INS_STAGE_CLUSTER
      || stage == INS_STAGE_PROFILE)
    return;
  count = insui_format_count (clustering->k);
  title = g_strdup_printf (ngettext ("%s group found", "%s groups found", (gulong)clustering->k),
                           count);
  toast = adw_toast_new (title);
  adw_toast_set_button_label (toast, _ ("_Show"));
  adw_toast_set_detailed_action_name (toast, "win.page::cluster");
  /* whoever goes on has seen it */
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (adw_toast_dismiss),
                           toast, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_finished (InsUiWindow *self, gboolean ok)
{
  if (ok)
    notify_desktop (self);
  if (ok && self->wanted)
    announce_groups (self);
  self->wanted = FALSE;
  ins_clear_artifact (&self->before);
  update_banner (self);
}

static gboolean
close_window (gpointer data)
{
  gtk_window_close (data);
  return G_SOURCE_REMOVE;
}

/* A window made for a file that cannot be opened does not stay behind empty. */
static void
on_failed (InsUiWindow *self, const char *sentence)
{
  InsUiWindow *speaker = self;

  self->failures++;
  if (self->opener && insui_session_is_empty (self->session))
    {
      speaker = self->opener;
      g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, close_window, g_object_ref (self), g_object_unref);
      gtk_window_present (GTK_WINDOW (speaker));
    }
  insui_window_show_error (speaker, _ ("That Did Not Work"), sentence);
  g_clear_object (&self->opening);
}

static void
on_undecided (InsUiWindow *self, gpointer sniff)
{
  insui_window_show_page (self, "data");
}

/* --- the project --- */

static void
on_modified (InsUiWindow *self)
{
  insui_window_update_title (self);
  insui_window_actions_update (self);
}

static void
on_changed (InsUiWindow *self)
{
  update_root (self);
  insui_window_update_title (self);
  update_banner (self);
  insui_window_actions_update (self);
}

static void
on_project (InsUiWindow *self)
{
  InsProject *project = insui_session_get_project (self->session);
  const char *page = ins_project_get_view (project, "page");

  g_clear_weak_pointer (&self->opener);
  g_signal_connect_object (project, "notify::modified", G_CALLBACK (on_modified), self,
                           G_CONNECT_SWAPPED);
  on_changed (self);
  if (self->opening && g_file_peek_path (self->opening))
    insui_window_remember_recent (self, g_file_peek_path (self->opening));
  insui_window_show_page (self,
                          page && gtk_stack_get_child_by_name (self->pages, page) ? page : "data");
}

/* What came back, or could not be written where it was, is safe now. */
static void
on_saved (InsUiWindow *self)
{
  self->recovered = FALSE;
  update_banner (self);
}

static void
on_page (InsUiWindow *self)
{
  const char *id = gtk_stack_get_visible_child_name (self->pages);

  if (id && !insui_session_is_empty (self->session))
    insui_session_set_view (self->session, "page", id);
  update_banner (self);
}

void
insui_window_state_connect (InsUiWindow *self)
{
  InsUiSession *session = self->session;

  g_signal_connect_object (session, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::running", G_CALLBACK (on_running), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "finished", G_CALLBACK (on_finished), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "toast", G_CALLBACK (insui_window_toast), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "undecided", G_CALLBACK (on_undecided), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::project", G_CALLBACK (on_project), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::can-undo", G_CALLBACK (insui_window_actions_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::can-redo", G_CALLBACK (insui_window_actions_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (insui_window_actions_update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pages, "notify::visible-child", G_CALLBACK (on_page), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->banner_button, "clicked", G_CALLBACK (on_banner_clicked), self,
                           G_CONNECT_SWAPPED);
  update_root (self);
}
