/* test-project.c: the document: what is shown, what is current, names, runs, saving, opening
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

#include "base/ins-error.h"
#include "store/ins-relation.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- what equality means ---- */

static void
assert_same_results (const InsResults *a, const InsResults *b)
{
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    {
      const InsArtifact *x = a->stage[stage];
      const InsArtifact *y = b->stage[stage];
      g_autoptr (GVariant) v = NULL;
      g_autoptr (GVariant) w = NULL;

      g_assert_true ((x == NULL) == (y == NULL));
      if (x == NULL)
        continue;
      g_assert_cmpstr (x->key, ==, y->key);
      v = g_variant_ref_sink (x->type->to_variant (x));
      w = g_variant_ref_sink (y->type->to_variant (y));
      g_assert_cmpmem (g_variant_get_data (v), g_variant_get_size (v), g_variant_get_data (w),
                       g_variant_get_size (w));
    }
}

static void
assert_same_runs (InsProject *a, InsProject *b)
{
  GPtrArray *x = ins_project_get_runs (a);
  GPtrArray *y = ins_project_get_runs (b);

  g_assert_cmpuint (x->len, ==, y->len);
  for (guint i = 0; i < x->len; i++)
    {
      const InsRunInfo *r = g_ptr_array_index (x, i);
      const InsRunInfo *s = g_ptr_array_index (y, i);

      g_assert_cmpstr (r->id, ==, s->id);
      g_assert_cmpstr (r->when, ==, s->when);
      g_assert_cmpstr (r->chain, ==, s->chain);
      g_assert_cmpstr (r->model, ==, s->model);
      g_assert_cmpint (r->seed, ==, s->seed);
      g_assert_cmpuint (r->customers, ==, s->customers);
      g_assert_cmpuint (r->k, ==, s->k);
      g_assert_cmpstr (r->result_sha256, ==, s->result_sha256);
      g_assert_cmpstr (r->source_sha256, ==, s->source_sha256);
      g_assert_cmpfloat (r->metrics.silhouette, ==, s->metrics.silhouette);
      g_assert_cmpfloat (r->metrics.within, ==, s->metrics.within);
      for (int stage = 0; stage < INS_N_STAGES; stage++)
        g_assert_cmpfloat (r->seconds[stage], ==, s->seconds[stage]);
    }
  g_assert_cmpstr (ins_project_get_run_id (a), ==, ins_project_get_run_id (b));
}

static void
assert_same_project (InsProject *a, InsProject *b)
{
  g_autoptr (GVariant) x = ins_project_get_state (a); /* preset, parameters, identities */
  g_autoptr (GVariant) y = ins_project_get_state (b);

  g_assert_true (g_variant_equal (x, y));
  assert_same_results (ins_project_get_results (a), ins_project_get_results (b));
  assert_same_runs (a, b);
  g_assert_cmpstr (ins_project_get_source_path (a), ==, ins_project_get_source_path (b));
  g_assert_cmpstr (ins_project_get_source_sha256 (a), ==, ins_project_get_source_sha256 (b));
  g_assert_cmpstr (ins_project_get_currency (a), ==, ins_project_get_currency (b));
  g_assert_cmpstr (ins_project_get_view (a, "page"), ==, ins_project_get_view (b, "page"));
}

/* ---- the file ---- */

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  g_assert_true (ins_project_set_name (project, 0, "  Größte ‘Kunden’ ", &error));
  ins_project_set_note (project, 1, "line\n\"quoted\"; DROP TABLE cluster");
  ins_project_set_colour (project, 2, 5);
  ins_project_set_insider (project, 1, TRUE);
  ins_project_set_currency (project, "€");
  ins_project_set_view (project, "page", "cluster");
  g_assert_true (ins_project_is_modified (project));
  save (project, fixture->path);
  g_assert_false (ins_project_is_modified (project));
  g_assert_cmpstr (ins_project_get_path (project), ==, fixture->path);

  opened = load (fixture->path);
  assert_same_project (project, opened);
  g_assert_false (ins_project_is_modified (opened));
  g_assert_false (ins_project_is_read_only (opened));
  g_assert_null (ins_project_get_notice (opened));
  g_assert_cmpstr (ins_project_get_identities (opened, NULL)[0].name, ==, "Größte ‘Kunden’");
  g_assert_false (ins_project_get_identities (opened, NULL)[0].is_proposed);
  g_assert_cmpint (ins_project_get_identities (opened, NULL)[1].colour, ==, INS_COLOUR_GOLD);
  title = ins_project_get_title (opened);
  g_assert_cmpstr (title, ==, "a project");
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    g_assert_true (ins_project_is_current (opened, stage));

  /* what was kept is enough to go on from the features; the source is not read */
  g_assert_cmpint (g_unlink (fixture->csv), ==, 0);
  apply_chain (opened, "kmeans clusters=4 restarts=3");
  compute (opened, 1u << INS_STAGE_CLUSTER | 1u << INS_STAGE_PROFILE);
  g_assert_cmpuint (ins_project_get_results (opened)->clustering->k, ==, 4);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autoptr (InsProject) opened = NULL;

  g_assert_false (ins_project_is_modified (project));
  save (project, fixture->path);
  opened = load (fixture->path);
  assert_same_project (project, opened);
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    g_assert_false (ins_project_is_current (opened, stage));
}

