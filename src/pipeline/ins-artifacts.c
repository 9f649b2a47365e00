/* ins-artifacts.c: the models' artifacts in memory and in the project file
 *
 * Everything read back is checked: sizes against each other, indices against their range.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-artifacts-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/ins-error.h"
#include "pipeline/ins-registry.h"

#define MATRIX_SIZE(m) ((m) ? (m)->rows * (m)->cols * sizeof (double) : 0)

gpointer
ins_artifact_damaged (gpointer artifact, const char *kind, GError **error)
{
  g_set_error (error, INS_ERROR, INS_ERROR_DAMAGED,
               _ ("The part “%s” of the project file does not fit together."), kind);
  ins_artifact_unref (artifact);
  return NULL;
}

/* A matrix of exactly that shape, or NULL. */
static InsMatrix *
read_matrix (GVariant *variant, gsize rows, gsize cols)
{
  InsMatrix *matrix = ins_matrix_from_variant (variant);

  if (matrix != NULL && (matrix->rows != rows || matrix->cols != cols))
    g_clear_pointer (&matrix, ins_matrix_unref);
  return matrix;
}

gboolean
ins_ints_are_within (const gint32 *values, gsize n, gint32 from, gint64 to)
{
  for (gsize i = 0; i < n; i++)
    if (values[i] < from || values[i] > to)
      return FALSE;
  return TRUE;
}

/* --- scaled --- */

static void
scaled_free (InsArtifact *artifact)
{
  InsScaled *self = (InsScaled *)artifact;

  g_free (self->rows);
  g_free (self->columns);
  g_strfreev (self->names);
  g_free (self->scalings);
  g_free (self->fills);
  g_clear_pointer (&self->x, ins_matrix_unref);
  g_clear_pointer (&self->bars, g_ptr_array_unref);
  g_free (self);
}

static gsize
scaled_size (const InsArtifact *artifact)
{
  const InsScaled *self = (const InsScaled *)artifact;
  return sizeof *self + self->n * sizeof (guint32) + MATRIX_SIZE (self->x);
}

static GVariant *
scaled_to_variant (const InsArtifact *artifact)
{
  const InsScaled *self = (const InsScaled *)artifact;
  g_auto (GVariantBuilder) columns = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(usuddd)"));

  for (gsize j = 0; j < self->d; j++)
    g_variant_builder_add (&columns, "(usuddd)", self->columns[j], self->names[j],
                           (guint32)self->scalings[j].method, self->scalings[j].offset,
                           self->scalings[j].divisor, self->fills[j]);
  return g_variant_new ("(t@aya(usuddd)@(ttay)@a(sttd))", (guint64)self->n,
                        ins_variant_from_ints ((const gint32 *)self->rows, self->n), &columns,
                        ins_matrix_to_variant (self->x), ins_waterfall_to_variant (self->bars));
}

static InsArtifact *
scaled_from_variant (GVariant *variant, GError **error)
{
  InsScaled *self = ins_artifact_alloc (&ins_scaled_type, sizeof *self);
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (GVariant) columns = NULL;
  g_autoptr (GVariant) x = NULL;
  g_autoptr (GVariant) bars = NULL;
  guint64 n;
  gboolean fits = TRUE;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(taya(usuddd)(ttay)a(sttd))")))
    return ins_artifact_damaged (self, "scaled", error);
  g_variant_get (variant, "(t@ay@a(usuddd)@(ttay)@a(sttd))", &n, &rows, &columns, &x, &bars);
  self->n = n;
  self->d = g_variant_n_children (columns);
  self->rows = (guint32 *)ins_variant_to_ints (rows, n);
  self->columns = g_new0 (guint32, self->d);
  self->names = g_new0 (char *, self->d + 1);
  self->scalings = g_new0 (InsScaling, self->d);
  self->fills = g_new0 (double, self->d);
  for (gsize j = 0; j < self->d; j++)
    {
      guint32 method;
      g_variant_get_child (columns, j, "(usuddd)", &self->columns[j], &self->names[j], &method,
                           &self->scalings[j].offset, &self->scalings[j].divisor, &self->fills[j]);
      fits = fits && method < INS_SCALE_N_METHODS && self->columns[j] < G_MAXINT32;
      self->scalings[j].method = method;
    }
  self->x = read_matrix (x, n, self->d);
  self->bars = ins_waterfall_from_variant (bars);
  if (!fits || n == 0 || self->d == 0 || self->bars->len == 0 || self->rows == NULL
      || self->x == NULL || !ins_ints_are_within ((gint32 *)self->rows, n, 0, G_MAXINT32))
    return ins_artifact_damaged (self, "scaled", error);
  return &self->artifact;
}

