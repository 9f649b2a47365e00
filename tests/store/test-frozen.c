/* test-frozen.c: a project that goes on with the model it has, month by month
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "store-fixture.h"

#include "base/ins-error.h"

/* Other customers of the same shop in place of the file: their numbers differ from every other
 * month's, and each month a quarter of them is missing. */
static void
write_month (const Fixture *fixture, int month)
{
  g_autofree char *csv = make_csv ();
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n", lines[0]);
  for (gsize i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], ",", -1);
      int customer = atoi (fields[7]); /* one comma is in the description */

      if ((customer + month) % 4 == 0)
        continue;
      g_free (fields[7]);
      fields[7] = g_strdup_printf ("%d", customer + 1000 * month);
      {
        g_autofree char *line = g_strjoinv (",", fields);
        g_string_append_printf (text, "%s\n", line);
      }
    }
  g_assert_true (g_file_set_contents (fixture->csv, text->str, -1, NULL));
}

static void
next_month (InsProject *project, const Fixture *fixture, int month)
{
  write_month (fixture, month);
  ins_project_set_source (project, fixture->csv);
  compute (project, EVERY_STAGE);
}

static void
freeze (InsProject *project)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ins_project_freeze (project, &error));
  g_assert_no_error (error);
  g_assert_true (ins_project_is_frozen (project));
}

/* Given names, a proposed one, a note, a colour, two marks. */
static void
name_some (InsProject *project)
{
  g_assert_true (ins_project_set_name (project, 0, "Top", NULL));
  g_assert_true (ins_project_set_name (project, 2, "Einmal", NULL));
  ins_project_set_note (project, 1, "call them");
  ins_project_set_colour (project, 2, 6);
  ins_project_set_insider (project, 1, TRUE);
}

static InsIdentity *
copy_identities (InsProject *project, gsize *k)
{
  const InsIdentity *identities = ins_project_get_identities (project, k);
  InsIdentity *copy = g_new0 (InsIdentity, *k);

  for (gsize i = 0; i < *k; i++)
    ins_identity_copy (&copy[i], &identities[i]);
  return copy;
}

static void
assert_identities (InsProject *project, const InsIdentity *expected, gsize expected_k)
{
  gsize k;
  const InsIdentity *identities = ins_project_get_identities (project, &k);

  g_assert_cmpuint (k, ==, expected_k);
  for (gsize i = 0; i < k; i++)
    {
      g_assert_cmpstr (identities[i].name, ==, expected[i].name);
      g_assert_cmpstr (identities[i].note, ==, expected[i].note);
      g_assert_cmpint (identities[i].colour, ==, expected[i].colour);
      g_assert_cmpint (identities[i].shape, ==, expected[i].shape);
      g_assert_cmpint (identities[i].is_insider, ==, expected[i].is_insider);
      g_assert_cmpint (identities[i].is_proposed, ==, expected[i].is_proposed);
    }
}

static void
assert_current (InsProject *project)
{
  for (int stage = 0; stage < INS_N_STAGES; stage++)
    g_assert_true (ins_project_is_current (project, (InsStage)stage));
}

static const InsRunInfo *
last_run (InsProject *project)
{
  GPtrArray *runs = ins_project_get_runs (project);

  return g_ptr_array_index (runs, runs->len - 1);
}

/* ---- month by month ---- */

