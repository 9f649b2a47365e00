/* ins-hierarchical-step.c: agglomerative clustering
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>

#include "base/ins-error.h"
#include "num/ins-linkage.h"
#include "pipeline/ins-choices.h"
#include "pipeline/ins-cluster-step.h"

struct _InsHierarchicalStep
{
  InsClusterStep parent;
  int linkage;
};

G_DECLARE_FINAL_TYPE (InsHierarchicalStep, ins_hierarchical_step, INS, HIERARCHICAL_STEP,
                      InsClusterStep)
G_DEFINE_FINAL_TYPE (InsHierarchicalStep, ins_hierarchical_step, INS_TYPE_CLUSTER_STEP)

INS_DEFINE_CHOICES ("InsLinkageMethod", linkage, { INS_LINKAGE_WARD, N_ ("Ward"), "ward" },
                    { INS_LINKAGE_SINGLE, N_ ("Single"), "single" },
                    { INS_LINKAGE_AVERAGE, N_ ("Average"), "average" },
                    { INS_LINKAGE_COMPLETE, N_ ("Complete"), "complete" })

static gboolean
partition (InsClusterStep *step, const InsMatrix *points, gsize k_from, gsize k_to, gint32 *labels,
           InsMatrix **prototypes, InsLinkage **tree, InsRun *run, GError **error)
{
  InsHierarchicalStep *self = INS_HIERARCHICAL_STEP (step);
  g_autoptr (InsLinkage) linkage = NULL;

  if (points->rows < 2)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("A hierarchy needs at least two customers; loosen the filters."));
      return FALSE;
    }
  ins_run_begin (run, _ ("Hierarchical clustering"), 0);
  linkage = ins_linkage_fit (points, (InsLinkageMethod)self->linkage, run, error);
  if (linkage == NULL)
    return FALSE;
  for (gsize k = k_from; k <= k_to; k++)
    {
      if (!ins_run_check (run, error))
        return FALSE;
      ins_linkage_cut (linkage, k, labels + (k - k_from) * points->rows);
    }
  if (tree != NULL)
    *tree = g_steal_pointer (&linkage);
  return TRUE;
}

static void
ins_hierarchical_step_class_init (InsHierarchicalStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);

  step->id = "hierarchical";
  step->title = N_ ("Hierarchical");
  step->blurb = N_ ("Joins the nearest groups again and again, which gives a tree");
  step->version = 2;
  INS_CLUSTER_STEP_CLASS (klass)->partition = partition;
  ins_step_class_add_param (
      step,
      g_param_spec_enum ("linkage", N_ ("Linkage"),
                         N_ ("What is near: Ward joins what adds least variance; the others need "
                             "memory for every pair of customers"),
                         linkage_get_type (), INS_LINKAGE_WARD, INS_PARAM_FLAGS),
      INS_PARAM_CHOICE, G_STRUCT_OFFSET (InsHierarchicalStep, linkage));
}

static void
ins_hierarchical_step_init (InsHierarchicalStep *self)
{
}
