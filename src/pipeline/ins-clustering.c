/* ins-clustering.c: partitions in memory and in the project file: one clustering, and the table of
 * many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "ins-config.h"

#include "pipeline/ins-artifacts-private.h"

#include <glib/gi18n-lib.h>

#include "pipeline/ins-registry.h"

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

/* --- clustering --- */

char *
ins_clustering_describe (const InsClustering *clustering)
{
  const char *space =
      clustering->space_is_picture ? _ ("in the picture") : _ ("in the scaled features");
  g_autofree char *text = NULL;

  text = g_strdup_printf (
      ngettext ("%s, %d cluster, %s", "%s, %d clusters, %s", (gulong)clustering->k),
      ins_registry_get_title (clustering->model), (int)clustering->k, space);
  if (clustering->fitted_key == NULL)
    return g_steal_pointer (&text);
  if (g_str_equal (clustering->fitted_on, "-"))
    return g_strdup_printf (_ ("%s, as fitted on standard input"), text);
  return g_strdup_printf (_ ("%s, as fitted on “%s”"), text, clustering->fitted_on);
}

char *
ins_clustering_describe_choice (const InsClustering *clustering)
{
  const InsChoice *choice = &clustering->choice;

  switch (choice->kind)
    {
    case INS_CHOICE_BEST:
      return g_strdup_printf (
          _ ("%d clusters have the best silhouette (%.3f) from %d to %d whose groups hold at least "
             "%g %% of the customers each, the most valuable at most %g %%."),
          (int)clustering->k,
          clustering->space_is_picture ? clustering->metrics.silhouette_picture
                                       : clustering->metrics.silhouette,
          (int)choice->from, (int)choice->to, choice->smallest_share, choice->top_share);
    case INS_CHOICE_LARGEST:
      return g_strdup_printf (
          _ ("No number of clusters from %d to %d keeps the limits (every group at least %g %% of "
             "the customers, the most valuable at most %g %%), so the largest was taken: %d."),
          (int)choice->from, (int)choice->to, choice->smallest_share, choice->top_share,
          (int)clustering->k);
    case INS_CHOICE_DISTINCT:
      return g_strdup_printf (_ ("Only %d customers differ, so there are no more clusters."),
                              (int)clustering->k);
    case INS_CHOICE_GIVEN:
    default:
      return NULL;
    }
}

const char *
ins_clustering_get_origin (const InsClustering *clustering)
{
  return clustering->fitted_key ? clustering->fitted_key : clustering->artifact.key;
}

#define CHOICE "(uuudd)"

static GVariant *
choice_to_variant (const InsChoice *choice)
{
  return g_variant_new (CHOICE, (guint32)choice->kind, choice->from, choice->to,
                        choice->smallest_share, choice->top_share);
}

static gboolean
choice_from_variant (GVariant *variant, InsChoice *choice)
{
  guint32 kind;

  g_variant_get (variant, CHOICE, &kind, &choice->from, &choice->to, &choice->smallest_share,
                 &choice->top_share);
  choice->kind = kind;
  return kind <= INS_CHOICE_DISTINCT;
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
  g_free (self->fitted_on);
  g_free (self->fitted_key);
  g_free (self->labels);
  g_free (self->sizes);
  g_free (self->silhouettes);
  g_free (self->silhouettes_picture);
  g_free (self->membership);
  g_clear_pointer (&self->centres, ins_matrix_unref);
  g_clear_pointer (&self->prototypes, ins_matrix_unref);
  g_clear_pointer (&self->tree, ins_linkage_free);
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
  g_autoptr (InsMatrix) none = ins_matrix_new (0, 0);
  gsize n = self->n;

  return g_variant_new ("(sssttb@ay@ay@ay@ay@(ttay)@(ttay)@(tayay)@" CHOICE "@" METRICS ")",
                        self->model, self->fitted_on, self->fitted_key ? self->fitted_key : "",
                        (guint64)n, (guint64)self->k, self->space_is_picture,
                        ins_variant_from_ints (self->labels, n),
                        ins_variant_from_doubles (self->silhouettes, n),
                        ins_variant_from_doubles (self->silhouettes_picture, n),
                        ins_variant_from_doubles (self->membership, self->membership ? n : 0),
                        ins_matrix_to_variant (self->centres),
                        ins_matrix_to_variant (self->prototypes ? self->prototypes : none),
                        tree_to_variant (self->tree), choice_to_variant (&self->choice),
                        metrics_to_variant (&self->metrics));
}

gsize *
ins_labels_count (const gint32 *labels, gsize n, gsize k)
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
  g_autoptr (GVariant) centres = NULL, prototypes = NULL, tree = NULL, choice = NULL,
                       metrics = NULL;
  guint64 n, k;

  if (!g_variant_is_of_type (
          variant, G_VARIANT_TYPE ("(sssttbayayayay(ttay)(ttay)(tayay)" CHOICE METRICS ")")))
    return ins_artifact_damaged (self, "clustering", error);
  g_variant_get (variant, "(sssttb@ay@ay@ay@ay@(ttay)@(ttay)@(tayay)@" CHOICE "@" METRICS ")",
                 &self->model, &self->fitted_on, &self->fitted_key, &n, &k, &self->space_is_picture,
                 &labels, &own, &picture, &membership, &centres, &prototypes, &tree, &choice,
                 &metrics);
  self->n = n;
  self->k = k;
  self->labels = ins_variant_to_ints (labels, n);
  self->silhouettes = ins_variant_to_doubles (own, n);
  self->silhouettes_picture = ins_variant_to_doubles (picture, n);
  self->membership = ins_variant_to_doubles (membership, n);
  self->centres = ins_matrix_from_variant (centres);
  self->prototypes = ins_matrix_from_variant (prototypes);
  metrics_from_variant (metrics, &self->metrics);
  if (*self->fitted_key == '\0')
    g_clear_pointer (&self->fitted_key, g_free);
  if (k == 0 || (k > n && self->fitted_key == NULL) || k > G_MAXINT32 || n > G_MAXINT32
      || self->labels == NULL || self->silhouettes == NULL || self->silhouettes_picture == NULL
      || self->centres == NULL || self->centres->rows != k || self->centres->cols == 0
      || self->prototypes == NULL || (self->prototypes->rows != 0 && self->prototypes->rows != k)
      || !ins_ints_are_within (self->labels, n, -1, (gint64)k - 1)
      || !choice_from_variant (choice, &self->choice) || !tree_from_variant (tree, n, &self->tree))
    return ins_artifact_damaged (self, "clustering", error);
  if (self->prototypes->rows == 0)
    g_clear_pointer (&self->prototypes, ins_matrix_unref);
  self->sizes = ins_labels_count (self->labels, n, k);
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
      g_clear_pointer (&self->rows[i].prototypes, ins_matrix_unref);
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
         && ins_ints_are_within (row->labels, n, -1, (gint64)k - 1);
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
    return ins_artifact_damaged (self, "sweep", error);
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
    return ins_artifact_damaged (self, "sweep", error);
  return &self->artifact;
}

const InsArtifactType ins_sweep_type = {
  "sweep", sweep_free, sweep_size, sweep_to_variant, sweep_from_variant, NULL,
};
