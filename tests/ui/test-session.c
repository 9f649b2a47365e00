/* test-session.c: the door between window and engine: jobs, undo, selection, saving
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-session.h"

#include "base/ins-error.h"
#include <string.h>

#define EVERY ((1u << INS_N_STAGES) - 1)
#define PATIENCE 120 /* seconds */

/* --- waiting --- */

static gboolean
on_timeout (gpointer data)
{
  g_error ("The session did not finish in time.");
  return G_SOURCE_REMOVE;
}

static void
on_failed (InsUiSession *session, const char *sentence, char **failure)
{
  g_free (*failure);
  *failure = g_strdup (sentence);
}

/* Until nothing runs any more.  Returns: (nullable) (transfer full): what was said to the user. */
static char *
wait_for (InsUiSession *session)
{
  char *failure = NULL;
  guint timeout = g_timeout_add_seconds (PATIENCE, on_timeout, NULL);
  gulong handler = g_signal_connect (session, "failed", G_CALLBACK (on_failed), &failure);

  while (insui_session_is_running (session))
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (session, handler);
  g_source_remove (timeout);
  return failure;
}

static void
finish (InsUiSession *session)
{
  g_autofree char *failure = wait_for (session);

  g_assert_cmpstr (failure, ==, NULL);
}

static InsUiSession *
open_sample (guint stages)
{
  InsUiSession *session = insui_session_new ();

  insui_session_open_sample (session);
  finish (session);
  if (stages)
    {
      insui_session_run (session, stages);
      finish (session);
    }
  return session;
}

static char *
get_param (InsUiSession *session, InsStage stage, const char *name)
{
  InsPipeline *pipeline = ins_project_get_pipeline (insui_session_get_project (session));
  InsStep *step = ins_pipeline_get_step (pipeline, stage);

  return ins_step_get_text (step, ins_step_class_find_param (INS_STEP_GET_CLASS (step), name));
}

static void
assert_param (InsUiSession *session, InsStage stage, const char *name, const char *expected)
{
  g_autofree char *text = get_param (session, stage, name);

  g_assert_cmpstr (text, ==, expected);
}

/* --- opening and computing --- */

static void
test_open_computes_what_is_cheap (void)
{
  g_autoptr (InsUiSession) session = insui_session_new ();
  const InsResults *results;

  g_assert_true (insui_session_is_empty (session));
  insui_session_open_sample (session);
  g_assert_true (insui_session_is_running (session));
  g_assert_true (insui_session_is_empty (session)); /* until it has worked */
  finish (session);

  g_assert_false (insui_session_is_empty (session));
  results = insui_session_get_results (session);
  g_assert_nonnull (results->import);
  g_assert_nonnull (results->features);
  g_assert_null (results->clustering);
  g_assert_cmpuint (results->features->n, >, 100);
}

static void
test_run_gives_the_engine_s_result (void)
{
  g_autoptr (InsUiSession) session = open_sample (EVERY);
  InsProject *project = insui_session_get_project (session);
  g_autoptr (InsPlan) plan = NULL;
  g_autoptr (InsRun) run = ins_run_new (1, NULL);
  g_autoptr (InsCache) cache = ins_cache_new (1 << 28);
  g_autoptr (GError) error = NULL;
  g_autofree char *in_session = ins_results_sha256 (insui_session_get_results (session));
  g_autofree char *in_engine = NULL;
  gsize k;

  plan = ins_plan_new (ins_project_get_pipeline (project), ins_project_get_source_path (project),
                       NULL, EVERY, cache);
  g_assert_true (ins_plan_execute (plan, run, &error));
  g_assert_no_error (error);
  in_engine = ins_results_sha256 (ins_plan_get_results (plan));
  g_assert_cmpstr (in_session, ==, in_engine);
  g_assert_nonnull (insui_session_get_identities (session, &k));
  g_assert_cmpuint (k, ==, insui_session_get_results (session)->clustering->k);
}

static void
test_bad_file_leaves_the_project (void)
{
  g_autoptr (InsUiSession) session = open_sample (0);
  InsProject *project = insui_session_get_project (session);
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at-all.csv");
  g_autofree char *failure = NULL;

  insui_session_open (session, file);
  failure = wait_for (session);
  g_assert_nonnull (failure);
  g_assert_true (insui_session_get_project (session) == project);
  g_assert_nonnull (insui_session_get_results (session)->features);
}

