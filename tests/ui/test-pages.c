/* test-pages.c: what the analysis pages show apart from drawing: numbers, lists, sentences, export
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ui/insui-customers.h"
#include "store/ins-relation.h"
#include "ui/insui-export.h"
#include "ui/insui-format.h"
#include "ui/insui-sentences.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define EVERY ((1u << INS_N_STAGES) - 1)

static InsUiSession *
open_sample (void)
{
  InsUiSession *session = insui_session_new ();
  insui_session_open_sample (session);
  while (insui_session_is_running (session))
    g_main_context_iteration (NULL, TRUE);
  insui_session_run (session, EVERY);
  while (insui_session_is_running (session))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (insui_session_get_results (session)->clustering);
  return session;
}

static guint32
get_row (InsUiCustomers *model, guint position)
{
  g_autoptr (InsUiCustomer) customer = g_list_model_get_item (G_LIST_MODEL (model), position);
  return insui_customer_get_row (customer);
}

/* A long list grows while nothing else is to do. */
static guint
count_items (InsUiCustomers *model)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return g_list_model_get_n_items (G_LIST_MODEL (model));
}

/* --- numbers --- */

static void
test_format (void)
{
  static const struct
  {
    double value;
    int decimals;
    const char *expected;
  } numbers[] = {
    { 0, 0, "0" },
    { 999, 0, "999" },
    { 1000, 0, "1,000" },
    { 541909, 0, "541,909" },
    { 1234567.891, 2, "1,234,567.89" },
    { -1234.5, 1, "−1,234.5" },
    { -0.001, 2, "0.00" },
    { NAN, 2, INSUI_MISSING },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = insui_format_number (numbers[i].value, numbers[i].decimals);
      g_assert_cmpstr (text, ==, numbers[i].expected);
    }
}

static void
test_format_short (void)
{
  static const struct
  {
    double share;
    const char *expected;
  } shares[] = {
    { 0.391, "39.1\302\240%" },  { 1, "100\302\240%" },          { 0.9996, "100\302\240%" },
    { 0.0621, "6.21\302\240%" }, { 0.00002, "< 0.01\302\240%" }, { 0, "0\302\240%" },
  };
  static const struct
  {
    double money;
    const char *expected;
  } sums[] = {
    { 1214000, "£1.21\302\240M" },
    { 999999, "£1.00\302\240M" },
    { 48300, "£48.3\302\240k" },
    { 613, "£613" },
    { 9.5, "£9.50" },
    { -613, "−£613" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *text = insui_format_percent (shares[i].share);
      g_assert_cmpstr (text, ==, shares[i].expected);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (sums); i++)
    {
      g_autofree char *text = insui_format_money (sums[i].money, "£");
      g_assert_cmpstr (text, ==, sums[i].expected);
    }
}

/* --- the list --- */

/* Every customer once, rising or falling, the missing ones last. */
static void
assert_sorted (InsUiCustomers *model, const InsFeatures *features, int column, gboolean descending)
{
  const double *values = ins_matrix_col (features->values, column);
  g_autofree guint8 *seen = g_new0 (guint8, features->n);
  guint n = count_items (model);
  g_assert_cmpuint (n, ==, features->n);
  for (guint i = 0; i < n; i++)
    {
      guint32 row = get_row (model, i);
      g_assert_false (seen[row]);
      seen[row] = 1;
      if (i == 0 || features->words[column] != NULL)
        continue;
      double before = values[get_row (model, i - 1)], now = values[row];
      if (isnan (before))
        g_assert_true (isnan (now));
      else if (!isnan (now))
        g_assert_true (descending ? before >= now : before <= now);
    }
}

static void
test_sorting (void)
{
  g_autoptr (InsUiSession) session = open_sample ();
  g_autoptr (InsUiCustomers) model = insui_customers_new (session, FALSE);
  insui_customers_reload (model);
  const InsFeatures *features = insui_customers_get_features (model);
  for (int column = 0; column < (int)features->n_features; column++)
    for (int descending = 0; descending < 2; descending++)
      {
        insui_customers_set_sort (model, column, descending);
        assert_sorted (model, features, column, descending);
      }
  insui_customers_set_sort (model, INSUI_COLUMN_CLUSTER, FALSE);
  g_assert_cmpuint (count_items (model), ==, features->n);
  for (guint i = 1; i < features->n; i++)
    g_assert_cmpint (insui_customers_get_cluster (model, get_row (model, i - 1)), <=,
                     insui_customers_get_cluster (model, get_row (model, i)));
  insui_customers_set_sort (model, INSUI_COLUMN_ID, TRUE);
  g_assert_cmpuint (count_items (model), ==, features->n);
  for (guint i = 0; i < features->n; i++)
    g_assert_cmpuint (get_row (model, i), ==, features->n - 1 - i);
}

static void
test_search (void)
{
  static const char *const texts[] = { "1", "12", "999", "no such id", " 1 " };
  g_autoptr (InsUiSession) session = open_sample ();
  g_autoptr (InsUiCustomers) model = insui_customers_new (session, FALSE);
  insui_customers_reload (model);
  const InsFeatures *features = insui_customers_get_features (model);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *stripped = g_strstrip (g_strdup (texts[i]));
      guint expected = 0;
      for (gsize row = 0; row < features->n; row++)
        expected += strstr (features->ids[row], stripped) != NULL;
      insui_customers_set_search (model, texts[i]);
      g_assert_cmpuint (count_items (model), ==, expected);
    }
  insui_customers_set_search (model, "");
  g_assert_cmpuint (count_items (model), ==, features->n);
}

