/* ins-pca-step.c: the picture by principal components
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>

#include "base/ins-error.h"
#include "num/ins-pca.h"
#include "pipeline/ins-step.h"

struct _InsPcaStep
{
  InsStep parent;
  int components;
};

G_DECLARE_FINAL_TYPE (InsPcaStep, ins_pca_step, INS, PCA_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsPcaStep, ins_pca_step, INS_TYPE_STEP)

/* A plane needs two columns: with a single feature the second is zero. */
static InsMatrix *
at_least_two (const InsMatrix *m)
{
  InsMatrix *wide = ins_matrix_new (m->rows, MAX (2, m->cols));

  for (gsize i = 0; i < m->rows * m->cols; i++)
    wide->data[i] = m->data[i];
  return wide;
}

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  InsPcaStep *self = INS_PCA_STEP (step);
  const InsMatrix *x = context->inputs.scaled->x;
  g_autoptr (InsPca) pca = NULL;
  InsEmbedding *result;

  if (x->rows < 2)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("Too few customers are left for a picture; loosen the filters."));
      return NULL;
    }
  pca = ins_pca_fit (x, (gsize)self->components, run, error);
  if (pca == NULL)
    return NULL;
  result = ins_artifact_alloc (&ins_embedding_type, sizeof *result);
  result->method = g_strdup ("pca");
  result->scores = at_least_two (pca->scores);
  result->mean = g_memdup2 (pca->mean, x->cols * sizeof *pca->mean);
  result->loadings = at_least_two (pca->loadings);
  result->variance = g_new0 (double, result->scores->cols);
  result->ratio = g_new0 (double, result->scores->cols);
  for (gsize j = 0; j < pca->n_components; j++)
    {
      result->variance[j] = pca->variance[j];
      result->ratio[j] = pca->ratio[j];
    }
  result->axes_mean_something = TRUE;
  return result;
}

/* (x - mean) · loadings, as the customers were turned that it was fitted on.  Returns: NULL if
 * cancelled. */
static InsMatrix *
turn (const InsMatrix *x, const InsEmbedding *fitted, InsRun *run, GError **error)
{
  g_autoptr (InsMatrix) scores = ins_matrix_new (x->rows, fitted->loadings->cols);

  for (gsize c = 0; c < scores->cols; c++)
    {
      double *to = ins_matrix_col (scores, c);
      for (gsize j = 0; j < x->cols && ins_run_tick (run); j++)
        {
          const double *from = ins_matrix_col (x, j);
          double weight = ins_matrix_get (fitted->loadings, j, c);
          for (gsize i = 0; i < x->rows; i++)
            to[i] += (from[i] - fitted->mean[j]) * weight;
        }
    }
  return ins_run_check (run, error) ? g_steal_pointer (&scores) : NULL;
}

static gpointer
apply (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  const InsEmbedding *fitted = context->fitted->embedding;
  const InsMatrix *x = context->inputs.scaled->x;
  InsMatrix *scores;
  InsEmbedding *result;

  if (fitted->mean == NULL || fitted->loadings == NULL)
    {
      g_set_error (error, INS_ERROR, INS_ERROR_INPUT,
                   _ ("The saved model has no picture that new customers could be placed in; fit "
                      "it anew."));
      return NULL;
    }
  scores = turn (x, fitted, run, error);
  if (scores == NULL)
    return NULL;
  result = ins_artifact_alloc (&ins_embedding_type, sizeof *result);
  result->method = g_strdup (fitted->method);
  result->scores = scores;
  result->mean = g_memdup2 (fitted->mean, x->cols * sizeof *fitted->mean);
  result->loadings = ins_matrix_ref (fitted->loadings);
  result->variance = g_memdup2 (fitted->variance, result->scores->cols * sizeof (double));
  result->ratio = g_memdup2 (fitted->ratio, result->scores->cols * sizeof (double));
  result->axes_mean_something = fitted->axes_mean_something;
  return result;
}

static void
ins_pca_step_class_init (InsPcaStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *param;

  step->id = "pca";
  step->title = N_ ("PCA");
  step->blurb = N_ ("Turns the features so that the plane holds most of the variance");
  step->version = 1;
  step->stage = INS_STAGE_EMBED;
  step->needs = 1u << INS_STAGE_PREPARE;
  step->run = run;
  step->apply = apply;
  param = ins_step_class_add_param (
      step,
      g_param_spec_int ("components", N_ ("Components"),
                        N_ ("How many components are kept; auto is all of them"), 0, 10000, 0,
                        INS_PARAM_FLAGS),
      INS_PARAM_INT, G_STRUCT_OFFSET (InsPcaStep, components));
  param->auto_text = "auto";
  param->aliases = "n_components";
  param->useful_min = 2;
  param->useful_max = 30;
}

static void
ins_pca_step_init (InsPcaStep *self)
{
}
