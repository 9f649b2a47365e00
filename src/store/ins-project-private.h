/* ins-project-private.h: the project's fields, for the files that load and save it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "store/ins-database.h"
#include "store/ins-project.h"

G_BEGIN_DECLS

#define INS_PROJECT_FITTED_PREFIX "fitted-" /* before a stage's name: of the frozen model */
#define INS_PROJECT_CACHE_BYTES ((gsize)512 << 20)

struct _InsProject
{
  GObject parent_instance;

  InsPipeline *pipeline; /* owned */
  char *preset;
  char *source_path;   /* nullable */
  char *source_sha256; /* nullable */
  char *currency;
  InsCache *cache; /* owned */

  InsResults results;      /* shown */
  InsResults named;        /* what @identities name: features, scaled, clustering */
  InsIdentity *identities; /* n_identities, of named.clustering */
  gsize n_identities;

  GPtrArray *runs; /* InsRunInfo */
  char *run_id;    /* nullable: of the results shown */
  GHashTable *view;

  char *path;   /* nullable */
  char *base;   /* nullable: path of what it was made from */
  char *notice; /* nullable */
  gboolean read_only;
  gboolean modified;
  gboolean loading; /* no signals, no change of @modified */

  InsPlan *planned; /* not owned: whose parameters the next three are */
  char *planned_chain;
  char *planned_model;
  gint64 planned_seed;
};

/* @pipeline: (transfer full): in the place of the one there is */
void ins_project_take_pipeline (InsProject *self, InsPipeline *pipeline);

void ins_run_info_free (InsRunInfo *info);
InsRunInfo *ins_run_info_copy (const InsRunInfo *info);
/* Adds the results shown to the history and makes them the current run. */
void ins_project_add_run (InsProject *self, InsPlan *plan);
/* Freezes what ins_project_add_run() will say about @plan. */
void ins_project_note_plan (InsProject *self, InsPlan *plan);

/* The identities belong to the results shown from now on.  @identities: (transfer full) */
void ins_project_take_identities (InsProject *self, InsIdentity *identities, gsize n);
void ins_project_identities_changed (InsProject *self); /* modified, and says so */

#define INS_FILE_HEAD_SIZE 100 /* of a SQLite file */

typedef struct
{
  guint8 bytes[INS_FILE_HEAD_SIZE];
  gsize n;
  guint64 file_size;
} InsFileHead;

gboolean ins_file_head_read (const char *path, InsFileHead *head, GError **error);
/* INS_ERROR_DAMAGED if it is no project, or cut off.  @version: PRAGMA user_version */
gboolean ins_file_head_check (const char *path, const InsFileHead *head, guint32 *version,
                              GError **error);

/* SHA-256 over everything in the file that is read back, but the artifacts' bytes, which have
 * their own.  Returns: (transfer full) (nullable) */
char *ins_project_file_checksum (InsDatabase *database, GError **error);
/* "“list.insiders”", for messages.  Returns: (transfer full) */
char *ins_project_file_name (const char *path);
/* Whether another program is in the middle of a change of the database @path. */
gboolean ins_project_file_is_busy (const char *path, GError **error);

G_END_DECLS
