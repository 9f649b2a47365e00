/* ins-kmeans-step.c: K-Means
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "num/ins-kmeans.h"
#include "pipeline/ins-cluster-step.h"

struct _InsKmeansStep
{
  InsClusterStep parent;
  int restarts;
  int max_iterations;
  double tolerance;
  gint64 seed;
};

G_DECLARE_FINAL_TYPE (InsKmeansStep, ins_kmeans_step, INS, KMEANS_STEP, InsClusterStep)
G_DEFINE_FINAL_TYPE (InsKmeansStep, ins_kmeans_step, INS_TYPE_CLUSTER_STEP)

static gboolean
partition (InsClusterStep *step, const InsMatrix *points, gsize k_from, gsize k_to, gint32 *labels,
           InsMatrix **prototypes, InsLinkage **tree, InsRun *run, GError **error)
{
  InsKmeansStep *self = INS_KMEANS_STEP (step);
  InsKmeansOptions options = { (guint)self->restarts, (guint)self->max_iterations, self->tolerance,
                               (guint64)self->seed };
  gsize n_k = k_to - k_from + 1;
  g_autofree InsKmeans **results = g_new0 (InsKmeans *, n_k);

  ins_run_begin (run, _ ("K-Means"), 0);
  if (!ins_kmeans_sweep (points, k_from, k_to, &options, results, run, error))
    return FALSE;
  for (gsize i = 0; i < n_k; i++)
    {
      memcpy (labels + i * points->rows, results[i]->labels, points->rows * sizeof *labels);
      prototypes[i] = g_steal_pointer (&results[i]->prototypes);
      ins_kmeans_free (results[i]);
    }
  return TRUE;
}

#define OFFSET(name) G_STRUCT_OFFSET (InsKmeansStep, name)

static void
ins_kmeans_step_class_init (InsKmeansStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *param;

  step->id = "kmeans";
  step->title = N_ ("K-Means");
  step->blurb = N_ ("Groups customers round centres so that they lie close to their own");
  step->version = 1;
  INS_CLUSTER_STEP_CLASS (klass)->partition = partition;
  param = ins_step_class_add_param (
      step,
      g_param_spec_int ("restarts", N_ ("Restarts"),
                        N_ ("Starts from other centres; the best one is kept"), 1, 10000, 10,
                        INS_PARAM_FLAGS),
      INS_PARAM_INT, OFFSET (restarts));
  param->aliases = "n_init";
  param->useful_max = 100;
  param = ins_step_class_add_param (
      step,
      g_param_spec_int64 ("seed", N_ ("Seed"),
                          N_ ("Start of the random numbers; the same seed gives the same groups"),
                          0, G_MAXINT64, 42, INS_PARAM_FLAGS),
      INS_PARAM_INT, OFFSET (seed));
  param->aliases = "random_state";
  param->useful_max = 1e9;
  param = ins_step_class_add_param (step,
                                    g_param_spec_int ("max-iterations", N_ ("Iterations"),
                                                      N_ ("Most iterations of one start"), 1,
                                                      100000, 300, INS_PARAM_FLAGS),
                                    INS_PARAM_INT, OFFSET (max_iterations));
  param->aliases = "max_iter";
  param->useful_max = 1000;
  param = ins_step_class_add_param (
      step,
      g_param_spec_double ("tolerance", N_ ("Tolerance"),
                           N_ ("A start ends when its centres move less than this share of the "
                               "variance"),
                           0, 1, 1e-4, INS_PARAM_FLAGS),
      INS_PARAM_DOUBLE, OFFSET (tolerance));
  param->aliases = "tol";
  param->digits = 5;
  param->increment = 1e-4;
  param->useful_max = 0.1;
}

static void
ins_kmeans_step_init (InsKmeansStep *self)
{
}