/* --- the selection --- */

/* The model and the session say the same about every customer. */
static void
assert_same_selection (InsUiCustomers *model, InsUiSession *session)
{
  gsize n = 0;
  const guint8 *selection = insui_session_get_selection (session, &n);
  guint items = count_items (model);
  g_autoptr (GtkBitset) bits =
      gtk_selection_model_get_selection_in_range (GTK_SELECTION_MODEL (model), 0, items);
  for (guint i = 0; i < items; i++)
    {
      gboolean expected = selection != NULL && selection[get_row (model, i)];
      g_assert_cmpint (gtk_selection_model_is_selected (GTK_SELECTION_MODEL (model), i), ==,
                       expected);
      g_assert_cmpint (gtk_bitset_contains (bits, i), ==, expected);
    }
}

static void
count_up (guint *count)
{
  (*count)++;
}

static void
test_selection (void)
{
  g_autoptr (InsUiSession) session = open_sample ();
  g_autoptr (InsUiCustomers) model = insui_customers_new (session, FALSE);
  g_autoptr (InsUiCustomers) chosen = insui_customers_new (session, TRUE);
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (model);
  guint changes = 0;
  insui_customers_reload (model);
  insui_customers_reload (chosen);
  insui_customers_set_sort (model, insui_customers_get_features (model)->value_feature, TRUE);
  g_assert_cmpuint (count_items (model), >, 100);
  g_signal_connect_swapped (model, "selection-changed", G_CALLBACK (count_up), &changes);

  gtk_selection_model_select_range (selection, 3, 5, TRUE);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 5);
  g_assert_cmpuint (count_items (chosen), ==, 5);
  assert_same_selection (model, session);

  gtk_selection_model_select_item (selection, 20, FALSE);
  gtk_selection_model_unselect_item (selection, 4);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 5);
  assert_same_selection (model, session);

  g_autoptr (GtkBitset) mask = gtk_bitset_new_range (0, 10);
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_range (8, 2);
  gtk_selection_model_set_selection (selection, wanted, mask);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 3); /* 8, 9 and 20 */
  assert_same_selection (model, session);

  guint32 row = get_row (model, 40);
  insui_session_select (session, &row, 1, INSUI_SELECT_REPLACE);
  g_assert_true (gtk_selection_model_is_selected (selection, 40));
  g_assert_cmpuint (get_row (chosen, 0), ==, row);
  g_assert_cmpuint (changes, >=, 5);

  gtk_selection_model_unselect_all (selection);
  g_assert_cmpuint (insui_session_get_n_selected (session), ==, 0);
  g_assert_cmpuint (count_items (chosen), ==, 0);
}

/* --- sentences --- */

