/* ins-sweep-step.c: the table model × k
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/ins-error.h"
#include "num/ins-knee.h"
#include "pipeline/ins-cluster-step.h"
#include "pipeline/ins-registry.h"

struct _InsSweepStep
{
  InsStep parent;
  int from, to;
  char *models;
};

G_DECLARE_FINAL_TYPE (InsSweepStep, ins_sweep_step, INS, SWEEP_STEP, InsStep)
G_DEFINE_FINAL_TYPE (InsSweepStep, ins_sweep_step, INS_TYPE_STEP)

/* The pipeline's own model with its parameters; any other with its defaults, in the same space. */
static InsClusterStep *
get_model (InsStep *own, const char *id, GError **error)
{
  g_autoptr (InsStep) step = NULL;
  const InsParam *space;
  g_autofree char *text = NULL;

  if (g_str_equal (INS_STEP_GET_CLASS (own)->id, id))
    return INS_CLUSTER_STEP (g_object_ref (own));
  step = ins_registry_create (id, error);
  if (step == NULL)
    return NULL;
  if (!INS_IS_CLUSTER_STEP (step))
    {
      g_set_error (error, INS_ERROR, INS_ERROR_USAGE,
                   _ ("“%s” is not a model; a sweep needs models such as kmeans or hierarchical."),
                   id);
      return NULL;
    }
  space = ins_step_class_find_param (INS_STEP_GET_CLASS (own), "space");
  text = ins_step_get_text (own, space);
  if (!ins_step_set (step, "space", text, error))
    return NULL;
  return INS_CLUSTER_STEP (g_steal_pointer (&step));
}

static gsize
find_knee (const GArray *rows, guint first)
{
  gsize n = rows->len - first;
  g_autofree double *x = g_new (double, n);
  g_autofree double *y = g_new (double, n);
  gssize knee;

  for (gsize i = 0; i < n; i++)
    {
      const InsSweepRow *row = &g_array_index (rows, InsSweepRow, first + i);
      x[i] = (double)row->k;
      y[i] = row->metrics.within;
    }
  knee = ins_knee_find (x, y, n, 1);
  return knee < 0 ? 0 : (gsize)x[knee];
}

static gboolean
add_model (InsSweepStep *self, const InsContext *context, const char *id, GArray *all,
           GArray *knees, InsRun *run, GError **error)
{
  g_autoptr (InsClusterStep) model = get_model (context->model, id, error);
  g_autoptr (GArray) rows = NULL;
  guint first = all->len;
  gsize knee;

  if (model == NULL)
    return FALSE;
  rows = ins_cluster_step_sweep (model, &context->inputs, (gsize)MIN (self->from, self->to),
                                 (gsize)MAX (self->from, self->to), NULL, run, error);
  if (rows == NULL)
    return FALSE;
  g_array_append_vals (all, rows->data, rows->len);
  g_array_set_clear_func (rows, NULL); /* what the rows hold has moved */
  knee = find_knee (all, first);
  g_array_append_val (knees, knee);
  return TRUE;
}

static gpointer
run (InsStep *step, const InsContext *context, InsRun *run, GError **error)
{
  InsSweepStep *self = INS_SWEEP_STEP (step);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (InsSweepRow));
  g_autoptr (GArray) knees = g_array_new (FALSE, FALSE, sizeof (gsize));
  g_auto (GStrv) models = ins_list_split (self->models);
  InsSweep *result;

  g_array_set_clear_func (all, (GDestroyNotify)ins_sweep_row_clear);
  if (models[0] == NULL)
    {
      g_strfreev (models);
      models = g_strdupv ((char *[]){ (char *)INS_STEP_GET_CLASS (context->model)->id, NULL });
    }
  for (gsize i = 0; models[i] != NULL; i++)
    if (!add_model (self, context, models[i], all, knees, run, error))
      return NULL;
  result = ins_artifact_alloc (&ins_sweep_type, sizeof *result);
  result->n = context->inputs.scaled->n;
  result->n_rows = all->len;
  g_array_set_clear_func (all, NULL);
  result->rows = (InsSweepRow *)g_array_free (g_steal_pointer (&all), FALSE);
  result->n_models = knees->len;
  result->knees = (gsize *)g_array_free (g_steal_pointer (&knees), FALSE);
  result->models = g_steal_pointer (&models);
  return result;
}

#define OFFSET(name) G_STRUCT_OFFSET (InsSweepStep, name)

static void
add_bound (InsStepClass *step, const char *name, const char *nick, const char *blurb, int value,
           gsize offset)
{
  InsParam *param = ins_step_class_add_param (
      step, g_param_spec_int (name, nick, blurb, 1, 1000, value, INS_PARAM_FLAGS), INS_PARAM_INT,
      offset);

  param->useful_min = 2;
  param->useful_max = 50;
}

static void
ins_sweep_step_class_init (InsSweepStepClass *klass)
{
  InsStepClass *step = INS_STEP_CLASS (klass);
  InsParam *param;

  step->id = "sweep";
  step->title = N_ ("Sweep");
  step->blurb = N_ ("Tries every number of clusters and compares");
  step->version = 1;
  step->stage = INS_STAGE_SWEEP;
  step->needs = 1u << INS_STAGE_FEATURES | 1u << INS_STAGE_PREPARE | 1u << INS_STAGE_EMBED;
  step->run = run;
  add_bound (step, "from", N_ ("Fewest Clusters"), N_ ("First number of clusters tried"), 2,
             OFFSET (from));
  add_bound (step, "to", N_ ("Most Clusters"), N_ ("Last number of clusters tried"), 25,
             OFFSET (to));
  param = ins_step_class_add_param (
      step,
      g_param_spec_string ("models", N_ ("Models Compared"),
                           N_ ("Models tried; none chosen is the model above"), "",
                           INS_PARAM_FLAGS),
      INS_PARAM_LIST, OFFSET (models));
  param->candidates = "models";
}

static void
ins_sweep_step_init (InsSweepStep *self)
{
}
