/* ins-artifacts.c: the models' artifacts in memory and in the project file
 *
 * Everything read back is checked: sizes against each other, indices against their range.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-results.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/ins-error.h"

#define MATRIX_SIZE(m) ((m) ? (m)->rows * (m)->cols * sizeof (double) : 0)

static gpointer
damaged (gpointer artifact, const char *kind, GError **error)
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

static gboolean
in_range (const gint32 *values, gsize n, gint32 from, gint64 to)
{
  for (gsize i = 0; i < n; i++)
    if (values[i] < from || values[i] > to)
      return FALSE;
  return TRUE;
}

/* --- waterfall bars --- */

static GVariant *
bars_to_variant (GPtrArray *bars)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ssttd)"));

  for (guint i = 0; bars != NULL && i < bars->len; i++)
    {
      const InsWaterfallBar *bar = g_ptr_array_index (bars, i);
      g_variant_builder_add (&builder, "(ssttd)", bar->rule, bar->title, bar->lines, bar->customers,
                             bar->revenue);
    }
  return g_variant_builder_end (&builder);
}

static GPtrArray *
bars_from_variant (GVariant *variant)
{
  GPtrArray *bars = g_ptr_array_new_with_free_func ((GDestroyNotify)ins_waterfall_bar_free);
  GVariantIter iter;
  InsWaterfallBar bar;

  g_variant_iter_init (&iter, variant);
  while (g_variant_iter_next (&iter, "(ssttd)", &bar.rule, &bar.title, &bar.lines, &bar.customers,
                              &bar.revenue))
    g_ptr_array_add (bars, g_memdup2 (&bar, sizeof bar));
  return bars;
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
  g_auto (GVariantBuilder) columns = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(usudd)"));

  for (gsize j = 0; j < self->d; j++)
    g_variant_builder_add (&columns, "(usudd)", self->columns[j], self->names[j],
                           (guint32)self->scalings[j].method, self->scalings[j].offset,
                           self->scalings[j].divisor);
  return g_variant_new ("(t@aya(usudd)@(ttay)@a(ssttd))", (guint64)self->n,
                        ins_variant_from_ints ((const gint32 *)self->rows, self->n), &columns,
                        ins_matrix_to_variant (self->x), bars_to_variant (self->bars));
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

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(taya(usudd)(ttay)a(ssttd))")))
    return damaged (self, "scaled", error);
  g_variant_get (variant, "(t@ay@a(usudd)@(ttay)@a(ssttd))", &n, &rows, &columns, &x, &bars);
  self->n = n;
  self->d = g_variant_n_children (columns);
  self->rows = (guint32 *)ins_variant_to_ints (rows, n);
  self->columns = g_new0 (guint32, self->d);
  self->names = g_new0 (char *, self->d + 1);
  self->scalings = g_new0 (InsScaling, self->d);
  for (gsize j = 0; j < self->d; j++)
    {
      guint32 method;
      g_variant_get_child (columns, j, "(usudd)", &self->columns[j], &self->names[j], &method,
                           &self->scalings[j].offset, &self->scalings[j].divisor);
      fits = fits && method < INS_SCALE_N_METHODS && self->columns[j] < G_MAXINT32;
      self->scalings[j].method = method;
    }
  self->x = read_matrix (x, n, self->d);
  self->bars = bars_from_variant (bars);
  if (!fits || self->rows == NULL || self->x == NULL
      || !in_range ((gint32 *)self->rows, n, 0, G_MAXINT32))
    return damaged (self, "scaled", error);
  return &self->artifact;
}

const InsArtifactType ins_scaled_type = {
  "scaled", scaled_free, scaled_size, scaled_to_variant, scaled_from_variant, NULL,
};

/* --- embedding --- */

static void
embedding_free (InsArtifact *artifact)
{
  InsEmbedding *self = (InsEmbedding *)artifact;

  g_free (self->method);
  g_free (self->caption);
  g_clear_pointer (&self->scores, ins_matrix_unref);
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
  gsize c = self->scores->cols;

  return g_variant_new ("(ssb@(ttay)@(ttay)@ay@ay)", self->method, self->caption,
                        self->axes_mean_something, ins_matrix_to_variant (self->scores),
                        ins_matrix_to_variant (self->loadings ? self->loadings : empty),
                        ins_variant_from_doubles (self->variance, self->variance ? c : 0),
                        ins_variant_from_doubles (self->ratio, self->ratio ? c : 0));
}

