/* ins-project-fit.c: whether results read from a file belong together
 *
 * Each result was checked when it was read; here rows, columns and labels that point from one into
 * another are, so that nobody who shows them has to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "store/ins-project-private.h"

#include "base/ins-error.h"

#include <glib/gi18n-lib.h>

static gboolean
scaled_fits (const InsResults *results)
{
  const InsScaled *scaled = results->scaled;
  const InsFeatures *features = results->features;

  if (scaled == NULL)
    return TRUE;
  if (features == NULL || scaled->x->rows != scaled->n || scaled->x->cols != scaled->d)
    return FALSE;
  for (gsize i = 0; i < scaled->n; i++)
    if (scaled->rows[i] >= features->n || (i > 0 && scaled->rows[i] <= scaled->rows[i - 1]))
      return FALSE;
  for (gsize j = 0; j < scaled->d; j++)
    if (scaled->columns[j] >= features->n_features)
      return FALSE;
  return TRUE;
}

static gboolean
embedding_fits (const InsResults *results)
{
  const InsEmbedding *embedding = results->embedding;

  if (embedding == NULL)
    return TRUE;
  return results->scaled != NULL && embedding->scores->rows == results->scaled->n
         && embedding->scores->cols >= 2
         && (embedding->loadings == NULL
             || (embedding->loadings->rows == results->scaled->d
                 && embedding->loadings->cols == embedding->scores->cols));
}

static gboolean
labels_fit (const gint32 *labels, gsize n, gsize k)
{
  for (gsize i = 0; i < n; i++)
    if (labels[i] < -1 || (labels[i] >= 0 && (gsize)labels[i] >= k))
      return FALSE;
  return TRUE;
}

static gboolean
clustering_fits (const InsResults *results)
{
  const InsClustering *clustering = results->clustering;

  if (clustering == NULL)
    return TRUE;
  return results->scaled != NULL && clustering->n == results->scaled->n
         && labels_fit (clustering->labels, clustering->n, clustering->k)
         && (clustering->centres == NULL
             || (clustering->centres->rows == clustering->k
                 && clustering->centres->cols == results->scaled->d))
         && (clustering->tree == NULL || clustering->tree->n == clustering->n);
}

static gboolean
sweep_fits (const InsResults *results)
{
  const InsSweep *sweep = results->sweep;

  if (sweep == NULL)
    return TRUE;
  if (results->scaled == NULL || sweep->n != results->scaled->n)
    return FALSE;
  for (gsize i = 0; i < sweep->n_rows; i++)
    if (!labels_fit (sweep->rows[i].labels, sweep->n, sweep->rows[i].k))
      return FALSE;
  return TRUE;
}

static gboolean
profile_fits (const InsResults *results)
{
  const InsProfile *profile = results->profile;

  if (profile == NULL)
    return TRUE;
  if (results->features == NULL || results->clustering == NULL
      || profile->k != results->clustering->k)
    return FALSE;
  for (gsize i = 0; i < profile->n_features; i++)
    if (profile->features[i] >= results->features->n_features)
      return FALSE;
  return profile->mean->rows == profile->k + 1 && profile->mean->cols == profile->n_features
         && profile->median->rows == profile->k + 1 && profile->median->cols == profile->n_features
         && profile->ratio->rows == profile->k && profile->ratio->cols == profile->n_features;
}

static const struct
{
  InsStage stage;
  gboolean (*fits) (const InsResults *results);
} checks[] = {
  { INS_STAGE_PREPARE, scaled_fits },     { INS_STAGE_EMBED, embedding_fits },
  { INS_STAGE_CLUSTER, clustering_fits }, { INS_STAGE_SWEEP, sweep_fits },
  { INS_STAGE_PROFILE, profile_fits },
};

gboolean
ins_results_check (InsResults *results, gboolean repair, GError **error)
{
  g_return_val_if_fail (results != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      if (checks[i].fits (results))
        continue;
      if (!repair)
        {
          g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
                       _ ("the result “%s” does not belong to the others"),
                       ins_stage_to_text (checks[i].stage));
          return FALSE;
        }
      ins_clear_artifact (&results->stage[checks[i].stage]);
    }
  return TRUE;
}