static void
test_sentences (void)
{
  g_autoptr (InsUiSession) session = open_sample ();
  const InsResults *results = insui_session_get_results (session);
  gsize k = 0, n = 0, customers = 0;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  double all = 0, chosen = 0, share = 0;
  gsize count = 0;

  insui_session_select_cluster (session, 0, INSUI_SELECT_REPLACE);
  const guint8 *selection = insui_session_get_selection (session, &n);
  g_assert_true (insui_sum_value (results->features, selection, n, &all, &chosen, &count));
  g_assert_cmpuint (count, ==, results->clustering->sizes[0]);
  g_assert_cmpfloat_with_epsilon (chosen, results->profile->revenue[0], 1e-6 * chosen);

  for (gsize i = 0; i < k; i++)
    if (identities[i].is_insider)
      {
        customers += results->profile->customers[i];
        share += results->profile->share_revenue[i];
      }
  g_autofree char *number = insui_format_count (customers);
  g_autofree char *percent = insui_format_percent (share);
  g_autofree char *sentence = insui_sentence_cluster (results, identities, k);
  g_assert_nonnull (strstr (sentence, number));
  g_assert_nonnull (strstr (sentence, percent));

  g_autofree char *selected = insui_sentence_selection (results->features, selection, n, "£");
  g_autofree char *money = insui_format_money (chosen, "£");
  g_assert_nonnull (strstr (selected, money));
  g_autofree char *prepare = insui_sentence_prepare (results);
  g_autofree char *embed = insui_sentence_embed (results);
  g_assert_nonnull (prepare);
  g_assert_nonnull (embed);
}

/* --- export --- */

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = insui_export_customers_finish (result, &error);
  g_assert_true (ok == (error == NULL));
  *(int *)data = ok ? 1 : -1;
}

static int
export_to (InsUiSession *session, const char *path, const guint8 *selection)
{
  gsize k = 0;
  int done = 0;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  insui_export_customers (file, insui_session_get_results (session), identities, k, selection, NULL,
                          on_written, &done);
  while (done == 0)
    g_main_context_iteration (NULL, TRUE);
  return done;
}

/* The selected customers and nobody else, with the columns that the project's table has. */
static void
assert_lines (char **lines, InsUiSession *session, const guint8 *selection)
{
  const InsResults *results = insui_session_get_results (session);
  gsize k = 0, line = 1;
  const InsIdentity *identities = insui_session_get_identities (session, &k);
  g_autoptr (InsRelation) table = ins_relation_new (INS_RELATION_CUSTOMERS, results, identities);
  g_autofree char *names = g_strjoinv (",", table->names);
  g_assert_cmpstr (lines[0], ==, names);
  for (gsize row = 0; row < results->features->n; row++)
    {
      if (!selection[row])
        continue;
      g_auto (GStrv) fields = g_strsplit (lines[line++], ",", -1);
      g_assert_cmpstr (fields[0], ==, results->features->ids[row]);
      for (gsize c = 0; c < table->n_columns; c++)
        {
          InsCell cell = { 0 };
          ins_relation_get (table, row, c, &cell);
          if (cell.type == INS_CELL_TEXT)
            g_assert_cmpstr (fields[c], ==, cell.text);
        }
    }
  g_assert_cmpstr (lines[line], ==, ""); /* after the last line end */
  g_assert_null (lines[line + 1]);
}

static void
test_export (void)
{
  g_autoptr (InsUiSession) session = open_sample ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("insiders-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "customers.csv", NULL);
  g_autofree char *nowhere = g_build_filename (folder, "missing", "customers.csv", NULL);
  g_autofree char *content = NULL;
  gsize k = 0, n = 0;
  insui_session_select_cluster (session, 0, INSUI_SELECT_REPLACE);
  const guint8 *selection = insui_session_get_selection (session, &n);

  g_assert_cmpint (export_to (session, path, selection), ==, 1);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (content, "\n", -1);
  assert_lines (lines, session, selection);

  const InsIdentity *identities = insui_session_get_identities (session, &k);
  g_autofree char *text =
      insui_export_to_text (insui_session_get_results (session), identities, k, selection, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, content);

  g_assert_cmpint (export_to (session, nowhere, selection), ==, -1);
  g_assert_false (g_file_test (nowhere, G_FILE_TEST_EXISTS));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pages/format/number", test_format);
  g_test_add_func ("/pages/format/short", test_format_short);
  g_test_add_func ("/pages/customers/sorting", test_sorting);
  g_test_add_func ("/pages/customers/search", test_search);
  g_test_add_func ("/pages/customers/selection", test_selection);
  g_test_add_func ("/pages/sentences", test_sentences);
  g_test_add_func ("/pages/export", test_export);
  return g_test_run ();
}
