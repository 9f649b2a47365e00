/* ins-database.c: a small door to SQLite that reports errors as GError
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-database.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#define TICK_OPERATIONS                                                                            \
  2000 /* virtual machine steps between two looks at the run: well under 1 ms */

struct _InsDatabase
{
  sqlite3 *handle;
  InsRun *run; /* owned, nullable */
  gboolean writing;
};

struct _InsStatement
{
  InsDatabase *database; /* borrowed */
  sqlite3_stmt *handle;
  int bind_result; /* first error of a bind call */
};

/* ---- errors ---- */

static void
set_error (InsDatabase *database, int result, GError **error)
{
  const char *message = database->handle ? sqlite3_errmsg (database->handle) : NULL;
  int primary = result & 0xff;

  if (message == NULL)
    message = sqlite3_errstr (result);
  if (primary == SQLITE_INTERRUPT || primary == SQLITE_ABORT)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  else if (primary == SQLITE_NOMEM)
    g_set_error_literal (error, INS_ERROR, INS_ERROR_MEMORY,
                         _ ("There is not enough memory for the project file."));
  else if (primary == SQLITE_FULL)
    g_set_error_literal (error, INS_ERROR, INS_ERROR_FAILED,
                         _ ("There is no space left for the file: make room or choose another "
                            "folder."));
  else if (!database->writing && primary != SQLITE_IOERR && primary != SQLITE_CANTOPEN
           && primary != SQLITE_PERM)
    g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, "SQLite: %s", message);
  else
    g_set_error (error, INS_ERROR, INS_ERROR_FAILED, "SQLite: %s", message);
}

static int
on_progress (void *data)
{
  return !ins_run_tick (data);
}

/* ---- opening and closing ---- */

