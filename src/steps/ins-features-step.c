/* ins-features-step.c: what is known of each customer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "data/ins-features.h"
#include "pipeline/ins-step.h"

struct _InsFeaturesStep
{
  InsStep parent;
  char *reference_date;
};

G_DECLARE_FINAL_TYPE (InsFeaturesStep, ins_features_step, INS, FEATURES_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsFeaturesStep, ins_features_step, INS_TYPE_STEP)

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  InsFeaturesStep *self = INS_FEATURES_STEP (step);
  gint32 days = INS_DATE_MISSING;

  ins_text_to_date (self->reference_date, strlen (self->reference_date), "%Y-%m-%d", &days, NULL);
  return ins_features_compute (context->inputs.filtered, days, run, error);
}

static void
ins_features_step_class_init (InsFeaturesStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *param;

  step->id = "features";
  step->title = N_ ("Features");
  step->blurb = N_ ("Computes what is known of each customer");
  step->version = 1;
  step->stage = INS_STAGE_FEATURES;
  step->needs = 1u << INS_STAGE_FILTER;
  step->run = run;
  param = ins_step_class_add_param (
      step,
      g_param_spec_string ("reference-date", N_ ("Reference Date"),
                           N_ ("Days since the last purchase are counted up to here; auto is the "
                               "last purchase of all"),
                           "", INS_PARAM_FLAGS),
      INS_PARAM_DATE, G_STRUCT_OFFSET (InsFeaturesStep, reference_date));
  param->auto_text = "auto";
}

static void
ins_features_step_init (InsFeaturesStep *self)
{
}
