/* insui-empty.c: what a page shows when it has nothing to show, and the button that gets on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"
#include "ui/insui-empty.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  STATE_OWN,
  STATE_NO_DATA,
  STATE_NO_RUN,
  STATE_RUNNING
} State;

struct _InsUiEmpty
{
  AdwBin parent_instance;

  /* template */
  AdwStatusPage *page;
  GtkButton *button;
  GtkSpinner *spinner;

  InsUiSession *session; /* owned, once it was looked at */
  State state;
  guint needs, run;
};

G_DEFINE_FINAL_TYPE (InsUiEmpty, insui_empty, ADW_TYPE_BIN)

static void
on_clicked (GtkButton *button, InsUiEmpty *self)
{
  switch (self->state)
    {
    case STATE_NO_DATA:
      gtk_widget_activate_action (GTK_WIDGET (self), "app.open", NULL);
      break;
    case STATE_NO_RUN:
      if (self->run == 0)
        gtk_widget_activate_action (GTK_WIDGET (self), "win.run", NULL);
      else
        insui_session_run (self->session, self->run);
      break;
    case STATE_RUNNING:
      insui_session_cancel (self->session);
      break;
    case STATE_OWN:
    default:
      g_signal_emit_by_name (self, "activated");
      break;
    }
}

static void
set_state (InsUiEmpty *self, State state, const char *icon, const char *title,
           const char *description, const char *button)
{
  self->state = state;
  adw_status_page_set_icon_name (self->page, icon);
  adw_status_page_set_title (self->page, title);
  adw_status_page_set_description (self->page, description);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), state == STATE_RUNNING);
  gtk_spinner_set_spinning (self->spinner, state == STATE_RUNNING);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  if (button != NULL)
    gtk_button_set_label (self->button, button);
  if (state == STATE_RUNNING)
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
}

void
insui_empty_set (InsUiEmpty *self, const char *icon, const char *title, const char *description,
                 const char *button)
{
  g_return_if_fail (INSUI_IS_EMPTY (self));
  set_state (self, STATE_OWN, icon, title, description, button);
}

void
insui_empty_set_run (InsUiEmpty *self)
{
  g_return_if_fail (INSUI_IS_EMPTY (self));
  set_state (self, STATE_NO_RUN, "media-playback-start-symbolic", _ ("Nothing Computed Yet"),
             _ ("Insiders cleans the data, describes every customer and finds groups "
                "of customers who are alike."),
             _ ("_Find Groups"));
}

/* A run began or ended. */
static void
on_running_changed (InsUiEmpty *self)
{
  if (self->state != STATE_OWN && gtk_widget_get_mapped (GTK_WIDGET (self)))
    insui_empty_update (self, self->session, self->needs, self->run);
}

static void
watch (InsUiEmpty *self, InsUiSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_signal_connect_object (session, "notify::running", G_CALLBACK (on_running_changed), self,
                           G_CONNECT_SWAPPED);
}

gboolean
insui_empty_update (InsUiEmpty *self, InsUiSession *session, guint needs, guint run)
{
  g_return_val_if_fail (INSUI_IS_EMPTY (self), FALSE);
  const InsResults *results = insui_session_get_results (session);
  gboolean complete = TRUE;
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    if (needs & (1u << stage) && results->stage[stage] == NULL)
      complete = FALSE;
  watch (self, session);
  self->needs = needs;
  self->run = run;
  if (complete)
    return FALSE;
  if (insui_session_is_running (session))
    set_state (self, STATE_RUNNING, NULL, _ ("Working…"),
               _ ("The result appears here as soon as it is ready."), _ ("_Cancel"));
  else if (ins_project_get_source_path (insui_session_get_project (session)) == NULL)
    set_state (self, STATE_NO_DATA, "document-open-symbolic", _ ("No Data Yet"),
               _ ("Open a file with one line per purchase, or per customer."), _ ("_Open a File…"));
  else
    insui_empty_set_run (self);
  return TRUE;
}

static void
insui_empty_dispose (GObject *object)
{
  g_clear_object (&INSUI_EMPTY (object)->session);
  G_OBJECT_CLASS (insui_empty_parent_class)->dispose (object);
}

static void
insui_empty_class_init (InsUiEmptyClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = insui_empty_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/insiders/Insiders/ui/insui-empty.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiEmpty, page);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmpty, button);
  gtk_widget_class_bind_template_child (widget_class, InsUiEmpty, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_clicked);
  g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
insui_empty_init (InsUiEmpty *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
