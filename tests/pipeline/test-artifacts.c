/* test-artifacts.c: what goes into a project file comes back; what is hostile does not
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "pipeline/ins-results.h"

#include <math.h>
#include <string.h>

#include "base/ins-error.h"
#include "base/ins-random.h"

#define N 6
#define D 3

static double *
doubles (gsize n, double first)
{
  double *values = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    values[i] = first + (double)i / 7;
  return values;
}

static InsMatrix *
matrix (gsize rows, gsize cols)
{
  InsMatrix *m = ins_matrix_new (rows, cols);

  for (gsize i = 0; i < rows * cols; i++)
    m->data[i] = (double)i / 3 - 1;
  return m;
}

static GPtrArray *
one_bar (void)
{
  GPtrArray *bars = ins_waterfall_new ();
  InsWaterfallBar *bar = ins_waterfall_bar_new ("imported");

  bar->lines = 100;
  bar->customers = N;
  bar->revenue = 12.5;
  g_ptr_array_add (bars, bar);
  return bars;
}

static InsArtifact *
make_scaled (void)
{
  InsScaled *self = ins_artifact_alloc (&ins_scaled_type, sizeof *self);

  self->n = N;
  self->rows = g_new (guint32, N);
  for (guint32 i = 0; i < N; i++)
    self->rows[i] = 2 * i;
  self->d = D;
  self->columns = g_memdup2 ((guint32[]){ 0, 4, 2 }, D * sizeof (guint32));
  self->names = g_strsplit ("gross_revenue,frequency,invoice_count", ",", -1);
  self->scalings = g_new0 (InsScaling, D);
  for (int j = 0; j < D; j++)
    self->scalings[j] = (InsScaling){ INS_SCALE_ROBUST, j, 1 + j };
  self->fills = doubles (D, 0.25);
  self->x = matrix (N, D);
  self->bars = one_bar ();
  return &self->artifact;
}

static InsArtifact *
make_embedding (void)
{
  InsEmbedding *self = ins_artifact_alloc (&ins_embedding_type, sizeof *self);

  self->method = g_strdup ("pca");
  self->scores = matrix (N, 2);
  self->mean = doubles (D, 3);
  self->loadings = matrix (D, 2);
  self->variance = doubles (2, 1);
  self->ratio = doubles (2, 0.5);
  self->axes_mean_something = TRUE;
  return &self->artifact;
}

static InsLinkage *
make_tree (void)
{
  InsLinkage *tree = g_new0 (InsLinkage, 1);

  tree->n = N;
  tree->left = g_memdup2 ((gint32[]){ 0, 2, 4, 6, 8 }, 5 * sizeof (gint32));
  tree->right = g_memdup2 ((gint32[]){ 1, 3, 5, 7, 9 }, 5 * sizeof (gint32));
  tree->height = doubles (5, 0.1);
  tree->size = g_memdup2 ((gint32[]){ 2, 2, 2, 4, 6 }, 5 * sizeof (gint32));
  return tree;
}

static InsArtifact *
make_clustering (void)
{
  InsClustering *self = ins_artifact_alloc (&ins_clustering_type, sizeof *self);

  self->model = g_strdup ("hierarchical");
  self->fitted_on = g_strdup ("shop.csv");
  self->fitted_key = g_strdup ("abc");
  self->n = N;
  self->k = 2;
  self->labels = g_memdup2 ((gint32[]){ 0, 0, 1, 1, 1, -1 }, N * sizeof (gint32));
  self->sizes = g_memdup2 ((gsize[]){ 2, 3 }, 2 * sizeof (gsize));
  self->silhouettes = doubles (N, 0);
  self->silhouettes_picture = doubles (N, -1);
  self->centres = matrix (2, D);
  self->prototypes = matrix (2, D);
  self->tree = make_tree ();
  self->choice = (InsChoice){ INS_CHOICE_BEST, 2, 9, 2, 7 };
  self->metrics = (InsMetrics){ 0.1, 0.2, 3, 4, NAN };
  return &self->artifact;
}

static InsArtifact *
make_sweep (void)
{
  InsSweep *self = ins_artifact_alloc (&ins_sweep_type, sizeof *self);

  self->n = N;
  self->n_rows = 2;
  self->rows = g_new0 (InsSweepRow, 2);
  for (gsize i = 0; i < 2; i++)
    {
      self->rows[i].model = g_strdup ("kmeans");
      self->rows[i].k = 2 + i;
      self->rows[i].metrics = (InsMetrics){ 0.1, 0.2, 3, 4, 5 };
      self->rows[i].smallest_share = 0.25;
      self->rows[i].best = i == 1;
      self->rows[i].labels = g_memdup2 ((gint32[]){ 0, 0, 1, 1, 1, 1 }, N * sizeof (gint32));
      self->rows[i].silhouettes = doubles (N, 0);
    }
  self->n_models = 1;
  self->models = g_strsplit ("kmeans", ",", -1);
  self->knees = g_memdup2 ((gsize[]){ 3 }, sizeof (gsize));
  return &self->artifact;
}

static InsArtifact *
make_profile (void)
{
  InsProfile *self = ins_artifact_alloc (&ins_profile_type, sizeof *self);

  self->k = 2;
  self->n_features = D;
  self->features = g_memdup2 ((guint32[]){ 0, 1, 2 }, D * sizeof (guint32));
  self->customers = g_memdup2 ((gsize[]){ 2, 3 }, 2 * sizeof (gsize));
  self->share_customers = doubles (2, 0.4);
  self->revenue = doubles (2, 100);
  self->share_revenue = doubles (2, 0.5);
  self->mean = matrix (3, D);
  self->median = matrix (3, D);
  self->ratio = matrix (2, D);
  return &self->artifact;
}

typedef InsArtifact *(*Make) (void);

static const Make makers[] = { make_scaled, make_embedding, make_clustering, make_sweep,
                               make_profile };

static GVariant *
pack (const InsArtifact *artifact)
{
  return g_variant_ref_sink (artifact->type->to_variant (artifact));
}

static void
test_round_trip (gconstpointer data)
{
  InsArtifact *first = (*(const Make *)data) ();
  g_autoptr (GVariant) variant = pack (first);
  g_autoptr (GError) error = NULL;
  InsArtifact *second = first->type->from_variant (variant, &error);
  g_autoptr (GVariant) again = NULL;

  g_assert_no_error (error);
  g_assert_true (second->type == first->type);
  g_assert_true (ins_artifact_is_complete (second));
  again = pack (second);
  /* bytes, because a NaN is not equal to itself */
  g_assert_cmpmem (g_variant_get_data (variant), g_variant_get_size (variant),
                   g_variant_get_data (again), g_variant_get_size (again));
  ins_artifact_unref (first);
  ins_artifact_unref (second);
}