const InsArtifactType ins_scaled_type = {
  "scaled", scaled_free, scaled_size, scaled_to_variant, scaled_from_variant, NULL,
};

/* --- embedding --- */

char *
ins_embedding_describe (const InsEmbedding *embedding)
{
  const char *title = ins_registry_get_title (embedding->method);

  if (embedding->ratio == NULL)
    return g_strdup (title);
  return g_strdup_printf (_ ("%s: %.1f %% of the variance is in this plane"), title,
                          100 * (embedding->ratio[0] + embedding->ratio[1]));
}

static void
embedding_free (InsArtifact *artifact)
{
  InsEmbedding *self = (InsEmbedding *)artifact;

  g_free (self->method);
  g_clear_pointer (&self->scores, ins_matrix_unref);
  g_free (self->mean);
  g_clear_pointer (&self->loadings, ins_matrix_unref);
  g_free (self->variance);
  g_free (self->ratio);
  g_free (self);
}

static gsize
embedding_size (const InsArtifact *artifact)
{
  const InsEmbedding *self = (const InsEmbedding *)artifact;
  return sizeof *self + MATRIX_SIZE (self->scores) + MATRIX_SIZE (self->loadings);
}

static GVariant *
embedding_to_variant (const InsArtifact *artifact)
{
  const InsEmbedding *self = (const InsEmbedding *)artifact;
  g_autoptr (InsMatrix) empty = ins_matrix_new (0, 0);
  gsize c = self->scores->cols, d = self->loadings ? self->loadings->rows : 0;

  return g_variant_new ("(sb@(ttay)@ay@(ttay)@ay@ay)", self->method, self->axes_mean_something,
                        ins_matrix_to_variant (self->scores),
                        ins_variant_from_doubles (self->mean, self->mean ? d : 0),
                        ins_matrix_to_variant (self->loadings ? self->loadings : empty),
                        ins_variant_from_doubles (self->variance, self->variance ? c : 0),
                        ins_variant_from_doubles (self->ratio, self->ratio ? c : 0));
}

static InsArtifact *
embedding_from_variant (GVariant *variant, GError **error)
{
  InsEmbedding *self = ins_artifact_alloc (&ins_embedding_type, sizeof *self);
  g_autoptr (GVariant) scores = NULL;
  g_autoptr (GVariant) mean = NULL;
  g_autoptr (GVariant) loadings = NULL;
  g_autoptr (GVariant) variance = NULL;
  g_autoptr (GVariant) ratio = NULL;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(sb(ttay)ay(ttay)ayay)")))
    return ins_artifact_damaged (self, "embedding", error);
  g_variant_get (variant, "(sb@(ttay)@ay@(ttay)@ay@ay)", &self->method, &self->axes_mean_something,
                 &scores, &mean, &loadings, &variance, &ratio);
  self->scores = ins_matrix_from_variant (scores);
  self->loadings = ins_matrix_from_variant (loadings);
  if (self->scores == NULL || self->scores->cols < 2 || self->loadings == NULL)
    return ins_artifact_damaged (self, "embedding", error);
  if (self->loadings->rows == 0)
    g_clear_pointer (&self->loadings, ins_matrix_unref);
  else if (self->loadings->cols != self->scores->cols)
    return ins_artifact_damaged (self, "embedding", error);
  if (self->loadings != NULL)
    self->mean = ins_variant_to_doubles (mean, self->loadings->rows);
  self->variance = ins_variant_to_doubles (variance, self->scores->cols);
  self->ratio = ins_variant_to_doubles (ratio, self->scores->cols);
  return &self->artifact;
}