static InsArtifact *
embedding_from_variant (GVariant *variant, GError **error)
{
  InsEmbedding *self = ins_artifact_alloc (&ins_embedding_type, sizeof *self);
  g_autoptr (GVariant) scores = NULL;
  g_autoptr (GVariant) loadings = NULL;
  g_autoptr (GVariant) variance = NULL;
  g_autoptr (GVariant) ratio = NULL;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(ssb(ttay)(ttay)ayay)")))
    return damaged (self, "embedding", error);
  g_variant_get (variant, "(ssb@(ttay)@(ttay)@ay@ay)", &self->method, &self->caption,
                 &self->axes_mean_something, &scores, &loadings, &variance, &ratio);
  self->scores = ins_matrix_from_variant (scores);
  self->loadings = ins_matrix_from_variant (loadings);
  if (self->scores == NULL || self->scores->cols < 2 || self->loadings == NULL)
    return damaged (self, "embedding", error);
  if (self->loadings->rows == 0)
    g_clear_pointer (&self->loadings, ins_matrix_unref);
  else if (self->loadings->cols != self->scores->cols)
    return damaged (self, "embedding", error);
  self->variance = ins_variant_to_doubles (variance, self->scores->cols);
  self->ratio = ins_variant_to_doubles (ratio, self->scores->cols);
  return &self->artifact;
}

const InsArtifactType ins_embedding_type = {
  "embedding", embedding_free, embedding_size, embedding_to_variant, embedding_from_variant, NULL,
};

/* --- clustering --- */

#define METRICS "(ddddd)"

static GVariant *
metrics_to_variant (const InsMetrics *m)
{
  return g_variant_new (METRICS, m->silhouette, m->silhouette_picture, m->calinski_harabasz,
                        m->davies_bouldin, m->within);
}

static void
metrics_from_variant (GVariant *variant, InsMetrics *m)
{
  g_variant_get (variant, METRICS, &m->silhouette, &m->silhouette_picture, &m->calinski_harabasz,
                 &m->davies_bouldin, &m->within);
}

/* The heights, and "left right size" in one run of integers. */
static GVariant *
tree_to_variant (const InsLinkage *tree)
{
  gsize m = tree ? tree->n - 1 : 0;
  g_autofree gint32 *merges = g_new (gint32, 3 * m + 1);

  for (gsize i = 0; i < m; i++)
    {
      merges[3 * i] = tree->left[i];
      merges[3 * i + 1] = tree->right[i];
      merges[3 * i + 2] = tree->size[i];
    }
  return g_variant_new ("(t@ay@ay)", (guint64)(tree ? tree->n : 0),
                        ins_variant_from_ints (merges, 3 * m),
                        ins_variant_from_doubles (tree ? tree->height : NULL, m));
}

/* A merge joins two clusters made before it, each once; sizes add up.  FALSE = damaged. */
static gboolean
tree_is_sound (const InsLinkage *tree)
{
  gsize n = tree->n;
  g_autofree guint8 *used = g_new0 (guint8, 2 * n);

  for (gsize i = 0; i + 1 < n; i++)
    {
      gint64 a = tree->left[i], b = tree->right[i], made = (gint64)(n + i);
      gint32 size_a, size_b;

      if (a < 0 || b < 0 || a >= made || b >= made || a == b || used[a] || used[b])
        return FALSE;
      used[a] = used[b] = TRUE;
      size_a = a < (gint64)n ? 1 : tree->size[a - (gint64)n];
      size_b = b < (gint64)n ? 1 : tree->size[b - (gint64)n];
      if (tree->size[i] != size_a + size_b)
        return FALSE;
    }
  return TRUE;
}

static gboolean
tree_from_variant (GVariant *variant, gsize n_points, InsLinkage **out)
{
  g_autoptr (GVariant) merges = NULL;
  g_autoptr (GVariant) heights = NULL;
  g_autofree gint32 *triples = NULL;
  g_autoptr (InsLinkage) tree = NULL;
  guint64 n;

  g_variant_get (variant, "(t@ay@ay)", &n, &merges, &heights);
  if (n == 0)
    return TRUE;
  if (n != n_points || n < 2)
    return FALSE;
  triples = ins_variant_to_ints (merges, 3 * (n - 1));
  tree = g_new0 (InsLinkage, 1);
  tree->n = n;
  tree->height = ins_variant_to_doubles (heights, n - 1);
  if (triples == NULL || tree->height == NULL)
    return FALSE;
  tree->left = g_new (gint32, n - 1);
  tree->right = g_new (gint32, n - 1);
  tree->size = g_new (gint32, n - 1);
  for (gsize i = 0; i + 1 < n; i++)
    {
      tree->left[i] = triples[3 * i];
      tree->right[i] = triples[3 * i + 1];
      tree->size[i] = triples[3 * i + 2];
    }
  if (!tree_is_sound (tree))
    return FALSE;
  *out = g_steal_pointer (&tree);
  return TRUE;
}

