/* ins-questions.c: the nine questions a loyalty programme has to answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "report/ins-questions.h"

#include "chart/ins-format.h"
#include "num/ins-threshold.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define N_TRAITS 4     /* features named in an answer */
#define TELLS_WELL 0.5 /* Youden's J from which a threshold is worth saying */

typedef struct
{
  const char *title;
  double ratio; /* mean of the Insiders / mean of all */
} Trait;

/* The Insiders, one or more clusters, taken together. */
typedef struct
{
  gsize customers;
  double share_customers;
  double revenue;
  double share_revenue;
  Trait traits[N_TRAITS];
  gsize n_traits;
} Insiders;

static double
distance (const Trait *trait)
{
  return fabs (log (trait->ratio));
}

static int
compare_traits (gconstpointer a, gconstpointer b)
{
  return (distance (b) > distance (a)) - (distance (b) < distance (a));
}

/* What the model compared customers by, the farthest from the average first. */
static void
find_traits (const InsResults *results, const InsIdentity *identities, Insiders *insiders)
{
  const InsProfile *profile = results->profile;
  g_autoptr (GArray) traits = g_array_new (FALSE, FALSE, sizeof (Trait));

  for (gsize j = 0; j < profile->n_features; j++)
    {
      Trait trait = { results->features->infos[profile->features[j]].title, 0 };
      gboolean used = FALSE;
      double sum = 0;

      for (gsize s = 0; s < results->scaled->d; s++)
        used = used || results->scaled->columns[s] == profile->features[j];
      for (gsize c = 0; c < profile->k; c++)
        if (identities[c].is_insider && profile->customers[c] > 0)
          sum += ins_matrix_get (profile->mean, c, j) * (double)profile->customers[c];
      trait.ratio =
          sum / (double)insiders->customers / ins_matrix_get (profile->mean, profile->k, j);
      if (used && trait.ratio > 0 && isfinite (trait.ratio))
        g_array_append_val (traits, trait);
    }
  g_array_sort (traits, compare_traits);
  insiders->n_traits = MIN (N_TRAITS, traits->len);
  for (gsize i = 0; i < insiders->n_traits; i++)
    insiders->traits[i] = g_array_index (traits, Trait, i);
}

static void
measure (const InsResults *results, const InsIdentity *identities, Insiders *insiders)
{
  const InsProfile *profile = results->profile;

  for (gsize c = 0; c < profile->k; c++)
    if (identities[c].is_insider)
      {
        insiders->customers += profile->customers[c];
        insiders->share_customers += profile->share_customers[c];
        insiders->revenue += profile->revenue[c];
        insiders->share_revenue += profile->share_revenue[c];
      }
  if (insiders->customers > 0)
    find_traits (results, identities, insiders);
}

static char *
describe_traits (const Insiders *insiders)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (gsize i = 0; i < insiders->n_traits; i++)
    {
      g_autofree char *ratio = ins_format_value (insiders->traits[i].ratio, "ratio", NULL);
      g_string_append_printf (list, "%s%s %s", i > 0 ? ", " : "", insiders->traits[i].title, ratio);
    }
  return g_strdup_printf (_ ("Against the average of all customers: %s."), list->str);
}

static void
answer (InsQuestion *question, char *text)
{
  question->answer = text;
  question->is_answered = TRUE;
}

/* --- conditions: one threshold --- */

/* (transfer full): a byte per customer grouped, 1 = in a group marked as Insiders */
static guint8 *
find_members (const InsClustering *clustering, const InsIdentity *identities)
{
  guint8 *members = g_new0 (guint8, MAX (clustering->n, 1));

  for (gsize i = 0; i < clustering->n; i++)
    members[i] = clustering->labels[i] >= 0 && (gsize)clustering->labels[i] < clustering->k
                 && identities[clustering->labels[i]].is_insider;
  return members;
}

/* The feature used that alone tells best who is an Insider.  FALSE if none tells well. */
static gboolean
find_rule (const InsResults *results, const guint8 *members, const InsFeatureInfo **info,
           InsThreshold *rule)
{
  const InsFeatures *features = results->features;
  const InsScaled *scaled = results->scaled;
  g_autofree double *values = g_new (double, MAX (scaled->n, 1));

  *rule = (InsThreshold){ .youden = 0 };
  for (gsize j = 0; j < scaled->d; j++)
    {
      const double *column = ins_matrix_col (features->values, scaled->columns[j]);
      InsThreshold own;
      if (features->infos[scaled->columns[j]].type != INS_FEATURE_NUMBER)
        continue;
      for (gsize i = 0; i < scaled->n; i++)
        values[i] = column[scaled->rows[i]];
      if (ins_threshold_find (values, members, scaled->n, &own) && own.youden > rule->youden)
        {
          *rule = own;
          *info = &features->infos[scaled->columns[j]];
        }
    }
  return rule->youden >= TELLS_WELL;
}