static void
test_cancel_keeps_what_was_there (void)
{
  g_autoptr (InsUiSession) session = open_sample (0);
  InsFeatures *features = insui_session_get_results (session)->features;
  g_autofree char *failure = NULL;

  insui_session_run (session, 0);
  insui_session_cancel (session);
  failure = wait_for (session);
  g_assert_cmpstr (failure, ==, NULL); /* cancelling is nothing to tell */
  g_assert_true (insui_session_get_results (session)->features == features);
}

static void
test_new_run_replaces_the_old (void)
{
  g_autoptr (InsUiSession) session = open_sample (0);

  insui_session_run (session, 0);
  insui_session_run (session, 1u << INS_STAGE_PREPARE);
  finish (session);
  g_assert_nonnull (insui_session_get_results (session)->scaled);
  g_assert_null (insui_session_get_results (session)->sweep);
}

/* --- questions --- */

static char *
write_data (const char *text)
{
  char *path = g_build_filename (g_get_user_cache_dir (), "question.csv", NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static char *
ambiguous_dates (void)
{
  GString *text = g_string_new ("invoice,product,quantity,date,price,customer\n");

  for (int i = 0; i < 60; i++)
    g_string_append_printf (text, "%d,A%d,%d,%02d/%02d/2025,2.50,%d\n", 100 + i / 2, i % 7,
                            1 + i % 3, 1 + i % 12, 1 + (i * 5) % 12, 10 + i % 9);
  return g_string_free (text, FALSE);
}

static const InsEvidence *
find_question (const InsSniff *sniff)
{
  for (guint i = 0; i < sniff->evidence->len; i++)
    {
      const InsEvidence *evidence = g_ptr_array_index (sniff->evidence, i);

      if (evidence->choices)
        return evidence;
    }
  return NULL;
}

static void
test_undecided_file_is_asked (void)
{
  g_autoptr (InsUiSession) session = insui_session_new ();
  g_autofree char *text = ambiguous_dates ();
  g_autofree char *path = write_data (text);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const InsEvidence *question;

  insui_session_open (session, file);
  finish (session); /* a question is no failure */
  g_assert_false (insui_session_is_empty (session));
  g_assert_null (insui_session_get_results (session)->import);
  g_assert_nonnull (insui_session_get_questions (session));
  question = find_question (insui_session_get_questions (session));
  g_assert_nonnull (question);
  g_assert_cmpstr (question->field, ==, "date-format");

  insui_session_set_param (session, INS_STAGE_DATA, question->field, question->choices[0]);
  insui_session_run (session, 1u << INS_STAGE_DATA);
  finish (session);
  g_assert_null (insui_session_get_questions (session));
  g_assert_nonnull (insui_session_get_results (session)->import);
  g_assert_cmpuint (insui_session_get_results (session)->import->n_rows, ==, 60);
}

/* --- changes --- */

static void
test_undo_and_redo (void)
{
  g_autoptr (InsUiSession) session = insui_session_new ();
  gboolean can;

  assert_param (session, INS_STAGE_FILTER, "min-price", "0.04");
  insui_session_set_param (session, INS_STAGE_FILTER, "min-price", "1");
  insui_session_set_param (session, INS_STAGE_FILTER, "cancellations", "negative");
  insui_session_undo (session);
  assert_param (session, INS_STAGE_FILTER, "cancellations", "pair");
  assert_param (session, INS_STAGE_FILTER, "min-price", "1");
  insui_session_undo (session);
  assert_param (session, INS_STAGE_FILTER, "min-price", "0.04");
  g_object_get (session, "can-undo", &can, NULL);
  g_assert_false (can);
  insui_session_redo (session);
  insui_session_redo (session);
  assert_param (session, INS_STAGE_FILTER, "cancellations", "negative");
  g_object_get (session, "can-redo", &can, NULL);
  g_assert_false (can);
}

static void
test_quick_changes_are_one_step (void)
{
  g_autoptr (InsUiSession) session = insui_session_new ();

  for (int k = 3; k < 9; k++)
    {
      g_autofree char *text = g_strdup_printf ("%d", k);

      insui_session_set_param (session, INS_STAGE_CLUSTER, "clusters", text);
    }
  assert_param (session, INS_STAGE_CLUSTER, "clusters", "8");
  insui_session_undo (session);
  assert_param (session, INS_STAGE_CLUSTER, "clusters", "auto");
}

static void
test_refused_value_changes_nothing (void)
{
  g_autoptr (InsUiSession) session = insui_session_new ();
  char *failure = NULL;
  gboolean can;

  g_signal_connect (session, "failed", G_CALLBACK (on_failed), &failure);
  insui_session_set_param (session, INS_STAGE_FILTER, "date-from", "no date");
  g_assert_nonnull (failure);
  assert_param (session, INS_STAGE_FILTER, "date-from", "");
  g_object_get (session, "can-undo", &can, NULL);
  g_assert_false (can);
  g_free (failure);
}

static void
test_names_can_be_undone (void)
{
  g_autoptr (InsUiSession) session = open_sample (EVERY);
  g_autofree char *old = g_strdup (insui_session_get_identities (session, NULL)[1].name);

  insui_session_set_name (session, 1, "Birds of passage");
  g_assert_cmpstr (insui_session_get_identities (session, NULL)[1].name, ==, "Birds of passage");
  insui_session_undo (session);
  g_assert_cmpstr (insui_session_get_identities (session, NULL)[1].name, ==, old);
}

static void
on_stage (InsUiSession *session, guint stage, guint *stages)
{
  *stages |= 1u << stage;
}

/* Money stands on every page: each hears of it, forth and back. */
static void
test_currency_can_be_undone (void)
{
  g_autoptr (InsUiSession) session = insui_session_new ();
  InsProject *project = insui_session_get_project (session);
  guint stages = 0;

  ins_project_set_currency (project, "£");
  g_signal_connect (session, "changed", G_CALLBACK (on_stage), &stages);
  insui_session_set_currency (session, "€");
  insui_session_set_param (session, INS_STAGE_FILTER, "min-price", "1");
  insui_session_undo (session);
  g_assert_cmpstr (ins_project_get_currency (project), ==, "€");
  stages = 0;
  insui_session_undo (session);
  g_assert_cmpstr (ins_project_get_currency (project), ==, "£");
  assert_param (session, INS_STAGE_FILTER, "min-price", "0.04");
  g_assert_cmpuint (stages, ==, EVERY);
  insui_session_redo (session);
  g_assert_cmpstr (ins_project_get_currency (project), ==, "€");
}

/* --- selection --- */

static void
test_selection_modes (void)
{
  static const guint32 three[] = { 1, 2, 5 };
  static const guint32 two[] = { 2, 7 };
  g_autoptr (InsUiSession) session = open_sample (0);
  const guint8 *bytes;
  gsize n;

  insui_session_select (session, three, 3, INSUI_SELECT_REPLACE);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 3);
  insui_session_select (session, two, 2, INSUI_SELECT_ADD);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 4);
  insui_session_select (session, two, 2, INSUI_SELECT_TOGGLE);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 2);
  insui_session_select (session, three, 1, INSUI_SELECT_SUBTRACT);
  bytes = insui_session_get_selection (session, &n);
  g_assert_cmpuint (n, ==, insui_session_get_results (session)->features->n);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 1);
  g_assert_cmpuint (bytes[5], ==, 1);
  insui_session_invert_selection (session);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, n - 1);
  insui_session_select_none (session);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 0);
}

