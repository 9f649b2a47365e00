/* insui-step-row.c: one step in the sidebar: icon, name, state in one line, mark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-step-row.h"

#include "ins-config.h"
#include <glib/gi18n-lib.h>

struct _InsUiStepRow
{
  GtkListBoxRow parent_instance;

  InsUiPage *page;     /* borrowed: the window's stack has it as long as this row */
  gconstpointer shown; /* the Mark whose tooltip it has: setting one is slow */

  /* template */
  GtkImage *icon;
  GtkLabel *name;
  GtkLabel *state;
  GtkStack *marks;
  GtkImage *mark;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (InsUiStepRow, insui_step_row, GTK_TYPE_LIST_BOX_ROW)

typedef struct
{
  const char *icon;
  const char *text; /* for screen readers and the tooltip */
  const char *style;
} Mark;

static const Mark mark_done = { "object-select-symbolic", N_ ("Done"), "mark-done" };
static const Mark mark_stale = { "view-refresh-symbolic", N_ ("Out of date"), "mark-stale" };
static const Mark mark_problem = { "dialog-warning-symbolic", N_ ("Problem"), "mark-problem" };
static const Mark mark_none = { NULL, NULL, NULL };
static const Mark mark_running = { NULL, N_ ("Running"), NULL };

static const Mark *
find_mark (InsUiStepRow *self)
{
  InsUiSession *session = insui_page_get_session (self->page);
  InsStage stage = INSUI_PAGE_GET_CLASS (self->page)->stage;
  InsStage running;

  if (insui_session_get_running_stage (session, &running) && running == stage)
    return &mark_running;
  if (insui_session_get_problem (session, stage))
    return &mark_problem;
  if (!insui_session_get_results (session)->stage[stage])
    return &mark_none;
  return ins_project_is_current (insui_session_get_project (session), stage) ? &mark_done
                                                                             : &mark_stale;
}

static void
show_mark (InsUiStepRow *self, const Mark *mark)
{
  const Mark *all[] = { &mark_done, &mark_stale, &mark_problem };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->mark), all[i]->style);
  if (mark->icon)
    {
      gtk_image_set_from_icon_name (self->mark, mark->icon);
      gtk_widget_add_css_class (GTK_WIDGET (self->mark), mark->style);
    }
  gtk_spinner_set_spinning (self->spinner, mark == &mark_running);
  gtk_stack_set_visible_child_name (self->marks, mark == &mark_running ? "spinner"
                                                 : mark->icon          ? "mark"
                                                                       : "none");
  if (mark == self->shown)
    return;
  self->shown = mark;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->marks), mark->text ? _ (mark->text) : NULL);
}

void
insui_step_row_update (InsUiStepRow *self)
{
  InsUiPageClass *klass;
  const Mark *mark;
  g_autofree char *state = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (INSUI_IS_STEP_ROW (self));

  klass = INSUI_PAGE_GET_CLASS (self->page);
  mark = find_mark (self);
  state = klass->summary ? klass->summary (self->page) : NULL;
  show_mark (self, mark);
  gtk_label_set_text (self->state, state ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), state && *state);

  spoken = g_strjoin (", ", _ (klass->title), mark->text ? _ (mark->text) : (state ? state : ""),
                      mark->text && state ? state : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

InsUiPage *
insui_step_row_get_page (InsUiStepRow *self)
{
  g_return_val_if_fail (INSUI_IS_STEP_ROW (self), NULL);

  return self->page;
}

GtkWidget *
insui_step_row_new (InsUiPage *page)
{
  InsUiStepRow *self = g_object_new (INSUI_TYPE_STEP_ROW, NULL);
  InsUiPageClass *klass = INSUI_PAGE_GET_CLASS (page);

  self->page = page;
  gtk_image_set_from_icon_name (self->icon, klass->icon_name);
  gtk_label_set_text (self->name, _ (klass->title));
  insui_step_row_update (self);
  return GTK_WIDGET (self);
}

static void
insui_step_row_class_init (InsUiStepRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/insiders/Insiders/ui/insui-step-row.ui");
  gtk_widget_class_bind_template_child (widget_class, InsUiStepRow, icon);
  gtk_widget_class_bind_template_child (widget_class, InsUiStepRow, name);
  gtk_widget_class_bind_template_child (widget_class, InsUiStepRow, state);
  gtk_widget_class_bind_template_child (widget_class, InsUiStepRow, marks);
  gtk_widget_class_bind_template_child (widget_class, InsUiStepRow, mark);
  gtk_widget_class_bind_template_child (widget_class, InsUiStepRow, spinner);
}

static void
insui_step_row_init (InsUiStepRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