static void
clustering_free (InsArtifact *artifact)
{
  InsClustering *self = (InsClustering *)artifact;

  g_free (self->model);
  g_free (self->summary);
  g_free (self->labels);
  g_free (self->sizes);
  g_free (self->silhouettes);
  g_free (self->silhouettes_picture);
  g_free (self->membership);
  g_clear_pointer (&self->centres, ins_matrix_unref);
  g_clear_pointer (&self->tree, ins_linkage_free);
  g_free (self->reason);
  g_free (self);
}

static gsize
clustering_size (const InsArtifact *artifact)
{
  const InsClustering *self = (const InsClustering *)artifact;
  return sizeof *self + self->n * 20 + (self->tree ? self->n * 20 : 0);
}

static GVariant *
clustering_to_variant (const InsArtifact *artifact)
{
  const InsClustering *self = (const InsClustering *)artifact;
  gsize n = self->n;

  return g_variant_new ("(ssttb@ay@ay@ay@ay@(ttay)@(tayay)s@" METRICS ")", self->model,
                        self->summary, (guint64)n, (guint64)self->k, self->space_is_picture,
                        ins_variant_from_ints (self->labels, n),
                        ins_variant_from_doubles (self->silhouettes, n),
                        ins_variant_from_doubles (self->silhouettes_picture, n),
                        ins_variant_from_doubles (self->membership, self->membership ? n : 0),
                        ins_matrix_to_variant (self->centres), tree_to_variant (self->tree),
                        self->reason ? self->reason : "", metrics_to_variant (&self->metrics));
}

static gsize *
count_sizes (const gint32 *labels, gsize n, gsize k)
{
  gsize *sizes = g_new0 (gsize, k);

  for (gsize i = 0; i < n; i++)
    if (labels[i] >= 0)
      sizes[labels[i]]++;
  return sizes;
}

static InsArtifact *
clustering_from_variant (GVariant *variant, GError **error)
{
  InsClustering *self = ins_artifact_alloc (&ins_clustering_type, sizeof *self);
  g_autoptr (GVariant) labels = NULL, own = NULL, picture = NULL, membership = NULL;
  g_autoptr (GVariant) centres = NULL, tree = NULL, metrics = NULL;
  guint64 n, k;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(ssttbayayayay(ttay)(tayay)s" METRICS ")")))
    return damaged (self, "clustering", error);
  g_variant_get (variant, "(ssttb@ay@ay@ay@ay@(ttay)@(tayay)s@" METRICS ")", &self->model,
                 &self->summary, &n, &k, &self->space_is_picture, &labels, &own, &picture,
                 &membership, &centres, &tree, &self->reason, &metrics);
  self->n = n;
  self->k = k;
  self->labels = ins_variant_to_ints (labels, n);
  self->silhouettes = ins_variant_to_doubles (own, n);
  self->silhouettes_picture = ins_variant_to_doubles (picture, n);
  self->membership = ins_variant_to_doubles (membership, n);
  self->centres = ins_matrix_from_variant (centres);
  metrics_from_variant (metrics, &self->metrics);
  if (*self->reason == '\0')
    g_clear_pointer (&self->reason, g_free);
  if (k == 0 || k > n || n > G_MAXINT32 || self->labels == NULL || self->silhouettes == NULL
      || self->silhouettes_picture == NULL || self->centres == NULL || self->centres->rows != k
      || !in_range (self->labels, n, -1, (gint64)k - 1)
      || !tree_from_variant (tree, n, &self->tree))
    return damaged (self, "clustering", error);
  self->sizes = count_sizes (self->labels, n, k);
  return &self->artifact;
}

const InsArtifactType ins_clustering_type = {
  "clustering",          clustering_free,         clustering_size,
  clustering_to_variant, clustering_from_variant, NULL,
};

/* --- sweep --- */

#define SWEEP_ROW "(st" METRICS "ddbbayay)"