static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) opened = NULL;
  g_autofree char *other = g_build_filename (fixture->folder, "elsewhere", NULL);
  g_autofree char *csv = g_build_filename (other, "shop.csv", NULL);
  g_autofree char *path = g_build_filename (other, "x.insiders", NULL);

  save (project, fixture->path);
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  g_assert_cmpint (g_rename (fixture->csv, csv), ==, 0);
  g_assert_cmpint (g_rename (fixture->path, path), ==, 0);
  opened = load (path);
  g_assert_cmpstr (ins_project_get_source_path (opened), ==, csv);
  g_unlink (csv);
  g_unlink (path);
  g_rmdir (other);
}

static void
test_unknown_parameters (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autoptr (InsProject) opened = NULL;
  g_autoptr (InsProject) again = NULL;
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GError) error = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  GVariant *item;

  before = g_variant_ref_sink (ins_pipeline_to_variant (ins_project_get_pipeline (project)));
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sss)"));
  g_variant_iter_init (&iter, before);
  while ((item = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_variant_builder_add_value (&builder, item);
      g_variant_unref (item);
    }
  g_variant_builder_add (&builder, "(sss)", "kmeans", "of-the-future", "yes, 7");
  g_variant_builder_add (&builder, "(sss)", "hyperspace", "warp", "9");
  g_clear_pointer (&before, g_variant_unref);
  before = g_variant_ref_sink (g_variant_builder_end (&builder));
  g_assert_true (
      ins_pipeline_from_variant (ins_project_get_pipeline (project), before, NULL, &error));
  save (project, fixture->path);

  opened = load (fixture->path);
  g_assert_nonnull (strstr (ins_project_get_notice (opened), "of-the-future"));
  g_assert_nonnull (strstr (ins_project_get_notice (opened), "hyperspace"));
  g_assert_false (ins_project_is_read_only (opened));
  assert_same_project (project, opened);
  save (opened, fixture->path);
  again = load (fixture->path);
  assert_same_project (project, again);
}

/* Sets PRAGMA user_version in the file's head. */
static void
patch_version (const char *path, guint8 version)
{
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[63] = (char)version;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) opened = NULL;
  g_autoptr (InsProject) copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *other = g_build_filename (fixture->folder, "copy.insiders", NULL);

  save (project, fixture->path);
  patch_version (fixture->path, INS_PROJECT_VERSION + 1);
  opened = load (fixture->path);
  g_assert_false (ins_project_save (project, fixture->path, NULL, &error)); /* its own once */
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_true (ins_project_is_read_only (opened));
  g_assert_nonnull (ins_project_get_notice (opened));
  assert_same_project (project, opened);
  g_assert_false (ins_project_save (opened, fixture->path, NULL, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  save (opened, other);
  g_assert_false (ins_project_is_read_only (opened));
  copy = load (other);
  assert_same_project (project, copy);
  g_unlink (other);

  g_clear_error (&error);
  patch_version (fixture->path, 0);
  g_assert_null (ins_project_open (fixture->path, NULL, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
}

static void
test_no_project (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "no.insiders", NULL);
  const char *const paths[] = { fixture->csv, fixture->folder, missing, "/dev/null", "/dev/zero" };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *name = g_path_get_basename (paths[i]);

      g_assert_false (ins_project_probe (paths[i]));
      g_assert_null (ins_project_open (paths[i], NULL, &error));
      g_assert_cmpint (error->domain, ==, INS_ERROR);
      g_assert_nonnull (strstr (error->message, name));
    }
}

/* Another program's changes that are not in the file yet: neither read nor overwritten. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autoptr (GError) error = NULL;

  save (project, fixture->path);
  g_assert_true (g_file_set_contents (journal, "x", 1, NULL));
  g_assert_null (ins_project_open (fixture->path, NULL, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (ins_project_save (project, fixture->path, NULL, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_FAILED);
  g_unlink (journal);
}

/* ---- saving fails ---- */

static void
assert_file_is (const char *path, const char *bytes, gsize size)
{
  g_autofree char *now = NULL;
  gsize size_now;

  g_assert_true (g_file_get_contents (path, &now, &size_now, NULL));
  g_assert_cmpmem (now, size_now, bytes, size);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autofree char *before = NULL;
  struct rlimit old, limit;
  gsize size;

  save (project, fixture->path);
  g_assert_true (g_file_get_contents (fixture->path, &before, &size, NULL));
  g_assert_true (ins_project_set_name (project, 0, "Changed", NULL));
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &old);
  for (gsize room = 0; room < size; room += size / 7)
    {
      g_autoptr (GError) error = NULL;

      limit = old;
      limit.rlim_cur = room;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      g_assert_false (ins_project_save (project, fixture->path, NULL, &error));
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);
      g_assert_error (error, INS_ERROR, INS_ERROR_FAILED);
      g_assert_true (ins_project_is_modified (project));
      assert_file_is (fixture->path, before, size);
    }
  save (project, fixture->path);
}

