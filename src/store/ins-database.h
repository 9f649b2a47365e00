/* ins-database.h: a small door to SQLite that reports errors as GError
 *
 * A database is either written anew (nobody else sees it before it is complete) or read as hostile
 * input; nothing is ever changed in place, so there are no transactions to think of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/ins-run.h"

G_BEGIN_DECLS

typedef struct _InsDatabase InsDatabase;
typedef struct _InsStatement InsStatement;

/**
 * ins_database_open:
 * @run: (nullable): cancels what takes long
 *
 * Opens for reading what may be anything.  The file is taken as unchanging: no locks, nothing is
 * written, nothing appears beside it.  Views, triggers, attached files and functions with side
 * effects in it are switched off.  What SQLite cannot make sense of is INS_ERROR_DAMAGED.
 */
InsDatabase *ins_database_open (const char *path, InsRun *run, GError **error);
/* A new database in the empty file @path.  Everything is one transaction, which
 * ins_database_finish() ends. */
InsDatabase *ins_database_create (const char *path, guint32 application_id, guint32 user_version,
                                  InsRun *run, GError **error);
/* Commits what ins_database_create() began and closes; call free as well. */
gboolean ins_database_finish (InsDatabase *database, GError **error);
void ins_database_free (InsDatabase *database); /* without finish: nothing was written */

gboolean ins_database_exec (InsDatabase *database, const char *sql, GError **error);
/* SQLite's own check of the whole file; INS_ERROR_DAMAGED says what it found. */
gboolean ins_database_check (InsDatabase *database, GError **error);

InsStatement *ins_database_prepare (InsDatabase *database, const char *sql, GError **error);
void ins_statement_free (InsStatement *statement);

/* @index from 0 in order of the question marks.  Errors are reported by the next step.  The
 * memory of texts and blobs must live until then. */
void ins_statement_bind_text (InsStatement *statement, int index, const char *text); /* nullable */
void ins_statement_bind_integer (InsStatement *statement, int index, gint64 value);
void ins_statement_bind_real (InsStatement *statement, int index, double value); /* NaN = NULL */
void ins_statement_bind_null (InsStatement *statement, int index);
void ins_statement_bind_blob (InsStatement *statement, int index, gconstpointer data, gsize size);
/* Executes what returns no lines, and makes ready for the next values. */
gboolean ins_statement_execute (InsStatement *statement, GError **error);

/* @has_row: FALSE after the last line. */
gboolean ins_statement_next (InsStatement *statement, gboolean *has_row, GError **error);
int ins_statement_get_n_columns (InsStatement *statement);
/* NULL unless it is a text, valid UTF-8 and without zero bytes.  Lives until the next step. */
const char *ins_statement_get_text (InsStatement *statement, int column);
/* FALSE unless it is an integer. */
gboolean ins_statement_get_integer (InsStatement *statement, int column, gint64 *value);
/* NaN unless it is a number. */
double ins_statement_get_real (InsStatement *statement, int column);
/* NULL unless it is a blob.  Lives until the next step. */
gconstpointer ins_statement_get_blob (InsStatement *statement, int column, gsize *size);
/* Adds type, length and content of every column of the line to a checksum. */
void ins_statement_hash_row (InsStatement *statement, GChecksum *checksum);

/* A name as SQL has it, in double quotes.  Returns: (transfer full) */
char *ins_sql_quote_name (const char *name);
/* A text as SQL has it, in single quotes.  Returns: (transfer full) */
char *ins_sql_quote_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsDatabase, ins_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (InsStatement, ins_statement_free)

G_END_DECLS