const InsArtifactType ins_embedding_type = {
  "embedding", embedding_free, embedding_size, embedding_to_variant, embedding_from_variant, NULL,
};

/* --- profile --- */

static void
profile_free (InsArtifact *artifact)
{
  InsProfile *self = (InsProfile *)artifact;

  g_free (self->features);
  g_free (self->customers);
  g_free (self->share_customers);
  g_free (self->revenue);
  g_free (self->share_revenue);
  g_clear_pointer (&self->mean, ins_matrix_unref);
  g_clear_pointer (&self->median, ins_matrix_unref);
  g_clear_pointer (&self->ratio, ins_matrix_unref);
  g_free (self);
}

static gsize
profile_size (const InsArtifact *artifact)
{
  const InsProfile *self = (const InsProfile *)artifact;
  return sizeof *self + 3 * MATRIX_SIZE (self->mean);
}

static GVariant *
profile_to_variant (const InsArtifact *artifact)
{
  const InsProfile *self = (const InsProfile *)artifact;
  g_auto (GVariantBuilder) clusters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(tddd)"));

  for (gsize c = 0; c < self->k; c++)
    g_variant_builder_add (&clusters, "(tddd)", (guint64)self->customers[c],
                           self->share_customers[c], self->revenue[c], self->share_revenue[c]);
  return g_variant_new ("(a(tddd)t@ay@(ttay)@(ttay)@(ttay))", &clusters, (guint64)self->n_features,
                        ins_variant_from_ints ((const gint32 *)self->features, self->n_features),
                        ins_matrix_to_variant (self->mean), ins_matrix_to_variant (self->median),
                        ins_matrix_to_variant (self->ratio));
}

static InsArtifact *
profile_from_variant (GVariant *variant, GError **error)
{
  InsProfile *self = ins_artifact_alloc (&ins_profile_type, sizeof *self);
  g_autoptr (GVariant) clusters = NULL, features = NULL;
  g_autoptr (GVariant) mean = NULL, median = NULL, ratio = NULL;
  guint64 f;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(a(tddd)tay(ttay)(ttay)(ttay))")))
    return ins_artifact_damaged (self, "profile", error);
  g_variant_get (variant, "(@a(tddd)t@ay@(ttay)@(ttay)@(ttay))", &clusters, &f, &features, &mean,
                 &median, &ratio);
  self->k = g_variant_n_children (clusters);
  self->n_features = f;
  self->features = (guint32 *)ins_variant_to_ints (features, f);
  self->customers = g_new0 (gsize, self->k);
  self->share_customers = g_new0 (double, self->k);
  self->revenue = g_new0 (double, self->k);
  self->share_revenue = g_new0 (double, self->k);
  for (gsize c = 0; c < self->k; c++)
    {
      guint64 customers;
      g_variant_get_child (clusters, c, "(tddd)", &customers, &self->share_customers[c],
                           &self->revenue[c], &self->share_revenue[c]);
      self->customers[c] = customers;
    }
  self->mean = read_matrix (mean, self->k + 1, f);
  self->median = read_matrix (median, self->k + 1, f);
  self->ratio = read_matrix (ratio, self->k, f);
  if (self->features == NULL || self->mean == NULL || self->median == NULL || self->ratio == NULL
      || !ins_ints_are_within ((gint32 *)self->features, f, 0, G_MAXINT32))
    return ins_artifact_damaged (self, "profile", error);
  return &self->artifact;
}

const InsArtifactType ins_profile_type = {
  "profile", profile_free, profile_size, profile_to_variant, profile_from_variant, NULL,
};
