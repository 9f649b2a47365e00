/* insui-param-pane.h: the parameters of a step as a form
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_PARAM_PANE (insui_param_pane_get_type ())
G_DECLARE_FINAL_TYPE (InsUiParamPane, insui_param_pane, INSUI, PARAM_PANE, AdwBin)

void insui_param_pane_set_session (InsUiParamPane *self, InsUiSession *session);
/* Choosing the number of clusters belongs to the model: its stage shows the sweep's parameters as
 * well. */
void insui_param_pane_set_stage (InsUiParamPane *self, InsStage stage);
/* Whether the step has no parameters at all. */
gboolean insui_param_pane_is_empty (InsUiParamPane *self);

G_END_DECLS