static void
test_months (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autofree char *origin = g_strdup (ins_project_get_results (project)->clustering->artifact.key);
  g_autofree char *first_id = g_strdup (ins_project_get_results (project)->features->ids[0]);
  g_autofree InsIdentity *expected = NULL;
  gsize k;

  name_some (project);
  expected = copy_identities (project, &k);
  g_assert_true (expected[1].is_proposed);
  freeze (project);
  for (int month = 2; month <= 4; month++)
    {
      const InsClustering *clustering;
      InsProject *opened;

      next_month (project, fixture, month);
      clustering = ins_project_get_results (project)->clustering;
      g_assert_cmpuint (clustering->n, ==, 45);
      g_assert_cmpstr (ins_project_get_results (project)->features->ids[0], !=, first_id);
      g_assert_cmpstr (clustering->fitted_key, ==, origin); /* not the month before */
      g_assert_cmpstr (clustering->artifact.key, !=, origin);
      assert_identities (project, expected, k);
      g_assert_cmpuint (ins_project_get_runs (project)->len, ==, (guint)month);
      g_assert_true (last_run (project)->frozen);
      save (project, fixture->path);

      opened = load (fixture->path);
      g_assert_true (ins_project_is_frozen (opened));
      g_assert_false (ins_project_is_modified (opened));
      assert_current (opened);
      assert_identities (opened, expected, k);
      g_assert_cmpstr (ins_clustering_get_origin (ins_project_get_results (opened)->clustering), ==,
                       origin);
      for (guint run = 0; run < (guint)month; run++)
        {
          const InsRunInfo *info = g_ptr_array_index (ins_project_get_runs (opened), run);
          g_assert_cmpint (info->frozen, ==, run > 0);
        }
      g_object_unref (project);
      project = opened;
    }
  ins_identities_free (g_steal_pointer (&expected), k);
}

/* One kind of customers: two groups are empty and keep their names. */
static void
test_empty_groups (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) opened = NULL;
  g_autofree InsIdentity *expected = NULL;
  g_autofree char *csv = make_csv ();
  const InsClustering *clustering;
  gsize k, empty = 0;

  name_some (project);
  expected = copy_identities (project, &k);
  freeze (project);
  *strstr (csv, ",104,") = '\0'; /* the four who buy most come first */
  *(strrchr (csv, '\n') + 1) = '\0';
  g_assert_true (g_file_set_contents (fixture->csv, csv, -1, NULL));
  ins_project_set_source (project, fixture->csv);
  compute (project, EVERY_STAGE & ~(1u << INS_STAGE_SWEEP));
  clustering = ins_project_get_results (project)->clustering;
  g_assert_cmpuint (clustering->n, ==, 4);
  for (gsize c = 0; c < k; c++)
    empty += clustering->sizes[c] == 0;
  g_assert_cmpuint (empty, >=, 1);
  save (project, fixture->path);
  opened = load (fixture->path);
  assert_identities (opened, expected, k);
  g_assert_true (ins_project_is_current (opened, INS_STAGE_PROFILE));
  ins_identities_free (g_steal_pointer (&expected), k);
}

/* More groups than customers, which no fitted clustering has. */
static void
test_few_customers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) opened = NULL;
  g_autofree char *csv = make_csv ();

  freeze (project);
  *strstr (csv, ",102,") = '\0';
  *(strrchr (csv, '\n') + 1) = '\0';
  g_assert_true (g_file_set_contents (fixture->csv, csv, -1, NULL));
  ins_project_set_source (project, fixture->csv);
  compute (project, 1u << INS_STAGE_CLUSTER | 1u << INS_STAGE_PROFILE);
  g_assert_cmpuint (ins_project_get_results (project)->clustering->n, ==, 2);
  g_assert_cmpuint (ins_project_get_results (project)->clustering->k, ==, 3);
  save (project, fixture->path);
  opened = load (fixture->path);
  g_assert_true (ins_project_is_current (opened, INS_STAGE_CLUSTER));
  g_assert_true (ins_project_is_frozen (opened));
}

/* ---- fitting anew ---- */