static void
test_selected_cluster (void)
{
  g_autoptr (InsUiSession) session = open_sample (EVERY);
  const InsClustering *clustering = insui_session_get_results (session)->clustering;
  g_autofree guint8 *bytes = NULL;
  gsize n;

  insui_session_select_cluster (session, 0, INSUI_SELECT_REPLACE);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, clustering->sizes[0]);
  bytes = insui_session_get_scaled_selection (session, &n);
  g_assert_cmpuint (n, ==, clustering->n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (bytes[i], ==, clustering->labels[i] == 0);
}

/* The same people, though they stand elsewhere after another filter. */
static void
test_selection_follows_customers (void)
{
  g_autoptr (InsUiSession) session = open_sample (0);
  InsFeatures *features = insui_session_get_results (session)->features;
  guint32 last = (guint32)features->n - 1;
  g_autofree char *id = g_strdup (features->ids[last]);
  g_autofree char *first = g_strdup (features->ids[0]);
  const guint8 *bytes;
  gsize n;

  insui_session_select (session, &last, 1, INSUI_SELECT_REPLACE);
  insui_session_set_param (session, INS_STAGE_FILTER, "customers", first);
  insui_session_run (session, 1u << INS_STAGE_FEATURES);
  finish (session);

  features = insui_session_get_results (session)->features;
  bytes = insui_session_get_selection (session, &n);
  g_assert_cmpuint (n, ==, features->n);
  g_assert_cmpuint (features->n, ==, last);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 1);
  g_assert_cmpstr (features->ids[last - 1], ==, id);
  g_assert_cmpuint (bytes[last - 1], ==, 1);
}

