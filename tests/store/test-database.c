/* test-database.c: the door to SQLite
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/ins-error.h"
#include "store/ins-database.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("insiders-database-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "a b?c#d%20.db", NULL);
}

/* The folder must be empty but for the database: nothing may stand beside it. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
make (Fixture *fixture, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) database = ins_database_create (fixture->path, 7, 3, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (ins_database_exec (database, sql, &error));
  g_assert_true (ins_database_finish (database, &error));
  g_assert_no_error (error);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) out = ins_database_create (fixture->path, 0x494E5344, 1, NULL, &error);
  g_autoptr (InsDatabase) in = NULL;
  InsStatement *statement;
  gboolean has_row;
  gint64 integer;
  gsize size;

  g_assert_no_error (error);
  g_assert_true (
      ins_database_exec (out, "CREATE TABLE t (a TEXT, b INTEGER, c REAL, d BLOB)", &error));
  statement = ins_database_prepare (out, "INSERT INTO t VALUES (?, ?, ?, ?)", &error);
  ins_statement_bind_text (statement, 0, "naïve ' \" ; DROP TABLE t");
  ins_statement_bind_integer (statement, 1, G_MININT64);
  ins_statement_bind_real (statement, 2, 0.1);
  ins_statement_bind_blob (statement, 3, "\0\1\2", 3);
  g_assert_true (ins_statement_execute (statement, &error));
  ins_statement_bind_text (statement, 0, NULL);
  ins_statement_bind_null (statement, 1);
  ins_statement_bind_real (statement, 2, NAN);
  ins_statement_bind_blob (statement, 3, NULL, 0);
  g_assert_true (ins_statement_execute (statement, &error));
  ins_statement_free (statement);
  g_assert_true (ins_database_finish (out, &error));
  g_assert_no_error (error);

  in = ins_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (ins_database_check (in, &error));
  statement = ins_database_prepare (in, "SELECT * FROM t", &error);
  g_assert_cmpint (ins_statement_get_n_columns (statement), ==, 4);
  g_assert_true (ins_statement_next (statement, &has_row, &error) && has_row);
  g_assert_cmpstr (ins_statement_get_text (statement, 0), ==, "naïve ' \" ; DROP TABLE t");
  g_assert_true (ins_statement_get_integer (statement, 1, &integer));
  g_assert_cmpint (integer, ==, G_MININT64);
  g_assert_cmpfloat (ins_statement_get_real (statement, 2), ==, 0.1);
  g_assert_cmpmem (ins_statement_get_blob (statement, 3, &size), size, "\0\1\2", 3);
  g_assert_null (ins_statement_get_text (statement, 1));
  g_assert_false (ins_statement_get_integer (statement, 0, &integer));
  g_assert_null (ins_statement_get_blob (statement, 0, &size));
  g_assert_true (ins_statement_next (statement, &has_row, &error) && has_row);
  g_assert_null (ins_statement_get_text (statement, 0));
  g_assert_true (isnan (ins_statement_get_real (statement, 2)));
  g_assert_true (ins_statement_next (statement, &has_row, &error) && !has_row);
  ins_statement_free (statement);
}

static void
test_without_finish (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  InsDatabase *database = ins_database_create (fixture->path, 1, 1, NULL, &error);
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (ins_database_exec (database, "CREATE TABLE t (a)", &error));
  ins_database_free (database);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, &error));
  g_assert_cmpuint (size, ==, 0);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  static const char *const forbidden[] = {
    "INSERT INTO t VALUES (1)",
    "DROP TABLE t",
    "ATTACH ':memory:' AS other",
    "SELECT * FROM v",
    "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema",
    "SELECT load_extension('x')",
    "VACUUM",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) database = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize size_before, size_after;

  make (fixture, "CREATE TABLE t (a); CREATE VIEW v AS SELECT * FROM t");
  g_assert_true (g_file_get_contents (fixture->path, &before, &size_before, NULL));
  database = ins_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    {
      g_assert_false (ins_database_exec (database, forbidden[i], &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
      g_clear_error (&error);
    }
  g_assert_true (g_file_get_contents (fixture->path, &after, &size_after, NULL));
  g_assert_cmpmem (before, size_before, after, size_after);
}

static void
test_no_database (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) database = NULL;
  g_autofree char *text = g_strnfill (5000, 'x');

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  database = ins_database_open (fixture->path, NULL, &error);
  if (database != NULL)
    g_assert_false (ins_database_check (database, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) database = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  make (fixture, "CREATE TABLE t (a); "
                 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
                 "INSERT INTO t SELECT i * 1000003 FROM n");
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &size, NULL));
  g_assert_cmpuint (size, >, 3 * 4096);
  memset (bytes + 2 * 4096, 0xff, 200); /* the head of a page */
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize)size, NULL));
  database = ins_database_open (fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (ins_database_check (database, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) database = NULL;

  make (fixture, "CREATE TABLE t (a)");
  database = ins_database_open (fixture->path, run, &error);
  g_assert_no_error (error);
  ins_run_cancel (run);
  g_assert_false (ins_database_exec (
      database,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_hash (Fixture *fixture, gconstpointer data)
{
  static const char *const rows[] = { "1, 'a'",    "1, 'b'",   "2, 'a'",   "'1', 'a'", "1.5, 'a'",
                                      "NULL, 'a'", "1, x'61'", "'1a', ''", "'', '1a'", "1, ''" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (InsDatabase) database = NULL;

  make (fixture, "CREATE TABLE t (a)");
  database = ins_database_open (fixture->path, NULL, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *sql = g_strconcat ("SELECT ", rows[i], NULL);
      g_autoptr (InsStatement) statement = ins_database_prepare (database, sql, &error);
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
      gboolean has_row;

      g_assert_no_error (error);
      g_assert_true (ins_statement_next (statement, &has_row, &error) && has_row);
      ins_statement_hash_row (statement, checksum);
      g_assert_true (g_hash_table_add (seen, g_strdup (g_checksum_get_string (checksum))));
    }
}

static void
test_quote (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "plain",  "",    "with \"quotes\"", "it's", "a;b--c", "ünï",
                                       "SELECT", "[x]", "tab\tline\n" };
  g_autoptr (GError) error = NULL;
  g_autoptr (InsDatabase) database = NULL;

  make (fixture, "CREATE TABLE t (a)");
  database = ins_database_open (fixture->path, NULL, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = ins_sql_quote_name (names[i]);
      g_autofree char *text = ins_sql_quote_text (names[i]);
      g_autofree char *sql = g_strdup_printf ("SELECT %s FROM (SELECT %s AS %s)", name, text, name);
      g_autoptr (InsStatement) statement = ins_database_prepare (database, sql, &error);
      gboolean has_row;

      g_assert_no_error (error);
      g_assert_true (ins_statement_next (statement, &has_row, &error) && has_row);
      g_assert_cmpstr (ins_statement_get_text (statement, 0), ==, names[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/database/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("round-trip", test_round_trip);
  ADD ("without-finish", test_without_finish);
  ADD ("read-only", test_read_only);
  ADD ("no-database", test_no_database);
  ADD ("check", test_check);
  ADD ("cancel", test_cancel);
  ADD ("hash", test_hash);
  ADD ("quote", test_quote);
  return g_test_run ();
}
