/* ins-results.c: sets of results and their fingerprint
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-results.h"

#include <math.h>
#include <string.h>

static const char *const stage_texts[INS_N_STAGES] = {
  "data", "filter", "features", "prepare", "embed", "cluster", "sweep", "profile",
};

static const InsArtifactType *const stage_types[INS_N_STAGES] = {
  &ins_import_type,    &ins_filtered_type,   &ins_features_type, &ins_scaled_type,
  &ins_embedding_type, &ins_clustering_type, &ins_sweep_type,    &ins_profile_type,
};

const char *
ins_stage_to_text (InsStage stage)
{
  g_return_val_if_fail (stage < INS_N_STAGES, NULL);
  return stage_texts[stage];
}

const InsArtifactType *
ins_artifact_type_for_stage (InsStage stage)
{
  g_return_val_if_fail (stage < INS_N_STAGES, NULL);
  return stage_types[stage];
}

void
ins_results_clear (InsResults *results)
{
  for (int i = 0; i < INS_N_STAGES; i++)
    ins_clear_artifact (&results->stage[i]);
}

void
ins_results_copy (InsResults *to, const InsResults *from)
{
  for (int i = 0; i < INS_N_STAGES; i++)
    to->stage[i] = from->stage[i] ? ins_artifact_ref (from->stage[i]) : NULL;
}

GPtrArray *
ins_results_get_waterfall (const InsResults *results)
{
  if (results->scaled != NULL)
    return results->scaled->bars;
  if (results->features != NULL)
    return results->features->bars;
  return results->filtered != NULL ? results->filtered->bars : NULL;
}

static gboolean
all_below (const guint32 *values, gsize n, gsize limit)
{
  for (gsize i = 0; i < n; i++)
    if (values[i] >= limit)
      return FALSE;
  return TRUE;
}

/* Picture and groups are those of the scaled customers; what is not there is no fault. */
static gboolean
fit_scaled (const InsScaled *scaled, const InsEmbedding *embedding, const InsClustering *clustering)
{
  if (scaled != NULL && embedding != NULL
      && (embedding->scores->rows != scaled->n
          || (embedding->loadings != NULL && embedding->loadings->rows != scaled->d)))
    return FALSE;
  if (embedding != NULL && clustering != NULL && embedding->scores->rows != clustering->n)
    return FALSE;
  return scaled == NULL || clustering == NULL
         || (clustering->n == scaled->n && clustering->centres->cols == scaled->d
             && (clustering->prototypes == NULL
                 || clustering->prototypes->cols
                        == (clustering->space_is_picture ? 2 : scaled->d)));
}

static gboolean
all_finite (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

/* What new customers are computed with must not make infinities of them. */
static gboolean
can_be_applied (const InsResults *model)
{
  const InsEmbedding *embedding = model->embedding;
  const InsMatrix *loadings = embedding->loadings;

  for (gsize j = 0; j < model->scaled->d; j++)
    if (!isfinite (model->scaled->scalings[j].offset)
        || !isnormal (model->scaled->scalings[j].divisor))
      return FALSE;
  if (loadings != NULL && !all_finite (loadings->data, loadings->rows * loadings->cols))
    return FALSE;
  return embedding->mean == NULL || loadings == NULL
         || all_finite (embedding->mean, loadings->rows);
}

gboolean
ins_results_are_model (const InsResults *results)
{
  return results->scaled != NULL && results->embedding != NULL && results->clustering != NULL
         && fit_scaled (results->scaled, results->embedding, results->clustering)
         && can_be_applied (results);
}

gboolean
ins_results_fit (const InsResults *results)
{
  const InsFeatures *features = results->features;
  const InsScaled *scaled = results->scaled;
  const InsClustering *clustering = results->clustering;
  const InsProfile *profile = results->profile;

  if (scaled != NULL && features != NULL
      && (!all_below (scaled->rows, scaled->n, features->n)
          || !all_below (scaled->columns, scaled->d, features->n_features)))
    return FALSE;
  if (!fit_scaled (scaled, results->embedding, clustering))
    return FALSE;
  if (results->sweep != NULL && scaled != NULL && results->sweep->n != scaled->n)
    return FALSE;
  if (profile != NULL && clustering != NULL && profile->k != clustering->k)
    return FALSE;
  return profile == NULL || features == NULL
         || all_below (profile->features, profile->n_features, features->n_features);
}

gboolean
ins_results_are_consistent (const InsResults *results)
{
  const gboolean has_scaled = results->scaled != NULL, has_features = results->features != NULL;
  const gboolean has_clustering = results->clustering != NULL;

  if ((has_scaled && !has_features) || (results->embedding != NULL && !has_scaled)
      || (has_clustering && results->embedding == NULL) || (results->sweep != NULL && !has_scaled)
      || (results->profile != NULL && !(has_clustering && has_features)))
    return FALSE;
  return ins_results_fit (results);
}

static void
hash_text (GChecksum *sum, const char *text)
{
  g_checksum_update (sum, (const guchar *)text, (gssize)strlen (text) + 1);
}

static void
hash_double (GChecksum *sum, double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  if (value != value)
    bits = G_GUINT64_CONSTANT (0x7ff8000000000000); /* one NaN for all */
  bits = GUINT64_TO_LE (bits);
  g_checksum_update (sum, (const guchar *)&bits, sizeof bits);
}

static void
hash_int (GChecksum *sum, gint64 value)
{
  value = GINT64_TO_LE (value);
  g_checksum_update (sum, (const guchar *)&value, sizeof value);
}

char *
ins_results_sha256 (const InsResults *results)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const InsScaled *scaled = results->scaled;
  const InsClustering *clustering = results->clustering;

  if (clustering == NULL || scaled == NULL || results->features == NULL
      || results->embedding == NULL)
    return NULL;
  for (gsize j = 0; j < scaled->d; j++)
    hash_text (sum, scaled->names[j]);
  for (gsize i = 0; i < scaled->n; i++)
    {
      hash_text (sum, results->features->ids[scaled->rows[i]]);
      for (gsize j = 0; j < scaled->d; j++)
        hash_double (sum, ins_matrix_get (scaled->x, i, j));
      hash_int (sum, clustering->labels[i]);
      hash_double (sum, ins_matrix_get (results->embedding->scores, i, 0));
      hash_double (sum, ins_matrix_get (results->embedding->scores, i, 1));
      hash_double (sum, clustering->silhouettes[i]);
    }
  return g_strdup (g_checksum_get_string (sum));
}