/* --- saving --- */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (insui_session_save_finish (INSUI_SESSION (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

static void
test_save_and_open_again (void)
{
  g_autoptr (InsUiSession) session = open_sample (EVERY);
  g_autoptr (InsUiSession) other = insui_session_new ();
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "saved.insiders", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *before = ins_results_sha256 (insui_session_get_results (session));
  g_autofree char *after = NULL;
  gboolean saved = FALSE;

  insui_session_save (session, path, on_saved, &saved);
  /* A change made meanwhile is not lost, and not written either. */
  insui_session_set_param (session, INS_STAGE_CLUSTER, "clusters", "4");
  while (!saved)
    g_main_context_iteration (NULL, TRUE);
  assert_param (session, INS_STAGE_CLUSTER, "clusters", "4");
  g_assert_true (ins_project_is_modified (insui_session_get_project (session)));

  insui_session_open (other, file);
  finish (other);
  after = ins_results_sha256 (insui_session_get_results (other));
  g_assert_cmpstr (after, ==, before);
  assert_param (other, INS_STAGE_CLUSTER, "clusters", "auto");
  g_assert_true (ins_project_is_current (insui_session_get_project (other), INS_STAGE_CLUSTER));
}

/* What was not saved when the program ended: parameters and currency come back, unsaved. */
static void
test_recover (void)
{
  g_autoptr (InsUiSession) session = open_sample (0);
  g_autoptr (InsUiSession) other = insui_session_new ();
  g_autoptr (GVariant) state = NULL;
  g_autoptr (GVariant) recovery = NULL;
  InsProject *project;

  insui_session_set_currency (session, "€");
  insui_session_set_param (session, INS_STAGE_FILTER, "min-price", "1");
  project = insui_session_get_project (session);
  state = insui_session_get_state (session);
  recovery = g_variant_ref_sink (g_variant_new (INSUI_RECOVERY_FORMAT, 3, "", "",
                                                ins_project_get_source_path (project), state));
  insui_session_recover (other, recovery);
  finish (other);
  project = insui_session_get_project (other);
  g_assert_cmpstr (ins_project_get_currency (project), ==, "€");
  assert_param (other, INS_STAGE_FILTER, "min-price", "1");
  g_assert_true (ins_project_is_modified (project));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/session/open", test_open_computes_what_is_cheap);
  g_test_add_func ("/session/run", test_run_gives_the_engine_s_result);
  g_test_add_func ("/session/bad-file", test_bad_file_leaves_the_project);
  g_test_add_func ("/session/cancel", test_cancel_keeps_what_was_there);
  g_test_add_func ("/session/new-run", test_new_run_replaces_the_old);
  g_test_add_func ("/session/undecided", test_undecided_file_is_asked);
  g_test_add_func ("/session/undo", test_undo_and_redo);
  g_test_add_func ("/session/coalesce", test_quick_changes_are_one_step);
  g_test_add_func ("/session/refused", test_refused_value_changes_nothing);
  g_test_add_func ("/session/names", test_names_can_be_undone);
  g_test_add_func ("/session/currency", test_currency_can_be_undone);
  g_test_add_func ("/session/selection", test_selection_modes);
  g_test_add_func ("/session/select-cluster", test_selected_cluster);
  g_test_add_func ("/session/selection-follows", test_selection_follows_customers);
  g_test_add_func ("/session/recover", test_recover);
  g_test_add_func ("/session/save", test_save_and_open_again);
  return g_test_run ();
}