static void
sweep_free (InsArtifact *artifact)
{
  InsSweep *self = (InsSweep *)artifact;

  for (gsize i = 0; i < self->n_rows; i++)
    {
      g_free (self->rows[i].model);
      g_free (self->rows[i].labels);
      g_free (self->rows[i].silhouettes);
    }
  g_free (self->rows);
  g_strfreev (self->models);
  g_free (self->knees);
  g_free (self);
}

static gsize
sweep_size (const InsArtifact *artifact)
{
  const InsSweep *self = (const InsSweep *)artifact;
  return sizeof *self + self->n_rows * (sizeof (InsSweepRow) + self->n * 12);
}

static GVariant *
sweep_to_variant (const InsArtifact *artifact)
{
  const InsSweep *self = (const InsSweep *)artifact;
  g_auto (GVariantBuilder) rows = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a" SWEEP_ROW));
  g_auto (GVariantBuilder) models = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(st)"));

  for (gsize i = 0; i < self->n_rows; i++)
    {
      const InsSweepRow *row = &self->rows[i];
      g_variant_builder_add (&rows, "(st@" METRICS "ddbb@ay@ay)", row->model, (guint64)row->k,
                             metrics_to_variant (&row->metrics), row->smallest_share,
                             row->top_share, row->allowed, row->best,
                             ins_variant_from_ints (row->labels, self->n),
                             ins_variant_from_doubles (row->silhouettes, self->n));
    }
  for (gsize i = 0; i < self->n_models; i++)
    g_variant_builder_add (&models, "(st)", self->models[i], (guint64)self->knees[i]);
  return g_variant_new ("(ta" SWEEP_ROW "a(st))", (guint64)self->n, &rows, &models);
}

static gboolean
sweep_row_from_variant (GVariant *variant, gsize n, InsSweepRow *row)
{
  g_autoptr (GVariant) metrics = NULL;
  g_autoptr (GVariant) labels = NULL;
  g_autoptr (GVariant) silhouettes = NULL;
  guint64 k;

  g_variant_get (variant, "(st@" METRICS "ddbb@ay@ay)", &row->model, &k, &metrics,
                 &row->smallest_share, &row->top_share, &row->allowed, &row->best, &labels,
                 &silhouettes);
  row->k = k;
  metrics_from_variant (metrics, &row->metrics);
  row->labels = ins_variant_to_ints (labels, n);
  row->silhouettes = ins_variant_to_doubles (silhouettes, n);
  return k >= 1 && k <= n && row->labels != NULL && row->silhouettes != NULL
         && in_range (row->labels, n, -1, (gint64)k - 1);
}

static InsArtifact *
sweep_from_variant (GVariant *variant, GError **error)
{
  InsSweep *self = ins_artifact_alloc (&ins_sweep_type, sizeof *self);
  g_autoptr (GVariant) rows = NULL;
  g_autoptr (GVariant) models = NULL;
  guint64 n;
  gboolean fits = TRUE;

  if (!g_variant_is_of_type (variant, G_VARIANT_TYPE ("(ta" SWEEP_ROW "a(st))")))
    return damaged (self, "sweep", error);
  g_variant_get (variant, "(t@a" SWEEP_ROW "@a(st))", &n, &rows, &models);
  self->n = n;
  self->n_rows = g_variant_n_children (rows);
  self->rows = g_new0 (InsSweepRow, self->n_rows);
  for (gsize i = 0; i < self->n_rows; i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (rows, i);
      fits = sweep_row_from_variant (row, n, &self->rows[i]) && fits;
    }
  self->n_models = g_variant_n_children (models);
  self->models = g_new0 (char *, self->n_models + 1);
  self->knees = g_new0 (gsize, self->n_models);
  for (gsize i = 0; i < self->n_models; i++)
    {
      guint64 knee;
      g_variant_get_child (models, i, "(st)", &self->models[i], &knee);
      self->knees[i] = knee;
    }
  if (!fits)
    return damaged (self, "sweep", error);
  return &self->artifact;
}

const InsArtifactType ins_sweep_type = {
  "sweep", sweep_free, sweep_size, sweep_to_variant, sweep_from_variant, NULL,
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
    return damaged (self, "profile", error);
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
      || !in_range ((gint32 *)self->features, f, 0, G_MAXINT32))
    return damaged (self, "profile", error);
  return &self->artifact;
}

const InsArtifactType ins_profile_type = {
  "profile", profile_free, profile_size, profile_to_variant, profile_from_variant, NULL,
};
