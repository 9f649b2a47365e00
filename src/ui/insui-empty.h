/* insui-empty.h: what a page shows when it has nothing to show, and the button that gets on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define INSUI_TYPE_EMPTY (insui_empty_get_type ())
G_DECLARE_FINAL_TYPE (InsUiEmpty, insui_empty, INSUI, EMPTY, AdwBin)

/* Looks at the session: no file yet, a run going on, or @needs (bit mask of stages) not there.
 * @run: the stages the button runs; 0 = all.  Returns: whether the page is empty. */
gboolean insui_empty_update (InsUiEmpty *self, InsUiSession *session, guint needs, guint run);

/* What is there does not belong together: only a run helps. */
void insui_empty_set_run (InsUiEmpty *self);

/* A state of the page's own.  @button: (nullable).  @action: called by the button. */
void insui_empty_set (InsUiEmpty *self, const char *icon, const char *title,
                      const char *description, const char *button);

/* Signal "activated": the button of a state set by insui_empty_set(). */

G_END_DECLS
