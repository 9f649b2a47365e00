/* insui-step-row.h: one step in the sidebar: icon, name, state in one line, mark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-page.h"

G_BEGIN_DECLS

#define INSUI_TYPE_STEP_ROW (insui_step_row_get_type ())
G_DECLARE_FINAL_TYPE (InsUiStepRow, insui_step_row, INSUI, STEP_ROW, GtkListBoxRow)

GtkWidget *insui_step_row_new (InsUiPage *page);
InsUiPage *insui_step_row_get_page (InsUiStepRow *self); /* (transfer none) */
/* Reads state and mark anew. */
void insui_step_row_update (InsUiStepRow *self);

G_END_DECLS