/* Insiders whose silhouette says that they are nearer to another group. */
static gsize
count_strangers (const InsClustering *clustering, const guint8 *members)
{
  gsize strangers = 0;

  for (gsize i = 0; clustering->silhouettes && i < clustering->n; i++)
    strangers += members[i] && clustering->silhouettes[i] < 0;
  return strangers;
}

/* In these data: a rule is not a forecast. */
static void
answer_conditions (const InsResults *results, const InsIdentity *identities, const char *currency,
                   InsQuestion *become, InsQuestion *removed)
{
  g_autofree guint8 *members = find_members (results->clustering, identities);
  const InsFeatureInfo *info = NULL;
  InsThreshold rule;
  g_autofree char *value = NULL, *found = NULL, *hits = NULL, *missed = NULL, *strangers = NULL;

  if (results->clustering->n != results->scaled->n || !find_rule (results, members, &info, &rule))
    {
      become->answer = g_strdup (_ ("No feature alone tells the Insiders from the rest."));
      removed->answer = g_strdup (become->answer);
      return;
    }
  value = ins_format_value (rule.value, info->unit, currency);
  found = ins_format_number ((double)rule.found, 0);
  hits = ins_format_number ((double)rule.hits, 0);
  missed = ins_format_number ((double)(rule.wanted - rule.hits), 0);
  strangers = ins_format_number ((double)count_strangers (results->clustering, members), 0);
  /* TRANSLATORS: feature, value, customers, customers, share of the Insiders */
  answer (become,
          g_strdup_printf (
              rule.below ? _ ("In these data, best told by one threshold: %s of at most %s. %s of "
                              "the %s customers who meet it are Insiders; %.3g %% of the Insiders "
                              "meet it.")
                         : _ ("In these data, best told by one threshold: %s of at least %s. %s of "
                              "the %s customers who meet it are Insiders; %.3g %% of the Insiders "
                              "meet it."),
              info->title, value, hits, found, 100 * (double)rule.hits / (double)rule.wanted));
  /* TRANSLATORS: feature, value, customers, customers */
  answer (removed,
          g_strdup_printf (
              rule.below
                  ? _ ("By the same threshold, %s above %s: %s Insiders are there now. %s lie "
                       "nearer to another group than to their own (silhouette below 0).")
                  : _ ("By the same threshold, %s below %s: %s Insiders are there now. %s lie "
                       "nearer to another group than to their own (silhouette below 0)."),
              info->title, value, missed, strangers));
}

static void
answer_all (const InsResults *results, const Insiders *insiders, InsQuestion *questions)
{
  g_autofree char *some = ins_format_number ((double)insiders->customers, 0);
  g_autofree char *all = ins_format_number ((double)results->clustering->n, 0);
  g_autofree char *summary = ins_clustering_describe (results->clustering);

  answer (&questions[0],
          g_strdup_printf (_ ("Everybody in a group marked as Insiders (%s); “export customers” "
                              "lists them."),
                           summary));
  answer (&questions[1], g_strdup_printf (_ ("%s of %s customers (%.3g %%)."), some, all,
                                          100 * insiders->share_customers));
  answer (&questions[2], describe_traits (insiders));
  if (isfinite (insiders->share_revenue))
    answer (&questions[3], g_strdup_printf (_ ("%.3g %% of the revenue of all customers grouped."),
                                            100 * insiders->share_revenue));
}

void
ins_questions_answer (const InsResults *results, const InsIdentity *identities,
                      const char *currency, InsQuestion questions[INS_N_QUESTIONS])
{
  const char *const texts[INS_N_QUESTIONS] = {
    _ ("Who is eligible?"),
    _ ("How many customers are that?"),
    _ ("What are their main characteristics?"),
    _ ("What is their share of revenue?"),
    _ ("How much revenue will they bring in the next months?"),
    _ ("What are the conditions to become one?"),
    _ ("What are the conditions to be removed?"),
    _ ("What proves that the programme is better than the rest of the base?"),
    _ ("Which actions would raise revenue?"),
  };
  Insiders insiders = { 0 };

  g_return_if_fail (results->profile != NULL && identities != NULL);
  for (int i = 0; i < INS_N_QUESTIONS; i++)
    questions[i] = (InsQuestion){ texts[i], NULL, FALSE };
  measure (results, identities, &insiders);
  if (insiders.customers > 0)
    {
      answer_all (results, &insiders, questions);
      answer_conditions (results, identities, currency, &questions[5], &questions[6]);
    }
  for (int i = 0; i < INS_N_QUESTIONS; i++)
    if (questions[i].answer == NULL)
      questions[i].answer =
          g_strdup (insiders.customers == 0 ? _ ("No customer is in a group marked as Insiders.")
                                            : _ ("The groups alone do not say."));
}

void
ins_questions_clear (InsQuestion questions[INS_N_QUESTIONS])
{
  for (int i = 0; i < INS_N_QUESTIONS; i++)
    g_clear_pointer (&questions[i].answer, g_free);
}
