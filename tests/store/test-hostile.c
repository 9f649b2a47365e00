/* test-hostile.c: project files that were cut, flipped or forged
 *
 * Whatever the bytes are: either a clear error or the right project, never a crash, and the file
 * stays as it is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

#include "base/ins-error.h"
#include "report/ins-figures.h"
#include "store/ins-project-private.h"
#include "store/ins-relation.h"

#include <sqlite3.h>

typedef struct
{
  Fixture fixture;
  char *bytes;
  gsize size;
  GVariant *state;
  char *result_sha256;
} Hostile;

static GVariant *
get_state (InsProject *project)
{
  g_autoptr (GVariant) state = ins_project_get_state (project);

  return g_variant_ref_sink (
      g_variant_new ("(vsssub)", state, ins_project_get_source_path (project),
                     ins_project_get_source_sha256 (project), ins_project_get_currency (project),
                     ins_project_get_runs (project)->len, ins_project_is_frozen (project)));
}

static void
set_up (Hostile *hostile, gconstpointer data)
{
  g_autoptr (InsProject) project = NULL;

  fixture_set_up (&hostile->fixture, data);
  project = make_project (&hostile->fixture);
  ins_project_set_view (project, "page", "cluster");
  save (project, hostile->fixture.path);
  g_assert_true (
      g_file_get_contents (hostile->fixture.path, &hostile->bytes, &hostile->size, NULL));
  hostile->state = get_state (project);
  hostile->result_sha256 = ins_results_sha256 (ins_project_get_results (project));
}

static void
tear_down (Hostile *hostile, gconstpointer data)
{
  g_free (hostile->bytes);
  g_free (hostile->result_sha256);
  g_variant_unref (hostile->state);
  fixture_tear_down (&hostile->fixture, data);
}

/* Without waiting for the disk, unlike g_file_set_contents(). */
static void
put_file (const char *path, const char *bytes, gsize size)
{
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* Touches every cell of every table. */
static void
read_everything (InsProject *project)
{
  const InsResults *results = ins_project_get_results (project);
  InsCell cell = { 0 };

  for (int kind = 0; kind < INS_N_RELATIONS; kind++)
    {
      g_autoptr (InsRelation) relation = NULL;

      if (!ins_relation_is_available (kind, results))
        continue;
      relation = ins_relation_new (kind, results, ins_project_get_identities (project, NULL));
      for (gsize row = 0; row < relation->n_rows; row++)
        for (gsize column = 0; column < relation->n_columns; column++)
          ins_relation_get (relation, row, column, &cell);
    }
}

/* One figure of a project that was opened, another one each time. */
static void
draw_something (InsProject *project)
{
  static gsize turn;
  gsize n;
  const InsFigure *figure = ins_figures_list (&n);
  g_autoptr (InsChart) chart = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autofree char *words = NULL;
  InsFigureInput input = { .results = ins_project_get_results (project),
                           .identities = ins_project_get_identities (project, NULL),
                           .currency = ins_project_get_currency (project) };

  figure += turn++ % n;
  if (!figure->is_available (&input))
    return;
  chart = ins_figure_create (figure->name, &input, NULL);
  if (chart == NULL)
    return;
  words = ins_chart_describe (chart);
  picture = ins_chart_render (chart, "svg", 400, 300, ins_theme_get (INS_THEME_LIGHT), NULL);
}

/* Opens @bytes.  Returns: whether it was taken for a project. */
static gboolean
try_open (Hostile *hostile, const char *bytes, gsize size, gboolean must_be_right)
{
  const char *path = hostile->fixture.path;
  g_autoptr (GError) error = NULL;
  g_autoptr (InsProject) project = NULL;
  g_autofree char *after = NULL;
  gsize size_after;

  put_file (path, bytes, size);
  project = ins_project_open (path, NULL, &error);
  g_assert_true (g_file_get_contents (path, &after, &size_after, NULL));
  g_assert_cmpmem (after, size_after, bytes, size);
  if (project == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (error->domain == INS_ERROR);
      g_assert_nonnull (strstr (error->message, "a project.insiders"));
      return FALSE;
    }
  g_assert_no_error (error);
  read_everything (project);
  if (!must_be_right)
    draw_something (project);
  if (must_be_right)
    {
      g_autoptr (GVariant) state = get_state (project);
      g_autofree char *sha256 = ins_results_sha256 (ins_project_get_results (project));
      g_assert_true (g_variant_equal (state, hostile->state));
      g_assert_cmpstr (sha256, ==, hostile->result_sha256);
    }
  return TRUE;
}

static void
test_cut (Hostile *hostile, gconstpointer data)
{
  gsize step = g_test_thorough () ? 61 : 311;

  for (gsize size = 0; size < hostile->size; size += size < 200 ? 1 : step)
    g_assert_false (try_open (hostile, hostile->bytes, size, TRUE));
  g_assert_true (try_open (hostile, hostile->bytes, hostile->size, TRUE));
}

static void
test_tail (Hostile *hostile, gconstpointer data)
{
  g_autofree char *longer = g_malloc0 (hostile->size + 5000);

  memcpy (longer, hostile->bytes, hostile->size);
  g_assert_true (try_open (hostile, longer, hostile->size + 5000, TRUE));
}

static void
test_flips (Hostile *hostile, gconstpointer data)
{
  gsize n = g_test_thorough () ? 20000 : 1500;
  gsize n_opened = 0;

  for (gsize i = 0; i < n; i++)
    {
      /* the first page, where SQLite's own tables are, is hit more often */
      gsize room = i % 3 == 0 ? 4096 : hostile->size;
      gsize at = ins_random_below (1, 0, i, (guint32)room);
      char old = hostile->bytes[at];

      hostile->bytes[at] ^= (char)(1u << ins_random_below (1, 1, i, 8));
      n_opened += try_open (hostile, hostile->bytes, hostile->size, TRUE) ? 1 : 0;
      hostile->bytes[at] = old;
    }
  g_test_message ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " flips did no harm", n_opened, n);
  g_assert_cmpuint (n_opened, <, n);
}

