/* insui-sidebar.c: the steps of the analysis
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-sidebar.h"
#include "ui/insui-step-row.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

struct _InsUiSidebar
{
  AdwBin parent_instance;

  InsStage running; /* last seen, INS_N_STAGES = none */
  guint idle;

  /* template */
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (InsUiSidebar, insui_sidebar, ADW_TYPE_BIN)

static guint page_activated;

static GtkListBoxRow *
get_row (InsUiSidebar *self, int position)
{
  return gtk_list_box_get_row_at_index (self->list, position);
}

void
insui_sidebar_update (InsUiSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (INSUI_IS_SIDEBAR (self));

  for (int i = 0; (row = get_row (self, i)); i++)
    insui_step_row_update (INSUI_STEP_ROW (row));
}

static gboolean
on_idle (gpointer data)
{
  InsUiSidebar *self = data;

  self->idle = 0;
  insui_sidebar_update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (InsUiSidebar *self)
{
  if (self->idle == 0)
    self->idle = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, self, NULL);
}

static void
on_progress (InsUiSidebar *self, const char *text, double fraction, InsUiSession *session)
{
  InsStage stage;

  if (!insui_session_get_running_stage (session, &stage) || stage == self->running)
    return;
  self->running = stage;
  queue_update (self);
}

static void
on_running (InsUiSidebar *self)
{
  self->running = INS_N_STAGES;
  queue_update (self);
}

void
insui_sidebar_set_session (InsUiSidebar *self, InsUiSession *session)
{
  g_return_if_fail (INSUI_IS_SIDEBAR (self));

  g_signal_connect_object (session, "changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "identities-changed", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::project", G_CALLBACK (queue_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::running", G_CALLBACK (on_running), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
}

void
insui_sidebar_add_page (InsUiSidebar *self, InsUiPage *page)
{
  g_return_if_fail (INSUI_IS_SIDEBAR (self));
  g_return_if_fail (INSUI_IS_PAGE (page));

  gtk_list_box_append (self->list, insui_step_row_new (page));
}

void
insui_sidebar_select (InsUiSidebar *self, InsUiPage *page)
{
  GtkListBoxRow *row;

  g_return_if_fail (INSUI_IS_SIDEBAR (self));

  for (int i = 0; (row = get_row (self, i)); i++)
    if (insui_step_row_get_page (INSUI_STEP_ROW (row)) == page)
      gtk_list_box_select_row (self->list, row);
}

void
insui_sidebar_set_folded (InsUiSidebar *self, gboolean folded)
{
  g_return_if_fail (INSUI_IS_SIDEBAR (self));

  gtk_list_box_set_selection_mode (self->list, folded ? GTK_SELECTION_NONE : GTK_SELECTION_BROWSE);
}

static void
on_row_activated (InsUiSidebar *self, GtkListBoxRow *row)
{
  InsUiPage *page = insui_step_row_get_page (INSUI_STEP_ROW (row));

  g_signal_emit (self, page_activated, 0, INSUI_PAGE_GET_CLASS (page)->id);
}

static void
insui_sidebar_dispose (GObject *object)
{
  InsUiSidebar *self = INSUI_SIDEBAR (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  G_OBJECT_CLASS (insui_sidebar_parent_class)->dispose (object);
}

static void
insui_sidebar_class_init (InsUiSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = insui_sidebar_dispose;
  page_activated = g_signal_new ("page-activated", INSUI_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/insiders/Insiders/ui/insui-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
insui_sidebar_init (InsUiSidebar *self)
{
  self->running = INS_N_STAGES;
  gtk_widget_init_template (GTK_WIDGET (self));
}
