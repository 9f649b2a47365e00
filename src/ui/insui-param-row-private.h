/* insui-param-row-private.h: a row and the controls it may have
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-param-row.h"

G_BEGIN_DECLS

/**
 * InsUiEditor: the control of one kind of parameter
 * @below: under the name, over the full width, instead of beside it
 * @create: (transfer floating)
 * @show: makes the control show @text
 */
typedef struct
{
  gboolean below;
  GtkWidget *(*create) (InsUiParamRow *row);
  void (*show) (InsUiParamRow *row, const char *text);
} InsUiEditor;

struct _InsUiParamRow
{
  AdwPreferencesRow parent_instance;

  InsUiSession *session; /* owned */
  InsStage stage;
  const InsParam *param; /* borrowed */
  const InsUiEditor *editor;
  gboolean showing; /* what changes now was not the user */

  /* owned by the widget tree */
  GtkWidget *control;
  GtkWidget *reset;
  GtkWidget *second; /* an editor's own: spin button, popover's list … */
  GtkWidget *third;
};

extern const InsUiEditor insui_switch_editor;
extern const InsUiEditor insui_spin_editor;
extern const InsUiEditor insui_auto_spin_editor;
extern const InsUiEditor insui_choice_editor;
extern const InsUiEditor insui_text_editor;
extern const InsUiEditor insui_date_editor;
extern const InsUiEditor insui_list_editor;
extern const InsUiEditor insui_map_editor;

InsStep *insui_param_row_get_step (InsUiParamRow *self); /* (nullable) (transfer none) */
/* The user wants @text. */
void insui_param_row_set (InsUiParamRow *self, const char *text);
/* Name for a control, for screen readers. */
void insui_param_row_label (InsUiParamRow *self, GtkWidget *control);

/* Of choices: label for people.  (transfer full) */
char *insui_choice_label (const GEnumValue *value);

G_END_DECLS