static void
test_pages (Hostile *hostile, gconstpointer data)
{
  gsize n_pages = hostile->size / 4096;
  g_autofree char *bytes = g_memdup2 (hostile->bytes, hostile->size);

  for (gsize page = 0; page < n_pages; page++)
    {
      gsize other = (page * 7 + 3) % n_pages;

      memset (bytes + page * 4096, 0, 4096);
      try_open (hostile, bytes, hostile->size, TRUE);
      memcpy (bytes + page * 4096, hostile->bytes + other * 4096, 4096);
      try_open (hostile, bytes, hostile->size, TRUE);
      memcpy (bytes + page * 4096, hostile->bytes + page * 4096, 4096);
    }
}

/* ---- forged with care: every checksum is right, the content is not ---- */

static void
sql (sqlite3 *handle, const char *text)
{
  char *message = NULL;

  sqlite3_exec (handle, text, NULL, NULL, &message);
  if (message != NULL)
    g_error ("%s: %s", text, message);
}

static void
seal (Hostile *hostile)
{
  g_autoptr (InsDatabase) database = ins_database_open (hostile->fixture.path, NULL, NULL);
  g_autofree char *checksum = ins_project_file_checksum (database, NULL);
  g_autofree char *update =
      g_strdup_printf ("UPDATE meta SET value = '%s' WHERE name = 'checksum'", checksum);
  sqlite3 *handle;

  g_assert_nonnull (checksum);
  g_assert_cmpint (sqlite3_open (hostile->fixture.path, &handle), ==, SQLITE_OK);
  sql (handle, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
  sql (handle, update);
  sqlite3_close (handle);
}

/* Changes the good file by @text, makes the checksum right and opens it. */
static gboolean
try_sql (Hostile *hostile, const char *text)
{
  g_autofree char *bytes = NULL;
  sqlite3 *handle;
  gsize size;

  put_file (hostile->fixture.path, hostile->bytes, hostile->size);
  g_assert_cmpint (sqlite3_open (hostile->fixture.path, &handle), ==, SQLITE_OK);
  sql (handle, text);
  sqlite3_close (handle);
  seal (hostile);
  g_assert_true (g_file_get_contents (hostile->fixture.path, &bytes, &size, NULL));
  return try_open (hostile, bytes, size, FALSE);
}

static void
test_forged_tables (Hostile *hostile, gconstpointer data)
{
  static const char *const wrong[] = {
    "UPDATE cluster SET colour = 99",
    "UPDATE cluster SET colour = 'red'",
    "UPDATE cluster SET id = id + 10",
    "UPDATE cluster SET name = x'00ff'",
    "UPDATE cluster SET name = CAST (x'ff' AS TEXT)",
    "DELETE FROM cluster WHERE id = 2",
    "INSERT INTO cluster VALUES (3, 'a', '', 0, 0, 0, 0)",
    "UPDATE run SET k = -1",
    "UPDATE run SET seed = 'x'",
    "UPDATE artifact SET stage = 'nothing' WHERE stage = 'filter'",
    "UPDATE artifact SET stage = 'filter' WHERE stage = 'features'",
    "UPDATE artifact SET key = 'short'",
    "UPDATE artifact SET data = x''",
    "UPDATE artifact SET data = 'text'",
    "UPDATE artifact SET sha256 = ''",
    "DELETE FROM artifact WHERE stage = 'features'",
    "DELETE FROM artifact WHERE stage = 'prepare'",
    "INSERT INTO artifact SELECT NULL, stage, key, kind, sha256, data FROM artifact",
    "UPDATE parameter SET value = 'nonsense' WHERE name = 'clusters'",
    "UPDATE parameter SET value = x'01'",
    "UPDATE parameter SET value = '-1' WHERE name = 'restarts'",
  };
  static const char *const harmless[] = {
    "DROP TABLE customers",
    "UPDATE customers SET cluster = 77",
    "CREATE TABLE something (a)",
    "CREATE TRIGGER t AFTER INSERT ON meta BEGIN SELECT 1; END",
    "DELETE FROM view",
    "DELETE FROM run",
    "DELETE FROM source",
    "DELETE FROM parameter",
    "UPDATE cluster SET name = 'twice'",
    "DELETE FROM artifact WHERE stage = 'sweep'",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (try_sql (hostile, wrong[i]))
      g_error ("was opened: %s", wrong[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    if (!try_sql (hostile, harmless[i]))
      g_error ("was not opened: %s", harmless[i]);
}

/* A view in a table's place runs code of the file's: refused. */
static void
test_view_for_table (Hostile *hostile, gconstpointer data)
{
  g_autofree char *bytes = NULL;
  sqlite3 *handle;
  gsize size;

  g_assert_cmpint (sqlite3_open (hostile->fixture.path, &handle), ==, SQLITE_OK);
  sql (handle, "ALTER TABLE meta RENAME TO old; CREATE VIEW meta AS SELECT * FROM old");
  sqlite3_close (handle);
  g_assert_true (g_file_get_contents (hostile->fixture.path, &bytes, &size, NULL));
  g_assert_false (try_open (hostile, bytes, size, FALSE));
}

static void
write_blob (sqlite3 *handle, const char *stage, const char *data, int size)
{
  g_autofree char *sha256 =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, (gsize)size);
  sqlite3_stmt *statement;

  sqlite3_prepare_v2 (handle, "UPDATE artifact SET data = ?, sha256 = ? WHERE stage = ?", -1,
                      &statement, NULL);
  sqlite3_bind_blob (statement, 1, data, size, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, sha256, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, stage, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* A copy of a stage's bytes with a few of them changed: ends (offsets), starts (lengths) or any. */
static char *
forge_blob (sqlite3 *handle, const char *stage, guint64 round, int *size)
{
  sqlite3_stmt *statement;
  char *data;

  sqlite3_prepare_v2 (handle, "SELECT data FROM artifact WHERE stage = ?", -1, &statement, NULL);
  sqlite3_bind_text (statement, 1, stage, -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  *size = sqlite3_column_bytes (statement, 0);
  data = g_memdup2 (sqlite3_column_blob (statement, 0), (gsize)*size);
  sqlite3_finalize (statement);
  for (guint i = 0; i < 1 + round % 4; i++)
    {
      guint32 reach = round % 3 == 0 ? (guint32)*size : MIN ((guint32)*size, 64);
      guint32 at = ins_random_below (3, round, 10 + i, reach);

      if (round % 3 == 1)
        at = (guint32)*size - 1 - at;
      data[at] = (char)ins_random_below (3, round, 20 + i, 256);
    }
  if (round % 11 == 0)
    *size = (int)ins_random_below (3, round, 30, (guint32)*size);
  return data;
}

/* Opens the good file with the bytes of @stage changed. */
static gboolean
try_forged_blob (Hostile *hostile, const char *stage, guint64 round)
{
  g_autofree char *blob = NULL;
  g_autofree char *bytes = NULL;
  sqlite3 *handle;
  gsize file_size;
  int size;

  put_file (hostile->fixture.path, hostile->bytes, hostile->size);
  g_assert_cmpint (sqlite3_open (hostile->fixture.path, &handle), ==, SQLITE_OK);
  sql (handle, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY");
  blob = forge_blob (handle, stage, round, &size);
  write_blob (handle, stage, blob, size);
  sqlite3_close (handle);
  seal (hostile);
  g_assert_true (g_file_get_contents (hostile->fixture.path, &bytes, &file_size, NULL));
  return try_open (hostile, bytes, file_size, FALSE);
}

static void
test_forged_results (Hostile *hostile, gconstpointer data)
{
  guint64 n = g_test_thorough () ? 10000 : 800;
  guint n_opened = 0;

  for (guint64 round = 0; round < n; round++)
    n_opened +=
        try_forged_blob (hostile, ins_stage_to_text ((InsStage)(round % INS_N_STAGES)), round);
  g_test_message ("%u of %" G_GUINT64_FORMAT " forgeries made sense", n_opened, n);
}

/* ---- a frozen model ---- */

/* Fits by @chain, freezes, and applies the model to fewer customers. */
static void
save_frozen (const Fixture *fixture, const char *chain, const char *path)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autofree char *all = make_csv ();
  g_autofree char *some = make_csv ();
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->csv, all, -1, NULL));
  ins_project_set_source (project, fixture->csv);
  apply_chain (project, chain);
  compute (project, EVERY_STAGE);
  g_assert_true (ins_project_freeze (project, &error));
  *strstr (some, ",150,") = '\0';
  *(strrchr (some, '\n') + 1) = '\0';
  g_assert_true (g_file_set_contents (fixture->csv, some, -1, NULL));
  ins_project_set_source (project, fixture->csv);
  compute (project, EVERY_STAGE);
  g_assert_nonnull (ins_project_get_results (project)->clustering->fitted_key);
  save (project, path);
}

#define FROZEN_CHAIN "kmeans clusters=3 restarts=3 sweep from=2 to=4"

static void
set_up_frozen (Hostile *hostile, gconstpointer data)
{
  g_autoptr (InsProject) project = NULL;

  fixture_set_up (&hostile->fixture, data);
  save_frozen (&hostile->fixture, FROZEN_CHAIN, hostile->fixture.path);
  project = load (hostile->fixture.path);
  g_assert_true (ins_project_is_frozen (project));
  g_assert_true (
      g_file_get_contents (hostile->fixture.path, &hostile->bytes, &hostile->size, NULL));
  hostile->state = get_state (project);
  hostile->result_sha256 = ins_results_sha256 (ins_project_get_results (project));
}

/* Whatever model was taken: it can be applied, or a sentence says why not. */
static void
apply_model (const char *path, const char *csv)
{
  g_autoptr (InsProject) project = ins_project_open (path, NULL, NULL);
  g_autoptr (InsRun) run = ins_run_new (2, NULL);
  g_autoptr (InsPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  if (project == NULL || !ins_project_is_frozen (project))
    return;
  apply_chain (project, "filter min-price=0.05"); /* nothing is there under this key */
  ins_project_set_source (project, csv);
  plan = ins_project_plan (project, 1u << INS_STAGE_CLUSTER | 1u << INS_STAGE_PROFILE);
  if (ins_plan_execute (plan, run, &error))
    {
      ins_project_adopt (project, plan);
      g_assert_true (ins_results_are_consistent (ins_project_get_results (project)));
      read_everything (project);
      draw_something (project);
    }
  else
    g_assert_true (error->domain == INS_ERROR);
}

static void
test_forged_model (Hostile *hostile, gconstpointer data)
{
  static const char *const stages[] = { "fitted-prepare", "fitted-embed", "fitted-cluster",
                                        "cluster" };
  guint64 n = g_test_thorough () ? 10000 : 600;
  guint n_opened = 0;

  for (guint64 round = 0; round < n; round++)
    if (try_forged_blob (hostile, stages[round % G_N_ELEMENTS (stages)], round))
      {
        n_opened++;
        apply_model (hostile->fixture.path, hostile->fixture.csv);
      }
  g_test_message ("%u of %" G_GUINT64_FORMAT " forgeries made sense", n_opened, n);
  g_assert_cmpuint (n_opened, <, n);
}

static void
test_model_tables (Hostile *hostile, gconstpointer data)
{
  static const char *const wrong[] = {
    "DELETE FROM artifact WHERE stage = 'fitted-prepare'",
    "DELETE FROM artifact WHERE stage = 'fitted-embed'",
    "DELETE FROM artifact WHERE stage = 'fitted-cluster'",
    "UPDATE artifact SET kind = 'scaled' WHERE stage = 'fitted-embed'",
    "UPDATE artifact SET key = '' WHERE stage = 'fitted-cluster'",
    "UPDATE artifact SET stage = 'fitted-' WHERE stage = 'fitted-embed'",
    "UPDATE artifact SET stage = 'fitted-fitted-embed' WHERE stage = 'fitted-embed'",
    "UPDATE artifact SET stage = 'fitted-sweep' WHERE stage = 'fitted-embed'",
    "UPDATE artifact SET data = (SELECT data FROM artifact WHERE stage = 'cluster'), sha256 = "
    "(SELECT sha256 FROM artifact WHERE stage = 'cluster') WHERE stage = 'fitted-cluster'",
    "UPDATE artifact SET data = x'00' WHERE stage = 'fitted-prepare'",
    "UPDATE run SET frozen = 'x'",
  };
  static const char *const harmless[] = {
    "DELETE FROM artifact WHERE stage LIKE 'fitted-%'",
    "DELETE FROM artifact WHERE stage NOT LIKE 'fitted-%'; DELETE FROM cluster",
    "DELETE FROM artifact WHERE stage IN ('cluster', 'profile'); DELETE FROM cluster",
    "INSERT INTO artifact SELECT NULL, 'fitted-data', key, kind, sha256, data FROM artifact "
    "WHERE stage = 'data'",
    "UPDATE run SET frozen = 0",
    "UPDATE artifact SET key = (SELECT key FROM artifact WHERE stage = 'data') WHERE stage LIKE "
    "'fitted-%'",
    "DELETE FROM parameter",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    if (try_sql (hostile, wrong[i]))
      g_error ("was opened: %s", wrong[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      if (!try_sql (hostile, harmless[i]))
        g_error ("was not opened: %s", harmless[i]);
      apply_model (hostile->fixture.path, hostile->fixture.csv);
    }
}

/* Each part is sound, but of other models. */
static void
test_mixed_models (Hostile *hostile, gconstpointer data)
{
  static const struct
  {
    const char *chain, *stages;
    gboolean fits;
  } others[] = {
    { "kmeans clusters=4 restarts=3", "'fitted-cluster'", FALSE },
    { "kmeans clusters=4 restarts=3", "'fitted-prepare', 'fitted-embed', 'fitted-cluster'", FALSE },
    { "scale features=recency_days,invoice_count kmeans clusters=3 restarts=3", "'fitted-prepare'",
      FALSE },
    { "scale features=recency_days,invoice_count kmeans clusters=3 restarts=3", "'fitted-embed'",
      FALSE },
    { "scale features=recency_days,invoice_count kmeans clusters=3 restarts=3", "'fitted-cluster'",
      FALSE },
    { "kmeans clusters=3 restarts=3 space=picture", "'fitted-cluster'", TRUE },
    { "scale features=recency_days,invoice_count,product_count,avg_ticket,item_count kmeans "
      "clusters=3 restarts=3",
      "'fitted-prepare'", TRUE },
    { "hierarchical clusters=3", "'fitted-cluster'", TRUE },
  };
  g_autofree char *path = g_build_filename (hostile->fixture.folder, "other.insiders", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "ATTACH '%s' AS other; DELETE FROM main.artifact WHERE stage IN (%s); INSERT INTO "
          "main.artifact SELECT NULL, stage, key, kind, sha256, data FROM other.artifact WHERE "
          "stage IN (%s)",
          path, others[i].stages, others[i].stages);

      save_frozen (&hostile->fixture, others[i].chain, path);
      g_assert_cmpint (try_sql (hostile, text), ==, others[i].fits);
      apply_model (hostile->fixture.path, hostile->fixture.csv);
      g_unlink (path);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/hostile/" name, Hostile, NULL, set_up, func, tear_down)
  ADD ("cut", test_cut);
  ADD ("tail", test_tail);
  ADD ("flips", test_flips);
  ADD ("pages", test_pages);
  ADD ("forged-tables", test_forged_tables);
  ADD ("view-for-table", test_view_for_table);
  ADD ("forged-results", test_forged_results);
#define ADD_FROZEN(name, func)                                                                     \
  g_test_add ("/hostile-frozen/" name, Hostile, NULL, set_up_frozen, func, tear_down)
  ADD_FROZEN ("cut", test_cut);
  ADD_FROZEN ("flips", test_flips);
  ADD_FROZEN ("model-tables", test_model_tables);
  ADD_FROZEN ("mixed-models", test_mixed_models);
  ADD_FROZEN ("forged-model", test_forged_model);
  return g_test_run ();
}