static void
test_refit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (InsProject) waiting = NULL;
  g_autoptr (InsProject) opened = NULL;
  const InsClustering *clustering;

  freeze (project);
  next_month (project, fixture, 2);
  ins_project_set_modified (project, FALSE);
  ins_project_refit (project);
  g_assert_true (ins_project_is_modified (project));
  g_assert_false (ins_project_is_frozen (project));
  g_assert_false (ins_project_is_current (project, INS_STAGE_PREPARE));
  g_assert_true (ins_project_is_current (project, INS_STAGE_FEATURES));
  save (project, fixture->path); /* before it is computed */
  waiting = load (fixture->path);
  g_assert_false (ins_project_is_frozen (waiting));
  g_assert_false (ins_project_is_current (waiting, INS_STAGE_CLUSTER));
  g_assert_nonnull (ins_project_get_results (waiting)->clustering->fitted_key);

  compute (project, EVERY_STAGE);
  clustering = ins_project_get_results (project)->clustering;
  g_assert_null (clustering->fitted_key);
  g_assert_false (last_run (project)->frozen);
  save (project, fixture->path);
  opened = load (fixture->path);
  g_assert_false (ins_project_is_frozen (opened));
  assert_current (opened);
  g_assert_null (ins_project_get_results (opened)->clustering->fitted_key);

  /* and this model can be kept in its turn */
  freeze (opened);
  next_month (opened, fixture, 3);
  g_assert_cmpstr (ins_project_get_results (opened)->clustering->fitted_key, ==,
                   clustering->artifact.key);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = make_project (fixture);
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) after = NULL;
  g_autofree InsIdentity *expected = NULL;
  gsize k;

  name_some (project);
  expected = copy_identities (project, &k);
  freeze (project);
  next_month (project, fixture, 2);
  before = ins_project_get_state (project);
  ins_project_refit (project);
  after = ins_project_get_state (project);
  g_assert_false (g_variant_equal (before, after));
  ins_project_set_state (project, before);
  g_assert_true (ins_project_is_frozen (project));
  assert_current (project);
  ins_project_set_state (project, after);
  g_assert_false (ins_project_is_frozen (project));
  g_assert_false (ins_project_is_current (project, INS_STAGE_CLUSTER));

  /* undone after it was computed: the model is there, its results come from the cache */
  compute (project, EVERY_STAGE);
  g_assert_null (ins_project_get_results (project)->clustering->fitted_key);
  ins_project_set_state (project, before);
  compute (project, EVERY_STAGE);
  g_assert_nonnull (ins_project_get_results (project)->clustering->fitted_key);
  assert_current (project);
  ins_identities_free (g_steal_pointer (&expected), k);
}

/* ---- what cannot be kept ---- */

static void
assert_no_freezing (InsProject *project)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (ins_project_freeze (project, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_USAGE);
  g_assert_true (g_str_has_suffix (error->message, "."));
  g_assert_false (ins_project_is_frozen (project));
}

static void
test_usage (Fixture *fixture, gconstpointer data)
{
  g_autoptr (InsProject) project = ins_project_new ();
  g_autoptr (InsProject) made = make_project (fixture);

  assert_no_freezing (project);
  ins_project_set_source (project, fixture->csv);
  compute (project, 1u << INS_STAGE_EMBED);
  assert_no_freezing (project);

  apply_chain (made, "kmeans clusters=4 restarts=3");
  assert_no_freezing (made);
  apply_chain (made, "kmeans clusters=3 restarts=3");
  apply_chain (made, "filter min-price=3");
  assert_no_freezing (made);
  apply_chain (made, "filter min-price=0.04");
  ins_project_set_modified (made, FALSE);
  freeze (made);
  g_assert_true (ins_project_is_modified (made));
  freeze (made); /* once more does no harm */

  apply_chain (made, "scale method=minmax"); /* set aside: what is shown is another model's */
  g_assert_false (ins_project_is_frozen (made));
  assert_no_freezing (made);
  apply_chain (made, "scale method=log1p-standard");
  g_assert_true (ins_project_is_frozen (made));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/frozen/" name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)
  ADD ("months", test_months);
  ADD ("empty-groups", test_empty_groups);
  ADD ("few-customers", test_few_customers);
  ADD ("refit", test_refit);
  ADD ("undo", test_undo);
  ADD ("usage", test_usage);
  return g_test_run ();
}