static void
test_bad_targets (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "p.insiders", NULL);
  const char *const targets[] = { fixture->folder, "/dev/full", nowhere, "/proc/p.insiders" };

  for (gsize i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (ins_project_save (project, targets[i], NULL, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_FAILED);
      g_assert_null (ins_project_get_path (project));
    }
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (GError) error = NULL;

  save (project, fixture->path);
  ins_run_cancel (run);
  g_assert_false (ins_project_save (project, fixture->path, run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (ins_project_open (fixture->path, run, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_link_and_mode (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autofree char *link_path = g_build_filename (fixture->folder, "link", NULL);
  struct stat status;

  save (project, fixture->path);
  g_assert_cmpint (g_chmod (fixture->path, 0640), ==, 0);
  g_assert_cmpint (symlink (fixture->path, link_path), ==, 0);
  save (project, link_path);
  g_assert_cmpint (lstat (link_path, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
  g_assert_cmpint (lstat (fixture->path, &status), ==, 0);
  g_assert_true (S_ISREG (status.st_mode));
  g_assert_cmpint (status.st_mode & 0777, ==, 0640);
  g_unlink (link_path);
}

/* A folder that allows no file beside, as a sandbox may have it: the file itself is written. */
static void
test_closed_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autoptr (InsProject) opened = NULL;
  g_autofree char *other = g_build_filename (fixture->folder, "new.insiders", NULL);
  g_autoptr (GError) error = NULL;
  gboolean is_root = geteuid () == 0, saved, saved_new;

  save (project, fixture->path);
  ins_project_set_currency (project, "€");
  g_assert_cmpint (g_chmod (fixture->path, 0666), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  if (is_root && seteuid (65534) != 0)
    g_assert_not_reached ();
  saved = ins_project_save (project, fixture->path, NULL, &error);
  g_assert_no_error (error);
  saved_new = ins_project_save (project, other, NULL, &error);
  if (is_root && seteuid (0) != 0)
    g_assert_not_reached ();
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
  g_assert_true (saved);
  g_assert_false (saved_new);
  g_assert_error (error, INS_ERROR, INS_ERROR_FAILED);
  opened = load (fixture->path);
  assert_same_project (project, opened);
}

/* ---- the document in memory ---- */

static void
count_stage (InsProject *project, guint stage, gpointer counts)
{
  ((int *)counts)[stage]++;
}

static void
test_current (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  int counts[INS_N_STAGES] = { 0 };

  for (int stage = 0; stage < INS_N_STAGES; stage++)
    g_assert_true (ins_project_is_current (project, stage));
  g_signal_connect (project, "changed", G_CALLBACK (count_stage), counts);
  g_assert_true (
      ins_step_set (ins_pipeline_get_step (ins_project_get_pipeline (project), INS_STAGE_CLUSTER),
                    "seed", "43", NULL));
  g_assert_cmpint (counts[INS_STAGE_CLUSTER], >, 0);
  g_assert_cmpint (counts[INS_STAGE_FILTER], ==, 0);
  g_assert_true (ins_project_is_current (project, INS_STAGE_EMBED));
  g_assert_false (ins_project_is_current (project, INS_STAGE_CLUSTER));
  g_assert_false (ins_project_is_current (project, INS_STAGE_PROFILE));
  g_assert_nonnull (ins_project_get_results (project)->clustering);
  apply_chain (project, "kmeans seed=42 clusters=3 restarts=3");
  g_assert_true (ins_project_is_current (project, INS_STAGE_CLUSTER));

  ins_project_set_source (project, fixture->csv);
  g_assert_null (ins_project_get_source_sha256 (project));
  g_assert_false (ins_project_is_current (project, INS_STAGE_DATA));
  compute (project, 1u << INS_STAGE_DATA);
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    g_assert_true (ins_project_is_current (project, stage));
}

/* Results shown together always belong together, whatever part was computed. */
static void
test_partial (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  const InsResults *results = ins_project_get_results (project);
  gsize k;

  apply_chain (project, "filter countries=Portugal");
  compute (project, 1u << INS_STAGE_FILTER);
  g_assert_nonnull (results->clustering); /* still shown, out of date */
  g_assert_true (ins_results_are_consistent (results));
  g_assert_false (ins_project_is_current (project, INS_STAGE_CLUSTER));

  compute (project, 1u << INS_STAGE_FEATURES);
  g_assert_cmpuint (results->features->n, ==, 48);
  g_assert_null (results->clustering);
  g_assert_null (ins_project_get_identities (project, &k));
  g_assert_cmpuint (k, ==, 0);
  g_assert_true (ins_results_are_consistent (results));

  apply_chain (project, "filter countries=");
  compute (project, 1u << INS_STAGE_CLUSTER); /* all from the cache */
  g_assert_cmpuint (results->features->n, ==, 60);
  g_assert_cmpuint (results->clustering->n, ==, 60);
  g_assert_true (ins_results_are_consistent (results));
  save (project, fixture->path);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (GError) error = NULL;
  const InsIdentity *identities;
  gsize k;

  identities = ins_project_get_identities (project, &k);
  g_assert_cmpuint (k, ==, 3);
  g_assert_true (identities[0].is_insider);
  g_assert_false (ins_project_set_name (project, 1, " \t ", &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_clear_error (&error);
  g_assert_false (ins_project_set_name (project, 1, "INSIDERS", &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_true (ins_project_set_name (project, 0, "Top", NULL));
  g_assert_true (ins_project_set_name (project, 0, "TOP", NULL));
  ins_project_set_note (project, 0, "call them");

  /* the four who buy most are a group of their own with any seed: their name stays */
  apply_chain (project, "kmeans clusters=4 restarts=3 seed=7");
  compute (project, EVERY_STAGE);
  identities = ins_project_get_identities (project, &k);
  g_assert_cmpuint (k, ==, 4);
  g_assert_cmpstr (identities[0].name, ==, "TOP");
  g_assert_cmpstr (identities[0].note, ==, "call them");

  ins_project_set_insider (project, 0, FALSE);
  g_assert_cmpint (identities[0].colour, !=, INS_COLOUR_GOLD);
  ins_project_set_insider (project, 2, TRUE);
  g_assert_cmpint (identities[2].colour, ==, INS_COLOUR_GOLD);
}

/* Opened again with another month's data: parameters, names and history go on. */
static void
test_next_month (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) next = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *old = g_strdup (ins_project_get_source_sha256 (project));
  const InsIdentity *identities;
  gsize k;

  g_assert_true (ins_project_set_name (project, 0, "Top", NULL));
  save (project, fixture->path);
  next = load (fixture->path);
  g_assert_true (g_file_get_contents (fixture->csv, &csv, NULL, NULL));
  *strrchr (g_strchomp (csv), '\n') = '\0'; /* a line less */
  g_assert_true (g_file_set_contents (fixture->csv, csv, -1, NULL));
  ins_project_set_source (next, fixture->csv);
  g_assert_false (ins_project_is_current (next, INS_STAGE_CLUSTER));
  compute (next, EVERY_STAGE);
  g_assert_cmpstr (ins_project_get_source_sha256 (next), !=, old);
  identities = ins_project_get_identities (next, &k);
  g_assert_cmpuint (k, ==, 3);
  g_assert_cmpstr (identities[0].name, ==, "Top");
  g_assert_cmpuint (ins_project_get_runs (next)->len, ==, 2);
}

static void
test_runs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  GPtrArray *runs = ins_project_get_runs (project);
  const InsRunInfo *info = g_ptr_array_index (runs, 0);
  g_autofree char *first = g_strdup (info->id);
  g_autofree char *sha256 = ins_results_sha256 (ins_project_get_results (project));

  g_assert_cmpuint (runs->len, ==, 1);
  g_assert_cmpuint (strlen (info->id), ==, 8);
  g_assert_cmpstr (info->id, ==, ins_project_get_run_id (project));
  g_assert_cmpstr (info->result_sha256, ==, sha256);
  g_assert_cmpstr (info->model, ==, "kmeans");
  g_assert_cmpuint (info->k, ==, 3);
  g_assert_cmpint (info->seed, ==, 42);
  g_assert_cmpuint (strlen (info->when), ==, strlen ("2026-11-20T09:00:00Z"));
  g_assert_nonnull (strstr (info->chain, "clusters=3"));

  compute (project, EVERY_STAGE); /* the same again */
  g_assert_cmpuint (runs->len, ==, 1);
  apply_chain (project, "hierarchical clusters=3");
  compute (project, EVERY_STAGE);
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpstr (ins_project_get_run_id (project), !=, first);
  apply_chain (project, "kmeans clusters=3 restarts=3");
  compute (project, EVERY_STAGE); /* back again */
  g_assert_cmpuint (runs->len, ==, 2);
  g_assert_cmpstr (ins_project_get_run_id (project), ==, first);
}

static void
test_state (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (GVariant) before = ins_project_get_state (project);
  g_autoptr (GVariant) after = NULL;
  g_autoptr (GVariant) restored = NULL;

  g_assert_true (ins_project_set_name (project, 0, "Other", NULL));
  ins_project_set_colour (project, 1, 7);
  apply_chain (project, "scale method=minmax");
  after = ins_project_get_state (project);
  g_assert_false (g_variant_equal (before, after));
  ins_project_set_modified (project, FALSE);
  ins_project_set_state (project, before);
  g_assert_true (ins_project_is_modified (project));
  restored = ins_project_get_state (project);
  g_assert_true (g_variant_equal (before, restored));
  g_assert_true (ins_project_is_current (project, INS_STAGE_PREPARE));
}

static void
test_modified (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  InsProject *gone = NULL;

  save (project, fixture->path);
  ins_project_set_view (project, "page", "filter");
  g_assert_false (ins_project_is_modified (project));
  g_assert_cmpstr (ins_project_get_view (project, "page"), ==, "filter");
  apply_chain (project, "kmeans clusters=2");
  g_assert_true (ins_project_is_modified (project));

  gone = ins_project_new ();
  g_object_add_weak_pointer (G_OBJECT (gone), (gpointer *)&gone);
  g_object_unref (gone);
  g_assert_null (gone);
}

/* The profile of so many features has more columns than SQLite's tables. */
static void
test_many_columns (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autoptr (InsRelation) relation = NULL;
  g_autoptr (GString) text = g_string_new ("customer");

  for (int c = 0; c < 992; c++)
    g_string_append_printf (text, ",c%d", c);
  for (int row = 0; row < 12; row++)
    {
      g_string_append_printf (text, "\nid%d", row);
      for (int c = 0; c < 992; c++)
        g_string_append_printf (text, ",%d", (row % 2) * 100 + row + c % 7);
    }
  g_assert_true (g_file_set_contents (fixture->csv, text->str, -1, NULL));
  ins_project_set_source (project, fixture->csv);
  apply_chain (project, "import table=yes scale features=c0,c1 kmeans clusters=2 restarts=1");
  compute (project, EVERY_STAGE & ~(1u << INS_STAGE_SWEEP));
  relation = ins_relation_new (INS_RELATION_CLUSTERS, ins_project_get_results (project), NULL);
  g_assert_cmpuint (relation->n_columns, >, ins_relation_get_n_sql_columns (relation));
  for (gsize i = 0; i < ins_relation_get_n_sql_columns (relation); i++)
    g_assert_cmpuint (ins_relation_get_sql_column (relation, i), ==, i);
  save (project, fixture->path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/project/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("many-columns", test_many_columns);
  ADD ("round-trip", test_round_trip);
  ADD ("empty", test_empty);
  ADD ("moved", test_moved);
  ADD ("unknown-parameters", test_unknown_parameters);
  ADD ("newer", test_newer);
  ADD ("no-project", test_no_project);
  ADD ("busy", test_busy);
  ADD ("disk-full", test_disk_full);
  ADD ("bad-targets", test_bad_targets);
  ADD ("cancel", test_cancel);
  ADD ("link-and-mode", test_link_and_mode);
  ADD ("closed-folder", test_closed_folder);
  ADD ("current", test_current);
  ADD ("partial", test_partial);
  ADD ("names", test_names);
  ADD ("next-month", test_next_month);
  ADD ("runs", test_runs);
  ADD ("state", test_state);
  ADD ("modified", test_modified);
  return g_test_run ();
}
