/* ins-identity.c: clusters have names, not numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-identity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/ins-stats.h"

#define N_SHAPES 8

void
ins_identity_clear (InsIdentity *identity)
{
  g_clear_pointer (&identity->name, g_free);
  g_clear_pointer (&identity->note, g_free);
}

void
ins_identity_copy (InsIdentity *to, const InsIdentity *from)
{
  *to = *from;
  to->name = g_strdup (from->name);
  to->note = g_strdup (from->note);
}

void
ins_identities_free (InsIdentity *identities, gsize k)
{
  if (identities == NULL)
    return;
  for (gsize c = 0; c < k; c++)
    ins_identity_clear (&identities[c]);
  g_free (identities);
}

/* --- keeping names: the old cluster that shares most customers --- */

/* For every customer id the old cluster plus one. */
static GHashTable *
map_old (const InsResults *old)
{
  GHashTable *map = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < old->clustering->n; i++)
    g_hash_table_insert (map, old->features->ids[old->scaled->rows[i]],
                         GINT_TO_POINTER (old->clustering->labels[i] + 1));
  return map;
}

/* Customers shared by every new (row) and old (column) cluster. */
static gsize *
count_shared (const InsResults *results, const InsResults *old)
{
  g_autoptr (GHashTable) map = map_old (old);
  const InsClustering *now = results->clustering;
  gsize *shared = g_new0 (gsize, now->k * old->clustering->k);

  for (gsize i = 0; i < now->n; i++)
    {
      const char *id = results->features->ids[results->scaled->rows[i]];
      int before = GPOINTER_TO_INT (g_hash_table_lookup (map, id)) - 1;
      if (before >= 0 && now->labels[i] >= 0)
        shared[(gsize)now->labels[i] * old->clustering->k + (gsize)before]++;
    }
  return shared;
}

typedef struct
{
  InsIdentity *identities; /* of the new clusters; the note is there as soon as one is decided */
  const InsIdentity *old;
  gsize k, k_old;
  const gsize *shared; /* k × k_old */
  gboolean *taken;     /* k_old */
} CarryOver;

static void
carry (CarryOver *self, gsize cluster, gsize from)
{
  ins_identity_copy (&self->identities[cluster], &self->old[from]);
  self->taken[from] = TRUE;
  if (self->old[from].is_proposed)
    g_clear_pointer (&self->identities[cluster].name, g_free); /* proposed anew, in its colour */
}

/* Jaccard's index of at least one half can hold for one pair per row and column only, so that no
 * assignment problem is left to solve; where a cluster is cut in two halves both have exactly one
 * half, and the first takes it. */
static void
carry_the_same (CarryOver *self, const InsClustering *now, const InsClustering *before)
{
  for (gsize c = 0; c < self->k; c++)
    for (gsize o = 0; o < self->k_old; o++)
      {
        gsize both = self->shared[c * self->k_old + o];
        gsize either = now->sizes[c] + before->sizes[o] - both;

        if (both > 0 && 2 * both >= either && !self->taken[o] && self->identities[c].note == NULL)
          carry (self, c, o);
      }
}

/* The new cluster that holds at least half of an old one's customers who are still there, if it
 * has no identity yet; else k.  The most valuable one is only for Insiders. */
static gsize
find_heir (const CarryOver *self, gsize from, gsize *n_shared)
{
  gsize all = 0, heir = 0;

  for (gsize c = 0; c < self->k; c++)
    {
      all += self->shared[c * self->k_old + from];
      if (self->shared[c * self->k_old + from] > self->shared[heir * self->k_old + from])
        heir = c;
    }
  *n_shared = self->shared[heir * self->k_old + from];
  if (*n_shared == 0 || 2 * *n_shared < all || self->identities[heir].note != NULL
      || (heir == 0 && !self->old[from].is_insider))
    return self->k;
  return heir;
}

/* What somebody wrote outlives a cluster that has grown or was joined to another: of those with the
 * same heir the one that shares most customers goes on. */
static void
carry_to_heirs (CarryOver *self)
{
  for (;;)
    {
      gsize most = 0, heir = 0, from = 0;

      for (gsize o = 0; o < self->k_old; o++)
        {
          gsize n, c;

          if (self->taken[o] || (self->old[o].is_proposed && *self->old[o].note == '\0'))
            continue;
          c = find_heir (self, o, &n);
          if (c < self->k && n > most)
            {
              most = n;
              heir = c;
              from = o;
            }
        }
      if (most == 0)
        return;
      carry (self, heir, from);
    }
}

static void
carry_over (InsIdentity *identities, const InsResults *results, const InsResults *old_results,
            const InsIdentity *old)
{
  const InsClustering *now = results->clustering, *before = old_results->clustering;
  g_autofree gsize *shared = count_shared (results, old_results);
  g_autofree gboolean *taken = g_new0 (gboolean, before->k);
  CarryOver self = { identities, old, now->k, before->k, shared, taken };

  carry_the_same (&self, now, before);
  carry_to_heirs (&self);
}

/* --- proposing names --- */

