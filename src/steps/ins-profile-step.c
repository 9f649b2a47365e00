/* ins-profile-step.c: what each cluster is like
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/ins-stats.h"
#include "num/ins-profile.h"
#include "pipeline/ins-step.h"

struct _InsProfileStep
{
  InsStep parent;
};

G_DECLARE_FINAL_TYPE (InsProfileStep, ins_profile_step, INS, PROFILE_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsProfileStep, ins_profile_step, INS_TYPE_STEP)

/* Every number feature of the customers the model saw. Returns: (transfer full) */
static InsMatrix *
collect (const InsResults *inputs, InsProfile *profile)
{
  const InsFeatures *features = inputs->features;
  const InsScaled *scaled = inputs->scaled;
  InsMatrix *x;

  profile->features = g_new (guint32, features->n_features);
  for (guint32 j = 0; j < features->n_features; j++)
    if (features->infos[j].type == INS_FEATURE_NUMBER)
      profile->features[profile->n_features++] = j;
  x = ins_matrix_new (scaled->n, profile->n_features);
  for (gsize j = 0; j < profile->n_features; j++)
    for (gsize i = 0; i < scaled->n; i++)
      ins_matrix_set (x, i, j,
                      ins_matrix_get (features->values, scaled->rows[i], profile->features[j]));
  return x;
}

static void
count_shares (const InsResults *inputs, InsProfile *profile)
{
  const InsClustering *clustering = inputs->clustering;
  int value = inputs->features->value_feature;
  g_autofree InsSum *sums = g_new0 (InsSum, profile->k + 1);

  for (gsize i = 0; value >= 0 && i < clustering->n; i++)
    {
      double revenue =
          ins_matrix_get (inputs->features->values, inputs->scaled->rows[i], (gsize)value);
      if (!isfinite (revenue))
        continue;
      ins_sum_add (&sums[profile->k], revenue);
      if (clustering->labels[i] >= 0)
        ins_sum_add (&sums[clustering->labels[i]], revenue);
    }
  for (gsize c = 0; c < profile->k; c++)
    {
      profile->customers[c] = clustering->sizes[c];
      profile->share_customers[c] = (double)clustering->sizes[c] / (double)clustering->n;
      profile->revenue[c] = value >= 0 ? ins_sum_get (&sums[c]) : NAN;
      profile->share_revenue[c] = profile->revenue[c] / ins_sum_get (&sums[profile->k]);
    }
}

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  const InsClustering *clustering = context->inputs.clustering;
  InsProfile *profile = ins_artifact_alloc (&ins_profile_type, sizeof *profile);
  g_autoptr (InsMatrix) x = collect (&context->inputs, profile);

  profile->k = clustering->k;
  profile->customers = g_new0 (gsize, profile->k);
  profile->share_customers = g_new0 (double, profile->k);
  profile->revenue = g_new0 (double, profile->k);
  profile->share_revenue = g_new0 (double, profile->k);
  count_shares (&context->inputs, profile);
  if (!ins_group_summaries (x, clustering->labels, profile->k, &profile->mean, &profile->median,
                            run, error))
    {
      ins_artifact_unref (profile);
      return NULL;
    }
  profile->ratio = ins_matrix_new (profile->k, profile->n_features);
  for (gsize j = 0; j < profile->n_features; j++)
    for (gsize c = 0; c < profile->k; c++)
      ins_matrix_set (profile->ratio, c, j,
                      ins_matrix_get (profile->mean, c, j)
                          / ins_matrix_get (profile->mean, profile->k, j));
  return profile;
}

static void
ins_profile_step_class_init (InsProfileStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);

  step->id = "profile";
  step->title = N_ ("Profile");
  step->blurb = N_ ("Describes every group against all customers");
  step->version = 1;
  step->stage = INS_STAGE_PROFILE;
  step->needs = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_CLUSTER;
  step->run = run;
}

static void
ins_profile_step_init (InsProfileStep *self)
{
}
