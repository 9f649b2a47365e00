/* insui-param-row.h: one parameter as a row of a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

/**
 * InsUiParamRow:
 *
 * Name, help, control by the parameter's kind, and a button back to the default where it is not
 * the default.  What is typed goes through the session, so it can be undone; what changes elsewhere
 * (undo, presets) is shown after insui_param_row_update().
 */
#define INSUI_TYPE_PARAM_ROW (insui_param_row_get_type ())
G_DECLARE_FINAL_TYPE (InsUiParamRow, insui_param_row, INSUI, PARAM_ROW, AdwPreferencesRow)

/* @param must belong to the class of the step in @stage now; it lives as long as that class. */
GtkWidget *insui_param_row_new (InsUiSession *session, InsStage stage, const InsParam *param);
void insui_param_row_update (InsUiParamRow *self);

G_END_DECLS