/* Median of a feature over a cluster's members, over all customers for cluster -1. */
static double
median_of (const InsResults *results, int feature, int cluster)
{
  const InsScaled *scaled = results->scaled;
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (gsize i = 0; i < scaled->n; i++)
    if (cluster < 0 || results->clustering->labels[i] == cluster)
      {
        double value = ins_matrix_get (results->features->values, scaled->rows[i], (gsize)feature);
        g_array_append_val (values, value);
      }
  return ins_median ((double *)values->data, values->len);
}

static double
mean_of_all (const InsResults *results, int feature)
{
  const InsScaled *scaled = results->scaled;
  InsSum sum = { 0 };

  for (gsize i = 0; i < scaled->n; i++)
    ins_sum_add (&sum, ins_matrix_get (results->features->values, scaled->rows[i], (gsize)feature));
  return ins_sum_get (&sum) / (double)scaled->n;
}

/* The features names come from, and what is usual among all customers. */
typedef struct
{
  int recency, tenure, value;
  double mean_recency, median_value, median_tenure;
} Base;

static Base
find_base (const InsResults *results)
{
  const InsFeatures *features = results->features;
  Base base = { .recency = ins_features_find (features, "recency_days"),
                .tenure = ins_features_find (features, "tenure_days"),
                .value = features->value_feature };

  if (base.recency < 0 || base.tenure < 0)
    base.value = -1;
  if (base.value < 0)
    return base;
  base.mean_recency = MAX (1, mean_of_all (results, base.recency));
  base.median_value = MAX (1e-9, median_of (results, base.value, -1));
  base.median_tenure = MAX (1, median_of (results, base.tenure, -1));
  return base;
}

/* By what its median member does: when it last bought, against the mean of all; what it is worth
 * and for how long it has been a customer, against the median of all. */
static const char *
propose_name (const InsResults *results, const Base *base, gsize cluster)
{
  double late, worth, young;

  if (base->value < 0)
    return _ ("Group");
  late = median_of (results, base->recency, (int)cluster) / base->mean_recency;
  worth = median_of (results, base->value, (int)cluster) / base->median_value;
  young = median_of (results, base->tenure, (int)cluster) / base->median_tenure;
  if (young <= 0.5)
    return worth >= 1 ? _ ("Rising") : _ ("Newcomers");
  if (late >= 1.5)
    return worth >= 0.5 ? _ ("Lapsed") : _ ("Lost");
  if (late >= 0.75)
    return worth >= 1 ? _ ("At risk") : _ ("Slipping");
  if (worth >= 3)
    return _ ("Loyal");
  return worth >= 1.5 ? _ ("Regulars") : _ ("Occasional");
}

static gboolean
is_used (const InsIdentity *identities, gsize k, const char *name)
{
  for (gsize c = 0; c < k; c++)
    if (g_strcmp0 (identities[c].name, name) == 0)
      return TRUE;
  return FALSE;
}

static char *
make_unique (const InsIdentity *identities, gsize k, const char *name)
{
  char *unique = g_strdup (name);

  for (int number = 2; is_used (identities, k, unique); number++)
    {
      g_free (unique);
      unique = g_strdup_printf ("%s %d", name, number);
    }
  return unique;
}

/* The first colour (then shape) nobody has; from the ninth on colours come again, shapes do not. */
static void
choose_look (const InsIdentity *identities, gsize k, InsIdentity *identity)
{
  for (int look = 0;; look++)
    {
      int colour = look % INS_N_COLOURS, shape = (look + look / INS_N_COLOURS) % N_SHAPES;
      gboolean used = FALSE;

      for (gsize c = 0; c < k && !used; c++)
        used = identities[c].note != NULL && identities[c].colour == colour
               && identities[c].shape == shape;
      if (!used || look >= INS_N_COLOURS * N_SHAPES)
        {
          identity->colour = colour;
          identity->shape = shape;
          return;
        }
    }
}

/* The note is there as soon as the look is decided. */
static void
propose (InsIdentity *identities, const InsResults *results, const Base *base, gsize cluster)
{
  gsize k = results->clustering->k;
  InsIdentity *identity = &identities[cluster];

  if (identity->note == NULL || (identity->colour == INS_COLOUR_GOLD && cluster > 0))
    choose_look (identities, k, identity);
  if (cluster == 0)
    identity->colour = INS_COLOUR_GOLD;
  if (identity->note == NULL)
    identity->note = g_strdup ("");
  identity->name = make_unique (
      identities, k, cluster == 0 ? _ ("Insiders") : propose_name (results, base, cluster));
  identity->is_insider = cluster == 0;
  identity->is_proposed = TRUE;
}

InsIdentity *
ins_identities_propose (const InsResults *results, const InsResults *old_results,
                        const InsIdentity *old)
{
  gsize k = results->clustering->k;
  InsIdentity *identities = g_new0 (InsIdentity, k);
  Base base = find_base (results);

  if (old != NULL && old_results != NULL && old_results->clustering != NULL
      && old_results->features != NULL && old_results->scaled != NULL)
    carry_over (identities, results, old_results, old);
  for (gsize c = 0; c < k; c++)
    if (identities[c].name == NULL)
      propose (identities, results, &base, c);
  return identities;
}
