/* insui-recovery.h: what was not saved when the program ended without being asked to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"

G_BEGIN_DECLS

/**
 * InsUiRecovery:
 *
 * Keeps parameters and names of a modified project in the state directory, at most two seconds
 * after a change.  Results are not kept: they are computed again.  Goes with the project's being
 * saved or given up.
 */
typedef struct _InsUiRecovery InsUiRecovery;

/* @session: must live as long. */
InsUiRecovery *insui_recovery_new (InsUiSession *session);
/* Nothing is left to be recovered. */
void insui_recovery_free (InsUiRecovery *self);

/* One project that another process left behind, for insui_session_recover(); it will not be
 * returned again.  Returns: (nullable) (transfer full) */
GVariant *insui_recovery_take (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsUiRecovery, insui_recovery_free)

G_END_DECLS