/* Bytes turned at random: an error, or an artifact that can be packed again; never a crash. */
static void
test_hostile (gconstpointer data)
{
  InsArtifact *artifact = (*(const Make *)data) ();
  const InsArtifactType *type = artifact->type;
  g_autoptr (GVariant) variant = pack (artifact);
  gsize size = g_variant_get_size (variant);
  int refused = 0;

  for (guint round = 0; round < 3000; round++)
    {
      guint8 *bytes = g_memdup2 (g_variant_get_data (variant), size);
      g_autoptr (GVariant) turned = NULL;
      g_autoptr (GError) error = NULL;
      InsArtifact *got;

      for (guint i = 0; i <= round % 3; i++)
        bytes[ins_random_below (7, round, 2 * i, (guint32)size)] =
            (guint8)ins_random_bits (7, round, 2 * i + 1);
      turned = g_variant_ref_sink (g_variant_new_from_data (g_variant_get_type (variant), bytes,
                                                            size, FALSE, g_free, bytes));
      got = type->from_variant (turned, &error);
      if (got == NULL)
        {
          g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
          refused++;
        }
      else
        {
          g_autoptr (GVariant) again = pack (got);
          g_assert_cmpint (g_variant_get_size (again), >, 0);
          ins_artifact_unref (got);
        }
    }
  g_assert_cmpint (refused, >, 0);
  ins_artifact_unref (artifact);
}

static void
test_wrong_type (gconstpointer data)
{
  InsArtifact *artifact = (*(const Make *)data) ();
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_new ("(si)", "scaled", 3));
  g_autoptr (GError) error = NULL;

  g_assert_null (artifact->type->from_variant (variant, &error));
  g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
  ins_artifact_unref (artifact);
}

/* Trees that loop, use a cluster twice or miscount would send a drawing astray. */
static void
test_bad_trees (void)
{
  for (int fault = 0; fault < 4; fault++)
    {
      InsClustering *self = (InsClustering *)make_clustering ();
      g_autoptr (GVariant) variant = NULL;
      g_autoptr (GError) error = NULL;

      if (fault == 0)
        self->tree->left[3] = 9;
      else if (fault == 1)
        self->tree->right[4] = 6;
      else if (fault == 2)
        self->tree->size[3] = 5;
      else
        self->tree->left[0] = -1;
      variant = pack (&self->artifact);
      g_assert_null (ins_clustering_type.from_variant (variant, &error));
      g_assert_error (error, INS_ERROR, INS_ERROR_DAMAGED);
      ins_artifact_unref (self);
    }
}

static void
test_consistent (void)
{
  InsFeatures *features = ins_artifact_alloc (&ins_features_type, sizeof *features);
  InsResults results = { 0 };

  features->n = 2 * N;
  features->n_features = 5;
  features->values = matrix (2 * N, 5);
  features->ids = g_new0 (char *, 2 * N + 1);
  features->infos = g_new0 (InsFeatureInfo, 5);
  features->words = g_new0 (char **, 5);
  results.features = features;
  results.scaled = (InsScaled *)make_scaled ();
  results.embedding = (InsEmbedding *)make_embedding ();
  results.clustering = (InsClustering *)make_clustering ();
  results.sweep = (InsSweep *)make_sweep ();
  results.profile = (InsProfile *)make_profile ();
  g_assert_true (ins_results_are_consistent (&results));
  results.scaled->rows[5] = 2 * N;
  g_assert_false (ins_results_are_consistent (&results));
  results.scaled->rows[5] = 0;
  results.profile->features[0] = 5;
  g_assert_false (ins_results_are_consistent (&results));
  results.profile->features[0] = 0;
  results.sweep->n = N + 1;
  g_assert_false (ins_results_are_consistent (&results));
  results.sweep->n = N;
  ins_results_clear (&results);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (makers); i++)
    {
      InsArtifact *artifact = makers[i]();
      g_autofree char *trip = g_strdup_printf ("/artifacts/%s/round-trip", artifact->type->kind);
      g_autofree char *hostile = g_strdup_printf ("/artifacts/%s/hostile", artifact->type->kind);
      g_autofree char *wrong = g_strdup_printf ("/artifacts/%s/wrong-type", artifact->type->kind);

      g_test_add_data_func (trip, &makers[i], test_round_trip);
      g_test_add_data_func (hostile, &makers[i], test_hostile);
      g_test_add_data_func (wrong, &makers[i], test_wrong_type);
      ins_artifact_unref (artifact);
    }
  g_test_add_func ("/artifacts/bad-trees", test_bad_trees);
  g_test_add_func ("/artifacts/consistent", test_consistent);
  return g_test_run ();
}
