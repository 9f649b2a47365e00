/* ins-project.h: one analysis as a document: source, parameters, results, names, runs
 *
 * A project file is one SQLite database that anybody can query; see schema.sql beside this file.
 * What the window and the command line work on is this object, whole in memory; the file is read
 * once and written atomically.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "pipeline/ins-identity.h"
#include "pipeline/ins-plan.h"

G_BEGIN_DECLS

#define INS_PROJECT_APPLICATION_ID 0x494E5344 /* "INSD", bytes 68–71 of the file */
#define INS_PROJECT_VERSION 1                 /* PRAGMA user_version */

/**
 * InsRunInfo: one computation kept in the history
 * @id: eight hexadecimal digits
 * @when: ISO 8601, UTC
 * @chain: every parameter
 * @frozen: whether the model was applied, not fitted
 * @seconds: per stage
 */
typedef struct
{
  char *id;
  char *when;
  char *chain;
  char *model;
  gint64 seed;
  guint64 customers;
  gsize k;
  InsMetrics metrics;
  char *result_sha256;
  char *source_sha256;
  gboolean frozen;
  double seconds[INS_N_STAGES];
} InsRunInfo;

/**
 * InsProject:
 *
 * Signals: "changed" (InsStage): a stage's parameters, shown result or state changed;
 * "identities-changed": a name, colour or note changed.
 * Property "modified" (gboolean): differs from the file.
 */
#define INS_TYPE_PROJECT (ins_project_get_type ())
G_DECLARE_FINAL_TYPE (InsProject, ins_project, INS, PROJECT, GObject)

InsProject *ins_project_new (void);

/* The same analysis of another source: parameters, names, history and what is shown of @old,
 * without its path.  Its model is kept (ins_project_freeze(), whose errors these are), or with
 * @refit fitted anew.  @old is not changed. */
InsProject *ins_project_new_update (InsProject *old, const char *source, gboolean refit,
                                    GError **error);
/* Opens a project file.  It is never changed.  INS_ERROR_DAMAGED: a clear sentence.  A file of a
 * newer version opens read-only (ins_project_get_notice() says so).  Shows everything that was
 * saved without computing. */
InsProject *ins_project_open (const char *path, InsRun *run, GError **error);
/* Whether the file says it is a project, sound or not. */
gboolean ins_project_probe (const char *path);
/* Whether a project may be written to @path: INS_ERROR_USAGE if one of a newer version is there,
 * which is never touched.  What is no project is the caller's to ask about. */
gboolean ins_project_may_replace (const char *path, GError **error);
/* Atomic: a complete new file takes the old one's place, or nothing happens.  The project then
 * has @path and is unmodified.  INS_ERROR_USAGE if a newer version's project is there. */
gboolean ins_project_save (InsProject *self, const char *path, InsRun *run, GError **error);
/* The two halves of it: the first only reads the project, in any thread, while nobody changes it;
 * the second belongs to the project's own thread. */
gboolean ins_project_write (InsProject *self, const char *path, InsRun *run, GError **error);
void ins_project_written (InsProject *self, const char *path);

const char *ins_project_get_path (InsProject *self); /* (nullable) */
/* File of the project it was made from by ins_project_new_update(), until it is saved itself.
 * Returns: (nullable) */
const char *ins_project_get_base (InsProject *self);
char *ins_project_get_title (InsProject *self); /* file's or source's base name, for people */
gboolean ins_project_is_read_only (InsProject *self);
const char *ins_project_get_notice (InsProject *self); /* (nullable): a sentence for a banner */
gboolean ins_project_is_modified (InsProject *self);
void ins_project_set_modified (InsProject *self, gboolean modified);

InsPipeline *ins_project_get_pipeline (InsProject *self); /* (transfer none) */
const char *ins_project_get_preset (InsProject *self);    /* name of the preset last loaded */
gboolean ins_project_load_preset (InsProject *self, const char *preset, GError **error);

/* The source file; setting another one makes everything out of date. */
void ins_project_set_source (InsProject *self, const char *path);
const char *ins_project_get_source_path (InsProject *self);   /* (nullable) */
const char *ins_project_get_source_sha256 (InsProject *self); /* (nullable): before it is read */

/* Symbol of the money, "" at first; for showing only. */
void ins_project_set_currency (InsProject *self, const char *currency);
const char *ins_project_get_currency (InsProject *self);

/* What is shown: the last finished results. (transfer none) */
const InsResults *ins_project_get_results (InsProject *self);
/* Whether a stage's shown result is what its parameters now ask for. */
gboolean ins_project_is_current (InsProject *self, InsStage stage);

/* Keeps the model that is shown: new data are scaled, turned and grouped by it instead of fitting
 * anew, and the clusters keep their numbers and names, for as long as the parameters of scaling,
 * picture and model stay as they are.  Does nothing if it is kept already.  INS_ERROR_USAGE: there
 * is no model, or it is not the one the parameters ask for. */
gboolean ins_project_freeze (InsProject *self, GError **error);
/* Whether the next run applies a kept model. */
gboolean ins_project_is_frozen (InsProject *self);
/* Fits anew from now on; undo takes it back. */
void ins_project_refit (InsProject *self);

/* A plan for @stages (bit mask), frozen now; run it in a worker, then adopt it. */
InsPlan *ins_project_plan (InsProject *self, guint stages);
/* Takes what @plan finished as the shown results; carries names over to the new clusters; adds a
 * run to the history if there is a new clustering. */
void ins_project_adopt (InsProject *self, InsPlan *plan);

/* Names of the clusters shown, k of them; (nullable) before there is a clustering. */
const InsIdentity *ins_project_get_identities (InsProject *self, gsize *k);
/* INS_ERROR_USAGE: empty or already used. */
gboolean ins_project_set_name (InsProject *self, gsize cluster, const char *name, GError **error);
void ins_project_set_note (InsProject *self, gsize cluster, const char *note);
void ins_project_set_colour (InsProject *self, gsize cluster, int colour);
void ins_project_set_insider (InsProject *self, gsize cluster, gboolean is_insider);

/* (element-type InsRunInfo), oldest first. (transfer none) */
GPtrArray *ins_project_get_runs (InsProject *self);
/* Of the clustering shown.  (nullable) */
const char *ins_project_get_run_id (InsProject *self);

/* Where the window was: page, columns …: never makes the project modified. */
void ins_project_set_view (InsProject *self, const char *name, const char *text);
const char *ins_project_get_view (InsProject *self, const char *name); /* (nullable) */

/* Parameters and names as one value, for undo.  Returns: (transfer full) */
GVariant *ins_project_get_state (InsProject *self);
void ins_project_set_state (InsProject *self, GVariant *state);

G_END_DECLS
