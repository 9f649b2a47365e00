/* test-identity.c: which cluster a name goes on to
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-identity.h"

#include <string.h>

/* @who: for every customer, a letter each, the cluster's digit; '-' = not there */
static InsResults
make_results (const char *who)
{
  InsResults results = { 0 };
  InsFeatures *features = ins_artifact_alloc (&ins_features_type, sizeof *features);
  InsScaled *scaled = ins_artifact_alloc (&ins_scaled_type, sizeof *scaled);
  InsClustering *clustering = ins_artifact_alloc (&ins_clustering_type, sizeof *clustering);
  gsize n = 0;

  features->ids = g_new0 (char *, strlen (who) + 1);
  scaled->rows = g_new0 (guint32, strlen (who) + 1);
  clustering->labels = g_new0 (gint32, strlen (who) + 1);
  clustering->sizes = g_new0 (gsize, 10);
  for (gsize i = 0; who[i] != '\0'; i++)
    if (who[i] != '-')
      {
        features->ids[n] = g_strdup_printf ("%zu", i);
        scaled->rows[n] = (guint32)n;
        clustering->labels[n] = who[i] - '0';
        clustering->sizes[who[i] - '0']++;
        clustering->k = MAX (clustering->k, (gsize)(who[i] - '0') + 1);
        n++;
      }
  features->n = scaled->n = clustering->n = n;
  features->value_feature = -1;
  features->values = ins_matrix_new (n, 0);
  features->infos = g_new0 (InsFeatureInfo, 1);
  features->words = g_new0 (char **, 1);
  results.features = features;
  results.scaled = scaled;
  results.clustering = clustering;
  return results;
}

/* Names of the new clusters, "?" for one that is proposed.  @written: letters for the old clusters
 * that somebody named, '.' for the others; lower case: only a note */
static char *
carry (const char *before, const char *written, const char *now)
{
  InsResults old_results = make_results (before), results = make_results (now);
  gsize k_old = old_results.clustering->k, k = results.clustering->k;
  InsIdentity *old = ins_identities_propose (&old_results, NULL, NULL);
  InsIdentity *identities;
  GString *names = g_string_new (NULL);

  for (gsize o = 0; o < k_old; o++)
    if (written[o] != '.')
      {
        char **field = g_ascii_isupper (written[o]) ? &old[o].name : &old[o].note;

        g_free (*field);
        *field = g_strndup (written + o, 1);
        old[o].is_proposed = g_ascii_islower (written[o]);
      }
  identities = ins_identities_propose (&results, &old_results, old);
  for (gsize c = 0; c < k; c++)
    g_string_append (names, !identities[c].is_proposed ? identities[c].name
                            : *identities[c].note != 0 ? identities[c].note
                                                       : "?");
  ins_identities_free (old, k_old);
  ins_identities_free (identities, k);
  ins_results_clear (&old_results);
  ins_results_clear (&results);
  return g_string_free (names, FALSE);
}

#define assert_carried(before, written, now, names)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *carried = carry (before, written, now);                                       \
    g_assert_cmpstr (carried, ==, names);                                                          \
  }                                                                                                \
  G_STMT_END

static void
test_same (void)
{
  assert_carried ("001122", "ABC", "001122", "ABC");
  assert_carried ("001122", "ABC", "002211", "ACB");
  assert_carried ("001122", "A.c", "001122", "A?c");
}

/* Most of its customers are there, but with more others. */
static void
test_grown (void)
{
  assert_carried ("00111122", "AB.", "00111222", "AB?");
  assert_carried ("00111122-----------", "AB.", "0011122211111112222", "AB?");
  assert_carried ("00111122-----------", "Ab.", "0011122211111112222", "Ab?");
}

/* Into equal halves: the first takes it; into three: nobody. */
static void
test_split (void)
{
  assert_carried ("0011112222------", "AB.", "0011223333112222", "AB??");
  assert_carried ("00111111222-------", "AB.", "00112233444112233", "A????");
}

/* Two in one: whoever brings more.  Proposed names are no match for written ones. */
static void
test_joined (void)
{
  assert_carried ("0011122222-----", "ABC", "0011111111111111", "AC");
  assert_carried ("0011122222-----", "AB.", "0011111111111111", "AB");
}

/* The most valuable group is the Insiders', whoever joins them. */
static void
test_insiders (void)
{
  assert_carried ("001112222-----", ".B.", "00000111100000", "??");
  assert_carried ("001112222-----", "AB.", "00000111100000", "A?");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/identity/same", test_same);
  g_test_add_func ("/identity/grown", test_grown);
  g_test_add_func ("/identity/split", test_split);
  g_test_add_func ("/identity/joined", test_joined);
  g_test_add_func ("/identity/insiders", test_insiders);
  return g_test_run ();
}
