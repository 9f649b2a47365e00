/* insui-session-private.h: the session's own parts, for its files only
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ui/insui-session.h"

G_BEGIN_DECLS

/* What the user changed; kept as a value, so that it can wait while a file is being written. */
typedef enum
{
  INSUI_EDIT_PARAM,
  INSUI_EDIT_STEP,
  INSUI_EDIT_PRESET,
  INSUI_EDIT_NAME,
  INSUI_EDIT_NOTE,
  INSUI_EDIT_COLOUR,
  INSUI_EDIT_INSIDER,
  INSUI_EDIT_CURRENCY,
  INSUI_EDIT_REFIT,
  INSUI_EDIT_VIEW,
  INSUI_EDIT_RUN, /* no change, but it waits behind those that are */
  INSUI_EDIT_UNDO,
  INSUI_EDIT_REDO
} InsUiEditKind;

typedef struct
{
  InsUiEditKind kind;
  InsStage stage;
  gsize cluster;
  int value;
  char *name;
  char *text;
} InsUiEdit;

/**
 * InsUiHistory: states to go back and forth to
 * @coalesce_key: what was changed last; @coalesce_time: when (monotonic)
 */
typedef struct
{
  GPtrArray *undo; /* (element-type GVariant) */
  GPtrArray *redo;
  char *coalesce_key;
  gint64 coalesce_time;
} InsUiHistory;

typedef struct
{
  InsFeatures *features; /* whose rows are meant; (nullable) */
  guint8 *bytes;         /* (nullable) */
  gsize n;
  gsize n_selected;
} InsUiSelection;

typedef struct _InsUiJob InsUiJob;

struct _InsUiSession
{
  GObject parent_instance;

  InsProject *project;         /* owned */
  GSignalGroup *project_group; /* owned */
  guint threads;

  InsUiJob *job; /* borrowed: the task owns it; NULL while nothing runs */
  guint poll;
  guint autorun;
  double seconds[INS_N_STAGES]; /* what a stage took last; 0 = never measured */
  char *problem[INS_N_STAGES];
  InsSniff *questions; /* owned */
  char *sample;        /* first lines of the file they are about */

  gboolean saving;
  InsUiJob *finished; /* owned: ended while a file was being written */
  GQueue waiting;     /* (element-type InsUiEdit) */
  InsUiHistory history;
  InsUiSelection selection;
};

enum
{
  INSUI_SESSION_CHANGED,
  INSUI_SESSION_IDENTITIES_CHANGED,
  INSUI_SESSION_SELECTION_CHANGED,
  INSUI_SESSION_PROGRESS,
  INSUI_SESSION_FINISHED,
  INSUI_SESSION_FAILED,
  INSUI_SESSION_TOAST,
  INSUI_SESSION_UNDECIDED,
  INSUI_SESSION_SAVED,
  INSUI_SESSION_N_SIGNALS
};

extern guint insui_session_signals[INSUI_SESSION_N_SIGNALS];

enum
{
  INSUI_SESSION_PROP_PROJECT = 1,
  INSUI_SESSION_PROP_RUNNING,
  INSUI_SESSION_PROP_CAN_UNDO,
  INSUI_SESSION_PROP_CAN_REDO,
  INSUI_SESSION_PROP_THREADS,
  INSUI_SESSION_N_PROPS
};

extern GParamSpec *insui_session_props[INSUI_SESSION_N_PROPS];

/* insui-session.c */
void insui_session_take_project (InsUiSession *self, InsProject *project);
void insui_session_fail (InsUiSession *self, const char *sentence);

/* insui-session-job.c */
/* Runs what is out of date by itself, if that takes next to nothing. */
void insui_session_queue_autorun (InsUiSession *self);

/* insui-session-edit.c */
void insui_session_history_init (InsUiHistory *history);
void insui_session_history_clear (InsUiHistory *history);
void insui_session_history_reset (InsUiSession *self);
void insui_session_edit_waiting (InsUiSession *self);
/* FALSE: nothing waits to be changed, the run can begin. */
gboolean insui_session_let_run_wait (InsUiSession *self, guint stages);
/* Gives @project what insui_session_get_state() said. */
void insui_session_restore (InsProject *project, GVariant *state);
void insui_edit_free (InsUiEdit *edit);

/* insui-session-select.c */
void insui_session_selection_clear (InsUiSelection *selection);
/* After new results: the same customers, where they are now. */
void insui_session_selection_follow (InsUiSession *self);

G_END_DECLS