static InsDatabase *
open_handle (const char *name, int flags, gboolean writing, InsRun *run, GError **error)
{
  g_autoptr (InsDatabase) database = g_new0 (InsDatabase, 1);
  int result;

  database->writing = writing;
  database->run = run ? ins_run_ref (run) : NULL;
  result = sqlite3_open_v2 (name, &database->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (result != SQLITE_OK)
    {
      set_error (database, result, error);
      return NULL;
    }
  if (run != NULL)
    sqlite3_progress_handler (database->handle, TICK_OPERATIONS, on_progress, run);
  return g_steal_pointer (&database);
}

/* What a file from elsewhere may not do. */
static void
harden (sqlite3 *handle)
{
  static const struct
  {
    int id, value;
  } limits[] = {
    { SQLITE_LIMIT_SQL_LENGTH, 1000000 },  { SQLITE_LIMIT_EXPR_DEPTH, 50 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 5 },   { SQLITE_LIMIT_FUNCTION_ARG, 8 },
    { SQLITE_LIMIT_ATTACHED, 0 },          { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 100 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (handle, limits[i].id, limits[i].value);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

InsDatabase *
ins_database_open (const char *path, InsRun *run, GError **error)
{
  g_autofree char *absolute = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;
  InsDatabase *database;

  g_return_val_if_fail (path != NULL, NULL);

  absolute = g_canonicalize_filename (path, NULL);
  uri = g_filename_to_uri (absolute, NULL, error);
  if (uri == NULL)
    return NULL;
  name = g_strconcat (uri, "?mode=ro&immutable=1", NULL);
  database = open_handle (name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, FALSE, run, error);
  if (database == NULL)
    return NULL;
  harden (database->handle);
  if (!ins_database_exec (database,
                          "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; "
                          "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON;",
                          error))
    g_clear_pointer (&database, ins_database_free);
  return database;
}

InsDatabase *
ins_database_create (const char *path, guint32 application_id, guint32 user_version, InsRun *run,
                     GError **error)
{
  g_autoptr (InsDatabase) database = NULL;
  g_autofree char *sql = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  database = open_handle (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, TRUE, run, error);
  if (database == NULL)
    return NULL;
  sql = g_strdup_printf ("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; "
                         "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; "
                         "PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY; "
                         "BEGIN; PRAGMA application_id = %u; PRAGMA user_version = %u;",
                         application_id, user_version);
  if (!ins_database_exec (database, sql, error))
    return NULL;
  return g_steal_pointer (&database);
}

gboolean
ins_database_finish (InsDatabase *database, GError **error)
{
  int result;

  g_return_val_if_fail (database != NULL && database->writing, FALSE);

  if (!ins_database_exec (database, "COMMIT;", error))
    return FALSE;
  result = sqlite3_close (database->handle);
  if (result != SQLITE_OK)
    {
      set_error (database, result, error);
      return FALSE;
    }
  database->handle = NULL;
  return TRUE;
}

void
ins_database_free (InsDatabase *database)
{
  if (database == NULL)
    return;
  sqlite3_close_v2 (database->handle);
  g_clear_pointer (&database->run, ins_run_unref);
  g_free (database);
}

/* ---- statements ---- */

gboolean
ins_database_exec (InsDatabase *database, const char *sql, GError **error)
{
  int result;

  g_return_val_if_fail (database != NULL && sql != NULL, FALSE);

  result = sqlite3_exec (database->handle, sql, NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;
  set_error (database, result, error);
  return FALSE;
}

gboolean
ins_database_check (InsDatabase *database, GError **error)
{
  g_autoptr (InsStatement) statement = NULL;
  gboolean has_row = FALSE;
  const char *text;

  g_return_val_if_fail (database != NULL, FALSE);

  statement = ins_database_prepare (database, "PRAGMA quick_check (1)", error);
  if (statement == NULL || !ins_statement_next (statement, &has_row, error))
    return FALSE;
  text = has_row ? ins_statement_get_text (statement, 0) : NULL;
  if (g_strcmp0 (text, "ok") == 0)
    return TRUE;
  if (text != NULL && strrchr (text, '\n') != NULL) /* above it: which database, a heading */
    text = strrchr (text, '\n') + 1;
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED, "SQLite: %s", text ? text : "?");
  return FALSE;
}

InsStatement *
ins_database_prepare (InsDatabase *database, const char *sql, GError **error)
{
  sqlite3_stmt *handle = NULL;
  InsStatement *statement;
  int result;

  g_return_val_if_fail (database != NULL && sql != NULL, NULL);

  result = sqlite3_prepare_v2 (database->handle, sql, -1, &handle, NULL);
  if (result != SQLITE_OK)
    {
      set_error (database, result, error);
      return NULL;
    }
  statement = g_new0 (InsStatement, 1);
  statement->database = database;
  statement->handle = handle;
  return statement;
}

void
ins_statement_free (InsStatement *statement)
{
  if (statement == NULL)
    return;
  sqlite3_finalize (statement->handle);
  g_free (statement);
}

static void
note_bind (InsStatement *statement, int result)
{
  if (statement->bind_result == SQLITE_OK)
    statement->bind_result = result;
}

void
ins_statement_bind_text (InsStatement *statement, int index, const char *text)
{
  g_return_if_fail (statement != NULL);
  if (text == NULL)
    note_bind (statement, sqlite3_bind_null (statement->handle, index + 1));
  else
    note_bind (statement, sqlite3_bind_text64 (statement->handle, index + 1, text, strlen (text),
                                               SQLITE_STATIC, SQLITE_UTF8));
}

void
ins_statement_bind_integer (InsStatement *statement, int index, gint64 value)
{
  g_return_if_fail (statement != NULL);
  note_bind (statement, sqlite3_bind_int64 (statement->handle, index + 1, value));
}

void
ins_statement_bind_real (InsStatement *statement, int index, double value)
{
  g_return_if_fail (statement != NULL);
  if (isnan (value))
    note_bind (statement, sqlite3_bind_null (statement->handle, index + 1));
  else
    note_bind (statement, sqlite3_bind_double (statement->handle, index + 1, value));
}

void
ins_statement_bind_null (InsStatement *statement, int index)
{
  g_return_if_fail (statement != NULL);
  note_bind (statement, sqlite3_bind_null (statement->handle, index + 1));
}

void
ins_statement_bind_blob (InsStatement *statement, int index, gconstpointer data, gsize size)
{
  g_return_if_fail (statement != NULL);
  note_bind (statement, sqlite3_bind_blob64 (statement->handle, index + 1, size > 0 ? data : "",
                                             size, SQLITE_STATIC));
}

gboolean
ins_statement_execute (InsStatement *statement, GError **error)
{
  gboolean has_row;
  gboolean ok;

  g_return_val_if_fail (statement != NULL, FALSE);

  ok = ins_statement_next (statement, &has_row, error);
  sqlite3_reset (statement->handle);
  return ok;
}

gboolean
ins_statement_next (InsStatement *statement, gboolean *has_row, GError **error)
{
  int result;

  g_return_val_if_fail (statement != NULL && has_row != NULL, FALSE);

  *has_row = FALSE;
  result = statement->bind_result;
  if (result == SQLITE_TOOBIG)
    g_set_error_literal (error, INS_ERROR, INS_ERROR_FAILED,
                         _ ("One of the results is larger than the 1,000 MB a project file can "
                            "hold."));
  if (result == SQLITE_OK)
    result = sqlite3_step (statement->handle);
  if (result == SQLITE_ROW || result == SQLITE_DONE)
    {
      *has_row = result == SQLITE_ROW;
      return TRUE;
    }
  if (error == NULL || *error == NULL)
    set_error (statement->database, result, error);
  return FALSE;
}

int
ins_statement_get_n_columns (InsStatement *statement)
{
  g_return_val_if_fail (statement != NULL, 0);
  return sqlite3_column_count (statement->handle);
}

const char *
ins_statement_get_text (InsStatement *statement, int column)
{
  const char *text;
  gsize length;

  g_return_val_if_fail (statement != NULL, NULL);

  if (sqlite3_column_type (statement->handle, column) != SQLITE_TEXT)
    return NULL;
  text = (const char *)sqlite3_column_text (statement->handle, column);
  length = (gsize)sqlite3_column_bytes (statement->handle, column);
  return text != NULL && g_utf8_validate_len (text, length, NULL) ? text : NULL;
}

gboolean
ins_statement_get_integer (InsStatement *statement, int column, gint64 *value)
{
  g_return_val_if_fail (statement != NULL && value != NULL, FALSE);

  if (sqlite3_column_type (statement->handle, column) != SQLITE_INTEGER)
    return FALSE;
  *value = sqlite3_column_int64 (statement->handle, column);
  return TRUE;
}

double
ins_statement_get_real (InsStatement *statement, int column)
{
  int type;

  g_return_val_if_fail (statement != NULL, NAN);

  type = sqlite3_column_type (statement->handle, column);
  return type == SQLITE_FLOAT || type == SQLITE_INTEGER
             ? sqlite3_column_double (statement->handle, column)
             : NAN;
}

gconstpointer
ins_statement_get_blob (InsStatement *statement, int column, gsize *size)
{
  gconstpointer data;

  g_return_val_if_fail (statement != NULL && size != NULL, NULL);

  *size = 0;
  if (sqlite3_column_type (statement->handle, column) != SQLITE_BLOB)
    return NULL;
  data = sqlite3_column_blob (statement->handle, column);
  *size = (gsize)sqlite3_column_bytes (statement->handle, column);
  return data;
}

static void
hash_cell (sqlite3_stmt *handle, int column, GChecksum *checksum)
{
  int type = sqlite3_column_type (handle, column);
  const guchar *data = NULL;
  guint64 head[2] = { GUINT64_TO_LE ((guint64)type), 0 };
  gsize size = 0;

  if (type == SQLITE_INTEGER)
    head[1] = GUINT64_TO_LE ((guint64)sqlite3_column_int64 (handle, column));
  else if (type == SQLITE_FLOAT)
    {
      double value = sqlite3_column_double (handle, column);
      memcpy (&head[1], &value, sizeof value);
      head[1] = GUINT64_TO_LE (head[1]);
    }
  else if (type != SQLITE_NULL)
    {
      data = sqlite3_column_blob (handle, column);
      size = (gsize)sqlite3_column_bytes (handle, column);
      head[1] = GUINT64_TO_LE ((guint64)size);
    }
  g_checksum_update (checksum, (const guchar *)head, sizeof head);
  if (data != NULL && size > 0)
    g_checksum_update (checksum, data, (gssize)size);
}

void
ins_statement_hash_row (InsStatement *statement, GChecksum *checksum)
{
  g_return_if_fail (statement != NULL && checksum != NULL);

  for (int i = 0; i < sqlite3_column_count (statement->handle); i++)
    hash_cell (statement->handle, i, checksum);
}

/* ---- SQL text ---- */

static char *
quote (const char *text, char mark)
{
  GString *out = g_string_sized_new (strlen (text) + 2);

  g_string_append_c (out, mark);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == mark)
        g_string_append_c (out, mark);
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, mark);
  return g_string_free (out, FALSE);
}

char *
ins_sql_quote_name (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);
  return quote (name, '"');
}

char *
ins_sql_quote_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);
  return quote (text, '\'');
}
