/* insui-session.h: the only door from widgets to the engine
 *
 * One per window.  Owns the project, the running job, the undo history and the selected customers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/ins-project.h"

G_BEGIN_DECLS

/**
 * InsUiSession:
 *
 * Properties: "project" (InsProject, never NULL), "running" (gboolean), "can-undo", "can-redo",
 * "threads" (guint, 0 = one per processor).
 * Signals:
 *  - "changed" (guint stage): results, parameters or state of that stage changed
 *  - "identities-changed": names, colours, notes
 *  - "selection-changed"
 *  - "progress" (const char *text, double fraction): while running; fraction -1 = unknown
 *  - "finished" (gboolean ok): a job ended
 *  - "failed" (const char *sentence): to be shown
 *  - "toast" (const char *sentence): a thing was done
 *  - "saved": the project's file is written
 *  - "undecided" (InsSniff *): the file leaves questions open; the data page asks
 */
#define INSUI_TYPE_SESSION (insui_session_get_type ())
G_DECLARE_FINAL_TYPE (InsUiSession, insui_session, INSUI, SESSION, GObject)

InsUiSession *insui_session_new (void);

InsProject *insui_session_get_project (InsUiSession *self);
const InsResults *insui_session_get_results (InsUiSession *self);
const InsIdentity *insui_session_get_identities (InsUiSession *self, gsize *k);

/* Opens a project (by content) or data (everything else) in a worker; replaces the project when it
 * has worked.  Data are imported at once, "Find groups" (F5) runs the rest. */
void insui_session_open (InsUiSession *self, GFile *file);
void insui_session_open_sample (InsUiSession *self);
/* Runs @project, which ins_project_new_update() made, and replaces the project when it has worked.
 */
void insui_session_take_update (InsUiSession *self, InsProject *project);
/* What insui_recovery_take() found: version, the project's file, that of the project it was made
 * from, the source, what insui_session_get_state() said; "" = none.  Opens project or data and
 * makes the changes again. */
#define INSUI_RECOVERY_FORMAT "(usssv)"
void insui_session_recover (InsUiSession *self, GVariant *recovery);
void insui_session_save (InsUiSession *self, const char *path, GAsyncReadyCallback callback,
                         gpointer data);
gboolean insui_session_save_finish (InsUiSession *self, GAsyncResult *result, GError **error);
gboolean insui_session_is_saving (InsUiSession *self);

/* One job at a time: a new one cancels the old.  @stages: bit mask; 0 = every stage. */
void insui_session_run (InsUiSession *self, guint stages);
void insui_session_cancel (InsUiSession *self);
gboolean insui_session_is_running (InsUiSession *self);
/* The stage at work; FALSE while nothing runs. */
gboolean insui_session_get_running_stage (InsUiSession *self, InsStage *stage);
/* Why @stage could not be computed; NULL if it could.  (nullable) (transfer none) */
const char *insui_session_get_problem (InsUiSession *self, InsStage stage);
/* Whether there is anything to work on yet. */
gboolean insui_session_is_empty (InsUiSession *self);
/* The questions the data leave open since the last import.  (nullable) (transfer none) */
const InsSniff *insui_session_get_questions (InsUiSession *self);
/* The first lines of that file, to decide by.  (nullable) (transfer none) */
const char *insui_session_get_sample (InsUiSession *self);

/* Changes through the session, so that they can be undone: one undo step each (changes of the
 * same parameter within a second are one). */
void insui_session_set_param (InsUiSession *self, InsStage stage, const char *name,
                              const char *text);
void insui_session_use_step (InsUiSession *self, const char *id);
void insui_session_load_preset (InsUiSession *self, const char *preset);
void insui_session_set_currency (InsUiSession *self, const char *currency);
/* The model is fitted anew from now on instead of being kept. */
void insui_session_refit (InsUiSession *self);
void insui_session_set_name (InsUiSession *self, gsize cluster, const char *name);
void insui_session_set_note (InsUiSession *self, gsize cluster, const char *note);
void insui_session_set_colour (InsUiSession *self, gsize cluster, int colour);
void insui_session_set_insider (InsUiSession *self, gsize cluster, gboolean is_insider);
/* Where the window is: no undo step, no change of the project. */
void insui_session_set_view (InsUiSession *self, const char *name, const char *text);
/* Everything that can be undone.  (transfer full) */
GVariant *insui_session_get_state (InsUiSession *self);
void insui_session_undo (InsUiSession *self);
void insui_session_redo (InsUiSession *self);

typedef enum
{
  INSUI_SELECT_REPLACE,
  INSUI_SELECT_ADD,
  INSUI_SELECT_TOGGLE,
  INSUI_SELECT_SUBTRACT
} InsUiSelectMode;

/* Selected customers, one byte per row of InsFeatures.  @n: rows.  (nullable) (transfer none) */
const guint8 *insui_session_get_selection (InsUiSession *self, gsize *n);
gsize insui_session_get_n_selected (InsUiSession *self);
/* @rows: rows of InsFeatures. */
void insui_session_select (InsUiSession *self, const guint32 *rows, gsize n, InsUiSelectMode mode);
/* The same for rows of InsScaled, which the charts of models use. */
void insui_session_select_scaled (InsUiSession *self, const guint32 *rows, gsize n,
                                  InsUiSelectMode mode);
void insui_session_select_cluster (InsUiSession *self, gsize cluster, InsUiSelectMode mode);
void insui_session_select_none (InsUiSession *self);
void insui_session_select_all (InsUiSession *self);
void insui_session_invert_selection (InsUiSession *self);
/* The selection as one byte per row of InsScaled.  (transfer full) (nullable) */
guint8 *insui_session_get_scaled_selection (InsUiSession *self, gsize *n);

/* A figure of what is shown now.  (transfer full) (nullable): NULL when it is not available. */
struct _InsChart *insui_session_create_figure (InsUiSession *self, const char *name,
                                               const char *feature, gsize k, gsize truncate,
                                               int scale, const char *measure);

G_END_DECLS
